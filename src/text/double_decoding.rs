//! Text that was UTF-8, was taken for Windows-1252, and saved as UTF-8 again: `â€™` for an apostrophe, `Ã©` for é.
//!
//! Told and mended run by run of characters that are not ASCII, so that what is right beside it stays.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// Whether `text` has a run of characters that was decoded twice.
#[must_use]
pub fn is_decoded_twice(text: &str) -> bool {
    matches!(decoded_once(text), Cow::Owned(_))
}

/// The text as it was before it was decoded the second time. Runs that are no UTF-8 in Windows-1252 stay as they are:
/// `é` alone, `«déjà»`.
#[must_use]
pub fn decoded_once(text: &str) -> Cow<'_, str> {
    let mut mended = String::new();
    let mut done = 0;
    let mut at = 0;
    // Both ends of a run lie beside an ASCII byte, which is no part of a longer character.
    let bytes = text.as_bytes();
    while let Some(start) = bytes[at..].iter().position(|byte| !byte.is_ascii()).map(|start| at + start) {
        let end = bytes[start..].iter().position(u8::is_ascii).map_or(text.len(), |end| start + end);
        if let Some(once) = run_once(&text[start..end]) {
            mended.push_str(&text[done..start]);
            mended.push_str(&once);
            done = end;
        }
        at = end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    Cow::Owned(mended + &text[done..])
}

/// A run of characters that are not ASCII, decoded once; `None` where it was not decoded twice. `Â ` for a no-break space
/// comes as `Â` and U+00A0, which both are in the run.
fn run_once(run: &str) -> Option<String> {
    let (bytes, _, has_other_characters) = WINDOWS_1252.encode(run);
    // The encoder writes letters that Windows-1252 lacks as `&#1078;`, which is ASCII: without this every Cyrillic
    // word would pass for UTF-8 decoded twice.
    if has_other_characters {
        return None;
    }
    std::str::from_utf8(&bytes).ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decoded_twice_is_decoded_once() {
        for (text, expected) in [
            ("Itâ€™s a cafÃ©", "It’s a café"),
            ("â€œNo,â€\u{9d} he said", "“No,” he said"),
            ("5Â\u{a0}km", "5\u{a0}km"),
            ("ÐŸÑ€Ð°Ð²Ð´Ð°", "Правда"),
            ("déjà and dÃ©jÃ ", "déjà and déjÃ "),
        ] {
            assert_eq!(decoded_once(text), expected, "{text}");
            assert!(is_decoded_twice(text), "{text}");
        }
        for text in ["plain", "café «déjà vu» – “no”", "Правда", "Ã la carte", "€ 5", "naïve Ä Ö"]
        {
            assert_eq!(decoded_once(text), text, "{text}");
            assert!(!is_decoded_twice(text), "{text}");
        }
    }
}
