//! The page on which coders settle what they disagree on: only the sentences, or documents, and frames in dispute, nobody named.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::analysis::sample::{UnitsInArticles, WantedUnits, item, units_in_articles};
use crate::analysis::watch::Watcher;
use crate::model::{ADJUDICATED, HandCoding, Voice};
use crate::report::{CoderPage, Dispute, SampledUnit, Staging, write_coder_page, write_key};
use crate::validate::Disagreement;

/// The page, beside the tables of agreement.
pub const ADJUDICATION: &str = "adjudication.html";
/// The key of what the page saves, named as codings are joined to keys: `codings-adjudicated.csv` is the page's file.
const KEY: &str = "codings-adjudicated-key.csv";

/// Writes the page and its key where anything is in dispute; whether it did.
///
/// # Errors
/// When the corpus cannot be read, a file cannot be written or the work is to stop.
pub(super) fn write_adjudication(
    staging: &mut Staging,
    project: &Project,
    disagreements: &[Disagreement],
    codings: &[HandCoding],
    watcher: &dyn Watcher,
) -> Result<bool, AnalysisError> {
    let mut by_document = Disputed::new();
    for dispute in disagreements {
        by_document.entry(&dispute.document).or_default().entry(dispute.sentence).or_default().push(dispute);
    }
    if by_document.is_empty() {
        // A page from before would ask for what is settled.
        staging.remove(ADJUDICATION);
        return Ok(false);
    }
    let UnitsInArticles { units: coded, articles } =
        units_in_articles(project, project.study.seed, &coded_units(codings), watcher)?;
    let of = |unit: &SampledUnit| {
        let here = by_document.get(&unit.document[..])?.get(&unit.sentence)?;
        Some((unit.item.clone(), here.iter().map(|dispute| opinions(dispute, codings)).collect()))
    };
    let disputes: BTreeMap<String, Vec<Dispute>> = coded.iter().filter_map(of).collect();
    let sampled: Vec<SampledUnit> = coded.iter().filter(|unit| disputes.contains_key(&unit.item)).cloned().collect();
    let items: String = sampled.iter().map(|unit| &unit.item[..]).collect();
    let page = CoderPage {
        title: &project.study.title,
        sample: &item(project.study.seed, &items, sampled.len()),
        part: "",
        coder: ADJUDICATED,
        is_blinded: false,
        asks_voices: codings.iter().any(|coding| coding.voice.is_some() || coding.stance.is_some()),
        codebook: &project.codebook,
        articles: &articles,
        sampled: &sampled,
        disputes: Some(&disputes),
    };
    write_coder_page(staging, ADJUDICATION, &page)?;
    write_key(staging, KEY, &coded)?;
    Ok(true)
}

/// By document and sentence, `None` the document as a whole.
type Disputed<'a> = BTreeMap<&'a str, BTreeMap<Option<usize>, Vec<&'a Disagreement>>>;

/// All sentences and documents that were coded: the key must still know what was settled before, when the rest is settled
/// later.
fn coded_units(codings: &[HandCoding]) -> WantedUnits<'_> {
    let mut wanted = WantedUnits::new();
    for coding in codings {
        let draw = wanted.entry(&coding.document).or_default().entry(coding.sentence).or_default();
        draw.inclusion = draw.inclusion.or(coding.inclusion);
    }
    wanted
}

/// What the coders said of a frame, without names. The order is drawn anew for each sentence and frame by a checksum, so
/// that the first is not always the same coder.
fn opinions(dispute: &Disagreement, codings: &[HandCoding]) -> Dispute {
    let here = codings.iter().filter(|coding| {
        coding.document == dispute.document && coding.sentence == dispute.sentence && coding.frame == dispute.frame
    });
    let mut said: Vec<([u8; 32], String)> = here
        // What was settled before is no coder's opinion, and would give away the answer.
        .filter(|coding| coding.coder != ADJUDICATED)
        .map(|coding| (order(dispute, &coding.coder), in_words(coding)))
        .collect();
    said.sort();
    Dispute { frame: dispute.frame.clone(), opinions: said.into_iter().map(|(_, words)| words).collect() }
}

fn order(dispute: &Disagreement, coder: &str) -> [u8; 32] {
    let Disagreement { document, sentence, frame, .. } = dispute;
    Sha256::digest(format!("{document}/{sentence:?}/{frame}/{coder}")).into()
}

fn in_words(coding: &HandCoding) -> String {
    let value = match &coding.value[..] {
        "1" => "there",
        "0" => "not there",
        other => other,
    };
    let voice = match &coding.voice {
        Some(Voice::Own) => ", in the outlet's own voice",
        Some(Voice::Source(_)) => ", in a source's voice",
        _ => "",
    };
    let stance = coding.stance.map_or_else(String::new, |stance| format!(", {}", stance.as_str()));
    format!("{value}{voice}{stance}")
}
