//! What the design forbids, as data, with an example of each.

use std::fmt::{self, Display, Formatter};

use crate::source::Source;

/// The layers from top to bottom. A module uses those of lower rows only, never its own row's others.
const ROWS: [&[&str]; 10] = [
    &["main"],
    &["cli"],
    &["analysis"],
    &["corpus", "report"],
    &["study"],
    &["learning", "compare", "validate"],
    &["coding"],
    &["codebook"],
    &["text", "encoder"],
    &["model", "stats"],
];

/// Longest file that a reader still takes in.
const MAX_LINES: usize = 500;

/// Names that only some places may use.
struct Rule {
    what: &'static str,
    names: &'static [&'static str],
    /// Layers or files, each for a reason.
    except: &'static [&'static str],
}

const RULES: [Rule; 6] = [
    Rule {
        what: "file access",
        names: &["std::fs", "fs::", "File::open", "File::create", "OpenOptions", "tempfile", "glob::", "stdin"],
        // Bytes in, bytes out; an analysis only asks whether two names are one file, and verifies in a folder that it
        // throws away; the command line lays out a starter study.
        except: &["corpus", "report", "src/analysis/paths.rs", "src/cli/init.rs", "main"],
    },
    Rule {
        what: "printing",
        names: &["print!", "println!", "eprint!", "eprintln!", "dbg!", "anstream", "stdout", "stderr", "indicatif"],
        // The only layer that speaks with people.
        except: &["cli", "main"],
    },
    Rule {
        what: "a hash table, whose order differs from run to run",
        names: &["HashMap", "HashSet", "FxHashMap", "FxHashSet", "hash_map", "hash_set"],
        // All are looked up once per word or row and never gone through; the lint `iter_over_hash_type` sees to that.
        except: &[
            "src/text/vocabulary.rs",
            "src/text/language/abbreviations.rs",
            "src/text/language/lexicon.rs",
            "src/coding/source_names.rs",
            "src/compare/cells.rs",
            "src/compare/shared_text.rs",
            "src/compare/stories.rs",
            "src/compare/term_tally.rs",
            "src/report/page/columnar.rs",
            "src/report/page/strata.rs",
        ],
    },
    Rule {
        what: "the clock",
        names: &["SystemTime", "Instant", "Zoned::now", "Timestamp::now", "thread::sleep"],
        // No result, and no message, needs the time of day; only how long Ctrl-C waits for the work to stop by itself.
        except: &["src/cli/interrupt.rs"],
    },
    Rule {
        what: "the environment",
        names: &["std::env", "env::var", "env::args", "env::current_dir", "env::temp_dir", "env::home_dir"],
        // Arguments, and whether colours are wanted.
        except: &["cli", "main"],
    },
    Rule {
        what: "the number of threads",
        names: &["available_parallelism", "current_num_threads", "current_thread_index", "ThreadPoolBuilder"],
        // `--threads` is set there, and reaches no result.
        except: &["cli", "main"],
    },
];

/// One place that breaks the design.
pub(crate) struct Finding {
    path: String,
    line: usize,
    trouble: String,
}

impl Display for Finding {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.trouble)
    }
}

/// Everything in `source` that the design forbids.
pub(crate) fn check(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut complain = |line, trouble| findings.push(Finding { path: source.path.clone(), line, trouble });
    if !source.raw.starts_with("//! ") {
        complain(1, "begins without a `//!` sentence on what is in it".to_owned());
    }
    let lines = source.raw.lines().count();
    if lines > MAX_LINES {
        complain(lines, format!("has {lines} lines; {MAX_LINES} is the ceiling"));
    }
    if let Some(layer) = source.layer() {
        for (at, used) in used_modules(source) {
            if let Some(trouble) = edge(layer, &used) {
                complain(source.line(at), trouble);
            }
        }
        for rule in
            RULES.iter().filter(|rule| !rule.except.iter().any(|place| *place == layer || *place == source.path))
        {
            let mut places: Vec<usize> = rule.names.iter().flat_map(|name| places(&source.code, name)).collect();
            places.sort_unstable();
            places.dedup_by_key(|at| source.line(*at));
            for at in places {
                complain(source.line(at), format!("{} does not belong in {layer}", rule.what));
            }
        }
    }
    findings
}

/// What is wrong with `from` using `to`, if anything.
fn edge(from: &str, to: &str) -> Option<String> {
    let row = |layer: &str| ROWS.iter().position(|row| row.contains(&layer));
    match (row(from), row(to)) {
        _ if from == to => None,
        (None, _) => Some(format!("{from} is not a layer of the design")),
        (_, None) => Some(format!("{from} uses {to}, which is not a layer of the design")),
        (Some(above), Some(below)) if above < below => None,
        (Some(above), Some(below)) if above == below => Some(format!("{from} uses its sibling {to}")),
        _ => Some(format!("{from} uses {to}, which is above it")),
    }
}

/// The modules of this crate that the code names, each with its place: `crate::x`, `crate::{x, y}`, `parallax::x`, and
/// `super::x` where `super` is the root.
fn used_modules(source: &Source) -> Vec<(usize, String)> {
    let code = &source.code;
    let mut used = Vec::new();
    for root in ["crate::", "parallax::"] {
        for at in places(code, root) {
            used.extend(first_names(&code[at + root.len()..]).into_iter().map(|name| (at, name)));
        }
    }
    let below = source.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    let to_root = "super::".repeat(below.split('/').count());
    for at in places(code, &to_root) {
        used.extend(first_names(&code[at + to_root.len()..]).into_iter().map(|name| (at, name)));
    }
    used
}

/// The first name of a path, or of each path in a group.
fn first_names(rest: &str) -> Vec<String> {
    let name = |path: &str| path.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = rest.trim_start().strip_prefix('{') else {
        return vec![name(rest)];
    };
    let (mut depth, mut names, mut start) = (0_usize, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(name(&group[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Where `name` stands in `code` as a whole word, or as the start of a path.
fn places(code: &str, name: &str) -> Vec<usize> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let whole = |at: usize| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        let open_end = name.ends_with(['!', ':']);
        !before.is_some_and(part) && (open_end || !after.is_some_and(part))
    };
    code.match_indices(name).map(|(at, _)| at).filter(|at| whole(*at)).collect()
}

/// Path, code, and a part of what must be said about it.
pub(crate) const FORBIDDEN: [(&str, &str, &str); 32] = [
    ("src/text/a.rs", "use crate::codebook::Rule;", "src/text/a.rs:2: text uses codebook, which is above it"),
    ("src/model/a.rs", "use crate::stats::wilson;", "model uses its sibling stats"),
    ("src/corpus/a.rs", "use crate::{model::Span, report::Staging};", "corpus uses its sibling report"),
    ("src/text/a.rs", "use crate::{model::{Span, Voice}, study};", "text uses study"),
    ("src/compare/a.rs", "fn f() { crate::learning::fit(); }", "compare uses its sibling learning"),
    ("src/study/mod.rs", "use super::cli::run;", "study uses cli, which is above it"),
    ("src/report/a.rs", "use crate::analysis::run;", "report uses analysis, which is above it"),
    ("src/analysis/a.rs", "fn f() { println!(\"a\"); }", "printing"),
    ("src/text/en/a.rs", "use super::super::super::study;", "text uses study"),
    ("src/codebook.rs", "pub use super::coding;", "codebook uses coding"),
    ("src/main.rs", "use parallax::attic;", "main uses attic, which is not a layer"),
    ("src/attic/a.rs", "use crate::model::Span;", "attic is not a layer"),
    ("src/text/a.rs", "#[cfg(test)]\nmod tests {}\n\nuse crate::cli;", "src/text/a.rs:5: text uses cli"),
    ("src/study/a.rs", "fn f() { let s = '\"'; std::fs::read(s); }", "file access"),
    ("src/study/a.rs", "use std::fs::File;", "file access"),
    ("src/study/a.rs", "use std::{fmt, fs};\nfn f() { fs::read(\"a\"); }", "src/study/a.rs:3: file access"),
    ("src/text/a.rs", "fn f() { OpenOptions::new(); }", "file access"),
    ("src/stats/a.rs", "fn f() { tempfile::tempdir(); }", "file access"),
    ("src/coding/a.rs", "fn f() { std::io::stdin(); }", "file access"),
    ("src/coding/a.rs", "fn f() { println!(\"a\"); }", "printing"),
    ("src/report/a.rs", "fn f() { eprint!(\"a\"); }", "printing"),
    ("src/corpus/a.rs", "fn f() { std::io::stderr(); }", "printing"),
    ("src/report/a.rs", "use anstream::stream;", "printing"),
    ("src/cli/a.rs", "use std::collections::HashMap;", "a hash table"),
    ("src/text/a.rs", "use rustc_hash::FxHashSet;", "a hash table"),
    ("src/cli/a.rs", "use std::time::Instant;", "the clock"),
    ("src/report/a.rs", "fn f() { jiff::Zoned::now(); }", "the clock"),
    ("src/corpus/a.rs", "use std::{env, env::var};", "the environment"),
    ("src/corpus/a.rs", "fn f() { std::env::temp_dir(); }", "the environment"),
    ("src/study/a.rs", "fn f() { rayon::current_num_threads(); }", "the number of threads"),
    ("src/study/a.rs", "fn f() { std::thread::available_parallelism(); }", "the number of threads"),
    ("src/study/a.rs", "/* a /* nested */ one */ fn f(s: &'static str) { dbg!(s); }", "printing"),
];

/// Path and code that must pass.
pub(crate) const ALLOWED: [(&str, &str); 15] = [
    ("src/text/a.rs", "use crate::model::{Document, Span};\nuse crate::text::Token;"),
    ("src/study/a.rs", "use crate::{coding, compare::Plan, model};"),
    ("src/corpus/a.rs", "use std::fs::File;\nuse crate::model::Excluded;"),
    ("src/cli/a.rs", "fn f() { println!(\"{}\", std::env::args().count()); }"),
    ("src/main.rs", "use parallax::cli;"),
    ("src/text/vocabulary.rs", "use rustc_hash::FxHashMap;"),
    ("src/text/a.rs", "// use crate::cli; println!(\"x\")\n/// [`crate::study`] opens a File.\nfn f() {}"),
    ("src/text/a.rs", "fn f() -> &'static str { \"crate::cli \\\" HashMap\" }"),
    ("src/text/a.rs", "fn f() -> &'static str { r#\"a \" std::fs\"# }"),
    ("src/text/a.rs", "#[cfg(test)]\nmod tests {\n    use std::fs::File;\n    fn f() { println!(\"{\"); }\n}"),
    ("src/text/a.rs", "#[cfg(test)]\nuse crate::cli;\nfn f() {}"),
    ("src/text/en/a.rs", "use super::Words;"),
    ("src/study/a.rs", "struct File { title: String }\nfn f(file: File) {}"),
    ("src/report/a.rs", "fn f() -> &'static str { env!(\"CARGO_PKG_VERSION\") }"),
    ("src/model/a.rs", "struct InstantCoffee; fn reprint() {} fn blueprint() {}"),
];
