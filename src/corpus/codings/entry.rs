//! A record of a file of codings, whatever tool wrote it: which unit, by whom, what was marked; all as it is written.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::corpus::codings::CodingScope;
use crate::model::Excluded;

/// A file of codings, cut into entries.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) path: PathBuf,
    /// As the user named it.
    pub(super) file: String,
    pub(super) entries: Vec<SheetRecord>,
    /// Records that cannot be read.
    pub(super) unreadable: Vec<Excluded>,
    pub(super) read: u64,
    pub(super) size: u64,
    pub(super) sha256: String,
    pub(super) notes: Vec<String>,
    /// Of labels from outside, whether their probabilities say how sure the answer is.
    pub(super) is_of_answer: bool,
    /// What a coder is called of whom the file does not say more.
    pub(super) label: String,
}

/// One record.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SheetRecord {
    pub(super) record: u64,
    /// What a sample calls the unit.
    pub(super) item: String,
    pub(super) document: String,
    pub(super) sentence: String,
    pub(super) inclusion: String,
    pub(super) stratum: String,
    pub(super) coder: String,
    pub(super) text: String,
    pub(super) marks: Marks,
}

/// What a coder marked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Marks {
    /// A cell for each frame that was asked for.
    Cells(Vec<Marked>),
    /// The frames that were chosen; each other one is absent. Voice and stance hold for all of them.
    Chosen(Vec<Marked>),
}

/// A frame and what stands beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Marked {
    pub(super) frame: String,
    pub(super) value: String,
    pub(super) voice: String,
    pub(super) stance: String,
    pub(super) probability: String,
}

impl Default for Marks {
    fn default() -> Self {
        Self::Cells(Vec::new())
    }
}

impl Marks {
    fn frames(&self) -> impl Iterator<Item = &str> {
        let (Self::Cells(marked) | Self::Chosen(marked)) = self;
        marked.iter().map(|marked| &marked.frame[..])
    }
}

/// Every frame that the sheets name, in the order in which they come, in its first spelling.
pub(super) fn frames(sheets: &[Sheet]) -> Vec<String> {
    let mut frames: Vec<String> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for frame in sheets.iter().flat_map(|sheet| &sheet.entries).flat_map(|entry| entry.marks.frames()) {
        if seen.insert(frame.trim().to_lowercase()) {
            frames.push(frame.trim().to_owned());
        }
    }
    frames
}

/// Whether two names of frames differ in capitals and blanks around them at most.
pub(super) fn is_same_name(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Calls frames by their ids where a tool gave back what people call them: the labels of a page instead of its values.
pub(super) fn name_frames(sheets: &mut [Sheet], scope: CodingScope<'_>) {
    let ids = scope.frames.unwrap_or_default();
    let id_of = |name: &str| {
        let is_id = ids.iter().any(|id| is_same_name(id, name));
        let title = scope.titles.iter().position(|title| !is_id && is_same_name(title, name));
        title.and_then(|place| ids.get(place))
    };
    for entry in sheets.iter_mut().flat_map(|sheet| &mut sheet.entries) {
        let (Marks::Cells(marked) | Marks::Chosen(marked)) = &mut entry.marks;
        for marked in marked {
            if let Some(id) = id_of(&marked.frame) {
                marked.frame.clone_from(id);
            }
        }
    }
}
