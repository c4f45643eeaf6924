//! Why a cue has its voice and stance, in words for people.

use crate::coding::speakers;
use crate::model::Span;
use crate::text::{AttributedWords, Polarity, Stand, VoiceRule, Voices};

/// Why a cue has its voice and stance, in words for `explain`.
pub(super) fn of(voices: &Voices<'_>, content: &str, span: Span) -> Vec<String> {
    if !voices.is_known() {
        return Vec::new();
    }
    told(voices, content, span, voices.stand_of(span))
}

/// The same of a sentence in which no rule matched.
pub(super) fn of_words(voices: &Voices<'_>, content: &str, words: &[Span]) -> Vec<String> {
    let spoken = speakers::spoken_words(voices, words);
    let most = voices.stand_of_most(&spoken);
    most.map_or_else(Vec::new, |stand| told(voices, content, speakers::spoken_core(voices, words), stand))
}

fn told(voices: &Voices<'_>, content: &str, span: Span, stand: Stand) -> Vec<String> {
    let attribution = voices.denial_at(span).or_else(|| voices.charge_at(span)).or_else(|| voices.voice_of(span));
    let voice = attribution.map(|found| found.rule).or_else(|| voices.voice_rule(span));
    let speaker = match attribution {
        None => "inside nobody's quoted or reported words".to_owned(),
        Some(attribution) => spoken(attribution, content),
    };
    let word = stand.because.map_or_else(String::new, |because| format!(" by \"{}\"", because.of(content)));
    let stance = match stand.polarity {
        Polarity::Affirmed if stand.because.is_some() => format!("denied and negated{word}, and so affirmed"),
        Polarity::Affirmed => "affirmed: no negation, denial, question or distance".to_owned(),
        Polarity::Negated => format!("negated{word}"),
        Polarity::Denied => format!("denied{word}"),
        Polarity::Conceded => format!("conceded{word}"),
        Polarity::Distanced => format!("held at a distance{word}"),
        Polarity::Hedged => format!("passed on as not proven{word}"),
        Polarity::Questioned => format!("asked{word}"),
        Polarity::Unsaid => format!("not said{word}"),
        Polarity::Supposed => format!("only supposed not to be{word}"),
        Polarity::Opposed => format!("asked not to be{word}"),
    };
    let by = |told: String, rule: VoiceRule| format!("{told} [{}: {}]", rule.id(), rule.doc());
    vec![by(speaker, voice.unwrap_or(VoiceRule::Own)), by(stance, stand.rule)]
}

fn spoken(attribution: &AttributedWords, content: &str) -> String {
    let source = attribution.source.map_or("nobody named", |source| source.of(content));
    let verb = attribution.verb.map_or("quotation goes on", |verb| verb.of(content));
    let words = attribution.hull().of(content);
    let inner = if attribution.depth > 0 { ", inside another's words" } else { "" };
    if attribution.source.is_none() && attribution.verb.is_none() {
        return format!("in a quotation that names nobody{inner}: {words}");
    }
    format!("words of \"{source}\" ({verb}){inner}: {words}")
}
