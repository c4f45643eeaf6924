//! Rows of `sources.csv`: who gets to speak, where.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::compare::cells::{Cells, CountedDocument, DistinctDocument};
use crate::compare::notes::{Notes, SampleSize};
use crate::compare::persons::Persons;
use crate::compare::place::{Place, WHOLE_SPAN};
use crate::compare::share_interval::interval_of;
use crate::compare::{AttributionCounts, IntervalMethod, Plan, SourceCounts};
use crate::stats::{ClusteredShare, Interval, UnitCount};

/// A source that speaks in fewer documents of a group is folded into [`OTHER`] there.
const FEWEST_DOCUMENTS: u64 = 2;

/// The sources that are folded together.
pub const OTHER: &str = "(other)";

/// All who are not named, or by a pronoun that could be several people's.
pub const UNNAMED: &str = "(unnamed)";

/// With fewer documents that a source speaks in, its interval may be too narrow.
const RARE: [u64; 2] = [5, 10];

/// How much one source speaks in one group in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceShare {
    /// Its name, the id of a group of sources, [`OTHER`] or [`UNNAMED`].
    pub source: Arc<str>,
    /// Which of these.
    pub kind: SourceKind,
    /// Value of the column compared by.
    pub group: Arc<str>,
    /// Label of the period, or [`WHOLE_SPAN`].
    pub period: Arc<str>,
    /// Documents in which it speaks, copies included.
    pub documents: u64,
    /// Those that are no copies of one another.
    pub clusters: u64,
    /// What the group has in the period.
    pub sample: SampleSize,
    /// Sentences that have at least one word of its.
    pub sentences: u64,
    /// Sentences that have at least one word of anybody's.
    pub all_sentences: u64,
    /// The first as a share of the second, in [0, 1]. Shares of sources who quote each other share sentences.
    pub share: Option<f64>,
    /// Its 95 % confidence interval.
    pub interval: Option<Interval>,
    /// How the interval was computed.
    pub method: Option<IntervalMethod>,
    /// Its attributions.
    pub attributions: AttributionCounts,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

/// What a row of `sources.csv` is of. In the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// A group of the codebook's `[sources]`.
    Group,
    /// A source by its name.
    Source,
    /// What is left: sources named too rarely, or not at all.
    Rest,
}

impl SourceKind {
    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Source => "source",
            Self::Rest => "rest",
        }
    }
}

/// Who a row is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Speaker<'a> {
    kind: SourceKind,
    /// The name, or [`OTHER`] or [`UNNAMED`].
    name: &'a str,
}

/// The rows of all groups: by kind, source, group and period, the whole span first. A row depends on the documents of its
/// own group only, but for what its source is called, which the whole study says.
pub(super) fn rows(plan: &Plan, cells: &Cells<'_>) -> Vec<SourceShare> {
    let groups = cells.groups.iter();
    let documents = groups.flat_map(|group| cells.documents_of(Place { group, period: WHOLE_SPAN }));
    let persons = Persons::of(documents.map(|document| document.counts));
    let of_group = |group: &&str| -> Vec<SourceShare> {
        let names = Names::of(cells.documents_of(Place { group, period: WHOLE_SPAN }), &persons);
        let places = cells.periods.iter().map(|period| Place { group, period });
        let some = places.filter(|place| !cells.documents_of(*place).is_empty());
        some.flat_map(|place| of_cell(plan, place, cells.documents_of(place), &names)).collect()
    };
    let rows: Vec<Vec<SourceShare>> = cells.groups.par_iter().map(of_group).collect();
    let mut rows: Vec<SourceShare> = rows.into_iter().flatten().collect();
    rows.sort_by(|a, b| order(a).cmp(&order(b)));
    rows
}

/// What rows are sorted by; the whole span comes before its periods.
fn order(row: &SourceShare) -> impl Ord {
    (row.kind, &row.source, &row.group, &*row.period != WHOLE_SPAN, &row.period)
}

/// What sources of a group are called.
struct Names<'a> {
    persons: &'a Persons<'a>,
    /// Those that speak in enough documents of the group to have rows of their own.
    frequent: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(documents: &[CountedDocument<'a>], persons: &'a Persons<'a>) -> Self {
        let mut frequency: BTreeMap<&str, u64> = BTreeMap::new();
        for document in documents {
            let names = document.counts.sources.iter().filter_map(|source| source.name.as_deref());
            let names: BTreeSet<&str> = names.map(|name| persons.name(name)).collect();
            for name in names {
                *frequency.entry(name).or_default() += 1;
            }
        }
        let frequent = frequency.into_iter().filter(|(_, documents)| *documents >= FEWEST_DOCUMENTS);
        Self { persons, frequent: frequent.map(|(name, _)| name).collect() }
    }

    /// The rows that a source of a document counts in: its own or that of the rest, and that of its group.
    fn speakers_of(&self, source: &'a SourceCounts) -> [Option<Speaker<'a>>; 2] {
        let own = match source.name.as_deref().map(|name| self.persons.name(name)) {
            None => Speaker { kind: SourceKind::Rest, name: UNNAMED },
            Some(name) if self.frequent.contains(name) => Speaker { kind: SourceKind::Source, name },
            Some(_) => Speaker { kind: SourceKind::Rest, name: OTHER },
        };
        [Some(own), source.group.as_deref().map(|name| Speaker { kind: SourceKind::Group, name })]
    }
}

/// Sentences of one unit: of anybody, and by speaker.
#[derive(Default)]
struct UnitSentences<'a> {
    n: u64,
    k: BTreeMap<Speaker<'a>, u64>,
}

/// What is summed of one speaker in a cell.
#[derive(Default)]
struct Sums {
    documents: u64,
    attributions: AttributionCounts,
    /// The units in which it speaks, by their place, and in how many of their sentences; ascending.
    spoken: Vec<(usize, u64)>,
}

fn of_cell<'a>(
    plan: &'a Plan,
    place: Place<'_>,
    documents: &[CountedDocument<'a>],
    names: &Names<'a>,
) -> Vec<SourceShare> {
    let always = plan.source_groups().iter().map(|id| Speaker { kind: SourceKind::Group, name: id });
    let always = always.chain([OTHER, UNNAMED].map(|name| Speaker { kind: SourceKind::Rest, name }));
    let mut speakers: BTreeMap<Speaker<'a>, Sums> = always.map(|speaker| (speaker, Sums::default())).collect();
    let mut units: BTreeMap<DistinctDocument<'_>, UnitSentences<'a>> = BTreeMap::new();
    for entry in documents {
        add(entry, names, units.entry(entry.distinct()).or_default(), &mut speakers);
    }
    let sentences = documents.iter().map(|document| document.counts.sentences).sum();
    let sample = SampleSize { documents: documents.len() as u64, clusters: units.len() as u64, sentences };
    let units: Vec<UnitSentences<'a>> = units.into_values().filter(|unit| unit.n > 0).collect();
    for (number, unit) in units.iter().enumerate() {
        for (speaker, k) in &unit.k {
            speakers.entry(*speaker).or_default().spoken.push((number, *k));
        }
    }
    let all: Vec<u64> = units.iter().map(|unit| unit.n).collect();
    speakers.into_iter().map(|(speaker, sums)| sums.row(speaker, place, &all, sample)).collect()
}

/// Adds a document to the unit of its cluster and to the sums of its speakers. Where several sources are one speaker, a
/// sentence that they share counts once.
fn add<'a>(
    document: &CountedDocument<'a>,
    names: &Names<'a>,
    unit: &mut UnitSentences<'a>,
    speakers: &mut BTreeMap<Speaker<'a>, Sums>,
) {
    let (mut spoken, mut any) = (Vec::new(), Vec::new());
    let mut present = BTreeSet::new();
    for source in &document.counts.sources {
        any.extend_from_slice(&source.sentences);
        for speaker in names.speakers_of(source).into_iter().flatten() {
            spoken.extend(source.sentences.iter().map(|sentence| (speaker, *sentence)));
            speakers.entry(speaker).or_default().attributions.merge(&source.attributions);
            present.insert(speaker);
        }
    }
    unit.n += sorted(&mut any).len() as u64;
    for (speaker, _) in sorted(&mut spoken) {
        *unit.k.entry(*speaker).or_default() += 1;
    }
    for speaker in present {
        speakers.entry(speaker).or_default().documents += 1;
    }
}

fn sorted<T: Ord>(items: &mut Vec<T>) -> &[T] {
    items.sort_unstable();
    items.dedup();
    items
}

impl Sums {
    /// The row of one speaker; `all` has the sentences of each unit in which anybody speaks.
    fn row(self, speaker: Speaker<'_>, place: Place<'_>, all: &[u64], sample: SampleSize) -> SourceShare {
        let mut spoken = vec![0; all.len()];
        for (unit, k) in &self.spoken {
            spoken[*unit] = *k;
        }
        let counts = all.iter().zip(&spoken).map(|(n, k)| UnitCount { k: *k, n: *n });
        let share = ClusteredShare::of_counts(counts);
        let (interval, method) = interval_of(&share);
        let mut notes = Notes::default();
        notes.add_size(sample.size(), " of the group");
        notes.add(share.n == 0, "nobody speaks");
        notes.add(share.units == 1, "no interval from one document");
        let units = self.spoken.len() as u64;
        if let Some(few) = RARE.iter().find(|few| units < **few).filter(|_| interval.is_some()) {
            notes.add(true, &format!("speaks in fewer than {few} distinct documents: the interval may be too narrow"));
        }
        SourceShare {
            source: speaker.name.into(),
            kind: speaker.kind,
            group: place.group.into(),
            period: place.period.into(),
            documents: self.documents,
            clusters: units,
            sample,
            sentences: share.k,
            all_sentences: share.n,
            share: share.share(),
            interval,
            method,
            attributions: self.attributions,
            note: notes.into_text(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Counts, DocumentCounts, Spoken, findings};
    use crate::model::{CompareSettings, Mood, Period, Speech, VerbClass};

    /// Who speaks in which sentences.
    type Words<'a> = (Option<&'a str>, Option<&'a str>, &'a [u32]);

    fn spoken<'a>((name, group, sentences): &Words<'a>) -> Spoken<'a> {
        let (mood, kind, verb_class) = (Mood::Asserted, Speech::Indirect, Some(VerbClass::Neutral));
        Spoken { name: *name, group: *group, mood, kind, verb_class, sentences }
    }

    fn document(group: &str, period: &str, cluster: &str, words: &[Words<'_>]) -> DocumentCounts {
        DocumentCounts {
            group: group.into(),
            period: Some(period.into()),
            cluster: cluster.into(),
            sentences: 20,
            sources: SourceCounts::of(words.iter().map(spoken)).into(),
            ..DocumentCounts::default()
        }
    }

    /// Two periods of one outlet: the mayor and her clerk in both, a passer-by once, somebody unnamed once.
    fn pennant() -> Vec<(String, DocumentCounts)> {
        let (mayor, clerk, city) = (Some("Anna Novak"), Some("Ben Ode"), Some("city"));
        let january: [Words<'_>; 3] = [(mayor, city, &[1, 2]), (clerk, city, &[2, 3]), (Some("Cy Brook"), None, &[5])];
        let february: [Words<'_>; 2] = [(mayor, city, &[1]), (None, None, &[2, 4])];
        let last: [Words<'_>; 2] = [(clerk, city, &[7]), (Some("Di Fox"), None, &[7])];
        vec![
            ("p1".to_owned(), document("Pennant", "2022-01", "", &january)),
            ("p2".to_owned(), document("Pennant", "2022-02", "", &february)),
            ("p3".to_owned(), document("Pennant", "2022-02", "", &last)),
        ]
    }

    fn shares(documents: impl IntoIterator<Item = (String, DocumentCounts)>) -> Vec<SourceShare> {
        let settings = CompareSettings { period: Some(Period::Month), ..CompareSettings::default() };
        let groups = vec!["city".to_owned(), "state".to_owned()];
        let plan = Plan::new(Vec::new(), settings, 1).unwrap().with_source_groups(groups);
        let mut counts = Counts::default();
        documents.into_iter().for_each(|(id, document)| counts.insert(id, document));
        findings(&plan, &counts).sources
    }

    #[test]
    fn sources_are_rows_where_they_speak_and_groups_wherever_anything_was_published() {
        let rows = shares(pennant());
        let found = rows.iter().map(|row| {
            let counts = [row.documents, row.sentences, row.all_sentences].map(|count| count.to_string());
            format!("{} | {} | {}", row.source, row.period, counts.join(" "))
        });
        let expected = "\
city | all | 3 5 8
city | 2022-01 | 1 3 4
city | 2022-02 | 2 2 4
state | all | 0 0 8
state | 2022-01 | 0 0 4
state | 2022-02 | 0 0 4
Anna Novak | all | 2 3 8
Anna Novak | 2022-01 | 1 2 4
Anna Novak | 2022-02 | 1 1 4
Ben Ode | all | 2 3 8
Ben Ode | 2022-01 | 1 2 4
Ben Ode | 2022-02 | 1 1 4
(other) | all | 2 2 8
(other) | 2022-01 | 1 1 4
(other) | 2022-02 | 1 1 4
(unnamed) | all | 1 2 8
(unnamed) | 2022-01 | 0 0 4
(unnamed) | 2022-02 | 1 2 4";
        let found: Vec<String> = found.collect();
        assert_eq!(found.join("\n"), expected);
        assert_eq!(rows[0].share, Some(0.625), "a sentence that mayor and clerk share counts once for the city");
        assert_eq!(rows[0].attributions.by_kind, [0, 4, 0]);
        assert_eq!(
            &*rows[0].note,
            "fewer than 5 documents of the group; speaks in fewer than 5 distinct documents: the interval may be too narrow"
        );
        assert_eq!((rows[1].interval, rows[1].method), (None, None));
        assert_eq!(&*rows[1].note, "fewer than 5 documents of the group; no interval from one document");
    }

    #[test]
    fn the_interval_is_that_of_a_prevalence_of_the_same_counts() {
        let rows = shares(pennant());
        let units = [(3, 4), (1, 3), (1, 1)].map(|(k, n)| crate::stats::ClusterCounts { n, k: vec![k] });
        assert_eq!((rows[0].interval, rows[0].method), interval_of(&ClusteredShare::of(&units, 0)));
    }

    #[test]
    fn another_outlet_changes_no_row_of_the_others() {
        let alone = shares(pennant());
        // In the other outlet the passer-by speaks often: that gives him no row in the first.
        let words: [Words<'_>; 1] = [(Some("Cy Brook"), None, &[1])];
        let other = (0..3).map(|n| (format!("m{n}"), document("Mercury", "2022-03", "", &words)));
        let mut both = shares(pennant().into_iter().chain(other));
        assert!(both.iter().any(|row| &*row.source == "Cy Brook" && &*row.group == "Mercury"));
        both.retain(|row| &*row.group == "Pennant");
        assert_eq!(both, alone);
    }

    #[test]
    fn a_surname_in_one_article_and_a_full_name_in_another_are_one_source() {
        let words = |name| -> [Words<'_>; 1] { [(Some(name), None, &[1])] };
        let said = |id: &str, group, name| (id.to_owned(), document(group, "2022-01", "", &words(name)));
        let mut documents = vec![said("a", "Pennant", "Joe Biden"), said("b", "Pennant", "Biden")];
        let named = |rows: &[SourceShare]| -> Vec<(String, u64)> {
            let whole = rows.iter().filter(|row| row.kind == SourceKind::Source && &*row.period == WHOLE_SPAN);
            whole.map(|row| (row.source.to_string(), row.documents)).collect()
        };
        assert_eq!(named(&shares(documents.clone())), [("Joe Biden".to_owned(), 2)]);
        documents.push(said("c", "Mercury", "Jill Biden"));
        assert_eq!(named(&shares(documents)), [], "of two people of one surname");
    }

    #[test]
    fn copies_of_one_text_are_one_unit_and_silence_has_no_share() {
        let words: [Words<'_>; 1] = [(Some("Anna Novak"), None, &[1, 2])];
        let copies = ["a", "b"].map(|id| (id.to_owned(), document("Pennant", "2022-01", "wire", &words)));
        let rows = shares(copies);
        let mayor = rows.iter().find(|row| &*row.source == "Anna Novak" && &*row.period == WHOLE_SPAN).unwrap();
        assert_eq!((mayor.clusters, mayor.sample), (1, SampleSize { documents: 2, clusters: 1, sentences: 40 }));
        assert_eq!((mayor.documents, mayor.sentences, mayor.share, mayor.interval), (2, 4, Some(1.0), None));
        assert_eq!(&*mayor.note, "fewer than 5 documents of the group; no interval from one document");
        let silent = shares([("a".to_owned(), document("Pennant", "2022-01", "", &[]))]);
        assert!(silent.iter().all(|row| row.share.is_none() && row.note.contains("nobody speaks")), "{silent:?}");
    }
}
