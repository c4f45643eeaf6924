//! A sample of sentences, or of documents as a whole, for human coders: a CSV to fill in with a spreadsheet, and the same as
//! tasks for Label Studio and doccano. Not here: the page to code in, and with what probability each unit was drawn.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use csv::Writer;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::model::{ABOUT_FRAMES, ABOUT_UNIT, CODER, Document, INCLUSION, ITEM, Span, UNIT_WORDS, Unit, guarded};
use crate::report::code_points::CodePoints;
use crate::report::escape::markup;
use crate::report::{ReportError, Staging};

/// The sample to fill in.
pub const SAMPLE: &str = "sample.csv";
/// Which item of a sample is which sentence, and how it was drawn.
pub const SAMPLE_KEY: &str = "sample-key.csv";
/// By what Excel knows a file to be UTF-8; without it a coder reads quotation marks and accents as debris.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// Letters of a text that a sheet holds: a cell of Excel holds 32,767, and the rest would spill into the next row.
const LONGEST_CELL: usize = 32_000;
/// What voice and stance may be.
const CHOICES: [(&str, &[&str]); 2] = [("voice", &["own", "attributed"]), ("stance", &["favor", "against", "neutral"])];
/// Tasks for Label Studio, and the interface to code them with.
const LABEL_STUDIO: [&str; 2] = ["sample-label-studio.json", "sample-label-studio.xml"];
/// Tasks for doccano.
const DOCCANO: &str = "sample-doccano.jsonl";

/// A sentence, or a document as a whole, that was drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SampledUnit {
    /// What a blinded sample calls it.
    pub item: String,
    /// Id of its document.
    pub document: String,
    /// The document's outlet.
    pub outlet: String,
    /// The document's date.
    pub date: Option<Date>,
    /// Number of the sentence, 0 the title; `None` of a document as a whole.
    pub sentence: Option<usize>,
    /// First and last-but-one code point of a sentence in the text, or in the title where it is the title.
    pub place: Option<(usize, usize)>,
    /// The sentence before it, the sentence, and the one after it; of a document nothing, all of it, and nothing.
    pub words: [String; 3],
    /// The stratum, in words.
    pub stratum: String,
    /// Probability that it is in the sample; `None` where it is not known.
    pub inclusion: Option<f64>,
}

impl SampledUnit {
    /// The sentence at `index` of `sentences`, numbers and spans of all sentences of the document. Item, stratum and
    /// probability are left empty.
    #[must_use]
    pub fn sentence(document: &Document, sentences: &[(usize, Span)], index: usize) -> Self {
        let (sentence, span) = sentences[index];
        let content = document.content();
        let words = |index: Option<usize>| {
            let span = index.and_then(|index| sentences.get(index)).map(|(_, span)| *span);
            span.map_or_else(String::new, |span| span.of(content).to_owned())
        };
        let base = if sentence == 0 { 0 } else { document.text_span().start };
        let place = CodePoints::new(&content[base..]).of(Span::new(span.start - base, span.end - base));
        Self {
            sentence: Some(sentence),
            place: Some(place),
            words: [words(index.checked_sub(1)), words(Some(index)), words(Some(index + 1))],
            ..Self::whole(document)
        }
    }

    /// The document as a whole. Item, stratum and probability are left empty.
    #[must_use]
    pub fn whole(document: &Document) -> Self {
        Self {
            document: document.id.clone(),
            outlet: document.outlet.clone(),
            date: document.date,
            words: [String::new(), document.content().trim().to_owned(), String::new()],
            ..Self::default()
        }
    }

    fn date(&self) -> String {
        self.date.map_or_else(String::new, |date| date.to_string())
    }

    fn inclusion(&self) -> String {
        self.inclusion.map_or_else(String::new, |inclusion| format!("{inclusion:.9}"))
    }

    fn number(&self) -> String {
        self.sentence.map_or_else(String::new, |sentence| sentence.to_string())
    }
}

/// A sample as it is laid out for its coders.
#[derive(Clone, Copy, Debug)]
pub struct SampleSheets<'a> {
    /// Whether sentences were drawn, or documents as a whole.
    pub unit: Unit,
    /// What tells the files of this draw from those of earlier ones in the same folder: `-2` of the second, nothing of the first.
    pub part: &'a str,
    /// What was drawn.
    pub sampled: &'a [SampledUnit],
    /// What was drawn earlier, which the key keeps with its probability as it now is.
    pub earlier: &'a [SampledUnit],
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
    pub places: Vec<usize>,
}

/// The name of a sample's file in a later part of it: `part` stands before the ending.
#[must_use]
pub fn part_name(name: &str, part: &str) -> String {
    name.rsplit_once('.').map_or_else(|| format!("{name}{part}"), |(stem, ending)| format!("{stem}{part}.{ending}"))
}

/// The files that a later part of a sample adds for whoever codes.
#[must_use]
pub fn part_exists(folder: &Path, part: &str) -> bool {
    folder.join(part_name(DOCCANO, part)).exists()
}

/// Writes the sheets to fill in, with an empty column for each frame, the key by which items are joined to their documents
/// again, and the tasks for other tools. A blinded sheet says nothing of document, outlet, date and stratum.
///
/// # Errors
/// When a file cannot be written.
pub fn write_sample(staging: &mut Staging, sheets: &SampleSheets<'_>) -> Result<(), ReportError> {
    let SampleSheets { part, sampled, earlier, coders, .. } = *sheets;
    if coders.is_empty() {
        sheets.write_one(staging, &part_name(SAMPLE, part), "", &sampled.iter().collect::<Vec<_>>())?;
    }
    for CoderShare { coder, places } in coders {
        let own: Vec<&SampledUnit> = places.iter().map(|place| &sampled[*place]).collect();
        sheets.write_one(staging, &format!("{coder}{part}.csv"), coder, &own)?;
    }
    write_key(staging, SAMPLE_KEY, &[earlier, sampled].concat())?;
    sheets.write_tasks(staging)
}

/// Writes, as `name`, which item is which unit and how it was drawn.
///
/// # Errors
/// When the file cannot be written.
pub fn write_key(staging: &mut Staging, name: &str, sampled: &[SampledUnit]) -> Result<(), ReportError> {
    let header = [ITEM].into_iter().chain(ABOUT_UNIT).collect();
    let row = |unit: &SampledUnit| [vec![unit.item.clone()], known(unit)].concat();
    write_rows(staging, (name, ""), header, sampled.iter().map(row))
}

fn known(unit: &SampledUnit) -> Vec<String> {
    let [start, end] = match unit.place {
        Some((start, end)) => [start, end].map(|place| place.to_string()),
        None => [String::new(), String::new()],
    };
    let (document, outlet, stratum) = (&unit.document, &unit.outlet, &unit.stratum);
    let [document, outlet, stratum] = [document, outlet, stratum].map(String::clone);
    vec![document, unit.number(), start, end, outlet, unit.date(), stratum, unit.inclusion()]
}

impl SampleSheets<'_> {
    /// Columns to fill in besides the frames.
    fn about_frames(&self) -> &'static [&'static str] {
        if self.unit == Unit::Sentence { &ABOUT_FRAMES } else { &ABOUT_FRAMES[2..] }
    }

    /// Whether the sheet of `coder`, empty where nobody is named, has that column about a unit. The stratum and the probability
    /// tell a coder what the machine found; who is named has them in the key alone.
    fn tells(&self, coder: &str, column: &str) -> bool {
        !self.is_blinded && (coder.is_empty() || ["outlet", "date"].contains(&column))
    }

    fn write_one(
        &self,
        staging: &mut Staging,
        name: &str,
        coder: &str,
        sampled: &[&SampledUnit],
    ) -> Result<(), ReportError> {
        let frames = self.frames;
        let blank = frames.iter().map(|(id, _)| &id[..]).chain(self.about_frames().iter().copied());
        let about = ABOUT_UNIT.into_iter().filter(|column| self.tells(coder, column));
        let header = [ITEM].into_iter().chain(about).chain(UNIT_WORDS).chain([CODER]).chain(blank);
        let row = |unit: &&SampledUnit| {
            let mut row = vec![unit.item.clone()];
            row.extend(
                known(unit)
                    .into_iter()
                    .zip(ABOUT_UNIT)
                    .filter(|(_, column)| self.tells(coder, column))
                    .map(|(cell, _)| cell),
            );
            row.extend(unit.words.iter().map(|words| shortened(words).into_owned()));
            row.push(coder.to_owned());
            row.resize(row.len() + frames.len() + self.about_frames().len(), String::new());
            row
        };
        write_rows(staging, (name, BYTE_ORDER_MARK), header.collect(), sampled.iter().map(row))
    }
}

/// As much of a text as a cell of a spreadsheet holds. What is left out is shown by a mark without letters, so that the words
/// are still found in their document.
fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_CELL) {
        Some((end, _)) => Cow::Owned(format!("{} [...]", &text[..end])),
        None => Cow::Borrowed(text),
    }
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

impl SampleSheets<'_> {
    /// What a task says of a unit beside its words.
    fn about(&self, unit: &SampledUnit) -> Value {
        let mut about = json!({ "item": unit.item });
        if !self.is_blinded {
            about["document"] = json!(unit.document);
            about["sentence"] = json!(unit.sentence);
            about["outlet"] = json!(unit.outlet);
            about["date"] = json!(unit.date());
            about["stratum"] = json!(unit.stratum);
            about[INCLUSION] = json!(unit.inclusion());
        }
        about
    }

    fn write_tasks(&self, staging: &mut Staging) -> Result<(), ReportError> {
        let task = |unit: &SampledUnit| {
            let mut data = self.about(unit);
            let [before, text, after] = &unit.words;
            (data["before"], data["text"], data["after"]) = (json!(before), json!(text), json!(after));
            json!({ "data": data })
        };
        let tasks: Vec<Value> = self.sampled.iter().map(task).collect();
        let [tasks_file, interface_file] = LABEL_STUDIO.map(|name| part_name(name, self.part));
        staging.write(&tasks_file, format!("{:#}\n", Value::Array(tasks)).as_bytes())?;
        staging.write(&interface_file, self.interface().as_bytes())?;
        let mut lines = Vec::new();
        for unit in self.sampled {
            let line = json!({ "text": unit.words[1], "label": [], "meta": self.about(unit) });
            writeln!(lines, "{line}").map_err(|error| ReportError::at(&staging.destination(DOCCANO), error))?;
        }
        staging.write(&part_name(DOCCANO, self.part), &lines)
    }

    /// The labelling interface of Label Studio: the sentence between its neighbours, or the whole document, and any number of
    /// frames.
    fn interface(&self) -> String {
        let choices: String = self.frames.iter().map(|(id, label)| frame_choice(id, label)).collect();
        let of_sentences: String = CHOICES.iter().map(|(name, values)| single_choice(name, values)).collect();
        let neighbour = |name: &str| format!("  <Text name=\"{name}\" value=\"${name}\"/>\n");
        let (before, after, others) = match self.unit {
            Unit::Sentence => (neighbour("before"), neighbour("after"), of_sentences),
            Unit::Document => (String::new(), String::new(), String::new()),
        };
        format!(
            "<View>\n{before}  <Header value=\"Code this {}:\"/>\n{}{after}  \
             <Choices name=\"frames\" toName=\"text\" choice=\"multiple\">\n{choices}  </Choices>\n{others}</View>\n",
            self.unit.as_str(),
            neighbour("text"),
        )
    }
}

fn frame_choice(id: &str, label: &str) -> String {
    format!("    <Choice value=\"{}\" hint=\"{}\"/>\n", markup(id), markup(label))
}

/// A question with one answer, which may stay open.
fn single_choice(name: &str, values: &[&str]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("    <Choice value=\"{value}\"/>\n")).collect();
    format!("  <Choices name=\"{name}\" toName=\"text\" choice=\"single\">\n{}  </Choices>\n", values.concat())
}
