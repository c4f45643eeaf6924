//! The rules of `WordStat`: `GOOD NOT AFTER #NEGATIONS /S 3`, an item and what must stand near it, or must not.
//! `#` names a category, `/S /P /C /D` the sentence, paragraph, case or document that both stand in, and the number the
//! most words between them.

use crate::codebook::import::{Condition, Content, Operand, Side};

/// Reads what stands in the brackets of rule `name`.
pub(super) fn rule(name: &str, inside: &str) -> Content {
    match conditions(inside) {
        Ok((item, conditions)) => Content::Conditional { name: name.to_owned(), item, conditions },
        Err(why) => Content::Unreadable(why),
    }
}

fn conditions(inside: &str) -> Result<(Operand, Vec<Condition>), String> {
    let spaced = inside.replace('/', " /");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let item = item(&mut rest)?;
    let mut conditions = Vec::new();
    // Conditions before the first scope that is given share it.
    let mut unscoped = 0;
    while !rest.is_empty() {
        let (is_negated, side) = operator(&mut rest)?;
        let others = vec![self::item(&mut rest)?];
        conditions.push(Condition { is_negated, side, others, distance: None, loosened: Some(NO_SCOPE) });
        if let Some(Scope { distance, loosened }) = scope(&mut rest)? {
            for condition in &mut conditions[unscoped..] {
                (condition.distance, condition.loosened) = (distance, loosened);
            }
            unscoped = conditions.len();
        }
    }
    if conditions.is_empty() {
        return Err("a rule without NEAR, BEFORE, AFTER or AND".to_owned());
    }
    Ok((item, conditions))
}

const NO_SCOPE: &str = "anywhere in the text there, in the same sentence here";

fn is_operator(word: &str) -> bool {
    matches!(word.to_uppercase().as_str(), "NEAR" | "BEFORE" | "AFTER" | "AND" | "OR" | "NOT")
}

/// The words or the category that `rest` begins with.
fn item(rest: &mut &[&str]) -> Result<Operand, String> {
    let len = rest.iter().take_while(|word| !is_operator(word) && !word.starts_with('/')).count();
    let (words, after) = rest.split_at(len);
    *rest = after;
    match words {
        [] => Err("an operator with nothing on one side".to_owned()),
        _ if words.iter().any(|word| word.contains(['(', ')', '[', ']', ','])) => {
            Err("groups in rules are not read".to_owned())
        }
        [category] if category.starts_with('#') => Ok(Operand::Category(category[1..].to_owned())),
        _ => Ok(Operand::Words(words.join(" "))),
    }
}

/// `AND NOT NEAR` and its like: whether it is negated, and where the other item stands.
fn operator(rest: &mut &[&str]) -> Result<(bool, Side), String> {
    let (mut is_negated, mut side) = (false, Side::Either);
    while let Some((word, after)) = rest.split_first().filter(|(word, _)| is_operator(word)) {
        match word.to_uppercase().as_str() {
            "OR" => return Err("OR between conditions; write a rule for each".to_owned()),
            "NOT" => is_negated = !is_negated,
            // What is after another has that one before it.
            "AFTER" => side = Side::Before,
            "BEFORE" => side = Side::After,
            _ => {}
        }
        *rest = after;
    }
    Ok((is_negated, side))
}

/// How far apart the parts of a rule may stand: `/S 5`.
struct Scope {
    /// Words between them, where it says so.
    distance: Option<usize>,
    /// What of it a codebook cannot say.
    loosened: Option<&'static str>,
}

/// `None` where there is no scope.
fn scope(rest: &mut &[&str]) -> Result<Option<Scope>, String> {
    let Some((unit, after)) = rest.split_first().filter(|(word, _)| word.starts_with('/')) else { return Ok(None) };
    let letters: String = unit[1..].chars().filter(char::is_ascii_alphabetic).collect();
    let mut digits: String = unit[1..].chars().filter(char::is_ascii_digit).collect();
    *rest = after;
    if let Some((number, after)) = rest.split_first().filter(|(word, _)| word.bytes().all(|b| b.is_ascii_digit())) {
        digits.push_str(number);
        *rest = after;
    }
    let loosened = match letters.to_uppercase().as_str() {
        "S" => None,
        "P" => Some("in the same paragraph there, in the same sentence here"),
        "C" | "D" => Some(NO_SCOPE),
        _ => return Err(format!("unknown scope {unit}")),
    };
    Ok(Some(Scope { distance: digits.parse().ok().filter(|distance| *distance > 0), loosened }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_with_their_scopes() {
        use Side::{After, Before, Either};
        let words = |text: &str| Operand::Words(text.to_owned());
        let category = |key: &str| Operand::Category(key.to_owned());
        for (inside, item, expected) in [
            ("GOOD AFTER #NEGATIONS /S 3", words("GOOD"), vec![(false, Before, category("NEGATIONS"), Some(3), true)]),
            ("#GOOD NOT AFTER NO /S3", category("GOOD"), vec![(true, Before, words("NO"), Some(3), true)]),
            ("A_B BEFORE C /S", words("A_B"), vec![(false, After, words("C"), None, true)]),
            ("A NEAR B C /P 9", words("A"), vec![(false, Either, words("B C"), Some(9), false)]),
            ("A AND NOT B", words("A"), vec![(true, Either, words("B"), None, false)]),
            (
                "A NEAR B AND NOT NEAR C /S 5",
                words("A"),
                vec![(false, Either, words("B"), Some(5), true), (true, Either, words("C"), Some(5), true)],
            ),
        ] {
            let (found_item, found) = conditions(inside).unwrap();
            assert_eq!(found_item, item, "{inside}");
            let found: Vec<_> = found
                .into_iter()
                .map(|found| {
                    let other = found.others.into_iter().next().unwrap();
                    (found.is_negated, found.side, other, found.distance, found.loosened.is_none())
                })
                .collect();
            assert_eq!(found, expected, "{inside}");
        }
    }

    #[test]
    fn what_is_no_rule_says_why() {
        for (inside, why) in [
            ("", "nothing on one side"),
            ("A", "without NEAR"),
            ("A NEAR", "nothing on one side"),
            ("A NEAR B OR NEAR C /S 5", "OR between"),
            ("A NEAR (B C) /S 5", "groups"),
            ("A NEAR B /X 5", "unknown scope /X"),
        ] {
            let error = conditions(inside).expect_err(inside);
            assert!(error.contains(why), "{inside}: {error}");
        }
    }
}
