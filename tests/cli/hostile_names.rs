//! Names that somebody else chose: ids and outlets that are formulas, folders that steer a terminal, files that are not UTF-8.

use crate::folder::{ARTICLES, Folder};

/// Ids and outlets as they may stand in scraped data.
const FORMULAS: &str = r#"id,outlet,date,title,text
=A1,@SUM(3),2023-05-02,Tram swallows another million,The tram has swallowed nine million crowns.
"@cmd|'/C calc'!A0",=1+1,2023-06-11,Rails in the rain,The rails lay in the rain. Nobody came.
+A1*2,@SUM(3),2023-05-03,A shorter way,The tram shortens the way for thousands. It may exceed its budget.
'=A1,@SUM(3),2023-05-04,A way,The tram shortens the way to work.
-1+1,=1+1,2023-06-12,Nine stops,"The line has nine stops, the city said."
-17,=1+1,2023-06-13,Ten stops,"=1+1 is two, the city said."
"#;

fn with_formulas() -> Folder {
    let folder = Folder::new();
    folder.write("articles.csv", FORMULAS);
    folder
}

/// Cells of every CSV file below that a spreadsheet would compute, those of the corpus left out.
fn computed(folder: &Folder) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in folder.files() {
        if path.extension().is_none_or(|it| it != "csv") || path.ends_with("articles.csv") {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&bytes[..]);
        for row in reader.records() {
            let row = row.unwrap();
            let is_computed =
                |cell: &&str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
            found.extend(row.iter().filter(is_computed).map(|cell| format!("{}: {cell}", path.display())));
        }
    }
    found
}

#[test]
fn no_cell_of_a_result_or_a_coders_sheet_is_computed() {
    let folder = with_formulas();
    folder.done(&["run", "study.toml"]);
    folder.done(&["sample", "study.toml", "--n", "8", "--strategy", "random"]);
    let sheet = folder.text("sample/sample.csv");
    for (coder, value) in [("anna", "1"), ("boris", "0")] {
        folder.write(&format!("sample/{coder}.csv"), fill(&sheet, value));
    }
    folder.done(&["agree", "sample/anna.csv", "sample/boris.csv"]);
    assert_eq!(computed(&folder), Vec::<String>::new());
    let ids: Vec<String> = folder.rows("results/documents.csv").iter().map(|row| row["document"].clone()).collect();
    for id in ["'=A1", "''=A1", "'+A1*2", "-17"] {
        assert!(ids.iter().any(|known| known == id), "{id} of {ids:?}");
    }
    assert!(folder.text("results/datapackage.json").contains("apostrophe"));
}

#[test]
fn what_was_guarded_is_read_back_as_it_was() {
    let folder = with_formulas();
    folder.done(&["run", "study.toml"]);
    let before = folder.files();
    folder.done(&["compare", "study.toml"]);
    assert!(
        folder.files() == before,
        "a comparison of documents.csv and attributions.csv differs from that of the corpus"
    );
    folder.done(&["sample", "study.toml", "--n", "8", "--strategy", "random"]);
    for coder in ["anna", "boris"] {
        folder.write(&format!("sample/{coder}.csv"), fill(&folder.text("sample/sample.csv"), "1"));
    }
    folder.done(&["agree", "sample/anna.csv", "sample/boris.csv"]);
    folder.edit("study.toml", "codebook =", "codings = \"agreement/all-codings.csv\"\ncodebook =");
    let said = folder.parallax(&["evaluate", "study.toml"]);
    assert!(!said.out.contains("left out") && !said.errors.contains("no document"), "{}{}", said.out, said.errors);
    folder.done(&["run", "study.toml"]);
    let before = folder.files();
    folder.done(&["compare", "study.toml"]);
    assert!(folder.files() == before, "a comparison that reads codings back differs from that of the corpus");
}

/// The sheet with this value for every frame.
fn fill(sheet: &str, value: &str) -> String {
    let mut reader = csv::Reader::from_reader(sheet.as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(&header).unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        let cells = header.iter().zip(row.iter());
        out.write_record(cells.map(|(name, cell)| if ["cost", "benefit"].contains(&name) { value } else { cell }))
            .unwrap();
    }
    String::from_utf8(out.into_inner().unwrap()).unwrap()
}

#[test]
fn a_folder_whose_name_has_an_escape_keeps_its_name_in_a_pipe() {
    let folder = Folder::new();
    let name = "x\u{1b}[35mred";
    for file in ["study.toml", "codebook.toml", "articles.csv"] {
        folder.write(&format!("{name}/{file}"), folder.text(file));
    }
    let study = format!("{name}/study.toml");
    for words in [&["run", &study][..], &["verify", &study], &["check", &study], &["export", &study], &["plot", &study]]
    {
        let said = folder.done(words);
        let is_named = said.out.contains(name) || words[0] == "check";
        assert!(is_named, "{words:?}: {:?}", said.out);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_table_whose_name_is_not_utf_8_is_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = Folder::empty();
    let name = OsStr::from_bytes(b"gr\xfc\xdfe.csv");
    std::fs::write(folder.path().join(name), crate::coded_tables::coded(24)).unwrap();
    let mut command = folder.command(&["train"]);
    let said =
        command.arg(name).args(["--text", "text", "--label", "label", "--output", "model.json"]).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

#[cfg(unix)]
#[test]
fn outputs_are_readable_by_whom_the_umask_lets_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::empty();
    folder.write("coded.csv", crate::coded_tables::coded(24));
    let program = assert_cmd::cargo::cargo_bin!("parallax");
    for (umask, mode) in [("077", 0o600), ("022", 0o644), ("027", 0o640)] {
        let script =
            format!("umask {umask}; '{}' train coded.csv --text text --label label -o m.json -q", program.display());
        let script = script.replace(" -o ", " --output ").replace(" -q", " --quiet");
        let status =
            std::process::Command::new("sh").current_dir(folder.path()).args(["-c", &script]).status().unwrap();
        assert!(status.success());
        let found = std::fs::metadata(folder.path().join("m.json")).unwrap().permissions().mode() & 0o777;
        assert_eq!(found, mode, "umask {umask}: {found:o}");
    }
}

#[test]
fn a_study_is_verified_from_anywhere_and_under_another_name() {
    let folder = Folder::empty();
    folder.done(&["init", "here/study"]);
    let codebook = folder.text("here/study/codebook.toml");
    let untitled: Vec<&str> = codebook.lines().filter(|line| !line.starts_with("title")).collect();
    folder.write("here/study/codebook.toml", untitled.join("\n"));
    folder.done(&["run", "here/study/study.toml"]);
    let whole = folder.path().join("here/study/study.toml").display().to_string();
    folder.done(&["verify", "here/study/study.toml"]);
    folder.done(&["verify", &whole]);
    let inside = |place: &str, words: &[&str]| {
        let said = folder.command(words).current_dir(folder.path().join(place)).output().unwrap();
        assert!(said.status.success(), "{words:?} in {place}: {}", String::from_utf8_lossy(&said.stdout));
    };
    inside("here/study", &["verify", "study.toml"]);
    inside("here", &["verify", "./study/../study/study.toml"]);
    std::fs::rename(folder.path().join("here"), folder.path().join("there")).unwrap();
    inside("there/study", &["verify", "study.toml"]);
    assert!(folder.text("there/study/results/codebook.md").contains("codebook.toml"));
}

#[test]
fn studies_that_share_a_folder_of_results_are_told() {
    let folder = Folder::new();
    folder.write("other.toml", folder.text("study.toml"));
    for words in [["check", "study.toml"], ["run", "study.toml"]] {
        let said = folder.done(&words);
        assert!(said.out.contains("other.toml writes its results to results too"), "{words:?}: {}", said.out);
    }
    folder.edit("other.toml", "codebook =", "output = \"elsewhere\"\ncodebook =");
    assert!(!folder.done(&["run", "study.toml"]).out.contains("other.toml"));
    assert!(folder.text("articles.csv") == ARTICLES);
}
