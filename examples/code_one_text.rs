//! Codes one text by a codebook, without a study: which frames, in whose voice, with which stance.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use parallax::{Coder, Document, Workspace, code_document, parse_codebook};

/// A codebook is TOML; the examples of each rule, `hits` and `misses`, are left away here.
const CODEBOOK: &str = r#"
title = "Build-up"

[[frame]]
id = "military-build-up"
label = "Military build-up"
definition = "Presents forces as massing, or an attack as coming."

[[rule]]
id = "forces-massed"
frame = "military-build-up"
match = "(massed | amassed) NEAR/4 (troops | soldiers)"
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let text = "Moscow has massed troops near the border, the minister claimed. The envoy left.";
    for line in frames(text)? {
        println!("{line}");
    }
    Ok(())
}

/// A line for each frame of each sentence.
fn frames(text: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let codebook = parse_codebook(CODEBOOK, "codebook.toml")?;
    let coder = Coder { codebook: &codebook, scorer: None, labels: None };
    let document = Document::new("one", "", text);
    let found = code_document(&coder, &document, &mut Workspace::default());
    let lines = found.codings.iter().map(|coding| {
        let frame = &codebook.frames[coding.frame].id;
        format!("sentence {}: {frame}, {:?}, {:?}", coding.sentence, coding.speaker.voice, coding.stance)
    });
    Ok(lines.collect())
}

#[test]
fn a_claim_is_its_sources() {
    let lines = frames("Moscow has massed troops near the border, the minister claimed.").unwrap();
    assert_eq!(lines.len(), 1);
    assert!(lines[0].contains("military-build-up, Source(Some(\"the minister\"))"), "{lines:?}");
}
