//! Names of the groups above a map of colours: in lines where its columns are wide enough, else upwards.

use crate::report::figures::drawing::DrawnGroup;
use crate::report::figures::page::FigurePage;
use crate::report::figures::shapes::{Point, TextAnchor, at};
use crate::report::figures::spread::factor;
use crate::report::figures::theme::{BODY, SMALL, THEME};
use crate::report::labels::kept_apart;
use crate::report::number::grouped;

/// Lines of a name above a wide column.
const NAME_LINES: usize = 4;

/// What stands above the columns, and how high it is.
struct TileHeads {
    /// The lines of each name.
    names: Vec<Vec<String>>,
    /// Whether names stand in lines, and numbers of documents too.
    wide: bool,
    flat: bool,
    names_height: f64,
    counts_height: f64,
}

/// Draws names and documents of the groups above columns of that width, the first of which begins at `left`.
pub(super) fn draw_heads(page: &mut FigurePage<'_>, groups: &[DrawnGroup], left: f64, width: f64) {
    let theme = &THEME.tile_heads;
    let heads = heads(page, groups, width);
    let bottom = page.y + heads.names_height + heads.counts_height + theme.below;
    let base = bottom - theme.base;
    page.canvas.text(at(left - theme.n_gap, base), "n", SMALL.anchor(TextAnchor::End));
    for (column, (lines, group)) in heads.names.iter().zip(groups).enumerate() {
        let (middle, count) = (left + width * (factor(column) + 0.5), grouped(group.documents));
        if heads.flat {
            page.canvas.text(at(middle, base), &count, SMALL.anchor(TextAnchor::Middle));
        } else {
            page.canvas.upward(at(middle + SMALL.half_height(), base), &count, SMALL);
        }
        let above = at(middle, bottom - heads.counts_height - theme.below);
        if heads.wide {
            page.lines_above(above, lines, BODY.anchor(TextAnchor::Middle));
        } else {
            draw_upward(page, lines, above);
        }
    }
    page.y = bottom;
}

fn heads(page: &FigurePage<'_>, groups: &[DrawnGroup], width: f64) -> TileHeads {
    let theme = &THEME.tile_heads;
    let wide = width >= theme.wide;
    let two = width >= 2.0 * BODY.leading() + theme.two_lines;
    let (room, most) =
        if wide { (width - theme.name_gap, NAME_LINES) } else { (theme.longest, if two { 2 } else { 1 }) };
    let names: Vec<&str> = groups.iter().map(|group| &group.name[..]).collect();
    let names = kept_apart(&names, &|name| page.ruler.wrapped(name, BODY, room, most));
    let counts: Vec<String> = groups.iter().map(|group| grouped(group.documents)).collect();
    let widest_count = page.widest(counts.iter().map(String::as_str), SMALL);
    let flat = widest_count + theme.count_gap <= width;
    let widest = page.widest(names.iter().flatten().map(String::as_str), BODY);
    let lines = factor(names.iter().map(Vec::len).max().unwrap_or(1));
    let names_height = if wide { lines * BODY.leading() } else { widest + theme.upward_gap };
    let counts_height = if flat { SMALL.leading() } else { widest_count + theme.upward_gap };
    TileHeads { names, wide, flat, names_height, counts_height }
}

/// Lines beside each other that run upwards, their middle above `foot`.
fn draw_upward(page: &mut FigurePage<'_>, lines: &[String], foot: Point) {
    let before = if lines.len() > 1 { BODY.leading() / 2.0 } else { 0.0 };
    let mut base = foot.x + BODY.half_height() - before;
    for line in lines {
        page.canvas.upward(at(base, foot.y - THEME.tile_heads.upward_base), line, BODY);
        base += BODY.leading();
    }
}
