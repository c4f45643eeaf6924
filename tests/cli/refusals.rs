//! Input that cannot be used: exit code 2, a message with place and remedy, and nothing written or changed.

use std::fs;

use crate::folder::Folder;

/// What is broken, how, and what the message must contain: file, place and remedy.
type Case = (&'static str, fn(&Folder) -> &Folder, &'static [&'static str]);

/// Runs each broken study, once as it is and once over the results of an earlier run.
fn refused(cases: &[Case]) {
    let earlier = Folder::new();
    earlier.done(&["run", "study.toml"]);
    let results: Vec<_> = earlier.files().into_iter().filter(|(path, _)| path.starts_with("results")).collect();
    assert!(results.len() > 5);
    let mut failures = Vec::new();
    for (name, make_broken, says) in cases {
        for results in [&[][..], &results] {
            let folder = Folder::new();
            for (path, content) in results {
                folder.write(path.to_str().unwrap(), content);
            }
            make_broken(&folder);
            failures.extend(trouble(&folder, says).map(|trouble| format!("{name}: {trouble}")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What is wrong with how a run of this broken study ends.
fn trouble(folder: &Folder, says: &[&str]) -> Option<String> {
    let before = folder.files();
    let said = folder.parallax(&["run", "study.toml"]);
    let unsaid = says.iter().find(|part| !said.errors.contains(**part));
    if said.code != Some(2) || !said.out.is_empty() {
        Some(format!("{:?}: {}", said.code, said.out))
    } else if !said.errors.starts_with("parallax: ") || said.errors.contains("os error") {
        Some(said.errors)
    } else if let Some(part) = unsaid {
        Some(format!("no {part:?} in: {}", said.errors))
    } else {
        (folder.files() != before).then(|| "files have changed".to_owned())
    }
}

const STUDY_FILES: &[Case] = &[
    ("no study file", |f| f.remove("study.toml"), &["study.toml: no such file", "parallax init"]),
    ("folder for study", |f| folder_for_file(f, "study.toml"), &["study.toml: a folder", "study.toml/study.toml"]),
    (
        "empty study",
        |f| f.write("study.toml", ""),
        &["study.toml:1:1: the study file has no codebook", "codebook = \"codebook.toml\""],
    ),
    ("unknown key", |f| f.edit("study.toml", "title", "titel"), &["study.toml:1:", "\"titel\"", "\"title\"?"]),
    ("unknown corpus key", |f| f.edit("study.toml", "path", "pth"), &["study.toml:5:", "[[corpus]]", "\"path\"?"]),
    ("unknown compare key", |f| f.edit("study.toml", "by", "bye"), &["study.toml:8:", "[compare]", "\"by\"?"]),
    ("misplaced key", |f| f.edit("study.toml", "by", "seed"), &["study.toml:8:", "\"seed\"", "top of the file"]),
    #[cfg(not(feature = "parquet"))]
    (
        "tables in a format left out of the build",
        |f| f.edit("study.toml", "title", "tables = [\"csv\", \"parquet\"]\ntitle"),
        &["study.toml: tables has \"parquet\"", "leave it out, or build with --features parquet"],
    ),
    (
        "bad condition",
        |f| f.edit("study.toml", "path = \"articles.csv\"", "path = \"articles.csv\"\nwhere = \"outlet = 'Yard'\""),
        &[
            "study.toml:6:17: \"where\": \"=\" alone compares nothing; write ==\n  6 | where = \"outlet = 'Yard'\"\n    |                 ^",
        ],
    ),
    (
        "days the wrong way round",
        |f| f.edit("study.toml", "path = ", "from = 2022-02-01\nto = 2022-01-01\npath = "),
        &["study.toml:6:6: \"to\" is 2022-01-01", "not before from = 2022-02-01"],
    ),
    (
        "not TOML",
        |f| f.edit("study.toml", "by = ", "by = = "),
        &["study.toml:8:6:", "  8 | by = = \"outlet\"\n    |      ^"],
    ),
    (
        "key twice",
        |f| f.edit("study.toml", "[compare]", "[compare]\nby = \"genre\""),
        &["study.toml:9:1:", "duplicate"],
    ),
    (
        "seed of another type",
        |f| f.edit("study.toml", "title", "seed = \"dice\"\ntitle"),
        &["study.toml:1:", "whole number"],
    ),
    ("negative seed", |f| f.edit("study.toml", "title", "seed = -1\ntitle"), &["study.toml:1:", "\"seed\" is -1"]),
    (
        "period of another type",
        |f| f.edit("study.toml", "\"month\"", "3"),
        &["study.toml:9:", "\"period\" is 3", "\"week\""],
    ),
    ("unknown period", |f| f.edit("study.toml", "month", "fortnight"), &["study.toml:9:", "fortnight", "\"month\""]),
    (
        "cuts that go back",
        |f| f.edit("study.toml", "\"month\"", "[\"2023-06-01\", \"2023-05-01\"]"),
        &["study.toml:9:", "ascend"],
    ),
    ("corpus as a table", |f| f.edit("study.toml", "[[corpus]]", "[corpus]"), &["study.toml:4:", "[[corpus]]"]),
    ("no corpus", |f| f.write("study.toml", "codebook = \"codebook.toml\""), &["has no corpus", "[[corpus]]"]),
    (
        "corpus without path",
        |f| f.edit("study.toml", "path = \"articles.csv\"", ""),
        &["study.toml:4:", "no path", "path = "],
    ),
    (
        "unknown frame in a contrast",
        |f| f.edit("study.toml", "\"benefit\"", "\"benefits\""),
        &["study.toml: ", "\"benefits\"", "cost, benefit"],
    ),
    (
        "frame against itself",
        |f| f.edit("study.toml", "\"benefit\"", "\"cost\""),
        &["study.toml:10:", "against itself", "two different"],
    ),
    ("by is a date", |f| f.edit("study.toml", "\"outlet\"", "\"date\""), &["study.toml:8:", "period = "]),
    (
        "UTF-16 study",
        |f| f.write("study.toml", utf16(&f.text("study.toml"), u16::to_le_bytes)),
        &["study.toml:1:", "UTF-8"],
    ),
];

#[test]
fn a_study_file_that_cannot_be_used_is_refused() {
    refused(STUDY_FILES);
}

const CODEBOOKS: &[Case] = &[
    ("no codebook", |f| f.remove("codebook.toml"), &["codebook.toml: no such file", "study.toml names it"]),
    ("folder for codebook", |f| folder_for_file(f, "codebook.toml"), &["codebook.toml: a folder", "name a file"]),
    ("empty codebook", |f| f.write("codebook.toml", ""), &["codebook.toml:1:1:", "no frame", "[[frame]]"]),
    ("no frame", |f| f.write("codebook.toml", "title = \"Tram\""), &["codebook.toml:1:1:", "no frame", "[[frame]]"]),
    ("unknown key", |f| f.edit("codebook.toml", "match", "mach"), &["codebook.toml:17:1:", "\"mach\"", "\"match\"?"]),
    (
        "not TOML",
        |f| f.edit("codebook.toml", "[lists]", "[lists"),
        &["codebook.toml:3:7:", "  3 | [lists\n", "    |       ^"],
    ),
    (
        "list of another type",
        |f| f.edit("codebook.toml", "[\"million*\",", "7 #"),
        &["codebook.toml:4:9:", "money", "a list of texts"],
    ),
    (
        "hits of another type",
        |f| f.edit("codebook.toml", "misses = [", "misses = 7 #["),
        &["codebook.toml:19:", "misses", "a list of texts"],
    ),
    (
        "bad pattern",
        |f| f.edit("codebook.toml", "exceed*)", "exceed*"),
        &["codebook.toml:17:10:", "never closed; add \")\"", "\n     | ", "         ^"],
    ),
    (
        "unknown list",
        |f| f.edit("codebook.toml", "{money}", "{mony}"),
        &["codebook.toml:17:", "{mony}", "\"money\"?", "^"],
    ),
    (
        "cyclic list",
        |f| f.edit("codebook.toml", "\"taxpayer*\"]", "\"{a}\"]\na = [\"{money}\"]"),
        &["codebook.toml:", "a -> money -> a", "remove"],
    ),
    (
        "unknown frame",
        |f| f.edit("codebook.toml", "frame = \"benefit\"", "frame = \"benfit\""),
        &["codebook.toml:23:9:", "\"benfit\"", "\"benefit\"?"],
    ),
    (
        "rule id twice",
        |f| f.edit("codebook.toml", "shorter-way", "overspent"),
        &["codebook.toml:21:1:", "\"overspent\"", "another id"],
    ),
    (
        "frame id twice",
        |f| f.edit("codebook.toml", "id = \"benefit\"", "id = \"cost\""),
        &["codebook.toml:10:1:", "\"cost\"", "another id"],
    ),
    (
        "empty list",
        |f| f.edit("codebook.toml", "money = [", "none = []\nmoney = ["),
        &["codebook.toml:4:1:", "{none}", "at least one"],
    ),
    (
        "unknown stance",
        |f| f.append("codebook.toml", "stance = \"pro\"\n"),
        &["codebook.toml:25:10:", "\"pro\"", "\"favor\", \"against\" or \"neutral\""],
    ),
    ("not UTF-8", |f| f.append("codebook.toml", b"# caf\xe9\n"), &["codebook.toml:25:", "UTF-8"]),
];

#[test]
fn a_codebook_that_cannot_be_used_is_refused() {
    refused(CODEBOOKS);
}

const CORPORA: &[Case] = &[
    ("no file", |f| f.remove("articles.csv"), &["articles.csv: no such file", "relative to the study"]),
    ("empty file", |f| f.write("articles.csv", ""), &["study.toml: no articles", "articles.csv is empty"]),
    (
        "header only",
        |f| f.write("articles.csv", "id,outlet,date,title,text\n"),
        &["articles.csv is empty or only a header"],
    ),
    ("glob without match", |f| corpus(f, "press/*.csv"), &["press/*.csv: no file to read", ".csv", ".gz"]),
    ("folder without articles", |f| folder_for_file(f, "articles.csv"), &["articles.csv: no file to read", ".jsonl"]),
    (
        "unknown extension",
        |f| corpus(f.write("articles.pdf", "%PDF"), "articles.pdf"),
        &["articles.pdf: cannot read", ".csv"],
    ),
    ("no extension", |f| corpus(f.write("articles", "x"), "articles"), &["articles: cannot read", ".csv"]),
    (
        "missing outlet",
        |f| f.edit("articles.csv", "outlet", "paper"),
        &["articles.csv: no column \"outlet\"", "paper", "columns = {"],
    ),
    (
        "missing date",
        |f| f.edit("articles.csv", "date", "day"),
        &["articles.csv: no column \"date\"", "columns = { date = ", "leave period out"],
    ),
    (
        "missing text",
        |f| f.edit("articles.csv", "title,text", "head,words"),
        &["articles.csv: no column \"text\"", "head", "columns = {"],
    ),
    (
        "mapped column that is not there",
        |f| f.edit("study.toml", "articles.csv\"", "articles.csv\"\ncolumns = { outlet = \"outlett\" }"),
        &["articles.csv: no column \"outlett\"", "did you mean \"outlet\"?"],
    ),
    (
        "by column missing",
        |f| f.edit("study.toml", "\"outlet\"", "\"genre\""),
        &["articles.csv: no column \"genre\"", "another by"],
    ),
    (
        "regression on a column that is not there",
        |f| f.append("study.toml", "\n[regression]\non = [\"outlett\"]\n"),
        &["articles.csv: no column \"outlett\"", "[regression]", "outlet"],
    ),
    (
        "column twice",
        |f| f.edit("articles.csv", "title", "text"),
        &["articles.csv: two columns", "\"text\"", "line 1", "rename"],
    ),
    (
        "quote in the header",
        |f| f.edit("articles.csv", "id,", "\"id,"),
        &["articles.csv: ", "header (line 1)", "close it"],
    ),
    ("no text at all", |f| f.write("articles.csv", b"PK\x03\x04\0\0\0\0"), &["articles.csv: ", "NUL", "as CSV"]),
    ("truncated gzip", truncated_gzip, &["articles.csv.gz: ", "end early or are damaged", "again"]),
    ("no gzip", |f| corpus(f.write("a.csv.gz", "id,text\n"), "a.csv.gz"), &["a.csv.gz: ", "damaged", "again"]),
    ("no zstd", |f| corpus(f.write("a.csv.zst", "id,text\n"), "a.csv.zst"), &["a.csv.zst: ", "damaged", "again"]),
    (
        "every date bad",
        |f| f.write("articles.csv", f.text("articles.csv").replace("2023-", "23/")),
        &["study.toml: no document is left: 4 records", "articles.csv, record 1", "bad-date", "date_format"],
    ),
    (
        "two tables at odds",
        |f| f.append("study.toml", "[[corpus]]\npath = \"*.csv\"\nset = { outlet = \"X\" }\n"),
        &["articles.csv: two [[corpus]] tables", "only one"],
    ),
];

#[test]
fn a_corpus_that_cannot_be_used_is_refused() {
    refused(CORPORA);
}

#[test]
fn a_place_that_cannot_be_written_is_refused() {
    refused(&[
        ("file for the folder", |f| output(f.write("notes", "keep"), "notes"), &["notes: a file stands", "--output"]),
        (
            "file above the folder",
            |f| output(f.write("notes", "keep"), "notes/deep"),
            &["notes/deep: a file stands", "--output"],
        ),
        (
            "folder for a table",
            |f| output(f.write("other/codings.csv/x", "keep"), "other"),
            &["other/codings.csv: a folder stands", "--output"],
        ),
    ]);
}

#[test]
fn a_file_that_may_not_be_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let articles = folder.path().join("articles.csv");
    fs::set_permissions(&articles, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&articles).is_ok() {
        // Permissions do not bind the administrator: only that reading works can be seen then.
        folder.done(&["run", "study.toml"]);
        return;
    }
    let said = folder.parallax(&["run", "study.toml"]);
    assert_eq!(said.code, Some(2), "{}", said.errors);
    assert!(said.errors.contains("articles.csv: no permission to read; change"), "{}", said.errors);
}

/// The limit of the system on the size of files stands for a full disk.
#[test]
fn a_disk_without_room_leaves_the_old_results() {
    for earlier in [false, true] {
        let folder = Folder::new();
        if earlier {
            folder.done(&["run", "study.toml"]);
            folder.append("articles.csv", "q-3,Quay Mail,2023-07-01,Rust,The rails rust.\n");
        }
        let before = folder.files();
        let program = assert_cmd::cargo::cargo_bin!("parallax");
        let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" run study.toml";
        let mut shell = assert_cmd::Command::new("sh");
        let output = shell.current_dir(folder.path()).args(["-c", script]).arg(program).output().unwrap();
        let said = crate::folder::Said::of(&output);
        assert_eq!(said.code, Some(2), "{}", said.errors);
        assert!(said.errors.contains("results/") && said.errors.contains("too large"), "{}", said.errors);
        assert!(said.errors.contains("use --output"), "{}", said.errors);
        assert!(folder.files() == before, "earlier results: {earlier}");
    }
}

fn folder_for_file<'f>(folder: &'f Folder, name: &str) -> &'f Folder {
    folder.remove(name).write(&format!("{name}/.keep"), "")
}

fn corpus<'f>(folder: &'f Folder, path: &str) -> &'f Folder {
    folder.edit("study.toml", "\"articles.csv\"", &format!("\"{path}\""))
}

fn output<'f>(folder: &'f Folder, path: &str) -> &'f Folder {
    folder.edit("study.toml", "title", &format!("output = \"{path}\"\ntitle"))
}

fn truncated_gzip(folder: &Folder) -> &Folder {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(folder.text("articles.csv").as_bytes()).unwrap();
    let whole = encoder.finish().unwrap();
    corpus(folder.write("articles.csv.gz", &whole[..whole.len() / 2]), "articles.csv.gz")
}

pub(crate) fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}
