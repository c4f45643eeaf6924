//! Lines that say a time of day and nothing else, as live blogs head their entries.

/// Words after a time without which `10.50` may be any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AfterTime {
    /// A half of the day, or a zone.
    OfTime,
    /// Any other.
    Other,
}

/// Whether a piece of text is a time alone: `10:42`, `10:42am`, `10.50 BST`, `5 p.m. ET`, `(11:02 GMT)`. `kind` tells what a
/// word after the figures is.
pub(super) fn is_clock_time(piece: &str, kind: impl Fn(&str) -> AfterTime) -> bool {
    let piece = piece.trim_matches(|c: char| !c.is_alphanumeric());
    let Some((hour, rest)) = number(piece, 24) else { return false };
    let (has_colon, rest) = match rest.strip_prefix([':', '.', 'h']).and_then(|after| two_digits(after)) {
        Some(after) => (rest.starts_with(':'), after.strip_prefix(':').and_then(two_digits).unwrap_or(after)),
        None => (false, rest),
    };
    let mut words = rest.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_of_time = |word: &str| kind(word) == AfterTime::OfTime;
    hour.len() <= 2 && words.clone().all(is_of_time) && (has_colon || words.next().is_some())
}

/// Leading digits that say a number up to `most`, and what follows.
fn number(text: &str, most: u8) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    digits.parse::<u8>().is_ok_and(|number| number <= most).then_some((digits, rest))
}

/// What follows two digits of minutes or seconds.
fn two_digits(text: &str) -> Option<&str> {
    number(text, 59).filter(|(digits, _)| digits.len() == 2).map(|(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_alone_is_told_from_other_figures_and_from_words() {
        let kind = |word: &str| match word {
            "am" | "p.m" | "BST" | "GMT" | "ET" => AfterTime::OfTime,
            _ => AfterTime::Other,
        };
        for (piece, expected) in [
            ("10:42", true),
            ("10:42am", true),
            ("10.50 BST", true),
            ("(11:02 GMT)", true),
            ("12.15 p.m. ET", true),
            ("5 p.m.", true),
            ("23:59:59", true),
            ("10.50", false),
            ("2022", false),
            ("5", false),
            ("25:10", false),
            ("10:75", false),
            ("3:1", false),
            ("10:42 The mayor spoke", false),
            ("10:42am \u{2013} closed", false),
            ("ET", false),
            ("", false),
        ] {
            assert_eq!(is_clock_time(piece, kind), expected, "{piece}");
        }
    }
}
