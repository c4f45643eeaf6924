//! Which words negate: negators that count, verbs of denial, the negation of a demand. Not here: over what they count
//! (`reach`).

use crate::model::VerbClass;
use crate::text::language::{Class, Follows, ReportingWord, Traits};
use crate::text::passage::Passage;

/// Longest way from a verb to the noun of its object, in tokens: "dropped its long-held plans".
const LONGEST_OBJECT: usize = 7;

/// The classes of words that may negate: of any other word nothing more need be asked, as every word before a cue is.
const NEGATING: Traits = Traits::of(&[
    Class::Negator,
    Class::Scarce,
    Class::Meagre,
    Class::Pending,
    Class::Replaced,
    Class::Cleared,
    Class::Early,
    Class::False,
    Class::Absent,
    Class::Anything,
    Class::Refusing,
    Class::Averted,
    Class::Dropping,
    Class::Cancelling,
    Class::Calling,
    Class::Contrary,
    Class::Rid,
    Class::Forgoing,
    Class::Omitting,
    Class::Inventing,
    Class::Spared,
    Class::Nil,
    Class::Judgment,
    Class::Preventing,
    Class::Against,
]);

/// Whether the word at a token negates what follows in its clause.
pub(in crate::text) fn negates(passage: &Passage, at: usize) -> bool {
    if !passage.role(at).meets(NEGATING) || is_set_phrase(passage, at) {
        return false;
    }
    if passage.is(at, Class::Negator) {
        // "neither the army nor the navy": one negation
        // but "will not raise rents, nor will it close shops"
        let paired = passage.is(at, Class::Coordinator)
            && !passage.is(at + 1, Class::Auxiliary)
            && (at.saturating_sub(12)..at).any(|lead| passage.is(lead, Class::Negator));
        return !paired && !is_resumed(passage, at) && !is_superlative(passage, at) && !is_faint(passage, at);
    }
    is_scarce(passage, at)
        || forgoes(passage, at)
        || makes_up(passage, at)
        || passage.is(at, Class::Omitting) && passage.is(at + 1, Class::To)
        || passage.is(at, Class::Spared) && passage.is_any(at.wrapping_sub(1), &[Class::Being, Class::Been])
        || passage.is(at, Class::Nil) && passage.is_word(at + 1) && !passage.is(at + 1, Class::Faint)
        // "anything but a raid"
        || passage.is(at, Class::Anything) && passage.is(at + 1, Class::Adversative)
        || is_silent(passage, at)
        || averts(passage, at)
        || gives_up(passage, at)
        || passage.is(at, Class::Contrary) && passage.is(at + 1, Class::To)
        || passage.is(at, Class::Pending) && passage.is(at + 1, Class::To)
        || replaces(passage, at)
        || clears(passage, at)
        || is_rid(passage, at)
        || stops_calling(passage, at)
        || is_early(passage, at)
        || is_absent(passage, at)
        || passage.is(at, Class::False) && is_lie(passage, at)
        || is_absurd(passage, at)
}

/// Whether a word that negates elsewhere does nothing of the kind here: "a no-fly zone", "whether or not", "why don't we", "to
/// say nothing of".
fn is_set_phrase(passage: &Passage, at: usize) -> bool {
    let (last, named) = (at.wrapping_sub(1), passage.is(at, Class::No) && passage.is(at + 1, Class::Hyphen));
    let either = passage.is(last, Class::Coordinator) && passage.is(at.wrapping_sub(2), Class::Questioner);
    // "Why don't we impose sanctions?", "Why don't you", "asked why not impose them" propose them; "how not to" and "why nobody" do not.
    let asked = passage.is(at, Class::Auxiliary) && passage.is_any(at + 1, &[Class::First, Class::Second]);
    let other = [Class::To, Class::Adverb, Class::Preposition, Class::Gerund, Class::Past];
    let bare = passage.is(at, Class::Adverb) && passage.is_word(at + 1) && !passage.is_any(at + 1, &other);
    let proposed = passage.is(last, Class::Presuming) && (asked || bare);
    let told = passage.lexicon.verb(passage.role(last)).is_some_and(ReportingWord::is_saying);
    let added = told && passage.is(at.wrapping_sub(2), Class::To) && passage.is(at + 1, Class::Of);
    // "did not know there was a raid": it was there all the same.
    let past = passage.is(at, Class::Done) || passage.is_any(last, &[Class::Done, Class::Had]);
    let open = [Class::Question, Class::Questioner, Class::Of, Class::About];
    let missed = passage.is(at, Class::Absent) && passage.is(at + 1, Class::To) && passage.is(at + 2, Class::Realising);
    let missed = missed && !passage.is_any(at + 3, &open);
    let unnoticed = past && passage.is(at + 1, Class::Realising) && !passage.is_any(at + 2, &open);
    // "not far from the town"
    let near = passage.is(at + 1, Class::Replaced) && passage.is(at + 2, Class::From);
    // "It goes without saying that"
    let plain =
        told_by(passage, at + 1 + usize::from(passage.is(at + 1, Class::Turn))) && passage.is(last, Class::Catenative);
    near || plain && passage.is(at, Class::Lacking)
        || asks_for_yes(passage, at)
        || named
        || either
        || missed
        || unnoticed
        || added
        || proposed
}

/// Whether a gerund of saying stands at a token.
fn told_by(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Gerund) && passage.lexicon.verb(passage.role(at)).is_some_and(ReportingWord::is_saying)
}

/// Whether a negator is that of a question to which the answer is yes: "Isn't that a cover-up?", "Will nobody say that it was one?"
pub(in crate::text) fn asks_for_yes(passage: &Passage, at: usize) -> bool {
    let Some(sentence) = passage.sentence_of(at).map(|it| it.tokens.clone()) else { return false };
    let first = sentence.start + usize::from(passage.is_quote_mark(sentence.start));
    let last = sentence.end.saturating_sub(1);
    let mark = last - usize::from(passage.is_quote_mark(last));
    at <= first + 2 && passage.is(first, Class::Auxiliary) && passage.is(mark, Class::QuestionMark)
}

/// "was not and never had been a spy": one negation
fn is_resumed(passage: &Passage, at: usize) -> bool {
    let mut after =
        (at + 1..at + 5).skip_while(|&word| passage.is_any(word, &[Class::Auxiliary, Class::Adverb, Class::Comma]));
    after.next().is_some_and(|word| passage.is(word, Class::Joining))
        && after
            .take_while(|&word| passage.is_any(word, &[Class::Auxiliary, Class::Adverb]))
            .any(|word| passage.is(word, Class::Negator))
}

/// "few expect", "scant evidence", "little proof that"; but "a few expect", "the past few weeks", "little girls"
fn is_scarce(passage: &Passage, at: usize) -> bool {
    let counted = || {
        // "too few guards" are some.
        at > 0 && passage.is_any(at - 1, &[Class::Indefinite, Class::Definite, Class::Ordinal, Class::Excess])
            || passage.is(at + 1, Class::Duration)
    };
    let meagre = passage.is(at, Class::Meagre) && passage.is_any(at + 1, &[Class::Evidence, Class::Prospect]);
    // "scant regard for losses"
    (passage.is(at, Class::Scarce) || meagre) && !counted() && !passage.is(at + 1, Class::Faint)
}

/// "far from a raid"; but not "a town far from Minsk", "far from the only one who died in the raid", "far
/// from over, the raid goes on"
fn replaces(passage: &Passage, at: usize) -> bool {
    let place = passage.is(at + 2, Class::Capital) && passage.is(at + 1, Class::From);
    let one = passage.is(at + 2, Class::Article) && passage.is_any(at + 3, &[Class::Faint, Class::Ordinal]);
    let over = passage.is_any(at + 2, &[Class::Gone, Class::Ended]);
    // "nothing short of a raid" is one.
    let no_less = passage.is(at.wrapping_sub(1), Class::Negator);
    // "a far cry from a raid", "a long way from a raid"
    let way = passage.is(at.wrapping_sub(1), Class::Single) && passage.is(at + 2, Class::From);
    let way = way && passage.is_word(at + 1) && passage.is(at + 3, Class::Single);
    let from = passage.is(at + 1, Class::Replacing) && !place && !one && !over && !no_less;
    passage.is(at, Class::Replaced) && (from || way)
}

/// "cleared of fraud", "cleared the charity of fraud", but not "innocent people of the town"
fn clears(passage: &Passage, at: usize) -> bool {
    let reach = if passage.is(at, Class::Past) || passage.is(at.wrapping_sub(1), Class::To) { 7 } else { 2 };
    passage.is(at, Class::Cleared)
        && (at + 1..at + reach).take_while(|&word| passage.is_word(word)).any(|word| passage.is(word, Class::Of))
}

/// "Stop calling it a raid", "warned against calling it a raid"
pub(in crate::text) fn stops_calling(passage: &Passage, at: usize) -> bool {
    passage.is_any(at, &[Class::Preventing, Class::Against])
        && passage.is(at + 1, Class::Gerund)
        && calls(passage, at + 1)
        && passage.is_any(at + 2, &[Class::Dummy, Class::Object])
}

/// Whether a verb at a token says what something is called: "call", "describe".
pub(in crate::text) fn calls(passage: &Passage, at: usize) -> bool {
    let entry = passage.lexicon.verb(passage.role(at));
    entry.is_some_and(|verb| {
        let names = verb.takes(Follows::Np) || verb.takes(Follows::As);
        names && verb.class(false) == VerbClass::Neutral && !verb.is_saying()
    })
}

/// "too early to speak of a raid", but "too early to say whether"
fn is_early(passage: &Passage, at: usize) -> bool {
    // "was “not too late” to"
    let next = at + 1 + usize::from(passage.is_quote_mark(at + 1));
    passage.is(at, Class::Early)
        && passage.is(at.wrapping_sub(1), Class::Excess)
        && passage.is_any(next, &[Class::To, Class::For])
        && !(next + 1..next + 4).any(|word| passage.is_any(word, &[Class::Questioner, Class::Question]))
}

/// "failed to talk"; but "the failed talks" were held.
fn is_absent(passage: &Passage, at: usize) -> bool {
    let held = passage.is(at, Class::Catenative)
        && passage.is(at.wrapping_sub(1), Class::Definite)
        && !passage.is(at + 1, Class::To);
    passage.is(at, Class::Absent) && !held
}

/// "refrained from striking", "voted against a strike", "backed out of the merger": what somebody keeps from does not come.
fn forgoes(passage: &Passage, at: usize) -> bool {
    let open = [Class::To, Class::Hypothetical, Class::Able, Class::Deontic];
    let near = at.saturating_sub(2)..at;
    // "a bipartisan vote against"
    let nominal = [Class::Definite, Class::Indefinite, Class::Possessive];
    let noun = (at.saturating_sub(3)..at).any(|lead| passage.is_any(lead, &nominal)) && !passage.is(at, Class::Past);
    // "is fighting back against the raid"
    let back = passage.is(at, Class::Particle) && !passage.is_any(at + 1, &[Class::Away, Class::Out, Class::From]);
    if !passage.is(at, Class::Forgoing) || noun || back || near.into_iter().any(|lead| passage.is_any(lead, &open)) {
        return false;
    }
    let mut after = (at + 1..at + 5).take_while(|&word| passage.is_word(word) || passage.is(word, Class::Hyphen));
    after.any(|word| {
        let out = passage.is(word, Class::Of) && passage.is_any(word - 1, &[Class::Out, Class::Rid]);
        // "voted to suspend it from the pact" keeps from nothing.
        let own = !passage.is(at + 1, Class::To);
        let from = passage.is(word, Class::From) && passage.is_any(at, &[Class::Averted, Class::Past]) && own
            || passage.is(word, Class::From) && passage.is(word + 1, Class::Gerund);
        from || out || passage.is(word, Class::Against)
    })
}

/// "accused them of inventing a shortage": what is made up is not there. Made up "by" or "in" is something else.
fn makes_up(passage: &Passage, at: usize) -> bool {
    let passive = passage.is_any(at.wrapping_sub(1), &[Class::Being, Class::Been, Class::Definite]);
    // "fabricated a pretext for war": the deed is there.
    let deed = (at + 1..at + 4).any(|word| passage.is(word, Class::Faint));
    passage.is(at, Class::Inventing) && !passive && !deed && !passage.is(at + 1, Class::Preposition)
}

/// Whether what is called false is so said not to be: "it is false that", "a fake raid".
fn is_lie(passage: &Passage, at: usize) -> bool {
    !is_flag(passage, at) && !is_of_deed(passage, at) && !rests(passage, at) && !is_false_claim(passage, at)
}

/// Whether an adjective only says of a claim, a verb's object or somebody's, that it is false: "spreading false claims that", "Minsk's
/// unfounded claims that". Whoever makes it holds it true; whoever denies it does not.
fn is_false_claim(passage: &Passage, at: usize) -> bool {
    let last = at.wrapping_sub(1);
    let lead = last.wrapping_sub(usize::from(passage.is(last, Class::Article) || passage.is(last, Class::Single)));
    let verb = passage.lexicon.verb(passage.role(lead));
    let denied = verb.is_some_and(|verb| verb.class(false) == VerbClass::Denying);
    let acts = passage.is_any(lead, &[Class::Gerund, Class::Past]) || verb.is_some();
    let owned = passage.is(last, Class::Possessive);
    passage.lexicon.noun(passage.role(at + 1)).is_some() && !denied && (acts || owned)
}

/// "a false flag" is a thing, not a denial of one; so is "a false justification for".
pub(in crate::text) fn is_flag(passage: &Passage, at: usize) -> bool {
    let thing = passage.is(at + 1 + usize::from(passage.is(at + 1, Class::Hyphen)), Class::Faint);
    thing || passage.is(at + 1, Class::Merit) && passage.is(at + 2, Class::For)
}

/// "People lie on the floor": the verb, which tells no lies.
fn rests(passage: &Passage, at: usize) -> bool {
    // "Behind the dispute lies low pay."
    let start = passage.sentence_of(at).map_or(at, |sentence| sentence.tokens.start);
    let fronted = passage.is(start, Class::Adjunct) || passage.is(start, Class::Preposition);
    let noun =
        passage.is_any(at.wrapping_sub(1), &[Class::Definite, Class::Indefinite, Class::Adjectival, Class::Mark]);
    if fronted && passage.is(at, Class::PluralNoun) && !noun && !passage.is_any(at + 1, &[Class::About, Class::That]) {
        return at < start + LONGEST_OBJECT && !(start..at).any(|word| passage.is_finite(word));
    }
    // "A burnt bus lies next to the hall", "The mill, in the east, lies near the border"
    let beside = passage.is(at + 1, Class::Conceivable) && passage.is(at + 2, Class::To);
    let near = [Class::Of, Class::About, Class::For, Class::From, Class::To, Class::By, Class::With];
    let near = passage.is(at + 1, Class::Preposition) && !passage.is_any(at + 1, &near);
    let acts = passage.role(at.wrapping_sub(1)).is_verb() || passage.is(at.wrapping_sub(1), Class::Preposition);
    let stands = passage.is(at, Class::PluralNoun) && !noun && !acts && (beside || near);
    let located = passage.is_any(at + 1, &[Class::On, Class::In, Class::At]);
    stands || located && passage.is(at.wrapping_sub(1), Class::PluralNoun)
}

/// "was wrong to stage a raid": the deed is there. "It is wrong to say that" denies.
fn is_of_deed(passage: &Passage, at: usize) -> bool {
    let says = passage.lexicon.verb(passage.role(at + 2)).is_some_and(|verb| verb.takes(Follows::That));
    // "wrong to call it a raid", "wrong to speak of a raid"
    let says = says || calls(passage, at + 2) || passage.role(at + 2).is_verb() && passage.is(at + 3, Class::Of);
    passage.is(at + 1, Class::To) && !says && passage.is(at.wrapping_sub(1), Class::Being)
}

/// "absurd to pretend that": to say so would be.
fn is_absurd(passage: &Passage, at: usize) -> bool {
    let verb = passage.lexicon.verb(passage.role(at + 2));
    let says = verb.is_some_and(|verb| verb.takes(Follows::That) && verb.class(false) != VerbClass::Denying);
    passage.is(at, Class::Judgment) && passage.is(at + 1, Class::To) && says
}

/// "was free of listeria", but "to break free of the raiders"
fn is_rid(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Rid)
        && (passage.is(at + 1, Class::Of) || passage.is(at + 1, Class::From) && !passage.is(at + 2, Class::Definite))
        && (at.saturating_sub(2)..at).any(|verb| passage.is(verb, Class::Being))
}

/// "declined to comment on reports of a raid": what is negated is a verb of saying.
pub(in crate::text) fn is_silent(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Refusing) && passage.is(at + 1, Class::To) && passage.is(at + 2, Class::Commenting)
}

/// "narrowly avoided bankruptcy", "has averted a strike": what was averted did not come. "Steps to avert a strike" say nothing
/// of it.
fn averts(passage: &Passage, at: usize) -> bool {
    let by = at.wrapping_sub(1);
    let hypothetical =
        passage.is(by, Class::Having) && passage.is_any(by.wrapping_sub(1), &[Class::Irreal, Class::Possible]);
    // "avoided criticising the raid" keeps quiet about it; "escaped flooding" has no object.
    let object = passage.is_word(at + 2) && !passage.is_any(at + 2, &[Class::Preposition, Class::Coordinator]);
    let dated = passage.is_any(at + 3, &[Class::Duration, Class::Temporal]);
    let doing = passage.is(at + 1, Class::Gerund) && !passage.is(at + 1, Class::Being) && object && !dated;
    let not = passage.is(by, Class::Negator) && !passage.is(by, Class::Subject);
    let passive = not || passage.is_any(by, &[Class::Being, Class::Been]);
    passage.is(at, Class::Averted) && !doing && !hypothetical && !passive
}

/// "scrapped plans for a tax", "called off the strike", "shelved the merger": what is given up does not come. To be asked to give
/// it up, or to threaten it, is not to have done so.
fn gives_up(passage: &Passage, at: usize) -> bool {
    let open = [Class::To, Class::Hypothetical, Class::Able, Class::Deontic, Class::Negator, Class::Being, Class::Been];
    let done = !(at.saturating_sub(3)..at).any(|lead| passage.is_any(lead, &open));
    let noun = passage.is_any(at.wrapping_sub(1), &[Class::Definite, Class::Indefinite, Class::Possessive]);
    done && !noun && (drops_scheme(passage, at) || cancels(passage, at))
}

/// Whether a verb at a token gives up what is its subject's own: "scrapped its long-held plans for", "abandoned its takeover".
pub(in crate::text) fn drops_scheme(passage: &Passage, at: usize) -> bool {
    let own = passage.is_any(at + 1, &[Class::Possessor, Class::Plural]) && passage.is(at + 1, Class::Definite);
    own && passage.is(at, Class::Dropping) || drops_plan(passage, at)
}

/// Whether a verb at a token gives up a plan: "scrapped its long-held plans for".
pub(in crate::text) fn drops_plan(passage: &Passage, at: usize) -> bool {
    let mut object = (at + 1..at + LONGEST_OBJECT).take_while(|&word| {
        let part = passage.is_word(word) || passage.is(word, Class::Hyphen);
        part && (word == at + 1 || !passage.is_any(word, &[Class::Preposition, Class::Complementiser]))
    });
    passage.is(at, Class::Dropping) && object.any(|word| passage.is(word, Class::Scheme))
}

/// Whether a verb at a token gives up what was only planned: "called off", "shelved".
pub(in crate::text) fn cancels(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Cancelling) && !passage.is(at, Class::Gerund)
        || passage.is(at, Class::Calling) && passage.is(at + 1, Class::Away)
}

/// Whether the negator at a token stands on a verb: "is not", "has never".
pub(in crate::text) fn negates_verb(passage: &Passage, at: usize) -> bool {
    // "was "not on the table""
    let before = at.wrapping_sub(1 + usize::from(at > 0 && passage.is_quote_mark(at - 1)));
    let verbal = passage.is(at, Class::Auxiliary) || passage.is(before, Class::Auxiliary);
    // Headlines leave "is" out: "Layoffs not needed, says mill"; "is by no means certain".
    let headline = passage.is_headline(at) && passage.is(at, Class::Adverb) && passage.is(at + 1, Class::Past);
    let means = passage.is(at, Class::No) && passage.is(at.wrapping_sub(1), Class::By);
    (verbal || headline || means)
        && passage.is(at, Class::Negator)
        && !is_faint(passage, at)
        && !is_superlative(passage, at)
}

/// "not only", "no doubt", "not the first".
pub(in crate::text) fn is_faint(passage: &Passage, negator: usize) -> bool {
    // "not to mention the raid", "not yet fully"
    let skipped = [Class::Article, Class::To, Class::Pending];
    let next = negator + 1 + usize::from(passage.is_any(negator + 1, &skipped));
    // "will not be the first time"
    let next = next + 2 * usize::from(passage.is(next, Class::Being) && passage.is(next + 1, Class::Article));
    // "there is no question of a raid" is no "there is no question that".
    let asked = passage.lexicon.noun(passage.role(next)).is_some_and(|noun| noun.class(false) == VerbClass::Asking);
    // "nothing more than a hoax", "no less than a raid"
    let limit = passage.is(negator + 1, Class::Limit) && passage.is(negator + 2, Class::Than);
    limit
        || passage.is(next, Class::Faint) && !(asked && passage.is(next + 1, Class::Of))
        || next > negator + 1 && passage.is(next, Class::Ordinal)
}

/// "has never been higher", "had never seen such misery"
fn is_superlative(passage: &Passage, never: usize) -> bool {
    let such = (never + 1..never + 4).any(|at| passage.is(at, Class::Such));
    // "there has never been a raid", "has never been doped" are no superlatives, "never been a better time" is.
    let done = passage.is_any(never + 2, &[Class::Past, Class::Participle, Class::Finite, Class::Preposition]);
    let thing = done
        || passage.is_any(never + 2, &[Class::Article, Class::Indefinite]) && !passage.is(never + 3, Class::Adjectival);
    // "never more united against the raid"
    let more = passage.is(never + 1, Class::Limit) && passage.is_word(never + 2) && !passage.is(never + 2, Class::Than);
    passage.is(never, Class::Never) && (passage.is(never + 1, Class::Been) && !thing || such || more)
}

/// "should not", "mustn't": the negation of a demand.
pub(in crate::text) fn is_deontic(passage: &Passage, at: usize) -> bool {
    let negates_verb = passage.is(at, Class::Negator) && !passage.is(at, Class::Subject);
    // "there must be no raid"
    let be = passage.is(at, Class::No) && passage.is(at.wrapping_sub(1), Class::Being);
    let deontic = |at: usize| passage.is(at, Class::Deontic);
    negates_verb && (deontic(at) || at > 0 && deontic(at - 1) || be && at > 1 && deontic(at - 2))
}

/// Whether the word at a token leads to what may come, "in case of a raid", "in the event of a raid"; a "sixth case of fraud" came.
pub(in crate::text) fn opens_event(passage: &Passage, at: usize) -> bool {
    let lead = at.wrapping_sub(1 + usize::from(passage.is(at.wrapping_sub(1), Class::Article)));
    passage.is(at, Class::Event) && passage.is(at + 1, Class::Of) && passage.is(lead, Class::In)
}

/// Whether a word leads to why it is so: "due to", "because of".
pub(in crate::text) fn owes(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Owing) && passage.is_any(at + 1, &[Class::To, Class::Of])
}

/// Whether a word is a verb of denial or exclusion.
pub(in crate::text) fn denies(passage: &Passage, at: usize) -> bool {
    let entry = passage.lexicon.verb(passage.role(at));
    let particle =
        |class: Class, follows: Follows| passage.is(at + 1, class) && entry.is_some_and(|entry| entry.takes(follows));
    let out = particle(Class::Out, Follows::NpOut) || particle(Class::Away, Follows::NpAway);
    entry.is_some_and(|entry| entry.class(out) == VerbClass::Denying && (out || !denies_by_particle(entry)))
}

/// Whether a verb denies only with its "out" or "away": "ruled out".
const fn denies_by_particle(entry: &ReportingWord) -> bool {
    let particles = entry.takes(Follows::NpOut) || entry.takes(Follows::NpAway);
    particles && !entry.is_saying() && !entry.takes(Follows::Np)
}
