//! The table of word forms: each distinct form is looked at once, each token is one look-up.

use std::hash::Hasher;

use rustc_hash::FxHasher;
use unicode_normalization::UnicodeNormalization;

use crate::text::characters::{is_invisible, is_wide_apostrophe};

/// Forms and bytes of forms after which a vocabulary is full: some 60 MB.
const MOST_FORMS: usize = 400_000;
const MOST_BYTES: usize = 16 << 20;

/// Number of a word form in a [`Vocabulary`]. Which number a form gets depends on what was read before, so no result
/// may depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(u32);

impl WordId {
    /// Position in tables that run parallel to the vocabulary.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is known of one word form.
#[derive(Clone, Debug)]
pub struct Word {
    /// As written.
    pub surface: Box<str>,
    /// What patterns are compared with; see [`fold`].
    pub folded: Box<str>,
    /// A hash of `folded` that is the same on every machine and in every version: Fowler-Noll-Vo 1a, 64 bits (RFC 9923).
    pub hash: u64,
}

/// Every word form seen so far by one worker. Forms that differ in case are different entries.
///
/// A corpus has no end, so between documents its reader asks [`Vocabulary::is_full`] and if so calls
/// [`Vocabulary::clear`]; whoever keeps a table parallel to the vocabulary starts that anew when
/// [`Vocabulary::generation`] has changed.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: Vec<Word>,
    /// Open addressing with linear probing; a power of two, at most half of it taken.
    slots: Vec<Slot>,
    bytes: usize,
    generation: u64,
}

/// One past the number of a word, 0 for none, with what tells it from others.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    next_id: u32,
}

/// The form itself where it is short, as nearly all are; else a hash, and the form is to be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Key(u128);

impl Key {
    /// Bytes that fit beside the length.
    // The sixteenth byte holds the length, and 255 there says that the rest is a hash. Of a short form the key is all
    // there is, so that the word itself need not be fetched from memory to compare it.
    const SHORT: usize = 15;

    fn of(surface: &str) -> Self {
        let bytes = surface.as_bytes();
        if bytes.len() <= Self::SHORT {
            return Self(short(bytes) | (bytes.len() as u128) << 120);
        }
        let mut hasher = FxHasher::default();
        hasher.write(bytes);
        Self(u128::from(hasher.finish()) | u128::from(u8::MAX) << 120)
    }

    fn is_whole_form(self) -> bool {
        self.0 >> 120 != u128::from(u8::MAX)
    }

    /// Where the search for the form begins, before it is cut to the size of the table.
    fn place(self) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write_u128(self.0);
        let hash = hasher.finish();
        // The last step of the hash is a product, whose low bits are its poorest; the table takes the low bits.
        usize::try_from(hash ^ (hash >> 32)).unwrap_or_default()
    }
}

/// Up to 16 bytes as a number, the first the lowest; read in pieces of known length, as a copy of any length is a call.
fn short(bytes: &[u8]) -> u128 {
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        // What both hold is shifted out of the second.
        let rest = u128::from(u64::from_le_bytes(*last)) >> (128 - 8 * bytes.len()) << 64;
        return u128::from(u64::from_le_bytes(*first)) | rest;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let last = u64::from(u32::from_le_bytes(*last)) << (8 * (bytes.len() - 4));
        return u128::from(u64::from(u32::from_le_bytes(*first)) | last);
    }
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u128::from(*byte))
}

impl Vocabulary {
    /// The number of the form `surface`, new or known.
    pub fn id(&mut self, surface: &str) -> WordId {
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let key = Key::of(surface);
        let mask = self.slots.len() - 1;
        let mut at = key.place() & mask;
        loop {
            let slot = self.slots[at];
            if slot.next_id == 0 {
                return self.add(surface, key, at);
            }
            if slot.key == key && (key.is_whole_form() || *self.words[slot.next_id as usize - 1].surface == *surface) {
                return WordId(slot.next_id - 1);
            }
            at = (at + 1) & mask;
        }
    }

    /// What is known of the form `id`.
    #[must_use]
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id.index()]
    }

    /// The form with this number, as it is written.
    #[must_use]
    pub fn form(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| &word.surface)
    }

    /// Every form, in the order of their numbers.
    pub fn words(&self) -> std::slice::Iter<'_, Word> {
        self.words.iter()
    }

    /// How many forms are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether nothing was read yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether it has grown so large that it should be cleared before the next document.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.words.len() >= MOST_FORMS || self.bytes >= MOST_BYTES
    }

    /// Forgets every form. Numbers given before mean nothing any more.
    pub fn clear(&mut self) {
        self.words.clear();
        self.slots.fill(Slot::default());
        self.bytes = 0;
        self.generation += 1;
    }

    /// How often it was cleared.
    #[must_use]
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    fn add(&mut self, surface: &str, key: Key, at: usize) -> WordId {
        let id = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let folded = fold(surface);
        let hash = stable_hash(&folded);
        self.words.push(Word { surface: surface.into(), folded: folded.into(), hash });
        // As written and folded.
        self.bytes += 2 * surface.len();
        self.slots[at] = Slot { key, next_id: id + 1 };
        WordId(id)
    }

    fn grow(&mut self) {
        // A power of two, so that a mask does what a remainder would.
        let mask = (self.slots.len() * 2).max(1024) - 1;
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); mask + 1]);
        for slot in old.into_iter().filter(|slot| slot.next_id != 0) {
            let mut at = slot.key.place() & mask;
            while self.slots[at].next_id != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = slot;
        }
    }
}

/// The form that patterns are compared with: as [`fold_signs`], in lower case.
#[must_use]
pub fn fold(surface: &str) -> String {
    let folded = if surface.is_ascii() {
        surface.to_ascii_lowercase()
    } else {
        straightened(surface).to_lowercase().nfc().collect()
    };
    without_last_stop(folded)
}

/// The form that case-sensitive patterns are compared with: apostrophes straight, ligatures apart, soft hyphens and other
/// invisible characters dropped, letters composed with their marks (NFC), an abbreviation without its last full stop
/// (`U.S`).
#[must_use]
pub fn fold_signs(surface: &str) -> String {
    without_last_stop(if surface.is_ascii() { surface.to_owned() } else { straightened(surface).nfc().collect() })
}

fn without_last_stop(mut folded: String) -> String {
    // `U.S` at the end of a headline and `U.S.` in the text are one word to a pattern.
    if folded.ends_with('.') && folded.starts_with(char::is_alphanumeric) {
        folded.pop();
    }
    folded
}

fn straightened(surface: &str) -> String {
    let mut straight = String::with_capacity(surface.len());
    for character in surface.chars().filter(|&c| !is_invisible(c)) {
        match character {
            // Text taken out of PDF files has ligatures: "ﬁnance".
            '\u{fb00}' => straight.push_str("ff"),
            '\u{fb01}' => straight.push_str("fi"),
            '\u{fb02}' => straight.push_str("fl"),
            '\u{fb03}' => straight.push_str("ffi"),
            '\u{fb04}' => straight.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => straight.push_str("st"),
            apostrophe if is_wide_apostrophe(apostrophe) => straight.push('\''),
            other => straight.push(other),
        }
    }
    straight
}

fn stable_hash(folded: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    folded.bytes().fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_a_pattern_should_not_see() {
        let cases = [
            ("NATO", "nato"),
            ("Don\u{2019}t", "don't"),
            ("\u{2BC}s", "'s"),
            ("U.S.", "u.s"),
            ("u.s", "u.s"),
            ("...", "..."),
            (".", "."),
            ("build\u{AD}ing", "building"),
            ("Cafe\u{301}", "caf\u{e9}"),
            ("O\u{fb03}ce", "office"),
            ("\u{fb02}EES", "flees"),
            ("\u{410}\u{411}", "\u{430}\u{431}"),
            ("@Name_1", "@name_1"),
        ];
        for (surface, folded) in cases {
            assert_eq!(fold(surface), folded, "fold of {surface:?}");
        }
    }

    #[test]
    fn folding_signs_keeps_capitals() {
        for (surface, folded) in [
            ("NATO", "NATO"),
            ("O\u{2019}Brien", "O'Brien"),
            ("U.S.", "U.S"),
            ("Co\u{302}te", "C\u{f4}te"),
            ("\u{fb01}Nance", "fiNance"),
        ] {
            assert_eq!(fold_signs(surface), folded, "signs of {surface:?}");
        }
    }

    #[test]
    fn gives_each_form_one_number_and_starts_anew_when_cleared() {
        let mut vocabulary = Vocabulary::default();
        let prefixes = (1..20).map(|length| "abcdefghijklmnopqrst"[..length].to_owned());
        let forms: Vec<String> = (0..5000).map(|n| format!("form{n}")).chain(prefixes).collect();
        let ids: Vec<WordId> = forms.iter().map(|form| vocabulary.id(form)).collect();
        assert_eq!((vocabulary.len(), vocabulary.is_full(), vocabulary.generation()), (5019, false, 0));
        for (form, id) in forms.iter().zip(&ids) {
            assert_eq!((vocabulary.id(form), &*vocabulary.word(*id).surface), (*id, form.as_str()), "{form}");
        }
        assert_ne!(vocabulary.id("Form1"), vocabulary.id("form1"));
        vocabulary.clear();
        assert_eq!((vocabulary.is_empty(), vocabulary.generation(), vocabulary.id("new").index()), (true, 1, 0));
    }

    #[test]
    fn is_full_after_a_few_enormous_forms() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.id(&"a".repeat(MOST_BYTES));
        assert!(vocabulary.is_full());
    }
}
