//! `import`: a codebook from a dictionary, and what of the dictionary it cannot say.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{HEADING, counted, grouped, harmless, shortened, styled};
use crate::codebook::import::{FORMATS, Format, Imported, Loss, convert};
use crate::codebook::{self, Codebook};
use crate::corpus::read_dictionary;
use crate::report::{losses_path, write_import};

/// Losses shown on the terminal; all are in the table.
const MOST_LOSSES: usize = 10;

/// The widest entry, pattern or reason that is shown.
const WIDEST: usize = 60;

/// Writes the codebook of the dictionary `path` and prints what became of its entries.
pub(super) fn import(path: &Path, format: Option<&str>, common: &Common) -> Result<Verdict, Failure> {
    let file = path.display().to_string();
    let (text, encoding) = read_dictionary(path)?;
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let format = format.map_or_else(|| Format::of_file(&extension, &text), Format::named);
    let format = format.ok_or_else(|| Failure::UnknownDictionary { file: file.clone(), formats: format_names() })?;
    let dictionary = (format.read)(&text).map_err(|error| Failure::Dictionary { file: file.clone(), error })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let imported = convert(&dictionary, format, &name);
    let output = output(common);
    // What is written must be a codebook that `check` accepts.
    let codebook = codebook::parse(&imported.codebook, &output.display().to_string())?;
    write_import(&imported, &output)?;
    if !common.quiet {
        let read_as =
            encoding.map_or_else(|| format.title.to_owned(), |encoding| format!("{}, {encoding}", format.title));
        print(&mut anstream::stdout().lock(), (&file, &read_as), &imported, (&codebook, &output))?;
    }
    Ok(Verdict::Fine)
}

fn format_names() -> String {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join("|")
}

/// `--output` as a file where it ends in `.toml`, else as a folder.
fn output(common: &Common) -> PathBuf {
    const NAME: &str = "codebook.toml";
    match &common.output {
        None => PathBuf::from(NAME),
        Some(path) if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) => path.clone(),
        Some(folder) => folder.join(NAME),
    }
}

fn print(
    out: &mut impl Write,
    (file, read_as): (&str, &str),
    imported: &Imported,
    (codebook, output): (&Codebook, &Path),
) -> Result<(), Failure> {
    let tally = imported.tally;
    let entries =
        if tally.read == 1 { "1 entry".to_owned() } else { format!("{} entries", grouped(tally.read as u64)) };
    let [kept, approximated, dropped] =
        [tally.kept, tally.approximated, tally.dropped].map(|count| grouped(count as u64));
    writeln!(out, "{} ({read_as})", styled(HEADING, &harmless(file)))?;
    writeln!(out, "{entries} read = {kept} kept + {approximated} approximated + {dropped} dropped")?;
    if tally.repeated > 0 {
        let repeated = grouped(tally.repeated as u64);
        writeln!(out, "  of these, said before in the same category and written once: {repeated}")?;
    }
    if !imported.empty.is_empty() {
        let names: Vec<_> = imported.empty.iter().map(|name| harmless(name)).collect();
        writeln!(out, "  without words, and so without a rule: {}", shortened(&names.join(", "), 2 * WIDEST))?;
    }
    print_losses(out, &imported.losses, &losses_path(output))?;
    let frames = counted(codebook.frames.len() as u64, "frame");
    let rules = counted(codebook.rules.len() as u64, "rule");
    writeln!(out, "{}: {frames}, {rules}", styled(HEADING, &harmless(&output.display().to_string())))?;
    writeln!(out, "Next: write the definitions, name the codebook in a study, and parallax check it")?;
    Ok(())
}

fn print_losses(out: &mut impl Write, losses: &[Loss], table: &Path) -> Result<(), Failure> {
    if losses.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", styled(HEADING, "Not kept exactly"))?;
    for loss in losses.iter().take(MOST_LOSSES) {
        let entry = shortened(&harmless(&loss.entry), WIDEST);
        let outcome = loss.outcome.as_str();
        writeln!(out, "  line {}, {}: {entry}", loss.line, harmless(&loss.category))?;
        let became = if loss.pattern.is_empty() { String::new() } else { format!(" to {}", harmless(&loss.pattern)) };
        writeln!(out, "    {outcome}{}: {}", shortened(&became, WIDEST), harmless(&loss.reason))?;
    }
    let more = losses.len().saturating_sub(MOST_LOSSES);
    let lead = if more > 0 { format!("and {} more; ", grouped(more as u64)) } else { String::new() };
    writeln!(out, "  {lead}all in {}", harmless(&table.display().to_string()))?;
    Ok(())
}
