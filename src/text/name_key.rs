//! What all spellings of one name have in common: "Vladimir V. Putin" and "Vladimir Putin", "Volodymyr Zelensky" and "Volodymyr
//! Zelenskyy", "U.S. officials" and "US officials". Not here: which names mean one person though they differ, as a surname alone
//! does (`compare::persons`).

use unicode_normalization::UnicodeNormalization;

use crate::text::characters::is_combining_mark;
use crate::text::language::{Class, lists, romanisations};
use crate::text::vocabulary::fold;

/// A name but for its spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameKey {
    /// The name without what stands in the middle of a person's, in letters that its spellings share.
    pub letters: String,
    /// The first letters of what stands in the middle: two people may differ in them alone.
    pub middle: String,
    /// The last word, as all its spellings are read, where every word has a capital: what a person would be called in brief.
    pub surname: Option<String>,
}

/// The key of a name. A lone word keeps its letters and case: "Haines" and "Haynes" are two, "Times" and "times" too.
#[must_use]
pub fn name_key(name: &str) -> NameKey {
    // "RIA-Novosti" is "RIA Novosti".
    let words: Vec<&str> = name.split([' ', '-']).collect();
    let is_person = words.iter().all(|word| word.starts_with(char::is_uppercase));
    let surname = words.last().filter(|_| is_person).map(|word| read(word));
    let mut key = NameKey { letters: String::with_capacity(name.len()), middle: String::new(), surname };
    if let [word] = words[..] {
        let office = word.to_lowercase();
        key.letters = if lists(&office, &[Class::Person]) { office } else { without_stops(word) };
        return key;
    }
    for (index, word) in words.iter().enumerate() {
        let read = read(word);
        let is_middle = is_person && index > 0 && index + 1 < words.len();
        if is_middle && (read.chars().count() == 1 || is_of_father(&read)) {
            key.middle.extend(read.chars().next());
            continue;
        }
        if index > 0 {
            key.letters.push(' ');
        }
        key.letters.push_str(&read);
    }
    key
}

/// A word of a name as all its spellings are read: without accents, and romanised letters as one.
fn read(word: &str) -> String {
    let plain: String = fold(&without_stops(word)).nfd().filter(|character| !is_combining_mark(*character)).collect();
    // "the mayor" is no "major".
    if lists(&plain, &[Class::Title]) {
        return plain;
    }
    romanisations().fold(plain, |word, romanisation| romanisation.read(&word))
}

fn is_of_father(read: &str) -> bool {
    romanisations().any(|romanisation| romanisation.is_of_father(read))
}

/// "US" of "U.S."
fn without_stops(word: &str) -> String {
    let letters = word.split('.').all(|part| part.chars().count() <= 1);
    if letters { word.replace('.', "") } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key_and_other_names_have_others() {
        let key = |name: &str| name_key(name).letters;
        for (one, other) in [
            ("Vladimir V. Putin", "Vladimir Putin"),
            ("Vladimir Vladimirovich Putin", "Vladimir Putin"),
            ("Antony J Blinken", "Antony Blinken"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Sergey Lavrov", "Sergei Lavrov"),
            ("António Guterres", "Antonio Guterres"),
            ("U.S. officials", "US officials"),
            ("U.N.", "UN"),
            ("Russian Defence Ministry", "Russian defence ministry"),
            ("Ukraine’s military", "Ukraine's military"),
            ("Officials", "officials"),
            ("RIA-Novosti", "RIA Novosti"),
            ("U.S.-led troops", "US-led troops"),
        ] {
            assert_eq!(key(one), key(other), "{one} and {other}");
        }
        for (one, other) in [
            ("US officials", "American officials"),
            ("Haines", "Haynes"),
            ("Times", "times"),
            ("the town's major", "the town's mayor"),
            ("Joe Biden", "Joseph Biden"),
            ("Ewa Anna Lis", "Ewa Lis"),
        ] {
            assert_ne!(key(one), key(other), "{one} and {other}");
        }
        let parts = |name: &str| (name_key(name).middle, name_key(name).surname);
        assert_eq!(parts("Jan W. Lysyy"), ("w".to_owned(), Some("lisi".to_owned())));
        assert_eq!(parts("Lysyy"), (String::new(), Some("lisi".to_owned())));
        assert_eq!(parts("two officials"), (String::new(), None));
    }
}
