//! Documents as rows of a regression: what each term is, and which documents must be left out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use crate::compare::cells::{Cells, CountedDocument, trials_of};
use crate::compare::place::{Place, WHOLE_SPAN};
use crate::compare::study_time::StudyTime;
use crate::compare::{DocumentCounts, Plan};
use crate::stats::{ClusterCounts, LogitRow};

/// The term that is a time, and not levels.
const DATE: &str = "date";

/// Distinct documents that a level must have to be told from the others.
const LEAST_DOCUMENTS: usize = 10;

/// Why the date is no term.
const FEW_DATES: &str = "fewer than two dates";

/// The most levels of a term: beyond, a column is a name of documents rather than a kind of them.
const MOST_LEVELS: usize = 40;

/// The documents and the terms.
#[derive(Clone, Default)]
pub(super) struct RegressionDesign<'a> {
    /// The columns asked for that tell documents apart.
    pub(super) columns: Vec<&'a str>,
    pub(super) terms: Vec<Term<'a>>,
    pub(super) documents: Vec<DesignDocument<'a>>,
    /// What is said of every row.
    pub(super) remarks: Vec<String>,
    /// Columns asked for that are no term, and why.
    no_terms: BTreeMap<&'a str, String>,
    /// How time is measured: alike for all frames, of which one may be estimated without the documents of a level.
    time: Option<StudyTime>,
}

/// A term of the regression.
#[derive(Clone)]
pub(super) struct Term<'a> {
    /// Its column.
    pub(super) name: &'a str,
    /// Its place among the columns.
    pub(super) place: usize,
    pub(super) kind: TermShape<'a>,
    /// Its covariates.
    pub(super) covariates: Range<usize>,
}

/// What a term is made of.
#[derive(Clone)]
pub(super) enum TermShape<'a> {
    /// Levels in the order of their names; the first is the base.
    Levels(Vec<&'a str>),
    /// Time since the first day.
    Time(StudyTime),
}

/// A document in the regression.
#[derive(Clone)]
pub(super) struct DesignDocument<'a> {
    /// By column.
    values: Vec<DocumentValue<'a>>,
    pub(super) outlet: &'a str,
    /// Number of the distinct document that it is, or is a copy of.
    pub(super) text: u32,
    pub(super) sentences: u64,
    pub(super) counts: ClusterCounts,
}

/// What a document has in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DocumentValue<'a> {
    Level(&'a str),
    Day(Date),
}

impl<'a> RegressionDesign<'a> {
    pub(super) fn new(plan: &'a Plan, cells: &Cells<'a>) -> Self {
        let mut design = Self::default();
        let documents: Vec<CountedDocument<'a>> = cells
            .groups
            .iter()
            .flat_map(|group| cells.documents_of(Place { group, period: WHOLE_SPAN }))
            .copied()
            .collect();
        let days: BTreeSet<Date> = documents.iter().filter_map(|document| document.counts.date).collect();
        design.time = days.first().zip(days.last()).map(|(first, last)| StudyTime::between(*first, *last));
        design.columns = design.usable(plan, &documents, &days);
        let columns = &design.columns;
        design.documents = documents.iter().filter_map(|entry| DesignDocument::new(plan, columns, entry)).collect();
        let incomplete = documents.len() - design.documents.len();
        if incomplete > 0 {
            design.remarks.push(format!("left out, as without a value of a term: {incomplete}"));
        }
        let is_corrected = |group| cells.cell(Place { group, period: WHOLE_SPAN }).is_corrected();
        if cells.groups.iter().any(|group| is_corrected(group)) {
            design.remarks.push("not corrected by hand codings".to_owned());
        }
        design.settle();
        design
    }

    /// Leaves out documents of rare levels, and makes terms of what the columns then have.
    fn settle(&mut self) {
        self.leave_out_rare();
        self.terms.clear();
        for place in 0..self.columns.len() {
            let name = self.columns[place];
            if let Some(kind) = self.kind(place, name) {
                let first = self.terms.last().map_or(0, |term| term.covariates.end);
                self.terms.push(Term { name, place, covariates: first..first + kind.covariates(), kind });
            }
        }
    }

    /// The design without these documents, for this reason.
    pub(super) fn without(&self, level: (usize, &'a str), why: String) -> Self {
        let mut design = self.clone();
        design.documents.retain(|document| document.level(level.0) != Some(level.1));
        design.remarks.push(why);
        design.settle();
        design
    }

    /// The columns asked for, without those in which hardly two documents are alike: all their documents would be left out as
    /// rare, and with them all that the other columns tell. Without the date, too, where all that have one have the same: those
    /// that have none would be left out for nothing.
    fn usable(&mut self, plan: &'a Plan, documents: &[CountedDocument<'a>], days: &BTreeSet<Date>) -> Vec<&'a str> {
        let mut columns = Vec::new();
        for name in &plan.settings().regress_on {
            let mut units: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
            for document in documents {
                if let Some(DocumentValue::Level(level)) = value(plan, document.counts, name) {
                    units.entry(level).or_default().insert(document.text);
                }
            }
            let levels = units.values().filter(|units| units.len() >= LEAST_DOCUMENTS).count();
            let undated = || (days.len() < 2).then(|| FEW_DATES.to_owned());
            let trouble = if name == DATE { undated() } else { unfit(levels) };
            match trouble {
                Some(why) => self.refuse(name, why),
                None => columns.push(name.as_str()),
            }
        }
        columns
    }

    fn refuse(&mut self, name: &'a str, why: String) {
        self.remarks.push(format!("without {name}: {why}"));
        self.no_terms.insert(name, why);
    }

    /// Those of the columns asked for that are no term, each with the reason.
    pub(super) fn left_out(&self, asked: &[String]) -> Vec<(String, String)> {
        let mut left_out = Vec::new();
        for name in asked.iter().filter(|name| self.terms.iter().all(|term| term.name != **name)) {
            let why = self.no_terms.get(&name[..]).cloned();
            left_out.push((name.clone(), why.unwrap_or_else(|| FEW_DATES.to_owned())));
        }
        left_out
    }

    /// Leaves out documents of rare levels, until none is rare: without its rare outlets a section may become so.
    fn leave_out_rare(&mut self) {
        let columns = &self.columns;
        let mut rare: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        loop {
            let before = self.documents.len();
            for (place, name) in columns.iter().enumerate() {
                let units = units_of_levels(&self.documents, place);
                let is_rare = |level: &str| units.get(level).is_some_and(|units| units.len() < LEAST_DOCUMENTS);
                rare.entry(name).or_default().extend(units.keys().filter(|level| is_rare(level)));
                self.documents.retain(|document| document.level(place).is_none_or(|level| !is_rare(level)));
            }
            if self.documents.len() == before {
                break;
            }
        }
        for (name, levels) in rare.into_iter().filter(|(_, levels)| !levels.is_empty()) {
            let named = levels.into_iter().collect::<Vec<_>>().join(", ");
            self.remarks.push(format!("left out, as {name} with fewer than {LEAST_DOCUMENTS} documents: {named}"));
        }
    }

    /// What the term of a column is; `None` where nothing varies, or too much.
    fn kind(&mut self, place: usize, name: &'a str) -> Option<TermShape<'a>> {
        if name == DATE {
            let days: BTreeSet<Date> = self.documents.iter().filter_map(|document| document.day(place)).collect();
            return self.time.filter(|_| days.len() > 1).map(TermShape::Time);
        }
        let levels: Vec<&str> = units_of_levels(&self.documents, place).into_keys().collect();
        let nested = || {
            self.nested_with(place)
                .map(|other| format!("it and {other} cannot be told apart, as one follows from the other"))
        };
        if let Some(why) = unfit(levels.len()).or_else(nested) {
            self.refuse(name, why);
            return None;
        }
        Some(TermShape::Levels(levels))
    }

    /// The term of which a column's values follow, or which follows from them, as a country does from its outlets.
    fn nested_with(&self, place: usize) -> Option<&'a str> {
        let is_nested = |term: &&Term<'a>| self.follows(term.place, place) || self.follows(place, term.place);
        let leveled = self.terms.iter().filter(|term| matches!(term.kind, TermShape::Levels(_)));
        leveled.into_iter().find(is_nested).map(|term| term.name)
    }

    /// Whether each level of one column comes with a single level of the other.
    fn follows(&self, from: usize, to: usize) -> bool {
        let mut known = BTreeMap::new();
        let mut pairs = self.documents.iter().filter_map(|it| it.level(from).zip(it.level(to)));
        pairs.all(|(level, other)| *known.entry(level).or_insert(other) == other)
    }

    /// The rows of a frame.
    pub(super) fn rows(&self, frame: usize) -> Vec<LogitRow> {
        let row = |document: &DesignDocument<'a>| {
            let (k, n, cluster) = (document.counts.k[frame], document.counts.n, document.text as usize);
            LogitRow { k, n, covariates: self.covariates(document), cluster }
        };
        self.documents.iter().map(row).collect()
    }

    fn covariates(&self, document: &DesignDocument<'a>) -> Vec<f64> {
        let mut covariates = Vec::new();
        for term in &self.terms {
            match &term.kind {
                TermShape::Levels(levels) => {
                    let own = document.level(term.place);
                    covariates.extend(levels[1..].iter().map(|level| f64::from(u8::from(own == Some(level)))));
                }
                TermShape::Time(time) => {
                    let since = document.day(term.place).map_or(0, |day| time.day(day));
                    covariates.push(f64::from(since) / f64::from(time.days()));
                }
            }
        }
        covariates
    }

    /// The documents that have a level of a term.
    pub(super) fn at_level(&self, term: &Term<'a>, level: &'a str) -> Vec<&DesignDocument<'a>> {
        let place = term.place;
        self.documents.iter().filter(|document| document.level(place) == Some(level)).collect()
    }

    /// How many outlets there are, where a term has one level in each of them: they and not their documents are its cases.
    pub(super) fn outlets_alone(&self, term: &Term<'a>) -> Option<usize> {
        let mut levels: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for document in &self.documents {
            levels.entry(document.outlet).or_default().insert(document.level(term.place)?);
        }
        let is_named = term.name == "outlet" || levels.len() < 2;
        (!is_named && levels.values().all(|levels| levels.len() == 1)).then_some(levels.len())
    }
}

impl TermShape<'_> {
    fn covariates(&self) -> usize {
        match self {
            Self::Levels(levels) => levels.len() - 1,
            Self::Time(_) => 1,
        }
    }
}

impl<'a> DesignDocument<'a> {
    /// `None` without a value of a term, or without trials.
    fn new(plan: &Plan, columns: &[&str], entry: &CountedDocument<'a>) -> Option<Self> {
        let document = entry.counts;
        let values: Option<Vec<DocumentValue<'a>>> = columns.iter().map(|name| value(plan, document, name)).collect();
        let counts = trials_of(plan, document);
        Some(Self {
            values: values?,
            outlet: &document.outlet,
            text: entry.text,
            sentences: document.sentences,
            counts,
        })
        .filter(|document| document.counts.n > 0)
    }

    fn level(&self, place: usize) -> Option<&'a str> {
        match self.values[place] {
            DocumentValue::Level(level) => Some(level),
            DocumentValue::Day(_) => None,
        }
    }

    fn day(&self, place: usize) -> Option<Date> {
        match self.values[place] {
            DocumentValue::Day(day) => Some(day),
            DocumentValue::Level(_) => None,
        }
    }
}

/// The distinct documents of each level of a column; nothing of the date.
fn units_of_levels<'a>(documents: &[DesignDocument<'a>], place: usize) -> BTreeMap<&'a str, BTreeSet<u32>> {
    let mut units: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for document in documents {
        if let Some(level) = document.level(place) {
            units.entry(level).or_default().insert(document.text);
        }
    }
    units
}

/// Why a column of so many levels that are large enough is no term.
fn unfit(levels: usize) -> Option<String> {
    if levels < 2 {
        return Some(format!("fewer than two values have {LEAST_DOCUMENTS} documents"));
    }
    (levels > MOST_LEVELS).then(|| format!("it has more than {MOST_LEVELS} values"))
}

fn value<'a>(plan: &Plan, document: &'a DocumentCounts, name: &str) -> Option<DocumentValue<'a>> {
    let settings = plan.settings();
    let level = match name {
        DATE => return document.date.map(DocumentValue::Day),
        // The groups that are compared, also where they are merged.
        name if name == settings.by => &*document.group,
        "outlet" => &*document.outlet,
        name => document.column(plan.column(name)?)?,
    };
    (!level.is_empty()).then_some(DocumentValue::Level(level))
}
