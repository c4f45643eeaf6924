//! `keyness.csv`: the terms that a group uses more or less than the others, and a part of the corpus than another.

use crate::compare::{KeyTerm, TermKind, TermQuestion};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, StagedFile, Staging, Table};
use crate::stats::WordVariance;

/// The description of `keyness.csv`.
pub(in crate::report) static KEYNESS: Table = Table {
    file: "keyness.csv",
    row: "A term that a group uses more or less than all the other groups together (or than a list of frequencies that [keyness] names), or a part of the corpus that the study names \
          more or less than another part, in all of the text or in the sentences that \
          carry a frame. Of each group, kind of term and direction the 100 with the least p-value; in the sentences of a frame \
          25. A word is a run of letters, in lower case; a pair is two words in a row, neither of them one of grammar where \
          the language is known. A term is tested where 5 distinct documents (or as many as [keyness] says) of the side that uses it more have it, and \
          both sides have as many. Groups come before subsets; then sorted by frame (the codebook's order, all of the text first), group, kind, \
          those used more before those used less, then the p-value. An outlet's own name and standing phrases (\"click here\") \
          are terms as others are; `groups` tells those that one group alone has.",
    key: &["comparison", "term", "kind", "group", "against", "frame"],
    columns: described_in!("keyness.tsv", "kind" => &TermKind::WORDS, "comparison" => &TermQuestion::WORDS),
};

/// Writes `keyness.csv`; `frames` are the codebook's ids, in its order.
///
/// # Errors
/// When the file cannot be written.
pub fn write_keyness(staging: &mut Staging, frames: &[String], terms: &[KeyTerm]) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &KEYNESS)?;
    for found in terms {
        add_row(&mut rows, frames, found)?;
    }
    rows.finish(staging)
}

fn add_row(rows: &mut Rows<StagedFile>, frames: &[String], found: &KeyTerm) -> Result<(), ReportError> {
    let keyness = &found.keyness;
    let [own, other] = keyness.sums();
    let frame = found.frame.and_then(|frame| frames.get(frame));
    rows.text(&found.term).text(found.kind.as_str()).text(found.question.as_str());
    rows.text(&found.group).text(&found.against).text(frame.map_or("", String::as_str));
    rows.count(own.k).count(other.k).count(own.n).count(other.n);
    for (own, others) in [found.documents, found.clusters] {
        rows.count(own).optional_count(others);
    }
    rows.count(found.groups);
    rows.number(Some(keyness.log_odds())).interval(found.interval);
    rows.p_value(found.p_value).p_value(found.q_value);
    let z = |variance| Some(keyness.z_of_independent_words(variance));
    rows.number(z(WordVariance::FourTerms)).number(z(WordVariance::TwoTerms));
    rows.number(Some(keyness.g_squared())).number(Some(keyness.chi_squared())).number(keyness.log_ratio());
    rows.text(&note(found)).end()
}

fn note(found: &KeyTerm) -> String {
    let [own, other] = found.keyness.sums();
    let of_term = match (own.k, other.k, found.documents.1) {
        _ if found.interval.is_none() => "the documents do not differ: no interval and no test",
        (0, ..) => "never in the group: its part of the variance is that of half an occurrence",
        (_, 0, None) => "never in the list: its part of the variance is that of half an occurrence",
        (_, 0, Some(_)) => "never in the others: their part of the variance is that of half an occurrence",
        _ => "",
    };
    [of_term, &found.note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}
