//! What is counted of the frames in one document, and how it is kept small.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::iter;

use serde::{Deserialize, Serialize};

use crate::model::{CodedDocument, Coding, ExternalLabel, Stance, Voice};

/// What is counted in one document of one frame. All but `expected` are numbers of sentences, and so at most the
/// document's sentences; whoever fills them from a file checks that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrameCounts {
    /// Sentences that carry the frame.
    pub hits: u64,
    /// Of these, in the outlet's own voice, by the speaker of the coding.
    pub own: u64,
    /// Of these, in the voice of a source. Hits whose voice is not known are in neither.
    pub attributed: u64,
    /// Hits whose voice affirms the frame.
    pub favor: u64,
    /// Hits whose voice rejects it.
    pub against: u64,
    /// Hits whose voice does neither. Hits without a cue, which have no stance, are in none of the three.
    pub neutral: u64,
    /// Sum of the frame's probabilities, hits or not, in millionths; of every sentence where a scorer has learnt from hand
    /// codings, else of those with a cue.
    pub expected: u64,
    /// Hits in the outlet's own voice that affirm the frame.
    pub own_favor: u64,
    /// Hits in the outlet's own voice that reject it.
    pub own_against: u64,
    /// Hits in the voice of a source that affirm it.
    pub attributed_favor: u64,
    /// Hits in the voice of a source that reject it.
    pub attributed_against: u64,
    /// Hits in which no rule of the frame matches; `None` where the rules alone code it, and without a hit.
    pub without_rule: Option<u64>,
}

impl FrameCounts {
    /// Whether nothing is counted.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self == Self::default()
    }

    /// Counts one coding of the frame.
    pub(super) fn add(&mut self, coding: &Coding) {
        self.expected += u64::from(coding.probability);
        if !coding.hit {
            return;
        }
        let is_own = match coding.speaker.voice {
            Voice::Own => Some(true),
            Voice::Source(_) => Some(false),
            Voice::Unknown => None,
        };
        self.add_hit(is_own, coding.stance);
        // Only a scorer can find what no rule matches: without one there is nothing to count, and 0 would say all is seen.
        if coding.model_score.is_some() {
            *self.without_rule.get_or_insert(0) += u64::from(coding.cues.is_empty());
        }
    }

    /// The counts of a document that was labelled as a whole: one hit or none.
    pub(super) fn of_document(label: ExternalLabel) -> Self {
        let mut counts = Self { expected: u64::from(label.certainty()), ..Self::default() };
        if label.present {
            counts.add_hit(label.is_own, label.stance);
        }
        counts
    }

    /// The counts of several frames as one: a sentence carries it where it carries any of them, in the voice and with the stance
    /// of the likeliest of these, of equals of the one that the codebook has first. Without such a sentence a document carries
    /// it where it is labelled as a whole with any of them.
    pub(super) fn of_any(members: &[usize], coded: &CodedDocument) -> Self {
        let mut likeliest: BTreeMap<usize, &Coding> = BTreeMap::new();
        let rank = |coding: &Coding| (coding.hit, coding.probability, Reverse(coding.frame));
        for coding in coded.codings.iter().filter(|coding| members.contains(&coding.frame)) {
            let known = likeliest.entry(coding.sentence).or_insert(coding);
            if rank(coding) > rank(known) {
                *known = coding;
            }
        }
        let mut counts = Self::default();
        for coding in likeliest.into_values() {
            counts.add(coding);
        }
        let labels = coded.labels.whole.iter().filter(|(frame, _)| members.contains(frame));
        match labels.max_by_key(|(frame, label)| (label.present, label.certainty(), Reverse(*frame))) {
            Some((_, label)) if counts.hits == 0 => Self::of_document(*label),
            _ => counts,
        }
    }

    fn add_hit(&mut self, is_own: Option<bool>, stance: Option<Stance>) {
        self.hits += 1;
        self.own += u64::from(is_own == Some(true));
        self.attributed += u64::from(is_own == Some(false));
        match stance {
            Some(Stance::Favor) => self.favor += 1,
            Some(Stance::Against) => self.against += 1,
            Some(Stance::Neutral) => self.neutral += 1,
            None => {}
        }
        let meets = |owns: bool, toward: Stance| u64::from(is_own == Some(owns) && stance == Some(toward));
        self.own_favor += meets(true, Stance::Favor);
        self.own_against += meets(true, Stance::Against);
        self.attributed_favor += meets(false, Stance::Favor);
        self.attributed_against += meets(false, Stance::Against);
    }
}

/// The counts of all frames of a document, packed: most are 0, the others small. A frame without counts takes one byte.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedFrames {
    frames: usize,
    bytes: Box<[u8]>,
}

impl From<Vec<FrameCounts>> for PackedFrames {
    fn from(counts: Vec<FrameCounts>) -> Self {
        let mut bytes = Vec::with_capacity(2 * counts.len());
        for frame in &counts {
            if *frame == FrameCounts::default() {
                bytes.push(0);
                continue;
            }
            bytes.push(1);
            let without_rule = frame.without_rule.map_or(0, |count| count.saturating_add(1));
            let of_voices = [frame.own_favor, frame.own_against, frame.attributed_favor, frame.attributed_against];
            let all = [frame.hits, frame.own, frame.attributed, frame.favor, frame.against, frame.neutral];
            let counts = all.into_iter().chain(of_voices).chain([frame.expected, without_rule]);
            counts.for_each(|count| pack(count, &mut bytes));
        }
        Self { frames: counts.len(), bytes: bytes.into() }
    }
}

impl PackedFrames {
    /// The counts by frame, in the codebook's order.
    pub fn iter(&self) -> impl Iterator<Item = FrameCounts> + '_ {
        let mut bytes = self.bytes.iter().copied();
        iter::repeat_with(move || {
            if bytes.next() != Some(1) {
                return FrameCounts::default();
            }
            let mut next = || unpack(&mut bytes);
            FrameCounts {
                hits: next(),
                own: next(),
                attributed: next(),
                favor: next(),
                against: next(),
                neutral: next(),
                own_favor: next(),
                own_against: next(),
                attributed_favor: next(),
                attributed_against: next(),
                expected: next(),
                without_rule: next().checked_sub(1),
            }
        })
        .take(self.frames)
    }
}

/// Seven bits a byte, the lowest first; the high bit says that more follow (LEB128).
fn pack(mut count: u64, bytes: &mut Vec<u8>) {
    while count > 0x7f {
        bytes.push(0x80 | u8::try_from(count & 0x7f).unwrap_or_default());
        count >>= 7;
    }
    bytes.push(u8::try_from(count).unwrap_or_default());
}

fn unpack(bytes: &mut impl Iterator<Item = u8>) -> u64 {
    let mut count = 0;
    for (place, byte) in bytes.by_ref().enumerate() {
        count |= u64::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            break;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_counts_come_back() {
        let full = FrameCounts {
            hits: 1,
            own: 127,
            attributed: 128,
            favor: 300,
            against: 0,
            neutral: u64::MAX,
            own_favor: 100,
            own_against: 0,
            attributed_favor: 200,
            attributed_against: 1,
            expected: 731_059,
            without_rule: Some(0),
        };
        let counts = vec![FrameCounts::default(), full, FrameCounts::default(), full];
        let packed = PackedFrames::from(counts.clone());
        assert_eq!(packed.iter().collect::<Vec<_>>(), counts);
        assert_eq!(PackedFrames::from(vec![FrameCounts::default(); 9]).bytes.len(), 9);
    }
}
