//! What a negator leaves as it is: "no reason for the drill", "would not comment on the raid". Not here: which word it is
//! (`negators`), and how far it goes (`reach`).

use std::ops::Range;

use crate::text::language::{Class, Follows};
use crate::text::passage::Passage;
use crate::text::voice::negators::{is_silent, negates_verb, opens_event};

/// Longest name before "'s", in tokens.
const LONGEST_OWNER: usize = 4;

/// Longest name with its title before "'s", in tokens: "President Jan K. Lis's".
const LONGEST_TITLED: usize = 6;

/// Most words from a noun back to its "the": "the grim early days".
const MOST_ADJECTIVES: usize = 4;

/// Whether a negator leaves the cue as it is: "no reason for the drill", "no reason but a raid", "no plan other than a
/// raid", "no farmer has outlasted the drought".
pub(in crate::text) fn is_untouched(passage: &Passage, negator: usize, cue: &Range<usize>) -> bool {
    let mut between = negator + 1..cue.start;
    let excepted = between.clone().any(|at| passage.is(at, Class::Excepting) && !passage.is(at + 1, Class::Than))
        || between.clone().any(|at| passage.is(at, Class::Other) && passage.is(at + 1, Class::Than));
    // "anything but a raid" is no raid.
    let excepted = excepted && !passage.is(negator, Class::Anything);
    let known = known_before(passage, negator, cue).or_else(|| known_beside(passage, negator, cue));
    let about = known.and_then(|at| at.checked_sub(1));
    // "plays no role in the talks", but "no truth in the rumours"
    let about = about.is_some_and(|at| {
        let role = passage.is(at, Class::In) && !passage.is_any(at - 1, &[Class::Merit, Class::Evidence]);
        at > negator + 1 && (passage.is(at, Class::Topical) || role)
    });
    // "nothing artificial about the shortage", "not happy about the strike"
    // "nothing about this shortage was natural"
    let pronoun = !passage.is_any(negator, &[Class::Adverb, Class::No, Class::Lacking, Class::Auxiliary]);
    let thing = passage.is(negator, Class::Negator) && pronoun && passage.is(negator + 1, Class::About);
    let thing = thing && known == Some(negator + 2);
    let about = about
        || known.is_some_and(|at| at > negator + 2 && passage.is(at - 1, Class::About))
            && is_of_thing(passage, negator);
    let subject = passage.is(negator, Class::No) || passage.is(negator, Class::Subject);
    // "nobody could live on such low pay": the pay is as low as that.
    // "did nothing about the raid"
    let idle =
        passage.is(negator.wrapping_sub(1), Class::Done) && known.is_some_and(|at| passage.is(at - 1, Class::About));
    let mut such = between.clone().skip(1);
    let such = idle || subject && such.any(|at| passage.is(at, Class::Such) && !passage.is(at - 1, Class::Any));
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
    let unknown = known.is_some()
        && passage.is(negator.wrapping_sub(1), Class::Knowing)
        && passage.is_any(negator + 1, &[Class::Of, Class::About]);
    // "avoided the raid": who was elsewhere.
    let kept_clear = passage.is(negator, Class::Averted) && known.is_some();
    let let_go = kept_clear || known.is_some() && (negator + 1..cue.start).any(|at| passage.is(at, Class::Allowing));
    // "wrong about the war", "false information on the raid"
    let mistaken = passage.is(negator, Class::False)
        && known.is_some_and(|at| passage.is_any(at - 1, &[Class::About, Class::On, Class::For]));
    let silent = known.is_some_and(|known| says_nothing_of(passage, negator, known, cue.start));
    let granted = mistaken || silent || known.is_some_and(|it| takes_for_granted(passage, negator, it..cue.start));
    // "was not in the draft made as part of the talks"
    let described = known.is_some_and(|at| (negator + 2..at).any(|word| is_made(passage, word)));
    // "not even a bigger story than the raid"
    let compared = known.is_some_and(|at| at > negator + 2 && passage.is(at - 1, Class::Than));
    // "no way out of the raid"
    let escape = known.is_some_and(|at| passage.is(at - 1, Class::Of) && passage.is(at.wrapping_sub(2), Class::Out));
    let aside = setting || described || caused || unknown || granted || compared || escape;
    // "little to nothing those tanks can do"
    let subject_of = pronoun && passage.is(negator, Class::Negator) && known == Some(negator + 1);
    let thing = thing || subject_of || known.is_some_and(|known| is_beyond(passage, negator, known));
    let aside = aside
        || known.is_some_and(|at| is_of_head(passage, negator, at))
        || is_chosen(passage, negator, cue)
        || lives_on(passage, negator, cue.start)
        || goes_to(passage, negator, cue.start)
        || is_wanted_more(passage, negator, cue.start);
    let beside = such || words || rewarded || let_go || outlived;
    excepted || thing || aside || beside || (passage.is(negator, Class::No) || is_of_thing(passage, negator)) && about
}

/// Whether a relative clause without "who" follows what something is said not to be: "this is not a war we chose" is a war.
fn is_chosen(passage: &Passage, negator: usize, cue: &Range<usize>) -> bool {
    let copula = passage.is(negator, Class::Being) || passage.is(negator.wrapping_sub(1), Class::Being);
    let subject = passage.is(cue.end, Class::Subject) && passage.is_word(cue.end + 1);
    copula && subject && passage.is_any(negator + 1, &[Class::Article, Class::Single])
}

/// Whether a negated verb leads "to" somebody, who is there whatever it does: "could not take food to refugees", "refused to
/// surrender to Minsk forces"; but "never went to war".
pub(in crate::text) fn goes_to(passage: &Passage, negator: usize, cue: usize) -> bool {
    let to = cue.wrapping_sub(1 + usize::from(passage.is_any(cue.wrapping_sub(1), &[Class::Single, Class::Article])));
    let somebody = passage.is_any(cue, &[Class::Human, Class::Several])
        || passage.is(cue, Class::Nationality) && passage.is(cue, Class::Capital);
    to > negator + 1 && passage.is(to, Class::To) && somebody && !passage.is_any(negator, &[Class::No, Class::Lacking])
}

/// Whether somebody is blamed for doing less than it takes to reach a cue: "blamed for not acting quickly enough to impose sanctions".
fn is_wanted_more(passage: &Passage, negator: usize, cue: usize) -> bool {
    let blamed =
        passage.is_any(negator.wrapping_sub(1), &[Class::For, Class::Of]) && passage.is(negator + 1, Class::Gerund);
    let to = (negator + 2..=cue).find(|&at| passage.is(at, Class::To));
    blamed && to.is_some_and(|to| (negator + 2..to).any(|at| passage.is_any(at, &[Class::Sufficing, Class::Faint])))
}

/// Whether what follows "on" is what somebody cannot do a thing on, and so there: "cannot raise a family on poverty wages". What is
/// settled or said on something has another "on": "cannot agree on a truce".
fn lives_on(passage: &Passage, negator: usize, cue: usize) -> bool {
    let modal = |at: usize| passage.is_any(at, &[Class::Able, Class::Irreal]);
    let able =
        passage.is(negator, Class::Auxiliary) && !passage.is(negator, Class::Done) || modal(negator.wrapping_sub(1));
    let verb = negator + 1;
    let other =
        passage.is_any(verb, &[Class::Being, Class::Having, Class::Deciding, Class::Commenting, Class::Bringing]);
    able && passage.is(negator, Class::Negator)
        && passage.is(cue.wrapping_sub(1), Class::On)
        && !other
        && !passage.role(verb).is_verb()
        && verb + 1 < cue
}

/// Whether a word that keeps from something stands before what is known with more than its own preposition between: "abstained
/// from the vote and the outcry against the raid", but "voted against enacting a ban on the pipeline".
fn is_beyond(passage: &Passage, negator: usize, known: usize) -> bool {
    let mut between = negator + 1..known;
    let leads = between.clone().filter(|&at| passage.is(at, Class::Preposition)).count();
    passage.is(negator, Class::Forgoing) && leads > 1 && !between.any(|at| passage.is(at, Class::Gerund))
}

/// Whether a negator stands before what a thing is said to be: "nothing artificial", "is not happy".
fn is_of_thing(passage: &Passage, negator: usize) -> bool {
    let pronoun = [Class::Auxiliary, Class::Adverb, Class::Subject, Class::Coordinator, Class::Lacking, Class::No];
    let copula = passage.is(negator, Class::Being) || passage.is(negator.wrapping_sub(1), Class::Being);
    let adjective = !passage.is_any(negator + 1, &[Class::Gerund, Class::Past]) && !passage.role(negator + 1).is_verb();
    passage.is(negator, Class::Negator) && (copula && adjective || !passage.is_any(negator, &pronoun))
}

/// Where the definite phrase begins that a cue is joined to: "never touched on | the war or city sanctions".
fn known_beside(passage: &Passage, negator: usize, cue: &Range<usize>) -> Option<usize> {
    let last = cue.start.wrapping_sub(1);
    let noun = passage.is_any(cue.start, &[Class::Capital, Class::PluralNoun]) && !passage.role(cue.start).is_verb();
    let joined = noun && passage.is(last, Class::Joining) && last > negator + 2;
    if joined { known_before(passage, negator, &(last - 1..last)) } else { None }
}

/// Where the definite phrase begins that the cue stands in or opens: "Minsk's raid" begins with its owner.
pub(in crate::text) fn known_before(passage: &Passage, floor: usize, cue: &Range<usize>) -> Option<usize> {
    let owned = (cue.start..cue.end.min(cue.start + LONGEST_OWNER)).find(|&at| !passage.is(at, Class::Capital));
    if owned.is_some_and(|at| at > cue.start && passage.is(at, Class::Possessive) && !passage.is_contracted_verb(at)) {
        return Some(cue.start);
    }
    let determiner = definite_before(passage, floor, cue.start)?;
    if !passage.is(determiner, Class::Possessive) || passage.is_contracted_verb(determiner) {
        return Some(determiner);
    }
    (floor + 1..determiner)
        .rev()
        .take(LONGEST_TITLED)
        .take_while(|&at| passage.is_any(at, &[Class::Capital, Class::Stop]))
        .last()
        .or(Some(determiner))
}

/// Whether a preposition leads to a cue that is known: "worried about these sanctions", "in its raid"; not "in the rumours of a
/// raid", "agree to the talks".
pub(in crate::text) fn is_led_to(passage: &Passage, floor: usize, cue: &Range<usize>) -> bool {
    let Some(mut lead) = known_before(passage, floor, cue).filter(|at| *at > floor + 1).map(|at| at - 1) else {
        return false;
    };
    // "all of these sanctions"
    if passage.is(lead, Class::Of) && passage.is(lead - 1, Class::Quantifier) {
        lead = lead.saturating_sub(2);
    }
    let claimed = |at: usize| passage.is(at, Class::Prospect) || passage.lexicon.noun(passage.role(at)).is_some();
    // "criticised the mayor for causing the crisis"
    let doing = passage.is(lead, Class::Gerund) && passage.is(lead - 1, Class::For);
    // "the tide of the raid"
    let of_thing = is_of_noun(passage, lead);
    lead > floor
        && (doing || of_thing || passage.is(lead, Class::Preposition))
        && (of_thing || !passage.is_any(lead, &[Class::Of, Class::To, Class::By]))
        && !opens_event(passage, lead + 2)
        && !(lead + 1..cue.start).any(claimed)
}

/// Whether nothing is said of the definite phrase that begins at `known`: "declined to comment on the job cuts", but not "on the
/// rumours of job cuts".
fn says_nothing_of(passage: &Passage, negator: usize, known: usize, cue: usize) -> bool {
    let claim = |at: usize| passage.is(at, Class::Prospect) || passage.lexicon.noun(passage.role(at)).is_some();
    is_silent(passage, negator) && !(negator + 3..cue).any(claim) || comments_on(passage, negator, known, cue)
}

/// Whether a verb of comment stands before "on" or "about" a definite phrase that names no claim: "did not comment on the raid", but
/// "on the reports of a raid".
fn comments_on(passage: &Passage, negator: usize, known: usize, cue: usize) -> bool {
    let last = known.wrapping_sub(1);
    let claim = |at: usize| passage.is(at, Class::Prospect) || passage.lexicon.noun(passage.role(at)).is_some();
    passage.is_any(last, &[Class::On, Class::About])
        && passage.is(last.wrapping_sub(1), Class::Commenting)
        && negator + 3 >= last
        && !(known..=cue).any(claim)
}

/// Whether a negated verb takes the definite phrase that begins at `known` for granted: "would not trigger the full force
/// of sanctions", "nobody was hurt by the raid". What is negated of "plans the raid" or "supports the raid" is the raid.
fn takes_for_granted(passage: &Passage, negator: usize, phrase: Range<usize>) -> bool {
    let known = phrase.start;
    // "do not carry the weight of sanctions"
    // "do not see the deadly effects of Minsk's raid reach the coast"
    let owner = known > negator + 2 && is_of_noun(passage, known - 1);
    let of_other = owner || phrase.clone().skip(1).any(|at| is_of_noun(passage, at));
    // "would not comment on the allegations of a raid"
    let named = [Class::Bringing, Class::Evidence, Class::Prospect, Class::Commenting];
    // "failed to meet its aims in the first weeks of the war": a preposition leads away from what it meets.
    // "do not share the horror of the raid": of what a noun is of that names no claim, the verb has only the noun.
    let begets = |from: usize| {
        !of_other
            && (from..known)
                .any(|at| passage.is_any(at, &named) && !(at + 1..known).any(|word| parts(passage, negator, word)))
    };
    let before = negator.wrapping_sub(1);
    // "failed to mention the raid", "planning not to renew the deal", "of not heeding the threat"
    let next = negator + 1;
    if passage.is(next, Class::To) && passage.is_any(negator, &[Class::Absent, Class::Negator]) {
        return !begets(next);
    }
    if passage.is_any(negator, &[Class::Lacking, Class::Negator]) && passage.is(next, Class::Gerund) {
        return !begets(next) && !passage.is(before, Class::Being);
    }
    if !passage.is_any(negator, &[Class::Auxiliary, Class::Never]) && !passage.is(before, Class::Auxiliary) {
        let subject = passage.is_any(negator, &[Class::No, Class::Subject]);
        let acts = (negator + 2..known).any(|at| passage.is(at, Class::Auxiliary));
        return subject && acts && !begets(negator + 1);
    }
    let grammar = [Class::Auxiliary, Class::Being, Class::Adverb, Class::Negator];
    let Some(verb) = (negator + 1..known).find(|&at| !passage.is_any(at, &grammar)) else { return false };
    // "is not likely to take Minsk's new sanctions sitting down"
    let likely = passage.is_any(verb, &[Class::Catenative, Class::Plain]) && passage.is(verb + 1, Class::To);
    let verb = verb + 2 * usize::from(likely);
    let copula = passage.is(negator, Class::Being) || passage.is(before, Class::Being);
    // "were not told about the raid"
    let acts = !copula || likely || passage.is_any(verb, &[Class::Gerund, Class::Past]) || passage.role(verb).is_verb();
    let nominal = [Class::Definite, Class::Indefinite, Class::Preposition, Class::Number];
    acts && passage.is_word(verb) && !passage.is_any(verb, &nominal) && !begets(verb)
}

/// Whether a word between a negated verb and what is known leads to another than the verb's own object.
fn parts(passage: &Passage, negator: usize, word: usize) -> bool {
    leads_away(passage, word) || word > negator + 1 && is_of_noun(passage, word)
}

/// Whether a participle that describes the noun before it stands at a token: "the draft | prepared as part of".
fn is_made(passage: &Passage, word: usize) -> bool {
    passage.is(word, Class::Past)
        && passage.is_any(word + 1, &[Class::Preposition, Class::As])
        && !passage.is_any(word - 1, &[Class::Auxiliary, Class::Being, Class::Been, Class::Adverb])
}

/// Whether the definite phrase that begins at `known` is what a thing with "a" is of that names no claim: of "no appetite for an
/// aggravation of the crisis" the crisis is there.
fn is_of_head(passage: &Passage, negator: usize, known: usize) -> bool {
    let names =
        [Class::Prospect, Class::Evidence, Class::Scheme, Class::Quantifier, Class::Any, Class::One, Class::Indefinite];
    if !passage.is(known, Class::Article) || known <= negator + 2 {
        return false;
    }
    let (of, head) = (known - 1, known - 2);
    // "a rise of the crisis", "no condemnation of the raid"
    let leads = [Class::Single, Class::Adjectival, Class::No];
    passage.is(of, Class::Of)
        && passage.is_any(head - 1, &leads)
        && !passage.is_any(head, &names)
        && passage.lexicon.noun(passage.role(head)).is_none()
}

/// Whether the "of" at a token is that of a thing which is another than what it is of: "the horror of", but not "any of", "a sign
/// of", "the plan of".
fn is_of_noun(passage: &Passage, of: usize) -> bool {
    let head = of - 1;
    let names =
        [Class::Prospect, Class::Evidence, Class::Scheme, Class::Quantifier, Class::Any, Class::One, Class::Nil];
    let owned = [Class::Definite, Class::Possessive];
    let ends = [Class::Preposition, Class::Indefinite, Class::Auxiliary, Class::Coordinator];
    let mut before = (head.saturating_sub(MOST_ADJECTIVES)..head).rev();
    let lead = before.find(|&at| passage.is_any(at, &owned) || passage.is_any(at, &ends));
    passage.is(of, Class::Of)
        && lead.is_some_and(|at| passage.is_any(at, &owned))
        && !passage.is_any(head, &names)
        && passage.lexicon.noun(passage.role(head)).is_none()
}

/// Whether a preposition leads from what a word governs to something else: not "evidence of", "comment on".
pub(in crate::text) fn leads_away(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Preposition)
        && !passage.is_any(at, &[Class::Of, Class::About, Class::On, Class::That, Class::To])
}

/// Whether the preposition at a token leads from a verb that a word negates to when or where it was: what is named there is
/// known. "There is no truth in the rumours of a raid" has no such verb.
fn is_setting(passage: &Passage, negator: usize, at: usize, cue: usize) -> bool {
    let leads = passage.is(at, Class::Adjunct) && !passage.is_any(at, &[Class::Of, Class::About, Class::As, Class::On])
        || passage.is(at, Class::Topical) && !passage.is_any(at, &[Class::About, Class::For, Class::On]);
    let verb = |word: usize| passage.is(word, Class::Past) || passage.role(word).is_verb();
    let of_verb = negates_verb(passage, negator) && at > negator + 1
        || (negator + 1..at).any(|word| verb(word) || passage.is(word, Class::Auxiliary));
    leads
        && of_verb
        && !(at + 1..cue)
            .any(|word| passage.lexicon.noun(passage.role(word)).is_some() || passage.is(word, Class::Prospect))
}

/// Whether a cue names things by what is known of them: "troops they have arrayed", "forces whose number has grown", and the
/// "invading" of "surrender to invading forces".
pub(in crate::text) fn is_described(passage: &Passage, cue: &Range<usize>) -> bool {
    let last = cue.end - 1;
    let modifies = cue.len() == 1
        && passage.is_any(last, &[Class::Gerund, Class::Past])
        && passage.is_any(last.wrapping_sub(1), &[Class::To, Class::Against, Class::With])
        && (cue.end..cue.end + 2).any(|at| passage.is(at, Class::PluralNoun));
    // "the raiding army was not ready"
    let attribute = cue.len() == 1
        && passage.is(last, Class::Gerund)
        && passage.is(last.wrapping_sub(1), Class::Article)
        && passage.is(cue.end, Class::PluralNoun);
    modifies || attribute || holds_relative(passage, cue)
}

/// Whether a cue begins with a noun and a relative clause of it.
fn holds_relative(passage: &Passage, cue: &Range<usize>) -> bool {
    let ends = [Class::Preposition, Class::Auxiliary, Class::Subordinator, Class::Comma, Class::Being];
    let noun = !passage.role(cue.start).is_verb() || passage.is(cue.start, Class::PluralNoun);
    let heads = cue.start + 1..cue.end.min(cue.start + LONGEST_OWNER);
    noun && heads
        .take_while(|&at| passage.is(at, Class::Relative) || !passage.is_any(at, &ends))
        .any(|at| opens_relative(passage, at, cue.end))
}

/// Whether a subject or a "whose" and its verb stand at a token, before `end`: "they have", "whose number has".
fn opens_relative(passage: &Passage, at: usize, end: usize) -> bool {
    let whose = passage.is(at, Class::Definite) && passage.is(at, Class::Relative);
    let mut verb = at + 1..end.min(at + LONGEST_OWNER);
    // "cut anyone's pay"
    let owner = passage.is(at + 1, Class::Possessive) && !passage.is_contracted_verb(at + 1);
    (whose || passage.is(at, Class::Subject) && !owner)
        && verb.any(|word| passage.is_any(word, &[Class::Auxiliary, Class::Finite]))
}

/// Whether the "that" at a token opens what was said: "said that rationing is", "found no fault and that talk of". Behind a verb
/// that takes objects it may point: "denied that deal".
fn follows_saying(passage: &Passage, that: usize) -> bool {
    let last = that.wrapping_sub(1);
    let said = passage.lexicon.verb(passage.role(last));
    said.is_some_and(|verb| verb.is_saying() && verb.takes(Follows::That) && !verb.takes(Follows::Np))
        || passage.is(last, Class::Joining) && passage.is_word(that + 1)
}

/// The determiner that makes the noun phrase around token `at` definite; not left of `floor`.
pub(in crate::text) fn definite_before(passage: &Passage, floor: usize, at: usize) -> Option<usize> {
    let mut token = at;
    loop {
        let role = passage.role(token);
        // "cut anyone's pay", "nobody's wages": whose it is nobody knows.
        if role.is(Class::Possessive) && passage.is(token.wrapping_sub(1), Class::Subject) {
            return None;
        }
        let clause = role.is(Class::Complementiser)
            && (passage.is_any(token + 1, &[Class::Subject, Class::Definite, Class::Capital])
                || follows_saying(passage, token));
        if role.is(Class::Possessive) || role.is(Class::Definite) && !clause && !role.is(Class::Object) {
            return Some(token);
        }
        if role.is(Class::Definite) && !clause && !passage.is_finite(token + 1) {
            return Some(token);
        }
        let attached = passage.is(token, Class::Of) && !passage.is(token + 1, Class::Gerund);
        // "the near constant shelling"
        let modifies = passage.is(token.wrapping_sub(1), Class::Article);
        let other = role.is(Class::Preposition) && !attached && !modifies;
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
