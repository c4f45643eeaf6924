//! `plan`: how many more sentences to code for a wanted precision.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, PlannedCoding, Project};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{FAINT, HEADING, columns, harmless, shown, standard_output, styled};
use crate::compare::NeededCodings;
use crate::report::{CODING_PLAN, WIDTH_CURVE, grouped, obstacle_in_words};

/// Prints the plan and writes plan.csv and plan-curve.csv, and a figure of the latter.
pub(super) fn plan(study: &Path, half_width: f64, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(study, None)?;
    let planned = analysis::plan(&project, common.output(), half_width)?;
    if !common.quiet {
        print(&planned, half_width)?;
    }
    Ok(Verdict::Fine)
}

fn print(planned: &PlannedCoding, half_width: f64) -> Result<(), Failure> {
    let mut out = standard_output();
    let title = format!("Codings for 95 % intervals of {half_width} to either side");
    writeln!(out, "{}", styled(HEADING, &title))?;
    let titles = ["frame", "group", "coded", "now", "needed", "draw next", ""];
    let mut rows = vec![titles.map(str::to_owned).to_vec()];
    rows.extend(planned.plan.needed.iter().map(row));
    for line in columns(&rows) {
        writeln!(out, "  {}", line.trim_end())?;
    }
    let about = "draw next is half of what is missing: draw it with sample --add-to, code it, run, and plan again";
    writeln!(out, "  {}", styled(FAINT, about))?;
    let [plan, curve] = [CODING_PLAN.file, WIDTH_CURVE.file].map(|file| planned.folder.join(file));
    writeln!(out, "Tables: {} and {}", shown(&plan), shown(&curve))?;
    if let Some(picture) = planned.pictures.first() {
        writeln!(out, "Figure: {}", shown(&planned.folder.join(picture)))?;
    }
    Ok(())
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
