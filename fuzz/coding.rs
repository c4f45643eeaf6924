//! What must hold of any text: of its sentences and tokens, its codings, and of patterns, dictionaries, codebooks and studies
//! that it is taken for.

use parallax::codebook::import::{FORMATS, convert};
use parallax::model::Span;
use parallax::stats::RandomStream;
use parallax::text::{sentence_spans, token_spans, without_markup};
use parallax::{
    AnalysisError, Codebook, CodedDocument, Coder, Document, Workspace, code_document, parse_codebook, study,
};

use crate::texts::{mixed, pattern, short, torn};

const CODEBOOK: &str = include_str!("../corpora/ukraine-crisis/codebook.toml");
const STUDY: &str = include_str!("../corpora/ukraine-crisis/study.toml");
const DICTIONARIES: [&str; 5] = [
    include_str!("../tests/dictionaries/liwc-2007.dic"),
    include_str!("../tests/dictionaries/liwc-22.dicx"),
    include_str!("../tests/dictionaries/yoshikoder.ykd"),
    include_str!("../tests/dictionaries/quanteda-nested.yml"),
    include_str!("../tests/dictionaries/wordstat-rules.cat"),
];

/// Short texts of a round, which are not held against a fresh workspace, and so cost little.
const SHORT: u64 = 500;

/// The codebook of the demo.
///
/// # Errors
/// None but a bug can cause.
pub(crate) fn demo_codebook() -> Result<Codebook, AnalysisError> {
    Ok(parse_codebook(CODEBOOK, "codebook.toml")?)
}

/// Feeds texts to all that takes texts.
pub(crate) struct CodingCheck<'c> {
    coder: Coder<'c>,
    /// Used for every text, as that of a worker is.
    used: Workspace,
}

impl<'c> CodingCheck<'c> {
    pub(crate) fn new(codebook: &'c Codebook) -> Self {
        Self { coder: Coder { codebook, scorer: None, labels: None }, used: Workspace::default() }
    }

    /// How many inputs were fed.
    pub(crate) fn round(&mut self, stream: &mut RandomStream) -> u64 {
        for _ in 0..SHORT {
            self.found_in(&short(CODEBOOK, stream));
        }
        SHORT + self.long_round(stream)
    }

    /// The long text of a round, and what else it is taken for.
    fn long_round(&mut self, stream: &mut RandomStream) -> u64 {
        let text = mixed(CODEBOOK, stream);
        self.text(&text);
        patterns(&text, stream);
        // Reading a whole codebook costs as much as all the rest.
        match stream.below(8) {
            0 => drop(parse_codebook(&torn(CODEBOOK, stream), "codebook.toml")),
            1 => drop(study::parse(&torn(STUDY, stream), "study.toml")),
            2 => dictionaries(&torn(DICTIONARIES[stream.below(DICTIONARIES.len())], stream)),
            3 => dictionaries(&text),
            _ => return 2,
        }
        3
    }

    /// What holds of any text; and a workspace used before codes as a fresh one.
    pub(crate) fn text(&mut self, text: &str) {
        let (document, found) = self.found_in(text);
        assert_eq!(found, code_document(&self.coder, &document, &mut Workspace::default()), "{text:?}");
    }

    /// The text as a document, and its codings by the workspace used before: all spans lie in order, and none is cut inside a
    /// character.
    fn found_in(&mut self, text: &str) -> (Document, CodedDocument) {
        spans(text);
        drop(without_markup(text));
        let document = Document::new("1", "A title", text);
        let found = code_document(&self.coder, &document, &mut self.used);
        places(&document, &found, self.coder.codebook.frames.len());
        (document, found)
    }
}

/// What can be read as a dictionary becomes a codebook that can be read, and counts that reconcile.
pub(crate) fn dictionaries(text: &str) {
    for format in FORMATS {
        let Ok(dictionary) = (format.read)(text) else { continue };
        let imported = convert(&dictionary, *format, "x");
        let tally = imported.tally;
        assert_eq!(tally.read, tally.kept + tally.approximated + tally.dropped, "{}: {text:?}", format.name);
        let parsed = parse_codebook(&imported.codebook, "x.toml");
        assert!(parsed.is_ok(), "{}: {:?} of {text:?}", format.name, parsed.err());
    }
}

fn spans(text: &str) {
    let mut last = 0;
    for sentence in sentence_spans(text, Span { start: 0, end: text.len() }, None) {
        assert!(last <= sentence.start && sentence.start < sentence.end, "{sentence:?} of {text:?}");
        let mut last_token = sentence.start;
        for (token, _) in token_spans(text, sentence) {
            assert!(last_token <= token.start && token.end <= sentence.end, "{token:?} of {text:?}");
            assert!(!token.of(text).is_empty(), "{token:?} of {text:?}");
            last_token = token.end;
        }
        last = sentence.end;
    }
}

/// All that a coded document names is in the document, at the boundaries of characters.
fn places(document: &Document, coded: &CodedDocument, frames: usize) {
    let content = document.content();
    let mut spans: Vec<Span> = coded.matches.iter().map(|it| it.span).collect();
    for coding in &coded.codings {
        assert!(coding.frame < frames && coding.probability <= 1_000_000, "{coding:?} of {content:?}");
        let of_cues = coding.cues.iter().map(|cue| cue.span);
        assert!(of_cues.clone().all(|cue| coding.span.start <= cue.start && cue.end <= coding.span.end), "{coding:?}");
        spans.extend(of_cues.chain([coding.span]));
    }
    for said in &coded.attributions {
        spans.extend(said.source.into_iter().chain(said.verb).chain(said.content.iter().copied()));
    }
    for span in spans {
        assert!(span.start < span.end && content.get(span.start..span.end).is_some(), "{span:?} of {content:?}");
    }
}

/// A pattern is refused, or matches in the same places whatever was looked at before.
fn patterns(text: &str, stream: &mut RandomStream) {
    let pattern = pattern(stream);
    let codebook = format!(
        "title = \"t\"\n[lists]\nforces = [\"troop*\"]\n[[frame]]\nid = \"f\"\nlabel = \"F\"\ndefinition = \"D.\"\n\
         [[rule]]\nid = \"r\"\nframe = \"f\"\nmatch = '''{pattern}'''\n"
    );
    if let Ok(codebook) = parse_codebook(&codebook, "codebook.toml") {
        let mut check = CodingCheck::new(&codebook);
        check.text(&"out troops ".repeat(stream.below(40)));
        check.text(text);
    }
}
