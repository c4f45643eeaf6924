//! Things of one width beside each other: how many have room, how wide each is, and where it stands.

/// Columns of one width with a gap between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    /// How many stand beside each other.
    pub(super) columns: usize,
    /// Width of each.
    pub(super) width: f64,
    pub(super) left: f64,
    pub(super) gap: f64,
}

impl Spread {
    /// So many things from `left` over `room`, none narrower than `narrowest` but where there is but one beside another: in
    /// as few rows as they need, and no fewer in the last row than need be.
    pub(super) fn of(count: usize, left: f64, room: f64, narrowest: f64, gap: f64) -> Self {
        // Rows first, then columns: seven panels where five have room are four and three, not five and two.
        let rows = count.div_ceil(fitting(room, narrowest, gap)).max(1);
        let columns = count.div_ceil(rows).max(1);
        Self { columns, width: (room - gap * factor(columns - 1)) / factor(columns), left, gap }
    }

    /// Left side of one of them, counted from 0.
    pub(super) fn left_of(&self, column: usize) -> f64 {
        self.left + (self.width + self.gap) * factor(column)
    }
}

/// How many things of that width have room beside each other; at least one.
pub(super) fn fitting(room: f64, width: f64, gap: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few columns")]
    let fit = ((room + gap) / (width + gap)).floor().max(1.0) as usize;
    fit
}

/// A count as a factor of lengths.
pub(super) fn factor(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_shared_out_evenly_over_as_few_rows_as_they_need() {
        for (count, room, columns, width) in [
            (1, 100.0, 1, 100.0),
            (3, 88.0, 3, 25.333_333_333),
            (7, 100.0, 4, 20.5),
            (5, 10.0, 1, 10.0),
            (0, 100.0, 1, 100.0),
        ] {
            let spread = Spread::of(count, 5.0, room, 15.0, 6.0);
            assert_eq!(spread.columns, columns, "{count} in {room}");
            assert!((spread.width - width).abs() < 1e-6, "{count} in {room}: {}", spread.width);
        }
        let spread = Spread::of(3, 5.0, 100.0, 15.0, 8.0);
        assert!((spread.left_of(2) - (5.0 + 2.0 * (28.0 + 8.0))).abs() < 1e-9);
    }
}
