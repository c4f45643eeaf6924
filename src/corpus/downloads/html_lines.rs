//! The lines of an HTML file: its text by paragraphs, each with the class and id of what was opened at it.
//!
//! Not here: which of a news page is the article. Downloads of archives say it in their classes.

use std::collections::BTreeSet;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use crate::text::ends_line;

/// Elements whose text is none.
const SILENT: [&str; 5] = ["script", "style", "title", "noscript", "select"];

/// A line with text, or with classes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HtmlLine {
    /// Classes, and ids behind `#`, of the elements opened since the line before.
    pub(super) classes: BTreeSet<String>,
    /// White space as single spaces.
    pub(super) text: String,
}

impl HtmlLine {
    pub(super) fn has(&self, class: &str) -> bool {
        self.classes.contains(class)
    }
}

/// The lines of `html`, in order.
pub(super) fn lines(html: &str) -> Vec<HtmlLine> {
    let mut lines = LineMaker::default();
    // What stands in a script or a style is no markup, whatever it looks like.
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => lines.open(&tag),
            Token::EndTag(tag) => lines.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) if lines.silent.is_none() => lines.text.push_str(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    lines.end_line();
    lines.lines
}

#[derive(Default)]
struct LineMaker {
    lines: Vec<HtmlLine>,
    classes: BTreeSet<String>,
    text: String,
    silent: Option<String>,
}

impl LineMaker {
    fn open(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if ends_line(&name) {
            self.end_line();
        }
        let value = |key: &[u8]| tag.attributes.get(key).map(|value| String::from_utf8_lossy(value).into_owned());
        let classes = value(b"class").unwrap_or_default();
        self.classes.extend(classes.split_whitespace().map(str::to_owned));
        self.classes.extend(value(b"id").map(|id| format!("#{id}")));
        if SILENT.contains(&&name[..]) && !tag.self_closing && self.silent.is_none() {
            self.silent = Some(name);
        }
    }

    fn close(&mut self, name: &str) {
        if self.silent.as_deref() == Some(name) {
            self.silent = None;
        } else if ends_line(name) {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text.clear();
        // Classes of an element without a text of its own are those of the next text in it.
        if !text.is_empty() {
            self.lines.push(HtmlLine { classes: std::mem::take(&mut self.classes), text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_bear_the_classes_opened_before_them() {
        let html = "<script>if (1<2) '<style>'</script><style>x</style><div class='article en'><p>\n</p><div id=hd><span class=head>One &amp; two</span></div>\
                    <p class='par'>A <b>bold</b><br>line.</p></div>";
        let shown: Vec<(Vec<String>, String)> =
            lines(html).into_iter().map(|line| (line.classes.into_iter().collect(), line.text)).collect();
        let expected =
            [(vec!["#hd", "article", "en", "head"], "One & two"), (vec!["par"], "A bold"), (vec![], "line.")];
        assert_eq!(
            shown,
            expected.map(|(classes, text)| (classes.into_iter().map(str::to_owned).collect(), text.to_owned()))
        );
    }
}
