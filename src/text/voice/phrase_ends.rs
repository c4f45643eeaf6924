//! Where the noun phrase ends that begins at a token: who speaks after "said", "according to", "by".

use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::adjuncts::leads_to_occasion;

/// Longest noun phrase, in tokens.
const LONGEST: usize = 60;

/// The end of the noun phrase, appositions included, that begins at `start`; at most `ceiling`.
pub(in crate::text) fn phrase_end(passage: &Passage, start: usize, ceiling: usize) -> usize {
    let ceiling = ceiling.min(start + LONGEST);
    let mut at = start;
    let mut relative = false;
    while at < ceiling {
        let role = passage.role(at);
        if role.is(Class::Comma) {
            if !is_apposition(passage, at + 1) {
                return at;
            }
        } else if role.is(Class::Mark) {
            if ends_phrase(passage, at, ceiling) {
                return at;
            }
        } else if at > start && ends_with_word(passage, at, &mut relative) {
            return without_joint(passage, start, at);
        }
        at += 1;
    }
    at
}

/// "was taken by Lis and | given to the press"
fn without_joint(passage: &Passage, start: usize, end: usize) -> usize {
    end - usize::from(end > start + 1 && passage.is(end - 1, Class::Coordinator))
}

fn ends_phrase(passage: &Passage, at: usize, ceiling: usize) -> bool {
    let role = passage.role(at);
    if role.is(Class::Stop) {
        return at + 1 >= ceiling || passage.is(at + 1, Class::Mark) || !passage.is(at - 1, Class::Capital);
    }
    let opens_quote = passage.is_quote_mark(at) && role.is(Class::SpaceBefore);
    opens_quote || role.is(Class::Semicolon) || role.is(Class::Colon) || role.is(Class::Dash)
}

fn ends_with_word(passage: &Passage, at: usize, relative: &mut bool) -> bool {
    let role = passage.role(at);
    if role.is(Class::Relative) {
        *relative = true;
    // "said the head of the August union": no occasion.
    } else if role.is(Class::Weekday)
        || role.is(Class::Adjunct) && !role.is(Class::Of) && leads_to_occasion(passage, at)
    {
        return true;
    } else if !*relative {
        if role.is(Class::Complementiser) && opens_relative(passage, at) {
            *relative = true;
            return false;
        }
        let clausal = role.is(Class::Subordinator) && !role.is(Class::Preposition) || role.is(Class::Complementiser);
        let capital = role.is(Class::Capital);
        // "according to a survey of voter lists."
        let noun = role.is_homograph() && passage.is(at + 1, Class::Stop);
        return clausal || passage.is_finite(at) && !capital && !noun || passage.is(at, Class::As);
    }
    false
}

/// Whether a "that" describes the noun before it: "a report that shows"; not "was told by Lis that coaches left".
fn opens_relative(passage: &Passage, that: usize) -> bool {
    let joins = [Class::Subject, Class::Definite, Class::Indefinite, Class::Capital, Class::Dummy, Class::Title];
    // "statements from the town that “all is well”"
    if passage.is_quote_mark(that + 1) {
        return false;
    }
    let finite = passage.is_finite(that + 1) || passage.is(that + 1, Class::Adverb) && passage.is_finite(that + 2);
    finite && !passage.is(that + 1, Class::Contracted) || !passage.is_any(that + 1, &joins)
}

/// Whether what follows a comma goes on describing somebody.
fn is_apposition(passage: &Passage, at: usize) -> bool {
    let verbal =
        [Class::Gerund, Class::Coordinator, Class::Subordinator, Class::Adverb, Class::Weekday, Class::Subject];
    // "according to the fund, more than twice as much"
    let compares = passage.is(at + 1, Class::Than);
    if compares || !passage.is_word(at) || passage.is_any(at, &verbal) && !passage.is(at, Class::Relative) {
        return false;
    }
    let opens = [Class::Definite, Class::Indefinite, Class::Title, Class::Person, Class::Number, Class::Relative];
    passage.is_any(at, &opens) || passage.is(at, Class::Capital) || passage.is(at, Class::Of)
}
