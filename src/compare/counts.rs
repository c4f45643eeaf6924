//! Integer counts per document: all that the comparison needs to know of a corpus, and what `documents.csv` holds.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::compare::Plan;
use crate::model::{CodedDocument, Coding, Document, Stance, Voice};

/// Counts by document id. Integers in a sorted map, so the order in which documents arrive never matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    documents: BTreeMap<String, DocumentCounts>,
}

/// What is counted in one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentCounts {
    /// Value of the column that the study compares by.
    pub group: String,
    /// Who published it.
    pub outlet: String,
    /// Day of publication.
    pub date: Option<Date>,
    /// The period the date lies in; `None` where the study names no periods.
    pub period: Option<String>,
    /// Fingerprint of the text's words: documents with the same one are copies of each other. An empty one, which only a
    /// documents.csv of another origin has, stands for the document alone.
    pub cluster: String,
    /// Sentences that are coding units, the title included.
    pub sentences: u64,
    /// By frame, in the codebook's order.
    pub frames: Vec<FrameCounts>,
}

/// What is counted in one document of one frame. All but `expected` are numbers of sentences, and so at most the
/// document's sentences; whoever fills them from a file checks that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrameCounts {
    /// Sentences that carry the frame.
    pub hits: u64,
    /// Of these, in the outlet's own voice, by the leading cue.
    pub own: u64,
    /// Of these, in the voice of a source. Hits whose voice is not known are in neither.
    pub attributed: u64,
    /// Hits whose voice affirms the frame.
    pub favor: u64,
    /// Hits whose voice rejects it.
    pub against: u64,
    /// Hits whose voice does neither. Hits without a cue, which have no stance, are in none of the three.
    pub neutral: u64,
    /// Sum of the probabilities of all codings, hits or not, in millionths.
    pub expected: u64,
}

impl Counts {
    /// Counts a coded document; one with the id of an earlier one takes its place.
    pub fn add(&mut self, plan: &Plan, document: &Document, coded: &CodedDocument) {
        self.insert(document.id.clone(), DocumentCounts::new(plan, document, coded));
    }

    /// Adds a document already counted, such as a row of `documents.csv`.
    pub fn insert(&mut self, document: String, counts: DocumentCounts) {
        self.documents.insert(document, counts);
    }

    /// Adds the documents of another part of the corpus.
    pub fn merge(&mut self, other: Self) {
        self.documents.extend(other.documents);
    }

    /// The documents in the order of their ids.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &DocumentCounts)> {
        self.documents.iter().map(|(document, counts)| (document.as_str(), counts))
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
    /// Counts one coded document. A document without a value in the column that the study compares by gets the empty
    /// group.
    #[must_use]
    pub fn new(plan: &Plan, document: &Document, coded: &CodedDocument) -> Self {
        let settings = plan.settings();
        let mut frames = vec![FrameCounts::default(); plan.frames().len()];
        for coding in &coded.codings {
            frames[coding.frame].add(coding);
        }
        Self {
            group: document.column(&settings.by).unwrap_or_default().to_owned(),
            outlet: document.outlet.clone(),
            date: document.date,
            period: settings.period.as_ref().zip(document.date).map(|(period, date)| period.label(date)),
            cluster: format!("{:016x}", coded.fingerprint),
            sentences: coded.sentences as u64,
            frames,
        }
    }
}

impl FrameCounts {
    fn add(&mut self, coding: &Coding) {
        self.expected += u64::from(coding.probability);
        if !coding.hit {
            return;
        }
        self.hits += 1;
        let Some(cue) = coding.leading.and_then(|leading| coding.cues.get(leading)) else { return };
        match cue.voice {
            Voice::Own => self.own += 1,
            Voice::Source(_) => self.attributed += 1,
            Voice::Unknown => {}
        }
        match cue.stance {
            Stance::Favor => self.favor += 1,
            Stance::Against => self.against += 1,
            Stance::Neutral => self.neutral += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::{CompareSettings, Cue, Period, Span};

    fn coding(frame: usize, hit: bool, leading: Option<(Voice, Stance)>) -> Coding {
        let span = Span::new(0, 1);
        let cue = leading.map(|(voice, stance)| Cue {
            span,
            core: span,
            rule: 0,
            voice,
            verb: None,
            verb_class: None,
            stance,
        });
        Coding {
            sentence: 1,
            span,
            frame,
            probability: if hit { 900_000 } else { 250_000 },
            rule_score: 0.0,
            model_score: None,
            hit,
            leading: cue.as_ref().map(|_| 0),
            cues: cue.into_iter().collect(),
        }
    }

    #[test]
    fn the_leading_cue_gives_voice_and_stance_of_a_hit() {
        let settings = CompareSettings { by: "country".to_owned(), period: Some(Period::Month), ..Default::default() };
        let plan = Plan::new(vec!["threat".to_owned(), "talks".to_owned()], settings, 1).unwrap();
        let mut document = Document::new("7", "A title", "A text.");
        document.date = Some(date(2022, 2, 3));
        document.extra.insert("country".to_owned(), "Norway".to_owned());
        let source = Voice::Source(Some("The mayor".to_owned()));
        let codings = vec![
            coding(0, true, Some((Voice::Own, Stance::Favor))),
            coding(0, true, Some((source, Stance::Against))),
            coding(0, true, Some((Voice::Unknown, Stance::Neutral))),
            coding(0, true, None),
            coding(1, false, Some((Voice::Own, Stance::Favor))),
        ];
        let mut counts = Counts::default();
        counts.add(
            &plan,
            &document,
            &CodedDocument { matches: Vec::new(), sentences: 9, codings, fingerprint: 0xfeed },
        );
        let (id, found) = counts.documents().next().unwrap();
        assert_eq!((id, found.group.as_str(), found.period.as_deref()), ("7", "Norway", Some("2022-02")));
        assert_eq!((found.cluster.as_str(), found.sentences), ("000000000000feed", 9));
        let threat =
            FrameCounts { hits: 4, own: 1, attributed: 1, favor: 1, against: 1, neutral: 1, expected: 3_600_000 };
        assert_eq!(found.frames, [threat, FrameCounts { expected: 250_000, ..FrameCounts::default() }]);
    }
}
