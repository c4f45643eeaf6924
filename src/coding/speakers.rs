//! Who speaks a cue, on which side, and what makes it so.

use crate::codebook::Rule;
use crate::model::{Cue, Span, Speaker, Voice};
use crate::text::Voices;

/// The cue of `rule`, the codebook's number `index`, by the words that it matched, of which there is at least one.
pub(super) fn cue(voices: &Voices<'_>, content: &str, rule: &Rule, index: usize, words: &[Span]) -> Cue {
    let span = words.iter().copied().reduce(Span::hull).unwrap_or(Span::new(0, 0));
    // Unknown, not the outlet's own: in a language whose verbs of saying are not known, anybody may be speaking.
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
    let core = voices.core_of(words);
    let stance = voices.stand_of(core).polarity.apply(rule.stance);
    let speaker = voices.denial_at(core).or_else(|| voices.charge_at(core)).or_else(|| voices.voice_of(core));
    Cue {
        span,
        core,
        rule: index,
        voice: speaker
            .map_or(Voice::Own, |attribution| Voice::Source(voices.source_of(voices.named_speaker(attribution)))),
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
    let Some(attribution) = voices.voice_of(spoken_core(voices, words)) else { return Speaker::default() };
    Speaker {
        voice: Voice::Source(voices.source_of(voices.named_speaker(attribution))),
        verb: attribution.verb.map(|verb| verb.of(content).to_owned()),
        verb_class: attribution.verb.map(|_| attribution.verb_class),
    }
}

/// Those of the words that lie in what their voice says: the others are another's.
pub(super) fn spoken_words(voices: &Voices<'_>, words: &[Span]) -> Vec<Span> {
    let core = spoken_core(voices, words);
    words.iter().copied().filter(|word| core.contains(*word)).collect()
}

/// The part of the words that their voice is taken from. Who says it and how are not among them: "denied" in "denied that an
/// attack was near" would be all that the sentence is about.
pub(super) fn spoken_core(voices: &Voices<'_>, words: &[Span]) -> Span {
    let said: Vec<Span> = words.iter().copied().filter(|word| !voices.is_report(*word)).collect();
    voices.core_of(if said.is_empty() { words } else { &said })
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
id = "charges"
frame = "f"
match = "(accus* | blamed) BEFORE/2 (Vilnius | farmers)"
[[rule]]
id = "raids"
frame = "f"
match = "Minsk BEFORE/8 raid"
[[rule]]
id = "refusals"
frame = "f"
stance = "against"
match = "Lodz BEFORE/4 (not BEFORE/4 troops)"
[[rule]]
id = "harvests"
frame = "f"
match = "harvest BEFORE/6 profit"
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
            ("Minsk accused Vilnius of planning a theft.", Some("Minsk"), Stance::Favor),
            ("Lis said Minsk had blamed the farmers for it.", Some("Minsk"), Stance::Favor),
            ("Minsk has not accused Vilnius of theft.", Some("Minsk"), Stance::Neutral),
            ("Minsk will not stage a raid.", None, Stance::Against),
            ("Lodz is not planning to send troops.", None, Stance::Against),
            ("Lodz does not want troops here.", None, Stance::Against),
            ("The harvest has shown no sign of profit.", None, Stance::Against),
            ("Minsk gave a guarantee that Minsk will not stage a raid.", Some("Minsk"), Stance::Favor),
        ] {
            let mut document = Document::new("1", "", text);
            document.extra.insert("language".to_owned(), "en".to_owned());
            let coded = code(&codebook, &document, &mut DocumentReader::default());
            let found: Vec<_> = coded.codings.iter().map(|coding| (&coding.speaker.voice, coding.stance)).collect();
            let voice = voice.map_or(Voice::Own, |name| Voice::Source(Some(name.to_owned())));
            assert_eq!(found, [(&voice, Some(stance))], "{text}");
        }
    }

    #[test]
    fn nobody_knows_the_stance_of_a_sentence_whose_language_is_not_read() {
        let codebook = parse(CODEBOOK, "c.toml").unwrap();
        let mut document = Document::new("1", "", "Minsk plant keinen raid.");
        document.extra.insert("language".to_owned(), "de".to_owned());
        let coded = code(&codebook, &document, &mut DocumentReader::default());
        let found: Vec<_> = coded.codings.iter().map(|coding| (&coding.speaker.voice, coding.stance)).collect();
        assert_eq!(found, [(&Voice::Unknown, None)]);
    }
}
