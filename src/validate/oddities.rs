//! What looks odd in a corpus: signs that texts were damaged on their way, or that the study file says too little.
//!
//! Signs of one document are found with [`signs`], a pure function; [`Oddities`] counts them. Counts, earliest records and
//! sorted names do not depend on the order of documents, and the memory grows with groups and days, not with documents.
//! Nothing is mended here: each kind names the key of the study file that does it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::{Document, Origin};
use crate::text::{
    Language, after_repeated_title, has_markup, is_decoded_twice, is_in_another_language, is_web_notice,
};
use crate::validate::text_signs::{
    has_cut_words, has_long_sentence, has_written_signs, is_cut_off, is_download, is_in_notation, is_placeholder,
    is_wordless,
};

/// Fewest dated documents, and the share of them at one day (as one of), from which on the day is no chance.
const ONE_DAY: (u64, u64) = (20, 2);

/// A kind of sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Oddity {
    /// Entities or tags of HTML.
    Markup,
    /// UTF-8 taken for Windows-1252 and saved again.
    DecodedTwice,
    /// The same signs where the study names an encoding: the file is UTF-8 and was never saved otherwise.
    MisnamedEncoding,
    /// U+FFFD where a character was lost.
    LostCharacters,
    /// Many articles in one record.
    Download,
    /// The title again at the beginning of the text.
    RepeatedTitle,
    /// Lines of signs only.
    WordlessLine,
    /// A sentence longer than any.
    LongSentence,
    /// A sentence in which a rule was given up.
    Unsearched,
    /// A text that a service, or a spreadsheet, has cut off.
    CutOff,
    /// What a website shows in place of the article.
    Notice,
    /// Line ends, or other characters, written as a backslash and letters.
    WrittenLineEnds,
    /// A text as a program writes a list, an object or a page.
    Notation,
    /// Words cut at the ends of lines.
    CutWords,
    /// A language that is not the codebook's.
    OtherLanguage,
    /// A day that programs write where they know none.
    PlaceholderDate,
    /// Many documents dated at one day.
    OneDay,
    /// A group in two spellings.
    TwoSpellings,
    /// A group without a sentence.
    EmptyGroup,
}

impl Oddity {
    /// A word for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Markup => "markup",
            Self::DecodedTwice => "decoded-twice",
            Self::MisnamedEncoding => "misnamed-encoding",
            Self::LostCharacters => "lost-characters",
            Self::Download => "download",
            Self::RepeatedTitle => "repeated-title",
            Self::WordlessLine => "wordless-line",
            Self::LongSentence => "long-sentence",
            Self::Unsearched => "unsearched",
            Self::CutOff => "cut-off",
            Self::Notice => "notice",
            Self::WrittenLineEnds => "written-line-ends",
            Self::Notation => "notation",
            Self::CutWords => "cut-words",
            Self::OtherLanguage => "other-language",
            Self::PlaceholderDate => "placeholder-date",
            Self::OneDay => "one-day",
            Self::TwoSpellings => "two-spellings",
            Self::EmptyGroup => "empty-group",
        }
    }

    /// What the sign means of a file whose encoding the study names, and names another than UTF-8.
    #[must_use]
    pub const fn of_named_encoding(self) -> Self {
        match self {
            Self::DecodedTwice => Self::MisnamedEncoding,
            other => other,
        }
    }

    /// What is odd, for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Markup => "HTML in the text (entities or tags)",
            Self::DecodedTwice => "text decoded twice (\u{e2}\u{20ac}\u{2122} for an apostrophe)",
            Self::MisnamedEncoding => {
                "UTF-8 read in the encoding that the study names (\u{e2}\u{20ac}\u{2122} for an apostrophe)"
            }
            Self::LostCharacters => "characters lost in a conversion (U+FFFD)",
            Self::Download => "a download of many articles in one record",
            Self::RepeatedTitle => "the title again at the beginning of the text, where its frames count twice",
            Self::WordlessLine => "lines without a letter or digit (no sentences)",
            Self::LongSentence => "a sentence of over 1,000 characters, as where line ends are lost",
            Self::Unsearched => "a sentence so crowded with a rule's words that the rule was not looked for there",
            Self::CutOff => {
                "a text cut off, by its service ([+2233 chars]) or where a cell (32,767 characters) is full"
            }
            Self::Notice => "a notice of the website in place of the text (loading, JavaScript, cookies, a paywall)",
            Self::WrittenLineEnds => {
                "line ends or marks written as \\n or \\u201c, which end no sentence and hide words"
            }
            Self::Notation => "a text in a program's notation (a list ['...'], JSON, RTF)",
            Self::CutWords => "words cut at the ends of lines (mili-/tary), which no rule finds",
            Self::OtherLanguage => "a language other than the codebook's",
            Self::PlaceholderDate => {
                "a day that programs write where they know none (1970-01-01, 1900-01-01, 9999-12-31)"
            }
            Self::OneDay => "many documents dated at one day, as where a date is made up",
            Self::TwoSpellings => "a group in two spellings",
            Self::EmptyGroup => "a group without a sentence",
        }
    }

    /// What mends it, for most kinds a key of `[[corpus]]`.
    #[must_use]
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Markup => "strip_html = true",
            Self::DecodedTwice => "encoding = \"utf-8-twice\"",
            Self::MisnamedEncoding => "take encoding out of its [[corpus]]: the file is UTF-8",
            Self::LostCharacters => "export again, or name the encoding: encoding = \"windows-1251\"",
            Self::Download => "split it: one record for each article",
            Self::RepeatedTitle => "drop_repeated_title = true",
            Self::WordlessLine => "nothing to do",
            Self::LongSentence => "look at the text; where tags ended its lines, strip_html = true",
            Self::Unsearched => {
                "look at the text; or write the rule with a smaller distance (NEAR/10) or fewer of them in a row"
            }
            Self::CutOff => "get the whole texts, or compare titles: columns = { text = \"title\" }",
            Self::Notice => "get the article itself; or leave the record out of the file",
            Self::WrittenLineEnds => "export again with real line ends and characters",
            Self::Notation => "export the text itself; columns = { text = \"...\" } where another column has it",
            Self::CutWords => "join the halves before, as PDF tools do when asked",
            Self::OtherLanguage => {
                "columns or set = { language = \"...\" }, so that no English rules of voice are used; or leave the records out"
            }
            Self::PlaceholderDate => "empty these dates in the file; or leave the records out: from = \"2022-01-01\"",
            Self::OneDay => "columns = { date = \"...\" } with the day of publication",
            Self::TwoSpellings => "rename = { \"one spelling\" = \"the other\" }",
            Self::EmptyGroup => "columns = { text = \"...\" } with the articles' words",
        }
    }
}

impl OddityRow {
    /// Whether the study file can do something about it. Lines of signs are passed over anyway.
    #[must_use]
    pub fn is_mendable(&self) -> bool {
        self.oddity != Oddity::WordlessLine
    }

    /// Where it was seen first: `articles.csv, record 3`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}, record {}", self.first.file, self.first.record)
    }
}

/// How often a kind of sign was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddityRow {
    /// The kind.
    pub oddity: Oddity,
    /// Documents with it.
    pub documents: u64,
    /// The first of them.
    pub first: Origin,
    /// The day or the names, where the kind is about them.
    pub example: Option<String>,
}

/// The signs of all documents so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Oddities {
    seen: BTreeMap<Oddity, Seen>,
    days: BTreeMap<Date, Seen>,
    groups: BTreeMap<String, Group>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    documents: u64,
    first: Origin,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    seen: Seen,
    sentences: u64,
}

impl Seen {
    fn count<K: Ord>(map: &mut BTreeMap<K, Self>, key: K, origin: &Origin) {
        match map.get_mut(&key) {
            Some(seen) => seen.add(origin),
            None => {
                map.insert(key, Self { documents: 1, first: origin.clone() });
            }
        }
    }

    fn add(&mut self, origin: &Origin) {
        self.documents += 1;
        if *origin < self.first {
            self.first = origin.clone();
        }
    }
}

/// What of a document looks odd, of a codebook in `language`.
#[must_use]
pub fn signs(document: &Document, language: &str) -> Vec<Oddity> {
    let (title, text) = (document.title(), document.text());
    let content = document.content();
    let own = document.column("language").map(str::trim).filter(|own| !own.is_empty());
    let is_foreign = match own {
        Some(own) => !is_same_language(own, language),
        None => is_in_another_language(text, language),
    };
    let checks = [
        (Oddity::Markup, has_markup(content)),
        (Oddity::DecodedTwice, is_decoded_twice(content)),
        (Oddity::LostCharacters, content.contains('\u{fffd}')),
        (Oddity::Download, is_download(text)),
        (Oddity::RepeatedTitle, after_repeated_title(title, text).is_some_and(|end| end < text.len())),
        (Oddity::WordlessLine, text.lines().any(is_wordless)),
        (Oddity::LongSentence, has_long_sentence(text)),
        (Oddity::CutOff, is_cut_off(text)),
        (Oddity::Notice, is_web_notice(text)),
        (Oddity::WrittenLineEnds, has_written_signs(text)),
        (Oddity::Notation, is_in_notation(text)),
        (Oddity::CutWords, has_cut_words(text)),
        (Oddity::OtherLanguage, is_foreign),
        (Oddity::PlaceholderDate, document.date.is_some_and(is_placeholder)),
    ];
    checks.into_iter().filter(|(_, is_seen)| *is_seen).map(|(oddity, _)| oddity).collect()
}

fn is_same_language(own: &str, language: &str) -> bool {
    // Where the language is known its names are, too: "English" is "en-GB".
    let primary = |name: &str| match Language::of(name) {
        Some(known) => known.code.to_owned(),
        None => name.split(['-', '_']).next().unwrap_or(name).to_lowercase(),
    };
    primary(own) == primary(language)
}

impl Oddities {
    /// Adds a document of `group`, its number of sentences and its signs.
    pub fn add(&mut self, document: &Document, group: &str, sentences: u64, signs: &[Oddity]) {
        for oddity in signs {
            Seen::count(&mut self.seen, *oddity, &document.origin);
        }
        if let Some(date) = document.date {
            Seen::count(&mut self.days, date, &document.origin);
        }
        if let Some(known) = self.groups.get_mut(group) {
            known.seen.add(&document.origin);
            known.sentences += sentences;
        } else {
            let seen = Seen { documents: 1, first: document.origin.clone() };
            self.groups.insert(group.to_owned(), Group { seen, sentences });
        }
    }

    /// The kinds that were seen, in their order.
    #[must_use]
    pub fn rows(&self) -> Vec<OddityRow> {
        let row = |oddity: Oddity, seen: &Seen, example: Option<String>| OddityRow {
            oddity,
            documents: seen.documents,
            first: seen.first.clone(),
            example,
        };
        let signs = self.seen.iter().map(|(oddity, seen)| row(*oddity, seen, None));
        let day = self.one_day().map(|(day, seen)| row(Oddity::OneDay, seen, Some(day.to_string())));
        let spellings = self.spellings().into_iter().map(|(names, seen)| row(Oddity::TwoSpellings, &seen, Some(names)));
        let empty = self.groups.iter().filter(|(_, group)| group.sentences == 0);
        let empty = empty.map(|(name, group)| row(Oddity::EmptyGroup, &group.seen, Some(name.clone())));
        signs.chain(day).chain(spellings).chain(empty).collect()
    }

    /// The day that half of the documents or more are dated at; the first of two.
    fn one_day(&self) -> Option<(Date, &Seen)> {
        let (fewest, one_of) = ONE_DAY;
        let all: u64 = self.days.values().map(|seen| seen.documents).sum();
        let (day, seen) = self.days.iter().find(|(_, seen)| seen.documents * one_of >= all)?;
        (all >= fewest).then_some((*day, seen))
    }

    /// Groups whose names differ in capitals, signs, blanks, "the" or an address's ending only, with the documents of all
    /// but the most frequent spelling.
    fn spellings(&self) -> Vec<(String, Seen)> {
        let mut alike: BTreeMap<String, Vec<(&String, &Group)>> = BTreeMap::new();
        for (name, group) in &self.groups {
            alike.entry(folded(name)).or_default().push((name, group));
        }
        let mut spellings = Vec::new();
        for (_, mut names) in alike.into_iter().filter(|(key, names)| !key.is_empty() && names.len() > 1) {
            names.sort_by(|a, b| b.1.seen.documents.cmp(&a.1.seen.documents).then(a.0.cmp(b.0)));
            let shown: Vec<String> =
                names.iter().map(|(name, group)| format!("\"{name}\" {}", group.seen.documents)).collect();
            let others = &names[1..];
            let documents = others.iter().map(|(_, group)| group.seen.documents).sum();
            let Some(first) = others.iter().map(|(_, group)| &group.seen.first).min() else { continue };
            spellings.push((shown.join(", "), Seen { documents, first: first.clone() }));
        }
        spellings
    }
}

/// An address without its ending: `yardtimes` of `yardtimes.co.uk`.
fn without_domain(address: &str) -> Option<&str> {
    let (site, end) = address.rsplit_once('.')?;
    let is_ending = matches!(end.len(), 2..=4) && end.bytes().all(|byte| byte.is_ascii_lowercase());
    let site = [".co", ".com", ".org"].iter().find_map(|second| site.strip_suffix(second)).unwrap_or(site);
    (is_ending && site.len() > 2 && !address.contains(char::is_whitespace)).then_some(site)
}

/// A name as it is compared: `The Yard Times`, `yard-times`, `www.yardtimes.com` and `yardtimes.fr` are one.
fn folded(name: &str) -> String {
    let lower = name.to_lowercase();
    let bare = lower.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let bare = bare.trim_end_matches('/');
    let bare = without_domain(bare).unwrap_or(bare);
    let bare = bare.strip_prefix("the ").unwrap_or(bare);
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(title: &str, text: &str) -> Document {
        Document::new("1", title, text)
    }

    #[test]
    fn each_sign_is_seen_and_plain_texts_have_none() {
        let long = format!("The crews {} left.", "and the guards ".repeat(80));
        let full: String = "It ended. ".chars().cycle().take(32_767).collect();
        for (title, text, expected) in [
            ("T", "&ldquo;No,&rdquo; they said.", &[Oddity::Markup][..]),
            ("T", "Itâ€™s lost.", &[Oddity::DecodedTwice]),
            ("T", "It\u{fffd}s lost.", &[Oddity::LostCharacters]),
            ("T", "1 of 2 DOCUMENTS\n\nOne.\n\n2 of 2 DOCUMENTS\n\nTwo.", &[Oddity::Download]),
            ("T", "One.\nEnd of Document\nTwo.\nEnd of Document\n", &[Oddity::Download]),
            (
                "T",
                "One.\nDocument NYTF000020220203ei230004x\nTwo.\nDocument NYTF000020220203ei230005x",
                &[Oddity::Download],
            ),
            ("T", "Document 1 of 2\n\nOne.\n\nDocument 2 of 2\n\nTwo.", &[Oddity::Download]),
            ("War ends", "War ends\nIt ended.", &[Oddity::RepeatedTitle]),
            ("T", "One.\n* * *\nTwo.", &[Oddity::WordlessLine]),
            ("T", &long, &[Oddity::LongSentence]),
            ("T", "It ended, and the \u{2026} [+2233 chars]", &[Oddity::CutOff]),
            ("T", &full, &[Oddity::CutOff]),
            ("T", &full[..30_000], &[]),
            ("T", "Loading...", &[Oddity::Notice]),
            ("T", "It ended.\\nNobody came.", &[Oddity::WrittenLineEnds]),
            ("T", "\\u201cIt ended,\\u201d they said.", &[Oddity::WrittenLineEnds]),
            ("T", "Look in \\\\users\\unit.", &[]),
            ("T", "['It began.', 'It ended.']", &[Oddity::Notation]),
            ("T", "{\"body\": \"It ended.\"}", &[Oddity::Notation]),
            ("T", "{\\rtf1\\ansi It ended.}", &[Oddity::Notation]),
            ("T", "[Photo] It ended [sic]", &[]),
            ("T", "The mili-\ntary am-\nassed its sol-\ndiers.", &[Oddity::CutWords]),
            ("T", "The build-\nup in mid-\nMay of Kyiv-\nbased crews.", &[]),
            ("T", "It lies in C:\\new, they said [+ chars]", &[]),
            ("War ends", "It ended. One of 200 DOCUMENTS was found.\nEnd of Document", &[]),
            ("War ends", "", &[]),
            ("War ends", "War ends", &[]),
        ] {
            assert_eq!(signs(&document(title, text), "en"), expected, "{title} {text}");
        }
        let mut german = document("T", "Eins.");
        german.extra.insert("language".to_owned(), "de-AT".to_owned());
        assert_eq!(signs(&german, "en"), [Oddity::OtherLanguage]);
        assert_eq!(signs(&german, "de"), []);
        let mut english = document("T", "One.");
        english.extra.insert("language".to_owned(), "English".to_owned());
        assert_eq!(signs(&english, "en"), [], "a name of the codebook's language");
        for (date, expected) in [
            ((1970, 1, 1), &[Oddity::PlaceholderDate][..]),
            ((1899, 12, 30), &[Oddity::PlaceholderDate]),
            ((1970, 1, 2), &[]),
        ] {
            let mut dated = document("T", "One.");
            dated.date = Some(jiff::civil::date(date.0, date.1, date.2));
            assert_eq!(signs(&dated, "en"), expected, "{date:?}");
        }
        let words = "Der Minister sagte, dass die Ernte in diesem Jahr nicht mehr zu retten ist und das Geld für die Bauern fehlt.";
        assert_eq!(signs(&document("T", words), "en"), [Oddity::OtherLanguage], "without a column that says so");
        assert_eq!(signs(&document("T", words), "de"), []);
    }

    #[test]
    fn counts_name_the_earliest_record_whatever_the_order() {
        let documents: Vec<Document> = (0..30_u64)
            .map(|number| {
                let mut document = document("T", "&amp; so on.");
                document.origin = Origin { file: "a.csv".to_owned(), record: number + 1 };
                document.date = Some(jiff::civil::date(2022, 1, if number < 20 { 1 } else { 2 }));
                document
            })
            .collect();
        let groups = ["Yard Times", "The Yard-Times", "Quay Mail"];
        let count = |order: &mut dyn Iterator<Item = usize>| {
            let mut all = Oddities::default();
            for number in order {
                let sentences = u64::from(number % 3 != 2);
                all.add(&documents[number], groups[number % 3], sentences, &signs(&documents[number], "en"));
            }
            all.rows()
        };
        let rows = count(&mut (0..30));
        assert_eq!(rows, count(&mut (0..30).rev()));
        let seen: Vec<(Oddity, u64, u64, Option<&str>)> =
            rows.iter().map(|row| (row.oddity, row.documents, row.first.record, row.example.as_deref())).collect();
        assert_eq!(
            seen,
            [
                (Oddity::Markup, 30, 1, None),
                (Oddity::OneDay, 20, 1, Some("2022-01-01")),
                (Oddity::TwoSpellings, 10, 1, Some("\"The Yard-Times\" 10, \"Yard Times\" 10")),
                (Oddity::EmptyGroup, 10, 3, Some("Quay Mail")),
            ]
        );
    }
}
