//! Which classes each word form of a language belongs to, read once from the language's data files.

use rustc_hash::FxHashMap;

use crate::model::VerbClass;
use crate::text::language::class_names::NAMED;
use crate::text::language::classes::Class;
use crate::text::language::reporting::{Follows, ReportingWord, parse_entries};
use crate::text::language::spelling::Spelling;
use crate::text::language::traits::{Form, Traits};

/// The data files of a language that classes of words are read from.
#[derive(Clone, Copy, Debug)]
pub(in crate::text::language) struct Sources {
    /// Closed classes.
    pub(in crate::text::language) words: &'static str,
    /// What the ending of any other word says.
    pub(in crate::text::language) endings: &'static str,
    /// Verbs and nouns of saying.
    pub(in crate::text::language) reporting: &'static str,
    /// How regular forms are spelt.
    pub(in crate::text::language) spelling: &'static str,
}

/// The words of one language by class, and its verbs and nouns of saying.
#[derive(Debug)]
pub(in crate::text) struct Lexicon {
    roles: FxHashMap<Box<str>, Traits>,
    /// Of words that mean something else with a capital, as written.
    written: FxHashMap<Box<str>, Traits>,
    endings: Vec<Ending>,
    entries: Vec<ReportingWord>,
}

/// One line of `endings.tsv`.
#[derive(Clone, Copy, Debug)]
struct Ending {
    class: Class,
    written: &'static str,
    /// Fewest bytes before it.
    stem: usize,
    /// What a word must not be.
    except: &'static str,
}

impl Lexicon {
    /// Reads the data files. A line that does not parse is left out; a test holds the files to none.
    pub(in crate::text::language) fn parse(sources: Sources) -> Self {
        let spelling = Spelling::parse(sources.spelling);
        let mut lexicon = Self {
            roles: FxHashMap::default(),
            written: FxHashMap::default(),
            endings: lines(sources.endings).filter_map(parse_ending).collect(),
            entries: parse_entries(sources.reporting, &spelling),
        };
        for line in lines(sources.words) {
            let Some((class, members)) = line.split_once('\t').and_then(|(name, rest)| Some((class(name)?, rest)))
            else {
                continue;
            };
            for member in members.split_whitespace() {
                lexicon.add(member, class);
                if class == Class::Human {
                    lexicon.add(&spelling.regular(member, Form::Nouns, false), class);
                }
            }
        }
        for (number, entry) in (1_u16..).zip(&lexicon.entries) {
            for (form, written) in entry.forms() {
                let role = lexicon.roles.entry(written.into()).or_default();
                if entry.is_noun {
                    role.noun = number;
                } else if role.verb == 0 {
                    role.verb = number;
                    role.form = form;
                }
            }
        }
        lexicon
    }

    fn add(&mut self, member: &str, class: Class) {
        let map = if member.contains(char::is_uppercase) { &mut self.written } else { &mut self.roles };
        let role = map.entry(member.into()).or_default();
        *role = role.with(class);
    }

    /// What is known of a word form.
    pub(in crate::text) fn role(&self, surface: &str, folded: &str) -> Traits {
        let known = self.written.get(surface).or_else(|| self.roles.get(folded)).copied().unwrap_or_default();
        let Some(first) = surface.chars().next() else { return known };
        if first.is_alphanumeric() { self.shape(surface, folded, known) } else { mark(surface, known) }
    }

    /// What is known of a verb of saying whose lemma has a hyphen, by the form of all its parts: "pooh-poohed".
    pub(in crate::text) fn hyphenated_verb(&self, folded: &str) -> Option<Traits> {
        self.roles.get(folded).copied().filter(|role| role.is_verb())
    }

    /// Whether the lists put a word in lower case into `class`.
    pub(in crate::text) fn is(&self, word: &str, class: Class) -> bool {
        self.roles.get(word).is_some_and(|role| role.is(class))
    }

    /// What the spelling of a word adds to what the lists say.
    fn shape(&self, surface: &str, folded: &str, known: Traits) -> Traits {
        let mut role = known;
        if surface.starts_with(char::is_uppercase) {
            role = role.with(Class::Capital);
            if surface.len() > 2 && !surface.chars().any(char::is_lowercase) {
                role = role.with(Class::Upper);
            }
        }
        if surface.starts_with(|c: char| c.is_numeric()) {
            role = role.with(Class::Number);
        }
        let fits = |ending: &&Ending| ending.fits(folded, known);
        self.endings.iter().filter(fits).fold(role, |role, ending| role.with(ending.class))
    }

    /// The entry of a verb of saying.
    pub(in crate::text) fn verb(&self, role: Traits) -> Option<&ReportingWord> {
        self.entries.get(usize::from(role.verb).checked_sub(1)?)
    }

    /// A verb of a class that takes an object: what idioms of that class are taken for.
    pub(in crate::text) fn verb_of(&self, class: VerbClass) -> Option<&ReportingWord> {
        let fits = |it: &&ReportingWord| !it.is_noun && it.class(false) == class && it.takes(Follows::Np);
        self.entries.iter().find(fits)
    }

    /// The entry of a noun of saying.
    pub(in crate::text) fn noun(&self, role: Traits) -> Option<&ReportingWord> {
        self.entries.get(usize::from(role.noun).checked_sub(1)?)
    }
}

impl Ending {
    /// Whether it tells its class of a word in lower case of which the lists say `known`.
    fn fits(&self, folded: &str, known: Traits) -> bool {
        let excepted = |name: &str| match name.strip_prefix('-') {
            Some(ending) => folded.ends_with(ending),
            None if name == VERB => known.is_verb(),
            None => class(name).is_some_and(|class| known.is(class)),
        };
        folded.strip_suffix(self.written).is_some_and(|stem| stem.len() >= self.stem)
            && !self.except.split_whitespace().any(excepted)
    }
}

/// In `endings.tsv`, any verb of saying.
const VERB: &str = "verb";

/// The lines of a data file that hold something.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#'))
}

fn class(name: &str) -> Option<Class> {
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, class)| *class)
}

fn parse_ending(line: &'static str) -> Option<Ending> {
    let mut fields = line.split('\t');
    let (name, written, stem) = (fields.next()?, fields.next()?, fields.next()?);
    Some(Ending { class: class(name)?, written, stem: stem.parse().ok()?, except: fields.next().unwrap_or_default() })
}

/// What a mark does.
fn mark(surface: &str, known: Traits) -> Traits {
    let role = known.with(Class::Mark);
    match surface {
        "," => role.with(Class::Comma),
        "." | "!" | "\u{2026}" | "..." => role.with(Class::Stop),
        "?" => role.with(Class::Stop).with(Class::QuestionMark),
        ":" => role.with(Class::Colon),
        ";" => role.with(Class::Semicolon),
        "\u{2013}" | "\u{2014}" | "\u{2015}" | "--" | "---" => role.with(Class::Dash),
        "-" | "\u{2010}" | "\u{2011}" => role.with(Class::Hyphen),
        "(" | "[" => role.with(Class::OpenBracket),
        ")" | "]" => role.with(Class::CloseBracket),
        "\"" | "\u{201C}" | "\u{201D}" | "\u{201E}" | "\u{201F}" | "\u{AB}" | "\u{BB}" | "''" | "``" => {
            role.with(Class::DoubleQuote)
        }
        "'" | "\u{2018}" | "\u{2019}" | "\u{201A}" | "\u{2039}" | "\u{203A}" | "`" => role.with(Class::SingleQuote),
        _ => role,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_word_lists_names_a_known_class() {
        for line in lines(include_str!("en/words.tsv")) {
            let name = line.split('\t').next().unwrap_or_default();
            assert!(class(name).is_some(), "{line}");
        }
        for line in lines(include_str!("en/endings.tsv")) {
            let ending = parse_ending(line).unwrap();
            let known = |name: &&str| name.starts_with('-') || *name == VERB || class(name).is_some();
            assert!(ending.except.split_whitespace().all(|name| known(&name)), "{line}");
        }
    }

    #[test]
    fn a_capital_may_make_another_word() {
        let english = crate::text::Language::of("en").unwrap().lexicon();
        let cases = [
            ("May", Class::Month, true),
            ("may", Class::Month, false),
            ("may", Class::Auxiliary, true),
            ("May", Class::Auxiliary, false),
            ("US", Class::Object, false),
            ("us", Class::Object, true),
            ("Georgian", Class::Nationality, true),
            ("ended", Class::Past, true),
            ("shed", Class::Past, false),
            ("class", Class::PluralNoun, false),
        ];
        for (word, class, expected) in cases {
            assert_eq!(english.role(word, &word.to_lowercase()).is(class), expected, "{word} {class:?}");
        }
    }
}
