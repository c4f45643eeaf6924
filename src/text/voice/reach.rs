//! How far a negator reaches: what may stand between it and the cue, and what ends its phrase before. Not here: which word negates
//! (`negators`), and what of a phrase it reaches is negated (`granted`).

use std::ops::Range;

use crate::text::language::{Class, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::circumstances::is_circumstance;
use crate::text::voice::granted::leads_away;
use crate::text::voice::negators::{denies, drops_plan, negates_verb};

/// Most words between a negator and what it negates; beyond that a clause of news has gone on to other things.
pub(in crate::text) const FURTHEST_NEGATED: usize = 15;

/// How far before a "did not" without a verb its "when" stands, in tokens.
const FURTHEST_ELIDED: usize = 5;

/// How far before a cue its "false" stands, in tokens.
const FURTHEST_JUDGED: usize = 8;

/// What stands between a negator and the cue.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that may stand there or not")]
pub(in crate::text) struct Between {
    auxiliary: bool,
    /// A conjunction and a verb of its own: "no law, and remains".
    joined: bool,
    /// A verb that prevents or denies.
    prevents: bool,
    /// A preposition that leads away from a noun: "a fake attack by the army".
    led: bool,
    /// The "by" of a passive.
    agent: bool,
    kept: bool,
    /// The end of a quotation: what is negated in it has nothing to do with what follows.
    quoted: bool,
    /// A conjunction just before the cue, which has a verb of its own.
    pub(in crate::text) anew: bool,
    /// A comma.
    comma: bool,
    /// Another noun phrase joined: "no growth and the end of aid".
    paired: bool,
    /// Another noun just before the cue: "false reports and | talk of a raid".
    coupled: bool,
    /// A preposition that leads to what it is about: "a lack of clarity on talks".
    topic: bool,
    /// What is only added after a comma: "would not move, in a warning of sanctions".
    aside: bool,
    /// "so" after a comma: "would not help in time, so sanctions are likely".
    so: bool,
    /// A comma inside the cue, and a name that may be a subject: "after failing to take the town, Minsk".
    resumed: bool,
    pub(in crate::text) words: usize,
}

impl Between {
    /// What is known of a cue before one goes left from it.
    pub(in crate::text) fn cue(passage: &Passage, cue: &Range<usize>) -> Self {
        // "not enough to stop Putin from invading": the cue itself says what is to be prevented.
        let prevents = (cue.start..cue.end - 1)
            .any(|at| passage.is(at, Class::Preventing) && (at == cue.start || passage.is(at - 1, Class::To)));
        let subjects = [Class::Capital, Class::Definite];
        let resumed = cue.clone().any(|at| passage.is(at, Class::Comma) && passage.is_any(at + 1, &subjects));
        Self { prevents, resumed, ..Self::default() }
    }

    pub(in crate::text) fn add(&mut self, passage: &Passage, at: usize) {
        self.auxiliary |= passage.is(at, Class::Auxiliary);
        self.joined |= passage.is(at, Class::Joining) && joins_a_verb(passage, at) || closes_aside(passage, at);
        self.aside |= opens_aside(passage, at) && !self.comma;
        self.comma |= passage.is(at, Class::Comma);
        // "no question of a raid": a noun.
        let noun = passage.is_any(at.wrapping_sub(1), &[Class::No, Class::Indefinite, Class::Definite]);
        let curbed = passage.is(at, Class::Curbing) && passage.is(at + 1, Class::On);
        // "no pullback of tanks", "not seeing any reduction in raids": what has not ceased is there.
        let ceased = passage.is(at, Class::Ceasing)
            && passage.is(at + 1 + usize::from(passage.is_quote_mark(at + 1)), Class::Preposition);
        // "never give up hope of talks", "not backed off its aims in talks"
        let off = passage.is(at, Class::Forgoing) && !passage.is_any(at + 2, &[Class::From, Class::Of]);
        let yields = (off || passage.is(at, Class::Furnishing)) && passage.is(at + 1, Class::Particle);
        // "no let-up in raids"
        let eased = passage.is(at, Class::Allowing) && passage.is(at + 1, Class::Hyphen);
        let prevents =
            eased || yields || curbed || ceased || passage.is_any(at, &[Class::Preventing, Class::Overlooking]);
        // "has not been targeted by sanctions"
        let passive = passage.is(at, Class::Overlooking) && passage.is(at + 1, Class::By);
        let prevents = prevents && !passive && !passage.is(at, Class::Averted);
        self.prevents |= prevents || !noun && denies(passage, at);
        self.led |= leads_away(passage, at);
        self.paired |= passage.is(at, Class::Joining) && passage.is(at + 1, Class::Article);
        self.coupled |= passage.is(at, Class::Joining) && self.words < 2;
        self.topic |= passage.is(at, Class::Topical);
        self.agent |= passage.is(at, Class::By);
        let from = passage.is(at, Class::From) && passage.is(at + 1, Class::Gerund);
        self.kept = (self.kept || from) && !passage.is(at, Class::Forgoing);
        self.quoted |= passage.is_quote_mark(at) && !passage.is(at, Class::SpaceBefore) && !quotes_negator(passage, at);
        let so = passage.is(at, Class::DistanceLead) && passage.is(at.wrapping_sub(1), Class::Comma);
        self.so |= so && !passage.is(at + 1, Class::Hyphen);
        self.words += 1;
    }
}

/// Whether the quotation that ends at a token is opened by the negator itself: `will "not a single" soldier stay`, and
/// `was "a lie" that`, but not `"too soon to tell" and diplomatic efforts`.
fn quotes_negator(passage: &Passage, end: usize) -> bool {
    let opening = (end.saturating_sub(8)..end).rev().find(|&at| passage.is_quote_mark(at));
    let false_ = passage.is(end.wrapping_sub(1), Class::False) && passage.is(end + 1, Class::That);
    // "a “no limits” pact"
    let which = |at: usize| passage.is_any(at.wrapping_sub(1), &[Class::Article, Class::Single, Class::Nationality]);
    opening.is_some_and(|at| false_ || passage.is(at + 1, Class::Negator) && !which(at))
}

/// Whether a conjunction leads to a verb of its own.
fn joins_a_verb(passage: &Passage, at: usize) -> bool {
    let after_comma = at > 0 && passage.is(at - 1, Class::Comma);
    // "were not to blame and there was no arson"
    let anew = passage.is_any(at + 1, &[Class::Subject, Class::Dummy])
        && passage.is_any(at + 2, &[Class::Auxiliary, Class::Finite]);
    // "There are no flights and now we sit in a shelter", "may not come and that at least a talk is likely"
    let anew = anew
        || passage.is(at + 1, Class::Adverb) && passage.is(at + 2, Class::Subject)
        // "if the talks fail and Minsk stages a raid"
        || passage.is(at + 1, Class::Capital) && passage.is_finite(at + 2)
        || passage.is(at + 1, Class::That) && passage.is_any(at + 2, &[Class::Preposition, Class::Subject]);
    passage.is(at + 1, Class::Remaining)
        || anew
        || !after_comma && passage.is_any(at + 1, &[Class::Finite, Class::Auxiliary])
}

/// Whether a comma ends what stood between commas, or leads to a clause of its own, with the verb of the sentence after it:
/// "whose number wasn't told, come on top of", "failed to take the town, they are falling back".
fn closes_aside(passage: &Passage, at: usize) -> bool {
    let next = at + 1;
    // "nobody sells, nobody buys" goes on.
    let subject = passage.is(next, Class::Subject) && !passage.is(next, Class::Negator);
    let spliced = subject && passage.is_any(next + 1, &[Class::Auxiliary, Class::Finite]);
    let verb = passage.is_any(next, &[Class::Finite, Class::Auxiliary]) && !passage.is(next, Class::Negator);
    let told = passage.lexicon.verb(passage.role(next)).is_some_and(ReportingWord::is_saying);
    passage.is(at, Class::Comma) && (spliced || verb && !told)
}

/// Whether a comma leads to what is only added: "in a warning of", "with weapons arriving", "as".
fn opens_aside(passage: &Passage, at: usize) -> bool {
    let leads = [Class::In, Class::With, Class::As, Class::Circumstance];
    // "escaped the town, a place where shells fell"
    let mut noun = at + 2..at + 5;
    let apposed =
        passage.is(at + 1, Class::Single) && noun.any(|word| passage.is_any(word, &[Class::Question, Class::Relative]));
    passage.is(at, Class::Comma) && (apposed || passage.is_any(at + 1, &leads))
}

/// Whether a negator's phrase goes on to the cue.
pub(in crate::text) fn reaches(passage: &Passage, negator: usize, between: Between) -> bool {
    // "Without the new law strikes would ...": a verb of its own, after the phrase.
    let lone = passage.is(negator, Class::Lacking) && !passage.is(negator + 1, Class::Gerund);
    let ends = lone && between.auxiliary || passage.is(negator, Class::Negator) && between.joined;
    let ends = ends || between.anew && negates_verb(passage, negator);
    let ends = ends || between.kept && passage.is(negator, Class::Negator);
    let fronted =
        passage.is(negator, Class::Lacking) || passage.is(negator, Class::Absent) && passage.is(negator, Class::Gerund);
    // "countries without cutting-edge arms could attack", but "left without saying that it would attack"
    let said = passage.lexicon.verb(passage.role(negator + 1)).is_some();
    let ends = ends || passage.is(negator, Class::Lacking) && between.auxiliary && !said;
    let ends = ends || fronted && between.resumed;
    let ends = ends || passage.is(negator, Class::Absent) && between.joined;
    // "invented a device in the war", "abandoned their homes in the flood"
    let object = passage.is_any(negator, &[Class::Inventing, Class::Nil])
        || passage.is(negator, Class::Dropping) && !drops_plan(passage, negator);
    let ends = ends || object && (between.led || between.joined);
    // `"false" information about the war`, "wrong about the war, and so"
    let judged = passage.is(negator, Class::False)
        && (between.led
            || between.joined
            || between.coupled && passage.lexicon.noun(passage.role(negator + 1)).is_some()
            || between.words > FURTHEST_JUDGED
            || passage.is_quote_mark(negator + 1) && !passage.is(negator + 2, Class::That));
    // "The failed deal is linked to the war", "without food, with the town under fire"
    let ends = ends
        || lone && between.led
        || passage.is(negator, Class::Absent)
            && !passage.is(negator, Class::Plain)
            && !passage.is(negator + 1, Class::To)
            && between.auxiliary
        // "impossible in the first weeks of the war", "a lack of unity in talks"
        || passage.is(negator, Class::Absent) && !passage.is(negator + 1, Class::To) && between.led
        || passage.is(negator, Class::Absent) && passage.is(negator + 1, Class::Of) && between.topic
        || passage.is(negator, Class::No) && between.paired;
    // "When Lodz did not, the plan was to raid it"
    let elided = negates_verb(passage, negator)
        && passage.is(negator + 1, Class::Comma)
        && (negator.saturating_sub(FURTHEST_ELIDED)..negator).any(|at| passage.is(at, Class::Subordinator));
    let ends = ends || elided;
    // "determined not to be surprised by a raid"
    let ends = ends || between.agent && passage.is(negator + 1, Class::To) && passage.is(negator + 2, Class::Being);
    // "failed to avert a raid", "could not prevent", "nobody can deny": what was not stopped or denied is there.
    !ends
        && !judged
        && !between.aside
        && !between.prevents
        && !between.quoted
        && !between.so
        && between.words <= FURTHEST_NEGATED
}

/// Whether what stands before a token inside a cue is another clause than what follows: "failed to take the town, they are
/// falling back", "never left Minsk: the army shelled it", "is no member, so the army will not come", "no raid, Minsk has ships",
/// "has not raided the port, its ships have", "not the town, what is", "kept the army from the town despite the shelling".
pub(in crate::text) fn parts_clauses(passage: &Passage, at: usize) -> bool {
    let subject = passage.is_any(at + 1, &[Class::Definite, Class::Subject, Class::Capital]);
    let so = passage.is(at, Class::DistanceLead) && (subject || passage.is(at.wrapping_sub(1), Class::Comma));
    let name = passage.is(at + 1, Class::Capital) && passage.is_any(at + 2, &[Class::Auxiliary, Class::Finite]);
    let verbal = |word: usize| passage.is_any(word, &[Class::Auxiliary, Class::Finite]);
    let phrase = passage.is(at + 1, Class::Definite) && (verbal(at + 3) || verbal(at + 4) && passage.is_word(at + 3));
    let asked = passage.is(at + 1, Class::Question) && verbal(at + 2);
    // "failed attempts to open roads, about 900 people left"
    let asked = asked || passage.is(at + 1, Class::Approximate) && passage.is(at + 2, Class::Number);
    let named = passage.is(at, Class::Comma) && (name || phrase || asked);
    let dashed = passage.is(at, Class::Dash) && passage.is_any(at + 1, &[Class::Subject, Class::Dummy]);
    passage.is_any(at, &[Class::Colon, Class::Semicolon])
        || dashed
        || so
        || named
        || adds(passage, at)
        || opens_contrast(passage, at)
        || closes_aside(passage, at)
        || opens_clause(passage, at)
}

/// Whether a conjunction or comma at a token inside a cue opens a clause of its own: "rebels because they had burned the mills", "Lodz
/// and claimed that", "Lodz but it has", "farmers, who face".
pub(in crate::text) fn opens_clause(passage: &Passage, at: usize) -> bool {
    let next = at + 1;
    let because = passage.is(at, Class::Owing) && passage.is(at, Class::Subordinator) && !passage.is(next, Class::Of);
    let joins = passage.is_any(at, &[Class::Joining, Class::Adversative]);
    let said = passage.lexicon.verb(passage.role(next)).is_some_and(ReportingWord::is_saying);
    let reports = said && passage.is_any(next, &[Class::Past, Class::Finite]);
    let subject = passage.is_any(next, &[Class::Subject, Class::Dummy]);
    let acts = subject && passage.is_any(next + 1, &[Class::Auxiliary, Class::Finite]);
    because || joins && (reports || acts) || opens_relative(passage, at)
}

/// Whether a comma leads to a relative clause: "farmers, who face", "fields, several of which".
pub(in crate::text) fn opens_relative(passage: &Passage, comma: usize) -> bool {
    let asks = [Class::Questioner, Class::What];
    let next = comma + 1;
    let who = passage.is(next, Class::Relative) || passage.is(next, Class::Question) && !passage.is_any(next, &asks);
    let some = passage.is(next, Class::Quantifier) && passage.is(next + 1, Class::Of);
    passage.is(comma, Class::Comma) && (who || some && passage.is(next + 2, Class::Relative))
}

/// Whether a comma leads to what is only added: ", with tanks massed at the river", ", calling the raid".
fn adds(passage: &Passage, at: usize) -> bool {
    let says = passage.lexicon.verb(passage.role(at + 1)).is_some() && passage.is(at + 1, Class::Gerund);
    passage.is(at, Class::Comma) && (says || passage.is(at + 1, Class::With))
}

/// Whether a word leads from what is said to what goes on all the same or meanwhile: "despite the shelling", "while talks go on".
fn opens_contrast(passage: &Passage, at: usize) -> bool {
    let despite = passage.is(at, Class::Circumstance) && passage.is(at, Class::Concessive);
    despite || passage.is(at, Class::Contrast) && is_circumstance(passage, at)
}
