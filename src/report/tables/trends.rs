//! `trends.csv`: what happens to a frame over time, and at days that the study names.

use std::io::Write;

use crate::compare::{Findings, Trend, TrendKind};
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};

/// The words of every kind of row.
const KINDS: [&str; TrendKind::ALL.len()] = {
    let mut words = [""; TrendKind::ALL.len()];
    let mut kind = 0;
    while kind < words.len() {
        words[kind] = TrendKind::ALL[kind].as_str();
        kind += 1;
    }
    words
};

const SCALES: [&str; 2] = ["odds-ratio", "share"];

/// The description of `trends.csv`.
pub(super) static TRENDS: Table = Table {
    file: "trends.csv",
    row: "A frame over time in a group, or in two groups held against each other. Trends and their differences first, then \
          for each day of `interruptions` the rows of each kind; of one kind by frame (the codebook's order) and group.",
    key: &["frame", "group", "other", "kind", "date"],
    columns: &[
        columns::FRAME,
        columns::GROUP,
        Column::optional("other", Kind::Text, "The group it is held against; empty in rows of one group."),
        Column::required(
            "kind",
            Kind::Choice(&KINDS),
            "trend: over the whole span, on the log-odds. trend-difference: the group's over the other's. step, slope-change: of \
             an interrupted series at `date`. before-after: all documents from `date` on less all before. \
             difference-in-differences: the group's before-after less the other's.",
        ),
        Column::optional("date", Kind::Date, "The day named in the study; empty for trends."),
        Column::required(
            "scale",
            Kind::Choice(&SCALES),
            "odds-ratio: the estimate multiplies odds in every `days` days, and 1 is no change. share: it is a difference of \
             shares, and 0 is none.",
        ),
        Column::optional("estimate", Kind::Number, "What the kind says, on the scale named."),
        columns::CONF_LOW,
        columns::CONF_HIGH,
        Column::optional(
            "p_value",
            Kind::PValue,
            "Two-sided p-value that nothing changes, or that both groups change alike. Of a step on the log-odds; of before-after \
             by dealing documents to both sides.",
        ),
        Column::optional(
            "q_value",
            Kind::PValue,
            "The p-value adjusted for false discoveries over the rows of its kind.",
        ),
        Column::optional(
            "share_first",
            Kind::Share,
            "The group's share: fitted at the first day of a trend, or just before a step; found before `date`.",
        ),
        Column::optional(
            "share_last",
            Kind::Share,
            "The group's share: fitted at the last day of a trend, or just after a step; found from `date` on.",
        ),
        Column::required(
            "days",
            Kind::Count,
            "Days that an odds ratio is per: 7, or 30 in a study of more than 182 days.",
        ),
        Column::optional("first", Kind::Date, "First day with documents."),
        Column::optional("last", Kind::Date, "Last day with documents."),
        columns::DATED_DOCUMENTS,
        Column::required(
            "clusters",
            Kind::Count,
            "Those that are no copies of one another, by group; a trend-difference takes copies of two groups for one unit. Where \
             days are held against each other (step, slope-change, before-after, difference-in-differences) the copies of a text \
             in a group count at the day of the first.",
        ),
        Column::required(
            "bins",
            Kind::Count,
            "Days with documents, those of two groups added up; of a step or slope-change in a study of more than 182 days, weeks counted from `date`.",
        ),
        columns::THEIR_SENTENCES,
        columns::HITS_OR_CARRIERS,
        Column::optional(
            "autocorrelation",
            Kind::Number,
            "How alike neighbouring bins of an interrupted series are beyond the fit; above .2 the interval may be too narrow.",
        ),
        Column::optional(
            "placebo_rank",
            Kind::Count,
            "Place of the step's size, in standard errors, among steps at other days; 1 is the largest.",
        ),
        Column::optional("placebos", Kind::Count, "Other days that were tried; at most 99, evenly spread."),
        columns::REMARKS,
    ],
};

pub(super) fn add_rows<W: Write>(findings: &Findings, rows: &mut Rows<W>) -> Result<(), ReportError> {
    findings.trends.iter().try_for_each(|found| add_row(found, rows))
}

fn add_row<W: Write>(found: &Trend, rows: &mut Rows<W>) -> Result<(), ReportError> {
    rows.text(&found.frame).text(&found.group).text(found.other.as_deref().unwrap_or_default());
    rows.text(found.kind.as_str()).date(found.date);
    rows.text(SCALES[usize::from(!found.kind.is_odds_ratio())]);
    rows.number(found.estimate).interval(found.interval).p_value(found.p_value).p_value(found.q_value);
    rows.number(found.shares.map(|shares| shares[0])).number(found.shares.map(|shares| shares[1]));
    rows.count(found.days.into()).date(found.span.map(|span| span.0)).date(found.span.map(|span| span.1));
    rows.count(found.size.documents).count(found.size.clusters).count(found.size.bins);
    rows.count(found.size.sentences).count(found.size.hits).number(found.autocorrelation);
    rows.optional_count(found.placebo.map(|placebo| placebo.as_far + 1));
    rows.optional_count(found.placebo.map(|placebo| placebo.days)).text(&found.note).end()
}
