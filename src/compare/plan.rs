//! What is to be compared: the frames, the study's settings, the seed.

use thiserror::Error;

use crate::compare::counted::CountedHits;
use crate::model::{CompareSettings, FrameGroup, LeastHits, StanceFilter, Unit, VoiceFilter, Weight};

/// What [`findings`](crate::compare::findings) needs beside the counts. Every frame that a contrast names exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Those of the codebook, then the groups of frames.
    frames: Vec<String>,
    /// By group of frames, the places of its frames.
    frame_groups: Vec<Vec<usize>>,
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
    /// A contrast of a group of frames with one of them.
    #[error("contrasts: of \"{first}\" and \"{second}\" one is part of the other; hold it against another frame")]
    PartOfOther {
        /// The one named first.
        first: String,
        /// The other.
        second: String,
    },
    /// A group of frames names a frame that the codebook does not have.
    #[error("[[frame_group]] \"{group}\": unknown frame \"{frame}\"; the codebook has {known}")]
    UnknownMember {
        /// Id of the group.
        group: String,
        /// As the study writes it.
        frame: String,
        /// The codebook's frames, comma-separated.
        known: String,
    },
    /// `at_least` names a frame that the codebook does not have.
    #[error("at_least: unknown frame \"{frame}\"; the codebook has {known}")]
    UnknownCarried {
        /// As the study writes it.
        frame: String,
        /// The codebook's frames, comma-separated.
        known: String,
    },
    /// `at_least` names a group of frames.
    #[error("at_least: a document carries \"{group}\" where it carries any of its frames; name these")]
    CarriedGroup {
        /// Id of the group.
        group: String,
    },
    /// A group of frames is called as a frame is.
    #[error("[[frame_group]] \"{group}\" has the id of a frame of the codebook; rename it")]
    TakenId {
        /// Id of the group.
        group: String,
    },
}

impl Plan {
    /// A plan for these frames, ids in the codebook's order, and for the groups of them that the settings ask for.
    ///
    /// # Errors
    /// When a contrast names a frame that is neither, or one frame twice; when a group of frames names one that is not there,
    /// or is called like one.
    pub fn new(mut frames: Vec<String>, settings: CompareSettings, seed: u64) -> Result<Self, PlanError> {
        let frame_groups = members(&settings.frame_groups, &frames)?;
        check_at_least(&settings, &frames)?;
        let count = frames.len();
        frames.extend(settings.frame_groups.iter().map(|group| group.id.clone()));
        let mut contrasts = Vec::new();
        for (first, second) in &settings.contrasts {
            let pair = (index_of(first, &frames)?, index_of(second, &frames)?);
            if pair.0 == pair.1 {
                return Err(PlanError::SameFrame { frame: first.clone() });
            }
            let holds = |group: usize, frame: usize| {
                group.checked_sub(count).is_some_and(|place| frame_groups[place].contains(&frame))
            };
            if holds(pair.0, pair.1) || holds(pair.1, pair.0) {
                return Err(PlanError::PartOfOther { first: first.clone(), second: second.clone() });
            }
            contrasts.push(pair);
        }
        let columns = settings.columns().into_iter().map(str::to_owned).collect();
        Ok(Self { frames, frame_groups, settings, contrasts, source_groups: Vec::new(), columns, seed, counted: None })
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

    /// Whether it is sentences with a voice or a stance that count, whatever the study's unit.
    pub(super) const fn counts_part(&self) -> bool {
        self.counted.is_some()
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

    /// The same without periods.
    #[must_use]
    pub fn over_the_whole_span(mut self) -> Self {
        self.settings.period = None;
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

    /// Ids of the frames, in the codebook's order, then of the groups of them, in the study's.
    #[must_use]
    pub fn frames(&self) -> &[String] {
        &self.frames
    }

    /// How many of these are the codebook's: a question about all frames at once must not ask the groups of them again.
    pub(super) fn codebook_frames(&self) -> usize {
        self.frames.len() - self.frame_groups.len()
    }

    /// By group of frames, the places of its frames among the codebook's.
    pub(super) fn frame_groups(&self) -> &[Vec<usize>] {
        &self.frame_groups
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

/// Refuses `at_least` of what is no frame of the codebook: a name mistyped would leave the frame at any sentence, unnoticed.
fn check_at_least(settings: &CompareSettings, frames: &[String]) -> Result<(), PlanError> {
    match settings.at_least.frames.keys().find(|frame| !frames.contains(frame)) {
        Some(group) if settings.frame_groups.iter().any(|known| known.id == *group) => {
            Err(PlanError::CarriedGroup { group: group.clone() })
        }
        Some(frame) => Err(PlanError::UnknownCarried { frame: frame.clone(), known: frames.join(", ") }),
        None => Ok(()),
    }
}

/// The places of the frames of each group.
fn members(groups: &[FrameGroup], frames: &[String]) -> Result<Vec<Vec<usize>>, PlanError> {
    if let Some(group) = groups.iter().find(|group| frames.contains(&group.id)) {
        return Err(PlanError::TakenId { group: group.id.clone() });
    }
    groups.iter().map(|group| group.frames.iter().map(|member| place_in(group, member, frames)).collect()).collect()
}

fn place_in(group: &FrameGroup, member: &str, frames: &[String]) -> Result<usize, PlanError> {
    frames.iter().position(|frame| frame == member).ok_or_else(|| PlanError::UnknownMember {
        group: group.id.clone(),
        frame: member.to_owned(),
        known: frames.join(", "),
    })
}

/// Place of a frame among `frames`.
fn index_of(frame: &str, frames: &[String]) -> Result<usize, PlanError> {
    let unknown = || PlanError::UnknownFrame { frame: frame.to_owned(), known: frames.join(", ") };
    frames.iter().position(|known| known == frame).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AtLeast;

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

    #[test]
    fn documents_carry_frames_of_the_codebook_from_so_many_sentences_on() {
        let plan = |named: &str| {
            let group = FrameGroup { id: "any".to_owned(), frames: vec!["threat".to_owned(), "talks".to_owned()] };
            let frames = [(named.to_owned(), LeastHits::Sentences(2))].into();
            let at_least = AtLeast { all: None, frames };
            let settings = CompareSettings { frame_groups: vec![group], at_least, ..CompareSettings::default() };
            Plan::new(["threat", "talks"].map(str::to_owned).to_vec(), settings, 1)
        };
        assert!(plan("talks").is_ok());
        for (named, message) in [
            ("talk", "at_least: unknown frame \"talk\"; the codebook has threat, talks"),
            ("any", "at_least: a document carries \"any\" where it carries any of its frames; name these"),
        ] {
            assert_eq!(plan(named).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn groups_of_frames_are_of_the_codebook_and_called_otherwise() {
        let plan = |id: &str, member: &str, against: &str| {
            let group = FrameGroup { id: id.to_owned(), frames: vec!["threat".to_owned(), member.to_owned()] };
            let contrasts = vec![(against.to_owned(), id.to_owned())];
            let settings = CompareSettings { frame_groups: vec![group], contrasts, ..CompareSettings::default() };
            Plan::new(["threat", "talks", "hope"].map(str::to_owned).to_vec(), settings, 1)
        };
        let found = plan("any", "talks", "hope").unwrap();
        assert_eq!((found.frames().len(), found.codebook_frames(), found.contrasts()), (4, 3, &[(2, 3)][..]));
        for (id, member, against, message) in [
            (
                "any",
                "talk",
                "hope",
                "[[frame_group]] \"any\": unknown frame \"talk\"; the codebook has threat, talks, hope",
            ),
            ("talks", "talks", "hope", "[[frame_group]] \"talks\" has the id of a frame of the codebook; rename it"),
            (
                "any",
                "talks",
                "threat",
                "contrasts: of \"threat\" and \"any\" one is part of the other; hold it against another frame",
            ),
        ] {
            assert_eq!(plan(id, member, against).unwrap_err().to_string(), message);
        }
    }
}
