//! Who speaks a cue, on which side, and what makes it so.

use crate::codebook::Rule;
use crate::model::{Cue, Span, Speaker, Voice};
use crate::text::{Attribution, Complement, Polarity, Voices};

/// The cue of the rule numbered `index` by the words that it matched, of which there is at least one.
pub(super) fn cue(voices: &Voices<'_>, content: &str, (index, rule): (usize, &Rule), words: &[Span]) -> Cue {
    let span = hull(words);
    if !voices.is_known() {
        return Cue {
            span,
            core: span,
            rule: index,
            voice: Voice::Unknown,
            verb: None,
            verb_class: None,
            stance: rule.stance,
        };
    }
    let core = core(voices, words);
    let stance = voices.stand_of(core).polarity.apply(rule.stance);
    let speaker = voices.denial_at(core).or_else(|| voices.voice_of(core));
    Cue {
        span,
        core,
        rule: index,
        voice: speaker
            .map_or(Voice::Own, |attribution| Voice::Source(source(voices.named_speaker(attribution), content))),
        verb: speaker.and_then(|attribution| attribution.verb).map(|verb| verb.of(content).to_owned()),
        verb_class: speaker.filter(|attribution| attribution.verb.is_some()).map(|attribution| attribution.verb_class),
        stance,
    }
}

/// Who speaks these words, which no rule matched: the voice that most of them are in.
pub(super) fn speaker(voices: &Voices<'_>, content: &str, words: &[Span]) -> Speaker {
    if !voices.is_known() {
        return Speaker { voice: Voice::Unknown, ..Speaker::default() };
    }
    let Some(attribution) = voices.voice_of(core(voices, words)) else { return Speaker::default() };
    Speaker {
        voice: Voice::Source(source(voices.named_speaker(attribution), content)),
        verb: attribution.verb.map(|verb| verb.of(content).to_owned()),
        verb_class: attribution.verb.map(|_| attribution.verb_class),
    }
}

fn hull(words: &[Span]) -> Span {
    words.iter().copied().reduce(Span::hull).unwrap_or(Span::new(0, 0))
}

/// The part of a cue that voice and stance are asked of. A cue may reach over the edge of somebody's words, as "Moscow"
/// and "invasion" do in "Moscow denied that an invasion was near": then the voice that most of its words are in has it.
/// Words that name a source or are its verb are nobody's content and have no say; of equal parts the innermost wins,
/// then the first.
fn core(voices: &Voices<'_>, words: &[Span]) -> Span {
    // "rejected the demands": a rule with the denial in it is about who denies.
    if let Some(denial) = words.iter().find(|word| voices.denial_at(**word).is_some()) {
        return *denial;
    }
    let speakers: Vec<Option<usize>> = words.iter().map(|word| voices.speaker_index(*word)).collect();
    if speakers.windows(2).all(|pair| pair[0] == pair[1]) {
        return hull(words);
    }
    // "wants guarantees that it will not join": to ask for the promise is to side with it, whatever it says.
    if let Some(promise) = words.iter().find(|word| voices.is_promise(**word)) {
        return *promise;
    }
    let mut parts: Vec<(Option<usize>, Vec<Span>)> = Vec::new();
    for (word, speaker) in words.iter().zip(speakers).filter(|(word, _)| !voices.is_report(**word)) {
        match parts.iter_mut().find(|(known, _)| *known == speaker) {
            Some((_, part)) => part.push(*word),
            None => parts.push((speaker, vec![*word])),
        }
    }
    // "called the talk of invasion a myth": who judges what the outlet names has said the whole.
    let judges = |index: usize| voices.attributions()[index].complement == Complement::Noun;
    let held = |index: usize, words: &[Span]| {
        let content = &voices.attributions()[index].content;
        words.iter().all(|word| content.iter().any(|part| part.contains(*word)))
    };
    if let [(None, named), (Some(index), judgment)] = &parts[..]
        && judges(*index)
        && held(*index, named)
    {
        return hull(judgment);
    }
    let depth = |speaker: &Option<usize>| speaker.map_or(0, |index| voices.attributions()[index].depth + 1);
    let best = parts.iter().rev().max_by_key(|(speaker, part)| (part.len(), depth(speaker)));
    best.map_or_else(|| hull(words), |(_, part)| hull(part))
}

/// The source as written, without a possessive ending or the comma that closes an apposition; for a pronoun or a part of the name, the name that the source
/// has in the document.
fn source(attribution: &Attribution, content: &str) -> Option<String> {
    let written = attribution.source?.of(content).trim_end_matches(',');
    let written =
        ["'s", "\u{2019}s", "'", "\u{2019}"].into_iter().find_map(|end| written.strip_suffix(end)).unwrap_or(written);
    match &attribution.name {
        Some(name) if !written.contains(name.as_str()) => Some(name.clone()),
        _ => Some(written.to_owned()),
    }
}

/// Why a cue has its voice and stance, in words for `explain`.
pub(super) fn reasons(voices: &Voices<'_>, content: &str, span: Span) -> Vec<String> {
    if !voices.is_known() {
        return Vec::new();
    }
    let speaker = match voices.denial_at(span).or_else(|| voices.voice_of(span)) {
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
        Polarity::Supposed => format!("only supposed not to be{word}"),
        Polarity::Opposed => format!("asked not to be{word}"),
    };
    vec![speaker, stance]
}

fn spoken(attribution: &Attribution, content: &str) -> String {
    let source = attribution.source.map_or("nobody named", |source| source.of(content));
    let verb = attribution.verb.map_or("quotation goes on", |verb| verb.of(content));
    let words = attribution.hull().of(content);
    let inner = if attribution.depth > 0 { ", inside another's words" } else { "" };
    if attribution.source.is_none() && attribution.verb.is_none() {
        return format!("in a quotation that names nobody{inner}: {words}");
    }
    format!("words of \"{source}\" ({verb}){inner}: {words}")
}

#[cfg(test)]
mod tests {
    use crate::codebook::parse;
    use crate::coding::{DocumentReader, code};
    use crate::model::{Document, Stance, Voice};

    const CODEBOOK: &str = r#"
[[frame]]
id = "f"
[[rule]]
id = "pledges"
frame = "f"
match = "guarantee* BEFORE/6 join"
[[rule]]
id = "rebuffs"
frame = "f"
match = "(rejected | dismissed) BEFORE/4 (demand* | talk)"
[[rule]]
id = "raids"
frame = "f"
match = "Minsk BEFORE/8 raid"
"#;

    #[test]
    fn a_cue_that_holds_the_word_of_saying_is_its_speakers() {
        let codebook = parse(CODEBOOK, "c.toml").unwrap();
        for (text, voice, stance) in [
            ("Minsk wants guarantees that Vilnius will not join.", Some("Minsk"), Stance::Favor),
            ("Lis wants guarantees that Vilnius will join.", Some("Lis"), Stance::Favor),
            ("The town rejected the new demands.", Some("The town"), Stance::Favor),
            ("Lis said the town rejected the new demands.", Some("the town"), Stance::Favor),
            ("The town has not rejected the new demands.", Some("The town"), Stance::Neutral),
            ("Minsk denied that it plans a raid.", Some("Minsk"), Stance::Against),
            ("Minsk hit the town in a raid.", None, Stance::Favor),
        ] {
            let mut document = Document::new("1", "", text);
            document.extra.insert("language".to_owned(), "en".to_owned());
            let coded = code(&codebook, &document, &mut DocumentReader::default());
            let found: Vec<_> = coded.codings.iter().map(|coding| (&coding.speaker.voice, coding.stance)).collect();
            let voice = voice.map_or(Voice::Own, |name| Voice::Source(Some(name.to_owned())));
            assert_eq!(found, [(&voice, Some(stance))], "{text}");
        }
    }
}
