//! `sources.csv`: who gets to speak, where.

use std::io::Write;

use crate::compare::{Findings, IntervalMethod, SourceKind};
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};

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
    columns: &[
        Column::required(
            "source",
            Kind::Text,
            "The name that the source has in the documents (canonical in attributions.csv), of a surname alone the full \
             name that ends in it where that begins with a common given name and is in ten times as many documents of the \
             study as all others that end in it; the id of a \
             group of sources; (other); (unnamed).",
        ),
        Column::required("kind", Kind::Choice(&KINDS), "Whether that is a group of sources, a source, or the rest."),
        columns::GROUP,
        columns::PERIOD,
        Column::required("documents", Kind::Count, "Documents in which the source speaks, copies included."),
        Column::required(
            "attributed_sentences",
            Kind::Count,
            "Sentences with at least one word that is given as the source's, quoted or reported; titles included.",
        ),
        Column::optional(
            "share",
            Kind::Share,
            "These as a share of all_attributed. A sentence in which several speak counts for each of them, so that \
             shares may sum to more than 1.",
        ),
        columns::SHARE_LOW,
        columns::SHARE_HIGH,
        columns::METHOD,
        Column::required(
            "all_attributed",
            Kind::Count,
            "Sentences of the group in the period with at least one word that is given as anybody's.",
        ),
        Column::required("direct", Kind::Count, "Attributions of the source that are quoted throughout."),
        Column::required("indirect", Kind::Count, "Attributions that are reported without quotation marks."),
        Column::required("mixed", Kind::Count, "Attributions that are partly quoted."),
        Column::required("neutral", Kind::Count, "Attributions with a verb such as said, told."),
        Column::required("endorsing", Kind::Count, "With a verb such as confirmed, showed."),
        Column::required("distancing", Kind::Count, "With a verb such as claimed, alleged."),
        Column::required("denying", Kind::Count, "With a verb such as denied, dismissed."),
        Column::required("demanding", Kind::Count, "With a verb such as demanded, urged."),
        Column::required("promising", Kind::Count, "With a verb such as promised, vowed."),
        Column::required("warning", Kind::Count, "With a verb such as warned, threatened."),
        Column::required("asking", Kind::Count, "With a verb such as asked, wondered."),
        Column::required("thinking", Kind::Count, "With a verb such as believes, fears."),
        columns::REMARKS,
    ],
};

const KINDS: [&str; 3] = [SourceKind::Group.as_str(), SourceKind::Source.as_str(), SourceKind::Rest.as_str()];

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    for found in &findings.sources {
        rows.text(&found.source).text(found.kind.as_str()).text(&found.group).text(&found.period);
        rows.count(found.documents).count(found.sentences).number(found.share).interval(found.interval);
        rows.text(found.method.map_or("", IntervalMethod::as_str)).count(found.all_sentences);
        for count in found.attributions.by_kind.iter().chain(&found.attributions.by_verb_class) {
            rows.count(u64::from(*count));
        }
        rows.text(&found.note).end()?;
    }
    Ok(())
}
