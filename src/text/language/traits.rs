//! What is known of one token: the classes of its form, and which form of a verb of saying it is.

use crate::text::language::classes::Class;

/// An inflected form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::text) enum Form {
    /// say; of a noun: claim
    #[default]
    Base,
    /// says
    Third,
    /// said
    Past,
    /// spoken, where it differs from the past
    Participle,
    /// saying
    Gerund,
    /// claims, the noun
    Nouns,
    /// "is sure that"
    Adjective,
}

/// Words of 64 classes that hold all of [`Class`].
const WORDS_OF_BITS: usize = Class::LAST as usize / 64 + 1;

/// What is known of one token: its classes, and its entries among the verbs and nouns of saying (0 is none).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::text) struct Traits {
    bits: [u64; WORDS_OF_BITS],
    pub(in crate::text::language) verb: u16,
    pub(in crate::text::language) noun: u16,
    /// Of the verb.
    pub(in crate::text) form: Form,
}

impl Traits {
    /// Whether it belongs to `class`.
    pub(in crate::text) const fn is(self, class: Class) -> bool {
        self.bits[class as usize / 64] >> (class as usize % 64) & 1 == 1
    }

    /// No more than the classes of a list, to ask for any of them at once.
    pub(in crate::text) const fn of(classes: &[Class]) -> Self {
        let mut traits = Self { bits: [0; WORDS_OF_BITS], verb: 0, noun: 0, form: Form::Base };
        let mut next = 0;
        while next < classes.len() {
            traits = traits.with(classes[next]);
            next += 1;
        }
        traits
    }

    /// Whether it belongs to any class of `other`.
    pub(in crate::text) const fn meets(self, other: Self) -> bool {
        let mut next = 0;
        while next < WORDS_OF_BITS {
            if self.bits[next] & other.bits[next] != 0 {
                return true;
            }
            next += 1;
        }
        false
    }

    /// This role with `class` added.
    pub(in crate::text) const fn with(mut self, class: Class) -> Self {
        self.bits[class as usize / 64] |= 1 << (class as usize % 64);
        self
    }

    /// This role with the verb of another.
    pub(in crate::text) const fn as_verb(mut self, other: Self) -> Self {
        (self.verb, self.form) = (other.verb, other.form);
        self
    }

    /// Whether it can be a verb of saying.
    pub(in crate::text) const fn is_verb(self) -> bool {
        self.verb != 0
    }

    /// Whether it can be a noun of saying.
    pub(in crate::text) const fn is_noun(self) -> bool {
        self.noun != 0
    }

    /// Whether the form of a verb of saying is a common noun, too.
    pub(in crate::text) const fn is_homograph(self) -> bool {
        self.noun != 0 || self.is(Class::Homograph)
    }
}
