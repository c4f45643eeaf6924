//! The name or value that somebody may have meant.

/// From this likeness (Jaro and Winkler, 1 is the same) a name is offered: a wrong offer costs a reader a glance.
const ALIKE: f64 = 0.75;

/// From this likeness a name is taken for a misspelling, which is said unasked: "text" beside `threat` is another word.
const MISSPELT: f64 = 0.8;

/// The name most like `wanted`, if any is alike at all.
pub(super) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a String>) -> Option<&'a str> {
    likest(wanted, names, ALIKE)
}

/// The name that `written` misspells, if it looks so.
pub(super) fn misspelling<'a>(written: &str, names: impl IntoIterator<Item = &'a String>) -> Option<&'a str> {
    likest(written, names, MISSPELT)
}

/// The first of the names that are most alike, from `least` on; capital letters are as good as small ones.
fn likest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a String>, least: f64) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for name in names {
        let likeness = strsim::jaro_winkler(&wanted, &name.to_lowercase());
        if likeness >= least && best.is_none_or(|(best, _)| likeness > best) {
            best = Some((likeness, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_likest_names_is_meant() {
        let names = ["title", "outlet", "outlets", "threat"].map(str::to_owned);
        let cases = [("Outlett", Some("outlet"), Some("outlet")), ("text", Some("threat"), None), ("zzz", None, None)];
        for (written, near, misspelt) in cases {
            assert_eq!((nearest(written, &names), misspelling(written, &names)), (near, misspelt), "{written}");
        }
    }
}
