//! Makes a document of a record's named values, by the study's `columns` and `set`, or says why there is none.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::{
    compare::{ALL_GROUPS, REST},
    corpus::{
        dates, implied,
        inputs::CorpusFile,
        json_paths,
        nearest::nearest,
        reader::{NamedValue, ValueForm},
        sought::SoughtValues,
    },
    model::{Document, Exclusion, Origin, TextEncoding},
    text::{after_repeated_title, decoded_once, without_markup},
};

/// What the study needs of every record, besides a title or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Column that documents are compared by; a record without a value there is left out.
    pub by: String,
    /// Whether a record without a date is left out.
    pub date: bool,
    /// Columns that every file must have, while single records need not have a value there.
    pub columns: Vec<String>,
    /// Which of these the study compares within, in whose place stories can be found.
    pub within: Option<String>,
}

impl Needs {
    /// Whether anything is asked of the days of records: else one whose date cannot be read is as good as one without.
    fn asks_for_date(&self) -> bool {
        self.date || self.columns.iter().any(|column| column == "date")
    }

    /// What the study may say in place of a column that it lacks.
    fn instead_of(&self, column: &str) -> &'static str {
        let is_within = self.within.as_deref() == Some(column);
        if is_within { "; or within = \"story\", which finds the documents of one event by their words" } else { "" }
    }
}

/// What the study says about the values of one file.
pub(super) struct Mapping<'a> {
    input: &'a CorpusFile,
    needs: &'a Needs,
    one_document: bool,
}

/// Why there is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) reason: Exclusion,
    pub(super) detail: String,
    /// Whether the date would fit the study's format with day and month the other way round.
    pub(super) fits_swapped: bool,
    /// The id of the record, where its values could be read.
    pub(super) id: Option<String>,
}

/// A document, and what is wrong with its date where the study asks for none, so that it is kept without one.
pub(super) type Mapped = (Document, Option<Refusal>);

impl Refusal {
    pub(super) fn new(reason: Exclusion, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into(), fits_swapped: false, id: None }
    }
}

/// The columns of a record that are not `extra`.
#[derive(Default)]
struct Values<'a> {
    id: Cow<'a, str>,
    outlet: Cow<'a, str>,
    date: Cow<'a, str>,
    title: Cow<'a, str>,
    text: Cow<'a, str>,
    extra: BTreeMap<String, String>,
}

impl<'a> Values<'a> {
    fn put(&mut self, name: &str, value: Cow<'a, str>) {
        match name {
            "id" => self.id = value,
            "outlet" => self.outlet = value,
            "date" => self.date = value,
            "title" => self.title = value,
            "text" => self.text = value,
            _ => {
                self.extra.insert(name.to_owned(), value.into_owned());
            }
        }
    }

    fn get(&self, name: &str) -> &str {
        match name {
            "id" => &self.id,
            "outlet" => &self.outlet,
            "date" => &self.date,
            "title" => &self.title,
            "text" => &self.text,
            _ => self.extra.get(name).map_or("", String::as_str),
        }
    }
}

impl<'a> Mapping<'a> {
    pub(super) fn new(input: &'a CorpusFile, needs: &'a Needs) -> Self {
        Self { input, needs, one_document: input.reader.one_document }
    }

    /// The same where the file itself tells that it has many documents, or one.
    pub(super) fn of_many(self, holds_many: bool) -> Self {
        Self { one_document: self.one_document && !holds_many, ..self }
    }

    /// Whether the file is one document, which need not have every value.
    pub(super) fn one_document(&self) -> bool {
        self.one_document
    }

    /// How the study says that dates are written.
    pub(super) fn date_formats(&self) -> &[String] {
        &self.input.settings.date_format
    }

    /// The document of the record at `origin`. `set` wins over the file, and a name that the study maps or sets hides
    /// a column of that name. Columns without a name are dropped. `sought` takes note of what conditions ask for.
    ///
    /// # Errors
    /// The reason to leave it out, and the detail.
    pub(super) fn document(
        &self,
        record: Vec<NamedValue<'_>>,
        origin: Origin,
        sought: &mut SoughtValues,
    ) -> Result<Mapped, Refusal> {
        let mut values = self.values(record)?;
        self.mend(&mut values, sought);
        let id = match values.id.trim() {
            "" => self.made_up_id(origin.record),
            id => id.to_owned(),
        };
        self.kept(values, &id, origin, sought).map_err(|refusal| Refusal { id: Some(id), ..refusal })
    }

    fn kept(
        &self,
        mut values: Values<'_>,
        id: &str,
        origin: Origin,
        sought: &mut SoughtValues,
    ) -> Result<Mapped, Refusal> {
        let date = self.date(&values);
        sought.see(|column| Cow::Owned(tidy(values.get(column))));
        // First of all: what the study is not about need not be sound.
        self.check_subset(&values, &date)?;
        if values.title.trim().is_empty() && values.text.trim().is_empty() {
            return Err(Refusal::new(Exclusion::MissingText, "neither a title nor a text"));
        }
        self.check_group(&values)?;
        let (date, trouble) = match date {
            Err(refusal) if !self.needs.asks_for_date() => (None, Some(refusal)),
            date => (date?, None),
        };
        if let Some(group) = values.extra.get_mut(&self.needs.by) {
            *group = tidy(group);
        }
        let mut document = Document::new(id, &values.title, &values.text);
        document.outlet = tidy(&values.outlet);
        document.date = date;
        document.extra = values.extra;
        document.origin = origin;
        Ok((document, trouble))
    }

    /// Refuses a record outside the subset that the study asks for, and one of which that cannot be told.
    fn check_subset(&self, values: &Values<'_>, date: &Result<Option<Date>, Refusal>) -> Result<(), Refusal> {
        let subset = &self.input.settings.subset;
        let day = if subset.needs_day() || subset.columns().contains("date") { date.clone()? } else { None };
        if subset.needs_day() {
            let message = "no date, and \"from\" or \"to\" asks for one";
            let day = day.ok_or_else(|| Refusal::new(Exclusion::MissingDate, message))?;
            if let Some(side) = subset.misses_day(day) {
                return Err(Refusal::new(Exclusion::OutsideSubset, side));
            }
        }
        let cell = |column: &str| match column {
            "date" => Cow::Owned(day.map_or_else(String::new, |day| day.to_string())),
            "title" | "text" => Cow::Borrowed(values.get(column)),
            _ => Cow::Owned(tidy(values.get(column))),
        };
        match subset.condition.as_ref().map_or(Ok(true), |condition| condition.holds(&cell)) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Refusal::new(Exclusion::OutsideSubset, "not as \"where\" asks")),
            Err(trouble) => Err(Refusal::new(Exclusion::BadValue, format!("\"where\": {trouble}"))),
        }
    }

    fn check_group(&self, values: &Values<'_>) -> Result<(), Refusal> {
        let by = &self.needs.by;
        if values.get(by).trim().is_empty() {
            return Err(Refusal::new(Exclusion::MissingOutlet, format!("no value in the column \"{by}\"")));
        }
        let name = tidy(values.get(by));
        let meant =
            [(REST, "all other groups in comparisons.csv"), (ALL_GROUPS, "all groups together in tables of diff")];
        if let Some((name, meaning)) = meant.into_iter().find(|(reserved, _)| name == *reserved) {
            let detail = format!("\"{name}\" in the column \"{by}\" stands for {meaning}; rename it");
            return Err(Refusal::new(Exclusion::ReservedName, detail));
        }
        Ok(())
    }

    fn date(&self, values: &Values<'_>) -> Result<Option<Date>, Refusal> {
        let formats = &self.input.settings.date_format;
        match values.date.trim() {
            "" if self.needs.date => {
                Err(Refusal::new(Exclusion::MissingDate, "no date, and the study compares periods"))
            }
            "" => Ok(None),
            text => {
                let language = values.extra.get("language").map(|code| code.trim()).filter(|code| !code.is_empty());
                dates::parse(text, formats, language).map(Some).map_err(|detail| Refusal {
                    fits_swapped: dates::fits_swapped(text, formats),
                    ..Refusal::new(Exclusion::BadDate, detail)
                })
            }
        }
    }

    /// Does to the values what the study's keys ask for.
    fn mend(&self, values: &mut Values<'_>, sought: &mut SoughtValues) {
        let settings = &self.input.settings;
        if settings.encoding == TextEncoding::Utf8Twice {
            for value in [&mut values.outlet, &mut values.title, &mut values.text] {
                if let Cow::Owned(once) = decoded_once(value) {
                    *value = Cow::Owned(once);
                }
            }
            values.extra.values_mut().for_each(|value| *value = decoded_once(value).into_owned());
        }
        if settings.strip_html {
            values.title = Cow::Owned(without_markup(&values.title));
            values.text = Cow::Owned(without_markup(&values.text));
        }
        if let Some(end) = after_repeated_title(&values.title, &values.text).filter(|_| settings.drop_repeated_title) {
            values.text = Cow::Owned(values.text[end..].to_owned());
        }
        if settings.rename.is_empty() {
            return;
        }
        let mut renamed = |written: &str| {
            let spelling = tidy(written);
            sought.see_spelling(&spelling);
            settings.rename.get(&spelling)
        };
        if let Some(name) = renamed(&values.outlet) {
            values.outlet = Cow::Owned(name.clone());
        }
        if let Some(group) = values.extra.get_mut(&self.needs.by)
            && let Some(name) = renamed(group)
        {
            group.clone_from(name);
        }
    }

    fn values<'r>(&self, record: Vec<NamedValue<'r>>) -> Result<Values<'r>, Refusal> {
        let settings = &self.input.settings;
        let mut values = Values::default();
        let implied = implied::TARGETS.map(|target| (target, self.implied(target, &record)));
        for cell in record {
            if let Some((target, _)) = implied.iter().find(|(_, column)| column.as_deref() == Some(&*cell.name)) {
                self.refuse_unreadable(target, &cell)?;
                let is_host = *target == "outlet" && implied::is_address(&cell.name);
                let value = if is_host { Cow::Owned(implied::host(&cell.value)) } else { cell.value.clone() };
                values.put(target, value);
            }
            for (target, source) in &settings.columns {
                let Some(value) = named(&cell, source) else { continue };
                self.refuse_unreadable(target, &value)?;
                values.put(target, value.value);
            }
            let hidden = settings.columns.contains_key(&*cell.name)
                || settings.columns.values().any(|column| *column == *cell.name);
            if !hidden {
                self.refuse_unreadable(&cell.name, &cell)?;
                values.put(&cell.name, cell.value);
            }
        }
        for (target, constant) in &settings.set {
            values.put(target, Cow::Owned(constant.clone()));
        }
        Ok(values)
    }

    /// The column in which a record says what it has no column of that name for.
    fn implied(&self, target: &str, record: &[NamedValue<'_>]) -> Option<String> {
        let texts = record.iter().filter(|cell| cell.form != ValueForm::Nested).map(|cell| &*cell.name);
        implied::column_for(target, &self.input.settings, texts).map(str::to_owned)
    }

    /// Refuses half a character, a list and an object where the study reads them. In other columns they harm nothing.
    fn refuse_unreadable(&self, target: &str, cell: &NamedValue<'_>) -> Result<(), Refusal> {
        let is_read = ["id", "outlet", "date", "title", "text", &self.needs.by[..]].contains(&target);
        if !is_read || self.input.settings.set.contains_key(target) {
            return Ok(());
        }
        let trouble = match cell.form {
            ValueForm::Text | ValueForm::Bare => return Ok(()),
            ValueForm::Nested => format!("a list or an object of JSON; {}", json_paths::remedy(target, cell)),
            ValueForm::Torn => {
                "half a character (one escape of a surrogate pair without the other), as programs leave it \
                                that cut texts at a length; remove it"
                    .to_owned()
            }
        };
        Err(Refusal::new(Exclusion::Malformed, format!("\"{}\": {trouble}", cell.name)))
    }

    /// The id of a record that has none: `articles-000001`; of a file that is one document: `articles`.
    fn made_up_id(&self, record: u64) -> String {
        let label = &self.input.label;
        if self.one_document { label.clone() } else { format!("{label}-{record:06}") }
    }

    /// What is wrong with a file that has these `columns`: one that the study maps, or needs, is not among them.
    pub(super) fn missing_column(&self, columns: &BTreeSet<String>) -> Option<String> {
        let settings = &self.input.settings;
        let absent = settings.columns.iter().find(|(_, column)| !is_there(columns, column));
        if let Some((name, column)) = absent {
            let nearest =
                nearest(column, columns).map_or(String::new(), |nearest| format!("did you mean \"{nearest}\"? "));
            return Some(format!(
                "no column \"{column}\", which \"columns\" maps to {name}; {nearest}its columns are {}{}",
                list(columns),
                where_they_may_be(columns)
            ));
        }
        if let Some(message) = self.unknown_to_condition(columns) {
            return Some(message);
        }
        if let Some(name) = self.needs.columns.iter().find(|name| !self.has(name, columns)) {
            let column = nearest(name, columns).unwrap_or("...");
            return Some(format!(
                "no column \"{name}\", which [compare], [regression] or [keyness] asks for; its columns are {}; say columns = {{ {name} = \"{column}\" }} or \
                 set = {{ {name} = \"...\" }}{}",
                list(columns),
                self.needs.instead_of(name)
            ));
        }
        let dated = self.needs.date || settings.subset.needs_day();
        let needed = [(true, &self.needs.by[..]), (dated, "date"), (!self.has("title", columns), "text")];
        let (_, name) = needed.into_iter().find(|(needed, name)| *needed && !self.has(name, columns))?;
        let column = nearest(name, columns).unwrap_or("...");
        let set = match name {
            "text" => String::new(),
            "date" if self.needs.date => " or leave period out of [compare]".to_owned(),
            "date" => " or leave \"from\" and \"to\" out of [[corpus]]".to_owned(),
            "outlet" => " or set = { outlet = \"...\" }".to_owned(),
            by => format!(" or set = {{ {by} = \"...\" }}, or give [compare] another by"),
        };
        Some(format!(
            "no column \"{name}\"; its columns are {}; say columns = {{ {name} = \"{column}\" }}{set}{}",
            list(columns),
            where_they_may_be(columns)
        ))
    }

    /// What to say of values that records of a file with these columns have without a column of that name.
    pub(super) fn implied_notes(&self, columns: &BTreeSet<String>) -> Vec<String> {
        // Of single pages this is the rule, which the docs tell, and no news of each.
        if self.one_document { Vec::new() } else { implied::notes(&self.input.settings, columns) }
    }

    /// Whether documents of a file with these columns have what the study calls `name`.
    fn has(&self, name: &str, columns: &BTreeSet<String>) -> bool {
        let settings = &self.input.settings;
        let file_column = settings.columns.get(name).map_or(name, String::as_str);
        settings.set.contains_key(name)
            || is_there(columns, file_column)
            || implied::column_for(name, settings, columns.iter().map(String::as_str)).is_some()
    }

    /// What the study calls a column of the file that it gives another name, by which alone it is then known.
    fn other_name(&self, column: &str) -> Option<&str> {
        let columns = &self.input.settings.columns;
        let target = columns.iter().find(|(_, file_column)| *file_column == column).map(|(target, _)| target.as_str());
        target.filter(|target| *target != column && !columns.contains_key(column))
    }

    /// What is wrong with a condition that asks of a column which documents do not have. An empty cell is as good as none to
    /// it, so that a column that is misspelt would leave everything out.
    fn unknown_to_condition(&self, columns: &BTreeSet<String>) -> Option<String> {
        let settings = &self.input.settings;
        let known: BTreeSet<String> =
            columns.iter().chain(settings.columns.keys()).chain(settings.set.keys()).cloned().collect();
        let is_unknown = |name: &&str| !known.contains(*name) || self.other_name(name).is_some();
        let name = settings.subset.columns().into_iter().find(is_unknown)?;
        if let Some(target) = self.other_name(name) {
            return Some(format!("\"where\" asks of \"{name}\", which \"columns\" calls {target}; write {target}"));
        }
        let nearest = nearest(name, &known).map_or(String::new(), |nearest| format!("did you mean \"{nearest}\"? "));
        Some(format!("no column \"{name}\", which \"where\" asks of; {nearest}its columns are {}", list(&known)))
    }
}

/// Whether a file with these columns has that one, or one around the value of that name.
fn is_there(columns: &BTreeSet<String>, name: &str) -> bool {
    columns.contains(name) || json_paths::outermost(name).is_some_and(|(outer, _)| columns.contains(outer))
}

/// The value that the study calls `source`: the cell of that name, or a value inside it, `source.name`.
fn named<'r>(cell: &NamedValue<'r>, source: &str) -> Option<NamedValue<'r>> {
    if *cell.name == *source {
        return Some(cell.clone());
    }
    let (_, path) = json_paths::outermost(source).filter(|(column, _)| *column == cell.name)?;
    json_paths::inside(cell, path)
}

/// A name in the form in which it is compared: white space and line ends as single spaces, none around it nor invisible
/// characters, letters and their accents composed. Two names that look alike are then one group.
fn tidy(name: &str) -> String {
    let is_invisible =
        |c: &char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}');
    let visible: String = name.nfc().filter(|c| !is_invisible(c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What to do with an answer of a service, whose records stand in a list inside of one object, and with a table whose first line is
/// a record.
fn where_they_may_be(columns: &BTreeSet<String>) -> String {
    const LISTS: [&str; 7] = ["articles", "data", "docs", "hits", "items", "records", "results"];
    if columns.iter().any(|name| name.chars().count() > LONGEST_NAME) {
        return "; if that is a record, write a line with the names of the columns above it".to_owned();
    }
    match LISTS.into_iter().find(|name| columns.contains(*name)) {
        Some(list) if columns.len() < 6 => {
            format!(
                "; where the records are the list \"{list}\" of one object, save that list alone (jq .{list} in.json > out.json)"
            )
        }
        _ => String::new(),
    }
}

/// Longest name of a column that is shown whole, in characters; who writes longer ones has an article for a name.
const LONGEST_NAME: usize = 80;

/// The columns of a file, for messages; of very many the first, and of a very long name the beginning.
fn list(columns: &BTreeSet<String>) -> String {
    const MOST: usize = 20;
    let begun = |name: &String| match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}...", &name[..end]),
        None => name.clone(),
    };
    let names: Vec<String> = columns.iter().filter(|name| !name.is_empty()).map(begun).collect();
    match names.len().checked_sub(MOST) {
        Some(more @ 1..) => format!("{} and {more} more", names[..MOST].join(", ")),
        _ => names.join(", "),
    }
}
