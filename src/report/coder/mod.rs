//! A page for one human coder: the sentences or documents of a sample, to be coded by keys, in one file that needs no network. The same
//! page serves adjudication, with only what the coders disagree on and what each of them said, without names.
//!
//! What a coder must not know is not in the file: no machine's label, no probability, no stratum (its name tells whether a
//! frame was found), no other coder's name; outlet and date only where the sample is open. What is coded is joined to its
//! document again by `item` and the sample's key.
//!
//! Not here: how units are drawn and dealt out (`study`), and how what a page saves is read (`corpus::codings`).

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};

use crate::codebook::{Codebook, Rule};
use crate::report::web::{Module, escaped, filled, joined, policy, write_packed};
use crate::report::{ReportError, SampledUnit, Staging};

const TEMPLATE: &str = concat!(include_str!("../web/head.html"), include_str!("page.html"));
const STYLE: &str = include_str!("coder.css");
const MODULES: [Module; 8] = [
    Module { name: "elements.js", text: include_str!("elements.js") },
    Module { name: "exchange.js", text: include_str!("exchange.js") },
    Module { name: "keeping.js", text: include_str!("keeping.js") },
    Module { name: "picking.js", text: include_str!("picking.js") },
    Module { name: "showing.js", text: include_str!("showing.js") },
    Module { name: "start.js", text: include_str!("start.js") },
    Module { name: "unpacking.js", text: include_str!("unpacking.js") },
    Module { name: "work.js", text: include_str!("work.js") },
];

/// Examples of each kind that a frame shows beside the text: enough to see the edge, few enough to be read.
const EXAMPLES: usize = 4;

/// Letters of a document that name it in lists.
const BEGINNING: usize = 160;

/// What a coder's page is made of.
#[derive(Clone, Copy, Debug)]
pub struct CoderPage<'a> {
    /// Title of the study.
    pub title: &'a str,
    /// Names this draw: the browser keeps the work of one sample apart from that of another.
    pub sample: &'a str,
    /// What tells its file of codings from those of earlier parts of the sample, such as `-2`.
    pub part: &'a str,
    /// Who codes.
    pub coder: &'a str,
    /// Whether outlet and date are left out.
    pub is_blinded: bool,
    /// Whether voice and stance are asked of each frame that is there.
    pub asks_voices: bool,
    /// The frames, with definitions and examples.
    pub codebook: &'a Codebook,
    /// Title and text of each document that a sentence is from, by id.
    pub articles: &'a BTreeMap<String, Article>,
    /// In the order in which they are coded.
    pub sampled: &'a [SampledUnit],
    /// Where coders disagree, by item; `None` in a page for coding.
    pub disputes: Option<&'a BTreeMap<String, Vec<Dispute>>>,
}

/// An article as its coder may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// As the corpus has it.
    pub title: String,
    /// As the corpus has it.
    pub text: String,
}

/// A frame that coders see differently in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Id of the frame.
    pub frame: String,
    /// What each coder said, in words and without a name, in an order that tells nothing.
    pub opinions: Vec<String>,
}

/// Writes the page as `name` among the outputs of `staging`.
///
/// # Errors
/// When the file cannot be written.
pub fn write_coder_page(staging: &mut Staging, name: &str, page: &CoderPage<'_>) -> Result<(), ReportError> {
    let script = joined(&MODULES);
    let heading = match page.disputes {
        None => format!("Coding: {}", page.coder),
        Some(_) => "Adjudication".to_owned(),
    };
    let parts = [
        ("title", escaped(page.title)),
        ("heading", escaped(&heading)),
        ("policy", policy(&script, STYLE)),
        ("style", STYLE.to_owned()),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("script", script),
    ];
    let mut file = staging.create(name)?;
    let at = |error| ReportError::at(&staging.destination(name), error);
    let (before, after) = TEMPLATE.split_once("@@data@@").unwrap_or((TEMPLATE, ""));
    file.write_all(filled(before, &parts).as_bytes()).map_err(at)?;
    write_packed(&mut file, "task", &task(page)).map_err(at)?;
    file.write_all(filled(after, &parts).as_bytes()).map_err(at)?;
    staging.keep(file)
}

/// All that the page's script knows; its types stand in `work.js`.
fn task(page: &CoderPage<'_>) -> Value {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut articles = Vec::new();
    let mut items = Vec::new();
    for unit in page.sampled {
        let number = *numbers.entry(&unit.document).or_insert_with(|| {
            articles.push(article(page, unit));
            articles.len() - 1
        });
        items.push(item(page, unit, number));
    }
    let frames: Vec<Value> = (0..page.codebook.frames.len()).map(|number| frame(page.codebook, number)).collect();
    json!({
        "kind": if page.disputes.is_some() { "adjudicate" } else { "code" },
        "sample": page.sample,
        "coder": page.coder,
        "part": page.part,
        "voices": page.asks_voices,
        "frames": frames,
        "articles": articles,
        "items": items,
    })
}

fn article(page: &CoderPage<'_>, unit: &SampledUnit) -> Value {
    let date = unit.date.map(|date| date.to_string());
    let about: Vec<&str> =
        [&unit.outlet[..]].into_iter().chain(date.as_deref()).filter(|part| !part.is_empty()).collect();
    let article = page.articles.get(&unit.document);
    json!({
        "title": article.map_or("", |article| &article.title),
        "text": article.map_or("", |article| &article.text),
        "about": if page.is_blinded { String::new() } else { about.join(", ") },
    })
}

fn item(page: &CoderPage<'_>, unit: &SampledUnit, article: usize) -> Value {
    // The title's offsets are its own; the text has no place for it.
    let place = unit.place.filter(|_| unit.sentence > Some(0)).map(|(start, end)| [start, end]);
    let mut item = json!({ "item": unit.item, "article": article, "words": unit.words, "place": place });
    if unit.sentence.is_none() {
        // The page has the article once; what stands here names it in lists and in the file that is saved.
        item["whole"] = json!(true);
        item["words"] = json!(["", beginning(&unit.words[1]), ""]);
    }
    if let Some(disputes) = page.disputes.and_then(|disputes| disputes.get(&unit.item)) {
        let label = |id: &str| {
            page.codebook.frames.iter().find(|frame| frame.id == id).map_or(id, |frame| &frame.label).to_owned()
        };
        item["asked"] = disputes.iter().map(|dispute| json!(dispute.frame)).collect();
        item["opinions"] = disputes
            .iter()
            .map(|dispute| json!({ "frame": label(&dispute.frame), "says": dispute.opinions.join("; ") }))
            .collect();
    }
    item
}

/// The first words of a document.
fn beginning(content: &str) -> &str {
    let line = content.lines().next().unwrap_or_default();
    line.char_indices().nth(BEGINNING).map_or(line, |(end, _)| &line[..end])
}

/// A frame with its definition, and examples that its rules must and must not match.
fn frame(codebook: &Codebook, number: usize) -> Value {
    let frame = &codebook.frames[number];
    let examples = |of: fn(&Rule) -> &Vec<String>| {
        let rules = codebook.rules.iter().filter(|rule| rule.frame == number);
        // One example of each rule says more than all of the first.
        let mut examples: Vec<&String> = rules.filter_map(|rule| of(rule).first()).collect();
        examples.truncate(EXAMPLES);
        json!(examples)
    };
    json!({
        "id": frame.id,
        "label": frame.label,
        "definition": frame.definition,
        "hits": examples(|rule| &rule.hits),
        "misses": examples(|rule| &rule.misses),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::web::tests_of_modules::troubles;

    #[test]
    fn its_modules_can_be_joined() {
        assert_eq!(troubles(&MODULES), Vec::<String>::new());
    }
}
