//! Noun phrases: who speaks, to the left of a verb or to the right of "said" and "according to".
//!
//! A source is taken with its title, its apposition and the comma that closes it, as treebanks bracket noun phrases
//! ("Sergei Lavrov, the foreign minister," + "said"); an inserted clause is left out ("Lavrov", who was ..., "said").

use std::ops::Range;

use crate::text::language::{Class, Follows, Form};
use crate::text::passage::Passage;
use crate::text::voice::adjuncts::{name_after_adverbial, name_after_duration, without_occasion, without_weekday};

/// Longest noun phrase and longest chain of insertions, in tokens.
pub(in crate::text) const LONGEST_PHRASE: usize = 60;

/// Longest name in quotation marks, in tokens with the first of these.
const LONGEST_NAME: usize = 6;

/// The noun phrase that ends just before `end`.
pub(in crate::text) fn phrase_before(passage: &Passage, floor: usize, end: usize) -> Option<Range<usize>> {
    let floor = floor.max(end.saturating_sub(LONGEST_PHRASE));
    let adverbial = end >= floor + 3 && passage.ends_adverbial(end - 1);
    let end = without_weekday(passage, floor, if adverbial { end - 2 } else { end });
    // "Moscow and Minsk both", "a reporter there"
    let floats = end > floor + 1
        && passage.is(end - 1, Class::Floating)
        && passage.is_any(end - 2, &[Class::Capital, Class::PluralNoun, Class::Human]);
    let mut end = end - usize::from(floats);
    let mut start = end;
    let mut listed = false;
    while start > floor {
        let at = start - 1;
        match step_left(passage, floor, at, start == end, &mut listed) {
            Step::To(next) => start = next,
            Step::Whole => return Some(at..end),
            Step::Stop => break,
        }
    }
    while start < end && is_lead(passage, &(floor..end), start) {
        start += 1;
    }
    let named = name_after_adverbial(passage, &(start..end)).or_else(|| name_after_duration(passage, &(start..end)));
    start = named.unwrap_or(start);
    end = without_occasion(passage, start..end);
    // "2022 Biden will press ...": a date or count that lost its place is no part of a name.
    let glued = passage.is(start, Class::Number) && passage.is(start, Class::Paragraph);
    if glued && start + 1 < end && passage.is(start + 1, Class::Capital) && end - start <= 4 {
        start += 1;
    }
    // "Both Minsk and Vilnius"
    let both = start < end && passage.is(start, Class::Floating) && passage.is(start, Class::Quantifier);
    start += usize::from(both && (start + 1..end).any(|at| passage.is(at, Class::Joining)));
    let mark_only = (start..end).all(|token| passage.is(token, Class::Mark));
    (start < end && !mark_only).then_some(start..end)
}

/// Whether a word at the start of a phrase is no part of it: "also | Nowak", "of course | Americans"; but "nearly eight of ten voters".
fn is_lead(passage: &Passage, within: &Range<usize>, at: usize) -> bool {
    let leads =
        [Class::Adverb, Class::Temporal, Class::Coordinator, Class::Preposition, Class::Comma, Class::Possessive];
    let about = passage.is(at, Class::Almost) && passage.is_any(at + 1, &[Class::Number, Class::Indefinite]);
    let trails = at > within.start && at + 1 < within.end && passage.ends_adverbial(at);
    // "Kelly said": a name
    let named = at + 1 == within.end && passage.is_named_as_adverb(at) || passage.is(at + 1, Class::Possessive);
    let named = named || passage.is_any(at, &[Class::GivenMasculine, Class::GivenFeminine]);
    // "then-candidate Nowak said"
    let joined = passage.is(at + 1, Class::Hyphen) && !passage.is(at + 1, Class::Dash);
    (passage.is_any(at, &leads) && !named && !joined || trails) && !passage.is(at, Class::Title) && !about
}

enum Step {
    /// The phrase begins at or left of this token.
    To(usize),
    /// This token is the whole phrase.
    Whole,
    /// The phrase begins right of it.
    Stop,
}

fn step_left(passage: &Passage, floor: usize, at: usize, is_last: bool, listed: &mut bool) -> Step {
    let role = passage.role(at);
    // "the Foreign, Trade & Aid Office"
    if role.is(Class::Mark) && !role.is(Class::Coordinator) {
        return step_over_mark(passage, floor, at, is_last, *listed);
    }
    // "Minsk views Vilnius's plan": a verb between two names.
    let between = at > floor && passage.is(at - 1, Class::Capital) && passage.is(at + 1, Class::Capital);
    let verb = between && role.is_verb() && role.form == Form::Third && !role.is(Class::Capital);
    if verb || role.is(Class::According) {
        return Step::Stop;
    }
    if role.is(Class::Subject) || role.is(Class::Relative) {
        // "he and Nowak discussed", "others in the town said"
        let joined = passage.is(at + 1, Class::Coordinator) && !role.is(Class::Relative);
        let placed = role.is(Class::PluralNoun) && passage.is_any(at + 1, &[Class::In, Class::At, Class::From]);
        // "Mr Nowak and others said"
        let others = is_last && role.is(Class::PluralNoun) && at > floor + 1 && passage.is(at - 1, Class::Joining);
        let named = [Class::Capital, Class::PluralNoun, Class::Human];
        if others && passage.is_any(at - 2, &named) && joins_nouns(passage, floor, at - 1) {
            return Step::To(at);
        }
        return if is_last || joined || placed { Step::Whole } else { Step::Stop };
    }
    if role.is(Class::Coordinator) {
        *listed = joins_nouns(passage, floor, at);
        return if *listed && !is_last { Step::To(at) } else { Step::Stop };
    }
    let determined = at > floor && passage.is_any(at - 1, &[Class::Definite, Class::Indefinite]);
    if role.is(Class::Possessive) {
        let contracted = at > floor && passage.is(at - 1, Class::Subject);
        // "Lloyd's said"
        let next = passage.role(at + 1);
        let named = at > floor && passage.is(at - 1, Class::Capital) && !passage.is(at - 1, Class::Dummy);
        if is_last && named && next.is_verb() && next.form == Form::Past && !next.is_homograph() {
            return Step::To(at);
        }
        return if is_last || contracted || passage.is_contracted_verb(at) && !determined {
            Step::Stop
        } else {
            Step::To(at)
        };
    }
    if !is_last && opens_phrase(passage, at + 1) {
        return Step::Stop;
    }
    if role.is(Class::Subordinator) || role.is(Class::Complementiser) || role.is(Class::Question) {
        let relative = is_last && at > floor && passage.is(at, Class::That) && passage.is_word(at - 1);
        if relative && !passage.role(at - 1).is_verb() && !passage.is(at - 1, Class::Preposition) {
            return Step::Whole;
        }
        // "Photos taken after the storm", but not "crews waited until the storm"
        let dates = role.is(Class::Preposition) && !is_last && at > floor + 1;
        let taken = dates && passage.is_any(at - 1, &[Class::Past, Class::Participle]);
        let noun = taken && passage.is_any(at - 2, &[Class::Figures, Class::Paper]);
        // "officials in more than 20 towns"
        let counts = [Class::Number, Class::Indefinite, Class::Single];
        let counted = !is_last && at > floor && passage.is(at, Class::Than) && passage.is(at - 1, Class::Limit);
        if counted && passage.is_any(at + 1, &counts) {
            return Step::To(at - 1);
        }
        return if noun { Step::To(at) } else { Step::Stop };
    }
    step_over_word(passage, floor, at, is_last)
}

/// Whether a determiner right after a noun opens another phrase: "In Washington | the Pentagon said", "in the meantime | the council".
fn opens_phrase(passage: &Passage, at: usize) -> bool {
    let last = passage.role(at - 1);
    if last.is(Class::Capital) {
        // "the organisation Save the Children"
        let named = passage.is(at.wrapping_sub(2), Class::Body) && !passage.is(at - 2, Class::Capital);
        return passage.is(at, Class::Article)
            && !named
            && !passage.is_any(at - 1, &[Class::Preposition, Class::Definite]);
    }
    // "After the floods | Mayor Nowak said"; but "brothers Jan and Piotr Nowak"
    let names = [Class::Title, Class::GivenMasculine, Class::GivenFeminine];
    let people = [Class::Human, Class::Person, Class::Several];
    if passage.is(at, Class::Capital) && passage.is_any(at, &names) {
        return passage.is(at - 1, Class::PluralNoun)
            && !passage.is_any(at - 1, &people)
            && !of_office(passage, at - 1);
    }
    // "half the town", "officials visiting the town", "leaders who have met the mayor"
    let leads = [
        Class::Mark,
        Class::Definite,
        Class::Indefinite,
        Class::Quantifier,
        Class::Preposition,
        Class::Coordinator,
        Class::Adverb,
        Class::Subject,
        Class::Relative,
        Class::Complementiser,
        Class::Gerund,
        Class::Past,
        Class::Participle,
    ];
    let owners = [Class::Possessor, Class::Male, Class::Female, Class::Plural];
    let owned = passage.is(at, Class::Definite) && passage.is_any(at, &owners);
    // "leaders who study the town", but not "unable to verify | the claim"
    let relative = (at.saturating_sub(4)..at - 1).any(|at| passage.is_any(at, &[Class::Relative, Class::That]));
    (passage.is(at, Class::Article) || owned)
        && !passage.is_any(at - 1, &leads)
        && !(last.is_verb() && !last.is_homograph() && relative)
        // "the firm that owns the network"
        && !(at > 1 && passage.is_any(at - 2, &[Class::Relative, Class::That]))
        && !passage.is_finite(at - 1)
}

/// "the spokesman for strategic affairs | Jan Nowak": a plural that belongs to an office.
fn of_office(passage: &Passage, plural: usize) -> bool {
    let mut near = (plural.saturating_sub(4)..plural).rev();
    let lead = near.find(|&at| passage.is(at, Class::Preposition)).and_then(|lead| lead.checked_sub(1));
    lead.is_some_and(|noun| passage.is_any(noun, &[Class::Human, Class::Person, Class::Title]))
}

/// A step over a word that is no function word but perhaps a preposition: a noun, or what describes one.
fn step_over_word(passage: &Passage, floor: usize, at: usize, is_last: bool) -> Step {
    let role = passage.role(at);
    let capital = role.is(Class::Capital);
    // "the will", but not "that does not mean"
    let determined = at > floor
        && passage.is_any(at - 1, &[Class::Definite, Class::Indefinite])
        && (!role.is(Class::Auxiliary) || passage.is(at - 1, Class::Article));
    let opens_title =
        role.is(Class::Past) && !role.is_verb() && !is_last && passage.is(at.wrapping_sub(1), Class::Mark);
    if opens_title {
        return Step::To(at);
    }
    // "newly opened files show"
    let led = at > floor && passage.is(at - 1, Class::Adverb) && (at == floor + 1 || passage.is(at - 2, Class::Comma));
    if !is_last && led && role.is(Class::Past) && !passage.is(at + 1, Class::Preposition) {
        return Step::To(at - 1);
    }
    // "all the experts I interviewed said"
    let contact = is_last && at >= floor + 2 && role.is(Class::Past) && passage.is(at - 1, Class::Subject);
    if contact && passage.is_word(at - 2) && !passage.is_finite(at - 2) {
        return Step::To(at - 1);
    }
    // "officials who briefed reporters", "officials visiting the town"
    let attached = !is_last && at > floor + 1;
    // "the report that shows Minsk plans": the last noun is the subject of what is shown.
    let entry = passage.lexicon.verb(role);
    let reports = entry.is_some_and(|entry| entry.takes(Follows::Bare) && !entry.takes(Follows::Hearer));
    if let Some(relative) = relative_before(passage, floor, at).filter(|_| attached) {
        let reports = reports && (role.form == Form::Third || relative + 1 < at) && passage.is(at + 1, Class::Capital);
        if !reports {
            return Step::To(relative);
        }
    }
    // "Ewa Lis, who leads the council said": the comma that should close the clause is missing.
    let open_clause = at >= floor + 3 && passage.is(at - 1, Class::Relative) && passage.is(at - 2, Class::Comma);
    if !is_last && open_clause && passage.is(at - 3, Class::Capital) {
        return Step::To(at - 2);
    }
    // "the union which represents drivers"
    // but not "files for which registers | name"
    let gap = attached && passage.is(at - 2, Class::Preposition);
    // "the firm that owns the network", but not "told the radio that officials had left"
    let acts = passage.is(at, Class::PluralNoun) && passage.is_any(at + 1, &[Class::Definite, Class::Indefinite]);
    let that = attached && acts && passage.is(at - 1, Class::That) && !passage.role(at - 2).is_verb();
    let relative = attached && !gap && (that || passage.is(at - 1, Class::Relative) && passage.is_word(at - 2));
    if relative && !capital && !passage.is_any(at, &[Class::Definite, Class::Indefinite, Class::Subject]) {
        return Step::To(at - 1);
    }
    if !is_last && at > floor && describes_noun(passage, at) {
        return Step::To(at);
    }
    // "the charge of rigging was thrown out"
    let claimed = at > floor + 1 && passage.is(at - 1, Class::Of) && passage.role(at - 2).is_noun();
    // "a court filing said"
    let paper = is_last && passage.is_any(at, &[Class::Paper, Class::Venue]);
    // "its veto-wielding members"
    let compound = at > floor && (follows_hyphen(passage, at) || names_body(passage, at));
    if !determined
        && !claimed
        && !compound
        && (role.is(Class::Gerund) && !capital && !paper && !role.is(Class::Title)
            || passage.is_finite(at) && !(capital && role.is(Class::Past)))
    {
        return Step::Stop;
    }
    if role.is(Class::Preposition) && !role.is(Class::Definite) {
        let attached = at > floor && passage.is_word(at - 1) && !passage.is(at - 1, Class::Preposition);
        return if attached && !is_last && attaches_to_noun(passage, floor, at) { Step::To(at) } else { Step::Stop };
    }
    Step::To(at)
}

/// Whether a noun stands before a preposition, though it may be a verb elsewhere: "firms on the ground | in Lodz".
fn attaches_to_noun(passage: &Passage, floor: usize, at: usize) -> bool {
    !passage.is_finite(at - 1)
        || at > floor + 1 && passage.is(at - 2, Class::Article)
        || at > floor + 1
            && (describes_noun(passage, at - 1)
                || at > floor + 2 && passage.is_any(at - 2, &[Class::Relative, Class::That]))
}

/// "its veto-|wielding members"
fn follows_hyphen(passage: &Passage, at: usize) -> bool {
    passage.is(at - 1, Class::Hyphen) && !passage.is(at - 1, Class::Dash)
}

/// "campaign group | Clear Sky": a verb elsewhere is the first word of a name.
fn names_body(passage: &Passage, at: usize) -> bool {
    let capitals = passage.is(at, Class::Capital) && passage.is(at + 1, Class::Capital);
    capitals && !passage.is_headline(at) && passage.is(at - 1, Class::Body)
}

/// The "who" or "that" of a clause after a noun, whose verb ends at a token: "leaders | who have been opponents of the plan".
fn relative_before(passage: &Passage, floor: usize, at: usize) -> Option<usize> {
    let mut verb = at;
    while verb > floor + 2 && passage.is_any(verb - 1, &[Class::Auxiliary, Class::Adverb, Class::Negator]) {
        verb -= 1;
    }
    if at < floor + 2 || !passage.is_finite(at) || !passage.is_word(verb - 2) {
        return None;
    }
    let that = passage.is(verb - 1, Class::That) && !passage.role(verb - 2).is_verb();
    let that = that && !passage.is_any(verb - 2, &[Class::Preposition, Class::Adverb]);
    (that || passage.is(verb - 1, Class::Relative)).then_some(verb - 1)
}

/// Whether a participle stands after the noun it describes: "officials visiting the town", "a report released in May".
pub(in crate::text) fn describes_noun(passage: &Passage, at: usize) -> bool {
    let role = passage.role(at);
    let function = [
        Class::Mark,
        Class::Auxiliary,
        Class::Definite,
        Class::Indefinite,
        Class::Preposition,
        Class::Coordinator,
        Class::Subordinator,
        Class::Adverb,
        Class::Subject,
        Class::Object,
        Class::Relative,
        Class::Complementiser,
        Class::Temporal,
    ];
    let noun = !passage.is_any(at - 1, &function) && !passage.is_finite(at - 1);
    // "a gang calling itself Grey Otter"
    if role.is(Class::Gerund) && passage.is(at + 1, Class::Reflexive) {
        return noun;
    }
    if role.is(Class::Gerund) {
        return noun && !role.is_verb() && !passage.is(at - 1, Class::Gerund);
    }
    let adjunct = passage
        .is_any(at + 1, &[Class::Preposition, Class::Temporal, Class::Weekday, Class::Number, Class::Limit])
        || passage.is(at + 1, Class::Floating);
    let past = role.is(Class::Past) || role.is_verb() && role.form == Form::Participle;
    // "engineers brought in from Leeds called it"
    let brought = role.is(Class::Finite)
        && !role.is(Class::Auxiliary)
        && !role.is_verb()
        && passage.is(at - 1, Class::PluralNoun)
        && passage.is_any(at + 1, &[Class::Particle, Class::Preposition]);
    // "a baker surnamed Claes"
    let named = role.is(Class::Past)
        && passage.is(at + 1, Class::Capital)
        && (at.saturating_sub(3)..at).any(|article| passage.is(article, Class::Single));
    // "the part devoted to old quarrels", but not "a plan designed to end it"
    let opens = [Class::Definite, Class::Indefinite, Class::Capital, Class::Adjectival, Class::PluralNoun];
    let acts = passage.is_any(at - 1, &[Class::Human, Class::Person, Class::Several, Class::Capital]);
    let infinitive = passage.is(at + 1, Class::To) && (acts || !passage.is_any(at + 2, &opens));
    noun && ((past || brought) && adjunct && !infinitive || named)
}

fn step_over_mark(passage: &Passage, floor: usize, at: usize, is_last: bool, listed: bool) -> Step {
    let role = passage.role(at);
    if role.is(Class::CloseBracket) {
        return opening_bracket(passage, floor, at).map_or(Step::Stop, Step::To);
    }
    if role.is(Class::Hyphen) && !role.is(Class::Dash) {
        return if is_last { Step::Stop } else { Step::To(at) };
    }
    if role.is(Class::Comma) {
        let item = at > floor
            && passage.is_word(at - 1)
            && passage.is(at - 1, Class::Capital)
            && !passage.is_any(at - 1, &[Class::Weekday, Class::Month]);
        return if listed && item { Step::To(at) } else { Step::Stop };
    }
    if role.is(Class::Stop) {
        // "rages in the region. chief Jan Nowak said": the name of a body was lost between them.
        let abbreviation = at > floor && passage.is_word(at - 1) && !role.is(Class::SpaceBefore);
        let abbreviation = abbreviation && (passage.is(at - 1, Class::Capital) || passage.is(at + 1, Class::Capital));
        return if abbreviation && passage.folded(at) == "." { Step::To(at) } else { Step::Stop };
    }
    let breaks = [Class::Dash, Class::Colon, Class::Semicolon, Class::OpenBracket, Class::DoubleQuote];
    if passage.is_any(at, &breaks) {
        let nickname = role.is(Class::DoubleQuote) && passage.is_word(at.wrapping_sub(1));
        if nickname && (!is_last || ends_with_name(passage, floor, at)) {
            let limit = (floor + 1).max(at.saturating_sub(6));
            let open = (limit..at).rev().find(|&mark| passage.is(mark, Class::DoubleQuote));
            return open.map_or(Step::Stop, Step::To);
        }
        return Step::Stop;
    }
    // An apostrophe after a plural ("the soldiers' mothers") is inside; a mark that closes a quotation is not.
    let plural = at > floor && passage.is(at - 1, Class::PluralNoun);
    if role.is(Class::SingleQuote) && role.is(Class::SpaceAfter) && (is_last || !plural) {
        return Step::Stop;
    }
    Step::To(at)
}

/// Whether a noun phrase ends with a name in quotation marks: "the “Pine legion” said".
fn ends_with_name(passage: &Passage, floor: usize, close: usize) -> bool {
    let limit = (floor + 1).max(close.saturating_sub(LONGEST_NAME));
    let Some(open) = (limit..close).rev().find(|&mark| passage.is(mark, Class::DoubleQuote)) else { return false };
    let nouns = [Class::Definite, Class::Possessive, Class::Human, Class::Person, Class::Body];
    let named = (open + 1..close).any(|at| passage.is(at, Class::Capital));
    named
        && passage.is_any(open - 1, &nouns)
        && (open + 1..close).all(|at| passage.is_word(at) && !passage.is_finite(at))
}

pub(in crate::text) fn opening_bracket(passage: &Passage, floor: usize, close: usize) -> Option<usize> {
    (floor.max(close.saturating_sub(20))..close).rev().find(|&at| passage.is(at, Class::OpenBracket))
}

/// Whether "and" at `at` joins two nouns rather than two clauses: no finite verb and no comma before it.
fn joins_nouns(passage: &Passage, floor: usize, at: usize) -> bool {
    if !passage.is(at, Class::Joining) && passage.folded(at) != "&" || at == floor || passage.is(at - 1, Class::Mark) {
        return at > floor && passage.is(at - 1, Class::CloseBracket);
    }
    for token in (floor.max(at.saturating_sub(12))..at).rev() {
        if passage.is_any(token, &[Class::Comma, Class::Subordinator, Class::DoubleQuote, Class::Relative]) {
            break;
        }
        // "the study conducted by Lis and Nowak"
        let describes = token > floor && passage.is(token, Class::Past) && describes_noun(passage, token);
        let named = passage.is(token, Class::Past) && passage.is(token, Class::Capital);
        if passage.is_finite(token) && !named && !describes {
            return false;
        }
    }
    true
}

/// Whether a source is nobody: "nobody knows", "none of the tests", "few expect".
pub(in crate::text) fn is_nobody(passage: &Passage, source: &Range<usize>) -> bool {
    let first = source.start;
    // "No 10"
    let numbered = source.len() == 2 && passage.is(first, Class::No) && passage.is(first + 1, Class::Number);
    let is_negated = passage.is(first, Class::Negator) || first > 0 && passage.is(first - 1, Class::Negator);
    let is_negated = is_negated && !numbered;
    is_negated || source.len() == 1 && passage.is(first, Class::Scarce)
}

/// "Those who speak of a raid", "anyone who thinks that": whoever does, which is nobody in particular.
pub(in crate::text) fn is_anybody(passage: &Passage, source: &Range<usize>) -> bool {
    let first = source.start;
    let who = passage.is(first, Class::Relative) && first > 0 && passage.is(first - 1, Class::Anybody);
    let those = source.len() == 1 || passage.is(first + 1, Class::Relative);
    who || those && passage.is(first, Class::Anybody)
}

/// Whether a source is a place that no noun names ("here"), or somebody of a concession: "whatever your reporter says".
pub(in crate::text) fn is_place(passage: &Passage, source: &Range<usize>) -> bool {
    passage.is(source.start, Class::Whatever)
        || source.len() == 1
            && passage.is(source.start, Class::Floating)
            && !passage.is(source.start, Class::Quantifier)
}
