//! Parses study files, right and wrong.

use std::collections::BTreeMap;

use jiff::civil::date;
use parallax::{
    model::{
        AtLeast, ColumnTest, CompareSettings, CopyRule, CorpusSettings, FileFormat, FrameGroup, KeynessSettings,
        LeastHits, Literal, Mark, Period, Relation, RestRule, ScorerKind, StanceFilter, Study, Subset, SubsetCondition,
        TableFormat, TextEncoding, Unit, VoiceFilter, Weight,
    },
    study::parse,
};

const FULL: &str = r#"
title    = "The harbour strike"
seed     = 20220203
codebook = "codebook.toml"
codings  = "hand-codings.csv"
labels   = ["llm-1.csv", "llm-2.csv"]
scorer   = "rules"
output   = "out"
tables = ["csv", "parquet"]
zeros = false
notebooks = "analysis"
date_format = "%d.%m.%Y"

[[corpus]]
path = "articles/*.csv"
format = "csv"
encoding = "cp1251"
rename = { "Yard times" = "Yard Times" }
strip_html = true
drop_repeated_title = true
columns = { outlet = "source", date = "published" }
set     = { language = "en", wave = 2, on = 2022-01-26 }

[[corpus]]
path = "more.jsonl"
date_format = "%Y-%m"
where = "wave == 2"
from = 2022-01-26
to = "2022-02-24"

[compare]
by        = "side"
period    = "week"
voice     = "own"
unit      = "document"
at_least  = { threat = 2, hope = 0.1 }
contrasts = [["threat", "hope"]]
period_pairs    = true
least_documents = 10
interruptions = ["2022-01-26", 2022-02-24]
copies = "one"
rest = "equal"
weight = "sentence"
within = "wave"

[groups]
"state media" = ["RT", "TASS"]

[[frame_group]]
id = "mood"
frames = ["threat", "hope"]

[regression]
on = ["outlet", "section", "date"]

[keyness]
least_documents = 8
subsets = { war = "wave > 1", peace = "wave == 1", all = "title contains 'a'" }
pairs = [["war", "peace"]]
reference = "words.csv"

[[mark]]
date  = "2023-05-02"
label = "The vote"

[[mark]]
date  = 2023-06-01
label = "The strike"
"#;

fn test(column: &str, relation: Relation, value: Literal) -> SubsetCondition {
    SubsetCondition::Column(ColumnTest { column: column.to_owned(), relation, values: vec![value] })
}

/// A subset that `[keyness]` names.
fn asked(name: &str, written: &str, condition: SubsetCondition) -> (String, Subset) {
    (name.to_owned(), Subset { condition: Some(condition), written: written.to_owned(), ..Subset::default() })
}

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn every_key_is_read() {
    let expected = Study {
        scorer: ScorerKind::Rules,
        scorer_file: None,
        vectors: None,
        title: "The harbour strike".to_owned(),
        seed: 20_220_203,
        codebook: "codebook.toml".to_owned(),
        codings: vec!["hand-codings.csv".to_owned()],
        labels: vec!["llm-1.csv".to_owned(), "llm-2.csv".to_owned()],
        output: "out".to_owned(),
        tables: vec![TableFormat::Csv, TableFormat::Parquet],
        zeros: false,
        notebooks: Some("analysis".to_owned()),
        corpus: vec![
            CorpusSettings {
                path: "articles/*.csv".to_owned(),
                columns: texts(&[("outlet", "source"), ("date", "published")]),
                set: texts(&[("language", "en"), ("wave", "2"), ("on", "2022-01-26")]),
                date_format: vec!["%d.%m.%Y".to_owned()],
                format: Some(FileFormat::Csv),
                encoding: TextEncoding::Named("windows-1251".to_owned()),
                rename: texts(&[("Yard times", "Yard Times")]),
                strip_html: true,
                drop_repeated_title: true,
                subset: Subset::default(),
            },
            CorpusSettings {
                path: "more.jsonl".to_owned(),
                date_format: vec!["%Y-%m".to_owned()],
                subset: Subset {
                    condition: Some(SubsetCondition::Column(ColumnTest {
                        column: "wave".to_owned(),
                        relation: Relation::Equal,
                        values: vec![Literal::Number(2.0)],
                    })),
                    written: "wave == 2".to_owned(),
                    from: Some(date(2022, 1, 26)),
                    to: Some(date(2022, 2, 24)),
                },
                ..CorpusSettings::default()
            },
        ],
        compare: CompareSettings {
            by: "side".to_owned(),
            period: Some(Period::Week),
            voice: VoiceFilter::Own,
            stance: StanceFilter::All,
            unit: Unit::Document,
            at_least: AtLeast {
                all: None,
                frames: BTreeMap::from([
                    ("threat".to_owned(), LeastHits::Sentences(2)),
                    ("hope".to_owned(), LeastHits::Share(100_000)),
                ]),
            },
            contrasts: vec![("threat".to_owned(), "hope".to_owned())],
            period_pairs: true,
            least_documents: 10,
            interruptions: vec![date(2022, 1, 26), date(2022, 2, 24)],
            copies: CopyRule::One,
            rest: RestRule::Equal,
            weight: Weight::Sentence,
            within: Some("wave".to_owned()),
            groups: BTreeMap::from([("state media".to_owned(), vec!["RT".to_owned(), "TASS".to_owned()])]),
            frame_groups: vec![FrameGroup {
                id: "mood".to_owned(),
                frames: vec!["threat".to_owned(), "hope".to_owned()],
            }],
            regress_on: vec!["outlet".to_owned(), "section".to_owned(), "date".to_owned()],
        },
        keyness: KeynessSettings {
            least_documents: 8,
            subsets: BTreeMap::from([
                asked("all", "title contains 'a'", test("title", Relation::Contains, Literal::Text("a".to_owned()))),
                asked("peace", "wave == 1", test("wave", Relation::Equal, Literal::Number(1.0))),
                asked("war", "wave > 1", test("wave", Relation::Greater, Literal::Number(1.0))),
            ]),
            pairs: vec![("war".to_owned(), "peace".to_owned())],
            reference: Some("words.csv".to_owned()),
        },
        marks: vec![
            Mark { date: date(2023, 5, 2), label: "The vote".to_owned() },
            Mark { date: date(2023, 6, 1), label: "The strike".to_owned() },
        ],
    };
    assert_eq!(parse(FULL, "study.toml").unwrap(), expected);
}

const LEAST: &str = "codebook = \"c.toml\"\n[[corpus]]\npath = \"a.csv\"\n";

#[test]
fn what_is_not_said_has_a_default() {
    let study = parse(LEAST, "studies/strike.toml").unwrap();
    assert_eq!((&study.title[..], study.seed, &study.output[..], study.codings), ("strike", 1, "results", vec![]));
    assert_eq!(study.corpus, [CorpusSettings { path: "a.csv".to_owned(), ..CorpusSettings::default() }]);
    assert_eq!(study.compare, CompareSettings::default());
}

#[test]
fn labels_code_unless_another_scorer_is_asked_for() {
    for (said, expected) in [
        ("labels = \"llm.csv\"", Ok(ScorerKind::Labels)),
        ("labels = \"llm.csv\"\nscorer = \"labels\"", Ok(ScorerKind::Labels)),
        ("labels = \"llm.csv\"\nscorer = \"rules\"", Ok(ScorerKind::Rules)),
        ("labels = \"llm.csv\"\ncodings = \"anna.csv\"", Ok(ScorerKind::Labels)),
        ("scorer = \"scorer.json\"", Ok(ScorerKind::File)),
        ("scorer = \"learnt/of-2022.JSON\"\ncodings = \"anna.csv\"\nvectors = \"vectors.plv\"", Ok(ScorerKind::File)),
        ("labels = \"llm.csv\"\nscorer = \"scorer.json\"", Ok(ScorerKind::File)),
        ("scorer = \"scorer.jsonl\"", Err("scorer.jsonl")),
        ("scorer = \"labels\"", Err("expected the file that they are in beside it: labels = \"llm.csv\"")),
    ] {
        let study = parse(&format!("{said}\n{LEAST}"), "study.toml");
        match (study, expected) {
            (Ok(study), Ok(expected)) => assert_eq!(study.scorer, expected, "{said}"),
            (Err(error), Err(expected)) => assert!(error.to_string().contains(expected), "{said}: {error}"),
            (found, _) => panic!("{said}: {found:?}"),
        }
    }
}

#[test]
fn periods_are_words_or_cut_dates() {
    let cuts = Period::Cuts(vec![date(2022, 1, 26), date(2022, 2, 24)]);
    for (written, expected) in [
        ("\"day\"", Period::Day),
        ("\"week\"", Period::Week),
        ("\"month\"", Period::Month),
        ("\"quarter\"", Period::Quarter),
        ("\"year\"", Period::Year),
        ("[\"2022-01-26\", \"2022-02-24\"]", cuts.clone()),
        ("[2022-01-26, 2022-02-24]", cuts),
    ] {
        let study = parse(&format!("{LEAST}[compare]\nperiod = {written}\n"), "study.toml");
        assert_eq!(study.map(|study| study.compare.period), Ok(Some(expected)), "{written}");
    }
}

#[test]
fn mistakes_are_named_with_their_line_and_the_remedy() {
    let cases = include_str!("study_file/mistakes.txt").split("\n== ").skip(1);
    for case in cases {
        let (place, rest) = case.split_once('\n').unwrap();
        let (lines, expected) = rest.split_once("\n>> ").unwrap();
        let start = match place {
            "the whole file" => "",
            "[[corpus]]" => "codebook = \"c.toml\"\n[[corpus]]\n",
            "a table of its own" => LEAST,
            "[compare]" => "codebook = \"c.toml\"\n[[corpus]]\npath = \"a.csv\"\n[compare]\n",
            other => panic!("{other}: no such place"),
        };
        let error = parse(&[start, lines].concat(), "study.toml").unwrap_err();
        let line = format!("{}:{}: {}", error.file, error.line, error.message);
        assert!(line.starts_with(expected.trim_end()), "{lines}:\n{line}\n{expected}");
    }
}

#[test]
fn syntax_errors_have_a_caret_under_the_place() {
    for (text, expected) in [
        ("title = \"ü\" oops\n", "study.toml:1:13: "),
        ("title = \"x\"\nseed = \n", "study.toml:2:8: "),
        ("codebook = \"c\"\n\tseed = = 1\n", "study.toml:2:"),
        ("title = \"x\"\ntitle = \"y\"\n", "study.toml:2:1: "),
        ("title = \"x", "study.toml:1:"),
        ("[compare\n", "study.toml:1:"),
    ] {
        let error = parse(text, "study.toml").unwrap_err().to_string();
        let lines: Vec<&str> = error.lines().collect();
        assert!(lines[0].starts_with(expected), "{error}");
        assert_eq!(lines.len(), 3, "{error}");
        assert!(lines[2].ends_with('^'), "{error}");
    }
}
