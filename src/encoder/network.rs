//! The layers of BERT (Devlin, Chang, Lee and Toutanova 2019, "BERT: Pre-training of deep bidirectional transformers").
//!
//! Texts of a batch stand one below the other in one matrix, without padding; attention looks at one text at a time.

use crate::encoder::kernel::{Block, add_product, gelu, normalise, softmax};
use crate::encoder::settings::{EncoderError, NetworkShape};
use crate::encoder::tensors::Tensors;

/// A model's layers with their weights.
#[derive(Debug)]
pub(super) struct BertNetwork {
    pub(super) hidden: usize,
    heads: usize,
    epsilon: f32,
    /// By piece, then number.
    words: Vec<f32>,
    /// By position, then number.
    positions: Vec<f32>,
    /// Of the first of two kinds of segments, the only one here.
    segment: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

/// Weights of a linear map, turned so that a row belongs to an input, and what is added.
#[derive(Debug)]
struct Dense {
    weights: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
}

#[derive(Debug)]
struct Norm {
    stretch: Vec<f32>,
    shift: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    query: Dense,
    key: Dense,
    value: Dense,
    output: Dense,
    attention_norm: Norm,
    up: Dense,
    down: Dense,
    norm: Norm,
}

impl Dense {
    fn of(tensors: &Tensors<'_>, name: &str, [inputs, outputs]: [usize; 2]) -> Result<Self, EncoderError> {
        let stored = tensors.numbers(&format!("{name}.weight"), &[outputs, inputs])?;
        let mut weights = vec![0.0; stored.len()];
        for (output, row) in stored.chunks_exact(inputs).enumerate() {
            for (input, weight) in row.iter().enumerate() {
                weights[input * outputs + output] = *weight;
            }
        }
        Ok(Self { weights, bias: tensors.numbers(&format!("{name}.bias"), &[outputs])?, inputs })
    }

    /// What it makes of each row.
    fn apply(&self, rows: &[f32]) -> Vec<f32> {
        let (outputs, count) = (self.bias.len(), rows.len() / self.inputs);
        let mut sums = self.bias.repeat(count);
        let left = Block { numbers: rows, step: self.inputs, width: self.inputs };
        add_product(left, Block { numbers: &self.weights, step: outputs, width: outputs }, &mut sums);
        sums
    }
}

impl Norm {
    fn of(tensors: &Tensors<'_>, name: &str, width: usize) -> Result<Self, EncoderError> {
        let stretch = tensors.numbers(&format!("{name}.weight"), &[width])?;
        Ok(Self { stretch, shift: tensors.numbers(&format!("{name}.bias"), &[width])? })
    }

    fn apply(&self, rows: &mut [f32], epsilon: f32) {
        rows.chunks_exact_mut(self.shift.len()).for_each(|row| normalise(row, &self.stretch, &self.shift, epsilon));
    }
}

impl Layer {
    fn of(tensors: &Tensors<'_>, number: usize, hidden: usize) -> Result<Self, EncoderError> {
        let name = |part: &str| format!("encoder.layer.{number}.{part}");
        let square = [hidden, hidden];
        let inner = tensors.rows(&name("intermediate.dense.weight"))?;
        Ok(Self {
            query: Dense::of(tensors, &name("attention.self.query"), square)?,
            key: Dense::of(tensors, &name("attention.self.key"), square)?,
            value: Dense::of(tensors, &name("attention.self.value"), square)?,
            output: Dense::of(tensors, &name("attention.output.dense"), square)?,
            attention_norm: Norm::of(tensors, &name("attention.output.LayerNorm"), hidden)?,
            up: Dense::of(tensors, &name("intermediate.dense"), [hidden, inner])?,
            down: Dense::of(tensors, &name("output.dense"), [inner, hidden])?,
            norm: Norm::of(tensors, &name("output.LayerNorm"), hidden)?,
        })
    }
}

impl BertNetwork {
    /// The layers that `shape` describes, of the pieces up to `highest`.
    pub(super) fn of(tensors: &Tensors<'_>, shape: &NetworkShape, highest: u32) -> Result<Self, EncoderError> {
        let hidden = shape.hidden_size;
        let table = |name: &str| -> Result<(usize, Vec<f32>), EncoderError> {
            let name = format!("embeddings.{name}_embeddings.weight");
            let rows = tensors.rows(&name)?;
            Ok((rows, tensors.numbers(&name, &[rows, hidden])?))
        };
        let ((pieces, words), (places, positions)) = (table("word")?, table("position")?);
        let (_, mut segment) = table("token_type")?;
        segment.truncate(hidden);
        if pieces <= highest as usize || places < shape.max_position_embeddings || segment.is_empty() {
            let detail =
                format!("has {pieces} pieces and {places} positions, fewer than the tokenizer and config.json");
            return Err(EncoderError::Damaged { file: "model.safetensors", detail });
        }
        let layers = (0..shape.num_hidden_layers).map(|number| Layer::of(tensors, number, hidden));
        Ok(Self {
            hidden,
            heads: shape.num_attention_heads,
            epsilon: shape.layer_norm_eps,
            words,
            positions,
            segment,
            norm: Norm::of(tensors, "embeddings.LayerNorm", hidden)?,
            layers: layers.collect::<Result<_, _>>()?,
        })
    }

    /// The vectors of all pieces of a batch of texts, one below the other.
    pub(super) fn apply(&self, batch: &[Vec<u32>]) -> Vec<f32> {
        let mut rows = self.embedded(batch);
        self.norm.apply(&mut rows, self.epsilon);
        for layer in &self.layers {
            let context = self.attend(layer, &rows, batch);
            add(&mut rows, &layer.output.apply(&context));
            layer.attention_norm.apply(&mut rows, self.epsilon);
            let mut inner = layer.up.apply(&rows);
            gelu(&mut inner);
            add(&mut rows, &layer.down.apply(&inner));
            layer.norm.apply(&mut rows, self.epsilon);
        }
        rows
    }

    /// The sum of piece, position and segment of each piece.
    fn embedded(&self, batch: &[Vec<u32>]) -> Vec<f32> {
        let row = |table: &[f32], number: usize| table[number * self.hidden..(number + 1) * self.hidden].to_vec();
        let pieces = batch.iter().flat_map(|text| text.iter().enumerate());
        let embedded = pieces.flat_map(|(position, piece)| {
            let mut sum = row(&self.words, *piece as usize);
            add(&mut sum, &row(&self.positions, position));
            add(&mut sum, &self.segment);
            sum
        });
        embedded.collect()
    }

    /// What each piece takes of the others of its text.
    fn attend(&self, layer: &Layer, rows: &[f32], batch: &[Vec<u32>]) -> Vec<f32> {
        let [queries, keys, values] = [&layer.query, &layer.key, &layer.value].map(|dense| dense.apply(rows));
        let mut context = vec![0.0; rows.len()];
        let mut start = 0;
        for text in batch {
            let range = start..start + text.len() * self.hidden;
            let seen =
                Seen { queries: &queries[range.clone()], keys: &keys[range.clone()], values: &values[range.clone()] };
            for head in 0..self.heads {
                self.attend_by(head, &seen, &mut context[range.clone()]);
            }
            start = range.end;
        }
        context
    }

    /// Attention of one head over one text.
    fn attend_by(&self, head: usize, seen: &Seen<'_>, context: &mut [f32]) {
        let (width, count) = (self.hidden / self.heads, seen.keys.len() / self.hidden);
        let first = head * width;
        #[expect(clippy::cast_precision_loss, reason = "a head has a few hundred numbers at most")]
        let scale = 1.0 / (width as f32).sqrt();
        let mut turned = vec![0.0; width * count];
        for (piece, key) in seen.keys.chunks_exact(self.hidden).enumerate() {
            for (number, value) in key[first..first + width].iter().enumerate() {
                turned[number * count + piece] = *value;
            }
        }
        let own = seen.queries.chunks_exact(self.hidden).flat_map(|query| &query[first..first + width]);
        let queries: Vec<f32> = own.map(|number| number * scale).collect();
        let mut shares = vec![0.0; count * count];
        let left = Block { numbers: &queries, step: width, width };
        add_product(left, Block { numbers: &turned, step: count, width: count }, &mut shares);
        softmax(&mut shares, count);
        let mut taken = vec![0.0; count * width];
        let values = Block { numbers: &seen.values[first..], step: self.hidden, width };
        add_product(Block { numbers: &shares, step: count, width: count }, values, &mut taken);
        for (row, taken) in context.chunks_exact_mut(self.hidden).zip(taken.chunks_exact(width)) {
            row[first..first + width].copy_from_slice(taken);
        }
    }
}

/// What attention looks at in one text.
struct Seen<'a> {
    queries: &'a [f32],
    keys: &'a [f32],
    values: &'a [f32],
}

fn add(sums: &mut [f32], parts: &[f32]) {
    sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
}
