//! What is measured of a scorer, by name, and which of it makes sense of one label and of all.

/// One thing that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// Share of the rows found that carry the label.
    Precision,
    /// Share of the rows with the label that are found.
    Recall,
    /// Harmonic mean of the two.
    F1,
    /// Mean of the F1 of presence and of absence.
    BalancedF1,
    /// Share of right answers.
    Accuracy,
    /// Mean over labels of F1.
    MacroF1,
    /// F1 of all labels' hits and misses taken together.
    MicroF1,
    /// Area under the receiver operating characteristic.
    Auc,
    /// Mean squared distance of probability and truth.
    Brier,
    /// Mean distance of probability and share of true ones, by bins.
    CalibrationError,
    /// Krippendorff's alpha between people and scorer.
    Alpha,
}

impl Metric {
    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Precision => "precision",
            Self::Recall => "recall",
            Self::F1 => "f1",
            Self::BalancedF1 => "balanced_f1",
            Self::Accuracy => "accuracy",
            Self::MacroF1 => "macro_f1",
            Self::MicroF1 => "micro_f1",
            Self::Auc => "auc",
            Self::Brier => "brier",
            Self::CalibrationError => "calibration_error",
            Self::Alpha => "krippendorff_alpha",
        }
    }

    /// Whether it takes probabilities, which labels from outside need not have.
    #[must_use]
    pub const fn needs_probability(self) -> bool {
        matches!(self, Self::Auc | Self::Brier | Self::CalibrationError)
    }

    /// Every metric, in the order of the enum.
    pub const ALL: [Self; 11] = [
        Self::Precision,
        Self::Recall,
        Self::F1,
        Self::BalancedF1,
        Self::Accuracy,
        Self::MacroF1,
        Self::MicroF1,
        Self::Auc,
        Self::Brier,
        Self::CalibrationError,
        Self::Alpha,
    ];

    /// Those of a single label.
    pub(super) const OF_LABEL: [Self; 9] = [
        Self::Precision,
        Self::Recall,
        Self::F1,
        Self::BalancedF1,
        Self::Accuracy,
        Self::Auc,
        Self::Brier,
        Self::CalibrationError,
        Self::Alpha,
    ];

    /// Those of all labels together.
    pub(super) const OF_ALL: [Self; 8] = [
        Self::MacroF1,
        Self::BalancedF1,
        Self::MicroF1,
        Self::Accuracy,
        Self::Auc,
        Self::Brier,
        Self::CalibrationError,
        Self::Alpha,
    ];
}
