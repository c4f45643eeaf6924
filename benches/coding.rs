//! How fast texts are read, searched and coded, on one core. Run with `cargo bench --bench coding`.
//!
//! The corpus is the file that the environment variable `PARALLAX_CORPUS` names (CSV or JSONL, plain or compressed, with
//! the columns id, outlet, date, title, text), else the demo articles, repeated. Throughput counts bytes of text.

#![expect(clippy::expect_used, reason = "a benchmark that cannot set itself up has nothing to measure")]

use std::env;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use parallax::codebook::{Codebook, parse};
use parallax::coding::{DocumentReader, code};
use parallax::corpus::{Needs, Record, open, read_text};
use parallax::model::{CorpusSettings, Document};
use parallax::text::{Language, Reading, Vocabulary, read};

/// Bytes of text that a round works on, more or less.
const ROUND: usize = 8 << 20;

static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(documents);
static DEMO: LazyLock<Codebook> = LazyLock::new(|| {
    let path = demo("codebook.toml");
    parse(&read_text(&path).expect("the demo codebook"), "codebook.toml").expect("a valid codebook")
});

fn main() {
    divan::main();
}

fn demo(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/ukraine-crisis").join(name)
}

fn documents() -> Vec<Document> {
    let path = env::var("PARALLAX_CORPUS").unwrap_or_else(|_| demo("articles/*.csv").display().to_string());
    let settings = [CorpusSettings { path, ..CorpusSettings::default() }];
    let needs = Needs { by: "outlet".to_owned(), date: false, columns: Vec::new(), within: None };
    let mut corpus = open(Path::new("."), &settings, needs).expect("a corpus");
    let (mut all, mut bytes) = (Vec::new(), 0);
    while let Some(record) = corpus.next_record().expect("a readable corpus") {
        if let Record::Kept(document) = record {
            bytes += document.content().len();
            all.push(document);
        }
        if bytes >= ROUND {
            return all;
        }
    }
    let repeats = ROUND / bytes.max(1);
    let one = all.clone();
    (0..repeats).for_each(|_| all.extend(one.iter().cloned()));
    all
}

fn size() -> BytesCount {
    BytesCount::new(DOCUMENTS.iter().map(|document| document.content().len()).sum::<usize>())
}

#[divan::bench(sample_count = 5)]
fn sentences_and_tokens(bencher: Bencher) {
    let (mut vocabulary, mut reading) = (Vocabulary::default(), Reading::default());
    bencher.counter(size()).bench_local(|| {
        for document in DOCUMENTS.iter() {
            read(document, Language::of("en"), &mut vocabulary, &mut reading);
        }
    });
}

#[divan::bench(sample_count = 5)]
fn coding_with_the_demo_codebook(bencher: Bencher) {
    code_all(bencher, &DEMO);
}

/// Patterns over the words of the corpus, of the shapes that codebooks have. 2,000 must not take ten times as long as 20.
#[divan::bench(args = [20, 200, 2000], sample_count = 5)]
fn coding_with_patterns(bencher: Bencher, patterns: usize) {
    let codebook = synthetic(patterns);
    code_all(bencher, &codebook);
}

fn code_all(bencher: Bencher, codebook: &Codebook) {
    let mut reader = DocumentReader::default();
    bencher.counter(size()).bench_local(|| {
        let codings = |document| code(codebook, document, &mut reader).codings.len();
        DOCUMENTS.iter().map(codings).sum::<usize>()
    });
}

fn synthetic(patterns: usize) -> Codebook {
    let (mut vocabulary, mut reading) = (Vocabulary::default(), Reading::default());
    let mut words = Vec::new();
    for document in DOCUMENTS.iter().take(500) {
        read(document, None, &mut vocabulary, &mut reading);
        words.extend(reading.tokens.iter().map(|token| vocabulary.word(token.word).folded.to_string()));
    }
    words.retain(|word| word.len() > 4 && word.chars().all(char::is_alphabetic));
    words.sort();
    words.dedup();
    let word = |number: usize| &words[number * 7919 % words.len()];
    let mut text = "[[frame]]\nid = \"f\"\n".to_owned();
    for number in 0..patterns {
        let (a, b, c, d) = (word(4 * number), word(4 * number + 1), word(4 * number + 2), word(4 * number + 3));
        let pattern = match number % 4 {
            0 => format!("({a} | {b}*) NEAR/6 ({c} | {d})"),
            1 => format!("{a} {b}"),
            2 => format!("{a}* BEFORE/4 {b}"),
            _ => format!("{a} | {b} {c} | *{d}"),
        };
        writeln!(text, "[[rule]]\nid = \"r{number}\"\nframe = \"f\"\nmatch = \"{pattern}\"")
            .expect("a string takes all");
    }
    parse(&text, "synthetic.toml").expect("a valid codebook")
}
