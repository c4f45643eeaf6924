//! Parses the condition of a subset, `where = "outlet in ('A', 'B') and words >= 300"`:
//!
//! ```text
//! condition = all { "or" all }
//! all       = test { "and" test }
//! test      = "not" test | "(" condition ")" | column relation
//! relation  = ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) value | [ "not" ] "in" "(" value { "," value } ")"
//!           | ( "contains" | "startswith" ) text
//! column    = letters, digits, _ . - or anything between backquotes
//! value     = text in quotation marks | number | day such as 2022-01-26
//! ```

use crate::model::{ColumnTest, Literal, Relation, SubsetCondition};

/// The most levels of brackets and `not`: the parser calls itself for each.
const MAX_DEPTH: usize = 32;

const SYMBOLS: [&str; 10] = ["(", ")", ",", "==", "!=", "<=", ">=", "<", ">", "="];

/// Why a condition cannot be read, and at which byte of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ConditionError {
    pub(super) at: usize,
    pub(super) message: String,
}

fn fail<T>(at: usize, message: impl Into<String>) -> Result<T, ConditionError> {
    Err(ConditionError { at, message: message.into() })
}

/// Parses a condition.
///
/// # Errors
/// When it is none; the message gives the remedy.
pub(super) fn parse_condition(text: &str) -> Result<SubsetCondition, ConditionError> {
    let mut parser = ConditionParser { lexemes: lex(text)?, next: 0, end: text.len(), depth: 0 };
    let condition = parser.any()?;
    match parser.peek() {
        None => Ok(condition),
        Some(Lexeme::Symbol(")")) => fail(parser.place(), "\")\" closes nothing; remove it or add \"(\" before"),
        Some(_) => fail(parser.place(), "expected \"and\", \"or\" or the end here"),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Lexeme {
    /// A column or a word such as `and`.
    Word(String),
    /// A column between backquotes, which is never such a word.
    Quoted(String),
    Value(Literal),
    Symbol(&'static str),
}

fn lex(text: &str) -> Result<Vec<(Lexeme, usize)>, ConditionError> {
    let mut lexemes = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        if character.is_whitespace() {
            at += character.len_utf8();
            continue;
        }
        let (lexeme, len) = match character {
            '\'' | '"' | '`' => quoted(&text[at..], character, at)?,
            _ => match SYMBOLS.into_iter().find(|symbol| text[at..].starts_with(symbol)) {
                Some("=") => return fail(at, "\"=\" alone compares nothing; write =="),
                Some(symbol) => (Lexeme::Symbol(symbol), symbol.len()),
                None => bare(&text[at..], at)?,
            },
        };
        lexemes.push((lexeme, at));
        at += len;
    }
    Ok(lexemes)
}

/// What stands between two marks of one kind, and its length with them.
fn quoted(text: &str, mark: char, at: usize) -> Result<(Lexeme, usize), ConditionError> {
    let Some(len) = text[1..].find(mark) else {
        return fail(
            at,
            format!("{mark} is never closed; a text that has one in it goes between marks of the other kind"),
        );
    };
    let inner = text[1..=len].to_owned();
    let lexeme = if mark == '`' { Lexeme::Quoted(inner) } else { Lexeme::Value(Literal::Text(inner)) };
    Ok((lexeme, len + 2))
}

/// A word, a number or a day, and its length.
fn bare(text: &str, at: usize) -> Result<(Lexeme, usize), ConditionError> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
    let len = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let word = &text[..len];
    let Some(first) = word.chars().next() else {
        let character = text.chars().next().unwrap_or_default();
        return fail(at, format!("\"{character}\" has no meaning here; write a column, and texts as 'World'"));
    };
    if !first.is_ascii_digit() && !matches!(first, '-' | '+' | '.') {
        return Ok((Lexeme::Word(word.to_owned()), len));
    }
    let day = (len == "2022-01-26".len()).then(|| word.parse().ok()).flatten().map(Literal::Day);
    let number = word.parse().ok().filter(|number: &f64| number.is_finite()).map(Literal::Number);
    match day.or(number) {
        Some(value) => Ok((Lexeme::Value(value), len)),
        None => fail(
            at,
            format!(
                "\"{word}\" is neither a number nor a day such as 2022-01-26; put a text between '' and a column between ``"
            ),
        ),
    }
}

struct ConditionParser {
    lexemes: Vec<(Lexeme, usize)>,
    next: usize,
    end: usize,
    depth: usize,
}

impl ConditionParser {
    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.next).map(|(lexeme, _)| lexeme)
    }

    fn place(&self) -> usize {
        self.lexemes.get(self.next).map_or(self.end, |(_, at)| *at)
    }

    /// Passes over this word, however it is written, if it comes next.
    fn takes_word(&mut self, word: &str) -> bool {
        let is_next = matches!(self.peek(), Some(Lexeme::Word(next)) if next.eq_ignore_ascii_case(word));
        self.next += usize::from(is_next);
        is_next
    }

    /// Passes over this symbol if it comes next.
    fn takes(&mut self, symbol: &str) -> bool {
        let is_next = matches!(self.peek(), Some(Lexeme::Symbol(next)) if *next == symbol);
        self.next += usize::from(is_next);
        is_next
    }

    fn any(&mut self) -> Result<SubsetCondition, ConditionError> {
        let mut parts = vec![self.all()?];
        while self.takes_word("or") {
            parts.push(self.all()?);
        }
        Ok(single_or(parts, SubsetCondition::Any))
    }

    fn all(&mut self) -> Result<SubsetCondition, ConditionError> {
        let mut parts = vec![self.test()?];
        while self.takes_word("and") {
            parts.push(self.test()?);
        }
        Ok(single_or(parts, SubsetCondition::All))
    }

    fn test(&mut self) -> Result<SubsetCondition, ConditionError> {
        let start = self.place();
        let is_negated = self.takes_word("not");
        if !is_negated && !self.takes("(") {
            return self.column();
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return fail(start, format!("brackets and \"not\" are nested more than {MAX_DEPTH} deep"));
        }
        let inner = if is_negated { SubsetCondition::Not(Box::new(self.test()?)) } else { self.bracket(start)? };
        self.depth -= 1;
        Ok(inner)
    }

    fn bracket(&mut self, start: usize) -> Result<SubsetCondition, ConditionError> {
        let inner = self.any()?;
        if self.takes(")") { Ok(inner) } else { fail(start, "\"(\" is never closed; add \")\"") }
    }

    fn column(&mut self) -> Result<SubsetCondition, ConditionError> {
        const REMEDY: &str = "expected a column here, as in section == 'World'; \"not\" and brackets may come before";
        let column = match self.peek() {
            Some(Lexeme::Word(word)) if !is_keyword(word) => word.clone(),
            Some(Lexeme::Quoted(name)) => name.clone(),
            _ => return fail(self.place(), REMEDY),
        };
        self.next += 1;
        let is_negated = self.takes_word("not");
        let at = self.place();
        if self.takes_word("in") {
            let values = self.values()?;
            let test = ColumnTest { column, relation: Relation::Equal, values };
            return Ok(negated_if(is_negated, SubsetCondition::Column(test)));
        }
        if is_negated {
            return fail(at, "expected \"in\" after \"not\"; write not in ('A', 'B')");
        }
        let Some((relation, is_negated)) = self.relation() else {
            return fail(at, "expected ==, !=, <, <=, >, >=, in, not in, contains or startswith here");
        };
        let place = self.place();
        let value = self.value()?;
        fits(relation, &value).or_else(|message| fail(place, message))?;
        Ok(negated_if(is_negated, SubsetCondition::Column(ColumnTest { column, relation, values: vec![value] })))
    }

    /// A relation, and whether it is denied.
    fn relation(&mut self) -> Option<(Relation, bool)> {
        const SYMBOLS: [(&str, Relation, bool); 6] = [
            ("==", Relation::Equal, false),
            ("!=", Relation::Equal, true),
            ("<=", Relation::AtMost, false),
            (">=", Relation::AtLeast, false),
            ("<", Relation::Less, false),
            (">", Relation::Greater, false),
        ];
        const WORDS: [(&str, Relation); 2] = [("contains", Relation::Contains), ("startswith", Relation::StartsWith)];
        for (symbol, relation, is_negated) in SYMBOLS {
            if self.takes(symbol) {
                return Some((relation, is_negated));
            }
        }
        WORDS.into_iter().find(|(word, _)| self.takes_word(word)).map(|(_, relation)| (relation, false))
    }

    fn values(&mut self) -> Result<Vec<Literal>, ConditionError> {
        let open = self.place();
        if !self.takes("(") {
            return fail(open, "expected values in brackets after \"in\": ('A', 'B')");
        }
        let mut values = vec![self.value()?];
        while self.takes(",") {
            values.push(self.value()?);
        }
        if self.takes(")") { Ok(values) } else { fail(self.place(), "expected \",\" or \")\" here") }
    }

    fn value(&mut self) -> Result<Literal, ConditionError> {
        let place = self.place();
        match self.peek().cloned() {
            Some(Lexeme::Value(value)) => {
                self.next += 1;
                Ok(value)
            }
            Some(Lexeme::Word(word)) => {
                fail(place, format!("expected a value here; put a text between marks: '{word}'"))
            }
            _ => fail(place, "expected a value here: a text such as 'World', a number, or a day such as 2022-01-26"),
        }
    }
}

fn is_keyword(word: &str) -> bool {
    ["and", "or", "not", "in", "contains", "startswith"].iter().any(|keyword| word.eq_ignore_ascii_case(keyword))
}

fn negated_if(is_negated: bool, condition: SubsetCondition) -> SubsetCondition {
    if is_negated { SubsetCondition::Not(Box::new(condition)) } else { condition }
}

fn single_or(mut parts: Vec<SubsetCondition>, join: fn(Vec<SubsetCondition>) -> SubsetCondition) -> SubsetCondition {
    if parts.len() == 1 { parts.remove(0) } else { join(parts) }
}

/// Whether such a value can be held against a cell in this way.
fn fits(relation: Relation, value: &Literal) -> Result<(), String> {
    match (relation, value) {
        (Relation::Contains | Relation::StartsWith, Literal::Number(_) | Literal::Day(_)) => {
            Err(format!("expected a text here; put it between marks: '{value}'"))
        }
        (Relation::Less | Relation::AtMost | Relation::Greater | Relation::AtLeast, Literal::Text(_)) => {
            Err("texts have no order here; expected a number or a day such as 2022-01-26, without marks".to_owned())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(condition: &SubsetCondition) -> String {
        let join = |parts: &[SubsetCondition], by: &str| parts.iter().map(shown).collect::<Vec<_>>().join(by);
        match condition {
            SubsetCondition::All(parts) => format!("({})", join(parts, " & ")),
            SubsetCondition::Any(parts) => format!("({})", join(parts, " | ")),
            SubsetCondition::Not(part) => format!("!{}", shown(part)),
            SubsetCondition::Column(ColumnTest { column, relation, values }) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                format!("{column} {relation:?} {}", values.join(","))
            }
        }
    }

    #[test]
    fn conditions_are_read_with_and_tighter_than_or() {
        for (text, tree) in [
            ("outlet == 'A'", "outlet Equal 'A'"),
            ("outlet in ('A', \"B's\") and section == 'World'", "(outlet Equal 'A','B's' & section Equal 'World')"),
            ("a == 1 or b < 2.5 and c >= -3", "(a Equal 1 | (b Less 2.5 & c AtLeast -3))"),
            ("(a == 1 or b == 2) and not c != 'x'", "((a Equal 1 | b Equal 2) & !!c Equal 'x')"),
            ("a not in (1, 2022-01-26)", "!a Equal 1,2022-01-26"),
            ("`Publication Title` CONTAINS 'times'", "Publication Title Contains 'times'"),
            (
                "source.name startswith 'T' AND date <= 2022-02-24",
                "(source.name StartsWith 'T' & date AtMost 2022-02-24)",
            ),
            ("`and` == 'x'", "and Equal 'x'"),
        ] {
            assert_eq!(parse_condition(text).map(|condition| shown(&condition)), Ok(tree.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_bad_condition_names_the_place_and_the_remedy() {
        let deep = "(".repeat(40);
        for (text, at, remedy) in [
            ("", 0, "expected a column"),
            ("outlet = 'A'", 7, "write =="),
            ("outlet == A", 10, "'A'"),
            ("outlet == 'A", 10, "never closed"),
            ("outlet in 'A'", 10, "in brackets"),
            ("outlet in ('A' 'B')", 15, "\",\" or \")\""),
            ("outlet not == 'A'", 11, "not in"),
            ("outlet == 'A' section == 'B'", 14, "\"and\", \"or\""),
            ("(outlet == 'A'", 0, "never closed"),
            ("outlet == 'A')", 13, "closes nothing"),
            ("section < 'World'", 10, "no order"),
            ("words contains 3", 15, "'3'"),
            ("words ~ 3", 6, "no meaning"),
            ("words > 3x", 8, "neither a number"),
            ("outlet", 6, "expected =="),
            ("and == 'x'", 0, "expected a column"),
            (&deep, 32, "nested"),
        ] {
            let error = parse_condition(text).expect_err(text);
            assert_eq!(error.at, at, "{text}: {}", error.message);
            assert!(error.message.contains(remedy), "{text}: {}", error.message);
        }
    }
}
