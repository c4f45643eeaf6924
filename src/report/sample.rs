//! A sample of sentences for human coders: a CSV to fill in with a spreadsheet, and the same as tasks for Label
//! Studio and doccano.

use std::io::Write;

use csv::Writer;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::model::{Document, Span, guarded};
use crate::report::code_points::CodePoints;
use crate::report::{ReportError, Staging};

/// The sample to fill in.
pub const SAMPLE: &str = "sample.csv";
/// Which item of a sample is which sentence, and how it was drawn.
pub const SAMPLE_KEY: &str = "sample-key.csv";
/// By what Excel knows a file to be UTF-8; without it a coder reads quotation marks and accents as debris.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// What is asked besides the frames: who speaks them, and with which stance; and room for a remark.
const ABOUT_FRAMES: [&str; 3] = ["voice", "stance", "note"];
/// What voice and stance may be.
const CHOICES: [(&str, &[&str]); 2] = [("voice", &["own", "attributed"]), ("stance", &["favor", "against", "neutral"])];
/// Tasks for Label Studio, and the interface to code them with.
const LABEL_STUDIO: [&str; 2] = ["sample-label-studio.json", "sample-label-studio.xml"];
/// Tasks for doccano.
const DOCCANO: &str = "sample-doccano.jsonl";

/// A sentence that was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct SampledSentence {
    /// What a blinded sample calls it.
    pub item: String,
    /// Id of its document.
    pub document: String,
    /// The document's outlet.
    pub outlet: String,
    /// The document's date.
    pub date: Option<Date>,
    /// Number of the sentence, 0 the title.
    pub sentence: usize,
    /// First and last-but-one code point in the text, or in the title where it is the title.
    pub place: (usize, usize),
    /// The sentence before it, the sentence, and the one after it.
    pub words: [String; 3],
    /// The stratum, in words.
    pub stratum: String,
    /// Probability that it is in the sample; not a number where it is not known.
    pub inclusion: f64,
}

impl SampledSentence {
    /// The sentence at `index` of `sentences`, numbers and spans of all sentences of the document. Item and stratum are
    /// left empty, the probability is 1.
    #[must_use]
    pub fn new(document: &Document, sentences: &[(usize, Span)], index: usize) -> Self {
        let (sentence, span) = sentences[index];
        let content = document.content();
        let words = |index: Option<usize>| {
            let span = index.and_then(|index| sentences.get(index)).map(|(_, span)| *span);
            span.map_or_else(String::new, |span| span.of(content).to_owned())
        };
        let base = if sentence == 0 { 0 } else { document.text_span().start };
        let place = CodePoints::new(&content[base..]).of(Span::new(span.start - base, span.end - base));
        Self {
            item: String::new(),
            document: document.id.clone(),
            outlet: document.outlet.clone(),
            date: document.date,
            sentence,
            place,
            words: [words(index.checked_sub(1)), words(Some(index)), words(Some(index + 1))],
            stratum: String::new(),
            inclusion: 1.0,
        }
    }

    fn date(&self) -> String {
        self.date.map_or_else(String::new, |date| date.to_string())
    }

    fn inclusion(&self) -> String {
        if self.inclusion.is_nan() { String::new() } else { format!("{:.9}", self.inclusion) }
    }
}

/// A sample as it is laid out for its coders.
#[derive(Clone, Copy, Debug)]
pub struct SampleSheets<'a> {
    /// What was drawn.
    pub sentences: &'a [SampledSentence],
    /// Id and label of each frame.
    pub frames: &'a [(String, String)],
    /// Whether document, outlet, date and stratum are in the key alone.
    pub is_blinded: bool,
    /// Who codes what, each a sheet; without anyone there is one sheet, for whoever fills it in.
    pub coders: &'a [CoderShare],
}

/// The part of a sample that one coder gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoderShare {
    /// Who codes.
    pub coder: String,
    /// Places in the sample, in the order in which this coder meets them.
    pub sentences: Vec<usize>,
}

/// What is known of a sentence beside its words.
const ABOUT: [&str; 8] = ["document", "sentence", "start", "end", "outlet", "date", "stratum", "inclusion_probability"];

/// Writes the sheets to fill in, with an empty column for each frame, the key by which items are joined to their documents
/// again, and the tasks for other tools. A blinded sheet says nothing of document, outlet, date and stratum.
///
/// # Errors
/// When a file cannot be written.
pub fn write_sample(staging: &mut Staging, sheets: &SampleSheets<'_>) -> Result<(), ReportError> {
    let SampleSheets { sentences, coders, .. } = *sheets;
    if coders.is_empty() {
        let all: Vec<&SampledSentence> = sentences.iter().collect();
        write_sheet(staging, sheets, SAMPLE, "", &all)?;
    }
    for CoderShare { coder, sentences: places } in coders {
        let own: Vec<&SampledSentence> = places.iter().map(|place| &sentences[*place]).collect();
        write_sheet(staging, sheets, &format!("{coder}.csv"), coder, &own)?;
    }
    write_key(staging, SAMPLE_KEY, sentences)?;
    write_tasks(staging, sentences, sheets.frames, sheets.is_blinded)
}

/// Writes, as `name`, which item is which sentence and how it was drawn.
///
/// # Errors
/// When the file cannot be written.
pub fn write_key(staging: &mut Staging, name: &str, sentences: &[SampledSentence]) -> Result<(), ReportError> {
    let header = ["item"].into_iter().chain(ABOUT).collect();
    let row = |sentence: &SampledSentence| [vec![sentence.item.clone()], known(sentence)].concat();
    write_rows(staging, (name, ""), header, sentences.iter().map(row))
}

fn known(sentence: &SampledSentence) -> Vec<String> {
    let (start, end) = sentence.place;
    let [number, start, end] = [sentence.sentence, start, end].map(|number| number.to_string());
    let (document, outlet, stratum) = (&sentence.document, &sentence.outlet, &sentence.stratum);
    let [document, outlet, stratum] = [document, outlet, stratum].map(String::clone);
    vec![document, number, start, end, outlet, sentence.date(), stratum, sentence.inclusion()]
}

fn write_sheet(
    staging: &mut Staging,
    sheets: &SampleSheets<'_>,
    name: &str,
    coder: &str,
    sentences: &[&SampledSentence],
) -> Result<(), ReportError> {
    let SampleSheets { frames, is_blinded, .. } = *sheets;
    // The stratum and the probability tell a coder what the machine found; who is named has them in the key alone.
    let is_told = |column: &str| !is_blinded && (coder.is_empty() || ["outlet", "date"].contains(&column));
    let words = ["before", "text", "after", "coder"];
    let blank = frames.iter().map(|(id, _)| &id[..]).chain(ABOUT_FRAMES);
    let about = ABOUT.into_iter().filter(|column| is_told(column));
    let header = ["item"].into_iter().chain(about).chain(words).chain(blank);
    let row = |sentence: &&SampledSentence| {
        let mut row = vec![sentence.item.clone()];
        row.extend(known(sentence).into_iter().zip(ABOUT).filter(|(_, column)| is_told(column)).map(|(cell, _)| cell));
        row.extend(sentence.words.iter().cloned());
        row.push(coder.to_owned());
        row.resize(row.len() + frames.len() + ABOUT_FRAMES.len(), String::new());
        row
    };
    write_rows(staging, (name, BYTE_ORDER_MARK), header.collect(), sentences.iter().map(row))
}

/// Writes every cell as text that no spreadsheet computes: coders open the file in one.
fn write_rows(
    staging: &mut Staging,
    (name, mark): (&str, &str),
    header: Vec<&str>,
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<(), ReportError> {
    let mut out = Writer::from_writer(mark.as_bytes().to_vec());
    let header = header.into_iter().map(str::to_owned).collect();
    let path = staging.destination(name);
    for row in std::iter::once(header).chain(rows) {
        out.write_record(row.iter().map(|cell| guarded(cell).into_owned()))
            .map_err(|source| ReportError::row(&path, SAMPLE, source))?;
    }
    let bytes = out.into_inner().map_err(|error| ReportError::at(&path, error.into_error()))?;
    staging.write(name, &bytes)
}

fn write_tasks(
    staging: &mut Staging,
    sentences: &[SampledSentence],
    frames: &[(String, String)],
    is_blinded: bool,
) -> Result<(), ReportError> {
    let about = |sentence: &SampledSentence| {
        let mut about = json!({ "item": sentence.item });
        if !is_blinded {
            about["document"] = json!(sentence.document);
            about["sentence"] = json!(sentence.sentence);
            about["outlet"] = json!(sentence.outlet);
            about["date"] = json!(sentence.date());
            about["stratum"] = json!(sentence.stratum);
            about["inclusion_probability"] = json!(sentence.inclusion());
        }
        about
    };
    let [before, text, after] = [0, 1, 2].map(|place| move |sentence: &SampledSentence| sentence.words[place].clone());
    let task = |sentence: &SampledSentence| {
        let mut data = about(sentence);
        data["before"] = json!(before(sentence));
        data["text"] = json!(text(sentence));
        data["after"] = json!(after(sentence));
        json!({ "data": data })
    };
    let tasks: Vec<Value> = sentences.iter().map(task).collect();
    staging.write(LABEL_STUDIO[0], format!("{:#}\n", Value::Array(tasks)).as_bytes())?;
    staging.write(LABEL_STUDIO[1], interface(frames).as_bytes())?;
    let mut lines = Vec::new();
    for sentence in sentences {
        let line = json!({ "text": text(sentence), "label": [], "meta": about(sentence) });
        writeln!(lines, "{line}").map_err(|error| ReportError::at(&staging.destination(DOCCANO), error))?;
    }
    staging.write(DOCCANO, &lines)
}

/// The labelling interface of Label Studio: the sentence between its neighbours, and any number of frames.
fn interface(frames: &[(String, String)]) -> String {
    let choice = |(id, label): &(String, String)| {
        format!("    <Choice value=\"{}\" hint=\"{}\"/>\n", escaped(id), escaped(label))
    };
    let choices: String = frames.iter().map(choice).collect();
    let others: String = CHOICES.iter().map(|(name, values)| single_choice(name, values)).collect();
    format!(
        "<View>\n  <Text name=\"before\" value=\"$before\"/>\n  <Header value=\"Code this sentence:\"/>\n  \
         <Text name=\"text\" value=\"$text\"/>\n  <Text name=\"after\" value=\"$after\"/>\n  \
         <Choices name=\"frames\" toName=\"text\" choice=\"multiple\">\n{choices}  </Choices>\n{others}</View>\n"
    )
}

/// A question with one answer, which may stay open.
fn single_choice(name: &str, values: &[&str]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("    <Choice value=\"{value}\"/>\n")).collect();
    format!("  <Choices name=\"{name}\" toName=\"text\" choice=\"single\">\n{}  </Choices>\n", values.concat())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
