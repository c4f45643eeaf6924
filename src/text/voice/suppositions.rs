//! What is only supposed: conditions, what would have been. Not here: questions and what was not said (`stance`), which word negates (`negation`),
//! and what it leaves open (`unmeant`).

use std::ops::Range;

use crate::model::VerbClass;
use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::granted::definite_before;
use crate::text::voice::negators::{calls, opens_event};
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::stand::{Polarity, Stand, stand};
use crate::text::voice::unmeant::unmeant;

/// How far after a cue the "if" of what would have been stands, in tokens.
const FAR_IF: usize = 12;

/// How far after a cue the "if" stands on which its "would" depends, in tokens.
const NEAR_IF: usize = 4;

/// How far before a cue the "if" of its condition stands inside a denial, in tokens.
pub(in crate::text) const FURTHEST_IF: usize = 8;

/// How far before a modal verb the "if" of its condition stands, in tokens.
const FURTHEST_CONDITION: usize = 25;

/// How far after a cue the verb stands that says that it goes on, in tokens.
const FURTHEST_LASTING: usize = 8;

/// What a negator at token `at` makes of the cue where it neither denies nor negates it.
pub(in crate::text) fn softened(
    passage: &Passage,
    clause: &Range<usize>,
    cue: &Range<usize>,
    at: usize,
) -> Option<Stand> {
    let supposed = |lead: usize| stand(Polarity::Supposed, passage.span(&(lead..lead + 1)), VoiceRule::Supposed);
    if let Some(had) = unmet_condition(passage, clause.start, at) {
        return Some(stand(Polarity::Affirmed, passage.span(&(had..had + 1)), VoiceRule::Counterfactual));
    }
    if let Some(what) = if_not_what(passage, cue, at) {
        return Some(denied_twice(passage, what));
    }
    if let Some(lead) = unless_after(passage, cue, at) {
        return Some(supposed(lead));
    }
    // "“if a raid hasn't happened”"
    let quoted = near_if(passage, cue).filter(|_| at >= cue.end);
    // "shopped as if there were no raid"
    if let Some(lead) = (clause.start.saturating_sub(2)..cue.start).take(5).find(|&at| is_as_if(passage, at)) {
        return Some(denied_twice(passage, lead));
    }
    if let Some(lead) = supposition(passage, clause, cue).or(quoted) {
        // "would be surprised if there was no strike": there will be one.
        let surprised = passage.is(lead.wrapping_sub(1), Class::Astonished);
        return Some(if surprised { denied_twice(passage, lead) } else { supposed(lead) });
    }
    // "will not send troops if the army attacks"
    let mut near = (cue.start.saturating_sub(FURTHEST_IF).max(at + 1)..=cue.start).rev();
    if let Some(lead) = near.find(|&at| is_if(passage, at)) {
        return Some(supposed(lead));
    }
    // "the town could fall without help"
    let may = [Class::Possible, Class::Future, Class::Irreal];
    let mut before = (clause.start.max(at.saturating_sub(FURTHEST_IF))..at).rev();
    let depends = passage.is(at, Class::Lacking) && !passage.is(at + 1, Class::Gerund);
    if depends && before.any(|verb| passage.is_any(verb, &may)) {
        return Some(supposed(at));
    }
    // "even without an airlift"
    let even = passage.is(at, Class::Lacking) && passage.is(at.wrapping_sub(1), Class::Turn);
    // "Without sanctions, the army will attack": what would follow if there were none.
    let lone =
        passage.is(at, Class::Lacking) && !passage.is(at + 1, Class::Gerund) && passage.is(cue.end, Class::Comma);
    // "Without the tanks at the border, nobody would have listened": they are there.
    // "Without the raid the town would have stood": it came.
    let without = passage.is(at, Class::Lacking) && !passage.is(at + 1, Class::Gerund);
    if without && !even && (cue.end..cue.end + FURTHEST_CONDITION).any(|verb| would_have(passage, verb)) {
        return Some(stand(Polarity::Affirmed, passage.span(&(at..at + 1)), VoiceRule::Counterfactual));
    }
    if even
        || lone && (cue.end..cue.end + FURTHEST_IF).any(|verb| passage.is_any(verb, &[Class::Future, Class::Irreal]))
    {
        return Some(supposed(at));
    }
    contrary(passage, clause, cue, at).or_else(|| unmeant(passage, cue, at))
}

/// The stand of what two denials affirm, of which the word at a token is one.
fn denied_twice(passage: &Passage, at: usize) -> Stand {
    stand(Polarity::Affirmed, passage.span(&(at..at + 1)), VoiceRule::DeniedTwice)
}

/// The "unless" behind a negator, before the cue or with the cue as subject: "talks cannot start unless Minsk withdraws".
fn unless_after(passage: &Passage, cue: &Range<usize>, negator: usize) -> Option<usize> {
    let end = if negator < cue.start { cue.start + 1 } else { negator + NEAR_IF };
    (negator + 1..end).find(|&at| passage.is(at, Class::Proviso) && passage.is(at, Class::Subordinator))
}

/// The "what" of "If that is not a raid, what is?", "..., I do not know what is".
fn if_not_what(passage: &Passage, cue: &Range<usize>, negator: usize) -> Option<usize> {
    let being = passage.is(negator, Class::Being) || passage.is(negator.wrapping_sub(1), Class::Being);
    let comma = passage.is(cue.end, Class::Comma) && being;
    let mut after = cue.end + 1..cue.end + FURTHEST_IF;
    let what = |at: usize| passage.is(at, Class::What) && passage.is(at + 1, Class::Being) && !passage.is_word(at + 2);
    after.find(|&at| comma && what(at))
}

/// The "had" of a condition that was not met, as what would have followed says, and that the negator at a token is of: "if Minsk
/// had not raided the town, the pact would have stayed away". It has.
fn unmet_condition(passage: &Passage, clause: usize, negator: usize) -> Option<usize> {
    let sentence = passage.sentence_of(negator)?.tokens.clone();
    let mut near = (clause.max(negator.saturating_sub(FURTHEST_IF))..=negator).rev();
    // "None of it would have come if Minsk did not raid the town"
    let had = near.find(|&at| passage.is_any(at, &[Class::Had, Class::Done]))?;
    let inverted = had == sentence.start || is_inverted_had(passage, had);
    let opened = inverted || (had.saturating_sub(FURTHEST_IF).max(sentence.start)..had).any(|at| is_if(passage, at));
    let mut main =
        sentence.start.max(had.saturating_sub(FURTHEST_CONDITION))..sentence.end.min(had + FURTHEST_CONDITION);
    (opened && main.any(|at| would_have(passage, at))).then_some(had)
}

/// What would not be, or not have been, if something were else: what has come is there all the same.
fn contrary(passage: &Passage, clause: &Range<usize>, cue: &Range<usize>, at: usize) -> Option<Stand> {
    let would = passage.is(at, Class::Hypothetical) || at > 0 && passage.is(at - 1, Class::Irreal);
    let irreal = would && passage.is_any(at + 1, &[Class::Being, Class::Having]);
    let told =
        |lead: usize, polarity: Polarity, rule: VoiceRule| Some(stand(polarity, passage.span(&(lead..lead + 1)), rule));
    // "If wages had kept pace, there would be no crisis": there is one.
    let no = passage.is(at, Class::No) && passage.is(at.wrapping_sub(1), Class::Being);
    let none = no && passage.is(at.wrapping_sub(2), Class::Irreal);
    // "If he had been loved, he'd never think of a raid": he did.
    let never = passage.is(at, Class::Never) && passage.is_any(at.wrapping_sub(1), &[Class::Irreal, Class::Contracted]);
    let none = none || never;
    if let Some(lead) = fronted_if(passage, clause.start, at).filter(|_| none)
        && (lead..at).any(|had| passage.is(had, Class::Had))
    {
        return told(lead, Polarity::Affirmed, VoiceRule::Counterfactual);
    }
    if let Some(lead) = fronted_if(passage, clause.start, at).filter(|_| would) {
        // "If the West were strong, Minsk would not be raiding the town": it is.
        let (polarity, rule) = if irreal {
            (Polarity::Affirmed, VoiceRule::Counterfactual)
        } else {
            (Polarity::Supposed, VoiceRule::Supposed)
        };
        return told(lead, polarity, rule);
    }
    // "Minsk would not have raided the town under Lis", "without whom there could have been no raid": it came.
    let been = passage.is(at, Class::No) && passage.is(at.wrapping_sub(1), Class::Been);
    let done = been && would_have(passage, at.wrapping_sub(3));
    let past = passage.is(at + 1, Class::Having) && passage.is_any(at + 2, &[Class::Past, Class::Been]);
    if done || past && would && !passage.is_any(at.wrapping_sub(1), &[Class::Deontic, Class::Possible]) {
        return told(at, Polarity::Affirmed, VoiceRule::Counterfactual);
    }
    // "There would not be an army at the border if Minsk had acted": it is there.
    // "would not have raided the town had Lis been in office"
    let lead = (cue.end..cue.end + FAR_IF).find(|&lead| is_if(passage, lead) || irreal && opens_had(passage, lead))?;
    if proves_by_contrast(passage, at, lead) {
        return told(at, Polarity::Affirmed, VoiceRule::Counterfactual);
    }
    if !irreal {
        // "no army would come if Minsk attacked"
        let would = (at..lead).any(|word| passage.is(word, Class::Irreal)) && lead < cue.end + NEAR_IF;
        return if would { told(lead, Polarity::Supposed, VoiceRule::Supposed) } else { None };
    }
    let had = (lead..lead + 5).any(|had| passage.is(had, Class::Had));
    // "would not be raiding the town if it wanted peace"
    let had = had || passage.is(at + 1, Class::Being) && passage.is(at + 2, Class::Gerund);
    // "would not have attacked if Berg were in office": it has.
    if had || passage.is(at + 1, Class::Having) && would_have(passage, at - usize::from(!passage.is(at, Class::Irreal)))
    {
        told(at, Polarity::Affirmed, VoiceRule::Counterfactual)
    } else {
        None
    }
}

/// Whether a "had" and its subject stand at a token.
fn opens_had(passage: &Passage, at: usize) -> bool {
    let subject = [Class::Capital, Class::Definite, Class::Subject, Class::Dummy];
    passage.is(at, Class::Had) && passage.is_any(at + 1, &subject)
}

/// "You do not | mass tanks if you do not mean to use them": whoever does so does mean it.
fn proves_by_contrast(passage: &Passage, negator: usize, lead: usize) -> bool {
    let anybody = |at: usize| (at.saturating_sub(2)..at).any(|word| passage.is(word, Class::Second));
    let mut condition = lead + 1..lead + 5;
    (passage.is(negator, Class::Auxiliary) || passage.is(negator.wrapping_sub(1), Class::Auxiliary))
        && anybody(negator)
        && condition.any(|at| passage.is(at, Class::Negator) && anybody(at))
}

/// The "if" of a clause before the one that begins at `clause`, in which it is said what would not be then, up to `at`.
fn fronted_if(passage: &Passage, clause: usize, at: usize) -> Option<usize> {
    let sentence = passage.sentence_of(at)?.tokens.start;
    let mut before = (sentence.max(at.saturating_sub(FURTHEST_CONDITION))..clause.max(sentence)).rev();
    // "Had the pact come, Minsk would not have dared to raid the town"
    let lead = before.find(|&lead| is_if(passage, lead) || lead == sentence && passage.is(lead, Class::Had))?;
    // "the question is if it rained. It would not ..." has no comma between.
    (lead..at).any(|mark| passage.is(mark, Class::Comma)).then_some(lead)
}

/// What is only imagined: "If an outbreak is confirmed, ..." leaves it open; "Had the bank not acted, prices would have
/// crashed" says that it did not come to it.
pub(in crate::text) fn imagined(
    passage: &Passage,
    clause: &Range<usize>,
    cue: &Range<usize>,
    negated: bool,
) -> Option<Stand> {
    let word = |at: usize| passage.span(&(at..at + 1));
    let modal = (clause.start..cue.end).find(|&at| would_have(passage, at));
    let sentence = passage.sentence_of(cue.start)?.tokens.clone();
    // "Had the bank not acted", "without the cut there would have been"
    let mut fronted = sentence.clone().filter(|&at| {
        // "But for the wall, the town would have drowned", "Were it not for the wall"
        let but = passage.is(at, Class::Adversative) && passage.is(at + 1, Class::For);
        let opens = at == sentence.start && (but || passage.is_any(at, &[Class::Had, Class::Were]));
        opens || passage.is_any(at, &[Class::Conditional, Class::Lacking]) || is_inverted_had(passage, at)
    });
    if let Some(modal) = modal.filter(|_| !negated)
        && let Some(lead) = fronted.next()
    {
        // "fewer wells would have been poisoned": as many as were.
        // "could have kept Minsk from raiding the town, had they come"
        let fewer = (clause.start..modal).any(|at| passage.is(at, Class::Fewer));
        if fewer || hinders(passage, modal..cue.start) {
            return Some(stand(Polarity::Affirmed, word(modal), VoiceRule::Counterfactual));
        }
        // "Without the wall", "had the bank not acted": it was kept from coming. "Had they come, it would have" leaves it open.
        let kept = passage.is_any(lead, &[Class::Lacking, Class::Adversative])
            || (lead..lead + FURTHEST_IF).any(|at| passage.is(at, Class::Negator));
        let polarity = if kept { Polarity::Negated } else { Polarity::Supposed };
        return Some(stand(polarity, word(modal), VoiceRule::Counterfactual));
    }
    if let Some(lead) = contrary_to_fact(passage, &sentence, cue).filter(|_| !negated) {
        return Some(stand(Polarity::Supposed, word(lead), VoiceRule::Counterfactual));
    }
    // "is in danger as long as Minsk has tanks": it has.
    let lead = supposition(passage, clause, cue)
        .filter(|lead| !passage.is(*lead, Class::Proviso) || !passage.is(lead + 1, Class::As))
        .or_else(|| near_if(passage, cue))
        .or_else(|| condition(passage, &sentence, clause.start, cue))?;
    // "would be surprised if there was a strike": there will be none.
    if passage.is(lead.wrapping_sub(1), Class::Astonished) {
        return (!negated).then(|| stand(Polarity::Negated, word(lead), VoiceRule::Counterfactual));
    }
    (!negated).then(|| stand(Polarity::Supposed, word(lead), VoiceRule::SupposedSo))
}

/// Whether a verb of keeping from stands among these words: "could have | deterred Minsk from".
fn hinders(passage: &Passage, mut words: Range<usize>) -> bool {
    words.any(|at| passage.is_any(at, &[Class::Preventing, Class::Forgoing, Class::Averted]))
}

/// Whether the "had" at a token opens a condition behind what would have been: "would have been poisoned had the ship sunk".
fn is_inverted_had(passage: &Passage, at: usize) -> bool {
    let subject = [Class::Definite, Class::Capital, Class::Subject, Class::Dummy, Class::Indefinite];
    let before = at.wrapping_sub(1);
    let own =
        passage.is_any(before, &[Class::Subject, Class::Relative, Class::Capital, Class::Person, Class::Auxiliary]);
    passage.is(at, Class::Had) && passage.is_any(at + 1, &subject) && passage.is_word(before) && !own
}

/// The "had" or "if" of a condition around the cue that was not met, as what would have followed says: "had there been a raid, the
/// mayor would have left", "if she were doped, the sample would have shown it".
fn contrary_to_fact(passage: &Passage, sentence: &Range<usize>, cue: &Range<usize>) -> Option<usize> {
    let lead = (sentence.start.max(cue.start.saturating_sub(FURTHEST_IF))..cue.start).rev().find(|&at| {
        let inverted = at == sentence.start && passage.is(at, Class::Had);
        inverted || is_if(passage, at) && !passage.is(at, Class::Deontic)
    })?;
    let comma = (cue.end..sentence.end.min(cue.end + FURTHEST_CONDITION)).find(|&at| passage.is(at, Class::Comma))?;
    (comma..sentence.end.min(comma + FURTHEST_IF)).any(|at| would_have(passage, at)).then_some(lead)
}

/// Whether "would have" at a token speaks of what did not come about: "it would have dire consequences" only foresees.
pub(in crate::text) fn would_have(passage: &Passage, at: usize) -> bool {
    // "should have sent weapons" asks for them.
    if !passage.is_any(at, &[Class::Irreal, Class::Hypothetical]) || passage.is(at, Class::Deontic) {
        return false;
    }
    let grammar = [Class::Adverb, Class::Negator];
    let have = at + 1 + usize::from(passage.is_any(at + 1, &grammar));
    let verb = have + 1 + usize::from(passage.is_any(have + 1, &grammar));
    let done = passage.is_any(verb, &[Class::Past, Class::Been, Class::Had, Class::Finite]);
    passage.is(have, Class::Having) && (done || passage.role(verb).is_verb() && !passage.is(verb, Class::PluralNoun))
}

/// The "if" on which it depends whether something new may come to pass: "could be sacked if he loses". What is known is there
/// whatever happens; what "will" come, or "would", is announced, as in "will face sanctions if it invades".
fn condition(passage: &Passage, sentence: &Range<usize>, clause: usize, cue: &Range<usize>) -> Option<usize> {
    // "rationing may follow": the cue is the subject.
    // "Were the ice to melt, more wells would be poisoned": more remote than "if it melts".
    let first = sentence.start + usize::from(passage.is_quote_mark(sentence.start));
    let remote = passage.is(first, Class::Were) && opens_supposition(passage, first);
    // "If we saw tanks, we would call it a raid"
    let may = |at: &usize| {
        let named = passage.is(*at, Class::Irreal) && calls(passage, at + 1);
        named || passage.is(*at, if remote { Class::Irreal } else { Class::Possible })
    };
    let before = (clause..cue.start).rev().find(may).or_else(|| Some(cue.end).filter(may));
    let modal = before.or_else(|| possible_after(passage, cue.end))?;
    let known = definite_before(passage, modal.min(clause), cue.start);
    if modal < cue.start && definite_before(passage, modal, cue.start).is_some()
        || modal > cue.start && known.is_some()
        || passage.is(modal, Class::Questioner)
    {
        return None;
    }
    let parted = |from: usize| (from..modal).any(|at| passage.is(at, Class::Comma));
    let opens = |at: usize| is_if(passage, at) || passage.is(at, Class::Proviso) && passage.is(at, Class::Subordinator);
    let before = (sentence.start.max(modal.saturating_sub(FURTHEST_CONDITION))..clause.max(sentence.start)).rev();
    let fronted = before
        .take_while(|&at| !passage.is_any(at, &[Class::Stop, Class::Semicolon, Class::DoubleQuote]))
        .find(|&at| opens(at) && parted(at));
    let after = cue.end..sentence.end.min(cue.end + FAR_IF);
    fronted.or_else(|| {
        let mut after = after.take_while(|&at| !passage.is_any(at, &[Class::Stop, Class::Comma, Class::DoubleQuote]));
        after.find(|&at| opens(at) && !passage.is(at - 1, Class::As) && !passage.is(at - 1, Class::Adverb))
    })
}

/// The verb after a cue that says it is possible: "shortages of fruit | are possible".
fn possible_after(passage: &Passage, cue: usize) -> Option<usize> {
    let mut after = cue..cue + FURTHEST_LASTING;
    after.find(|&at| passage.is(at, Class::Being) && passage.is(at + 1, Class::Conceivable))
}

/// The "if", "unless" or "as long as" that opens the clause of the cue, where it supposes the cue: "if the build-up
/// continues" supposes only that it goes on.
fn supposition(passage: &Passage, clause: &Range<usize>, cue: &Range<usize>) -> Option<usize> {
    let opens = |at: &usize| {
        let long = passage.is(*at, Class::Proviso)
            && passage.is_any(at.wrapping_sub(1), &[Class::As, Class::DistanceLead])
            && passage.is(*at + 1, Class::As);
        let unless = passage.is(*at, Class::Proviso) && passage.is(*at, Class::Subordinator);
        // "on the condition that Minsk does not attack", ", provided Minsk has not attacked"
        // but ", providing Minsk with tanks"
        let mut clause = (*at + 2..*at + NEAR_IF + 2).take_while(|&word| !passage.is(word, Class::Preposition));
        let parted = passage.is(at.wrapping_sub(1), Class::Comma) && clause.any(|word| passage.is_finite(word));
        let stipulated = passage.is(*at, Class::Stipulation) && (passage.is(*at + 1, Class::That) || parted);
        is_if(passage, *at) && !is_as_if(passage, *at) || long || unless || stipulated
    };
    // "as long as" stands before the clause that its second "as" opens.
    let lead = (clause.start.saturating_sub(2)..cue.start).take(5).find(opens)?;
    supposes(passage, lead, cue, clause.end).then_some(lead)
}

/// What is supposed in words that are named rather than said: "discussed the closure of the pipeline should Minsk attack".
pub(in crate::text) fn supposed_within(passage: &Passage, cue: &Range<usize>) -> Option<Stand> {
    // "if Minsk's demands are not met": they are there.
    let owned = (cue.start..cue.end.min(cue.start + 3)).any(|at| passage.is(at, Class::Possessive));
    let lead = near_if(passage, cue).filter(|_| !owned)?;
    Some(stand(Polarity::Supposed, passage.span(&(lead..lead + 1)), VoiceRule::SupposedSo))
}

/// The "if" or "in the event of" just before a cue, where no clause was seen to begin: "would act if Minsk raids the town"
/// has no verb that is known to be one.
fn near_if(passage: &Passage, cue: &Range<usize>) -> Option<usize> {
    let sentence = passage.sentence_of(cue.start)?.tokens.clone();
    let ends =
        [Class::Comma, Class::Stop, Class::Semicolon, Class::Complementiser, Class::Relative, Class::DoubleQuote];
    let mut near = (sentence.start.max(cue.start.saturating_sub(FURTHEST_IF))..=cue.start)
        .rev()
        .take_while(|&at| !is_as_if(passage, at))
        .take_while(|&at| {
            let goes_on = is_aim(passage, at) || !passage.is_finite(at);
            at == cue.start || is_if(passage, at) || !passage.is_any(at, &ends) && goes_on
        });
    let lead = near.find(|&at| is_if(passage, at) || opens_event(passage, at))?;
    supposes(passage, lead, cue, sentence.end).then_some(lead)
}

/// Whether a verb of planning stands before its infinitive: "if Minsk plans to attack".
fn is_aim(passage: &Passage, at: usize) -> bool {
    let entry = passage.lexicon.verb(passage.role(at));
    let aims = [VerbClass::Promising, VerbClass::Demanding];
    passage.is(at + 1, Class::To) && entry.is_some_and(|entry| aims.contains(&entry.class(false)))
}

/// Whether the "if" at `lead` leaves the cue open, in words up to `end`: not "if the build-up continues", and not a cue that
/// goes on into what follows then, "if war broke out, thousands would die".
fn supposes(passage: &Passage, lead: usize, cue: &Range<usize>, end: usize) -> bool {
    let follows = [Class::Irreal, Class::Future, Class::Deontic, Class::Possible];
    let comma = (cue.start..cue.end).find(|&at| passage.is(at, Class::Comma));
    let goes_on = comma.is_some_and(|comma| (comma..cue.end).any(|at| passage.is_any(at, &follows)));
    let known = definite_before(passage, lead, cue.start);
    // "if his raid does not go as planned": there is one, unless it is said that it comes.
    let owners = [Class::Male, Class::Female, Class::Plural, Class::Possessive];
    let occurs = (cue.end..end.min(cue.end + FURTHEST_LASTING)).any(|at| passage.is(at, Class::Occurring));
    let whose = known.is_some_and(|at| passage.is_any(at, &owners)) && !occurs;
    let known = known.is_some();
    // "if China helps Russia's war": the war is there.
    let owned =
        cue.start > lead + 2 && (cue.start + 1..cue.end.min(cue.start + 3)).any(|at| passage.is(at, Class::Possessive));
    let mut verb = (cue.start..end.min(cue.start + FURTHEST_LASTING)).skip(1);
    // "if Minsk stops shelling the town", "if anybody would stop the shelling"
    let doing = passage.is(cue.start, Class::Gerund) && passage.is(cue.start.wrapping_sub(1), Class::Preventing);
    let stopped = doing || known && (lead..cue.start).any(|at| passage.is(at, Class::Preventing));
    // "if Minsk continues its raid"
    let near = lead.max(cue.start.saturating_sub(FURTHEST_LASTING));
    let lasts = known
        && (verb.any(|at| passage.is(at, Class::Lasting))
            || (near..cue.start).any(|at| passage.is(at, Class::Lasting)));
    let lasts = lasts || (cue.start + 1..cue.end).any(|at| passage.is(at, Class::Lasting));
    !(goes_on || owned || whose || stopped || lasts || is_consequence(passage, lead, cue))
}

/// Whether a cue stands in what follows if the "if" at `lead` holds, where no comma was seen to end the condition or none is written:
/// "if it raids the town Lodz and Vilnius will impose sanctions", "If it does raid in the days ahead, the costs for Lodz will be".
fn is_consequence(passage: &Passage, lead: usize, cue: &Range<usize>) -> bool {
    let follows =
        |at: usize| passage.is(at, Class::Future) || passage.is(at, Class::Irreal) && !passage.is(at, Class::Possible);
    let asked = passage.lexicon.verb(passage.role(lead.wrapping_sub(1))).is_some();
    let thought = |at: usize| {
        passage.is_any(at, &[Class::Relative, Class::That]) || passage.lexicon.verb(passage.role(at)).is_some()
    };
    let near = cue.start.saturating_sub(FURTHEST_CONDITION);
    let modal = (near.max(lead + 4)..cue.start).find(|&at| follows(at));
    let told = modal.is_some_and(|modal| !(near.max(lead + 1)..modal).any(thought));
    let comma = (near.max(lead + 2)..cue.start).rev().find(|&at| passage.is(at, Class::Comma));
    let subject = comma.is_some_and(|comma| {
        passage.is_any(comma + 1, &[Class::Definite, Class::Capital, Class::PluralNoun, Class::Subject])
    });
    let ends = [Class::Comma, Class::Stop, Class::Joining];
    let mut after = (cue.end..cue.end + FURTHEST_LASTING).take_while(|&at| !passage.is_any(at, &ends));
    !asked && (told || subject && after.any(follows))
}

/// Whether a word is "if", or the "should" of "should troops attack".
pub(in crate::text) fn is_if(passage: &Passage, at: usize) -> bool {
    let inverted = passage.is(at, Class::Conditional) && passage.is(at, Class::Deontic);
    let opens = [Class::Capital, Class::Definite, Class::Subject, Class::PluralNoun, Class::Dummy];
    let before =
        passage.is_any(at.wrapping_sub(1), &[Class::Subject, Class::Relative, Class::PluralNoun, Class::Person]);
    // "faces sanctions should Minsk attack": after a plural only a subject of its own tells.
    let follows_noun = || {
        passage.is(at.wrapping_sub(1), Class::PluralNoun)
            && passage.is_any(at + 1, &[Class::Capital, Class::Definite, Class::Subject])
    };
    passage.is(at, Class::Questioner) && passage.is(at, Class::Hypothetical) && !is_concessive(passage, at)
        || opens_supposition(passage, at)
        || inverted && passage.is_any(at + 1, &opens) && (!before || follows_noun())
}

/// Whether an "if" compares rather than supposes: "massing tanks as if it planned a raid".
fn is_as_if(passage: &Passage, at: usize) -> bool {
    is_if(passage, at) && passage.is(at.wrapping_sub(1), Class::As)
}

/// Whether "if" stands between two adjectives of a noun: "a constant if sporadic shelling" is a shelling.
fn is_concessive(passage: &Passage, at: usize) -> bool {
    let before = at.wrapping_sub(1 + usize::from(passage.is(at.wrapping_sub(1), Class::Comma)));
    let breaks =
        [Class::Capital, Class::Finite, Class::Auxiliary, Class::Preposition, Class::PluralNoun, Class::Coordinator];
    let adjective = passage.is(at + 1, Class::Adjectival) && !passage.is(at + 1, Class::Capital);
    adjective
        && passage.is_word(before)
        && !passage.is_any(before, &breaks)
        && !passage.is_any(at + 2, &breaks)
        && !passage.is_finite(at + 3)
}

/// "Assuming there is a strike, ...", "And were there to be layoffs, ...": where it opens a sentence, or what a comma parts off.
fn opens_supposition(passage: &Passage, at: usize) -> bool {
    if !passage.is_any(at, &[Class::Supposing, Class::Were]) {
        return false;
    }
    let before = at.wrapping_sub(1);
    let start = passage.sentence_of(at).is_some_and(|it| it.tokens.start == at);
    let first = start || passage.is_any(before, &[Class::Comma, Class::DoubleQuote, Class::Semicolon, Class::Colon]);
    let joined = passage.is(before, Class::Coordinator);
    let subject = [Class::Subject, Class::Definite, Class::Indefinite, Class::Dummy, Class::Capital, Class::That];
    let to = (at + 2..at + FURTHEST_IF).any(|word| passage.is(word, Class::To));
    // "Were you there?" asks, "were there to be" supposes.
    let were = passage.is(at, Class::Were) && (first || joined) && to;
    passage.is_any(at + 1, &subject) && (were || passage.is(at, Class::Supposing) && first)
}
