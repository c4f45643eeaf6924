//! Clause bounds: where, inside a sentence, one clause ends and the next begins.
//!
//! A clause begins with its sentence; after a semicolon, colon, dash or bracket; after a comma that a conjunction,
//! subordinator, relative or participle follows; and with a subordinator, relative or complementiser itself where a
//! verb follows it. The words are data of the language. Clauses do not nest here: what follows an inserted relative
//! clause is a clause of its own.

use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;

/// How far ahead a verb is looked for that makes "after" or "than" a subordinator.
const REACH: usize = 8;

/// Tokens of the longest clause before a comma that is looked at for the subordinator that opens the sentence.
const MOST_FRONTED: usize = 40;

/// First tokens of the clauses of a document, in order; `starts` is filled anew.
pub(in crate::text) fn find_clauses(passage: &Passage, starts: &mut Vec<usize>) {
    starts.clear();
    for sentence in passage.sentences {
        let passage = &passage.within(&sentence.tokens);
        for token in sentence.tokens.clone() {
            if token == sentence.tokens.start || begins_clause(passage, token) {
                starts.push(token);
            }
        }
    }
}

/// The clause of a token, as a range of tokens, given the starts of all clauses and the number of tokens.
pub(in crate::text) fn clause_at(starts: &[usize], len: usize, token: usize) -> Range<usize> {
    let after = starts.partition_point(|start| *start <= token);
    let start = after.checked_sub(1).map_or(0, |before| starts[before]);
    start..starts.get(after).copied().unwrap_or(len)
}

fn begins_clause(passage: &Passage, token: usize) -> bool {
    let before = passage.role(token - 1);
    if before.is(Class::Semicolon) || before.is(Class::Colon) || before.is(Class::Dash) {
        return true;
    }
    if before.is(Class::CloseBracket) || passage.is(token, Class::OpenBracket) {
        return true;
    }
    if before.is(Class::Comma) {
        // A comma alone begins nothing, or `tanks, planes and guns` would be three clauses.
        let joins = [Class::Coordinator, Class::Subordinator, Class::Relative, Class::Gerund, Class::Complementiser];
        // Three words hold a short subject: in `..., the new government said` the verb is the third after "the".
        return passage.is_any(token, &joins)
            || passage.is_finite(token)
            || has_finite_ahead(passage, token, 3)
            || ends_fronted(passage, token - 1);
    }
    subordinates(passage, token) && !(before.is(Class::Mark) && passage.is_quote_mark(token - 1))
}

/// Whether the word at `token` itself begins a clause.
fn subordinates(passage: &Passage, token: usize) -> bool {
    let role = passage.role(token);
    if role.is(Class::Relative) {
        // A cut before "which" in `the town in which they met` would part it from its preposition.
        return !passage.is(token - 1, Class::Preposition);
    }
    if role.is(Class::Complementiser) && role.is(Class::Definite) {
        // "That" also points: `that he left` begins a clause, `that deal` does not.
        let opens = [Class::Subject, Class::Definite, Class::Indefinite, Class::Capital, Class::PluralNoun];
        return passage.is_any(token + 1, &opens) || passage.is_finite(token + 1) && passage.is_word(token - 1);
    }
    if role.is(Class::Coordinator) {
        // "anything but a raid" is one phrase.
        let contrasts = passage.is(token, Class::Adversative) && !passage.is(token - 1, Class::Anything);
        return contrasts || passage.is(token + 1, Class::Subject);
    }
    // "rather than a raid" is one phrase.
    let replaces = role.is(Class::Than) && passage.is(token - 1, Class::Replaced);
    role.is(Class::Subordinator) && !replaces && has_finite_ahead(passage, token, REACH)
}

/// Whether the comma at a token ends a clause that its sentence begins with: "While Minsk is not bound to it, a raid ...".
fn ends_fronted(passage: &Passage, comma: usize) -> bool {
    let Some(sentence) = passage.sentence_of(comma) else { return false };
    let start = sentence.tokens.start;
    let opens = passage.is(start, Class::Subordinator) && comma - start <= MOST_FRONTED;
    opens && (start + 1..comma).any(|at| passage.is_finite(at))
}

fn has_finite_ahead(passage: &Passage, token: usize, reach: usize) -> bool {
    for at in token + 1..=token + reach {
        if passage.is_any(at, &[Class::Comma, Class::Stop, Class::Semicolon, Class::Colon]) {
            return false;
        }
        if passage.is_finite(at) {
            return true;
        }
    }
    false
}
