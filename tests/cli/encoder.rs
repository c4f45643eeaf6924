//! Sentence vectors: made by an encoder that the test makes, learnt from, shown, and told where they are stale.

use crate::folder::Folder;
use crate::scorer::coded_study;

const HIDDEN: usize = 8;
const INNER: usize = 12;

/// Names and shapes of the tensors of a BERT of one layer; a bias has the size of what it is added to.
fn shapes(words: usize) -> Vec<(String, Vec<usize>)> {
    let mut shapes = Vec::new();
    for (table, rows) in [("word", words), ("position", 16), ("token_type", 2)] {
        shapes.push((format!("embeddings.{table}_embeddings.weight"), vec![rows, HIDDEN]));
    }
    for (part, shape) in [
        ("embeddings.LayerNorm", vec![HIDDEN]),
        ("encoder.layer.0.attention.self.query", vec![HIDDEN, HIDDEN]),
        ("encoder.layer.0.attention.self.key", vec![HIDDEN, HIDDEN]),
        ("encoder.layer.0.attention.self.value", vec![HIDDEN, HIDDEN]),
        ("encoder.layer.0.attention.output.dense", vec![HIDDEN, HIDDEN]),
        ("encoder.layer.0.attention.output.LayerNorm", vec![HIDDEN]),
        ("encoder.layer.0.intermediate.dense", vec![INNER, HIDDEN]),
        ("encoder.layer.0.output.dense", vec![HIDDEN, INNER]),
        ("encoder.layer.0.output.LayerNorm", vec![HIDDEN]),
    ] {
        shapes.push((format!("{part}.bias"), shape[..1].to_vec()));
        shapes.push((format!("{part}.weight"), shape));
    }
    shapes
}

/// A safetensors file of numbers from -1.5 to 1.5, drawn from `state`.
fn weights(words: usize, mut state: u32) -> Vec<u8> {
    let (mut header, mut numbers) = (serde_json::Map::new(), Vec::new());
    for (name, shape) in shapes(words) {
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

/// Puts a model into `place`, which knows some words of the harbour tram.
fn write_model(folder: &Folder, place: &str, state: u32) {
    let words = ["[UNK]", "[CLS]", "[SEP]", "the", "tram", "bill", "price", "rises", "climbs", "million", "quay", "."];
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
        .write(&format!("{place}/model.safetensors"), weights(words.len(), state));
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
