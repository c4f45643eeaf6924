//! Reports that are themselves told by somebody: what one is said to see, to want or to be loath to do, and what a thing is said to
//! show, are the word of who says so. Not here: what a report only names (`stance`).

use std::ops::Range;

use crate::model::{Mood, Span, VerbClass};
use crate::text::language::{Class, Follows, ReportingWord};
use crate::text::passage::Passage;
use crate::text::voice::attribution::{AttributedWords, holding};
use crate::text::voice::candidate::Complement;
use crate::text::voice::rules::VoiceRule;
use crate::text::voice::voices::Voices;

/// How far into what is shown its "sign" stands, in tokens: "any clear sign".
const LONGEST_SIGN: usize = 3;

/// How far after its "to" the deed that is refused stands, in tokens: "to openly fault".
const LONGEST_REFUSED: usize = 4;

/// Whose word it is that somebody says, does or shows a thing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Telling {
    /// The source's own.
    Spoken,
    /// Of who tells it of the source; the source's where nobody does.
    Told,
    /// Of who tells it, the outlet if nobody does: a thing shows, and says nothing.
    Shown,
    /// As much, of what is felt or decided: also where the teller only names it.
    Felt,
}

impl Voices<'_> {
    /// Whose word the content `part` of an attribution is.
    pub(in crate::text) fn telling(&self, passage: &Passage, words: &AttributedWords, part: Span) -> Telling {
        let from = passage.token_at(part.start);
        let inside = words.depth > 0;
        let verb = words.verb.map_or(0..0, |verb| passage.tokens_of(verb));
        // "Lis said the army showed no sign of leaving": the data, the army show it.
        let signs = (from..from + LONGEST_SIGN).any(|at| passage.is(at, Class::Evidence)) && !self.is_person(words);
        let shown = words.verb_class == VerbClass::Endorsing && (signs || !self.can_speak(words));
        // "Bills pushed inflation up, figures showed": what figures show the writer says.
        // "The raids could signal a war": nothing has shown it yet.
        let shown = shown && (inside || self.is_data(words) || is_undone(passage, words));
        // "The town refused to pay": it did not act, and said nothing.
        let refused = is_deed_refused(passage, words) && !is_speech_refused(passage, words);
        if shown || refused || is_seen(passage, words, &verb) {
            return Telling::Shown;
        }
        // "Minsk's reluctance to sell", "called its decision to sell a scandal": nobody spoke.
        if is_attitude(passage, words) {
            return Telling::Felt;
        }
        // "said Minsk plans to “stage a raid”": it is not Minsk that is quoted, unless nobody else can be.
        let plans = words.complement == Complement::Noun && words.verb_class == VerbClass::Promising;
        // "Two people said an aide had asked officials to hush it up": what the aide did is their word.
        let asked = words.complement == Complement::Action && words.verb_class == VerbClass::Asking;
        // "Lis said the bank saw no risk": what is seen is as Lis has it. But "said his neighbours expected a loss": these think
        // for themselves.
        let quoted = usize::from(passage.is_quote_mark(from));
        let seen = (words.complement == Complement::Noun || quoted > 0)
            && words.verb_class == VerbClass::Thinking
            && entries(passage, verb.clone()).any(|entry| entry.takes(Follows::ItAs));
        // "Lis said Minsk wants to take the town", "had decided “to leave” it"
        let will = words.rule != VoiceRule::Noun && passage.is(from + quoted, Class::To);
        let told = inside && (asked || seen || will && entries(passage, verb).any(wants));
        // "warned that Minsk could claim a raid", "said Lis refused to comment": so far nobody else has said a thing.
        let told = told || inside && is_undone(passage, words);
        if plans || words.complement == Complement::Aim || told { Telling::Told } else { Telling::Spoken }
    }

    /// The place of the report that tells how `span` stands: that of its voice, or inside it one only thought of or a deed refused, "said
    /// Lis could claim a raid": its words are as open or denied as if it were the voice.
    pub(in crate::text) fn telling_index(&self, span: Span) -> Option<usize> {
        let whole = self.passage.as_ref()?;
        let passage = &whole.within_sentence(whole.token_at(span.start));
        self.undone(passage, span).or_else(|| self.speaker_index(span))
    }

    /// The report, only thought of or a deed refused, whose words `span` is in.
    fn undone(&self, passage: &Passage, span: Span) -> Option<usize> {
        for part in holding(self.parts, span.start) {
            let words = &self.attributions[part.attribution];
            if self.is_named_by_outlet(passage, words, part.span, span) {
                continue;
            }
            match self.telling(passage, words, part.span) {
                Telling::Told | Telling::Shown if is_undone(passage, words) => return Some(part.attribution),
                Telling::Spoken => return None,
                _ => {}
            }
        }
        None
    }

    /// The noun that says that somebody is loath to do what `span` says: "called the town's reluctance to sell a scandal".
    pub(in crate::text) fn loath(&self, passage: &Passage, span: Span) -> Option<Span> {
        let mut around = holding(self.parts, span.start).map(|part| &self.attributions[part.attribution]);
        let loath = |it: &&AttributedWords| it.verb_class == VerbClass::Denying && is_attitude(passage, it);
        around.find(loath).and_then(|it| it.verb)
    }
}

/// Whether a picture shows the words: "Satellite images from Kestrel show"; but "footage released by the army" is the army's.
fn is_seen(passage: &Passage, words: &AttributedWords, verb: &Range<usize>) -> bool {
    let Some(source) = words.source.map(|source| passage.tokens_of(source)) else { return false };
    let shows = [VerbClass::Endorsing, VerbClass::Neutral].contains(&words.verb_class)
        && entries(passage, verb.clone()).any(|entry| entry.takes(Follows::Np));
    // "Video statements announced"
    let head = |at: &usize| passage.is(*at, Class::Figures) && !passage.is_any(*at + 1, &[Class::Paper, Class::Person]);
    let picture = source.clone().find(head).filter(|_| shows);
    let issuer = [Class::Body, Class::Human, Class::Several, Class::Modifier];
    picture.is_some_and(|head| !(head..source.end).any(|at| passage.is_any(at, &issuer)))
}

/// Whether a noun of leaning rather than speech makes the report: "the town's reluctance to sell".
fn is_attitude(passage: &Passage, words: &AttributedWords) -> bool {
    let noun = words.verb.filter(|_| words.rule == VoiceRule::Noun);
    let felt = |at: usize| passage.lexicon.noun(passage.role(at)).is_some_and(|noun| noun.takes(Follows::Felt));
    noun.is_some_and(|noun| passage.tokens_of(noun).any(felt))
}

/// Whether a report is only thought of, or a deed refused: "Minsk could claim a raid", "refused to pay".
fn is_undone(passage: &Passage, words: &AttributedWords) -> bool {
    let denies = words.verb_class == VerbClass::Denying;
    let imagined = !denies && words.complement != Complement::Aim && words.mood == Mood::Hypothetical;
    words.source.is_some() && imagined || is_deed_refused(passage, words)
}

/// Whether somebody refuses to do a thing: "refused to pay".
fn is_deed_refused(passage: &Passage, words: &AttributedWords) -> bool {
    let refuses = words.verb_class == VerbClass::Denying && words.complement == Complement::Action;
    let named = words.source.is_some() && words.rule != VoiceRule::Noun;
    refuses && named && passage.is(passage.token_at(words.hull().start), Class::To)
}

/// Whether the deed refused is one of speech, which tells what its source thinks: "refused to call it a raid", "to openly
/// fault the army", "declined to discuss layoffs".
fn is_speech_refused(passage: &Passage, words: &AttributedWords) -> bool {
    let to = passage.token_at(words.hull().start);
    let verb = (to + 1..to + LONGEST_REFUSED).find(|&at| !passage.is(at, Class::Adverb));
    let speaks = |at: usize| passage.is(at, Class::Commenting) || passage.lexicon.verb(passage.role(at)).is_some();
    verb.is_some_and(|at| speaks(at) || passage.is(at, Class::Being) && speaks(at + 1))
}

/// The verbs among tokens.
fn entries<'a>(passage: &Passage<'a>, tokens: Range<usize>) -> impl Iterator<Item = &'a ReportingWord> {
    let passage = *passage;
    tokens.filter_map(move |at| passage.lexicon.verb(passage.role(at)))
}

/// Whether a verb is one of will rather than of speech.
fn wants(entry: &ReportingWord) -> bool {
    let aims = [VerbClass::Promising, VerbClass::Demanding, VerbClass::Thinking];
    aims.contains(&entry.class(false)) && !entry.takes(Follows::Quote)
}
