//! HTML that was left in texts: tells it, and takes it out.
//!
//! Not here: cutting whole web pages into articles. What is left in exports are entities (`&ldquo;`), some tags around
//! paragraphs, and now and then a script.

use memchr::memchr2_iter;

/// Elements that end a line of text where they begin or end.
const BLOCKS: [&str; 33] = [
    "body",
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "tr",
    "td",
    "th",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "title",
];

/// Elements within a line.
const INLINES: [&str; 34] = [
    "a", "b", "i", "u", "s", "q", "em", "strong", "span", "small", "big", "sub", "sup", "font", "mark", "cite", "code",
    "abbr", "del", "ins", "img", "picture", "source", "video", "audio", "iframe", "form", "input", "button", "label",
    "time", "tbody", "thead", "center",
];

/// Elements whose content nobody reads.
const HIDDEN: [&str; 4] = ["script", "style", "noscript", "template"];

/// Names of the characters from U+00A0 to U+00FF, in their order (HTML 4.01, section 24.2).
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
    acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig \
    Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
    Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
    iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// Names of other characters that newspapers use.
const OTHERS: [(&str, char); 46] = [
    ("quot", '"'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("apos", '\''),
    ("lsquo", '\u{2018}'),
    ("rsquo", '\u{2019}'),
    ("sbquo", '\u{201a}'),
    ("ldquo", '\u{201c}'),
    ("rdquo", '\u{201d}'),
    ("bdquo", '\u{201e}'),
    ("lsaquo", '\u{2039}'),
    ("rsaquo", '\u{203a}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("horbar", '\u{2015}'),
    ("hellip", '\u{2026}'),
    ("bull", '\u{2022}'),
    ("dagger", '\u{2020}'),
    ("Dagger", '\u{2021}'),
    ("permil", '\u{2030}'),
    ("prime", '\u{2032}'),
    ("Prime", '\u{2033}'),
    ("euro", '\u{20ac}'),
    ("trade", '\u{2122}'),
    ("minus", '\u{2212}'),
    ("larr", '\u{2190}'),
    ("rarr", '\u{2192}'),
    ("OElig", '\u{152}'),
    ("oelig", '\u{153}'),
    ("Scaron", '\u{160}'),
    ("scaron", '\u{161}'),
    ("Yuml", '\u{178}'),
    ("fnof", '\u{192}'),
    ("circ", '\u{2c6}'),
    ("tilde", '\u{2dc}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("num", '#'),
    ("newline", '\n'),
    ("commat", '@'),
];

/// What Windows-1252 has at 0x80 to 0x9F, which web pages write as `&#128;` to `&#159;` though Unicode has controls there.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// Whether an element of HTML, named in small letters, ends a line of text where it begins and where it ends.
#[must_use]
pub fn ends_line(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether `text` has an entity or a tag of HTML.
#[must_use]
pub fn has_markup(text: &str) -> bool {
    // Every text is asked, and few have a sign of either kind.
    memchr2_iter(b'&', b'<', text.as_bytes())
        .map(|at| &text[at..])
        .any(|rest| entity(rest).is_some() || markup(rest).is_some())
}

/// The text as a browser would show it: entities as their characters (also those escaped twice, `&amp;ldquo;`), a blank
/// line for each block, nothing for other tags, comments, scripts and styles.
#[must_use]
pub fn without_markup(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        shown.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if let Some((character, length)) = entity(rest) {
            shown.push(character);
            length
        } else if let Some((is_block, length)) = markup(rest) {
            if is_block {
                end_block(&mut shown);
            }
            length
        } else {
            shown.push_str(&rest[..1]);
            1
        };
        rest = &rest[length..];
        // Indents between tags are the page's, not the text's.
        if shown.ends_with("\n\n") {
            rest = rest.trim_start();
        }
    }
    shown.push_str(rest);
    // Each round makes the text shorter by a layer of escapes, so this comes to an end.
    let again = entities_only(&shown) || is_escaped_page(text, &shown);
    if again { without_markup(&shown) } else { shown.trim().to_owned() }
}

/// Whether entities are left, of a text that was escaped twice. Tags that come to light are the article's own words:
/// `&lt;b&gt;` in a text about HTML.
fn entities_only(text: &str) -> bool {
    let starts = || text.match_indices('&').filter_map(|(at, _)| entity(&text[at..]));
    starts().next().is_some() && tags(text).next().is_none()
}

/// Whether all tags of a page were escaped once, as feeds carry it (`&lt;p&gt;It began.&lt;/p&gt;`): the text had none, and
/// those that came to light end lines.
fn is_escaped_page(text: &str, shown: &str) -> bool {
    tags(text).next().is_none() && tags(shown).any(|is_block| is_block)
}

/// Of each tag, comment or hidden element, whether it ends a line.
fn tags(text: &str) -> impl Iterator<Item = bool> + '_ {
    text.match_indices('<').filter_map(|(at, _)| Some(markup(&text[at..])?.0))
}

fn end_block(shown: &mut String) {
    shown.truncate(shown.trim_end_matches([' ', '\t']).len());
    if !shown.is_empty() && !shown.ends_with("\n\n") {
        shown.push_str(if shown.ends_with('\n') { "\n" } else { "\n\n" });
    }
}

/// The character of an entity at the beginning of `text`, and the entity's length.
fn entity(text: &str) -> Option<(char, usize)> {
    // `&#x1F600;` is the longest that is expected; without a bound an `&` in a text without semicolons would be
    // searched to the text's end.
    const LONGEST: usize = 10;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(1..end).filter(|_| text.starts_with('&'))?;
    let character = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => named(name)?,
    };
    Some((character, end + 1))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Browsers read these as Windows-1252, too, so a page that has `&#146;` shows an apostrophe.
    let windows = code.checked_sub(0x80).and_then(|place| WINDOWS.chars().nth(place as usize));
    windows.or_else(|| char::from_u32(code)).filter(|c| !c.is_control() || c.is_whitespace())
}

fn named(name: &str) -> Option<char> {
    let other = OTHERS.iter().find(|(other, _)| *other == name).map(|(_, character)| *character);
    let latin = || LATIN.split_whitespace().position(|latin| latin == name);
    other.or_else(|| char::from_u32(0xa0 + u32::try_from(latin()?).ok()?))
}

/// Whether the tag, comment or hidden element at the beginning of `text` ends a line, and its length.
fn markup(text: &str) -> Option<(bool, usize)> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|end| (false, end + 3));
    }
    let inside = text.strip_prefix('<')?;
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let name: String = inside.chars().take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let after = &inside[name.len()..];
    // `<a>` is a tag; `<a.lund@mail.example>` and `a < b` are not.
    if !after.starts_with([' ', '>', '/', '\n', '\t', '\r']) {
        return None;
    }
    let length = text.find('>')? + 1;
    if HIDDEN.contains(&&name[..]) && !text.starts_with("</") {
        // Of a script that is never closed only the tag goes, or the rest of the article would go with it.
        let end = text.to_ascii_lowercase().find(&format!("</{name}>")).map(|end| end + name.len() + 3);
        return Some((false, end.unwrap_or(length)));
    }
    let is_block = ends_line(&name);
    // Known names only: `<Reuters>` is an agency's mark and not a tag.
    (is_block || INLINES.contains(&&name[..]) || HIDDEN.contains(&&name[..])).then_some((is_block, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_told_and_taken_out() {
        for (text, expected) in [
            ("&#34;It is lost,&#34; he said.", "\"It is lost,\" he said."),
            ("&lsquo;Saved,&rsquo; said Kim Lund.", "‘Saved,’ said Kim Lund."),
            ("<div>It began.</div><div>Growers smiled.</div>", "It began.\n\nGrowers smiled."),
            ("One.<br>Two.<br/>\nThree.", "One.\n\nTwo.\n\nThree."),
            ("<p class=\"x\">A <b>bold</b> move &amp; more</p>", "A bold move & more"),
            ("&amp;ldquo;Twice,&amp;rdquo; it said.", "“Twice,” it said."),
            ("Caf&eacute; &#8212; &#x2013; &#146;s&nbsp;5&thinsp;&euro;", "Café — – ’s\u{a0}5\u{2009}€"),
            ("<script>if (a < b) { x(); }</script>Text.<!-- no --> More.", "Text. More."),
            ("<A HREF='x'>Link</A>", "Link"),
            ("&lt;p&gt;It &lt;b&gt;began&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;It ended.&lt;/p&gt;", "It began.\n\nIt ended."),
            ("<p>Write &lt;b&gt; and &lt;p&gt;.</p>", "Write <b> and <p>."),
        ] {
            assert!(has_markup(text), "{text}");
            assert_eq!(without_markup(text), expected, "{text}");
        }
        for text in [
            "AT&T; a < b and c > d",
            "<a.lund@mail.example> wrote",
            "R&D &c; x",
            "3 <5",
            "&",
            "<",
            "a<b>c".trim_end_matches("<b>c"),
        ] {
            assert!(!has_markup(text), "{text}");
            assert_eq!(without_markup(text), text);
        }
    }
}
