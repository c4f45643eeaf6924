//! The words that tell groups apart, as tables in the page that are closed at first: plain HTML, which needs no script.

use crate::compare::REST;
use crate::report::leading_terms::{LeadingTerms, leading_terms};
use crate::report::web::escaped;
use crate::report::{ReportError, ShownTerm, Staging, read_key_terms};

/// A table for each group and each pair of subsets that has such words, or a sentence where none has.
///
/// # Errors
/// When `keyness.csv` cannot be read back.
pub(super) fn key_words(staging: &Staging) -> Result<String, ReportError> {
    let terms = read_key_terms(staging)?;
    let tables: Vec<String> = leading_terms(&terms).iter().map(table).collect();
    if tables.is_empty() {
        return Ok(
            "<p>No word or pair of words tells them apart for sure; what comes nearest stands in keyness.csv.</p>"
                .to_owned(),
        );
    }
    Ok(tables.concat())
}

fn table(leading: &LeadingTerms<'_>) -> String {
    let rows = leading.more.iter().chain(&leading.less).map(|term| row(term));
    format!(
        "<table><caption>{}</caption><thead><tr><th scope=\"col\">Term</th><th scope=\"col\">Odds</th><th scope=\"col\">95 % interval</th>\
         <th scope=\"col\">Articles</th></tr></thead><tbody>{}</tbody></table>\n",
        escaped(&caption(leading)),
        rows.collect::<String>()
    )
}

fn caption(leading: &LeadingTerms<'_>) -> String {
    let ShownTerm { group, against, .. } = leading.of;
    match (leading.is_of_group(), &against[..]) {
        (true, _) if group.is_empty() => "(none)".to_owned(),
        (true, REST) => group.clone(),
        (false, REST) => format!("{group} against all other articles"),
        _ => format!("{group} against {against}"),
    }
}

fn row(term: &ShownTerm) -> String {
    let interval = term.interval.map_or("\u{2013}".to_owned(), |it| format!("{} to {}", times(it.low), times(it.high)));
    format!(
        "<tr><th scope=\"row\">{}</th><td>\u{d7} {}</td><td>{interval}</td><td>{} : {}</td></tr>",
        escaped(&term.term),
        times(term.log_odds),
        term.documents.0,
        term.documents.1.map_or("\u{2013}".to_owned(), |documents| documents.to_string())
    )
}

/// The odds for their logarithm, with as many digits as tell something.
fn times(log_odds: f64) -> String {
    let odds = log_odds.exp();
    if odds >= 10.0 {
        format!("{odds:.0}")
    } else if odds >= 1.0 {
        format!("{odds:.1}")
    } else {
        format!("{odds:.2}")
    }
}
