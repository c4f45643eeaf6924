//! From examples to features: one row each, in a vocabulary sorted by family and name.

use rayon::prelude::*;

use crate::coding::rule_scores;
use crate::learning::features::{Feature, FeatureFamily, NameTable, Sink, collect};
use crate::learning::units::{Example, Instrument, UnitReader};
use crate::stats::learning::{DenseColumns, SparseRows};

/// Examples that one worker reads before their features are joined to the others'.
const RUN: usize = 128;

/// Runs read before they are joined, which bounds the memory for names that only few of them have.
const RUNS_AT_ONCE: usize = 32;

/// Examples that must have a feature for it to be kept: what is seen once says nothing of other texts.
const LEAST_EXAMPLES: u32 = 2;

/// The features of examples.
#[derive(Clone, Debug, Default)]
pub struct Extracted {
    /// Counts, not weighed yet: a row for each example, a column for each name in `names`.
    pub counts: SparseRows,
    /// Names of the columns of `counts`, sorted by family, then name.
    pub names: Vec<String>,
    /// Family of each column.
    pub families: Vec<FeatureFamily>,
    /// Measures: columns, each with one value for each example.
    pub measures: DenseColumns,
    /// Names of `measures`, sorted likewise.
    pub measure_names: Vec<String>,
    /// Family of each measure.
    pub measure_families: Vec<FeatureFamily>,
    /// By frame of the codebook, then example: the rules' score where they have a cue; empty without a codebook.
    pub rule_scores: Vec<Vec<Option<f64>>>,
}

/// The features of every example, in their order.
#[must_use]
pub fn extract(instrument: &Instrument<'_>, examples: &[Example<'_>]) -> Extracted {
    extract_watched(instrument, examples, |_| {})
}

/// The same; `watch` is told now and then how many examples more have been read.
#[must_use]
pub fn extract_watched(
    instrument: &Instrument<'_>,
    examples: &[Example<'_>],
    mut watch: impl FnMut(usize),
) -> Extracted {
    let mut joined = Joined::default();
    for examples in examples.chunks(RUN * RUNS_AT_ONCE) {
        let runs: Vec<Run> = examples.par_chunks(RUN).map(|examples| Run::read(instrument, examples)).collect();
        // In the order of the examples, whichever worker ended first: columns get the same numbers for any number of
        // threads.
        for run in &runs {
            joined.join(run);
        }
        watch(examples.len());
    }
    joined.finish()
}

/// The features of a few examples, under numbers of their own.
struct Run {
    names: NameTable,
    counts: Vec<Vec<(u32, f32)>>,
    measures: Vec<Vec<(u32, f32)>>,
    /// By example, then frame.
    rule_scores: Vec<Vec<Option<f64>>>,
}

impl Run {
    fn read(instrument: &Instrument<'_>, examples: &[Example<'_>]) -> Self {
        let (mut reader, mut sink) = (UnitReader::default(), Sink::with_names());
        let mut run =
            Self { names: NameTable::default(), counts: Vec::new(), measures: Vec::new(), rule_scores: Vec::new() };
        for example in examples {
            sink.clear();
            let scores = reader.with_unit(instrument, example, |unit| {
                collect(unit, &instrument.families, &mut sink);
                instrument.codebook.map(|codebook| rule_scores(codebook, unit.text.cues))
            });
            run.rule_scores.extend(scores);
            run.counts.push(summed(&sink.counts, sink.names.as_ref()));
            run.measures.push(summed(&sink.measures, sink.names.as_ref()));
        }
        run.names = sink.names.unwrap_or_default();
        run
    }
}

/// Numbers and values of features, those of one name summed, in the order of the numbers.
fn summed(features: &[Feature], names: Option<&NameTable>) -> Vec<(u32, f32)> {
    let place = |feature: &Feature| Some((names?.place(feature.hash)? as u32, feature.value));
    let mut row: Vec<(u32, f32)> = features.iter().filter_map(place).collect();
    // Stable, so that values of one name are added in the order of the text, and to the same digit.
    row.sort_by_key(|(place, _)| *place);
    row.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    row
}

/// The features of all examples so far, under the numbers of `names`.
struct Joined {
    names: NameTable,
    counts: SparseRows,
    measures: Vec<Vec<(u32, f32)>>,
    /// By frame, then example.
    rule_scores: Vec<Vec<Option<f64>>>,
    /// How many examples have the feature among their counts.
    frequencies: Vec<u32>,
}

impl Default for Joined {
    fn default() -> Self {
        Self {
            names: NameTable::default(),
            counts: SparseRows::new(0),
            measures: Vec::new(),
            rule_scores: Vec::new(),
            frequencies: Vec::new(),
        }
    }
}

impl Joined {
    fn join(&mut self, run: &Run) {
        let places: Vec<u32> = run.names.iter().map(|(hash, name)| self.names.insert_name(hash, name) as u32).collect();
        self.frequencies.resize(self.names.len(), 0);
        for row in &run.counts {
            for (place, value) in row {
                let column = places[*place as usize];
                // A row has each name once (`summed`): these are examples, not words.
                self.frequencies[column as usize] += 1;
                self.counts.push(column, *value);
            }
            self.counts.end_row();
        }
        let renamed =
            |row: &Vec<(u32, f32)>| row.iter().map(|(place, value)| (places[*place as usize], *value)).collect();
        self.measures.extend(run.measures.iter().map(renamed));
        for scores in &run.rule_scores {
            self.rule_scores.resize(scores.len(), Vec::new());
            self.rule_scores.iter_mut().zip(scores).for_each(|(column, score)| column.push(*score));
        }
    }

    fn finish(mut self) -> Extracted {
        let frequent = (0..self.names.len()).filter(|place| self.frequencies[*place] >= LEAST_EXAMPLES);
        // Numbers so far are those of first sight, which hang on the order of the texts; a model must not.
        let kept = sorted(&self.names, frequent);
        let mut renamed = vec![None; self.names.len()];
        kept.iter().enumerate().for_each(|(column, (_, place))| renamed[*place] = Some(column as u32));
        self.counts.rename_columns(&renamed, kept.len());
        // Measures stay however rare: which of them say enough depends on the rows learnt from, so `fit` decides.
        let mut measured = vec![false; self.names.len()];
        self.measures.iter().flatten().for_each(|(place, _)| measured[*place as usize] = true);
        let dense = sorted(&self.names, (0..self.names.len()).filter(|place| measured[*place]));
        let mut columns = vec![vec![0.0; self.measures.len()]; dense.len()];
        let mut column_of = vec![0; self.names.len()];
        dense.iter().enumerate().for_each(|(column, (_, place))| column_of[*place] = column);
        for (row, features) in self.measures.iter().enumerate() {
            for (place, value) in features {
                columns[column_of[*place as usize]][row] = f64::from(*value);
            }
        }
        let name = |(_, place): &(FeatureFamily, usize)| self.names.name(*place).to_owned();
        Extracted {
            names: kept.iter().map(name).collect(),
            families: kept.iter().map(|(family, _)| *family).collect(),
            measure_names: dense.iter().map(name).collect(),
            measure_families: dense.iter().map(|(family, _)| *family).collect(),
            counts: self.counts,
            measures: columns,
            rule_scores: self.rule_scores,
        }
    }
}

/// Places with the family of each, in the order of families, then names.
fn sorted(names: &NameTable, places: impl Iterator<Item = usize>) -> Vec<(FeatureFamily, usize)> {
    let family = |place: usize| Some((FeatureFamily::of(names.name(place).split(':').next()?)?, place));
    let mut sorted: Vec<(FeatureFamily, usize)> = places.filter_map(family).collect();
    sorted.sort_unstable_by(|a, b| (a.0, names.name(a.1)).cmp(&(b.0, names.name(b.1))));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::units::Stretch;
    use crate::model::Document;

    #[test]
    fn columns_stand_sorted_whatever_the_order_of_texts() {
        let texts = ["The tank rolled.", "A tank rolled on.", "Rain fell.", "Rain fell on a tank."];
        let names = |order: &[usize]| {
            let documents: Vec<Document> = order.iter().map(|at| Document::new("1", "", texts[*at])).collect();
            let instrument =
                Instrument { families: vec![FeatureFamily::Words, FeatureFamily::Position], ..Instrument::default() };
            let example = |document| Example { document, stretch: Stretch::Whole, target: None };
            let examples: Vec<Example<'_>> = documents.iter().map(example).collect();
            let found = extract(&instrument, &examples);
            assert_eq!((found.counts.len(), found.measures[0].len()), (4, 4));
            (found.names, found.measure_names)
        };
        let (found, measures) = names(&[0, 1, 2, 3]);
        assert_eq!(
            found,
            [
                "words:a",
                "words:a tank",
                "words:fell",
                "words:on",
                "words:rain",
                "words:rain fell",
                "words:rolled",
                "words:tank",
                "words:tank rolled"
            ]
        );
        assert_eq!(measures, ["position:words"]);
        assert_eq!(names(&[3, 1, 0, 2]), (found, measures));
    }
}
