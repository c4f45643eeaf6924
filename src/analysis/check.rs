//! The corpus, the codebook and its rules, before a run.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::error::AnalysisError;
use crate::analysis::labels::StudyLabels;
use crate::analysis::pass::{Pass, PassPlan};
use crate::analysis::project::Project;
use crate::analysis::table_copies::needs_table_formats;
use crate::analysis::watch::Watcher;
use crate::coding::{ExampleFailure, failing_examples};
use crate::model::{Document, Excluded, Exclusion};
use crate::study::Coder;
use crate::validate::{RuleTable, Votes};

/// Documents by group and period; the period is empty where the study has none.
pub type Census = BTreeMap<String, BTreeMap<String, u64>>;

/// What is known of a study before it is run.
#[derive(Debug)]
pub struct Checked {
    /// How many documents each cell has.
    pub census: Census,
    /// What was read and left out.
    pub pass: Pass,
    /// What each rule finds.
    pub rules: RuleTable,
    /// By rule, the share of its matches estimated right from how the rules agree; `None` where no rule agrees or not.
    pub trust: Vec<Option<f64>>,
    /// Examples of the codebook that its rules fail.
    pub failures: Vec<ExampleFailure>,
    /// What is to be known of labels from outside; nothing where the study names none.
    pub labels: Vec<String>,
    /// How much of each `[[corpus]]` that asks for a part of its records the study is about; in the study's order.
    pub subsets: Vec<SubsetSize>,
}

/// How many records of a `[[corpus]]` its `where`, `from` and `to` leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubsetSize {
    /// The path that the study gives.
    pub path: String,
    /// What is asked for, in words.
    pub asked: String,
    /// Records inside, whether or not they are left out for another reason.
    pub inside: u64,
    /// All records.
    pub records: u64,
}

/// Reads the corpus by the rules alone and counts.
///
/// # Errors
/// When the study's comparison does not fit the codebook, or the corpus cannot be read.
pub fn check(project: &Project, watcher: &dyn Watcher) -> Result<Checked, AnalysisError> {
    project.plan()?;
    needs_table_formats(project)?;
    let failures = failing_examples(&project.codebook);
    let mut census = Census::new();
    let mut rules = RuleTable::new(&project.codebook);
    let mut votes = Votes::default();
    let coder = Coder { codebook: &project.codebook, scorer: None, labels: None };
    let pass = PassPlan { project, coder: &coder, step: "checking", watcher }.execute(
        |_, coded| Ok(coded),
        |document, coded| {
            let (group, period) = cell(project, document);
            *census.entry(group).or_default().entry(period).or_default() += 1;
            rules.add(&project.codebook, &coded);
            votes.add(&coded);
            Ok(())
        },
    )?;
    let trust = votes.accuracies(&project.codebook);
    let labels = StudyLabels::of(project, watcher)?.map(|labels| labels.notes).unwrap_or_default();
    let subsets = subset_sizes(project, &pass)?;
    Ok(Checked { census, pass, rules, trust, failures, labels, subsets })
}

/// The sizes of the subsets, by the files that each table names.
fn subset_sizes(project: &Project, pass: &Pass) -> Result<Vec<SubsetSize>, AnalysisError> {
    let mut sizes = Vec::new();
    for settings in &project.study.corpus {
        let Some(asked) = settings.subset.in_words() else { continue };
        let corpus = project.corpus_of(std::slice::from_ref(settings))?;
        let files: BTreeSet<&str> = corpus.recorded_names().collect();
        let inputs = pass.inputs.iter().filter(|input| files.contains(&input.path[..]));
        let records = inputs.filter_map(|input| input.records).map(|records| records.read).sum();
        let is_outside =
            |record: &&Excluded| record.reason == Exclusion::OutsideSubset && files.contains(&record.origin.file[..]);
        let outside = pass.excluded.iter().filter(is_outside).count() as u64;
        sizes.push(SubsetSize { path: settings.path.clone(), asked, inside: records - outside, records });
    }
    Ok(sizes)
}

fn cell(project: &Project, document: &Document) -> (String, String) {
    let settings = &project.study.compare;
    let group = settings.group(document).to_owned();
    let period = settings.period.as_ref().zip(document.date).map(|(period, date)| period.label(date));
    (group, period.unwrap_or_default())
}
