//! `codebook.md`: the codebook as a document, for the appendix of a paper.

use crate::codebook::{Codebook, Frame, NOTATION, Rule, RuleVoice};
use crate::learning::{Choice, EstimatedShare, RivalShares, ScoringMethod};
use crate::model::{Stance, Unit};
use crate::report::escape::{code, markdown};
use crate::report::number;
use crate::report::{Labelling, ReliabilityBin, ReportError, Staging, counted, rounded};
use crate::study::{DocumentChoice, DocumentShares};
use crate::validate::{ALL_FRAMES, Agreement};

/// Name of the codebook as a document.
pub const CODEBOOK_PAGE: &str = "codebook.md";

/// Writes the page.
///
/// # Errors
/// When the file cannot be written.
pub fn write_codebook_page(
    staging: &mut Staging,
    codebook: &Codebook,
    evidence: &CodebookEvidence,
) -> Result<(), ReportError> {
    staging.write(CODEBOOK_PAGE, codebook_page(codebook, evidence).as_bytes())
}

/// What hand codings say of the instrument; all empty where there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodebookEvidence {
    /// How far all coders agree, by frame.
    pub agreements: Vec<Agreement>,
    /// Who codes each frame that was learnt, by id of the frame.
    pub choices: Vec<(String, Choice)>,
    /// How the scorer's probabilities hold up.
    pub reliability: Vec<ReliabilityBin>,
    /// From how many sentences on a document carries a frame, where whole documents were coded.
    pub documents: Vec<DocumentChoice>,
    /// Labels from outside, where they code.
    pub labelling: Option<Labelling>,
}

/// The codebook in Markdown: how to code, every frame with its rules and examples, word lists, sources, reliability.
#[must_use]
pub fn codebook_page(codebook: &Codebook, evidence: &CodebookEvidence) -> String {
    let rules = codebook.rules.len();
    let examples: usize = codebook.rules.iter().map(|rule| rule.hits.len() + rule.misses.len()).sum();
    let mut page = Page(format!("# Codebook: {}\n", markdown(&codebook.title)));
    page.paragraph(&format!(
        "Language of the texts: {}. {} frames, {rules} rules with {examples} examples, {} word lists.",
        code(&codebook.language),
        codebook.frames.len(),
        codebook.lists.len(),
    ));
    page.paragraph(&format!(
        "The coding unit is the sentence; the title counts as one. A sentence may carry several frames. A rule that matches is \
         evidence for its frame; the weights of the matches add up to a score, whose logistic function is the probability, and \
         the sentence carries the frame where that reaches the frame's threshold.{} Voice says who speaks the words (the outlet \
         or a source), stance whether that voice affirms or rejects the frame.",
        recalibrated(&evidence.choices),
    ));
    page.overview(codebook);
    page.heading(2, "How patterns are read");
    page.paragraph(NOTATION.trim_end());
    page.heading(2, "Frames");
    for (number, frame) in codebook.frames.iter().enumerate() {
        page.frame(codebook, number, frame);
    }
    page.lists(codebook);
    page.reliability(evidence);
    page.0
}

/// Said where the probabilities of codings.csv are not those that the rules alone would give.
fn recalibrated(choices: &[(String, Choice)]) -> &'static str {
    if choices.is_empty() || measured_on(choices) != "sentences" {
        return "";
    }
    " That is how the rules are written, and the thresholds here are theirs. In this study hand codings recalibrated the probabilities: \
     the thresholds used, and who codes a frame, stand under Reliability."
}

/// Markdown that grows by blocks.
struct Page(String);

impl Page {
    fn heading(&mut self, level: usize, text: &str) {
        self.paragraph(&format!("{} {text}", "#".repeat(level)));
    }

    fn paragraph(&mut self, text: &str) {
        self.0 += "\n";
        self.0 += text;
        self.0 += "\n";
    }

    fn line(&mut self, text: &str) {
        self.0 += text;
        self.0 += "\n";
    }

    fn overview(&mut self, codebook: &Codebook) {
        self.paragraph("| frame | id | threshold | rules |\n|---|---|--:|--:|");
        for (number, frame) in codebook.frames.iter().enumerate() {
            let rules = codebook.rules.iter().filter(|rule| rule.frame == number).count();
            // A bar in a code span would still end a table's cell; an id has none.
            let (label, id) = (markdown(&frame.label), code(&frame.id));
            self.line(&format!("| {label} | {id} | {} | {rules} |", frame.threshold));
        }
    }

    fn frame(&mut self, codebook: &Codebook, number: usize, frame: &Frame) {
        self.heading(3, &markdown(&frame.label));
        let definition = match frame.definition.trim() {
            "" => "No definition is given.".to_owned(),
            text => markdown(text),
        };
        self.paragraph(&format!("*Id:* {}. *Threshold:* {}.", code(&frame.id), frame.threshold));
        self.paragraph(&definition);
        let rules: Vec<&Rule> = codebook.rules.iter().filter(|rule| rule.frame == number).collect();
        if rules.is_empty() {
            self.paragraph("No rule finds this frame.");
        }
        for rule in rules {
            self.rule(rule);
        }
    }

    /// A rule as a list item: patterns, what is out of the ordinary, examples.
    fn rule(&mut self, rule: &Rule) {
        self.paragraph(&format!("- **{}**: {}", markdown(&rule.id), code(&rule.written.matches)));
        if let Some(unless) = &rule.written.unless {
            self.line(&format!("  - not with, or in the clause of, {}", code(unless)));
        }
        for remark in remarks(rule) {
            self.line(&format!("  - {remark}"));
        }
        for (title, examples) in [("matches", &rule.hits), ("does not match", &rule.misses)] {
            for example in examples {
                self.line(&format!("  - {title}: {}", markdown(example)));
            }
        }
    }

    fn lists(&mut self, codebook: &Codebook) {
        let lists = codebook.lists.iter().map(|list| (format!("{{{}}}", list.name), &list.entries));
        self.entries("Word lists", lists.collect());
        let sources = codebook.sources.iter().map(|group| (group.id.clone(), &group.names));
        self.entries("Groups of sources", sources.collect());
    }

    fn entries(&mut self, title: &str, lists: Vec<(String, &Vec<String>)>) {
        if lists.is_empty() {
            return;
        }
        self.heading(2, title);
        for (name, entries) in lists {
            let entries: Vec<String> = entries.iter().map(|entry| code(entry)).collect();
            self.paragraph(&format!("- {}: {}", code(&name), entries.join(", ")));
        }
    }

    /// What is known of how far people agree on the frames, and the scorer with people.
    fn reliability(&mut self, evidence: &CodebookEvidence) {
        self.heading(2, "Reliability");
        if let Some(labelling) = &evidence.labelling {
            self.paragraph(&format!(
                "**Who coded.** {} `parallax evaluate` measures the labels against people.",
                markdown(&labelling.in_words())
            ));
        }
        let CodebookEvidence { agreements, choices, .. } = evidence;
        if agreements.is_empty() {
            self.paragraph(
                "No sentence was coded by two people. `parallax sample` draws sentences for human coders, `parallax agree` \
                 says how far they agree; named as `codings` in the study file, their codings appear here.",
            );
        } else {
            self.agreements(agreements);
        }
        if !choices.is_empty() {
            self.choices(choices);
        }
        if !evidence.documents.is_empty() {
            self.documents(&evidence.documents);
        }
    }

    fn documents(&mut self, choices: &[DocumentChoice]) {
        self.paragraph(
            "**Documents against human coders.** From how many of its sentences on a document carries a frame: what brings the \
             share of the coded documents nearest to that of people, where the study does not say it and ten or more carry \
             the frame and ten or more do not; a label from outside of a whole document asks for no number. F1 of what was chosen is on documents that it was not chosen by, a tenth of them at a time; where the rules stand beside a \
             scorer above, theirs is on the scorer's folds, and may differ.",
        );
        let head = "| frame | coded | with it | by people | by any sentence | as used | F1 of any | F1 as used | carries it from |";
        self.paragraph(&format!("{head}\n|---|--:|--:|--:|--:|--:|--:|--:|---|"));
        for choice in choices {
            let DocumentChoice { frame, least, documents, carrying, shares, any_f1, f1, .. } = choice;
            let least = if choice.is_labelled { "its label".to_owned() } else { least.to_string() };
            let DocumentShares { people, any, used } = *shares;
            let shares = [people, any, used].map(|share| format!("{:.1} %", share * 100.0)).join(" | ");
            let (any_f1, f1) = (thousandths(*any_f1), thousandths(*f1));
            self.line(&format!(
                "| {} | {documents} | {carrying} | {shares} | {any_f1} | {f1} | {least} |",
                code(frame)
            ));
        }
    }

    fn agreements(&mut self, agreements: &[Agreement]) {
        self.paragraph(
            "**Human coders among themselves.** Krippendorff's alpha (nominal) over the sentences that at least two coders \
             coded, with 95 % intervals by leaving out one document at a time, none where nothing that is left out changes \
             it; the share is that of pairs of codings that agree.",
        );
        self.paragraph("| frame | sentences | agreement | alpha | 95 % interval |\n|---|--:|--:|--:|--:|");
        for Agreement { frame, units, percent, alphas, .. } in agreements {
            let alpha = alphas[0].map(|(estimate, _)| estimate);
            let interval = alphas[0].and_then(|(_, interval)| interval);
            let interval =
                interval.map_or_else(String::new, |it| format!("{} to {}", rounded(it.low, 3), rounded(it.high, 3)));
            let percent = percent.map_or_else(String::new, number::percent);
            let frame = if frame == ALL_FRAMES { "all".to_owned() } else { code(frame) };
            self.line(&format!("| {frame} | {units} | {percent} | {} | {interval} |", thousandths(alpha)));
        }
    }

    fn choices(&mut self, choices: &[(String, Choice)]) {
        let units = measured_on(choices);
        let (of_rules, of_others, threshold) = match choices[0].1.unit() {
            Unit::Sentence => (
                "the rules as written",
                ", and hand codings only say how probable the frame is where they match",
                "the probability from which a sentence is a hit",
            ),
            Unit::Document => (
                "the rules, which find a frame where as many sentences carry it as other documents have taught",
                "",
                "the probability from which a document as a whole is a hit, or the sentences that the rules ask of it",
            ),
        };
        self.paragraph(&format!(
            "**The instrument against human coders.** F1 of {of_rules}, and of the scorer that has learnt from hand \
             codings and is drawn toward the rules where codings are few, on coded {units} that neither its learners nor \
             its threshold had seen. Its F1 is given as measured, and as it is to be expected on other {units}: the gain \
             over the rules drawn toward none by how unsure it is, since what is chosen for its measure looks better than it \
             is. The scorer codes a frame that 30 coded {units} or more carry and 30 do not, where it is three to one that \
             there is a gain, and where it surely finds more than as many guesses would (one-sided, 1 % for all frames \
             together); the rules code the others{of_others}. The standard error of the measured difference takes texts for the \
             units, and allows for learners that share most of what they learnt from. The threshold is {threshold}."
        ));
        let head = "| frame | coded with it | in texts | F1 of rules | F1 of scorer | as measured | standard error | \
                    threshold | coded by |";
        self.paragraph(&format!("{head}\n|---|--:|--:|--:|--:|--:|--:|--:|---|"));
        for (frame, choice) in choices {
            let Choice { carrying, documents, rules_f1, together_f1, measured_f1, standard_error, .. } = *choice;
            let numbers = [rules_f1, together_f1, measured_f1, standard_error].map(thousandths).join(" | ");
            let (from, coder) = (hit_from(choice), coder(choice));
            self.line(&format!("| {} | {carrying} | {documents} | {numbers} | {from} | {coder} |", code(frame)));
        }
        self.rivals(choices);
    }

    /// Frames whose share of the corpus depends on who codes them.
    fn rivals(&mut self, choices: &[(String, Choice)]) {
        let differing: Vec<String> = choices.iter().filter_map(|(frame, choice)| rival_shares(frame, choice)).collect();
        if !differing.is_empty() {
            self.paragraph(
                "**Shares that depend on who codes**, beyond their 95 % intervals (documents are the units):",
            );
            self.paragraph(
                &differing.iter().map(|line| format!("- {}", markdown(line))).collect::<Vec<_>>().join("\n"),
            );
        }
    }
}

/// What scorer and rules were measured on: "sentences", or "documents" where these were coded as a whole.
#[must_use]
pub fn measured_on(choices: &[(String, Choice)]) -> &'static str {
    match choices.first().map_or(Unit::Sentence, |(_, choice)| choice.unit()) {
        Unit::Sentence => "sentences",
        Unit::Document => "documents",
    }
}

/// Who codes a frame, in a word.
#[must_use]
pub const fn coder(choice: &Choice) -> &'static str {
    match choice.method {
        ScoringMethod::Rules => "rules",
        ScoringMethod::Together => "scorer",
    }
}

/// "cost: by scorer, which codes it, 24.8 % [20.1, 30.2]; by rules 8.8 % [6.0, 12.5]" where the two differ beyond their
/// intervals.
#[must_use]
pub fn rival_shares(frame: &str, choice: &Choice) -> Option<String> {
    let shares = choice.shares.filter(RivalShares::differ)?;
    let said = |share: EstimatedShare| {
        let [share, low, high] = [share.share, share.low, share.high].map(|number| number * 100.0);
        format!("{share:.1} % [{low:.1}, {high:.1}]")
    };
    let (own, other, rival) = match choice.method {
        ScoringMethod::Rules => (shares.rules, shares.scorer, "scorer"),
        ScoringMethod::Together => (shares.scorer, shares.rules, "rules"),
    };
    Some(format!("{frame}: by {}, which codes it, {}; by {rival} {}", coder(choice), said(own), said(other)))
}

/// "cost (in 61 coded sentences; F1 of the scorer 0.97, of the rules 0.45; a hit from a probability of 0.43)", as console and report
/// say it.
#[must_use]
pub fn coded_by(frame: &str, choice: &Choice) -> String {
    let shown = |f1: Option<f64>| f1.map_or_else(|| "not measured".to_owned(), |f1| format!("{f1:.2}"));
    let (own, other, rival) = match choice.method {
        ScoringMethod::Rules => (choice.rules_f1, choice.together_f1, "scorer"),
        ScoringMethod::Together => (choice.together_f1, choice.rules_f1, "rules"),
    };
    let found = counted(choice.carrying, &format!("coded {}", choice.unit().as_str()));
    let from = match choice.least.filter(|_| choice.method == ScoringMethod::Rules) {
        Some(least) => least.to_string(),
        None => format!("a probability of {}", rounded(choice.threshold, 2)),
    };
    let who = coder(choice);
    format!("{frame} (in {found}; F1 of the {who} {}, of the {rival} {}; a hit from {from})", shown(own), shown(other))
}

/// From what on a unit is a hit: a probability, or of documents that the rules code so many sentences.
fn hit_from(choice: &Choice) -> String {
    match choice.least.filter(|_| choice.method == ScoringMethod::Rules) {
        Some(least) => least.to_string(),
        None => rounded(choice.threshold, 3),
    }
}

fn thousandths(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| rounded(number, 3))
}

/// What a rule has that most have not.
fn remarks(rule: &Rule) -> Vec<String> {
    let mut remarks = Vec::new();
    match rule.voice {
        None => {}
        Some(RuleVoice::Own) => remarks.push("counts in the outlet's own words only".to_owned()),
        Some(RuleVoice::Attributed) => remarks.push("counts in the words of sources only".to_owned()),
    }
    if let Some(source) = &rule.written.source {
        remarks.push(format!("counts where the source is {}", code(source)));
    }
    if rule.stance != Stance::Favor {
        remarks.push(format!("stance of a voice that affirms the words: {}", rule.stance.as_str()));
    }
    let is_default = (rule.weight - 1.0).abs() < f64::EPSILON;
    if !is_default {
        remarks.push(format!("weight {}", rule.weight));
    }
    remarks
}
