//! How fast texts are cut into tokens and sentences, on plain prose and on texts made to be slow: time per byte must
//! not grow with length.

use divan::{Bencher, counter::BytesCount};
use parallax::model::{Document, Span};
use parallax::text::{Language, Reading, Vocabulary, read, sentence_spans, token_spans};

const PROSE: &str = "The convoy of some 1,500 vehicles crossed the border at 5 a.m. on Monday, the U.S. said. \
    “We'll defend every village,” Gen. Petro Koval told reporters in the country's capital. Nobody asked why. ";
const UNITS: [&str; 9] = ["prose", "\"", "a", ".", "said ", "e\u{301}\u{301}", "@", "a.", "A. "];

fn main() {
    divan::main();
}

fn text(unit: &str, megabytes: usize) -> String {
    let unit = if unit == "prose" { PROSE } else { unit };
    unit.repeat((megabytes << 20) / unit.len())
}

#[divan::bench(args = UNITS, consts = [1, 5])]
fn tokens<const MEGABYTES: usize>(bencher: Bencher, unit: &str) {
    let text = text(unit, MEGABYTES);
    bencher.counter(BytesCount::of_str(&text)).bench(|| token_spans(&text, Span::new(0, text.len())).count());
}

#[divan::bench(args = UNITS, consts = [1, 5])]
fn sentences<const MEGABYTES: usize>(bencher: Bencher, unit: &str) {
    let text = text(unit, MEGABYTES);
    let whole = Span::new(0, text.len());
    bencher.counter(BytesCount::of_str(&text)).bench(|| sentence_spans(&text, whole, Language::of("en")).len());
}

#[divan::bench(args = UNITS, consts = [1, 5])]
fn reading<const MEGABYTES: usize>(bencher: Bencher, unit: &str) {
    let document = Document::new("1", "A title", &text(unit, MEGABYTES));
    let (mut vocabulary, mut reading) = (Vocabulary::default(), Reading::default());
    bencher.counter(BytesCount::of_str(document.content())).bench_local(|| {
        read(&document, Language::of("en"), &mut vocabulary, &mut reading);
        reading.tokens.len()
    });
}
