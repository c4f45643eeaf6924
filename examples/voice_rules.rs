//! How often each rule of voice fires on a corpus, and how often it is right where people have said who speaks.
//!
//! `cargo run --example voice_rules -- FILE.csv` counts over the columns `title` and `text`; with `FILE.jsonl` (an article
//! a line: `text`, and `attributions` with `source` and `content` as lists of code-point spans) it also counts the
//! attributions whose source and words overlap those of a hand-coded one. Prints rule, fires, right.
//!
//! `benches/voice_rules.csv` puts together what it printed of 1,018 articles on the Ukraine crisis (November 2021 to
//! February 2022, github r2nery/ukraine-media) and of the 84 hand-coded articles of the development part of `PolNeAR`, with
//! two draws of 130 codings each (60 against, 30 neutral, 40 favor) that one reader judged in their articles:
//! `benches/voice_draws.csv`. The first draw (seed 20261128) was made before the mends that it led to, the second (seed 77,
//! none of the first) after these; its own mends came later. Three more draws are of 80 codings marked against each, judged for
//! stance alone: the third (seed 20261201) before further mends, the fourth (20261203) after most of them and the fifth
//! (20261204) after those that the fourth led to, of other articles than the third. Of the last three, again 80 codings marked
//! against each, half of them inside the codebook's months, the sixth (20261211) was drawn before further mends, the seventh
//! (20261212) between and the eighth (20261213) after them, its other half of articles never met. Draws nine to
//! thirteen are of both corpora by all stances (300, 140, 280, 180 and 200 codings), coded blind in their articles, with the rules of
//! stance just before the mends that the thirteenth led to; the fourteenth (220 codings: 100 against, 60 neutral, 60 favor) was drawn
//! after these, and so was the fifteenth (as many). The sixteenth (seed 8021, as many) was drawn after the mends that this led to,
//! the seventeenth (9407) after those that the sixteenth led to, and the eighteenth (5519) after those of the seventeenth; the
//! nineteenth (120111: 637 against, 243 neutral, 220 favor) is of the rules of the eighteenth. These four count a source as right
//! where one name holds the other. A rule of stance is wrong where the stance is, a rule of voice where voice or source is.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;

use parallax::model::{Document, Span};
use parallax::text::{AttributedWords, Language, Reading, Vocabulary, VoiceReader, VoiceRule, read};
use serde_json::Value;

/// One article, with what people found in it.
struct Article {
    document: Document,
    coded: Vec<Coded>,
}

/// A hand-coded attribution, in code points.
struct Coded {
    source: Option<Span>,
    content: Option<Span>,
}

/// How often a rule fired, and how often it was right.
#[derive(Default)]
struct Tally {
    fired: usize,
    right: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a .csv or .jsonl file")?;
    let articles = if Path::new(&path).extension().is_some_and(|extension| extension == "jsonl") {
        of_json_lines(&path)?
    } else {
        of_csv(&path)?
    };
    let mut tallies: BTreeMap<VoiceRule, Tally> = VoiceRule::all().map(|rule| (rule, Tally::default())).collect();
    let mut reader = VoiceReader::default();
    let (mut vocabulary, mut reading) = (Vocabulary::default(), Reading::default());
    for article in &articles {
        let content = article.document.content();
        read(&article.document, Language::of("en"), &mut vocabulary, &mut reading);
        let voices = reader.read(content, &reading, &vocabulary, Language::of("en"));
        for found in voices.attributions() {
            let tally = tallies.entry(found.rule).or_default();
            tally.fired += 1;
            tally.right += usize::from(article.coded.iter().any(|coded| agrees(content, found, coded)));
        }
        for token in &reading.tokens {
            tallies.entry(voices.stand_of(token.span).rule).or_default().fired += 1;
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "rule,fired,right")?;
    for (rule, tally) in tallies {
        writeln!(out, "{},{},{}", rule.id(), tally.fired, tally.right)?;
    }
    Ok(())
}

/// Whether source and words overlap those of the hand coding; both may name nobody.
fn agrees(content: &str, found: &AttributedWords, coded: &Coded) -> bool {
    let overlaps =
        |ours: Option<Span>, theirs: Option<Span>| match (ours.map(|span| code_points(content, span)), theirs) {
            (Some(ours), Some(theirs)) => ours.start < theirs.end && theirs.start < ours.end,
            (ours, theirs) => ours.is_none() && theirs.is_none(),
        };
    overlaps(found.source, coded.source) && overlaps(Some(found.hull()), coded.content)
}

fn code_points(content: &str, span: Span) -> Span {
    let at = |byte: usize| content[..byte].chars().count();
    Span::new(at(span.start), at(span.end))
}

fn of_csv(path: &str) -> Result<Vec<Article>, Box<dyn Error>> {
    let mut rows = csv::Reader::from_path(path)?;
    let mut articles = Vec::new();
    for row in rows.deserialize::<BTreeMap<String, String>>() {
        let row = row?;
        let field = |name: &str| row.get(name).map_or("", String::as_str);
        articles.push(Article { document: Document::new("", field("title"), field("text")), coded: Vec::new() });
    }
    Ok(articles)
}

fn of_json_lines(path: &str) -> Result<Vec<Article>, Box<dyn Error>> {
    let mut articles = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let article: Value = serde_json::from_str(line)?;
        let coded = article["attributions"].as_array().into_iter().flatten();
        let coded = coded.map(|it| Coded { source: hull(&it["source"]), content: hull(&it["content"]) }).collect();
        articles.push(Article { document: Document::new("", "", article["text"].as_str().unwrap_or_default()), coded });
    }
    Ok(articles)
}

/// From the first to the last of a list of spans.
fn hull(spans: &Value) -> Option<Span> {
    let number = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
    let span = |pair: &Value| Some(Span::new(number(&pair[0])?, number(&pair[1])?));
    spans.as_array()?.iter().filter_map(span).reduce(Span::hull)
}
