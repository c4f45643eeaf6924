//! `sources.csv`: who gets to speak, where.

use std::io::Write;

use crate::compare::{Findings, IntervalMethod};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Table};

/// The description of `sources.csv`.
pub(super) static SOURCES: Table = Table {
    file: "sources.csv",
    row: "A source, or a group of sources, in a group of documents and a period. A source has a row in each group where it \
          speaks in at least 2 documents, and in each period there in which it speaks; the group's other sources are \
          folded into \"(other)\", all who are not named into \"(unnamed)\". Groups of sources are those of the codebook's \
          [sources], and have a row wherever anything was published; their members have their own rows as well. Only \
          what was in fact said counts (mood asserted). Sorted by kind (groups first), source, group and period, the \
          whole span first.",
    key: &["source", "kind", "group", "period"],
    columns: described_in!("sources.tsv"),
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    for found in &findings.sources {
        rows.text(&found.source).text(found.kind.as_str()).text(&found.group).text(&found.period);
        rows.count(found.documents).count(found.sentences).number(found.share).interval(found.interval);
        rows.text(found.method.map_or("", IntervalMethod::as_str)).count(found.all_sentences).count(found.clusters);
        rows.count(found.sample.documents).count(found.sample.clusters).count(found.sample.sentences);
        for count in found.attributions.by_kind.iter().chain(&found.attributions.by_verb_class) {
            rows.count(u64::from(*count));
        }
        rows.text(&found.note).end()?;
    }
    Ok(())
}
