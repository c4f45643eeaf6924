//! From texts to vectors: cut, run through the layers, pooled, scaled to the length 1.

use rayon::prelude::*;

use crate::encoder::network::BertNetwork;
use crate::encoder::settings::{EncoderError, EncoderFiles, NetworkShape, Pooling, longest, pooling};
use crate::encoder::tensors::Tensors;
use crate::encoder::wordpiece::WordPiece;
use crate::model::Checksum;

/// Texts that run through the layers together: enough to use each weight several times while it is near.
const BATCH: usize = 16;

/// A model made ready. It can be shared by threads.
#[derive(Debug)]
pub struct SentenceEncoder {
    pieces: WordPiece,
    network: BertNetwork,
    pooling: Pooling,
    longest: usize,
    sha256: String,
}

impl SentenceEncoder {
    /// Makes the files of a sentence-transformers folder ready.
    ///
    /// # Errors
    /// When a file is damaged, or the model is of a kind that is not known here.
    pub fn of(files: &EncoderFiles) -> Result<Self, EncoderError> {
        let shape = NetworkShape::of(files)?;
        let pieces = WordPiece::of(files)?;
        let network = BertNetwork::of(&Tensors::of(&files.weights)?, &shape, pieces.highest())?;
        let (pooling, longest) = (pooling(files)?, longest(files, &shape)?);
        Ok(Self { pieces, network, pooling, longest, sha256: checksum(files) })
    }

    /// How many numbers a vector has.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.network.hidden
    }

    /// The SHA-256 of everything that vectors depend on, 64 hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The vectors of the texts, in their order, each of the length 1. What is said of one text depends on no other.
    #[must_use]
    pub fn encode(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let cut: Vec<Vec<u32>> = texts.par_iter().map(|text| self.pieces.cut(text, self.longest)).collect();
        cut.par_chunks(BATCH).flat_map_iter(|batch| self.pooled(batch)).collect()
    }

    /// One vector for each text of a batch.
    fn pooled(&self, batch: &[Vec<u32>]) -> Vec<Vec<f32>> {
        let rows = self.network.apply(batch);
        let mut rows = rows.chunks_exact(self.network.hidden);
        let mut pooled = Vec::with_capacity(batch.len());
        for text in batch {
            let mut vector = vec![0.0; self.network.hidden];
            for (place, row) in rows.by_ref().take(text.len()).enumerate() {
                if self.pooling == Pooling::Mean || place == 0 {
                    vector.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
                }
            }
            // The length takes the number of pieces out again, so that sum and mean come to the same.
            let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
            if length > 0.0 {
                for number in &mut vector {
                    *number /= length;
                }
            }
            pooled.push(vector);
        }
        pooled
    }
}

/// Of all files, each with its length, so that no byte can pass from one to the next unseen.
fn checksum(files: &EncoderFiles) -> String {
    let mut checksum = Checksum::default();
    let texts = [&files.tokenizer, &files.vocabulary, &files.tokenizer_config, &files.pooling, &files.lengths];
    let texts = texts.into_iter().map(|text| text.as_deref().unwrap_or_default().as_bytes());
    for bytes in texts.chain([files.config.as_bytes(), &files.weights]) {
        checksum.update(&(bytes.len() as u64).to_le_bytes());
        checksum.update(bytes);
    }
    checksum.finish().1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoder::tiny_encoder::{HIDDEN, TinyEncoder};

    /// What the expected values were computed with.
    const ENCODER: TinyEncoder = TinyEncoder { words: 7, positions: 6, layers: 2 };

    fn files(pooling: &str) -> EncoderFiles {
        EncoderFiles {
            config: r#"{"model_type": "bert", "hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2,
                "max_position_embeddings": 6}"#
                .to_owned(),
            weights: ENCODER.weights(1),
            vocabulary: Some("[UNK]\n[CLS]\n[SEP]\nrain\nfell\n##s\n.\n".to_owned()),
            pooling: Some(format!("{{\"pooling_mode_{pooling}\": true, \"word_embedding_dimension\": 8}}")),
            ..EncoderFiles::default()
        }
    }

    /// Values of `NumPy` 2.1 in double precision, written from the paper's formulas, with `math.erf`.
    const EXPECTED: [(&str, &str, [f64; HIDDEN]); 4] = [
        (
            "Rains fell.",
            "mean_tokens",
            [
                -0.257_327_5,
                0.406_770_5,
                -0.392_571_6,
                -0.075_491_6,
                0.630_899_5,
                0.081_881_8,
                -0.006_900_6,
                -0.451_356_2,
            ],
        ),
        (
            "Rains fell.",
            "cls_token",
            [
                -0.255_954_3,
                0.411_690_2,
                -0.390_662_8,
                -0.065_740_9,
                0.630_264_0,
                0.084_070_8,
                -0.009_488_7,
                -0.451_296_6,
            ],
        ),
        (
            "Snow",
            "mean_tokens",
            [
                -0.254_535_9,
                0.411_570_9,
                -0.395_549_1,
                -0.057_056_8,
                0.627_281_3,
                0.074_745_0,
                -0.013_659_5,
                -0.454_808_9,
            ],
        ),
        (
            "Snow",
            "cls_token",
            [
                -0.253_446_6,
                0.414_411_9,
                -0.393_903_5,
                -0.053_910_3,
                0.627_179_2,
                0.075_437_6,
                -0.015_980_6,
                -0.454_600_2,
            ],
        ),
    ];

    #[test]
    fn a_tiny_model_gives_the_vectors_of_another_implementation() {
        for (text, pooling, expected) in EXPECTED {
            let encoder = SentenceEncoder::of(&files(pooling)).unwrap();
            let found = &encoder.encode(&[text])[0];
            let off = found.iter().zip(expected).map(|(a, b)| (f64::from(*a) - b).abs()).fold(0.0, f64::max);
            assert!(off < 2e-6, "{text} {pooling}: {off}");
        }
    }

    #[test]
    fn a_text_has_the_same_bits_beside_any_other() {
        let encoder = SentenceEncoder::of(&files("mean_tokens")).unwrap();
        let texts = ["Rain fell.", "", "fell fell fell fell fell", "Rain", "."];
        let many: Vec<&str> = texts.iter().copied().cycle().take(83).collect();
        let alone: Vec<Vec<f32>> = texts.iter().flat_map(|text| encoder.encode(&[text])).collect();
        for (place, vector) in encoder.encode(&many).iter().enumerate() {
            let bits = |vector: &[f32]| vector.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(vector), bits(&alone[place % texts.len()]), "{:?}", many[place]);
        }
    }

    #[test]
    fn models_of_another_kind_are_refused_with_the_remedy() {
        let good = || files("mean_tokens");
        let cases = [
            ("a model of type \"mpnet\"", EncoderFiles { config: good().config.replace("bert", "mpnet"), ..good() }),
            ("pooling by pooling_mode_max_tokens", files("max_tokens")),
            ("neither it nor vocab.txt", EncoderFiles { vocabulary: None, ..good() }),
            ("ends early", EncoderFiles { weights: ENCODER.weights(1)[..4_000].to_vec(), ..good() }),
            ("a module Dense", EncoderFiles { modules: Some(r#"[{"type": "a.Dense"}]"#.to_owned()), ..good() }),
            (
                "has the shape",
                EncoderFiles { config: good().config.replace("\"hidden_size\": 8", "\"hidden_size\": 4"), ..good() },
            ),
        ];
        for (expected, files) in cases {
            let said = SentenceEncoder::of(&files).unwrap_err().to_string();
            assert!(said.contains(expected), "{said}");
        }
    }

    #[test]
    fn a_change_in_any_file_is_another_model() {
        let other = EncoderFiles { lengths: Some(r#"{"max_seq_length": 4}"#.to_owned()), ..files("mean_tokens") };
        let [first, second] = [files("mean_tokens"), other].map(|files| SentenceEncoder::of(&files).unwrap());
        assert_ne!(first.sha256(), second.sha256());
    }
}
