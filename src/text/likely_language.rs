//! Whether a text is plainly in another language than one supposes, by its most frequent little words. Not here: naming a
//! language for sure, which a few words do not allow.

/// The little words of languages that news is compared in: code, words.
const COMMON_WORDS: &str = include_str!("common_words.tsv");

/// Words of a text that are looked at.
const MOST_WORDS: usize = 80;

/// Fewest words that say something.
const LEAST_WORDS: usize = 15;

/// Every how many words of a text in some language at least one is a little word of it; in running text about three.
const ONE_IN: usize = 8;

/// How many times rarer those of the supposed language must be: an English text quotes a French title.
const TIMES_RARER: usize = 3;

/// Whether `text` is plainly not in `language`; `false` where it is short, mixed, or `language` is not known here.
#[must_use]
pub fn is_in_another_language(text: &str, language: &str) -> bool {
    let code = language.split(['-', '_']).next().unwrap_or(language).to_lowercase();
    let Some(own) = words_of(&code) else { return false };
    // Nearly every text ends here, some thirty words in, so that the other languages' words cost nothing.
    if count_of(words_in(text), own, MOST_WORDS.div_ceil(ONE_IN)) >= MOST_WORDS.div_ceil(ONE_IN) {
        return false;
    }
    let words: Vec<String> = words_in(text).collect();
    if words.len() < LEAST_WORDS {
        return false;
    }
    let seen = |list: &str, most: usize| count_of(words.iter(), list, most);
    let enough = words.len().div_ceil(ONE_IN);
    let (own, is_latin) = (seen(own, enough), own.bytes().any(|byte| byte.is_ascii_alphabetic()));
    if own >= enough {
        return false;
    }
    let other_script = words.iter().filter(|word| word.chars().all(|c| (c < '\u{250}') != is_latin)).count();
    // Scripts without a list here: Arabic, Chinese, Hebrew.
    let best = languages().map(|(_, list)| seen(list, words.len())).max().unwrap_or(0);
    other_script * 2 > words.len() || best * ONE_IN >= words.len() && own * TIMES_RARER < best
}

/// The first words of a text, in lower case.
fn words_in(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.take(MOST_WORDS).map(str::to_lowercase)
}

/// How many of `words` are in `list`, counted up to `most`.
fn count_of(words: impl Iterator<Item = impl AsRef<str>>, list: &str, most: usize) -> usize {
    let list: Vec<&str> = list.split(' ').collect();
    words.filter(|word| list.contains(&word.as_ref())).take(most).count()
}

fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
    COMMON_WORDS.lines().filter_map(|line| line.split_once('\t'))
}

fn words_of(code: &str) -> Option<&'static str> {
    languages().find(|(known, _)| *known == code).map(|(_, list)| list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_another_language_is_told_from_one_that_is_short_or_mixed() {
        let english = "The minister said on Monday that the harvest was lost and that he would not help the farmers of the region.";
        for (text, language, expected) in [
            (english, "en", false),
            (english, "en-GB", false),
            (english, "de", true),
            (english, "ru", true),
            (english, "tlh", false),
            (
                "Der Minister sagte am Montag, dass die Ernte verloren ist und er den Bauern der Region nicht helfen wird.",
                "en",
                true,
            ),
            (
                "Le ministre a dit lundi que la récolte est perdue et que les paysans de la région ne sont pas aidés.",
                "en",
                true,
            ),
            (
                "Министр сказал в понедельник, что урожай потерян и что он не будет помогать крестьянам этой области.",
                "en",
                true,
            ),
            (
                "Міністр сказав у понеділок, що врожай втрачено і що він не буде допомагати селянам цієї області, але згодом.",
                "uk",
                false,
            ),
            (
                "Міністр сказав у понеділок, що врожай втрачено і що він не буде допомагати селянам цієї області, але згодом.",
                "ru",
                true,
            ),
            ("قال الوزير يوم الاثنين إن المحصول ضاع وإنه لن يساعد المزارعين في المنطقة هذا العام أبدا", "en", true),
            (
                "Scores: Kiel 3, Lyon 1, Turin 2, Porto 4, Genk 0, Brno 5, Malmo 2, Graz 1, Bari 0, Nice 3, Ulm 2, Metz 1",
                "en",
                false,
            ),
            ("Die Ernte ist verloren.", "en", false),
            (
                "“Le monde et la paix dans les rues”, a film about the harvest that was lost, is now in the cinemas of the town.",
                "en",
                false,
            ),
        ] {
            assert_eq!(is_in_another_language(text, language), expected, "{language}: {text}");
        }
    }
}
