//! `diff-sentences.csv`, `diff-rules.csv` and `diff-shares.csv`: what two codebooks or two runs over one corpus say otherwise.

use crate::compare::{HitLabel, LabelChange, LabelChanges};
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Staging, Table};

const CHANGES: [&str; 3] = [LabelChange::Gained.as_str(), LabelChange::Lost.as_str(), LabelChange::Recoded.as_str()];

/// The description of `diff-sentences.csv`.
pub static CHANGED_SENTENCES: Table = Table {
    file: "diff-sentences.csv",
    row: "A sentence whose label of a frame changed. Sorted by document, sentence and frame.",
    key: &["document", "sentence", "frame"],
    columns: &[
        columns::DOCUMENT,
        columns::GROUP,
        columns::OUTLET,
        columns::DATE,
        columns::SENTENCE,
        columns::FRAME,
        Column::required(
            "change",
            Kind::Choice(&CHANGES),
            "gained: it carries the frame on the new side only; lost: on the old side only; recoded: on both, in another voice or with \
             another stance.",
        ),
        Column::optional("rules_old", Kind::Text, "Ids of the rules that matched on the old side, joined by \";\"."),
        Column::optional("rules_new", Kind::Text, "The same of the new side."),
        Column::optional("voice_old", Kind::Text, "Whose voice it was: own or attributed."),
        Column::optional("voice_new", Kind::Text, "Whose voice it is."),
        Column::optional("stance_old", Kind::Text, "The stance of that voice on the old side."),
        Column::optional("stance_new", Kind::Text, "The same of the new side."),
        Column::required("text", Kind::Text, "The sentence."),
    ],
};

/// The description of `diff-rules.csv`.
pub static CHANGED_RULES: Table = Table {
    file: "diff-rules.csv",
    row: "A rule in a group, on either side. Sorted by frame, rule and group; \"(all)\" is all groups together.",
    key: &["frame", "rule", "group"],
    columns: &[
        columns::FRAME,
        Column::required("rule", Kind::Text, "Id of the rule."),
        columns::GROUP,
        Column::required(
            "sentences_old",
            Kind::Count,
            "Sentences that carry the frame and that the rule matches, on the old side.",
        ),
        Column::required("sentences_new", Kind::Count, "The same on the new side."),
        Column::required(
            "gained",
            Kind::Count,
            "Of sentences_new, those that did not carry the frame on the old side.",
        ),
        Column::required("lost", Kind::Count, "Of sentences_old, those that do not carry it on the new side."),
    ],
};

/// The description of `diff-shares.csv`.
pub static CHANGED_SHARES: Table = Table {
    file: "diff-shares.csv",
    row: "A frame in a group of the old side. Sorted by frame and group; \"(all)\" is all groups together.",
    key: &["frame", "group"],
    columns: &[
        columns::FRAME,
        columns::GROUP,
        Column::required("documents", Kind::Count, "Documents that both sides have."),
        Column::required("clusters", Kind::Count, "Of these, documents that are no copies of one another."),
        Column::required("sentences", Kind::Count, "Their sentences."),
        Column::required(
            "hits_old",
            Kind::Count,
            "Sentences that carry the frame on the old side, in any voice and stance.",
        ),
        Column::required("hits_new", Kind::Count, "The same on the new side."),
        Column::required("gained", Kind::Count, "Sentences that carry it on the new side only."),
        Column::required("lost", Kind::Count, "Sentences that carry it on the old side only."),
        Column::required(
            "recoded",
            Kind::Count,
            "Sentences that carry it on both, in another voice or with another stance.",
        ),
        Column::optional("estimate_old", Kind::Share, "The share of sentences on the old side."),
        Column::optional("estimate_new", Kind::Share, "The share on the new side."),
        Column::optional("difference", Kind::Number, "The new share minus the old, of the same sentences."),
        columns::CONF_LOW,
        columns::CONF_HIGH,
        Column::optional("note", Kind::Text, "Why there is no interval."),
    ],
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
