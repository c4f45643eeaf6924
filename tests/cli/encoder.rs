//! Sentence vectors: made by an encoder that the test makes, learnt from, shown, and told where they are stale.

use crate::folder::Folder;
use crate::scorer::coded_study;
use tiny_encoder::{HIDDEN, TinyEncoder};

#[path = "../../src/encoder/tiny_encoder.rs"]
mod tiny_encoder;

/// Puts a model into `place`, which knows some words of the harbour tram.
fn write_model(folder: &Folder, place: &str, state: u32) {
    let words = ["[UNK]", "[CLS]", "[SEP]", "the", "tram", "bill", "price", "rises", "climbs", "million", "quay", "."];
    let encoder = TinyEncoder { words: words.len(), positions: 16, layers: 1 };
    let config = serde_json::json!({
        "model_type": "bert", "hidden_size": HIDDEN, "num_hidden_layers": 1, "num_attention_heads": 2,
        "max_position_embeddings": 16,
    });
    folder
        .write(&format!("{place}/config.json"), config.to_string())
        .write(&format!("{place}/vocab.txt"), words.join("\n") + "\n")
        .write(
            &format!("{place}/1_Pooling/config.json"),
            r#"{"pooling_mode_mean_tokens": true, "word_embedding_dimension": 8}"#,
        )
        .write(&format!("{place}/model.safetensors"), encoder.weights(state));
}

/// A study whose scorer learns from vectors too.
fn encoded_study() -> Folder {
    let folder = coded_study();
    write_model(&folder, "tiny", 1);
    let said = folder.done(&["encode", "study.toml", "--model", "tiny"]);
    assert!(said.out.contains("encoded just now by tiny; 8 numbers each"), "{}", said.out);
    folder.edit("study.toml", "codebook = ", "vectors = \"vectors.plv\"\ncodebook = ");
    folder
}

#[test]
fn vectors_are_learnt_from_named_in_the_methods_and_come_out_the_same_again() {
    let folder = encoded_study();
    let said = folder.done(&["run", "study.toml"]);
    assert!(!said.out.contains("without a vector"), "{}", said.out);
    let manifest: serde_json::Value = serde_json::from_str(&folder.text("results/manifest.json")).unwrap();
    let inputs = manifest["inputs"].as_array().unwrap();
    let vectors = inputs.iter().find(|input| input["path"] == "vectors.plv").unwrap();
    let methods = folder.text("results/methods.md");
    let told = methods.split(". ").find(|sentence| sentence.contains("sentence encoder \"tiny\"")).unwrap_or_default();
    assert!(told.contains(vectors["sha256"].as_str().unwrap()), "{methods}");
    folder.done(&["verify", "study.toml"]);
    // What is encoded already is not encoded again.
    assert!(folder.done(&["encode", "study.toml", "--model", "tiny"]).out.contains(", 0 of them encoded just now"));
}

#[test]
fn explain_scores_a_sentence_by_its_vector_too() {
    let folder = encoded_study();
    let words = ["explain", "study.toml", "--document", "d01", "--sentence", "1"];
    let with_vectors = folder.done(&words).out;
    folder.edit("study.toml", "vectors = \"vectors.plv\"\n", "");
    let by_words = folder.done(&words).out;
    assert!(with_vectors.contains("model score") && with_vectors != by_words, "{with_vectors}");
}

#[test]
fn vectors_that_are_stale_or_of_another_model_are_told() {
    let folder = encoded_study();
    folder.append("articles.csv", "d99,Lighthouse,2023-05-09,,The fare of the tram went up. A gull cried.\n");
    let said = folder.done(&["run", "study.toml"]);
    assert!(said.out.contains("2 sentences without a vector, scored by words alone"), "{}", said.out);
    write_model(&folder, "other", 2);
    let refused = folder.parallax(&["encode", "study.toml", "--model", "other"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.errors.contains("vectors.plv: vectors of another model"), "{refused:?}");
    folder.remove("vectors.plv");
    let missing = folder.parallax(&["run", "study.toml"]);
    assert!(
        missing.errors.contains("vectors.plv: no such file of sentence vectors; write it with parallax encode"),
        "{missing:?}"
    );
}
