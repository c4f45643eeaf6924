//! `parallax --version --verbose`: which program this is, what it was built with, and the data that labels depend on.

use std::io::Write;

use crate::cli::failure::Failure;
use crate::cli::terminal::standard_output;
use crate::learning::features::word_vector_data;
use crate::text::language_data;

/// Features of the build that users may meet, with whether they are there.
const FEATURES: [(&str, bool); 4] = [
    ("figures", cfg!(feature = "figures")),
    ("spreadsheets", cfg!(feature = "spreadsheets")),
    ("arrow", cfg!(feature = "arrow")),
    ("parquet", cfg!(feature = "parquet")),
];

/// Whether the version is asked for with all that belongs to it. `--version` alone is answered while arguments are read.
pub(super) fn is_asked(arguments: &[String]) -> bool {
    let has = |names: &[&str]| arguments.iter().any(|argument| names.contains(&&argument[..]));
    has(&["--version", "-V"]) && has(&["--verbose"])
}

/// Prints it.
pub(super) fn version() -> Result<(), Failure> {
    let mut out = standard_output();
    writeln!(out, "parallax {}", env!("CARGO_PKG_VERSION"))?;
    for (what, wanted) in [("features", true), ("left out", false)] {
        let features = FEATURES.iter().filter(|(_, is_there)| *is_there == wanted);
        let names: Vec<&str> = features.map(|(name, _)| *name).collect();
        if !names.is_empty() {
            writeln!(out, "{what}: {}", names.join(", "))?;
        }
    }
    writeln!(out, "system: {} {}", std::env::consts::OS, std::env::consts::ARCH)?;
    // Two programs whose data have the same checksums label alike, whatever their version.
    writeln!(out, "words of English: sha256 {}", language_data())?;
    writeln!(out, "word vectors: sha256 {}", word_vector_data())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_words_ask_for_it() {
        for (arguments, expected) in [
            (&["parallax", "--version", "--verbose"][..], true),
            (&["parallax", "--verbose", "-V"], true),
            (&["parallax", "--version"], false),
            (&["parallax", "run", "--verbose"], false),
        ] {
            let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(is_asked(&arguments), expected, "{arguments:?}");
        }
    }
}
