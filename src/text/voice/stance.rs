//! Stance: whether a voice affirms, negates, denies, concedes, doubts or keeps its distance from a span.
//!
//! | case | example (the cue is "invasion") | polarity |
//! |---|---|---|
//! | negator before, in the clause | "The drill is not an invasion." "nothing to do with", "far from", "without" | negated |
//! | negator on the verb of a new noun | "An invasion is not under way." but "The invasion has not ended." | negated, affirmed |
//! | negator over a that-clause | "There is no evidence that an invasion is near." "It is a myth that ..." | negated |
//! | negated thought or will | "does not believe that an invasion is near" | negated |
//! | verb of denial | "denied that / any / planning an invasion" | denied |
//! | verb of denial, object known | "denied the invasion plans" | affirmed, by the outlet |
//! | both | "denied that there was no invasion" | affirmed |
//! | conjunction of concession | "Although an invasion is near, ..." | conceded |
//! | scare quotes, "so-called", "supposed" | the "invasion" | distanced |
//! | "purported" | "the purported deal" | hedged |
//! | question, "whether", verb of asking | "Is an invasion near?" | questioned |
//! | negation beside the cue | "no reason for the invasion", "nothing but an invasion", "nobody thinks the invasion is a bluff" | affirmed |
//! | the word of denial itself | "The mayor denied the charge." (the cue is "denied") | affirmed, by who denies |
//! | what is supposed not to be | "If the army does not stage an invasion, ..." | supposed |
//! | what should not be | "The army should not stage an invasion." "must never", "ought not to" | opposed |
//! | not said | "did not say", "would say", "declined to say that an invasion is near" | unsaid |
//!
//! A negator inside the span does not count. Scope ends with the clause and with the words of the source.

use std::ops::Range;

use crate::model::{Mood, Span, Stance, VerbClass};
use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::apart::begins_with_name;
use crate::text::voice::attribution::{AttributedWords, holding};
use crate::text::voice::candidate::Complement;
use crate::text::voice::denials::{
    holds_judgment, is_claimed, is_denied, is_only_called, is_owned, is_owned_subject, is_thought_of, is_unproven,
};
use crate::text::voice::given::is_given;
use crate::text::voice::granted::{definite_before, is_described};
use crate::text::voice::inner::Telling;
use crate::text::voice::judgments::{belittled, judgment_after};
use crate::text::voice::negation::negator_of;
use crate::text::voice::negators::stops_calling;
use crate::text::voice::persisting::{disowned, is_added};
use crate::text::voice::prospects::{has_odds, left_open};
use crate::text::voice::questions::{question, wonders_within};
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::stand::{Polarity, Stand, stand};
use crate::text::voice::suppositions::{imagined, softened, supposed_within};
use crate::text::voice::unsaid::{is_known, is_unnoticed, of_will, unsaid, unspoken};
use crate::text::voice::voices::Voices;

/// What nothing negates, denies, asks or supposes.
const PLAIN: Stand = Stand { polarity: Polarity::Affirmed, because: None, rule: VoiceRule::Affirmed };

impl Voices<'_> {
    /// How the voice of `span` stands to what it says. Negation counts where its word lies outside the span: a cue
    /// that holds its own negator ("never join") says what it says.
    #[must_use]
    pub fn stand_of(&self, span: Span) -> Stand {
        let Some(whole) = &self.passage else { return PLAIN };
        let cue = whole.tokens_of(span);
        let passage = &whole.within_sentence(cue.start);
        let found = self.reached_stand(passage, span, cue.clone());
        // "if Lodz helps Minsk's raid", "stopped short of endorsing this raid": what is left open is something else.
        let open = found.because.filter(|_| found.polarity.apply(Stance::Favor) == Stance::Neutral);
        let given = open.is_some_and(|because| is_given(passage, whole.tokens_of(because).end - 1, &cue));
        // "was asked about Lis, who visited the port"
        let floor = found.because.map_or(cue.end, |because| whole.tokens_of(because).end);
        let floor = if found.rule == VoiceRule::QuestionMark { 0 } else { floor };
        let given = given || floor < cue.end && is_added(passage, floor, &cue);
        if given { PLAIN } else { found }
    }

    /// What the words around a cue make of it, whether or not it is taken for granted in them.
    fn reached_stand(&self, passage: &Passage, span: Span, cue: Range<usize>) -> Stand {
        // A denial is itself what its source says.
        if let Some(denial) = self.denial_at(span) {
            // "denied that it had denied loans"
            let outer = self.denied_around(passage, denial, span);
            let denied = outer.map(|outer| stand(Polarity::Denied, outer, VoiceRule::Denied));
            let said = denied.or_else(|| unsaid(passage, denial));
            return said.unwrap_or(Stand { rule: VoiceRule::DenialItself, ..PLAIN });
        }
        if is_described(passage, &cue) {
            return PLAIN;
        }
        if let Some(at) = disowned(passage, &cue) {
            return stand(Polarity::Negated, passage.span(&(at..at + 1)), VoiceRule::NegatedBefore);
        }
        let (speaker, presupposed) = (self.telling_index(span), self.speaker_of(span).1);
        let spoken = speaker.and_then(|index| holding(self.parts, span.start).find(|part| part.attribution == index));
        let speaker = speaker.map(|index| &self.attributions[index]);
        let start = spoken.map(|part| passage.token_at(part.span.start));
        // "promised not | to stage a raid", "warned against | calling it a raid"
        let floor = start.map(|at| at - usize::from(refuses(passage, at.wrapping_sub(1))));
        // First: of words that were not said it does not matter whether they are negated.
        if let Some(stand) = speaker.and_then(|speaker| unspoken(passage, speaker, start, &cue)) {
            let willed = Some(stand).filter(|stand| stand.rule == VoiceRule::NegatedWill);
            let willed = willed.map(|stand| of_will(passage, speaker, start, &cue, stand));
            let clause = self.clause_of(cue.start).start;
            let inside = start.filter(|start| willed.is_some() && clause <= start + 1);
            let twice = inside.and_then(|start| self.twice_negated(passage, &cue, start));
            return twice.or(willed).unwrap_or(stand);
        }
        let clause = self.scope(passage, &cue, floor);
        let named = begins_with_name(passage, &cue);
        let denial = self.denial_of(passage, speaker, span).filter(|_| !named);
        // "did not discuss the invasion": the word is the outlet's own, and the negated verb leaves it as it is.
        let negator = if presupposed || named { None } else { negator_of(passage, &cue, &clause) };
        let negator = negator.filter(|&(at, rule)| {
            rule != VoiceRule::NegatedClause
                || !speaker.is_some_and(|it| is_only_called(passage, it, start, at) || is_unproven(passage, it, at))
        });
        if denial.is_none()
            && let Some(stand) = negator.and_then(|(at, _)| softened(passage, &clause, &cue, at))
        {
            return stand;
        }
        if denial.is_none() && !presupposed {
            let imagined = imagined(passage, &clause, &cue, negator.is_some());
            if let Some(open) = imagined.or_else(|| left_open(passage, &cue, &clause, speaker)) {
                return open;
            }
        }
        // "discussed what the pact would do should Minsk attack"
        let open = supposed_within(passage, &cue).filter(|_| presupposed).or_else(|| has_odds(passage, &cue));
        if let Some(open) = open.filter(|_| denial.is_none()) {
            return open;
        }
        let negator = negator.map(|(at, rule)| (passage.span(&(at..at + 1)), rule));
        if let Some(stand) = rejected(passage, speaker, denial, negator, cue.start) {
            return stand;
        }
        if let Some(stand) = speaker.and_then(|speaker| judged(passage, speaker, &cue)) {
            return stand;
        }
        let asked = question(passage, &cue, &clause, speaker);
        let told = asked.or_else(|| self.distance(passage, &cue, speaker.is_some()));
        told.or_else(|| concession(passage, &clause)).unwrap_or(PLAIN)
    }

    /// The verb with which its source, the writer or whoever is loath to denies `span`.
    fn denial_of(&self, passage: &Passage, speaker: Option<&AttributedWords>, span: Span) -> Option<Span> {
        let said = speaker.filter(|speaker| is_denied(passage, speaker, span)).and_then(|speaker| speaker.verb);
        said.or_else(|| self.own_denial(passage, span)).or_else(|| self.loath(passage, span))
    }

    /// The verb of a denial whose words hold that of another, `denial`, at `span`.
    fn denied_around(&self, passage: &Passage, denial: &AttributedWords, span: Span) -> Option<Span> {
        let outer = holding(self.parts, span.start).map(|part| &self.attributions[part.attribution]);
        let mut outer = outer.filter(|it| it.verb != denial.verb && it.complement == Complement::Clause);
        outer.find(|it| is_denied(passage, it, span)).and_then(|it| it.verb)
    }

    /// The verb with which the writer denies `span`, whose words are then nobody else's: "I reject the charge of neglect."
    fn own_denial(&self, passage: &Passage, span: Span) -> Option<Span> {
        let around = holding(self.parts, span.start).map(|part| (&self.attributions[part.attribution], part.span));
        let mut own = around.filter(|(it, _)| it.verb_class == VerbClass::Denying && it.mood == Mood::Asserted);
        let denies = |(it, part): &(&AttributedWords, Span)| {
            self.is_author(&passage.whole(), it)
                && !self.is_named_by_outlet(passage, it, *part, span)
                && is_denied(passage, it, span)
        };
        own.find(denies).and_then(|(it, _)| it.verb)
    }

    /// The place in the list of attributions of whose words `span` are, and whether an attribution around it only names what it speaks of.
    pub(super) fn speaker_of(&self, span: Span) -> (Option<usize>, bool) {
        let Some(whole) = &self.passage else { return (None, false) };
        let passage = &whole.within_sentence(whole.token_at(span.start));
        let mut presupposed = false;
        let mut unnamed = None;
        let mut agent = None;
        let mut leans = None;
        for part in holding(self.parts, span.start) {
            let attribution = &self.attributions[part.attribution];
            if !self.is_named_by_outlet(passage, attribution, part.span, span) {
                match self.telling(passage, attribution, part.span) {
                    Telling::Shown => continue,
                    Telling::Felt => {
                        leans = leans.or(attribution.source);
                        continue;
                    }
                    Telling::Told => {
                        agent = agent.or(Some(part.attribution));
                        continue;
                    }
                    Telling::Spoken => {}
                }
                if let Some(denier) = self.denier_of(attribution) {
                    return (Some(denier), presupposed);
                }
                // "did not know that the notes were forged": it is the writer who says that they were.
                let unnoticed = is_unnoticed(passage, attribution) || is_known(passage, attribution);
                if attribution.is_judged || unnoticed || self.is_author(whole, attribution) {
                    continue;
                }
                if attribution.source.is_some() {
                    return (Some(part.attribution), presupposed);
                }
                unnamed = unnamed.or(Some(part.attribution));
            } else if unnamed.is_none() {
                // "called the town's reluctance to sell a scandal": who calls it so speaks of it.
                let judges = leans.is_some_and(|who| who.start == part.span.start) && attribution.source.is_some();
                if judges && !self.is_author(whole, attribution) {
                    return (Some(part.attribution), presupposed);
                }
                // "has not considered layoffs": the verb's negation is theirs.
                let first = passage.token_at(span.start);
                let open = attribution.complement == Complement::Topic
                    && is_untaken(passage, attribution)
                    && definite_before(passage, passage.token_at(part.span.start), first).is_none();
                presupposed |= attribution.complement != Complement::Aim && !open;
            }
        }
        (unnamed.or(agent), presupposed)
    }

    /// Whether `span`, inside the content `part`, is the outlet's word for what the source spoke of.
    pub(super) fn is_named_by_outlet(
        &self,
        passage: &Passage,
        attribution: &AttributedWords,
        part: Span,
        span: Span,
    ) -> bool {
        let first = passage.token_at(span.start);
        let start = passage.token_at(part.start);
        let in_denial = attribution.verb_class == VerbClass::Denying || self.denier_of(attribution).is_some();
        if in_denial && is_owned_subject(passage, start..first, passage.tokens_of(span).end) {
            return true;
        }
        if attribution.complement == Complement::Clause {
            return is_thought_of(passage, attribution, start, first);
        }
        if self.quotation_around(first).is_some_and(|quotation| quotation.start >= start) {
            return false;
        }
        if self.is_denied_claim(attribution, start, first) {
            return false;
        }
        // "called the charges a fabrication": who judges what is named has said that it is not so.
        let end = passage.tokens_of(part).end;
        let cue = passage.tokens_of(span);
        let judged = judgment_after(passage, cue.end, end).is_some();
        if names(attribution) && (judged || is_what_it_is_called(passage, attribution, start..end, cue)) {
            return false;
        }
        // "blamed the army for shelling the town": what is told is for what. "Does not call the raid a war" names the raid.
        if attribution.mood == Mood::Asserted && is_predicated(passage, attribution, start..end, first + 1) {
            return false;
        }
        let is_reason = |at: usize| {
            passage.is(at, Class::For) && (at + 1..at + 5).any(|act| act <= first && passage.is(act, Class::Gerund))
        };
        if attribution.complement == Complement::Topic
            && let Some(reason) = (start..first).find(|&at| is_reason(at))
        {
            return definite_before(passage, reason, first).is_some();
        }
        if attribution.verb_class == VerbClass::Denying
            && is_claimed(passage, start..first, passage.tokens_of(span).end)
        {
            return false;
        }
        let has_aside =
            (start + 1..first).any(|at| passage.is(at, Class::Relative) && passage.is(at - 1, Class::Comma));
        if has_aside || matches!(attribution.complement, Complement::Topic | Complement::Aim) {
            return true;
        }
        // "accused the army of scaremongering": the charge is new.
        let charged = attribution.verb_class == VerbClass::Distancing
            && (start..first).any(|at| {
                let doing = passage.is(at + 1, Class::Gerund);
                passage.is(at, Class::Of) && (doing || definite_before(passage, at + 1, first).is_none())
            });
        // "called the warnings hysteria": what a plural goes before is said of it.
        let predicated = attribution.complement == Complement::Noun
            && attribution.verb_class == VerbClass::Neutral
            && first > start + 1
            && passage.is(first - 1, Class::PluralNoun);
        if charged || predicated {
            return false;
        }
        let Some(determiner) = named_before(passage, start, first) else { return false };
        let wanted = matches!(attribution.verb_class, VerbClass::Demanding | VerbClass::Promising);
        let infinitive = (start..determiner).rev().find(|&at| is_infinitive(passage, at));
        let lead = infinitive.map_or(start, |to| to + 1);
        let heads = !(lead..determiner).any(|at| passage.is(at, Class::Preposition));
        !(wanted && heads && (infinitive.is_some() || attribution.complement == Complement::Noun))
    }

    /// The clause of the cue, cut where the words of its source begin.
    fn scope(&self, passage: &Passage, cue: &Range<usize>, floor: Option<usize>) -> Range<usize> {
        let clause = self.clause_of(cue.start);
        let start = floor.map_or(clause.start, |floor| clause.start.max(floor));
        let end = passage.sentence_of(cue.start).map_or(clause.end, |sentence| sentence.tokens.end);
        start..clause.end.max(cue.end).min(end.max(cue.end))
    }

    /// What is negated in words whose thought is negated, too: "nobody believes that there is no shortage".
    fn twice_negated(&self, passage: &Passage, cue: &Range<usize>, start: usize) -> Option<Stand> {
        let scope = self.scope(passage, cue, Some(start));
        let (at, _) = negator_of(passage, cue, &scope).filter(|&(_, rule)| rule != VoiceRule::NegatedClause)?;
        Some(stand(Polarity::Affirmed, passage.span(&(at..at + 1)), VoiceRule::DeniedTwice))
    }
}

/// The determiner of a thing that is known: not "the event" in "to help in the event of a raid", which is only supposed.
fn named_before(passage: &Passage, start: usize, first: usize) -> Option<usize> {
    definite_before(passage, start, first).filter(|the| !passage.is(the + 1, Class::Event))
}

/// What a verb of denial and a negator of token `cue` come to together.
fn rejected(
    passage: &Passage,
    speaker: Option<&AttributedWords>,
    denial: Option<Span>,
    negator: Option<(Span, VoiceRule)>,
    cue: usize,
) -> Option<Stand> {
    // "claims of a leak were dismissed as nonsense": the judgment is the denial's own, no second one.
    let own = |at: Span| speaker.is_some_and(|it| at.start >= it.hull().end) || is_dismissed_as(passage, at);
    match (denial, negator) {
        (Some(_), Some((at, _))) if !own(at) => Some(stand(Polarity::Affirmed, at, VoiceRule::DeniedTwice)),
        (Some(verb), _) if wonders_within(passage, speaker, cue) => {
            Some(stand(Polarity::Questioned, verb, VoiceRule::Whether))
        }
        (Some(verb), _) => Some(stand(Polarity::Denied, verb, VoiceRule::Denied)),
        (None, Some((at, rule))) => Some(stand(Polarity::Negated, at, rule)),
        (None, None) => None,
    }
}

/// Whether a word is what a denial calls its object: "dismissed as a lie the claim that".
fn is_dismissed_as(passage: &Passage, word: Span) -> bool {
    let at = passage.token_at(word.start);
    let mut before = at.saturating_sub(2)..at;
    passage.is_any(at, &[Class::False, Class::Judgment]) && before.any(|lead| passage.is(lead, Class::As))
}

/// The judgment of what a verb names: "described the charges as a fabrication".
fn judged(passage: &Passage, speaker: &AttributedWords, cue: &Range<usize>) -> Option<Stand> {
    let end = passage.tokens_of(speaker.hull()).end;
    let judgment = judgment_after(passage, cue.end, end).or_else(|| belittled(passage, cue, end));
    let at = judgment.filter(|_| names(speaker) && !holds_judgment(passage, cue))?;
    Some(stand(Polarity::Negated, passage.span(&(at..at + 1)), VoiceRule::JudgedFalse))
}

/// Whether the cue is what something is called: "called its concrete substandard", with the last word of `content`.
fn is_what_it_is_called(
    passage: &Passage,
    attribution: &AttributedWords,
    content: Range<usize>,
    cue: Range<usize>,
) -> bool {
    let (start, first) = (content.start, cue.start);
    // "opposed its new raid" names a raid.
    let owned = attribution.verb_class == VerbClass::Denying && is_owned(passage, start, first);
    // "termed the project corrupt in 2020"
    let dates = [Class::In, Class::On, Class::Number, Class::Weekday, Class::Month, Class::Temporal];
    let last = (cue.end..content.end).all(|at| passage.is_any(at, &dates));
    let last = last && first >= start + 2 && !passage.is(first - 1, Class::Of);
    let described = last && !passage.is_any(first - 1, &[Class::Definite, Class::Possessive, Class::Adverb]);
    !owned && described && !passage.is(first, Class::PluralNoun)
}

/// Whether the content of a verb goes on, after token `noun` of a cue, with what the cue's noun is said to be: `called the
/// picket "childish"`, "blamed the walkout on outsiders". Then the whole is what is said, though its noun is known.
fn is_predicated(passage: &Passage, attribution: &AttributedWords, content: Range<usize>, noun: usize) -> bool {
    let mut after =
        passage.seen(noun..content.end).take_while(|&at| !passage.is_any(at, &[Class::Comma, Class::Relative]));
    let opens = |at: usize| {
        passage.is_quote_mark(at) && passage.is(at, Class::SpaceBefore) || passage.is(at, Class::Indefinite)
    };
    attribution.complement == Complement::Noun
        && match attribution.verb_class {
            VerbClass::Neutral => after.any(|at| {
                passage.is(at, Class::As) || opens(at) && !passage.is(at.wrapping_sub(1), Class::Preposition)
            }),
            VerbClass::Distancing => after.any(|at| passage.is(at, Class::On)),
            _ => false,
        }
}

/// Whether a verb names or judges a thing: "described the charges as", "termed the claim", "condemned the hype".
fn names(attribution: &AttributedWords) -> bool {
    let object = matches!(attribution.complement, Complement::Noun | Complement::Topic);
    object && matches!(attribution.verb_class, VerbClass::Neutral | VerbClass::Denying)
}

/// Whether the word at `at` is the "to" of an infinitive.
fn is_infinitive(passage: &Passage, at: usize) -> bool {
    let nominal = [Class::Definite, Class::Indefinite, Class::Capital, Class::Object, Class::Mark, Class::Number];
    passage.is(at, Class::To) && !passage.is_any(at + 1, &nominal)
}

/// Whether a negator just before what is willed belongs to it: "promised | not | to".
fn refuses(passage: &Passage, at: usize) -> bool {
    let not = passage.is(at, Class::Negator) && passage.is(at + 1, Class::To);
    stops_calling(passage, at) || not && passage.role(at.wrapping_sub(1)).is_verb()
}

/// Whether what a verb speaks of was not taken up: "has not considered layoffs", "had never accepted a bribe", "accepted no bribe".
fn is_untaken(passage: &Passage, attribution: &AttributedWords) -> bool {
    let none = passage.is(passage.token_at(attribution.hull().start), Class::No);
    let taken = attribution.verb_class == VerbClass::Thinking || attribution.verb_is(passage, Class::Allowing);
    taken && (none || attribution.mood == Mood::Negated)
}

/// The conjunction or preposition of concession that opens the clause.
fn concession(passage: &Passage, scope: &Range<usize>) -> Option<Stand> {
    // "although", "and even though": further in the word belongs to another clause.
    let limit = scope.end.min(scope.start + 3);
    let at = (scope.start..limit).find(|&at| passage.is(at, Class::Concessive))?;
    Some(stand(Polarity::Conceded, passage.span(&(at..at + 1)), VoiceRule::Conceded))
}
