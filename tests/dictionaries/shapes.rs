//! Dictionaries one step off the usual form: line ends of old Macs, keys that stand twice or are empty, conditions without
//! a word.

use std::fs;

use parallax::codebook::import::{Format, Imported, convert};
use parallax::corpus::read_dictionary;

/// The import of a file with that name and content, its encoding and line ends read as from the disk.
fn import(name: &str, content: &str) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let (text, _) = read_dictionary(&path).unwrap();
    let format = Format::of_file(name.rsplit('.').next().unwrap(), &text).unwrap();
    let dictionary = (format.read)(&text).unwrap_or_else(|error| panic!("{content:?}: {error}"));
    let imported = convert(&dictionary, format, name);
    parallax::codebook::parse(&imported.codebook, name)
        .unwrap_or_else(|error| panic!("{content:?}: {error}\n{}", imported.codebook));
    imported
}

#[test]
fn forms_one_step_off_are_read() {
    for (what, file, content, kept, frames) in [
        (
            "LIWC of an old Mac",
            "farm.dic",
            "%\r01\tcrop\r02\tanimal\r%\rwheat\t01\rbarley\t01\rcow*\t02\r",
            3,
            &["crop", "animal"][..],
        ),
        ("Lexicoder of an old Mac", "farm.lc3", "+crop\rwheat\rbarley\r+animal\rcow*\r", 3, &["crop", "animal"]),
        ("WordStat of an old Mac", "farm.cat", "CROP\r\tWHEAT (1)\rANIMAL\r\tCOW (1)\r", 2, &["crop", "animal"]),
        ("quanteda of an old Mac", "farm.yml", "crop:\r  - wheat\ranimal:\r  - cow*\r", 2, &["crop", "animal"]),
        ("line ends of two kinds", "farm.dic", "%\r\n1\tcrop\r\n%\r\nwheat\t1\rbarley\t1\r\n", 2, &["crop"]),
        (
            "a key that stands twice",
            "farm.yml",
            "crop: [wheat]\nanimal: [cow*]\ncrop: [barley, wheat]\n",
            4,
            &["crop", "animal"],
        ),
        (
            "a key twice below another",
            "farm.yml",
            "farm:\n  crop: [wheat]\n  crop: [barley]\n",
            2,
            &["farm", "farm-crop"],
        ),
        ("an empty key", "farm.yml", "farm:\n  '': [plough*]\n  crop: [wheat]\n", 2, &["farm", "farm-crop"]),
        ("the empty key of old", "farm.yml", "farm:\n  __: [plough*]\n  crop: [wheat]\n", 2, &["farm", "farm-crop"]),
        ("LIWC-22", "farm.dicx", "DicTerm,crop,animal\nwheat,X,\ncow*,,X\n", 2, &["crop", "animal"]),
        (
            "LIWC-22 with a mark and quotes",
            "farm.dicx",
            "\u{feff}\"DicTerm\",\"crop\"\r\n\"wheat\",\"X\"\r\n",
            1,
            &["crop"],
        ),
        ("LIWC-22 named .csv", "farm.csv", "DicTerm;crop\nwheat;x\n", 1, &["crop"]),
        (
            "a condition without a word",
            "pay.dic",
            "%\n7\tpay\n8\tlaw\n%\nwage*\t7\ncourt\t8\nfair\t()7/8\n",
            2,
            &["pay", "law"],
        ),
    ] {
        let imported = import(file, content);
        assert_eq!(imported.tally.kept, kept, "{what}: {:?}\n{}", imported.losses, imported.codebook);
        let found: Vec<String> = parallax::codebook::parse(&imported.codebook, file)
            .unwrap()
            .frames
            .into_iter()
            .map(|frame| frame.id)
            .collect();
        assert_eq!(found, frames, "{what}");
    }
}

#[test]
fn a_condition_without_a_word_is_dropped_with_its_line() {
    let imported = import("pay.dic", "%\n7\tpay\n8\tlaw\n%\nwage*\t7\nfair\t()7/8\n");
    let lines: Vec<(usize, &str)> = imported.losses.iter().map(|loss| (loss.line, &loss.reason[..])).collect();
    assert_eq!(lines, [(6, "its condition names no word and no category"); 2]);
}
