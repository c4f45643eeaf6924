//! What rules and conditions of dictionaries mean is what their codebooks code. (quanteda takes the rules of `WordStat` for
//! words that no text has, and leaves out the conditions of LIWC.)

use crate::{frames, imported};

#[test]
fn conditions_of_liwc_hold() {
    let (_, _, codebook) = imported("liwc", "liwc-2007.dic");
    for (sentence, expected) in [
        // After a pronoun or a wish, `like` is liking; else a filler.
        ("Now she like herring.", vec!["pronoun", "liking"]),
        ("Nobody would like it.", vec!["wish", "liking"]),
        ("Nobody would, like, sing.", vec!["wish", "liking"]),
        ("It was like rain.", vec!["filler"]),
        // Before `of`, `kind` is a sort; else liking.
        ("A kind of net.", vec!["sort"]),
        ("The bosun was kind.", vec!["liking"]),
        // The form of 2015.
        ("In winter they likewise sleep.", vec!["liking"]),
        ("In winter they liked it.", vec!["liking"]),
        ("One would love it.", vec!["wish", "liking"]),
        ("I love it.", vec!["pronoun"]),
    ] {
        assert_eq!(frames(&codebook, sentence), expected, "{sentence}");
    }
}

#[test]
fn rules_of_wordstat_hold() {
    let (_, _, codebook) = imported("wordstat", "wordstat-rules.cat");
    for (sentence, expected) in [
        ("The pier is good.", vec!["positive"]),
        ("The pier is not very safe.", vec!["negations", "positive", "negative", "negative-not-good"]),
        ("The pier is not what you would call a safe one.", vec!["negations", "positive"]),
        ("It is good for nothing.", vec!["positive", "negative", "negative-not-good"]),
        ("The pier is bad.", vec!["negative", "negative-real-bad"]),
        ("The pier is not bad.", vec!["negations", "negative"]),
        ("The bank gave a loan.", vec!["money"]),
        ("The bank of the river.", vec!["money"]),
        ("The bank.", vec![]),
        ("A loan from the bank by the river.", vec!["money"]),
    ] {
        assert_eq!(frames(&codebook, sentence), expected, "{sentence}");
    }
}

#[test]
fn a_negated_condition_cancels_the_rule() {
    let (_, _, codebook) = imported("wordstat", "wordstat-rules.cat");
    let rule = codebook.rules.iter().find(|rule| rule.id == "money-bank").unwrap();
    assert!(rule.unless.is_some());
    let (_, imported, _) = imported("wordstat", "wordstat-rules.cat");
    assert!(imported.codebook.contains("match = \"bank NEAR/5 loan*\"\nunless = \"bank NEAR/5 river\"\n"));
}

#[test]
fn parts_of_words_are_parts_of_words() {
    let (_, _, codebook) = imported("lexicoder", "lexicoder-2.lcd");
    for (sentence, expected) in [
        ("Undredged sand.", vec!["t100"]),
        ("A pier.", vec!["t100"]),
        ("Two piers.", vec![]),
        ("The outer fishharbour.", vec!["t100"]),
        ("Many harbours.", vec![]),
        ("Old toll roads.", vec!["t100"]),
    ] {
        assert_eq!(frames(&codebook, sentence), expected, "{sentence}");
    }
}

#[test]
fn a_category_counts_what_those_below_it_count() {
    let (_, _, codebook) = imported("yoshikoder", "yoshikoder.ykd");
    assert_eq!(codebook.title, "Harbour politics");
    assert_eq!(frames(&codebook, "Subsidies came."), ["state", "state-more"]);
    assert_eq!(frames(&codebook, "There is more."), ["more"]);
    let (_, _, codebook) = imported("wordstat", "wordstat-weights.cat");
    assert_eq!(frames(&codebook, "A tug came."), ["harbour", "harbour-ships"]);
    let tugs: Vec<f64> =
        codebook.rules.iter().filter(|rule| rule.id.contains("weight")).map(|rule| rule.weight).collect();
    assert_eq!(tugs, [2.0, 2.0]);
    // LIWC lists the categories above with each word itself.
    let (_, _, codebook) = imported("liwc", "liwc-2007.dic");
    assert_eq!(frames(&codebook, "A flat calm sea."), ["weather", "weather-calm"]);
}
