//! Voice and stance against people: where both find a frame, do they give it to the same voice, on the same side?

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::codings::StudyCodings;
use crate::analysis::project::Project;
use crate::compare::{DoubleCoding, JudgedFrame};
use crate::model::Stance;
use crate::report::{VoiceConfusion, VoiceMetric, VoiceQuality};
use crate::stats::{WeightedTrial, weighted_share};
use crate::study::{Coder, PeoplesVerdicts, Workspace, code};
use crate::validate::{ALL_FRAMES, Aspect};

/// What stands where the machine says nothing.
const NONE: &str = "(none)";

/// Measures and confusions; none where nobody coded voice or stance.
#[derive(Clone, Debug, Default)]
pub(super) struct VoiceEvaluation {
    pub(super) qualities: Vec<VoiceQuality>,
    pub(super) confusions: Vec<VoiceConfusion>,
}

/// A frame that both find in a sentence.
struct FoundTwice {
    /// Number of the document.
    unit: usize,
    coding: DoubleCoding,
}

/// What people and machine say of a frame that both find in a sentence.
struct Pair {
    /// Number of the document.
    unit: usize,
    /// Sentences of the corpus that it stands for.
    weight: f64,
    frame: usize,
    coded: &'static str,
    predicted: &'static str,
}

/// Codes the coded documents as the study does, a sentence by a scorer that has not seen it, and compares.
pub(super) fn evaluate_voices(project: &Project, people: &StudyCodings, coder: &Coder<'_>) -> VoiceEvaluation {
    let mut found = VoiceEvaluation::default();
    if people.codings.iter().all(|coding| coding.voice.is_none() && coding.stance.is_none()) {
        return found;
    }
    let both = found_by_both(project, people, coder);
    // Of codings that stand for others and such of which nobody knows it the mean would be nobody's.
    let is_weighted = both.iter().all(|found| found.coding.inclusion.is_some());
    for (aspect, values) in [(Aspect::Voice, &VOICES[..]), (Aspect::Stance, &STANCES[..])] {
        let pairs: Vec<Pair> = both.iter().filter_map(|found| Pair::of(found, aspect, is_weighted)).collect();
        found.add(project, aspect, values, &pairs);
    }
    found
}

fn found_by_both(project: &Project, people: &StudyCodings, coder: &Coder<'_>) -> Vec<FoundTwice> {
    let verdicts = PeoplesVerdicts::of(&people.codings, &project.frames());
    let (mut both, mut workspace) = (Vec::new(), Workspace::default());
    for (unit, (id, document)) in people.documents.iter().enumerate() {
        let by_machine = code(coder, document, &mut workspace);
        let found = verdicts.beside(id, &by_machine).into_iter().filter(|double| {
            double.sentence.is_some() && double.machine.carries && double.people.is_some_and(|people| people.carries)
        });
        both.extend(found.map(|coding| FoundTwice { unit, coding }));
    }
    both
}

const VOICES: [&str; 2] = ["own", "attributed"];
const STANCES: [&str; 3] = [Stance::Favor.as_str(), Stance::Against.as_str(), Stance::Neutral.as_str()];

/// What one side says of the aspect.
fn said(judged: JudgedFrame, aspect: Aspect) -> Option<&'static str> {
    match aspect {
        Aspect::Value => None,
        Aspect::Voice => judged.is_own.map(|is_own| VOICES[usize::from(!is_own)]),
        Aspect::Stance => judged.stance.map(Stance::as_str),
    }
}

impl Pair {
    /// `None` where people said nothing of it.
    fn of(FoundTwice { unit, coding: double }: &FoundTwice, aspect: Aspect, is_weighted: bool) -> Option<Self> {
        let coded = said(double.people?, aspect)?;
        let predicted = said(double.machine, aspect).unwrap_or(NONE);
        let weight = double.inclusion.filter(|_| is_weighted).map_or(1.0, f64::recip);
        Some(Self { unit: *unit, weight, frame: double.frame, coded, predicted })
    }

    fn trial(&self) -> WeightedTrial {
        WeightedTrial { unit: self.unit, weight: self.weight, success: self.coded == self.predicted }
    }
}

impl VoiceEvaluation {
    /// Measures the aspect in each frame that people said it of, then in all of them together.
    fn add(&mut self, project: &Project, aspect: Aspect, values: &[&'static str], pairs: &[Pair]) {
        let frames: BTreeSet<usize> = pairs.iter().map(|pair| pair.frame).collect();
        for frame in &frames {
            let of_frame: Vec<&Pair> = pairs.iter().filter(|pair| pair.frame == *frame).collect();
            self.add_part(&project.codebook.frames[*frame].id, aspect, values, &of_frame);
        }
        if frames.len() > 1 {
            self.add_part(ALL_FRAMES, aspect, values, &pairs.iter().collect::<Vec<&Pair>>());
        }
    }

    fn add_part(&mut self, frame: &str, aspect: Aspect, values: &[&'static str], pairs: &[&Pair]) {
        let of = |value, metric| VoiceQuality::unmeasured(frame, aspect, value, metric);
        self.qualities.push(measured(of(None, VoiceMetric::Accuracy), pairs));
        for value in values {
            let by_machine: Vec<&Pair> = pairs.iter().copied().filter(|pair| pair.predicted == *value).collect();
            let by_people: Vec<&Pair> = pairs.iter().copied().filter(|pair| pair.coded == *value).collect();
            self.qualities.push(measured(of(Some(value), VoiceMetric::Precision), &by_machine));
            self.qualities.push(measured(of(Some(value), VoiceMetric::Recall), &by_people));
        }
        self.confusions.extend(confusions(frame, aspect, pairs));
    }
}

/// The share of these pairs in which both say the same.
fn measured(of: VoiceQuality, pairs: &[&Pair]) -> VoiceQuality {
    let trials: Vec<WeightedTrial> = pairs.iter().map(|pair| pair.trial()).collect();
    let share = weighted_share(&trials);
    let documents: BTreeSet<usize> = pairs.iter().map(|pair| pair.unit).collect();
    VoiceQuality {
        estimate: share.map(|(share, _)| share),
        interval: share.and_then(|(_, interval)| interval),
        codings: pairs.len() as u64,
        documents: documents.len() as u64,
        ..of
    }
}

fn confusions(frame: &str, aspect: Aspect, pairs: &[&Pair]) -> Vec<VoiceConfusion> {
    let mut counts: BTreeMap<(&'static str, &'static str), u64> = BTreeMap::new();
    for pair in pairs {
        *counts.entry((pair.coded, pair.predicted)).or_default() += 1;
    }
    let frame = frame.to_owned();
    counts
        .into_iter()
        .map(|((coded, predicted), codings)| VoiceConfusion { frame: frame.clone(), aspect, coded, predicted, codings })
        .collect()
}
