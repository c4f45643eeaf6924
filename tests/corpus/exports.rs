//! Exports as researchers get them: one step off the expected form, read right or left out with the remedy.

use crate::{Case, check};

const ONE: &[&str] = &["1|A|2022-02-03|T|One, two."];
const TWO: &[&str] = &["1|A|2022-02-03|T|One.", "2|B|2022-02-04|U|Two."];

const SEPARATORS: &[Case<'_>] = &[
    ("vertical bars", b"id|outlet|date|title|text\n1|A|2022-02-03|T|One, two.\n", ONE, "read with vertical bars"),
    ("Excel's own line", b"sep=;\nid;outlet;date;title;text\n1;A;2022-02-03;T;One, two.\n", ONE, "semicolons"),
    (
        "Excel's own line, CRLF",
        b"\xef\xbb\xbfsep=;\r\nid;outlet;date;title;text\r\n1;A;2022-02-03;T;One, two.\r\n",
        ONE,
        "",
    ),
    ("Excel's own line in marks", b"\"sep=|\"\nid|outlet|date|title|text\n1|A|2022-02-03|T|One, two.\n", ONE, ""),
    ("Excel's own line for commas", b"sep=,\nid,outlet,date,title,text\n1,A,2022-02-03,T,\"One, two.\"\n", ONE, ""),
    (
        "Excel's own line for tabs",
        b"SEP=\t\nid\toutlet\tdate\ttitle\ttext\n1\tA\t2022-02-03\tT\tOne, two.\n",
        ONE,
        "tabs",
    ),
    (
        "a comma in a name",
        b"id;\"place, river\";outlet;date;title;text\n1;x;A;2022-02-03;T;One, two.\n",
        ONE,
        "semicolons",
    ),
    (
        "separators at line ends",
        b"id,outlet,date,title,text\n1,A,2022-02-03,T,One.,\n2,B,2022-02-04,U,Two.,\n",
        TWO,
        "",
    ),
    (
        "separators at line ends, also of the header",
        b"id,outlet,date,title,text,\n1,A,2022-02-03,T,One.,\n2,B,2022-02-04,U,Two.,\n",
        TWO,
        "",
    ),
    ("R's row names", b"\"id\" \"x\"", &["error"], "no column"),
    (
        "names of rows as write.table writes them",
        b"\"outlet\",\"date\",\"title\",\"text\"\n\"1\",\"A\",\"2022-02-03\",\"T\",\"One, two.\"\n",
        &["a-000001|A|2022-02-03|T|One, two."],
        "write.table",
    ),
    (
        "names of rows and backslashes, as write.table writes both",
        b"\"outlet\",\"date\",\"title\",\"text\"\n\"1\",\"A\",\"2022-02-03\",NA,\"He said \\\"no, never\\\", twice.\"\n",
        &["a-000001|A|2022-02-03||He said \"no, never\", twice."],
        "write.table",
    ),
    (
        "names of rows that are words",
        b"outlet,date,title,text\nx1,A,2022-02-03,T,One.\nx4,B,2022-02-04,U,Two.\nx9,B,2022-02-04,U,Two.\n",
        &["a-000001|A|2022-02-03|T|One.", "a-000002|B|2022-02-04|U|Two.", "a-000003|B|2022-02-04|U|Two."],
        "write.table",
    ),
    (
        "a comma in every text is no name of a row",
        b"outlet,date,title,text\nA,2022-02-03,T,One, two.\nA,2022-02-04,U,Two, three.\n",
        &["!field-count", "!field-count"],
        "where a text has a separator in it, export with quotation marks",
    ),
    (
        "an index that pandas writes",
        b",id,outlet,date,title,text\n0,1,A,2022-02-03,T,One.\n1,2,B,2022-02-04,U,Two.\n",
        TWO,
        "",
    ),
];

const MARKS: &[Case<'_>] = &[
    ("a blank before a mark", b"id, outlet, date, title, text\n1, A, 2022-02-03, \"T\", \"One, two.\"\n", ONE, ""),
    ("blanks around marks", b"id , outlet , date , title , text\n1 , A , 2022-02-03 , \"T\" , \"One, two.\" \n", &["1|A|2022-02-03|T|One, two."], ""),
    (
        "a blank before a mark that encloses nothing",
        b"id,outlet,date,title,text\n1,A,2022-02-03, \"Lost\" year,One.\n",
        &["1|A|2022-02-03| \"Lost\" year|One."],
        "does not enclose",
    ),
    (
        "backslashes",
        b"id,outlet,date,title,text\n1,A,2022-02-03,T,\"He said \\\"no, never\\\", and left.\"\n2,B,2022-02-04,U,\"Two.\"\n",
        &["1|A|2022-02-03|T|He said \"no, never\", and left.", "2|B|2022-02-04|U|Two."],
        "in 1 record (line 2) a backslash before a quotation mark",
    ),
    (
        "backslashes at the end",
        b"id,outlet,date,title,text\n1,A,2022-02-03,T,\"He said \\\"no\\\"\"\n2,B,2022-02-04,U,\"Two.\"\n",
        &["1|A|2022-02-03|T|He said \"no\"", "2|B|2022-02-04|U|Two."],
        "a backslash before a quotation mark",
    ),
    (
        "backslashes over several lines",
        b"id,outlet,date,title,text\n1,A,2022-02-03,T,\"He said \\\"no\\\".\nShe left, too.\"\n2,B,2022-02-04,U,Two.\n",
        &["1|A|2022-02-03|T|He said \"no\".\nShe left, too.", "2|B|2022-02-04|U|Two."],
        "",
    ),
    (
        "a path that ends in a backslash",
        b"id,outlet,date,title,text\n1,A,2022-02-03,\"C:\\temp\\\",One.\n2,B,2022-02-04,U,Two.\n",
        &["1|A|2022-02-03|C:\\temp\\|One.", "2|B|2022-02-04|U|Two."],
        "",
    ),
    (
        "marks inside a quoted field that are not doubled",
        b"id,outlet,date,title,text\n1,A,2022-02-03,\"The \"lost\" year\",\"One, two.\"\n2,B,2022-02-04,U,\"They say \"no\"\"\n",
        &["1|A|2022-02-03|The \"lost\" year|One, two.", "2|B|2022-02-04|U|They say \"no\""],
        "in 2 records (the first in line 2) a quotation mark inside a quoted field is not doubled",
    ),
    (
        "a headline of two quoted parts",
        b"id,outlet,date,title,text\n1,A,2022-02-03,\"Lost\" and found,\"One, two.\"\n",
        &["1|A|2022-02-03|\"Lost\" and found|One, two."],
        "does not enclose",
    ),
    (
        "a stray mark and one records later",
        b"id,outlet,date,title,text\n1,A,2022-02-03,T,\"A lost year\n2,A,2022-02-04,U,It rained.\n3,B,2022-02-04,V,Help is near\"\n4,B,2022-02-05,W,Four.\n",
        &["1|A|2022-02-03|T|\"A lost year", "2|A|2022-02-04|U|It rained.", "3|B|2022-02-04|V|Help is near\"", "4|B|2022-02-05|W|Four."],
        "in 1 record (line 2) a quotation mark that does not enclose",
    ),
    (
        "a stray mark in a title",
        b"id,outlet,date,title,text\n1,A,2022-02-03,\"Lost,One.\n2,A,2022-02-04,Rain,It rained.\n3,B,2022-02-04,Aid\",Three.\n",
        &["1|A|2022-02-03|\"Lost|One.", "2|A|2022-02-04|Rain|It rained.", "3|B|2022-02-04|Aid\"|Three."],
        "",
    ),
    (
        "a stray mark in a title closed by the next record",
        b"id,outlet,date,title,text\n1,A,2022-02-03,\"Lost,One.\n3,B,2022-02-04,Aid\",Three.\n",
        &["1|A|2022-02-03|\"Lost|One.", "3|B|2022-02-04|Aid\"|Three."],
        "",
    ),
    (
        "a stray mark before a comma",
        b"id,outlet,date,title,text\n1,A,2022-02-03,T,\"Lost, they say\n2,A,2022-02-04,U,It rained.\n3,B,2022-02-04,V,Help\"\n",
        &["2|A|2022-02-04|U|It rained.", "3|B|2022-02-04|V|Help\"", "!field-count"],
        "line 2; a quotation mark may be stray",
    ),
    (
        "a stray mark that no other follows",
        b"id,outlet,date,title,text\n1,A,2022-02-03,T,\"Lost\n2,A,2022-02-04,U,It rained.\n3,B,2022-02-04,V,Help\n",
        &["1|A|2022-02-03|T|\"Lost", "2|A|2022-02-04|U|It rained.", "3|B|2022-02-04|V|Help"],
        "",
    ),
    (
        "a stray mark before quoted records",
        b"id,outlet,date,title,text\n1,A,2022-02-03,\"Lost,One.\n2,A,2022-02-04,\"Rain\",\"It rained, again.\"\n3,B,2022-02-04,\"Aid\",\"Three.\"\n",
        &["1|A|2022-02-03|\"Lost|One.", "2|A|2022-02-04|Rain|It rained, again.", "3|B|2022-02-04|Aid|Three."],
        "",
    ),
    (
        "a stray mark where the text comes before the date",
        b"id,text,outlet,date\n1,\"Lost,A,2022-02-03\n2,It rained.,A,2022-02-04\n3,Help\",B,2022-02-04\n",
        &["1|A|2022-02-03||\"Lost", "2|A|2022-02-04||It rained.", "3|B|2022-02-04||Help\""],
        "",
    ),
    (
        "an id over two lines",
        b"id,outlet,date,title,text\n\"a\nb\",A,2022-02-03,T,One.\n",
        &["a\nb|A|2022-02-03|T|One."],
        "",
    ),
    (
        "prose with as many commas as the header",
        b"id,outlet,date,title,text\n1,A,2022-02-03,T,\"He bought:\napples, pears, figs, nuts, and\nplums, peas, rice, milk, too.\nThen he left.\"\n",
        &["1|A|2022-02-03|T|He bought:\napples, pears, figs, nuts, and\nplums, peas, rice, milk, too.\nThen he left."],
        "",
    ),
    (
        "a table in a text",
        b"id,outlet,date,title,text\n1,A,2022-02-03,T,\"Results:\nYork,3,1,0,10\nHull,2,1,1,7\nBath,0,0,4,0\"\n",
        &["1|A|2022-02-03|T|Results:\nYork,3,1,0,10\nHull,2,1,1,7\nBath,0,0,4,0"],
        "",
    ),
    (
        "a thousand in a text of two columns",
        b"id,text\n1,\"Monday:\n1,200 people marched.\"\n",
        &["error"],
        "no column \"outlet\"",
    ),
    (
        "a last line with the commas of a record",
        b"id,text,outlet,date,title\n1,\"One.\nTwo,''he said.\",A,2022-02-03,T\n2,Three.,B,2022-02-04,U\n",
        &["1|A|2022-02-03|T|One.\nTwo,''he said.", "2|B|2022-02-04|U|Three."],
        "",
    ),
];

#[test]
fn separators_are_found_and_marks_mean_what_they_should() {
    check("a.csv", true, SEPARATORS);
    check("a.csv", true, MARKS);
}

const TABBED: &[Case<'_>] = &[
    (
        "a mark that swallows records",
        b"id\toutlet\tdate\ttitle\ttext\na\tA\t2022-02-03\tT\t\"A lost year, say\nb\tA\t2022-02-04\tU\tIt rained.\nc\tB\t2022-02-04\tV\tHelp is near\"\nd\tB\t2022-02-05\tW\tFour.\n",
        &["a|A|2022-02-03|T|\"A lost year, say", "b|A|2022-02-04|U|It rained.", "c|B|2022-02-04|V|Help is near\"", "d|B|2022-02-05|W|Four."],
        "",
    ),
    (
        "marks that enclose fields",
        b"id\toutlet\tdate\ttitle\ttext\n1\tA\t2022-02-03\t\"T\"\t\"One, \"\"two\"\".\"\n",
        &["1|A|2022-02-03|T|One, \"two\"."],
        "",
    ),
    (
        "marks that enclose several lines",
        b"id\toutlet\tdate\ttitle\ttext\n1\tA\t2022-02-03\tT\t\"One.\nTwo.\"\n2\tB\t2022-02-04\tU\tTwo.\n",
        &["1|A|2022-02-03|T|One.\nTwo.", "2|B|2022-02-04|U|Two."],
        "",
    ),
    (
        "marks that enclose a part",
        b"id\toutlet\tdate\ttitle\ttext\n1\tA\t2022-02-03\t\"Lost\" year\tHe says \"no\"\n",
        &["1|A|2022-02-03|\"Lost\" year|He says \"no\""],
        "",
    ),
    ("a mark in the last line", b"id\toutlet\ttitle\ttext\tdate\n1\tA\tT\t\"One.\t2022-02-03\n", &["1|A|2022-02-03|T|\"One."], ""),
    ("a mark at the very end", b"id\toutlet\tdate\ttitle\ttext\n1\tA\t2022-02-03\tT\t\"One.", &["1|A|2022-02-03|T|\"One."], ""),
    ("empty columns at the beginning", b"\tid\toutlet\tdate\ttitle\ttext\n\t1\tA\t2022-02-03\tT\tOne, two.\n", ONE, ""),
    ("commas after all", b"id,outlet,date,title,text\n1,A,2022-02-03,T,\"One, two.\"\n", ONE, "read with commas"),
];

#[test]
fn a_mark_between_tabs_is_a_character_unless_it_encloses_the_field() {
    check("a.tsv", true, TABBED);
}

const MISSING: &[Case<'_>] = &[
    (
        "R",
        b"\"\",\"id\",\"outlet\",\"date\",\"title\",\"text\"\n\"1\",\"g1\",\"A\",\"2022-02-03\",NA,\"One.\"\n\"2\",\"g2\",\"A\",\"2022-02-03\",\"T\",NA\n",
        &["g1|A|2022-02-03||One.", "g2|A|2022-02-03|T|"],
        "2 cells that say NA, NaN, None or NULL without quotation marks are taken as missing (text 1, title 1)",
    ),
    (
        "pandas and databases",
        b"id,outlet,date,title,text\n1,A,2022-02-03,NaN,One.\n2,A,2022-02-03,None,Two.\n3,A,2022-02-03,NULL,Three.\n4,A,2022-02-03,\\N,Four.\n5,A,2022-02-03,<NA>,Five.\n",
        &["1|A|2022-02-03||One.", "2|A|2022-02-03||Two.", "3|A|2022-02-03||Three.", "4|A|2022-02-03||Four.", "5|A|2022-02-03||Five."],
        "5 cells",
    ),
    (
        "a spreadsheet's errors",
        b"id,outlet,date,title,text\n1,A,2022-02-03,#VALUE!,One.\n2,#REF!,2022-02-03,T,Two.\n",
        &["1|A|2022-02-03||One.", "!missing-outlet"],
        "2 cells",
    ),
    (
        "between marks it is a text",
        b"id,outlet,date,title,text\n1,\"NA\",2022-02-03,\"None\",\"NULL\"\n",
        &["1|NA|2022-02-03|None|NULL"],
        "",
    ),
    (
        "nothing left",
        b"id,outlet,date,title,text\n1,A,2022-02-03,NA,NA\n2,NA,2022-02-03,T,One.\n3,A,NA,T,One.\n",
        &["!missing-text", "!missing-outlet", "!missing-date"],
        "4 cells",
    ),
    ("an id that is missing", b"id,outlet,date,title,text\nNA,A,2022-02-03,T,One.\n", &["a-000001|A|2022-02-03|T|One."], "1 cell that says"),
    ("words that begin so", b"id,outlet,date,title,text\n1,A,2022-02-03,NATO,None of it.\n", &["1|A|2022-02-03|NATO|None of it."], ""),
];

#[test]
fn cells_that_say_nothing_are_missing_and_counted() {
    check("a.csv", true, MISSING);
}

const RECORD: &str = r#"{"id":1,"outlet":"A","date":"2022-02-03","title":"T","text":"One."}"#;
const SECOND: &str = r#"{"id":2,"outlet":"B","date":"2022-02-04","title":"U","text":"Two."}"#;

#[test]
fn json_is_read_in_every_shape_that_holds_records() {
    for (name, text, expected, part) in [
        ("a list", format!("[{RECORD},{SECOND}]"), TWO, ""),
        ("a list over lines", format!("[\n  {RECORD} ,\n  {SECOND}\n]\n"), TWO, ""),
        ("lines", format!("{RECORD}\n{SECOND}\n"), TWO, ""),
        ("objects one after another", format!("{RECORD}{SECOND}"), TWO, ""),
        ("an object over lines", RECORD.replace(',', ",\n  ").replace('{', "{\n "), &TWO[..1], ""),
        (
            "brackets in texts",
            format!("[{}]", RECORD.replace("One.", "[{One \\\" ]}")),
            &["1|A|2022-02-03|T|[{One \" ]}"],
            "",
        ),
        (
            "a member that is a list",
            format!("[{}]", RECORD.replace("\"id\":1", "\"id\":1,\"tags\":[{\"a\":[1]}]")),
            &TWO[..1],
            "",
        ),
        ("an empty list", "[]".to_owned(), &[], ""),
        ("a mark", format!("\u{feff}[{RECORD}]"), &TWO[..1], ""),
        (
            "a list that is cut off",
            format!("[{RECORD},"),
            &["1|A|2022-02-03|T|One.", "!malformed"],
            "the list is not closed",
        ),
        (
            "a record that is cut off",
            format!("[{RECORD},{{\"id\":2,"),
            &["1|A|2022-02-03|T|One.", "!malformed", "!malformed"],
            "",
        ),
        (
            "a record that is broken",
            format!("[{{\"id\":}},{SECOND}]"),
            &["2|B|2022-02-04|U|Two.", "!malformed"],
            "line 1, column",
        ),
        (
            "numbers in a list",
            format!("[1,{RECORD}]"),
            &["1|A|2022-02-03|T|One.", "!malformed"],
            "expected a JSON object",
        ),
        ("NaN", format!("[{}]", RECORD.replace("\"T\"", "NaN")), &["1|A|2022-02-03||One."], "1 value is NaN"),
        (
            "one object of lists",
            r#"{"data":[1,2]}"#.to_owned(),
            &["error"],
            "no column \"outlet\"; its columns are data",
        ),
    ] {
        check("a.json", true, &[(name, text.as_bytes(), expected, part)]);
    }
}

#[test]
fn answers_of_services_are_read_by_their_list_and_columns_by_usual_names() {
    for (name, text, expected, part) in [
        (
            "the answer of a service",
            format!(r#"{{"status":"ok","n":2, "articles" : [ {RECORD} , {SECOND} ], "next":null}}"#),
            TWO,
            "the records are those of the list \"articles\"",
        ),
        ("an answer in an object", format!(r#"{{"response":{{"a":{{"b":1}},"results":[{RECORD}]}}}}"#), &TWO[..1], ""),
        ("answers one after another", format!(r#"{{"data":[{RECORD}]}} {{"data":[{SECOND}]}}"#), TWO, ""),
        ("an answer without records", r#"{"status":"ok","articles":[]}"#.to_owned(), &[], ""),
        (
            "an answer that is cut off",
            format!(r#"{{"articles":[{RECORD},"#),
            &["1|A|2022-02-03|T|One.", "!malformed"],
            "the list is not closed",
        ),
        ("a record with a list of that name", RECORD.replace('}', r#","data":[{"x":1}]}"#), &TWO[..1], ""),
        (
            "a list that is another's",
            r#"{"docs":{"a":[{"x":1}]}}"#.to_owned(),
            &["error"],
            "no column \"outlet\"; its columns are docs",
        ),
        (
            "names of a crawler",
            r#"[{"date_publish":"2022-02-03 10:00:00","maintext":"One.","source_domain":"a","title":"T","url":"http://b/1"}]"#
                .to_owned(),
            &["a-000001|a|2022-02-03|T|One."],
            "text read from \"maintext\"",
        ),
        (
            "names in capitals",
            RECORD.replace("outlet", "Outlet").replace("date", "DATE").replace("text", "Text"),
            &TWO[..1],
            "date read from \"DATE\"",
        ),
    ] {
        check("a.json", true, &[(name, text.as_bytes(), expected, part)]);
    }
}

#[test]
fn json_lines_bear_what_python_writes() {
    for (name, text, expected, part) in [
        ("NaN", RECORD.replace("\"T\"", "NaN"), &["1|A|2022-02-03||One."][..], "1 value is NaN or Infinity"),
        ("NaN in a list", RECORD.replace("\"id\":1", "\"id\":1,\"v\":[NaN,-Infinity]"), &TWO[..1], "2 values are NaN"),
        ("NaN in a text", RECORD.replace("One.", "NaN is no number."), &["1|A|2022-02-03|T|NaN is no number."], ""),
        ("a text that says NA", RECORD.replace("\"T\"", "\"NA\""), &["1|A|2022-02-03|NA|One."], ""),
        ("a list after all", format!("[{RECORD},\n{SECOND}]"), TWO, "one list of records"),
    ] {
        check("a.jsonl", true, &[(name, text.as_bytes(), expected, part)]);
    }
    let many: Vec<String> = (0..60_000).map(|word| format!("\"w{word}\":1")).collect();
    let wide = RECORD.replace("\"id\":1", &format!("\"id\":1,{}", many.join(",")));
    check("a.jsonl", true, &[("many members", wide.as_bytes(), &TWO[..1], "")]);
}
