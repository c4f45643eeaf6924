//! `cite`: the tool's citation, and BibTeX of the methods.

use std::io::Write;
use std::path::Path;

use crate::analysis::Project;
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::cli::terminal::standard_output;
use crate::model::Study;

/// The citation file of the project.
const CITATION: &str = include_str!("../../CITATION.cff");

/// Every method, in parts that begin with a line `% [part] what it is for`.
const METHODS: &str = include_str!("methods.bib");
const PART: &str = "% [";

/// Prints BibTeX of the tool and of the methods: all, or those of a study.
pub(super) fn cite(study: Option<&Path>, cff: bool, common: &Common) -> Result<Verdict, Failure> {
    let mut out = standard_output();
    if cff {
        write!(out, "{CITATION}")?;
        return Ok(Verdict::Fine);
    }
    let study = study.map(|path| Project::open(path, common.output())).transpose()?.map(|project| project.study);
    write!(out, "{}", bibliography(study.as_ref()))?;
    Ok(Verdict::Fine)
}

/// The tool itself, then the methods that `study` uses, or all.
fn bibliography(study: Option<&Study>) -> String {
    let tool = format!(
        "% The tool; with a study, name also the SHA-256 of its manifest.json\n\n@software{{parallax,\n  author  = {{{{The Parallax \
         developers}}}},\n  title   = {{Parallax: {}}},\n  version = {{{}}}\n}}\n",
        env!("CARGO_PKG_DESCRIPTION").trim_end_matches('.'),
        env!("CARGO_PKG_VERSION"),
    );
    let parts = METHODS.split(PART).skip(1).filter_map(|part| part.split_once("] "));
    let used = parts.filter(|(name, _)| study.is_none_or(|study| uses(study, name)));
    used.fold(tool, |text, (_, part)| text + "\n% " + part.trim_end() + "\n")
}

/// Whether a study needs the methods of a part.
fn uses(study: &Study, part: &str) -> bool {
    match part {
        "contrasts" => !study.compare.contrasts.is_empty(),
        "within" => study.compare.within.is_some(),
        "coders" | "correction" | "scorer" => !study.codings.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Keys of the entries, in their order.
    fn keys(text: &str) -> Vec<&str> {
        let entries = text.lines().filter(|line| line.starts_with('@'));
        entries.map(|line| line.split(['{', ',']).nth(1).unwrap()).collect()
    }

    #[test]
    fn every_entry_has_its_own_key_balanced_braces_and_what_a_reader_needs() {
        let text = bibliography(None);
        let entries = keys(&text);
        assert!(entries.len() > 20);
        assert_eq!(entries.iter().collect::<BTreeSet<_>>().len(), entries.len());
        for entry in text.split("\n@").skip(1) {
            let entry = entry.split("\n%").next().unwrap();
            assert_eq!(entry.matches('{').count(), entry.matches('}').count(), "{entry}");
            for field in ["author", "title"] {
                assert!(entry.contains(&format!("\n  {field} ")), "no {field}: {entry}");
            }
            assert!(entry.contains("\n  year ") || entry.starts_with("software"), "no year: {entry}");
        }
    }

    /// Surname and year of every work that the comments of a source file cite, as "Welch (1947)".
    fn cited(source: &str) -> Vec<(String, String)> {
        let comments = source.lines().filter_map(|line| line.trim().strip_prefix("//"));
        let text: String = comments.flat_map(|line| [line.trim_start_matches(['/', '!']), " "]).collect();
        let works = text.match_indices('(').filter_map(|(at, _)| {
            let year: String = text[at + 1..].chars().take_while(char::is_ascii_digit).collect();
            let name = text[..at].split_whitespace().next_back()?.to_owned();
            (year.len() == 4 && name.starts_with(char::is_uppercase)).then_some((name, year))
        });
        works.collect()
    }

    #[test]
    fn every_work_that_the_statistics_rest_on_is_in_the_bibliography() {
        /// Works on how a known function is computed, and of functions that no table rests on.
        const APART: [&str; 8] =
            ["Durstenfeld", "Yates", "Loader", "Barnett", "Lemire", "Newcombe", "Wichura", "Wilson"];
        let text = METHODS.replace("{\\'e}", "é").replace("{\\\"a}", "ä");
        let entries: Vec<&str> = text.split("\n@").collect();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let paths = ["stats", "stats/learning", "validate", "learning", "compare"]
            .map(|name| std::fs::read_dir(folder.join(name)).unwrap());
        let files = paths.into_iter().flatten().map(|file| file.unwrap().path()).filter(|path| path.is_file());
        let works: BTreeSet<_> = files.flat_map(|path| cited(&std::fs::read_to_string(path).unwrap())).collect();
        assert!(works.len() > 15, "{works:?}");
        for (name, year) in works.iter().filter(|(name, _)| !APART.contains(&name.as_str())) {
            let there = entries.iter().any(|entry| entry.contains(name.as_str()) && entry.contains(year.as_str()));
            assert!(there, "{name} ({year}) is not in methods.bib");
        }
    }

    #[test]
    fn a_study_cites_what_it_uses() {
        let study = "codebook = \"c.toml\"\n[[corpus]]\npath = \"a.csv\"\n";
        let contrasts = format!("{study}[compare]\ncontrasts = [[\"a\", \"b\"]]\n");
        let codings = format!("codings = \"h.csv\"\n{study}");
        for (text, cited, not) in [
            (study, "tukey1958", vec!["efron1982", "zou2008", "krippendorff2019", "hsieh2008"]),
            (&contrasts, "efron1982", vec!["krippendorff2019", "hsieh2008"]),
            (&codings, "krippendorff2019", vec!["efron1982"]),
            (&codings, "zou2008", vec!["efron1982"]),
        ] {
            let study = crate::study::parse(text, "study.toml").unwrap();
            let text = bibliography(Some(&study));
            assert!(keys(&text).contains(&cited), "{cited}");
            assert!(not.iter().all(|key| !keys(&text).contains(key)), "{not:?}");
        }
    }

    #[test]
    fn the_citation_file_names_this_version() {
        let version = format!("\nversion: {}\n", env!("CARGO_PKG_VERSION"));
        assert!(CITATION.contains(&version), "CITATION.cff must say {version}");
    }
}
