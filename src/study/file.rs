//! Parses the study file, and says of every mistake in it on which line it stands and what would be right.

use std::{collections::BTreeMap, fmt, ops::Range, path::Path};

use jiff::{civil::Date, fmt::strtime::BrokenDownTime, tz::TimeZone};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::model::{CompareSettings, CorpusSettings, Period, Study, Unit, VoiceFilter};

const STUDY_KEYS: [&str; 8] = ["title", "seed", "codebook", "codings", "output", "date_format", "corpus", "compare"];
const CORPUS_KEYS: [&str; 4] = ["path", "columns", "set", "date_format"];
const COMPARE_KEYS: [&str; 5] = ["by", "period", "voice", "unit", "contrasts"];

const PERIODS: [(&str, Period); 5] = [
    ("day", Period::Day),
    ("week", Period::Week),
    ("month", Period::Month),
    ("quarter", Period::Quarter),
    ("year", Period::Year),
];
const VOICES: [(&str, VoiceFilter); 3] =
    [("all", VoiceFilter::All), ("own", VoiceFilter::Own), ("attributed", VoiceFilter::Attributed)];
const UNITS: [(&str, Unit); 2] = [("sentence", Unit::Sentence), ("document", Unit::Document)];

/// The seed of a study that names none.
const DEFAULT_SEED: u64 = 1;

/// A mistake in the study file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyError {
    file: String,
    place: Place,
    message: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Something is missing, so no line can be named.
    File,
    Line(usize),
    /// A syntax error: line and column, and the line itself to put a caret under.
    Column {
        line: usize,
        column: usize,
        source: String,
    },
}

impl fmt::Display for StudyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, place, message } = self;
        match place {
            Place::File => write!(out, "{file}: {message}"),
            Place::Line(line) => write!(out, "{file}:{line}: {message}"),
            Place::Column { line, column, source } => {
                let before: String =
                    source.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
                write!(out, "{file}:{line}:{column}: {message}\n  {source}\n  {before}^")
            }
        }
    }
}

impl std::error::Error for StudyError {}

/// The study that `text`, the content of the study file called `name`, describes. `name` stands in messages, and its
/// stem is the title of a study that has none.
///
/// # Errors
/// The first mistake in the file: TOML that is none, an unknown key, a value of the wrong type or outside the allowed
/// ones, or something missing that has no default.
pub fn parse(text: &str, name: &str) -> Result<Study, StudyError> {
    let source = Source { name, text };
    let document = DeTable::parse(text).map_err(|error| source.syntax_error(&error))?;
    let table = Table { source, title: "the study file", entries: document.get_ref() };
    table.check_keys(&STUDY_KEYS)?;
    let missing = |message: &str| source.error(None, message.to_owned());
    let codebook = table
        .string("codebook")?
        .ok_or_else(|| missing("no codebook; say where it is: codebook = \"codebook.toml\""))?;
    let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
    Ok(Study {
        title: table.string("title")?.unwrap_or_else(|| stem.into_owned()),
        seed: table.seed()?.unwrap_or(DEFAULT_SEED),
        codebook,
        codings: table.string("codings")?,
        output: table.string("output")?.unwrap_or_else(|| "results".to_owned()),
        corpus: table.corpora()?.ok_or_else(|| {
            missing("no corpus; say where the articles are: a [[corpus]] table with path = \"articles/*.csv\"")
        })?,
        compare: match table.table("compare", "[compare]")? {
            Some(compare) => compare.compare()?,
            None => CompareSettings::default(),
        },
    })
}

/// The file's name and text, for messages.
#[derive(Clone, Copy)]
struct Source<'a> {
    name: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn error(self, span: Option<Range<usize>>, message: String) -> StudyError {
        let place = span.map_or(Place::File, |span| Place::Line(self.line(span.start)));
        StudyError { file: self.name.to_owned(), place, message }
    }

    fn syntax_error(self, error: &toml::de::Error) -> StudyError {
        let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(span) = error.span() else { return self.error(None, message) };
        let mut start = span.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let line_start = self.text[..start].rfind('\n').map_or(0, |end| end + 1);
        let source = self.text[line_start..].lines().next().unwrap_or_default().to_owned();
        let column = self.text[line_start..start].chars().count() + 1;
        let place = Place::Column { line: self.line(start), column, source };
        StudyError { file: self.name.to_owned(), place, message }
    }

    fn line(self, offset: usize) -> usize {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        memchr::memchr_iter(b'\n', before).count() + 1
    }
}

/// One table of the file, with its name as messages put it.
#[derive(Clone, Copy)]
struct Table<'a> {
    source: Source<'a>,
    title: &'a str,
    entries: &'a DeTable<'a>,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl<'a> Table<'a> {
    fn check_keys(self, known: &[&str]) -> Result<(), StudyError> {
        let mut keys: Vec<_> = self.entries.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        let Some(unknown) = keys.into_iter().find(|key| !known.contains(&key.get_ref().as_ref())) else {
            return Ok(());
        };
        let word = unknown.get_ref();
        let advice = match elsewhere(word, known) {
            Some(place) => format!("it belongs {place}"),
            None => did_you_mean(word, known),
        };
        Err(self.source.error(Some(unknown.span()), format!("unknown key \"{word}\" in {}; {advice}", self.title)))
    }

    fn value(self, key: &str) -> Option<&'a Value<'a>> {
        self.entries.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn mistake(self, value: &Value<'_>, message: String) -> StudyError {
        self.source.error(Some(value.span()), message)
    }

    fn expected(self, value: &Value<'_>, key: &str, expected: &str) -> StudyError {
        let found = match value.get_ref() {
            DeValue::String(text) => format!("\"{text}\""),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Boolean(truth) => truth.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        };
        self.mistake(value, format!("\"{key}\" is {found}; expected {expected}"))
    }

    /// A text that is not blank.
    fn string(self, key: &str) -> Result<Option<String>, StudyError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Ok(Some(text.to_string())),
            _ => Err(self.expected(value, key, "a text in quotation marks, not empty")),
        }
    }

    fn seed(self) -> Result<Option<u64>, StudyError> {
        let Some(value) = self.value("seed") else { return Ok(None) };
        let number =
            value.get_ref().as_integer().and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok());
        number.map(Some).ok_or_else(|| self.expected(value, "seed", "a whole number from 0 up"))
    }

    fn table(self, key: &str, title: &'a str) -> Result<Option<Self>, StudyError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::Table(entries) => Ok(Some(Table { source: self.source, title, entries })),
            _ => Err(self.expected(value, key, "a table")),
        }
    }

    fn date_format(self) -> Result<Option<String>, StudyError> {
        let Some(format) = self.string("date_format")? else { return Ok(None) };
        match (self.value("date_format"), unusable_date_format(&format)) {
            (Some(value), Some(trouble)) => {
                Err(self
                    .mistake(value, format!("\"date_format\" is \"{format}\", {trouble}; for example \"%d.%m.%Y\"")))
            }
            _ => Ok(Some(format)),
        }
    }

    /// The `[[corpus]]` tables; `None` where there is none.
    fn corpora(self) -> Result<Option<Vec<CorpusSettings>>, StudyError> {
        let date_format = self.date_format()?;
        let Some(value) = self.value("corpus") else { return Ok(None) };
        let DeValue::Array(items) = value.get_ref() else {
            return Err(self.expected(value, "corpus", "[[corpus]] with two brackets, since there may be several"));
        };
        let mut corpora = Vec::new();
        for item in items {
            let DeValue::Table(entries) = item.get_ref() else {
                return Err(self.expected(
                    item,
                    "corpus",
                    "a table: [[corpus]] and below it path = \"articles/*.csv\"",
                ));
            };
            let table = Table { source: self.source, title: "[[corpus]]", entries };
            let mut settings = table.corpus(item)?;
            settings.date_format = settings.date_format.or_else(|| date_format.clone());
            corpora.push(settings);
        }
        Ok(if corpora.is_empty() { None } else { Some(corpora) })
    }

    fn corpus(self, item: &Value<'_>) -> Result<CorpusSettings, StudyError> {
        self.check_keys(&CORPUS_KEYS)?;
        let path = self.string("path")?.ok_or_else(|| {
            self.mistake(
                item,
                "[[corpus]] has no path; say where the articles are: path = \"articles/*.csv\"".to_owned(),
            )
        })?;
        let (columns, set) = (self.texts("columns", false)?, self.texts("set", true)?);
        for key in set.keys() {
            let trouble = match key.as_str() {
                "id" => "\"set\" gives every record the same id; ids are made up where a file has none".to_owned(),
                _ if columns.contains_key(key) => format!("\"{key}\" stands in \"columns\" and in \"set\"; keep one"),
                _ => continue,
            };
            return Err(self.mistake(self.value("set").unwrap_or(item), trouble));
        }
        Ok(CorpusSettings { path, columns, set, date_format: self.date_format()? })
    }

    /// A table of texts such as `{ outlet = "source" }`; numbers, booleans and dates pass as text where `any_scalar`.
    fn texts(self, key: &'a str, any_scalar: bool) -> Result<BTreeMap<String, String>, StudyError> {
        let Some(table) = self.table(key, key)? else { return Ok(BTreeMap::new()) };
        let mut texts = BTreeMap::new();
        for (name, value) in table.entries {
            let text = match value.get_ref() {
                DeValue::String(text) if any_scalar || !text.trim().is_empty() => text.to_string(),
                DeValue::Integer(number) if any_scalar => number.as_str().to_owned(),
                DeValue::Float(number) if any_scalar => number.as_str().to_owned(),
                DeValue::Boolean(truth) if any_scalar => truth.to_string(),
                DeValue::Datetime(date) if any_scalar => date.to_string(),
                _ => return Err(self.expected(value, name.get_ref(), "a text in quotation marks")),
            };
            texts.insert(name.get_ref().to_string(), text);
        }
        Ok(texts)
    }

    fn compare(self) -> Result<CompareSettings, StudyError> {
        self.check_keys(&COMPARE_KEYS)?;
        let default = CompareSettings::default();
        let by = self.string("by")?.unwrap_or(default.by);
        if let ("date", Some(value)) = (by.as_str(), self.value("by")) {
            return Err(self.expected(value, "by", "a column of groups; dates are compared with period = \"week\""));
        }
        Ok(CompareSettings {
            by,
            period: self.period()?,
            voice: self.choice("voice", &VOICES)?.unwrap_or(default.voice),
            unit: self.choice("unit", &UNITS)?.unwrap_or(default.unit),
            contrasts: self.contrasts()?,
        })
    }

    fn choice<T: Clone>(self, key: &str, choices: &[(&str, T)]) -> Result<Option<T>, StudyError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let found = value.get_ref().as_str().and_then(|word| choices.iter().find(|(name, _)| *name == word));
        found.map(|(_, choice)| Some(choice.clone())).ok_or_else(|| self.expected(value, key, &word_list(choices)))
    }

    fn period(self) -> Result<Option<Period>, StudyError> {
        let Some(value) = self.value("period") else { return Ok(None) };
        match value.get_ref() {
            DeValue::Array(items) if !items.is_empty() => {
                let mut cuts: Vec<Date> = Vec::new();
                for item in items {
                    let cut = cut_date(item.get_ref()).ok_or_else(|| {
                        self.expected(item, "period", "cut dates such as [\"2022-01-26\", \"2022-02-24\"]")
                    })?;
                    if let Some(last) = cuts.last().filter(|last| **last >= cut) {
                        return Err(self.mistake(item, format!("\"period\" has {cut} after {last}; cut dates ascend")));
                    }
                    cuts.push(cut);
                }
                Ok(Some(Period::Cuts(cuts)))
            }
            DeValue::String(_) => self.choice("period", &PERIODS).map_err(|_| {
                self.expected(value, "period", &format!("{} or a list of cut dates", word_list(&PERIODS)))
            }),
            _ => Err(self.expected(value, "period", &format!("{} or a list of cut dates", word_list(&PERIODS)))),
        }
    }

    fn contrasts(self) -> Result<Vec<(String, String)>, StudyError> {
        let Some(value) = self.value("contrasts") else { return Ok(Vec::new()) };
        let expected = "a list of pairs of frames: [[\"build-up\", \"fearmongering\"]]";
        let Some(items) = value.get_ref().as_array() else {
            return Err(self.expected(value, "contrasts", expected));
        };
        let mut contrasts = Vec::new();
        for item in items {
            let frames: Option<Vec<&str>> = item
                .get_ref()
                .as_array()
                .and_then(|frames| frames.iter().map(|frame| frame.get_ref().as_str()).collect());
            match frames.as_deref() {
                Some([a, b]) if a == b => {
                    return Err(self.mistake(
                        item,
                        format!("\"contrasts\" holds \"{a}\" against itself; name two different frames"),
                    ));
                }
                Some([a, b]) => contrasts.push(((*a).to_owned(), (*b).to_owned())),
                _ => return Err(self.expected(item, "contrasts", expected)),
            }
        }
        Ok(contrasts)
    }
}

/// The table that `word` is a key of, if not of this one.
fn elsewhere(word: &str, known: &[&str]) -> Option<&'static str> {
    let tables = [
        (&STUDY_KEYS[..], "at the top of the file, before the first table"),
        (&CORPUS_KEYS[..], "under [[corpus]]"),
        (&COMPARE_KEYS[..], "under [compare]"),
    ];
    tables.into_iter().find(|(keys, _)| *keys != known && keys.contains(&word)).map(|(_, place)| place)
}

fn did_you_mean(word: &str, known: &[&str]) -> String {
    let lower = word.to_lowercase();
    let nearest = known
        .iter()
        .map(|key| (strsim::damerau_levenshtein(&lower, key), *key))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, key)| *distance <= key.len().max(3) / 2);
    match nearest {
        Some((_, key)) => format!("did you mean \"{key}\"?"),
        None => format!("it may have {}", known.join(", ")),
    }
}

fn word_list<T>(choices: &[(&str, T)]) -> String {
    let words: Vec<String> = choices.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    words.join(", ")
}

/// A cut, written as text or as TOML's own date.
fn cut_date(value: &DeValue<'_>) -> Option<Date> {
    let text = match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        _ => return None,
    };
    if text.len() == "2022-01-26".len() { text.parse().ok() } else { None }
}

/// What is wrong with a date format; `None` where a day written by it can be read back, at least to its month.
fn unusable_date_format(format: &str) -> Option<String> {
    let day = jiff::civil::date(2022, 11, 27).to_zoned_datetime(TimeZone::UTC).ok()?;
    let written = match jiff::fmt::strtime::format(format, &day) {
        Ok(written) => written,
        Err(error) => return Some(format!("which is no date format ({error})")),
    };
    match BrokenDownTime::parse(format, &written) {
        Ok(parts) if parts.to_date().is_ok() || (parts.year().is_some() && parts.day().is_none()) => None,
        _ => Some("which does not give a year, month and day".to_owned()),
    }
}
