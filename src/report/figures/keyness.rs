//! The figure `keyness`: the terms that tell each group from the others, and a part of the corpus from another.

use std::f64::consts::LN_2;
use std::io::Write;

use crate::compare::{REST, TermQuestion};
use crate::report::columns::described_in;
use crate::report::figures::drawing::{Drawing, DrawnGroup};
use crate::report::figures::figure::Figure;
use crate::report::figures::ink::SLATE;
use crate::report::figures::page::{DrawnPage, FigurePage};
use crate::report::figures::panels::{self, Panel, PanelAxis, PanelDot, Panels};
use crate::report::figures::sheet::SheetRow;
use crate::report::figures::text::clean;
use crate::report::figures::theme::THEME;
use crate::report::leading_terms::{MOST_TERMS, leading_terms};
use crate::report::{ReportError, Rows, ShownTerm, Subject, Table};
use crate::stats::SIGNIFICANT;

/// The figure.
pub(super) static FIGURE: Figure =
    Figure { name: "keyness", table: &TABLE, parts_by: &["comparison", "group", "against"], rows: add_rows, draw };

/// The description of `figures/keyness.csv`.
static TABLE: Table = Table {
    file: "figures/keyness.csv",
    row: "A term of a group, or of a subset of [keyness], as the figure keyness shows it: of each the ten words or pairs with the least \
          p-values that it uses more than all the others, with q < .05; of two subsets those of either.",
    key: &["comparison", "group", "against", "term"],
    columns: described_in!("keyness.tsv"),
};

fn add_rows<W: Write>(subject: &Subject<'_>, rows: &mut Rows<W>) -> Result<(), ReportError> {
    let (groups, by) = (subject.groups_of_size(), &subject.study.compare.by);
    for leading in leading_terms(subject.key_terms) {
        if !leading.is_of_group() || groups.contains(&leading.of.group[..]) {
            leading.more.iter().chain(&leading.less).try_for_each(|term| add_row(term, by, rows))?;
        }
    }
    Ok(())
}

fn add_row<W: Write>(term: &ShownTerm, by: &str, rows: &mut Rows<W>) -> Result<(), ReportError> {
    rows.text(&term.comparison).text(&term.group).text(&term.against).text(&term.term);
    rows.count(term.documents.0).optional_count(term.documents.1);
    rows.number(Some(term.log_odds)).interval(term.interval).p_value(term.q_value);
    rows.text(by).end()
}

/// Who is held against whom.
#[derive(Clone, Copy, PartialEq)]
struct TermPair<'a> {
    comparison: &'a str,
    group: &'a str,
    against: &'a str,
}

fn pair_of(row: SheetRow<'_>) -> TermPair<'_> {
    TermPair { comparison: row.text("comparison"), group: row.text("group"), against: row.text("against") }
}

fn draw(drawing: &Drawing<'_>) -> DrawnPage {
    let pairs = drawing.sheet.distinct_by(pair_of);
    let about = format!(
        "How many times the odds of a word, or of two in a row, are those {}, on a logarithmic scale",
        held_against(&pairs, "in all the others together")
    );
    let mut page = drawing.begin(&format!("The words of each {}", drawing.by()), &about);
    let columns = if page.width() < THEME.panels.side_by_side { 1 } else { 2 };
    for band in pairs.chunks(columns) {
        draw_band(drawing, band, columns, &mut page);
    }
    page.end(&caption(drawing))
}

/// Where the odds are that those of a group are held against: a list of frequencies, or else `others`.
fn held_against(pairs: &[TermPair<'_>], others: &str) -> String {
    let is_of_parts = |pair: &&TermPair<'_>| pair.comparison != TermQuestion::Groups.as_str();
    let of_groups = pairs.iter().find(|pair| !is_of_parts(pair));
    let against = match of_groups.map_or(REST, |pair| pair.against) {
        _ if of_groups.is_none() => return "on the other side".to_owned(),
        REST => others.to_owned(),
        list => format!("in the list {}", clean(list)),
    };
    // A part of the corpus may be held against another part where groups are held against a list.
    if pairs.iter().any(|pair| is_of_parts(&pair)) {
        format!("{against} or, between parts of the corpus, on the other side")
    } else {
        against
    }
}

/// Draws pairs beside each other, each with the names of its own terms.
fn draw_band(drawing: &Drawing<'_>, pairs: &[TermPair<'_>], columns: usize, page: &mut FigurePage<'_>) {
    let (left, right, top) = (page.left, page.right, page.y);
    let gap = 2.0 * THEME.panels.gap;
    let width = if columns == 1 { right - left } else { (right - left - gap) / 2.0 };
    let mut bottom = top;
    for (pair, start) in pairs.iter().zip([left, left + width + gap]) {
        (page.left, page.right, page.y) = (start, start + width, top);
        panels::draw(page, &panel_of(drawing, *pair));
        bottom = bottom.max(page.y);
    }
    (page.left, page.right, page.y) = (left, right, bottom + THEME.panels.band_gap);
}

/// A panel with a row for each term.
fn panel_of(drawing: &Drawing<'_>, pair: TermPair<'_>) -> Panels {
    let rows: Vec<SheetRow<'_>> = drawing.sheet.rows().filter(|row| pair_of(*row) == pair).collect();
    let dots = rows.iter().map(|row| PanelDot {
        value: row.number("log_odds"),
        interval: row.interval(),
        counted: None,
        weak: false,
        alone: false,
        colour: SLATE.to_owned(),
        absent: "",
    });
    let panel = Panel { title: title(pair), dots: dots.collect() };
    let terms = rows.iter().map(|row| DrawnGroup {
        id: row.text("term").to_owned(),
        name: clean(row.text("term")),
        documents: row.count("documents"),
    });
    Panels { heading: "Term".to_owned(), groups: terms.collect(), axes: vec![axis(&panel)], shown: vec![panel] }
}

fn title(pair: TermPair<'_>) -> String {
    let (group, against) = (clean(pair.group), clean(pair.against));
    match (pair.comparison == TermQuestion::Groups.as_str(), pair.against) {
        (true, _) if group.is_empty() => "(none)".to_owned(),
        (true, _) => group,
        (false, REST) => format!("{group} (right) or all other documents (left)"),
        (false, _) => format!("{group} (right) or {against} (left)"),
    }
}

/// Odds that axes end at, as the exponents of 2 that they are; even, so that the middle has a label, too.
const STEPS: [f64; 6] = [2.0, 4.0, 6.0, 8.0, 10.0, 12.0];

/// As far as the farthest dot, to one side where all terms are of it.
fn axis(panel: &Panel) -> PanelAxis {
    let values = || panel.dots.iter().filter_map(|dot| dot.value);
    let (low, high) = (-end(-values().fold(0.0, f64::min)), end(values().fold(0.0, f64::max)));
    let mut ticks = vec![low, 0.0, high / 2.0, high];
    ticks.dedup_by(|a, b| (*a - *b).abs() < f64::EPSILON);
    let labels = ticks.iter().map(|exponent| times(*exponent));
    let ticks = ticks.iter().map(|exponent| exponent * LN_2).zip(labels).collect();
    PanelAxis { ends: (low * LN_2, high * LN_2), ticks, origin: 0.0 }
}

/// Where an axis ends that has room for these log-odds, as an exponent of 2; at 0 where there are none.
fn end(farthest: f64) -> f64 {
    let beyond = STEPS.into_iter().find(|step| farthest < step * LN_2).unwrap_or(STEPS[STEPS.len() - 1]);
    if farthest > 0.0 { beyond } else { 0.0 }
}

/// How many times that is: `4`, or `1/4`.
fn times(exponent: f64) -> String {
    if exponent < 0.0 { format!("1/{:.0}", (-exponent).exp2()) } else { format!("{:.0}", exponent.exp2()) }
}

fn caption(drawing: &Drawing<'_>) -> String {
    format!(
        "{}. Dots: odds of the term in the group over those {}; whiskers: 95 % confidence intervals, which leave out one \
         document at a time; arrowheads: the interval goes beyond the axis. Of each the {MOST_TERMS} terms with the least q, where \
         q < {SIGNIFICANT}. n: documents of the group (where two parts of the corpus are compared, of the first) with the term. Names of \
         outlets and standing phrases are terms as others are. Data: {}.",
        clean(&drawing.look.study.title),
        held_against(&drawing.sheet.distinct_by(pair_of), "in the others"),
        drawing.sheet.file()
    )
}
