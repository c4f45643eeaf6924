//! Negation: which word negates a cue, and over what it counts.
//!
//! A negator counts over the phrase that it belongs to, not over all of its clause: "without the new law strikes would
//! ..." negates the law. Not here: denials by a source, questions, distance (`stance`).

use std::ops::Range;

use crate::model::VerbClass;
use crate::text::language::{Class, Follows, Form, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::rules::VoiceRule;

/// How far before a cue the threat stands that it belongs to, in tokens: "the threat of an epidemic".
const FURTHEST_HEAD: usize = 4;

/// Most words between a negator and what it negates; beyond that a clause of news has gone on to other things.
const FURTHEST_NEGATED: usize = 15;

/// How far before a clause the negator of its evidence stands, in tokens.
const FURTHEST_EVIDENCE: usize = 12;

/// How far after a cue the judgment of it stands, in tokens.
const FURTHEST_JUDGMENT: usize = 8;

/// The word that negates the cue: before it in its clause, or, where the cue is new, after it on its verb.
pub(in crate::text) fn negator_of(
    passage: &Passage,
    cue: &Range<usize>,
    scope: &Range<usize>,
) -> Option<(usize, VoiceRule)> {
    let Left { count, nearest, circumstance } = negators_before(passage, cue, scope);
    if count % 2 == 1 {
        // "Nobody can tell me that it was not toxic"
        if negated_clause(passage, scope.start).is_some() {
            return None;
        }
        return nearest.filter(|&at| !is_untouched(passage, at, cue)).map(|at| (at, VoiceRule::NegatedBefore));
    }
    if count == 0
        && !circumstance
        && let Some(at) = negated_clause(passage, scope.start)
    {
        return Some((at, VoiceRule::NegatedClause));
    }
    negator_after(passage, cue, scope)
}

/// The words left of a cue that negate it.
struct Left {
    count: usize,
    nearest: Option<usize>,
    /// Whether a circumstance parts the cue from what is negated, so that words before it were not asked.
    circumstance: bool,
}

/// Goes left from the cue, and keeps from word to word what stands between it and the cue: a line of a hundred thousand
/// "not X" must not be gone over again for each "not".
fn negators_before(passage: &Passage, cue: &Range<usize>, scope: &Range<usize>) -> Left {
    let mut left = Left { count: 0, nearest: None, circumstance: false };
    // "not enough to stop Putin from invading": the cue itself says what is to be prevented.
    let mut between =
        Between { prevents: cue.len() > 1 && passage.is(cue.start, Class::Preventing), ..Between::default() };
    for at in (scope.start..cue.start).rev() {
        // "There will be no airlift in the event of a raid": the raid is a circumstance, not what is negated.
        left.circumstance = is_circumstance(passage, at);
        if negates(passage, at) && reaches(passage, at, between) {
            left.count += 1;
            left.nearest = left.nearest.or(Some(at));
        }
        if left.circumstance {
            break;
        }
        between.add(passage, at);
    }
    left
}

/// What judges the cue or negates its verb, after it.
fn negator_after(passage: &Passage, cue: &Range<usize>, scope: &Range<usize>) -> Option<(usize, VoiceRule)> {
    let new = || definite_before(passage, scope.start, cue.start).is_none();
    // "it dumped nothing"
    let acts = passage.is(cue.end - 1, Class::Past) || passage.role(cue.end - 1).is_verb();
    let object = passage.is(cue.end, Class::Negator) && !passage.is_any(cue.end, &[Class::Adverb, Class::Lacking]);
    if acts && object && !is_faint(passage, cue.end) {
        return Some((cue.end, VoiceRule::NegatedVerb));
    }
    for at in cue.end..scope.end.min(cue.end + 8) {
        // "an invasion and is not withdrawing troops"
        if passage.is(at, Class::Coordinator) && passage.is_any(at + 1, &[Class::Auxiliary, Class::Finite]) {
            return None;
        }
        if judges(passage, at, cue.end) || recedes(passage, at, cue, scope) || comes_to_nothing(passage, at, cue.end) {
            return Some((at, VoiceRule::JudgedFalse));
        }
        // "the epidemic failed to materialise", but "the raid failed"
        let occurs = passage.is(at + 2, Class::Occurring);
        if passage.is(at, Class::Absent) && passage.is(at + 1, Class::To) && occurs {
            return new().then_some((at, VoiceRule::NegatedVerb));
        }
        // "all that news which brings only chaos doesn't help": the verb is that of the noun before the clause.
        if negates_verb(passage, at) && is_in_relative(passage, scope.start, cue.start) {
            return None;
        }
        if negates_verb(passage, at) {
            let absent = new() && !acts_on_object(passage, at);
            return absent.then_some((at, VoiceRule::NegatedVerb));
        }
        let ends = [Class::Comma, Class::Relative, Class::Complementiser, Class::Subject];
        // "exposed as a lie" goes on.
        let judged_as = passage.is(at, Class::As)
            && (at + 1..at + 3).any(|word| passage.is_any(word, &[Class::False, Class::Judgment]));
        if passage.is_any(at, &ends) || passage.is(at, Class::Simile) && !judged_as {
            return None;
        }
    }
    None
}

/// Whether the word at a token says of what ends at `from` that it is not so: "is false", "are greatly exaggerated", "had
/// been exposed as a lie".
fn judges(passage: &Passage, at: usize, from: usize) -> bool {
    let judged =
        passage.is_any(at, &[Class::False, Class::Absent, Class::Judgment]) && !passage.is(at + 1, Class::Faint);
    let between = [Class::Indefinite, Class::Adverb, Class::DoubleQuote, Class::SingleQuote, Class::Sheer];
    // "is without merit", "has no basis", "are wide of the mark"
    let empty =
        passage.is_any(at, &[Class::No, Class::Lacking]) && (at + 1..at + 3).any(|word| passage.is(word, Class::Merit));
    let judged = judged || empty || passage.is(at, Class::Wide) && passage.is(at + 1, Class::Of);
    let mut before = (from..at).rev().skip_while(|&near| passage.is_any(near, &between)).peekable();
    let exposed = before.next_if(|&near| passage.is(near, Class::As)).is_some();
    let before = if exposed { before.next().and(before.next()) } else { before.next() };
    let links =
        |verb: usize| passage.is_any(verb, &[Class::Being, Class::Proving]) || empty && passage.is(verb, Class::Having);
    judged && before.is_some_and(links)
}

/// Whether what ends at `from` came to nothing by the word at a token: "the buyout fell through", "has come to nothing", "is
/// long gone".
fn comes_to_nothing(passage: &Passage, at: usize, from: usize) -> bool {
    let through = passage.is(at, Class::Falling)
        && passage.is(at + 1, Class::Through)
        && !passage.is_any(at + 2, &[Class::Definite, Class::Indefinite]);
    let nothing = passage.is(at, Class::Coming) && passage.is(at + 1, Class::To) && passage.is(at + 2, Class::Negator);
    let gone = passage.is(at, Class::Gone)
        && (from..at).rev().take(2).any(|verb| passage.is(verb, Class::Being) && !passage.is(verb, Class::Negator));
    through || nothing || gone
}

/// Whether the word at a token ends a threat: "the threat of an epidemic has receded". What has receded itself was there.
fn recedes(passage: &Passage, at: usize, cue: &Range<usize>, scope: &Range<usize>) -> bool {
    let floor = scope.start.max(cue.start.saturating_sub(FURTHEST_HEAD));
    let verb = passage.is(at, Class::Receding) && passage.is_any(at - 1, &[Class::Auxiliary, Class::Being]);
    verb && passage.is_any(cue.end, &[Class::Auxiliary, Class::Being, Class::Prospect])
        && (floor..=cue.end).any(|head| passage.is(head, Class::Prospect))
}

/// What judges an object of somebody's verb: "described the charges as a fabrication", "termed the claim baseless",
/// "dismissed the warning as hysteria". Not past a comma.
pub(in crate::text) fn judgment_after(passage: &Passage, cue: usize, end: usize) -> Option<usize> {
    let ends = [Class::Comma, Class::Stop, Class::Relative, Class::Complementiser, Class::Preposition];
    (cue..end.min(cue + FURTHEST_JUDGMENT))
        .take_while(|&at| passage.is_any(at, &[Class::As, Class::Of]) || !passage.is_any(at, &ends))
        .find(|&at| passage.is_any(at, &[Class::False, Class::Judgment]) && !passage.is(at - 1, Class::Of))
}

/// Whether a cue stands in a relative clause that has its verb before the cue.
fn is_in_relative(passage: &Passage, start: usize, cue: usize) -> bool {
    let lead = (start.max(cue.saturating_sub(10))..cue).rev().find(|&at| passage.is(at, Class::Relative));
    lead.is_some_and(|lead| {
        passage.is_word(lead + 1) && lead + 1 < cue && !passage.is_any(lead + 1, &[Class::Definite])
    })
}

/// Whether the negator at a token stands on a verb: "is not", "has never".
fn negates_verb(passage: &Passage, at: usize) -> bool {
    // "was "not on the table""
    let before = at.wrapping_sub(1 + usize::from(at > 0 && passage.is_quote_mark(at - 1)));
    let verbal = passage.is(at, Class::Auxiliary) || passage.is(before, Class::Auxiliary);
    verbal && passage.is(at, Class::Negator) && !is_faint(passage, at) && !is_superlative(passage, at)
}

/// The verb of a denial that is itself negated after the cue, which leaves the cue open: "a raid could not be ruled out".
pub(in crate::text) fn litotes(passage: &Passage, cue: &Range<usize>, scope: &Range<usize>) -> Option<usize> {
    // "nobody can rule out a raid" leaves it open, "nobody can deny the raid" does not.
    let mut before = (scope.start.max(cue.start.saturating_sub(10))..cue.start).rev();
    let excluding = before.find(|&at| passage.is(at, Class::Excluding) && denies(passage, at));
    if let Some(verb) = excluding
        && (scope.start.max(verb.saturating_sub(4))..verb).any(|at| passage.is(at, Class::Negator))
    {
        return Some(verb);
    }
    let mut after = cue.end..scope.end.min(cue.end + 10);
    let negator = after.find(|&at| passage.is(at, Class::Negator))?;
    let excludes = |at: usize| denies(passage, at) || passage.is(at, Class::Excluding) && passage.is(at, Class::Past);
    (negator + 1..scope.end.min(negator + 4)).find(|&at| excludes(at) && passage.role(at).form != Form::Gerund)
}

/// Whether a word is a verb of denial or exclusion.
fn denies(passage: &Passage, at: usize) -> bool {
    let entry = passage.lexicon.verb(passage.role(at));
    let particle =
        |class: Class, follows: Follows| passage.is(at + 1, class) && entry.is_some_and(|entry| entry.takes(follows));
    let out = particle(Class::Out, Follows::NpOut) || particle(Class::Away, Follows::NpAway);
    let only_out = |entry: &ReportingWord| {
        let particles = entry.takes(Follows::NpOut) || entry.takes(Follows::NpAway);
        particles && !entry.is_saying() && !entry.takes(Follows::Np)
    };
    entry.is_some_and(|entry| entry.class(out) == VerbClass::Denying && (out || !only_out(entry)))
}

/// What stands between a negator and the cue.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that may stand there or not")]
struct Between {
    auxiliary: bool,
    /// A conjunction and a verb of its own: "no law, and remains".
    joined: bool,
    /// A verb that prevents or denies.
    prevents: bool,
    /// A preposition that leads away from a noun: "a fake attack by the army".
    led: bool,
    /// The end of a quotation: what is negated in it has nothing to do with what follows.
    quoted: bool,
    /// "so" after a comma: "would not help in time, so sanctions are likely".
    so: bool,
    words: usize,
}

impl Between {
    fn add(&mut self, passage: &Passage, at: usize) {
        self.auxiliary |= passage.is(at, Class::Auxiliary);
        self.joined |= passage.is(at, Class::Joining) && joins_a_verb(passage, at);
        // "no question of a raid": a noun.
        let noun = passage.is_any(at.wrapping_sub(1), &[Class::No, Class::Indefinite, Class::Definite]);
        self.prevents |= passage.is_any(at, &[Class::Preventing, Class::Overlooking]) || !noun && denies(passage, at);
        let plain = [Class::Of, Class::About, Class::On, Class::That];
        self.led |= passage.is(at, Class::Preposition) && !passage.is_any(at, &plain);
        let closed = passage.is_any(at.wrapping_sub(1), &[Class::Comma, Class::Stop]);
        self.quoted |= closed && passage.is_quote_mark(at) && !passage.is(at, Class::SpaceBefore);
        let so = passage.is(at, Class::DistanceLead) && passage.is(at.wrapping_sub(1), Class::Comma);
        self.so |= so && !passage.is(at + 1, Class::Hyphen);
        self.words += 1;
    }
}

/// Whether a conjunction leads to a verb of its own.
fn joins_a_verb(passage: &Passage, at: usize) -> bool {
    let after_comma = at > 0 && passage.is(at - 1, Class::Comma);
    // "were not to blame and there was no arson"
    let anew = passage.is_any(at + 1, &[Class::Subject, Class::Dummy])
        && passage.is_any(at + 2, &[Class::Auxiliary, Class::Finite]);
    passage.is(at + 1, Class::Remaining)
        || anew
        || !after_comma && passage.is_any(at + 1, &[Class::Finite, Class::Auxiliary])
}

/// Whether a negator's phrase goes on to the cue.
fn reaches(passage: &Passage, negator: usize, between: Between) -> bool {
    // "Without the new law strikes would ...": a verb of its own, after the phrase.
    let lone = passage.is(negator, Class::Lacking) && !passage.is(negator + 1, Class::Gerund);
    let ends = lone && between.auxiliary || passage.is(negator, Class::Negator) && between.joined;
    let judged = passage.is(negator, Class::False) && between.led;
    // "failed to avert a raid", "could not prevent", "nobody can deny": what was not stopped or denied is there.
    !ends && !judged && !between.prevents && !between.quoted && !between.so && between.words <= FURTHEST_NEGATED
}

/// Whether a negator leaves the cue as it is: "no reason for the drill", "no reason but a raid", "no plan other than a
/// raid", "no farmer has outlasted the drought".
fn is_untouched(passage: &Passage, negator: usize, cue: &Range<usize>) -> bool {
    let mut between = negator + 1..cue.start;
    let excepted = between.clone().any(|at| passage.is(at, Class::Excepting) && !passage.is(at + 1, Class::Than))
        || between.clone().any(|at| passage.is(at, Class::Other) && passage.is(at + 1, Class::Than));
    let known = definite_before(passage, negator, cue.start);
    let about = known.and_then(|at| at.checked_sub(1));
    let about = about.is_some_and(|at| at > negator + 1 && passage.is(at, Class::Topical));
    let subject = passage.is(negator, Class::No) || passage.is(negator, Class::Subject);
    // "nobody could live on such low pay": the pay is as low as that.
    let such = passage.is(negator, Class::Subject) && between.clone().any(|at| passage.is(at, Class::Such));
    let outlived =
        known.is_some() && subject && between.any(|at| passage.is(at, Class::Past) || passage.role(at).is_verb());
    // "cannot be rewarded for its build-up", "won't let the threat go unanswered"
    let rewarded = known.is_some_and(|at| at > negator + 1 && passage.is(at - 1, Class::For));
    // "did not repeat Biden's words about the pipeline"
    let last = cue.start.saturating_sub(1);
    let lead = last.saturating_sub(usize::from(passage.is(last, Class::Indefinite)));
    let owned = |at: usize| passage.is_any(at, &[Class::Definite, Class::Possessive]);
    let words = passage.is_any(lead, &[Class::About, Class::On])
        && (lead.saturating_sub(4).max(negator + 1)..lead).any(owned)
        && passage.is_word(lead.saturating_sub(1))
        && !passage.is_any(lead.saturating_sub(1), &[Class::Being, Class::Auxiliary]);
    // "No data was stolen in the raid", "did not hear a warning before the raid"
    let setting = known.and_then(|at| at.checked_sub(1)).is_some_and(|at| is_setting(passage, negator, at, cue.start));
    // "did not cause the raid", "none of her men had helped the raiders"
    let caused = known.is_some_and(|at| at > negator + 1 && passage.is(at - 1, Class::Causing));
    // "knew nothing of the raid"
    let unknown =
        passage.is(negator.wrapping_sub(1), Class::Knowing) && passage.is_any(negator + 1, &[Class::Of, Class::About]);
    let let_go = known.is_some() && (negator + 1..cue.start).any(|at| passage.is(at, Class::Allowing));
    let granted = known.is_some_and(|known| takes_for_granted(passage, negator, known));
    let aside = setting || caused || unknown || granted;
    excepted || aside || such || words || rewarded || let_go || passage.is(negator, Class::No) && about || outlived
}

/// Whether a negated verb takes the definite phrase that begins at `known` for granted: "would not trigger the full force
/// of sanctions", "nobody was hurt by the raid". What is negated of "plans the raid" or "supports the raid" is the raid.
fn takes_for_granted(passage: &Passage, negator: usize, known: usize) -> bool {
    // "would not comment on the allegations of a raid"
    let named = [Class::Bringing, Class::Evidence, Class::Prospect, Class::Commenting];
    let begets = |from: usize| (from..known).any(|at| passage.is_any(at, &named));
    let before = negator.wrapping_sub(1);
    if !passage.is(negator, Class::Auxiliary) && !passage.is(before, Class::Auxiliary) {
        let subject = passage.is_any(negator, &[Class::No, Class::Subject]);
        let acts = (negator + 2..known).any(|at| passage.is(at, Class::Auxiliary));
        return subject && acts && !begets(negator + 1);
    }
    let grammar = [Class::Auxiliary, Class::Being, Class::Adverb, Class::Negator];
    let Some(verb) = (negator + 1..known).find(|&at| !passage.is_any(at, &grammar)) else { return false };
    let copula = passage.is(negator, Class::Being) || passage.is(before, Class::Being);
    let acts = !copula || passage.is_any(verb, &[Class::Gerund, Class::Past]);
    let nominal = [Class::Definite, Class::Indefinite, Class::Preposition, Class::Number];
    acts && passage.is_word(verb) && !passage.is_any(verb, &nominal) && !begets(verb)
}

/// Whether the verb that the word at a token negates would do something to an object, so that its subject is supposed: "a
/// raid might not bring the same answer", but "a raid is not coming" and "the raid did not decide the war".
fn acts_on_object(passage: &Passage, negator: usize) -> bool {
    let supposes = |at: usize| passage.is_any(at, &[Class::Irreal, Class::Possible]);
    let verb = negator + 1 + usize::from(passage.is(negator + 1, Class::Adverb));
    let object = [Class::Definite, Class::Indefinite, Class::Object, Class::PluralNoun, Class::Capital];
    let acts = passage.is_word(verb) && !passage.is_any(verb, &[Class::Being, Class::Been, Class::Preposition]);
    acts && (supposes(negator) || supposes(negator.wrapping_sub(1))) && passage.is_any(verb + 1, &object)
}

/// Whether the preposition at a token leads from a verb that a word negates to when or where it was: what is named there is
/// known. "There is no truth in the rumours of a raid" has no such verb.
fn is_setting(passage: &Passage, negator: usize, at: usize, cue: usize) -> bool {
    let leads = passage.is(at, Class::Adjunct) && !passage.is_any(at, &[Class::Of, Class::About, Class::As, Class::On])
        || passage.is(at, Class::Topical) && !passage.is_any(at, &[Class::About, Class::For, Class::On]);
    let verb = |word: usize| passage.is(word, Class::Past) || passage.role(word).is_verb();
    let claim = |word: usize| passage.lexicon.noun(passage.role(word)).is_some() || passage.is(word, Class::Prospect);
    let of_verb = negates_verb(passage, negator) && at > negator + 1
        || (negator + 1..at).any(|word| verb(word) || passage.is(word, Class::Auxiliary));
    leads && of_verb && !(at + 1..cue).any(claim)
}

/// Whether a word leads to the circumstances of what a clause says rather than to what it says.
fn is_circumstance(passage: &Passage, at: usize) -> bool {
    let event = passage.is(at, Class::Event) && passage.is(at + 1, Class::Of);
    // "Nobody knows what the troops are doing"
    let named = passage.is(at.wrapping_sub(1), Class::Negator) && passage.is(at.wrapping_sub(2), Class::Being);
    let asked = passage.is(at, Class::Question) && !passage.is_any(at, &[Class::Questioner, Class::Relative]) && !named;
    event || asked || passage.is(at, Class::Circumstance)
}

/// Whether the word at a token negates what follows in its clause.
fn negates(passage: &Passage, at: usize) -> bool {
    // "neither the army nor the navy": one negation
    let paired =
        passage.is(at, Class::Coordinator) && (at.saturating_sub(12)..at).any(|lead| passage.is(lead, Class::Negator));
    // "was not and never had been a spy": one negation
    let mut after =
        (at + 1..at + 5).skip_while(|&word| passage.is_any(word, &[Class::Auxiliary, Class::Adverb, Class::Comma]));
    let again = after.next().is_some_and(|word| passage.is(word, Class::Joining))
        && after
            .take_while(|&word| passage.is_any(word, &[Class::Auxiliary, Class::Adverb]))
            .any(|word| passage.is(word, Class::Negator));
    if again && passage.is(at, Class::Negator) {
        return false;
    }
    if passage.is(at, Class::Negator) {
        return !paired && !is_superlative(passage, at) && !is_faint(passage, at);
    }
    // "few expect", "scant evidence"; but "a few expect", "the few who"
    let counted = || at > 0 && passage.is_any(at - 1, &[Class::Indefinite, Class::Definite]);
    let scarce = passage.is(at, Class::Scarce) && !counted();
    let pending = passage.is(at, Class::Pending) && passage.is(at + 1, Class::To);
    // "far from a raid"; but "a town far from Minsk"
    let place = passage.is(at + 2, Class::Capital) && passage.is(at + 1, Class::From);
    let replaced = passage.is(at, Class::Replaced) && passage.is(at + 1, Class::Replacing) && !place;
    // "cleared of fraud", "cleared the charity of fraud"
    let cleared = passage.is(at, Class::Cleared)
        && (at + 1..at + 7).take_while(|&word| passage.is_word(word)).any(|word| passage.is(word, Class::Of));
    // "too early to speak of a raid", but "too early to say whether"
    let early = passage.is(at, Class::Early)
        && passage.is(at.wrapping_sub(1), Class::Excess)
        && passage.is(at + 1, Class::To)
        && !(at + 2..at + 5).any(|word| passage.is_any(word, &[Class::Questioner, Class::Question]));
    // "a false flag" is a thing, not a denial of one.
    let next = at + 1 + usize::from(passage.is(at + 1, Class::Hyphen));
    let false_ = passage.is(at, Class::False) && !passage.is(next, Class::Faint);
    scarce || pending || replaced || cleared || early || passage.is(at, Class::Absent) || false_
}

/// "not only", "no doubt", "not the first".
fn is_faint(passage: &Passage, negator: usize) -> bool {
    let next = negator + 1 + usize::from(passage.is(negator + 1, Class::Article));
    // "there is no question of a raid" is no "there is no question that".
    let asked = passage.lexicon.noun(passage.role(next)).is_some_and(|noun| noun.class(false) == VerbClass::Asking);
    passage.is(next, Class::Faint) && !(asked && passage.is(next + 1, Class::Of))
        || next > negator + 1 && passage.is(next, Class::Ordinal)
}

/// "has never been higher", "had never seen such misery"
fn is_superlative(passage: &Passage, never: usize) -> bool {
    let such = (never + 2..never + 4).any(|at| passage.is(at, Class::Such));
    passage.is(never, Class::Never) && (passage.is(never + 1, Class::Been) || such)
}

/// "should not", "mustn't": the negation of a demand.
pub(in crate::text) fn is_deontic(passage: &Passage, at: usize) -> bool {
    let negates_verb = passage.is(at, Class::Negator) && !passage.is(at, Class::Subject);
    negates_verb && (passage.is(at, Class::Deontic) || at > 0 && passage.is(at - 1, Class::Deontic))
}

/// "no evidence that", "it is untrue that": a negator just before a clause that begins with "that".
fn negated_clause(passage: &Passage, clause: usize) -> Option<usize> {
    if !passage.is(clause, Class::Complementiser) {
        return None;
    }
    // "It is not clear whether" asks; "that was wrong and that ..." is another clause.
    if passage.is(clause, Class::Questioner) || passage.is(clause.wrapping_sub(1), Class::Joining) {
        return None;
    }
    // "no evidence that", and "not an iota of evidence that", but not "without a promise from Minsk that"
    let counted = (clause.saturating_sub(3)..clause).any(|at| passage.is(at, Class::Of));
    let near = clause.saturating_sub(if counted { 6 } else { 4 })..clause;
    let near = near.rev().take_while(|&at| passage.is_word(at)).find(|&at| negates(passage, at));
    let at = near.or_else(|| without_evidence(passage, clause))?;
    // "claimed without evidence that": it is claimed. "impossible to deny that": it is so.
    let claimed = passage.is(at, Class::Lacking) && passage.lexicon.verb(passage.role(at.wrapping_sub(1))).is_some();
    let denied = (at + 1..clause).any(|word| denies(passage, word));
    (!claimed && !denied).then_some(at)
}

/// The negator of the evidence that a clause is said to have or not: "found no proof, however, that", "nobody has shown us a
/// shred of evidence that", "no evidence supports the story that".
fn without_evidence(passage: &Passage, clause: usize) -> Option<usize> {
    let mut evidence = false;
    for at in (clause.saturating_sub(FURTHEST_EVIDENCE)..clause).rev() {
        let aside = passage.is(at, Class::Comma) && passage.is_any(at - 1, &[Class::Adverb, Class::Evidence])
            || passage.is(at, Class::Comma) && passage.is(at + 1, Class::Adverb);
        if !passage.is_word(at) && !aside {
            return None;
        }
        evidence |= passage.is(at, Class::Evidence);
        if passage.is(at, Class::Negator) && negates(passage, at) {
            return evidence.then_some(at);
        }
    }
    None
}

/// The determiner that makes the noun phrase around token `at` definite; not left of `floor`.
pub(in crate::text) fn definite_before(passage: &Passage, floor: usize, at: usize) -> Option<usize> {
    let mut token = at;
    loop {
        let role = passage.role(token);
        let clause = role.is(Class::Complementiser)
            && passage.is_any(token + 1, &[Class::Subject, Class::Definite, Class::Capital]);
        if role.is(Class::Possessive) || role.is(Class::Definite) && !clause && !role.is(Class::Object) {
            return Some(token);
        }
        if role.is(Class::Definite) && !clause && !passage.is_finite(token + 1) {
            return Some(token);
        }
        let attached = passage.is(token, Class::Of) && !passage.is(token + 1, Class::Gerund);
        let other = role.is(Class::Preposition) && !attached;
        let ends = [Class::Indefinite, Class::Complementiser, Class::Comma, Class::Subordinator, Class::Coordinator];
        if token < at && (other || passage.is_any(token, &ends) || passage.is_finite(token)) {
            return None;
        }
        if token <= floor {
            return None;
        }
        token -= 1;
    }
}
