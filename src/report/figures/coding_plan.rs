//! The figure of `plan`: how much surer each corrected share would be with more hand codings. It is drawn from
//! plan-curve.csv, beside which it stands, and is no figure of a run.

use crate::report::figures::axis::{Plane, Scale, percent, share_ticks};
use crate::report::figures::drawing::Drawing;
use crate::report::figures::figure::Figure;
use crate::report::figures::ink::as_text;
use crate::report::figures::marks::{DotLook, Lane, dot};
use crate::report::figures::page::{DrawnPage, FigurePage};
use crate::report::figures::raster;
use crate::report::figures::shapes::{Stroke, TextAnchor, at};
use crate::report::figures::sheet::SheetRow;
use crate::report::figures::spread::{Spread, factor};
use crate::report::figures::text::clean;
use crate::report::figures::theme::{BODY, SMALL, THEME};
use crate::report::number::grouped;
use crate::report::{FigureFormat, Look, ReportError, Staging, WIDTH_CURVE};

/// The figure.
static FIGURE: Figure =
    Figure { name: "plan-curve", table: &WIDTH_CURVE, parts_by: &["frame"], rows: |_, _| Ok(()), draw };

/// Pages, beyond which a plan of very many frames has no further picture; its table has them all.
const MOST_PAGES: usize = 24;

/// Steps of the scale of widths.
const STEPS: u32 = 3;

/// Lines that the name of a group may have.
const MOST_LINES: usize = 2;

/// Writes plan-curve.svg and plan-curve.png of that plan-curve.csv, and says what they are called; further pages have a
/// number. Nothing where nothing is coded yet: then the table has no row.
///
/// # Errors
/// When the table is not one of a plan, or a file cannot be written.
pub fn write_width_figure(staging: &mut Staging, csv: &[u8], look: &Look<'_>) -> Result<Vec<String>, ReportError> {
    let has_rows = csv.split(|byte| *byte == b'\n').nth(1).is_some_and(|line| !line.is_empty());
    let pages = if has_rows { FIGURE.pages(csv, look)? } else { Vec::new() };
    let mut names = Vec::new();
    for page in 0..MOST_PAGES {
        for format in [FigureFormat::Svg, FigureFormat::Png] {
            let name = file(page, format);
            let Some(svg) = pages.get(page) else {
                staging.remove(&name);
                continue;
            };
            staging.write(&name, &picture(svg, format)?)?;
            names.push(name);
        }
    }
    Ok(names)
}

fn file(page: usize, format: FigureFormat) -> String {
    let number = if page == 0 { String::new() } else { format!("-{}", page + 1) };
    let extension = if format == FigureFormat::Svg { "svg" } else { "png" };
    format!("{}{number}.{extension}", FIGURE.name)
}

fn picture(svg: &str, format: FigureFormat) -> Result<Vec<u8>, ReportError> {
    match format {
        FigureFormat::Svg => Ok(svg.as_bytes().to_vec()),
        FigureFormat::Png => raster::png(svg).map_err(|source| ReportError::Picture { name: FIGURE.name, source }),
    }
}

fn draw(drawing: &Drawing<'_>) -> DrawnPage {
    let about = "Half the width of the 95 % interval of each corrected share, by hand codings of the group in all";
    let mut page = drawing.begin("How sure further coding would make each share", about);
    for frame in drawing.sheet.distinct("frame") {
        draw_frame(&mut page, drawing, frame);
    }
    page.end(&caption(drawing))
}

fn caption(drawing: &Drawing<'_>) -> String {
    let wanted = drawing.sheet.rows().find_map(|row| row.number("wanted")).unwrap_or_default();
    format!(
        "{}. Lines: on average, if sentences are drawn as the present ones were; they level out where documents, not \
         codings, are the limit. Dots: the codings there are. Dashed: the wanted half width, {}. Each frame has its own \
         scale from\u{a0}0; codings stand on a logarithmic one. Data: {}.",
        clean(&drawing.look.study.title),
        percent(wanted),
        drawing.sheet.file()
    )
}

/// The panels of a frame, one for each group, in as many bands as they take.
fn draw_frame(page: &mut FigurePage<'_>, drawing: &Drawing<'_>, frame: &str) {
    let theme = &THEME.plan;
    let rows: Vec<SheetRow<'_>> = drawing.sheet.rows().filter(|row| row.text("frame") == frame).collect();
    let most = rows.iter().filter_map(|row| row.number("half_width")).fold(0.0, f64::max);
    let ticks = share_ticks(most, STEPS);
    let labels = ticks.iter().map(|tick| page.text_width(&percent(*tick), SMALL)).fold(0.0, f64::max);
    let groups = drawing.sheet.distinct("group");
    let left = page.left + labels + theme.label_gap;
    let columns = Spread::of(groups.len(), left, page.right - theme.right - left, theme.narrowest, theme.gap);
    let colour = drawing.frame_colour(frame);
    page.y += theme.above + BODY.leading();
    let title = as_text(&colour);
    page.canvas.text(at(page.left, page.y), &drawing.frame_label(frame), BODY.bold().fill(&title));
    for band in groups.chunks(columns.columns) {
        draw_heads(page, &columns, band);
        let (top, height) = (page.y, theme.height * page.stretch);
        for (column, group) in band.iter().enumerate() {
            let left = columns.left_of(column);
            let of_group: Vec<SheetRow<'_>> = rows.iter().filter(|row| row.text("group") == *group).copied().collect();
            // The logarithm of codings across, half widths up.
            let panel = Plane {
                across: Scale { values: ends(&rows), places: (left, left + columns.width) },
                up: Scale { values: (0.0, ticks.last().copied().unwrap_or(1.0)), places: (top + height, top) },
            };
            draw_axes(page, &panel, &ticks, column == 0);
            draw_line(page, &panel, &of_group, &colour);
        }
        page.y = top + height + THEME.axis.tick_length + SMALL.leading() + theme.below;
    }
}

/// Logarithms of the fewest and the most codings that the curves go through.
fn ends(rows: &[SheetRow<'_>]) -> (f64, f64) {
    let logs = || rows.iter().filter_map(|row| row.number("codings")).map(f64::ln);
    (logs().fold(f64::INFINITY, f64::min), logs().fold(0.0, f64::max))
}

/// The names of the groups above their panels.
fn draw_heads(page: &mut FigurePage<'_>, columns: &Spread, groups: &[&str]) {
    let wrapped = |group: &&str| page.ruler.wrapped(&clean(group), SMALL, columns.width, MOST_LINES);
    let names: Vec<Vec<String>> = groups.iter().map(wrapped).collect();
    let lines = names.iter().map(Vec::len).max().unwrap_or_default();
    page.y += SMALL.leading() * factor(lines) + THEME.plan.head_gap;
    for (column, lines) in names.iter().enumerate() {
        page.lines_above(at(columns.left_of(column), page.y - THEME.plan.head_gap), lines, SMALL);
    }
}

fn draw_axes(page: &mut FigurePage<'_>, Plane { across, up }: &Plane, ticks: &[f64], is_first: bool) {
    let (left, right) = across.places;
    let (bottom, top) = up.places;
    for tick in ticks {
        let y = up.at(*tick);
        page.canvas.line(at(left, y), at(right, y), THEME.axis.grid);
        if is_first {
            let beside = at(left - THEME.plan.label_gap, y + SMALL.half_height());
            page.canvas.text(beside, &percent(*tick), SMALL.anchor(TextAnchor::End));
        }
    }
    let below = bottom + THEME.axis.tick_length;
    let mut free = f64::NEG_INFINITY;
    for codings in [25_u32, 100, 400, 1_600, 6_400] {
        let (x, label) = (across.within(f64::from(codings).ln()), grouped(u64::from(codings)));
        page.canvas.line(at(x, bottom), at(x, below), THEME.axis.tick);
        let half = page.text_width(&label, SMALL) / 2.0;
        let middle = x.clamp(left + half - THEME.plan.label_gap, right - half + THEME.plan.label_gap);
        // On a narrow page five numbers would run into each other; the ticks still stand.
        if middle - half >= free {
            page.canvas.text(at(middle, below + SMALL.leading()), &label, SMALL.anchor(TextAnchor::Middle));
            free = middle + half + THEME.plan.label_gap;
        }
    }
    page.canvas.line(at(left, bottom), at(right, bottom), THEME.axis.line);
    page.canvas.line(at(left, bottom), at(left, top), THEME.axis.line);
}

/// The curve of a group, the width that is wanted, and where the group stands now.
fn draw_line(page: &mut FigurePage<'_>, Plane { across, up }: &Plane, rows: &[SheetRow<'_>], colour: &str) {
    let theme = &THEME.plan;
    let points: Vec<(f64, f64)> =
        rows.iter().filter_map(|row| Some((row.number("codings")?.ln(), row.number("half_width")?))).collect();
    let through: Vec<_> = points.iter().map(|(log, half)| at(across.within(*log), up.within(*half))).collect();
    if let Some(wanted) = rows.iter().find_map(|row| row.number("wanted")).filter(|wanted| *wanted <= up.values.1) {
        let y = up.at(wanted);
        let (left, right) = across.places;
        page.canvas.dashed(at(left, y), at(right, y), theme.wanted, theme.wanted_dashes);
    }
    if through.len() > 1 {
        page.canvas.path(&through, Stroke { colour, width: theme.line });
    }
    let present = rows.iter().find_map(|row| row.number("coded")).filter(|coded| *coded > 0.0);
    if let Some((log, half)) = present.map(f64::ln).and_then(|log| Some((log, between(&points, log)?))) {
        let lane = Lane::Up(up, across.within(log));
        dot(&mut page.canvas, &lane, half, DotLook::Filled { radius: theme.dot }, colour);
    }
}

/// The height of a line through points at some place between or beyond them.
fn between(points: &[(f64, f64)], x: f64) -> Option<f64> {
    let (first, last) = (points.first()?, points.last()?);
    let pair = points.windows(2).find(|pair| pair[0].0 <= x && x <= pair[1].0);
    Some(match pair {
        Some(&[(x0, y0), (x1, y1)]) => y0 + (y1 - y0) * (x - x0) / (x1 - x0),
        _ if x < first.0 => first.1,
        _ => last.1,
    })
}
