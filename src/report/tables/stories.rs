//! `stories.csv`: the documents of several outlets on one event.

use crate::compare::{Counts, StoryDocument};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Staging, Table};

/// The description of `stories.csv`.
pub static STORIES: Table = Table {
    file: "stories.csv",
    row: "A document that is on one event with documents of other outlets, of the same or the next day: words weighted by how \
          often they stand there and how rare they are in the corpus (tf-idf), documents joined as long as the mean cosine of \
          all pairs between two groups is at least 0.2; pairs more than a day apart count as 0. Groups of one outlet are no \
          stories. Sorted by document.",
    key: &["document"],
    columns: described_in!("stories.tsv"),
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
