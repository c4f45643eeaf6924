//! A concordance: every match of a pattern as a line with its context (keyword in context).

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::coding::{PatternMatch, PatternSearch, SearchMemory};
use crate::model::{CompareSettings, Document, Span};

/// One match in its context.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConcordanceLine {
    /// Id of the document.
    pub document: String,
    /// What it is compared as.
    pub group: String,
    /// Who published it.
    pub outlet: String,
    /// Day of publication.
    pub date: Option<Date>,
    /// Number of the sentence; 0 is the title.
    pub sentence: usize,
    /// First character of the match in the document's text, or in its title where that is the sentence: in Unicode code
    /// points from 0.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// What stands before it, white space made single blanks; whole words only.
    pub left: String,
    /// The words from the first to the last that matched.
    pub matched: String,
    /// What stands behind it, likewise.
    pub right: String,
}

/// What lines are sorted by; ties by document and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineOrder {
    /// Document.
    Document,
    /// The words before the match, the nearest first.
    Left,
    /// The words of the match and behind it.
    Right,
    /// Outlet, then date.
    Outlet,
    /// Date, then outlet.
    Date,
}

/// What is kept of a concordance.
#[derive(Clone, Copy, Debug)]
pub struct LineDesign {
    /// What lines are sorted by.
    pub order: LineOrder,
    /// The most characters of context on either side.
    pub width: usize,
    /// How many of the first lines in that order are kept; `None` for all.
    pub limit: Option<usize>,
}

/// How often a pattern matches in a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MatchCount {
    /// Matches.
    pub matches: u64,
    /// Documents with one.
    pub with_match: u64,
    /// Documents with a sentence so crowded with the pattern's words that it was given up there.
    pub unsearched: u64,
    /// All documents.
    pub documents: u64,
}

/// The lines of a corpus, and how many there are by group.
#[derive(Debug)]
pub struct Concordance<'s> {
    design: LineDesign,
    settings: &'s CompareSettings,
    lines: Vec<ConcordanceLine>,
    /// By group; lines that a limit leaves out are counted, too.
    pub counts: BTreeMap<String, MatchCount>,
}

/// Lines beyond the limit after which those that are too many go.
const SPARE: usize = 10_000;

impl<'s> Concordance<'s> {
    /// One without lines, of documents grouped as `settings` say.
    #[must_use]
    pub fn new(design: LineDesign, settings: &'s CompareSettings) -> Self {
        Self { design, settings, lines: Vec::new(), counts: BTreeMap::new() }
    }

    /// Adds every match of `search` in `documents`.
    pub fn add(&mut self, search: &PatternSearch<'_>, documents: &[Document]) {
        let (width, settings) = (self.design.width, self.settings);
        let found: Vec<(Vec<ConcordanceLine>, bool)> = documents
            .par_iter()
            .map_init(SearchMemory::default, |memory, document| {
                let matches = search.find(document, memory);
                let line = |it| ConcordanceLine::new(document, it, width).of(settings.group(document));
                (matches.into_iter().map(line).collect(), memory.gave_up())
            })
            .collect();
        for (document, (lines, gave_up)) in documents.iter().zip(found) {
            let count = self.counts.entry(settings.group(document).to_owned()).or_default();
            count.documents += 1;
            count.with_match += u64::from(!lines.is_empty());
            count.unsearched += u64::from(gave_up);
            count.matches += lines.len() as u64;
            self.lines.extend(lines);
        }
        // Lines that cannot be among the first any more go at once: "the" stands in every sentence of a corpus.
        if self.design.limit.is_some_and(|limit| self.lines.len() > limit.saturating_add(SPARE)) {
            self.sort();
        }
    }

    /// The lines in their order.
    #[must_use]
    pub fn into_lines(mut self) -> (Vec<ConcordanceLine>, BTreeMap<String, MatchCount>) {
        self.sort();
        (self.lines, self.counts)
    }

    fn sort(&mut self) {
        let order = self.design.order;
        self.lines.sort_by_cached_key(|line| line.key(order));
        if let Some(limit) = self.design.limit {
            self.lines.truncate(limit);
        }
    }
}

/// What a line is sorted by, the first field first; empty is what an order does not ask for.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
struct LineKey {
    words: String,
    date: Option<Date>,
    words_then: String,
    document: String,
    sentence: usize,
    start: usize,
}

impl ConcordanceLine {
    /// The line of a match, of a document that is in no group yet.
    pub(super) fn new(document: &Document, found: PatternMatch, width: usize) -> Self {
        let part = if found.sentence == 0 { document.title_span() } else { document.text_span() };
        let (content, span) = (document.content(), found.span);
        let before = &content[part.start..span.start];
        let start = before.chars().count();
        Self {
            document: document.id.clone(),
            group: String::new(),
            outlet: document.outlet.clone(),
            date: document.date,
            sentence: found.sentence,
            start,
            end: start + span.of(content).chars().count(),
            left: words_before(before, width),
            matched: span.of(content).split_whitespace().collect::<Vec<_>>().join(" "),
            right: words_behind(Span::new(span.end, part.end).of(content), width),
        }
    }

    /// The same line as one of `group`.
    pub(super) fn of(self, group: &str) -> Self {
        Self { group: group.to_owned(), ..self }
    }

    /// Document, sentence and first character: no two lines of a pattern share them.
    pub(super) fn place(&self) -> (&str, usize, usize) {
        (&self.document, self.sentence, self.start)
    }

    fn key(&self, order: LineOrder) -> LineKey {
        let place = LineKey {
            document: self.document.clone(),
            sentence: self.sentence,
            start: self.start,
            ..LineKey::default()
        };
        let words = |text: &str| text.to_lowercase();
        match order {
            LineOrder::Document => place,
            LineOrder::Left => {
                let nearest_first: Vec<&str> = self.left.split(' ').rev().collect();
                LineKey { words: words(&nearest_first.join(" ")), words_then: words(&self.matched), ..place }
            }
            LineOrder::Right => LineKey { words: words(&format!("{}{}", self.matched, self.right)), ..place },
            LineOrder::Outlet => LineKey { words: self.outlet.clone(), date: self.date, ..place },
            LineOrder::Date => LineKey { date: self.date, words_then: self.outlet.clone(), ..place },
        }
    }
}

/// The last words of `text`, together at most `width` characters, white space made single blanks.
fn words_before(text: &str, width: usize) -> String {
    let (mut words, mut room) = (Vec::new(), width);
    let touches = !text.ends_with(char::is_whitespace) && !text.is_empty();
    for word in text.split_whitespace().rev() {
        let length = word.chars().count() + usize::from(!words.is_empty() || !touches);
        if length > room {
            break;
        }
        room -= length;
        words.push(word);
    }
    words.reverse();
    let blank = if touches || words.is_empty() { "" } else { " " };
    words.join(" ") + blank
}

/// The first words of `text`, likewise.
fn words_behind(text: &str, width: usize) -> String {
    let (mut shown, mut room) = (String::new(), width);
    let touches = !text.starts_with(char::is_whitespace);
    for word in text.split_whitespace() {
        let blank = !(touches && shown.is_empty());
        let length = word.chars().count() + usize::from(blank);
        if length > room {
            break;
        }
        room -= length;
        if blank {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::parse;

    fn lines(order: LineOrder, limit: Option<usize>) -> Vec<ConcordanceLine> {
        let codebook = parse("[[frame]]\nid = \"f\"\n", "codebook.toml").unwrap();
        let search = PatternSearch::new(&codebook, "tank*").unwrap();
        let mut documents = vec![
            Document::new("b", "Tanks!", "They  saw\nold tanks (many). \u{201c}Tanks,\u{201d} he said."),
            Document::new("a", "", "The red tank stood."),
        ];
        documents[0].outlet = "Alfa".to_owned();
        documents[1].outlet = "Beta".to_owned();
        let settings = CompareSettings::default();
        let mut concordance = Concordance::new(LineDesign { order, width: 12, limit }, &settings);
        concordance.add(&search, &documents);
        concordance.into_lines().0
    }

    #[test]
    fn a_line_has_whole_words_around_the_match_and_its_code_points() {
        let found: Vec<_> = lines(LineOrder::Document, None)
            .into_iter()
            .map(|it| (it.sentence, it.start, it.end, it.left, it.matched, it.right))
            .collect();
        let line = |sentence, start, end, left: &str, matched: &str, right: &str| {
            (sentence, start, end, left.to_owned(), matched.to_owned(), right.to_owned())
        };
        assert_eq!(
            found,
            [
                line(1, 8, 12, "The red ", "tank", " stood."),
                line(0, 0, 5, "", "Tanks", "!"),
                line(1, 14, 19, "saw old ", "tanks", " (many)."),
                line(2, 29, 34, "(many). \u{201c}", "Tanks", ",\u{201d} he said."),
            ]
        );
    }

    #[test]
    fn lines_are_sorted_and_the_first_are_kept() {
        for (order, starts) in [
            (LineOrder::Document, ["a8", "b0", "b14", "b29"]),
            (LineOrder::Left, ["b0", "b14", "a8", "b29"]),
            (LineOrder::Right, ["a8", "b14", "b0", "b29"]),
            (LineOrder::Outlet, ["b0", "b14", "b29", "a8"]),
            (LineOrder::Date, ["b0", "b14", "b29", "a8"]),
        ] {
            let place = |line: &ConcordanceLine| format!("{}{}", line.document, line.start);
            let found: Vec<String> = lines(order, None).iter().map(place).collect();
            assert_eq!(found, starts, "{order:?}");
            let first: Vec<String> = lines(order, Some(2)).iter().map(place).collect();
            assert_eq!(first, starts[..2], "{order:?}");
        }
    }
}
