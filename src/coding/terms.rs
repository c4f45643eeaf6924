//! The terms of a document: its words and pairs of words, counted over all of it and over the sentences of each frame.
//!
//! A word is a run of letters, in lower case; apostrophes and full stops may stand inside ("don't", "u.s"). Numbers, handles and
//! addresses are none, nor is a lone letter that is no word of grammar: "s" of "the \u{2019}s statute", where a word is lost, or "V." of a name. A pair is two words that follow each other in a sentence with no mark between but a hyphen, neither
//! of them a word of grammar where the language is known: "military aid", not "of the". Not here: which terms tell groups
//! apart, which is `compare`.

use serde::{Deserialize, Serialize};

use crate::model::{CodedDocument, Span};
use crate::text::{Language, Reading, Sentence, Token, TokenKind, Vocabulary, fold, is_grammar, token_spans};

/// The terms of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentTerms {
    /// Its words, each followed by a line end.
    pub words: String,
    /// How often each term occurs in each part, in the order of part and words.
    pub counts: Vec<TermCount>,
}

/// How often a term occurs in a part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermCount {
    /// 0 for all of the document; a frame's index and 1 for the sentences that carry the frame.
    pub part: u32,
    /// Place among the document's words.
    pub first: u32,
    /// Place of a pair's second word; `None` of a single word.
    pub second: Option<u32>,
    /// Occurrences, at least 1.
    pub count: u32,
}

/// What one worker keeps between documents. Nothing in it changes a result.
#[derive(Debug, Default)]
pub struct TermMemory {
    generation: u64,
    /// By word form: what it is as a term.
    forms: Vec<Option<Form>>,
    /// By word form that stands for a word: the document it was met in last, and its place among the words of that.
    places: Vec<(u32, u32)>,
    document: u32,
    /// The tokens of the present document.
    tokens: Vec<TermToken>,
    /// Its terms, one for each occurrence and part.
    keys: TermKeys,
}

/// Occurrences of terms: part, place of the first word and of the second, each from 1, as one number.
#[derive(Debug, Default)]
struct TermKeys {
    keys: Vec<u64>,
    /// What the numbers are sorted with.
    moved: Vec<u64>,
    ends: Vec<usize>,
}

/// A word form as a term.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// A hyphen, which joins the words around it.
    Hyphen,
    /// Another mark, or a word that is no term.
    Break,
    /// A word, known by the number of its form in lower case.
    Word { lower: usize, is_grammar: bool },
}

/// A token as a term.
#[derive(Clone, Copy, Debug)]
enum TermToken {
    Hyphen,
    Break,
    /// A word by its place among the document's words, counted from 1.
    Word {
        place: u64,
        is_grammar: bool,
    },
}

/// Bits that a place takes in a key: more words than a record may have bytes.
const PLACE_BITS: u32 = 24;
const PLACE: u64 = (1 << PLACE_BITS) - 1;

impl TermCount {
    fn of(run: &[u64]) -> Self {
        let key = run.first().copied().unwrap_or_default();
        let [part, first, second] = [key >> (2 * PLACE_BITS), key >> PLACE_BITS & PLACE, key & PLACE].map(narrow);
        Self { part, first: first - 1, second: second.checked_sub(1), count: narrow(run.len() as u64) }
    }
}

impl TermMemory {
    /// Counts the terms of the document that was read last; `coded` is what it was coded as.
    pub(super) fn count(
        &mut self,
        reading: &Reading,
        vocabulary: &mut Vocabulary,
        language: Option<&Language>,
        coded: &CodedDocument,
    ) -> DocumentTerms {
        let (words, known) = self.read(reading, vocabulary, language);
        self.keys.keys.clear();
        let mut codings = coded.codings.iter().peekable();
        let mut parts = Vec::new();
        for sentence in &reading.sentences {
            parts.clear();
            parts.push(0);
            while let Some(coding) = codings.next_if(|coding| coding.sentence <= sentence.number) {
                parts.extend((coding.hit && coding.sentence == sentence.number).then_some(coding.frame as u64 + 1));
            }
            self.add(sentence, &parts);
        }
        let keys =
            self.keys.sorted(known, coded.codings.iter().map(|coding| coding.frame + 1).max().unwrap_or_default());
        DocumentTerms { words, counts: keys.chunk_by(|a, b| a == b).map(TermCount::of).collect() }
    }

    /// Makes terms of the document's tokens; returns its words, and how many they are.
    fn read(&mut self, reading: &Reading, vocabulary: &mut Vocabulary, language: Option<&Language>) -> (String, u32) {
        if self.generation != vocabulary.generation() {
            *self = Self { generation: vocabulary.generation(), ..Self::default() };
        }
        self.document += 1;
        self.tokens.clear();
        let (mut words, mut known) = (String::new(), 0);
        let mut before = None;
        for token in &reading.tokens {
            let is_rest = is_left_by_apostrophe(before.replace(token), token, vocabulary);
            let made = match self.form(token, vocabulary) {
                Form::Word { .. } if is_rest => TermToken::Break,
                Form::Hyphen => TermToken::Hyphen,
                Form::Break => TermToken::Break,
                Form::Word { lower, is_grammar } => {
                    if self.places[lower].0 != self.document {
                        known += 1;
                        self.places[lower] = (self.document, known);
                        words.push_str(vocabulary.form(lower));
                        words.push('\n');
                    }
                    let place = self.places[lower].1.into();
                    TermToken::Word { place, is_grammar: is_grammar && language.is_some() }
                }
            };
            self.tokens.push(made);
        }
        (words, known)
    }

    fn form(&mut self, token: &Token, vocabulary: &mut Vocabulary) -> Form {
        let index = token.word.index();
        if let Some(Some(form)) = self.forms.get(index) {
            return *form;
        }
        let form = match token.kind {
            TokenKind::Mark if &*vocabulary.word(token.word).surface == "-" => Form::Hyphen,
            TokenKind::Mark => Form::Break,
            TokenKind::Word => {
                let lower = vocabulary.word(token.word).folded.clone();
                let number = vocabulary.id(&lower).index();
                if is_term(&lower) { Form::Word { lower: number, is_grammar: is_grammar(&lower) } } else { Form::Break }
            }
        };
        if self.forms.len() < vocabulary.len() {
            self.forms.resize(vocabulary.len(), None);
            self.places.resize(vocabulary.len(), (0, 0));
        }
        self.forms[index] = Some(form);
        form
    }

    /// Adds the terms of a sentence to each of its parts.
    fn add(&mut self, sentence: &Sentence, parts: &[u64]) {
        // The word before, where it may begin a pair.
        let mut before = None;
        for token in &self.tokens[sentence.tokens.clone()] {
            let TermToken::Word { place, is_grammar } = *token else {
                before = before.filter(|_| matches!(token, TermToken::Hyphen));
                continue;
            };
            for part in parts {
                let first = |place: u64| part << (2 * PLACE_BITS) | place << PLACE_BITS;
                self.keys.keys.push(first(place));
                self.keys.keys.extend(before.filter(|_| !is_grammar).map(|before| first(before) | place));
            }
            before = (!is_grammar).then_some(place);
        }
    }
}

impl TermKeys {
    /// The numbers in order, of a document of so many words and parts beyond the first.
    // By one piece after the other, the last first, each in one way through: a document has few words, so that no numbers need be
    // compared.
    fn sorted(&mut self, words: u32, parts: usize) -> &[u64] {
        for (shift, most) in [(0, words as usize), (PLACE_BITS, words as usize), (2 * PLACE_BITS, parts)] {
            self.sort_by_piece(shift, most);
        }
        &self.keys
    }

    /// Sorts by the piece that begins at a bit and is `most` at most, and leaves in their order what is alike in it.
    fn sort_by_piece(&mut self, shift: u32, most: usize) {
        let piece = |key: u64| (key >> shift & PLACE) as usize;
        self.ends.clear();
        self.ends.resize(most + 1, 0);
        for key in &self.keys {
            self.ends[piece(*key)] += 1;
        }
        let mut end = 0;
        for count in &mut self.ends {
            end += *count;
            *count = end;
        }
        self.moved.resize(self.keys.len(), 0);
        for key in self.keys.iter().rev() {
            let end = &mut self.ends[piece(*key)];
            *end -= 1;
            self.moved[*end] = *key;
        }
        std::mem::swap(&mut self.keys, &mut self.moved);
    }
}

/// Whether a token is the letter that a lost word leaves behind its apostrophe: of texts without their links "the \u{2019}s statute", and
/// "Russia\u{b4}s" with an accent for an apostrophe.
fn is_left_by_apostrophe(before: Option<&Token>, token: &Token, vocabulary: &Vocabulary) -> bool {
    let is_letter = token.span.end - token.span.start == 1;
    let touches = before.filter(|before| is_letter && before.span.end == token.span.start);
    touches.is_some_and(|before| {
        matches!(&*vocabulary.word(before.word).surface, "'" | "\u{2019}" | "\u{b4}")
            && vocabulary.word(token.word).surface.starts_with(char::is_lowercase)
    })
}

/// Whether a word in lower case is one of letters. A lone Latin letter is one only where grammar has it ("a", "I"): others are left of
/// names and of words cut at an apostrophe ("Vladimir V. Putin", "the s statute").
#[must_use]
pub fn is_term(word: &str) -> bool {
    let is_inside = |character: char| character.is_alphabetic() || matches!(character, '\'' | '.');
    let is_lone = word.len() == 1 && !is_grammar(word);
    word.starts_with(char::is_alphabetic) && word.chars().all(is_inside) && !is_lone
}

/// An entry of a list of terms as documents have it: a word, or the two words of a pair with a space between; `None` of what is
/// never counted, such as a number, three words, or a pair with a word of grammar.
#[must_use]
pub fn listed_term(entry: &str, language: Option<&Language>) -> Option<String> {
    let tokens: Vec<&str> = token_spans(entry, Span::new(0, entry.len())).map(|(span, _)| span.of(entry)).collect();
    match tokens[..] {
        [only] => Some(fold(only)).filter(|word| is_term(word)),
        [first, second] | [first, "-", second] => {
            let words = [fold(first), fold(second)];
            let is_paired = |word: &String| is_term(word) && (language.is_none() || !is_grammar(word));
            words.iter().all(is_paired).then(|| words.join(" "))
        }
        _ => None,
    }
}

/// A number that fits by what it is made of.
fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::parse;
    use crate::coding::{DocumentReader, code};
    use crate::model::Document;

    fn shown(text: &str) -> Vec<String> {
        let codebook = "[[frame]]\nid = \"f\"\n[[rule]]\nid = \"r\"\nframe = \"f\"\nmatch = \"tank*\"\n";
        let codebook = parse(codebook, "codebook.toml").unwrap();
        let document = Document::new("1", "", text);
        let (mut reader, mut memory) = (DocumentReader::default(), TermMemory::default());
        let coded = code(&codebook, &document, &mut reader);
        let terms = reader.terms(&codebook, &document, &coded, &mut memory);
        assert_eq!(terms, reader.terms(&codebook, &document, &coded, &mut memory), "a used memory changes nothing");
        let order = |it: &TermCount| (it.part, it.first, it.second);
        assert!(terms.counts.is_sorted_by_key(order), "{:?}", terms.counts);
        let words: Vec<&str> = terms.words.lines().collect();
        let show = |it: &TermCount| {
            let second = it.second.map_or_else(String::new, |second| format!(" {}", words[second as usize]));
            format!("{}{second} {}/{}", words[it.first as usize], it.part, it.count)
        };
        let mut shown: Vec<String> = terms.counts.iter().map(show).collect();
        shown.sort_unstable();
        shown
    }

    #[test]
    fn entries_of_a_list_are_terms_as_documents_have_them() {
        let language = Language::of("en");
        for (entry, expected) in [
            ("Tank", Some("tank")),
            (" don\u{2019}t ", Some("don't")),
            ("Red tank", Some("red tank")),
            ("sabre-rattling", Some("sabre rattling")),
            ("of", Some("of")),
            ("A", Some("a")),
            ("s", None),
            ("of tanks", None),
            ("aid, money", None),
            ("red tank line", None),
            ("1945", None),
            (",", None),
            ("", None),
        ] {
            assert_eq!(listed_term(entry, language).as_deref(), expected, "{entry:?}");
        }
        assert_eq!(listed_term("of tanks", None).as_deref(), Some("of tanks"), "grammar is not known");
    }

    #[test]
    fn words_and_pairs_are_counted_in_the_text_and_in_the_sentences_of_a_frame() {
        for (text, expected) in [
            (
                "The Red tank. A red line",
                &[
                    "a 0/1",
                    "line 0/1",
                    "red 0/2",
                    "red 1/1",
                    "red line 0/1",
                    "red tank 0/1",
                    "red tank 1/1",
                    "tank 0/1",
                    "tank 1/1",
                    "the 0/1",
                    "the 1/1",
                ][..],
            ),
            ("loud sabre-rattling", &["loud 0/1", "loud sabre 0/1", "rattling 0/1", "sabre 0/1", "sabre rattling 0/1"]),
            ("aid, money", &["aid 0/1", "money 0/1"]),
            ("some 5 men don't", &["don't 0/1", "men 0/1", "some 0/1"]),
            ("5 @x 3rd", &[]),
            ("Ann V Lee, s and \u{2018}t I", &["and 0/1", "ann 0/1", "i 0/1", "lee 0/1"]),
            (
                "the \u{2019}s statute, Kyiv\u{b4}s tank \u{2019}I",
                &[
                    "i 0/1",
                    "i 1/1",
                    "kyiv 0/1",
                    "kyiv 1/1",
                    "statute 0/1",
                    "statute 1/1",
                    "tank 0/1",
                    "tank 1/1",
                    "the 0/1",
                    "the 1/1",
                ],
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
