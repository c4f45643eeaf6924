//! A title that the text begins with, too, as some exports have it: its frames would count twice.

/// Words that a title needs to be told from a text's own beginning where nothing but a blank follows it.
const TELLING_WORDS: usize = 5;

/// Words of a site's name behind a title, at most, the dash included.
const LONGEST_SITE: usize = 5;

/// Where the text goes on behind a repetition of its title; `None` where it does not begin with it. White space, capitals
/// and a sign at the title's end make no difference: `WAR ENDS.` repeats `War ends`. Neither do a date before the
/// repetition, nor date, section and site behind a title: `01.02.22 10:30 - War ends in the north.` repeats `War ends in
/// the north (01.02.22 10:30) « Politics | Yard Times`.
#[must_use]
pub fn after_repeated_title(title: &str, text: &str) -> Option<usize> {
    let headline = headline(title);
    let is_telling = headline.len() < title.len() && words(headline).count() >= TELLING_WORDS;
    let titles = [Some(title), is_telling.then_some(headline)];
    titles.into_iter().flatten().find_map(|title| after(title, text, 0).or_else(|| after(title, text, dated(text)?)))
}

/// A title without the site's name, the section and the date behind it.
fn headline(title: &str) -> &str {
    let end = [" | ", " « ", " » "].iter().filter_map(|sign| title.find(sign)).min();
    // "The harvest is lost again - The Yard Times"
    let dash = [" - ", " \u{2013} ", " \u{2014} "].iter().filter_map(|sign| title.rfind(sign)).max();
    let dash = dash.filter(|dash| title[*dash..].split_whitespace().count() <= LONGEST_SITE);
    let headline = title[..end.or(dash).unwrap_or(title.len())].trim_end();
    match headline.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((before, inside)) if !inside.contains(char::is_alphabetic) => before.trim_end(),
        _ => headline,
    }
}

/// Where a text begins that a date or time stands before.
fn dated(text: &str) -> Option<usize> {
    const LONGEST: usize = 30;
    let start = text.find(char::is_alphabetic)?;
    (start <= LONGEST && text[..start].contains(|c: char| c.is_ascii_digit())).then_some(start)
}

/// Where the text goes on behind `title`, which is looked for at `from`.
fn after(title: &str, text: &str, from: usize) -> Option<usize> {
    let wanted: Vec<String> =
        words(title).map(|(_, word)| bare(word).to_lowercase()).filter(|word| !word.is_empty()).collect();
    if wanted.is_empty() {
        return None;
    }
    let mut found = words(&text[from..]).filter(|(_, word)| !bare(word).is_empty());
    let mut end = from;
    for word in &wanted {
        let (start, other) = found.next()?;
        if bare(other).to_lowercase() != *word {
            return None;
        }
        end = from + start + other.len();
    }
    let rest = &text[end..];
    ends_there(&text[..end], rest, wanted.len()).then(|| end + (rest.len() - rest.trim_start().len()))
}

/// Whether the repetition ends between `before` and `rest`: a text may go on with the words of its title.
fn ends_there(before: &str, rest: &str, words: usize) -> bool {
    let Some(next) = rest.trim_start().chars().next() else { return true };
    let is_line = rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
    let last = before.chars().next_back();
    // A comma or a hyphen goes on: a text that begins "Ukraine, Russia and ..." does not repeat the title "Ukraine".
    let is_sentence = last.is_some_and(|c| !c.is_alphanumeric() && !matches!(c, ',' | '-' | '\'' | '’' | '%' | '('));
    is_line || !next.is_lowercase() && (is_sentence || words >= TELLING_WORDS)
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
            (
                "War ends in the far north (01.02.22 10:30) « Politics | Yard Times",
                "01.02.22 10:30 - War ends in the far north. It ended.",
                Some("It ended."),
            ),
            ("War ends in the far north | Yard Times", "War ends in the far north\nIt ended.", Some("It ended.")),
            ("War ends in the far north - The Yard Times", "War ends in the far north\nIt ended.", Some("It ended.")),
            ("War ends - in the far north it goes on and on", "War ends. It ended.", None),
            ("War | Yard Times", "War. It began.", None),
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
