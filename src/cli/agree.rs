//! `agree`: how far human coders agree.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::coded::spare;
use crate::cli::failure::Failure;
use crate::cli::project::Project;
use crate::cli::terminal::{ALARM, FAINT, HEADING, columns, counted, harmless, styled};
use crate::corpus::{CodingScope, HandCodings, read_hand_codings};
use crate::model::HandCoding;
use crate::report::{ALL_CODINGS, DISAGREEMENTS, Staging, write_all_codings, write_reliability};
use crate::stats::Interval;
use crate::study::have_same_words;
use crate::validate::{Agreement, Aspect, Reliability, Scope, intercoder_reliability};

/// Where the tables go unless `--output` says otherwise.
const FOLDER: &str = "agreement";

/// The study that is meant where none is named.
const STUDY: &str = "study.toml";

/// Records left out that are shown.
const MOST_EXCLUDED: usize = 5;

/// What the user asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    /// Files of codings.
    pub(super) files: &'a [PathBuf],
    /// Whose codebook says what a frame is.
    pub(super) study: Option<&'a Path>,
    /// Columns that hold codings.
    pub(super) labels: &'a [String],
}

/// Compares the codings in `files`, prints a summary and writes agreement.csv and disagreements.csv.
pub(super) fn agree(request: Request<'_>, common: &Common) -> Result<Verdict, Failure> {
    let files = request.files;
    let mut codings = read(request, common)?;
    codings.notes.extend(leave_out_other_words(&mut codings.codings));
    let found = intercoder_reliability(&codings.codings).ok_or_else(|| nothing_shared(files, &codings))?;
    let folder = common.output.clone().unwrap_or_else(|| PathBuf::from(FOLDER));
    // Disagreements that were adjudicated are codings now.
    let inputs: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    spare(&folder.join(DISAGREEMENTS.file), &inputs)?;
    spare(&folder.join(ALL_CODINGS.file), &inputs)?;
    let mut staging = Staging::begin(&folder)?;
    write_reliability(&mut staging, &found)?;
    write_all_codings(&mut staging, &codings.codings)?;
    staging.commit()?;
    if !common.quiet {
        print(&found, &codings, &folder)?;
    }
    Ok(Verdict::Fine)
}

/// The codings of the frames of the study that is named, else of that in the working folder if the files are about its
/// frames, else of every column that is not known to hold something else.
fn read(request: Request<'_>, common: &Common) -> Result<HandCodings, Failure> {
    let Request { files, study, labels, .. } = request;
    let here = Path::new(STUDY);
    let (path, is_named) = match study {
        Some(path) => (path, true),
        None => (here, false),
    };
    let any = |notes: Vec<String>| -> Result<HandCodings, Failure> {
        let mut found = read_hand_codings(files, CodingScope { frames: None, labels })?;
        found.notes.extend(notes);
        Ok(found)
    };
    if !is_named && (!labels.is_empty() || !here.is_file()) {
        return any(Vec::new());
    }
    let frames = match Project::open(path, common) {
        Ok(project) => project.frames(),
        Err(failure) if is_named => return Err(failure),
        Err(failure) => return any(vec![format!("{STUDY} here does not say what the frames are: {failure}")]),
    };
    match read_hand_codings(files, CodingScope { frames: Some(&frames), labels }) {
        Ok(found) if is_named || !found.codings.is_empty() => Ok(found),
        Err(failure) if is_named => Err(failure.into()),
        _ => any(vec![format!("no frame of {STUDY} here is in the files, so every column that may be one is taken")]),
    }
}

/// Leaves out units that coders saw other words of: the number is the same, the sentence is not.
fn leave_out_other_words(codings: &mut Vec<HandCoding>) -> Option<String> {
    let mut words: BTreeMap<(String, Option<usize>), &str> = BTreeMap::new();
    let mut other: BTreeSet<(String, Option<usize>)> = BTreeSet::new();
    for coding in codings.iter().filter(|coding| !coding.text.trim().is_empty()) {
        let unit = (coding.document.clone(), coding.sentence);
        match words.get(&unit) {
            Some(first) if !have_same_words(first, &coding.text) => {
                other.insert(unit);
            }
            Some(_) => {}
            None => {
                words.insert(unit, &coding.text);
            }
        }
    }
    let (document, sentence) = other.first()?.clone();
    let count = counted(other.len() as u64, "unit");
    codings.retain(|coding| !other.contains(&(coding.document.clone(), coding.sentence)));
    let unit = sentence.map_or_else(String::new, |sentence| format!("sentence {sentence} of "));
    Some(format!("{count} left out, as the coders had other words before them; the first is {unit}\"{document}\""))
}

fn nothing_shared(files: &[PathBuf], codings: &HandCodings) -> Failure {
    let coders = codings.coders();
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let coders = match &coders[..] {
        [] => "there is no coding".to_owned(),
        [one] => format!("there is only \"{one}\""),
        several => format!("the coders {}", several.join(", ")),
    };
    Failure::NothingShared { files: files.join(", "), coders }
}

fn print(found: &Reliability, codings: &HandCodings, folder: &Path) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let left_out = codings.excluded.len() as u64;
    if left_out > 0 {
        let title = format!("{} read, {} left out", counted(codings.read(), "record"), counted(left_out, "coding"));
        writeln!(out, "{}", styled(ALARM, &title))?;
        for record in codings.excluded.iter().take(MOST_EXCLUDED) {
            let place = format!("{}, record {}", harmless(&record.origin.file), record.origin.record);
            writeln!(out, "  {place}: {}", harmless(&record.detail))?;
        }
    }
    for note in &codings.notes {
        writeln!(out, "{}", harmless(note))?;
    }
    for (what, names) in [("Coders", codings.coders()), ("Frames", codings.frames())] {
        writeln!(out, "{what}: {}", harmless(&names.join(", ")))?;
    }
    for (aspect, title) in [
        (Aspect::Value, "Agreement of all coders"),
        (Aspect::Voice, "Voice, where both see the frame"),
        (Aspect::Stance, "Stance, where both see the frame"),
    ] {
        let of_all = |row: &&Agreement| row.scope == Scope::All && row.aspect == aspect;
        let titles = ["frame", "units", "agree", "Cohen", "Fleiss", "alpha", "95 % interval"];
        let mut rows = vec![titles.map(str::to_owned).to_vec()];
        rows.extend(found.agreements.iter().filter(of_all).map(row));
        if rows.len() > 1 {
            writeln!(out, "{}", styled(HEADING, title))?;
            columns(&rows).iter().try_for_each(|line| writeln!(out, "  {line}"))?;
        }
    }
    let about = "alpha: Krippendorff's, nominal; .800 and .667 are conventions for firm and for tentative conclusions";
    writeln!(out, "  {}", styled(FAINT, about))?;
    let differing = counted(found.disagreements.len() as u64, "disagreement");
    writeln!(out, "{differing} to adjudicate; tables: {}", folder.display())?;
    let all = folder.join(ALL_CODINGS.file);
    writeln!(out, "All coders in one file, for `codings` of a study: {}", all.display())?;
    Ok(())
}

fn row(found: &Agreement) -> Vec<String> {
    let shown = |number: Option<f64>| number.map_or_else(|| "-".to_owned(), |number| format!("{number:.3}"));
    let alpha = found.alphas[0];
    let interval = alpha.and_then(|(_, interval)| interval);
    vec![
        harmless(&found.frame).into_owned(),
        found.units.to_string(),
        found.percent.map_or_else(|| "-".to_owned(), |share| format!("{:.1} %", share * 100.0)),
        shown(found.cohen),
        shown(found.fleiss),
        shown(alpha.map(|(estimate, _)| estimate)),
        interval.map_or_else(|| "-".to_owned(), |Interval { low, high }| format!("{low:.3} to {high:.3}")),
    ]
}
