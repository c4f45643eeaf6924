//! `diff-sentences.csv`, `diff-rules.csv` and `diff-shares.csv`: what two codebooks or two runs over one corpus say otherwise.

use crate::compare::{HitLabel, LabelChange, LabelChanges};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Staging, Table};

const CHANGES: [&str; 3] = [LabelChange::Gained.as_str(), LabelChange::Lost.as_str(), LabelChange::Recoded.as_str()];

/// The description of `diff-sentences.csv`.
pub static CHANGED_SENTENCES: Table = Table {
    file: "diff-sentences.csv",
    row: "A sentence whose label of a frame changed. Sorted by document, sentence and frame.",
    key: &["document", "sentence", "frame"],
    columns: described_in!("diff-sentences.tsv", "change" => &CHANGES),
};

/// The description of `diff-rules.csv`.
pub static CHANGED_RULES: Table = Table {
    file: "diff-rules.csv",
    row: "A rule in a group, on either side. Sorted by frame, rule and group; \"(all)\" is all groups together.",
    key: &["frame", "rule", "group"],
    columns: described_in!("diff-rules.tsv"),
};

/// The description of `diff-shares.csv`.
pub static CHANGED_SHARES: Table = Table {
    file: "diff-shares.csv",
    row: "A frame in a group of the old side. Sorted by frame and group; \"(all)\" is all groups together.",
    key: &["frame", "group"],
    columns: described_in!("diff-shares.tsv"),
};

/// Writes the three tables; `group_of` says group, outlet and date of a document.
///
/// # Errors
/// When a file cannot be written.
pub fn write_label_changes(
    staging: &mut Staging,
    changes: &LabelChanges,
    group_of: impl Fn(&str) -> [String; 3],
) -> Result<(), ReportError> {
    write_sentences(staging, changes, group_of)?;
    let mut rows = Rows::create(staging, &CHANGED_RULES)?;
    for ((frame, rule, group), it) in &changes.rules {
        rows.text(frame).text(rule).text(group).count(it.sentences[0]).count(it.sentences[1]);
        rows.count(it.gained).count(it.lost).end()?;
    }
    rows.finish(staging)?;
    write_shares(staging, changes)
}

fn write_sentences(
    staging: &mut Staging,
    changes: &LabelChanges,
    group_of: impl Fn(&str) -> [String; 3],
) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &CHANGED_SENTENCES)?;
    for it in &changes.sentences {
        rows.text(&it.place.document);
        for cell in group_of(&it.place.document) {
            rows.text(&cell);
        }
        rows.count(it.place.sentence).text(&it.place.frame).text(it.change.as_str());
        let sides = [&it.old, &it.new];
        let columns: [fn(&HitLabel) -> String; 3] =
            [|hit| hit.rules.join(";"), |hit| hit.voice.clone(), |hit| hit.stance.clone()];
        for column in columns {
            for side in sides {
                rows.text(&side.as_ref().map(column).unwrap_or_default());
            }
        }
        rows.words(it.new.as_ref().or(it.old.as_ref()).map_or("", |hit| &hit.text)).end()?;
    }
    rows.finish(staging)
}

fn write_shares(staging: &mut Staging, changes: &LabelChanges) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &CHANGED_SHARES)?;
    for ((frame, group), it) in &changes.shares {
        rows.text(frame).text(group).count(it.documents).count(it.clusters).count(it.sentences);
        rows.count(it.hits[0]).count(it.hits[1]);
        for count in it.changes {
            rows.count(count);
        }
        let [old, new] = it.shares();
        rows.number(old).number(new).number(it.difference).interval(it.interval);
        let note = match it.interval {
            Some(_) => "",
            None if it.changes[0] + it.changes[1] == 0 => "no sentence gained or lost",
            None => "too few documents, or all change alike",
        };
        rows.text(note).end()?;
    }
    rows.finish(staging)
}
