//! What a sample leaves for one that adds to it: its key, the probability of every unit of the corpus, drawn or not, and by
//! which codebook and labels it was drawn.
//!
//! The key alone does not do. What a later draw brings up might have been drawn before, with a probability that went by what
//! the machine then said of it; and the scorer has learnt from the codings since.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

use csv::{Reader, StringRecord, Writer};

use crate::model::{INCLUSION, ITEM, guarded, unguarded};
use crate::report::{Input, ReportError, SAMPLE_KEY, SampledUnit, Staging};

/// With what probability each unit of the corpus was drawn.
const SAMPLE_DESIGN: &str = "sample-design.csv";
/// Its columns.
const COLUMNS: [&str; 2] = ["document", "inclusion_probabilities"];

/// The codebook and the labels, with their checksums.
const SAMPLE_INPUTS: &str = "sample-inputs.json";

/// By document, the probability of each of its units in their order: of each sentence, or of the document as a whole.
pub type SampleDesign = BTreeMap<String, Vec<f64>>;

/// Writes the design. Probabilities that follow one another and are equal stand once, as `14*0.012500000`: a stratified sample of a
/// large corpus takes a few bytes a document.
///
/// # Errors
/// When the file cannot be written.
pub fn write_sample_design(staging: &mut Staging, design: &SampleDesign) -> Result<(), ReportError> {
    let path = staging.destination(SAMPLE_DESIGN);
    let mut out = Writer::from_writer(Vec::new());
    let rows = design.iter().map(|(document, chances)| [guarded(document).into_owned(), runs(chances)]);
    for row in std::iter::once(COLUMNS.map(str::to_owned)).chain(rows) {
        out.write_record(row).map_err(|source| ReportError::row(&path, SAMPLE_DESIGN, source))?;
    }
    let bytes = out.into_inner().map_err(|error| ReportError::at(&path, error.into_error()))?;
    staging.write(SAMPLE_DESIGN, &bytes)
}

fn runs(chances: &[f64]) -> String {
    let printed: Vec<String> = chances.iter().map(|chance| format!("{chance:.9}")).collect();
    let run = |run: &[String]| match run {
        [only] => only.clone(),
        _ => format!("{}*{}", run.len(), run[0]),
    };
    printed.chunk_by(|a, b| a == b).map(run).collect::<Vec<_>>().join(" ")
}

/// Reads the design of the sample in `folder`.
///
/// # Errors
/// When it is missing or not as it was written.
pub fn read_sample_design(folder: &Path) -> Result<SampleDesign, ReportError> {
    let mut design = SampleDesign::new();
    each_row(folder, SAMPLE_DESIGN, |row| {
        let chances = row.cell("inclusion_probabilities").split(' ').map(run_of).collect::<Option<Vec<_>>>();
        let chances = chances.ok_or("inclusion_probabilities")?.concat();
        design.insert(unguarded(row.cell("document")).to_owned(), chances);
        Ok(())
    })?;
    Ok(design)
}

fn run_of(run: &str) -> Option<Vec<f64>> {
    let (times, chance) = run.split_once('*').unwrap_or(("1", run));
    let chance = chance.parse().ok().filter(|chance| (0.0..=1.0).contains(chance))?;
    Some(vec![chance; times.parse().ok()?])
}

/// Writes by which codebook and labels the sample was drawn.
///
/// # Errors
/// When the file cannot be written.
pub fn write_sample_inputs(staging: &mut Staging, inputs: &[Input]) -> Result<(), ReportError> {
    let mut bytes =
        serde_json::to_vec_pretty(inputs).map_err(|error| ReportError::at(Path::new(SAMPLE_INPUTS), error.into()))?;
    bytes.push(b'\n');
    staging.write(SAMPLE_INPUTS, &bytes)
}

/// Reads by which codebook and labels the sample in `folder` was drawn; nothing where that was not written, as by earlier
/// versions.
///
/// # Errors
/// When the file is not as it was written.
pub fn read_sample_inputs(folder: &Path) -> Result<Vec<Input>, ReportError> {
    let path = folder.join(SAMPLE_INPUTS);
    match std::fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| ReportError::at(&path, error.into())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(ReportError::at(&path, error)),
    }
}

/// Reads the key of the sample in `folder`: its units without their words.
///
/// # Errors
/// When it is missing or not as it was written.
pub fn read_sample_key(folder: &Path) -> Result<Vec<SampledUnit>, ReportError> {
    let mut sampled = Vec::new();
    each_row(folder, SAMPLE_KEY, |row| {
        let number = |name: &'static str| match row.cell(name) {
            "" => Ok(None),
            digits => digits.parse::<usize>().map(Some).map_err(|_| name),
        };
        let [item, document, outlet, stratum] =
            [ITEM, "document", "outlet", "stratum"].map(|name| unguarded(row.cell(name)).to_owned());
        let date = Some(row.cell("date")).filter(|date| !date.is_empty());
        let inclusion = row.cell(INCLUSION).parse().ok().filter(|chance| (0.0..=1.0).contains(chance));
        sampled.push(SampledUnit {
            date: date.map(|date| date.parse().map_err(|_| "date")).transpose()?,
            sentence: number("sentence")?,
            place: number("start")?.zip(number("end")?),
            inclusion: Some(inclusion.ok_or(INCLUSION)?),
            ..SampledUnit { item, document, outlet, stratum, ..SampledUnit::default() }
        });
        Ok(())
    })?;
    Ok(sampled)
}

/// A row of a table, by names of columns.
struct NamedRow<'r> {
    header: &'r StringRecord,
    record: &'r StringRecord,
}

impl NamedRow<'_> {
    /// Nothing where there is no such column.
    fn cell(&self, name: &str) -> &str {
        let place = self.header.iter().position(|column| column == name);
        place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }
}

/// Gives each row of a table to `take`, which names the column that is not as it was written.
fn each_row(
    folder: &Path,
    name: &str,
    mut take: impl FnMut(&NamedRow<'_>) -> Result<(), &'static str>,
) -> Result<(), ReportError> {
    let path = folder.join(name);
    let remedy = "draw a sample of its own with --output";
    let at = |line: u64, what: &str| ReportError::Unreadable {
        path: path.clone(),
        line,
        message: format!("{what}; {remedy}"),
    };
    let file = File::open(&path).map_err(|error| at(0, &format!("no sample to add to can be read here ({error})")))?;
    let mut reader = Reader::from_reader(file);
    let header = reader.headers().map_err(|error| at(1, &error.to_string()))?.clone();
    for record in reader.records() {
        let record = record.map_err(|error| at(0, &error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        take(&NamedRow { header: &header, record: &record })
            .map_err(|column| at(line, &format!("{column} is not as it was written")))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_probabilities_stand_once_and_come_back() {
        let chances = [0.0125, 0.0125, 0.0125, 1.0, 0.5];
        let text = runs(&chances);
        assert_eq!(text, "3*0.012500000 1.000000000 0.500000000");
        let back: Option<Vec<Vec<f64>>> = text.split(' ').map(run_of).collect();
        assert_eq!(back.map(|runs| runs.concat()), Some(chances.to_vec()));
        for broken in ["x", "2*", "*0.5", "1.5", "-0.5"] {
            assert_eq!(run_of(broken), None, "{broken}");
        }
    }
}
