//! Files that are no dictionaries are told line and remedy.

use parallax::codebook::import::Format;

#[test]
fn a_file_that_is_no_dictionary_is_told_line_and_remedy() {
    for (format, text, expected) in [
        ("liwc", "", "1: expected \"%\" alone on the first line"),
        ("liwc", "1\tfun\nlaugh\t1\n", "1: expected \"%\" alone on the first line"),
        ("liwc", "\n%\n1\tfun\n\nlaugh\t1\n", "5: \"laugh\t1\" is no category"),
        ("liwc", "%\n1\tfun\n", "1: the list of categories is never closed; add a line \"%\""),
        ("liwc", "%\n1\tfun\n01\tgames\n%\n", "3: category 1 is listed twice"),
        ("liwc", "%\n1\tfun\n%\nlaugh*\t2\n", "4: unknown category 2; list it between the lines \"%\""),
        ("liwc", "%\n1\tfun\n%\nlike\t(7)1\n", "4: unknown category 7"),
        ("liwc", "%\n1\tfun\n%\nlaugh*\n", "4: \"laugh*\" has no category; expected a tab"),
        ("liwc", "%\n1\tfun\n%\nlaugh\tx\n", "4: \"laugh\tx\" has no category"),
        ("liwc", "%\n1\tfun\n%\n", "1: no entries; a word, a tab"),
        ("liwc-22", "word,fun\nlaugh,X\n", "1: expected a table that begins with DicTerm"),
        ("liwc-22", "DicTerm,fun,fun\nlaugh,X,\n", "1: a category's name is empty or stands twice (\"fun\")"),
        ("liwc-22", "DicTerm,fun\nlaugh,X,X\n", "2: 3 cells where the header has 2"),
        ("liwc-22", "DicTerm,fun\nlaugh,\n", "1: no entries; a word and an X"),
        ("quanteda", "'': [laugh*]\n", "1: a category without a name"),
        ("quanteda", "fun: [laugh*\n", "not valid YAML"),
        ("quanteda", "fun:\n  - laugh\n games: [chess]\n", "3: not valid YAML"),
        ("quanteda", "- laugh\n- smile\n", "1: not a dictionary; expected categories"),
        ("quanteda", "fun: &f [laugh]\ngames: *f\n", "2: *name refers to another place"),
        ("quanteda", "fun: []\n", "1: no entries; write categories as keys"),
        ("yoshikoder", "<dictionary>\n<cnode name=\"a\">\n</dictionary>", "3: not valid XML"),
        ("yoshikoder", "<html/>", "1: <html> is no dictionary; expected <dictionary>"),
        ("yoshikoder", "<dictionary>\n<pnode name=\"a\"/></dictionary>", "2: <pnode> outside a <cnode>"),
        ("yoshikoder", "<dictionary>\n<cnode><pnode name=\"a\"/></cnode></dictionary>", "2: <cnode> without a name"),
        ("lexicoder", "laugh\n+FUN\n", "1: \"laugh\" stands before the first category"),
        ("lexicoder", "+FUN\n+\n", "2: \"+\" without a name"),
        ("lexicoder", "+FUN\n", "1: no entries; write +CATEGORY"),
        ("wordstat", "LAUGH (1)\n", "1: \"LAUGH (1)\" belongs to no category; indent it below one"),
        ("wordstat", "FUN\n\t@LAUGH A NEAR B (1)\n", "2: a rule without brackets"),
        ("wordstat", "FUN\n\tLAUGH\n", "1: no entries; an entry ends in its weight"),
        ("wordstat", "<?xml?>\n", "1: not a WordStat outline; save the dictionary as .cat"),
    ] {
        let error = (Format::named(format).unwrap().read)(text).expect_err(text).to_string();
        assert!(error.contains(expected), "{format} {text:?}: {error}");
        assert!(!error.contains('\n'), "{format} {text:?}: {error}");
    }
}
