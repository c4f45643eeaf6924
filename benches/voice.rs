//! How fast the voices of a text are found, on plain prose and on texts made to be slow: time per byte must not grow
//! with length.

use divan::{Bencher, counter::BytesCount};
use parallax::model::Document;
use parallax::text::{Language, Reading, Vocabulary, VoiceReader, read};

const PROSE: &str = "The convoy of some 1,500 vehicles crossed the border at 5 a.m. on Monday, the U.S. said. \
    “We'll defend every village,” Gen. Petro Koval told reporters in the country's capital. Nobody asked why. ";
const UNITS: [&str; 11] = [
    "prose",
    "\" ",
    " \"a",
    "said ",
    "he said she said ",
    "Koval ",
    "Ewa Lis ",
    "Koval said, ",
    "claims that he said that ",
    "\"No.\n",
    "Ewa Lis said he said that \"x\" she told him that ",
];

fn main() {
    divan::main();
}

#[divan::bench(args = UNITS, consts = [1, 5], sample_count = 10)]
fn voices<const MEGABYTES: usize>(bencher: Bencher, unit: &str) {
    let unit = if unit == "prose" { PROSE } else { unit };
    let document = Document::new("1", "A title", &unit.repeat((MEGABYTES << 20) / unit.len()));
    let (mut vocabulary, mut reading, mut reader) = (Vocabulary::default(), Reading::default(), VoiceReader::default());
    read(&document, Language::of("en"), &mut vocabulary, &mut reading);
    bencher.counter(BytesCount::of_str(document.content())).bench_local(|| {
        reader.read(document.content(), &reading, &vocabulary, Language::of("en")).attributions().len()
    });
}
