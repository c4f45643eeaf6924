//! The reference in `docs/reference/` is made from the program: tables from their descriptions, commands from their help,
//! rules of voice from their table. Renew it with `PARALLAX_RENEW=1 cargo test --test docs`, and read the difference.

#![expect(clippy::unwrap_used, reason = "a page that cannot be made is a failed test")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use parallax::codebook::{self, CODEBOOK_KEYS, FileKey, Holds, KeyTable};
use parallax::report::{
    AGREEMENTS, CHANGED_RULES, CHANGED_SENTENCES, CHANGED_SHARES, CODING_PLAN, EVALUATIONS, REPORTS, SHARE_BOUNDS,
    SUGGESTIONS, Table, WIDTH_CURVE,
};
use parallax::study::{self, STUDY_KEYS};
use parallax::text::VoiceRule;

/// The page as it should be, held against the one in the folder, or written there.
fn hold(name: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference").join(name);
    if std::env::var_os("PARALLAX_RENEW").is_some() {
        fs::write(&path, page).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let first = kept.lines().zip(page.lines()).find(|(kept, now)| kept != now);
    assert!(kept == page, "{}: {first:?}; renew with PARALLAX_RENEW=1 cargo test --test docs", path.display());
}

/// Text in a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

fn add_table(page: &mut String, table: &Table) {
    writeln!(page, "\n### {}\n\nOne row: {}.", table.file, table.row.trim_end_matches('.')).unwrap();
    if !table.key.is_empty() {
        let key: Vec<String> = table.key.iter().map(|column| format!("`{column}`")).collect();
        writeln!(page, "Rows are told apart by {}.", key.join(", ")).unwrap();
    }
    page.push_str("\n| column | holds | meaning |\n|---|---|---|\n");
    for column in table.columns {
        let may_be_empty = if column.optional { ", or empty" } else { "" };
        let (holds, meaning) = (column.kind.words(|word| format!("`{word}`")), cell(column.meaning));
        writeln!(page, "| `{}` | {holds}{may_be_empty} | {meaning} |", column.name).unwrap();
    }
}

#[test]
fn the_reference_of_tables_is_what_the_program_writes() {
    let mut page = String::from(
        "# Tables, column by column\n\nMade from the program's own descriptions, which also stand in `datapackage.json` beside the \
         tables.\nNumbers have six decimals; an empty cell is undefined, and the `note` says why.\n\n## Of `run`, `code` and \
         `compare`\n",
    );
    for report in &REPORTS {
        add_table(&mut page, report.table);
    }
    let of_plan = [&CODING_PLAN, &WIDTH_CURVE, &SHARE_BOUNDS];
    let of_diff = [&CHANGED_SENTENCES, &CHANGED_RULES, &CHANGED_SHARES];
    for (command, tables) in [
        ("evaluate", &EVALUATIONS[..]),
        ("agree", &AGREEMENTS),
        ("plan", &of_plan),
        ("diff", &of_diff),
        ("suggest", &[&SUGGESTIONS]),
    ] {
        writeln!(page, "\n## Of `{command}`").unwrap();
        for table in tables {
            add_table(&mut page, table);
        }
    }
    hold("tables.md", &page);
}

/// What the program prints.
fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_parallax")).args(arguments).env_remove("COLUMNS").output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_reference_of_commands_is_their_help() {
    let overview = printed(&["--help"]);
    let listed = overview.split("Commands:\n").nth(1).unwrap().lines().take_while(|line| !line.is_empty());
    // A line that goes on is set in deeper than a command.
    let names = listed.filter(|line| !line.starts_with("   ")).map(|line| line.split_whitespace().next().unwrap());
    let mut page =
        format!("# Commands\n\nMade from the help of each.\n\n```text\n{}```\n", overview.replace(" \n", "\n"));
    let mut commands = 0;
    for name in names.filter(|name| *name != "help") {
        write!(page, "\n## {name}\n\n```text\n{}```\n", printed(&[name, "--help"]).replace(" \n", "\n")).unwrap();
        commands += 1;
    }
    assert!(commands >= 20, "{commands} commands");
    hold("commands.md", &page);
}

fn holds(holds: Holds) -> String {
    match holds {
        Holds::Text => "text".to_owned(),
        Holds::Texts => "list of texts".to_owned(),
        Holds::Pairs => "list of pairs of texts".to_owned(),
        Holds::ValuesByName => "table of values by name".to_owned(),
        Holds::TextsByName => "table of lists by name".to_owned(),
        Holds::NumbersByName => "table of numbers by name".to_owned(),
        Holds::Whole => "whole number".to_owned(),
        Holds::Number => "number".to_owned(),
        Holds::Truth => "`true` or `false`".to_owned(),
        Holds::Day => "day".to_owned(),
        Holds::Days => "list of days".to_owned(),
        Holds::Choice(words) => words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(" "),
        Holds::AnyOf(kinds) => kinds.iter().map(|kind| self::holds(*kind)).collect::<Vec<_>>().join(", or "),
        Holds::Table(table) | Holds::Tables(table) => format!("keys of `{}`, below", table.place),
    }
}

/// The table and those inside it, from the outside in.
fn with_inner(table: &KeyTable) -> Vec<&KeyTable> {
    let inner = table.keys.iter().filter_map(|key| match key.holds {
        Holds::Table(inner) | Holds::Tables(inner) => Some(with_inner(inner)),
        _ => None,
    });
    std::iter::once(table).chain(inner.flatten()).collect()
}

fn add_keys(page: &mut String, table: &KeyTable) {
    writeln!(
        page,
        "\n### {}\n\n| key | holds | without it | meaning | for example |\n|---|---|---|---|---|",
        table.place
    )
    .unwrap();
    for key in table.keys {
        let (without, example) =
            (key.default.unwrap_or("an error"), key.example.replace('\n', " ⏎ ").replace('|', "\\|"));
        let (holds, meaning) = (holds(key.holds), cell(key.meaning));
        writeln!(page, "| `{}` | {holds} | {} | {meaning} | `{example}` |", key.name, cell(without)).unwrap();
    }
}

#[test]
fn the_reference_of_keys_is_what_the_parsers_know() {
    let mut page = String::from(
        "# Keys of the study file and the codebook\n\nMade from the definitions by which the files are read, as is the JSON Schema \
         that `parallax schema study` and\n`parallax schema codebook` print. ⏎ stands for a new line.\n\n## Study file\n",
    );
    for table in with_inner(&STUDY_KEYS) {
        add_keys(&mut page, table);
    }
    page.push_str("\n## Codebook\n");
    for table in with_inner(&CODEBOOK_KEYS) {
        add_keys(&mut page, table);
    }
    hold("keys.md", &page);
}

/// The least file with a key's example in it.
fn with_example(table: &KeyTable, key: &FileKey) -> String {
    let required = table.keys.iter().filter(|other| other.default.is_none() && other.name != key.name);
    // Values come before tables.
    let (tables, values): (Vec<&str>, Vec<&str>) =
        required.chain([key]).map(|key| key.example).partition(|example| example.starts_with('['));
    let lines = [values, tables].concat().join("\n");
    let study = "codebook = \"c.toml\"\n[[corpus]]";
    match table.place {
        "the study file" | "the codebook" => lines,
        "[[frame]]" => format!("[[frame]]\n{lines}"),
        "[[rule]]" => format!("[[frame]]\nid = \"threat\"\n[[rule]]\n{lines}"),
        "[[corpus]]" => format!("{study}\n{lines}"),
        other => format!("{study}\npath = \"a.csv\"\n{other}\n{lines}"),
    }
}

#[test]
fn the_example_of_every_key_is_accepted() {
    type Reads = fn(&str) -> Result<(), String>;
    let files: [(&KeyTable, Reads); 2] = [
        (&STUDY_KEYS, |text| study::parse(text, "study.toml").map(drop).map_err(|error| error.to_string())),
        (&CODEBOOK_KEYS, |text| codebook::parse(text, "codebook.toml").map(drop).map_err(|error| error.to_string())),
    ];
    for (top, reads) in files {
        for table in with_inner(top) {
            for key in table.keys {
                let file = with_example(table, key);
                assert_eq!(reads(&file), Ok(()), "{} {}:\n{file}", table.place, key.name);
            }
        }
    }
}

#[test]
fn the_reference_of_rules_is_their_table() {
    let mut page = String::from(
        "# Rules of voice and stance\n\nEvery voice and every stance is decided by one of these; `parallax explain` names it. Their \
         cases stand in\n`tests/text/voice.txt` and `tests/text/stance.txt`, how often each fired and was right in \
         `benches/voice_rules.csv`.\n\n| rule | says |\n|---|---|\n",
    );
    for rule in VoiceRule::all() {
        writeln!(page, "| `{}` | {} |", rule.id(), cell(rule.doc())).unwrap();
    }
    hold("voice-rules.md", &page);
}

#[test]
fn every_page_stands_in_the_contents_and_every_link_leads_somewhere() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let contents = fs::read_to_string(docs.join("SUMMARY.md")).unwrap();
    for folder in ["", "how-to/", "methods/", "reference/"] {
        for entry in fs::read_dir(docs.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.rsplit_once('.').is_none_or(|(_, extension)| extension != "md") {
                continue;
            }
            let (place, page) = (format!("{folder}{name}"), fs::read_to_string(docs.join(folder).join(&name)).unwrap());
            assert!(name == "SUMMARY.md" || contents.contains(&format!("]({place})")), "SUMMARY.md lacks {place}");
            for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let file = link.split('#').next().unwrap_or_default();
                let is_local = !file.is_empty() && !link.contains("://");
                assert!(!is_local || docs.join(folder).join(file).exists(), "{place} links to {link}");
            }
        }
    }
}

/// Files of notes beside `src/compare`, and those there whose words are no notes.
const MORE_NOTES: [&str; 5] = [
    "validate/agreement.rs",
    "report/tables/label_changes.rs",
    "report/tables/keyness.rs",
    "stats/clustered_logit.rs",
    "analysis/evaluate/measured.rs",
];
const NO_NOTES: [&str; 3] = ["plan.rs", "share_interval.rs", "keyness.rs"];

/// The sentences among the literals of a source file: what tables say, before its tests, without comments.
fn sentences_of(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//") && !line.contains("reason = \""));
    let code = lines.collect::<Vec<_>>().join("\n").replace("\\\"", "\u{1}");
    let literals = code.split('"').skip(1).step_by(2).map(|literal| literal.replace('\u{1}', "\""));
    // What fills in a place of another begins with a blank, or says where; a row of a table ends with a full stop, and an error
    // begins with a name.
    let fillings = ["either group", "in this group", "in this period"];
    literals
        .filter(|text| text.trim().contains(' ') && !text.starts_with([' ', '"']) && !text.ends_with('.'))
        .filter(|text| {
            !fillings.contains(&&**text) && !text.starts_with('{')
                || text.contains("} hand")
                || text.contains("} distinct")
        })
        .map(|text| {
            let (first, rest) = text.split_once('{').map_or((&*text, ""), |(first, rest)| (first, rest));
            let parts = rest.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after));
            if rest.is_empty() {
                first.to_owned()
            } else {
                format!("{first}…{}", parts.collect::<Vec<_>>().join("…"))
            }
        })
        .collect()
}

#[test]
fn the_page_on_notes_has_every_remark_and_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = MORE_NOTES.iter().map(|name| root.join("src").join(name)).collect();
    for folder in ["", "regression", "series"] {
        let entries = fs::read_dir(root.join("src/compare").join(folder)).unwrap().map(|entry| entry.unwrap().path());
        files.extend(entries.filter(|path| path.extension().is_some_and(|extension| extension == "rs")));
    }
    files.retain(|path| !NO_NOTES.iter().any(|name| path.ends_with(Path::new("src/compare").join(name))));
    let said: BTreeSet<String> =
        files.iter().flat_map(|path| sentences_of(&fs::read_to_string(path).unwrap())).collect();
    let page = fs::read_to_string(root.join("docs/notes.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let told: BTreeSet<String> = rows.map(|(note, _)| note.to_owned()).collect();
    assert!(said.len() > 80, "{said:?}");
    let (lacking, stale): (Vec<_>, Vec<_>) = (said.difference(&told).collect(), told.difference(&said).collect());
    assert!(lacking.is_empty() && stale.is_empty(), "docs/notes.md lacks {lacking:#?}; nothing says {stale:#?}");
}
