//! How many more codings each corrected share, and each difference of two, needs to be as sure as is wanted.

use crate::compare::cells::{Cell, Cells};
use crate::compare::place::{Place, WHOLE_SPAN};
use crate::compare::{Counts, Plan};
use crate::stats::{CorrectedShare, codings_for_difference, codings_for_share, half_width_with};

/// Sentences of a group to begin with, where too few are coded to plan from. Planning without any codings asks for three
/// to eight times too many of a rare frame and for half as many as a common one needs.
pub const FIRST_CODINGS: u64 = 50;

/// Numbers of codings that the curve of widths is drawn through.
const CURVE: [u64; 9] = [25, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400];

/// What a share, or a difference of two groups' shares, needs.
#[derive(Clone, Debug, PartialEq)]
pub struct NeededCodings {
    /// Id of the frame.
    pub frame: String,
    /// The group, or the first of two.
    pub group_a: String,
    /// The second group; `None` for a share.
    pub group_b: Option<String>,
    /// Codings with known probability there are, of the first group and of the second.
    pub present: [u64; 2],
    /// Half the width of the 95 % interval as it is; `None` with too few codings for one.
    pub half_width: Option<f64>,
    /// Codings in all that are needed, of the first group and of the second.
    pub needed: Option<[f64; 2]>,
    /// What stands in the way.
    pub obstacle: Option<Obstacle>,
}

/// Why no number of codings is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// There is nothing to plan from yet.
    TooFewCodings,
    /// The documents themselves leave the share too uncertain, however many sentences of them are coded.
    TooFewDocuments,
}

/// Half the width of a share's interval with so many codings.
#[derive(Clone, Debug, PartialEq)]
pub struct WidthPoint {
    /// Id of the frame.
    pub frame: String,
    /// The group.
    pub group: String,
    /// Codings in all.
    pub codings: u64,
    /// Half the width of the 95 % interval.
    pub half_width: f64,
    /// Codings with known probability there are.
    pub coded: u64,
}

/// A plan of further coding.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodingPlan {
    /// The half-width that was asked for.
    pub wanted: f64,
    /// By frame, each group's share, then each pair's difference.
    pub needed: Vec<NeededCodings>,
    /// By frame and group, how the width falls.
    pub curve: Vec<WidthPoint>,
}

impl NeededCodings {
    /// How many to draw next of each group: half of what is missing, since a plan from few codings is rough, and a second
    /// plan from more of them is better.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "codings, 0 to a million")]
    pub fn to_draw(&self) -> Option<[u64; 2]> {
        if self.obstacle == Some(Obstacle::TooFewCodings) {
            return Some(self.present.map(|present| FIRST_CODINGS.saturating_sub(present)));
        }
        let needed = self.needed?;
        let draw = |side: usize| ((needed[side] - self.present[side] as f64) / 2.0).max(0.0).ceil() as u64;
        Some([draw(0), draw(1)])
    }
}

/// How many codings bring the 95 % intervals of the whole span to `half_width` on either side.
#[must_use]
pub fn needed_codings(plan: &Plan, counts: &Counts, half_width: f64) -> CodingPlan {
    let cells = Cells::new(plan, counts);
    let groups: Vec<(&str, Cell<'_>)> =
        cells.groups.iter().map(|group| (*group, cells.cell(Place { group, period: WHOLE_SPAN }))).collect();
    let mut found = CodingPlan { wanted: half_width, ..CodingPlan::default() };
    for (frame, id) in plan.frames().iter().enumerate() {
        let sides: Vec<Side<'_>> = groups.iter().map(|(group, cell)| Side::new(group, cell, frame)).collect();
        found.needed.extend(sides.iter().map(|side| side.share(id, half_width)));
        for (place, first) in sides.iter().enumerate() {
            found.needed.extend(sides[place + 1..].iter().map(|second| first.less(second, id, half_width)));
        }
        found.curve.extend(sides.iter().flat_map(|side| side.curve(id)));
    }
    found
}

/// A frame's share in a group.
struct Side<'a> {
    group: &'a str,
    present: u64,
    share: Option<CorrectedShare>,
}

impl<'a> Side<'a> {
    fn new(group: &'a str, cell: &Cell<'_>, frame: usize) -> Self {
        let correction = cell.correction(frame, WHOLE_SPAN);
        Self { group, present: correction.count(), share: correction.share }
    }

    fn share(&self, frame: &str, half_width: f64) -> NeededCodings {
        let needed = self.share.as_ref().and_then(|share| codings_for_share(share, half_width));
        NeededCodings {
            frame: frame.to_owned(),
            group_a: self.group.to_owned(),
            group_b: None,
            present: [self.present, 0],
            half_width: self.share.as_ref().map(|share| half_width_with(share, self.present as f64)),
            needed: needed.map(|needed| [needed, 0.0]),
            obstacle: obstacle(self.share.is_some(), needed.is_some()),
        }
    }

    fn less(&self, other: &Self, frame: &str, half_width: f64) -> NeededCodings {
        let shares = self.share.as_ref().zip(other.share.as_ref());
        let needed = shares.and_then(|(a, b)| codings_for_difference(a, b, half_width));
        let sides = [self, other].map(|side| side.share(frame, half_width).half_width);
        NeededCodings {
            frame: frame.to_owned(),
            group_a: self.group.to_owned(),
            group_b: Some(other.group.to_owned()),
            present: [self.present, other.present],
            half_width: sides[0].zip(sides[1]).map(|(a, b)| a.hypot(b)),
            needed,
            obstacle: obstacle(shares.is_some(), needed.is_some()),
        }
    }

    fn curve(&self, frame: &str) -> Vec<WidthPoint> {
        let Some(share) = &self.share else { return Vec::new() };
        let point = |codings: u64| WidthPoint {
            frame: frame.to_owned(),
            group: self.group.to_owned(),
            codings,
            half_width: half_width_with(share, codings as f64),
            coded: self.present,
        };
        CURVE.map(point).into()
    }
}

fn obstacle(has_codings: bool, is_enough: bool) -> Option<Obstacle> {
    match (has_codings, is_enough) {
        (true, true) => None,
        (true, false) => Some(Obstacle::TooFewDocuments),
        (false, _) => Some(Obstacle::TooFewCodings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_what_is_missing_is_drawn_and_a_first_fifty_where_nothing_is_coded() {
        let needed = |present, needed, obstacle| NeededCodings {
            frame: "threat".to_owned(),
            group_a: "alfa".to_owned(),
            group_b: None,
            present,
            half_width: None,
            needed,
            obstacle,
        };
        for (found, draw) in [
            (needed([50, 0], Some([611.2, 0.0]), None), Some([281, 0])),
            (needed([50, 0], Some([40.0, 0.0]), None), Some([0, 0])),
            (needed([8, 0], None, Some(Obstacle::TooFewCodings)), Some([42, 50])),
            (needed([50, 0], None, Some(Obstacle::TooFewDocuments)), None),
        ] {
            assert_eq!(found.to_draw(), draw, "{found:?}");
        }
    }
}
