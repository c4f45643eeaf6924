//! Negation: which word negates a cue, and over what it counts.
//!
//! A negator counts over the phrase that it belongs to, not over all of its clause: "without the new law strikes would
//! ..." negates the law. Not here: judgments, "is false" (`judgments`), denials by a source, questions, distance (`stance`).

use std::ops::Range;

use crate::model::VerbClass;
use crate::text::language::{Class, Follows, Form};
use crate::text::passage::Passage;
use crate::text::voice::apart::{is_behind_preposition, stands_apart};
use crate::text::voice::circumstances::is_circumstance;
use crate::text::voice::granted::{is_untouched, known_before};
use crate::text::voice::judgments::{goes_on, rejected_after};
use crate::text::voice::negators::{denies, is_faint, negates, negates_verb};
use crate::text::voice::persisting::{is_valued, persists};
use crate::text::voice::reach::{Between, FURTHEST_NEGATED, parts_clauses, reaches};
use crate::text::voice::rules::VoiceRule;

/// Longest way from a cue to the conjunction before it or the verb after it, where it is a subject, in tokens.
const LONGEST_HEAD: usize = 5;

/// How far before a clause the negator of its evidence stands, in tokens.
const FURTHEST_EVIDENCE: usize = 12;

/// The word that negates the cue: before it in its clause, or, where the cue is new, after it on its verb.
pub(in crate::text) fn negator_of(
    passage: &Passage,
    cue: &Range<usize>,
    scope: &Range<usize>,
) -> Option<(usize, VoiceRule)> {
    if let Some(at) = nearly(passage, cue) {
        return Some((at, VoiceRule::NegatedBefore));
    }
    let Left { count, nearest, circumstance, asked } = negators_before(passage, cue, scope);
    if count % 2 == 1 {
        // "Nobody can tell me that it was not toxic"
        if negated_clause(passage, scope.start).is_some() {
            return None;
        }
        // "There are no houses which were not hit."
        if absent_head(passage, cue, scope.start).is_some() {
            return None;
        }
        // "cannot end the war without talks": it takes them.
        let takes = |at: usize| {
            let mut before = (scope.start.max(at.saturating_sub(FURTHEST_NEGATED))..at).rev();
            passage.is(at, Class::Lacking) && before.any(|verb| negates_verb(passage, verb))
        };
        let nearest = nearest.filter(|&at| !takes(at));
        return nearest
            .filter(|&at| {
                !is_untouched(passage, at, cue) && !stands_apart(passage, at, cue) && !persists(passage, at, cue)
            })
            .map(|at| (at, VoiceRule::NegatedBefore));
    }
    if count == 0
        && !circumstance
        && let Some(at) = negated_clause(passage, scope.start)
        && !(scope.start..asked).any(|word| is_circumstance(passage, word))
    {
        let ended = ceases(passage, cue.end, scope.end) || will_end(passage, scope.start..cue.start);
        return Some((at, VoiceRule::NegatedClause))
            .filter(|_| !ended && !is_behind_preposition(passage, scope.start, cue));
    }
    let absent = absent_head(passage, cue, scope.start).map(|at| (at, VoiceRule::NegatedClause));
    absent.filter(|_| count == 0).or_else(|| negator_after(passage, cue, scope))
}

/// The "no" of a thing that is not there, in whose relative clause a new cue stands: "There is no minister who took bribes."
fn absent_head(passage: &Passage, cue: &Range<usize>, clause: usize) -> Option<usize> {
    let near = clause.saturating_sub(LONGEST_HEAD)..clause;
    let lead = near.rev().find(|&at| passage.is(at, Class::Negator) && passage.is(at.wrapping_sub(1), Class::Being))?;
    let there = passage.is(lead.wrapping_sub(2), Class::Dummy) && !passage.is(lead.wrapping_sub(2), Class::Neuter);
    let noun = passage.is_any(lead, &[Class::No, Class::Subject]) && !passage.is(lead + 1, Class::Faint);
    let relative = passage.is(clause, Class::Relativiser) && (lead..clause).all(|at| passage.is_word(at));
    let stops = (clause..cue.start).any(|at| passage.is(at, Class::Preventing));
    (there && noun && relative && !stops && known_before(passage, clause, cue).is_none()).then_some(lead)
}

/// The "nearly" of "was nearly flooded"; "nearly all" counts.
fn nearly(passage: &Passage, cue: &Range<usize>) -> Option<usize> {
    // "an almost unprecedented raid"
    let verb = passage.is(cue.start, Class::Past);
    let near = (cue.start.saturating_sub(3)..cue.start).rev();
    let mut grammar = near.take_while(|&at| passage.is_any(at, &[Class::Almost, Class::Auxiliary, Class::Been]));
    let modifies =
        |at: usize| passage.is_any(at.wrapping_sub(1), &[Class::Definite, Class::Indefinite, Class::Possessive]);
    grammar.find(|&at| verb && passage.is(at, Class::Almost) && !modifies(at))
}

/// The words left of a cue that negate it.
struct Left {
    count: usize,
    nearest: Option<usize>,
    /// Whether a circumstance parts the cue from what is negated, so that words before it were not asked.
    circumstance: bool,
    /// The first of the words that were asked: those before it are too far off to negate.
    asked: usize,
}

/// Goes left from the cue, and keeps from word to word what stands between it and the cue: a line of a hundred thousand
/// "not X" must not be gone over again for each "not".
fn negators_before(passage: &Passage, cue: &Range<usize>, scope: &Range<usize>) -> Left {
    let mut left = Left { count: 0, nearest: None, circumstance: false, asked: scope.start };
    // "a vote following the discovery of fraud": the cue is a circumstance itself.
    let setting = passage.is(cue.start, Class::Circumstance) && cue.len() > 1;
    let parted = cue.clone().skip(1).find(|&at| parts_clauses(passage, at));
    // "cannot be evacuated because the road is mined"
    if parted.is_some_and(|at| passage.is(at, Class::Owing)) {
        let grammar = [Class::Auxiliary, Class::Being, Class::Been, Class::Adverb, Class::No];
        let mut near = (scope.start..cue.start).rev().take_while(|&at| passage.is_any(at, &grammar));
        left.nearest = near.find(|&at| negates(passage, at));
        left.count = usize::from(left.nearest.is_some());
    }
    if setting || parted.is_some() {
        return left;
    }
    let mut between = Between::cue(passage, cue);
    let acts = acts_after(passage, cue);
    for at in (scope.start..cue.start).rev() {
        // "There will be no airlift in the event of a raid": the raid is a circumstance, not what is negated.
        left.circumstance = is_circumstance(passage, at);
        if negates(passage, at) && reaches(passage, at, between) && !is_of_relative(passage, at, cue.start) {
            left.count += 1;
            left.nearest = left.nearest.or(Some(at));
        }
        if left.circumstance {
            break;
        }
        if between.words > FURTHEST_NEGATED {
            left.asked = at;
            break;
        }
        between.add(passage, at);
        between.anew |= acts && between.words <= LONGEST_HEAD && passage.is(at, Class::Joining);
    }
    left
}

/// Whether a negator stands in a relative clause that has ended before the cue, where the verb of its noun stands: "a man she
/// did not know had offered bribes", "a coach who hasn't missed a day said".
fn is_of_relative(passage: &Passage, negator: usize, cue: usize) -> bool {
    let auxiliary = usize::from(!passage.is(negator, Class::Auxiliary));
    let lead = negator.wrapping_sub(auxiliary + 1);
    let who = passage.is(lead, Class::Relative);
    let contact = passage.is(lead, Class::Subject)
        && passage.is_word(lead.wrapping_sub(1))
        && !passage.is_finite(lead.wrapping_sub(1))
        && !passage.is_any(lead.wrapping_sub(1), &BEFORE_SUBJECTS);
    // "who cannot sell her eels, says that"
    let mut commas = (negator + 2..cue).filter(|&at| passage.is(at, Class::Comma));
    who && commas.any(|at| passage.is_finite(at + 1)) || (who || contact) && acts_twice(passage, negator, cue)
}

/// "did not know | had offered": another verb right behind the verb that is negated.
fn acts_twice(passage: &Passage, negator: usize, cue: usize) -> bool {
    let mut next = negator + 2..cue.min(negator + 4);
    next.any(|at| passage.is_any(at, &[Class::Auxiliary, Class::Finite]) && passage.role(at - 1).is_verb())
}

/// What a clause may begin with before its subject, and so tells it from a relative clause without "who".
const BEFORE_SUBJECTS: [Class; 6] = [
    Class::Complementiser,
    Class::Subordinator,
    Class::Coordinator,
    Class::Preposition,
    Class::Adverb,
    Class::Relative,
];

/// Whether a verb of its own follows the cue: "has had no contact and the raid is not his idea".
fn acts_after(passage: &Passage, cue: &Range<usize>) -> bool {
    let ends = [Class::Joining, Class::Relative, Class::Complementiser];
    let mut after =
        (cue.end..cue.end + LONGEST_HEAD).take_while(|&at| passage.is_word(at) && !passage.is_any(at, &ends));
    after.any(|at| passage.is_any(at, &[Class::Auxiliary, Class::Finite]))
}

/// What judges the cue or negates its verb, after it.
fn negator_after(passage: &Passage, cue: &Range<usize>, scope: &Range<usize>) -> Option<(usize, VoiceRule)> {
    let new = || known_before(passage, scope.start, cue).is_none();
    // "it dumped nothing"
    let acts = passage.is(cue.end - 1, Class::Past) || passage.role(cue.end - 1).is_verb();
    let object = passage.is(cue.end, Class::Negator)
        && !passage.is_any(cue.end, &[Class::Adverb, Class::Lacking, Class::Auxiliary]);
    if acts && object && !is_faint(passage, cue.end) {
        return Some((cue.end, VoiceRule::NegatedVerb));
    }
    // "its stay in the flooded town is over": the stay is.
    let judged = rejected_after(passage, cue, scope);
    if let Some(at) = judged.filter(|_| !is_behind_preposition(passage, scope.start, cue)) {
        return Some((at, VoiceRule::JudgedFalse));
    }
    if let Some(at) = failed_after(passage, cue.end) {
        return Some((at, VoiceRule::NegatedVerb));
    }
    // "whether a raid is near is not known": what is negated is the knowing.
    if passage.is(scope.start, Class::Questioner) && !passage.is(scope.start, Class::Hypothetical) {
        return None;
    }
    for at in cue.end..scope.end.min(cue.end + 8) {
        if goes_on(passage, cue, at) {
            return None;
        }
        if comes_to_naught(passage, cue, at) {
            return Some((at, VoiceRule::NegatedVerb));
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
        // "crimes found as | the raiders pulled back | have not been examined": the verb is that of another noun.
        if negates_verb(passage, at) && cue.clone().skip(1).any(|word| passage.is_finite(word)) {
            return None;
        }
        if negates_verb(passage, at) {
            return ((new() || fails_to_occur(passage, at)) && is_absent(passage, at) && !is_valued(passage, cue, at))
                .then_some((at, VoiceRule::NegatedVerb));
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

/// The negator of a relative clause right behind a cue that says that it did not come: "a raid that has so far failed to turn up",
/// "the raid that never was", "a raid which has not happened".
fn failed_after(passage: &Passage, relative: usize) -> Option<usize> {
    if !passage.is_any(relative, &[Class::Relative, Class::That]) {
        return None;
    }
    let came = |verb: usize| {
        let up = passage.is(verb, Class::Turning) && passage.is(verb + 1, Class::Particle);
        up || passage.is_any(verb, &[Class::Occurring, Class::Coming, Class::Materialising])
            && !passage.is_word(verb + 1)
    };
    let grammar = [Class::Auxiliary, Class::Adverb, Class::PhraseLead, Class::PhraseTail];
    let limit = relative + 1 + LONGEST_HEAD;
    let mut words =
        (relative + 1..=limit).take_while(|&at| passage.is_any(at, &grammar) || passage.is(at, Class::Absent));
    words.find(|&at| {
        let next = at + 1 + usize::from(passage.is(at + 1, Class::Being));
        let elliptic = passage.is(at, Class::Negator) && !passage.is_word(next);
        let failed = passage.is(at, Class::Absent) && passage.is(at + 1, Class::To) && came(at + 2);
        elliptic || failed || passage.is(at, Class::Negator) && came(at + 1)
    })
}

/// Whether a cue stands in a relative clause that has its verb before the cue.
fn is_in_relative(passage: &Passage, start: usize, cue: usize) -> bool {
    let lead = (start.max(cue.saturating_sub(10))..cue).rev().find(|&at| passage.is(at, Class::Relative));
    lead.is_some_and(|lead| {
        passage.is_word(lead + 1) && lead + 1 < cue && !passage.is_any(lead + 1, &[Class::Definite])
    })
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
    (negator + 1..scope.end.min(negator + 4)).find(|&at| decides(passage, at) && passage.role(at).form != Form::Gerund)
}

/// Whether a verb at a token, negated, leaves a thing open: "could not be ruled out", "has not been confirmed".
fn decides(passage: &Passage, at: usize) -> bool {
    let past = passage.is(at, Class::Past);
    let entry = passage.lexicon.verb(passage.role(at));
    let confirms =
        past && entry.is_some_and(|entry| entry.class(false) == VerbClass::Endorsing && entry.takes(Follows::Np));
    denies(passage, at)
        || past && passage.is(at, Class::Excluding)
        || confirms && passage.is(at.wrapping_sub(1), Class::Been)
}

/// Whether the verb that the word at a token negates says that its subject is or comes: "a raid is not under way", "will not
/// happen". Of a subject that does something else the negator says only what it does not do: "the raid did not decide the
/// war", "the weapons don't reach the town", "a raid will not be tolerated".
fn is_absent(passage: &Passage, negator: usize) -> bool {
    let mut verb = negator + 1;
    while passage.is_any(verb, &[Class::Adverb, Class::Indefinite]) || passage.is_quote_mark(verb) {
        verb += 1;
    }
    // "is not going to be easy", "is not going to happen"
    if passage.is(verb, Class::Catenative) && passage.is(verb + 1, Class::To) {
        verb += 2;
    }
    if passage.is_any(verb, &[Class::Being, Class::Been]) {
        return !passage.is_any(verb + 1, &[Class::Allowing, Class::Gerund, Class::Sufficing, Class::Faint]);
    }
    // "is not going as quickly as planned"
    if passage.is(verb, Class::Catenative) && passage.is(verb + 1, Class::As) {
        return false;
    }
    // "was "not on the table""
    let before = negator.wrapping_sub(1 + usize::from(negator > 0 && passage.is_quote_mark(negator - 1)));
    // "the pledge to take in the poor was not tied to a date"
    let other = [Class::Bringing, Class::Preposition, Class::Adverb, Class::Adjectival];
    if passage.is_any(verb + 1, &[Class::To, Class::With]) && !passage.is_any(verb, &other) {
        return false;
    }
    let is = passage.is(negator, Class::Being) || passage.is(before, Class::Being);
    // "raiding the town is not the path to peace" says what the raid is good for; "is not the case", "is not the plan" deny it.
    if is && passage.is(verb, Class::Article) && !passage.is_any(verb + 1, &[Class::Event, Class::Scheme]) {
        return false;
    }
    let coming = passage.is_any(verb, &[Class::Occurring, Class::Coming]) || comes_about(passage, verb);
    let means = passage.is(negator, Class::No) && passage.is(negator.wrapping_sub(1), Class::By);
    let elided = !passage.is(negator, Class::Auxiliary) && !passage.is(before, Class::Auxiliary);
    coming
        || means
        || elided && !passage.is(verb, Class::Particle)
        || is && !passage.is_any(verb, &[Class::Gerund, Class::Allowing, Class::Faint, Class::Sufficing])
}

/// Whether a negated verb says of what is known that it does not come: "the planned strike will not go ahead". Talks that "have
/// not begun" are still to come.
fn fails_to_occur(passage: &Passage, negator: usize) -> bool {
    // "did not come as a surprise"
    // "did not start here"
    let ends = !passage.is_any(negator + 2, &[Class::Preposition, Class::To, Class::Floating]);
    let occurs = passage.is(negator + 1, Class::Occurring) && ends || comes_about(passage, negator + 1);
    occurs && !passage.is_any(negator, &[Class::Having]) && !passage.is(negator.wrapping_sub(1), Class::Having)
}

/// Whether a thing is said not to have come, or a claim not to hold: "never materialised", "failed to materialise", "does not hold
/// water".
fn comes_to_naught(passage: &Passage, cue: &Range<usize>, at: usize) -> bool {
    let materialises = |verb: usize| passage.is(verb, Class::Materialising);
    let came = passage.is(at, Class::Never) && comes(passage, at + 1);
    let failed = passage.is(at, Class::Absent) && passage.is(at + 1, Class::To);
    let failed = failed && (materialises(at + 2) || comes(passage, at + 2));
    let claimed = (cue.start.saturating_sub(LONGEST_HEAD)..=cue.end)
        .any(|head| passage.is(head, Class::Prospect) || passage.lexicon.noun(passage.role(head)).is_some());
    let holds = claimed && negates_verb(passage, at) && passage.is(at + 1, Class::Upholding);
    came || failed || holds || passage.is(at, Class::Negator) && materialises(at + 1)
}

/// Whether a verb that ends what is said says that its subject comes: "happen", "came".
fn comes(passage: &Passage, verb: usize) -> bool {
    passage.is_any(verb, &[Class::Coming, Class::Occurring]) && !passage.is_word(verb + 1)
}

/// "go ahead", "take place"
fn comes_about(passage: &Passage, at: usize) -> bool {
    passage.is(at, Class::Catenative) && passage.is(at + 1, Class::Onward)
        || passage.is(at, Class::Light) && passage.is(at + 1, Class::Place)
}

/// Whether what stands before a token is said to end: "few signs that the raid | is over", "no proof that it has ended".
fn ceases(passage: &Passage, after: usize, end: usize) -> bool {
    (after..end.min(after + LONGEST_HEAD)).any(|at| {
        let over = passage.is(at, Class::Being) && passage.is(at + 1, Class::Gone) && !passage.is_word(at + 2);
        over || passage.is(at, Class::Auxiliary) && passage.is(at + 1, Class::Preventing)
    })
}

/// Whether what follows is said to be ended: "no sign that Minsk will stop | the raids".
fn will_end(passage: &Passage, mut before: Range<usize>) -> bool {
    let verbal = [Class::Auxiliary, Class::To];
    before.any(|at| passage.is(at, Class::Preventing) && passage.is_any(at.wrapping_sub(1), &verbal))
}

/// "no evidence that", "it is untrue that": a negator just before a clause that begins with "that".
fn negated_clause(passage: &Passage, clause: usize) -> Option<usize> {
    // "none of that has stopped the raid"
    if !passage.is(clause, Class::Complementiser) || passage.is(clause.wrapping_sub(1), Class::Of) {
        return None;
    }
    // "It is not clear whether" asks; "that was wrong and that ..." is another clause.
    if passage.is(clause, Class::Questioner) || passage.is(clause.wrapping_sub(1), Class::Joining) {
        return None;
    }
    // "no evidence that", and "not an iota of evidence that", but not "without a promise from Minsk that"
    let counted = (clause.saturating_sub(3)..clause).any(|at| passage.is(at, Class::Of));
    let near = clause.saturating_sub(if counted { 6 } else { 4 })..clause;
    // "made impossible demands and hinted that"
    let joined = |at: usize| passage.is(at, Class::Joining) && passage.lexicon.verb(passage.role(at + 1)).is_some();
    let near = near.rev().take_while(|&at| passage.is_word(at) && !joined(at)).find(|&at| negates(passage, at));
    let at = near.or_else(|| without_evidence(passage, clause))?;
    // "would not have thought that": it is so.
    if passage.is_any(at.wrapping_sub(1), &[Class::Irreal]) && passage.is(at + 1, Class::Having) && at + 3 >= clause {
        return None;
    }
    // "claimed without evidence that": it is claimed. "impossible to deny that": it is so.
    let before = at.wrapping_sub(1);
    let verb = before.wrapping_sub(usize::from(passage.is(before, Class::Comma)));
    let claimed = passage.is(at, Class::Lacking) && passage.lexicon.verb(passage.role(verb)).is_some();
    // "did not mention the possibility that", "does not hide that", "nobody told her that", "is not right that"
    let spared = [Class::Commenting, Class::Overlooking, Class::Astonished, Class::Worthy];
    let last = clause.wrapping_sub(1);
    let granted = passage.is(last, Class::Object) || passage.is(last, Class::Factive) && at + 3 < clause;
    let denied = granted || (at + 1..clause).any(|word| denies(passage, word) || passage.is_any(word, &spared));
    // "cannot do the things that it has done": a relative clause.
    let head = clause.wrapping_sub(1);
    let told = passage.lexicon.noun(passage.role(head)).is_some()
        || passage.lexicon.verb(passage.role(head)).is_some()
        || passage.is_any(head, &[Class::Evidence, Class::Prospect, Class::False, Class::Judgment]);
    // "abstained from a resolution that condemned the raid"
    let relative = passage.is(head, Class::PluralNoun) && passage.is(at, Class::Negator)
        || passage.is_any(clause + 1, &[Class::Past, Class::Finite]) && !passage.is(at, Class::Negator);
    let relative = relative && !told;
    (!claimed && !denied && !relative).then_some(at)
}

/// The negator of the evidence that a clause is said to have or not: "found no proof, however, that", "nobody has shown us a
/// shred of evidence that", "no evidence supports the story that".
fn without_evidence(passage: &Passage, clause: usize) -> Option<usize> {
    let mut evidence = false;
    for at in (clause.saturating_sub(FURTHEST_EVIDENCE)..clause).rev() {
        let aside = passage.is(at, Class::Comma)
            && passage.is_any(at.wrapping_sub(1), &[Class::Adverb, Class::Evidence])
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
