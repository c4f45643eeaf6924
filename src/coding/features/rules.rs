//! What the codebook's rules found: each rule, and each frame's score by voice and stance.

use crate::coding::features::{Sink, Unit};
use crate::model::{Cue, Voice};

/// Adds each rule that matched, and the sums of weights of each frame's cues.
pub(super) fn add(unit: &Unit<'_>, sink: &mut Sink) {
    let Some(codebook) = unit.codebook else { return };
    for cue in unit.cues {
        let rule = &codebook.rules[cue.rule];
        let frame = &codebook.frames[rule.frame].id;
        #[expect(clippy::cast_possible_truncation, reason = "weights lie within 20 of 0")]
        let weight = rule.weight as f32;
        sink.measure(&["rule:", &rule.id], 1.0);
        sink.measure(&["frame:", frame], weight);
        sink.measure(&["voice:", frame, ":", voice(cue)], weight);
        sink.measure(&["stance:", frame, ":", cue.stance.as_str()], weight);
        if let Some(class) = cue.verb_class {
            sink.measure(&["verb:", frame, ":", class.as_str()], weight);
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
