//! What was not said, or not thought, by a source whose verb is negated, refused or of denial. Not here: negation in its words
//! (`negation`), what is left open otherwise (`prospects`).

use std::ops::Range;

use crate::model::{Mood, Span, VerbClass};
use crate::text::language::{Class, Follows, Form, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::attribution::AttributedWords;
use crate::text::voice::candidate::Complement;
use crate::text::voice::circumstances::is_meanwhile;
use crate::text::voice::denials::{prevents, turns, wills};
use crate::text::voice::granted::{definite_before, is_led_to, leads_away};
use crate::text::voice::negators::opens_event;
use crate::text::voice::questions::wonders_within;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::stand::{Polarity, Stand, stand};
use crate::text::voice::suppositions::{FURTHEST_IF, is_if, would_have};
use crate::text::voice::unmeant::leaves_open;

/// How far before its modal the report stands of what would be said, in tokens: "said that the foreign ministry would announce".
const FURTHEST_TOLD: usize = 7;

/// How far into the words of a report its "signs" stand, in tokens: "don't show any clear signs of".
const LONGEST_EVIDENCE: usize = 3;

/// What is not said to be so, though it stands among the words that begin at token `start`: a setting, words that were not
/// said, a condition.
pub(in crate::text) fn unspoken(
    passage: &Passage,
    speaker: &AttributedWords,
    start: Option<usize>,
    cue: &Range<usize>,
) -> Option<Stand> {
    // "would not say whether aid would come amid the build-up": what is only the setting is taken for granted.
    // "do not know what he wants, with troops at the border"
    let open = speaker.mood != Mood::Asserted && speaker.verb_class == VerbClass::Thinking;
    // "If the town does not want talks to be held, there is nothing to say."
    if let Some(lead) = open_condition(passage, speaker) {
        return Some(stand(Polarity::Supposed, passage.span(&(lead..lead + 1)), VoiceRule::Supposed));
    }
    let added = open && start.is_some_and(|start| start < cue.start && turns(passage, start..cue.start));
    let negated = speaker.mood == Mood::Negated && speaker.verb_class == VerbClass::Endorsing;
    // "a war that it did not want and signalled": what follows is of another verb.
    let added = added
        || start.is_some_and(|start| passage.is(start, Class::Joining))
        || negated && start.is_some_and(|start| acts_besides(passage, passage.seen(start + 1..cue.start)));
    // "cannot grasp who Lis is and why he shells the town"
    let why = speaker.mood != Mood::Asserted
        && start.is_some_and(|start| {
            (start + 1..cue.start).any(|at| passage.is(at, Class::Joining) && passage.is(at + 1, Class::Presuming))
        });
    if added || why || is_setting(passage, speaker, cue) {
        return Some(Stand { polarity: Polarity::Affirmed, because: None, rule: VoiceRule::Affirmed });
    }
    // "lacks the means to confirm or rule out a leak"
    if let Some(verb) = speaker.verb.filter(|verb| leaves_both(passage, *verb)) {
        return Some(stand(Polarity::Unsaid, verb, VoiceRule::Unsaid));
    }
    // "declined to discuss a raid", "refused to be drawn on one"
    let silent = speaker.verb_class == VerbClass::Denying && speaker.complement == Complement::Action;
    let silent = silent && start.is_some_and(|to| (to..to + 3).any(|at| passage.is(at, Class::Commenting)));
    if let Some(verb) = speaker.verb.filter(|_| silent && !is_led_to(passage, start.unwrap_or(cue.start), cue)) {
        return Some(stand(Polarity::Unsaid, verb, VoiceRule::Unsaid));
    }
    // "ruled out an airlift if troops attack", "don't think we stand a chance if they do"
    let unsaid = unsaid(passage, speaker);
    let denied = speaker.verb_class == VerbClass::Denying;
    let open = denied && unsaid.is_none() || unsaid.is_some_and(|stand| stand.rule == VoiceRule::NegatedWill);
    let near = cue.start.saturating_sub(FURTHEST_IF).max(start.map_or(cue.start, |start| start + 1))..cue.end;
    let lead = near.filter(|_| open).find(|&at| is_if(passage, at) || opens_event(passage, at));
    let supposed = |lead: usize| stand(Polarity::Supposed, passage.span(&(lead..lead + 1)), VoiceRule::SupposedSo);
    lead.map(supposed).or(unsaid)
}

/// The "if" of a condition whose verb is that of a negated thought or will.
fn open_condition(passage: &Passage, speaker: &AttributedWords) -> Option<usize> {
    let whole = passage.whole();
    let source = whole.tokens_of(speaker.source?).start;
    let first = whole.sentence_of(source)?.tokens.start;
    let negated = speaker.mood == Mood::Negated && wills(speaker.verb_class);
    let lead = source.checked_sub(1).filter(|lead| negated && *lead >= first)?;
    whole.is(lead, Class::Conditional).then_some(lead)
}

/// Whether a verb is joined by "or" to one that says the contrary: "confirm or deny".
fn leaves_both(passage: &Passage, verb: Span) -> bool {
    let at = passage.whole().tokens_of(verb).start;
    let class = |at: usize| passage.lexicon.verb(passage.role(at)).map(|verb| verb.class(true));
    let both = [class(at.wrapping_sub(2)), class(at)];
    let opposed = [VerbClass::Endorsing, VerbClass::Denying];
    passage.is(at.wrapping_sub(1), Class::Coordinator)
        && both[0] != both[1]
        && both.iter().all(|it| it.is_some_and(|it| opposed.contains(&it)))
}

/// Whether another act is told among these words: "has not shown good will | and has, in fact, | raided the town".
fn acts_besides(passage: &Passage, mut words: Range<usize>) -> bool {
    words.any(|at| passage.is(at, Class::Joining) && passage.is(at + 1, Class::Auxiliary) && passage.is_finite(at + 1))
}

/// What a negated thought or will, which makes `stand`, makes of a cue in the words that begin at token `start`.
pub(in crate::text) fn of_will(
    passage: &Passage,
    speaker: Option<&AttributedWords>,
    start: Option<usize>,
    cue: &Range<usize>,
    stand: Stand,
) -> Stand {
    // "do not believe that enough is done to deter an attack", "do not want to endanger the talks": not that there are
    // none. "do not believe that he is mad but that the raid was": a thought of its own.
    // "do not think they are worried about these sanctions": there are some.
    let governed = |start: usize| {
        let before = start..cue.start;
        is_led_to(passage, start, cue)
            || prevents(passage, before.clone())
            || turns(passage, before.clone())
            // "do not believe that he was justified in raiding the town"
            || before.clone().any(|at| passage.is(at, Class::Overlooking))
            || before.skip(1).any(|at| is_meanwhile(passage, at))
    };
    if passage.is(cue.start, Class::Preventing) || start.is_some_and(governed) {
        return Stand { polarity: Polarity::Affirmed, because: None, rule: VoiceRule::Affirmed };
    }
    // "does not think Minsk would have raided the town if Lis had been mayor": it has.
    let unmet = (cue.end..cue.end + FURTHEST_IF).any(|at| is_if(passage, at));
    let would = start.unwrap_or(cue.start).max(cue.start.saturating_sub(FURTHEST_IF))..cue.end;
    if unmet && would.into_iter().any(|at| would_have(passage, at)) {
        return Stand { polarity: Polarity::Affirmed, rule: VoiceRule::Counterfactual, ..stand };
    }
    // "does not believe that Minsk has decided yet whether to attack", "that it has made a decision to attack"
    let undecided = passage.seen(start.unwrap_or(cue.start)..cue.end).any(|at| leaves_open(passage, at));
    if wonders_within(passage, speaker, cue.end) || undecided {
        return Stand { polarity: Polarity::Questioned, rule: VoiceRule::Whether, ..stand };
    }
    stand
}

/// Words that were not said. To deny the thought or the will is to think or want the contrary ("does not believe that"),
/// so negated thinking is no silence, unless what is thought is left open ("does not know whether").
pub(in crate::text) fn unsaid(passage: &Passage, speaker: &AttributedWords) -> Option<Stand> {
    let because = speaker.verb;
    // The verb may stand in another sentence than its words.
    let passage = &passage.whole();
    let first = passage.token_at(speaker.hull().start);
    // "We don't know that it will come": it may.
    let knows = speaker.verb_is(passage, Class::Knowing);
    let open = passage.is_any(first, &[Class::Question, Class::Questioner]);
    let willing = passage.is(first, Class::To);
    // "did not say who shelled the town"
    let who = passage.is(first, Class::Relativiser) && passage.is_any(first + 1, &[Class::Past, Class::Finite]);
    // "would not say when Minsk had shelled the town"
    let dated = passage.is(first, Class::Question) && !passage.is(first, Class::Questioner);
    let who = who || dated && (first..first + FURTHEST_IF).any(|at| passage.is(at, Class::Had));
    let presumes = passage.is(first, Class::Presuming);
    let modals = [Class::Hypothetical, Class::Future, Class::Able, Class::Deontic, Class::To];
    let modal = (first..first + FURTHEST_IF).any(|at| passage.is_any(at, &modals));
    // "They would not have thought that Minsk would attack": it has.
    let unforeseen = speaker.verb_is(passage, Class::Hypothetical) && speaker.verb_is(passage, Class::Having);
    let none = sees(passage, speaker) && passage.is(first, Class::No);
    // "never said that the tariffs would work": it is denied that they would.
    let never = speaker.verb_class == VerbClass::Neutral && speaker.verb_is(passage, Class::Never);
    let unforeseen = unforeseen || never_thought(passage, speaker, first);
    match speaker.mood {
        Mood::Asserted => None,
        Mood::Negated if speaker.verb_class == VerbClass::Thinking && unforeseen => {
            Some(Stand { polarity: Polarity::Affirmed, because, rule: VoiceRule::Counterfactual })
        }
        Mood::Negated if finds_none(passage, speaker, first) => {
            Some(Stand { polarity: Polarity::Negated, because, rule: VoiceRule::NegatedWill })
        }
        // "could find no trace of a raid"
        Mood::Hypothetical if none || is_as_good_as_said(passage, speaker) && !is_undenied(passage, speaker) => None,
        // "does not want missiles near the town": it is a demand.
        // "do not want to see missiles there": so is that.
        Mood::Negated
            if speaker.verb_class == VerbClass::Demanding && (!willing || passage.is(first + 1, Class::Seeing)) =>
        {
            Some(Stand { polarity: Polarity::Opposed, because, rule: VoiceRule::Opposed })
        }
        // "do not understand his policy of talks": he has one.
        Mood::Negated if speaker.complement == Complement::Noun && speaker.verb_is(passage, Class::Realising) => None,
        // "is not surprised that Minsk attacks", "is not happy that it does": it does.
        Mood::Negated if speaker.verb_is(passage, Class::Astonished) => None,
        // "has yet to condemn the raid", "refuses to"
        _ if speaker.verb_is(passage, Class::Overlooking) => None,
        Mood::Negated if (wills(speaker.verb_class) && !knows || never) && !open => {
            Some(Stand { polarity: Polarity::Negated, because, rule: VoiceRule::NegatedWill })
        }
        // "refuses to believe"
        Mood::Refused if speaker.verb_class == VerbClass::Thinking && !open => {
            Some(Stand { polarity: Polarity::Negated, because, rule: VoiceRule::NegatedWill })
        }
        // "could not explain why prices fell", "refused to say why", "nobody doubts that": so it is.
        Mood::Negated if presumes => None,
        Mood::Hypothetical if is_act(passage, speaker) => None,
        Mood::Negated | Mood::Refused | Mood::Hypothetical if who && !modal => None,
        // "declined to say how many tanks would be sent"
        Mood::Refused | Mood::Hypothetical
            if presumes
                && !passage.is(first, Class::Subordinator)
                && (!modal || passage.is(first + 1, Class::Quantifier)) =>
        {
            None
        }
        Mood::Negated if speaker.verb_is(passage, Class::Doubting) => {
            Some(Stand { polarity: Polarity::Affirmed, because, rule: VoiceRule::DeniedTwice })
        }
        Mood::Negated | Mood::Hypothetical | Mood::Refused => {
            Some(Stand { polarity: Polarity::Unsaid, because, rule: VoiceRule::Unsaid })
        }
    }
}

/// Whether a verb of denial is itself negated: "said he would not rule out a raid" leaves it open.
fn is_undenied(passage: &Passage, speaker: &AttributedWords) -> bool {
    speaker.verb_class == VerbClass::Denying && speaker.verb_is(passage, Class::Negator)
}

/// Whether a thought that never came is told of what has come: "never imagined that Minsk would raid the town". Who "has never
/// thought that it would" still does not.
fn never_thought(passage: &Passage, speaker: &AttributedWords, first: usize) -> bool {
    let verb = speaker.verb.map_or(0..1, |verb| passage.tokens_of(verb));
    let perfect = passage.is(verb.start, Class::Auxiliary) && !passage.is(verb.start, Class::Had);
    let past = passage.role(verb.end.saturating_sub(1)).form == Form::Past && !perfect;
    let would = (first..first + FURTHEST_IF).any(|at| passage.is(at, Class::Irreal));
    past && would && speaker.verb_is(passage, Class::Never)
}

/// Whether a verb reports what was seen: "found no leak".
fn sees(passage: &Passage, speaker: &AttributedWords) -> bool {
    let sees = |at: usize| passage.lexicon.verb(passage.role(at)).is_some_and(|verb| verb.takes(Follows::No));
    speaker.verb.is_some_and(|verb| passage.tokens_of(verb).any(sees))
}

/// Whether a verb, negated, says that there is none of what follows at `first`: "did not find a leak", "don't show any signs of a
/// raid", "is not calling this a raid".
fn finds_none(passage: &Passage, speaker: &AttributedWords, first: usize) -> bool {
    let object = speaker.complement == Complement::Noun;
    let thing = object || passage.is_any(first, &[Class::Single, Class::Any]);
    let shows = (first..first + LONGEST_EVIDENCE).any(|at| passage.is(at, Class::Evidence));
    match speaker.verb_class {
        VerbClass::Endorsing => shows || thing && sees(passage, speaker),
        VerbClass::Neutral => {
            let this = passage.is_any(first, &[Class::Dummy, Class::Object]);
            object && this && passage.is(first + 1, Class::Indefinite)
        }
        _ => false,
    }
}

/// Whether what somebody should, would or could do is no statement, which he would leave unsaid: "the senate should say no to
/// weapons" is a demand, and who "could attack Lodz" or "would call for talks" is told to.
fn is_act(passage: &Passage, speaker: &AttributedWords) -> bool {
    let last = speaker.verb.map_or(0, |verb| passage.tokens_of(verb).end.saturating_sub(1));
    let says = passage.lexicon.verb(passage.role(last)).is_some_and(ReportingWord::is_saying);
    speaker.verb_class != VerbClass::Denying
        && (speaker.verb_is(passage, Class::Deontic) || speaker.complement != Complement::Clause && !says)
}

/// Whether "would" and "should" leave nothing open: "I should stress that" says so, and "said that it would announce a ban" tells
/// what is planned.
fn is_as_good_as_said(passage: &Passage, speaker: &AttributedWords) -> bool {
    let mut tokens = speaker.verb.map_or(0..0, |verb| passage.tokens_of(verb));
    let modal = tokens.find(|&at| passage.is(at, Class::Hypothetical) && !passage.is(at, Class::Possible));
    let Some(modal) = modal.filter(|modal| *modal > 0) else { return false };
    let passage = &passage.within_sentence(modal);
    if passage.is(modal - 1, Class::First) && passage.is(modal - 1, Class::Subject) {
        return true;
    }
    let reports = |at: usize| passage.lexicon.verb(passage.role(at)).is_some();
    let ends = [Class::Comma, Class::Paragraph, Class::Question, Class::Questioner];
    let mut before = (modal.saturating_sub(FURTHEST_TOLD)..modal)
        .rev()
        .take_while(|&at| !passage.is_any(at, &ends) && !is_if(passage, at));
    passage.is(modal, Class::Irreal) && before.any(|at| passage.role(at).form == Form::Past && reports(at))
}

/// Whether a definite phrase stands in the words of a source as the setting of what is said: "amid the build-up".
fn is_setting(passage: &Passage, speaker: &AttributedWords, cue: &Range<usize>) -> bool {
    let open = speaker.mood != Mood::Asserted || speaker.verb_class == VerbClass::Denying;
    let start = passage.token_at(speaker.hull().start);
    if open && follows_event(passage, start, cue) {
        return true;
    }
    let known = definite_before(passage, start, cue.start).filter(|_| open);
    // "could say that it hardly matters in the raid"
    let told = speaker.mood != Mood::Asserted && is_led_to(passage, start, cue);
    let told = told && known.is_some_and(|at| leads_away(passage, at.wrapping_sub(1)));
    told || known.and_then(|at| at.checked_sub(1)).is_some_and(|at| at > start && passage.is(at, Class::Circumstance))
}

/// Whether a cue stands in a clause that tells after what, or why, something was left open: "would not say whether it would close
/// after a spill poisoned the port". What has a modal verb is itself open.
fn follows_event(passage: &Passage, start: usize, cue: &Range<usize>) -> bool {
    let ends = [Class::Comma, Class::Complementiser, Class::Joining, Class::Adversative];
    let mut near = (start + 1..cue.start).rev().take(FURTHEST_TOLD).take_while(|&at| !passage.is_any(at, &ends));
    let Some(lead) = near.find(|&at| passage.is(at, Class::Dating)) else { return false };
    let clause = lead + 1..cue.end + 3;
    let modals = [Class::Hypothetical, Class::Future, Class::Able, Class::Deontic];
    let past = |at: usize| passage.is_any(at, &[Class::Past, Class::Finite]);
    clause.clone().any(past) && !clause.into_iter().any(|at| passage.is_any(at, &modals))
}

/// Whether what a source did not know or notice is there all the same: "did not know that the notes were forged", "failed to notice". What it
/// "does not know" may be or not.
pub(in crate::text) fn is_unnoticed(passage: &Passage, speaker: &AttributedWords) -> bool {
    let first = passage.token_at(speaker.hull().start);
    let open = passage.whole().is_any(first, &[Class::Question, Class::Questioner]);
    let past = [Class::Done, Class::Had, Class::Absent].into_iter().any(|class| speaker.verb_is(passage, class));
    let missed = matches!(speaker.mood, Mood::Negated | Mood::Refused);
    missed && past && !open && speaker.verb_is(passage, Class::Realising)
}

/// Whether what a source knows is so in the words of who tells it: "Lis said the firm knew that the roof leaked".
pub(in crate::text) fn is_known(passage: &Passage, speaker: &AttributedWords) -> bool {
    let first = passage.token_at(speaker.hull().start);
    let open = passage.whole().is(first, Class::Questioner);
    speaker.mood == Mood::Asserted && !open && speaker.verb_is(passage, Class::Knowing)
}
