//! Small figures, drawn from a CSV each in `golden/` and kept beside it as SVG. A file's name is that of its figure, a case
//! and, where it is not 120 mm wide, its width. Columns that a CSV lacks are empty, or the usual ones. Renew the SVGs with
//! `PARALLAX_RENEW=1 cargo test --test figures`, and read the difference.

use std::fs;
use std::path::{Path, PathBuf};

use parallax::codebook::{Codebook, parse};
use parallax::model::{CompareSettings, KeynessSettings, Mark, ScorerKind, Study, TableFormat};
use parallax::report::{FIGURES, Figure, Look};

use crate::check_page;

const CODEBOOK: &str = "
[[frame]]
id = \"build-up\"
label = \"Military build-up\"
[[frame]]
id = \"fear\"
label = \"Western fearmongering\"
";

/// What stands in columns that a CSV does not have.
const USUAL: [(&str, &str); 7] = [
    ("by", "outlet"),
    ("voice", "all"),
    ("stance", "all"),
    ("unit", "sentence"),
    ("all_groups", "0"),
    ("first_day", "2022-01-03"),
    ("last_day", "2022-03-20"),
];

pub(crate) fn codebook() -> Codebook {
    parse(CODEBOOK, "codebook.toml").unwrap()
}

pub(crate) fn study() -> Study {
    Study {
        title: "Two frames".to_owned(),
        seed: 7,
        codebook: "codebook.toml".to_owned(),
        codings: Vec::new(),
        labels: Vec::new(),
        scorer: ScorerKind::Rules,
        scorer_file: None,
        vectors: None,
        tables: vec![TableFormat::Csv],
        zeros: true,
        notebooks: None,
        output: "results".to_owned(),
        corpus: Vec::new(),
        compare: CompareSettings::default(),
        keyness: KeynessSettings::default(),
        marks: vec![Mark { date: jiff::civil::date(2022, 2, 24), label: "Invasion".to_owned() }],
    }
}

/// The CSV of a case with all columns of its figure.
fn filled(figure: &Figure, path: &Path) -> Vec<u8> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(figure.table.columns.iter().map(|column| column.name)).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let cell = |name: &str| {
            let given = header.iter().position(|known| known == name).map(|place| record[place].to_owned());
            let usual = USUAL.iter().find(|(column, _)| *column == name);
            given.unwrap_or_else(|| usual.map_or_else(String::new, |(_, cell)| (*cell).to_owned()))
        };
        writer.write_record(figure.table.columns.iter().map(|column| cell(column.name))).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Its figure, and its width in millimetres.
fn told_by_name(case: &str) -> (&'static Figure, f64) {
    let figure = FIGURES.into_iter().find(|figure| case.starts_with(figure.name)).unwrap();
    let width = case.rsplit('-').next().and_then(|last| last.strip_suffix("mm")?.parse().ok());
    (figure, width.unwrap_or(120.0))
}

#[test]
fn small_figures_are_those_kept() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures/golden");
    let mut cases: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    cases.sort();
    for figure in FIGURES {
        let of_figure =
            |path: &PathBuf| path.file_name().is_some_and(|name| name.to_str().unwrap().starts_with(figure.name));
        assert!(cases.iter().filter(|path| of_figure(path)).count() >= 2, "{} has cases", figure.name);
    }
    let (study, codebook) = (study(), codebook());
    for path in cases {
        check_case(&path, &study, &codebook);
    }
}

fn check_case(path: &Path, study: &Study, codebook: &Codebook) {
    let case = path.file_stem().unwrap().to_str().unwrap();
    let (figure, width) = told_by_name(case);
    let look = Look { study, frames: &codebook.frames, width, height: None };
    let pages = figure.pages(&filled(figure, path), &look).unwrap();
    assert_eq!(pages.len(), 1, "{case} has one page");
    check_page(case, &pages[0]);
    let kept = path.with_extension("svg");
    if std::env::var_os("PARALLAX_RENEW").is_some() {
        fs::write(&kept, &pages[0]).unwrap();
    }
    let expected = fs::read_to_string(&kept).unwrap_or_default();
    let other = pages[0].lines().zip(expected.lines()).find(|(found, kept)| found != kept);
    assert!(pages[0] == expected, "{case}: {other:?}; renew with PARALLAX_RENEW=1 cargo test --test figures");
}
