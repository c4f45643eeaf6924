//! How many more codings each corrected share, and each difference of two, needs to be as sure as is wanted.

use crate::compare::cells::{Cell, Cells};
use crate::compare::place::{Place, WHOLE_SPAN};
use crate::compare::{Counts, Plan};
use crate::model::Unit;
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
    /// Sentences (or documents) that can be coded, of the first group and of the second.
    pub available: [u64; 2],
    /// Half the width of the 95 % interval as it is; `None` with too few codings for one.
    pub half_width: Option<f64>,
    /// Codings in all that are needed, of the first group and of the second; at most as many as there are to code.
    pub needed: Option<[f64; 2]>,
    /// What stands in the way.
    pub obstacle: Option<Obstacle>,
}

/// Why no number of codings is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// There is nothing to plan from yet.
    TooFewCodings,
    /// All that there is to code is not enough.
    TooFewToCode,
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
    /// What is no longer as it was when the codings were counted that all this is planned from.
    pub outdated: Option<String>,
}

impl NeededCodings {
    /// The same with no more codings than there are sentences, which may leave the interval wider than was wanted: a plan of three
    /// short outlets asked for 6,000 sentences of one that had 42.
    fn capped(mut self) -> Self {
        if let Some(needed) = &mut self.needed {
            for (needed, available) in needed.iter_mut().zip(self.available.map(|available| available as f64)) {
                if *needed > available {
                    (*needed, self.obstacle) = (available, Some(Obstacle::TooFewToCode));
                }
            }
        }
        self
    }

    /// How many to draw next of each group: half of what is missing, since a plan from few codings is rough, and a second
    /// plan from more of them is better.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "codings, 0 to a million")]
    pub fn to_draw(&self) -> Option<[u64; 2]> {
        if self.obstacle == Some(Obstacle::TooFewCodings) {
            let first = |side: usize| FIRST_CODINGS.min(self.available[side]).saturating_sub(self.present[side]);
            return Some([first(0), first(1)]);
        }
        let needed = self.needed?;
        let draw = |side: usize| ((needed[side] - self.present[side] as f64) / 2.0).max(0.0).ceil() as u64;
        Some([draw(0), draw(1)])
    }
}

/// How many codings bring the 95 % intervals of the whole span to `half_width` on either side. Frames of the codebook only: a
/// group of frames is coded by its frames.
#[must_use]
pub fn needed_codings(plan: &Plan, counts: &Counts, half_width: f64) -> CodingPlan {
    let (cells, unit) = (Cells::new(plan, counts), plan.settings().unit);
    let groups: Vec<(&str, Cell<'_>)> =
        cells.groups.iter().map(|group| (*group, cells.cell(Place { group, period: WHOLE_SPAN }))).collect();
    let mut found = CodingPlan { wanted: half_width, ..CodingPlan::default() };
    for (frame, id) in plan.frames().iter().enumerate().take(plan.codebook_frames()) {
        let sides: Vec<Side<'_>> = groups.iter().map(|(group, cell)| Side::new(group, cell, frame, unit)).collect();
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
    available: u64,
    share: Option<CorrectedShare>,
}

impl<'a> Side<'a> {
    fn new(group: &'a str, cell: &Cell<'_>, frame: usize, unit: Unit) -> Self {
        let correction = cell.correction(frame, WHOLE_SPAN);
        let available = if unit == Unit::Document { cell.documents } else { cell.sentences };
        Self { group, present: correction.count(), available, share: correction.share }
    }

    fn share(&self, frame: &str, half_width: f64) -> NeededCodings {
        let needed = self.share.as_ref().and_then(|share| codings_for_share(share, half_width));
        NeededCodings {
            frame: frame.to_owned(),
            group_a: self.group.to_owned(),
            group_b: None,
            present: [self.present, 0],
            available: [self.available, 0],
            half_width: self.share.as_ref().map(|share| half_width_with(share, self.present as f64)),
            needed: needed.map(|needed| [needed, 0.0]),
            obstacle: obstacle(self.share.is_some(), needed.is_some()),
        }
        .capped()
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
            available: [self.available, other.available],
            half_width: sides[0].zip(sides[1]).map(|(a, b)| a.hypot(b)),
            needed,
            obstacle: obstacle(shares.is_some(), needed.is_some()),
        }
        .capped()
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
    use crate::compare::counts::example::{corpus, counts, plan};
    use crate::model::{CompareSettings, FrameGroup};

    #[test]
    fn half_of_what_is_missing_is_drawn_and_a_first_fifty_where_nothing_is_coded() {
        let needed = |present, needed, obstacle| {
            NeededCodings {
                frame: "threat".to_owned(),
                group_a: "alfa".to_owned(),
                group_b: None,
                present,
                available: [700, 60],
                half_width: None,
                needed,
                obstacle,
            }
            .capped()
        };
        for (found, draw) in [
            (needed([50, 0], Some([611.2, 0.0]), None), Some([281, 0])),
            (needed([50, 0], Some([40.0, 0.0]), None), Some([0, 0])),
            (needed([8, 0], None, Some(Obstacle::TooFewCodings)), Some([42, 50])),
            (needed([50, 0], None, Some(Obstacle::TooFewDocuments)), None),
            (needed([50, 20], Some([6000.0, 6000.0]), None), Some([325, 20])),
            (needed([700, 60], Some([6000.0, 61.0]), None), Some([0, 0])),
        ] {
            assert_eq!(found.to_draw(), draw, "{found:?}");
        }
        let all = needed([50, 20], Some([40.0, 6000.0]), None);
        assert_eq!((all.needed, all.obstacle), (Some([40.0, 60.0]), Some(Obstacle::TooFewToCode)));
        let few = NeededCodings { available: [6, 0], ..needed([0, 0], None, Some(Obstacle::TooFewCodings)) };
        assert_eq!(few.to_draw(), Some([6, 0]), "no more than there are");
    }

    #[test]
    fn a_group_of_frames_is_not_planned_for() {
        let group = FrameGroup { id: "any".to_owned(), frames: vec!["threat".to_owned(), "talks".to_owned()] };
        let settings = CompareSettings { frame_groups: vec![group], ..CompareSettings::default() };
        let found = needed_codings(&plan(settings), &counts(corpus(&["alfa", "beta"])), 0.05);
        assert!(found.needed.iter().all(|needed| needed.frame != "any") && found.needed.len() == 9, "{found:?}");
    }
}
