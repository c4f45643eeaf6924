//! Coded rows as they are measured: what people said of each, and what a scorer said of it.

/// What people said of every row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Truth {
    /// Names of the labels.
    pub labels: Vec<String>,
    /// Whether each row carries exactly one.
    pub is_exclusive: bool,
    /// By row, then label.
    pub carried: Vec<Vec<bool>>,
    /// The group of each row, numbered from 0 without gaps: what is resampled as a whole.
    pub groups: Vec<usize>,
    /// What each row counts for in measures: more where it stands for more rows that were not drawn to be coded.
    pub weights: Vec<f64>,
}

/// What a scorer says of a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prediction {
    /// By label.
    pub carried: Vec<bool>,
    /// By label.
    pub probabilities: Vec<f64>,
}
