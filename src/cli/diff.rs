//! `diff`: what two studies or two folders of results say otherwise.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, Differing};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{FAINT, HEADING, columns, harmless, shown, standard_output, styled};
use crate::compare::{LabelChanges, ShareChange};
use crate::report::{CHANGED_RULES, CHANGED_SENTENCES, CHANGED_SHARES, counted, grouped, rounded, signed};

/// Prints how the shares change, and writes the tables.
pub(super) fn diff(old: &Path, new: &Path, common: &Common) -> Result<Verdict, Failure> {
    let found = analysis::diff(old, new, common.output(), &common.watcher())?;
    if !common.quiet {
        print(&found)?;
    }
    Ok(Verdict::Fine)
}

fn print(found: &Differing) -> Result<(), Failure> {
    let (mut out, changes) = (standard_output(), &found.changes);
    print_left_out(&mut out, changes)?;
    let title = format!("Shares of sentences in {}", counted(changes.documents, "document"));
    writeln!(out, "{}", styled(HEADING, &title))?;
    let titles = ["frame / group", "old", "new", "difference", "95 % interval", "gained", "lost", "recoded"];
    let mut rows = vec![titles.map(str::to_owned).to_vec()];
    let mut last = "";
    let has_changed = |frame: &String| changes.sentences.iter().any(|sentence| sentence.place.frame == *frame);
    for ((frame, group), it) in changes.shares.iter().filter(|((frame, _), _)| has_changed(frame)) {
        if frame != last {
            rows.push(vec![harmless(frame).into_owned()]);
            last = frame;
        }
        rows.push(row(group, it));
    }
    if changes.sentences.is_empty() {
        writeln!(out, "  no sentence is labelled otherwise, in any frame that both sides have")?;
    }
    for line in columns(&rows).iter().filter(|_| !changes.sentences.is_empty()) {
        writeln!(out, "  {line}")?;
    }
    let remark = if found.has_other_files {
        "the sides were coded from other corpus files: sentences are the same by document and number alone, whatever their words"
    } else {
        "the same sentences on both sides; intervals by documents that are no copies"
    };
    writeln!(out, "  {}", styled(FAINT, remark))?;
    for table in [&CHANGED_SENTENCES, &CHANGED_RULES, &CHANGED_SHARES] {
        writeln!(out, "{}", shown(&found.folder.join(table.file)))?;
    }
    Ok(())
}

fn row(group: &str, it: &ShareChange) -> Vec<String> {
    let [old, new] = it.shares().map(|share| share.map_or_else(String::new, |share| rounded(share, 4)));
    let difference = it.difference.map_or_else(String::new, |difference| signed(difference, 4));
    let interval =
        it.interval.map_or_else(String::new, |it| format!("{} to {}", signed(it.low, 4), signed(it.high, 4)));
    let [gained, lost, recoded] = it.changes.map(grouped);
    vec![format!("  {}", harmless(group)), old, new, difference, interval, gained, lost, recoded]
}

/// Documents and frames that are not on both sides.
fn print_left_out(out: &mut impl Write, changes: &LabelChanges) -> Result<(), Failure> {
    let [old, new, other] = changes.left_out;
    for (count, what) in [
        (old, "only on the old side"),
        (new, "only on the new side"),
        (other, "with another number of sentences on the new side"),
    ] {
        if count > 0 {
            writeln!(out, "Left out: {} {what}", counted(count, "document"))?;
        }
    }
    for (frames, side) in changes.frames_left_out.iter().zip(["old", "new"]) {
        if !frames.is_empty() {
            writeln!(out, "Left out: frames only on the {side} side: {}", harmless(&frames.join(", ")))?;
        }
    }
    Ok(())
}
