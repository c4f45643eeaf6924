//! Who speaks a cue, on which side, and what makes it so.

use crate::codebook::Rule;
use crate::model::{Cue, Span, Voice};
use crate::text::{Attribution, Polarity, Voices};

/// The cue of the rule numbered `index` at `span`.
pub(super) fn cue(voices: &Voices<'_>, content: &str, (index, rule): (usize, &Rule), span: Span) -> Cue {
    if !voices.is_known() {
        return Cue { span, rule: index, voice: Voice::Unknown, verb: None, verb_class: None, stance: rule.stance };
    }
    let stance = voices.stand_of(span).polarity.apply(rule.stance);
    match voices.voice_of(span) {
        None => Cue { span, rule: index, voice: Voice::Own, verb: None, verb_class: None, stance },
        Some(attribution) => Cue {
            span,
            rule: index,
            voice: Voice::Source(source(attribution, content)),
            verb: attribution.verb.map(|verb| verb.of(content).to_owned()),
            verb_class: attribution.verb.map(|_| attribution.verb_class),
            stance,
        },
    }
}

/// The name that the source has in the document; as written where it has none.
fn source(attribution: &Attribution, content: &str) -> Option<String> {
    attribution.name.clone().or_else(|| attribution.source.map(|source| source.of(content).to_owned()))
}

/// Why a cue has its voice and stance, in words for `explain`.
pub(super) fn reasons(voices: &Voices<'_>, content: &str, span: Span) -> Vec<String> {
    if !voices.is_known() {
        return Vec::new();
    }
    let speaker = match voices.voice_of(span) {
        None => "inside nobody's quoted or reported words".to_owned(),
        Some(attribution) => spoken(attribution, content),
    };
    let stand = voices.stand_of(span);
    let word = stand.because.map_or_else(String::new, |because| format!(" by \"{}\"", because.of(content)));
    let stance = match stand.polarity {
        Polarity::Affirmed if stand.because.is_some() => format!("denied and negated{word}, and so affirmed"),
        Polarity::Affirmed => "affirmed: no negation, denial, question or distance".to_owned(),
        Polarity::Negated => format!("negated{word}"),
        Polarity::Denied => format!("denied{word}"),
        Polarity::Conceded => format!("conceded{word}"),
        Polarity::Distanced => format!("held at a distance{word}"),
        Polarity::Questioned => format!("asked{word}"),
        Polarity::Unsaid => format!("not said{word}"),
    };
    vec![speaker, stance]
}

fn spoken(attribution: &Attribution, content: &str) -> String {
    let source = attribution.source.map_or("nobody named", |source| source.of(content));
    let verb = attribution.verb.map_or("quotation goes on", |verb| verb.of(content));
    let words = attribution.hull().of(content);
    let inner = if attribution.depth > 0 { ", inside another's words" } else { "" };
    format!("words of \"{source}\" ({verb}){inner}: {words}")
}
