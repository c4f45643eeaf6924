//! Where the circumstances of what a clause says begin: when, why and in what event it is so. A negation before them leaves them
//! as they are. Not here: which word negates (`negators`), and how far (`reach`).

use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::negators::{opens_event, owes};

/// Whether a word leads to the circumstances of what a clause says rather than to what it says.
pub(in crate::text) fn is_circumstance(passage: &Passage, at: usize) -> bool {
    let event = opens_event(passage, at);
    // "Nobody knows what the troops are doing"
    let named = passage.is(at.wrapping_sub(1), Class::Negator) && passage.is(at.wrapping_sub(2), Class::Being);
    let asked = passage.is(at, Class::Question) && !passage.is_any(at, &[Class::Questioner, Class::Relative]) && !named;
    // "no intention to attack by pulling back"
    let act = at + 1 + if passage.is(at + 2, Class::Hyphen) { 2 } else { 0 };
    let by = passage.is(at, Class::By) && passage.is(act, Class::Gerund);
    // "cannot go home due to the raids", "have not met in response to the raid"
    let owing = owes(passage, at);
    // "cannot send mixed signals as it weakens the pact"
    let reason = passage.is(at, Class::As) && passage.is_any(at + 1, &[Class::Subject, Class::Dummy]);
    // "did not attend over fears of a riot"
    let feared = passage.is(at, Class::Topical) && passage.is(at + 1, Class::Anxiety) && !passage.is(at, Class::For);
    let feared = feared && !passage.is(at, Class::About);
    let reason = reason || is_meanwhile(passage, at) || opens_setting(passage, at) || is_ahead(passage, at);
    event || asked || by || owing || reason || feared || passage.is(at, Class::Circumstance)
}

/// Whether "as" opens a clause of what goes on meanwhile: "as Minsk gets ready for a raid".
pub(in crate::text) fn is_meanwhile(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::As) && passage.is(at + 1, Class::Capital) && passage.is_finite(at + 2)
}

/// "ahead of the talks"
pub(in crate::text) fn is_ahead(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Onward) && passage.is(at + 1, Class::Of)
}

/// Whether a conjunction and a subject at a token open a clause of why, when or against what it is so, which a negation before it
/// leaves as it is: "do not drink it because nitrates poison it", "cannot rest while Minsk raids", "no talks as long as".
fn opens_setting(passage: &Passage, at: usize) -> bool {
    let subject = [Class::Subject, Class::Definite, Class::Capital, Class::Dummy, Class::PluralNoun];
    let dated = passage.is_any(at, &[Class::Dating, Class::Contrast]) && !passage.is(at, Class::Preposition);
    let long = passage.is(at, Class::As) && passage.is(at + 1, Class::Proviso) && passage.is(at + 2, Class::As);
    long || dated && passage.is_any(at + 1, &subject) && !passage.is(at + 1, Class::Object)
}
