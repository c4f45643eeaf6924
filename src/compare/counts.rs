//! Integer counts per document: all that the comparison needs to know of a corpus, and what `documents.csv` holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use serde::{Deserialize, Serialize};

use crate::compare::shared_text::SharedText;
use crate::compare::{DoubleCoding, FrameCounts, NearCopy, PackedFrames, Plan, SourceCounts, Spoken};
use crate::model::{Attribution, CodedDocument, CompareSettings, Document};

/// Counts by document id. Integers in a sorted map, so the order in which documents arrive never matters. Some hundred
/// bytes a document, since this is what grows with a corpus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    documents: BTreeMap<Box<str>, DocumentCounts>,
    /// Groups, outlets, periods and names of sources.
    names: SharedText,
}

/// What is counted in one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentCounts {
    /// Value of the column that the study compares by.
    pub group: Arc<str>,
    /// Who published it.
    pub outlet: Arc<str>,
    /// Day of publication.
    pub date: Option<Date>,
    /// Values of the columns of the corpus that the plan asks for, in its order; `None` where a document has none.
    pub columns: Box<[Option<Arc<str>>]>,
    /// The period the date lies in; `None` where the study names no periods.
    pub period: Option<Arc<str>>,
    /// Documents with the same one are copies of each other. Counted alone a document has the fingerprint of its words, in a
    /// run the id of the earliest copy. An empty one, which only a documents.csv of another origin has, stands for the
    /// document alone.
    pub cluster: Box<str>,
    /// Sentences that are coding units, the title included; where labels from outside code, those that have one.
    pub sentences: u64,
    /// By frame, in the codebook's order.
    pub frames: PackedFrames,
    /// By group of sources, then name.
    pub sources: Box<[SourceCounts]>,
    /// Hits in the voice of sources that are in a group, by frame and group.
    pub given: Box<[GivenHits]>,
    /// What people said of its sentences or of all of it, in the order of sentence and frame.
    pub double_codings: Box<[DoubleCoding]>,
}

/// Hits of a frame that a document gives to sources of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenHits {
    /// Index of the frame in the codebook.
    pub frame: usize,
    /// Id of the group of sources.
    pub group: Arc<str>,
    /// Sentences.
    pub hits: u64,
}

impl GivenHits {
    /// The hits of a document, each given by frame and group.
    #[must_use]
    pub fn of<'a>(hits: impl IntoIterator<Item = (usize, &'a str)>) -> Vec<Self> {
        let mut counted: BTreeMap<(usize, &str), u64> = BTreeMap::new();
        for hit in hits {
            *counted.entry(hit).or_default() += 1;
        }
        counted.into_iter().map(|((frame, group), hits)| Self { frame, group: group.into(), hits }).collect()
    }
}

impl Counts {
    /// Counts a coded document; one with the id of an earlier one takes its place.
    pub fn add(&mut self, plan: &Plan, document: &Document, coded: &CodedDocument) {
        self.insert(document.id.clone(), DocumentCounts::new(plan, document, coded));
    }

    /// Adds a document already counted, such as a row of `documents.csv`.
    pub fn insert(&mut self, document: String, mut counts: DocumentCounts) {
        let DocumentCounts { group, outlet, period, columns, sources, given, .. } = &mut counts;
        let names = [group, outlet].into_iter().chain(period).chain(columns.iter_mut().flatten());
        let names = names.chain(given.iter_mut().map(|given| &mut given.group));
        self.names.share(names.chain(sources.iter_mut().flat_map(SourceCounts::names)));
        self.documents.insert(document.into(), counts);
    }

    /// The first and the last day of any document; `None` where none has a date.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        let dates = || self.documents.values().filter_map(|document| document.date);
        dates().min().zip(dates().max())
    }

    /// The days that have documents before them and, from the day itself on, after; and the others. None at all without a date.
    #[must_use]
    pub fn parting(&self, days: &[Date]) -> (Vec<Date>, Vec<Date>) {
        let Some((first, last)) = self.days() else { return (Vec::new(), Vec::new()) };
        days.iter().partition(|day| first < **day && **day <= last)
    }

    /// Gives a document already counted its sources, as `attributions.csv` has them; `false` where there is no such
    /// document.
    pub fn set_sources(&mut self, document: &str, mut sources: Vec<SourceCounts>) -> bool {
        self.names.share(sources.iter_mut().flat_map(SourceCounts::names));
        match self.documents.get_mut(document) {
            Some(counts) => counts.sources = sources.into(),
            None => return false,
        }
        true
    }

    /// Gives a document already counted its hits in the voice of groups of sources, as `codings.csv` has them; `false` where there
    /// is no such document.
    pub fn set_given(&mut self, document: &str, mut given: Vec<GivenHits>) -> bool {
        self.names.share(given.iter_mut().map(|given| &mut given.group));
        match self.documents.get_mut(document) {
            Some(counts) => counts.given = given.into(),
            None => return false,
        }
        true
    }

    /// Gives a document already counted the values of the columns that the plan asks for; `false` where there is no such
    /// document.
    pub fn set_columns<'v>(&mut self, document: &str, values: impl Iterator<Item = Option<&'v str>>) -> bool {
        let mut columns: Box<[_]> = values.map(|value| value.and_then(tidied)).collect();
        self.names.share(columns.iter_mut().flatten());
        match self.documents.get_mut(document) {
            Some(counts) => counts.columns = columns,
            None => return false,
        }
        true
    }

    /// Gives a document already counted what people said of it; `false` where there is no such document.
    pub fn set_double_codings(&mut self, document: &str, double_codings: Vec<DoubleCoding>) -> bool {
        match self.documents.get_mut(document) {
            Some(counts) => counts.double_codings = double_codings.into(),
            None => return false,
        }
        true
    }

    /// Gives every document the cluster of its copies: the id of the earliest, or its own where it has no copy.
    pub fn set_clusters(&mut self, copies: &[NearCopy]) {
        let clusters: BTreeMap<&str, &str> = copies.iter().map(|copy| (&*copy.document, &*copy.cluster)).collect();
        for (document, counts) in &mut self.documents {
            counts.cluster = clusters.get(&**document).map_or_else(|| document.clone(), |cluster| (*cluster).into());
        }
    }

    /// Gives the documents of stories, by id, their story, where the plan asks for one and no document of the corpus brings its
    /// own: a column of that name says more than words can.
    pub fn set_stories<'s>(&mut self, plan: &Plan, stories: impl Iterator<Item = (&'s str, &'s str)>) {
        let Some(place) = plan.column(CompareSettings::STORY) else { return };
        if self.documents.values().any(|counts| counts.column(place).is_some()) {
            return;
        }
        for (document, story) in stories {
            let mut story = Arc::from(story);
            self.names.share(std::iter::once(&mut story));
            if let Some(value) = self.documents.get_mut(document).and_then(|counts| counts.columns.get_mut(place)) {
                *value = Some(story);
            }
        }
    }

    /// Adds the documents of another part of the corpus.
    pub fn merge(&mut self, other: Self) {
        for (document, counts) in other.documents {
            self.insert(document.into(), counts);
        }
    }

    /// The documents in the order of their ids.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &DocumentCounts)> {
        self.documents.iter().map(|(document, counts)| (&**document, counts))
    }

    /// The document of that id.
    #[must_use]
    pub fn document(&self, id: &str) -> Option<&DocumentCounts> {
        self.documents.get(id)
    }

    /// Number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether nothing is counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

impl DocumentCounts {
    /// What the document says in the column of that place among those that the plan asks for.
    #[must_use]
    pub fn column(&self, place: usize) -> Option<&str> {
        self.columns.get(place).and_then(Option::as_deref)
    }

    /// Counts one coded document. A document without a value in the column that the study compares by gets the empty
    /// group.
    #[must_use]
    pub fn new(plan: &Plan, document: &Document, coded: &CodedDocument) -> Self {
        let settings = plan.settings();
        let mut frames = vec![FrameCounts::default(); plan.codebook_frames()];
        for (frame, sum) in frames.iter_mut().zip(&coded.unlisted) {
            frame.expected += sum;
        }
        for coding in &coded.codings {
            frames[coding.frame].add(coding);
        }
        for (frame, label) in &coded.labels.whole {
            frames[*frame] = FrameCounts::of_document(*label);
        }
        frames.extend(plan.frame_groups().iter().map(|members| FrameCounts::of_any(members, coded)));
        Self {
            group: settings.group(document).into(),
            outlet: document.outlet.as_str().into(),
            date: document.date,
            columns: plan.columns().iter().map(|column| value(document, column)).collect(),
            period: settings.period.as_ref().zip(document.date).map(|(period, date)| period.label(date).into()),
            cluster: format!("{:016x}", coded.fingerprint).into(),
            sentences: (coded.sentences - coded.labels.unlabelled.len()) as u64,
            frames: frames.into(),
            sources: SourceCounts::of(coded.attributions.iter().map(|attribution| spoken(plan, attribution))).into(),
            given: given(plan, document, coded).into(),
            double_codings: Box::default(),
        }
    }
}

/// The hits of a document in the voice of sources that are in a group.
fn given(plan: &Plan, document: &Document, coded: &CodedDocument) -> Vec<GivenHits> {
    let hits = coded.codings.iter().filter(|coding| coding.hit);
    let given = hits.filter_map(|coding| {
        let group = coded.source_group(document, coding)?;
        Some((coding.frame, plan.source_groups().get(group)?.as_str()))
    });
    GivenHits::of(given)
}

/// What a document says in a column.
fn value(document: &Document, column: &str) -> Option<Arc<str>> {
    match column {
        "date" => document.date.map(|date| date.to_string().into()),
        _ => document.column(column).and_then(tidied),
    }
}

/// A value with white space as single spaces; `None` of an empty one.
fn tidied(value: &str) -> Option<Arc<str>> {
    let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then(|| words.into())
}

fn spoken<'a>(plan: &'a Plan, attribution: &'a Attribution) -> Spoken<'a> {
    let group = attribution.group.and_then(|group| plan.source_groups().get(group));
    Spoken {
        name: attribution.name.as_deref(),
        group: group.map(String::as_str),
        mood: attribution.mood,
        kind: attribution.kind,
        verb_class: attribution.verb_class,
        sentences: &attribution.sentences,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::{Coding, CompareSettings, ExternalLabel, FrameGroup, Period, Span, Speaker, Stance, Voice};

    fn coding(frame: usize, hit: bool, voice: Voice, stance: Option<Stance>) -> Coding {
        Coding {
            sentence: 1,
            span: Span::new(0, 1),
            frame,
            probability: if hit { 900_000 } else { 250_000 },
            rule_score: 0.0,
            model_score: None,
            hit,
            leading: None,
            speaker: Speaker { voice, ..Speaker::default() },
            stance,
            cues: Vec::new(),
        }
    }

    #[test]
    fn hits_are_counted_by_voice_and_stance() {
        let settings = CompareSettings { by: "country".to_owned(), period: Some(Period::Month), ..Default::default() };
        let plan = Plan::new(vec!["threat".to_owned(), "talks".to_owned()], settings, 1).unwrap();
        let mut document = Document::new("7", "A title", "A text.");
        document.date = Some(date(2022, 2, 3));
        document.extra.insert("country".to_owned(), "Norway".to_owned());
        let source = Voice::Source(Some("The mayor".to_owned()));
        let codings = vec![
            coding(0, true, Voice::Own, Some(Stance::Favor)),
            coding(0, true, source, Some(Stance::Against)),
            coding(0, true, Voice::Unknown, Some(Stance::Neutral)),
            coding(0, true, Voice::Unknown, None),
            coding(1, false, Voice::Own, Some(Stance::Favor)),
        ];
        let mut counts = Counts::default();
        counts.add(
            &plan,
            &document,
            &CodedDocument { sentences: 9, codings, fingerprint: 0xfeed, ..CodedDocument::default() },
        );
        let (id, found) = counts.documents().next().unwrap();
        assert_eq!((id, &*found.group, found.period.as_deref()), ("7", "Norway", Some("2022-02")));
        assert_eq!((&*found.cluster, found.sentences), ("000000000000feed", 9));
        let threat = FrameCounts {
            hits: 4,
            own: 1,
            attributed: 1,
            favor: 1,
            against: 1,
            neutral: 1,
            own_favor: 1,
            attributed_against: 1,
            expected: 3_600_000,
            ..FrameCounts::default()
        };
        let talks = FrameCounts { expected: 250_000, ..FrameCounts::default() };
        assert_eq!(found.frames.iter().collect::<Vec<_>>(), [threat, talks]);
    }

    #[test]
    fn a_sentence_with_two_frames_of_a_group_carries_it_once() {
        let group = FrameGroup { id: "any".to_owned(), frames: vec!["threat".to_owned(), "talks".to_owned()] };
        let settings = CompareSettings { frame_groups: vec![group], ..Default::default() };
        let plan = Plan::new(["threat", "talks", "never"].map(str::to_owned).to_vec(), settings, 1).unwrap();
        let likelier = Coding { probability: 950_000, ..coding(1, true, Voice::Own, Some(Stance::Against)) };
        let source = Voice::Source(None);
        let codings = vec![
            coding(0, true, source.clone(), Some(Stance::Favor)),
            likelier,
            Coding { sentence: 2, ..coding(0, false, source.clone(), None) },
            Coding { sentence: 3, ..coding(1, true, source.clone(), Some(Stance::Favor)) },
            Coding { sentence: 4, ..coding(2, true, source, None) },
        ];
        let coded = CodedDocument { sentences: 9, codings, ..CodedDocument::default() };
        let found = DocumentCounts::new(&plan, &Document::new("7", "A title", "A text."), &coded);
        let expected = FrameCounts {
            hits: 2,
            own: 1,
            attributed: 1,
            favor: 1,
            against: 1,
            own_against: 1,
            attributed_favor: 1,
            expected: 2_100_000,
            ..FrameCounts::default()
        };
        assert_eq!(plan.frames()[3], "any");
        assert_eq!(found.frames.iter().nth(3), Some(expected));
        // A label of the whole document says nothing of sentences that another frame of the group has, but counts without these.
        for (present, codings, hits) in
            [(true, coded.codings.clone(), 2), (false, coded.codings, 2), (true, Vec::new(), 1)]
        {
            let mut coded = CodedDocument { sentences: 9, codings, ..CodedDocument::default() };
            coded.labels.whole = vec![(1, ExternalLabel { present, ..ExternalLabel::default() })];
            let found = DocumentCounts::new(&plan, &Document::new("7", "A title", "A text."), &coded);
            assert_eq!(found.frames.iter().nth(3).unwrap().hits, hits, "labelled {present}");
        }
    }
}

/// Counts by hand, and some drawn ones, that the tests of this folder share.
#[cfg(test)]
pub(in crate::compare) mod example {
    use super::*;
    use crate::model::Period;
    use crate::stats::Seed;

    pub(in crate::compare) fn plan(settings: CompareSettings) -> Plan {
        Plan::new(vec!["threat".to_owned(), "talks".to_owned(), "never".to_owned()], settings, 20_220_203).unwrap()
    }

    pub(in crate::compare) fn weekly() -> CompareSettings {
        let contrasts = vec![("threat".to_owned(), "talks".to_owned()), ("talks".to_owned(), "never".to_owned())];
        CompareSettings { period: Some(Period::Week), contrasts, period_pairs: true, ..CompareSettings::default() }
    }

    pub(in crate::compare) fn document(group: &str, period: &str, sentences: u64, hits: [u64; 3]) -> DocumentCounts {
        let frame =
            |hits: u64| FrameCounts { hits, own: hits - hits / 3, attributed: hits / 3, ..FrameCounts::default() };
        DocumentCounts {
            group: group.into(),
            outlet: group.into(),
            period: Some(period.into()),
            sentences,
            frames: hits.map(frame).to_vec().into(),
            ..DocumentCounts::default()
        }
    }

    /// Thirty documents of each outlet over three weeks, drawn from a stream of the outlet's own; each tenth is a copy.
    pub(in crate::compare) fn corpus(outlets: &[&str]) -> Vec<(String, DocumentCounts)> {
        let mut documents = Vec::new();
        for outlet in outlets {
            let mut stream = Seed::new(1).stream(outlet);
            for number in 0..30_u64 {
                let sentences = 4 + stream.below(20) as u64;
                let hits = [stream.below(4) as u64, stream.below(3) as u64, 0];
                let mut counts = document(outlet, &format!("2022-W0{}", 1 + number % 3), sentences, hits);
                counts.cluster = if number % 10 == 0 { "wire".into() } else { "".into() };
                documents.push((format!("{outlet}-{number}"), counts));
            }
        }
        documents
    }

    pub(in crate::compare) fn counts(documents: impl IntoIterator<Item = (String, DocumentCounts)>) -> Counts {
        let mut counts = Counts::default();
        for (id, document) in documents {
            counts.insert(id, document);
        }
        counts
    }
}
