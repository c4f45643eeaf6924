//! No command replaces what it reads: exit code 2, the file named with a remedy, and nothing written or changed.

use std::fmt::Write;

use crate::coded_tables::coded;
use crate::folder::{CODEBOOK, Folder};

/// What is tried, how the folder comes to it, the words of the command, and the input that a result would replace.
struct Case {
    name: &'static str,
    prepare: fn(&Folder),
    words: &'static str,
    input: &'static str,
}

const fn case(name: &'static str, prepare: fn(&Folder), words: &'static str, input: &'static str) -> Case {
    Case { name, prepare, words, input }
}

/// Commands of a study. What a run has left is there for those that need it. Not `compare`: it refuses every input that is not
/// as it was in the run, and a result cannot have been one.
const STUDIES: &[Case] = &[
    case("run", |f| corpus(f, "documents.csv"), "run study.toml --output .", "documents.csv"),
    case("run, a whole path", whole_path, "run study.toml --output .", "documents.csv"),
    case("run, a link", link, "run study.toml --output linked", "documents.csv"),
    case("run, codings", |f| named(f, "codings.csv"), "run study.toml --output .", "codings.csv"),
    case("code", |f| corpus(f, "excluded.csv"), "code study.toml --output .", "excluded.csv"),
    case("code, cleared", |f| corpus(f, "prevalence.csv"), "code study.toml --output .", "prevalence.csv"),
    case("plot", |f| codebook(f, "results/figures/prevalence.svg"), "plot study.toml", "prevalence.svg"),
    case("export", |f| codebook(f, "nb/codebook.md"), "export study.toml --output nb", "nb/codebook.md"),
    case("plan", |f| codebook(f, "plan/plan.csv"), "plan study.toml", "plan/plan.csv"),
    case("find", |_| (), "find study.toml tram --output articles.csv", "articles.csv"),
    case("suggest", |_| (), "suggest study.toml --frame cost --output articles.csv", "articles.csv"),
    case(
        "sample",
        |f| codebook(f, "s/anna.csv"),
        "sample study.toml --n 4 --strategy random --output s --coders anna",
        "s/anna.csv",
    ),
    case(
        "sample added to",
        added_to,
        "sample study.toml --n 2 --strategy random --add-to sample --coders anna",
        "sample/anna-2.html",
    ),
    case("evaluate", evaluated, "evaluate study.toml", "evaluation-confusion.csv"),
    case("agree", codings, "agree agreement/disagreements.csv boris.csv", "agreement/disagreements.csv"),
    case("agree, codebook", agreed, "agree anna.csv boris.csv --study study.toml --output a", "a/agreement.csv"),
];

/// Commands without a study.
const TABLES: &[Case] = &[
    case("import", dictionary, "import own-import.csv --output own.toml --format liwc", "own-import.csv"),
    case("train", |_| (), "train coded.csv TEXT --output coded.csv", "coded.csv"),
    case("train, codebook", |_| (), "train coded.csv TEXT --codebook rules.toml --output rules.toml", "rules.toml"),
    case("predict", |_| (), "predict coded.csv --model model.json --output coded.csv", "coded.csv"),
    case("predict, model", |_| (), "predict coded.csv --model model.json --output model.json", "model.json"),
    case("predict, codebook", |_| (), "predict coded.csv --model m --codebook rules.toml --output rules.toml", "rules"),
    case("evaluate", |_| (), "evaluate coded.csv TEXT --output coded.csv", "coded.csv"),
    case("evaluate, beside", beside, "evaluate m-confusion.csv TEXT --output m.csv", "m-confusion.csv"),
    case("evaluate, codebook", rules, "evaluate coded.csv TEXT --codebook m-groups.csv --output m.csv", "m-groups.csv"),
    case("evaluate, model", |_| (), "evaluate coded.csv TEXT --model model.json --output model.json", "model.json"),
    case("features", |_| (), "features model.json --output model.json", "model.json"),
];

const AN_INPUT: &str = "an input, which the results would replace";

#[test]
fn a_study_is_spared_by_its_results() {
    spared(STUDIES, AN_INPUT, &|| {
        let folder = Folder::new();
        folder.done(&["run", "study.toml"]);
        folder
    });
}

#[test]
fn a_table_is_spared_by_its_results() {
    let trained = Folder::empty();
    trained.write("coded.csv", coded(60));
    trained.done(&["train", "coded.csv", "--text", "text", "--label", "label", "--output", "model.json"]);
    let model = trained.text("model.json");
    spared(TABLES, AN_INPUT, &|| {
        let folder = Folder::empty();
        folder.write("coded.csv", coded(60)).write("model.json", &model).write("rules.toml", CODEBOOK);
        folder
    });
}

/// Commands that would replace or take away `input`, which somebody made by hand before any run.
const STRANGERS: &[Case] = &[
    case("run", |f| own(f, "results/codings.csv"), "run study.toml", "results/codings.csv"),
    case("run elsewhere", |f| own(f, "o/report.html"), "run study.toml --output o", "o/report.html"),
    case("run, a picture", |f| own(f, "o/figures/prevalence.png"), "run study.toml --output o", "prevalence.png"),
    case("run, a manifest", |f| own(f, "o/manifest.json"), "run study.toml --output o", "o/manifest.json"),
    case("run, unlisted", unlisted, "run study.toml", "results/scorer.json"),
    case("compare, unlisted", unlisted, "compare study.toml", "results/scorer.json"),
    case("code, cleared", |f| own(f, "o/prevalence.csv"), "code study.toml --output o", "o/prevalence.csv"),
    case("export", |f| own(f, "nb/parallax.ipynb"), "export study.toml --output nb", "nb/parallax.ipynb"),
    case("plan", |f| own(f, "plan/plan.csv"), "plan study.toml", "plan/plan.csv"),
    case("find", |f| own(f, "trams.csv"), "find study.toml tram --output trams.csv", "trams.csv"),
    case("suggest", |f| own(f, "s.csv"), "suggest study.toml --frame cost --output s.csv", "s.csv"),
    case("rule", |f| own(f, "r.csv"), "check study.toml --rule overspent --output r.csv", "r.csv"),
    case("diff", |f| own(f, "d/diff-rules.csv"), "diff study.toml study.toml --output d", "d/diff-rules.csv"),
    case("evaluate", coded_by_hand, "evaluate study.toml --output ev.csv", "ev-groups.csv"),
    case("agree", both, "agree anna.csv boris.csv --output a", "a/agreement.csv"),
    case("bundle", |f| own(f, "study.plx"), "bundle study.toml", "study.plx"),
    case(
        "sample",
        |f| own(f, "s/anna.csv"),
        "sample study.toml --n 2 --strategy random --output s --coders anna",
        "s/anna",
    ),
];

fn spared(cases: &[Case], because: &str, begin: &dyn Fn() -> Folder) {
    let mut failures = String::new();
    for Case { name, prepare, words, input } in cases {
        let folder = begin();
        prepare(&folder);
        let before = folder.files();
        let words = words.replace("TEXT", "--text text --label label");
        let said = folder.parallax(&words.split(' ').collect::<Vec<_>>());
        let tells = ["parallax: ", input, because, "--output"];
        if said.code != Some(2) || tells.iter().any(|part| !said.errors.contains(part)) {
            writeln!(failures, "{name}: {:?} {}{}", said.code, said.errors, said.out).unwrap();
        } else if folder.files() != before {
            writeln!(failures, "{name}: files have changed").unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn what_no_run_wrote_is_not_replaced() {
    spared(STRANGERS, "", &Folder::new);
}

/// Beside results, and beside tables of `plan` and `find`, which no manifest lists.
#[test]
fn what_a_run_wrote_is_replaced() {
    let folder = Folder::new();
    let commands = [
        "run study.toml",
        "code study.toml",
        "run study.toml",
        "compare study.toml",
        "plot study.toml --width 90",
        "plan study.toml",
        "find study.toml tram --output trams.csv",
        "diff study.toml results",
        "export study.toml --output nb",
        "bundle study.toml",
    ];
    for round in 0..2 {
        for command in commands {
            let said = folder.parallax(&command.split(' ').collect::<Vec<_>>());
            assert_eq!(said.code, Some(0), "{command}: {}", said.errors);
        }
        if round == 0 {
            // A table that the program wrote says so itself.
            folder.remove("results/manifest.json");
        }
    }
}

/// Somebody's own file of that name.
fn own(folder: &Folder, name: &str) {
    folder.write(name, "week,who\n1,anna\n");
}

/// One of a run's names, beside its results, that it did not write.
fn unlisted(folder: &Folder) {
    folder.done(&["run", "study.toml"]);
    own(folder, "results/scorer.json");
}

fn coded_by_hand(folder: &Folder) {
    evaluated(folder);
    own(folder, "ev-groups.csv");
}

fn both(folder: &Folder) {
    folder.write("anna.csv", CODED).write("boris.csv", CODED.replace("anna", "boris"));
    own(folder, "a/agreement.csv");
}

/// The articles under another name.
fn corpus(folder: &Folder, name: &str) {
    folder.write(name, folder.text("articles.csv")).edit("study.toml", "articles.csv", name);
}

fn whole_path(folder: &Folder) {
    let path = folder.path().join("documents.csv");
    folder.write("documents.csv", folder.text("articles.csv")).edit(
        "study.toml",
        "articles.csv",
        path.to_str().unwrap(),
    );
}

/// The folder of the articles under a second name.
fn link(folder: &Folder) {
    corpus(folder, "articles/documents.csv");
    std::os::unix::fs::symlink(folder.path().join("articles"), folder.path().join("linked")).unwrap();
}

/// The codebook under another name.
fn codebook(folder: &Folder, name: &str) {
    folder.write(name, CODEBOOK).edit("study.toml", "codebook.toml", name);
}

/// Codings of that name, called by the study.
fn named(folder: &Folder, name: &str) {
    folder.write(name, CODED).edit("study.toml", "title", &format!("codings = \"{name}\"\ntitle"));
}

const CODED: &str = "document,sentence,frame,value,coder\nq-1,1,cost,1,anna\nl-1,1,cost,0,anna\n";

fn added_to(folder: &Folder) {
    folder.done(&["sample", "study.toml", "--n", "4", "--strategy", "random"]);
    codebook(folder, "sample/anna-2.html");
}

fn evaluated(folder: &Folder) {
    named(folder, "anna.csv");
    codebook(folder, "results/evaluation-confusion.csv");
}

fn codings(folder: &Folder) {
    folder.write("agreement/disagreements.csv", CODED).write("boris.csv", CODED.replace("anna", "boris"));
}

fn agreed(folder: &Folder) {
    folder.write("anna.csv", CODED);
    codings(folder);
    codebook(folder, "a/agreement.csv");
}

fn dictionary(folder: &Folder) {
    folder.write("own-import.csv", "%\n1\tmoney\n%\nbudget*\t1\n");
}

fn beside(folder: &Folder) {
    folder.write("m-confusion.csv", coded(60));
}

fn rules(folder: &Folder) {
    folder.write("m-groups.csv", CODEBOOK);
}
