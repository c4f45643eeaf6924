//! The part of a cue that its voice and stance hang on, and the name of who speaks.

use crate::model::Span;
use crate::text::language::Class;
use crate::text::voice::attribution::AttributedWords;
use crate::text::voice::candidate::Complement;
use crate::text::voice::voices::Voices;

impl Voices<'_> {
    /// The part of a cue that voice and stance are asked of. A cue may reach over the edge of somebody's words, as "Moscow"
    /// and "invasion" do in "Moscow denied that an invasion was near": then the voice that most of its words are in has it.
    /// Words that name a source or are its verb are nobody's content and have no say; of equal parts the innermost wins,
    /// then the first.
    #[must_use]
    pub fn core_of(&self, words: &[Span]) -> Span {
        // "rejected the demands": a rule with the denial in it is about who denies.
        if let Some(denial) = words.iter().find(|word| self.denial_at(**word).is_some()) {
            return *denial;
        }
        let speakers: Vec<Option<usize>> = words.iter().map(|word| self.speaker_index(*word)).collect();
        if speakers.windows(2).all(|pair| pair[0] == pair[1]) {
            return hull(words);
        }
        // "wants guarantees that it will not join": to ask for the promise is to side with it, whatever it says.
        if let Some(promise) = words.iter().find(|word| self.is_promise(**word)) {
            return *promise;
        }
        let mut parts: Vec<(Option<usize>, Vec<Span>)> = Vec::new();
        for (word, speaker) in words.iter().zip(speakers).filter(|(word, _)| !self.is_report(**word)) {
            match parts.iter_mut().find(|(known, _)| *known == speaker) {
                Some((_, part)) => part.push(*word),
                None => parts.push((speaker, vec![*word])),
            }
        }
        // "called the talk of invasion a myth": who judges what the outlet names has said the whole.
        if let [(None, named), (Some(index), judgment)] = &parts[..]
            && self.judges(*index, named)
        {
            return hull(judgment);
        }
        let depth = |speaker: &Option<usize>| speaker.map_or(0, |index| self.attributions()[index].depth + 1);
        let best = parts.iter().rev().max_by_key(|(speaker, part)| (part.len(), depth(speaker)));
        best.map_or_else(|| hull(words), |(_, part)| hull(part))
    }

    /// Whether a source judges these words: they are what it speaks of, under a name that is the outlet's.
    fn judges(&self, index: usize, words: &[Span]) -> bool {
        let AttributedWords { complement, content, .. } = &self.attributions()[index];
        *complement == Complement::Noun && words.iter().all(|word| content.iter().any(|part| part.contains(*word)))
    }

    /// The source of an attribution as written, without a possessive ending or the comma that closes an apposition; for
    /// a pronoun or a part of the name, the name that the source has in the document.
    #[must_use]
    pub fn source_of(&self, attribution: &AttributedWords) -> Option<String> {
        let passage = self.passage.as_ref()?;
        let mut tokens = passage.tokens_of(attribution.source?);
        while tokens.len() > 1 && passage.is(tokens.end - 1, Class::Comma) {
            tokens.end -= 1;
        }
        // "Minsk's (claim)", "the towns' (demand)"
        if tokens.len() > 1 && passage.is_any(tokens.end - 1, &[Class::Possessive, Class::SingleQuote]) {
            tokens.end -= 1;
        }
        let written = passage.text(&tokens);
        match &attribution.name {
            Some(name) if !written.contains(name.as_str()) => Some(name.clone()),
            _ => Some(written.to_owned()),
        }
    }
}

fn hull(words: &[Span]) -> Span {
    words.iter().copied().reduce(Span::hull).unwrap_or(Span::new(0, 0))
}
