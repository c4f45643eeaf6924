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
