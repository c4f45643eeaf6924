//! The figure `sources`: who gets to speak, by group.

use std::collections::BTreeMap;
use std::io::Write;

use crate::compare::{SourceKind, UNNAMED, WHOLE_SPAN};
use crate::report::columns::described_in;
use crate::report::figures::drawing::{Drawing, DrawnGroup, remark};
use crate::report::figures::figure::Figure;
use crate::report::figures::ink::SLATE;
use crate::report::figures::page::DrawnPage;
use crate::report::figures::panels::{self, Panel, PanelDot, Panels};
use crate::report::figures::sheet::SheetRow;
use crate::report::figures::text::clean;
use crate::report::{ReportError, Rows, Subject, Table};

/// The figure.
pub(super) static FIGURE: Figure =
    Figure { name: "sources", table: &TABLE, parts_by: &["kind", "source"], rows: add_rows, draw };

/// The description of `figures/sources.csv`.
static TABLE: Table = Table {
    file: "figures/sources.csv",
    row: "A source, or a group of sources, in a group of documents, as the figure sources shows it: every group of \
          sources, and the sources that speak in the most sentences.",
    key: &["source", "kind", "group"],
    columns: described_in!("sources.tsv"),
};

/// Panels: of groups of sources, of these and of sources together, where the unnamed come last, and of sources at least.
const MOST_SOURCE_GROUPS: usize = 12;
const MOST_PANELS: usize = 16;
const LEAST_SOURCES: usize = 4;

fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let (groups, documents, context) = (subject.groups_of_size(), subject.documents(), subject.context());
    let whole = || {
        let rows = subject.findings.sources.iter().filter(|row| &*row.period == WHOLE_SPAN);
        rows.filter(|row| groups.contains(&row.group[..]))
    };
    let mut sentences: BTreeMap<(SourceKind, &str), u64> = BTreeMap::new();
    for found in whole() {
        *sentences.entry((found.kind, &found.source)).or_default() += found.sentences;
    }
    for (kind, source) in chosen_sources(&sentences) {
        for found in whole().filter(|row| row.kind == kind && &*row.source == source) {
            rows.text(&found.source).text(kind.as_str()).text(&found.group);
            rows.count(documents.get(&found.group[..]).copied().unwrap_or_default()).count(found.documents);
            rows.count(found.sentences).count(found.all_sentences).number(found.share).interval(found.interval);
            rows.text(&found.note);
            context.add(rows);
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
        // By name among equals, so that the same sources are shown in every run.
        names.sort_by_key(|(sentences, name)| (u64::MAX - sentences, *name));
        names.into_iter().take(most).map(move |(_, name)| (kind, name)).collect::<Vec<_>>()
    };
    let groups = of_kind(SourceKind::Group, MOST_SOURCE_GROUPS);
    let sources = of_kind(SourceKind::Source, (MOST_PANELS - 1).saturating_sub(groups.len()).max(LEAST_SOURCES));
    groups.into_iter().chain(sources).chain([(SourceKind::Rest, UNNAMED)]).collect()
}

/// A source as a row names it.
#[derive(Clone, Copy, PartialEq)]
struct NamedSource<'a> {
    kind: &'a str,
    name: &'a str,
}

impl NamedSource<'_> {
    fn is_group(self) -> bool {
        self.kind == SourceKind::Group.as_str()
    }
}

fn draw(drawing: &Drawing<'_>) -> DrawnPage {
    let groups = drawing.groups();
    let sources = drawing.sheet.distinct_by(|row| NamedSource { kind: row.text("kind"), name: row.text("source") });
    let panels: Vec<Panel> = sources.iter().map(|source| panel(drawing, *source, &groups)).collect();
    let about = "Share of the sentences with attributed words in which each source speaks, with 95 % confidence intervals; each panel has its own scale from\u{a0}0";
    let mut page = drawing.begin(&format!("Who speaks in each {}", drawing.by()), about);
    let shown = Panels::of_shares(&page, drawing.heading_of_groups(), groups, panels);
    panels::draw(&mut page, &shown);
    let notes = [
        "n: documents, which are the unit of the intervals. A sentence in which several speak counts for each of them",
        remark(
            sources.iter().any(|source| source.is_group()),
            "Titles in brackets: groups of sources, as the codebook defines them; their members have panels of their own as well",
        ),
        remark(
            shown.any(|dot| dot.weak),
            "Thin whiskers: few documents with the source, so that the interval may be too narrow",
        ),
        remark(
            shown.any(|dot| dot.value.is_none()),
            "Dashes: the source speaks in one document at most, or nobody does",
        ),
        shown.open_dots(),
        shown.arrowheads(),
    ];
    page.end(&drawing.caption(&notes))
}

fn panel(drawing: &Drawing<'_>, source: NamedSource<'_>, groups: &[DrawnGroup]) -> Panel {
    let is_of_source = |row: &SheetRow<'_>| row.text("kind") == source.kind && row.text("source") == source.name;
    let dots = groups.iter().map(|group| {
        let row = drawing.sheet.rows().filter(is_of_source).find(|row| row.text("group") == group.id);
        PanelDot {
            value: row.and_then(|row| row.number("share")),
            interval: row.and_then(SheetRow::interval),
            counted: None,
            weak: row.is_some_and(SheetRow::is_weak),
            alone: row.is_some_and(SheetRow::is_alone),
            colour: SLATE.to_owned(),
            absent: "\u{2013}",
        }
    });
    let name = clean(source.name);
    Panel { title: if source.is_group() { format!("[{name}]") } else { name }, dots: dots.collect() }
}
