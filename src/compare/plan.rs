//! What is to be compared: the frames, the study's settings, the seed.

use thiserror::Error;

use crate::compare::counted::CountedHits;
use crate::model::{CompareSettings, LeastHits, StanceFilter, Unit, VoiceFilter, Weight};

/// What [`findings`](crate::compare::findings) needs beside the counts. Every frame that a contrast names exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    frames: Vec<String>,
    settings: CompareSettings,
    contrasts: Vec<(usize, usize)>,
    source_groups: Vec<String>,
    columns: Vec<String>,
    seed: u64,
    /// Which hits count, where that is not what the settings say.
    counted: Option<CountedHits>,
}

/// A plan that cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlanError {
    /// A contrast names a frame that the codebook does not have.
    #[error("contrasts: unknown frame \"{frame}\"; the codebook has {known}")]
    UnknownFrame {
        /// As the study writes it.
        frame: String,
        /// The codebook's frames, comma-separated.
        known: String,
    },
    /// A contrast names the same frame twice.
    #[error("contrasts: \"{frame}\" is held against itself; name two different frames")]
    SameFrame {
        /// As the study writes it.
        frame: String,
    },
}

impl Plan {
    /// A plan for these frames, ids in the codebook's order.
    ///
    /// # Errors
    /// When a contrast names a frame that is not among them, or one frame twice.
    pub fn new(frames: Vec<String>, settings: CompareSettings, seed: u64) -> Result<Self, PlanError> {
        let mut contrasts = Vec::new();
        for (first, second) in &settings.contrasts {
            let pair = (index_of(first, &frames)?, index_of(second, &frames)?);
            if pair.0 == pair.1 {
                return Err(PlanError::SameFrame { frame: first.clone() });
            }
            contrasts.push(pair);
        }
        let columns = settings.columns().into_iter().map(str::to_owned).collect();
        Ok(Self { frames, settings, contrasts, source_groups: Vec::new(), columns, seed, counted: None })
    }

    /// The same with the ids of the codebook's groups of sources, in its order.
    #[must_use]
    pub fn with_source_groups(self, source_groups: Vec<String>) -> Self {
        Self { source_groups, ..self }
    }

    /// The same of the sentences of a part of a frame's hits.
    pub(super) fn of_sentences_counting(mut self, counted: CountedHits) -> Self {
        (self.settings.unit, self.counted) = (Unit::Sentence, Some(counted));
        self.settings.weight = Weight::Sentence;
        self
    }

    /// Which hits count.
    pub(super) fn counted(&self) -> CountedHits {
        self.counted.unwrap_or(CountedHits::of(&self.settings))
    }

    /// The same with another choice of whose hits count, whatever their stance.
    #[must_use]
    pub fn with_voice(mut self, voice: VoiceFilter) -> Self {
        (self.settings.voice, self.settings.stance) = (voice, StanceFilter::All);
        self
    }

    /// The same where documents carry these frames only from so many sentences on.
    #[must_use]
    pub fn with_least_hits(mut self, frames: impl IntoIterator<Item = (String, LeastHits)>) -> Self {
        self.settings.at_least.frames.extend(frames);
        self
    }

    /// Ids of the groups of sources, in the codebook's order.
    #[must_use]
    pub fn source_groups(&self) -> &[String] {
        &self.source_groups
    }

    /// Ids of the frames, in the codebook's order.
    #[must_use]
    pub fn frames(&self) -> &[String] {
        &self.frames
    }

    /// Columns of the corpus that documents are compared within, or shares explained by, besides that of the groups.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Place of a column among these.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// Indices of the frames of each contrast, in the study's order.
    pub(super) fn contrasts(&self) -> &[(usize, usize)] {
        &self.contrasts
    }

    /// What is held against what.
    #[must_use]
    pub const fn settings(&self) -> &CompareSettings {
        &self.settings
    }

    /// The study's one seed.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }
}

/// Place of a frame among `frames`.
fn index_of(frame: &str, frames: &[String]) -> Result<usize, PlanError> {
    let unknown = || PlanError::UnknownFrame { frame: frame.to_owned(), known: frames.join(", ") };
    frames.iter().position(|known| known == frame).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_name_two_different_frames_of_the_codebook() {
        let plan = |first: &str, second: &str| {
            let contrasts = vec![(first.to_owned(), second.to_owned())];
            let frames = vec!["threat".to_owned(), "talks".to_owned()];
            Plan::new(frames, CompareSettings { contrasts, ..CompareSettings::default() }, 1)
        };
        assert!(plan("threat", "talks").is_ok());
        for (first, second, message) in [
            ("threat", "talk", "contrasts: unknown frame \"talk\"; the codebook has threat, talks"),
            ("threat", "threat", "contrasts: \"threat\" is held against itself; name two different frames"),
        ] {
            assert_eq!(plan(first, second).unwrap_err().to_string(), message);
        }
    }
}
