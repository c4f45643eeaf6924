//! Shortened labels that stay apart: where two would be cut to the same words, the part that tells them apart is kept.

/// Rounds of looking for labels that are still alike; each keeps what tells the alike ones of the round before apart.
const ROUNDS: usize = 3;

/// Each name as `shorten` leaves it. Names that it leaves alike lose what they begin with in common instead of what tells them
/// apart: "Regional Evening Courier North" and "... South" become "…Courier North" and "…Courier South".
pub fn kept_apart(names: &[&str], shorten: &dyn Fn(&str) -> Vec<String>) -> Vec<Vec<String>> {
    let mut shown: Vec<Vec<String>> = names.iter().map(|name| shorten(name)).collect();
    for round in 0..ROUNDS {
        let alike: Vec<Vec<usize>> = (0..names.len()).map(|place| alike(names, &shown, place)).collect();
        if alike.iter().all(Vec::is_empty) {
            break;
        }
        for (place, others) in alike.iter().enumerate().filter(|(_, others)| !others.is_empty()) {
            let other_names: Vec<&str> = others.iter().map(|other| names[*other]).collect();
            // What still does not help a whole word helps a single letter.
            let difference = difference(names[place], &other_names, round == 0);
            shown[place] = from_difference(names[place], difference, shorten);
        }
    }
    shown
}

/// The places of other names that look the same as the one at `place`.
fn alike(names: &[&str], shown: &[Vec<String>], place: usize) -> Vec<usize> {
    let is_alike = |other: &usize| shown[*other] == shown[place] && names[*other] != names[place];
    (0..names.len()).filter(is_alike).collect()
}

/// Where `name` begins to differ from all of `others`: the start of that word, or the letter itself.
fn difference(name: &str, others: &[&str], of_word: bool) -> usize {
    let common = |other: &&str| {
        let alike = name.char_indices().zip(other.chars()).take_while(|((_, a), b)| a == b);
        alike.last().map_or(0, |((at, c), _)| at + c.len_utf8())
    };
    let letter = others.iter().map(common).min().unwrap_or(0);
    let word = name[..letter].rfind([' ', '-']).map_or(0, |at| at + 1);
    if of_word && word > 0 { word } else { letter }
}

/// The name from as early on as `shorten` leaves whole, but from `difference` at the latest.
fn from_difference(name: &str, difference: usize, shorten: &dyn Fn(&str) -> Vec<String>) -> Vec<String> {
    let starts = name.match_indices(' ').map(|(at, _)| at + 1).filter(|at| *at < difference).chain([difference]);
    let cut = |start: usize| shorten(&format!("\u{2026}{}", &name[start..]));
    starts
        .map(cut)
        .find(|lines| lines.last().is_some_and(|line| !line.ends_with('\u{2026}')))
        .unwrap_or_else(|| cut(difference))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first twelve letters, as a narrow column leaves them.
    fn twelve(name: &str) -> Vec<String> {
        if name.chars().count() <= 12 {
            return vec![name.to_owned()];
        }
        vec![name.chars().take(11).chain(['\u{2026}']).collect()]
    }

    #[test]
    fn what_tells_names_apart_is_kept() {
        for (names, shown) in [
            (["Quay", "Late City"], ["Quay", "Late City"]),
            (["Regional Courier North", "Regional Courier South"], ["\u{2026}North", "\u{2026}South"]),
            (["Evening Courier 1", "Evening Courier 12"], ["\u{2026}Courier 1", "\u{2026}Courier 12"]),
            (["Donaudampfschifffahrt", "Donaudampfschiffbau"], ["\u{2026}fahrt", "\u{2026}bau"]),
            (["Regional Courier", "Late City"], ["Regional Co\u{2026}", "Late City"]),
        ] {
            assert_eq!(kept_apart(&names, &twelve).concat(), shown, "{names:?}");
        }
    }
}
