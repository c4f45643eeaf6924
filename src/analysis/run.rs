//! `run`, `code` and `compare`: from a corpus to tables.

use std::collections::BTreeSet;

use crate::analysis::changed::{changed_codings, changed_corpus, changed_input};
use crate::analysis::coded_parts::CodedParts;
use crate::analysis::codings::StudyCodings;
use crate::analysis::documents;
use crate::analysis::error::AnalysisError;
use crate::analysis::evidence::evidence;
use crate::analysis::export::export_as_the_study_asks;
use crate::analysis::gathering::{Digester, Gathered, Gathering};
use crate::analysis::idle::idle_settings;
use crate::analysis::label_cover::CorpusCover;
use crate::analysis::labels::StudyLabels;
use crate::analysis::learnt::Learnt;
use crate::analysis::pass::{Pass, PassPlan};
use crate::analysis::project::Project;
use crate::analysis::rivals::RivalHits;
use crate::analysis::scorer;
use crate::analysis::table_copies::{needs_table_formats, write_table_copies};
use crate::analysis::watch::{Step, Watcher, go_on};
use crate::compare::{Counts, Findings, Plan, findings_with_progress, part_shares, stance_balances};
use crate::learning::Choice;
use crate::model::{CorpusSettings, Exclusion, HandCoding, Unit};
use crate::report::{
    ATTRIBUTIONS, CODINGS, CodebookEvidence, CrateSource, DATA_PACKAGE, FIGURES, Input, InputRole, METADATA,
    METHODS_PAGE, Manifest, NOTEBOOK_FOLDER, NOTEBOOKS, Output, PAGE, PageSource, REPORTS, RecordCounts, ReportError,
    STORIES, Source, Staging, Subject, UNLABELLED, VALIDATION, outputs_on_disk, read_attributions, read_codings,
    read_documents, read_key_terms, read_metadata, read_stories, read_validation, write_codebook_page,
    write_crate_metadata, write_data_package, write_documents, write_excluded, write_figures, write_findings,
    write_methods_page, write_notebooks, write_page, write_unlabelled,
};
use crate::study::chosen_least_hits;

/// How far a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunScope {
    /// Code the corpus.
    Code,
    /// Code it, then compare.
    CodeAndCompare,
}

/// What a run has found.
#[derive(Debug)]
pub struct RunOutcome {
    /// What was read and written.
    pub manifest: Manifest,
    /// What became of the records.
    pub pass: Pass,
    /// The counts of every document.
    pub counts: Counts,
    /// What was compared; `None` where only coding was asked for.
    pub findings: Option<Findings>,
    /// What hand codings of documents say.
    pub notes: Vec<String>,
    /// Who codes each frame that was learnt from hand codings, by its id.
    pub choices: Vec<(String, Choice)>,
}

/// What a comparison of documents counted before has found.
#[derive(Debug)]
pub struct Compared {
    /// The counts of every document.
    pub counts: Counts,
    /// What was compared.
    pub findings: Findings,
    /// What a researcher should know before reading.
    pub notes: Vec<String>,
}

/// A run that is to be made.
pub(super) struct Job<'a> {
    pub(super) project: &'a Project,
    pub(super) learnt: &'a Learnt,
    pub(super) scope: RunScope,
    pub(super) watcher: &'a dyn Watcher,
    /// The coded parts of the corpus, where it is not to be read and coded now.
    pub(super) parts: Option<&'a CodedParts>,
}

/// The main job: codes the corpus, compares the groups, and puts every table, figure and page into the output folder.
///
/// # Errors
/// Whatever stops the reading, coding, comparing or writing; the results of an earlier run then stay.
pub fn run(project: &Project, learnt: &Learnt, watcher: &dyn Watcher) -> Result<RunOutcome, AnalysisError> {
    execute(&Job { project, learnt, scope: RunScope::CodeAndCompare, watcher, parts: None })
}

/// Codes the corpus only; tables of an earlier comparison, which would no longer fit, leave.
///
/// # Errors
/// As [`run`].
pub fn code(project: &Project, learnt: &Learnt, watcher: &dyn Watcher) -> Result<RunOutcome, AnalysisError> {
    execute(&Job { project, learnt, scope: RunScope::Code, watcher, parts: None })
}

fn execute(job: &Job<'_>) -> Result<RunOutcome, AnalysisError> {
    let Job { project, learnt, scope, watcher, .. } = *job;
    project.spare_strangers()?;
    let mut staging = Staging::begin(&project.output)?;
    let outcome = produce(job, &mut staging)?;
    if scope == RunScope::Code {
        remove_comparison(&mut staging);
    }
    project.spare_inputs(staging.destinations())?;
    // The last moment to stop: the commit is carried through.
    go_on(watcher)?;
    staging.commit()?;
    if scope == RunScope::CodeAndCompare {
        export_as_the_study_asks(project, learnt, watcher)?;
    }
    Ok(outcome)
}

fn remove_comparison(staging: &mut Staging) {
    comparison_tables().chain([PAGE, METHODS_PAGE]).for_each(|file| staging.remove(file));
    FIGURES.iter().flat_map(|figure| figure.files()).for_each(|file| staging.remove(&file));
    for name in NOTEBOOKS {
        staging.remove(&format!("{NOTEBOOK_FOLDER}/{name}"));
    }
}

/// Computes everything and writes it into `staging`, without putting it into place.
///
/// # Errors
/// Whatever stops the reading, coding or writing.
pub(super) fn produce(job: &Job<'_>, staging: &mut Staging) -> Result<RunOutcome, AnalysisError> {
    let Job { project, learnt, scope, watcher, .. } = *job;
    needs_table_formats(project)?;
    let plan = project.plan()?;
    let mut evidence = evidence(project, learnt, watcher)?;
    let Coded { pass, counts, rivals, cover } = write_codings(job, &plan, staging)?;
    let plan = choose_least_hits(project, learnt, plan, &counts, &mut evidence);
    for (frame, choice) in &mut evidence.choices {
        let number = project.codebook.frames.iter().position(|known| known.id == *frame);
        choice.shares = number.and_then(|number| rivals.shares(&counts, number, choice));
    }
    let mut notes = documents::notes(&evidence.documents);
    notes.extend(pass.notes.iter().cloned());
    notes.extend(idle_settings(project, &counts));
    notes.extend(learnt.coding_labels(project).iter().flat_map(|labels| cover.notes(labels, &counts)));
    write_codebook_page(staging, &project.codebook, &evidence)?;
    let comparison = Comparison { project, plan: &plan, counts: &counts };
    let findings = match scope {
        RunScope::Code => None,
        RunScope::CodeAndCompare => Some(comparison.write(&evidence, staging, watcher)?),
    };
    if let Some(learnt) = &learnt.scorer {
        scorer::write(learnt, &evidence.choices, staging)?;
    }
    let records =
        RecordCounts::new(pass.kept, &pass.excluded).with_voiceless(pass.voiceless).with_oddities(&pass.oddities);
    let codings = learnt.people.iter().flat_map(|people| &people.inputs);
    let labels = learnt.labels.iter().flat_map(|labels| &labels.inputs);
    let inputs = project.inputs.iter().chain(codings).chain(labels).chain(&pass.inputs).cloned().collect();
    let manifest =
        comparison.write_descriptions(findings.as_ref(), Sources { records, inputs, evidence: &evidence }, staging)?;
    Ok(RunOutcome { manifest, pass, counts, findings, notes, choices: evidence.choices })
}

/// The plan with the number of sentences that codings of documents ask for, by frame, which `evidence` is told.
fn choose_least_hits(
    project: &Project,
    learnt: &Learnt,
    plan: Plan,
    counts: &Counts,
    evidence: &mut CodebookEvidence,
) -> Plan {
    let codings = learnt.people.as_ref().map_or(&[][..], |people| &people.codings);
    let by_scorer = |frame: &str| evidence.choices.iter().any(|(id, choice)| id == frame && choice.codes_documents());
    // Of a document that a scorer codes there are no sentences to count.
    let of_rules: Vec<HandCoding> = codings.iter().filter(|coding| !by_scorer(&coding.frame)).cloned().collect();
    let choices = documents::choices(project, &of_rules, &learnt.whole_labelled(project), &plan, counts);
    for (frame, choice) in evidence.choices.iter_mut().filter(|(_, choice)| choice.unit() == Unit::Document) {
        // Those of which only some frames were coded teach no scorer, but tell how many sentences it takes.
        let told = choices.iter().find(|told| told.frame == *frame);
        choice.least = told.map(|told| told.least).or(choice.least);
        // Beside no scorer there is nothing to compare on the same folds: the rules have one F1, not one by each set of folds.
        if let Some(told) = told.filter(|_| choice.together_f1.is_none()) {
            choice.rules_f1 = told.f1;
        }
    }
    evidence.documents = choices;
    documents::with_choices(plan, &evidence.documents)
}

/// A corpus coded: what is kept of it besides the rows that are written.
struct Coded {
    pass: Pass,
    counts: Counts,
    rivals: RivalHits,
    cover: CorpusCover,
}

fn write_codings(job: &Job<'_>, plan: &Plan, staging: &mut Staging) -> Result<Coded, AnalysisError> {
    let Job { project, learnt, scope, watcher, parts } = *job;
    let coder = learnt.coder(project);
    let mut gathering = Gathering::begin(project, plan, staging)?;
    // Who speaks how often only a comparison asks; without one, less is kept of each document.
    gathering.keeps_sources = scope == RunScope::CodeAndCompare;
    let mut pass = if let Some(parts) = parts {
        parts.replay(project, watcher, |document, digest| gathering.receive(document, digest))?
    } else {
        let digester = Digester::new(project, learnt, plan);
        let pass_plan = PassPlan { project, coder: &coder, step: "coding", watcher };
        pass_plan.execute_with_workspace(
            |document, coded, workspace| digester.digest(document, coded, workspace),
            |document, digest| gathering.receive(document, digest),
        )?
    };
    write_excluded(staging, &pass.excluded)?;
    let Gathered { counts, rivals, cover, notes } = gathering.finish(staging)?;
    pass.notes.extend(notes);
    if coder.labels.is_some() {
        write_unlabelled(staging, cover.unlabelled())?;
    } else {
        staging.remove(UNLABELLED.file);
    }
    Ok(Coded { pass, counts, rivals, cover })
}

/// What the manifest says was read.
struct Sources<'a> {
    records: RecordCounts,
    inputs: Vec<Input>,
    /// Who codes each frame, which the report says.
    evidence: &'a CodebookEvidence,
}

/// Counted documents that are to be compared.
struct Comparison<'a> {
    project: &'a Project,
    plan: &'a Plan,
    counts: &'a Counts,
}

impl Comparison<'_> {
    /// Compares, and writes tables and figures.
    fn write(
        &self,
        evidence: &CodebookEvidence,
        staging: &mut Staging,
        watcher: &dyn Watcher,
    ) -> Result<Findings, AnalysisError> {
        let Self { project, plan, counts } = *self;
        let step = Step::parts(watcher, "comparing", 0);
        let found = findings_with_progress(plan, counts, &|done, total| step.reached_of(done as u64, total as u64))?;
        drop(step);
        go_on(watcher)?;
        let balances = stance_balances(plan, counts, &found.stance_tests);
        write_findings(staging, &found, part_shares(plan, counts), balances)?;
        let (study, codebook) = (&project.study, &project.codebook);
        let reliability = &evidence.reliability;
        let key_terms = &read_key_terms(staging)?;
        write_figures(staging, &Subject { study, codebook, counts, findings: &found, key_terms, reliability })?;
        Ok(found)
    }

    /// Writes what explains the tables: each column, the report and the notebooks where there are findings, what every
    /// file is, and the manifest.
    fn write_descriptions(
        &self,
        findings: Option<&Findings>,
        sources: Sources<'_>,
        staging: &mut Staging,
    ) -> Result<Manifest, AnalysisError> {
        let Self { project, plan, counts } = *self;
        let Sources { records, inputs, evidence } = sources;
        let Project { study, codebook, .. } = project;
        write_table_copies(project, staging)?;
        write_data_package(staging, &study.title)?;
        if let Some(findings) = findings {
            let study_file = project.study_file();
            let page = PageSource {
                study,
                study_file,
                codebook,
                plan,
                counts,
                findings,
                records: &records,
                choices: &evidence.choices,
                agreements: &evidence.agreements,
                labelling: evidence.labelling.as_ref(),
                encoder: project.vectors.as_ref().map(|file| &file.record),
            };
            write_page(staging, &page)?;
            write_methods_page(staging, &page)?;
            write_notebooks(staging, NOTEBOOK_FOLDER, project.notebooks(plan.settings()), "..")?;
        }
        let dates = counts.days();
        write_crate_metadata(staging, CrateSource { study, codebook, records: &records, inputs: &inputs, dates })?;
        let manifest = Manifest::new(&study.title, study.seed, records, inputs, staging.outputs())
            .of_documents(project.document_settings())
            .with_least_hits(chosen_least_hits(&evidence.documents));
        manifest.write(staging)?;
        Ok(manifest)
    }
}

/// Compares again, from the documents.csv and attributions.csv of an earlier run.
///
/// # Errors
/// When there is no earlier run, or its tables do not fit the study as it is now.
pub fn compare(project: &Project, watcher: &dyn Watcher) -> Result<Compared, AnalysisError> {
    project.spare_strangers()?;
    let (people, labels) = (StudyCodings::of(project, watcher)?, StudyLabels::of(project, watcher)?);
    let learnt = Learnt { people, labels, ..Learnt::default() };
    let plan = project.plan()?;
    needs_table_formats(project)?;
    let mut manifest = project.results()?;
    project.refuse_other_groups(&manifest)?;
    refuse_other_counts(project, &manifest, &learnt)?;
    let mut counts = read_documents(&project.output, &plan, project.study.zeros)?;
    if project.study.compare.by == "outlet" {
        project.check_groups(
            counts.documents().map(|(_, document)| &*document.outlet).collect::<BTreeSet<_>>().into_iter(),
        )?;
    }
    read_metadata(&project.output, &plan, &mut counts)?;
    read_stories(&project.output, &plan, &mut counts)?;
    read_attributions(&project.output, &mut counts)?;
    read_codings(&project.output, &plan, &mut counts)?;
    read_validation(&project.output, &plan, &mut counts)?;
    let mut evidence = evidence(project, &learnt, watcher)?;
    let plan = choose_least_hits(project, &learnt, plan, &counts, &mut evidence);
    let mut staging = Staging::begin(&project.output)?;
    let described = |output: &Output| output.path != DATA_PACKAGE;
    staging.leave(manifest.outputs.into_iter().filter(described).collect());
    // Their periods and groups are those of the study as it is now.
    write_documents(&mut staging, plan.frames(), project.study.zeros, &counts)?;
    let comparison = Comparison { project, plan: &plan, counts: &counts };
    write_codebook_page(&mut staging, &project.codebook, &evidence)?;
    let findings = comparison.write(&evidence, &mut staging, watcher)?;
    manifest.inputs.retain(|input| matches!(input.role, InputRole::Corpus | InputRole::Codings | InputRole::Labels));
    // In the order of a run, which descriptions of the result keep.
    manifest.inputs.splice(..0, project.inputs.iter().cloned());
    let Manifest { records, inputs, .. } = manifest;
    comparison.write_descriptions(Some(&findings), Sources { records, inputs, evidence: &evidence }, &mut staging)?;
    project.spare_inputs(staging.destinations())?;
    staging.commit()?;
    export_as_the_study_asks(project, &learnt, watcher)?;
    let notes = idle_settings(project, &counts);
    Ok(Compared { counts, findings, notes })
}

/// Refuses where documents.csv and attributions.csv no longer say what the study asks for: they were edited, the codebook
/// or the codings have changed, the study finds other files, or it needs what was not recorded. Other settings of
/// `[compare]` may change freely.
fn refuse_other_counts(project: &Project, manifest: &Manifest, learnt: &Learnt) -> Result<(), AnalysisError> {
    let documents = project.output.join("documents.csv");
    // Together these are what one run found; one that was edited by hand would pass into the results as counted.
    let tables = [VALIDATION.file, ATTRIBUTIONS.file, CODINGS.file, METADATA.file, STORIES.file];
    for table in ["documents.csv", "excluded.csv"].into_iter().chain(tables) {
        let recorded: Vec<Output> = manifest.outputs.iter().filter(|output| output.path == table).cloned().collect();
        let on_disk = outputs_on_disk(&project.output, &recorded)?;
        if on_disk.is_empty() {
            return Err(ReportError::NoDocuments(project.output.join(table)).into());
        }
        if on_disk != recorded {
            return Err(ReportError::OtherDocuments(project.output.join(table)).into());
        }
    }
    let is_scored = manifest.outputs.iter().any(|output| output.path == scorer::SCORER);
    let changed = if is_scored && scorer::counted_other_units(project) {
        "what is compared, or scorer.json,".to_owned()
    } else if let Some(input) = changed_input(project, manifest) {
        input.path.clone()
    } else if manifest.documents != project.document_settings() {
        format!(
            "what decides the documents or the key terms ([[corpus]], by, [groups], [[frame_group]], [keyness]) in {}",
            project.study_file()
        )
    } else if let Some(path) = changed_codings(learnt, manifest) {
        path
    } else if let Some(what) = changed_corpus(project, manifest)? {
        what
    } else if left_out_for_dates(project, manifest) {
        "the need for dates".to_owned()
    } else {
        return Ok(());
    };
    let message =
        format!("{changed} has changed since {} was written; run parallax run {}", documents.display(), project.name);
    Err(AnalysisError::Documents { message })
}

/// Whether records were left out for want of a day that nothing asks for now.
fn left_out_for_dates(project: &Project, manifest: &Manifest) -> bool {
    let asks = |settings: &CorpusSettings| settings.subset.needs_day() || settings.subset.columns().contains("date");
    let is_asked = project.study.compare.period.is_some() || project.study.corpus.iter().any(asks);
    let undated = [Exclusion::MissingDate, Exclusion::BadDate];
    !is_asked && undated.iter().any(|reason| manifest.records.excluded.contains_key(reason.as_str()))
}

/// Names of the tables that a comparison writes.
fn comparison_tables() -> impl Iterator<Item = &'static str> {
    REPORTS.iter().filter(|report| !matches!(report.rows, Source::Documents)).map(|report| report.table.file)
}

/// Whether a manifest is that of a run that compared, not only coded.
pub(super) fn scope_of(manifest: &Manifest) -> RunScope {
    let compared = |file: &'static str| manifest.outputs.iter().any(|output| output.path == file);
    if comparison_tables().any(compared) { RunScope::CodeAndCompare } else { RunScope::Code }
}
