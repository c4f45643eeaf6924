//! The figure of `plan`, which is no figure of a run: drawn from a plan made up, and kept as SVG.

use std::fs;
use std::path::Path;

use parallax::compare::{CodingPlan, WidthPoint};
use parallax::report::{Look, Staging, width_curve_csv, write_width_figure};
use tempfile::TempDir;

use crate::check_page;
use crate::golden::{codebook, study};

/// Widths that fall with the root of the codings to what the documents leave.
fn plan() -> CodingPlan {
    let point = |frame: &str, group: &str, codings: u32, coded: u64| WidthPoint {
        frame: frame.to_owned(),
        group: group.to_owned(),
        codings: u64::from(codings),
        half_width: (0.4 / f64::from(codings) + if group == "Quay" { 0.0002 } else { 0.0012 }).sqrt(),
        coded,
    };
    let mut curve = Vec::new();
    for (frame, group, coded) in [
        ("build-up", "Pennant", 60),
        ("build-up", "The Tidewater Broadcasting News", 0),
        ("build-up", "Quay", 700),
        ("fear", "Pennant", 60),
        ("fear", "The Tidewater Broadcasting News", 200),
        ("fear", "Quay", 90_000),
    ] {
        curve.extend(
            [25, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400].map(|codings| point(frame, group, codings, coded)),
        );
    }
    CodingPlan { wanted: 0.05, needed: Vec::new(), curve, outdated: None }
}

fn pages(plan: &CodingPlan, width: f64) -> (TempDir, Vec<String>) {
    let (study, codebook, folder) = (study(), codebook(), TempDir::new().unwrap());
    let mut staging = Staging::begin(folder.path()).unwrap();
    let look = Look { study: &study, frames: &codebook.frames, width, height: None };
    let names = write_width_figure(&mut staging, &width_curve_csv(plan).unwrap(), &look).unwrap();
    staging.commit().unwrap();
    (folder, names)
}

#[test]
fn the_curves_of_a_plan_are_those_kept() {
    for (width, kept) in [(170.0, "plan-curve.svg"), (85.0, "plan-curve-85mm.svg")] {
        let (folder, names) = pages(&plan(), width);
        assert_eq!(names, ["plan-curve.svg", "plan-curve.png"]);
        assert!(fs::read(folder.path().join("plan-curve.png")).unwrap().starts_with(b"\x89PNG"));
        let found = fs::read_to_string(folder.path().join("plan-curve.svg")).unwrap();
        check_page(kept, &found);
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures/golden").join(kept);
        if std::env::var_os("PARALLAX_RENEW").is_some() {
            fs::write(&kept, &found).unwrap();
        }
        let same = fs::read_to_string(&kept).unwrap_or_default() == found;
        assert!(same, "{}: renew with PARALLAX_RENEW=1 cargo test --test figures", kept.display());
    }
}

#[test]
fn a_plan_without_codings_has_no_picture() {
    let (folder, names) = pages(&CodingPlan { wanted: 0.05, ..CodingPlan::default() }, 170.0);
    assert!(names.is_empty() && !folder.path().join("plan-curve.svg").exists());
}
