//! Encodes texts with a sentence-transformers model: one JSON string a line in, numbers in single precision out.
//!
//! `cargo run --example encode_texts -- all-MiniLM-L6-v2 < texts.jsonl > vectors.f32`

use std::error::Error;
use std::io::{Read, Write};
use std::path::Path;

use parallax::corpus::read_encoder;
use parallax::encoder::SentenceEncoder;

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = std::env::args_os().nth(1) else {
        return Err("name the folder of the model".into());
    };
    let encoder = SentenceEncoder::of(&read_encoder(Path::new(&folder))?)?;
    let mut lines = String::new();
    std::io::stdin().read_to_string(&mut lines)?;
    let texts: Vec<String> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let numbers: Vec<u8> = encoder.encode(&texts).iter().flatten().flat_map(|number| number.to_le_bytes()).collect();
    std::io::stdout().write_all(&numbers)?;
    Ok(())
}
