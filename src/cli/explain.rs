//! `explain`: one document with its cues in context, and why each sentence is coded as it is.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, Learnt, Project};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::{CUE, FAINT, HEADING, harmless, standard_output, styled};
use crate::codebook::Codebook;
use crate::learning::{Contribution, Explained};
use crate::model::{CodedDocument, Coding, Cue, Document, Span, Speaker, Voice};
use crate::report::{counted, rounded, signed};
use crate::study::Reasons;

/// Features that are shown of each coding, besides those of rules.
const MOST_FEATURES: usize = 10;

/// Prints the document called `id`, or one sentence of it.
pub(super) fn explain(study: &Path, id: &str, sentence: Option<usize>, common: &Common) -> Result<Verdict, Failure> {
    let (project, watcher) = (Project::open(study, common.output())?, common.watcher());
    let learnt = Learnt::recorded_or_now(&project, &watcher)?;
    let (document, explanation) = analysis::explain(&project, &learnt, id, &watcher)?;
    let numbers = explanation.sentences.iter().map(|(number, _)| *number);
    if let Some(sentence) = sentence.filter(|sentence| !numbers.clone().any(|number| number == *sentence)) {
        return Err(Failure::NoSuchSentence { id: id.to_owned(), sentence, last: numbers.max().unwrap_or(0) });
    }
    let mut out = standard_output();
    print_head(&mut out, &document, &explanation.coded)?;
    let who = if learnt.coding_labels(&project).is_some() {
        "as labelled as a whole"
    } else {
        "by the scorer of whole documents"
    };
    let explained = if sentence.is_none() { &explanation.whole[..] } else { &[] };
    print_whole(&mut out, &project.codebook, (&explanation.coded, explained), who)?;
    let wanted = explanation.sentences.iter().filter(|(number, _)| sentence.is_none_or(|only| only == *number));
    for (number, span) in wanted {
        let codings: Vec<(&Coding, &Reasons)> = explanation
            .coded
            .codings
            .iter()
            .zip(&explanation.reasons)
            .filter(|(coding, _)| coding.sentence == *number)
            .collect();
        print_sentence(&mut out, &document, (*number, *span), &codings)?;
        if !explanation.coded.labels.covers(*number) {
            writeln!(out, "    no label from outside: counts for nothing")?;
        }
        for (coding, reasons) in codings {
            print_coding(&mut out, &project.codebook, &document, (coding, reasons))?;
        }
    }
    Ok(Verdict::Fine)
}

fn print_head(out: &mut impl Write, document: &Document, coded: &CodedDocument) -> Result<(), Failure> {
    let date = document.date.map(|date| date.to_string()).unwrap_or_default();
    let parts = [document.id.as_str(), document.outlet.as_str(), date.as_str()];
    let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
    writeln!(out, "{}", styled(HEADING, &harmless(&line)))?;
    let hits = coded.codings.iter().filter(|coding| coding.hit).count();
    let [sentences, codings, hits] = [(coded.sentences, "sentence"), (coded.codings.len(), "coding"), (hits, "hit")]
        .map(|(n, noun)| counted(n as u64, noun));
    writeln!(out, "{sentences}, {codings}, {hits}")?;
    Ok(())
}

/// What holds of the document as a whole, by `who`, and where it is explained, why.
fn print_whole(
    out: &mut impl Write,
    codebook: &Codebook,
    (coded, explained): (&CodedDocument, &[(usize, Explained)]),
    who: &str,
) -> Result<(), Failure> {
    for (frame, label) in &coded.labels.whole {
        let said = if label.present { "carries it" } else { "does not carry it" };
        let probability = rounded(f64::from(label.certainty()) / 1e6, 3);
        let why = explained.iter().find(|(explained, _)| explained == frame).map(|(_, why)| why);
        let threshold =
            why.map_or_else(String::new, |why| format!(", threshold {}", (why.threshold * 1e3).round() / 1e3));
        writeln!(out, "  {}: {said}, {who}, probability {probability}{threshold}", codebook.frames[*frame].id)?;
        if let Some(why) = why {
            print_contributions(out, why)?;
        }
    }
    Ok(())
}

/// The sentence with every cue marked; one without codings is faint.
fn print_sentence(
    out: &mut impl Write,
    document: &Document,
    (number, span): (usize, Span),
    codings: &[(&Coding, &Reasons)],
) -> Result<(), Failure> {
    let content = document.content();
    if codings.is_empty() {
        writeln!(out, "\n{}", styled(FAINT, &format!("[{number}] {}", harmless(span.of(content)))))?;
        return Ok(());
    }
    let mut marks: Vec<Span> = codings.iter().flat_map(|(coding, _)| &coding.cues).map(|cue| cue.span).collect();
    marks.sort();
    let mut line = format!("\n[{number}] ");
    let mut at = span.start;
    for mark in marks {
        if mark.end <= at {
            continue;
        }
        let start = mark.start.max(at);
        line += &harmless(&content[at..start]);
        line += &styled(CUE, &harmless(&content[start..mark.end]));
        at = mark.end;
    }
    line += &harmless(&content[at..span.end]);
    writeln!(out, "{line}")?;
    Ok(())
}

fn print_coding(
    out: &mut impl Write,
    codebook: &Codebook,
    document: &Document,
    (coding, reasons): (&Coding, &Reasons),
) -> Result<(), Failure> {
    let frame = &codebook.frames[coding.frame];
    let verdict = if coding.hit { "hit" } else { "below the threshold" };
    let probability = f64::from(coding.probability) / 1e6;
    let learnt = coding.model_score.map_or_else(String::new, |score| format!(", model score {}", signed(score, 2)));
    let threshold = (reasons.score.threshold * 1e3).round() / 1e3;
    let verdict = match &reasons.labeller {
        Some(name) if coding.hit => format!("hit, as labelled by {}", harmless(name)),
        Some(name) => format!("no hit, as labelled by {}", harmless(name)),
        None => format!("{verdict}, threshold {threshold}"),
    };
    writeln!(
        out,
        "    {}  probability {} ({verdict}), rule score {}{learnt}",
        styled(HEADING, &frame.id),
        rounded(probability, 3),
        signed(coding.rule_score, 2)
    )?;
    for (index, (cue, reasons)) in coding.cues.iter().zip(&reasons.cues).enumerate() {
        let leads = coding.cues.len() > 1 && coding.leading == Some(index);
        print_cue(out, codebook, document, cue, leads)?;
        for reason in reasons {
            writeln!(out, "             {}", styled(FAINT, &harmless(reason)))?;
        }
    }
    if coding.cues.is_empty() {
        let stance = match (coding.stance, &reasons.labeller) {
            (Some(stance), Some(_)) => format!("; stance {}, as labelled", stance.as_str()),
            (Some(stance), None) => format!("; stance {}, of most of its words", stance.as_str()),
            (None, Some(_)) => "; no stance, as no words show it".to_owned(),
            (None, None) => String::new(),
        };
        writeln!(out, "      no rule matched; {}{stance}", voice(&coding.speaker))?;
        for reason in &reasons.whole {
            writeln!(out, "             {}", styled(FAINT, &harmless(reason)))?;
        }
    }
    print_contributions(out, &reasons.score)
}

/// What makes the model score: every rule feature, the strongest others, and all the rest in one sum.
fn print_contributions(out: &mut impl Write, score: &Explained) -> Result<(), Failure> {
    let Some((constant, features)) = score.contributions.split_last() else { return Ok(()) };
    let title = if score.was_taught {
        let sum: f64 = score.contributions.iter().map(|part| part.log_odds).sum();
        format!(
            "coded by hand: the score is by learners that have not seen it; with it, {} in log-odds:",
            signed(sum, 2)
        )
    } else {
        "model score, in log-odds:".to_owned()
    };
    let is_rule = |part: &&Contribution| part.name.starts_with("rules:");
    let (rules, others): (Vec<&Contribution>, Vec<&Contribution>) = features.iter().partition(is_rule);
    let (shown, rest) = others.split_at(others.len().min(MOST_FEATURES));
    writeln!(out, "      {}", styled(FAINT, &title))?;
    for part in rules.iter().chain(shown) {
        writeln!(out, "      {}  {}", signed(part.log_odds, 2), harmless(&part.name))?;
    }
    if !rest.is_empty() {
        let sum: f64 = rest.iter().map(|part| part.log_odds).sum();
        writeln!(out, "      {}  {}", signed(sum, 2), counted(rest.len() as u64, "weaker feature"))?;
    }
    writeln!(out, "      {}  constant", signed(constant.log_odds, 2))?;
    Ok(())
}

fn print_cue(
    out: &mut impl Write,
    codebook: &Codebook,
    document: &Document,
    cue: &Cue,
    leads: bool,
) -> Result<(), Failure> {
    let rule = &codebook.rules[cue.rule];
    let words = harmless(cue.span.of(document.content())).into_owned();
    let leading = if leads { "  (leading: voice and stance of the coding)" } else { "" };
    writeln!(out, "      {}  {}  \"{}\"{leading}", signed(rule.weight, 2), rule.id, styled(CUE, &words))?;
    let speaker = Speaker { voice: cue.voice.clone(), verb: cue.verb.clone(), verb_class: cue.verb_class };
    writeln!(out, "             {}; stance {}", voice(&speaker), cue.stance.as_str())?;
    Ok(())
}

fn voice(speaker: &Speaker) -> String {
    match &speaker.voice {
        Voice::Own => "voice: the outlet's own".to_owned(),
        Voice::Unknown => "voice: not known, the language is not supported".to_owned(),
        Voice::Source(source) => {
            let source = source.as_deref().map_or_else(|| "nobody named".into(), |source| harmless(source));
            let verb = speaker.verb.as_deref().map_or_else(String::new, |verb| format!(", \"{}\"", harmless(verb)));
            let class = speaker.verb_class.map_or_else(String::new, |class| format!(" ({})", class.as_str()));
            format!("voice: {source}{verb}{class}")
        }
    }
}
