//! From documents to the units that are scored: whole texts or sentences, with whatever their features look at.

use crate::codebook::Codebook;
use crate::coding::{CueFinder, CueMemory, TextUnit, TokenRange};
use crate::encoder::SentenceVectors;
use crate::learning::features::{FeatureFamily, FeatureUnit, Scene};
use crate::model::{Cue, Document, Span};
use crate::text::{Language, Reading, Sentence, Vocabulary, VoiceReader, read};

/// What features are made with, the same for every document.
#[derive(Clone, Debug, Default)]
pub struct Instrument<'c> {
    /// Families of features that are switched on.
    pub families: Vec<FeatureFamily>,
    /// Whose rules are features.
    pub codebook: Option<&'c Codebook>,
    /// Columns whose values are features.
    pub context: Vec<String>,
    /// Vectors of sentences, where there are any.
    pub vectors: Option<&'c SentenceVectors>,
}

/// Part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// All of it.
    Whole,
    /// The sentence of that number.
    Sentence(usize),
}

/// What is scored or learnt from.
#[derive(Clone, Copy, Debug)]
pub struct Example<'d> {
    /// Where it stands.
    pub document: &'d Document,
    /// Which part.
    pub stretch: Stretch,
    /// Toward whom the stance is asked, in the document's content.
    pub target: Option<Span>,
}

/// Reads documents, one after the other. Kept between them so that its memory is used again.
#[derive(Debug, Default)]
pub struct UnitReader {
    vocabulary: Vocabulary,
    reading: Reading,
    voice_reader: VoiceReader,
    memory: CueMemory,
    cues: Vec<Cue>,
    found: Vec<Cue>,
}

impl UnitReader {
    /// Reads the document of an example and hands its unit to `look`; a sentence that the document does not have is a
    /// unit without words.
    pub fn with_unit<R>(
        &mut self,
        instrument: &Instrument<'_>,
        example: &Example<'_>,
        look: impl FnOnce(&FeatureUnit<'_>) -> R,
    ) -> R {
        let Self { vocabulary, reading, voice_reader, memory, cues, found } = self;
        // Made-up words (hashes, serial numbers) would fill the memory; cleared, every word is looked up once more.
        if vocabulary.is_full() {
            vocabulary.clear();
        }
        let document = example.document;
        let language = instrument.language(document);
        read(document, language, vocabulary, reading);
        let needs_voices = instrument.families.iter().any(|family| family.definition().needs_voices);
        // Voices take most of the time, and n-grams do not ask for them.
        let known = language.filter(|_| needs_voices);
        let content = document.content();
        let voices = &voice_reader.read(content, reading, vocabulary, known);
        let (span, tokens, sentences) = bounds(example, reading);
        cues.clear();
        if let Some(codebook) = instrument.codebook {
            let finder = CueFinder { codebook, tokens: &reading.tokens, vocabulary, content, voices };
            for sentence in sentences {
                finder.find(sentence, memory, found);
                cues.append(found);
            }
        }
        let text = TextUnit {
            document,
            span,
            tokens,
            reading,
            vocabulary,
            voices,
            codebook: instrument.codebook,
            cues,
            language,
        };
        let unit = FeatureUnit { text, context: &instrument.context, target: None, vectors: instrument.vectors };
        let scene = example.target.and_then(|target| Scene::new(&unit, target));
        look(&FeatureUnit { target: scene.as_ref(), ..unit })
    }
}

impl Instrument<'_> {
    /// The language to read a document in: its own `language` column, else the codebook's, else English.
    fn language(&self, document: &Document) -> Option<&'static Language> {
        let own = document.column("language").map(str::trim).filter(|code| !code.is_empty());
        let default = self.codebook.map_or(Language::DEFAULT, |codebook| &codebook.language);
        Language::of(own.unwrap_or(default))
    }
}

fn bounds<'r>(example: &Example<'_>, reading: &'r Reading) -> (Span, TokenRange, &'r [Sentence]) {
    match example.stretch {
        Stretch::Whole => {
            let span = Span::new(0, example.document.content().len());
            (span, TokenRange { start: 0, end: reading.tokens.len() }, &reading.sentences)
        }
        Stretch::Sentence(number) => match reading.sentences.iter().position(|it| it.number == number) {
            Some(place) => {
                let sentence = &reading.sentences[place];
                let tokens = TokenRange { start: sentence.tokens.start, end: sentence.tokens.end };
                (sentence.span, tokens, &reading.sentences[place..=place])
            }
            None => (Span::new(0, 0), TokenRange { start: 0, end: 0 }, &[]),
        },
    }
}
