//! Notes: what a reader must know of a row, in words that stay the same from row to row.

use std::sync::Arc;

use crate::stats::ClusteredShare;

/// Cells with fewer documents get their numbers and a note, and are drawn hollow.
pub const FEW_DOCUMENTS: u64 = 5;

/// Where documents weigh like fewer of equal size, the intervals are wide and may still be too narrow: a few long ones
/// decide the share.
const FEW_EFFECTIVE: f64 = 10.0;

/// With fewer documents that carry a frame, no interval for a rare and clustered frame keeps its level: simulated
/// coverage of nominal 95 % intervals falls to .83-.90 for shares of .02 to .10 with an intraclass correlation of .3.
pub const FEW_CARRIERS: u64 = 10;

/// Where the largest group has so many times the distinct documents of the smallest, a test that deals documents out says
/// too much of groups whose documents also differ in spread: simulated, 40 against 8 documents with intraclass correlations of
/// .05 and .3 are told apart in .37 of corpora without a difference, at a level of .05 (`examples/null_tests.csv`).
const UNEVEN: u64 = 3;

/// What a note says of a difference whose interval is not Welch's.
pub(super) const JOINED: &str =
    "the documents of one side do not differ: the interval of the difference is joined from those of both shares";

/// The same of the change of one group less that of another.
pub(super) const JOINED_CHANGE: &str =
    "the documents of one side do not differ: interval and p are joined from those of the four shares";

/// Remarks of one row, in order.
#[derive(Default)]
pub(super) struct Notes(Vec<String>);

/// What a row rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SampleSize {
    /// Documents, copies included.
    pub documents: u64,
    /// Those that are no copies of one another.
    pub clusters: u64,
    /// Their sentences.
    pub sentences: u64,
}

impl SampleSize {
    /// Groups whose documents have so many times the sentences of the others' are of different kinds: headlines against articles.
    const OTHER_KIND: u64 = 10;

    /// Its documents.
    pub(super) const fn size(self) -> Size {
        Size { documents: self.documents, distinct: self.clusters }
    }

    /// Whether documents of one have ten times the sentences of documents of the other.
    fn is_of_other_kind(self, other: Self) -> bool {
        let (here, there) = (self.sentences * other.documents, other.sentences * self.documents);
        here.min(there) > 0 && here.max(there) >= Self::OTHER_KIND * here.min(there)
    }
}

/// How many documents a row rests on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// Copies included.
    pub(super) documents: u64,
    /// Those that are no copies of one another.
    pub(super) distinct: u64,
}

impl Notes {
    /// Adds the remark if it applies.
    pub(super) fn add(&mut self, applies: bool, remark: &str) {
        if applies {
            self.0.push(remark.to_owned());
        }
    }

    /// Adds what is to be said of a small cell; `of` names the group where it is not plain.
    pub(super) fn add_size(&mut self, size: Size, of: &str) {
        if size.documents == 0 {
            self.0.push(format!("no documents{of}"));
        } else if size.documents < FEW_DOCUMENTS {
            self.0.push(format!("fewer than {FEW_DOCUMENTS} documents{of}"));
        } else if size.distinct < FEW_DOCUMENTS {
            self.0.push(format!("fewer than {FEW_DOCUMENTS} distinct documents{of}"));
        }
    }

    /// Adds what is to be said of two groups of which one has far longer documents.
    pub(super) fn add_kinds(&mut self, a: SampleSize, b: SampleSize) {
        self.add(
            a.is_of_other_kind(b),
            "documents of one group have ten times the sentences of the other's: their kind (headlines, leads) may make the difference",
        );
    }

    /// Adds what is to be said of an interval that rests on few documents with a hit, or on a few that are much longer
    /// than the others.
    pub(super) fn add_weight(&mut self, share: &ClusteredShare, carriers: u64, of: &str) {
        self.add_few_carriers(carriers, of);
        self.add_uneven(share, of);
    }

    /// Adds what is to be said of an interval that rests on few documents with a hit.
    pub(super) fn add_few_carriers(&mut self, carriers: u64, of: &str) {
        self.add(
            carriers < FEW_CARRIERS,
            &format!("fewer than {FEW_CARRIERS} documents with a hit{of}: the interval may be too narrow"),
        );
    }

    /// Adds what is to be said of a share that a few long documents decide.
    pub(super) fn add_uneven(&mut self, share: &ClusteredShare, of: &str) {
        if let Some(weight) = few_effective(share) {
            self.0.push(format!("the documents{of} weigh like {weight:.0}"));
        }
    }

    /// Adds what is to be said of a test that takes the documents of all groups for exchangeable.
    pub(super) fn add_exchange(&mut self, distinct: impl Iterator<Item = u64> + Clone) {
        let is_uneven = distinct.clone().max().zip(distinct.min()).is_some_and(|(most, least)| most >= UNEVEN * least);
        self.add(is_uneven, "groups of very unequal size: p is too small where their documents differ in spread, too");
    }

    /// The remarks joined by "; ".
    pub(super) fn into_text(self) -> Arc<str> {
        self.0.join("; ").into()
    }
}

/// As how many documents of equal size those of a share weigh, where these are few since long ones stand among short ones.
pub(super) fn few_effective(share: &ClusteredShare) -> Option<f64> {
    // Where they are few but alike their number has been said.
    let is_uneven = share.units as f64 >= 1.5 * share.effective_units;
    (share.effective_units < FEW_EFFECTIVE && is_uneven).then_some(share.effective_units)
}
