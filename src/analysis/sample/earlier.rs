//! An earlier sample that is to have more units: what it has drawn, and with what probability it might have drawn the rest.

use std::path::{Path, PathBuf};

use crate::analysis::error::AnalysisError;
use crate::analysis::sample::prospects::{Prospects, Taken};
use crate::model::Unit;
use crate::report::{SampleDesign, SampledUnit, part_exists, read_sample_design, read_sample_key};

/// What stands in the folder of a sample; empty where one begins.
#[derive(Debug, Default)]
pub(super) struct EarlierSample {
    pub(super) sampled: Vec<SampledUnit>,
    design: SampleDesign,
    /// What tells the new files from the earlier ones.
    pub(super) part: String,
}

/// The folder of the sample that `path` names: itself, or the one it is in.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    if path.is_dir() { path.to_path_buf() } else { path.parent().unwrap_or_else(|| Path::new("")).to_path_buf() }
}

impl EarlierSample {
    /// Reads the sample in `folder`, to which units of this kind are to be added.
    ///
    /// # Errors
    /// When there is none, or it is of the other kind.
    pub(super) fn read(folder: &Path, unit: Unit) -> Result<Self, AnalysisError> {
        let sampled = read_sample_key(folder)?;
        let is_of = |sampled: &SampledUnit| sampled.sentence.is_some() == (unit == Unit::Sentence);
        if !sampled.iter().all(is_of) {
            return Err(AnalysisError::SampleOfOtherUnit { folder: folder.to_path_buf(), unit: unit.as_str() });
        }
        let design = read_sample_design(folder)?;
        let number = (2..=usize::MAX).find(|number| !part_exists(folder, &part(*number))).unwrap_or_default();
        Ok(Self { sampled, design, part: part(number) })
    }

    /// What is drawn already.
    ///
    /// # Errors
    /// When a document has not as many units as when the sample was drawn.
    pub(super) fn taken(&self, prospects: &Prospects) -> Result<Taken<'_>, AnalysisError> {
        for (document, chances) in &self.design {
            let changed = prospects.get(document).filter(|prospect| prospect.count() != chances.len());
            if let Some(prospect) = changed {
                let (document, now) = (document.clone(), prospect.count());
                return Err(AnalysisError::SampleOfOtherCorpus { document, then: chances.len(), now });
            }
        }
        let mut taken = Taken::new();
        for SampledUnit { document, sentence, .. } in &self.sampled {
            if let Some(prospect) = prospects.get(document) {
                taken.entry(document).or_default().insert(prospect.place(*sentence));
            }
        }
        Ok(taken)
    }

    /// The probability of every unit to be in this sample or the new one, which draws with `chances` among what is left, in the
    /// order of the prospects. A document that was not in the corpus then could not be drawn.
    pub(super) fn joined(&self, prospects: &Prospects, chances: &[f64]) -> SampleDesign {
        let mut chances = chances.iter();
        let mut design = SampleDesign::new();
        for (document, prospect) in prospects {
            let before = self.design.get(document);
            let either = |(place, chance): (usize, &f64)| {
                let before = before.and_then(|before| before.get(place)).copied().unwrap_or(0.0);
                1.0 - (1.0 - before) * (1.0 - chance)
            };
            let of_document = chances.by_ref().take(prospect.count()).enumerate().map(either).collect();
            design.insert(document.clone(), of_document);
        }
        design
    }

    /// Its units with their probability in the new design; that of a document which has left the corpus stays.
    pub(super) fn sampled_under(&self, prospects: &Prospects, design: &SampleDesign) -> Vec<SampledUnit> {
        let now = |unit: &SampledUnit| {
            let place = prospects.get(&unit.document)?.place(unit.sentence);
            design.get(&unit.document)?.get(place).copied()
        };
        self.sampled
            .iter()
            .map(|unit| SampledUnit { inclusion: now(unit).or(unit.inclusion), ..unit.clone() })
            .collect()
    }
}

fn part(number: usize) -> String {
    format!("-{number}")
}
