//! Reads `stories.csv` back, where documents are compared inside the stories found.

use std::path::Path;

use csv::Reader;

use crate::compare::{Counts, Plan};
use crate::model::{CompareSettings, unguarded};
use crate::report::{ReportError, STORIES};

/// Gives the documents of `counts` the stories that `stories.csv` in the folder `output` has, where the plan asks for them.
///
/// # Errors
/// When it cannot be read.
pub fn read_stories(output: &Path, plan: &Plan, counts: &mut Counts) -> Result<(), ReportError> {
    if !plan.columns().iter().any(|column| column == CompareSettings::STORY) {
        return Ok(());
    }
    let path = output.join(STORIES.file);
    let mut reader = Reader::from_path(&path).map_err(|error| ReportError::at(&path, error.into()))?;
    let mut stories = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| ReportError::at(&path, error.into()))?;
        let cell = |place: usize| unguarded(record.get(place).unwrap_or_default()).to_owned();
        stories.push((cell(0), cell(1)));
    }
    counts.set_stories(plan, stories.iter().map(|(document, story)| (&**document, &**story)));
    Ok(())
}
