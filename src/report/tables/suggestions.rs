//! Rules that a frame may lack as a table, for a spreadsheet or another program.

use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Table};
use crate::study::RuleSuggestion;

/// The description of the table; its file is where the user says.
pub static SUGGESTIONS: Table = Table {
    file: "suggestions.csv",
    row: "A rule that the frame may lack, the one that adds most first.",
    key: &["frame", "pattern"],
    columns: &[
        columns::FRAME,
        Column::required("pattern", Kind::Text, "What the rule would match, as a codebook has it."),
        Column::required(
            "matched",
            Kind::Count,
            "Sentences with these words in which a rule of the frame matches already; each text counts once, here and in all \
             that follows.",
        ),
        Column::required(
            "new",
            Kind::Count,
            "Sentences that the pattern matches and no rule of the frame does; those that an `unless` keeps out are in no count.",
        ),
        Column::required("adds", Kind::Count, "Of these, sentences that no row above matches."),
        Column::required(
            "alike",
            Kind::Count,
            "Of the new ones, sentences that stand as near to the frame, by a learner that has not seen their document, as the \
             upper three quarters of those with the frame do; a coded one as people say. It ranks and is no precision.",
        ),
        Column::required("documents", Kind::Count, "Documents with a new sentence."),
        Column::required("groups", Kind::Count, "Groups with a new sentence."),
        Column::required("codings", Kind::Count, "New sentences that people coded for the frame."),
        Column::optional(
            "precision",
            Kind::Share,
            "Share of these with the frame, by one over the probability that they were drawn with; empty without codings: then \
             it is not estimated.",
        ),
        Column::optional(
            "precision_low",
            Kind::Share,
            "Lower end of its 95 % interval (Jeffreys, Kish's effective number).",
        ),
        Column::optional("precision_high", Kind::Share, "Upper end."),
        Column::required(
            "rule",
            Kind::Text,
            "The rule to paste into the codebook, with hits from the corpus to approve.",
        ),
        Column::optional(
            "doubtful",
            Kind::Text,
            "New sentences that read least like the frame, for an `unless`, one a line.",
        ),
    ],
};

/// The suggestions for `frame` as a file.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn suggestions_csv(frame: &str, suggestions: &[RuleSuggestion]) -> Result<Vec<u8>, ReportError> {
    let mut rows = Rows::encoded(&SUGGESTIONS);
    for it in suggestions {
        rows.text(frame).text(&it.pattern);
        for count in [it.matched, it.new, it.adds, it.alike, it.documents, it.groups] {
            rows.count(count);
        }
        let precision = it.precision;
        rows.count(precision.map_or(0, |it| it.codings)).number(precision.map(|it| it.share));
        rows.interval(precision.map(|it| it.interval)).words(&it.rule(frame));
        let doubtful: Vec<&str> = it.doubtful.iter().map(|hit| &hit.text[..]).collect();
        rows.words(&doubtful.join("\n")).end()?;
    }
    rows.into_table()
}
