//! `suggest`: rules that a frame may lack, as text to paste into the codebook.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, Project, SuggestRequest, Suggested};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{FAINT, harmless, shown, standard_output, styled};
use crate::report::{counted, grouped, percent};
use crate::study::{JudgedHit, LEAST_CARRIERS, RuleSuggestion};

/// What is counted: of a sentence in forty copies of wire copy one, so that "1 sentence" would deny what `check` counts.
const DISTINCT: &str = "distinct sentence";

/// Prints the rules, each below what speaks for it as a comment, so that all of it can be pasted; or writes them to the file
/// of `--output`. What was learnt from goes to stderr.
pub(super) fn suggest(study: &Path, frame: &str, size: usize, common: &Common) -> Result<Verdict, Failure> {
    let project = Project::open(study, None)?;
    let request = SuggestRequest { frame, size, output: common.output() };
    let found = analysis::suggest(&project, &request, &common.watcher())?;
    let mut out = standard_output();
    match common.output() {
        None => found.rules.iter().try_for_each(|rule| print_rule(&mut out, frame, rule))?,
        Some(file) if !common.quiet => writeln!(out, "{}", shown(file))?,
        Some(_) => {}
    }
    if !common.quiet {
        print_basis(frame, &found)?;
    }
    Ok(Verdict::Fine)
}

fn print_rule(out: &mut impl Write, frame: &str, rule: &RuleSuggestion) -> Result<(), Failure> {
    for line in [evidence(rule), precision(rule)] {
        writeln!(out, "{}", styled(FAINT, &format!("# {line}")))?;
    }
    for JudgedHit { text, document, sentence, .. } in &rule.doubtful {
        let line = format!("# to keep out? {}:{sentence} {}", harmless(document), harmless(text));
        writeln!(out, "{}", styled(FAINT, &line))?;
    }
    writeln!(out, "{}", harmless_lines(&rule.rule(frame)))?;
    Ok(())
}

fn evidence(rule: &RuleSuggestion) -> String {
    let beside =
        if rule.adds == rule.new { String::new() } else { format!(", {} beside those above", grouped(rule.adds)) };
    format!(
        "{} that no rule matches{beside}, in {} of {}; {} of them read like the frame's",
        counted(rule.new, DISTINCT),
        counted(rule.documents, "document"),
        counted(rule.groups, "group"),
        grouped(rule.alike),
    )
}

fn precision(rule: &RuleSuggestion) -> String {
    match rule.precision {
        None => "precision not estimated: none of them is coded".to_owned(),
        Some(it) => format!(
            "precision {} [{}, {}] by {} of them",
            percent(it.share),
            percent(it.interval.low),
            percent(it.interval.high),
            counted(it.codings, "coding")
        ),
    }
}

/// Lines of corpus text, of which none may move the cursor.
fn harmless_lines(text: &str) -> String {
    text.lines().map(|line| harmless(line).into_owned() + "\n").collect()
}

fn print_basis(frame: &str, found: &Suggested) -> Result<(), Failure> {
    let mut out = anstream::stderr();
    for note in &found.notes {
        writeln!(out, "{}", harmless(note))?;
    }
    let with = counted(found.carriers, DISTINCT);
    if found.carriers < LEAST_CARRIERS as u64 {
        writeln!(out, "{with} with the frame \"{frame}\", too few to learn from; {LEAST_CARRIERS} are needed")?;
    } else if found.rules.is_empty() {
        writeln!(out, "No pattern stands in several sentences that read like the {with} with the frame \"{frame}\"")?;
    } else {
        let codings = if found.codings == 0 {
            String::new()
        } else {
            format!(", {} of it", counted(found.codings, "coded sentence"))
        };
        writeln!(
            out,
            "From {with} with the frame \"{frame}\"{codings}: {}",
            counted(found.rules.len() as u64, "rule")
        )?;
        writeln!(
            out,
            "{}",
            styled(
                FAINT,
                "What reads alike ranks; whether a rule is right, its sentences say: read them before it is pasted"
            )
        )?;
    }
    Ok(())
}
