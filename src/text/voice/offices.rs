//! Offices: "the mayor" is the mayor whom the text has named, as "Mayor Jan Nowak", "Jan Nowak, the mayor of Lodz" or "the mayor, Jan
//! Nowak". Not here: the name inside a source (`naming`), and whom a pronoun stands for (`names`).

use std::ops::Range;

use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::people::People;

/// Most words of an office: "Polish deputy foreign minister".
const LONGEST_OFFICE: usize = 6;

/// How many names before an office are looked at for who holds it: more than an article has, so that a book takes no square of its length.
const MOST_NAMES: usize = 256;

/// Words that one has because of an office and not by birth or by nation.
const RANKS: [Class; 2] = [Class::Title, Class::Ranking];

/// An office as written: what describes it, and the word for it.
struct Office {
    words: Range<usize>,
    head: usize,
}

impl Office {
    /// The words that describe the office.
    fn describing(&self) -> impl Iterator<Item = usize> + Clone {
        let head = self.head;
        self.words.clone().filter(move |at| *at != head)
    }

    /// Whether it is said of which nation or body: "Polish president", "Poland's president".
    fn is_placed(&self, passage: &Passage) -> bool {
        self.is_foreign(passage)
            || self.describing().any(|at| passage.is(at, Class::Capital) && !passage.is_any(at, &RANKS))
    }

    /// Whether it is said of which nation, or whose it is.
    fn is_foreign(&self, passage: &Passage) -> bool {
        let owned = self.words.start > 0 && passage.is(self.words.start - 1, Class::Possessive);
        owned || self.describing().any(|at| passage.is(at, Class::Nationality))
    }

    /// Whether somebody who holds `other` may be meant by this: "the minister" may be "Polish Foreign Minister Jan Nowak", not "Prime Minister
    /// Jan Nowak", and "the Polish president" not "German President Jan Nowak".
    fn may_be(&self, passage: &Passage, other: &Self) -> bool {
        let within = |at: usize, mut words: Range<usize>| words.any(|it| passage.folded(it) == passage.folded(at));
        let ranked = other.describing().filter(|&at| passage.is_any(at, &RANKS));
        // "The president" alone is seldom "Polish President Jan Nowak", whom a text calls the Polish president.
        let alone = self.words.len() == 1 && other.is_foreign(passage);
        !alone
            && passage.folded(self.head) == passage.folded(other.head)
            && self.describing().all(|at| within(at, other.words.clone()))
            && ranked.into_iter().all(|at| within(at, self.words.clone()))
    }
}

/// The name of who holds the office that a source gives without a name: the one before it who holds such an office, or, of several,
/// the one whose office is no more described than that, as "the president" is "President Nowak" rather than "Polish President Jan Lis".
pub(in crate::text) fn holder(passage: &Passage, people: &People, source: &Range<usize>) -> Option<Range<usize>> {
    let office = bare_office(passage, source)?;
    let known = people.mentions.partition_point(|name| name.start < source.start);
    let named = people.mentions[known.saturating_sub(MOST_NAMES)..known].iter().rev();
    let mut holders: Vec<_> = named.filter_map(|name| Some((name, held(passage, name, &office)?))).collect();
    if !office.is_placed(passage) && !are_one(passage, &holders) {
        holders.retain(|(_, held)| !held.is_placed(passage));
    }
    let (name, _) = holders.first().filter(|_| are_one(passage, &holders))?;
    // "The president" alone is who speaks elsewhere by name, too, not "President Nowak" whom others only speak of.
    let heard = office.words.len() > 1 || people.speaks(passage, name.end - 1);
    heard.then(|| (*name).clone())
}

/// The office that goes with a name, where it may be this.
fn held(passage: &Passage, name: &Range<usize>, office: &Office) -> Option<Office> {
    offices_of(passage, name).into_iter().flatten().find(|held| office.may_be(passage, held))
}

/// Whether names are all of one person, as far as the last word tells.
fn are_one(passage: &Passage, holders: &[(&Range<usize>, Office)]) -> bool {
    holders.windows(2).all(|two| passage.folded(two[0].0.end - 1) == passage.folded(two[1].0.end - 1))
}

/// The office of a source that is nothing else: "the Polish foreign minister", "the president".
fn bare_office(passage: &Passage, source: &Range<usize>) -> Option<Office> {
    let words = source.start + 1..source.end;
    let head = words.clone().last()?;
    let plain = words.clone().all(|at| describes(passage, at));
    let office = passage.is_any(head, &[Class::Title, Class::Human]) && !passage.is(head, Class::PluralNoun);
    let whole = passage.is(source.start, Class::Article) && words.len() <= LONGEST_OFFICE && plain && office;
    whole.then_some(Office { words, head })
}

/// The offices that stand before and behind a name.
fn offices_of(passage: &Passage, name: &Range<usize>) -> [Option<Office>; 2] {
    // "the mayor, Jan Nowak"
    let end = name.start - usize::from(name.start > 0 && passage.is(name.start - 1, Class::Comma));
    let floor = end.saturating_sub(LONGEST_OFFICE);
    let before = (floor..end).rev().take_while(|&at| describes(passage, at) || passage.is(at, Class::Of)).last();
    // "Jan Nowak, the Polish president,"
    let first = name.end + 1 + usize::from(passage.is(name.end + 1, Class::Article));
    let behind = (first..first + LONGEST_OFFICE).take_while(|&at| describes(passage, at)).last();
    let behind = behind.filter(|_| passage.is(name.end, Class::Comma));
    [before.and_then(|start| office(passage, start..end)), behind.and_then(|last| office(passage, first..last + 1))]
}

/// The office that words name, by the last of them or the last before "of": "Secretary of State".
fn office(passage: &Passage, words: Range<usize>) -> Option<Office> {
    let of = words.clone().find(|&at| passage.is(at, Class::Of)).unwrap_or(words.end);
    let head = of.checked_sub(1).filter(|head| *head >= words.start)?;
    passage.is_any(head, &[Class::Title, Class::Human]).then_some(Office { words, head })
}

/// Whether a word can be part of an office.
fn describes(passage: &Passage, at: usize) -> bool {
    let grammar = [
        Class::Definite,
        Class::Indefinite,
        Class::Preposition,
        Class::Coordinator,
        Class::Subordinator,
        Class::Auxiliary,
        Class::Subject,
        Class::Relative,
        Class::Complementiser,
        Class::Adverb,
    ];
    let acts = passage.is_finite(at) && !passage.is(at, Class::Capital);
    passage.is_word(at) && !passage.is_any(at, &grammar) && !acts
}
