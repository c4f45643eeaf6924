//! Whatever a reader takes becomes a codebook that can be read, and counts that reconcile.

use parallax::codebook;
use parallax::codebook::import::{FORMATS, convert};
use proptest::prelude::*;

/// Entries of signs that mean something to a format, to the pattern language or to TOML.
const ENTRY: &str =
    r#"([-+%@#:;,.!?*'"=<>(){}|/\[\]\\_ ]|[0-3]|NEAR|NOT|AND|BEFORE|/S|like|é|北|ß|\u{301}|\u{85}){1,9}"#;

/// A file of the format called `format` with these entries.
fn file(format: &str, entries: &[String]) -> String {
    let lines = |before: &str, after: &str| {
        entries.iter().map(|entry| [before, entry, after].concat()).collect::<Vec<_>>().concat()
    };
    match format {
        "liwc" => format!("%\n1\tA\n\t2\tB\n%\n{}", lines("", "\t1 2\n")),
        "liwc-22" => {
            let rows = entries.iter().map(|entry| format!("\"{}\",X,\n", entry.replace('"', "\"\"")));
            format!("DicTerm,A,B\n{}other,,X\n", rows.collect::<Vec<_>>().concat())
        }
        "quanteda" => {
            let quoted = entries.iter().map(|entry| format!("  - '{}'\n", entry.replace('\'', "''")));
            format!("a:\n{}", quoted.collect::<Vec<_>>().concat())
        }
        "yoshikoder" => {
            let escaped = entries.iter().map(|entry| entry.replace('<', "&lt;").replace('\'', "&apos;"));
            let nodes = escaped.map(|entry| format!("<pnode name='x{entry}'/>"));
            format!("<dictionary><cnode name='a'>{}</cnode></dictionary>", nodes.collect::<Vec<_>>().concat())
        }
        "lexicoder" => format!("+A\n{}", lines("", "\n")),
        "wordstat" => format!("A\n{}\t@R [{}] (1)\n", lines("\t", " (1)\n"), entries.concat()),
        other => panic!("no file of the format {other}"),
    }
}

proptest! {
    #[test]
    fn whatever_is_read_becomes_a_codebook(entries in prop::collection::vec(ENTRY, 1..9)) {
        for format in FORMATS {
            let Ok(dictionary) = (format.read)(&file(format.name, &entries)) else { continue };
            let imported = convert(&dictionary, *format, "x");
            let tally = imported.tally;
            prop_assert_eq!(tally.read, tally.kept + tally.approximated + tally.dropped);
            let parsed = codebook::parse(&imported.codebook, "x.toml");
            prop_assert!(parsed.is_ok(), "{}: {:?}\n{}", format.name, parsed.err(), imported.codebook);
        }
    }

    #[test]
    fn no_text_stops_a_reader(text in r"(\PC|[-+%@:\[\]{}<>&'(/) \t\n0-2a])*") {
        for format in FORMATS {
            if let Err(error) = (format.read)(&text) {
                prop_assert!(!error.to_string().contains('\n'), "{}: {error}", format.name);
            }
        }
    }
}
