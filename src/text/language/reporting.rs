//! The verbs and nouns of saying: how a line of the data file is read, and which forms a lemma has.

use crate::model::VerbClass;
use crate::text::language::classes::Class;
use crate::text::language::spelling::Spelling;
use crate::text::language::traits::{Form, Traits};

/// What may follow a verb or noun of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::text) enum Follows {
    That,
    Bare,
    Wh,
    Quote,
    To,
    Ing,
    Hearer,
    HearerTo,
    Np,
    Topic,
    Out,
    Of,
    For,
    On,
    About,
    Toward,
    With,
    At,
    Against,
    As,
    Felt,
    It,
    NpOut,
    NpAway,
    No,
    ItAs,
    Ground,
}

/// As the data file writes them.
const FOLLOWS: [(&str, Follows); 37] = [
    ("that", Follows::That),
    ("bare", Follows::Bare),
    ("wh", Follows::Wh),
    ("whether", Follows::Wh),
    ("quote", Follows::Quote),
    ("to", Follows::To),
    ("ing", Follows::Ing),
    ("hearer", Follows::Hearer),
    ("hearer-to", Follows::HearerTo),
    ("np", Follows::Np),
    ("topic", Follows::Topic),
    ("out", Follows::Out),
    ("of", Follows::Of),
    ("for", Follows::For),
    ("on", Follows::On),
    ("upon", Follows::On),
    ("about", Follows::About),
    ("against", Follows::Against),
    ("as", Follows::As),
    ("with", Follows::About),
    ("p:of", Follows::Of),
    ("p:for", Follows::For),
    ("p:on", Follows::On),
    ("p:upon", Follows::On),
    ("p:about", Follows::About),
    ("p:with", Follows::With),
    ("p:to", Follows::Toward),
    ("p:against", Follows::Against),
    ("p:as", Follows::As),
    ("p:at", Follows::At),
    ("felt", Follows::Felt),
    ("it", Follows::It),
    ("np-out", Follows::NpOut),
    ("np-away", Follows::NpAway),
    ("no", Follows::No),
    ("it-as", Follows::ItAs),
    ("ground", Follows::Ground),
];

/// Which prepositions lead to what is reported.
const PREPOSITIONS: [(Class, Follows); 9] = [
    (Class::Of, Follows::Of),
    (Class::For, Follows::For),
    (Class::On, Follows::On),
    (Class::About, Follows::About),
    (Class::With, Follows::With),
    (Class::To, Follows::Toward),
    (Class::Against, Follows::Against),
    (Class::As, Follows::As),
    (Class::At, Follows::At),
];

/// In the data file, for a verb whose forms are regular.
const REGULAR: &str = "-";

/// In the data file, for one whose last letter doubles.
const DOUBLING: &str = "+";

/// One line of the data file.
#[derive(Clone, Debug)]
pub(in crate::text) struct ReportingWord {
    /// Whether it is a noun.
    pub(in crate::text) is_noun: bool,
    class: VerbClass,
    follows: u32,
    /// Class with a preposition, where that is another: "called for".
    prepositional: Option<VerbClass>,
    inflected: Vec<(Form, String)>,
}

impl ReportingWord {
    /// Whether that may follow.
    pub(in crate::text) const fn takes(&self, follows: Follows) -> bool {
        self.follows >> follows as u8 & 1 == 1
    }

    /// What it says of the reporter's belief; with a preposition that may differ ("called for").
    pub(in crate::text) fn class(&self, with_preposition: bool) -> VerbClass {
        self.prepositional.filter(|_| with_preposition).unwrap_or(self.class)
    }

    /// Whether only one thing may follow.
    pub(in crate::text) const fn takes_one(&self) -> bool {
        self.follows.is_power_of_two()
    }

    /// Whether words can be its content: a clause or a quotation.
    pub(in crate::text) const fn is_saying(&self) -> bool {
        self.takes(Follows::That) || self.takes(Follows::Quote)
    }

    /// Whether that preposition leads to what is reported.
    pub(in crate::text) fn takes_preposition(&self, word: Traits) -> bool {
        PREPOSITIONS.iter().any(|(class, follows)| word.is(*class) && self.takes(*follows))
    }

    /// Its forms.
    pub(in crate::text) fn forms(&self) -> impl Iterator<Item = (Form, &str)> {
        self.inflected.iter().map(|(form, written)| (*form, written.as_str()))
    }
}

/// The lines of the data file that parse.
pub(in crate::text::language) fn parse_entries(text: &str, spelling: &Spelling) -> Vec<ReportingWord> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.starts_with("lemma\t"));
    lines.filter_map(|line| parse_entry(line, spelling)).collect()
}

fn parse_entry(line: &str, spelling: &Spelling) -> Option<ReportingWord> {
    let mut fields = line.split('\t');
    let (lemma, kind, class) = (fields.next()?, fields.next()?, fields.next()?);
    let (complements, forms) = (fields.next()?, fields.next()?);
    let class = class_of(class)?;
    let mut follows = 0;
    let mut prepositional = None;
    for complement in complements.split(',') {
        let (complement, other) = complement.split_once('=').unwrap_or((complement, ""));
        if !other.is_empty() {
            prepositional = Some(class_of(other)?);
        }
        let (_, flag) = FOLLOWS.iter().find(|(name, _)| *name == complement)?;
        follows |= 1 << *flag as u8;
    }
    let is_noun = kind == "noun";
    let inflected = match kind {
        "noun" => vec![(Form::Base, lemma.to_owned()), (Form::Nouns, spelling.regular(lemma, Form::Nouns, false))],
        "adjective" => vec![(Form::Adjective, lemma.to_owned())],
        _ => verb_forms(lemma, forms, spelling)?,
    };
    Some(ReportingWord { is_noun, class, follows, prepositional, inflected })
}

fn class_of(name: &str) -> Option<VerbClass> {
    VerbClass::ALL.into_iter().find(|known| known.as_str() == name)
}

/// The forms the file lists, the regular ones where it lists none.
fn verb_forms(lemma: &str, listed: &str, spelling: &Spelling) -> Option<Vec<(Form, String)>> {
    let [mut past, mut gerund, mut third] =
        [Form::Past, Form::Gerund, Form::Third].map(|form| spelling.regular(lemma, form, listed == DOUBLING));
    let mut participle = past.clone();
    if listed != REGULAR && listed != DOUBLING {
        let mut forms = listed.split_whitespace().map(str::to_owned);
        (past, participle, gerund) = (forms.next()?, forms.next()?, forms.next()?);
        third = forms.next().unwrap_or(third);
    }
    let mut forms = vec![(Form::Third, third), (Form::Past, past.clone()), (Form::Gerund, gerund)];
    if participle != past {
        forms.push((Form::Participle, participle));
    }
    if past != lemma {
        forms.push((Form::Base, lemma.to_owned()));
    }
    Some(forms)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("en/reporting.tsv");

    #[test]
    fn every_line_of_the_reporting_words_parses() {
        let spelling = Spelling::parse(include_str!("en/spelling.tsv"));
        for line in TEXT.lines().filter(|line| !line.starts_with('#') && !line.starts_with("lemma\t")) {
            assert_eq!(parse_entries(line, &spelling).len(), 1, "{line}");
        }
        assert!(parse_entries(TEXT, &spelling).iter().filter(|entry| !entry.is_noun).count() >= 250);
    }

    #[test]
    fn verbs_are_inflected_as_they_are_spelt() {
        let entries = parse_entries(TEXT, &Spelling::parse(include_str!("en/spelling.tsv")));
        for (lemma, forms) in [
            ("deny", "denies denied denying deny"),
            ("claim", "claims claimed claiming claim"),
            ("admit", "admits admitted admitting admit"),
            ("argue", "argues argued arguing argue"),
            ("say", "says said saying say"),
            ("agree", "agrees agreed agreeing agree"),
            ("write", "writes wrote writing written write"),
        ] {
            let has = |entry: &&ReportingWord| !entry.is_noun && entry.forms().any(|it| it == (Form::Base, lemma));
            let entry = entries.iter().find(has).unwrap();
            let found: Vec<&str> = entry.forms().map(|(_, written)| written).collect();
            assert_eq!(found.join(" "), forms, "{lemma}");
        }
    }
}
