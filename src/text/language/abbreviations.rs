//! The words of a language that decide whether a sentence ends.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word says about the end of a sentence; the sections of a language's `abbreviations.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::text) enum Role {
    /// An abbreviation that a sentence never ends with.
    Continues,
    /// An abbreviation that a sentence may end with.
    MayEnd,
    /// A part of a country that comes last in the name of a town.
    Place,
    /// A half of the day.
    Hour,
    /// A half of the day however it is written, which after figures makes them a time.
    DayHalf,
    /// What goes on after a half of the day: a time zone, a day, a month.
    Zone,
    /// An abbreviation that a number belongs to.
    Number,
    /// A word that begins a sentence.
    Opening,
    /// A verb that follows quoted words.
    Speech,
    /// A word after such a verb that begins a content of its own.
    Content,
    /// A word that no line ends with unless it goes on.
    Unfinished,
}

const ROLES: [(&str, Role); 11] = [
    ("[continues]", Role::Continues),
    ("[may-end]", Role::MayEnd),
    ("[place]", Role::Place),
    ("[hour]", Role::Hour),
    ("[day-half]", Role::DayHalf),
    ("[zone]", Role::Zone),
    ("[number]", Role::Number),
    ("[opening]", Role::Opening),
    ("[speech]", Role::Speech),
    ("[content]", Role::Content),
    ("[unfinished]", Role::Unfinished),
];

/// The roles that make a word an abbreviation.
const ABBREVIATION: u16 =
    bit(Role::Continues) | bit(Role::MayEnd) | bit(Role::Place) | bit(Role::Hour) | bit(Role::Number);

/// The longest entry, in bytes.
const LONGEST: usize = 16;

/// The words of one language, by how they are written.
#[derive(Debug, Default)]
pub(in crate::text) struct Abbreviations {
    /// One bit per role.
    roles: FxHashMap<&'static str, u16>,
}

static NONE: LazyLock<Abbreviations> = LazyLock::new(Abbreviations::default);

impl Abbreviations {
    /// Those of a language that is not supported.
    pub(in crate::text::language) fn none() -> &'static Self {
        &NONE
    }

    /// Reads the data file of a language.
    pub(in crate::text::language) fn parse(source: &'static str) -> Self {
        let mut roles = FxHashMap::default();
        let mut role = None;
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with('[') {
                role = ROLES.iter().find(|(name, _)| *name == line.trim()).map(|(_, role)| *role);
                continue;
            }
            for word in line.split_whitespace() {
                *roles.entry(word).or_default() |= role.map_or(0, bit);
            }
        }
        Self { roles }
    }

    /// Whether `word`, written without its last full stop, has that role.
    pub(in crate::text) fn is(&self, word: &str, role: Role) -> bool {
        self.roles_of(word) & bit(role) != 0
    }

    /// Whether it is an abbreviation of any kind.
    pub(in crate::text) fn is_abbreviation(&self, word: &str) -> bool {
        self.roles_of(word) & ABBREVIATION != 0
    }

    /// Whether nothing is known.
    pub(in crate::text) fn is_empty(&self) -> bool {
        self.roles.is_empty()
    }

    fn roles_of(&self, word: &str) -> u16 {
        if word.len() > LONGEST || self.is_empty() {
            return 0;
        }
        let written = |form: &str| self.roles.get(form).copied().unwrap_or(0);
        if !word.contains(char::is_uppercase) {
            return written(word);
        }
        let small = word.to_lowercase();
        let in_capitals = word.chars().nth(2).is_some() && !word.contains(char::is_lowercase);
        let title: String =
            small.chars().enumerate().map(|(at, c)| if at == 0 { c.to_ascii_uppercase() } else { c }).collect();
        written(word) | written(&small) | if in_capitals { written(&title) } else { 0 }
    }
}

const fn bit(role: Role) -> u16 {
    1 << role as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use crate::text::language::abbreviations;

    #[test]
    fn tells_capitals_from_small_letters_only_where_the_list_does() {
        let english = abbreviations(Language::of("en"));
        let cases = [
            ("Gen", Role::Continues, true),
            ("GEN", Role::Continues, true),
            ("gen", Role::Continues, false),
            ("No", Role::Number, true),
            ("no", Role::Number, true),
            ("Sat", Role::Number, true),
            ("sat", Role::Number, false),
            ("The", Role::Opening, true),
            ("the", Role::Opening, false),
        ];
        for (word, role, expected) in cases {
            assert_eq!(english.is(word, role), expected, "{word} {role:?}");
        }
        assert!(!abbreviations(None).is_abbreviation("Gen"));
    }

    #[test]
    fn no_entry_is_longer_than_what_is_looked_up() {
        let english = abbreviations(Language::of("en"));
        let mut words: Vec<_> = english.roles.keys().collect();
        words.sort_unstable();
        assert!(words.iter().all(|word| word.len() <= LONGEST), "{words:?}");
    }
}
