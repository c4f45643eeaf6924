//! Weights of a tiny sentence encoder, drawn by a fixed rule: what tests encode with, here and through the command line.

/// Numbers of a vector.
pub(crate) const HIDDEN: usize = 8;
const INNER: usize = 12;

/// How large the encoder is.
#[derive(Clone, Copy)]
pub(crate) struct TinyEncoder {
    /// Words of its vocabulary.
    pub(crate) words: usize,
    /// The most words of a text that it takes in.
    pub(crate) positions: usize,
    /// Layers of attention.
    pub(crate) layers: usize,
}

impl TinyEncoder {
    /// A safetensors file of numbers from -1.5 to 1.5, drawn from `state`.
    pub(crate) fn weights(self, mut state: u32) -> Vec<u8> {
        let (mut header, mut numbers) = (serde_json::Map::new(), Vec::new());
        for (name, shape) in self.shapes() {
            let start = numbers.len();
            for _ in 0..shape.iter().product() {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let drawn = 3.0 * (f32::from_bits(0x3f80_0000 | (state >> 9)) - 1.5);
                numbers.extend(drawn.to_le_bytes());
            }
            let offsets = [start, numbers.len()];
            header.insert(name, serde_json::json!({ "dtype": "F32", "shape": shape, "data_offsets": offsets }));
        }
        let header = serde_json::to_vec(&header).unwrap();
        [&(header.len() as u64).to_le_bytes()[..], &header, &numbers].concat()
    }

    /// The names and shapes of the tensors, in the order in which their numbers are drawn.
    fn shapes(self) -> Vec<(String, Vec<usize>)> {
        let mut shapes = Vec::new();
        for (table, rows) in [("word", self.words), ("position", self.positions), ("token_type", 2)] {
            shapes.push((format!("embeddings.{table}_embeddings.weight"), vec![rows, HIDDEN]));
        }
        add_weight_and_bias("embeddings.LayerNorm", &[HIDDEN], &mut shapes);
        for layer in 0..self.layers {
            for (part, shape) in [
                ("attention.self.query", &[HIDDEN, HIDDEN][..]),
                ("attention.self.key", &[HIDDEN, HIDDEN]),
                ("attention.self.value", &[HIDDEN, HIDDEN]),
                ("attention.output.dense", &[HIDDEN, HIDDEN]),
                ("attention.output.LayerNorm", &[HIDDEN]),
                ("intermediate.dense", &[INNER, HIDDEN]),
                ("output.dense", &[HIDDEN, INNER]),
                ("output.LayerNorm", &[HIDDEN]),
            ] {
                add_weight_and_bias(&format!("encoder.layer.{layer}.{part}"), shape, &mut shapes);
            }
        }
        shapes
    }
}

/// A bias is as long as what it is added to.
fn add_weight_and_bias(name: &str, shape: &[usize], shapes: &mut Vec<(String, Vec<usize>)>) {
    shapes.push((format!("{name}.weight"), shape.to_vec()));
    shapes.push((format!("{name}.bias"), shape[..1].to_vec()));
}
