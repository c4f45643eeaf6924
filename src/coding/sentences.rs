//! A document read sentence by sentence, each with the cues that the rules find in it.

use crate::codebook::Codebook;
use crate::coding::cues::{CueFinder, CueMemory};
use crate::coding::terms::{DocumentTerms, TermMemory};
use crate::coding::{TextUnit, TokenRange, attributions, fingerprint, shingles, story_words};
use crate::model::{CodedDocument, Cue, Document, LabelCover, RuleMatch, Span};
use crate::text::{Language, Reading, Sentence, Vocabulary, VoiceReader, read};

/// What one worker keeps between documents. Nothing in it changes a result.
#[derive(Debug, Default)]
pub struct DocumentReader {
    vocabulary: Vocabulary,
    reading: Reading,
    voice_reader: VoiceReader,
    memory: CueMemory,
    cues: Vec<Cue>,
}

impl DocumentReader {
    /// The terms of `document`, which must be the one that was read last; `coded` is what it was coded as.
    pub fn terms(
        &mut self,
        codebook: &Codebook,
        document: &Document,
        coded: &CodedDocument,
        memory: &mut TermMemory,
    ) -> DocumentTerms {
        memory.count(&self.reading, &mut self.vocabulary, language_of(codebook, document), coded)
    }
}

/// The language to read `document` in: its own `language` column if it has one, else the codebook's; `None` where that
/// is not supported, which leaves voices unknown.
pub(super) fn language_of(codebook: &Codebook, document: &Document) -> Option<&'static Language> {
    let own = document.column("language").map(str::trim).filter(|code| !code.is_empty());
    Language::of(own.unwrap_or(&codebook.language))
}

/// The sentences of `document`, each with the number by which people name it; 0 is the title.
#[must_use]
pub fn numbered_sentences(codebook: &Codebook, document: &Document) -> Vec<(usize, Span)> {
    let (mut vocabulary, mut reading) = (Vocabulary::default(), Reading::default());
    read(document, language_of(codebook, document), &mut vocabulary, &mut reading);
    reading.sentences.iter().map(|sentence| (sentence.number, sentence.span)).collect()
}

/// Reads a document and shows every sentence, with its cues, to `see`; what comes back lacks the codings only.
pub fn read_sentences(
    codebook: &Codebook,
    document: &Document,
    reader: &mut DocumentReader,
    mut see: impl FnMut(&TextUnit<'_>),
) -> CodedDocument {
    let DocumentReader { vocabulary, reading, voice_reader, memory, cues } = reader;
    // Between documents only: the tokens of one hold numbers that clearing makes void.
    if vocabulary.is_full() {
        vocabulary.clear();
    }
    let (language, content) = (language_of(codebook, document), document.content());
    read(document, language, vocabulary, reading);
    let voices = &voice_reader.read(content, reading, vocabulary, language);
    let finder = CueFinder { codebook, tokens: &reading.tokens, vocabulary, content, voices };
    let (mut matches, mut unsearched) = (Vec::new(), 0);
    for sentence in &reading.sentences {
        finder.find(sentence, memory, cues);
        unsearched += u64::from(memory.gave_up);
        matches.extend(cues.iter().map(|cue| RuleMatch { sentence: sentence.number, span: cue.span, rule: cue.rule }));
        let Sentence { span, tokens, .. } = sentence;
        let tokens = TokenRange { start: tokens.start, end: tokens.end };
        let unit = TextUnit {
            document,
            span: *span,
            tokens,
            reading,
            vocabulary,
            language,
            voices,
            codebook: Some(codebook),
            cues,
        };
        see(&unit);
    }
    let (attributions, inner_attributions) =
        attributions::of(codebook, document, (reading, voices), &mut memory.sources);
    CodedDocument {
        sentences: reading.sentences.len(),
        codings: Vec::new(),
        unlisted: Vec::new(),
        rival_hits: Vec::new(),
        without_vector: 0,
        matches,
        unsearched,
        attributions,
        inner_attributions,
        has_voices: voices.is_known(),
        fingerprint: fingerprint::of(document, reading, vocabulary),
        shingles: shingles::of(document, reading, vocabulary),
        story_words: story_words::of(reading, vocabulary),
        labels: LabelCover::default(),
    }
}
