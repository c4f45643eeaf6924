//! One figure being drawn: its data, its names and colours, and the words that all captions share.

use crate::model::{CompareSettings, Mark, Unit};
use crate::report::Look;
use crate::report::figures::days::{Days, span_written};
use crate::report::figures::ink::GREY;
use crate::report::figures::page::FigurePage;
use crate::report::figures::sheet::{FigureSheet, SheetRow};
use crate::report::figures::text::{Ruler, clean};
use crate::report::figures::theme::POINTS;
use crate::report::named_days::named_days;
use crate::report::number::grouped;
use crate::report::palette::frame_colour;

/// A figure being drawn.
pub(super) struct Drawing<'a> {
    /// What this page shows.
    pub(super) sheet: &'a FigureSheet,
    /// What all its pages show.
    pub(super) whole: &'a FigureSheet,
    /// Which page it is, counted from 0, and of how many.
    pub(super) page: usize,
    pub(super) pages: usize,
    pub(super) look: &'a Look<'a>,
    pub(super) ruler: &'a Ruler,
    /// By how much rows are to be higher than they need be.
    pub(super) stretch: f64,
}

/// A group as figures name it.
#[derive(Clone, Debug)]
pub(super) struct DrawnGroup {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) documents: u64,
}

impl<'a> Drawing<'a> {
    /// The whole sheet on one page.
    pub(super) fn of(sheet: &'a FigureSheet, look: &'a Look<'a>, ruler: &'a Ruler) -> Self {
        Self { sheet, whole: sheet, page: 0, pages: 1, look, ruler, stretch: 1.0 }
    }

    /// Begins the page.
    pub(super) fn begin(&self, heading: &str, about: &str) -> FigurePage<'a> {
        let number = if self.pages > 1 { format!(" ({} of {})", self.page + 1, self.pages) } else { String::new() };
        FigurePage::begin(self.ruler, self.look.width * POINTS, self.stretch, &format!("{heading}{number}"), about)
    }

    /// What a frame is called; its id where the codebook no longer has it.
    pub(super) fn frame_label(&self, id: &str) -> String {
        let frame = self.look.frames.iter().find(|frame| frame.id == id);
        let label = clean(frame.map_or(id, |frame| &frame.label));
        if label.is_empty() { clean(id) } else { label }
    }

    /// The colour that a frame has in every figure.
    pub(super) fn frame_colour(&self, id: &str) -> String {
        // By its place in the codebook, not in the data: a frame keeps its colour on every page, and where others are
        // left out.
        let index = self.look.frames.iter().position(|frame| frame.id == id);
        index.map_or_else(|| GREY.to_owned(), frame_colour)
    }

    /// The groups of the sheet, sorted as in the tables; of each the most documents that a row gives it.
    pub(super) fn groups(&self) -> Vec<DrawnGroup> {
        groups(self.sheet)
    }

    /// The row of a frame in a group.
    pub(super) fn row(&self, frame: &str, group: &DrawnGroup) -> Option<SheetRow<'a>> {
        self.sheet.rows().find(|row| row.text("frame") == frame && row.text("group") == group.id)
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

    /// What is counted, in the plural.
    pub(super) fn trials(&self) -> &'static str {
        if self.sheet.common("unit") == Unit::Document.as_str() { "documents" } else { "sentences" }
    }

    /// What shares are shares of, in the plural.
    pub(super) fn units(&self) -> &'static str {
        let is_mean = self.sheet.common("unit") == CompareSettings::MEAN_OF_DOCUMENTS;
        if is_mean { CompareSettings::ALIKE } else { self.trials() }
    }

    /// The days that the study names, between two days.
    pub(super) fn marks(&self, days: Days) -> Vec<Mark> {
        let mut marks = named_days(self.look.study);
        marks.retain(|mark| days.first <= mark.date && mark.date <= days.last);
        marks
    }

    /// The caption: the study, then `what` is drawn, then what it rests on and where its data are.
    pub(super) fn caption<T: AsRef<str>>(&self, what: &[T]) -> String {
        let mut sentences = vec![sentence(&clean(&self.look.study.title))];
        sentences.extend(what.iter().map(|text| sentence(text.as_ref())));
        sentences.push(self.basis());
        sentences.push(format!("Data: {}.", self.sheet.file()));
        sentences.retain(|sentence| !sentence.is_empty());
        sentences.join(" ")
    }

    /// Whose words count, or which stance.
    pub(super) fn voice(&self) -> &'static str {
        match (self.sheet.common("voice"), self.sheet.common("stance")) {
            (_, "favor") => "Only what affirms the frame counts, whoever says it",
            (_, "against") => "Only what rejects the frame counts, whoever says it",
            ("own", _) => "Only what is said in the outlet's own voice counts",
            ("attributed", _) => "Only what sources are quoted or reported as saying counts",
            _ => "All voices count, the outlet's own and its sources'",
        }
    }

    /// Whether the numbers are as people would code, and what it means where they are not.
    pub(super) fn correction(&self) -> &'static str {
        let corrected = self.whole.rows().filter(|row| row.corrected().is_some()).count();
        match corrected {
            0 => {
                "Not corrected by hand codings: mistakes of the coding are in these numbers, and no interval covers them"
            }
            all if all == self.whole.rows().count() => "Corrected by hand codings",
            _ => {
                "Corrected by hand codings where there are enough of them; mistakes of the coding are in the other numbers, \
                 and no interval covers them"
            }
        }
    }

    /// Documents, groups and days, of all pages.
    fn basis(&self) -> String {
        // Of all pages: one that shows three of nine frames rests on the same documents as the others.
        let groups = groups(self.whole);
        let (shown, documents) = (groups.len() as u64, groups.iter().map(|group| group.documents).sum());
        let all = self.sheet.common("all_groups").parse().unwrap_or(shown);
        let selected =
            if all > shown { format!(", those with the most documents of {}", grouped(all)) } else { String::new() };
        let days = self.sheet.rows().next().and_then(|row| row.days("first_day", "last_day"));
        let days = days.map_or_else(String::new, |days| format!(", {}", span_written(days)));
        let plural = if documents == 1 { "document" } else { "documents" };
        format!("{} {plural} of {shown} {}{selected}{days}.", grouped(documents), self.noun(shown))
    }

    /// What so many groups are called.
    fn noun(&self, groups: u64) -> String {
        let is_merged = !self.look.study.compare.groups.is_empty();
        match &self.by()[..] {
            "outlet" if is_merged && groups == 1 => "group of outlets".to_owned(),
            "outlet" if is_merged => "groups of outlets".to_owned(),
            "outlet" if groups == 1 => "outlet".to_owned(),
            "outlet" => "outlets".to_owned(),
            by => format!("groups by {by}"),
        }
    }

    /// Says so where the sheet has fewer frames than the codebook.
    pub(super) fn left_out(&self, column: &str) -> String {
        let (shown, all) = (self.whole.distinct(column).len(), self.look.frames.len());
        if shown < all { format!("The {shown} most frequent of {all} frames") } else { String::new() }
    }
}

fn groups(sheet: &FigureSheet) -> Vec<DrawnGroup> {
    let mut groups: Vec<DrawnGroup> = Vec::new();
    for row in sheet.rows() {
        let (id, documents) = (row.text("group"), row.count("documents"));
        match groups.iter_mut().find(|group| group.id == id) {
            Some(group) => group.documents = group.documents.max(documents),
            None => groups.push(DrawnGroup { id: id.to_owned(), name: group_name(id), documents }),
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

/// A remark of a caption where it holds, else nothing.
pub(super) const fn remark(holds: bool, text: &str) -> &str {
    if holds { text } else { "" }
}
