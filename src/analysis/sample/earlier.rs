//! An earlier sample that is to have more units: what it has drawn, and with what probability it might have drawn the rest.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::analysis::error::AnalysisError;
use crate::analysis::sample::prospects::{Prospects, Taken};
use crate::model::Unit;
use crate::report::{
    Input, InputRole, SampleDesign, SampledUnit, part_exists, read_sample_design, read_sample_inputs, read_sample_key,
};

/// What stands in the folder of a sample; empty where one begins.
#[derive(Debug, Default)]
pub(super) struct EarlierSample {
    pub(super) sampled: Vec<SampledUnit>,
    design: SampleDesign,
    /// The codebook and the labels it was drawn by; nothing where an older program drew it.
    inputs: Vec<Input>,
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
        let inputs = read_sample_inputs(folder)?;
        Ok(Self { sampled, design, inputs, part: part(number) })
    }

    /// What is drawn already; `inputs` are the codebook and the labels of now.
    ///
    /// # Errors
    /// When a document has not as many units as when the sample was drawn, or may have others.
    pub(super) fn taken(&self, prospects: &Prospects, inputs: &[Input]) -> Result<Taken<'_>, AnalysisError> {
        let labels = self.changed(inputs, InputRole::Labels);
        for (document, chances) in &self.design {
            let Some(prospect) = prospects.get(document) else { continue };
            let (document, then, now) = (document.clone(), chances.len(), prospect.count());
            match &labels {
                // The design goes by places among the labelled sentences, which may be others though they are as many.
                Some(labels) if now != then || prospect.is_in_part() => {
                    return Err(AnalysisError::SampleOfOtherLabels { labels: labels.clone(), document, then, now });
                }
                None if now != then => return Err(AnalysisError::SampleOfOtherCorpus { document, then, now }),
                _ => {}
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

    /// What is said where people are to code by another codebook than before.
    pub(super) fn note(&self, inputs: &[Input]) -> Option<String> {
        let codebook = self.changed(inputs, InputRole::Codebook)?;
        Some(format!(
            "{codebook} has changed since the sample was begun: its probabilities hold, but have the earlier part coded again if \
             frames were added, renamed or defined anew"
        ))
    }

    /// The files of this role, where they are not those that the sample was drawn by.
    fn changed(&self, inputs: &[Input], role: InputRole) -> Option<String> {
        let [then, now] = [&self.inputs[..], inputs].map(|inputs| contents(inputs, role));
        // A file may be named otherwise: what counts is what is in it.
        let is_same = then.iter().map(|(_, sha256)| sha256).eq(now.iter().map(|(_, sha256)| sha256));
        let names: BTreeSet<&str> = then.iter().chain(&now).map(|(path, _)| *path).collect();
        (!self.inputs.is_empty() && !is_same).then(|| names.into_iter().collect::<Vec<_>>().join(", "))
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

/// Path and checksum of each file of this role.
fn contents(inputs: &[Input], role: InputRole) -> Vec<(&str, &str)> {
    inputs.iter().filter(|input| input.role == role).map(|input| (&input.path[..], &input.sha256[..])).collect()
}

fn part(number: usize) -> String {
    format!("-{number}")
}
