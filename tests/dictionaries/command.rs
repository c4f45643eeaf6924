//! `parallax import` as its users meet it.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::path;

struct Said {
    code: Option<i32>,
    out: String,
    errors: String,
}

fn parallax(folder: &Path, words: &[&str]) -> Said {
    let output = Command::cargo_bin("parallax").unwrap().current_dir(folder).args(words).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Said { code: output.status.code(), out: text(&output.stdout), errors: text(&output.stderr) }
}

#[test]
fn an_imported_codebook_passes_check() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("study.toml"),
        "title = \"Piers\"\ncodebook = \"codebook.toml\"\n[[corpus]]\npath = \"a.csv\"\n",
    )
    .unwrap();
    fs::write(folder.path().join("a.csv"), "id,outlet,title,text\n1,Quay Mail,Gales,The pier is not safe.\n").unwrap();
    for (_, file) in crate::FILES {
        let said = parallax(folder.path(), &["import", path(file).to_str().unwrap()]);
        assert_eq!((said.code, said.errors.as_str()), (Some(0), ""), "{file}");
        assert!(said.out.contains(" read = "), "{file}: {}", said.out);
        let said = parallax(folder.path(), &["check", "study.toml"]);
        assert_eq!((said.code, said.errors.as_str()), (Some(0), ""), "{file}");
        let table = fs::read_to_string(folder.path().join("codebook-import.csv")).unwrap();
        assert!(table.starts_with("line,category,entry,outcome,pattern,reason\n"), "{file}");
        fs::remove_file(folder.path().join("codebook.toml")).unwrap();
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing unfinished is left");
}

#[test]
fn a_codebook_that_is_there_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let dictionary = path("lexicoder-3.lc3");
    let dictionary = dictionary.to_str().unwrap();
    fs::write(folder.path().join("codebook.toml"), "mine").unwrap();
    let said = parallax(folder.path(), &["import", dictionary]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert_eq!(said.errors, "parallax: codebook.toml: there already, and not replaced; move it away or use --output\n");
    assert_eq!(fs::read(folder.path().join("codebook.toml")).unwrap(), b"mine");
    assert!(!folder.path().join("codebook-import.csv").exists());
    let said = parallax(folder.path(), &["import", dictionary, "--quiet", "--output", "lsd.toml"]);
    assert_eq!((said.code, said.out.as_str(), said.errors.as_str()), (Some(0), "", ""));
    assert!(folder.path().join("lsd.toml").exists() && folder.path().join("lsd-import.csv").exists());
    parallax(folder.path(), &["import", dictionary, "--output", "new/folder"]);
    assert!(folder.path().join("new/folder/codebook.toml").exists());
}

#[test]
fn encodings_are_recognised_and_bad_files_refused() {
    let folder = tempfile::tempdir().unwrap();
    let utf16: Vec<u8> = "\u{feff}+F\u{dc}N\nl\u{e4}cheln*\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(folder.path().join("wide.lc3"), utf16).unwrap();
    let said = parallax(folder.path(), &["import", "wide.lc3"]);
    assert_eq!(said.code, Some(0), "{}", said.errors);
    assert!(said.out.contains("(Lexicoder, utf-16le)"), "{}", said.out);
    assert!(fs::read_to_string(folder.path().join("codebook.toml")).unwrap().contains("\u{e4}cheln*"));
    fs::write(folder.path().join("list.txt"), "laugh\nsmile\n").unwrap();
    fs::write(folder.path().join("open.dic"), "%\n1\tfun\n").unwrap();
    for (words, says) in [
        (
            &["import", "list.txt"][..],
            "list.txt: no known kind of dictionary; say which with --format liwc|liwc-22|quanteda|",
        ),
        (&["import", "open.dic"], "open.dic:1: the list of categories is never closed"),
        (&["import", "none.dic"], "none.dic: no such file"),
        (
            &["import", "open.dic", "--format", "excel"],
            "[possible values: liwc, liwc-22, quanteda, yoshikoder, lexicoder, wordstat]",
        ),
    ] {
        let said = parallax(folder.path(), words);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{words:?}");
        assert!(said.errors.contains(says), "{words:?}: {}", said.errors);
    }
}
