//! What a study asks for: corpus, codebook, comparisons and seed, already checked; and what holds where it asks for nothing
//! (the default of every key, the period among them). How a file says it is `study::file`.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::{CopyRule, Document, FileFormat, KeynessSettings, RestRule, Subset, Weight};

/// One TOML file that says everything a result depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// For headings.
    pub title: String,
    /// The one seed of every random stream.
    pub seed: u64,
    /// Path of the codebook, relative to the study file.
    pub codebook: String,
    /// Paths of what human coders said, relative to the study file; none where nobody coded.
    pub codings: Vec<String>,
    /// Paths of labels from outside (a language model, another classifier, a crowd), relative to the study file: the parts
    /// of one labelling; none where there is none.
    pub labels: Vec<String>,
    /// How sentences are scored where there are no hand codings.
    pub scorer: ScorerKind,
    /// Path of the scorer that was learnt before, relative to the study file, where [`ScorerKind::File`] asks for one.
    pub scorer_file: Option<String>,
    /// Path of the sentence vectors, relative to the study file; `None` where scorers go without.
    pub vectors: Option<String>,
    /// Output folder, relative to the study file.
    pub output: String,
    /// How tables are written; CSV is always among them.
    pub tables: Vec<TableFormat>,
    /// A folder that runs write notebooks to besides the one in the output folder, relative to the study file.
    pub notebooks: Option<String>,
    /// Whether documents.csv has a row of zeros for each frame that a document does not carry.
    pub zeros: bool,
    /// Where the documents are; never empty.
    pub corpus: Vec<CorpusSettings>,
    /// What is held against what.
    pub compare: CompareSettings,
    /// What words are compared by beside the groups.
    pub keyness: KeynessSettings,
    /// Days that figures show a line at.
    pub marks: Vec<Mark>,
}

/// A format that tables are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Comma-separated values.
    Csv,
    /// Apache Parquet, beside the CSV.
    Parquet,
}

/// A `[[mark]]` table: a day on which something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The day.
    pub date: Date,
    /// What happened, in few words.
    pub label: String,
}

/// How sentences are scored where no hand codings teach a scorer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScorerKind {
    /// By the codebook's rules alone.
    #[default]
    Rules,
    /// By the rules, and by statistics that learn from what the rules found.
    TaughtByRules,
    /// By labels from outside, with the rules for frames that these lack.
    Labels,
    /// By a scorer that was learnt before, as its file has it: nothing is learnt.
    File,
}

/// One `[[corpus]]` table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CorpusSettings {
    /// File, folder or glob, relative to the study file.
    pub path: String,
    /// Column in the file by the name used here: `{ outlet = "source" }`.
    pub columns: BTreeMap<String, String>,
    /// Constants by column, for what the files do not say themselves.
    pub set: BTreeMap<String, String>,
    /// How dates are written where they are neither ISO 8601 nor name their month, in strftime letters; the first that
    /// fits counts.
    pub date_format: Vec<String>,
    /// The format, where the ending of the files does not say it.
    pub format: Option<FileFormat>,
    /// The encoding, where it is not to be found out.
    pub encoding: TextEncoding,
    /// Names of outlets, or of the groups compared, by another spelling of them.
    pub rename: BTreeMap<String, String>,
    /// Whether tags and entities of HTML are taken out of titles and texts.
    pub strip_html: bool,
    /// Whether a title at the beginning of its text is taken out there.
    pub drop_repeated_title: bool,
    /// Which records belong to the study.
    pub subset: Subset,
}

/// How the bytes of files stand for text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TextEncoding {
    /// By byte order marks and evidence: UTF-8, UTF-16 or Windows-1252.
    #[default]
    Sniffed,
    /// The encoding of this name in the WHATWG standard, such as `windows-1251`.
    Named(String),
    /// UTF-8 that was taken for Windows-1252 and saved as UTF-8 again.
    Utf8Twice,
}

/// The `[compare]` table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareSettings {
    /// Column whose values are the groups.
    pub by: String,
    /// How dates are grouped; `None` compares the whole span only.
    pub period: Option<Period>,
    /// Whose hits count.
    pub voice: VoiceFilter,
    /// With which stance; not both this and a voice.
    pub stance: StanceFilter,
    /// What a share is a share of.
    pub unit: Unit,
    /// What counts alike where sentences are the unit: each of them, or each document.
    pub weight: Weight,
    /// From how many of its sentences on a document carries a frame.
    pub at_least: AtLeast,
    /// Pairs of frame ids held against each other.
    pub contrasts: Vec<(String, String)>,
    /// Whether each pair of groups is compared in single periods too, not only over the whole span. With groups by the
    /// dozen and weeks by the dozen these are thousands of tests, among which no single difference can be found.
    pub period_pairs: bool,
    /// Groups with fewer documents have shares, but are compared with no other group.
    pub least_documents: u64,
    /// Days named before looking, at which frames may change: interrupted series, shares before and after. Ascending.
    pub interruptions: Vec<Date>,
    /// Which of several copies of one text count.
    pub copies: CopyRule,
    /// How all other groups are taken together where one is held against them.
    pub rest: RestRule,
    /// A column of the corpus inside whose values groups are compared, too; `None` for none.
    pub within: Option<String>,
    /// Groups of several values of `by`, by name; a value in none of them is a group of its own.
    pub groups: BTreeMap<String, Vec<String>>,
    /// Frames that count as one beside themselves; in the order of the study file.
    pub frame_groups: Vec<FrameGroup>,
    /// Columns that `[regression]` explains shares by: outlet, date, or any other; the date is a time, the others are values.
    pub regress_on: Vec<String>,
}

impl CompareSettings {
    /// The group that documents with this value of `by` belong to.
    #[must_use]
    pub fn group_of<'a>(&'a self, value: &'a str) -> &'a str {
        let merged = self.groups.iter().find(|(_, values)| values.iter().any(|one| one == value));
        merged.map_or(value, |(group, _)| group)
    }

    /// The group that a document belongs to.
    #[must_use]
    pub fn group<'a>(&'a self, document: &'a Document) -> &'a str {
        self.group_of(document.column(&self.by).unwrap_or_default())
    }

    /// What groups are called: the column whose values they are, or groups where the study takes some of these together.
    #[must_use]
    pub fn group_title(&self) -> &str {
        if self.groups.is_empty() { &self.by } else { "group" }
    }

    /// What a share is a share of, as a word that stands in tables.
    #[must_use]
    pub const fn share_unit(&self) -> &'static str {
        match (self.unit, self.weight) {
            (Unit::Sentence, Weight::Document) => Self::MEAN_OF_DOCUMENTS,
            (unit, _) => unit.as_str(),
        }
    }

    /// Sentences, in the plural, where every document counts alike.
    pub const ALIKE: &str = "sentences (each document counting alike)";

    /// The word of [`Self::share_unit`] for sentences where every document counts alike.
    pub const MEAN_OF_DOCUMENTS: &str = "mean-of-documents";

    /// What a share is a share of, in the plural, for people.
    #[must_use]
    pub const fn share_units(&self) -> &'static str {
        match (self.unit, self.weight) {
            (Unit::Sentence, Weight::Sentence) => "sentences",
            (Unit::Sentence, Weight::Document) => Self::ALIKE,
            (Unit::Document, _) => "documents",
        }
    }

    /// Two groups of four documents are the smallest of which an exact permutation test can find a difference at .05: 2 of
    /// 70 arrangements; with three each the least p-value is .1.
    pub const LEAST_DOCUMENTS: u64 = 4;

    /// What a study compares within where it means the stories found, not a column of the corpus.
    pub const STORY: &str = "story";

    /// Columns of the corpus that are asked for besides outlet, date and groups, each once.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        let explaining = self.regress_on.iter().filter(|name| !["outlet", "date", &self.by].contains(&&name[..]));
        let mut columns: Vec<&str> = Vec::new();
        for name in self.within.iter().chain(explaining) {
            if !columns.contains(&&name[..]) {
                columns.push(name);
            }
        }
        columns
    }
}

impl Default for CompareSettings {
    fn default() -> Self {
        Self {
            by: "outlet".to_owned(),
            period: None,
            voice: VoiceFilter::All,
            stance: StanceFilter::All,
            unit: Unit::Sentence,
            weight: Weight::Sentence,
            at_least: AtLeast::default(),
            contrasts: Vec::new(),
            period_pairs: false,
            least_documents: Self::LEAST_DOCUMENTS,
            interruptions: Vec::new(),
            copies: CopyRule::All,
            rest: RestRule::Pooled,
            within: None,
            groups: BTreeMap::new(),
            frame_groups: Vec::new(),
            regress_on: vec!["outlet".to_owned(), "date".to_owned()],
        }
    }
}

/// A `[[frame_group]]` table: frames that are one frame too. A sentence, or a document, carries it where it carries any of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameGroup {
    /// What it is called in tables; no frame of the codebook.
    pub id: String,
    /// Ids of its frames, two or more.
    pub frames: Vec<String>,
}

/// How dates are grouped into periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Period {
    /// `2022-01-26`
    Day,
    /// ISO week, `2022-W04`
    Week,
    /// `2022-01`
    Month,
    /// `2022-Q1`
    Quarter,
    /// `2022`
    Year,
    /// Split at these days, ascending; each begins a period: `..2022-01-25`, `2022-01-26..`.
    Cuts(Vec<Date>),
}

impl Period {
    /// The period that `date` lies in. Labels of one kind sort as text in the order of time, for years 0 to 9999.
    #[must_use]
    pub fn label(&self, date: Date) -> String {
        match self {
            Self::Day => date.to_string(),
            Self::Week => {
                let week = date.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Self::Quarter => format!("{:04}-Q{}", date.year(), (date.month() + 2) / 3),
            Self::Year => format!("{:04}", date.year()),
            Self::Cuts(cuts) => {
                let next = cuts.partition_point(|cut| *cut <= date);
                let start = next.checked_sub(1).map_or(String::new(), |last| cuts[last].to_string());
                let end =
                    cuts.get(next).and_then(|cut| cut.yesterday().ok()).map_or(String::new(), |day| day.to_string());
                format!("{start}..{end}")
            }
        }
    }
}

/// Whose hits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoiceFilter {
    /// Everybody's.
    All,
    /// The outlet's own words only.
    Own,
    /// Words of quoted or reported sources only.
    Attributed,
}

impl VoiceFilter {
    /// The word that stands in study files and tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Own => "own",
            Self::Attributed => "attributed",
        }
    }
}

/// Hits of which stance count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StanceFilter {
    /// Of any, or none.
    All,
    /// Of a voice that affirms the frame.
    Favor,
    /// Of a voice that rejects it.
    Against,
}

impl StanceFilter {
    /// The word that stands in study files and tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Favor => "favor",
            Self::Against => "against",
        }
    }
}

/// How many sentences of a document must carry a frame for the document to carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeastHits {
    /// At least this many.
    Sentences(u64),
    /// At least this share of its sentences, in millionths, and at least one.
    Share(u64),
}

impl LeastHits {
    /// One sentence is enough.
    pub const ANY: Self = Self::Sentences(1);

    /// Whether a document with `hits` of `sentences` carries the frame.
    #[must_use]
    pub const fn is_reached(self, hits: u64, sentences: u64) -> bool {
        match self {
            Self::Sentences(least) => hits > 0 && hits >= least,
            Self::Share(share) => hits > 0 && hits * 1_000_000 >= share * sentences,
        }
    }
}

impl fmt::Display for LeastHits {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sentences(1) => write!(out, "any sentence"),
            Self::Sentences(least) => write!(out, "at least {least} sentences"),
            Self::Share(share) => write!(out, "at least {}.{} % of the sentences", share / 10_000, share / 1_000 % 10),
        }
    }
}

/// The same by frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AtLeast {
    /// Of every frame that is not named; `None` where the study does not say.
    pub all: Option<LeastHits>,
    /// Of single frames, by id.
    pub frames: BTreeMap<String, LeastHits>,
}

impl AtLeast {
    /// Of one frame; any sentence where nothing is said.
    #[must_use]
    pub fn of(&self, frame: &str) -> LeastHits {
        self.frames.get(frame).copied().or(self.all).unwrap_or(LeastHits::ANY)
    }

    /// Whether the study itself says it of a frame.
    #[must_use]
    pub fn is_given(&self, frame: &str) -> bool {
        self.all.is_some() || self.frames.contains_key(frame)
    }
}

/// What a share is a share of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Sentences.
    #[default]
    Sentence,
    /// Documents; one carries a frame when at least [`CompareSettings::at_least`] of its sentences do.
    Document,
}

impl Unit {
    /// The word that stands in study files and tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Document => "document",
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_document_carries_a_frame_from_so_many_sentences_on() {
        for (least, hits, sentences, expected) in [
            (LeastHits::ANY, 0, 9, false),
            (LeastHits::ANY, 1, 9, true),
            (LeastHits::Sentences(3), 2, 9, false),
            (LeastHits::Sentences(3), 3, 9, true),
            (LeastHits::Share(250_000), 2, 9, false),
            (LeastHits::Share(250_000), 2, 8, true),
            (LeastHits::Share(0), 0, 8, false),
        ] {
            assert_eq!(least.is_reached(hits, sentences), expected, "{least}: {hits} of {sentences}");
        }
    }

    #[test]
    fn periods_are_labelled_so_that_text_order_is_time_order() {
        let day = date(2022, 1, 2);
        let cuts = Period::Cuts(vec![date(2022, 1, 2), date(2022, 1, 26)]);
        for (period, label) in [
            (&Period::Day, "2022-01-02"),
            (&Period::Week, "2021-W52"),
            (&Period::Month, "2022-01"),
            (&Period::Quarter, "2022-Q1"),
            (&Period::Year, "2022"),
            (&cuts, "2022-01-02..2022-01-25"),
        ] {
            assert_eq!(period.label(day), label, "{period:?}");
        }
        let labels: Vec<String> =
            [date(2021, 5, 5), day, date(2022, 1, 26)].into_iter().map(|day| cuts.label(day)).collect();
        assert_eq!(labels, ["..2022-01-01", "2022-01-02..2022-01-25", "2022-01-26.."]);
        assert!(labels.is_sorted());
    }
}
