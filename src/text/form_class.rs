//! The classes of word forms that features ask for by themselves, outside the rules of voice and stance.
//!
//! Not here: which words are in them; that is data of the language.

use crate::text::Language;
use crate::text::language::Class;

/// A class of word forms; the examples are English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormClass {
    /// The mark of an owner where it is a token of its own: "'s".
    GenitiveMark,
    /// Ends as an owner does: "'s", "he's".
    Genitive,
    /// A form of "be", contracted ones too: "is", "'re".
    Being,
    /// Another auxiliary: "has", "'ll".
    Auxiliary,
    /// What stands before an infinitive: "to".
    Infinitive,
    /// What a clause about a noun begins with: "who".
    Relative,
    /// Ends as a participle does: "accused", "beaten".
    Participle,
}

/// Whether a lower-case form is in `class`; no form is where the language is not supported.
#[must_use]
pub fn is_form(form: &str, class: FormClass, language: Option<&Language>) -> bool {
    language.is_some_and(|language| language.lexicon().role(form, form).is(class_of(class)))
}

const fn class_of(class: FormClass) -> Class {
    match class {
        FormClass::GenitiveMark => Class::Possessive,
        FormClass::Genitive => Class::Genitive,
        FormClass::Being => Class::Being,
        FormClass::Auxiliary => Class::Auxiliary,
        FormClass::Infinitive => Class::To,
        FormClass::Relative => Class::Relativiser,
        FormClass::Participle => Class::Participle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_in_the_classes_that_the_language_puts_them_in() {
        for (form, class, expected) in [
            ("'s", FormClass::GenitiveMark, true),
            ("he's", FormClass::GenitiveMark, false),
            ("'s", FormClass::Genitive, true),
            ("berg's", FormClass::Genitive, true),
            ("bergs", FormClass::Genitive, false),
            ("'m", FormClass::Being, true),
            ("'d", FormClass::Auxiliary, true),
            ("'d", FormClass::Being, false),
            ("to", FormClass::Infinitive, true),
            ("which", FormClass::Relative, true),
            ("whose", FormClass::Relative, false),
            ("accused", FormClass::Participle, true),
            ("beaten", FormClass::Participle, true),
            ("accuses", FormClass::Participle, false),
        ] {
            assert_eq!(is_form(form, class, Language::of("en")), expected, "{form} {class:?}");
        }
        assert!(!is_form("to", FormClass::Infinitive, None));
    }
}
