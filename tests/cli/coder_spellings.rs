//! Values, names and files of codings as hands and tools of many kinds write them: the same agreement as with 1 and 0.

use crate::folder::Folder;

const HEAD: &str = "document,sentence,loss\n";

/// A name, pairs of cells, and a number of units.
type CellCase = (&'static str, &'static [(&'static str, &'static str)], usize);

/// Cells of one coder, and what another coded there with 1, 0 or nothing; units that both coded, all alike.
const CELLS: &[CellCase] = &[
    ("codes of SPSS", &[("1", "1"), ("0", "0"), ("-9", "1"), ("99", "0")], 2),
    ("ticks and crosses", &[("✓", "1"), ("✔\u{fe0f}", "1"), ("✗", "0"), ("❌", "0")], 4),
    ("Spanish", &[("Sí", "1"), ("No", "0"), ("VERDADERO", "1"), ("FALSO", "0")], 4),
    ("Polish, Ukrainian", &[("PRAWDA", "1"), ("FAŁSZ", "0"), ("так", "1"), ("ні", "0")], 4),
    ("Dutch, Portuguese", &[("WAAR", "1"), ("ONWAAR", "0"), ("sim", "1"), ("não", "0")], 4),
    ("Czech, Hungarian, Finnish", &[("ano", "1"), ("ne", "0"), ("igen", "1"), ("nem", "0"), ("ei", "0")], 5),
    ("what coders write for no answer", &[("1", "1"), ("?", "0"), ("-", "0"), ("n.a.", "0"), ("missing", "0")], 1),
    ("formulas that failed", &[("1", "1"), ("#REF!", "0"), ("#WERT!", "0"), ("#NAME?", "0"), ("0", "0")], 2),
    ("signs nobody sees", &[("\u{a0}1", "1"), ("0\u{200b}", "0")], 2),
    ("full width", &[("１", "1"), ("０", "0")], 2),
    ("scientific", &[("1.00E+00", "1"), ("0.00E+00", "0")], 2),
];

#[test]
fn coders_may_write_yes_no_and_nothing_in_their_own_way() {
    for (name, cells, units) in CELLS {
        let folder = Folder::empty();
        let rows = |of: fn(&(&'static str, &'static str)) -> &'static str| -> String {
            let row = |(number, pair): (usize, &(&'static str, &'static str))| format!("d,{number},{}\n", of(pair));
            HEAD.to_owned() + &cells.iter().enumerate().map(row).collect::<String>()
        };
        folder.write("a.csv", rows(|pair| pair.0)).write("b.csv", rows(|pair| pair.1));
        alike(name, &folder, &["agree", "a.csv", "b.csv"], *units);
    }
}

/// Files of a coder, and how many units of them are as the other coder's `d,1` is 1 and `d,2` is 0.
const FILES: &[(&str, &str, &str, usize)] = &[
    ("Excel's line", "a.csv", "sep=;\ndocument;sentence;loss\nd;1;1\nd;2;0\n", 2),
    ("rows of separators at the end", "a.csv", "document,sentence,loss\nd,1,1\nd,2,0\n,,\n,,\n", 2),
    ("capitals and blanks in the header", "a.csv", "Document, Sentence , Loss\nd,1,1\nd,2,0\n", 2),
    ("Unicode text", "a.txt", "document\tsentence\tloss\nd\t1\t1\nd\t2\t0\n", 2),
    (
        "probabilities in per cent",
        "a.csv",
        "item,document,sentence,inclusion_probability,loss\ns1,d,1,\"66,7%\",1\ns2,d,2,50 %,0\n",
        2,
    ),
    ("remarks beside a frame", "a.csv", "document;sentence;loss;note\nd;1;1,0;gut\nd;2;0,0;\n", 2),
    (
        "Label Studio with tabs",
        "a.tsv",
        "annotation_id\tannotator\tdocument\tsentence\tframes\n1\tann\td\t1\tloss\n2\tann\td\t2\t\n",
        2,
    ),
    (
        "Label Studio, one choice in a list",
        "a.json",
        r#"[{"document":"d","sentence":1,"annotator":1,"annotation_id":1,"frames":["loss"],"lead_time":1},{"document":"d","sentence":2,"annotator":1,"annotation_id":2,"lead_time":1}]"#,
        2,
    ),
    (
        "Label Studio, another name of the choices",
        "a.json",
        r#"[{"data":{"document":"d","sentence":1},"annotations":[{"completed_by":3,"result":[{"from_name":"topic","type":"choices","value":{"choices":["loss"]}}]}]},{"data":{"document":"d","sentence":2},"drafts":[{"result":[{"value":{"choices":["loss"]}}]}],"annotations":[{"completed_by":3,"result":[]}]}]"#,
        2,
    ),
    (
        "doccano, blanks and capitals in a label",
        "a.jsonl",
        "{\"id\":1,\"text\":\"R\",\"document\":\"d\",\"sentence\":1,\"label\":[\"Loss \"]}\n{\"id\":2,\"text\":\"S\",\"document\":\"d\",\"sentence\":2,\"label\":[]}\n",
        2,
    ),
];

#[test]
fn a_file_of_codings_may_come_from_any_tool() {
    for (name, file, text, units) in FILES {
        let folder = Folder::empty();
        folder.write("b.csv", format!("{HEAD}d,1,1\nd,2,0\n")).write(file, text);
        alike(name, &folder, &["agree", file, "b.csv"], *units);
    }
}

#[test]
fn frames_may_be_called_by_what_people_see() {
    let folder = Folder::empty();
    folder.write("study.toml", "codebook = \"codebook.toml\"\n[[corpus]]\npath = \"x.csv\"\n");
    folder.write("codebook.toml", "[[frame]]\nid = \"loss\"\nlabel = \"Great loss\"\n");
    let lines = "{\"id\":1,\"text\":\"R\",\"document\":\"d\",\"sentence\":1,\"label\":[\"Great loss\"]}\n\
        {\"id\":2,\"text\":\"S\",\"document\":\"d\",\"sentence\":2,\"label\":[]}\n";
    folder.write("a.jsonl", lines).write("b.csv", format!("{HEAD}d,1,1\nd,2,0\n"));
    folder.write("c.csv", "document,sentence,great loss\nd,1,1\nd,2,0\n");
    alike("labels", &folder, &["agree", "a.jsonl", "b.csv", "c.csv"], 2);
}

#[test]
fn one_coder_in_two_spellings_is_one() {
    let folder = Folder::empty();
    folder.write("a.csv", "document,sentence,coder,loss\nd,1,Anna,1\nd,2,anna ,0\n");
    folder.write("b.csv", "document,sentence,coder,loss\nd,1,Bo,1\nd,2,Bo,0\n");
    let said = folder.done(&["agree", "a.csv", "b.csv"]);
    assert!(
        said.out.contains("Coders: Anna, Bo") && said.out.contains("\"anna\" is taken for the coder \"Anna\""),
        "{}",
        said.out
    );
    alike("one coder", &folder, &["agree", "a.csv", "b.csv"], 2);
}

#[test]
fn a_coder_who_says_two_things_of_a_unit_is_told() {
    let folder = Folder::empty();
    folder
        .write("a.csv", format!("{HEAD}d,1,1\nd,1,0\nd,2,0\nd,2,0\n"))
        .write("b.csv", format!("{HEAD}d,1,1\nd,2,0\n"));
    let said = folder.done(&["agree", "a.csv", "b.csv"]);
    assert!(said.out.contains("1 time the second says otherwise"), "{}", said.out);
}

#[test]
fn a_column_that_bears_nearly_the_name_of_a_frame_is_named() {
    let folder = Folder::empty();
    folder.write("study.toml", "codebook = \"codebook.toml\"\n[[corpus]]\npath = \"x.csv\"\n");
    folder.write("codebook.toml", "[[frame]]\nid = \"loss\"\n[[frame]]\nid = \"harvest\"\n");
    let head = "document,sentence,loss,harvst\n";
    folder.write("a.csv", format!("{head}d,1,1,1\nd,2,0,0\n")).write("b.csv", format!("{HEAD}d,1,1\nd,2,0\n"));
    let said = folder.done(&["agree", "a.csv", "b.csv"]);
    assert!(said.out.contains("no frame of the codebook: harvst (did you mean harvest?)"), "{}", said.out);
}

#[test]
fn what_cannot_be_joined_is_told_with_its_first_record() {
    let folder = Folder::empty();
    folder.write("a.csv", "document,sentence,loss\nd,one,1\n").write("b.csv", format!("{HEAD}d,1,1\n"));
    let said = folder.parallax(&["agree", "a.csv", "b.csv"]);
    assert!(
        said.errors.contains("1 coding left out, the first in a.csv, record 1: sentence is \"one\""),
        "{}",
        said.errors
    );
}

/// Both coders agree in all of the units that both coded.
fn alike(name: &str, folder: &Folder, words: &[&str], units: usize) {
    let said = folder.done(words);
    let rows = folder.rows("agreement/agreement.csv");
    let found = rows.iter().find(|row| row["scope"] == "all" && row["frame"].eq_ignore_ascii_case("loss"));
    let found = found.map(|row| (row["units"].clone(), row["percent_agreement"].clone()));
    assert_eq!(found, Some((units.to_string(), "1.000000".to_owned())), "{name}: {}", said.out);
}
