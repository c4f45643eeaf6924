//! The people a document names: full name and sex by surname, and who stands first in each sentence.
//!
//! A surname is what follows a common given name ("Ewa Lis") or a title that tells the sex ("Mr. Nowak"). Who stands
//! first in a sentence is the likeliest antecedent of a pronoun in the next, as subjects are (Grosz, Joshi & Weinstein
//! 1995, "Centering").

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::text::language::{Class, Form, Traits};
use crate::text::passage::Passage;
use crate::text::voice::naming::is_particle;
use crate::text::voice::quotes::{Quotation, is_inside};

/// How far into a sentence its first person may stand, in tokens.
const FIRST: usize = 12;

/// Longest name behind a title, in tokens.
const LONGEST_NAME: usize = 3;

/// How many sentences a name is taken along by pronouns.
const FURTHEST: usize = 12;

/// What a source can be, for the pronouns that may stand for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::text) enum Being {
    /// He.
    Man,
    /// She.
    Woman,
    /// He or she.
    Person,
    /// They.
    Several,
    /// It.
    Thing,
}

/// A person of the document.
#[derive(Debug)]
struct Person {
    /// `None` where several people share the surname.
    full: Option<String>,
    /// `None` where they differ.
    being: Option<Being>,
}

/// The people of one document.
#[derive(Debug, Default)]
pub(in crate::text) struct People {
    /// By surname, as a number of the vocabulary.
    by_surname: BTreeMap<usize, Person>,
    /// Tokens that name the first person of their sentence, in order.
    pub(in crate::text) firsts: Vec<usize>,
    /// Names by which somebody may be known to hold an office, in order: "Jan Nowak", the "Nowak" of "President Nowak".
    pub(in crate::text) mentions: Vec<Range<usize>>,
    /// The words with a capital in the names of those who speak, as numbers of the vocabulary.
    speakers: BTreeSet<usize>,
}

impl People {
    /// Finds the people that a document names.
    pub(in crate::text) fn read(passage: &Passage, quotations: &[Quotation]) -> Self {
        let mut people = Self::default();
        let names = |role: Traits| {
            role.is(Class::Capital) && (role.is(Class::GivenMasculine) || role.is(Class::GivenFeminine))
                || role.is(Class::Title) && (role.is(Class::Masculine) || role.is(Class::Feminine))
        };
        for (at, role) in passage.roles().iter().enumerate() {
            if names(*role) {
                people.enter(passage, at);
            } else if role.is(Class::Title) {
                people.mentions.extend(titled(passage, at + 1));
            }
        }
        // Without anybody named there is nobody that a pronoun could stand for.
        if !people.by_surname.is_empty() {
            people.find_firsts(passage, quotations);
        }
        people
    }

    /// The full name of the person whose surname stands at a token.
    pub(in crate::text) fn full_name(&self, passage: &Passage, surname: usize) -> Option<&str> {
        self.by_surname.get(&word(passage, surname))?.full.as_deref()
    }

    /// The sex of the person whose surname stands at a token.
    pub(in crate::text) fn being(&self, passage: &Passage, surname: usize) -> Option<Being> {
        self.by_surname.get(&word(passage, surname))?.being
    }

    /// The full names of people.
    pub(in crate::text) fn full_names(&self) -> BTreeSet<&str> {
        self.by_surname.values().filter_map(|person| person.full.as_deref()).collect()
    }

    /// Takes in who speaks in the document.
    pub(in crate::text) fn hear(&mut self, passage: &Passage, source: &Range<usize>) {
        let named = |at: &usize| passage.is(*at, Class::Capital) && !passage.is(at + 1, Class::Possessive);
        self.speakers.extend(source.clone().filter(named).map(|at| word(passage, at)));
    }

    /// Whether somebody speaks in the document whose surname stands at a token.
    pub(in crate::text) fn speaks(&self, passage: &Passage, surname: usize) -> bool {
        self.speakers.contains(&word(passage, surname))
    }

    /// Enters the person whose given name or title stands at a token.
    fn enter(&mut self, passage: &Passage, at: usize) {
        let role = passage.role(at);
        let (man, woman) = (role.is(Class::GivenMasculine), role.is(Class::GivenFeminine));
        if man || woman {
            // "Joseph R. Biden"
            let initial = passage.folded(at + 1).len() == 1 && passage.folded(at + 2) == ".";
            let surname = family_name(passage, at + if initial { 3 } else { 1 });
            if is_surname(passage, surname) {
                self.mentions.push(at..surname + 1);
                let full = passage.text(&(at..surname + 1)).to_owned();
                self.insert(word(passage, surname), Some(full), if man { Being::Man } else { Being::Woman });
            }
        } else {
            let surname = family_name(passage, at + 1 + usize::from(passage.folded(at + 1) == "."));
            if is_surname(passage, surname) && !is_surname(passage, surname + 1) {
                let being = if role.is(Class::Masculine) { Being::Man } else { Being::Woman };
                self.insert(word(passage, surname), None, being);
            }
        }
    }

    fn insert(&mut self, surname: usize, full: Option<String>, being: Being) {
        let Some(known) = self.by_surname.get_mut(&surname) else {
            self.by_surname.insert(surname, Person { full, being: Some(being) });
            return;
        };
        // "Mr. Nowak" and "Mrs. Nowak" in one text: the surname alone tells nothing of either.
        if known.being != Some(being) {
            (known.full, known.being) = (None, None);
        } else if let Some(full) = full {
            match &known.full {
                // "Jan Nowak" and "Piotr Nowak": "Nowak" may be both.
                Some(other) if *other != full => known.full = None,
                Some(_) => {}
                None => known.full = Some(full),
            }
        }
    }

    /// Somebody named in quoted words is seldom who the writer goes on about.
    fn find_firsts(&mut self, passage: &Passage, quotations: &[Quotation]) {
        let mut quoted = 0;
        let mut next = quotations.iter().peekable();
        for sentence in passage.sentences.iter().filter(|sentence| !is_caption(passage, &sentence.tokens)) {
            let tokens = sentence.tokens.start..sentence.tokens.end.min(sentence.tokens.start + FIRST);
            let known = |at: usize| {
                passage.is(at, Class::Capital)
                    && self.by_surname.contains_key(&word(passage, at))
                    && !passage.is(at + 1, Class::Possessive)
            };
            let first = tokens.into_iter().find(|at| known(*at));
            while let Some(quotation) = next.next_if(|quotation| first.is_some_and(|at| quotation.tokens.start <= at)) {
                quoted = quoted.max(quotation.tokens.end);
            }
            self.firsts.extend(first.filter(|at| *at >= quoted));
        }
    }
}

/// Where a text goes on about a man or a woman: the sentences that hold no "he" or no "she" of the writer's own, counted from the first.
pub(in crate::text) struct Centres {
    without_he: Vec<usize>,
    without_she: Vec<usize>,
}

impl Centres {
    /// Counts the sentences of a document.
    pub(in crate::text) fn read(passage: &Passage, quotations: &[Quotation]) -> Self {
        let without = |class: Class| counts_without(passage, quotations, class);
        Self { without_he: without(Class::Male), without_she: without(Class::Female) }
    }

    /// How far a pronoun in the last of these sentences stands from a name in the first. A sentence between that goes on about the same
    /// sex takes the name along: "Jan Lis was a surgeon. He saw much. In May his ward was shut. They sued him. He said ..."
    pub(in crate::text) fn apart(&self, sentences: Range<usize>, pronoun: Option<Being>) -> usize {
        let without = match pronoun {
            Some(Being::Man) => &self.without_he,
            Some(Being::Woman) => &self.without_she,
            _ => return sentences.end - sentences.start,
        };
        if sentences.is_empty() || sentences.len() > FURTHEST {
            return sentences.len();
        }
        1 + without[sentences.end - 1] - without[sentences.start]
    }
}

/// How many sentences up to each hold no word of `class` outside quotation marks.
fn counts_without(passage: &Passage, quotations: &[Quotation], class: Class) -> Vec<usize> {
    let goes_on = |at: usize| passage.is(at, class) && !is_inside(quotations, at);
    let sentences = passage.sentences.iter();
    sentences
        .scan(0, |count, sentence| {
            *count += usize::from(!sentence.tokens.clone().any(goes_on));
            Some(*count)
        })
        .collect()
}

/// Whether a sentence is the caption of a picture, which the text around it goes on from as if it were not there: "President Jan Nowak
/// opens a fair in Lodz on May 3, 2021."
pub(in crate::text) fn is_caption(passage: &Passage, sentence: &Range<usize>) -> bool {
    let verb = sentence.clone().find(|&at| !passage.is(at, Class::Capital)).unwrap_or(sentence.start);
    // A verb in -s that no list knows looks like a plural.
    let role = passage.role(verb);
    let present = role.is(Class::PluralNoun) || role.is_verb() && role.form == Form::Third;
    verb > sentence.start + 1 && present && sentence.clone().any(|at| is_full_date(passage, at))
}

/// Whether a date with its year begins at a token: "May 3, 2021", also "May 3,2021".
fn is_full_date(passage: &Passage, at: usize) -> bool {
    let year = |at: usize| passage.is(at, Class::Number) && passage.folded(at).len() >= 4;
    passage.is(at, Class::Month) && (at + 1..at + 4).any(year)
}

fn word(passage: &Passage, token: usize) -> usize {
    passage.tokens.get(token).map_or(usize::MAX, |token| token.word.index())
}

/// The last token of the family name that begins at `first`: of "van der Berg", of "Lis-Nowak".
fn family_name(passage: &Passage, first: usize) -> usize {
    let mut last = first;
    while is_particle(passage, last, passage.len()) {
        last += 1;
    }
    let joined = |at: usize| passage.is(at, Class::Hyphen) && !passage.is(at, Class::Dash);
    while joined(last + 1) && passage.is(last + 2, Class::Capital) {
        last += 2;
    }
    last
}

/// The name that begins at token `first`, behind a title, where no given name tells that it is one: "President | Nowak".
fn titled(passage: &Passage, first: usize) -> Option<Range<usize>> {
    let given = passage.is_any(first, &[Class::GivenMasculine, Class::GivenFeminine]);
    let mut end = family_name(passage, first) + 1;
    while end < first + LONGEST_NAME && is_surname(passage, end) {
        end += 1;
    }
    // "says president | Minsk is near": a headline ended between them.
    let parted = passage.is(first, Class::Paragraph);
    (!given && !parted && is_surname(passage, first)).then_some(first..end)
}

fn is_surname(passage: &Passage, at: usize) -> bool {
    let common = [
        Class::Title,
        Class::Person,
        Class::Preposition,
        Class::Auxiliary,
        Class::Weekday,
        Class::Month,
        Class::Definite,
    ];
    passage.is(at, Class::Capital) && !passage.is_any(at, &common)
}
