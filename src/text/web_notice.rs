//! Notices that a website shows in place of an article, and that a collector took for it: loading, JavaScript, cookies,
//! a wall before the text. Only short texts are looked at: an article about cookies is none.

/// Characters of the longest notices.
const LONGEST: usize = 400;

/// All of a text, letters and digits in lower case only.
const WHOLE: [&str; 10] = [
    "loading",
    "loadingpleasewait",
    "pleasewait",
    "justamoment",
    "laden",
    "wirdgeladen",
    "cargando",
    "chargement",
    "caricamento",
    "загрузка",
];

/// What a notice says somewhere, in lower case. Of each language what its large sites say.
const PHRASES: [&str; 30] = [
    "enable javascript",
    "javascript is disabled",
    "javascript is not",
    "requires javascript",
    "javascript aktivieren",
    "activer javascript",
    "habilita javascript",
    "we use cookies",
    "site uses cookies",
    "website uses cookies",
    "accept cookies",
    "accept all cookies",
    "cookie policy",
    "verwendet cookies",
    "utilise des cookies",
    "utilizamos cookies",
    "utiliza cookies",
    "использует файлы cookie",
    "you are human",
    "are you a robot",
    "not a robot",
    "access denied",
    "403 forbidden",
    "404 not found",
    "page not found",
    "page you requested",
    "subscribe to continue",
    "to continue reading",
    "to read the full",
    "ad blocker",
];

/// Whether a text is such a notice and nothing more.
#[must_use]
pub fn is_web_notice(text: &str) -> bool {
    let text = text.trim();
    // Characters are at least as many as a quarter of the bytes, which are counted at once.
    if text.len() > 4 * LONGEST || text.chars().count() > LONGEST {
        return false;
    }
    let lower = text.to_lowercase();
    let letters: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    WHOLE.contains(&&letters[..]) || PHRASES.iter().any(|phrase| lower.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_short_and_says_nothing_else() {
        let article = "The commission fined the firm, whose site uses cookies. ".repeat(10);
        for (text, expected) in [
            ("Loading...", true),
            (" Please wait \u{2026}\n", true),
            ("Please enable JavaScript to view this page.", true),
            ("Diese Website verwendet Cookies.", true),
            ("You have reached your limit. Subscribe to continue.", true),
            ("Loading of the ships began.", false),
            ("The president said no.", false),
            ("", false),
            (&article, false),
        ] {
            assert_eq!(is_web_notice(text), expected, "{text}");
        }
    }
}
