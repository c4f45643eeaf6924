//! `report.html`: it holds the rows of the tables, its own script and style only, and nothing of an article as markup.

#![expect(clippy::unwrap_used, reason = "a study that cannot be set up is a failed test")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use assert_cmd::Command;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const HARM: [&str; 5] = [
    "<script>window.harmed = 1</script>",
    "</script><b>",
    "\"><img src=x onerror=alert(1)>",
    "{{7*7}} @@script@@",
    "\u{1b}[31mred \u{202e}turned",
];

const CODEBOOK: &str = r#"
[[frame]]
id = "cost"
label = "What it <costs>"
definition = "<b>dear</b>"

[[frame]]
id = "benefit"

[[rule]]
id = "dear"
frame = "cost"
match = "million* | dear"

[[rule]]
id = "useful"
frame = "benefit"
match = "useful"
"#;

/// A study of `articles` (id, outlet, text).
fn study(folder: &Path, articles: &[(String, String, String)], voice: &str) {
    let mut rows = csv::Writer::from_path(folder.join("articles.csv")).unwrap();
    rows.write_record(["id", "outlet", "date", "title", "text"]).unwrap();
    for (place, (id, outlet, text)) in articles.iter().enumerate() {
        let date = format!("2023-05-{:02}", 1 + place % 28);
        rows.write_record([id, outlet, &date, "A dear title", text]).unwrap();
    }
    rows.flush().unwrap();
    fs::write(folder.join("codebook.toml"), CODEBOOK).unwrap();
    let study = format!(
        "title = '''{}'''\ncodebook = \"codebook.toml\"\n[[corpus]]\npath = \"articles.csv\"\n[compare]\nperiod = \"week\"\n\
         voice = \"{voice}\"\ncontrasts = [[\"cost\", \"benefit\"]]\n",
        HARM[0]
    );
    fs::write(folder.join("study.toml"), study).unwrap();
}

fn parallax(folder: &Path, arguments: &[&str]) {
    let mut command = Command::cargo_bin("parallax").unwrap();
    command.current_dir(folder).args(arguments).arg("--quiet").assert().success();
}

/// Articles of two outlets with as much harm as text can do; ids sort before and after the name of their column.
fn harmful() -> Vec<(String, String, String)> {
    let text = |harm: &str, place: usize| {
        format!(
            "{harm} is dear, number {place}. \"It cost a million,\" said Pia {harm}. It is useful. No{}",
            "\u{301}".repeat(3000)
        )
    };
    let article = |(place, harm): (usize, &&str)| {
        let id = format!("{} {harm}", ["a", "document", "z"][place % 3]);
        (id, HARM[place % 2].to_owned(), text(harm, place))
    };
    HARM.iter().enumerate().map(article).collect()
}

fn page(folder: &Path) -> String {
    fs::read_to_string(folder.join("results/report.html")).unwrap()
}

/// What is packed in a page, by name, in order.
fn packed(page: &str) -> BTreeMap<String, Vec<Value>> {
    let mut values: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for element in page.split("<script type=\"application/octet-stream\" class=\"packed\" data-name=\"").skip(1) {
        let (name, rest) = element.split_once("\">").unwrap();
        let bytes = STANDARD.decode(rest.split_once("</script>").unwrap().0).unwrap();
        assert_eq!(&bytes[4..8], [0; 4], "{name}: the gzip header has a time");
        let mut json = String::new();
        GzDecoder::new(&bytes[..]).read_to_string(&mut json).unwrap();
        values.entry(name.to_owned()).or_default().push(serde_json::from_str(&json).unwrap());
    }
    values
}

/// The rows of a packed table, as the page reads them.
fn rows(packed: &BTreeMap<String, Vec<Value>>, name: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for part in packed.get(name).into_iter().flatten() {
        for row in 0..usize::try_from(part["rows"].as_u64().unwrap()).unwrap() {
            let columns = part["words"].as_array().unwrap().iter().zip(part["cells"].as_array().unwrap());
            let cell = |(words, cells): (&Value, &Value)| {
                let word = cells.get(row).map_or(row, |cell| usize::try_from(cell.as_u64().unwrap()).unwrap());
                words[word].as_str().unwrap().to_owned()
            };
            rows.push(columns.map(cell).collect());
        }
    }
    rows
}

fn table(folder: &Path, name: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(folder.join("results").join(name)).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Without the apostrophe that keeps spreadsheets from computing a cell; a page needs none.
fn bare(mut row: Vec<String>) -> Vec<String> {
    for cell in &mut row {
        if let Some(words) = cell.strip_prefix('\'').filter(|words| words.starts_with(['=', '+', '-', '@'])) {
            *cell = words.to_owned();
        }
    }
    row
}

/// Long cells end early in the page.
fn cut(mut row: Vec<String>) -> Vec<String> {
    for cell in &mut row {
        if cell.chars().count() > 2000 {
            *cell = format!("{} […]", cell.chars().take(2000).collect::<String>());
        }
    }
    row
}

#[test]
fn its_tables_are_the_rows_of_the_csv_files() {
    let folder = TempDir::new().unwrap();
    study(folder.path(), &harmful(), "all");
    parallax(folder.path(), &["run", "study.toml"]);
    let packed = packed(&page(folder.path()));
    for name in ["prevalence", "comparisons", "contrasts", "sources", "excluded"] {
        assert_eq!(rows(&packed, name), table(folder.path(), &format!("{name}.csv")), "{name}");
    }
    let groups: BTreeMap<String, String> = harmful().into_iter().map(|(id, outlet, _)| (id, outlet)).collect();
    for name in ["codings", "attributions"] {
        let expected: Vec<Vec<String>> =
            table(folder.path(), &format!("{name}.csv")).into_iter().map(cut).map(bare).collect();
        assert!(expected.len() >= 4, "{name}: {expected:?}");
        let held = rows(&packed, name);
        for row in &held {
            assert_eq!(row[row.len() - 2], groups[&row[0]], "{name}: the group of {}", row[0]);
            assert!(row.last().unwrap().starts_with("2023-W"), "{row:?}");
        }
        let without: Vec<Vec<String>> = held.into_iter().map(|row| bare(row[..row.len() - 2].to_vec())).collect();
        assert_eq!(without, expected, "{name}");
    }
}

#[test]
fn shares_by_voice_are_those_of_a_study_with_that_voice() {
    let folder = TempDir::new().unwrap();
    study(folder.path(), &harmful(), "all");
    parallax(folder.path(), &["run", "study.toml"]);
    let all = packed(&page(folder.path()));
    for voice in ["own", "attributed"] {
        study(folder.path(), &harmful(), voice);
        parallax(folder.path(), &["run", "study.toml"]);
        let expected = table(folder.path(), "prevalence.csv");
        assert!(expected.iter().any(|row| row[6] != "0"), "{voice}: some hits");
        assert_eq!(rows(&all, &format!("voice-{voice}")), expected, "{voice}");
    }
}

#[test]
fn text_of_articles_is_nowhere_markup_and_only_its_own_script_may_run() {
    let folder = TempDir::new().unwrap();
    study(folder.path(), &harmful(), "all");
    parallax(folder.path(), &["run", "study.toml"]);
    let page = page(folder.path());
    for harm in ["<script>window", "</script><b>", "<img", "{{7*7}}", "\u{1b}", "\u{202e}", "<costs>", "<b>dear"] {
        assert!(!page.contains(harm), "{harm:?} stands in the page as it is");
    }
    assert!(page.contains("<h1>&lt;script&gt;window.harmed = 1&lt;/script&gt;</h1>"));
    let between = |open: &str, close: &str| page.split_once(open).unwrap().1.split_once(close).unwrap().0;
    let policy = between("Content-Security-Policy\" content=\"", "\"");
    for (kind, text) in
        [("script", between("<script type=\"module\">", "</script>")), ("style", between("<style>", "</style>"))]
    {
        let allowed = format!("{kind}-src 'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
        assert!(policy.contains(&allowed), "{policy} has no {allowed}");
    }
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"));
    for outside in ["src=", "http-equiv=\"refresh", "@import", "url(", "fetch("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("Permission is hereby granted"), "the licence of what is embedded");
}

#[test]
fn code_takes_it_away_and_compare_writes_it_again() {
    let folder = TempDir::new().unwrap();
    study(folder.path(), &harmful(), "all");
    parallax(folder.path(), &["run", "study.toml", "--threads", "1"]);
    let first = page(folder.path());
    parallax(folder.path(), &["code", "study.toml"]);
    assert!(!folder.path().join("results/report.html").exists());
    parallax(folder.path(), &["compare", "study.toml", "--threads", "2"]);
    assert!(page(folder.path()) == first, "the same bytes from the tables as from the articles");
    parallax(folder.path(), &["verify", "study.toml"]);
}

#[test]
fn what_needs_no_script_stands_in_the_page() {
    let folder = TempDir::new().unwrap();
    study(folder.path(), &harmful(), "all");
    parallax(folder.path(), &["run", "study.toml"]);
    let page = page(folder.path());
    let between = |open: &str, close: &str| page.split_once(open).unwrap().1.split_once(close).unwrap().0;
    let shares = between("id=\"shares\"", "</details>");
    let prevalence = table(folder.path(), "prevalence.csv");
    let whole = prevalence.iter().filter(|row| row[2] == "all").count();
    assert_eq!(shares.matches("<tr><th scope=\"row\">").count(), whole, "{shares}");
    for report in &parallax::report::REPORTS {
        let name = report.table.file.trim_end_matches(".csv");
        let described = between(&format!("id=\"columns-{name}\""), "</details>");
        for column in report.table.columns {
            assert!(described.contains(&format!("<code>{}</code>", column.name)), "{name}: {}", column.name);
        }
    }
    for link in page.split("href=\"#columns-").skip(1) {
        let table = link.split('"').next().unwrap();
        assert!(page.contains(&format!("id=\"columns-{table}\"")), "{table}");
    }
}
