//! Romanised spellings of a name: the letters of a language's `romanisation.tsv` that stand for the same letter of another
//! alphabet.

/// What the lines of `romanisation.tsv` say.
#[derive(Debug, Default)]
pub(in crate::text) struct Romanisation {
    letters: Vec<(Place, &'static str, &'static str)>,
    fathers: Vec<&'static str>,
}

/// Where in a word letters stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Any,
    Start,
    End,
}

impl Romanisation {
    /// Reads the data file. A line that does not parse is left out; a test holds the files to none.
    pub(in crate::text::language) fn parse(table: &'static str) -> Self {
        let mut romanisation = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            match line.split('\t').collect::<Vec<_>>()[..] {
                ["any", from, to] => romanisation.letters.push((Place::Any, from, to)),
                ["start", from, to] => romanisation.letters.push((Place::Start, from, to)),
                ["end", from, to] => romanisation.letters.push((Place::End, from, to)),
                ["father", ending] => romanisation.fathers.push(ending),
                _ => {}
            }
        }
        romanisation
    }

    /// What all romanised spellings of a word, in lower case, are read as.
    pub(in crate::text) fn read(&self, word: &str) -> String {
        self.letters.iter().fold(word.to_owned(), |word, (place, from, to)| {
            let rest = match place {
                Place::Any => return word.replace(from, to),
                Place::Start => word.strip_prefix(from).map(|rest| format!("{to}{rest}")),
                Place::End => word.strip_suffix(from).map(|rest| format!("{rest}{to}")),
            };
            rest.unwrap_or(word)
        })
    }

    /// Whether a word, as [`Self::read`], is the middle name that tells who somebody's father is: "Vladimirovich".
    pub(in crate::text) fn is_of_father(&self, read: &str) -> bool {
        self.fathers.iter().any(|ending| read.ends_with(ending))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("en/romanisation.tsv");

    #[test]
    fn every_line_of_the_table_parses() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        let read = Romanisation::parse(TABLE);
        assert_eq!(read.letters.len() + read.fathers.len(), lines);
    }

    #[test]
    fn spellings_of_one_name_are_read_alike_and_other_names_are_not() {
        let table = Romanisation::parse(TABLE);
        for alike in [
            &["zelensky", "zelenskyy", "zelenskiy", "zelenskyi", "zelenskii", "zelenskij", "zelenski"][..],
            &["sergey", "sergei"],
            &["yevgeny", "yevgeniy", "evgeny", "evgenii"],
            &["aleksandr", "alexandr", "alexander"],
            &["yury", "yuri", "yuriy", "iurii"],
            &["yulia", "yuliya", "iuliia"],
        ] {
            let read: Vec<String> = alike.iter().map(|word| table.read(word)).collect();
            assert!(read.iter().all(|word| *word == read[0]), "{read:?}");
        }
        for (one, other) in
            [("dmitry", "dmytro"), ("sergei", "serhiy"), ("lukashenko", "lukashenka"), ("anna", "hanna")]
        {
            assert_ne!(table.read(one), table.read(other), "{one} and {other}");
        }
        let father = |name: &str| table.is_of_father(&table.read(name));
        assert!(["vladimirovich", "oleksandrovych", "vladimirovna", "ilyich"].into_iter().all(father));
        assert!(!["richard", "ivan", "vich", "fitzgerald"].into_iter().any(father));
    }
}
