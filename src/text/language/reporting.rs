//! The verbs and nouns of saying: how a line of the data file is read, and how a lemma is inflected.

use crate::model::VerbClass;

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
}

/// As the data file writes them.
const FOLLOWS: [(&str, Follows); 33] = [
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
];

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

/// One line of the data file.
#[derive(Clone, Debug)]
pub(in crate::text) struct Entry {
    /// Whether it is a noun.
    pub(in crate::text) is_noun: bool,
    class: VerbClass,
    follows: u32,
    /// Class with a preposition, where that is another: "called for".
    prepositional: Option<VerbClass>,
    inflected: Vec<(Form, String)>,
}

impl Entry {
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
    pub(in crate::text) fn takes_preposition(&self, folded: &str) -> bool {
        FOLLOWS.iter().any(|(name, follows)| {
            name.strip_prefix("p:").is_some_and(|preposition| preposition == folded) && self.takes(*follows)
        })
    }

    /// Its forms.
    pub(in crate::text) fn forms(&self) -> impl Iterator<Item = (Form, &str)> {
        self.inflected.iter().map(|(form, written)| (*form, written.as_str()))
    }
}

/// The lines of the data file that parse.
pub(in crate::text) fn parse_entries(text: &str) -> Vec<Entry> {
    text.lines().filter(|line| !line.starts_with('#') && !line.starts_with("lemma\t")).filter_map(parse_entry).collect()
}

fn parse_entry(line: &str) -> Option<Entry> {
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
        "noun" => noun_forms(lemma),
        "adjective" => vec![(Form::Adjective, lemma.to_owned())],
        _ => verb_forms(lemma, forms)?,
    };
    Some(Entry { is_noun, class, follows, prepositional, inflected })
}

fn class_of(name: &str) -> Option<VerbClass> {
    VerbClass::ALL.into_iter().find(|known| known.as_str() == name)
}

fn noun_forms(lemma: &str) -> Vec<(Form, String)> {
    vec![(Form::Base, lemma.to_owned()), (Form::Nouns, with_s(lemma))]
}

/// Regular spelling (Quirk et al. 1985, 3.5-3.10), or the listed forms.
fn verb_forms(lemma: &str, listed: &str) -> Option<Vec<(Form, String)>> {
    let (mut past, mut participle, mut gerund, mut third) = regular(lemma, listed == "+");
    if listed != "-" && listed != "+" {
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

fn regular(lemma: &str, doubles: bool) -> (String, String, String, String) {
    let last = lemma.chars().last().filter(|_| doubles).map(String::from).unwrap_or_default();
    let stem = format!("{lemma}{last}");
    let past = if let Some(root) = lemma.strip_suffix('e') {
        format!("{root}ed")
    } else if let Some(root) = consonant_y(lemma) {
        format!("{root}ied")
    } else {
        format!("{stem}ed")
    };
    let gerund = match lemma.strip_suffix('e') {
        Some(root) if root.ends_with('i') => format!("{}ying", &root[..root.len() - 1]),
        Some(root) if !root.ends_with('e') => format!("{root}ing"),
        _ => format!("{stem}ing"),
    };
    (past.clone(), past, gerund, with_s(lemma))
}

fn with_s(lemma: &str) -> String {
    if let Some(root) = consonant_y(lemma) {
        format!("{root}ies")
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| lemma.ends_with(end)) {
        format!("{lemma}es")
    } else {
        format!("{lemma}s")
    }
}

fn consonant_y(lemma: &str) -> Option<&str> {
    lemma.strip_suffix('y').filter(|root| !root.ends_with(['a', 'e', 'i', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("en/reporting.tsv");

    #[test]
    fn every_line_of_the_reporting_words_parses() {
        let lines = TEXT.lines().filter(|line| !line.starts_with('#') && !line.starts_with("lemma\t"));
        for line in lines {
            assert!(parse_entry(line).is_some(), "{line}");
        }
        assert!(parse_entries(TEXT).iter().filter(|entry| !entry.is_noun).count() >= 250);
    }

    #[test]
    fn verbs_are_inflected_as_they_are_spelt() {
        let entries = parse_entries(TEXT);
        for (lemma, forms) in [
            ("deny", "denies denied denying deny"),
            ("claim", "claims claimed claiming claim"),
            ("admit", "admits admitted admitting admit"),
            ("argue", "argues argued arguing argue"),
            ("say", "says said saying say"),
            ("agree", "agrees agreed agreeing agree"),
            ("write", "writes wrote writing written write"),
        ] {
            let has = |entry: &&Entry| !entry.is_noun && entry.forms().any(|it| it == (Form::Base, lemma));
            let entry = entries.iter().find(has).unwrap();
            let found: Vec<&str> = entry.forms().map(|(_, written)| written).collect();
            assert_eq!(found.join(" "), forms, "{lemma}");
        }
    }
}
