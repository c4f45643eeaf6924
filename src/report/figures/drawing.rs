//! One figure being drawn: its data, its names and colours, and the words that all captions share.

use crate::codebook::Frame;
use crate::model::{Mark, Study};
use crate::report::ReportError;
use crate::report::figures::axis::written;
use crate::report::figures::canvas::POINTS;
use crate::report::figures::page::Page;
use crate::report::figures::sheet::{Row, Sheet};
use crate::report::figures::subject::{MOST_FRAMES, MOST_GROUPS};
use crate::report::figures::text::{Ruler, clean};
use crate::report::figures::{Figure, Subject, WIDTH};
use crate::report::palette::{GREY, frame_colour};

/// Rows may be that much lower than they are by default before a figure no longer fits.
const LEAST_STRETCH: f64 = 0.92;

/// The height in millimetres beyond which a figure goes on to a further page: what a journal's page has left of it.
const PAGE: f64 = 240.0;

/// How figures shall look.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The study, for its title and its marks.
    pub study: &'a Study,
    /// The frames in the codebook's order, which is that of the colours.
    pub frames: &'a [Frame],
    /// Width in millimetres.
    pub width: f64,
    /// Height in millimetres; where there is none what the content needs, on as many pages as that takes.
    pub height: Option<f64>,
}

impl Look<'_> {
    /// What the names of files of another size than a run makes end in, such as `-85mm` or `-85x60mm`.
    #[must_use]
    pub fn suffix(&self) -> String {
        match self.height {
            Some(height) => format!("-{}x{height}mm", self.width),
            None if (self.width - WIDTH).abs() < f64::EPSILON => String::new(),
            None => format!("-{}mm", self.width),
        }
    }
}

/// A figure being drawn.
pub(super) struct Drawing<'a> {
    /// What this page shows.
    pub(super) sheet: &'a Sheet,
    /// What all its pages show.
    whole: &'a Sheet,
    /// Which page it is, counted from 0, and of how many.
    page: (usize, usize),
    pub(super) look: &'a Look<'a>,
    ruler: &'a Ruler,
    stretch: f64,
}

/// A group as figures name it.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) documents: u64,
}

/// The SVG of each page of a figure: one, as high as `look` asks, or as many as it takes for none to be higher than [`PAGE`].
pub(super) fn drawn(figure: &Figure, sheet: &Sheet, look: &Look<'_>) -> Result<Vec<String>, ReportError> {
    let ruler = Ruler::new();
    let draw = |part: &Sheet, page: (usize, usize), stretch: f64| {
        (figure.draw)(&Drawing { sheet: part, whole: sheet, page, look, ruler: &ruler, stretch })
    };
    if let Some(height) = look.height {
        return stretched(figure.name, &|stretch| draw(sheet, (0, 1), stretch), look.width, height)
            .map(|svg| vec![svg]);
    }
    let fits = |pages: &[(String, f64)]| pages.iter().all(|(_, height)| *height <= PAGE * POINTS);
    // Fewer frames on a page first; where one is too many, fewer groups too.
    let by_frames = (2..=MOST_FRAMES).map(|count| sheet.parts(figure.parts_by, count));
    let by_both = (2..=MOST_GROUPS).map(|count| {
        let parts = sheet.parts(figure.parts_by, MOST_FRAMES);
        parts.iter().flat_map(|part| part.parts(&["group"], count)).collect::<Vec<_>>()
    });
    let mut ways = by_frames.chain(by_both);
    let mut pages = vec![draw(sheet, (0, 1), 1.0)];
    while !fits(&pages) && !figure.parts_by.is_empty() {
        let Some(parts) = ways.next() else { break };
        if parts.len() > pages.len() {
            pages = parts.iter().enumerate().map(|(number, part)| draw(part, (number, parts.len()), 1.0)).collect();
        }
    }
    Ok(pages.into_iter().map(|(svg, _)| svg).collect())
}

/// The SVG of a page, as many millimetres high.
fn stretched(
    name: &'static str,
    draw: &dyn Fn(f64) -> (String, f64),
    width: f64,
    height: f64,
) -> Result<String, ReportError> {
    let natural = draw(1.0).1;
    // All that stretches does so in proportion, so two heights tell every other.
    let per_stretch = draw(2.0).1 - natural;
    let stretch = 1.0 + (height * POINTS - natural) / per_stretch;
    if !stretch.is_finite() || stretch < LEAST_STRETCH {
        let least = (natural - per_stretch * (1.0 - LEAST_STRETCH)) / POINTS;
        return Err(ReportError::NoRoom { name, width, least: least.ceil() });
    }
    Ok(draw(stretch).0)
}

impl<'a> Drawing<'a> {
    /// Begins the page.
    pub(super) fn page(&self, heading: &str, about: &str) -> Page<'a> {
        let (page, pages) = self.page;
        let heading = if pages > 1 { format!("{heading} ({} of {pages})", page + 1) } else { heading.to_owned() };
        Page::begin(self.ruler, (self.look.width * POINTS, self.stretch), &heading, about)
    }

    /// What a frame is called; its id where the codebook no longer has it.
    pub(super) fn frame_label(&self, id: &str) -> String {
        let frame = self.look.frames.iter().find(|frame| frame.id == id);
        let label = clean(frame.map_or(id, |frame| &frame.label));
        if label.is_empty() { clean(id) } else { label }
    }

    /// The colour that a frame has in every figure.
    pub(super) fn frame_colour(&self, id: &str) -> String {
        let index = self.look.frames.iter().position(|frame| frame.id == id);
        index.map_or_else(|| GREY.to_owned(), frame_colour)
    }

    /// The groups of the sheet, sorted as in the tables; of each the most documents that a row gives it.
    pub(super) fn groups(&self) -> Vec<Group> {
        groups(self.sheet)
    }

    /// The row of a group where another column holds `value`.
    pub(super) fn row(&self, (column, value): (&str, &str), group: &str) -> Option<Row<'a>> {
        self.sheet.rows().find(|row| row.text(column) == value && row.text("group") == group)
    }

    /// What the groups are: "outlet", or the column that the study compares by.
    pub(super) fn by(&self) -> String {
        clean(self.sheet.common("by"))
    }

    /// The same at the head of a column.
    pub(super) fn heading_of_groups(&self) -> String {
        let by = self.by();
        let mut characters = by.chars();
        characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
    }

    /// What shares are shares of, in the plural.
    pub(super) fn units(&self) -> &'static str {
        if self.sheet.common("unit") == "document" { "documents" } else { "sentences" }
    }

    /// The marks of the study that lie between two days, in order.
    pub(super) fn marks(&self, (first, last): (jiff::civil::Date, jiff::civil::Date)) -> Vec<&'a Mark> {
        let mut marks: Vec<&Mark> =
            self.look.study.marks.iter().filter(|mark| first <= mark.date && mark.date <= last).collect();
        marks.sort_by_key(|mark| mark.date);
        marks
    }

    /// The caption: the study, then `what` is drawn, then what it rests on and where its data are.
    pub(super) fn caption(&self, what: &[&str]) -> String {
        let mut sentences = vec![sentence(&clean(&self.look.study.title))];
        sentences.extend(what.iter().filter(|text| !text.is_empty()).map(|text| sentence(text)));
        sentences.push(self.basis());
        sentences.push(format!("Data: {}.", self.sheet.file()));
        sentences.retain(|sentence| !sentence.is_empty());
        sentences.join(" ")
    }

    /// Whose words count.
    pub(super) fn voice(&self) -> &'static str {
        match self.sheet.common("voice") {
            "own" => "Only what is said in the outlet's own voice counts",
            "attributed" => "Only what sources are quoted or reported as saying counts",
            _ => "All voices count, the outlet's own and its sources'",
        }
    }

    /// Documents, groups and days, of all pages.
    fn basis(&self) -> String {
        let groups = groups(self.whole);
        let (shown, documents) = (groups.len() as u64, groups.iter().map(|group| group.documents).sum());
        let all = self.sheet.common("all_groups").parse().unwrap_or(shown);
        let by = self.by();
        let noun = if by == "outlet" {
            if shown == 1 { "outlet".to_owned() } else { "outlets".to_owned() }
        } else {
            format!("groups by {by}")
        };
        let selected =
            if all > shown { format!(", those with the most documents of {}", grouped(all)) } else { String::new() };
        let row = self.sheet.rows().next();
        let days = row.and_then(|row| row.date("first_day").zip(row.date("last_day")));
        let days = match days {
            Some((first, last)) if first == last => format!(", {}", written(first)),
            Some((first, last)) => format!(", {} to {}", written(first), written(last)),
            None => String::new(),
        };
        let plural = if documents == 1 { "document" } else { "documents" };
        format!("{} {plural} of {shown} {noun}{selected}{days}.", grouped(documents))
    }

    /// Says so where the sheet has fewer frames than the codebook.
    pub(super) fn left_out(&self, column: &str) -> String {
        let (shown, all) = (self.whole.distinct(column).len(), self.look.frames.len());
        if shown < all { format!("The {shown} most frequent of {all} frames") } else { String::new() }
    }
}

impl Subject<'_> {
    /// Whether a row of that frame and group is drawn.
    pub(super) fn chosen(&self) -> impl Fn(&str, &str) -> bool + '_ {
        let (frames, groups) = (self.frames(), self.groups());
        move |frame, group| frames.contains(frame) && groups.contains(group)
    }
}

fn groups(sheet: &Sheet) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for row in sheet.rows() {
        let (id, documents) = (row.text("group"), row.count("documents"));
        match groups.iter_mut().find(|group| group.id == id) {
            Some(group) => group.documents = group.documents.max(documents),
            None => groups.push(Group { id: id.to_owned(), name: group_name(id), documents }),
        }
    }
    groups.sort_by(|a, b| a.id.cmp(&b.id));
    groups
}

/// A group's name; documents without a value in the column compared by have the empty one.
fn group_name(id: &str) -> String {
    let name = clean(id);
    if name.is_empty() { "(none)".to_owned() } else { name }
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// A whole number with its thousands apart.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut parts = Vec::new();
    let mut end = digits.len();
    while end > 3 {
        parts.push(&digits[end - 3..end]);
        end -= 3;
    }
    parts.push(&digits[..end]);
    parts.reverse();
    parts.join(",")
}
