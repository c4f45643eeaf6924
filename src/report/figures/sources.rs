//! The figure `sources`: who gets to speak, by group.

use std::collections::BTreeMap;
use std::io::Write;

use crate::compare::{SourceKind, UNNAMED, WHOLE_SPAN};
use crate::report::figures::drawing::{Drawing, Group};
use crate::report::figures::panels::{self, Dot, Panel, leaves, panel_width, share_axes};
use crate::report::figures::sheet::Row;
use crate::report::figures::subject::{ALL_GROUPS, BY, FIRST_DAY, LAST_DAY, Subject, UNIT, VOICE};
use crate::report::figures::text::clean;
use crate::report::palette::SLATE;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The description of `figures/sources.csv`.
pub(super) static TABLE: Table = Table {
    file: "figures/sources.csv",
    row: "A source, or a group of sources, in a group of documents, as the figure sources shows it: every group of \
          sources, and the sources that speak in the most sentences.",
    key: &["source", "kind", "group"],
    columns: &[
        Column::required("source", Kind::Text, "Name of the source, id of a group of sources, or (unnamed)."),
        Column::required("kind", Kind::Choice(&KINDS), "Whether that is a group of sources, a source, or the rest."),
        Column::required("group", Kind::Text, "Value of the column that the study compares by."),
        Column::required("documents", Kind::Count, "Documents of the group, copies included."),
        Column::required("source_documents", Kind::Count, "Those in which the source speaks."),
        Column::required("attributed_sentences", Kind::Count, "Sentences with words that are given as the source's."),
        Column::required("all_attributed", Kind::Count, "Sentences with words that are given as anybody's."),
        Column::optional("share", Kind::Share, "The first as a share of the second."),
        Column::optional("conf_low", Kind::Share, "Lower end of its 95 % confidence interval."),
        Column::optional("conf_high", Kind::Share, "Upper end of its 95 % confidence interval."),
        Column::optional("note", Kind::Text, "What a reader must know of this row."),
        BY,
        VOICE,
        UNIT,
        ALL_GROUPS,
        FIRST_DAY,
        LAST_DAY,
    ],
};

const KINDS: [&str; 3] = [SourceKind::Group.as_str(), SourceKind::Source.as_str(), SourceKind::Rest.as_str()];

/// Panels: of groups of sources, of these and of sources together, where the unnamed come last, and of sources at least.
const MOST_SOURCE_GROUPS: usize = 12;
const MOST_PANELS: usize = 16;
const LEAST_SOURCES: usize = 4;

pub(super) fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let (groups, documents) = (subject.groups(), subject.documents());
    let whole = || {
        let rows = subject.findings.sources.iter().filter(|row| row.period == WHOLE_SPAN);
        rows.filter(|row| groups.contains(&row.group[..]))
    };
    let mut sentences: BTreeMap<(SourceKind, &str), u64> = BTreeMap::new();
    for found in whole() {
        *sentences.entry((found.kind, &found.source)).or_default() += found.sentences;
    }
    for (kind, source) in chosen_sources(&sentences) {
        for found in whole().filter(|row| row.kind == kind && row.source == source) {
            rows.text(&found.source).text(kind.as_str()).text(&found.group);
            rows.count(documents.get(&found.group[..]).copied().unwrap_or_default()).count(found.documents);
            rows.count(found.sentences).count(found.all_sentences).number(found.share).interval(found.interval);
            rows.text(&found.note);
            subject.add_context(rows);
            rows.end()?;
        }
    }
    Ok(())
}

/// The groups of sources, then the sources that speak most, then the unnamed; none where nobody speaks.
fn chosen_sources<'a>(sentences: &BTreeMap<(SourceKind, &'a str), u64>) -> Vec<(SourceKind, &'a str)> {
    if sentences.values().all(|sentences| *sentences == 0) {
        return Vec::new();
    }
    let of_kind = |kind: SourceKind, most: usize| {
        let mut names: Vec<(u64, &str)> =
            sentences.iter().filter(|((found, _), _)| *found == kind).map(|((_, name), n)| (*n, *name)).collect();
        names.sort_by_key(|(sentences, name)| (u64::MAX - sentences, *name));
        names.into_iter().take(most).map(move |(_, name)| (kind, name)).collect::<Vec<_>>()
    };
    let groups = of_kind(SourceKind::Group, MOST_SOURCE_GROUPS);
    let sources = of_kind(SourceKind::Source, (MOST_PANELS - 1).saturating_sub(groups.len()).max(LEAST_SOURCES));
    groups.into_iter().chain(sources).chain([(SourceKind::Rest, UNNAMED)]).collect()
}

pub(super) fn draw(drawing: &Drawing<'_>) -> (String, f64) {
    let groups = drawing.groups();
    let mut sources: Vec<(&str, &str)> = Vec::new();
    for row in drawing.sheet.rows() {
        let source = (row.text("kind"), row.text("source"));
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let panels: Vec<Panel> = sources.iter().map(|source| panel(drawing, *source, &groups)).collect();
    let about = "Share of the sentences with attributed words in which each source speaks, with 95 % confidence intervals; each panel has its own scale from\u{a0}0";
    let mut page = drawing.page(&format!("Who speaks in each {}", drawing.by()), about);
    let axes = share_axes(&panels, panel_width(&page, &groups, panels.len()));
    panels::draw(&mut page, &drawing.heading_of_groups(), &groups, &panels, &axes);
    let shown = || panels.iter().flat_map(|panel| &panel.dots);
    let notes = [
        "n: documents, which are the unit of the intervals. A sentence in which several speak counts for each of them",
        if sources.iter().any(|(kind, _)| *kind == "group") {
            "Titles in brackets: groups of sources, as the codebook defines them; their members have panels of their own as well"
        } else {
            ""
        },
        if shown().any(|dot| dot.weak) {
            "Thin whiskers: few documents with the source, so that the interval may be too narrow"
        } else {
            ""
        },
        if shown().any(|dot| dot.value.is_none()) {
            "Dashes: the source speaks in one document at most, or nobody does"
        } else {
            ""
        },
        if shown().any(|dot| dot.value.is_some() && dot.interval.is_none()) {
            "Open dots: no interval from a single document"
        } else {
            ""
        },
        if leaves(&panels, &axes) { "Arrowheads: the interval goes beyond the axis" } else { "" },
    ];
    page.end(&drawing.caption(&notes))
}

fn panel(drawing: &Drawing<'_>, (kind, source): (&str, &str), groups: &[Group]) -> Panel {
    let dot = |group: &Group| {
        let mut rows = drawing.sheet.rows();
        let row =
            rows.find(|row| row.text("kind") == kind && row.text("source") == source && row.text("group") == group.id);
        Dot {
            value: row.and_then(|row| row.number("share")),
            interval: row.and_then(Row::interval),
            weak: row.is_some_and(|row| row.text("note").contains("may be too narrow")),
            colour: SLATE.to_owned(),
            absent: "\u{2013}",
        }
    };
    let name = clean(source);
    let title = if kind == "group" { format!("[{name}]") } else { name };
    Panel { title, dots: groups.iter().map(dot).collect() }
}
