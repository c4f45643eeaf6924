//! `plan`: how many more sentences to code for a wanted precision.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, PlannedCoding, Project, WantedPlan};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{ALARM, FAINT, HEADING, columns, harmless, shown, standard_output, styled};
use crate::compare::{NeededCodings, ShareBounds};
use crate::report::{CODING_PLAN, SHARE_BOUNDS, WIDTH_CURVE, grouped, obstacle_in_words};

/// Prints the plan and writes plan.csv and plan-curve.csv, and a figure of the latter.
pub(super) fn plan(study: &Path, wanted: WantedPlan, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(study, None)?;
    let planned = analysis::plan(&project, common.output(), wanted)?;
    if !common.quiet {
        print(&planned, wanted.half_width)?;
    }
    Ok(Verdict::Fine)
}

fn print(planned: &PlannedCoding, half_width: f64) -> Result<(), Failure> {
    let mut out = standard_output();
    let title = format!("Codings for 95 % intervals of {half_width} to either side");
    writeln!(out, "{}", styled(HEADING, &title))?;
    if let Some(changed) = &planned.plan.outdated {
        let told = format!(
            "{} has changed since the results that this is planned from: run the study, then plan again",
            harmless(changed)
        );
        writeln!(out, "  {}", styled(ALARM, &told))?;
    }
    let titles = ["frame", "group", "coded", "now", "needed", "draw next", ""];
    let mut rows = vec![titles.map(str::to_owned).to_vec()];
    rows.extend(planned.plan.needed.iter().map(row));
    for line in columns(&rows) {
        writeln!(out, "  {}", line.trim_end())?;
    }
    let about = "draw next is half of what is missing: draw it with sample --add-to, code it, run, and plan again";
    writeln!(out, "  {}", styled(FAINT, about))?;
    if let Some(bounds) = &planned.bounds {
        print_bounds(&mut out, bounds, &planned.folder)?;
    }
    let [plan, curve] = [CODING_PLAN.file, WIDTH_CURVE.file].map(|file| planned.folder.join(file));
    writeln!(out, "Tables: {} and {}", shown(&plan), shown(&curve))?;
    if let Some(picture) = planned.pictures.first() {
        writeln!(out, "Figure: {}", shown(&planned.folder.join(picture)))?;
    }
    Ok(())
}

fn print_bounds(out: &mut impl Write, bounds: &[ShareBounds], folder: &Path) -> Result<(), Failure> {
    writeln!(out, "{}", styled(HEADING, "Bounds if coders err as often as two of them disagree"))?;
    let titles = ["frame", "group", "corrected", "coded twice", "disagree", "bounds", ""];
    let mut rows = vec![titles.map(str::to_owned).to_vec()];
    rows.extend(bounds.iter().map(bounds_row));
    for line in columns(&rows) {
        writeln!(out, "  {}", line.trim_end())?;
    }
    let about = "the bounds hold independent errors of coders; errors that they share show in no disagreement";
    writeln!(out, "  {}", styled(FAINT, about))?;
    writeln!(out, "Table: {}", shown(&folder.join(SHARE_BOUNDS.file)))?;
    Ok(())
}

fn bounds_row(share: &ShareBounds) -> Vec<String> {
    let corrected = share.corrected.map(|(estimate, it)| format!("{estimate:.3} [{:.3}, {:.3}]", it.low, it.high));
    let is_coded_twice = share.disagreement.coded_twice > 0;
    vec![
        harmless(&share.frame).into_owned(),
        harmless(&share.group).into_owned(),
        corrected.unwrap_or_default(),
        grouped(share.disagreement.coded_twice),
        if is_coded_twice { format!("{:.3}", share.disagreement.share) } else { String::new() },
        share.bounds().map_or_else(String::new, |it| format!("[{:.3}, {:.3}]", it.low, it.high)),
        share.note(),
    ]
}

fn row(needed: &NeededCodings) -> Vec<String> {
    let sides = |of: [u64; 2]| match needed.group_b {
        None => grouped(of[0]),
        Some(_) => format!("{} + {}", grouped(of[0]), grouped(of[1])),
    };
    let group = match &needed.group_b {
        None => needed.group_a.clone(),
        Some(other) => format!("{} - {other}", needed.group_a),
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "codings, 0 to a million")]
    let all = needed.needed.map(|all| all.map(|codings| codings.ceil() as u64));
    vec![
        harmless(&needed.frame).into_owned(),
        harmless(&group).into_owned(),
        sides(needed.present),
        needed.half_width.map_or_else(String::new, |half| format!("{half:.3}")),
        all.map_or_else(String::new, sides),
        needed.to_draw().map_or_else(String::new, sides),
        obstacle_in_words(needed.obstacle),
    ]
}
