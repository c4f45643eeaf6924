//! One study on many machines: what parts come to is what a single run finds, byte for byte.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::folder::Folder;

/// A study of `articles` articles of two outlets, with reports that several have, oddities, and a column of its own.
pub(crate) fn study(articles: usize) -> Folder {
    let folder = Folder::new();
    let mut table = "id,outlet,date,title,text,desk\n".to_owned();
    for number in 0..articles {
        let outlet = ["Quay Mail", "Lighthouse"][number % 2];
        let first = match number % 5 {
            0 => "The tram swallows a million.",
            1 => "\"It shortens the way,\" said Pia Lund.",
            2 => "The ferry left &amp; came back.",
            _ => "The gulls sat on the quay.",
        };
        // Twelve reports, each in several papers, long enough to be told as copies.
        let report: Vec<String> = (0..30).map(|word| format!(" word{}", (number % 12) * 100 + word)).collect();
        let report = report.concat();
        let date = if number == 31 {
            "never".to_owned()
        } else {
            format!("2023-{:02}-{:02}", number % 3 + 4, number % 28 + 1)
        };
        writeln!(
            table,
            "a{number:03},{outlet},{date},Title {number},\"{}{report}.\",desk {}",
            first.replace('"', "\"\""),
            number % 3
        )
        .unwrap();
    }
    folder.write("articles.csv", table);
    folder
}

/// Deals the articles into `count` files in an order of their own, and codes each as a part.
pub(crate) fn code_parts(folder: &Folder, count: usize) {
    let articles = folder.text("articles.csv");
    let (header, rows) = articles.split_once('\n').unwrap();
    let mut dealt = vec![Vec::new(); count];
    // 7 is coprime to the number of articles: every part has some from everywhere, none in order.
    let rows: Vec<&str> = rows.lines().collect();
    for at in 0..rows.len() {
        dealt[at % count].push(rows[at * 7 % rows.len()]);
    }
    for (number, rows) in dealt.iter().enumerate() {
        let file = format!("dealt/{number:02}.csv");
        folder.write(&file, format!("{header}\n{}\n", rows.join("\n")));
        let said = folder.done(&["code", "study.plx", &file, "--output", &format!("parts/{number:02}")]);
        assert!(said.out.contains(&format!("{} record", rows.len())), "{}", said.out);
    }
}

/// The results that must be the same: all but what names the files that were read. Where records were left out, the page lists them
/// and the data package has the checksum of that list, so that these name the files of the parts, too.
fn results(folder: &Folder, name: &str) -> BTreeMap<String, Vec<u8>> {
    let inside = |path: &std::path::PathBuf| Some(path.strip_prefix(name).ok()?.to_str()?.to_owned());
    let mut named = vec!["excluded.csv", "manifest.json", "ro-crate-metadata.json"];
    if folder.text(&format!("{name}/excluded.csv")).lines().count() > 1 {
        named.extend(["report.html", "datapackage.json"]);
    }
    let files = folder.files().into_iter().filter_map(|(path, bytes)| Some((inside(&path)?, bytes)));
    files.filter(|(path, _)| !named.contains(&&path[..])).collect()
}

pub(crate) fn assert_same(folder: &Folder, single: &str, merged: &str, case: &str) {
    let (mut single, merged) = (results(folder, single), results(folder, merged));
    single.retain(|name, _| merged.contains_key(name) || !["report.html", "datapackage.json"].contains(&&name[..]));
    assert_eq!(single.keys().collect::<Vec<_>>(), merged.keys().collect::<Vec<_>>(), "{case}");
    assert!(single.len() > 30, "{case}: {} files", single.len());
    let differing: Vec<&String> = single.keys().filter(|name| single[*name] != merged[*name]).collect();
    assert!(differing.is_empty(), "{case}: {differing:?}");
}

fn records(folder: &Folder, name: &str) -> serde_json::Value {
    let manifest: serde_json::Value = serde_json::from_str(&folder.text(name)).unwrap();
    let records = &manifest["records"];
    serde_json::json!([records["read"], records["kept"], records["excluded"]])
}

#[test]
fn parts_in_any_number_come_to_the_bytes_of_a_single_run() {
    let folder = study(60);
    folder.done(&["bundle", "study.toml", "--output", "study.plx"]);
    for (count, date) in [(2, "never"), (13, "2023-05-04")] {
        folder.edit("articles.csv", "a031,Lighthouse,never", &format!("a031,Lighthouse,{date}"));
        folder.done(&["run", "study.toml", "--output", "single"]);
        code_parts(&folder, count);
        let mut words = vec!["merge".to_owned(), "study.plx".to_owned()];
        words.extend((0..count).rev().map(|number| format!("parts/{number:02}")));
        words.extend(["--output".to_owned(), format!("merged-{count}")]);
        folder.done(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_same(&folder, "single", &format!("merged-{count}"), &format!("{count} parts"));
        let merged = records(&folder, &format!("merged-{count}/manifest.json"));
        assert_eq!(merged, records(&folder, "single/manifest.json"), "{count} parts");
        std::fs::remove_dir_all(folder.path().join("parts")).unwrap();
    }
    assert!(folder.text("merged-2/excluded.csv").contains("dealt/"), "the part's file is named");
}

#[test]
fn what_people_coded_and_what_was_learnt_travels_in_the_bundle() {
    let folder = study(60);
    let mut codings = "document,sentence,frame,value,coder,inclusion_probability\n".to_owned();
    for number in 0..60 {
        writeln!(codings, "a{number:03},1,cost,{},anna,0.3333333333333333", u8::from(number % 5 == 0)).unwrap();
    }
    folder.write("anna.csv", codings);
    folder.edit("study.toml", "codebook = ", "codings = \"anna.csv\"\ncodebook = ");
    folder.done(&["run", "study.toml", "--output", "single"]);
    folder.done(&["bundle", "study.toml"]);
    // Where parts are coded there is nothing but the bundle.
    for gone in ["study.toml", "codebook.toml", "anna.csv"] {
        folder.remove(gone);
    }
    code_parts(&folder, 3);
    folder.done(&["merge", "study.plx", "parts/01", "parts/02", "parts/00", "--output", "merged"]);
    assert_same(&folder, "single", "merged", "with codings");
    assert!(folder.text("merged/validation.csv").lines().count() > 50, "the codings correct");
}

#[test]
fn a_task_that_was_tried_again_counts_once_and_other_articles_of_one_id_stop_the_merge() {
    let folder = study(30);
    folder.done(&["run", "study.toml", "--output", "single"]);
    folder.done(&["bundle", "study.toml"]);
    code_parts(&folder, 3);
    folder.done(&["code", "study.plx", "dealt/01.csv", "--output", "parts/01-again"]);
    let all = ["merge", "study.plx", "parts/00", "parts/01", "parts/01-again", "parts/02", "--output", "merged"];
    folder.done(&all);
    assert_same(&folder, "single", "merged", "a part twice");
    assert_eq!(records(&folder, "merged/manifest.json"), records(&folder, "single/manifest.json"));

    // Articles that two files share are kept once, and the counts say so.
    let shared: Vec<String> = folder.text("dealt/01.csv").lines().take(3).map(str::to_owned).collect();
    folder.write("dealt/shared.csv", shared.join("\n") + "\n");
    folder.done(&["code", "study.plx", "dealt/shared.csv", "--output", "parts/shared"]);
    let said =
        folder.done(&["merge", "study.plx", "parts/00", "parts/01", "parts/02", "parts/shared", "--output", "merged"]);
    assert!(said.out.contains("2 with an id used before") || said.out.contains("duplicate"), "{}", said.out);
    for table in ["documents.csv", "codings.csv", "duplicates.csv", "keyness.csv", "prevalence.csv", "comparisons.csv"]
    {
        let [single, merged] = ["single", "merged"].map(|name| folder.text(&format!("{name}/{table}")));
        assert_eq!(single, merged, "{table} of shared articles");
    }

    folder.write("dealt/shared.csv", shared.join("\n").replace("word", "werd") + "\n");
    folder.done(&["code", "study.plx", "dealt/shared.csv", "--output", "parts/shared"]);
    let said = folder.parallax(&["merge", "study.plx", "parts/01", "parts/shared", "--output", "other"]);
    assert_eq!(said.code, Some(2));
    for words in ["is in parts/01 and in parts/shared, and not the same there", "give articles ids of their own"] {
        assert!(said.errors.contains(words), "{}", said.errors);
    }
    assert!(!folder.path().join("other/manifest.json").exists());
}

#[test]
fn what_cannot_be_merged_is_named_with_the_remedy() {
    let folder = study(10);
    folder.done(&["bundle", "study.toml"]);
    code_parts(&folder, 2);
    let refused = |words: &[&str], expected: &str| {
        let said = folder.parallax(words);
        assert_eq!(said.code, Some(2), "{words:?}: {}", said.out);
        assert!(said.errors.contains(expected), "{words:?}: {}", said.errors);
    };
    let merge = ["merge", "study.plx", "parts/00", "parts/01", "--output", "merged"];
    refused(&["merge", "study.plx", "parts/02", "--output", "merged"], "parts/02: no coded part there");
    refused(&["merge", "study.plx", "parts/00", "--expect", "2", "--output", "merged"], "2 parts expected, 1 named");
    let twice = ["merge", "study.plx", "parts/00", "./parts/00", "--expect", "2", "--output", "merged"];
    refused(&twice, "2 parts expected, 1 named");
    refused(&["merge", "articles.csv", "parts/00"], "articles.csv: not a bundle");
    refused(&["code", "study.plx", "--output", "parts/09"], "name the files of the part");
    refused(&["code", "study.plx", "dealt/00.csv"], "name the folder of the part");
    refused(&["code", "study.toml", "dealt/00.csv"], "for a part of it make a bundle");
    refused(
        &["code", "study.plx", "dealt/00.csv", "--output", "parts/09", "--like", "article.csv"],
        "did you mean \"articles.csv\"",
    );
    let documents = folder.path().join("parts/01/documents.jsonl.gz");
    let bytes = std::fs::read(&documents).unwrap();
    std::fs::write(&documents, &bytes[..bytes.len() - 1]).unwrap();
    refused(&merge, "missing or changed since the part was coded");
    std::fs::write(&documents, bytes).unwrap();
    folder.done(&merge);
    folder.append("codebook.toml", "# another\n");
    folder.done(&["bundle", "study.toml"]);
    refused(&merge, "parts/00: coded with another bundle than study.plx");
    // A part of which nothing is kept is a part all the same.
    folder.write("dealt/02.csv", "id,outlet,date,title,text,desk\nx,,,,,\n");
    let said = folder.done(&["code", "study.plx", "dealt/02.csv", "--output", "parts/02"]);
    assert!(said.out.contains("1 record read = 0 kept + 1 excluded"), "{}", said.out);
}

#[cfg(not(feature = "arrow"))]
#[test]
fn a_program_without_arrow_says_where_there_is_one() {
    let folder = study(2);
    let said = folder.parallax(&["code", "study.plx", "--arrow"]);
    assert!(said.code == Some(2) && said.errors.contains("--features arrow"), "{}", said.errors);
}
