//! Sentence vectors: a sentence-transformers model of the BERT family, run on the processor without any framework.
//!
//! In reading order: `settings` says what the folder of a model must hold, `wordpiece` cuts a text into the model's pieces,
//! `tensors` finds the weights in their file, `kernel` is the arithmetic, `network` the layers, `sentence_encoder` puts them
//! together, and `vectors` is the table of what was encoded, by text.
//!
//! Every sum has one order and every step is a single IEEE 754 operation, so a sentence has the same vector on every
//! machine, with any number of threads and beside any other sentence.
//!
//! Not here: reading and writing files (`corpus::encoder_folder`, `report::vector_log`), what is learnt from vectors
//! (`learning::features`), and any model: users bring their own.

mod kernel;
mod network;
mod sentence_encoder;
mod settings;
mod tensors;
#[cfg(test)]
mod tiny_encoder;
mod vectors;
mod wordpiece;

pub use sentence_encoder::SentenceEncoder;
pub use settings::{EncoderError, EncoderFiles};
pub use vectors::{SentenceVectors, TextKey, VectorsError, text_key, vector_record};
