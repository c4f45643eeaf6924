//! BERT's `WordPiece`: a text as numbers of pieces of words.
//!
//! As the library `tokenizers` does it (`BertNormalizer`, `BertPreTokenizer`, `WordPiece`), whose output models were
//! trained on. One thing differs: marks such as `[SEP]` that stand in a text are words like others.

use std::collections::BTreeMap;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::encoder::settings::{EncoderError, EncoderFiles, json};

/// A word of more characters is unknown as a whole.
const LONGEST_WORD: usize = 100;

/// What pieces that go on a word begin with.
const CONTINUED: &str = "##";

/// Cuts texts.
#[derive(Debug)]
pub(super) struct WordPiece {
    pieces: BTreeMap<String, u32>,
    /// How texts are cleaned before they are cut.
    cleaning: Cleaning,
    unknown: u32,
    first: u32,
    last: u32,
}

/// What is done to a text before it is cut.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Cleaning {
    #[serde(default = "yes")]
    clean_text: bool,
    #[serde(default = "yes")]
    handle_chinese_chars: bool,
    /// As `lowercase` where it is null.
    strip_accents: Option<bool>,
    #[serde(default = "yes")]
    lowercase: bool,
}

const fn yes() -> bool {
    true
}

impl WordPiece {
    /// Of `tokenizer.json`, else of `vocab.txt`.
    pub(super) fn of(files: &EncoderFiles) -> Result<Self, EncoderError> {
        match (&files.tokenizer, &files.vocabulary) {
            (Some(text), _) => Self::of_tokenizer(text),
            (None, Some(text)) => Self::of_vocabulary(text, files.tokenizer_config.as_deref()),
            (None, None) => Err(EncoderError::NoVocabulary),
        }
    }

    fn of_tokenizer(text: &str) -> Result<Self, EncoderError> {
        const FILE: &str = "tokenizer.json";
        #[derive(Deserialize)]
        struct Tokenizer {
            normalizer: serde_json::Value,
            model: serde_json::Value,
        }
        #[derive(Deserialize)]
        struct Pieces {
            vocab: BTreeMap<String, u32>,
        }
        let Tokenizer { normalizer, model } = json(FILE, text)?;
        for (part, kind) in [(&model, "WordPiece"), (&normalizer, "BertNormalizer")] {
            let found = part["type"].as_str().unwrap_or("none");
            if found != kind {
                return Err(EncoderError::Unsupported { file: FILE, detail: format!("{found} where {kind} is read") });
            }
        }
        let damaged = |error: serde_json::Error| EncoderError::Damaged { file: FILE, detail: error.to_string() };
        let Pieces { vocab } = serde_json::from_value(model).map_err(damaged)?;
        Self::new(vocab, serde_json::from_value(normalizer).map_err(damaged)?, FILE)
    }

    fn of_vocabulary(text: &str, config: Option<&str>) -> Result<Self, EncoderError> {
        #[derive(Default, Deserialize)]
        struct Config {
            do_lower_case: Option<bool>,
            strip_accents: Option<bool>,
            tokenize_chinese_chars: Option<bool>,
        }
        let config: Config = config.map(|text| json("tokenizer_config.json", text)).transpose()?.unwrap_or_default();
        let cleaning = Cleaning {
            clean_text: true,
            handle_chinese_chars: config.tokenize_chinese_chars.unwrap_or(true),
            strip_accents: config.strip_accents,
            lowercase: config.do_lower_case.unwrap_or(true),
        };
        let pieces = text.lines().map(str::trim_end).zip(0..).map(|(piece, number)| (piece.to_owned(), number));
        Self::new(pieces.collect(), cleaning, "vocab.txt")
    }

    fn new(pieces: BTreeMap<String, u32>, cleaning: Cleaning, file: &'static str) -> Result<Self, EncoderError> {
        let number = |mark: &str| {
            pieces.get(mark).copied().ok_or_else(|| EncoderError::Damaged { file, detail: format!("has no {mark}") })
        };
        let (unknown, first, last) = (number("[UNK]")?, number("[CLS]")?, number("[SEP]")?);
        Ok(Self { pieces, cleaning, unknown, first, last })
    }

    /// The highest number of a piece.
    pub(super) fn highest(&self) -> u32 {
        self.pieces.values().max().copied().unwrap_or(0)
    }

    /// The numbers of the pieces of `text` between the two marks, at most `longest` of them.
    pub(super) fn cut(&self, text: &str, longest: usize) -> Vec<u32> {
        let mut numbers = vec![self.first];
        let mut word = String::new();
        for character in self.cleaned(text).chars() {
            let stands_alone = is_punctuation(character);
            if stands_alone || character.is_whitespace() {
                self.cut_word(&word, &mut numbers);
                word.clear();
            }
            if stands_alone {
                self.cut_word(character.encode_utf8(&mut [0; 4]), &mut numbers);
            } else if !character.is_whitespace() {
                word.push(character);
            }
            if numbers.len() >= longest {
                break;
            }
        }
        self.cut_word(&word, &mut numbers);
        numbers.truncate(longest - 1);
        numbers.push(self.last);
        numbers
    }

    fn cleaned(&self, text: &str) -> String {
        let Cleaning { clean_text, handle_chinese_chars, strip_accents, lowercase } = self.cleaning;
        let mut cleaned = String::with_capacity(text.len());
        for character in text.chars().filter(|character| !clean_text || !is_dropped(*character)) {
            let is_alone = handle_chinese_chars && is_chinese(character);
            cleaned.extend(is_alone.then_some(' '));
            cleaned.push(if clean_text && character.is_whitespace() { ' ' } else { character });
            cleaned.extend(is_alone.then_some(' '));
        }
        if strip_accents.unwrap_or(lowercase) {
            // Marks without a width of their own only: the vowel signs of Devanagari stay.
            let is_mark = |character: &char| character.general_category() == GeneralCategory::NonspacingMark;
            cleaned = cleaned.nfd().filter(|character| !is_mark(character)).collect();
        }
        // Letter by letter, as there: at the end of a word Greek sigma has a form of its own, which `to_lowercase` of the
        // whole text would give.
        if lowercase { cleaned.chars().flat_map(char::to_lowercase).collect() } else { cleaned }
    }

    /// Adds the longest pieces that a word is made of, from its beginning; the mark for unknown words where it is not made
    /// of pieces.
    fn cut_word(&self, word: &str, numbers: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        let before = numbers.len();
        let mut start = 0;
        while start < word.len() {
            let found = if word.chars().count() > LONGEST_WORD { None } else { self.longest_piece(word, start) };
            let Some((number, end)) = found else {
                numbers.truncate(before);
                numbers.push(self.unknown);
                return;
            };
            numbers.push(number);
            start = end;
        }
    }

    /// The longest piece of `word` that begins at `start`: its number, and where it ends.
    fn longest_piece(&self, word: &str, start: usize) -> Option<(u32, usize)> {
        let mut piece = if start > 0 { CONTINUED.to_owned() } else { String::new() };
        let prefix = piece.len();
        piece.push_str(&word[start..]);
        while piece.len() > prefix {
            if let Some(number) = self.pieces.get(&piece) {
                return Some((*number, start + piece.len() - prefix));
            }
            piece.pop();
        }
        None
    }
}

/// Control characters and the like, which are taken out. Characters that Unicode has not given out yet stay: they are
/// unknown words.
fn is_dropped(character: char) -> bool {
    let is_space = matches!(character, '\t' | '\n' | '\r');
    let category = character.general_category();
    let is_other = matches!(category, GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::PrivateUse);
    character == '\u{fffd}' || (is_other && !is_space)
}

/// ASCII's signs, of which Unicode has some for symbols ("$", "+"), and Unicode's punctuation.
fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation() || character.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// The blocks of Han characters, each of which is a word; not Hangul or Kana.
fn is_chinese(character: char) -> bool {
    matches!(
        u32::from(character),
        0x4e00..=0x9fff
            | 0x3400..=0x4dbf
            | 0x2_0000..=0x2_a6df
            | 0x2_a700..=0x2_b73f
            | 0x2_b740..=0x2_b81f
            | 0x2_b920..=0x2_ceaf
            | 0xf900..=0xfaff
            | 0x2_f800..=0x2_fa1f
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &str =
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##want\n##ed\nrun\n,\n.\n東\n京\nσας\nσασ\n$\n5\n##5\ncafe\n#\n##i\n।";

    fn cutter(config: Option<&str>) -> WordPiece {
        WordPiece::of_vocabulary(VOCABULARY, config).unwrap()
    }

    #[test]
    fn words_are_cut_into_the_longest_pieces() {
        let cases: [(&str, &[u32]); 9] = [
            ("UNwant\u{e9}d,running", &[4, 5, 6, 8, 1]),
            ("run. unwant", &[7, 9, 4, 5]),
            ("東京", &[10, 11]),
            ("ΣΑΣ", &[13]),
            ("$55", &[14, 15, 16]),
            ("ca\u{ad}fe\u{301}\u{a0}run", &[17, 7]),
            ("ru\u{200b}n\u{fffd}\u{0}", &[7]),
            ("##i", &[18, 18, 1]),
            ("run।", &[7, 20]),
        ];
        for (text, expected) in cases {
            let found = cutter(None).cut(text, 64);
            assert_eq!(&found[1..found.len() - 1], expected, "{text:?}");
            assert_eq!((found[0], found[found.len() - 1]), (2, 3), "{text:?}");
        }
    }

    #[test]
    fn long_texts_end_with_the_last_mark() {
        assert_eq!(cutter(None).cut("run run run run", 4), [2, 7, 7, 3]);
        let long = "run".repeat(40);
        assert_eq!(cutter(None).cut(&long, 64), [2, 1, 3]);
    }

    #[test]
    fn a_cased_model_keeps_capitals_and_accents() {
        let cased = cutter(Some(r#"{"do_lower_case": false}"#));
        assert_eq!(cased.cut("Run run caf\u{e9}", 64), [2, 1, 7, 1, 3]);
    }
}
