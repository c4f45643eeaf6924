//! What a scorer has learnt, as it stands in its file.

use serde::{Deserialize, Serialize};

use crate::learning::choice::FrameTraining;
use crate::learning::features::FeatureFamily;
use crate::learning::weights::{DecisionRule, FeatureWeights, Shape};
use crate::stats::learning::Objective;

/// Version of the file's layout. A program reads its own only.
pub const FORMAT: u32 = 4;

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
    pub columns: TableColumns,
    /// The codebook whose rules it uses.
    pub codebook: Option<Fingerprint>,
    /// The table it was trained on.
    pub training: Fingerprint,
    /// Rows it was trained on.
    pub rows: u64,
    /// Groups of these.
    pub groups: u64,
    /// What thresholds were chosen for.
    pub thresholds: Objective,
    /// Of the inner folds.
    pub seed: u64,
    /// How many inner folds.
    pub folds: usize,
    /// Families of features it uses.
    pub families: Vec<FeatureFamily>,
    /// By question: constants and where the line is drawn.
    pub answers: Vec<DecisionRule>,
    /// By family: the features and their weights.
    pub vocabulary: Vec<FeatureWeights>,
    /// Names of the measures.
    pub measures: Vec<String>,
    /// By score, then measure.
    pub measure_weights: Vec<Vec<f64>>,
    /// From where contributions of each measure are counted: its mean in training; 0 for what rules found.
    pub measure_centres: Vec<f64>,
    /// The encoder whose vectors it goes by, and the file they were in; `None` where it goes by none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoder: Option<EncoderRecord>,
    /// What a study adds whose frames the labels are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frames: Option<FrameTraining>,
}

/// The columns that a scorer reads in a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableColumns {
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

/// Where a scorer's sentence vectors come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EncoderRecord {
    /// Name of the model's folder.
    pub model: String,
    /// Checksum of the model, 64 hexadecimal digits.
    pub sha256: String,
    /// SHA-256 of the file of vectors.
    pub vectors: String,
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
    /// The vectors are missing.
    #[error(
        "trained with sentence vectors of {0}; write those of this table with parallax encode and give them with --vectors"
    )]
    NeedsVectors(String),
    /// Vectors of another encoder.
    #[error(
        "trained with sentence vectors of {trained}, and these are of another model ({given}); encode with the first"
    )]
    OtherEncoder {
        /// Name of the one it was trained with.
        trained: String,
        /// The one given.
        given: String,
    },
    /// Another codebook than it was trained with.
    #[error("trained with another version of the codebook ({trained}) than {given}; train it again or give that one")]
    OtherCodebook {
        /// Name of the one it was trained with.
        trained: String,
        /// The one given.
        given: String,
    },
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
        // The head alone first: a file of another version is to be told as such, whatever else in it cannot be read.
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

    /// Whether vectors of the encoder given, if any, are what it was trained with.
    ///
    /// # Errors
    /// When it needs vectors and none are given, or those of another encoder.
    pub fn accept_encoder(&self, given: Option<&EncoderRecord>) -> Result<(), ModelError> {
        match (&self.encoder, given) {
            (Some(trained), None) => Err(ModelError::NeedsVectors(trained.model.clone())),
            (Some(trained), Some(given)) if trained.sha256 != given.sha256 => {
                Err(ModelError::OtherEncoder { trained: trained.model.clone(), given: given.model.clone() })
            }
            _ => Ok(()),
        }
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
                // Two classes share one score, the log-odds of the second.
                if names.len() == 2 { 1 } else { names.len() }
            }
            Shape::Labels(names) => names.len(),
        };
        if scores != expected {
            return Err(ModelError::Damaged("its scores and its labels do not go together"));
        }
        if !self.vocabulary.iter().all(|part| part.is_full(scores)) {
            return Err(ModelError::Damaged("features without weights"));
        }
        let measured = |weights: &Vec<f64>| weights.len() == self.measures.len();
        let is_centred = measured(&self.measure_centres);
        if self.measure_weights.len() != scores || !self.measure_weights.iter().all(measured) || !is_centred {
            return Err(ModelError::Damaged("measures without weights"));
        }
        if !self.answers.iter().all(|it| it.constants.len() == 1 || it.offsets.len() == it.constants.len()) {
            return Err(ModelError::Damaged("a class without an offset"));
        }
        Ok(())
    }
}
