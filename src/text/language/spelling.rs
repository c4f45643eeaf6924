//! How the regular forms of a language's words are spelt: the lines of its `spelling.tsv`.
//!
//! Not here: irregular forms, which stand with their verb in `reporting.tsv`.

use crate::text::language::traits::Form;

/// The regular forms, as the data file names them.
const REGULAR: [(&str, Form); 4] =
    [("past", Form::Past), ("gerund", Form::Gerund), ("third", Form::Third), ("plural", Form::Nouns)];

/// In the data file, any ending.
const ANY: &str = "-";

/// In the data file, the last letter once more, where the verb doubles it.
const DOUBLED: char = '=';

/// The rules of one language.
#[derive(Debug)]
pub(in crate::text::language) struct Spelling {
    rules: Vec<SpellingRule>,
}

/// One line of the data file.
#[derive(Clone, Copy, Debug)]
struct SpellingRule {
    form: Form,
    endings: &'static str,
    /// How many letters go.
    dropped: usize,
    /// What comes in their place.
    added: &'static str,
}

impl Spelling {
    /// Reads the data file. A line that does not parse is left out; a test holds the files to none.
    pub(in crate::text::language) fn parse(source: &'static str) -> Self {
        Self { rules: source.lines().filter(|line| !line.starts_with('#')).filter_map(parse_rule).collect() }
    }

    /// The regular form of a word; the word itself where no rule fits. `doubles` is whether its last letter may be doubled.
    pub(in crate::text::language) fn regular(&self, word: &str, form: Form, doubles: bool) -> String {
        let Some(rule) = self.rules.iter().find(|rule| rule.form == form && rule.fits(word)) else {
            return word.to_owned();
        };
        let kept = word.chars().count().saturating_sub(rule.dropped);
        let last = word.chars().last().filter(|_| doubles && rule.added.starts_with(DOUBLED));
        word.chars().take(kept).chain(last).chain(rule.added.trim_start_matches(DOUBLED).chars()).collect()
    }
}

impl SpellingRule {
    fn fits(&self, word: &str) -> bool {
        self.endings.split(' ').any(|ending| ending == ANY || word.ends_with(ending))
    }
}

fn parse_rule(line: &'static str) -> Option<SpellingRule> {
    let mut fields = line.split('\t');
    let (form, endings, dropped, added) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let (_, form) = REGULAR.iter().find(|(name, _)| *name == form)?;
    Some(SpellingRule { form: *form, endings, dropped: dropped.parse().ok()?, added })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_parses_and_every_regular_form_has_a_line_for_any_word() {
        let table = include_str!("en/spelling.tsv");
        let spelling = Spelling::parse(table);
        assert_eq!(spelling.rules.len(), table.lines().filter(|line| !line.starts_with('#')).count());
        for (name, form) in REGULAR {
            let last = spelling.rules.iter().rfind(|rule| rule.form == form);
            assert_eq!(last.map(|rule| rule.endings), Some(ANY), "{name}");
        }
    }

    #[test]
    fn regular_forms_are_spelt_as_the_first_line_that_fits_says() {
        let spelling = Spelling::parse(include_str!("en/spelling.tsv"));
        for (word, form, doubles, expected) in [
            ("argue", Form::Past, false, "argued"),
            ("deny", Form::Past, false, "denied"),
            ("convey", Form::Past, false, "conveyed"),
            ("admit", Form::Past, true, "admitted"),
            ("admit", Form::Past, false, "admited"),
            ("lie", Form::Gerund, false, "lying"),
            ("agree", Form::Gerund, false, "agreeing"),
            ("admit", Form::Gerund, true, "admitting"),
            ("admit", Form::Third, true, "admits"),
            ("preach", Form::Third, false, "preaches"),
            ("story", Form::Nouns, false, "stories"),
            ("survey", Form::Nouns, false, "surveys"),
        ] {
            assert_eq!(spelling.regular(word, form, doubles), expected, "{word} {form:?}");
        }
        assert_eq!(spelling.regular("said", Form::Base, false), "said", "a form without a rule");
    }
}
