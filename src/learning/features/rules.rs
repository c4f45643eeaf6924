//! What the codebook's rules found: each rule, and each frame's score by voice and stance.

use crate::coding::longest_cues;
use crate::learning::features::{FeatureUnit, Sink};
use crate::model::{Cue, Voice};

/// Adds each rule that matched and, for each frame with a cue, its score, the number of its cues, and the score by voice,
/// stance and class of verb. As in codings, overlapping cues of one frame count once.
pub(super) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    let Some(codebook) = unit.text.codebook.filter(|_| !unit.text.cues.is_empty()) else { return };
    for cue in unit.text.cues {
        sink.measure(&["rule:", &codebook.rules[cue.rule].id], 1.0);
    }
    let mut frames: Vec<usize> = unit.text.cues.iter().map(|cue| codebook.rules[cue.rule].frame).collect();
    // Rules of one frame need not stand together in the codebook.
    frames.sort_unstable();
    frames.dedup();
    for frame in frames {
        let id = &codebook.frames[frame].id;
        // "massed troops" inside "massed troops at the border" is one piece of evidence, as it is where rules code.
        for cue in longest_cues(codebook, unit.text.cues, frame) {
            #[expect(clippy::cast_possible_truncation, reason = "weights lie within 20 of 0")]
            let weight = codebook.rules[cue.rule].weight as f32;
            sink.measure(&["cues:", id], 1.0);
            sink.measure(&["score:", id], weight);
            sink.measure(&["voice:", id, ":", voice(&cue)], weight);
            sink.measure(&["stance:", id, ":", cue.stance.as_str()], weight);
            if let Some(class) = cue.verb_class {
                sink.measure(&["verb:", id, ":", class.as_str()], weight);
            }
        }
    }
}

fn voice(cue: &Cue) -> &'static str {
    match cue.voice {
        Voice::Own => "own",
        Voice::Source(_) => "attributed",
        Voice::Unknown => "unknown",
    }
}
