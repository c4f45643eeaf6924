//! Every length, stroke and tint of the figures, each named once. What is *not* here: colours (`palette.rs`), and the sizes
//! that a user chooses (`figure_subject.rs`).
//!
//! Lengths are points (1/72 inch), so that a size of 7 is 7 points on paper.

use crate::report::figures::ink::{AXIS, FAINT, GREY, INK};
use crate::report::figures::shapes::{Stroke, TextAnchor, Type};

/// Points in a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;

/// Running text and labels.
pub(super) const BODY: Type<'static> = Type { size: 7.0, bold: false, fill: INK, anchor: TextAnchor::Start };

/// The heading.
pub(super) const HEADING: Type<'static> = BODY.size(8.5).bold();

/// Captions, ticks and other small print; nothing is smaller, since journals print nothing below 6 points.
pub(super) const SMALL: Type<'static> = BODY.size(6.5).fill(GREY);

/// How figures are laid out.
pub(super) struct Theme {
    pub(super) page: PageTheme,
    pub(super) axis: AxisTheme,
    pub(super) names: NamesTheme,
    pub(super) panels: PanelTheme,
    pub(super) strips: StripTheme,
    pub(super) timeline: TimelineTheme,
    pub(super) contrasts: ContrastTheme,
    pub(super) tiles: TileTheme,
    pub(super) tile_heads: TileHeadTheme,
    pub(super) tile_key: TileKeyTheme,
    pub(super) bars: BarTheme,
    pub(super) bar_key: BarKeyTheme,
    pub(super) calibration: CalibrationTheme,
    pub(super) plan: CodingPlanTheme,
}

/// The page around every figure.
pub(super) struct PageTheme {
    /// White around everything.
    pub(super) margin: f64,
    pub(super) after_heading: f64,
    pub(super) after_about: f64,
    pub(super) before_caption: f64,
    /// Room below the base line of a paragraph's line, in sizes of its type.
    pub(super) descent: f64,
    /// The height in millimetres beyond which a figure goes on to a further page: what a journal's page has left of it.
    pub(super) highest: f64,
    /// Rows may be that much lower than they are by default before a figure no longer fits.
    pub(super) least_stretch: f64,
}

/// Lines and labels of every axis.
pub(super) struct AxisTheme {
    pub(super) line: Stroke<'static>,
    pub(super) grid: Stroke<'static>,
    pub(super) tick: Stroke<'static>,
    /// How long a tick is; its label stands below it.
    pub(super) tick_length: f64,
}

/// The column of names on the left.
pub(super) struct NamesTheme {
    /// The narrowest the column is.
    pub(super) least: f64,
    /// From the longest name to what stands beside it.
    pub(super) gap: f64,
}

/// Small multiples of dots and whiskers.
pub(super) struct PanelTheme {
    pub(super) narrowest: f64,
    pub(super) gap: f64,
    /// Between one band of panels and the next.
    pub(super) band_gap: f64,
    /// Panels whose rows have names of their own stand side by side on pages as wide as this.
    pub(super) side_by_side: f64,
    /// Panels wider than this have room for four steps, others for two.
    pub(super) wide: f64,
    /// Names of groups take up at most this share of the page and this much more.
    pub(super) names_share: f64,
    pub(super) names_more: f64,
    /// The narrowest column of numbers of documents, and from it to the first panel.
    pub(super) counts_least: f64,
    pub(super) counts_gap: f64,
    /// The lowest row, and what a row has beyond its lines.
    pub(super) row_least: f64,
    pub(super) row_pad: f64,
    /// White to the right of the last panel, and below a band.
    pub(super) right: f64,
    pub(super) below: f64,
    /// From the titles down to the panels, and what a title leaves free of the gap to the next.
    pub(super) head_gap: f64,
    pub(super) title_gap: f64,
    /// How far the labels of the outermost ticks may stand out.
    pub(super) label_left: f64,
    pub(super) label_right: f64,
    /// Where words stand in place of a dot.
    pub(super) absent: f64,
    pub(super) dot: f64,
    pub(super) ring: f64,
    pub(super) ring_line: f64,
    /// The ring of a share as counted, beside the corrected one.
    pub(super) counted: f64,
    pub(super) whisker: f64,
    pub(super) weak_whisker: f64,
    pub(super) arrow_length: f64,
    pub(super) arrow_half: f64,
}

/// Grids of panels over time.
pub(super) struct StripTheme {
    pub(super) narrowest: f64,
    pub(super) gap: f64,
    /// Between one block of columns and the next.
    pub(super) block_gap: f64,
    /// On pages narrower than this the titles of rows stand above them, so that the panels have the whole width.
    pub(super) narrow: f64,
    /// Marks closer than this share a place for their letters.
    pub(super) close: f64,
    /// Titles beside their rows take up at most this share of the page and this much more.
    pub(super) titles_share: f64,
    pub(super) titles_more: f64,
    /// From titles to the labels of the vertical axis, and from these to the panels.
    pub(super) titles_gap: f64,
    pub(super) ticks_gap: f64,
    pub(super) right: f64,
    /// Between titles and the panels below them, and what a row has beyond the titles beside it.
    pub(super) above_gap: f64,
    pub(super) beside_pad: f64,
    /// From the labels of the vertical axis to the panels.
    pub(super) label_gap: f64,
    /// The outermost labels stay that far inside, where they do not touch those of the rows above and below.
    pub(super) label_top: f64,
    pub(super) label_bottom: f64,
    /// Below the names of the groups, below the letters of the marks, and below the days.
    pub(super) head_gap: f64,
    pub(super) letters_gap: f64,
    pub(super) below: f64,
    pub(super) mark: Stroke<'static>,
    pub(super) mark_dashes: &'static str,
    /// The narrowest label of a day, what stays free between two, and how far the outermost may stand out.
    pub(super) day: f64,
    pub(super) day_gap: f64,
    pub(super) day_out: f64,
}

/// Ribbons and lines of the figure `timeline`.
pub(super) struct TimelineTheme {
    /// Height of a panel, with many frames and with few.
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) line: f64,
    pub(super) dot: f64,
    pub(super) ring_line: f64,
    /// The ribbon of a period alone.
    pub(super) lone_ribbon: f64,
    /// How much white a ribbon has in it.
    pub(super) ribbon_tint: f64,
    /// The line at a change of level, and the height of the bar of the days it may be.
    pub(super) change_line: f64,
    pub(super) change_bar: f64,
}

/// Dots and triangles of the figure `contrasts`.
pub(super) struct ContrastTheme {
    pub(super) height: f64,
    /// Room above and below a scale, where triangles stand.
    pub(super) pad: f64,
    pub(super) middle: Stroke<'static>,
    pub(super) dot: f64,
    pub(super) ring: f64,
    pub(super) ring_line: f64,
    pub(super) whisker: f64,
    pub(super) triangle_half: f64,
    pub(super) triangle_height: f64,
}

/// The map of colours of the figure `differences`.
pub(super) struct TileTheme {
    /// Titles of frames take up at most this share of the page and this much more.
    pub(super) titles_share: f64,
    pub(super) titles_more: f64,
    pub(super) widest: f64,
    /// The lowest row with one line of words, and with two.
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) row_pad: f64,
    /// What numbers leave free of a tile.
    pub(super) words_pad: f64,
    /// White around each tile, and from its corners to the stroke that crosses it out.
    pub(super) edge: f64,
    pub(super) cross: f64,
    pub(super) cross_line: Stroke<'static>,
    /// Stars stand below each other in tiles narrower than this, and that far below the middle.
    pub(super) stars_narrow: f64,
    pub(super) stars_down: f64,
    /// Of two lines: the number above the middle, its stars below it.
    pub(super) number_up: f64,
    pub(super) number_down: f64,
    /// The palest colour, and what the deepest has beyond it, as shares of the full one.
    pub(super) palest: f64,
    pub(super) depth: f64,
}

/// Names of the groups above the map of colours.
pub(super) struct TileHeadTheme {
    /// Columns as wide as this have names in lines; narrower ones upwards, no longer than `longest`.
    pub(super) wide: f64,
    pub(super) longest: f64,
    /// What two upward lines need beyond their leading, and what names leave free of their column.
    pub(super) two_lines: f64,
    pub(super) name_gap: f64,
    pub(super) count_gap: f64,
    /// Beyond names, and beyond numbers of documents, that run upwards.
    pub(super) upward_gap: f64,
    pub(super) upward_base: f64,
    /// Below the numbers of documents: to the tiles, and to their base line.
    pub(super) below: f64,
    pub(super) base: f64,
    /// From the letter n to the first column.
    pub(super) n_gap: f64,
}

/// The key to the colours of that map.
pub(super) struct TileKeyTheme {
    pub(super) above: f64,
    pub(super) step: f64,
    pub(super) height: f64,
    /// Steps overlap a little, or white lines would show between them.
    pub(super) overlap: f64,
    pub(super) left: f64,
    pub(super) right: f64,
}

/// The bars of the figure `composition`.
pub(super) struct BarTheme {
    pub(super) row_least: f64,
    pub(super) row_pad: f64,
    /// By how much a bar is lower than the lowest row.
    pub(super) row_gap: f64,
    /// Names of groups take up at most this share of the page and this much more.
    pub(super) names_share: f64,
    pub(super) names_more: f64,
    /// From the head of the columns down to the first row.
    pub(super) head_gap: f64,
    /// From the documents to the bars, and from these to the hits.
    pub(super) counts_gap: f64,
    pub(super) hits_gap: f64,
    /// Bars longer than this have room for quarters.
    pub(super) wide: f64,
    pub(super) absent: f64,
    /// A thin white edge keeps neighbours apart where colours are not seen; parts shorter than the second have none.
    pub(super) edge: f64,
    pub(super) edged: f64,
    /// What a number leaves free of its part of a bar.
    pub(super) label_pad: f64,
    pub(super) below: f64,
}

/// The key to those bars.
pub(super) struct BarKeyTheme {
    pub(super) row: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// Where the label begins, and what is free after it, in a column and in a whole entry.
    pub(super) label: f64,
    pub(super) label_gap: f64,
    pub(super) entry_gap: f64,
    pub(super) below: f64,
}

/// The figure `calibration`.
pub(super) struct CalibrationTheme {
    /// The drawing is square, and no wider than this.
    pub(super) widest: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) above: f64,
    pub(super) label_gap: f64,
    pub(super) diagonal: Stroke<'static>,
    pub(super) diagonal_dashes: &'static str,
    pub(super) dot: f64,
    pub(super) ring: f64,
    pub(super) ring_line: f64,
    pub(super) whisker: f64,
    pub(super) line: f64,
    /// Height of the longest bar of counts, and what is free above it.
    pub(super) bars: f64,
    pub(super) bars_gap: f64,
    /// The least room for the bars beside the square.
    pub(super) beside: f64,
    pub(super) bar_edge: f64,
    pub(super) count_gap: f64,
    /// How far a number may stand out to the left.
    pub(super) count_out: f64,
}

/// Curves of widths by codings.
pub(super) struct CodingPlanTheme {
    pub(super) narrowest: f64,
    pub(super) gap: f64,
    pub(super) height: f64,
    /// Above the title of a frame, from the names of groups to their panels, and below a band.
    pub(super) above: f64,
    pub(super) head_gap: f64,
    pub(super) below: f64,
    pub(super) right: f64,
    pub(super) label_gap: f64,
    pub(super) line: f64,
    pub(super) dot: f64,
    pub(super) wanted: Stroke<'static>,
    pub(super) wanted_dashes: &'static str,
}

const fn stroke(colour: &'static str, width: f64) -> Stroke<'static> {
    Stroke { colour, width }
}

/// The one look of all figures.
pub(super) const THEME: Theme = Theme {
    page: PageTheme {
        margin: 3.0,
        after_heading: 1.5,
        after_about: 6.0,
        before_caption: 5.0,
        descent: 0.22,
        highest: 240.0,
        least_stretch: 0.92,
    },
    axis: AxisTheme { line: stroke(AXIS, 0.7), grid: stroke(FAINT, 0.5), tick: stroke(AXIS, 0.5), tick_length: 2.0 },
    names: NamesTheme { least: 24.0, gap: 6.0 },
    panels: PanelTheme {
        narrowest: 48.0,
        gap: 9.0,
        band_gap: 8.0,
        side_by_side: 400.0,
        wide: 110.0,
        names_share: 0.22,
        names_more: 28.0,
        counts_least: 4.0,
        counts_gap: 9.0,
        row_least: 10.5,
        row_pad: 3.0,
        right: 4.0,
        below: 3.0,
        head_gap: 4.0,
        title_gap: 3.0,
        label_left: 3.0,
        label_right: 4.0,
        absent: 3.0,
        dot: 2.1,
        ring: 1.9,
        ring_line: 0.8,
        counted: 1.3,
        whisker: 1.2,
        weak_whisker: 0.5,
        arrow_length: 3.0,
        arrow_half: 1.8,
    },
    strips: StripTheme {
        narrowest: 34.0,
        gap: 6.0,
        block_gap: 9.0,
        narrow: 300.0,
        close: 7.0,
        titles_share: 0.17,
        titles_more: 28.0,
        titles_gap: 5.0,
        ticks_gap: 5.0,
        right: 5.0,
        above_gap: 1.5,
        beside_pad: 4.0,
        label_gap: 3.0,
        label_top: 2.8,
        label_bottom: 2.2,
        head_gap: 3.0,
        letters_gap: 2.0,
        below: 3.0,
        mark: stroke(AXIS, 0.5),
        mark_dashes: "2 1.5",
        day: 18.0,
        day_gap: 2.0,
        day_out: 2.0,
    },
    timeline: TimelineTheme {
        low: 23.0,
        high: 32.0,
        line: 1.1,
        dot: 1.2,
        ring_line: 0.6,
        lone_ribbon: 1.2,
        ribbon_tint: 0.72,
        change_line: 0.6,
        change_bar: 2.2,
    },
    contrasts: ContrastTheme {
        height: 48.0,
        pad: 5.0,
        middle: stroke(AXIS, 0.6),
        dot: 1.9,
        ring: 1.6,
        ring_line: 0.8,
        whisker: 0.8,
        triangle_half: 2.0,
        triangle_height: 3.4,
    },
    tiles: TileTheme {
        titles_share: 0.17,
        titles_more: 35.0,
        widest: 64.0,
        low: 14.0,
        high: 18.0,
        row_pad: 3.0,
        words_pad: 2.0,
        edge: 0.4,
        cross: 2.0,
        cross_line: stroke(AXIS, 0.6),
        stars_narrow: 12.0,
        stars_down: 4.0,
        number_up: 3.0,
        number_down: 6.5,
        palest: 0.02,
        depth: 0.92,
    },
    tile_heads: TileHeadTheme {
        wide: 36.0,
        longest: 95.0,
        two_lines: 2.0,
        name_gap: 3.0,
        count_gap: 1.0,
        upward_gap: 3.0,
        upward_base: 1.0,
        below: 2.0,
        base: 2.5,
        n_gap: 5.0,
    },
    tile_key: TileKeyTheme { above: 5.0, step: 5.0, height: 6.0, overlap: 0.1, left: 22.0, right: 30.0 },
    bars: BarTheme {
        row_least: 14.0,
        row_pad: 4.0,
        row_gap: 2.4,
        names_share: 0.2,
        names_more: 30.0,
        head_gap: 2.0,
        counts_gap: 6.0,
        hits_gap: 12.0,
        wide: 150.0,
        absent: 3.0,
        edge: 0.5,
        edged: 1.0,
        label_pad: 2.4,
        below: 3.0,
    },
    bar_key: BarKeyTheme {
        row: 11.0,
        width: 11.0,
        height: 9.0,
        label: 14.0,
        label_gap: 2.0,
        entry_gap: 8.0,
        below: 6.0,
    },
    calibration: CalibrationTheme {
        widest: 230.0,
        left: 4.0,
        right: 10.0,
        above: 4.0,
        label_gap: 3.0,
        diagonal: stroke(GREY, 0.7),
        diagonal_dashes: "3 2",
        dot: 2.2,
        ring: 2.0,
        ring_line: 0.8,
        whisker: 1.2,
        line: 0.6,
        bars: 22.0,
        bars_gap: 5.0,
        beside: 110.0,
        bar_edge: 0.5,
        count_gap: 2.0,
        count_out: 8.0,
    },
    plan: CodingPlanTheme {
        narrowest: 62.0,
        gap: 9.0,
        height: 40.0,
        above: 4.0,
        head_gap: 3.0,
        below: 3.0,
        right: 6.0,
        label_gap: 3.0,
        line: 1.0,
        dot: 2.0,
        wanted: stroke(GREY, 0.7),
        wanted_dashes: "3 2",
    },
};
