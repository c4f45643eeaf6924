//! The pattern language in action, and what a wrong codebook is told.

use parallax::codebook::{MatchMemory, NOTATION, parse};
use parallax::model::{Document, Span};
use parallax::text::{Reading, Vocabulary, read};

const LISTS: &str = r#"
[lists]
forces = ["troop*", "soldier*", "tanks", "battalion tactical group*"]
russian = ["Russia*", "Moscow", "Kremlin"]
both = ["{forces}", "{russian}"]
"#;

/// The texts that a pattern matches in a sentence, in order.
fn matches(pattern: &str, sentence: &str) -> Vec<String> {
    let text =
        format!("{LISTS}\n[[frame]]\nid = \"f\"\n[[rule]]\nid = \"r\"\nframe = \"f\"\nmatch = '''{pattern}'''\n");
    let codebook = parse(&text, "codebook.toml").unwrap_or_else(|error| panic!("{error}"));
    let document = Document::new("1", sentence, "");
    let (mut vocabulary, mut reading, mut memory) = (Vocabulary::default(), Reading::default(), MatchMemory::default());
    read(&document, None, &mut vocabulary, &mut reading);
    let candidates = codebook.matcher.enter(&reading.tokens, &vocabulary, &mut memory).to_vec();
    let mut found = Vec::new();
    if candidates.contains(&0) {
        codebook.matcher.find(0, &mut memory, &mut found);
    }
    found
        .into_iter()
        .map(|hit| {
            let tokens = hit.tokens;
            let span = Span::new(reading.tokens[tokens.start].span.start, reading.tokens[tokens.end - 1].span.end);
            span.of(document.content()).to_owned()
        })
        .collect()
}

#[test]
fn patterns_match_words_in_positions() {
    for (pattern, sentence, expected) in [
        ("troops", "Troops moved; TROOPS stayed.", vec!["Troops", "TROOPS"]),
        ("troop", "Troops moved.", vec![]),
        ("=NATO", "NATO and Nato and nato", vec!["NATO"]),
        ("build-up", "The build-up, the build up, the buildup.", vec!["build-up", "build up"]),
        ("build up", "Build \"up\"", vec!["Build \"up"]),
        ("build up", "They build, up there.", vec![]),
        ("build up", "They build - up there.", vec![]),
        ("long-term security guarantees", "“long-term” security guarantees", vec!["long-term” security guarantees"]),
        ("amass* NEAR/6 {forces}", "Moscow has amassed 100,000 soldiers.", vec!["amassed 100,000 soldiers"]),
        ("amass* NEAR/1 {forces}", "Moscow has amassed 100,000 soldiers.", vec![]),
        ("amass* NEAR/2 {forces}", "Moscow has amassed 100,000 soldiers.", vec!["amassed 100,000 soldiers"]),
        ("amass* NEAR/3 {forces}", "Troops were, it said, amassed.", vec![]),
        ("amass* NEAR/4 {forces}", "Troops were, it said, amassed.", vec!["Troops were, it said, amassed"]),
        ("amass* BEFORE/9 {forces}", "Troops were amassed.", vec![]),
        ("{forces} BEFORE/9 amass*", "Troops were amassed.", vec!["Troops were amassed"]),
        ("{forces}", "A battalion tactical group left.", vec!["battalion tactical group"]),
        ("{both} NEAR/2 border", "Kremlin near border", vec!["Kremlin near border"]),
        ("(a | b c) d", "a d, b c d, b d", vec!["a d", "b c d"]),
        ("a (b | b c) d", "a b d; a b c d", vec!["a b d", "a b c d"]),
        ("a NEAR/1 a", "a a", vec!["a a"]),
        ("a NEAR/3 a", "a", vec![]),
        ("a NEAR/2 b NEAR/2 c", "a b c", vec!["a b c"]),
        ("*mongering", "fearmongering and scaremongering", vec!["fearmongering", "scaremongering"]),
        ("(a NEAR/2 b) c", "b x a c", vec!["b x a c"]),
        ("don't", "They don’t go.", vec!["don’t"]),
        ("войск*", "Войска у границы", vec!["Войска"]),
        ("a | a b", "a b", vec!["a", "a b"]),
    ] {
        assert_eq!(matches(pattern, sentence), expected, "{pattern} in: {sentence}");
    }
}

#[test]
fn a_wrong_codebook_is_told_the_place_and_the_remedy() {
    const FRAME: &str = "[[frame]]\nid = \"f\"\n";
    let rule = |line: &str| format!("{FRAME}[[rule]]\nid = \"r\"\nframe = \"f\"\n{line}\n");
    for (text, expected) in [
        ("title = ".to_owned(), "c.toml:1:"),
        (String::new(), "c.toml:1:1: the codebook has no frame; add [[frame]]"),
        (format!("{FRAME}labl = \"x\"\n"), "c.toml:3:1: unknown key \"labl\" in [[frame]]; did you mean \"label\"?"),
        (format!("{FRAME}{FRAME}"), "frame \"f\" is defined twice"),
        ("[[frame]]\nlabel = \"x\"\n".to_owned(), "c.toml:1:1: [[frame]] has no id"),
        ("[[frame]]\nid = \"a b\"\n".to_owned(), "c.toml:2:6: id \"a b\" must have no spaces"),
        ("[frame]\nid = \"a\"\n".to_owned(), "expected [[frame]] with two brackets"),
        (format!("{FRAME}threshold = 2\n"), "c.toml:3:13: \"threshold\" is 2; expected a number between 0 and 1"),
        (rule(""), "[[rule]] has no match"),
        (rule("match = \"a\"\nframes = \"f\""), "did you mean \"frame\"?"),
        (rule("match = 3"), "c.toml:6:9: \"match\" is 3; expected a text in quotation marks"),
        (rule("match = \"a NEAR b\""), "c.toml:6:12: NEAR needs a distance"),
        (rule("match = \"(a\""), "c.toml:6:10: \"(\" is never closed"),
        (rule("match = \"{forcs}\""), "c.toml:6:10: unknown list {forcs}; none is defined"),
        (
            rule("match = \"a\"\nstance = \"pro\""),
            "c.toml:7:10: \"stance\" is \"pro\"; expected \"favor\", \"against\" or \"neutral\"",
        ),
        (rule("match = \"a\"\nvoice = \"x\""), "\"voice\" is \"x\"; expected \"own\" or \"attributed\""),
        (rule("match = \"a\"\nweight = 0"), "\"weight\" is 0; expected a number between -20 and 20, not 0"),
        (rule("match = \"a\"\nhits = \"x\""), "\"hits\" is \"x\"; expected a list of texts"),
        (
            format!("{FRAME}[[rule]]\nid = \"r\"\nframe = \"g\"\nmatch = \"a\"\n"),
            "unknown frame \"g\"; did you mean \"f\"?",
        ),
        (format!("[lists]\na = [\"{{b}}\"]\nb = [\"x {{a}}\"]\n{FRAME}"), "lists contain themselves: a -> b -> a"),
        (format!("[lists]\na = [\"{{c}}\"]\nb = [\"x\"]\n{FRAME}"), "c.toml:2:7: unknown list {c}"),
        (format!("[lists]\na = []\n{FRAME}"), "c.toml:2:1: list {a} is empty"),
        (format!("sources = [\"a\"]\n{FRAME}"), "c.toml:1:11: \"sources\" is a list; expected a table"),
        (format!("[sources]\na = []\n{FRAME}"), "c.toml:2:1: sources \"a\" is empty; give it at least one name"),
        (format!("[sources]\na = \"x\"\n{FRAME}"), "c.toml:2:5: \"a\" is \"x\"; expected a list of texts"),
        (format!("[sources]\n\"a b\" = [\"x\"]\n{FRAME}"), "c.toml:2:1: id \"a b\" must have no spaces"),
        (format!("[sources]\na = [\"x\", \"b NEAR c\"]\n{FRAME}"), "c.toml:2:14: NEAR needs a distance"),
        (format!("[lists]\nb = [\"x\"]\n[sources]\na = [\"{{c}}\"]\n{FRAME}"), "c.toml:4:7: unknown list {c}"),
        (
            format!("[sorces]\na = [\"x\"]\n{FRAME}"),
            "unknown key \"sorces\" in the codebook; did you mean \"sources\"?",
        ),
        (
            format!("{}{}", rule("match = \"a\""), "[[rule]]\nid = \"r\"\nframe = \"f\"\nmatch = \"a\"\n"),
            "defined twice",
        ),
    ] {
        let error = parse(&text, "c.toml").err().unwrap_or_else(|| panic!("accepted: {text}")).to_string();
        assert!(error.contains(expected), "expected {expected:?} in:\n{error}\nfor:\n{text}");
    }
}

#[test]
fn a_pattern_error_shows_a_caret_under_the_place() {
    let text = "[[frame]]\nid = \"f\"\n[[rule]]\nid = \"r\"\nframe = \"f\"\nmatch = \"troop* NEAR border\"\n";
    let error = parse(text, "codebook.toml").unwrap_err().to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(lines[0], "codebook.toml:6:17: NEAR needs a distance in words from 1 to 100, such as NEAR/6");
    assert_eq!(lines[1], "  6 | match = \"troop* NEAR border\"");
    assert_eq!(lines[2].find('^'), lines[1].find("NEAR"));
}

#[test]
fn many_repeated_words_stay_within_bounds() {
    let sentence = "troops ".repeat(3000);
    assert_eq!(matches("{forces} NEAR/5 {forces}", &sentence).len(), 2999 + 2998 + 2997 + 2996 + 2995);
}

#[test]
fn the_docs_tell_patterns_as_the_codebook_page_does() {
    assert!(
        include_str!("../docs/codebook.md").contains(NOTATION),
        "copy src/codebook/notation.md into docs/codebook.md"
    );
}
