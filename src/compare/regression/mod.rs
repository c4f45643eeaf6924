//! Rows of `regression.csv`: a frame's share explained by several columns of the corpus at once.
//!
//! In reading order: `design` (documents, terms, what is left out), `coefficients` (a row each).
//!
//! Not here: trends of single groups, which are `series`; and columns that no document was counted with.

mod coefficients;
mod design;

pub use coefficients::Coefficient;

use crate::compare::Plan;
use crate::compare::cells::Cells;
use crate::compare::families;
use design::RegressionDesign;
use rayon::prelude::*;

/// The rows of all frames: the constant, then each term's; none where nothing tells documents apart. With them each column asked
/// for that is no term, and why.
pub(super) fn rows(plan: &Plan, cells: &Cells<'_>) -> (Vec<Coefficient>, Vec<(String, String)>) {
    let design = RegressionDesign::new(plan, cells);
    let left_out = design.left_out(&plan.settings().regress_on);
    if design.terms.is_empty() {
        return (Vec::new(), left_out);
    }
    let frames: Vec<(usize, &String)> = plan.frames().iter().enumerate().collect();
    let of_frame = |(index, id): &(usize, &String)| coefficients::rows(&design, id, *index);
    let mut rows: Vec<Coefficient> = frames.par_iter().flat_map_iter(of_frame).collect();
    let tested = rows.iter_mut().filter(|row| !row.term.is_empty());
    families::adjust(tested.map(|row| (row.p_value, &mut row.q_value)));
    (rows, left_out)
}

#[cfg(test)]
mod tests {
    use crate::compare::counts::example::{counts, document, plan};
    use crate::compare::{Coefficient, DocumentCounts, findings};
    use crate::model::CompareSettings;

    /// Forty documents of two outlets, each in a section and with what `other` makes of its number.
    fn documents(other: fn(u64) -> String) -> impl Iterator<Item = (String, DocumentCounts)> {
        (0..40_u64).map(move |number| {
            let outlet = if number % 2 == 0 { "alfa" } else { "beta" };
            let section = if number % 4 < 2 { "world" } else { "home" };
            let columns = [section, &other(number)].map(|value| (!value.is_empty()).then(|| value.into()));
            let counted = document(outlet, "", 10, [number / 3 % 3, number % 3, 0]);
            (number.to_string(), DocumentCounts { columns: columns.into(), ..counted })
        })
    }

    #[test]
    fn a_level_without_hits_is_left_out_and_the_others_are_estimated_as_without_it() {
        let settings = CompareSettings {
            regress_on: ["outlet", "section"].map(str::to_owned).to_vec(),
            ..CompareSettings::default()
        };
        // The first outlet by name is the base, and a last one says nothing else.
        let silent = |name: &'static str, hits: u64| {
            (0..12_u64).map(move |number| {
                let columns = [Some("world".into()), None].into();
                let counted = document(name, "", 10, [hits, number % 3, 0]);
                (format!("{name}-{number}"), DocumentCounts { columns, ..counted })
            })
        };
        let plain = findings(&plan(settings.clone()), &counts(documents(|_| String::new()))).regression;
        let all = documents(|_| String::new()).chain(silent("aaron", 0)).chain(silent("zeta", 10));
        let found = findings(&plan(settings), &counts(all)).regression;
        let of = |rows: &[Coefficient], term: &str, level: &str| {
            rows.iter().find(|row| row.frame == "threat" && row.term == term && row.level == level).cloned().unwrap()
        };
        for (term, level) in [("", ""), ("outlet", "beta"), ("section", "world")] {
            let (row, expected) = (of(&found, term, level), of(&plain, term, level));
            assert!(row.estimate.is_some());
            assert_eq!((row.estimate, row.marginal, row.test), (expected.estimate, expected.marginal, expected.test));
            assert_eq!((&row.base, row.documents), (&expected.base, expected.documents), "{term} {level}");
            let remark = "left out, as outlet without a hit: aaron; left out, as outlet with nothing but hits: zeta";
            assert!(row.note.starts_with(remark), "{}", row.note);
        }
        for (level, what, hits) in [("aaron", "no hits", 0), ("zeta", "nothing but hits", 120)] {
            let row = of(&found, "outlet", level);
            assert_eq!((row.estimate, row.q_value, row.documents, row.hits), (None, None, 12, hits));
            assert_eq!((&row.base[..], row.test), ("alfa", None));
            assert_eq!(&*row.note, format!("separation: {what} where outlet is {level}; no estimate"));
        }
        let levels: Vec<&str> = found
            .iter()
            .filter(|row| row.frame == "threat" && row.term == "outlet")
            .map(|row| &row.level[..])
            .collect();
        assert_eq!(levels, ["aaron", "beta", "zeta"], "in the order of names");
        assert!(of(&plain, "outlet", "beta").note.is_empty());
    }

    /// A third outlet has a section of its own, which no other has: its section follows, and says nothing that it does not.
    #[test]
    fn a_level_that_follows_from_others_is_left_out_and_the_others_are_estimated_as_without_it() {
        let apart = |column: &'static str| {
            (0..12_u64).map(move |number| {
                let columns = [Some(column.into()), None].into();
                (format!("gamma-{number}"), DocumentCounts { columns, ..document("gamma", "", 10, [number % 4, 1, 0]) })
            })
        };
        let rows = |column| {
            let settings = CompareSettings {
                regress_on: ["outlet", "section"].map(str::to_owned).to_vec(),
                ..CompareSettings::default()
            };
            findings(&plan(settings), &counts(documents(|_| String::new()).chain(apart(column)))).regression
        };
        // Where its section is the base of the others, all can be told.
        let (found, expected) = (rows("sea"), rows("home"));
        let of = |rows: &[Coefficient], level: &str| {
            rows.iter().find(|row| row.frame == "threat" && row.level == level).cloned().unwrap()
        };
        let sea = of(&found, "sea");
        assert_eq!((sea.estimate, sea.marginal, sea.documents), (None, None, 12));
        assert_eq!(&*sea.note, "it follows from the other terms: no estimate, as if it were its base");
        for level in ["", "beta", "gamma", "world"] {
            let (row, other) = (of(&found, level), of(&expected, level));
            assert!(row.estimate.is_some());
            assert_eq!((row.estimate, row.test.map(|it| it.f)), (other.estimate, other.test.map(|it| it.f)), "{level}");
            // The third outlet with its section is all that the section is; where that is the base nothing follows from anything.
            let remark = "depends on which of the terms that follow from one another is left out: here section sea";
            assert_eq!(row.note.ends_with(remark), level == "gamma", "{level}: {}", row.note);
            assert!(!other.note.contains("depends on"), "{level}: {}", other.note);
        }
    }

    #[test]
    fn a_column_that_is_no_term_is_named_with_the_reason() {
        // 41 authors of ten documents each, all of one day.
        let all = || {
            (0..410_u64).map(|number| {
                let columns = [Some(format!("author {}", number % 41).into()), None].into();
                (number.to_string(), DocumentCounts { columns, ..document("alfa", "", 10, [number % 3, 0, 0]) })
            })
        };
        let names = ["date", "section", "outlet"].map(str::to_owned).to_vec();
        let settings = CompareSettings { regress_on: names, ..CompareSettings::default() };
        let found = findings(&plan(settings), &counts(all()));
        let few = "fewer than two values have 10 documents";
        let expected = [("date", "fewer than two dates"), ("section", "it has more than 40 values"), ("outlet", few)];
        assert_eq!(found.regression, []);
        assert_eq!(found.no_terms, expected.map(|(name, why)| (name.to_owned(), why.to_owned())));
    }

    #[test]
    fn time_is_measured_alike_for_all_frames_and_a_date_of_one_day_leaves_out_nobody() {
        let silent = (0..24_u64).map(|number| (format!("zeta-{number}"), [0, number % 3, number % 2]));
        let silent = silent.map(|(id, hits)| (id, document("zeta", "", 10, hits)));
        let all: Vec<_> = (0_i64..).zip(documents(|_| String::new()).chain(silent)).collect();
        let settings = CompareSettings {
            regress_on: ["outlet", "date"].map(str::to_owned).to_vec(),
            ..CompareSettings::default()
        };
        let rows = |day: fn(i64) -> Option<i64>| {
            let dated = all.iter().cloned().map(|(number, (id, counted))| {
                let days = day(number).map(|days| jiff::Span::new().days(days));
                let date = days.and_then(|days| jiff::civil::date(2022, 1, 1).checked_add(days).ok());
                (id, DocumentCounts { date, ..counted })
            });
            findings(&plan(settings.clone()), &counts(dated)).regression
        };
        // The last, left out of the frame that they do not have, are of another year than the first forty.
        let spread = rows(|number| Some(if number < 40 { number } else { 20 * number }));
        let days: Vec<_> = spread.iter().filter(|row| row.term == "date").map(|row| row.days).collect();
        assert_eq!(days, [Some(30); 3]);
        let one_day = rows(|number| (number % 5 == 0).then_some(0));
        let constant = one_day.iter().find(|row| row.frame == "talks" && row.term.is_empty()).unwrap();
        assert_eq!(constant.documents, 64, "{}", constant.note);
        assert!(constant.note.contains("without date: fewer than two dates"), "{}", constant.note);
    }

    #[test]
    fn a_term_that_explains_nothing_is_left_out_and_the_others_stay() {
        let settings = CompareSettings {
            regress_on: ["outlet", "section", "other"].map(str::to_owned).to_vec(),
            ..CompareSettings::default()
        };
        for (case, other, left_out) in [
            (
                "owner of an outlet",
                (|number| (number % 2).to_string()) as fn(u64) -> String,
                "it and outlet cannot be told apart",
            ),
            ("number of a document", |number| number.to_string(), "fewer than two values have 10 documents"),
            ("nothing", |_| String::new(), "fewer than two values have 10 documents"),
        ] {
            let rows = findings(&plan(settings.clone()), &counts(documents(other))).regression;
            let of_frame: Vec<_> = rows.iter().filter(|row| row.frame == "threat").collect();
            let terms: Vec<&str> = of_frame.iter().map(|row| &row.term[..]).collect();
            assert_eq!(terms, ["", "outlet", "section"], "{case}");
            for row in of_frame {
                assert!(row.estimate.is_some() && row.documents >= 20, "{case}: {row:?}");
                assert!(row.note.contains(&format!("without other: {left_out}")), "{case}: {}", row.note);
            }
        }
    }
}
