//! What a scorer has learnt, as it stands in its file.

use serde::{Deserialize, Serialize};

use crate::coding::FrameLessons;
use crate::coding::features::Family;
use crate::coding::scorer::design::{round, weigh};
use crate::coding::scorer::training::Fitted;
use crate::coding::scorer::{Extracted, Settings};
use crate::stats::learning::{Aim, most_probable, probabilities};

/// Version of the file's layout. A program reads its own only.
pub const FORMAT: u32 = 2;

/// A trained scorer and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Version of the layout.
    pub format: u32,
    /// Version of the program that trained it.
    pub version: String,
    /// What is told apart.
    pub shape: Shape,
    /// Names of the columns it reads: the text's, the target's, contexts.
    pub columns: Origin,
    /// The codebook whose rules it uses.
    pub codebook: Option<Fingerprint>,
    /// The table it was trained on.
    pub training: Fingerprint,
    /// Rows it was trained on.
    pub rows: u64,
    /// Groups of these.
    pub groups: u64,
    /// What thresholds were chosen for.
    pub thresholds: Aim,
    /// Of the inner folds.
    pub seed: u64,
    /// How many inner folds.
    pub folds: usize,
    /// Families of features it uses.
    pub families: Vec<Family>,
    /// By question: constants and where the line is drawn.
    pub answers: Vec<Answer>,
    /// By family: the features and their weights.
    pub vocabulary: Vec<Vocabulary>,
    /// Names of the measures.
    pub measures: Vec<String>,
    /// By score, then measure.
    pub measure_weights: Vec<Vec<f64>>,
    /// From where contributions of each measure are counted: its mean in training; 0 for what rules found.
    pub measure_centres: Vec<f64>,
    /// What a study adds whose frames the labels are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frames: Option<FrameLessons>,
}

/// What a scorer tells apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Each row is of one of these classes.
    Classes(Vec<String>),
    /// Each row carries any of these labels.
    Labels(Vec<String>),
}

/// The columns that a scorer reads in a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Of the text.
    pub text: String,
    /// Of what was learnt.
    pub labels: Vec<String>,
    /// Of the target's name.
    pub target: Option<String>,
    /// Of its first character.
    pub target_start: Option<String>,
    /// Of one past its last.
    pub target_end: Option<String>,
    /// Whose values are features.
    pub context: Vec<String>,
}

/// A file by name and content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprint {
    /// Its name without folders.
    pub file: String,
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
}

/// Constants of a question's scores and where the line is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// By score: one for two classes, the log-odds of the second; else one for each class.
    pub constants: Vec<f64>,
    /// Probability from which the second of two classes is taken.
    pub threshold: f64,
    /// With more classes: what is added to each one's log probability before the highest is taken.
    pub offsets: Vec<f64>,
}

/// The features of a family.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Which family.
    pub family: Family,
    /// Names, sorted, with the family in front.
    pub names: Vec<String>,
    /// What counts are multiplied with before they are scaled.
    pub rarities: Vec<f32>,
    /// By score, then feature.
    pub weights: Vec<Vec<f32>>,
}

/// Why a model does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Not a model at all.
    #[error("not a model of this program ({0}); train one with parallax train")]
    NoModel(String),
    /// Of another version.
    #[error("a model of layout {0}, and this program reads layout {FORMAT}; train it again with parallax train")]
    OtherFormat(u64),
    /// Numbers that do not go together.
    #[error("a damaged model ({0}); train it again with parallax train")]
    Damaged(&'static str),
    /// The codebook is missing.
    #[error("trained with the codebook {0}; name it with --codebook")]
    NeedsCodebook(String),
    /// The codebook is another one.
    #[error("trained with another version of the codebook ({trained}) than {given}; train it again or give that one")]
    OtherCodebook {
        /// Name of the one it was trained with.
        trained: String,
        /// The one given.
        given: String,
    },
}

/// Weights as they come out of training, by column of the features they were learnt from.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// By question.
    pub answers: Vec<Answer>,
    /// By question, then row that was learnt from: probabilities of its classes by learners that have not seen it.
    pub held_out: Vec<Vec<Vec<f64>>>,
    rarities: Vec<f32>,
    /// By score, then column.
    counts: Vec<Vec<f32>>,
    /// By score, then measure.
    measures: Vec<Vec<f64>>,
    /// By measure.
    centres: Vec<f64>,
}

impl Weights {
    pub(super) fn joined((rarities, centres): (Vec<f32>, Vec<f64>), fitted: Vec<Fitted>) -> Self {
        let (answers, held_out) = (Vec::new(), Vec::new());
        let mut weights = Self { answers, held_out, rarities, counts: Vec::new(), measures: Vec::new(), centres };
        for fitted in fitted {
            weights.answers.push(fitted.answer);
            weights.held_out.push(fitted.held_out);
            weights.counts.extend(fitted.counts);
            weights.measures.extend(fitted.measures);
        }
        weights
    }

    /// The scores of a row of `extracted`.
    #[must_use]
    pub fn scores(&self, extracted: &Extracted, row: usize) -> Vec<f64> {
        let (columns, values) = extracted.counts.row(row);
        let mut counts: Vec<(u32, f32)> = columns.iter().copied().zip(values.iter().copied()).collect();
        weigh(&mut counts, &self.rarities, |column| extracted.families[column as usize]);
        let score = |(constant, (sparse, dense)): (&f64, (&Vec<f32>, &Vec<f64>))| {
            let sparse: f64 = counts.iter().map(|(column, value)| f64::from(sparse[*column as usize] * value)).sum();
            let dense: f64 = dense.iter().zip(&extracted.measures).map(|(weight, column)| weight * column[row]).sum();
            constant + sparse + dense
        };
        let constants = self.answers.iter().flat_map(|answer| &answer.constants);
        constants.zip(self.counts.iter().zip(&self.measures)).map(score).collect()
    }

    /// A vocabulary for each family, without features that were in too few of the rows, and the measures that count.
    #[must_use]
    pub fn vocabulary(&self, extracted: &Extracted, settings: &Settings) -> Vec<Vocabulary> {
        let of_family = |family: &Family| {
            let columns: Vec<usize> = (0..extracted.names.len())
                .filter(|column| extracted.families[*column] == *family && self.rarities[*column] > 0.0)
                .collect();
            Vocabulary {
                family: *family,
                names: columns.iter().map(|column| extracted.names[*column].clone()).collect(),
                rarities: columns.iter().map(|column| self.rarities[*column]).collect(),
                weights: self.counts.iter().map(|of| columns.iter().map(|column| of[*column]).collect()).collect(),
            }
        };
        settings.families.iter().map(of_family).filter(|vocabulary| !vocabulary.names.is_empty()).collect()
    }

    /// Weights of the measures, by score, then measure.
    #[must_use]
    pub fn measures(&self) -> &[Vec<f64>] {
        &self.measures
    }

    /// By measure, from where its contributions are counted.
    #[must_use]
    pub fn centres(&self) -> &[f64] {
        &self.centres
    }
}

impl Answer {
    /// Which class the scores of this question say, and the probability of each.
    #[must_use]
    pub fn read(&self, scores: &[f64]) -> (usize, Vec<f64>) {
        let shares = probabilities(scores);
        let class = match shares[..] {
            [_, second] => usize::from(second >= self.threshold),
            _ => most_probable(&shares, &self.offsets),
        };
        (class, shares)
    }
}

impl Shape {
    /// The probability of each label, to six decimals, and which labels are carried, by the scores of all questions.
    #[must_use]
    pub fn conclude(&self, answers: &[Answer], scores: &[f64]) -> (Vec<f64>, Vec<bool>) {
        let (mut probabilities, mut carried, mut start) = (Vec::new(), Vec::new(), 0);
        for answer in answers {
            let end = start + answer.constants.len();
            let (class, shares) = answer.read(&scores[start..end]);
            start = end;
            match self {
                Self::Classes(_) => {
                    carried.extend((0..shares.len()).map(|at| at == class));
                    probabilities.extend(shares);
                }
                Self::Labels(_) => {
                    carried.push(class == 1);
                    probabilities.push(shares[1]);
                }
            }
        }
        for share in &mut probabilities {
            *share = round(*share);
        }
        (probabilities, carried)
    }

    /// The names of classes or labels.
    #[must_use]
    pub fn names(&self) -> &[String] {
        match self {
            Self::Classes(names) | Self::Labels(names) => names,
        }
    }
}

impl Model {
    /// The model in the text of its file.
    ///
    /// # Errors
    /// When the text is no model, one of another layout, or damaged.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        #[derive(Deserialize)]
        struct Head {
            format: u64,
        }
        let no_model = |error: serde_json::Error| ModelError::NoModel(error.to_string());
        let head: Head = serde_json::from_str(text).map_err(no_model)?;
        if head.format != u64::from(FORMAT) {
            return Err(ModelError::OtherFormat(head.format));
        }
        let model: Self = serde_json::from_str(text).map_err(no_model)?;
        model.check()?;
        Ok(model)
    }

    /// The text of its file, the same for the same model.
    ///
    /// # Errors
    /// None but a bug can cause.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self).map(|text| text + "\n")
    }

    /// Whether the codebook given, with its name and hash, is the one it was trained with.
    ///
    /// # Errors
    /// When it needs a codebook and none is given, or another one.
    pub fn accept_codebook(&self, given: Option<&Fingerprint>) -> Result<(), ModelError> {
        match (&self.codebook, given) {
            (Some(trained), None) => Err(ModelError::NeedsCodebook(trained.file.clone())),
            (Some(trained), Some(given)) if trained.sha256 != given.sha256 => {
                Err(ModelError::OtherCodebook { trained: trained.file.clone(), given: given.file.clone() })
            }
            _ => Ok(()),
        }
    }

    fn check(&self) -> Result<(), ModelError> {
        let scores: usize = self.answers.iter().map(|answer| answer.constants.len()).sum();
        let expected = match &self.shape {
            Shape::Classes(names) => {
                if names.len() == 2 {
                    1
                } else {
                    names.len()
                }
            }
            Shape::Labels(names) => names.len(),
        };
        let full = |part: &Vocabulary| {
            part.rarities.len() == part.names.len()
                && part.weights.len() == scores
                && part.weights.iter().all(|weights| weights.len() == part.names.len())
        };
        if scores != expected {
            return Err(ModelError::Damaged("its scores and its labels do not go together"));
        }
        if !self.vocabulary.iter().all(full) {
            return Err(ModelError::Damaged("features without weights"));
        }
        let measured = |weights: &Vec<f64>| weights.len() == self.measures.len();
        let is_centred = measured(&self.measure_centres);
        if self.measure_weights.len() != scores || !self.measure_weights.iter().all(measured) || !is_centred {
            return Err(ModelError::Damaged("measures without weights"));
        }
        let drawn = |answer: &Answer| answer.constants.len() == 1 || answer.offsets.len() == answer.constants.len();
        if !self.answers.iter().all(drawn) {
            return Err(ModelError::Damaged("a class without an offset"));
        }
        Ok(())
    }
}
