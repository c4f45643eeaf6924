//! What may be drawn: every sentence, or every document as a whole, with its stratum and how uncertain it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::error::AnalysisError;
use crate::analysis::learnt::Learnt;
use crate::analysis::pass::PassPlan;
use crate::analysis::project::Project;
use crate::analysis::watch::Watcher;
use crate::model::{CodedDocument, Document, LeastHits, Unit};
use crate::study::SamplingUnit;

/// What is kept of each document while the sample is drawn: its cell, the number of its first sentence, those that labels
/// from outside do not cover and so are none of the study's, whether it is one unit as a whole, and of each unit whether a
/// frame was found and how uncertain that is.
pub(super) struct Prospect {
    cell: String,
    first: usize,
    unlabelled: Vec<usize>,
    is_whole: bool,
    units: Vec<(bool, f64)>,
}

/// By document id, as the draw goes by places in this list: the same units come out whatever the order of files.
pub(super) type Prospects = BTreeMap<String, Prospect>;

/// The units of an earlier sample, by document, then place in it.
pub(super) type Taken<'a> = BTreeMap<&'a str, BTreeSet<usize>>;

impl Prospect {
    pub(super) fn count(&self) -> usize {
        self.units.len()
    }

    /// Whether labels from outside leave out some of its sentences.
    pub(super) fn is_in_part(&self) -> bool {
        !self.unlabelled.is_empty()
    }

    /// The place of a sentence by its number, of a document as a whole the only one.
    pub(super) fn place(&self, sentence: Option<usize>) -> usize {
        let passed = |number: usize| self.first + self.unlabelled.partition_point(|missing| *missing < number);
        sentence.map_or(0, |number| number.saturating_sub(passed(number)))
    }

    /// The other way round: the number of the sentence at `place`; `None` where units are documents as a whole.
    pub(super) fn number(&self, place: usize) -> Option<usize> {
        let pass = |number: usize, missing: &usize| number + usize::from(*missing <= number);
        (!self.is_whole).then(|| self.unlabelled.iter().fold(self.first + place, pass))
    }
}

/// Every unit of the corpus.
///
/// # Errors
/// When the corpus cannot be read.
pub(super) fn prospects(
    project: &Project,
    learnt: &Learnt,
    unit: Unit,
    watcher: &dyn Watcher,
) -> Result<Prospects, AnalysisError> {
    let mut prospects = BTreeMap::new();
    let digest = |document: &Document, coded: CodedDocument| Ok(prospect(project, unit, document, &coded));
    let coder = learnt.coder(project);
    PassPlan { project, coder: &coder, step: "sampling", watcher }.execute(digest, |document, prospect| {
        prospects.insert(document.id.clone(), prospect);
        Ok(())
    })?;
    Ok(prospects)
}

fn prospect(project: &Project, unit: Unit, document: &Document, coded: &CodedDocument) -> Prospect {
    let settings = &project.study.compare;
    let group = settings.group(document);
    let period = settings.period.as_ref().zip(document.date).map(|(period, date)| period.label(date));
    let cell = period.map_or_else(|| group.to_owned(), |period| format!("{group}, {period}"));
    // The text's sentences count from 1 whether or not there is a title.
    let first = usize::from(document.title().trim().is_empty());
    let units = match unit {
        Unit::Sentence => sentences(coded, first),
        Unit::Document => vec![whole(project, coded)],
    };
    let unlabelled = if unit == Unit::Sentence { coded.labels.unlabelled.clone() } else { Vec::new() };
    Prospect { cell, first, unlabelled, is_whole: unit == Unit::Document, units }
}

fn sentences(coded: &CodedDocument, first: usize) -> Vec<(bool, f64)> {
    let mut sentences = vec![(false, 0.0); coded.sentences];
    for coding in &coded.codings {
        if let Some(sentence) = sentences.get_mut(coding.sentence - first) {
            sentence.0 |= coding.hit;
            // A sentence counts by its least certain frame.
            sentence.1 = f64::max(sentence.1, spread(f64::from(coding.probability) / 1e6));
        }
    }
    let numbered = (first..).zip(sentences).filter(|(number, _)| coded.labels.covers(*number));
    numbered.map(|(_, unit)| unit).collect()
}

/// The standard deviation of a yes or no of that chance.
fn spread(chance: f64) -> f64 {
    (chance * (1.0 - chance)).max(0.0).sqrt()
}

/// Of a document as a whole, whether it carries a frame, and how uncertain the least certain one is.
fn whole(project: &Project, coded: &CodedDocument) -> (bool, f64) {
    let mut found = (false, 0.0);
    for (frame, known) in project.codebook.frames.iter().enumerate() {
        // What a label or a scorer says of the whole stands in the place of its sentences.
        if let Some((_, label)) = coded.labels.whole.iter().find(|(labelled, _)| *labelled == frame) {
            found.0 |= label.present;
            found.1 = f64::max(found.1, spread(f64::from(label.certainty()) / 1e6));
            continue;
        }
        let least = project.study.compare.at_least.of(&known.id);
        let of_frame = coded.codings.iter().filter(|coding| coding.frame == frame);
        let chances: Vec<f64> = of_frame.clone().map(|coding| f64::from(coding.probability) / 1e6).collect();
        let hits = of_frame.filter(|coding| coding.hit).count() as u64;
        let sentences = coded.sentences as u64;
        found.0 |= least.is_reached(hits, sentences);
        found.1 = f64::max(found.1, spread(chance_to_reach(&chances, least, sentences)));
    }
    found
}

/// The chance that as many sentences carry a frame as it takes, were they independent. They are not; but it only guides
/// the draw, whose probabilities are known whatever guided it.
fn chance_to_reach(chances: &[f64], least: LeastHits, sentences: u64) -> f64 {
    let Some(needed) = (1..=chances.len()).find(|hits| least.is_reached(*hits as u64, sentences)) else { return 0.0 };
    // By number of sentences that carry it, as far as it is short of what is needed.
    let mut short = vec![0.0; needed];
    short[0] = 1.0;
    for chance in chances {
        for hits in (0..needed).rev() {
            let from_below = if hits == 0 { 0.0 } else { short[hits - 1] * chance };
            short[hits] = short[hits] * (1.0 - chance) + from_below;
        }
    }
    1.0 - short.iter().sum::<f64>()
}

/// Every unit by document id, and the names of the strata: cell by whether any frame was found.
pub(super) struct Candidates {
    pub(super) units: Vec<SamplingUnit>,
    pub(super) strata: Vec<String>,
}

/// What the draw goes by.
pub(super) fn candidates(prospects: &Prospects, taken: &Taken<'_>) -> Candidates {
    let stratum = |cell: &str, is_hit: bool| format!("{cell}, {}", if is_hit { "frame found" } else { "none found" });
    let names: BTreeSet<String> = prospects
        .values()
        .flat_map(|prospect| prospect.units.iter().map(|(is_hit, _)| stratum(&prospect.cell, *is_hit)))
        .collect();
    let names: Vec<String> = names.into_iter().collect();
    let mut units = Vec::new();
    for (id, prospect) in prospects {
        let number = [false, true].map(|is_hit| names.binary_search(&stratum(&prospect.cell, is_hit)).unwrap_or(0));
        let of_document = taken.get(&id[..]);
        units.extend(prospect.units.iter().enumerate().map(|(place, (is_hit, uncertainty))| SamplingUnit {
            stratum: number[usize::from(*is_hit)],
            uncertainty: *uncertainty,
            is_taken: of_document.is_some_and(|places| places.contains(&place)),
        }));
    }
    Candidates { units, strata: names }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_pass_over_sentences_without_a_label() {
        let (cell, units) = (String::new(), vec![(false, 0.0); 3]);
        let prospect = Prospect { cell, first: 1, unlabelled: vec![1, 3, 4], is_whole: false, units };
        for (place, number) in [(0, 2), (1, 5), (2, 6)] {
            assert_eq!((prospect.number(place), prospect.place(Some(number))), (Some(number), place));
        }
    }

    #[test]
    fn the_chance_of_enough_sentences_is_that_of_independent_ones() {
        for (chances, least, expected) in [
            (&[0.5, 0.5][..], LeastHits::ANY, 0.75),
            (&[0.5, 0.5], LeastHits::Sentences(2), 0.25),
            (&[0.5, 0.2, 0.1], LeastHits::Sentences(2), 0.5 * 0.2 * 0.9 + 0.5 * 0.8 * 0.1 + 0.5 * 0.2 * 0.1 + 0.01),
            (&[0.5], LeastHits::Sentences(2), 0.0),
            (&[], LeastHits::ANY, 0.0),
            (&[0.5, 0.5], LeastHits::Share(200_000), 0.25),
        ] {
            let found = chance_to_reach(chances, least, 10);
            assert!((found - expected).abs() < 1e-12, "{chances:?}, {least:?}: {found}, not {expected}");
        }
    }
}
