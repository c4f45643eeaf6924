//! What people said of the sentences of a corpus, laid beside what the machine says of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compare::{CodedTwice, DoubleCoding, JudgedFrame};
use crate::model::{ADJUDICATED, CodedDocument, CoderVotes, Coding, HandCoding, Stance, Unit, UnitKey, Voice};

/// Verdicts of people by document, ready to be laid beside the machine's.
#[derive(Debug, Default)]
pub struct PeoplesVerdicts(BTreeMap<String, Vec<DoubleCoding>>);

/// A frame in a coded unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct FrameOfUnit<'a> {
    unit: UnitKey<'a>,
    /// Its place in the codebook.
    frame: usize,
}

impl PeoplesVerdicts {
    /// What codings of these frames, ids in the codebook's order, come to. Where as many coders say yes as no, the
    /// verdict is open.
    #[must_use]
    pub fn of(codings: &[HandCoding], frames: &[String]) -> Self {
        let mut verdicts = Self::default();
        for (FrameOfUnit { unit, frame }, codings) in by_unit(codings, frames) {
            let double = DoubleCoding {
                sentence: unit.sentence,
                frame,
                people: verdict(&codings),
                machine: JudgedFrame::default(),
                inclusion: inclusion(&codings),
                only_coder: only_coder(&codings),
            };
            verdicts.0.entry(unit.document.to_owned()).or_default().push(double);
        }
        verdicts
    }

    /// How many units of a kind are in dispute: as many coders say yes as no of a frame.
    #[must_use]
    pub fn in_dispute(&self, kind: Unit) -> usize {
        let open = self.0.iter().flat_map(|(document, verdicts)| {
            let open = verdicts.iter().filter(|verdict| verdict.people.is_none());
            open.map(|verdict| UnitKey { document, sentence: verdict.sentence })
        });
        open.filter(|unit| unit.kind() == kind).collect::<BTreeSet<_>>().len()
    }

    /// The verdicts on a document beside what the machine found in it.
    #[must_use]
    pub fn beside(&self, document: &str, coded: &CodedDocument) -> Vec<DoubleCoding> {
        let Some(verdicts) = self.0.get(document) else { return Vec::new() };
        let found: BTreeMap<(usize, usize), &Coding> =
            coded.codings.iter().map(|coding| ((coding.sentence, coding.frame), coding)).collect();
        let beside = |verdict: &DoubleCoding| {
            let coding = verdict.sentence.and_then(|sentence| found.get(&(sentence, verdict.frame)));
            DoubleCoding { machine: coding.map(|coding| by_machine(coding)).unwrap_or_default(), ..verdict.clone() }
        };
        // Of a sentence that labels from outside do not cover the machine says nothing, not that the frame is absent.
        let labelled = verdicts.iter().filter(|verdict| verdict.sentence.is_none_or(|it| coded.labels.covers(it)));
        labelled.map(beside).collect()
    }
}

/// What two or more coders said of the same frame of a sentence or document, before anything was adjudicated. `frames` are
/// ids in the codebook's order; what was drawn with an unknown probability says nothing of the corpus.
#[must_use]
pub fn coded_twice(codings: &[HandCoding], frames: &[String]) -> Vec<CodedTwice> {
    let several = |(FrameOfUnit { unit, frame }, codings): (FrameOfUnit<'_>, Vec<&HandCoding>)| {
        let inclusion = codings.iter().find_map(|coding| coding.inclusion)?;
        let by_coder: BTreeMap<&str, JudgedFrame> =
            codings.iter().filter(|it| it.coder != ADJUDICATED).map(|it| (&it.coder[..], by_coder(it))).collect();
        let judged: Vec<JudgedFrame> = by_coder.into_values().collect();
        (judged.len() > 1).then_some(CodedTwice { frame, unit: unit.kind(), inclusion, judged })
    };
    by_unit(codings, frames).into_iter().filter_map(several).collect()
}

/// With which probability a unit was drawn. What is adjudicated without the codings that differed was chosen since coders differed
/// on it: the probability of the draw that it came from is not that of its being there.
fn inclusion(codings: &[&HandCoding]) -> Option<f64> {
    let is_of_coders = codings.iter().any(|coding| coding.coder != ADJUDICATED);
    codings.iter().find_map(|coding| coding.inclusion).filter(|_| is_of_coders)
}

fn by_coder(coding: &HandCoding) -> JudgedFrame {
    let is_own = coding.voice.as_ref().and_then(is_own);
    JudgedFrame { carries: coding.value == "1", is_own, stance: coding.stance }
}

/// All codings of each frame in each unit.
fn by_unit<'a>(codings: &'a [HandCoding], frames: &[String]) -> BTreeMap<FrameOfUnit<'a>, Vec<&'a HandCoding>> {
    let mut units: BTreeMap<FrameOfUnit<'_>, Vec<&HandCoding>> = BTreeMap::new();
    for coding in codings {
        if let Some(frame) = frames.iter().position(|frame| *frame == coding.frame) {
            units.entry(FrameOfUnit { unit: coding.unit(), frame }).or_default().push(coding);
        }
    }
    units
}

fn verdict(codings: &[&HandCoding]) -> Option<JudgedFrame> {
    let mut votes = CoderVotes::default();
    for coding in codings {
        votes.add(coding);
    }
    let carries = votes.verdict()?;
    // Of whom the frame is in whose voice only those can tell who found it.
    let those = || codings.iter().filter(|coding| carries && coding.value == "1");
    let is_own = agreed(those().map(|coding| (&coding.coder[..], coding.voice.as_ref().and_then(is_own))));
    let stance = agreed(those().map(|coding| (&coding.coder[..], coding.stance)));
    Some(JudgedFrame { carries, is_own, stance })
}

fn is_own(voice: &Voice) -> Option<bool> {
    match voice {
        Voice::Own => Some(true),
        Voice::Source(_) => Some(false),
        Voice::Unknown => None,
    }
}

/// What was adjudicated, else the one thing that more coders say than any other.
fn agreed<'a, T: Ord + Copy>(said: impl Iterator<Item = (&'a str, Option<T>)>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for (coder, what) in said.filter_map(|(coder, what)| Some((coder, what?))) {
        if coder == ADJUDICATED {
            return Some(what);
        }
        *counts.entry(what).or_default() += 1;
    }
    let most = counts.values().max()?;
    let mut leading = counts.iter().filter(|(_, count)| *count == most);
    leading.next().filter(|_| leading.next().is_none()).map(|(what, _)| *what)
}

fn only_coder(codings: &[&HandCoding]) -> Option<Arc<str>> {
    let coders: BTreeSet<&str> = codings.iter().map(|coding| &coding.coder[..]).collect();
    let only = coders.first().filter(|coder| coders.len() == 1 && **coder != ADJUDICATED)?;
    Some((*only).into())
}

fn by_machine(coding: &Coding) -> JudgedFrame {
    let stance: Option<Stance> = coding.stance;
    JudgedFrame { carries: coding.hit, is_own: is_own(&coding.speaker.voice), stance }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coding(coder: &str, value: &str, voice: Option<Voice>) -> HandCoding {
        HandCoding {
            document: "d".to_owned(),
            sentence: Some(3),
            frame: "threat".to_owned(),
            value: value.to_owned(),
            coder: coder.to_owned(),
            voice,
            inclusion: Some(0.25),
            ..HandCoding::default()
        }
    }

    #[test]
    fn what_is_adjudicated_without_its_coders_corrects_nothing() {
        let frames = ["threat".to_owned()];
        let inclusion = |codings: &[HandCoding]| {
            let verdicts = PeoplesVerdicts::of(codings, &frames);
            verdicts.beside("d", &CodedDocument::default())[0].inclusion
        };
        assert_eq!(inclusion(&[coding(ADJUDICATED, "1", None)]), None);
        assert_eq!(inclusion(&[coding(ADJUDICATED, "1", None), coding("anna", "0", None)]), Some(0.25));
    }

    #[test]
    fn most_coders_count_and_what_was_adjudicated_counts_for_all() {
        let own = || Some(Voice::Own);
        let source = || Some(Voice::Source(None));
        for (case, codings, expected) in [
            ("one coder", vec![coding("anna", "1", own())], Some((true, Some(true), Some("anna")))),
            ("two who differ", vec![coding("anna", "1", own()), coding("boris", "0", None)], None),
            (
                "two who differ, adjudicated",
                vec![coding("anna", "1", own()), coding("boris", "0", None), coding(ADJUDICATED, "0", None)],
                Some((false, None, None)),
            ),
            (
                "most of three, with two voices",
                vec![coding("anna", "1", own()), coding("boris", "1", source()), coding("carla", "0", None)],
                Some((true, None, None)),
            ),
            (
                "the voice adjudicated",
                vec![coding("anna", "1", own()), coding("boris", "1", source()), coding(ADJUDICATED, "1", source())],
                Some((true, Some(false), None)),
            ),
        ] {
            let verdicts = PeoplesVerdicts::of(&codings, &["talks".to_owned(), "threat".to_owned()]);
            let found = verdicts.beside("d", &CodedDocument::default());
            let double = &found[0];
            assert_eq!((double.sentence, double.frame, double.inclusion), (Some(3), 1, Some(0.25)), "{case}");
            let found = double.people.map(|people| (people.carries, people.is_own, double.only_coder.as_deref()));
            assert_eq!(found, expected, "{case}");
        }
    }

    #[test]
    fn what_two_coders_said_stays_though_it_was_adjudicated() {
        let codings = [
            coding("anna", "1", Some(Voice::Own)),
            coding("boris", "0", None),
            coding(ADJUDICATED, "0", None),
            HandCoding { sentence: Some(4), ..coding("anna", "1", None) },
            HandCoding { document: "e".to_owned(), inclusion: None, ..coding("anna", "1", None) },
            HandCoding { document: "e".to_owned(), inclusion: None, ..coding("boris", "1", None) },
        ];
        let found = coded_twice(&codings, &["threat".to_owned()]);
        let said: Vec<(f64, Vec<bool>)> =
            found.iter().map(|it| (it.inclusion, it.judged.iter().map(|judged| judged.carries).collect())).collect();
        assert_eq!(said, [(0.25, vec![true, false])], "alone, and of an unknown probability");
    }
}
