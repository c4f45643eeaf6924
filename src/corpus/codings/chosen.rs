//! What it means that a frame was chosen, or was not, where coders pick labels for a unit instead of filling in a cell for
//! each frame. Not here: reading the labels, which is each tool's.

use std::collections::BTreeSet;

use crate::corpus::codings::entry::{Marked, Marks, Sheet, is_same_name};
use crate::model::is_missing_mark;

/// Labels by which people say that none of the frames is there.
const NO_FRAME: [&str; 9] =
    ["none", "none of these", "none of the above", "no frame", "no frames", "nothing", "other", "keine", "aucun"];

/// The frames of which a unit without them says 0, and what is said of the others. Where a file has labels that are no
/// frames, a frame that nobody chose may be one of them by another name ("Losses" for `loss`, 3 for `aid`): then not
/// choosing it says nothing.
pub(super) fn askable(sheet: &Sheet, frames: &[String]) -> (Vec<String>, Option<String>) {
    let labels: BTreeSet<&str> = sheet.entries.iter().flat_map(|entry| chosen_in(&entry.marks)).collect();
    let (known, strangers): (Vec<&str>, Vec<&str>) =
        labels.into_iter().partition(|label| frames.iter().any(|frame| is_same_name(frame, label)));
    let stranger = strangers.iter().find(|label| !says_none(label));
    let (askable, lost): (Vec<String>, Vec<String>) = frames
        .iter()
        .cloned()
        .partition(|frame| stranger.is_none() || known.iter().any(|label| is_same_name(frame, label)));
    let note = stranger.filter(|_| !lost.is_empty()).map(|stranger| {
        format!(
            "nobody chose {}, and labels such as \"{stranger}\" are no frames: what is not chosen is then no 0; call labels as \
             their frames are called",
            lost.join(", ")
        )
    });
    (askable, note)
}

fn chosen_in(marks: &Marks) -> impl Iterator<Item = &str> {
    let chosen = if let Marks::Chosen(chosen) = marks { &chosen[..] } else { &[] };
    chosen.iter().map(|marked| marked.frame.trim())
}

fn says_none(label: &str) -> bool {
    is_missing_mark(label) || NO_FRAME.contains(&&label.to_lowercase()[..])
}

/// 1 for the frames that were chosen and 0 for all others of those asked for; a name that is no frame stays, to be refused
/// with its record.
pub(super) fn chosen_and_absent(chosen: &[Marked], askable: &[String]) -> Vec<Marked> {
    let of_frame = |frame: &String| match chosen.iter().find(|marked| is_same_name(&marked.frame, frame)) {
        Some(marked) => Marked { frame: frame.clone(), value: "1".to_owned(), ..marked.clone() },
        None => Marked { frame: frame.clone(), value: "0".to_owned(), ..Marked::default() },
    };
    let others = chosen.iter().filter(|marked| !askable.iter().any(|frame| is_same_name(&marked.frame, frame)));
    let others = others.filter(|marked| !says_none(&marked.frame));
    let others = others.map(|marked| Marked { value: "1".to_owned(), ..marked.clone() });
    askable.iter().map(of_frame).chain(others).collect()
}
