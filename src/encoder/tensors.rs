//! Weights by name in a safetensors file: a length, a header in JSON, then numbers.
//!
//! The layout is that of <https://github.com/huggingface/safetensors>: eight bytes with the length of the header, little
//! endian; the header; the data, whose offsets the header counts from its own end.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::encoder::settings::EncoderError;

const FILE: &str = "model.safetensors";

/// The weights of a model.
pub(super) struct Tensors<'b> {
    header: BTreeMap<String, Header>,
    numbers: &'b [u8],
    /// What stands in front of each name: "bert." where the encoder was saved as part of a larger model.
    prefix: &'static str,
}

#[derive(Deserialize)]
struct Header {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: [usize; 2],
}

impl<'b> Tensors<'b> {
    /// Reads the header.
    pub(super) fn of(bytes: &'b [u8]) -> Result<Self, EncoderError> {
        let short = || damaged("ends early");
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or_else(short)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| short())?;
        let (text, numbers) = rest.split_at_checked(length).ok_or_else(short)?;
        let header = header(text).map_err(|error| damaged(&error.to_string()))?;
        let is_part = header.contains_key("bert.embeddings.word_embeddings.weight");
        Ok(Self { header, numbers, prefix: if is_part { "bert." } else { "" } })
    }

    /// The numbers of a tensor, row by row, which must have this shape.
    pub(super) fn numbers(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, EncoderError> {
        let tensor = self.find(name)?;
        if tensor.shape != shape {
            return Err(damaged(&format!("{name} has the shape {:?} and not {shape:?}", tensor.shape)));
        }
        if tensor.dtype != "F32" {
            let detail = format!("{name} is stored as {}, not F32", tensor.dtype);
            return Err(EncoderError::Unsupported { file: FILE, detail });
        }
        let [start, end] = tensor.data_offsets;
        let bytes = self.numbers.get(start..end).ok_or_else(|| damaged("ends early"))?;
        let (chunks, _) = bytes.as_chunks::<4>();
        if chunks.len() != shape.iter().product::<usize>() {
            return Err(damaged(&format!("{name} has {} numbers", chunks.len())));
        }
        Ok(chunks.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect())
    }

    /// How many rows a table has.
    pub(super) fn rows(&self, name: &str) -> Result<usize, EncoderError> {
        Ok(self.find(name)?.shape.first().copied().unwrap_or(0))
    }

    fn find(&self, name: &str) -> Result<&Header, EncoderError> {
        self.header.get(&format!("{}{name}", self.prefix)).ok_or_else(|| damaged(&format!("has no {name}")))
    }
}

fn header(text: &[u8]) -> Result<BTreeMap<String, Header>, serde_json::Error> {
    let mut entries: BTreeMap<String, serde_json::Value> = serde_json::from_slice(text)?;
    entries.remove("__metadata__");
    entries.into_iter().map(|(name, value)| Ok((name, serde_json::from_value(value)?))).collect()
}

fn damaged(detail: &str) -> EncoderError {
    EncoderError::Damaged { file: FILE, detail: detail.to_owned() }
}
