//! `init`: a starter study that runs, or a first study of somebody's own articles.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::analysis::{FirstStudy, first_study, way_to};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{HEADING, harmless, shown, standard_output, styled};
use crate::report::counted;
use crate::study::ColumnGuess;

/// The study and the articles of the starter. They are invented.
const STUDY: (&str, &str) = ("study.toml", include_str!("starter/study.toml"));
const ARTICLES: (&str, &str) = ("articles.csv", include_str!("starter/articles.csv"));

/// Codebooks to begin with, by name.
const CODEBOOKS: [(&str, &str); 2] = [
    ("starter", include_str!("starter/codebook.toml")),
    ("ukraine-crisis", include_str!("../../corpora/ukraine-crisis/codebook.toml")),
];

/// The codebook as the study has it.
const CODEBOOK: &str = "codebook.toml";

/// Writes a study into `folder`: the starter, or one of the articles at `from`.
pub(super) fn init(folder: &Path, from: Option<&str>, codebook: &str, common: &Common) -> Result<Verdict, Failure> {
    check_folder(folder)?;
    let preset = CODEBOOKS.iter().find(|(name, _)| *name == codebook).map(|(_, text)| *text);
    if preset.is_none() && !Path::new(codebook).is_file() {
        return Err(Failure::NoCodebook { name: codebook.to_owned() });
    }
    let codebook = preset.map_or_else(|| way_to(folder, Path::new(codebook)), |_| CODEBOOK.to_owned());
    let first = from.map(|from| first_study(from, folder, &codebook)).transpose()?;
    let study = first.as_ref().map_or(STUDY.1, |first| &first.text);
    let articles = first.is_none().then_some(ARTICLES);
    let files = [Some((STUDY.0, study)), preset.map(|text| (CODEBOOK, text)), articles];
    let files: Vec<(&str, &str)> = files.into_iter().flatten().collect();
    write(folder, &files)?;
    if !common.quiet {
        print(folder, &files, first.as_ref())?;
    }
    Ok(Verdict::Fine)
}

fn check_folder(folder: &Path) -> Result<(), Failure> {
    if !folder.exists() {
        return Ok(());
    }
    if !folder.is_dir() {
        return Err(Failure::NoFolder { folder: folder.to_path_buf() });
    }
    let failed = |error| Failure::Write { path: folder.to_path_buf(), error };
    match fs::read_dir(folder).map_err(failed)?.next() {
        Some(_) => Err(Failure::FolderNotEmpty { folder: folder.to_path_buf() }),
        None => Ok(()),
    }
}

fn write(folder: &Path, files: &[(&str, &str)]) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::Write { path: folder.to_path_buf(), error })?;
    for (name, content) in files {
        let path = folder.join(name);
        fs::write(&path, content).map_err(|error| Failure::Write { path, error })?;
    }
    Ok(())
}

fn print(folder: &Path, files: &[(&str, &str)], first: Option<&FirstStudy>) -> Result<(), Failure> {
    let study = folder.join(STUDY.0);
    let mut out = standard_output();
    if let Some(first) = first {
        print_guesses(&mut out, first)?;
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    writeln!(out, "{}: {}", shown(folder), names.join(", "))?;
    writeln!(out, "Next: parallax check {0}, then parallax run {0}", shown(&study))?;
    Ok(())
}

/// What was guessed, and what only the user can say.
fn print_guesses(out: &mut impl Write, first: &FirstStudy) -> Result<(), Failure> {
    let FirstStudy { columns, profile, .. } = first;
    writeln!(out, "{} by {}:", styled(HEADING, "Guessed"), counted(profile.records, "record"))?;
    for guess in &columns.guesses {
        writeln!(out, "  {:<6} = {:?}  ({})", guess.role, harmless(&guess.column), harmless(&guess.reason))?;
    }
    let absent = |role: &&str| columns.get(role).is_none() && !profile.one_document;
    for role in ["outlet", "date", "title"].into_iter().filter(absent) {
        match columns.unread_date.as_ref().filter(|date| date.role == role) {
            None => writeln!(out, "  {role:<6}   no column looks like one; see study.toml")?,
            Some(ColumnGuess { column, reason, .. }) => {
                writeln!(out, "  {role:<6} = {:?}, but {}; see study.toml", harmless(column), harmless(reason))?;
            }
        }
    }
    if !columns.date_format.is_empty() {
        writeln!(out, "  dates are read as {}", columns.date_format)?;
    }
    if !columns.either_format.is_empty() {
        let formats = columns.either_format.join(" and ");
        writeln!(out, "  dates fit {formats}: only you can tell; write date_format into study.toml")?;
    }
    Ok(())
}
