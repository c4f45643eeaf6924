//! Measures how much of each article is found in web pages: `cargo run --example main_text FOLDER`, of pages `ID.html.gz` and a
//! `ground-truth.json` that says of each id its `articleBody`, as the benchmark of Scrapinghub for the extraction of articles has them.
//!
//! Precision, recall and F1 are of 4-grams of words, each page counting alike, as that benchmark counts. Pages below .9 are listed.

#![expect(clippy::print_stdout, reason = "an example speaks with people")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use parallax::corpus::{self, Needs, Record};
use parallax::model::CorpusSettings;

/// What was found of one page: shares of 4-grams that are in both, only in ours, only in the article.
struct Found {
    both: f64,
    ours: f64,
    article: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder of pages with a ground-truth.json")?;
    let truth: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(Path::new(&folder).join("ground-truth.json"))?)?;
    let texts = texts(&folder)?;
    let mut sum = Found { both: 0.0, ours: 0.0, article: 0.0 };
    for (id, page) in &truth {
        let article = page["articleBody"].as_str().unwrap_or_default();
        let found = compare(article, texts.get(id).map_or("", String::as_str));
        if f1(&found) < 0.9 {
            println!("{:.3} {id}", f1(&found));
        }
        sum = Found { both: sum.both + found.both, ours: sum.ours + found.ours, article: sum.article + found.article };
    }
    let (precision, recall) = (sum.both / (sum.both + sum.ours), sum.both / (sum.both + sum.article));
    println!("{} pages: precision {precision:.4}, recall {recall:.4}, F1 {:.4}", truth.len(), f1(&sum));
    Ok(())
}

/// The text of each page that was kept, by its id.
fn texts(folder: &str) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let settings = CorpusSettings { path: format!("{folder}/*.html.gz"), ..CorpusSettings::default() };
    // Pages are kept whatever their outlet.
    let set = [("all".to_owned(), "pages".to_owned())].into();
    let needs = Needs { by: "all".to_owned(), date: false, columns: Vec::new(), within: None };
    let mut texts = BTreeMap::new();
    for record in corpus::open(Path::new(""), &[CorpusSettings { set, ..settings }], needs)? {
        if let Record::Kept(document) = record? {
            texts.insert(document.id.clone(), document.text().to_owned());
        }
    }
    Ok(texts)
}

fn compare(article: &str, ours: &str) -> Found {
    let (article, ours) = (grams(article), grams(ours));
    let both: usize = article.iter().map(|(gram, count)| (*count).min(ours.get(gram).copied().unwrap_or(0))).sum();
    let [article, ours] = [&article, &ours].map(|grams| grams.values().sum::<usize>() - both);
    let all = (both + article + ours).max(1);
    let share =
        |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / f64::from(u32::try_from(all).unwrap_or(1));
    Found { both: share(both), ours: share(ours), article: share(article) }
}

fn grams(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut grams = BTreeMap::new();
    for gram in words.windows(4) {
        *grams.entry(gram.to_vec()).or_default() += 1;
    }
    grams
}

fn f1(found: &Found) -> f64 {
    2.0 * found.both / (2.0 * found.both + found.ours + found.article)
}
