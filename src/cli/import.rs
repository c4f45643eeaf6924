//! `import`: a codebook from a dictionary, and what of the dictionary it cannot say.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::analysis::{self, Import};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{HEADING, harmless, shortened, shown, standard_output, styled};
use crate::codebook::import::Loss;
use crate::report::{counted, grouped, losses_path};

/// Losses shown on the terminal; all are in the table.
const MOST_LOSSES: usize = 10;

/// The widest entry, pattern or reason that is shown.
const WIDEST: usize = 60;

/// Writes the codebook of the dictionary `path` and prints what became of its entries.
pub(super) fn import(path: &Path, format: Option<&str>, common: &Common) -> Result<Verdict, Failure> {
    let output = output(common);
    let import = analysis::import(path, format, &output)?;
    if !common.quiet {
        print(&mut standard_output(), &shown(path), &import, &output)?;
    }
    Ok(Verdict::Fine)
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

fn print(out: &mut impl Write, file: &str, import: &Import, output: &Path) -> Result<(), Failure> {
    let Import { imported, codebook, read_as } = import;
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
    writeln!(out, "{}: {frames}, {rules}", styled(HEADING, &shown(output)))?;
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
    writeln!(out, "  {lead}all in {}", shown(table))?;
    Ok(())
}
