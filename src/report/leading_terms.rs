//! Which rows of `keyness.csv` a figure and a page have room for.

use crate::compare::TermQuestion;
use crate::report::ShownTerm;
use crate::stats::SIGNIFICANT;

/// Terms of a side: more would be a table.
pub(in crate::report) const MOST_TERMS: usize = 10;

/// The terms that tell a group from the others, or a part of the corpus from another.
pub(in crate::report) struct LeadingTerms<'t> {
    /// A row of it; all have one group, held against one other.
    pub(in crate::report) of: &'t ShownTerm,
    /// What it uses more, the surest first.
    pub(in crate::report) more: Vec<&'t ShownTerm>,
    /// What it uses less, the surest last; of a group none, as that is what others use more.
    pub(in crate::report) less: Vec<&'t ShownTerm>,
}

impl LeadingTerms<'_> {
    /// Whether it is a group that is held against all others.
    pub(in crate::report) fn is_of_group(&self) -> bool {
        self.of.comparison == TermQuestion::Groups.as_str()
    }
}

/// Of each group and each pair of subsets what holds up, in the order of the table; none of those where nothing does.
pub(in crate::report) fn leading_terms(terms: &[ShownTerm]) -> Vec<LeadingTerms<'_>> {
    let side = |term: &ShownTerm| (term.comparison.clone(), term.group.clone(), term.against.clone());
    let mut found = Vec::new();
    for terms in terms.chunk_by(|a, b| side(a) == side(b)) {
        let more = surest(terms, |term| term.log_odds > 0.0);
        let mut leading = LeadingTerms { of: &terms[0], more, less: Vec::new() };
        if !leading.is_of_group() {
            leading.less = surest(terms, |term| term.log_odds < 0.0).into_iter().rev().collect();
        }
        if leading.more.len() + leading.less.len() > 0 {
            found.push(leading);
        }
    }
    found
}

/// The terms that hold up, the least q first, as far as there is room; the larger log-odds first among equals.
fn surest(terms: &[ShownTerm], is_of_side: impl Fn(&ShownTerm) -> bool) -> Vec<&ShownTerm> {
    let holds_up = |term: &&ShownTerm| term.q_value.is_some_and(|q| q < SIGNIFICANT) && is_of_side(term);
    let mut found: Vec<&ShownTerm> = terms.iter().filter(holds_up).collect();
    found.sort_by(|a, b| {
        let [q_a, q_b] = [a, b].map(|term| term.q_value.unwrap_or(1.0));
        q_a.total_cmp(&q_b).then(b.log_odds.abs().total_cmp(&a.log_odds.abs())).then_with(|| a.term.cmp(&b.term))
    });
    found.truncate(MOST_TERMS);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_group_what_it_uses_more_and_of_two_parts_what_either_does() {
        let term = |comparison: &str, term: &str, log_odds: f64, q: f64| ShownTerm {
            comparison: comparison.to_owned(),
            group: "a".to_owned(),
            against: "b".to_owned(),
            term: term.to_owned(),
            log_odds,
            interval: None,
            q_value: Some(q),
            documents: (9, Some(9)),
        };
        let of = |comparison| {
            [
                ("sure", 1.0, 0.001),
                ("surer", 0.5, 0.0001),
                ("unsure", 3.0, 0.05),
                ("less", -1.0, 0.01),
                ("least", -2.0, 0.001),
            ]
            .map(|(name, log_odds, q)| term(comparison, name, log_odds, q))
        };
        let terms = [of("groups"), of("subsets")].concat();
        let names = |terms: &[&ShownTerm]| terms.iter().map(|term| term.term.clone()).collect::<Vec<_>>().join(" ");
        let found: Vec<(String, String)> =
            leading_terms(&terms).iter().map(|found| (names(&found.more), names(&found.less))).collect();
        let expected = [("surer sure", ""), ("surer sure", "less least")];
        assert_eq!(found, expected.map(|(more, less)| (more.to_owned(), less.to_owned())));
        assert!(leading_terms(&[term("groups", "less", -1.0, 0.001)]).is_empty(), "what a group uses less is no row");
    }
}
