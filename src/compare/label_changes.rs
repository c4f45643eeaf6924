//! Which sentences are labelled otherwise by two codebooks or two runs over one corpus, by rule and group, and what that does
//! to the shares. Shares are of sentences, in any voice and stance; not here: where the labels come from.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::ALL_GROUPS;
use crate::stats::{Interval, PairedTrials, paired_difference};

/// What one side says of a corpus.
#[derive(Clone, Debug, Default)]
pub struct SideLabels {
    /// Ids of its frames, in the codebook's order.
    pub frames: Vec<String>,
    /// By id.
    pub documents: BTreeMap<String, LabelledDocument>,
    /// The sentences that carry a frame.
    pub hits: BTreeMap<HitPlace, HitLabel>,
}

/// A document as far as its labels need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelledDocument {
    /// What it is compared as.
    pub group: String,
    /// Who published it.
    pub outlet: String,
    /// Day of publication, as it stands in the table.
    pub date: String,
    /// Documents with the same one are copies of each other.
    pub cluster: String,
    /// Sentences that are coding units.
    pub sentences: u64,
}

/// A sentence and a frame.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HitPlace {
    /// Id of the document.
    pub document: String,
    /// Number of the sentence; 0 is the title.
    pub sentence: u64,
    /// Id of the frame.
    pub frame: String,
}

/// What a side says of a sentence that carries a frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitLabel {
    /// Ids of the rules that matched.
    pub rules: Vec<String>,
    /// Whose voice it is: `own`, `attributed` or empty.
    pub voice: String,
    /// The stance of that voice; empty where it is not known.
    pub stance: String,
    /// The sentence.
    pub text: String,
}

/// How a sentence changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelChange {
    /// It carries the frame now and did not before.
    Gained,
    /// It carried the frame before and does not now.
    Lost,
    /// It carries the frame on both sides, in another voice or with another stance.
    Recoded,
}

impl LabelChange {
    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Recoded => "recoded",
        }
    }
}

/// A sentence whose label of a frame changed.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedSentence {
    /// Where.
    pub place: HitPlace,
    /// How.
    pub change: LabelChange,
    /// What the old side says of it; `None` where the frame is not there.
    pub old: Option<HitLabel>,
    /// What the new side says.
    pub new: Option<HitLabel>,
}

/// Sentences with a rule of a frame, in a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleChange {
    /// Sentences that carry the frame and that the rule matches: on the old side, on the new.
    pub sentences: [u64; 2],
    /// Of the new side's, those that did not carry the frame before.
    pub gained: u64,
    /// Of the old side's, those that do not carry it now.
    pub lost: u64,
}

/// A frame's share in a group on both sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShareChange {
    /// Documents, copies included.
    pub documents: u64,
    /// Documents that are no copies of one another.
    pub clusters: u64,
    /// Their sentences.
    pub sentences: u64,
    /// Sentences that carry the frame: on the old side, on the new.
    pub hits: [u64; 2],
    /// Sentences gained, lost and recoded.
    pub changes: [u64; 3],
    /// New share minus old; `None` without sentences.
    pub difference: Option<f64>,
    /// Its 95 % interval, by documents; `None` where nothing changed or there are too few.
    pub interval: Option<Interval>,
}

/// What changed between two sides.
#[derive(Clone, Debug, Default)]
pub struct LabelChanges {
    /// Documents that both sides have with as many sentences: those that are compared.
    pub documents: u64,
    /// Documents that only the old side has, only the new one, and that both have with other sentences.
    pub left_out: [u64; 3],
    /// Frames that only the old side has, and only the new one.
    pub frames_left_out: [Vec<String>; 2],
    /// In the order of document, sentence and frame.
    pub sentences: Vec<ChangedSentence>,
    /// By frame, rule and group, all groups among these.
    pub rules: BTreeMap<(String, String, String), RuleChange>,
    /// By frame and group, all groups among these.
    pub shares: BTreeMap<(String, String), ShareChange>,
}

/// Holds the labels of two sides against each other, for the documents and frames that both have. Groups and clusters are those
/// of the old side.
#[must_use]
pub fn label_changes(old: &SideLabels, new: &SideLabels) -> LabelChanges {
    let mut changes = LabelChanges {
        left_out: left_out(old, new),
        frames_left_out: [only_in(old, new), only_in(new, old)],
        ..LabelChanges::default()
    };
    let common: BTreeSet<&str> =
        old.documents.iter().filter(|(id, it)| is_same(new, id, it)).map(|(id, _)| &**id).collect();
    changes.documents = common.len() as u64;
    let frames: Vec<&String> = old.frames.iter().filter(|frame| new.frames.contains(frame)).collect();
    let places: BTreeSet<&HitPlace> = old.hits.keys().chain(new.hits.keys()).collect();
    let is_compared = |place: &&&HitPlace| common.contains(&*place.document) && frames.contains(&&place.frame);
    let mut counted: BTreeMap<(&str, &str), Trials> = BTreeMap::new();
    for place in places.iter().filter(is_compared) {
        let hits = [old.hits.get(*place), new.hits.get(*place)];
        let change = change_of(hits);
        let group = &old.documents[&place.document].group;
        changes.count_rules(place, group, hits);
        counted.entry((&place.frame, &place.document)).or_default().add(hits, change);
        if let Some(change) = change {
            let [old, new] = hits.map(Option::<&HitLabel>::cloned);
            changes.sentences.push(ChangedSentence { place: (*place).clone(), change, old, new });
        }
    }
    for frame in frames {
        changes.add_shares(frame, &common, old, &counted);
    }
    changes
}

/// What is counted of a frame in a document.
#[derive(Clone, Copy, Default)]
struct Trials {
    hits: [u64; 2],
    changes: [u64; 3],
}

impl Trials {
    fn add(&mut self, hits: [Option<&HitLabel>; 2], change: Option<LabelChange>) {
        for (count, hit) in self.hits.iter_mut().zip(hits) {
            *count += u64::from(hit.is_some());
        }
        if let Some(change) = change {
            self.changes[change as usize] += 1;
        }
    }
}

impl LabelChanges {
    fn count_rules(&mut self, place: &HitPlace, group: &str, hits: [Option<&HitLabel>; 2]) {
        for (side, hit) in hits.iter().enumerate() {
            let is_alone = hits[1 - side].is_none();
            for rule in hit.iter().flat_map(|hit| &hit.rules) {
                for group in [group, ALL_GROUPS] {
                    let key = (place.frame.clone(), rule.clone(), group.to_owned());
                    let count = self.rules.entry(key).or_default();
                    count.sentences[side] += 1;
                    count.lost += u64::from(is_alone && side == 0);
                    count.gained += u64::from(is_alone && side == 1);
                }
            }
        }
    }

    fn add_shares(
        &mut self,
        frame: &str,
        common: &BTreeSet<&str>,
        old: &SideLabels,
        counted: &BTreeMap<(&str, &str), Trials>,
    ) {
        let mut units: BTreeMap<&str, BTreeMap<&str, PairedTrials>> = BTreeMap::new();
        for id in common {
            let document = &old.documents[*id];
            let trials = counted.get(&(frame, *id)).copied().unwrap_or_default();
            for group in [&*document.group, ALL_GROUPS] {
                let share = self.shares.entry((frame.to_owned(), group.to_owned())).or_default();
                share.add(document, trials);
                let cluster = if document.cluster.is_empty() { id } else { &*document.cluster };
                let unit = units.entry(group).or_default().entry(cluster).or_default();
                unit.n += document.sentences;
                unit.old += trials.hits[0];
                unit.new += trials.hits[1];
            }
        }
        for (group, units) in units {
            let Some(share) = self.shares.get_mut(&(frame.to_owned(), group.to_owned())) else { continue };
            let units: Vec<PairedTrials> = units.into_values().collect();
            share.clusters = units.len() as u64;
            if share.sentences > 0 {
                let [before, after] = share.hits.map(|hits| hits as f64);
                share.difference = Some((after - before) / share.sentences as f64);
            }
            share.interval = paired_difference(&units).map(|estimate| estimate.interval().of_shares());
        }
    }
}

impl ShareChange {
    fn add(&mut self, document: &LabelledDocument, trials: Trials) {
        self.documents += 1;
        self.sentences += document.sentences;
        for (sum, hits) in self.hits.iter_mut().zip(trials.hits) {
            *sum += hits;
        }
        for (sum, changes) in self.changes.iter_mut().zip(trials.changes) {
            *sum += changes;
        }
    }

    /// The shares of the old and the new side; `None` without sentences.
    #[must_use]
    pub fn shares(&self) -> [Option<f64>; 2] {
        self.hits.map(|hits| (self.sentences > 0).then(|| hits as f64 / self.sentences as f64))
    }
}

fn change_of(hits: [Option<&HitLabel>; 2]) -> Option<LabelChange> {
    match hits {
        [None, Some(_)] => Some(LabelChange::Gained),
        [Some(_), None] => Some(LabelChange::Lost),
        [Some(old), Some(new)] if (&old.voice, &old.stance) != (&new.voice, &new.stance) => Some(LabelChange::Recoded),
        [Some(_), Some(_)] | [None, None] => None,
    }
}

/// Whether the other side has the document, with as many sentences.
fn is_same(other: &SideLabels, id: &str, document: &LabelledDocument) -> bool {
    other.documents.get(id).is_some_and(|it| it.sentences == document.sentences)
}

fn left_out(old: &SideLabels, new: &SideLabels) -> [u64; 3] {
    let missing = |of: &SideLabels, other: &SideLabels| {
        of.documents.keys().filter(|id| !other.documents.contains_key(*id)).count() as u64
    };
    let other_sentences =
        old.documents.iter().filter(|(id, it)| new.documents.contains_key(*id) && !is_same(new, id, it));
    [missing(old, new), missing(new, old), other_sentences.count() as u64]
}

fn only_in(of: &SideLabels, other: &SideLabels) -> Vec<String> {
    of.frames.iter().filter(|frame| !other.frames.contains(frame)).cloned().collect()
}
