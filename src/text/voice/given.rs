//! What is there whatever is asked, supposed or left unsaid around it: "if Lodz helps Minsk's raid", "would not say what it does
//! in response to this raid". Not here: what a negator leaves as it is (`granted`).

use std::ops::Range;

use crate::model::VerbClass;
use crate::text::language::{Class, Traits};
use crate::text::passage::Passage;
use crate::text::voice::circumstances::is_meanwhile;
use crate::text::voice::granted::known_before;

/// How far after a cue the verb stands whose subject it is, in tokens.
const FURTHEST_VERB: usize = 6;

/// What makes of a definite phrase one that is still to come: "its planned raid", "the threat of", "his plan for".
const AHEAD: Traits = Traits::of(&[Class::Prospect, Class::Scheme, Class::Evidence, Class::Conceivable]);

/// What says of its subject that it comes or is so: "if the raid happens", "whether the raid is imminent", "if the theft is proven".
const COMES: Traits = Traits::of(&[
    Class::Occurring,
    Class::Coming,
    Class::Materialising,
    Class::Onward,
    Class::Conceivable,
    Class::Uncertain,
    Class::Gone,
    Class::Proving,
]);

/// Whether a cue, in what a word at `lead` leaves open, names with its owner, with "this" or with "the" what is there all the same.
pub(in crate::text) fn is_given(passage: &Passage, lead: usize, cue: &Range<usize>) -> bool {
    if cue.start <= lead {
        return false;
    }
    if is_taken_up(passage, lead, cue) || goes_on_meanwhile(passage, lead, cue) {
        return true;
    }
    let Some(known) = known_before(passage, lead, cue).filter(|known| *known > lead) else { return false };
    // "whether the crimes committed by the raiders": what was done describes what is known.
    if passage.is(cue.start, Class::Past)
        && passage.is(cue.start + 1, Class::By)
        && passage.is(cue.start.wrapping_sub(1), Class::PluralNoun)
    {
        return true;
    }
    // "Minsk's possible raid", "the claims of a raid", "its tanks will": what has a verb in it is told, not named.
    let told = |at: usize| passage.lexicon.noun(passage.role(at)).is_some() || passage.is_finite(at);
    let acts = [Class::To, Class::Bringing, Class::Event];
    let acts = (cue.start..cue.end).any(|at| passage.is_any(at, &acts) || passage.is_finite(at));
    // "its goals peacefully": the cue is no part of the phrase.
    if acts
        || passage.is(cue.end - 1, Class::Adverb)
        || (known..cue.start).any(told)
        || (known..cue.end).any(|at| passage.role(at).meets(AHEAD))
    {
        return false;
    }
    // "may insist that its raid there is needed"
    if known == lead + 1 || known == lead + 2 && passage.is(lead + 1, Class::That) {
        return is_subject(passage, cue.end);
    }
    let last = known - 1;
    let article = passage.is(known, Class::Article);
    let of_claim = passage.lexicon.noun(passage.role(last - 1)).is_some() || passage.role(last - 1).meets(AHEAD);
    // "after failing to endorse the raid", "following the raid"
    let judges = passage.lexicon.verb(passage.role(last)).is_some_and(|it| {
        matches!(it.class(false), VerbClass::Endorsing | VerbClass::Denying) && !passage.is(last, Class::Commenting)
    });
    if judges || passage.is(last, Class::Circumstance) {
        return true;
    }
    let governed = passage.is(last, Class::Preposition) && !(passage.is(last, Class::Of) && of_claim);
    // "goes ahead with the raid"
    let onward = article
        && passage.is(last, Class::With)
        && (last.saturating_sub(3)..last).any(|at| passage.is_any(at, &[Class::Onward, Class::Going]));
    // "launch its raid", "plans the raid"
    governed && !onward && !(article && passage.is_any(last, &[Class::To, Class::By, Class::From]))
        || !article && !passage.is(last, Class::Bringing) && !passage.is(last, Class::That)
}

/// Whether a cue, behind what a word at `lead` leaves open, stands in what goes on meanwhile, or goes on itself: "do not know what he
/// wants as he masses troops", "whether it will retreat from its ongoing raid".
fn goes_on_meanwhile(passage: &Passage, lead: usize, cue: &Range<usize>) -> bool {
    let near = cue.start.saturating_sub(FURTHEST_VERB).max(lead + 2)..cue.start;
    let mut words = near.rev().take_while(|&at| passage.is_word(at));
    let meanwhile = |at: usize| {
        let subject = passage.is(at, Class::As) && passage.is_any(at + 1, &[Class::Subject, Class::Dummy]);
        subject && !passage.is(at + 2, Class::Auxiliary) || is_meanwhile(passage, at)
    };
    let mut before = cue.start.saturating_sub(2).max(lead + 2)..=cue.start;
    let ongoing = before.any(|at| passage.is(at, Class::Lasting) && passage.is(at - 1, Class::Definite));
    ongoing || words.any(meanwhile)
}

/// Whether a verb of helping governs a cue that begins with a name, as in headlines, or which a clause only
/// describes: "if Lodz aids Minsk raid", "if Lodz joins the raid, which began in May".
fn is_taken_up(passage: &Passage, lead: usize, cue: &Range<usize>) -> bool {
    let after_name = passage.is(cue.start.wrapping_sub(1), Class::Capital);
    let verb = cue.start.wrapping_sub(1 + usize::from(after_name));
    let named =
        (after_name || passage.is(cue.start, Class::Capital)) && !(cue.start..cue.end).any(|at| passage.is_finite(at));
    let past = passage.is(cue.end, Class::Comma) && passage.is(cue.end + 1, Class::Relativiser);
    let past = past
        && passage.is_any(cue.end + 2, &[Class::Past, Class::Finite])
        && !passage.is(cue.end + 2, Class::Auxiliary);
    past && known_before(passage, lead, cue).is_some()
        || named && passage.is(verb, Class::Causing) && !passage.is_any(verb, &[Class::Past, Class::Capital])
}

/// Whether a verb follows that says of its subject something else than that it comes: "if Minsk's raid is condemned".
fn is_subject(passage: &Passage, end: usize) -> bool {
    let ends = [Class::Comma, Class::Stop, Class::Relative, Class::Joining];
    let mut after = (end..end + FURTHEST_VERB).take_while(|&at| !passage.is_any(at, &ends));
    let verb =
        after.find(|&at| passage.is_finite(at) || passage.is(at, Class::Lasting) || at == end && is_third(passage, at));
    // "if the raid is confirmed"
    let confirms =
        |at: usize| passage.lexicon.verb(passage.role(at)).is_some_and(|it| it.class(false) == VerbClass::Endorsing);
    // "whether the pill | cures the fever" has its verb in the cue.
    let acts = passage.is_any(end, &[Class::Article, Class::Indefinite, Class::Object]);
    !acts && verb.is_some_and(|verb| !(verb..verb + 4).any(|at| passage.role(at).meets(COMES) || confirms(at)))
}

/// Whether a form in -s ends its clause and so is its verb: "if the raid | succeeds".
fn is_third(passage: &Passage, at: usize) -> bool {
    let ends = !passage.is_word(at + 1) || passage.is(at + 1, Class::Preposition);
    passage.is(at, Class::PluralNoun) && !passage.is(at, Class::Capital) && ends
}
