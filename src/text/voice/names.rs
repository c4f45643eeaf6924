//! Canonical names: "President Vladimir Putin", "Mr. Putin" and "he" are one source, where that is safe.
//!
//! A name is its capitalised words without titles. A single name joins a longer one of the document that ends with it,
//! if there is just one such; otherwise it stands for itself. "He", "she", "they" and "it" are the last source of their
//! kind within a few sentences, where titles or earlier pronouns tell the sex or only one person can be meant, and
//! nobody otherwise; "who" is the noun before it; "I" in quoted words is their speaker.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::text::language::{Class, Traits};
use crate::text::passage::Passage;
use crate::text::voice::naming::{is_office, is_pronoun, name_of};
use crate::text::voice::offices::holder;
use crate::text::voice::people::{Being, Centres, People, is_caption};
use crate::text::voice::quotes::{Quotation, is_inside};
use crate::text::voice::reports::SpeechReport;
use crate::text::voice::sources::phrase_before;
use crate::text::voice::subjects::subject_before;

/// How many sentences back the antecedent of a pronoun may stand.
const REACH: usize = 3;

/// How many sources named before can be a pronoun's antecedent.
const MOST_ANTECEDENTS: usize = 16;

/// How far into a sentence its verb is looked for, in tokens.
const FURTHEST_VERB: usize = 14;

/// Longest dateline, in tokens.
const LONGEST_DATELINE: usize = 16;

/// Longest title and name of a person, in tokens: "Prime Minister Jan Maria Nowak".
const LONGEST_PERSON: usize = 5;

/// A source named before.
struct Antecedent {
    sentence: usize,
    name: String,
    being: Being,
    /// Whether it is named in quoted words, so that only a pronoun in quoted words can stand for it.
    quoted: bool,
}

impl Antecedent {
    /// Whether it is known by an office ("the Polish minister") rather than by a name.
    fn is_office(&self) -> bool {
        is_office(&self.name)
    }

    /// Whether a pronoun for a `sex` at `place` may stand for it.
    fn fits(&self, sex: Being, place: Place) -> bool {
        // "Nowak said so, though he hinted": a single name may be a person's; further off it is likelier a country's.
        let near = self.being == Being::Thing && self.sentence == place.sentence;
        let surname = near && !self.name.contains(' ') && !self.is_office();
        let person = matches!(sex, Being::Man | Being::Woman) && (self.being == Being::Person || surname);
        (self.being == sex || person) && (place.quoted || !self.quoted)
    }
}

/// Where a pronoun stands.
#[derive(Clone, Copy)]
struct Place {
    sentence: usize,
    /// Whether in quotation marks.
    quoted: bool,
}

/// The canonical name of the source of each report; `None` where it names nobody.
pub(in crate::text) fn canonical_names(
    passage: &Passage,
    quotations: &[Quotation],
    reports: &[SpeechReport],
) -> Vec<Option<String>> {
    let mut people = People::read(passage, quotations);
    reports.iter().filter_map(|it| it.source.as_ref()).for_each(|source| people.hear(passage, source));
    let centres = Centres::read(passage, quotations);
    let meant: Vec<Option<Range<usize>>> =
        reports.iter().map(|it| it.source.as_ref().map(|source| meant_by(passage, &people, source))).collect();
    let own: Vec<Option<String>> = meant.iter().map(|it| it.as_ref().and_then(|it| name_of(passage, it))).collect();
    let spoken = meant.iter().zip(&own).filter_map(|(meant, own)| Some((meant.as_ref()?, own.as_ref()?)));
    let free = spoken.filter(|(source, own)| !is_owned(passage, source, own)).map(|(_, own)| own);
    let longer = longer_names(passage, free, &people.full_names());
    let mut firsts = people.firsts.iter().copied().peekable();
    // A subject that is a source is one antecedent, not two: "The spokesman of the firm, Jan Lis, said".
    let sources: BTreeSet<usize> = reports.iter().filter_map(|it| it.source.as_ref().map(|it| it.start)).collect();
    let openings = openings(passage, quotations).into_iter();
    let mut openings = openings.filter(|opening| !sources.contains(&opening.start)).peekable();
    let mut antecedents: Vec<Antecedent> = Vec::new();
    let mut names = Vec::with_capacity(reports.len());
    for ((report, meant), own) in reports.iter().zip(meant).zip(own) {
        let at = report.source.as_ref().map_or(0, |source| source.start);
        let place = Place { sentence: report.sentence, quoted: is_inside(quotations, at) };
        while let Some(opening) = openings.next_if(|opening| opening.end <= at) {
            antecedents.extend(opening_antecedent(passage, &people, &opening));
        }
        while let Some(first) = firsts.next_if(|first| *first < at) {
            antecedents.extend(antecedent(passage, &people, first));
        }
        let name = match (&meant, own) {
            (Some(source), Some(own)) => {
                let surname = name_end(passage, source, &own);
                let known = surname.and_then(|surname| people.full_name(passage, surname));
                let full = match longer.get(known_by(passage, &own)) {
                    Some(full) => full.as_deref(),
                    None => known,
                };
                let part = if is_owned(passage, source, &own) { last_word(&own) } else { &own };
                let full = full.filter(|full| is_part_of(passage, part, full));
                let name = full.map(str::to_owned).unwrap_or(own);
                let being = surname.and_then(|surname| people.being(passage, surname));
                let being = being.or_else(|| known_being(&antecedents, &name));
                let being = being.unwrap_or_else(|| being_of(passage, source, &name));
                let Place { sentence, quoted } = place;
                antecedents.push(Antecedent { sentence, name: name.clone(), being, quoted });
                Some(name)
            }
            (Some(source), None) => pronoun_name(passage, source, (place, &centres), &mut antecedents),
            (None, _) => None,
        };
        names.push(name);
    }
    name_first_persons(passage, reports, &mut names);
    names
}

/// The words that name who a source is: "the latter" and "the mayor" are whom the text has named before.
fn meant_by(passage: &Passage, people: &People, source: &Range<usize>) -> Range<usize> {
    let meant = latter_of(passage, source).or_else(|| holder(passage, people, source));
    meant.unwrap_or_else(|| source.clone())
}

/// Who "the latter" is: the second of the two that a conjunction joins before it, in its sentence or the one before.
fn latter_of(passage: &Passage, source: &Range<usize>) -> Option<Range<usize>> {
    if source.len() != 2 || !passage.is(source.start + 1, Class::Latter) {
        return None;
    }
    let this = passage.sentence_number(source.start);
    let floor = passage.sentences[this.saturating_sub(1)].tokens.start;
    let ends = [Class::Mark, Class::Preposition, Class::Auxiliary, Class::Coordinator];
    let phrase = |joint: usize| {
        let mut words = joint + 1..source.start;
        let end = words.find(|&at| passage.is_any(at, &ends) || passage.is_finite(at)).unwrap_or(source.start);
        joint + 1..end
    };
    let opens = [Class::Definite, Class::Indefinite, Class::Capital, Class::PluralNoun];
    let mut joints = (floor..source.start).rev().filter(|&at| passage.is(at, Class::Joining)).map(phrase);
    joints.find(|it| !it.is_empty() && passage.is_any(it.start, &opens))
}

/// The subjects that open the sentences outside quotation marks, in order.
fn openings(passage: &Passage, quotations: &[Quotation]) -> Vec<Range<usize>> {
    let text = passage.sentences.iter().filter(|sentence| sentence.number > 0);
    let sentences = text.map(|sentence| sentence.tokens.clone());
    sentences
        .filter(|tokens| !is_inside(quotations, tokens.start) && !is_caption(passage, tokens))
        .filter_map(|tokens| subject_opening(passage, after_adverbial(passage, tokens)))
        .collect()
}

/// A sentence behind the adverbial that opens it: "In his kitchen in Lodz, | Jan Nowak keeps".
fn after_adverbial(passage: &Passage, sentence: Range<usize>) -> Range<usize> {
    let leads = passage.is_any(sentence.start, &[Class::Adjunct, Class::Weekday, Class::Temporal]);
    let mut words = sentence.clone().take(FURTHEST_VERB).take_while(|&at| !passage.is_finite(at));
    let comma = words.find(|&at| leads && passage.is(at, Class::Comma));
    comma.map_or(sentence.start, |comma| comma + 1)..sentence.end
}

fn opening_antecedent(passage: &Passage, people: &People, opening: &Range<usize>) -> Option<Antecedent> {
    let opening = &meant_by(passage, people, opening);
    let name = name_of(passage, opening)?;
    let surname = name_end(passage, opening, &name);
    let known = surname.and_then(|surname| people.being(passage, surname));
    let being = known.unwrap_or_else(|| being_of(passage, opening, &name));
    Some(Antecedent { sentence: passage.sentence_number(opening.start), name, being, quoted: false })
}

/// The first person of a sentence, as somebody a pronoun may stand for.
fn antecedent(passage: &Passage, people: &People, surname: usize) -> Option<Antecedent> {
    let being = people.being(passage, surname)?;
    let name = people.full_name(passage, surname).unwrap_or_else(|| passage.text(&(surname..surname + 1)));
    let sentence = passage.sentence_number(surname);
    Some(Antecedent { sentence, name: name.to_owned(), being, quoted: false })
}

/// The token in a source that is the last word of its name.
fn name_end(passage: &Passage, source: &Range<usize>, name: &str) -> Option<usize> {
    let family = family_name(passage, name);
    let last = family.rsplit('-').next().unwrap_or(family);
    source.clone().rev().find(|&at| passage.is(at, Class::Capital) && passage.text(&(at..at + 1)) == last)
}

/// Whether a name is a surname with whose it is: "QRS's Nowak", but not "Poland's President".
fn is_owned(passage: &Passage, source: &Range<usize>, name: &str) -> bool {
    let offices = [Class::Title, Class::Person, Class::Human, Class::Body];
    let surname = name_end(passage, source, name).filter(|&at| !passage.is_any(at, &offices));
    surname.is_some_and(|at| at > source.start && passage.is(at - 1, Class::Possessive))
}

/// The sex a name was found to have within reach.
fn known_being(named: &[Antecedent], name: &str) -> Option<Being> {
    let near = named.iter().rev().take(2 * REACH).find(|antecedent| antecedent.name == name)?;
    Some(near.being).filter(|being| matches!(being, Being::Man | Being::Woman))
}

/// What a source is, told from the noun that heads it: a minister is a person, a ministry is a thing.
fn being_of(passage: &Passage, source: &Range<usize>, name: &str) -> Being {
    let has = |class: Class| source.clone().any(|token| passage.is(token, class));
    let head = head_of(passage, source);
    let described = passage.is_any(source.start, &[Class::Definite, Class::Indefinite]);
    let common = !passage.is(head, Class::Capital) || passage.is(head, Class::Human);
    let plural = passage.is(head, Class::PluralNoun) && common;
    if has(Class::Coordinator) || plural || passage.is(head, Class::Several) {
        Being::Several
    } else if has(Class::Masculine) {
        Being::Man
    } else if has(Class::Feminine) {
        Being::Woman
    } else if passage.is_any(head, &[Class::Human, Class::Title]) || is_titled(passage, source, head) {
        Being::Person
    } else if passage.is(head, Class::Body) || has(Class::Preposition) || described {
        Being::Thing
    } else if name.contains(' ') && name.split(' ').all(|word| is_part_of_name(passage, word)) {
        Being::Person
    } else {
        Being::Thing
    }
}

/// Whether a word has a capital or is a small word of a family name: "De los Rios".
fn is_part_of_name(passage: &Passage, word: &str) -> bool {
    word.starts_with(char::is_uppercase) || passage.lexicon.is(word, Class::NameParticle)
}

/// Whether a name has a title before it or an office after it: "Justice Rangan", "Botma, the chair of".
fn is_titled(passage: &Passage, source: &Range<usize>, head: usize) -> bool {
    if !passage.is(head, Class::Capital) || passage.is(head, Class::Body) {
        return false;
    }
    let speaks = |at: usize| passage.is_any(at, &[Class::Title, Class::Human]);
    let apposed = passage.is(head + 1, Class::Comma) && (head + 2..source.end.min(head + 6)).any(speaks);
    (source.start..head).any(speaks) || apposed
}

/// The noun that heads a source: the last word before a preposition, comma or clause that describes it.
fn head_of(passage: &Passage, source: &Range<usize>) -> usize {
    let ends =
        [Class::Preposition, Class::Comma, Class::OpenBracket, Class::Relative, Class::Complementiser, Class::Dash];
    let mut inside = source.start + 1..source.end;
    let end = inside.find(|&at| passage.is_any(at, &ends) && passage.is_word(at - 1)).unwrap_or(source.end);
    // "hundreds of dockers", "some of the men": a quantity has its head after the "of".
    let counts = passage.is_any(end - 1, &[Class::Indefinite, Class::Number, Class::Quantifier]);
    if counts && passage.is(end, Class::Of) && end + 1 < source.end {
        return head_of(passage, &(end + 1..source.end));
    }
    (source.start..end).rev().find(|&at| !passage.is_any(at, &[Class::Mark, Class::Possessive])).unwrap_or(source.start)
}

/// The subject that opens a sentence of the outlet's own, where it is somebody or a body that speaks: "The council, which
/// cut the fares, was silent." A pronoun of the next sentence may stand for it.
fn subject_opening(passage: &Passage, sentence: Range<usize>) -> Option<Range<usize>> {
    let verb =
        sentence.clone().take(FURTHEST_VERB).find(|&at| passage.is_finite(at) && !passage.is(at, Class::Capital))?;
    let opens = [Class::Definite, Class::Indefinite, Class::Capital, Class::Number, Class::PluralNoun];
    let leads = [
        Class::Subordinator,
        Class::Coordinator,
        Class::Adverb,
        Class::Mark,
        Class::Subject,
        Class::Quantifier,
        Class::Temporal,
        Class::Preposition,
    ];
    if verb == sentence.start || !passage.is_any(sentence.start, &opens) || passage.is_any(sentence.start, &leads) {
        return None;
    }
    let head = head_of(passage, &(sentence.start..verb));
    let source = sentence.start..head + 1;
    // "A young widow, Ewa, was silent."
    let apposed = (head + 2..verb).find(|&at| !passage.is(at, Class::Capital)).filter(|&at| at > head + 2);
    let apposed = apposed.filter(|&at| passage.is(head + 1, Class::Comma) && passage.is(at, Class::Comma));
    let named = head > sentence.start && (sentence.start..=head).all(|at| passage.is(at, Class::Capital));
    let named = named
        && head < sentence.start + LONGEST_PERSON
        && !passage.is_any(sentence.start, &[Class::Definite, Class::Indefinite]);
    let speaks = named || passage.is_any(head, &[Class::Human, Class::Several, Class::Body]);
    let whole = sentence.start..apposed.unwrap_or(head + 1);
    (speaks && !is_pronoun(passage, &source) && !source.clone().any(|at| passage.is(at, Class::Mark))).then_some(whole)
}

/// Who a pronoun stands for: "who" for the noun before it, "he" for the one man within reach.
fn pronoun_name(
    passage: &Passage,
    source: &Range<usize>,
    (place, centres): (Place, &Centres),
    named: &mut [Antecedent],
) -> Option<String> {
    let sentence = place.sentence;
    let at = source.start;
    if passage.is_any(at, &[Class::Relative, Class::Complementiser]) {
        let floor = passage.sentence_of(at)?.tokens.start;
        // "Nowak -- who said", "Nowak, who said"
        let marks = (floor..at).rev().take_while(|&mark| passage.is_any(mark, &[Class::Comma, Class::Dash]));
        let end = at - marks.count();
        let noun = phrase_before(passage, floor, end)?;
        return name_of_noun(passage, described(passage, noun, at));
    }
    let last = named.len().saturating_sub(MOST_ANTECEDENTS);
    let kind = kind_of(passage.role(at));
    let far = named[last..].iter().rposition(|antecedent| centres.apart(antecedent.sentence..sentence, kind) > REACH);
    let near = last + far.map_or(0, |at| at + 1);
    // "according to him"
    let object = passage.is(at, Class::Object) && passage.is(at.wrapping_sub(1), Class::To);
    let sex = sex_of(passage.role(at)).or_else(|| kind.filter(|_| object))?;
    let mut fitting = named[near..].iter_mut().rev().filter(|it| it.fits(sex, place));
    let Some(last) = fitting.next() else { return nearest_noun(passage, at, sex) };
    // Of several that fit, an official in a later sentence than the others: the talk is still of them. Or the one named
    // nearest, in the sentence before or in this one, where it is alone there: centres go on.
    let office = last.is_office();
    let near = sentence - last.sentence <= 1;
    let parted = |other: &Antecedent| (near || office || other.is_office()) && other.sentence < last.sentence;
    let safe = last.being == sex || fitting.all(|other| other.name == last.name || parted(other));
    if !safe {
        return None;
    }
    // Found once as "she", a name without a title is a woman's from here on.
    last.being = sex;
    last.sentence = sentence;
    Some(last.name.clone())
}

/// The words of a noun phrase that the clause behind it describes: "a view shared by | President Nowak, who said"; also the last of them
/// where the first are nobody: "a battle between | Russians, who said".
fn described(passage: &Passage, noun: Range<usize>, pronoun: usize) -> Range<usize> {
    let somebody = [Class::Human, Class::Several, Class::Body, Class::Capital];
    let first = noun.clone().find(|&at| passage.is_any(at, &somebody)).unwrap_or(noun.end);
    let who = passage.is(pronoun, Class::Relativiser);
    let leads = |at: &usize| {
        passage.is_any(*at, &[Class::By, Class::From]) || who && *at < first && passage.is(*at, Class::Preposition)
    };
    let lead = noun.clone().rev().find(leads).filter(|lead| lead + 1 < noun.end);
    lead.map_or(noun.start, |lead| lead + 1)..noun.end
}

/// The name of the noun that a clause with "who", "which" or "that" describes: "US assessments" in "to read US assessments that say".
fn name_of_noun(passage: &Passage, noun: Range<usize>) -> Option<String> {
    let Range { mut start, end } = noun;
    let opens = [Class::Capital, Class::Definite, Class::Indefinite, Class::Title, Class::Person];
    let bare = |at: usize| passage.is_any(at, &[Class::PluralNoun, Class::Several, Class::Paper]);
    if !passage.is_any(start, &opens) {
        // "hard to | read | assessments that", but "came to | senior officials who"
        let to = (start.saturating_sub(1)..end - 1).rev().find(|&at| passage.is(at, Class::To));
        start = to.map_or(start, |to| to + 1);
        let describes = passage.is_any(start, &opens) || passage.is_any(start, &[Class::Ranking, Class::Modifier]);
        start += usize::from(to.is_some() && start + 1 < end && !describes && !bare(start));
    }
    let named = passage.is_any(start, &opens) || bare(end - 1);
    if named { name_of(passage, &(start..end)) } else { None }
}

/// What a pronoun stands for that no source fits: the subject of its sentence ("Brandvel expelled him for what it called
/// espionage"), or for "it" a report in the sentence before.
fn nearest_noun(passage: &Passage, pronoun: usize, sex: Being) -> Option<String> {
    let this = passage.sentence_number(pronoun);
    let tokens = passage.sentences[this].tokens.clone();
    let dash =
        tokens.clone().take(LONGEST_DATELINE).find(|&at| passage.is(at, Class::Dash)).map_or(tokens.start, |at| at + 1);
    let verb = (dash + 1..pronoun).find(|&at| passage.is_finite(at));
    let subject = verb.and_then(|verb| subject_before(passage, dash, verb)).filter(|subject| subject.end <= pronoun);
    let name = subject.as_ref().and_then(|subject| name_of(passage, subject));
    if let (Some(subject), Some(name)) = (subject, name) {
        let being = being_of(passage, &subject, &name);
        let named = passage.is(subject.start, Class::Capital)
            || passage.is_any(head_of(passage, &subject), &[Class::Body, Class::Human, Class::Several]);
        let person = matches!(sex, Being::Man | Being::Woman);
        // "Orrin Freight will cut pay, it announced": a name that is nobody's may be a firm's.
        let given = [Class::GivenMasculine, Class::GivenFeminine, Class::Title, Class::Human];
        let firm =
            sex == Being::Thing && being == Being::Person && !subject.clone().any(|at| passage.is_any(at, &given));
        if named && (being == sex || firm || person && being == Being::Person) {
            return Some(name);
        }
    }
    if sex != Being::Thing || this == 0 {
        return None;
    }
    let before = passage.sentences[this - 1].tokens.clone();
    let paper = before.rev().find(|&at| passage.is(at, Class::Paper) && passage.is_word(at))?;
    let first =
        (paper.saturating_sub(3)..paper).find(|&at| passage.is_any(at, &[Class::Definite, Class::Indefinite]))?;
    Some(passage.text(&(first + 1..paper + 1)).to_owned())
}

/// What a pronoun that is a subject or a possessive can stand for.
fn sex_of(pronoun: Traits) -> Option<Being> {
    let object = pronoun.is(Class::Object) && !pronoun.is(Class::Subject) && !pronoun.is(Class::Definite);
    kind_of(pronoun).filter(|_| !object)
}

/// The sex and number of a pronoun.
fn kind_of(pronoun: Traits) -> Option<Being> {
    let kinds = [
        (Class::Female, Being::Woman),
        (Class::Male, Being::Man),
        (Class::Plural, Being::Several),
        (Class::Neuter, Being::Thing),
    ];
    kinds.into_iter().find(|(class, _)| pronoun.is(*class)).map(|(_, being)| being)
}

/// "I" in somebody's words is that somebody.
fn name_first_persons(passage: &Passage, reports: &[SpeechReport], names: &mut [Option<String>]) {
    for index in 0..reports.len() {
        let Some(source) = &reports[index].source else { continue };
        if names[index].is_some() || !passage.is(source.start, Class::First) {
            continue;
        }
        // Whose words hold the "I" may come before or after it in the order of verbs: “I hope,” she wrote.
        let near = index.saturating_sub(8)..reports.len().min(index + 8);
        let speaker = near.rev().find(|&other| {
            other != index && reports[other].contents.iter().any(|content| content.contains(&source.start))
        });
        names[index] = speaker.and_then(|speaker| names[speaker].clone());
    }
}

/// Whether a name has several words, begins as it ends, and joins no two names.
fn is_one_name(passage: &Passage, name: &str) -> bool {
    let is_headed = name.starts_with(char::is_uppercase) || !last_word(name).starts_with(char::is_uppercase);
    // "officials in Kyiv" is no longer name of Kyiv.
    let joined = |word: &str| passage.lexicon.is(word, Class::Joining) || passage.lexicon.is(word, Class::Preposition);
    name.contains(' ') && is_headed && !name.split(' ').any(joined)
}

/// For each last word of a name of several words, that name; `None` where several names share it.
///
/// A name that goes on after a person's full name is two names that lost what stood between them: "Ewa Lis Nowak said".
fn longer_names<'n>(
    passage: &Passage,
    names: impl Iterator<Item = &'n String>,
    people: &BTreeSet<&str>,
) -> BTreeMap<String, Option<String>> {
    let mut longer: BTreeMap<String, Option<String>> = BTreeMap::new();
    let surnames: BTreeSet<&str> = people.iter().map(|person| last_word(person)).collect();
    let glued = |name: &String| {
        name.rsplit_once(' ').is_some_and(|(person, last)| people.contains(person) && surnames.contains(last))
    };
    for name in names.filter(|name| is_one_name(passage, name) && !glued(name)) {
        for known_as in BTreeSet::from([family_name(passage, name), known_by(passage, name)]) {
            let known = longer.entry(known_as.to_owned()).or_insert_with(|| Some(name.clone()));
            let Some(other) = known.as_deref().filter(|other| other != name) else { continue };
            // "Anna Lis" and "Maria Anna Lis" are one; "Ewa Lis" and "Jan Lis" leave "Lis" to itself. Beside a son, "Jan Lis
            // Jr.", it is his father.
            if name.ends_with(other) || without_generation(passage, other) == name {
                *known = Some(name.clone());
            } else if !other.ends_with(name.as_str()) && without_generation(passage, name) != other {
                *known = None;
            }
        }
    }
    longer
}

/// Whether a full name may be meant by a part of it: "Nowak" may be "Jan Nowak Jr.", "Nowak Jr." not "Jan Nowak".
fn is_part_of(passage: &Passage, part: &str, full: &str) -> bool {
    full.ends_with(part) || without_generation(passage, full).ends_with(part)
}

/// The word that a name is known by in brief, with what tells a son from his father: "Nowak Jr." of "Jan Nowak Jr."
fn known_by<'n>(passage: &Passage, name: &'n str) -> &'n str {
    let person = without_generation(passage, name);
    &name[person.len() - last_word(person).len()..]
}

/// The last word of a name but for what tells a son from his father: "Nowak" of "Jan Nowak Jr."
fn family_name<'n>(passage: &Passage, name: &'n str) -> &'n str {
    last_word(without_generation(passage, name))
}

fn without_generation<'n>(passage: &Passage, name: &'n str) -> &'n str {
    let suffix = |last: &str| passage.lexicon.is(&last.trim_end_matches('.').to_lowercase(), Class::Generation);
    name.rsplit_once(' ').filter(|(_, last)| suffix(last)).map_or(name, |(person, _)| person)
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}
