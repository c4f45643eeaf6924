//! Which hits of a frame count: all of them, those in a voice, or those with a stance.

use crate::compare::{FrameCounts, JudgedFrame};
use crate::model::{CompareSettings, Stance, StanceFilter, VoiceFilter};

/// Which hits count, in what the machine counted and in what people say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CountedHits {
    /// Every one.
    All,
    /// In the outlet's own voice, or in that of a source.
    InVoice {
        /// Whether in the outlet's own.
        is_own: bool,
    },
    /// By a voice of this stance, or of either of the others.
    WithStance {
        /// The stance.
        stance: Stance,
        /// Whether it is the others that count.
        is_other: bool,
    },
}

impl CountedHits {
    /// What a study asks for, which is a voice or a stance but never both: how often the two go together is not counted.
    pub(super) const fn of(settings: &CompareSettings) -> Self {
        match (settings.voice, settings.stance) {
            (VoiceFilter::Own, _) => Self::InVoice { is_own: true },
            (VoiceFilter::Attributed, _) => Self::InVoice { is_own: false },
            (VoiceFilter::All, StanceFilter::Favor) => Self::WithStance { stance: Stance::Favor, is_other: false },
            (VoiceFilter::All, StanceFilter::Against) => Self::WithStance { stance: Stance::Against, is_other: false },
            (VoiceFilter::All, StanceFilter::All) => Self::All,
        }
    }

    /// Hits that count in a document.
    pub(super) const fn hits(self, frame: &FrameCounts) -> u64 {
        match self {
            Self::All => frame.hits,
            Self::InVoice { is_own: true } => frame.own,
            Self::InVoice { is_own: false } => frame.attributed,
            Self::WithStance { stance, is_other } => {
                let with = match stance {
                    Stance::Favor => frame.favor,
                    Stance::Against => frame.against,
                    Stance::Neutral => frame.neutral,
                };
                if is_other { frame.favor + frame.against + frame.neutral - with } else { with }
            }
        }
    }

    /// Whether the frame is there in such a voice or with such a stance: not where the frame is not there at all, and `None`
    /// where it is but nobody said of the voice or stance.
    pub(super) fn is_met(self, judged: JudgedFrame) -> Option<bool> {
        match self {
            _ if !judged.carries => Some(false),
            Self::All => Some(true),
            Self::InVoice { is_own } => judged.is_own.map(|owns| owns == is_own),
            Self::WithStance { stance, is_other } => judged.stance.map(|said| (said == stance) != is_other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_and_judgements_count_by_voice_or_stance() {
        let frame =
            FrameCounts { hits: 12, own: 7, attributed: 4, favor: 6, against: 3, neutral: 2, ..FrameCounts::default() };
        let rejects = JudgedFrame { carries: true, is_own: Some(true), stance: Some(Stance::Against) };
        let silent = JudgedFrame { carries: true, ..JudgedFrame::default() };
        let (favor, against) = (Stance::Favor, Stance::Against);
        for (counted, hits, met, met_unsaid) in [
            (CountedHits::All, 12, Some(true), Some(true)),
            (CountedHits::InVoice { is_own: true }, 7, Some(true), None),
            (CountedHits::InVoice { is_own: false }, 4, Some(false), None),
            (CountedHits::WithStance { stance: favor, is_other: false }, 6, Some(false), None),
            (CountedHits::WithStance { stance: favor, is_other: true }, 5, Some(true), None),
            (CountedHits::WithStance { stance: against, is_other: true }, 8, Some(false), None),
        ] {
            assert_eq!(counted.hits(&frame), hits, "{counted:?}");
            assert_eq!((counted.is_met(rejects), counted.is_met(silent)), (met, met_unsaid), "{counted:?}");
            assert_eq!(counted.is_met(JudgedFrame::default()), Some(false), "{counted:?}");
        }
    }
}
