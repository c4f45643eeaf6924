//! A study, opened: its file and codebook read and checked.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::cli::arguments::Common;
use crate::cli::codings::StudyCodings;
use crate::cli::failure::Failure;
use crate::cli::scorer::{self, Course};
use crate::codebook::{self, Codebook};
use crate::compare::{Counts, Findings, Plan};
use crate::corpus::{self, Corpus, CorpusError, Needs, read_text};
use crate::learning::FrameScorer;
use crate::model::Study;
use crate::report::{Input, NotebookSource, Output, PageSource, Records, Role, recover};
use crate::study::{self, Coder};

/// What every command on a study begins with.
pub(super) struct Project {
    /// The study file as the user named it.
    pub(super) name: String,
    /// The folder that paths in it are relative to.
    pub(super) folder: PathBuf,
    pub(super) study: Study,
    pub(super) codebook: Codebook,
    /// Where results go.
    pub(super) output: PathBuf,
    /// Study file and codebook, for the manifest.
    pub(super) inputs: Vec<Input>,
    /// What was learnt from the hand codings, where the study names some and they were asked for.
    pub(super) scorer: Option<FrameScorer>,
    /// What people said, where the study names codings and they were asked for.
    pub(super) people: Option<StudyCodings>,
    /// What was learnt from just now.
    pub(super) course: Option<Course>,
}

impl Project {
    /// Reads the study file and the codebook it names, and finishes what a killed run had begun to put into the output folder.
    ///
    /// # Errors
    /// When either cannot be read or has a mistake in it, or results cannot be moved into place.
    pub(super) fn open(path: &Path, common: &Common) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let text = read_text(path).map_err(|error| no_study(path, error))?;
        let study = study::parse(&text, &name)?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let output = common.output.clone().unwrap_or_else(|| folder.join(&study.output));
        recover(&output)?;
        let codebook_path = folder.join(&study.codebook);
        let codebook_text = read_text(&codebook_path).map_err(|error| match error {
            CorpusError::Io { path, source } if source.kind() == ErrorKind::NotFound => {
                Failure::NoCodebook { study: name.clone(), codebook: path }
            }
            error => error.into(),
        })?;
        let codebook = codebook::parse(&codebook_text, &codebook_path.display().to_string())?;
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let inputs = vec![
            Input::new(Role::Study, file_name, text.as_bytes()),
            Input::new(Role::Codebook, recorded(&study.codebook), codebook_text.as_bytes()),
        ];
        Ok(Self { name, folder, study, codebook, output, inputs, scorer: None, people: None, course: None })
    }

    /// As [`open`](Self::open), and learns from the hand codings that the study names, if it does.
    ///
    /// # Errors
    /// Likewise, and when the codings cannot be read or learnt from.
    pub(super) fn open_and_learn(path: &Path, common: &Common) -> Result<Self, Failure> {
        let project = Self::open(path, common)?;
        let mut people = StudyCodings::of(&project, common)?;
        let course = Course::of(&project, people.as_mut(), common)?;
        let scorer = course.as_ref().map(|course| course.learn(&project)).transpose()?;
        Ok(Self { scorer, people, course, ..project })
    }

    /// As [`open_and_learn`](Self::open_and_learn), but takes what the last run learnt where that still fits.
    ///
    /// # Errors
    /// Likewise.
    pub(super) fn open_with_scorer(path: &Path, common: &Common) -> Result<Self, Failure> {
        let project = Self::open(path, common)?;
        match scorer::recorded(&project)? {
            Some(scorer) => Ok(Self { scorer: Some(scorer), ..project }),
            None => Self::open_and_learn(path, common),
        }
    }

    /// What each document is coded with.
    pub(super) fn coder(&self) -> Coder<'_> {
        Coder { codebook: &self.codebook, scorer: self.scorer.as_ref() }
    }

    /// Refuses results that would take the place of a file that the study reads: an article file, the study file, the
    /// codebook or the human codings.
    ///
    /// # Errors
    /// When one of `outputs`, the names of results in `folder`, is such a file, or the corpus is gone.
    pub(super) fn spare_inputs(&self, folder: &Path, outputs: &[Output]) -> Result<(), Failure> {
        let identity = |path: &Path| std::fs::canonicalize(path).ok();
        let named = [&self.study.codebook].into_iter().chain(&self.study.codings).map(|path| self.folder.join(path));
        let corpus = self.corpus()?;
        let read = named.chain([PathBuf::from(&self.name)]).chain(corpus.paths().map(Path::to_path_buf));
        let inputs: BTreeSet<PathBuf> = read.filter_map(|path| identity(&path)).collect();
        let mut places = outputs.iter().map(|output| folder.join(&output.path));
        match places.find(|place| identity(place).is_some_and(|place| inputs.contains(&place))) {
            Some(path) => Err(Failure::OutputIsInput { path }),
            None => Ok(()),
        }
    }

    /// The corpus, its files found and none read yet.
    ///
    /// # Errors
    /// When a file is not there or of no known kind.
    pub(super) fn corpus(&self) -> Result<Corpus, Failure> {
        Ok(corpus::open(&self.folder, &self.study.corpus, self.needs())?)
    }

    /// What is to be compared.
    ///
    /// # Errors
    /// When a contrast names a frame that the codebook does not have.
    pub(super) fn plan(&self) -> Result<Plan, Failure> {
        Plan::new(self.frames(), self.study.compare.clone(), self.study.seed)
            .map(|plan| plan.with_source_groups(self.source_groups()))
            .map_err(|error| Failure::Plan { file: self.name.clone(), error })
    }

    /// What the report page is made of.
    pub(super) fn page<'a>(
        &'a self,
        plan: &'a Plan,
        (counts, findings): (&'a Counts, &'a Findings),
        records: &'a Records,
    ) -> PageSource<'a> {
        let study_file = self.inputs.iter().find(|input| input.role == Role::Study).map_or("", |input| &input.path);
        let Self { study, codebook, .. } = self;
        PageSource { study, study_file, codebook, plan, counts, findings, records }
    }

    /// What notebooks are made of.
    pub(super) fn notebooks(&self) -> NotebookSource<'_> {
        NotebookSource { study: &self.study, codebook: &self.codebook }
    }

    /// Ids of the codebook's frames.
    pub(super) fn frames(&self) -> Vec<String> {
        self.codebook.frames.iter().map(|frame| frame.id.clone()).collect()
    }

    /// Ids of the codebook's groups of sources.
    pub(super) fn source_groups(&self) -> Vec<String> {
        self.codebook.sources.iter().map(|group| group.id.clone()).collect()
    }

    /// Ids of the codebook's rules.
    pub(super) fn rules(&self) -> Vec<String> {
        self.codebook.rules.iter().map(|rule| rule.id.clone()).collect()
    }

    /// What each record must have.
    pub(super) fn needs(&self) -> Needs {
        Needs { by: self.study.compare.by.clone(), date: self.study.compare.period.is_some() }
    }
}

/// What to say of a codebook that has no rule, or none for some frames: their shares can only be 0.
pub(super) fn without_rules(codebook: &Codebook) -> Option<String> {
    let has_rule = |frame: usize| codebook.rules.iter().any(|rule| rule.frame == frame);
    let bare: Vec<&str> = codebook
        .frames
        .iter()
        .enumerate()
        .filter(|(frame, _)| !has_rule(*frame))
        .map(|(_, frame)| &frame.id[..])
        .collect();
    match bare.len() {
        0 => None,
        _ if codebook.rules.is_empty() => {
            Some("The codebook has no [[rule]], so no sentence can carry a frame and every share is 0".to_owned())
        }
        1 => Some(format!("No rule for the frame {}, so its shares are 0", bare[0])),
        2..=5 => Some(format!("No rules for the frames {}, so their shares are 0", bare.join(", "))),
        more => Some(format!("No rules for {more} frames, so their shares are 0: {}, ...", bare[..5].join(", "))),
    }
}

fn no_study(path: &Path, error: CorpusError) -> Failure {
    match &error {
        CorpusError::Io { source, .. } if source.kind() == ErrorKind::NotFound => {
            Failure::NoStudy { path: path.to_path_buf() }
        }
        CorpusError::Io { .. } if path.is_dir() => Failure::StudyIsFolder { path: path.to_path_buf() },
        _ => error.into(),
    }
}

/// A path of the study file as results may hold it: of one that begins at the root of a machine only the last part.
fn recorded(path: &str) -> String {
    let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
    name.filter(|_| Path::new(path).is_absolute()).unwrap_or_else(|| path.to_owned())
}
