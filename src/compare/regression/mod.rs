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

/// The rows of all frames: the constant, then each term's; none where nothing tells documents apart.
pub(super) fn rows(plan: &Plan, cells: &Cells<'_>) -> Vec<Coefficient> {
    let design = RegressionDesign::new(plan, cells);
    if design.terms.is_empty() {
        return Vec::new();
    }
    let frames: Vec<(usize, &String)> = plan.frames().iter().enumerate().collect();
    let of_frame = |(index, id): &(usize, &String)| coefficients::rows(&design, id, *index);
    let mut rows: Vec<Coefficient> = frames.par_iter().flat_map_iter(of_frame).collect();
    let tested = rows.iter_mut().filter(|row| !row.term.is_empty());
    families::adjust(tested.map(|row| (row.p_value, &mut row.q_value)));
    rows
}

#[cfg(test)]
mod tests {
    use crate::compare::counts::example::{counts, document, plan};
    use crate::compare::{DocumentCounts, findings};
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
