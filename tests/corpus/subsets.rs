//! Records that a study is not about.

use parallax::corpus::Needs;
use parallax::model::{CorpusSettings, Excluded, Exclusion};
use parallax::study;

use crate::{folder, needs, read_all, summary};

const ARTICLES: &str = "id,outlet,date,section,words,title\n\
    1,A,2022-01-01,World,300,One\n\
    2,A,2022-01-26,Sport,400,Two\n\
    3,B,2022-02-24,World,,Three\n\
    4,C,,World,500,Four\n\
    5,B,2022-02-01,World,many,Five\n\
    6,B,31.31.2022,Sport,90,Six\n\
    7,B,2022-02-02,World,350,\n";

/// The settings of a study with these lines in its `[[corpus]]` table.
fn settings(lines: &str) -> Vec<CorpusSettings> {
    let text = format!("codebook = \"c.toml\"\n[[corpus]]\npath = \"a.csv\"\n{lines}\n");
    study::parse(&text, "study.toml").unwrap_or_else(|error| panic!("{lines}: {error}")).corpus
}

/// The ids of the documents kept, then the reasons of the others.
fn kept(lines: &str) -> String {
    let folder = folder(&[("a.csv", ARTICLES.as_bytes())]);
    match read_all(folder.path(), &settings(lines), needs(false)) {
        Err(error) => error,
        Ok(all) => {
            let documents = all.documents.iter().map(|document| document.id.clone());
            let excluded = all.excluded.iter().map(|row| match row.reason {
                Exclusion::OutsideSubset => format!("-{}", row.origin.record),
                reason => format!("{}:{}", row.origin.record, reason.as_str()),
            });
            documents.chain(excluded).collect::<Vec<_>>().join(" ")
        }
    }
}

#[test]
fn a_subset_keeps_what_the_study_is_about() {
    for (lines, expected) in [
        ("where = \"section == 'World'\"", "1 3 4 5 -2 -6 7:missing-text"),
        ("where = \"outlet in ('A', 'C') and section != 'Sport'\"", "1 4 -2 -3 -5 -6 -7"),
        ("where = \"words >= 350 and section == 'World'\"", "4 -1 -2 -3 5:bad-value -6 7:missing-text"),
        ("where = \"section == 'World' and words >= 350\"", "4 -1 -2 -3 5:bad-value -6 7:missing-text"),
        ("where = \"section == 'Sport' or words == ''\"", "2 3 6 -1 -4 -5 -7"),
        ("where = \"date >= 2022-02-01\"", "3 5 -1 -2 -4 6:bad-date 7:missing-text"),
        ("where = \"title contains 'O' and not section startswith 'sp'\"", "1 4 -2 -3 -5 -6 -7"),
        ("from = 2022-01-26\nto = \"2022-02-24\"", "2 3 5 -1 4:missing-date 6:bad-date 7:missing-text"),
        ("from = 2022-01-26\nwhere = \"section == 'World'\"", "3 5 -1 -2 4:missing-date 6:bad-date 7:missing-text"),
        ("set = { desk = \"x\" }\nwhere = \"desk == 'x' and outlet == 'A'\"", "1 2 -3 -4 -5 -6 -7"),
        (
            "columns = { desk = \"section\" }\nrename = { A = \"Alfa\" }\nwhere = \"desk == 'World' and outlet == 'Alfa'\"",
            "1 -2 -3 -4 -5 -6 -7",
        ),
    ] {
        assert_eq!(kept(lines), expected, "{lines}");
    }
}

#[test]
fn a_column_that_a_file_lacks_names_the_nearest() {
    let message = kept("where = \"sectoin == 'World'\"");
    assert_eq!(
        message,
        "a.csv: no column \"sectoin\", which \"where\" asks of; did you mean \"section\"? its columns are date, id, outlet, \
         section, title, words"
    );
    let message = kept("columns = { desk = \"section\" }\nwhere = \"section == 'World'\"");
    assert_eq!(message, "a.csv: \"where\" asks of \"section\", which \"columns\" calls desk; write desk");
    let folder = folder(&[("a.csv", b"id,outlet,title\n1,A,One\n")]);
    let (_, message) = summary(&read_all(folder.path(), &settings("from = 2022-01-01"), needs(false)));
    assert!(message.contains("no column \"date\"") && message.contains("leave \"from\" and \"to\" out"), "{message}");
}

#[test]
fn a_record_without_a_readable_date_is_kept_where_nothing_asks_for_one() {
    let folder = folder(&[("a.csv", ARTICLES.as_bytes())]);
    let asked = Needs { columns: vec!["date".to_owned()], ..needs(false) };
    for (needs, expected) in [(needs(false), &[][..]), (asked, &[6]), (needs(true), &[4, 6])] {
        let all = read_all(folder.path(), &settings(""), needs).unwrap();
        let undated = |row: &&Excluded| [Exclusion::BadDate, Exclusion::MissingDate].contains(&row.reason);
        let left_out: Vec<u64> = all.excluded.iter().filter(undated).map(|row| row.origin.record).collect();
        assert_eq!(left_out, expected);
        let told =
            "1 record kept without a date, as it cannot be read and the study asks for none; record 6: \"31.31.2022\"";
        assert_eq!(all.files[0].notes.iter().any(|note| note.starts_with(told)), expected.is_empty());
    }
}
