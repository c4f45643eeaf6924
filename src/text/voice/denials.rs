//! What a denial or a negated thought is of, and what it leaves as it is: "ruled out sending troops to defend the town from a
//! raid". Not here: that somebody denies (`verbs`, `negators`), and the stance that follows (`stance`).

use std::ops::Range;

use crate::model::{Mood, Span, Speech, VerbClass};
use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::attribution::AttributedWords;
use crate::text::voice::candidate::Complement;
use crate::text::voice::circumstances::is_ahead;
use crate::text::voice::granted::{definite_before, goes_to, leads_away};
use crate::text::voice::negators::owes;
use crate::text::voice::reach::{opens_clause, opens_relative};
use crate::text::voice::rules::VoiceRule;

/// How far left of a noun its owner or its "as" may stand, in tokens.
const MODIFIER_REACH: usize = 4;

/// How far left of a noun the "as" of what a claim is called may stand, in tokens.
const LONGEST_NAME: usize = 8;

/// Whether the source denies `span`: its verb does, and the span is not what it says instead ("dismissed it as a hoax").
pub(in crate::text) fn is_denied(passage: &Passage, speaker: &AttributedWords, span: Span) -> bool {
    if speaker.verb_class != VerbClass::Denying {
        return false;
    }
    let first = passage.token_at(span.start);
    let hull = passage.token_at(speaker.hull().start);
    let doubted = speaker.verb_is(passage, Class::Wondering);
    // "the troops refused to let aid in", as one cue, says what it says; of a border "where tanks have massed" the clause is granted.
    let cue = passage.tokens_of(span);
    let holds = speaker.verb.is_some_and(|verb| span.contains(verb)) || holds_clause(passage, &cue);
    if holds
        || is_of_demander(passage, hull..first) && !cue.clone().any(|at| passage.is_any(at, &[Class::For, Class::To]))
        || of_relative(passage, speaker, hull..first)
        || holds_judgment(passage, &cue)
        || names_demand(passage, span)
        || acts_anew(passage, speaker, hull..first)
        || speaker.complement == Complement::Action && goes_to(passage, hull, first)
    {
        return false;
    }
    // "questioned Lis's breakdown of the sum in new aid": the aid is known.
    let own = is_owned(passage, hull, hull + 1)
        || (hull..first).take(MODIFIER_REACH).any(|at| passage.is(at, Class::Possessive));
    let owned = doubted && own && speaker.complement != Complement::Clause;
    if owned && (hull..first).any(|at| leads_away(passage, at)) {
        return false;
    }
    // "questioned Lis on her plan" asks.
    let asked = doubted && passage.is_any(hull, &[Class::Object, Class::Capital]);
    if asked && (hull + 1..first).any(|at| passage.is_any(at, &[Class::On, Class::About, Class::Topical])) {
        return false;
    }
    // "rejected all proposals to deter a raid", "ruled out sending troops to defend the town from a raid"
    let kept = hull <= first && (prevents(passage, hull..first + 1) || turns(passage, hull..first));
    if kept || is_lessened(passage, hull..first) {
        return false;
    }
    // "questioned the West's refusal to send arms", "questioned what line had been crossed"
    // "“Is this not a raid?” she questioned" asks.
    if doubted && speaker.kind == Speech::Direct {
        return false;
    }
    if doubted && (hull..first).any(|at| passage.is_any(at, &[Class::Refusal, Class::Question])) {
        return false;
    }
    // "denied that the row had anything to do with why she quit": she did.
    if (hull + 1..first).any(|at| passage.is(at, Class::Presuming)) || ends_what_is(passage, hull..first) {
        return false;
    }
    // "denied responsibility for the raid": there was one.
    if (hull..first).any(|at| passage.is(at, Class::Factive) && passage.is(at + 1, Class::For)) {
        return false;
    }
    if is_beside(passage, hull, first) {
        return false;
    }
    // "dismissed it as “fake news” and foreign scaremongering"
    let named = matches!(speaker.complement, Complement::Noun | Complement::Topic);
    let start = hull.max(first.saturating_sub(if named { LONGEST_NAME } else { MODIFIER_REACH }));
    !(start..first).any(|at| passage.is(at, Class::As) && !(at..first).any(|verb| passage.is_finite(verb)))
}

/// Whether a known thing in what is denied is only what that is about or for: "denied that the pact was to blame for the raid", "denied
/// that he had spoken about the raid".
fn is_beside(passage: &Passage, hull: usize, first: usize) -> bool {
    let known = definite_before(passage, hull, first).and_then(|at| at.checked_sub(1));
    known.filter(|&at| at > hull).is_some_and(|at| {
        let spoke = (hull..at).any(|verb| passage.is_any(verb, &[Class::That, Class::Gerund]));
        passage.is_any(at, &[Class::For, Class::Causing]) || spoke && passage.is(at, Class::About)
    })
}

/// Whether a cue holds what the claim in it is called: "claims of a raid as lies" are what is said, not what is denied.
pub(in crate::text) fn holds_judgment(passage: &Passage, cue: &Range<usize>) -> bool {
    let judged = |at: usize| (at + 1..at + 4).any(|word| passage.is_any(word, &[Class::False, Class::Judgment]));
    (cue.start + 1..cue.end).any(|at| passage.is(at, Class::As) && judged(at))
}

/// Whether another clause stands in a cue: "on the border, where tanks have massed", "the town and repeated that tanks".
pub(in crate::text) fn holds_clause(passage: &Passage, cue: &Range<usize>) -> bool {
    (cue.start + 1..cue.end).any(|at| opens_clause(passage, at))
}

/// Whether these words end with who made the demand that is denied: "rejected a request last summer from | the delegation".
fn is_of_demander(passage: &Passage, words: Range<usize>) -> bool {
    let (start, end) = (words.start, words.end);
    let lead = words.rev().take(MODIFIER_REACH).find(|&at| passage.is(at, Class::Preposition));
    let demands = |at: usize| {
        passage
            .lexicon
            .noun(passage.role(at))
            .is_some_and(|noun| matches!(noun.class(false), VerbClass::Demanding | VerbClass::Asking))
    };
    lead.is_some_and(|lead| {
        let near = start.max(end.saturating_sub(2 * LONGEST_NAME))..lead;
        let far = [Class::For, Class::To];
        passage.is(lead, Class::From)
            && near.into_iter().any(|at| demands(at) && !(at + 1..lead).any(|word| passage.is_any(word, &far)))
    })
}

/// Whether who denies does so in a relative clause that a comma has ended: "analysts who are sceptical of scares, believe a raid is".
fn of_relative(passage: &Passage, speaker: &AttributedWords, mut words: Range<usize>) -> bool {
    let verb = speaker.verb.map_or(0, |verb| passage.tokens_of(verb).start);
    let who = verb > 0 && passage.is(verb - 1, Class::Relativiser);
    who && words.any(|at| passage.is(at, Class::Comma) && passage.role(at + 1).is_verb())
}

/// Whether a cue names a demand: one that is rejected is made all the same, "rejects the farmers' demands for relief".
fn names_demand(passage: &Passage, span: Span) -> bool {
    let demands = |class: VerbClass| matches!(class, VerbClass::Demanding | VerbClass::Asking);
    let mut cue = passage.tokens_of(span);
    cue.any(|at| {
        let noun = passage.lexicon.noun(passage.role(at));
        passage.role(at).is_noun() && noun.is_some_and(|noun| demands(noun.class(false)))
    })
}

/// Whether a conjunction leads from what is denied to another act of who denies it: "dismissed the plan and instead praised",
/// "disputing the figures and calling".
fn acts_anew(passage: &Passage, speaker: &AttributedWords, mut words: Range<usize>) -> bool {
    let object = matches!(speaker.complement, Complement::Noun | Complement::Topic);
    let Some(verb) = speaker.verb.filter(|_| object) else { return false };
    let last = passage.tokens_of(verb).end - 1;
    let (past, doing) = (passage.is(last, Class::Past), passage.is(last, Class::Gerund));
    words.any(|at| {
        let next = at + 1 + usize::from(passage.is(at + 1, Class::Adverb));
        let same = passage.is(next, Class::Past) == past && passage.is(next, Class::Gerund) == doing;
        passage.is(at, Class::Joining) && (past || doing) && same && !passage.is(next + 1, Class::PluralNoun)
    })
}

/// Whether what is denied is that something known ends: "doubts that the layoffs will stop".
fn ends_what_is(passage: &Passage, before: Range<usize>) -> bool {
    let Some(known) = definite_before(passage, before.start, before.end) else { return false };
    let mut after = before.end + 1..before.end + 1 + MODIFIER_REACH;
    known <= before.start + 1
        && after.any(|at| passage.is(at, Class::Preventing) && passage.is(at - 1, Class::Auxiliary))
}

/// Whether the "false" at a token is what the outlet calls the claim of a source, which the source holds true: "Minsk's false
/// claim that", "repeated the unfounded charge that". Who "condemned the false charge" calls it so.
pub(in crate::text) fn is_only_called(
    passage: &Passage,
    speaker: &AttributedWords,
    start: Option<usize>,
    at: usize,
) -> bool {
    let adjective =
        passage.is_any(at, &[Class::False, Class::Judgment]) && !passage.is(at.wrapping_sub(1), Class::Being);
    // "repeats the baseless claim that": whoever makes it holds it true.
    let unnamed = speaker.source.is_none() && speaker.rule == VoiceRule::Noun;
    let other = unnamed || speaker.source.is_some_and(|source| !passage.tokens_of(source).contains(&at));
    let light = speaker.verb_is(passage, Class::Light);
    adjective && other && (light || start.is_some_and(|start| start > at))
}

/// Whether the negator at a token is of the outlet's judgment of a claim that its source makes all the same: "no proof for Minsk's
/// claim that", "nobody believes its claim that".
pub(in crate::text) fn is_unproven(passage: &Passage, speaker: &AttributedWords, at: usize) -> bool {
    let after = |span: Option<Span>| span.is_some_and(|span| passage.token_at(span.start) > at);
    speaker.rule == VoiceRule::Noun && after(speaker.source) && after(speaker.verb)
}

/// Whether a verb of preventing governs what ends the range: "to endanger the talks", "to defend the town from".
pub(in crate::text) fn prevents(passage: &Passage, mut before: Range<usize>) -> bool {
    before.any(|at| {
        // "opposed restrictions on imports"
        passage.is(at, Class::Curbing) && passage.is(at + 1, Class::On)
            || passage.is(at, Class::Preventing)
                && (passage.is(at.wrapping_sub(1), Class::To) || passage.is_any(at, &[Class::Gerund, Class::Past]))
    })
}

/// Whether what ends the range is what is made less of: "cast doubt on its decision to sharply reduce | raids".
fn is_lessened(passage: &Passage, mut before: Range<usize>) -> bool {
    let to = |at: usize| (at.saturating_sub(MODIFIER_REACH)..at).any(|to| passage.is(to, Class::To));
    before.any(|at| passage.is(at, Class::Overlooking) && to(at))
}

/// Whether a word leads to why or against what something is denied: "out of concern that", "even though", "so long as", "because I think".
fn is_cause(passage: &Passage, at: usize) -> bool {
    let concern = passage.is(at, Class::Out) && passage.is(at + 1, Class::Of) && passage.is(at + 2, Class::Anxiety);
    let though = passage.is(at, Class::Turn) && passage.is(at + 1, Class::Concessive);
    let because = passage.is(at, Class::Owing) && passage.is(at, Class::Subordinator);
    let long = passage.is(at + 1, Class::Proviso) && passage.is(at + 2, Class::As);
    concern || though || long || because && !passage.is(at + 1, Class::Of)
}

/// Whether what is denied ends before the end of the range: "but", what is only added after a comma, "denied that he had left,
/// with troops on the move", another act, "denied it and, in turn, accused", the means, "gains influence by raiding", and when
/// or why it was, "rejected demands during the raid".
pub(in crate::text) fn turns(passage: &Passage, mut range: Range<usize>) -> bool {
    let added = [Class::With, Class::Contrast, Class::Adversative];
    let Range { start, end } = range;
    range.any(|at| {
        let comma = at > start && passage.is(at - 1, Class::Comma);
        let clause = passage.is(at + 1, Class::That) || passage.is(at + 1, Class::Adverb);
        let anew = passage.is(at, Class::Joining) && passage.is(at + 1, Class::Comma);
        // "denied that they were freed, and instead were held"
        let anew = anew
            || passage.is(at, Class::Joining)
                && passage.is_any(at + 1, &[Class::Replaced])
                && passage.is_finite(at + 2);
        let means = at > start && passage.is(at, Class::By) && passage.is(at + 1, Class::Gerund);
        let turned = passage.is(at, Class::Adversative) && (comma || clause && at > start);
        // "blocked the launch, again in response to the sanctions"
        let owing = owes(passage, at);
        let setting = at > start && !comma && (is_ahead(passage, at) || passage.is(at, Class::Circumstance));
        // "denied a raid, despite the build-up", "even though tanks have massed", "rejected it, out of concern that"
        let contrast = comma && passage.is(at, Class::Concessive) || at > start && is_cause(passage, at);
        let setting = setting || contrast;
        let setting = setting && !(at..end).any(|token| passage.is(token, Class::Comma));
        // "refused to talk over concerns that a raid is near": why it was.
        let reason = passage.is(at, Class::Preposition) && passage.is(at + 1, Class::Anxiety);
        // "which it has ruled out | for fear of a raid"
        let reason = reason && (at > start || passage.is(at, Class::For));
        let reason = reason && !passage.is_any(at, &[Class::Of, Class::About]);
        // "denied that he feared Minsk, which is massing tanks"
        let relative =
            comma && passage.is(at, Class::Relative) && !(at..end).any(|token| passage.is(token, Class::Comma));
        // "denied a raid, denouncing the panic"
        let said = passage.lexicon.verb(passage.role(at)).is_some() && passage.is(at, Class::Gerund);
        // "denied its blame for the deaths, raiding troops have killed"
        let main =
            comma && passage.is(at, Class::Gerund) && (at + 1..at + 5).any(|word| passage.is(word, Class::Having));
        // "blocked the loan, apparently as part of the sanctions"
        let apart = comma && passage.is(at, Class::Adverb) && passage.is(at + 1, Class::As);
        // "ruled out sending troops, a step that could widen the war"
        let mut noun = at + 2..at + 2 + MODIFIER_REACH;
        let apposed = comma
            && passage.is(at, Class::Single)
            && noun.any(|word| passage.is_any(word, &[Class::That, Class::Relative]));
        // "rules out membership while keeping the peace", "rejected it on the basis that aid"
        let meanwhile = at > start && passage.is(at, Class::Contrast) && passage.is(at + 1, Class::Gerund);
        let grounds = at > start
            && passage.is(at, Class::On)
            && passage.is(at + 1, Class::Article)
            && passage.is(at + 2, Class::Merit);
        // "denied that it would flood the fields, several of which Minsk had seized"
        let relative = relative || comma && opens_relative(passage, at - 1) && passage.is(at, Class::Quantifier);
        relative
            || apposed
            || meanwhile
            || grounds
            || apart
            || main
            || anew
            || comma && said
            || means
            || turned
            || owing
            || setting
            || reason
            || comma && passage.is_any(at, &added)
    })
}

/// "Nobody thinks the drill is a bluff": the drill is there whatever is thought of it.
pub(in crate::text) fn is_thought_of(
    passage: &Passage,
    attribution: &AttributedWords,
    start: usize,
    cue: usize,
) -> bool {
    let weighed = wills(attribution.verb_class) || attribution.verb_class == VerbClass::Endorsing;
    let negated = attribution.mood == Mood::Negated && weighed;
    let lead = start + usize::from(passage.is(start, Class::Complementiser) && !passage.is_finite(start + 1));
    negated && passage.is(lead, Class::Definite) && definite_before(passage, lead, cue) == Some(lead)
}

/// Whether the cue is the subject of a clause that is denied, behind its owner: "dismissed charges that his country's raid is
/// to blame" takes the raid for granted. `before` are the words up to the cue, `end` is where it ends.
pub(in crate::text) fn is_owned_subject(passage: &Passage, before: Range<usize>, end: usize) -> bool {
    // "invasion of Ukraine is"
    let named = [Class::Preposition, Class::Capital, Class::Article];
    let verb = (end..end + MODIFIER_REACH).find(|&at| !passage.is_any(at, &named));
    verb.is_some_and(|verb| passage.is_any(verb, &[Class::Auxiliary, Class::Irreal]))
        && is_owned(passage, before.start, before.end)
}

/// Whether a noun has its owner before it, not left of `floor`: "its raid", "Minsk's long raid".
pub(in crate::text) fn is_owned(passage: &Passage, floor: usize, noun: usize) -> bool {
    definite_before(passage, floor, noun).is_some_and(|at| !passage.is_any(at, &[Class::Article, Class::Dummy]))
}

/// Whether what a denial is of is a claim, so that its content is what is denied: "rejected the finding of fraud", "dismissed
/// the union's claim that pay is cut", "contests the arson theory". `before` are the words up to the content.
pub(in crate::text) fn is_claimed(passage: &Passage, before: Range<usize>, end: usize) -> bool {
    // "played down any prospect of a fix in the talks": the talks are not what is denied.
    let first = before.end;
    let is_of = |at: usize| {
        passage.is(at + 1, Class::Of)
            && !(at + 2..first).any(|word| passage.is_any(word, &[Class::Definite, Class::Preposition, Class::Comma]))
    };
    let mut words = before.rev().take(10);
    // "rejected the word crisis"
    passage.is(first.wrapping_sub(1), Class::Wording)
        || is_claim(passage, end)
        || words.any(|at| is_claim(passage, at) && (passage.is(at + 1, Class::That) || is_of(at)))
}

/// Whether to negate the verb is to negate what follows it.
pub(in crate::text) const fn wills(class: VerbClass) -> bool {
    matches!(class, VerbClass::Thinking | VerbClass::Promising | VerbClass::Demanding)
}

/// Whether a word names a claim, or what may come: "the finding", "the prospect".
fn is_claim(passage: &Passage, at: usize) -> bool {
    let noun = passage.lexicon.noun(passage.role(at)).map(|noun| noun.class(false));
    let told =
        matches!(noun, Some(VerbClass::Distancing | VerbClass::Endorsing | VerbClass::Neutral | VerbClass::Thinking));
    told || passage.is(at, Class::Prospect)
}
