//! Whose the files are that stand where outputs belong: what no run of this program wrote is not ours to replace.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::model::TableFormat;
use crate::report::crate_metadata::CRATE_METADATA;
use crate::report::{
    CODEBOOK_PAGE, DATA_PACKAGE, FIGURES, MANIFEST, METHODS_PAGE, NOTEBOOK_FOLDER, NOTEBOOKS, PAGE, REPORTS, Table,
};

/// Bytes of a file within which it says what it is.
const HEAD: u64 = 1 << 16;

/// Files of the folder `output` that have the name of one of these `tables` or `others` and that no run of this program wrote.
///
/// A run lists what it wrote in its manifest. What is not listed may still be of a run: `plan` and `diff` leave no manifest, and
/// somebody may have removed one. Such a file says so itself, a table by its header; a picture, which says nothing, is taken for
/// what the other files are that stand in the way.
#[must_use]
pub fn strangers(output: &Path, tables: &[&Table], others: &[String]) -> Vec<PathBuf> {
    let listed = listed(output);
    let in_the_way = |name: &str| Some(output.join(name)).filter(|path| !listed.contains(name) && path.is_file());
    let tables = tables.iter().filter_map(|table| Some((in_the_way(table.file)?, Some(*table))));
    let others = others.iter().filter_map(|name| Some((in_the_way(name)?, None)));
    let judged: Vec<(PathBuf, Option<bool>)> = tables
        .chain(others)
        .map(|(path, table)| {
            let is_own = table.map_or_else(|| says_own(&path), |table| Some(has_columns(&path, &table.names())));
            (path, is_own)
        })
        .collect();
    let is_of_run = judged.iter().any(|(_, is_own)| *is_own == Some(true));
    judged.into_iter().filter(|(_, is_own)| !is_own.unwrap_or(is_of_run)).map(|(path, _)| path).collect()
}

/// The files of the folder `output` that a run would replace or take away though no run wrote them.
#[must_use]
pub fn strangers_to_run(output: &Path, tables: &[TableFormat]) -> Vec<PathBuf> {
    let results = REPORTS.iter().map(|report| report.table);
    let copies = results.clone().filter(|_| tables.contains(&TableFormat::Parquet)).map(Table::parquet_file);
    let own: Vec<&Table> = results.chain(FIGURES.iter().map(|figure| figure.table)).collect();
    let is_picture = |name: &String| own.iter().all(|table| table.file != name);
    let pictures = FIGURES.iter().flat_map(|figure| figure.files()).filter(is_picture);
    let notebooks = NOTEBOOKS.map(|name| format!("{NOTEBOOK_FOLDER}/{name}"));
    let pages = [CODEBOOK_PAGE, PAGE, METHODS_PAGE, DATA_PACKAGE, CRATE_METADATA, MANIFEST, "scorer.json"];
    let others: Vec<String> = copies.chain(pictures).chain(notebooks).chain(pages.map(str::to_owned)).collect();
    strangers(output, &own, &others)
}

/// Whether `path` is there and no table of these columns, as a command that writes to a place of the user's choice asks.
#[must_use]
pub fn is_stranger(path: &Path, columns: &[&str]) -> bool {
    path.is_file() && !has_columns(path, columns)
}

/// Whether `path` is there and lacks one of these columns, which a command adds to the user's own.
#[must_use]
pub fn lacks_columns(path: &Path, columns: &[&str]) -> bool {
    let names = header_of(path);
    path.is_file() && !columns.iter().all(|column| names.iter().any(|name| name == column))
}

/// What the manifest in the folder lists, and the manifest itself; of one of another version only that is read.
fn listed(output: &Path) -> BTreeSet<String> {
    #[derive(Deserialize)]
    struct Listed {
        path: String,
    }
    #[derive(Deserialize)]
    struct Head {
        program: String,
        outputs: Vec<Listed>,
    }
    // To open a pipe of that name would wait for ever; the run that writes the manifest says what is to be done.
    let manifest = Some(output.join(MANIFEST)).filter(|path| path.is_file()).and_then(|path| fs::read(path).ok());
    let head = manifest.and_then(|bytes| serde_json::from_slice::<Head>(&bytes).ok());
    let outputs = head.filter(|head| head.program == env!("CARGO_PKG_NAME")).map(|head| head.outputs);
    let own = outputs.is_some().then(|| MANIFEST.to_owned());
    outputs.into_iter().flatten().map(|output| output.path).chain(own).collect()
}

/// Whether the header is of these columns. That of another version may have one more or less, and `metadata.csv` has those of
/// its corpus; `document,sentence,frame` of somebody's own `codings.csv` is far from it.
fn has_columns(path: &Path, columns: &[&str]) -> bool {
    let names = header_of(path);
    let shared = columns.iter().filter(|column| names.iter().any(|name| name == *column)).count();
    names.first().map(String::as_str) == columns.first().copied() && shared * 4 >= columns.len() * 3
}

fn header_of(path: &Path) -> Vec<String> {
    let head = head(path);
    let line = head.split(['\n', '\r']).next().unwrap_or_default().trim_start_matches('\u{feff}');
    line.split(',').map(|name| name.trim_matches('"').to_owned()).collect()
}

/// Whether the file says that this program wrote it; `None` of a kind that says nothing.
fn says_own(path: &Path) -> Option<bool> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if ["svg", "png", "parquet"].contains(&&*ending) {
        return None;
    }
    let head = head(path);
    // A codebook in words and a scorer begin so, and nothing in them bears a name.
    let begins = ["# Codebook: ", "{\"format\":"].iter().any(|beginning| head.starts_with(beginning));
    Some(begins || head.to_lowercase().contains(env!("CARGO_PKG_NAME")))
}

fn head(path: &Path) -> String {
    let mut bytes = Vec::new();
    // What cannot be read says nothing; to write there fails with its own message.
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut bytes));
    read.map_or_else(|_| String::new(), |_| String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{CODING_PLAN, WIDTH_CURVE};
    use tempfile::TempDir;

    /// The names of strangers in a folder of these files.
    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let folder = TempDir::new().unwrap();
        for (name, content) in files {
            fs::write(folder.path().join(name), content).unwrap();
        }
        let others = ["codebook.md", "manifest.json", "plan-curve.svg", "report.html"].map(str::to_owned);
        let found = strangers(folder.path(), &[&CODING_PLAN, &WIDTH_CURVE], &others);
        found.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn what_a_run_wrote_is_told_from_what_others_made() {
        let header = CODING_PLAN.header();
        let older = header.replace(",half_width", "");
        let manifest = r#"{"program": "parallax", "outputs": [{"path": "plan.csv"}], "grown": 1}"#;
        for (what, files, strangers) in [
            ("nothing", &[][..], &[][..]),
            ("own table", &[("plan.csv", "week,who\n1,anna\n")], &["plan.csv"]),
            ("nothing in it", &[("plan.csv", "")], &["plan.csv"]),
            ("a few columns of ours", &[("plan.csv", "frame,group_a,needed\n")], &["plan.csv"]),
            ("of a run", &[("plan.csv", &header)], &[]),
            ("of an older run", &[("plan.csv", &older)], &[]),
            ("listed, and changed since", &[("plan.csv", "week\n"), ("manifest.json", manifest)], &[]),
            ("not listed", &[("report.html", "<p>"), ("manifest.json", manifest)], &["report.html"]),
            ("other manifest", &[("manifest.json", r#"{"program": "web", "outputs": []}"#)], &["manifest.json"]),
            ("page of a run", &[("report.html", "<meta name=\"generator\" content=\"Parallax\">")], &[]),
            ("codebook of a run", &[("codebook.md", "# Codebook: Trams\n")], &[]),
            ("picture alone", &[("plan-curve.svg", "<svg/>")], &["plan-curve.svg"]),
            ("picture with its table", &[("plan-curve.svg", "<svg/>"), ("plan.csv", &header)], &[]),
        ] {
            assert_eq!(found(files), strangers, "{what}");
        }
    }
}
