//! The sentences on contrasts: in how many groups one of two frames is reliably the more frequent, and who leans farthest.

use crate::compare::{Contrast, WHOLE_SPAN};
use crate::model::{CompareSettings, Unit};
use crate::report::number::grouped;
use crate::report::page::PageSource;
use crate::report::page::wording::{Leading, Statement, groups_called, label, q_value, within};
use crate::stats::{Interval, SIGNIFICANT};

/// For each contrast, on which side the groups stand, and the one that leans farthest.
pub(super) fn contrasts(source: &PageSource<'_>) -> Vec<Statement> {
    let mut pairs: Vec<((&str, &str), Vec<&Contrast>)> = Vec::new();
    for row in source.findings.contrasts.iter().filter(|row| &*row.period == WHOLE_SPAN) {
        let pair = (&*row.frame_a, &*row.frame_b);
        match pairs.iter_mut().find(|(known, _)| *known == pair) {
            Some((_, rows)) => rows.push(row),
            None => pairs.push((pair, vec![row])),
        }
    }
    pairs.into_iter().filter_map(|((a, b), rows)| contrast(source, (a, b), &rows)).collect()
}

fn contrast(source: &PageSource<'_>, (a, b): (&str, &str), rows: &[&Contrast]) -> Option<Statement> {
    let standing = Standing::of(rows);
    if standing.tested == 0 {
        return None;
    }
    let mut text = standing.in_words((label(source, a), label(source, b)), &source.study.compare);
    let reliable = rows.iter().filter(|row| Leading::of_ratio(row).is_significant());
    let farthest = reliable.max_by(|x, y| ratio(x).abs().total_cmp(&ratio(y).abs()));
    if let Some(row) = farthest.filter(|row| Leading::of_ratio(row).value.is_some()) {
        text += &leaning(source, row);
    }
    Some(Statement {
        topic: "Contrasts",
        text,
        frame: Some(a.to_owned()),
        group: farthest.map(|row| row.group.to_string()),
    })
}

/// In how many of the tested groups the first frame is reliably more frequent than the second, and in how many rarer.
#[derive(Clone, Copy, Debug, Default)]
struct Standing {
    more: usize,
    rarer: usize,
    tested: usize,
}

impl Standing {
    fn of(rows: &[&Contrast]) -> Self {
        let mut standing = Self::default();
        for row in rows {
            let leading = Leading::of_ratio(row);
            standing.tested += usize::from(leading.q.is_some());
            standing.more += usize::from(leading.is_significant() && ratio(row) > 0.0);
            standing.rarer += usize::from(leading.is_significant() && ratio(row) < 0.0);
        }
        standing
    }

    fn in_words(self, (a, b): (&str, &str), compare: &CompareSettings) -> String {
        let Self { more, rarer, tested } = self;
        let how = format!("(q < {SIGNIFICANT})");
        if tested == 1 {
            let verdict = match (more, rarer) {
                (0, 0) => format!("neither reliably {how} more frequent nor reliably rarer"),
                (0, _) => format!("reliably {how} rarer"),
                _ => format!("reliably {how} more frequent"),
            };
            return format!(
                "In the one {} where that could be tested, \u{201c}{a}\u{201d} is {verdict} than \u{201c}{b}\u{201d}.",
                groups_called(compare, 1)
            );
        }
        let some = |count: usize| if count == 0 { "none".to_owned() } else { count.to_string() };
        format!(
            "\u{201c}{a}\u{201d} is reliably {how} more frequent than \u{201c}{b}\u{201d} in {} of {tested} {} where that could be \
             tested, and reliably rarer in {}.",
            some(more),
            groups_called(compare, tested),
            some(rarer),
        )
    }
}

/// The log ratio that leads; 0 where there is none.
fn ratio(row: &Contrast) -> f64 {
    Leading::of_ratio(row).value.unwrap_or(0.0)
}

/// How far the group leans that leans farthest.
fn leaning(source: &PageSource<'_>, row: &Contrast) -> String {
    let leading = Leading::of_ratio(row);
    let log_ratio = leading.value.unwrap_or(0.0);
    let (ahead, behind) = if log_ratio >= 0.0 { (&row.frame_a, &row.frame_b) } else { (&row.frame_b, &row.frame_a) };
    let turned = leading.interval.map(|interval| {
        if log_ratio >= 0.0 { interval } else { Interval { low: -interval.high, high: -interval.low } }
    });
    let times = |log: f64| format!("{:.1}", log.exp());
    // A corrected ratio is not that of the hits, which were counted.
    let hits = format!("{} to {}", grouped(row.hits_a.max(row.hits_b)), grouped(row.hits_a.min(row.hits_b)));
    let basis = if row.corrected.is_some() { "corrected".to_owned() } else { hits };
    let noun = match source.study.compare.unit {
        _ if row.corrected.is_none() => "hits",
        Unit::Sentence => "sentences",
        Unit::Document => "documents",
    };
    format!(
        " {} leans farthest: {} {noun} of \u{201c}{}\u{201d} for each of \u{201c}{}\u{201d} ({basis}{}; {}).",
        row.group,
        times(log_ratio.abs()),
        label(source, ahead),
        label(source, behind),
        within("; ", turned, "", times),
        q_value(leading.q),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_counted_as_one_would_say_it() {
        for ((more, rarer, tested), said) in [
            (
                (0, 0, 1),
                "In the one outlet where that could be tested, “A” is neither reliably (q < 0.05) more frequent nor reliably rarer than “B”.",
            ),
            (
                (1, 0, 1),
                "In the one outlet where that could be tested, “A” is reliably (q < 0.05) more frequent than “B”.",
            ),
            ((0, 1, 1), "In the one outlet where that could be tested, “A” is reliably (q < 0.05) rarer than “B”."),
            (
                (2, 0, 6),
                "“A” is reliably (q < 0.05) more frequent than “B” in 2 of 6 outlets where that could be tested, and reliably rarer in none.",
            ),
            (
                (0, 1, 2),
                "“A” is reliably (q < 0.05) more frequent than “B” in none of 2 outlets where that could be tested, and reliably rarer in 1.",
            ),
        ] {
            let standing = Standing { more, rarer, tested };
            assert_eq!(standing.in_words(("A", "B"), &CompareSettings::default()), said, "{standing:?}");
        }
    }
}
