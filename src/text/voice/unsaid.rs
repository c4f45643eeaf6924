//! What was not said, or not thought, by a source whose verb is negated, refused or of denial. Not here: negation in its words
//! (`negation`), what is left open otherwise (`prospects`).

use std::ops::Range;

use crate::model::{Mood, VerbClass};
use crate::text::language::{Class, Form};
use crate::text::passage::Passage;
use crate::text::voice::attribution::AttributedWords;
use crate::text::voice::denials::{prevents, turns, wills};
use crate::text::voice::granted::definite_before;
use crate::text::voice::negators::opens_event;
use crate::text::voice::questions::wonders_within;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::stand::{Polarity, Stand, stand};
use crate::text::voice::suppositions::{FAR, FURTHEST_IF, is_if, leaves_open};

/// How far before its modal the report stands of what would be said, in tokens: "said that the foreign ministry would announce".
const FURTHEST_TOLD: usize = 7;

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
    let added = open && start.is_some_and(|start| start < cue.start && turns(passage, start..cue.start));
    if added || is_setting(passage, speaker, cue) {
        return Some(Stand { polarity: Polarity::Affirmed, because: None, rule: VoiceRule::Affirmed });
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
    let governed = |start: usize| prevents(passage, start..cue.start) || turns(passage, start..cue.start);
    if passage.is(cue.start, Class::Preventing) || start.is_some_and(governed) {
        return Stand { polarity: Polarity::Affirmed, because: None, rule: VoiceRule::Affirmed };
    }
    // "does not believe that Minsk has decided yet whether to attack", "that it has made a decision to attack"
    let mut near = start.unwrap_or(cue.start).max(cue.start.saturating_sub(FAR))..cue.start;
    let undecided = near.any(|at| leaves_open(passage, at));
    if wonders_within(passage, speaker, cue.end) || undecided {
        return Stand { polarity: Polarity::Questioned, rule: VoiceRule::Whether, ..stand };
    }
    stand
}

/// Words that were not said. To deny the thought or the will is to think or want the contrary ("does not believe that"),
/// so negated thinking is no silence, unless what is thought is left open ("does not know whether").
pub(in crate::text) fn unsaid(passage: &Passage, speaker: &AttributedWords) -> Option<Stand> {
    let because = speaker.verb;
    let first = passage.token_at(speaker.hull().start);
    // "We don't know that it will come": it may.
    let knows = because.is_some_and(|verb| passage.tokens_of(verb).any(|at| passage.is(at, Class::Knowing)));
    let open = passage.is_any(first, &[Class::Question, Class::Questioner]);
    let willing = passage.is(first, Class::To);
    let presumes = passage.is(first, Class::Presuming);
    match speaker.mood {
        Mood::Asserted => None,
        Mood::Hypothetical if is_as_good_as_said(passage, speaker) => None,
        // "does not want missiles near the town": it is a demand.
        Mood::Negated if speaker.verb_class == VerbClass::Demanding && !willing => {
            Some(Stand { polarity: Polarity::Opposed, because, rule: VoiceRule::Opposed })
        }
        Mood::Negated if wills(speaker.verb_class) && !open && !knows => {
            Some(Stand { polarity: Polarity::Negated, because, rule: VoiceRule::NegatedWill })
        }
        // "refuses to believe"
        Mood::Refused if speaker.verb_class == VerbClass::Thinking && !open => {
            Some(Stand { polarity: Polarity::Negated, because, rule: VoiceRule::NegatedWill })
        }
        // "could not explain why prices fell", "nobody doubts that": so it is.
        Mood::Negated if presumes => None,
        Mood::Negated
            if because.is_some_and(|verb| passage.tokens_of(verb).any(|at| passage.is(at, Class::Doubting))) =>
        {
            Some(Stand { polarity: Polarity::Affirmed, because, rule: VoiceRule::DeniedTwice })
        }
        Mood::Negated | Mood::Hypothetical | Mood::Refused => {
            Some(Stand { polarity: Polarity::Unsaid, because, rule: VoiceRule::Unsaid })
        }
    }
}

/// Whether "would" and "should" leave nothing open: "I should stress that" says so, and "said that it would announce a ban" tells
/// what is planned.
fn is_as_good_as_said(passage: &Passage, speaker: &AttributedWords) -> bool {
    let mut tokens = speaker.verb.map_or(0..0, |verb| passage.tokens_of(verb));
    let modal = tokens.find(|&at| passage.is(at, Class::Hypothetical) && !passage.is(at, Class::Possible));
    let Some(modal) = modal.filter(|modal| *modal > 0) else { return false };
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
    let known = definite_before(passage, start, cue.start).filter(|_| open);
    known.and_then(|at| at.checked_sub(1)).is_some_and(|at| at > start && passage.is(at, Class::Circumstance))
}

/// Whether what a source did not know or notice is there all the same: "did not know that the notes were forged". What it
/// "does not know" may be or not.
pub(in crate::text) fn is_unnoticed(passage: &Passage, speaker: &AttributedWords) -> bool {
    let Some(verb) = speaker.verb.filter(|_| speaker.mood == Mood::Negated) else { return false };
    let mut tokens = passage.tokens_of(verb);
    let first = passage.token_at(speaker.hull().start);
    let open = passage.is_any(first, &[Class::Question, Class::Questioner]);
    let past = tokens.clone().any(|at| passage.is_any(at, &[Class::Done, Class::Had]));
    past && !open && tokens.any(|at| passage.is(at, Class::Realising))
}
