//! `stories.csv`: the documents of several outlets on one event.

use crate::compare::{Counts, StoryDocument};
use crate::report::{Column, Kind, ReportError, Rows, Staging, Table};

/// The description of `stories.csv`.
pub static STORIES: Table = Table {
    file: "stories.csv",
    row: "A document that is on one event with documents of other outlets, of the same or the next day: words weighted by how \
          often they stand there and how rare they are in the corpus (tf-idf), documents joined as long as the mean cosine of \
          all pairs between two groups is at least 0.2; pairs more than a day apart count as 0. Groups of one outlet are no \
          stories. Sorted by document.",
    key: &["document"],
    columns: &[
        Column::required("document", Kind::Text, "Id of the document."),
        Column::required("story", Kind::Text, "Id of the story's earliest document, by date, then id."),
        Column::required("documents", Kind::Count, "Documents of the story."),
        Column::required("outlets", Kind::Count, "Outlets that they are of."),
        Column::required(
            "nearest",
            Kind::Text,
            "Id of the document of another outlet in the story that is most like this one.",
        ),
        Column::required(
            "similarity",
            Kind::Share,
            "Cosine of the two; 0 where it is below 0.1 (others of the story join the two).",
        ),
        Column::optional("outlet", Kind::Text, "Who published it."),
        Column::optional("date", Kind::Date, "Day of publication."),
    ],
};

/// Writes `stories.csv` of documents in the order of ids.
///
/// # Errors
/// When the file cannot be written.
pub fn write_stories(staging: &mut Staging, stories: &[StoryDocument], counts: &Counts) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &STORIES)?;
    for it in stories {
        rows.text(&it.document).text(&it.story).count(it.documents).count(it.outlets);
        rows.text(&it.nearest).number(Some(it.similarity));
        let document = counts.document(&it.document);
        rows.text(document.map_or("", |document| &document.outlet));
        rows.date(document.and_then(|document| document.date)).end()?;
    }
    rows.finish(staging)
}
