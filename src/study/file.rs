//! Parses the study file, and says of every mistake in it where it stands and what would be right.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use toml::de::DeValue;

use crate::codebook::{Fields, KeyTable, TomlError, TomlFile, Value, choice_words, unknown_word, word_list};
use crate::compare::{ALL_GROUPS, REST};
use crate::model::{
    AtLeast, CompareSettings, FrameGroup, KeynessSettings, LeastHits, Mark, Period, ScorerKind, StanceFilter, Study,
    TableFormat, Unit, VoiceFilter, Weight,
};
use crate::study::corpus_keys::{corpora, corpus_tables, day, truth};
use crate::study::keyness_file::keyness;
use crate::study::keys::{
    COMPARE_KEYS, COPY_RULES, CORPUS_KEYS, FRAME_GROUP_KEYS, KEYNESS_KEYS, MARK_KEYS, PERIODS, REGRESSION_KEYS,
    REST_RULES, SCORERS, STANCES, STUDY_KEYS, TABLE_FORMATS, UNITS, VOICES, WEIGHTS,
};
use crate::study::pairs::pairs;

/// The seed of a study that names none.
const DEFAULT_SEED: u64 = 1;

/// The study that `text`, the content of the study file called `name`, describes. `name` stands in messages, and its
/// stem is the title of a study that has none.
///
/// # Errors
/// The first mistake in the file: TOML that is none, an unknown key, a value of the wrong type or outside the allowed
/// ones, or something missing that has no default.
pub fn parse(text: &str, name: &str) -> Result<Study, TomlError> {
    let file = TomlFile { name, text };
    let table = file.parse()?;
    let root = Fields::root(file, &table, "the study file");
    for key in ["frame", "rule"] {
        if let Some(value) = root.value(key) {
            let message =
                format!("[[{key}]] belongs into a codebook; name the study file, which says codebook = \"...\"");
            return Err(file.error(value.span().start, message));
        }
    }
    refuse_unknown(&root, &STUDY_KEYS)?;
    corpus_tables(&root)?.iter().try_for_each(|corpus| refuse_unknown(corpus, &CORPUS_KEYS))?;
    let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
    let codebook = root.required("codebook", "say where it is: codebook = \"codebook.toml\"")?;
    Ok(Study {
        title: text_of(&root, "title")?.unwrap_or_else(|| stem.into_owned()),
        seed: seed(&root)?.unwrap_or(DEFAULT_SEED),
        codebook: codebook.value,
        codings: paths(&root, "codings")?,
        labels: paths(&root, "labels")?,
        scorer: scorer(&root)?,
        scorer_file: scorer_file(&root)?,
        vectors: vectors(&root)?,
        output: text_of(&root, "output")?.unwrap_or_else(|| "results".to_owned()),
        tables: tables(&root)?,
        zeros: zeros(&root)?,
        notebooks: text_of(&root, "notebooks")?,
        corpus: corpora(&root)?,
        compare: CompareSettings {
            groups: merged_groups(&root)?,
            frame_groups: frame_groups(&root)?,
            ..compared(&root)?
        },
        keyness: keyness_table(&root)?,
        marks: marks(&root)?,
    })
}

/// Refuses a key that the table cannot have; one that another table has is sent there.
fn refuse_unknown(fields: &Fields<'_, '_>, known: &KeyTable) -> Result<(), TomlError> {
    let tables =
        [&STUDY_KEYS, &CORPUS_KEYS, &COMPARE_KEYS, &REGRESSION_KEYS, &FRAME_GROUP_KEYS, &KEYNESS_KEYS, &MARK_KEYS];
    fields.refuse_unknown(known, |word| {
        let table = tables.iter().find(|table| table.place != known.place && table.names().contains(&word))?;
        Some(if table.place == STUDY_KEYS.place {
            "it belongs at the top of the file, before the first table".to_owned()
        } else {
            format!("it belongs under {}", table.place)
        })
    })
}

fn text_of(fields: &Fields<'_, '_>, key: &str) -> Result<Option<String>, TomlError> {
    Ok(fields.text(key)?.map(|text| text.value))
}

/// One path, or a list of them.
fn paths(root: &Fields<'_, '_>, key: &str) -> Result<Vec<String>, TomlError> {
    let is_text = root.value(key).is_some_and(|value| value.get_ref().as_str().is_some());
    if is_text { Ok(text_of(root, key)?.into_iter().collect()) } else { words(root, key) }
}

fn words(fields: &Fields<'_, '_>, key: &str) -> Result<Vec<String>, TomlError> {
    Ok(fields.texts(key)?.into_iter().map(|text| text.value).collect())
}

fn scorer(root: &Fields<'_, '_>) -> Result<ScorerKind, TomlError> {
    let has = |key: &str| root.value(key).is_some();
    // Labels are named to be used: they stand beside another scorer only where the study asks for that one.
    let unsaid = if has("labels") { ScorerKind::Labels } else { ScorerKind::default() };
    if scorer_file(root)?.is_some() {
        return Ok(ScorerKind::File);
    }
    let kind = root.choice("scorer", &SCORERS)?.unwrap_or(unsaid);
    let trouble = match kind {
        ScorerKind::TaughtByRules if has("codings") => "no scorer beside codings, which teach it already",
        ScorerKind::Labels if !has("labels") => "the file that they are in beside it: labels = \"llm.csv\"",
        _ => return Ok(kind),
    };
    root.value("scorer").map_or(Ok(kind), |value| Err(root.expected(value, "scorer", trouble)))
}

/// The file of a scorer that was learnt before: what ends as such files do, as no kind of scorer does.
fn scorer_file(root: &Fields<'_, '_>) -> Result<Option<String>, TomlError> {
    let is_file = |value: &Value<'_>| {
        let path = value.get_ref().as_str().map(|text| Path::new(text).extension());
        path.flatten().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
    };
    if root.value("scorer").is_some_and(is_file) { text_of(root, "scorer") } else { Ok(None) }
}

/// Where sentence vectors are, for a scorer that learns from them.
fn vectors(root: &Fields<'_, '_>) -> Result<Option<String>, TomlError> {
    let kind = scorer(root)?;
    let learns = root.value("codings").is_some() || matches!(kind, ScorerKind::TaughtByRules | ScorerKind::File);
    let trouble = "no vectors without a scorer that learns from them: name codings, or scorer = \"taught-by-rules\"";
    match root.value("vectors").filter(|_| !learns || kind == ScorerKind::Labels) {
        Some(value) => Err(root.expected(value, "vectors", trouble)),
        None => text_of(root, "vectors"),
    }
}

/// Whether zeros are written, which they are unless the file says otherwise.
fn zeros(fields: &Fields<'_, '_>) -> Result<bool, TomlError> {
    Ok(fields.value("zeros").is_none() || truth(fields, "zeros")?)
}

/// How tables are written. Whatever else is made of results, here and in R or Python, is made of the CSV.
fn tables(root: &Fields<'_, '_>) -> Result<Vec<TableFormat>, TomlError> {
    let Some(value) = root.value("tables") else { return Ok(vec![TableFormat::Csv]) };
    let mut formats = Vec::new();
    for word in root.texts("tables")? {
        let known = TABLE_FORMATS.iter().find(|(name, _)| *name == word.value);
        let Some((_, format)) = known else {
            let message = unknown_word(
                &format!("format of tables \"{}\"", word.value),
                &word.value,
                &choice_words(&TABLE_FORMATS),
            );
            return Err(root.file.error(word.start(), message));
        };
        formats.push(*format);
    }
    if formats.contains(&TableFormat::Csv) {
        return Ok(formats);
    }
    let message = "tables lacks \"csv\", which is always written: tables = [\"csv\", \"parquet\"]";
    Err(root.file.error(value.span().start, message.to_owned()))
}

fn seed(root: &Fields<'_, '_>) -> Result<Option<u64>, TomlError> {
    let Some(value) = root.value("seed") else { return Ok(None) };
    let integer = value.get_ref().as_integer();
    let seed = integer.and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok());
    seed.map(Some).ok_or_else(|| root.expected(value, "seed", "a whole number from 0 to 18446744073709551615"))
}

/// The `[compare]` table, and what `[regression]` asks for beside it.
fn compared(root: &Fields<'_, '_>) -> Result<CompareSettings, TomlError> {
    let settings = root.table("compare", "[compare]")?.as_ref().map(compare).transpose()?.unwrap_or_default();
    let named = root.table("regression", "[regression]")?.as_ref().map(regress_on).transpose()?;
    // Where groups are not outlets it is they that the study asks about.
    let unsaid = || vec![settings.by.clone(), "date".to_owned()];
    let regress_on = named.unwrap_or_else(unsaid);
    Ok(CompareSettings { regress_on, ..settings })
}

fn regress_on(fields: &Fields<'_, '_>) -> Result<Vec<String>, TomlError> {
    refuse_unknown(fields, &REGRESSION_KEYS)?;
    let columns = words(fields, "on")?;
    let is_twice = columns.iter().enumerate().any(|(place, name)| columns[..place].contains(name));
    let own = columns.iter().find(|name| ["id", "title", "text"].contains(&&name[..]));
    if let Some((name, value)) = own.zip(fields.value("on")) {
        let message =
            format!("\"on\" has {name}, which every document has for itself; name columns that several share");
        return Err(fields.file.error(value.span().start, message));
    }
    match fields.value("on").filter(|_| columns.is_empty() || is_twice) {
        Some(value) => Err(fields.expected(value, "on", "a list of columns, each once: [\"outlet\", \"date\"]")),
        None if columns.is_empty() => {
            Err(fields.missing("[regression] has no columns; name them: on = [\"outlet\", \"date\"]"))
        }
        None => Ok(columns),
    }
}

fn compare(fields: &Fields<'_, '_>) -> Result<CompareSettings, TomlError> {
    refuse_unknown(fields, &COMPARE_KEYS)?;
    let default = CompareSettings::default();
    let by = text_of(fields, "by")?.unwrap_or(default.by);
    if let ("date", Some(value)) = (by.as_str(), fields.value("by")) {
        return Err(fields.expected(value, "by", "a column of groups; dates are compared with period = \"week\""));
    }
    if let ("id" | "title" | "text", Some(value)) = (by.as_str(), fields.value("by")) {
        let expected =
            "a column that several documents share, such as \"outlet\"; each document has that one for itself";
        return Err(fields.expected(value, "by", expected));
    }
    Ok(CompareSettings {
        by,
        period: fields.value("period").map(|value| period(fields, value)).transpose()?,
        voice: fields.choice("voice", &VOICES)?.unwrap_or(default.voice),
        stance: stance(fields)?,
        unit: fields.choice("unit", &UNITS)?.unwrap_or(default.unit),
        weight: weight(fields)?,
        at_least: at_least(fields)?,
        contrasts: pairs(fields, "contrasts", "frames", "[[\"build-up\", \"fearmongering\"]]")?,
        period_pairs: period_pairs(fields)?,
        least_documents: least_documents(fields)?,
        interruptions: interruptions(fields)?,
        copies: fields.choice("copies", &COPY_RULES)?.unwrap_or(default.copies),
        rest: fields.choice("rest", &REST_RULES)?.unwrap_or(default.rest),
        within: within(fields)?,
        ..default
    })
}

/// The table `[groups]`: what each group is made of. No value is in two of them.
fn merged_groups(root: &Fields<'_, '_>) -> Result<BTreeMap<String, Vec<String>>, TomlError> {
    let Some(table) = root.table("groups", "[groups]")? else { return Ok(BTreeMap::new()) };
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in table.table.keys() {
        let group = name.get_ref().to_string();
        let values = table.texts(&group)?;
        let trouble = match group.as_str() {
            REST => Some("stands for all other groups; rename it"),
            ALL_GROUPS => Some("stands for all groups together; rename it"),
            _ => values.is_empty().then_some("has no values"),
        };
        if let Some(trouble) = trouble {
            return Err(root.file.error(name.span().start, format!("the group \"{group}\" in [groups] {trouble}")));
        }
        for value in &values {
            if let Some((other, _)) = groups.iter().find(|(_, values)| values.contains(&value.value)) {
                let message = format!("\"{}\" is in the groups \"{other}\" and \"{group}\"; keep one", value.value);
                return Err(root.file.error(value.start(), message));
            }
        }
        groups.insert(group, values.into_iter().map(|value| value.value).collect());
    }
    Ok(groups)
}

/// The tables `[[frame_group]]`, whose ids differ. Whether the codebook has their frames is known only beside it.
fn frame_groups(root: &Fields<'_, '_>) -> Result<Vec<FrameGroup>, TomlError> {
    const EXPECTED: &str =
        "[[frame_group]] with two brackets and, below it, id = \"threat\" and frames = [\"build-up\", \"ultimatum\"]";
    let mut groups: Vec<FrameGroup> = Vec::new();
    for fields in root.tables("frame_group", "[[frame_group]]", EXPECTED)? {
        refuse_unknown(&fields, &FRAME_GROUP_KEYS)?;
        let id = fields.required("id", "say what the frames are together: id = \"threat\"")?;
        if groups.iter().any(|group| group.id == id.value) {
            let message = format!("\"{}\" is the id of two [[frame_group]] tables; rename one", id.value);
            return Err(root.file.error(id.start(), message));
        }
        let frames = words(&fields, "frames")?;
        let is_twice = frames.iter().enumerate().any(|(place, frame)| frames[..place].contains(frame));
        if frames.len() < 2 || is_twice {
            let message = format!("the frame group \"{}\" needs two frames or more, each once", id.value);
            return Err(root.file.error(id.start(), message));
        }
        groups.push(FrameGroup { id: id.value, frames });
    }
    Ok(groups)
}

/// A column that groups meet in the values of: not that of the groups, nor one in which every document is alone.
fn within(fields: &Fields<'_, '_>) -> Result<Option<String>, TomlError> {
    let within = text_of(fields, "within")?;
    let by = text_of(fields, "by")?.unwrap_or(CompareSettings::default().by);
    let is_unfit = |column: &String| *column == by || ["id", "title", "text"].contains(&column.as_str());
    match fields.value("within").filter(|_| within.as_ref().is_some_and(is_unfit)) {
        Some(value) => {
            Err(fields.expected(value, "within", "a column whose values several groups share, such as \"event\""))
        }
        None => Ok(within),
    }
}

/// A voice and a stance together are refused: documents.csv counts hits by either, and not how often the two meet.
fn stance(fields: &Fields<'_, '_>) -> Result<StanceFilter, TomlError> {
    let stance = fields.choice("stance", &STANCES)?.unwrap_or(StanceFilter::All);
    let voice = fields.choice("voice", &VOICES)?.unwrap_or(VoiceFilter::All);
    match fields.value("stance").filter(|_| stance != StanceFilter::All && voice != VoiceFilter::All) {
        Some(value) => {
            Err(fields.expected(value, "stance", "\"all\" beside a voice; hits are counted by one of the two"))
        }
        None => Ok(stance),
    }
}

/// Refused where documents are the unit, which count alike anyway.
fn weight(fields: &Fields<'_, '_>) -> Result<Weight, TomlError> {
    let weight = fields.choice("weight", &WEIGHTS)?.unwrap_or(Weight::Sentence);
    let is_of_documents = fields.choice("unit", &UNITS)? == Some(Unit::Document);
    match fields.value("weight").filter(|_| weight == Weight::Document && is_of_documents) {
        Some(value) => {
            Err(fields.expected(value, "weight", "none beside unit = \"document\", where every document counts as one"))
        }
        None => Ok(weight),
    }
}

fn period_pairs(fields: &Fields<'_, '_>) -> Result<bool, TomlError> {
    let Some(value) = fields.value("period_pairs") else { return Ok(false) };
    let expected = "true or false, without quotation marks: true compares each pair of groups in every period too";
    value.get_ref().as_bool().ok_or_else(|| fields.expected(value, "period_pairs", expected))
}

fn least_documents(fields: &Fields<'_, '_>) -> Result<u64, TomlError> {
    let Some(value) = fields.value("least_documents") else { return Ok(CompareSettings::LEAST_DOCUMENTS) };
    let number = value.get_ref().as_integer().and_then(|integer| integer.as_str().parse().ok());
    number
        .filter(|number| *number > 0)
        .ok_or_else(|| fields.expected(value, "least_documents", "a whole number of at least 1, such as 10"))
}

/// A number of sentences or a share of them, for all frames or by frame.
fn at_least(fields: &Fields<'_, '_>) -> Result<AtLeast, TomlError> {
    let Some(value) = fields.value("at_least") else { return Ok(AtLeast::default()) };
    if value.get_ref().as_table().is_none() {
        return Ok(AtLeast { all: Some(least_hits(fields, value)?), frames: BTreeMap::new() });
    }
    let Some(table) = fields.table("at_least", "at_least")? else { return Ok(AtLeast::default()) };
    let mut frames = BTreeMap::new();
    for (frame, value) in table.table {
        frames.insert(frame.get_ref().to_string(), least_hits(fields, value)?);
    }
    Ok(AtLeast { all: None, frames })
}

fn least_hits(fields: &Fields<'_, '_>, value: &Value<'_>) -> Result<LeastHits, TomlError> {
    const EXPECTED: &str =
        "a number of sentences such as 2, a share of them such as 0.1, or one of these by frame: { moral = 2 }";
    let least = match value.get_ref() {
        DeValue::Integer(number) => number.as_str().parse().ok().filter(|least| *least > 0).map(LeastHits::Sentences),
        DeValue::Float(number) => number.as_str().parse().ok().and_then(share),
        _ => None,
    };
    least.ok_or_else(|| fields.expected(value, "at_least", EXPECTED))
}

/// A share above 0, and at most 1.
fn share(number: f64) -> Option<LeastHits> {
    let is_share = number > 0.0 && number <= 1.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is in (0, 1]")]
    let millionths = (number * 1e6).round() as u64;
    is_share.then_some(LeastHits::Share(millionths))
}

fn period(fields: &Fields<'_, '_>, value: &Value<'_>) -> Result<Period, TomlError> {
    let expected = || fields.expected(value, "period", &format!("{}, or a list of cut dates", word_list(&PERIODS)));
    match value.get_ref() {
        DeValue::Array(items) if !items.is_empty() => Ok(Period::Cuts(ascending_days(
            fields,
            items,
            DayList { key: "period", example: "cut dates such as [\"2022-01-26\", \"2022-02-24\"]", what: "cut dates" },
        )?)),
        DeValue::String(word) => {
            PERIODS.into_iter().find(|(name, _)| name == word).map(|(_, period)| period).ok_or_else(expected)
        }
        _ => Err(expected()),
    }
}

/// The days at which interrupted series are asked for.
fn interruptions(fields: &Fields<'_, '_>) -> Result<Vec<Date>, TomlError> {
    let list = DayList { key: "interruptions", example: "a list of days such as [\"2022-02-24\"]", what: "days" };
    let Some(value) = fields.value(list.key) else { return Ok(Vec::new()) };
    let items = value.get_ref().as_array().ok_or_else(|| fields.expected(value, list.key, list.example))?;
    ascending_days(fields, items, list)
}

/// How a list of days is called.
#[derive(Clone, Copy)]
struct DayList {
    key: &'static str,
    example: &'static str,
    what: &'static str,
}

fn ascending_days(fields: &Fields<'_, '_>, items: &[Value<'_>], list: DayList) -> Result<Vec<Date>, TomlError> {
    let mut days: Vec<Date> = Vec::new();
    for item in items {
        let day = day(item.get_ref()).ok_or_else(|| fields.expected(item, list.key, list.example))?;
        if let Some(last) = days.last().filter(|last| **last >= day) {
            let message = format!("\"{}\" has {day} after {last}; {} ascend", list.key, list.what);
            return Err(fields.file.error(item.span().start, message));
        }
        days.push(day);
    }
    Ok(days)
}

/// The `[keyness]` table.
fn keyness_table(root: &Fields<'_, '_>) -> Result<KeynessSettings, TomlError> {
    let Some(fields) = root.table("keyness", "[keyness]")? else { return Ok(KeynessSettings::default()) };
    refuse_unknown(&fields, &KEYNESS_KEYS)?;
    keyness(&fields)
}

fn marks(root: &Fields<'_, '_>) -> Result<Vec<Mark>, TomlError> {
    const EXPECTED: &str =
        "[[mark]] with two brackets and, below it, date = \"2022-02-21\" and label = \"Recognition\"";
    let mut marks = Vec::new();
    for fields in root.tables("mark", "[[mark]]", EXPECTED)? {
        refuse_unknown(&fields, &MARK_KEYS)?;
        let Some(value) = fields.value("date") else {
            return Err(fields.missing("[[mark]] has no date; say when it was: date = \"2022-02-21\""));
        };
        let date =
            day(value.get_ref()).ok_or_else(|| fields.expected(value, "date", "a day such as \"2022-02-21\""))?;
        let label = fields.required("label", "say in few words what happened: label = \"Recognition\"")?;
        marks.push(Mark { date, label: label.value });
    }
    Ok(marks)
}
