//! Questions: what a voice asks, or leaves open with "whether".
//!
//! Not here: conditions (`suppositions`).

use std::ops::Range;

use crate::model::{Span, Speech, VerbClass};
use crate::text::language::{Class, Form};
use crate::text::passage::Passage;
use crate::text::voice::attribution::AttributedWords;
use crate::text::voice::candidate::Complement;
use crate::text::voice::denials::is_owned;
use crate::text::voice::given::is_given;
use crate::text::voice::granted::{is_led_to, is_untouched, known_before};
use crate::text::voice::negators::{asks_for_yes, calls};
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::stand::{Polarity, Stand, stand};

/// How far before a clause the "whether" may stand that asks it, in tokens.
const MOST_WONDERING: usize = 12;

/// How far after the subject of a question its predicate stands, in tokens.
const NEAR_PREDICATE: usize = 6;

/// Longest question without a verb, in tokens: "What soaring prices?"
const MOST_WORDS: usize = 5;

/// The word or mark that makes a question of it.
pub(in crate::text) fn question(
    passage: &Passage,
    cue: &Range<usize>,
    scope: &Range<usize>,
    speaker: Option<&AttributedWords>,
) -> Option<Stand> {
    // "unclear whether or when troops would come"
    let joined = passage.is(scope.start.wrapping_sub(1), Class::Coordinator)
        && passage.is(scope.start.wrapping_sub(2), Class::Questioner);
    let wonders = (scope.start.saturating_sub(MOST_WONDERING)..scope.start)
        .rev()
        .take_while(|&at| !passage.is_any(at, &[Class::Comma, Class::Stop, Class::Semicolon, Class::DoubleQuote]))
        .find(|&at| passage.is(at, Class::Questioner) && at > 0 && asks(passage, at))
        .filter(|_| {
            passage.is(scope.start, Class::Complementiser) || !passage.is(scope.start, Class::Subordinator) || joined
        });
    let asks = wonders.or_else(|| (scope.start..cue.start).find(|&at| leaves_open(passage, at)));
    if let Some(at) = rhetorical(passage, cue) {
        return Some(stand(Polarity::Negated, passage.span(&(at..at + 1)), VoiceRule::QuestionMark));
    }
    // "Doped or not, he won."
    let not = passage.is(cue.end + 1, Class::Negator) && passage.is(cue.end + 1, Class::Adverb);
    if not && passage.is(cue.end, Class::Coordinator) && !passage.is_word(cue.end + 2) {
        return Some(stand(Polarity::Questioned, passage.span(&(cue.end..cue.end + 1)), VoiceRule::Whether));
    }
    let questioned = |because: Span, rule: VoiceRule| stand(Polarity::Questioned, because, rule);
    // "whether Lodz will help Minsk in its raid"
    if let Some(at) = asks.filter(|&at| !(is_owned(passage, at, cue.start) && is_led_to(passage, at, cue))) {
        return Some(questioned(passage.span(&(at..at + 1)), VoiceRule::Whether));
    }
    if let Some(verb) = speaker.filter(|it| inquires(passage, it)).and_then(|it| it.verb) {
        return Some(questioned(verb, VoiceRule::Asked));
    }
    let sentence = passage.sentence_of(cue.start)?;
    let mark = (cue.end..sentence.tokens.end).find(|&at| passage.is(at, Class::Stop))?;
    // "Why is the army invading?" takes the invasion for granted.
    let first = sentence.tokens.start + usize::from(passage.is_quote_mark(sentence.tokens.start));
    let opening = first..(first + 4).min(cue.start);
    let label = opening.clone().find(|&at| passage.is(at, Class::Colon)).map_or(opening.start, |colon| colon + 1);
    // "But why did they leave?", "Minister, why did they leave?"
    let second = passage.is_any(label, &[Class::Coordinator]) && passage.is(label + 1, Class::Presuming);
    let called = passage.is(label + 1, Class::Comma) && passage.is(label + 2, Class::Presuming);
    let lead = label + usize::from(passage.is_any(label, &[Class::Coordinator, Class::DistanceLead]));
    // "So who hid the memo?": somebody did.
    let who = passage.is(lead, Class::Relativiser) && passage.is_any(lead + 1, &[Class::Past, Class::Finite]);
    let who = who && !passage.is_any(lead + 1, &[Class::Auxiliary, Class::Hypothetical]);
    let presumed = passage.is_any(label, &[Class::Presuming]) || second || called || who;
    // "which brings me back to it: Why is the army massing?"
    let after_colon = (label..cue.start).rev().find(|&at| passage.is(at, Class::Colon));
    let presumed = presumed || after_colon.is_some_and(|at| passage.is(at + 1, Class::Presuming));
    // "What is the cost of Minsk's raid?", "Who gains amid the raid?": there is one.
    let opens = passage.is_any(lead, &[Class::Question, Class::Relative]) && !passage.is(lead, Class::Questioner);
    let presumed = presumed || opens && is_known(passage, lead, cue);
    // "Will she help calm the crisis?", but "Will he order the raid?"
    let presumed = presumed || passage.is(lead, Class::Auxiliary) && is_untouched(passage, lead, cue);
    // "mocks Minsk's raid: “Who could do so?”" asks in another's words.
    let quote = (cue.end..mark).rev().find(|&at| passage.is_quote_mark(at));
    let presumed = presumed || quote.is_some_and(|at| passage.is(at, Class::SpaceBefore));
    // "What of Lis, who says that a raid is near?" asks nothing of what Lis says.
    let told = speaker.and_then(|it| it.verb).map(|verb| passage.whole().tokens_of(verb).start);
    let presumed =
        presumed || told.is_some_and(|verb| verb > lead && passage.is(verb.wrapping_sub(1), Class::Relativiser));
    // "Isn't that a cover-up?"
    let yes = (first..cue.start.min(first + 3)).any(|at| passage.is(at, Class::Negator) && asks_for_yes(passage, at));
    let asked = passage.is(mark, Class::QuestionMark) && !presumed && !yes;
    let asked = asked && asks_within(passage, sentence.tokens.start, cue, mark);
    asked.then(|| questioned(passage.span(&(mark..mark + 1)), VoiceRule::QuestionMark))
}

/// Whether the question that ends at `mark` asks whether a cue is so: one that begins behind it does not, "We sent it, what can we do?",
/// nor does one for who, what or which, unless of what may come: "What would a raid look like?" A question without its order of words,
/// "You expect a raid?", asks all that it says.
fn asks_within(passage: &Passage, first: usize, cue: &Range<usize>, mark: usize) -> bool {
    let asks = |at: &usize| {
        let opens =
            *at == first || passage.is_any(at.wrapping_sub(1), &[Class::Mark, Class::Coordinator, Class::DistanceLead]);
        opens && (is_wh(passage, first, *at) || is_inverted(passage, *at))
    };
    let Some(lead) = (first..=cue.start).rev().find(asks) else {
        // "has sent arms to the U.S. Will it be enough?"
        return !(cue.start + 1..mark).any(|at| asks(&at) || at >= cue.end && is_tagged(passage, at));
    };
    // "Is it the town, thanks to its raid?"
    if is_given(passage, lead, cue) || is_asked_of(passage, lead, cue) {
        return false;
    }
    let may = [Class::Hypothetical, Class::Future, Class::Able, Class::Prospect];
    !is_wh(passage, first, lead) || (lead..cue.start).any(|at| passage.is_any(at, &may))
}

/// Whether a question asks something else of its known subject than whether it is or comes: "Will the war in Lodz end soon?"
fn is_asked_of(passage: &Passage, lead: usize, cue: &Range<usize>) -> bool {
    let comes = [
        Class::Existent,
        Class::Occurring,
        Class::Coming,
        Class::Materialising,
        Class::Gone,
        Class::Onward,
        Class::Single,
        Class::Question,
    ];
    let known = known_before(passage, lead, cue) == Some(lead + 1) && is_inverted(passage, lead);
    let named = passage.is(cue.end, Class::In) || passage.is(cue.end - 1, Class::Capital);
    // "Will the Germans really close the pipeline?"
    let acts = (lead + 2..cue.start).any(|at| passage.is_any(at, &[Class::PluralNoun, Class::Adverb]));
    known && named && !acts && !(cue.end..cue.end + NEAR_PREDICATE).any(|at| passage.is_any(at, &comes))
}

/// Whether a question begins with "who" or the like at a token, in words that begin at `first`.
fn is_wh(passage: &Passage, first: usize, at: usize) -> bool {
    let verb = |word: usize| passage.is_any(word, &[Class::Auxiliary, Class::Contracted]);
    passage.is(at, Class::Question)
        && !passage.is(at, Class::Questioner)
        && (verb(at + 1) || verb(at + 2) || at == first || at == first + 1 && passage.is_quote_mark(first))
}

/// Whether an auxiliary stands before its subject: "is it", "did Minsk".
fn is_inverted(passage: &Passage, at: usize) -> bool {
    let subject = [Class::Subject, Class::Dummy, Class::Definite, Class::Capital, Class::Indefinite, Class::PluralNoun];
    passage.is(at, Class::Auxiliary) && passage.is_any(at + 1, &subject)
}

/// Whether an auxiliary stands before a pronoun: "will it".
fn is_tagged(passage: &Passage, at: usize) -> bool {
    is_inverted(passage, at) && passage.is_any(at + 1, &[Class::Subject, Class::Dummy])
}

/// Whether a "whether" stands at a token; that of "whether in the town or beyond" asks nothing.
fn leaves_open(passage: &Passage, at: usize) -> bool {
    let asks = passage.is(at + 1, Class::To) || !passage.is(at + 1, Class::Preposition);
    passage.is(at, Class::Questioner) && asks && !passage.is(at, Class::Hypothetical)
}

/// Whether what a question is about is taken for granted in it: "Minsk's raid", "amid the raid".
fn is_known(passage: &Passage, lead: usize, cue: &Range<usize>) -> bool {
    let amid = (lead..=cue.start).any(|at| passage.is(at, Class::Circumstance));
    amid || known_before(passage, lead, cue).is_some()
}

/// The opening of a question that nobody expects an answer to: "How can it be arson when ...?", "What shortage?"
fn rhetorical(passage: &Passage, cue: &Range<usize>) -> Option<usize> {
    let sentence = passage.sentence_of(cue.start)?.tokens.clone();
    let first = sentence.start + usize::from(passage.is_quote_mark(sentence.start));
    // "Fraud? Nonsense, says the mayor." "Layoffs? No."
    let (next, whole) = (sentence.end, passage.whole());
    let answered = whole.is_any(next, &[Class::Judgment, Class::False, Class::What])
        || whole.is(next, Class::No) && !whole.is_word(next + 1);
    if answered && cue.start == first && cue.end + 1 == next && passage.is(cue.end, Class::QuestionMark) {
        return Some(cue.end);
    }
    if !passage.is_any(first, &[Class::Presuming, Class::What, Class::Relativiser]) {
        return None;
    }
    let mark = (cue.end..sentence.end).find(|&at| passage.is(at, Class::Stop))?;
    let how = passage.is(first, Class::Presuming)
        && passage.is_any(first + 1, &[Class::Able, Class::Possible])
        && passage.is(first + 2, Class::Dummy)
        && passage.is(first + 3, Class::Being);
    let what = passage.is(first, Class::What)
        && mark <= first + MOST_WORDS
        && !(first + 1..mark).any(|at| passage.is_finite(at) || passage.is_any(at, &[Class::Preposition, Class::Mark]));
    // "Who says there is a shortage?"
    let third = passage.role(first + 1);
    let who = passage.is(first, Class::Relativiser) && third.is_verb() && third.form == Form::Third;
    let what = what
        || who
            && passage
                .lexicon
                .verb(third)
                .is_some_and(|verb| verb.is_saying() && verb.class(false) == VerbClass::Neutral);
    // "How can anyone call that a raid?"
    let named = passage.is(first + 2, Class::Subject) && calls(passage, first + 3);
    let how = how
        || named && passage.is(first, Class::Presuming) && passage.is_any(first + 1, &[Class::Able, Class::Possible]);
    // "What shortage, asks the mayor."
    let asks = |at: usize| {
        let verb = passage.lexicon.verb(passage.role(at + 1));
        passage.is(at, Class::Comma) && verb.is_some_and(|verb| verb.class(false) == VerbClass::Asking)
    };
    let asked = passage.is(first, Class::What) && cue.start == first + 1 && asks(cue.end);
    (asked || passage.is(mark, Class::QuestionMark) && (how || what)).then_some(first)
}

/// Whether a source asks rather than demands: "asked the grid to prevent a blackout", "asked for weapons" are demands. Who "wondered why the shelves
/// were empty" takes it for granted that they were.
fn inquires(passage: &Passage, speaker: &AttributedWords) -> bool {
    // "asked what they needed after the raid" does not ask whether there was one; a quotation is a question by its mark.
    let whole = passage.whole();
    let first = passage.token_at(speaker.hull().start);
    let about = speaker.complement != Complement::Clause && speaker.verb_is(passage, Class::About);
    let asks = whole.is(first, Class::Questioner) || about;
    let modal = || (first..first + MOST_WONDERING).any(|at| whole.is_any(at, &[Class::Hypothetical, Class::Future]));
    if speaker.kind != Speech::Indirect || !asks && !modal() {
        return false;
    }
    let why = whole.is(first, Class::Presuming);
    let tokens = speaker.verb.map_or(0..0, |verb| passage.whole().tokens_of(verb));
    let wants = tokens.end > 0 && passage.whole().is(tokens.end - 1, Class::For);
    speaker.verb_class == VerbClass::Asking && !wants && speaker.complement != Complement::Action && !why
}

/// Whether "whether" stands before the cue in the words of a source: "refused to be drawn on whether prices rose".
pub(in crate::text) fn wonders_within(passage: &Passage, speaker: Option<&AttributedWords>, cue: usize) -> bool {
    let start = speaker.map_or(cue, |speaker| passage.token_at(speaker.hull().start));
    (start..cue).any(|at| passage.is(at, Class::Questioner) && !passage.is(at, Class::Hypothetical))
}

/// Whether "whether" or "if" at a token opens an indirect question: "asked if".
fn asks(passage: &Passage, at: usize) -> bool {
    let asking = passage.lexicon.verb(passage.role(at - 1)).is_some_and(|verb| verb.class(false) == VerbClass::Asking);
    asking || !passage.is(at, Class::Hypothetical)
}
