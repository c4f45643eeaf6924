//! What a single line end means: the end of a paragraph, or the place where a typewriter had no room left.

use memchr::memchr_iter;

use crate::text::characters::char_at;

/// Lines longer than this are paragraphs.
const WIDEST: usize = 200;

/// How the lines of a text were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrapping {
    /// One paragraph (or headline, or list item) per line.
    Paragraphs,
    /// Lines broken inside sentences wherever the next word would have made them longer than this, in bytes.
    Hard(usize),
}

impl Wrapping {
    /// Judges by how many line ends have a small letter after them and no full stop before.
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut lines, mut continued, mut width, mut line_start) = (0, 0, 0, 0);
        for line_end in memchr_iter(b'\n', bytes) {
            width = width.max(line_end - line_start);
            line_start = line_end + 1;
            let before = text[..line_end].trim_end_matches(['\r', ' ']).as_bytes().last();
            let after = char_at(text, line_start);
            // Blank lines part paragraphs in either kind of text, and so tell nothing.
            if after.is_none_or(|c| c == '\n' || c == '\r') || matches!(before, None | Some(b'\n')) {
                continue;
            }
            lines += 1;
            // After a colon comes a list, each item on a line of its own, often in small letters.
            let small = after.is_some_and(char::is_lowercase);
            continued += usize::from(small && !matches!(before, Some(b'.' | b'!' | b'?' | b':')));
        }
        width = width.max(bytes.len() - line_start);
        // One such line end may be a slip. In hard-wrapped text about every line ends amid a sentence, but not all of
        // the next ones begin small: names and numbers do not.
        if continued >= 2 && continued * 4 >= lines && width <= WIDEST { Self::Hard(width) } else { Self::Paragraphs }
    }

    /// Whether the line end at `line_end`, before the word at `next`, was only for want of room.
    pub(super) fn is_forced(self, text: &str, line_end: usize, next: usize) -> bool {
        let Self::Hard(width) = self else { return false };
        let bytes = text.as_bytes();
        let earliest = line_end.saturating_sub(WIDEST);
        let line_start =
            bytes[earliest..line_end].iter().rposition(|&byte| byte == b'\n').map_or(earliest, |at| earliest + at + 1);
        let word = bytes[next..].iter().take(WIDEST).take_while(|byte| !byte.is_ascii_whitespace()).count();
        // Had the next word still fitted, the line was ended on purpose: a headline, or the end of a paragraph.
        line_end - line_start + 1 + word > width
    }
}
