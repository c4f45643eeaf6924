//! Text in figures: how wide it is, where it breaks, and what of a label may be shown at all.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::char::is_combining_mark;

use crate::report::escape::markup;
use crate::report::figures::shapes::Type;

/// The family as programs know it that have the font, then what comes close to it in width.
pub(super) const FAMILIES: &str = "DejaVu Sans Condensed, Arial, Liberation Sans, Helvetica, DejaVu Sans, sans-serif";

/// The family as the font itself has it.
const FAMILY: &str = "DejaVu Sans";

/// Combining marks shown on one letter; no script needs more.
const MOST_MARKS: usize = 3;

/// Characters of a label that can matter to a reader.
const MOST_CHARACTERS: usize = 200;

/// How near to the edge the width of a line is asked for exactly, in the size of the letters.
const EDGE: f64 = 0.1;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for font in [dejavu::sans_condensed::regular(), dejavu::sans_condensed::bold()] {
        fonts.load_font_source(Source::Binary(Arc::new(font)));
    }
    Arc::new(fonts)
});

/// Widths at size 1 that were measured, by text and whether it is bold: the figures of a study share most of their words.
static MEASURED: Mutex<BTreeMap<(String, bool), f64>> = Mutex::new(BTreeMap::new());

/// Widths kept at most, so that a program that draws for days does not grow.
const MOST_MEASURED: usize = 20_000;

/// How an SVG becomes shapes: with the fonts of this program and no others, so that every machine draws the same.
pub(super) fn options() -> Options<'static> {
    Options { fontdb: FONTS.clone(), font_family: FAMILY.to_owned(), ..Options::default() }
}

/// Whether the font of the pictures has every letter of `text`.
pub(super) fn drawable(text: &str) -> bool {
    missing(text) == 0
}

/// How many letters of `text` the font lacks, as it does those of Chinese, Japanese and Korean.
fn missing(text: &str) -> usize {
    let font = FontRef::new(dejavu::sans_condensed::regular()).ok();
    font.map_or(0, |font| {
        text.chars().filter(|c| font.charmap().map(*c).is_none_or(|glyph| glyph.to_u32() == 0)).count()
    })
}

/// Measures text; what it has measured once it knows.
pub(super) struct Ruler {
    options: Options<'static>,
}

impl Ruler {
    pub(super) fn new() -> Self {
        Self { options: options() }
    }

    /// How far `text` goes at that size, in the unit of the size. The text is shaped as it will be drawn.
    pub(super) fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        let key = (text.to_owned(), bold);
        let measured = || MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(width) = measured().get(&key) {
            return width * size;
        }
        let width = self.measure(text, bold);
        let mut known = measured();
        if known.len() >= MOST_MEASURED {
            known.clear();
        }
        known.insert(key, width);
        width * size
    }

    /// The width at size 1; that of so many wide letters where the text cannot be shaped.
    fn measure(&self, text: &str, bold: bool) -> f64 {
        const SIZE: f32 = 100.0;
        let weight = if bold { "bold" } else { "normal" };
        // Asked of the code that will draw it, so that what fits here fits there, kerning included.
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text font-family=\"{FAMILY}\" \
             font-size=\"{SIZE}\" font-weight=\"{weight}\" xml:space=\"preserve\">{}</text></svg>",
            markup(text)
        );
        let tree = Tree::from_str(&svg, &self.options).ok();
        let width = tree.and_then(|tree| Some(tree.root().children().first()?.bounding_box().width() / SIZE));
        #[expect(clippy::cast_precision_loss, reason = "labels have at most 200 characters")]
        let fallback = || text.trim().chars().count() as f64;
        let width = width.map_or_else(fallback, f64::from);
        // Where another font stands in for letters that this one lacks, they are up to a square wide, not half of one.
        #[expect(clippy::cast_precision_loss, reason = "labels have at most 200 characters")]
        let lacking = missing(text) as f64 / 2.0;
        width + lacking
    }

    /// The same of a text that looks so.
    pub(super) fn width_in(&self, text: &str, look: Type<'_>) -> f64 {
        self.width(text, look.size, look.bold)
    }

    /// `text` in lines no wider than `width`; what does not fit into `most` lines ends in an ellipsis.
    pub(super) fn wrapped(&self, text: &str, look: Type<'_>, width: f64, most: usize) -> Vec<String> {
        let fits = |line: &str| self.width_in(line, look) <= width;
        let mut lines: Vec<String> = Vec::new();
        // A line and the sum of the widths of its words, which recur where beginnings of lines do not. Only near the edge is the
        // line itself measured, as sums are rounded.
        let edge = width - look.size * EDGE;
        let (mut line, mut reached) = (String::new(), 0.0);
        let mut words = self.pieces(text, look, width).into_iter();
        while let Some(word) = words.next() {
            let joins =
                line.is_empty() || line.ends_with(' ') && reached + self.width_in(word.trim_end(), look) <= edge;
            if joins || fits(format!("{line}{word}").trim_end()) {
                reached += self.width_in(&word, look);
                line.push_str(&word);
                continue;
            }
            if lines.len() + 1 == most {
                line.push_str(&word);
                line.extend(words);
                break;
            }
            lines.push(line.trim_end().to_owned());
            reached = self.width_in(&word, look);
            line = word;
        }
        lines.push(line.trim_end().to_owned());
        lines.into_iter().map(|line| if fits(&line) { line } else { cut(&line, &fits) }).collect()
    }

    /// The text in pieces between which a line may break: after spaces, and, in words too long for a line, after hyphens
    /// and inside.
    fn pieces(&self, text: &str, look: Type<'_>, width: f64) -> Vec<String> {
        let fits = |word: &str| self.width_in(word.trim_end(), look) <= width;
        let mut pieces = Vec::new();
        for word in text.split_inclusive(' ') {
            if fits(word) {
                pieces.push(word.to_owned());
            } else {
                let parts = word.split_inclusive(['-', '\u{2013}']);
                parts.for_each(|part| pieces.extend(broken(part, &fits)));
            }
        }
        pieces
    }
}

/// A word in pieces that fit, with a hyphen after each but the last; three letters at least stand after a break.
fn broken(word: &str, fits: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while !fits(rest) {
        let letters = rest.char_indices().filter(|(_, c)| !is_combining_mark(*c));
        let mut ends: Vec<usize> = letters.map(|(at, _)| at).skip(2).collect();
        ends.truncate(ends.len().saturating_sub(2).max(1));
        let most = ends.partition_point(|end| fits(&format!("{}-", &rest[..*end])));
        let Some(end) = most.checked_sub(1).map(|last| ends[last]) else { break };
        pieces.push(format!("{}-", &rest[..end]));
        rest = &rest[end..];
    }
    pieces.push(rest.to_owned());
    pieces
}

/// As much of `line` as fits with an ellipsis after it.
fn cut(line: &str, fits: &dyn Fn(&str) -> bool) -> String {
    let ends: Vec<usize> = line.char_indices().filter(|(_, c)| !is_combining_mark(*c)).map(|(at, _)| at).collect();
    let most = ends.partition_point(|end| fits(&format!("{}…", &line[..*end])));
    let end = most.checked_sub(1).map_or(0, |last| ends[last]);
    format!("{}…", line[..end].trim_end())
}

/// `text` as a figure may show it: on one line, without control and direction characters or the escape sequences of
/// terminals, with a few combining marks on each letter, and not endless.
pub(super) fn clean(text: &str) -> String {
    let mut shown = String::new();
    let (mut marks, mut count) = (0, 0);
    for c in without_escape_sequences(text).split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if c.is_control() || unseen(c) {
            continue;
        }
        // Letters under heaps of combining marks reach over the rows above and below.
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > MOST_MARKS {
            continue;
        }
        count += 1;
        if count > MOST_CHARACTERS {
            shown.push('…');
            break;
        }
        shown.push(c);
    }
    shown.trim_end().to_owned()
}

/// `text` without what tells terminals to change colour or to move: `ESC [ 31 m`.
fn without_escape_sequences(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c != '\u{1b}' {
            kept.push(c);
        } else if characters.next_if_eq(&'[').is_some() {
            while characters.next_if(|c| !('\u{40}'..='\u{7e}').contains(c)).is_some() {}
            characters.next();
        }
    }
    kept
}

/// Characters that only turn the direction of the text after them, and those that XML cannot hold.
fn unseen(c: char) -> bool {
    // One override of direction in the name of an outlet would turn all that is written after it.
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::figures::shapes::TextAnchor;

    const SEVEN: Type<'static> = Type { size: 7.0, bold: false, fill: "#000000", anchor: TextAnchor::Start };

    #[test]
    fn labels_lose_what_could_do_harm_and_keep_the_rest() {
        for (text, shown) in [
            ("Daily Pennant", "Daily Pennant"),
            ("  a\u{7}\tb\r\nc\u{0} ", "a b c"),
            ("\u{1b}[31mred\u{1b}[0m \u{1b}[1;4mline", "red line"),
            ("\u{202e}evil\u{2066}\u{200f}", "evil"),
            ("الجزيرة", "الجزيرة"),
            ("\u{feff}Газета", "Газета"),
            ("", ""),
        ] {
            assert_eq!(clean(text), shown, "{text:?}");
        }
        let stacked = format!("Z{}algo", "\u{301}".repeat(5_000));
        assert_eq!(clean(&stacked), "Z\u{301}\u{301}\u{301}algo");
        assert_eq!(clean(&"x".repeat(1_000)).chars().count(), MOST_CHARACTERS + 1);
    }

    #[test]
    fn widths_are_those_of_the_shaped_text() {
        let ruler = Ruler::new();
        // Advance widths of DejaVu Sans Condensed: i 569, m 1796 of 2048 units to the em.
        assert!((ruler.width("iiii", 2048.0, false) / 4.0 - 512.0).abs() < 1.0);
        let joined = ruler.width("ببب", 10.0, false);
        let apart = 3.0 * ruler.width("ب", 10.0, false);
        assert!(joined > 0.0 && joined < apart, "joined letters are narrower: {joined}, {apart}");
        assert!(ruler.width("Bold", 7.0, true) > ruler.width("Bold", 7.0, false));
        assert!(ruler.width("", 7.0, false) < f64::EPSILON);
        let words: f64 = ["To ", "AV ", "fi, ", "Way"].iter().map(|word| ruler.width(word, 10.0, false)).sum();
        assert!(
            (ruler.width("To AV fi, Way", 10.0, false) - words).abs() < EDGE,
            "blanks end what letters do to each other"
        );
    }

    #[test]
    fn lines_are_never_wider_than_asked() {
        let ruler = Ruler::new();
        for text in ["Tidewater News Network", "Donaudampfschifffahrtsgesellschaft", "Независимая газета вечерняя", "a"]
        {
            for (width, most) in [(20.0, 1), (40.0, 2), (60.0, 3), (300.0, 1)] {
                let lines = ruler.wrapped(text, SEVEN, width, most);
                assert!(!lines.is_empty() && lines.len() <= most, "{text} {width}: {lines:?}");
                for line in &lines {
                    assert!(ruler.width(line, 7.0, false) <= width, "{text} {width}: {lines:?}");
                }
            }
        }
        assert_eq!(ruler.wrapped("Tidewater News Network", SEVEN, 300.0, 3), ["Tidewater News Network"]);
        assert_eq!(ruler.wrapped("western-fearmongering", SEVEN, 50.0, 2), ["western-", "fearmongering"]);
        assert_eq!(ruler.wrapped("Military build-up", SEVEN.bold(), 53.0, 2), ["Military", "build-up"]);
        let broken = ruler.wrapped("Western fearmongering", SEVEN.bold(), 48.0, 3);
        assert!(broken.last().is_some_and(|rest| rest.chars().count() >= 3), "{broken:?}");
    }

    #[test]
    fn letters_that_the_font_lacks_are_known_and_get_room() {
        for (text, known) in
            [("Daily Pennant", true), ("Газета", true), ("الجزيرة", true), ("北方晚报", false), ("a報", false)]
        {
            assert_eq!(drawable(text), known, "{text}");
        }
        assert!(Ruler::new().width("北方晚报", 10.0, false) >= 40.0);
    }
}
