//! The program as its users meet it: what it says of broken input, what it leaves behind, what it prints where.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[cfg(feature = "arrow")]
mod arrow;
mod coded_tables;
mod coder_files;
mod coder_spellings;
mod coders;
mod coding_roads;
mod commands;
mod encoder;
mod extremes;
mod faults;
mod folder;
mod hostile_names;
mod interruption;
mod intervals;
mod label_studio;
mod labels;
mod looking;
mod merged_frames;
mod methods;
mod near_copies;
mod odd_corpora;
mod oddities;
#[cfg(feature = "parquet")]
mod parquet;
mod parts;
mod plans;
mod reference_words;
mod refusals;
mod results;
mod samples;
mod scorer;
mod spared_inputs;
mod stories;
mod terminal;
mod user_mistakes;
mod zeros;
