//! A title that the text begins with, too, as some exports have it: its frames would count twice.

/// Words that a title needs to be told from a text's own beginning where nothing but a blank follows it.
const TELLING_WORDS: usize = 5;

/// Where the text goes on behind a repetition of its title; `None` where it does not begin with it. White space, capitals
/// and a sign at the title's end make no difference: `WAR ENDS.` repeats `War ends`.
#[must_use]
pub fn after_repeated_title(title: &str, text: &str) -> Option<usize> {
    let wanted: Vec<String> =
        words(title).map(|(_, word)| bare(word).to_lowercase()).filter(|word| !word.is_empty()).collect();
    if wanted.is_empty() {
        return None;
    }
    let mut found = words(text).filter(|(_, word)| !bare(word).is_empty());
    let mut end = 0;
    for word in &wanted {
        let (start, other) = found.next()?;
        if bare(other).to_lowercase() != *word {
            return None;
        }
        end = start + other.len();
    }
    let rest = &text[end..];
    let next = rest.trim_start().chars().next();
    let last = text[..end].chars().next_back();
    let is_line = rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
    let is_sentence = last.is_some_and(|c| !c.is_alphanumeric() && !matches!(c, ',' | '-' | '\'' | '’' | '%' | '('));
    let goes_on_anew = next.is_some_and(|c| !c.is_lowercase()) && wanted.len() >= TELLING_WORDS;
    let ends = next.is_none() || is_line || is_sentence && next.is_some_and(|c| !c.is_lowercase()) || goes_on_anew;
    ends.then(|| end + (rest.len() - rest.trim_start().len()))
}

/// Words with their places, cut at white space.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// A word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_title_ends_where_the_text_goes_on() {
        for (title, text, rest) in [
            ("War ends", "War ends\nIt ended today.", Some("It ended today.")),
            ("War ends", "WAR ENDS. It ended today.", Some("It ended today.")),
            ("War ends!", " “War ends” \n\n It ended.", Some("It ended.")),
            ("The war in the north ends", "The war in  the north ends It ended today.", Some("It ended today.")),
            ("War ends", "War ends", Some("")),
            ("War ends", "War ends lives.", None),
            ("War ends", "War ends Europe's peace.", None),
            ("War", "Warfare began.", None),
            ("War ends", "It ended.", None),
            ("", "It ended.", None),
            ("?", "? It ended.", None),
            ("War ends", "", None),
        ] {
            let found = after_repeated_title(title, text).map(|end| &text[end..]);
            assert_eq!(found, rest, "{title:?} {text:?}");
        }
    }
}
