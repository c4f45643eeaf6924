//! Reads a sentence encoder from the folder that the user brings, and vectors that it made before.

use std::io::ErrorKind;
use std::path::Path;

use crate::corpus::CorpusError;
use crate::corpus::whole_text::{read_bytes, read_text};
use crate::encoder::EncoderFiles;

/// The files of a sentence-transformers folder; those that a folder may lack are `None` where it does.
///
/// # Errors
/// When the folder lacks the configuration or the weights, or a file cannot be read.
pub fn read_encoder(folder: &Path) -> Result<EncoderFiles, CorpusError> {
    let optional = |name: &str| present(read_text(&folder.join(name)));
    Ok(EncoderFiles {
        config: read_text(&folder.join("config.json"))?,
        weights: read_bytes(&folder.join("model.safetensors"))?,
        tokenizer: optional("tokenizer.json")?,
        vocabulary: optional("vocab.txt")?,
        tokenizer_config: optional("tokenizer_config.json")?,
        pooling: optional("1_Pooling/config.json")?,
        lengths: optional("sentence_bert_config.json")?,
        modules: optional("modules.json")?,
    })
}

/// The bytes of a file of sentence vectors; `None` where there is no such file yet.
///
/// # Errors
/// When it is there and cannot be read.
pub fn read_vectors(path: &Path) -> Result<Option<Vec<u8>>, CorpusError> {
    present(read_bytes(path))
}

fn present<T>(read: Result<T, CorpusError>) -> Result<Option<T>, CorpusError> {
    match read {
        Err(CorpusError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}
