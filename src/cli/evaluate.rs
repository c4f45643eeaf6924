//! `evaluate`: how good is a scorer on codings it has not seen? Four side by side, with intervals.

use std::io::Write;
use std::path::Path;

use crate::analysis::{
    Evaluation, EvaluationDesign, Project, TAUGHT, TableEvaluation, evaluate_model, evaluate_study, evaluate_table,
};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::coded_arguments::Coded;
use crate::cli::failure::Failure;
use crate::cli::terminal::{ALARM, HEADING, columns, harmless, shown, standard_output, styled};
use crate::report::{CellQuality, Evaluated, VoiceMetric, coder, counted, over_fewer, rounded, signed};
use crate::stats::Interval;
use crate::validate::Metric;

/// Where the measures of a table go unless `--output` says otherwise.
const EVALUATION: &str = "evaluation.csv";

/// Measures the scorer of a study on its hand codings.
pub(super) fn of_study(coded: &Coded, design: EvaluationDesign, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(&coded.table, common.output())?;
    tell(&evaluate_study(&project, design, &coded.without, &common.watcher())?, common)
}

/// Measures what can be learnt from a table.
pub(super) fn of_table(
    coded: &Coded,
    design: EvaluationDesign,
    outlet: Option<&str>,
    common: &Common,
) -> Result<Verdict, Failure> {
    let output = common.output().unwrap_or(Path::new(EVALUATION));
    let evaluation = TableEvaluation { request: &coded.request(), design, outlet, output };
    tell(&evaluate_table(&evaluation, &common.watcher())?, common)
}

/// Measures a model on a table.
pub(super) fn of_model(coded: &Coded, model: &Path, common: &Common) -> Result<Verdict, Failure> {
    let output = common.output().unwrap_or(Path::new(EVALUATION));
    tell(&evaluate_model(&coded.request(), model, output)?, common)
}

fn tell(found: &Evaluation, common: &Common) -> Result<Verdict, Failure> {
    if !common.quiet {
        print(found)?;
    }
    Ok(Verdict::Fine)
}

/// The columns of the summary.
const SHOWN: [(Metric, &str); 5] = [
    (Metric::MacroF1, "macro F1"),
    (Metric::BalancedF1, "balanced F1"),
    (Metric::Accuracy, "accuracy"),
    (Metric::Auc, "AUC"),
    (Metric::CalibrationError, "calibration error"),
];

fn print(found: &Evaluation) -> Result<(), Failure> {
    let mut out = standard_output();
    let groups = counted(found.groups, "group");
    writeln!(out, "{}: {}, {groups}", harmless(&found.name), found.tally)?;
    for note in &found.notes {
        writeln!(out, "  {}", harmless(note))?;
    }
    for design in found.evaluated.chunk_by(|a, b| a.design == b.design) {
        writeln!(out, "\n{}", styled(HEADING, &design[0].design))?;
        let head = std::iter::once(String::new()).chain(SHOWN.map(|(_, name)| name.to_owned()));
        let mut rows = vec![head.collect::<Vec<_>>()];
        rows.extend(design.iter().map(summary));
        for line in columns(&rows).into_iter().chain(means_over_fewer(design)) {
            writeln!(out, "{line}")?;
        }
    }
    for line in found.evaluated.iter().filter_map(warning) {
        writeln!(out, "\n{}", styled(ALARM, &line))?;
    }
    print_cells(
        &mut out,
        found,
        "rules",
        "rules as written, every coded frame (by group and period in evaluation-groups.csv)",
    )?;
    print_cells(&mut out, found, "labels", "labels from outside, every coded frame that they have")?;
    print_voices(&mut out, found)?;
    print_choices(&mut out, found)?;
    let files: Vec<String> = found.files.iter().map(|path| shown(path)).collect();
    writeln!(out, "\n{}", files.join(", "))?;
    Ok(())
}

/// Which means of a design leave labels out that have no value.
fn means_over_fewer(design: &[Evaluated]) -> impl Iterator<Item = String> {
    SHOWN.into_iter().filter_map(|(metric, name)| {
        let told = design.iter().map(|part| over_fewer_of(part, metric)).find(|told| !told.is_empty());
        Some(format!("  {name}: {}", told?))
    })
}

fn over_fewer_of(part: &Evaluated, metric: Metric) -> String {
    let found = part.estimates.iter().find(|it| it.label.is_none() && it.metric == metric);
    found.map_or_else(String::new, |estimate| over_fewer(estimate, part.labels.len()))
}

/// A share with its interval.
fn told(share: Option<f64>, interval: Option<Interval>) -> String {
    match (share, interval) {
        (Some(share), Some(it)) => format!("{share:.3} [{:.3}, {:.3}]", it.low, it.high),
        (Some(share), None) => format!("{share:.3}"),
        _ => "-".to_owned(),
    }
}

/// What rules as written, or labels, do for every coded frame, whether or not anything could be learnt of it.
fn print_cells(out: &mut impl Write, found: &Evaluation, scorer: &str, title: &str) -> Result<(), Failure> {
    let is_shown = |cell: &&CellQuality| cell.scorer == scorer && cell.group.is_empty() && cell.period.is_empty();
    let cells: Vec<&CellQuality> = found.cells.iter().filter(is_shown).collect();
    if cells.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", styled(HEADING, title))?;
    let mut rows = vec![["", "precision", "recall", "coded with it"].map(str::to_owned).to_vec()];
    for pair in cells.chunks(2) {
        let mut row = vec![format!("  {}", pair[0].frame)];
        row.extend(pair.iter().map(|cell| told(cell.estimate, cell.interval)));
        row.extend(pair.last().map(|recall| recall.sentences.to_string()));
        rows.push(row);
    }
    for line in columns(&rows) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// How often people and the study's own coding give a frame that both find the same voice, and stance.
fn print_voices(out: &mut impl Write, found: &Evaluation) -> Result<(), Failure> {
    if found.voices.is_empty() {
        return Ok(());
    }
    let title = "voice and stance where people and the study's coding find the frame (more in evaluation-voices.csv)";
    writeln!(out, "\n{}", styled(HEADING, title))?;
    let mut rows = vec![["", "", "the same", "codings", "documents"].map(str::to_owned).to_vec()];
    for quality in found.voices.iter().filter(|quality| quality.metric == VoiceMetric::Accuracy) {
        let (frame, aspect) = (format!("  {}", quality.frame), quality.aspect.as_str().to_owned());
        let share = told(quality.estimate, quality.interval);
        rows.push(vec![frame, aspect, share, quality.codings.to_string(), quality.documents.to_string()]);
    }
    for line in columns(&rows) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Who codes each frame when the study is run, by the figures that the run gives.
fn print_choices(out: &mut impl Write, found: &Evaluation) -> Result<(), Failure> {
    if found.choices.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{}",
        styled(HEADING, "who codes each frame in a run, taught by all codings (see its codebook.md)")
    )?;
    let mut rows = vec![["", "coded by", "F1 of rules", "F1 of scorer", "coded with it"].map(str::to_owned).to_vec()];
    let shown = |f1: Option<f64>| f1.map_or_else(|| "-".to_owned(), |f1| rounded(f1, 3));
    for (frame, choice) in &found.choices {
        let f1 = [choice.rules_f1, choice.together_f1].map(shown);
        let mut row = vec![format!("  {frame}"), coder(choice).to_owned()];
        row.extend(f1);
        row.push(choice.carrying.to_string());
        rows.push(row);
    }
    for line in columns(&rows) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// What "together" is to better.
const SIMPLER: [&str; 3] = ["rules", "statistics", TAUGHT];

/// Says so where rules or statistics alone are as good as both together, as far as the codings can tell.
fn warning(part: &Evaluated) -> Option<String> {
    let less = part.less.as_deref().filter(|less| SIMPLER.contains(less))?;
    let found = part.estimates.iter().find(|it| it.label.is_none() && it.metric == Metric::MacroF1)?;
    let (value, interval) = (found.value?, found.interval?);
    let is_the_same = less == "statistics" && interval.low.abs().max(interval.high.abs()) < 1e-12;
    let verdict = if is_the_same {
        return None;
    } else if interval.high < 0.0 {
        "is worse than"
    } else if interval.low > 0.0 {
        return None;
    } else {
        "is not surely better than"
    };
    let Evaluated { design, scorer, .. } = part;
    Some(format!(
        "{design}: {scorer} {verdict} {less}, macro F1 {} [{}, {}]",
        signed(value, 3),
        signed(interval.low, 3),
        signed(interval.high, 3)
    ))
}

fn summary(part: &Evaluated) -> Vec<String> {
    let name = match &part.less {
        None => format!("  {}", part.scorer),
        Some(less) => format!("  {} - {less}", part.scorer),
    };
    let cell = |metric: Metric| {
        let found = part.estimates.iter().find(|it| it.label.is_none() && it.metric == metric);
        match found.map(|it| (it.value, it.interval)) {
            Some((Some(value), Some(it))) => {
                format!("{} [{}, {}]", rounded(value, 3), rounded(it.low, 3), rounded(it.high, 3))
            }
            Some((Some(value), None)) => rounded(value, 3),
            _ => "-".to_owned(),
        }
    };
    std::iter::once(name).chain(SHOWN.map(|(metric, _)| cell(metric))).collect()
}
