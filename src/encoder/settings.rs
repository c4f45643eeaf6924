//! What a model's folder says of itself: its shape, how texts are cut, how tokens become one vector.

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The files of a sentence-transformers folder, as they are.
#[derive(Debug, Default)]
pub struct EncoderFiles {
    /// `config.json`.
    pub config: String,
    /// `model.safetensors`.
    pub weights: Vec<u8>,
    /// `tokenizer.json`.
    pub tokenizer: Option<String>,
    /// `vocab.txt`, read where there is no `tokenizer.json`.
    pub vocabulary: Option<String>,
    /// `tokenizer_config.json`, which goes with `vocab.txt`.
    pub tokenizer_config: Option<String>,
    /// `1_Pooling/config.json`.
    pub pooling: Option<String>,
    /// `sentence_bert_config.json`.
    pub lengths: Option<String>,
    /// `modules.json`.
    pub modules: Option<String>,
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// A file that is not what its name says.
    #[error("{file}: {detail}; copy the model's folder again")]
    Damaged {
        /// Its name in the folder.
        file: &'static str,
        /// What is wrong.
        detail: String,
    },
    /// Another kind of model.
    #[error(
        "{file}: {detail}; use a sentence-transformers model of the BERT family with WordPiece, such as all-MiniLM-L6-v2"
    )]
    Unsupported {
        /// Its name in the folder.
        file: &'static str,
        /// What is not known here.
        detail: String,
    },
    /// Neither of the two files that hold the pieces.
    #[error("tokenizer.json: neither it nor vocab.txt is there; copy the model's folder again")]
    NoVocabulary,
}

/// `config.json`, as far as the layers need it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct NetworkShape {
    pub(super) model_type: String,
    pub(super) hidden_size: usize,
    pub(super) num_hidden_layers: usize,
    pub(super) num_attention_heads: usize,
    pub(super) max_position_embeddings: usize,
    #[serde(default = "gelu")]
    pub(super) hidden_act: String,
    #[serde(default = "epsilon")]
    pub(super) layer_norm_eps: f32,
    #[serde(default = "absolute")]
    position_embedding_type: String,
}

fn gelu() -> String {
    "gelu".to_owned()
}

fn absolute() -> String {
    "absolute".to_owned()
}

const fn epsilon() -> f32 {
    1e-12
}

/// How the vectors of tokens become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pooling {
    /// Their mean.
    Mean,
    /// That of the first, `[CLS]`.
    First,
}

impl NetworkShape {
    /// Reads `config.json`.
    pub(super) fn of(files: &EncoderFiles) -> Result<Self, EncoderError> {
        let shape: Self = json("config.json", &files.config)?;
        let other = |detail: String| Err(EncoderError::Unsupported { file: "config.json", detail });
        if shape.model_type != "bert" {
            return other(format!("a model of type \"{}\"", shape.model_type));
        }
        if shape.hidden_act != "gelu" {
            return other(format!("the activation \"{}\"", shape.hidden_act));
        }
        if shape.position_embedding_type != "absolute" {
            return other(format!("positions of the kind \"{}\"", shape.position_embedding_type));
        }
        let divides = shape.num_attention_heads > 0 && shape.hidden_size.is_multiple_of(shape.num_attention_heads);
        if !divides || shape.hidden_size == 0 || shape.max_position_embeddings < 2 {
            let detail = "sizes that do not fit each other".to_owned();
            return Err(EncoderError::Damaged { file: "config.json", detail });
        }
        Ok(shape)
    }
}

/// The most pieces of a text that the model reads, its two marks included.
pub(super) fn longest(files: &EncoderFiles, shape: &NetworkShape) -> Result<usize, EncoderError> {
    #[derive(Deserialize)]
    struct Lengths {
        max_seq_length: Option<usize>,
    }
    let Some(text) = &files.lengths else { return Ok(shape.max_position_embeddings) };
    let Lengths { max_seq_length } = json("sentence_bert_config.json", text)?;
    Ok(max_seq_length.unwrap_or(usize::MAX).clamp(2, shape.max_position_embeddings))
}

/// The way of pooling: the mean where the folder does not say.
pub(super) fn pooling(files: &EncoderFiles) -> Result<Pooling, EncoderError> {
    const FILE: &str = "1_Pooling/config.json";
    only_known_modules(files)?;
    let Some(text) = &files.pooling else { return Ok(Pooling::Mean) };
    let modes: serde_json::Map<String, serde_json::Value> = json(FILE, text)?;
    let is_on = |(name, value): &(&String, &serde_json::Value)| {
        name.starts_with("pooling_mode_") && value.as_bool() == Some(true)
    };
    let on: Vec<&str> = modes.iter().filter(is_on).map(|(name, _)| name.as_str()).collect();
    match on[..] {
        ["pooling_mode_mean_tokens"] => Ok(Pooling::Mean),
        ["pooling_mode_cls_token"] => Ok(Pooling::First),
        _ => Err(EncoderError::Unsupported { file: FILE, detail: format!("pooling by {}", on.join(" and ")) }),
    }
}

/// Refuses a model that does more after the layers than to pool and to scale.
fn only_known_modules(files: &EncoderFiles) -> Result<(), EncoderError> {
    #[derive(Deserialize)]
    struct Module {
        r#type: String,
    }
    let Some(text) = &files.modules else { return Ok(()) };
    let modules: Vec<Module> = json("modules.json", text)?;
    // `sentence_transformers.models.Dense` would turn each vector once more, by weights of its own.
    let known = ["Transformer", "Pooling", "Normalize"];
    let last = |module: &Module| module.r#type.rsplit('.').next().unwrap_or_default().to_owned();
    match modules.iter().map(last).find(|name| !known.contains(&&**name)) {
        None => Ok(()),
        Some(name) => Err(EncoderError::Unsupported { file: "modules.json", detail: format!("a module {name}") }),
    }
}

/// Parses one of the files.
pub(super) fn json<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, EncoderError> {
    serde_json::from_str(text).map_err(|error| EncoderError::Damaged { file, detail: error.to_string() })
}
