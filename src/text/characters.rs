//! What characters count as: letters of words, blanks, marks. A table for ASCII, the Unicode properties for the rest.

pub(super) use unicode_normalization::char::is_combining_mark;

/// What a byte of UTF-8 may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ByteClass {
    /// ASCII white space or a control character.
    Blank,
    /// An ASCII letter or digit.
    Word,
    /// Any other ASCII character.
    Mark,
    /// Part of a character beyond ASCII.
    Wide,
}

static CLASSES: [ByteClass; 256] = classes();

const fn classes() -> [ByteClass; 256] {
    let mut table = [ByteClass::Wide; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = if byte.is_ascii_alphanumeric() {
            ByteClass::Word
        } else if byte <= b' ' || byte == 127 {
            ByteClass::Blank
        } else {
            ByteClass::Mark
        };
        byte += 1;
    }
    table
}

#[inline]
pub(super) fn class_of(byte: u8) -> ByteClass {
    CLASSES[byte as usize]
}

/// The character that begins at `at`, if any does.
#[inline]
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// White space, control characters, and format characters that show nothing: what may lie between tokens.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control() || is_invisible(character)
}

/// Format characters that show nothing: they do not break a word, and patterns do not see them.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}')
}

/// Letters, digits, and the marks combined with them; superscript digits are footnote marks, not part of a word.
pub(super) fn is_word_char(character: char) -> bool {
    match character {
        '\0'..='\u{7F}' => character.is_ascii_alphanumeric(),
        '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}'..='\u{209F}' => false,
        _ => character.is_alphanumeric() || is_combining_mark(character),
    }
}

/// Letters of scripts that are written without spaces between words.
pub(super) fn is_unspaced(character: char) -> bool {
    character >= '\u{E00}'
        && matches!(character,
            '\u{E01}'..='\u{E30}' | '\u{E32}'..='\u{E33}' | '\u{E40}'..='\u{E46}' // Thai
            | '\u{E81}'..='\u{EB0}' | '\u{EB2}'..='\u{EB3}' | '\u{EBD}'..='\u{EC6}' // Lao
            | '\u{1000}'..='\u{102A}' | '\u{103F}' | '\u{1780}'..='\u{17B3}' // Burmese, Khmer
            | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}'
            | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' // kana
            | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFD}') // Han
}

/// Length in bytes of the apostrophe at `at`, 0 if none is there. Hebrew geresh and gershayim count: they stand inside
/// words in the same way.
pub(super) fn apostrophe_len(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        Some(b'\'') => 1,
        Some(128..) => char_at(text, at).filter(|&c| is_wide_apostrophe(c)).map_or(0, char::len_utf8),
        _ => 0,
    }
}

/// Apostrophes beyond ASCII that are folded to the straight one.
pub(super) fn is_wide_apostrophe(character: char) -> bool {
    matches!(
        character,
        // Also what stands for an apostrophe by mistake: the acute accent of `it´s`, and the opening mark that word
        // processors put into `‘90s`.
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BC}' | '\u{B4}' | '\u{FF07}' | '\u{5F3}' | '\u{5F4}'
    )
}

/// Whether `next` modifies the symbol `previous` rather than being one of its own.
pub(super) fn extends_mark(previous: char, next: char) -> bool {
    let flag = '\u{1F1E6}'..='\u{1F1FF}';
    is_combining_mark(next)
        || next == '\u{200D}' && !previous.is_whitespace()
        || previous == '\u{200D}' && !next.is_whitespace() && !next.is_alphanumeric() && next > '\u{2000}'
        || ('\u{1F3FB}'..='\u{1F3FF}').contains(&next)
        || flag.contains(&previous) && flag.contains(&next)
}
