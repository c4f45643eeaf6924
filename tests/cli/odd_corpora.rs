//! What looks odd in a corpus is said by `check`, `run` and the manifest, with the key that mends it; and the key does.

use serde_json::Value;

use crate::folder::Folder;

const ODD: &str = "id,outlet,date,title,text\n\
    1,Quay Mail,2023-05-02,T,\"&#34;The strike goes on,&#34; crews said.\"\n\
    2,Quay Mail,2023-05-03,The strike ends,\"The strike ends\nIt ended today.\"\n\
    3,QUAY MAIL,2023-05-04,T,Itâ€™s a strike.\n";

#[test]
fn odd_records_are_told_and_mended_by_the_keys_that_are_named() {
    let folder = Folder::new();
    folder.write("articles.csv", ODD);
    let said = folder.done(&["check", "study.toml"]).out;
    for part in [
        "What looks odd",
        "HTML in the text",
        "strip_html = true",
        "drop_repeated_title = true",
        "encoding = \"utf-8-twice\"",
        "a group in two spellings: \"Quay Mail\" 2, \"QUAY MAIL\" 1",
        "articles.csv, record 3",
    ] {
        assert!(said.contains(part), "{part} in\n{said}");
    }
    let said = folder.done(&["run", "study.toml"]).out;
    assert!(said.contains("Looks odd in 1 document: ") && said.contains("more in parallax check"), "{said}");
    let odd = |folder: &Folder| {
        let manifest: Value = serde_json::from_str(&folder.text("results/manifest.json")).unwrap();
        manifest["records"]["odd"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(odd(&folder), 4);
    let keys = "[[corpus]]\nstrip_html = true\ndrop_repeated_title = true\nencoding = \"utf-8-twice\"\nrename = { \"QUAY MAIL\" = \"Quay Mail\" }";
    folder.edit("study.toml", "[[corpus]]", keys);
    let said = folder.done(&["run", "study.toml"]).out;
    assert!(!said.contains("Looks odd"), "{said}");
    assert_eq!(odd(&folder), 0);
}

#[test]
fn an_encoding_that_is_named_wrongly_is_told_from_a_file_that_was_saved_wrongly() {
    let folder = Folder::new();
    folder.append("articles.csv", "x,Quay Mail,2023-05-09,Stop,It’s a strike.\n");
    let looked = |folder: &Folder, encoding: &str| {
        folder.edit("study.toml", "[[corpus]]", &format!("[[corpus]]\nencoding = \"{encoding}\""));
        let said = folder.done(&["check", "study.toml"]).out;
        folder.edit("study.toml", &format!("\nencoding = \"{encoding}\""), "");
        ["take encoding out of its [[corpus]]: the file is UTF-8", "encoding = \"utf-8-twice\""]
            .map(|it| said.contains(it))
    };
    assert_eq!(looked(&folder, "windows-1252"), [true, false], "the study is wrong");
    assert_eq!(looked(&folder, "utf-8"), [false, false], "nothing is wrong");
    folder.edit("articles.csv", "It’s", "Itâ€™s");
    assert_eq!(looked(&folder, "utf-8"), [false, true], "the file is wrong");
}
