//! What every page of ours is made of: a template whose marks are filled, text that can never be markup, packed data, one script
//! joined from its modules, and a policy that forbids everything else.
//!
//! In reading order: `modules` (scripts joined), `packing` (data packed), then what is here. Not here: what a page says, which
//! is in `page/` and `coder/`.

mod modules;
mod packing;

use sha2::{Digest, Sha256};

use crate::report::escape::{markup, turns};

#[cfg(test)]
pub(in crate::report) use modules::tests as tests_of_modules;
pub(in crate::report) use modules::{Module, joined};
pub(in crate::report) use packing::write_packed;

/// Allows a page's own script and style, by their checksums, and nothing else at all.
pub(in crate::report) fn policy(script: &str, style: &str) -> String {
    let checksum = |text: &str| packing::letters(&Sha256::digest(text.as_bytes()));
    let (script, style) = (checksum(script), checksum(style));
    format!(
        "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
    )
}

/// `template` with each `@@name@@` replaced by that part; what is put in is not looked at again.
pub(in crate::report) fn filled(template: &str, parts: &[(&str, String)]) -> String {
    let part = |name: &str| parts.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
    template.split("@@").enumerate().map(|(place, text)| if place % 2 == 1 { part(text) } else { text }).collect()
}

/// `text` as it may stand in HTML, in quotation marks too. Controls, which HTML does not allow, and the marks that turn
/// the direction of everything after them become a replacement character.
pub(in crate::report) fn escaped(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => ' ',
        c if c.is_control() || turns(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    markup(&text.chars().map(shown).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_articles_is_never_markup() {
        for (text, safe) in [
            ("<script>", "&lt;script&gt;"),
            ("\"><img onerror='x'>&", "&quot;&gt;&lt;img onerror=&#39;x&#39;&gt;&amp;"),
            ("\u{1b}[31m\u{202e}a\nb", "\u{fffd}[31m\u{fffd}a b"),
        ] {
            assert_eq!(escaped(text), safe);
        }
    }

    #[test]
    fn what_is_put_into_the_template_is_not_looked_at_again() {
        let parts = [("a", "@@b@@".to_owned()), ("b", "no".to_owned())];
        assert_eq!(filled("<@@a@@|@@b@@|@@c@@>", &parts), "<@@b@@|no|>");
    }
}
