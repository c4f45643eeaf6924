//! Text that people wrote, put where it is code or markup, so that it stays text.

use std::fmt::Write;

/// A string literal in double quotes that JSON, YAML, Python and R all read as `text`. What could end it, hide in it (bidirectional
/// controls) or mean something to a notebook's renderer (`{{`, a backtick) is escaped; NUL, which R cannot hold, becomes
/// U+FFFD.
#[must_use]
pub(super) fn quoted(text: &str) -> String {
    let mut literal = String::from("\"");
    let mut before = ' ';
    for character in text.chars() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            '\0' => literal.push('\u{fffd}'),
            '{' if before == '{' => escape(&mut literal, character),
            '`' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => escape(&mut literal, character),
            _ if character.is_control() || turns(character) => escape(&mut literal, character),
            _ => literal.push(character),
        }
        before = character;
    }
    literal.push('"');
    literal
}

/// Whether a character turns the direction of what follows it, so that code is shown in another order than it runs.
pub(super) fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escape(literal: &mut String, character: char) {
    // Writing to a string cannot fail.
    let _ = write!(literal, "\\u{:04x}", u32::from(character));
}

/// `text` as HTML and XML hold it, between tags and in attributes.
#[must_use]
pub(super) fn markup(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// `text` on one line of Markdown, for Pandoc, knitr, Quarto and Jupyter alike. Entities stand where a backslash would not
/// do: knitr runs what is between backticks, and Jupyter typesets what is between dollar signs, whatever stands before them.
#[must_use]
pub(super) fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '`' | '$' | '{' | '}' => {
                let _ = write!(escaped, "&#{};", u32::from(character));
            }
            '\\' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '^' | '@' => escaped.extend(['\\', character]),
            _ if character.is_control() || turns(character) => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// `text` on one line as code in Markdown, within more backticks than it has itself.
#[must_use]
pub(super) fn code(text: &str) -> String {
    let shown: String = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .map(|c| if c.is_control() || turns(c) { '\u{fffd}' } else { c })
        .collect();
    let ticks = shown.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(ticks + 1);
    let pad = if shown.starts_with('`') || shown.ends_with('`') || shown.is_empty() { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What researchers, or those who mean them ill, may write in a title.
    pub(crate) const HOSTILE: [&str; 9] = [
        "a \"quoted\" 'title' \\ and \\n",
        "two\nlines\r\nand\ttabs",
        "{{7*7}} {{< include /etc/passwd >}}",
        "</script><script>alert(1)</script>",
        "`r system('id')` ``code`` ```",
        "$x$ \\(y\\) [link](javascript:x) ![i](j) *b* _e_ @cite ^[note]",
        "---\ntitle: other\n---",
        "bidi \u{202e}abc\u{2069} nul \u{0} bell \u{7} del \u{7f} nel \u{85} sep \u{2028}",
        "Украина العربية 乌克兰 ⟦title⟧ é",
    ];

    #[test]
    fn a_quoted_text_is_json_of_itself() {
        for text in HOSTILE {
            let read: String = serde_json::from_str(&quoted(text)).unwrap();
            assert_eq!(read, text.replace('\0', "\u{fffd}"), "{text:?}");
        }
    }

    #[test]
    fn a_quoted_text_has_no_line_break_backtick_or_double_brace() {
        for text in HOSTILE {
            let literal = quoted(text);
            assert!(!literal.chars().any(char::is_control), "{literal:?}");
            assert!(!literal.contains('`') && !literal.contains("{{"), "{literal:?}");
        }
    }

    #[test]
    fn text_in_markup_is_no_markup() {
        assert_eq!(markup("<a b='c'>&\"</a>"), "&lt;a b=&#39;c&#39;&gt;&amp;&quot;&lt;/a&gt;");
    }

    #[test]
    fn text_in_markdown_is_no_markup() {
        for (text, escaped) in [
            ("plain text, 7 % (of it): fine.", "plain text, 7 % (of it): fine."),
            ("<script>", "&lt;script&gt;"),
            ("{{7*7}}", "&#123;&#123;7\\*7&#125;&#125;"),
            ("`r 1+1`", "&#96;r 1+1&#96;"),
            ("$x$ a_b [c](d) #e", "&#36;x&#36; a\\_b \\[c\\](d) \\#e"),
            ("one\n\n# two\u{7}", "one \\# two\u{fffd}"),
            ("R&D \\ @x", "R&amp;D \\\\ \\@x"),
        ] {
            assert_eq!(markdown(text), escaped);
        }
    }

    #[test]
    fn code_outgrows_its_own_backticks() {
        for (text, shown) in [
            ("a | b", "`a | b`"),
            ("a `b` c", "``a `b` c``"),
            ("`a", "`` `a ``"),
            ("``", "``` `` ```"),
            ("a\nb", "`a b`"),
        ] {
            assert_eq!(code(text), shown);
        }
    }
}
