//! `attributions.csv`: everyone whom a document gives the word, with the words.

use std::ops::Range;

use crate::model::{Attribution, CodedDocument, Document, Mood, Span, Speech, VerbClass};
use crate::report::code_points::CodePoints;
use crate::report::columns::{described_in, words_of};
use crate::report::{ReportError, Rows, Table};

/// Most words of an "X said" that leaves what was said in one row: a name with title, a verb and a day. In hand-coded news, 138
/// of 143 such places are one attribution (Newell et al. 2018, its development set).
const MOST_INSERTED: usize = 8;

/// Between the numbers of sentences in one cell.
const SENTENCE_BREAK: &str = ";";

/// The description of `attributions.csv`.
pub static ATTRIBUTIONS: Table = Table {
    file: "attributions.csv",
    row: "Words that a document gives as somebody's, quoted or reported; what a source says that another said is not a row of \
          its own. Sorted by document, then place. All offsets count \
          from 0 in Unicode code points of the document's text, as it is after strip_html, drop_repeated_title and encoding where \
          the study has them; of its title where the sentence is the title.",
    key: &[],
    columns: described_in!(
        "attributions.tsv",
        "verb_class" => words_of!(VerbClass),
        "kind" => words_of!(Speech),
        "mood" => words_of!(Mood),
    ),
};

/// The rows of one document, encoded for [`SortedRows`](crate::report::SortedRows); empty where nobody speaks. `groups`
/// are the ids of the codebook's groups of sources, in its order.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn attribution_rows(document: &Document, coded: &CodedDocument, groups: &[String]) -> Result<Vec<u8>, ReportError> {
    if coded.attributions.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = Rows::encoded(&ATTRIBUTIONS);
    let title = Part::new(document, document.title_span());
    let text = Part::new(document, document.text_span());
    let mut sentences = String::new();
    for attribution in &coded.attributions {
        let part = if attribution.sentence == 0 { &title } else { &text };
        join(&attribution.sentences, &mut sentences);
        let stretches = stretches_of(part, attribution);
        for stretch in 0..stretches.len().max(1) {
            rows.text(&document.id).text(&document.outlet).date(document.date);
            rows.count(attribution.sentence as u64);
            part.add(&mut rows, attribution.source, true);
            let verb = attribution.verb.and_then(|verb| part.inside(verb));
            rows.words(verb.map_or("", |verb| verb.of(part.content)));
            rows.text(attribution.verb_class.map_or("", VerbClass::as_str));
            part.add(&mut rows, verb, false);
            let content = stretches.get(stretch).copied();
            part.add(&mut rows, content, false);
            rows.text(attribution.kind.as_str()).text(attribution.name.as_deref().unwrap_or_default());
            rows.text(attribution.group.and_then(|group| groups.get(group)).map_or("", String::as_str));
            rows.text(attribution.mood.as_str());
            rows.text(&sentences).words(content.map_or("", |content| content.of(part.content)));
            rows.count(stretch as u64 + 1).end()?;
        }
    }
    rows.into_bytes()
}

/// The stretches of what was said, those joined that only a short "X said" parts: `"We will," he said, "not move."` was said as one.
fn stretches_of(part: &Part, attribution: &Attribution) -> Vec<Span> {
    let mut stretches: Vec<Span> = Vec::new();
    for next in attribution.content.iter().filter_map(|span| part.inside(*span)) {
        match stretches.last_mut() {
            Some(last) if is_short_insertion(part.content, attribution, last.end..next.start) => last.end = next.end,
            _ => stretches.push(next),
        }
    }
    stretches
}

/// Whether `gap`, a range of bytes between two stretches, holds the verb of saying and little else.
fn is_short_insertion(content: &str, attribution: &Attribution, gap: Range<usize>) -> bool {
    let said = attribution.verb.is_some_and(|verb| gap.start <= verb.start && verb.end <= gap.end);
    let between = &content[gap];
    // Another paragraph is another turn.
    said && !between.contains('\n') && between.split_whitespace().count() <= MOST_INSERTED
}

fn join(numbers: &[u32], cell: &mut String) {
    cell.clear();
    for number in numbers {
        if !cell.is_empty() {
            cell.push_str(SENTENCE_BREAK);
        }
        cell.push_str(&number.to_string());
    }
}

/// The numbers of a cell of sentences; `None` where it holds anything else.
pub(in crate::report) fn sentences_of(cell: &str) -> Option<Vec<u32>> {
    if cell.is_empty() {
        return Some(Vec::new());
    }
    cell.split(SENTENCE_BREAK).map(|number| number.parse().ok()).collect()
}

/// Title or text of a document: what the offsets of a row count in. What lies in the other part has no offsets there.
struct Part<'a> {
    content: &'a str,
    span: Span,
    points: CodePoints<'a>,
}

impl<'a> Part<'a> {
    fn new(document: &'a Document, span: Span) -> Self {
        let content = document.content();
        Self { content, span, points: CodePoints::new(span.of(content)) }
    }

    /// What of `span` lies in this part.
    fn inside(&self, span: Span) -> Option<Span> {
        self.span.overlaps(span).then(|| Span::new(span.start.max(self.span.start), span.end.min(self.span.end)))
    }

    /// Adds the two offsets of `span`, and before them its words if `with_words`; empty cells where there are none.
    fn add(&self, rows: &mut Rows<Vec<u8>>, span: Option<Span>, with_words: bool) {
        let span = span.and_then(|span| self.inside(span));
        if with_words {
            rows.words(span.map_or("", |span| span.of(self.content)));
        }
        match span {
            None => rows.text("").text(""),
            Some(Span { start, end }) => {
                let (start, end) = self.points.of(Span::new(start - self.span.start, end - self.span.start));
                rows.count(start as u64).count(end as u64)
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_short_insertion_parts_are_one_stretch() {
        let long = "“We stay,” he said on the steps of the old town hall in Lodz. “We hope.”";
        let cases = [
            ("“We stay,” he said. “We hope.”", 1),
            ("“We stay,” he said.\n\n“We hope.”", 2),
            ("“We stay,” it went. “We hope.”", 2),
            (long, 2),
        ];
        for (text, rows) in cases {
            let document = Document::new("1", "", text);
            let content = document.content();
            let at = |words: &str| content.find(words).map(|start| Span::new(start, start + words.len()));
            let attribution = Attribution {
                sentence: 1,
                source: at("he"),
                name: None,
                group: None,
                verb: at("said"),
                verb_class: Some(VerbClass::Neutral),
                mood: Mood::Asserted,
                kind: Speech::Direct,
                content: at("“We stay,”").into_iter().chain(at("“We hope.”")).collect(),
                sentences: vec![1, 2],
            };
            let part = Part::new(&document, document.text_span());
            assert_eq!(stretches_of(&part, &attribution).len(), rows, "{text}");
        }
    }
}
