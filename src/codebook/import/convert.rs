//! From a dictionary to a codebook: a frame for each category, a list for its words, a rule for each condition.
//!
//! An entry is kept where the codebook codes the same sentences for it as the dictionary would.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::import::losses::{Loss, Outcome, Tally};
use crate::codebook::import::toml_text::{Draft, ListText, RuleText, codebook_text};
use crate::codebook::import::words::{Syntax, Words, words};
use crate::codebook::import::{Condition, Content, Dictionary, DictionaryEntry, Format, Operand, Side};
use crate::codebook::pattern::{self, MAX_DISTANCE};

/// A dictionary as a codebook, and what was lost on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The codebook, as TOML.
    pub codebook: String,
    /// Every entry that is not kept exactly, by line.
    pub losses: Vec<Loss>,
    /// How many entries there were, and what became of them.
    pub tally: Tally,
    /// Categories without a word in them or below them, by path; they have a frame and no rule.
    pub empty: Vec<String>,
}

/// Makes a codebook of a dictionary that `format` read from the file called `name`.
#[must_use]
pub fn convert(dictionary: &Dictionary, format: Format, name: &str) -> Imported {
    let ids = frame_ids(dictionary);
    let mut converter = Converter::new(dictionary, format.syntax, ids);
    for index in 0..dictionary.categories.len() {
        converter.words_of(index);
    }
    converter.pass_words_up();
    // After all words: a condition may name a category that comes later in the file.
    for index in 0..dictionary.categories.len() {
        converter.conditionals_of(index);
    }
    let Converter { drafts, mut losses, tally, .. } = converter;
    // They came category by category; who mends a dictionary goes through it by line.
    losses.sort_by_key(|loss| loss.line);
    let is_empty = |draft: &&Draft| draft.lists.is_empty() && draft.rules.is_empty();
    let empty = drafts.iter().filter(is_empty).map(|draft| draft.label.clone()).collect();
    let codebook = codebook_text(dictionary, &drafts, (format.title, name), tally);
    Imported { codebook, losses, tally, empty }
}

/// An id for each category: the names on its path, and a number where others have the same.
fn frame_ids(dictionary: &Dictionary) -> Vec<String> {
    let mut taken = BTreeSet::new();
    (0..dictionary.categories.len())
        .map(|index| {
            let path: Vec<String> = dictionary.path(index).into_iter().map(slug).collect();
            unique(&mut taken, &path.join("-"))
        })
        .collect()
}

/// `text` as an id: letters and digits in lower case, hyphens for all else.
fn slug(text: &str) -> String {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    if words.is_empty() { "category".to_owned() } else { words.join("-") }
}

fn unique(taken: &mut BTreeSet<String>, id: &str) -> String {
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let free = [id.to_owned()].into_iter().chain(numbered).find(|id| !taken.contains(id)).unwrap_or_default();
    taken.insert(free.clone());
    free
}

struct Converter<'a> {
    dictionary: &'a Dictionary,
    syntax: Syntax,
    drafts: Vec<Draft>,
    rule_ids: BTreeSet<String>,
    losses: Vec<Loss>,
    tally: Tally,
}

/// What a rule matches, what cancels it, and what it counts where that is not 1; two rules alike in this are one.
#[derive(Clone, PartialEq)]
struct Matching {
    pattern: String,
    unless: Option<String>,
    weight: Option<String>,
}

impl<'a> Converter<'a> {
    fn new(dictionary: &'a Dictionary, syntax: Syntax, ids: Vec<String>) -> Self {
        let drafts: Vec<Draft> = ids
            .into_iter()
            .enumerate()
            .map(|(index, id)| Draft {
                id,
                label: dictionary.path(index).join(" / "),
                lists: BTreeMap::new(),
                rules: Vec::new(),
            })
            .collect();
        let rule_ids = drafts.iter().map(|draft| draft.id.clone()).collect();
        Self { dictionary, syntax, drafts, rule_ids, losses: Vec::new(), tally: Tally::default() }
    }

    /// Puts the words of a category into its lists.
    fn words_of(&mut self, index: usize) {
        let mut seen = BTreeSet::new();
        for entry in &self.dictionary.categories[index].entries {
            let found = match &entry.content {
                Content::Words(text) => words(text, self.syntax),
                Content::Unreadable(why) => Err(why.clone()),
                Content::Conditional { .. } => continue,
            };
            let weighted = found.and_then(|words| Ok((with_weight(words, entry.weight)?, weight_text(entry.weight))));
            let (words, weight) = match weighted {
                Ok((words, weight)) => (Ok(words), weight),
                Err(why) => (Err(why), None),
            };
            if let Some(pattern) = self.note(index, entry, words) {
                if seen.insert((weight.clone(), pattern::parse(&pattern).ok())) {
                    self.list(index, weight).entries.push(pattern);
                } else {
                    self.tally.repeated += 1;
                }
            }
        }
    }

    /// The list of a category for one weight.
    fn list(&mut self, index: usize, weight: Option<String>) -> &mut ListText {
        let Draft { id, lists, .. } = &mut self.drafts[index];
        let rule_ids = &mut self.rule_ids;
        lists.entry(weight).or_insert_with_key(|weight| {
            let name = match weight {
                None => id.clone(),
                Some(weight) => unique(rule_ids, &format!("{id}-weight-{weight}")),
            };
            ListText { name, entries: Vec::new(), below: Vec::new() }
        })
    }

    /// Counts an entry and lists its loss; returns the pattern if there is one.
    fn note(&mut self, index: usize, entry: &DictionaryEntry, found: Result<Words, String>) -> Option<String> {
        self.tally.read += 1;
        let (outcome, pattern, reason) = match found {
            Ok(Words { pattern, loss: None }) => {
                self.tally.kept += 1;
                return Some(pattern);
            }
            Ok(Words { pattern, loss: Some(loss) }) => {
                self.tally.approximated += 1;
                (Outcome::Approximated, pattern, loss)
            }
            Err(why) => {
                self.tally.dropped += 1;
                (Outcome::Dropped, String::new(), why)
            }
        };
        let kept = (outcome == Outcome::Approximated).then(|| pattern.clone());
        let category = self.drafts[index].label.clone();
        self.losses.push(Loss { line: entry.line, category, entry: entry.text.clone(), outcome, pattern, reason });
        kept
    }

    /// Has the lists of categories hold those of the categories below, where the dictionary counts so.
    fn pass_words_up(&mut self) {
        if !self.dictionary.counts_upwards {
            return;
        }
        // Parents come before their children, so that from the last on each list is whole when it is named.
        for index in (0..self.drafts.len()).rev() {
            let Some(parent) = self.dictionary.categories[index].parent else { continue };
            let lists: Vec<_> =
                self.drafts[index].lists.iter().map(|(weight, list)| (weight.clone(), list.name.clone())).collect();
            for (weight, name) in lists {
                self.list(parent, weight).below.push(format!("{{{name}}}"));
            }
        }
    }

    /// Makes rules of the conditional entries of a category, for it and those above it.
    fn conditionals_of(&mut self, index: usize) {
        let mut seen: Vec<Matching> = Vec::new();
        for entry in &self.dictionary.categories[index].entries {
            let Content::Conditional { name, item, conditions } = &entry.content else { continue };
            let found =
                self.rule(item, conditions).and_then(|(words, unless)| Ok((with_weight(words, entry.weight)?, unless)));
            let (words, unless) = match found {
                Ok((words, unless)) => (Ok(words), unless),
                Err(why) => (Err(why), None),
            };
            let pattern = words.as_ref().map(|words| words.pattern.clone()).unwrap_or_default();
            if self.note(index, entry, words.map(|words| shown(words, unless.as_deref()))).is_none() {
                continue;
            }
            let matching = Matching { pattern, unless, weight: weight_text(entry.weight) };
            if seen.contains(&matching) {
                self.tally.repeated += 1;
            } else {
                seen.push(matching.clone());
                self.add_rule(index, name, entry, matching);
            }
        }
    }

    fn add_rule(&mut self, index: usize, name: &str, entry: &DictionaryEntry, matching: Matching) {
        let Matching { pattern, unless, weight } = matching;
        let id = unique(&mut self.rule_ids, &format!("{}-{}", self.drafts[index].id, slug(name)));
        let mut rule = RuleText { id, origin: format!("line {}: {}", entry.line, entry.text), pattern, unless, weight };
        let mut above = self.dictionary.categories[index].parent.filter(|_| self.dictionary.counts_upwards);
        self.drafts[index].rules.push(rule.clone());
        let own = rule.id.clone();
        while let Some(parent) = above {
            rule.id = unique(&mut self.rule_ids, &format!("{}-from-{own}", self.drafts[parent].id));
            self.drafts[parent].rules.push(rule.clone());
            above = self.dictionary.categories[parent].parent;
        }
    }

    /// What must match, and what must not, for `item` to count under `conditions`.
    fn rule(&self, item: &Operand, conditions: &[Condition]) -> Result<(Words, Option<String>), String> {
        let mut losses = Vec::new();
        let base = self.item(item, &mut losses)?;
        let (mut pattern, mut unless) = (base.clone(), Vec::new());
        for condition in conditions {
            // LIWC's `()7/8` asks for one of no words.
            if condition.others.is_empty() {
                return Err("its condition names no word and no category".to_owned());
            }
            let others: Result<Vec<String>, String> =
                condition.others.iter().map(|other| self.item(other, &mut losses)).collect();
            let others = any_of(&others?);
            if condition.is_negated {
                unless.push(near(&base, &others, condition)?);
            } else {
                pattern = near(&pattern, &others, condition)?;
            }
            losses.extend(condition.loosened.map(str::to_owned));
        }
        if !unless.is_empty() {
            losses.push("cancels the other matches of the same clause, too".to_owned());
        }
        if conditions.iter().filter(|condition| !condition.is_negated).count() > 1 {
            losses.push("distances are counted from the words already found".to_owned());
        }
        let mut said = BTreeSet::new();
        losses.retain(|loss| said.insert(loss.clone()));
        let loss = Some(losses.join("; ")).filter(|loss| !loss.is_empty());
        Ok((Words { pattern, loss }, Some(unless.join(" | ")).filter(|unless| !unless.is_empty())))
    }

    fn item(&self, item: &Operand, losses: &mut Vec<String>) -> Result<String, String> {
        match item {
            Operand::Words(text) => {
                let words = words(text, self.syntax).map_err(|why| format!("{text}: {why}"))?;
                losses.extend(words.loss.map(|loss| format!("{text}: {loss}")));
                Ok(words.pattern)
            }
            Operand::Category(key) => {
                let mut named = self.dictionary.categories.iter().enumerate();
                let Some((index, _)) = named.find(|(_, category)| category.key.eq_ignore_ascii_case(key)) else {
                    return Err(format!("there is no category {key}"));
                };
                if named.any(|(_, category)| category.key.eq_ignore_ascii_case(key)) {
                    losses.push(format!("of several categories {key} the first is meant"));
                }
                let lists: Vec<String> =
                    self.drafts[index].lists.values().map(|list| format!("{{{}}}", list.name)).collect();
                if lists.is_empty() {
                    return Err(format!("category {key} has no words"));
                }
                Ok(any_of(&lists))
            }
        }
    }
}

/// A rule as the table of losses shows it: what must match, and what must not.
fn shown(words: Words, unless: Option<&str>) -> Words {
    match unless {
        None => words,
        Some(unless) => Words { pattern: format!("{} unless {unless}", words.pattern), loss: words.loss },
    }
}

/// `item` with `others` where the condition wants them.
fn near(item: &str, others: &str, condition: &Condition) -> Result<String, String> {
    let distance = condition.distance.unwrap_or(MAX_DISTANCE);
    if distance > MAX_DISTANCE {
        return Err(format!("{distance} words are more than the {MAX_DISTANCE} that NEAR and BEFORE reach"));
    }
    let (item, others) = (grouped(item), grouped(others));
    Ok(match condition.side {
        Side::Either => format!("{item} NEAR/{distance} {others}"),
        Side::Before => format!("{others} BEFORE/{distance} {item}"),
        Side::After => format!("{item} BEFORE/{distance} {others}"),
    })
}

fn any_of(patterns: &[String]) -> String {
    match patterns {
        [one] => one.clone(),
        _ => patterns.join(" | "),
    }
}

/// `pattern` in brackets, unless it is a word, a list or a phrase.
fn grouped(pattern: &str) -> String {
    if pattern.contains(['|', '/']) { format!("({pattern})") } else { pattern.to_owned() }
}

/// The most that a rule may weigh.
const MAX_WEIGHT: f64 = 20.0;

/// Refuses what counts nothing, and says what a weight means here.
fn with_weight(words: Words, weight: Option<f64>) -> Result<Words, String> {
    let Some(weight) = weight.filter(|weight| (weight - 1.0).abs() > 0.0) else { return Ok(words) };
    if weight == 0.0 {
        return Err("its weight is 0: it counts nothing".to_owned());
    }
    if weight.abs() > MAX_WEIGHT {
        return Err(format!("weight {weight} is more than the {MAX_WEIGHT} that a rule takes"));
    }
    let own = format!("weight {weight} is evidence for the frame here, not a number of counts");
    let loss = words.loss.map_or_else(|| own.clone(), |loss| format!("{loss}; {own}"));
    Ok(Words { loss: Some(loss), ..words })
}

/// A weight other than 1, in as few digits as it takes.
fn weight_text(weight: Option<f64>) -> Option<String> {
    weight.filter(|weight| (weight - 1.0).abs() > 0.0).map(|weight| weight.to_string())
}
