//! Quotations: which marks open and which close, in any typography, over sentences and paragraphs.
//!
//! Whether a mark opens or closes is decided by what touches it rather than by its glyph, because many news texts
//! have straight marks or the wrong curly ones. A quotation that is not closed in its paragraph goes on
//! where the next paragraph begins with an opening mark, or where the next mark closes; otherwise it ends there.

use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;

/// Longest quotation in single marks, in tokens: beyond that an apostrophe is the likelier reading.
const LONGEST_SINGLE: usize = 120;

/// How far ahead the end of a quotation is looked for that a paragraph break has interrupted, in tokens.
const LONGEST_BLOCK: usize = 400;

/// Most words of a quotation that keeps its distance from a phrase rather than giving somebody's words.
pub(in crate::text) const MOST_SCARE_WORDS: usize = 6;

/// One quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::text) struct Quotation {
    /// From the opening to the closing mark, both included.
    pub(in crate::text) tokens: Range<usize>,
    /// How many tokens of it are opening and closing marks ('' counts as two).
    pub(in crate::text) marks: (usize, usize),
    /// Whether it goes on from the quotation before, which was not closed.
    pub(in crate::text) continues: bool,
    /// Whether it stands inside another.
    pub(in crate::text) nested: bool,
}

impl Quotation {
    /// The words between the marks.
    pub(in crate::text) fn inside(&self) -> Range<usize> {
        let start = self.tokens.start + self.marks.0;
        start..(self.tokens.end - self.marks.1).max(start)
    }

    /// Whether the closing mark is there.
    pub(in crate::text) const fn is_closed(&self) -> bool {
        self.marks.1 > 0
    }
}

/// A mark: how many tokens it takes, and what it may do.
struct Mark {
    width: usize,
    opens: bool,
    closes: bool,
    double: bool,
}

/// The quotations of a document, by first token; `quotations` is filled anew.
pub(in crate::text) fn find_quotations(passage: &Passage, quotations: &mut Vec<Quotation>) {
    quotations.clear();
    let mut outer: Option<usize> = None;
    let mut inner: Option<usize> = None;
    let mut unclosed = false;
    let mut at = 0;
    while at < passage.len() {
        if passage.is(at, Class::Paragraph) && !(outer.is_some() && closes_first(passage, at)) {
            unclosed = outer.is_some();
            inner = None;
            if let Some(open) = outer.take() {
                close(quotations, open, at, 0);
            }
        }
        let Some(mark) = mark_at(passage, at) else {
            at += 1;
            continue;
        };
        if outer.is_none() && is_stray(passage, at, &mark) {
            at += mark.width;
            continue;
        }
        let slot = if mark.double { &mut outer } else { &mut inner };
        if mark.closes && slot.is_some() && (mark.double || !mark.opens) {
            if let Some(open) = slot.take() {
                close(quotations, open, at + mark.width, mark.width);
                if mark.double {
                    inner = None;
                }
            }
        } else if mark.opens && slot.is_none() {
            // A quotation over paragraphs opens each with a mark and closes the last only.
            let continues = mark.double && unclosed && passage.is(at, Class::Paragraph);
            let nested = !mark.double && outer.is_some();
            // An apostrophe looks like a single mark ("the ’90s", "‘tis"): it opens only if something closes it.
            if mark.double || closes_later(passage, at) {
                let slot = if mark.double { &mut outer } else { &mut inner };
                *slot = Some(quotations.len());
                let marks = (mark.width, 0);
                quotations.push(Quotation { tokens: at..at + mark.width, marks, continues, nested });
            }
        }
        at += mark.width;
    }
    if let Some(open) = outer {
        close(quotations, open, passage.len(), 0);
    }
}

/// Whether a double mark with a blank on both sides is left of a quotation that got lost: `'' In a video he said "it is over"`. What
/// closes the quotation that it would open opens another, or is not there.
fn is_stray(passage: &Passage, at: usize, mark: &Mark) -> bool {
    let apart = passage.is(at, Class::SpaceBefore) && passage.is(at + mark.width - 1, Class::SpaceAfter);
    if !mark.double || !apart {
        return false;
    }
    let rest = at + mark.width..passage.len().min(at + LONGEST_BLOCK);
    let mut paragraph = rest.take_while(|&token| !passage.is(token, Class::Paragraph));
    let next = paragraph.find(|&token| passage.is(token, Class::DoubleQuote)).and_then(|token| mark_at(passage, token));
    next.is_none_or(|next| next.opens && !next.closes)
}

/// Whether the next double mark, in this paragraph or one of the next, closes: then a quotation open before it runs on.
fn closes_first(passage: &Passage, paragraph: usize) -> bool {
    let limit = passage.len().min(paragraph + LONGEST_BLOCK);
    let mut marks = (paragraph..limit).filter(|&at| passage.is(at, Class::DoubleQuote));
    marks.next().and_then(|at| mark_at(passage, at)).is_some_and(|mark| mark.closes && !mark.opens)
}

fn close(quotations: &mut [Quotation], open: usize, end: usize, width: usize) {
    quotations[open].tokens.end = end.max(quotations[open].tokens.start + quotations[open].marks.0);
    quotations[open].marks.1 = width;
}

/// The quotation mark at a token, if it is one. Two single marks that touch are one double mark.
fn mark_at(passage: &Passage, at: usize) -> Option<Mark> {
    let role = passage.role(at);
    let double = role.is(Class::DoubleQuote);
    if !double && !role.is(Class::SingleQuote) {
        return None;
    }
    // `''` for a straight mark, as agencies without one type it.
    let paired = double && role.is(Class::SingleQuote) && passage.is(at + 1, Class::SingleQuote);
    let width = if paired { 2 } else { 1 };
    let last = passage.role(at + width - 1);
    let (space_before, space_after) = (role.is(Class::SpaceBefore), last.is(Class::SpaceAfter));
    let after_opening = at > 0
        && (passage.is_any(at - 1, &[Class::OpenBracket, Class::Dash, Class::Hyphen]) || passage.is_quote_mark(at - 1));
    let before_closing = passage.is_any(at + width, &[Class::Comma, Class::Stop, Class::CloseBracket, Class::Dash])
        || passage.is_any(at + width, &[Class::Semicolon, Class::Colon, Class::Hyphen])
        || passage.is_quote_mark(at + width);
    let glyph = glyph_of(passage, at);
    let (opens, closes) = match (space_before, space_after) {
        (true, false) => (true, false),
        (false, true) => (false, true),
        // Blanks first, for many texts have the wrong curly mark; the glyph only where blanks do not tell: "said:“We".
        _ if glyph != 0 => (glyph > 0, glyph < 0),
        (false, false) => (after_opening || !before_closing && double, before_closing || double),
        (true, true) => (double, double),
    };
    Some(Mark { width, opens, closes, double })
}

/// 1 for a glyph that opens, -1 for one that closes, 0 for one that does either.
fn glyph_of(passage: &Passage, at: usize) -> i8 {
    match passage.folded(at) {
        "\u{201C}" | "\u{AB}" | "\u{2018}" | "\u{2039}" | "``" | "`" | "\u{201E}" | "\u{201A}" => 1,
        "\u{201D}" | "\u{BB}" | "\u{203A}" => -1,
        _ => 0,
    }
}

/// Whether a single mark that opens has one that closes after it, in the same paragraph and not too far.
fn closes_later(passage: &Passage, open: usize) -> bool {
    let limit = passage.len().min(open + LONGEST_SINGLE);
    for at in open + 1..limit {
        if passage.is(at, Class::Paragraph) || passage.is(at, Class::DoubleQuote) {
            return false;
        }
        if let Some(mark) = mark_at(passage, at)
            && !mark.double
        {
            return mark.closes;
        }
    }
    false
}

/// Whether a token stands in quotation marks.
pub(in crate::text) fn is_inside(quotations: &[Quotation], token: usize) -> bool {
    let after = quotations.partition_point(|quotation| quotation.tokens.start <= token);
    quotations[after.saturating_sub(3)..after].iter().any(|quotation| quotation.tokens.end > token)
}

/// Whether a quotation begins among these tokens.
pub(in crate::text) fn is_quoted(quotations: &[Quotation], content: &Range<usize>) -> bool {
    let first = quotations.partition_point(|quotation| quotation.tokens.start < content.start);
    quotations.get(first).is_some_and(|quotation| quotation.tokens.start < content.end)
}
