//! `run`, `code` and `compare`: from a corpus to tables.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::arguments::Common;
use crate::cli::evidence::evidence;
use crate::cli::failure::Failure;
use crate::cli::pass::{Pass, pass};
use crate::cli::project::Project;
use crate::cli::{Verdict, export, interrupt, progress, scorer, summary};
use crate::compare::{Counts, DocumentCounts, Findings, Plan, findings_with_progress};
use crate::model::{CodedDocument, Document};
use crate::report::{
    ATTRIBUTIONS, CODINGS, CrateSource, DATA_PACKAGE, Evidence, FIGURES, Input, Manifest, NOTEBOOK_FOLDER, NOTEBOOKS,
    Output, PAGE, REPORTS, Records, ReportError, Role, SortedRows, Source, Staging, Subject, attribution_rows,
    coding_rows, outputs_on_disk, read_attributions, read_documents, write_codebook_page, write_crate_metadata,
    write_data_package, write_documents, write_excluded, write_figures, write_findings, write_notebooks, write_page,
};

/// How far a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Code the corpus.
    Code,
    /// Code it, then compare.
    CodeAndCompare,
}

/// What a run has found, its files still unfinished in the staging area.
pub(super) struct Outcome {
    pub(super) manifest: Manifest,
    pub(super) pass: Pass,
    pub(super) counts: Counts,
    pub(super) findings: Option<Findings>,
}

/// The main job.
pub(super) fn run(study: &Path, common: &Common) -> Result<Verdict, Failure> {
    execute(study, Scope::CodeAndCompare, common)
}

/// Codes the corpus; tables of an earlier comparison, which would no longer fit, leave.
pub(super) fn code(study: &Path, common: &Common) -> Result<Verdict, Failure> {
    execute(study, Scope::Code, common)
}

fn execute(study: &Path, scope: Scope, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open_and_learn(study, common)?;
    let mut staging = Staging::begin(&project.output)?;
    let outcome = produce(&project, scope, &mut staging, common)?;
    if scope == Scope::Code {
        comparison_tables().chain([PAGE]).for_each(|file| staging.remove(file));
        FIGURES.iter().flat_map(|figure| figure.files()).for_each(|file| staging.remove(&file));
        for name in NOTEBOOKS {
            staging.remove(&format!("{NOTEBOOK_FOLDER}/{name}"));
        }
    }
    project.spare_inputs(&project.output, &staging.outputs())?;
    interrupt::check()?;
    staging.commit()?;
    if scope == Scope::CodeAndCompare {
        export::export_as_the_study_asks(&project, common)?;
    }
    summary::print(&project, &outcome, common)?;
    Ok(Verdict::Fine)
}

/// Computes everything and writes it into `staging`, without putting it into place.
///
/// # Errors
/// Whatever stops the reading, coding or writing.
pub(super) fn produce(
    project: &Project,
    scope: Scope,
    staging: &mut Staging,
    common: &Common,
) -> Result<Outcome, Failure> {
    let plan = project.plan()?;
    let evidence = evidence(project, common)?;
    let (pass, counts) = write_codings(project, (&plan, scope), staging, common)?;
    write_codebook_page(staging, &project.codebook, &evidence)?;
    let findings = match scope {
        Scope::Code => None,
        Scope::CodeAndCompare => Some(write_comparison(project, (&plan, &counts), &evidence, staging, common)?),
    };
    if let Some(learnt) = &project.scorer {
        scorer::write(learnt, staging)?;
    }
    let records = Records::new(pass.kept, &pass.excluded).with_voiceless(pass.voiceless);
    let codings = project.people.iter().flat_map(|people| &people.inputs);
    let inputs = project.inputs.iter().chain(codings).chain(&pass.inputs).cloned().collect();
    let manifest = write_descriptions(project, (&plan, &counts, findings.as_ref()), (records, inputs), staging)?;
    Ok(Outcome { manifest, pass, counts, findings })
}

/// Writes what explains the tables: each column, the report and the notebooks where there are findings, what
/// every file is, and the manifest.
fn write_descriptions(
    project: &Project,
    (plan, counts, findings): (&Plan, &Counts, Option<&Findings>),
    (records, inputs): (Records, Vec<Input>),
    staging: &mut Staging,
) -> Result<Manifest, Failure> {
    let Project { study, codebook, .. } = project;
    write_data_package(staging, &study.title)?;
    if let Some(findings) = findings {
        write_page(staging, &project.page(plan, (counts, findings), &records))?;
        write_notebooks(staging, NOTEBOOK_FOLDER, project.notebooks(), "..")?;
    }
    let days = || counts.documents().filter_map(|(_, document)| document.date);
    let dates = days().min().zip(days().max());
    write_crate_metadata(staging, CrateSource { study, codebook, records: &records, inputs: &inputs, dates })?;
    let manifest = Manifest::new(&study.title, study.seed, records, inputs, staging.outputs());
    manifest.write(staging)?;
    Ok(manifest)
}

fn write_codings(
    project: &Project,
    (plan, scope): (&Plan, Scope),
    staging: &mut Staging,
    common: &Common,
) -> Result<(Pass, Counts), Failure> {
    let (frames, rules) = (project.frames(), project.rules());
    let mut counts = Counts::default();
    let mut codings = SortedRows::new(staging, &CODINGS);
    let mut attributions = SortedRows::new(staging, &ATTRIBUTIONS);
    let digest = |document: &Document, coded: CodedDocument| {
        Ok((
            DocumentCounts::new(plan, document, &coded),
            coding_rows(document, &coded, &frames, &rules)?,
            attribution_rows(document, &coded, plan.source_groups())?,
        ))
    };
    let pass = pass(project, "coding", common, digest, |document, (counted, coding_rows, attribution_rows)| {
        // Who speaks how often only a comparison asks; without one, less is kept of each document.
        let sources = if scope == Scope::Code { Box::default() } else { counted.sources };
        counts.insert(document.id.clone(), DocumentCounts { sources, ..counted });
        codings.push(&document.id, coding_rows)?;
        attributions.push(&document.id, attribution_rows)?;
        Ok(())
    })?;
    codings.finish(staging)?;
    attributions.finish(staging)?;
    write_documents(staging, &frames, &counts)?;
    write_excluded(staging, &pass.excluded)?;
    Ok((pass, counts))
}

fn write_comparison(
    project: &Project,
    (plan, counts): (&Plan, &Counts),
    evidence: &Evidence,
    staging: &mut Staging,
    common: &Common,
) -> Result<Findings, Failure> {
    let bar = progress::steps("comparing", common);
    let found = findings_with_progress(plan, counts, &|done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
        interrupt::check()
    })?;
    bar.finish_and_clear();
    interrupt::check()?;
    write_findings(staging, &found)?;
    let (study, codebook) = (&project.study, &project.codebook);
    let reliability = &evidence.reliability;
    write_figures(staging, &Subject { study, codebook, counts, findings: &found, reliability })?;
    Ok(found)
}

/// Compares again, from the documents.csv and attributions.csv of an earlier run.
pub(super) fn compare(study: &Path, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(study, common)?;
    let plan = project.plan()?;
    let mut manifest = Manifest::read(&project.output)?;
    refuse_other_counts(&project, &manifest)?;
    let mut counts = read_documents(&project.output, &plan)?;
    read_attributions(&project.output, &mut counts)?;
    let mut staging = Staging::begin(&project.output)?;
    let described = |output: &Output| output.path != DATA_PACKAGE;
    staging.leave(manifest.outputs.into_iter().filter(described).collect());
    // Their periods and groups are those of the study as it is now.
    write_documents(&mut staging, plan.frames(), &counts)?;
    let found = write_comparison(&project, (&plan, &counts), &evidence(&project, common)?, &mut staging, common)?;
    manifest.inputs.retain(|input| matches!(input.role, Role::Corpus | Role::Codings));
    manifest.inputs.extend(project.inputs.iter().cloned());
    let Manifest { records, inputs, .. } = manifest;
    write_descriptions(&project, (&plan, &counts, Some(&found)), (records, inputs), &mut staging)?;
    project.spare_inputs(&project.output, &staging.outputs())?;
    staging.commit()?;
    export::export_as_the_study_asks(&project, common)?;
    summary::print_findings(&project, &counts, &found, common)?;
    Ok(Verdict::Fine)
}

/// Refuses where documents.csv and attributions.csv no longer say what the study asks for: they were edited, the codebook
/// has changed, the study finds other files, or it needs what was not recorded. Other settings of `[compare]` may change
/// freely.
fn refuse_other_counts(project: &Project, manifest: &Manifest) -> Result<(), Failure> {
    let documents = project.output.join("documents.csv");
    for table in ["documents.csv", ATTRIBUTIONS.file, CODINGS.file, "excluded.csv"] {
        let recorded: Vec<Output> = manifest.outputs.iter().filter(|output| output.path == table).cloned().collect();
        let on_disk = outputs_on_disk(&project.output, &recorded)?;
        if on_disk.is_empty() {
            return Err(ReportError::NoDocuments(project.output.join(table)).into());
        }
        if on_disk != recorded {
            return Err(ReportError::OtherDocuments(project.output.join(table)).into());
        }
    }
    let changed = if let Some(input) = changed_input(project, manifest) {
        input.path.clone()
    } else if other_files(project, manifest)? {
        "the list of corpus files".to_owned()
    } else if project.study.compare.period.is_none() && manifest.records.excluded.contains_key("missing-date") {
        "the need for dates".to_owned()
    } else {
        return Ok(());
    };
    let message =
        format!("{changed} has changed since {} was written; run parallax run {}", documents.display(), project.name);
    Err(Failure::Documents { message })
}

/// The codebook, or the study file where groups are not outlets, if it is not as it was.
fn changed_input<'p>(project: &'p Project, manifest: &Manifest) -> Option<&'p Input> {
    let matters = |input: &&Input| input.role == Role::Codebook || project.study.compare.by != "outlet";
    project.inputs.iter().filter(matters).find(|input| !manifest.inputs.contains(input))
}

/// Whether the study finds other corpus files than those that were read.
fn other_files(project: &Project, manifest: &Manifest) -> Result<bool, Failure> {
    let corpus = project.corpus()?;
    let read: BTreeSet<&str> =
        manifest.inputs.iter().filter(|input| input.role == Role::Corpus).map(|input| &input.path[..]).collect();
    Ok(corpus.recorded_names().collect::<BTreeSet<_>>() != read)
}

/// Names of the tables that a comparison writes.
fn comparison_tables() -> impl Iterator<Item = &'static str> {
    REPORTS.iter().filter(|report| matches!(report.rows, Source::Findings(_))).map(|report| report.table.file)
}

/// Whether a manifest is that of a run that compared, not only coded.
pub(super) fn scope_of(manifest: &Manifest) -> Scope {
    let compared = |file: &'static str| manifest.outputs.iter().any(|output| output.path == file);
    if comparison_tables().any(compared) { Scope::CodeAndCompare } else { Scope::Code }
}
