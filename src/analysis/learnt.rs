//! What a study codes with besides its codebook: learnt just now, or recorded by the last run.

use crate::analysis::codings::StudyCodings;
use crate::analysis::error::AnalysisError;
use crate::analysis::labels::StudyLabels;
use crate::analysis::project::Project;
use crate::analysis::scorer::{TrainingSet, recorded};
use crate::analysis::scorer_file::of_file;
use crate::analysis::watch::Watcher;
use crate::learning::FrameScorer;
use crate::model::{ScorerKind, Unit};
use crate::study::Coder;

/// What was learnt from the hand codings of a study or from its rules; nothing where the study scores by rules alone.
#[derive(Debug, Default)]
pub struct Learnt {
    /// What scores sentences; `None` where the rules alone do.
    pub scorer: Option<FrameScorer>,
    /// What people said, where the study names codings and they were read just now.
    pub people: Option<StudyCodings>,
    /// What it was learnt from, where that happened just now.
    pub training_set: Option<TrainingSet>,
    /// Labels from outside, where the study names some and they were read just now.
    pub labels: Option<StudyLabels>,
    /// Whether there is nothing more to be found in what the last run left.
    pub(super) is_settled: bool,
}

impl Learnt {
    /// Learns what the study asks for.
    ///
    /// # Errors
    /// When the codings or the corpus cannot be read, or nothing can be learnt from them.
    pub fn now(project: &Project, watcher: &dyn Watcher) -> Result<Self, AnalysisError> {
        project.needs_vectors()?;
        let mut people = StudyCodings::of(project, watcher)?;
        let labels = StudyLabels::of(project, watcher)?;
        let training_set = match project.study.scorer {
            // Hand codings are there to correct what labels or another's scorer code, not to teach one more.
            ScorerKind::Labels | ScorerKind::File => None,
            ScorerKind::Rules | ScorerKind::TaughtByRules => {
                people.as_ref().map_or(Ok(()), |people| people.refuse_a_part(project))?;
                TrainingSet::of(project, people.as_mut(), watcher)?
            }
        };
        let scorer = match &training_set {
            Some(training_set) => Some(training_set.learn(project)?),
            None => of_file(project)?,
        };
        Ok(Self { scorer, people, training_set, labels, is_settled: true })
    }

    /// Takes what the last run learnt where that still fits, and learns it again where not.
    ///
    /// # Errors
    /// As [`now`](Self::now).
    pub fn recorded_or_now(project: &Project, watcher: &dyn Watcher) -> Result<Self, AnalysisError> {
        project.needs_vectors()?;
        match recorded(project)? {
            Some(scorer) => Ok(Self { scorer: Some(scorer), ..Self::default() }),
            None => Self::now(project, watcher),
        }
    }

    /// What each document is coded with.
    #[must_use]
    pub fn coder<'a>(&'a self, project: &'a Project) -> Coder<'a> {
        Coder {
            codebook: &project.codebook,
            scorer: self.scorer.as_ref(),
            labels: self.coding_labels(project).map(|it| &it.labels),
        }
    }

    /// Frames that labels of whole documents code, by id; none where labels are of sentences, or do not code.
    pub(super) fn whole_labelled<'p>(&self, project: &'p Project) -> Vec<&'p str> {
        let labels = self.coding_labels(project).filter(|it| it.labels.unit == Unit::Document);
        labels.map(|labels| labels.frames(project)[0].clone()).unwrap_or_default()
    }

    /// The labels that take the scorer's place; `None` where they stand beside another, or there are none.
    #[must_use]
    pub fn coding_labels(&self, project: &Project) -> Option<&StudyLabels> {
        self.labels.as_ref().filter(|_| project.study.scorer == ScorerKind::Labels)
    }
}
