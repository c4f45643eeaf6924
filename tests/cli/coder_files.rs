//! Codings as people's tools give them back: every spelling of a value, every export, the same figures.

use crate::folder::Folder;

/// What `agree` is to find of a frame: units, share of agreement.
type Found = (&'static str, &'static str, &'static str);

/// Files, and what is right.
struct Case {
    name: &'static str,
    files: &'static [(&'static str, &'static str)],
    /// Rows of agreement.csv for all coders.
    found: &'static [Found],
    /// What is said.
    says: &'static [&'static str],
}

/// Compares the files of every case in a folder of their own.
fn check(cases: &[Case]) {
    for Case { name, files, found, says } in cases {
        let folder = Folder::empty();
        for (file, text) in *files {
            folder.write(file, text);
        }
        let coded = files.iter().map(|(file, _)| *file).filter(|file| !file.contains("key") && !file.ends_with("toml"));
        let words: Vec<&str> = ["agree"].into_iter().chain(coded).collect();
        let said = folder.parallax(&words);
        assert_eq!(said.code, Some(0), "{name}: {}", said.errors);
        for part in *says {
            assert!(said.out.contains(part), "{name}: no {part:?} in {}", said.out);
        }
        let rows = folder.rows("agreement/agreement.csv");
        let all = rows.iter().filter(|row| row["scope"] == "all" && row["frame"] != "(all)");
        let all: Vec<[&str; 3]> =
            all.map(|row| ["frame", "units", "percent_agreement"].map(|column| &row[column][..])).collect();
        let expected: Vec<[&str; 3]> = found.iter().map(|(frame, units, share)| [*frame, *units, *share]).collect();
        assert_eq!(all, expected, "{name}: {}", said.out);
    }
}

const HEAD: &str = "document,sentence,frame,value,coder\n";

#[test]
fn a_value_that_is_missing_is_no_value_however_it_is_marked() {
    for mark in
        ["", " ", "NA", "N/A", "#N/A", "#NV", "NaN", "nan", "None", "NULL", "null", ".", "<NA>", "\"\"", "\"NA\""]
    {
        let folder = Folder::empty();
        let rows = format!("d,1,f,1,a\nd,1,f,1,b\nd,2,f,0,a\nd,2,f,{mark},b\nd,3,f,{mark},a\nd,3,f,{mark},b\n");
        folder.write("c.csv", HEAD.to_owned() + &rows);
        let said = folder.done(&["agree", "c.csv"]);
        let row = &folder.rows("agreement/agreement.csv")[0];
        assert_eq!((&row["units"][..], &row["percent_agreement"][..]), ("1", "1.000000"), "{mark:?}");
        assert!(said.out.contains("3 of 6 cells not coded"), "{mark:?}: {}", said.out);
    }
}

#[test]
fn one_value_is_one_value_however_it_is_spelt() {
    for (one, other) in [
        ("1", "1.0"),
        ("1", "\"1,0\""),
        ("1", "TRUE"),
        ("yes", "1"),
        ("Ja", "x"),
        ("WAHR", "1"),
        ("VRAI", "oui"),
        ("0", "FALSE"),
        ("0", "Nein"),
        ("no", "0.00"),
        ("F", "falsch"),
        (" 1", "1 "),
        ("ИСТИНА", "да"),
    ] {
        let folder = Folder::empty();
        folder.write(
            "c.csv",
            format!("{HEAD}d,1,f,{one},a\nd,1,f,{other},b\nd,2,f,1,a\nd,2,f,1,b\nd,3,f,0,a\nd,3,f,0,b\n"),
        );
        folder.done(&["agree", "c.csv"]);
        let row = &folder.rows("agreement/agreement.csv")[0];
        assert_eq!((&row["units"][..], &row["alpha_nominal"][..]), ("3", "1.000000"), "{one:?} and {other:?}");
    }
}

#[test]
fn values_of_another_kind_are_compared_as_they_are() {
    check(&[
        Case {
            name: "words",
            files: &[(
                "c.csv",
                "document,sentence,frame,value,coder\nd,1,tone,calm,a\nd,1,tone,calm,b\nd,2,tone,none,a\nd,2,tone,shrill,b\n",
            )],
            found: &[("tone", "2", "0.500000")],
            says: &["Frames: tone"],
        },
        Case {
            name: "numbers with a decimal comma are numbers, and 1 is no yes among them",
            files: &[
                ("a.csv", "document,sentence,heat\nd,1,\"2,5\"\nd,2,1\nd,3,3\n"),
                ("b.csv", "document,sentence,heat\nd,1,2.5\nd,2,1.0\nd,3,4\n"),
            ],
            found: &[("heat", "3", "0.666667")],
            says: &["Coders: a, b"],
        },
    ]);
}

#[test]
fn columns_that_are_no_frame_are_not_taken_for_one() {
    check(&[
        Case {
            name: "of a sample, with remarks",
            files: &[
                (
                    "a.csv",
                    "item,document,sentence,stratum,inclusion_probability,text,coder,loss,note\ns1,d,1,A,0.5,Rain.,a,1,sure\ns2,d,2,A,0.5,Sun.,a,0,\n",
                ),
                (
                    "b.csv",
                    "item,document,sentence,stratum,inclusion_probability,text,coder,loss,note\ns1,d,1,A,0.5,Rain.,b,1,why\ns2,d,2,A,0.5,Sun.,b,1,why\n",
                ),
            ],
            found: &[("loss", "2", "0.500000")],
            says: &["Frames: loss"],
        },
        Case {
            name: "row numbers of pandas, a remark that is different everywhere",
            files: &[
                (
                    "a.csv",
                    "Unnamed: 0,document,sentence,loss,why\n0,d,1,1,q\n1,d,2,0,w\n2,d,3,1,e\n3,d,4,0,r\n4,d,5,1,t\n5,d,6,0,y\n6,d,7,1,u\n7,d,8,0,i\n",
                ),
                ("b.csv", "Unnamed: 0,document,sentence,loss\n0,d,1,1\n1,d,2,0\n2,d,3,1\n3,d,4,1\n"),
            ],
            found: &[("loss", "4", "0.750000")],
            says: &["every value is another (else name them with --label): why"],
        },
        Case {
            name: "what the study in the folder calls frames",
            files: &[
                ("study.toml", "codebook = \"codebook.toml\"\n[[corpus]]\npath = \"x.csv\"\n"),
                ("codebook.toml", "[[frame]]\nid = \"loss\"\n"),
                ("a.csv", "document,sentence,Loss,mood\nd,1,1,9\nd,2,0,8\n"),
                ("b.csv", "document,sentence,loss,mood\nd,1,1,1\nd,2,0,2\n"),
            ],
            found: &[("loss", "2", "1.000000")],
            says: &["Frames: loss\n"],
        },
        Case {
            name: "a study that the files are not about",
            files: &[
                ("study.toml", "codebook = \"codebook.toml\"\n[[corpus]]\npath = \"x.csv\"\n"),
                ("codebook.toml", "[[frame]]\nid = \"aid\"\n"),
                ("a.csv", "document,sentence,loss\nd,1,1\n"),
                ("b.csv", "document,sentence,loss\nd,1,1\n"),
            ],
            found: &[("loss", "1", "1.000000")],
            says: &["no frame of study.toml here is in the files"],
        },
    ]);
}

const EXPORTS: &[Case] = &[
    Case {
        name: "Label Studio, CSV: a word, several, none",
        files: &[
            (
                "a.csv",
                "annotation_id,annotator,document,sentence,frames,id,lead_time\n1,ann,d,1,loss,1,2.5\n2,ann,d,2,\"{\"\"choices\"\":[\"\"aid\"\",\"\"loss\"\"]}\",2,2.6\n3,ann,d,3,,3,2.7\n",
            ),
            (
                "b.csv",
                "annotation_id,annotator,document,sentence,frames,id,lead_time\n1,bob,d,1,loss,1,9.5\n2,bob,d,2,\"{\"\"choices\"\":[\"\"loss\"\",\"\"aid\"\"]}\",2,9.6\n3,bob,d,3,aid,3,9.7\n",
            ),
        ],
        found: &[("loss", "3", "1.000000"), ("aid", "3", "0.666667")],
        says: &["Coders: ann, bob", "a.csv: 1 unit has no label, which is 0 for every frame"],
    },
    Case {
        name: "Label Studio, CSV, every user the first of his own installation",
        files: &[
            ("kim.csv", "annotation_id,annotator,document,sentence,frames,lead_time\n1,1,d,1,loss,2.5\n2,1,d,2,,2.6\n"),
            (
                "lee.csv",
                "annotation_id,annotator,document,sentence,frames,lead_time\n1,1,d,1,loss,9.5\n2,1,d,2,loss,9.6\n",
            ),
        ],
        found: &[("loss", "2", "0.500000")],
        says: &["Coders: kim, lee"],
    },
    Case {
        name: "Label Studio, CSV, two annotators in one file",
        files: &[(
            "both.csv",
            "annotation_id,annotator,document,sentence,frames,lead_time\n1,1,d,1,loss,2.5\n2,2,d,1,loss,2.6\n3,2,d,2,,2\n4,1,d,2,,2\n",
        )],
        found: &[("loss", "2", "1.000000")],
        says: &["Coders: 1, 2"],
    },
    Case {
        name: "Label Studio, JSON-MIN, joined by the key of a blinded sample",
        files: &[
            ("sample-key.csv", "item,document,sentence,inclusion_probability\ns1,d,1,0.5\ns2,d,2,0.25\n"),
            (
                "a.json",
                r#"[{"item":"s1","text":"Rain.","annotation_id":1,"annotator":"ann","frames":"loss","lead_time":1},{"item":"s2","text":"Sun.","annotation_id":2,"annotator":"ann","lead_time":1}]"#,
            ),
            ("b.csv", "document,sentence,loss\nd,1,1\nd,2,0\n"),
        ],
        found: &[("loss", "2", "1.000000")],
        says: &["Coders: ann, b"],
    },
    Case {
        name: "Label Studio, JSON, an annotation skipped, predictions not counted",
        files: &[(
            "all.json",
            r#"[{"id":1,"data":{"item":"s1","document":"d","sentence":1,"text":"Rain."},"annotations":[{"completed_by":{"id":4,"email":"ann@x.org"},"result":[{"from_name":"frames","type":"choices","value":{"choices":["loss","aid"]}}]},{"completed_by":{"id":5,"email":"bob@x.org"},"result":[{"from_name":"frames","type":"choices","value":{"choices":["loss"]}}]}],"predictions":[{"result":[]}]},{"id":2,"data":{"item":"s2","document":"d","sentence":2,"text":"Sun."},"annotations":[{"completed_by":{"id":4,"email":"ann@x.org"},"result":[]},{"completed_by":{"id":5,"email":"bob@x.org"},"was_cancelled":true,"result":[]}]}]"#,
        )],
        found: &[("loss", "1", "1.000000"), ("aid", "1", "0.000000")],
        says: &["Coders: ann@x.org, bob@x.org"],
    },
    Case {
        name: "doccano, JSONL, in any order of labels",
        files: &[
            (
                "ann.jsonl",
                concat!(
                    "{\"id\":1,",
                    r#""text":"Rain.","item":"s1","document":"d","sentence":1"#,
                    ",\"label\":[\"aid\",\"loss\"],\"Comments\":[]}\n"
                ),
            ),
            (
                "bob.jsonl",
                concat!(
                    "{\"id\":1,",
                    r#""text":"Rain.","item":"s1","document":"d","sentence":1"#,
                    ",\"label\":[\"loss\",\"aid\"],\"Comments\":[]}\n"
                ),
            ),
        ],
        found: &[("aid", "1", "1.000000"), ("loss", "1", "1.000000")],
        says: &["Coders: ann, bob"],
    },
    Case {
        name: "doccano, CSV, labels joined by #",
        files: &[
            ("ann.csv", "id,text,label,item,document,sentence,Comments\n1,Rain.,aid#loss,s1,d,1,\n2,Sun.,,s2,d,2,\n"),
            ("bob.csv", "id,text,label,item,document,sentence,Comments\n1,Rain.,loss,s1,d,1,\n2,Sun.,,s2,d,2,\n"),
        ],
        found: &[("aid", "2", "0.500000"), ("loss", "2", "1.000000")],
        says: &["ann.csv: 1 unit has no label"],
    },
    Case {
        name: "doccano, an older version that keeps the key in meta",
        files: &[
            (
                "ann.jsonl",
                "{\"id\":1,\"text\":\"Rain.\",\"labels\":[\"loss\"],\"meta\":{\"item\":\"s1\",\"document\":\"d\",\"sentence\":1}}\n",
            ),
            (
                "bob.jsonl",
                "{\"id\":7,\"text\":\"Rain.\",\"labels\":[\"loss\"],\"meta\":{\"item\":\"s1\",\"document\":\"d\",\"sentence\":1}}\n",
            ),
        ],
        found: &[("loss", "1", "1.000000")],
        says: &["Frames: loss"],
    },
    Case {
        name: "Prodigy, one by choice and one label by label; what is ignored is not coded",
        files: &[
            (
                "ann.jsonl",
                concat!(
                    r#"{"text":"Rain.","document":"d","sentence":1,"_input_hash":1,"_task_hash":2,"#,
                    r#""options":[{"id":"loss","text":"Loss"},{"id":"aid","text":"Aid"}],"accept":["loss"],"#,
                    "\"answer\":\"accept\",\"_annotator_id\":\"2024-03-01_10-20-30\"}\n",
                    r#"{"text":"Sun.","document":"d","sentence":2,"_input_hash":3,"_task_hash":4,"#,
                    r#""options":[{"id":"loss","text":"Loss"},{"id":"aid","text":"Aid"}],"accept":[],"#,
                    "\"answer\":\"ignore\",\"_annotator_id\":\"2024-03-01_10-20-30\"}\n",
                ),
            ),
            (
                "more.jsonl",
                concat!(
                    r#"{"text":"Rain.","label":"loss","meta":{"document":"d","sentence":1},"_input_hash":1,"#,
                    "\"_task_hash\":5,\"answer\":\"accept\",\"_session_id\":\"crisis-bob\"}\n",
                    r#"{"text":"Rain.","label":"aid","meta":{"document":"d","sentence":1},"_input_hash":1,"#,
                    "\"_task_hash\":6,\"answer\":\"reject\",\"_session_id\":\"crisis-bob\"}\n",
                ),
            ),
        ],
        found: &[("loss", "1", "1.000000"), ("aid", "1", "1.000000")],
        says: &["Coders: ann, crisis-bob", "ann.jsonl: 1 of 2 tasks ignored"],
    },
    Case {
        name: "one road each",
        files: &[
            (
                "ann.json",
                r#"[{"document":"d","sentence":1,"annotation_id":1,"annotator":"ann","frames":{"choices":["loss","aid"]},"lead_time":1}]"#,
            ),
            ("bob.jsonl", "{\"id\":1,\"text\":\"Rain.\",\"document\":\"d\",\"sentence\":1,\"label\":[\"loss\"]}\n"),
            ("eve.csv", "document;sentence;loss;aid\nd;1;1;0\n"),
        ],
        found: &[("loss", "1", "1.000000"), ("aid", "1", "0.333333")],
        says: &["Coders: ann, bob, eve"],
    },
];

#[test]
fn exports_of_annotation_tools_are_codings_of_the_tasks() {
    check(EXPORTS);
}

const SPREADSHEETS: &[Case] = &[
    Case {
        name: "zeros lost in one of two files",
        files: &[
            ("a.csv", "document,sentence,loss\n0001,1,1\n0002,1,0\n"),
            ("b.csv", "document;sentence;loss\n1;1;1\n2;1;0\n"),
        ],
        found: &[("loss", "2", "1.000000")],
        says: &["ids spelt as numbers in one file are those of the other"],
    },
    Case {
        name: "ids and sentences with decimals",
        files: &[
            ("a.csv", "document,sentence,loss\n12,1,1\n13,2,0\n"),
            ("b.csv", "document,sentence,loss\n12.0,1.0,1\n13.0,2.0,0\n"),
        ],
        found: &[("loss", "2", "1.000000")],
        says: &["sentence numbers with a decimal: 2"],
    },
    Case {
        name: "ids that differ in zeros in one file stay apart",
        files: &[("c.csv", "document,sentence,frame,value,coder\n01,1,f,1,a\n1,1,f,0,a\n01,1,f,1,b\n1,1,f,0,b\n")],
        found: &[("f", "2", "1.000000")],
        says: &["0 disagreements"],
    },
    Case {
        name: "a key beside a sheet says what the spreadsheet lost",
        files: &[
            ("sample-key.csv", "item,document,sentence,inclusion_probability\ns1,0001,1,0.666666667\ns2,0002,1,0.5\n"),
            (
                "a.csv",
                "item;document;sentence;inclusion_probability;text;coder;loss\ns1;1;1;666666667;Rain.;a;1\ns2;2;1;0,5;Sun.;a;0\n",
            ),
            (
                "b.csv",
                "item,document,sentence,inclusion_probability,text,coder,loss\ns1,0001,1,0.666666667,Rain.,b,1\ns2,0002,1,0.5,Sun.,b,0\n",
            ),
        ],
        found: &[("loss", "2", "1.000000")],
        says: &["Coders: a, b"],
    },
    Case {
        name: "an item column that was sorted alone",
        files: &[
            ("sample-key.csv", "item,document,sentence,inclusion_probability\ns1,d1,1,0.5\ns2,d2,1,0.5\ns3,d3,1,0.5\n"),
            ("a.csv", "item,document,sentence,loss\ns2,d1,1,1\ns1,d2,1,0\ns3,d3,1,0\n"),
            ("b.csv", "item,document,sentence,loss\ns1,d1,1,1\ns2,d2,1,0\ns3,d3,1,0\n"),
        ],
        found: &[("loss", "1", "1.000000")],
        says: &["2 codings left out", "was a column sorted alone?"],
    },
    Case {
        name: "other words under the same number",
        files: &[
            ("a.csv", "document,sentence,text,loss\nd,1,Rain fell on the wheat.,1\nd,2,Larks sang.,0\n"),
            (
                "b.csv",
                "document,sentence,text,loss\nd,1,\"\u{201c}Rain\u{201d} fell on the wheat.\",1\nd,2,Nobody came to see it.,1\n",
            ),
        ],
        found: &[("loss", "1", "1.000000")],
        says: &["1 unit left out, as the coders had other words before them; the first is sentence 2 of \"d\""],
    },
];

#[test]
fn what_a_spreadsheet_does_to_ids_and_numbers_is_mended_and_said() {
    check(SPREADSHEETS);
}

#[test]
fn coders_stay_who_they_are() {
    check(&[
        Case {
            name: "two files of one name",
            files: &[
                ("anna/sample.csv", "document,sentence,loss,coder\nd,1,1,\nd,2,0,\n"),
                ("boris/sample.csv", "document,sentence,loss,coder\nd,1,1,\nd,2,1,\n"),
            ],
            found: &[("loss", "2", "0.500000")],
            says: &["Coders: anna/sample.csv, boris/sample.csv"],
        },
        Case {
            name: "one coder in two files counts once",
            files: &[
                ("one.csv", "document,sentence,frame,value,coder\nd,1,f,1,a\nd,1,f,1,b\n"),
                ("two.csv", "document,sentence,frame,value,coder\nd,1,f,0,a\nd,2,f,0,a\n"),
            ],
            found: &[("f", "1", "1.000000")],
            says: &["coder \"a\" coded \"f\" here before, in one.csv, record 1"],
        },
        Case {
            name: "a cell that cannot be read takes no other with it",
            files: &[
                ("study.toml", "codebook = \"codebook.toml\"\n[[corpus]]\npath = \"x.csv\"\n"),
                ("codebook.toml", "[[frame]]\nid = \"loss\"\n[[frame]]\nid = \"aid\"\n"),
                ("a.csv", "document,sentence,loss,aid\nd,1,maybe,1\n"),
                ("b.csv", "document,sentence,loss,aid\nd,1,1,1\n"),
            ],
            found: &[("aid", "1", "1.000000"), ("loss", "0", "")],
            says: &["value of \"loss\" is \"maybe\""],
        },
    ]);
    let folder = Folder::empty();
    folder.write("a.csv", "document,sentence,loss\nd,1,1\n");
    let said = folder.parallax(&["agree", "a.csv", "./a.csv"]);
    assert!(said.code == Some(2) && said.errors.contains("the same file twice"), "{}", said.errors);
}

#[test]
fn files_of_other_tools_are_refused_with_what_to_hand_in() {
    for (name, text, what) in [
        (
            "spans.jsonl",
            "{\"text\":\"Rain.\",\"document\":\"d\",\"spans\":[],\"_task_hash\":1,\"answer\":\"accept\"}\n",
            "marked spans",
        ),
        ("a.tsv", "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=Rain.\n1-1\t0-4\tRain\t_\n", "WebAnno TSV"),
        ("a.xmi", "<?xml version=\"1.0\"?><xmi:XMI xmlns:xmi=\"x\"/>", "UIMA XMI"),
        ("a.json", "{\"%TYPES\":{},\"%FEATURE_STRUCTURES\":[]}", "UIMA CAS"),
        ("a.ann", "T1\tloss 0 4\tRain\n", "brat"),
        ("a.qdpx", "PK", "REFI-QDA"),
        ("a.mx24", "x", "MAXQDA"),
        ("segments.csv", "Document group,Document name,Code,Begin,End,Segment\nx,d,loss,1,1,Rain.\n", "MAXQDA"),
        ("quotes.csv", "ID,Document,Quotation Content,Codes\n1:1,d,Rain.,loss\n", "ATLAS.ti"),
        ("nodes.csv", "Name,Coverage,Coded By Initials\nloss,0.1,AB\n", "NVivo"),
        ("a.xlsx", "PK\u{3}\u{4}", "spreadsheet"),
    ] {
        let folder = Folder::empty();
        folder.write(name, text).write("b.csv", "document,sentence,loss\nd,1,1\n");
        let said = folder.parallax(&["agree", name, "b.csv"]);
        assert_eq!(said.code, Some(2), "{name}: {}", said.errors);
        for part in [name, what, "sample"] {
            assert!(said.errors.contains(part), "{name}: no \"{part}\" in {}", said.errors);
        }
    }
}
