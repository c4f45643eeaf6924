//! What a run and `export` write beside the tables: notebooks, the codebook as a document, the research object.

#![expect(clippy::unwrap_used, reason = "a study that cannot be set up is a failed test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const NOTEBOOKS: [&str; 3] = ["parallax.ipynb", "parallax-python.qmd", "parallax-r.qmd"];

const CODEBOOK: &str = r#"title = "Trams <b>&</b> `r 1+1`"
[lists]
money = ["million*", "budget*"]
[[frame]]
id = "cost"
label = "Costs $x$ \"too\" much {{7*7}} </script><script>alert(1)</script> \\ `id`"
definition = "Says | what it costs.\n\n# Not a heading"
threshold = 0.6
[[rule]]
id = "overspent"
frame = "cost"
match = "(swallow* | exceed*) NEAR/5 {money}"
unless = "gull*"
weight = 2
stance = "against"
voice = "own"
hits = ["The tram has swallowed *nine* million crowns."]
misses = ["The gull swallowed a herring."]
"#;

const ARTICLES: &str = "id,outlet,date,title,text
a,Quay,2023-05-02,Tram,The tram has swallowed nine million crowns. It rained.
b,Quay,2023-05-03,Rails,Nobody came. The rails lay in the rain.
c,Lighthouse,2023-06-03,Way,The line may exceed its budget. Nobody came.
d,Lighthouse,2023-06-04,Nine,Nine stops.
";

/// A folder with a study whose settings are `more`.
fn study(more: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let study = format!("title = \"Harbour \\u0022tram\\u0022: {{{{7*7}}}} <b>\"\n{more}");
    for (name, content) in [("study.toml", &study[..]), ("codebook.toml", CODEBOOK), ("articles.csv", ARTICLES)] {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

const PLAIN: &str = "codebook = \"codebook.toml\"\n[[corpus]]\npath = \"articles.csv\"\n";

/// Runs the program in `folder`; what it prints.
fn parallax(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("parallax").unwrap();
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Every file below `folder`, by path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(place) = waiting.pop() {
        for entry in fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                waiting.push(entry);
            } else {
                found.insert(entry.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&entry).unwrap());
            }
        }
    }
    found
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&text(path)).unwrap()
}

#[test]
fn a_run_lists_and_verifies_its_notebooks_and_documents() {
    let folder = study(PLAIN);
    parallax(folder.path(), &["run", "study.toml"]);
    let results = folder.path().join("results");
    let first = files(&results);
    let manifest = json(&results.join("manifest.json"));
    let listed: Vec<&str> =
        manifest["outputs"].as_array().unwrap().iter().map(|output| output["path"].as_str().unwrap()).collect();
    for name in ["codebook.md", "ro-crate-metadata.json", "notebooks/parallax.ipynb", "notebooks/parallax-r.qmd"] {
        assert!(listed.contains(&name), "{name} in {listed:?}");
        assert!(first.contains_key(Path::new(name)), "{name}");
    }
    parallax(folder.path(), &["verify", "study.toml"]);
    parallax(folder.path(), &["run", "study.toml", "--output", "elsewhere", "--threads", "1"]);
    assert!(first == files(&folder.path().join("elsewhere")), "another folder and thread count change bytes");
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 5, "a run writes nothing beside its folder: {names:?}");
    parallax(folder.path(), &["compare", "study.toml"]);
    assert!(first == files(&results), "comparing again changes bytes");
}

#[test]
fn coding_alone_takes_the_notebooks_away_which_read_comparisons() {
    let folder = study(PLAIN);
    parallax(folder.path(), &["run", "study.toml"]);
    parallax(folder.path(), &["code", "study.toml"]);
    let left = files(&folder.path().join("results"));
    assert!(NOTEBOOKS.iter().all(|name| !left.contains_key(&Path::new("notebooks").join(name))));
    assert!(left.contains_key(Path::new("codebook.md")));
    parallax(folder.path(), &["verify", "study.toml"]);
}

#[test]
fn export_finds_the_results_from_any_folder() {
    for (more, arguments, folder_of_notebooks, results) in [
        (PLAIN.to_owned(), vec!["export", "study.toml"], "notebooks", "../results"),
        (PLAIN.to_owned(), vec!["export", "study.toml", "--output", "a/b"], "a/b", "../../results"),
        (PLAIN.to_owned(), vec!["export", "study.toml", "--output", "results"], "results", "."),
        (format!("notebooks = \"n\"\noutput = \"o/p\"\n{PLAIN}"), vec!["export", "study.toml"], "n", "../o/p"),
        (format!("notebooks = \"n\"\n{PLAIN}"), vec!["run", "study.toml"], "n", "../results"),
    ] {
        let folder = study(&more);
        parallax(folder.path(), &arguments);
        for name in NOTEBOOKS {
            let notebook = text(&folder.path().join(folder_of_notebooks).join(name));
            let path = if name.ends_with("ipynb") { format!("\\\"{results}\\\"") } else { format!("\"{results}\"") };
            assert!(notebook.contains(&path), "{arguments:?}: no {path} in {name}");
        }
    }
}

#[test]
fn a_run_elsewhere_leaves_the_notebooks_that_the_study_names() {
    let folder = study(&format!("notebooks = \"n\"\n{PLAIN}"));
    parallax(folder.path(), &["run", "study.toml", "--output", "elsewhere"]);
    assert!(!folder.path().join("n").exists());
}

#[test]
fn export_spares_what_lies_in_its_folder() {
    let folder = study(PLAIN);
    let there = folder.path().join("n");
    fs::create_dir(&there).unwrap();
    fs::write(there.join("manifest.json"), "{\"name\": \"a web page\"}").unwrap();
    fs::write(there.join("mine.txt"), "mine").unwrap();
    let said = parallax(folder.path(), &["export", "study.toml", "--output", "n"]);
    assert!(said.contains("nothing is yet: parallax run study.toml"), "{said}");
    assert_eq!(text(&there.join("manifest.json")), "{\"name\": \"a web page\"}");
    assert_eq!(files(&there).len(), 6);
}

#[test]
fn sections_are_those_that_the_study_has_something_for() {
    let periods = format!("{PLAIN}[compare]\nperiod = \"month\"\nunit = \"document\"\nvoice = \"own\"\n");
    for (more, timeline) in [(PLAIN, false), (&periods[..], true)] {
        let folder = study(more);
        parallax(folder.path(), &["export", "study.toml"]);
        for name in NOTEBOOKS {
            let notebook = text(&folder.path().join("notebooks").join(name));
            assert_eq!(notebook.contains("## Over time"), timeline, "{name}");
            assert!(
                !notebook.contains("## Frames held against each other") && notebook.contains("## Session"),
                "{name}"
            );
            assert!(!notebook.contains('⟦'), "{name} has an open place");
        }
    }
}

#[test]
fn what_people_wrote_stays_text_in_notebooks_and_codebook() {
    let folder = study(PLAIN);
    parallax(folder.path(), &["export", "study.toml"]);
    let there = folder.path().join("notebooks");
    let notebook = json(&there.join("parallax.ipynb"));
    assert_eq!((&notebook["nbformat"], &notebook["nbformat_minor"]), (&4.into(), &5.into()));
    assert_eq!(notebook["cells"][0]["source"][0], "# Harbour \"tram\": &#123;&#123;7\\*7&#125;&#125; &lt;b&gt;\n");
    let label = r#""Costs $x$ \"too\" much {\u007b7*7}} </script><script>alert(1)</script> \\ \u0060id\u0060""#;
    for name in ["parallax-python.qmd", "parallax-r.qmd"] {
        let document = text(&there.join(name));
        assert!(document.contains(label), "{name}");
        let title = r#"title: "Harbour \"tram\": &#123;&#123;7\\*7&#125;&#125; &lt;b&gt;""#;
        assert_eq!(document.lines().nth(1).unwrap(), title, "{name}");
    }
    let codebook = text(&there.join("codebook.md"));
    for line in [
        "# Codebook: Trams &lt;b&gt;&amp;&lt;/b&gt; &#96;r 1+1&#96;",
        "### Costs &#36;x&#36; \"too\" much &#123;&#123;7\\*7&#125;&#125; &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; \\\\ &#96;id&#96;",
        "Says \\| what it costs. \\# Not a heading",
        "- **overspent**: `(swallow* | exceed*) NEAR/5 {money}`",
        "  - not with, or in the clause of, `gull*`",
        "  - counts in the outlet's own words only",
        "  - stance of a voice that affirms the words: against",
        "  - weight 2",
        "  - matches: The tram has swallowed \\*nine\\* million crowns.",
        "  - does not match: The gull swallowed a herring.",
        "- `{money}`: `million*`, `budget*`",
    ] {
        assert!(codebook.lines().any(|found| found == line), "no line {line}");
    }
}

#[test]
fn the_research_object_names_every_file_and_no_clock() {
    let folder = study(PLAIN);
    parallax(folder.path(), &["run", "study.toml"]);
    let results = folder.path().join("results");
    let metadata = json(&results.join("ro-crate-metadata.json"));
    let graph = metadata["@graph"].as_array().unwrap();
    let entity = |id: &str| graph.iter().find(|entity| entity["@id"] == id).unwrap_or(&Value::Null);
    let parts: Vec<&str> =
        entity("./")["hasPart"].as_array().unwrap().iter().map(|part| part["@id"].as_str().unwrap()).collect();
    for path in files(&results).keys() {
        let path = path.to_str().unwrap();
        if path != "ro-crate-metadata.json" {
            assert!(parts.contains(&path), "{path} is no part");
            assert_eq!(entity(path)["@type"], "File", "{path}");
        }
    }
    assert_eq!(entity("./")["datePublished"], "2023-06-04", "the newest document's");
    assert_eq!(entity("./")["temporalCoverage"], "2023-05-02/2023-06-04");
    assert_eq!(entity("#run")["instrument"]["@id"], "#parallax");
    let ids: Vec<&str> = graph.iter().map(|entity| entity["@id"].as_str().unwrap()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an entity is described once");
    for id in ["#study", "#codebook", "#corpus"] {
        assert!(ids.contains(&id), "{id}");
    }
}

#[test]
fn the_demo_notebooks_are_those_that_the_program_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let committed = root.join("notebooks-export");
    let folder = TempDir::new_in(root.join("target")).unwrap();
    let study = root.join("corpora/ukraine-crisis/study.toml");
    // From a folder as deep as the committed one, the way to the results is the same but for its name.
    parallax(root, &["export", study.to_str().unwrap(), "--output", folder.path().to_str().unwrap()]);
    for name in NOTEBOOKS.into_iter().chain(["codebook.md"]) {
        let now = text(&folder.path().join(name)).replace("../../corpora/", "../corpora/");
        assert!(
            now == text(&committed.join(name)),
            "{name} is out of date; renew it: parallax export {}",
            study.display()
        );
    }
}
