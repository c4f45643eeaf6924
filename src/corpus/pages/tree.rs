//! A page as a tree of elements. Tags that are missing are put up with, roughly as browsers do: a block ends a paragraph, an item
//! ends the one before, an end tag without a beginning is passed over.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use crate::text::ends_line;

/// Elements that end a line of a page beside those that end one in any text: an export with a stray `<form>` has no form.
const OF_PAGES: [&str; 11] =
    ["address", "center", "details", "fieldset", "form", "html", "summary", "tbody", "tfoot", "thead", "video"];

/// Elements without content, and so without an end.
const EMPTY: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "keygen",
];

/// Elements that end one of their kind before them, and those around which this holds.
const ITEMS: [&str; 7] = ["li", "td", "th", "tr", "dd", "dt", "option"];
const AROUND_ITEMS: [&str; 9] = ["ul", "ol", "table", "tbody", "tr", "dl", "div", "section", "article"];

/// No page is nested so deep that is written by a person or a program of a newspaper; deeper elements count as siblings, so that
/// no page can exhaust the stack.
const DEEPEST: usize = 256;

/// An element; its place in the tree is its number.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) children: Vec<Child>,
    /// The element around it, whose number is smaller; of the root its own.
    pub(super) parent: usize,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Child {
    Text(String),
    Element(usize),
}

/// The elements of a page in the order in which they begin; the first is the root.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) elements: Vec<Element>,
}

impl Element {
    pub(super) fn is_block(&self) -> bool {
        is_block(&self.name)
    }

    /// The value of an attribute, empty where it has none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// The text that stands in it directly.
    pub(super) fn own_text(&self) -> impl Iterator<Item = &str> {
        self.children.iter().filter_map(|child| match child {
            Child::Text(text) => Some(&text[..]),
            Child::Element(_) => None,
        })
    }
}

impl Tree {
    pub(super) fn parse(html: &str) -> Self {
        let mut tree = Self { elements: vec![Element { name: "html".to_owned(), ..Element::default() }] };
        let mut open = vec![0];
        // What stands in a script or a style is no markup, whatever it looks like.
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => tree.begin(&tag, &mut open),
                Token::EndTag(tag) => tree.end(&String::from_utf8_lossy(&tag.name), &mut open),
                Token::String(text) => {
                    let text = String::from_utf8_lossy(&text).into_owned();
                    tree.around(&open).children.push(Child::Text(text));
                }
                _ => {}
            }
        }
        tree
    }

    /// All text inside of an element, white space as single spaces.
    pub(super) fn text(&self, element: usize) -> String {
        let mut text = String::new();
        self.add_text(element, &mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_text(&self, element: usize, text: &mut String) {
        for child in &self.elements[element].children {
            match child {
                Child::Text(inner) => text.push_str(inner),
                Child::Element(inner) => self.add_text(*inner, text),
            }
        }
    }

    fn around(&mut self, open: &[usize]) -> &mut Element {
        &mut self.elements[open.last().copied().unwrap_or(0)]
    }

    fn begin(&mut self, tag: &StartTag<()>, open: &mut Vec<usize>) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let name = text(&tag.name);
        self.end_before(&name, open);
        let parent = open.last().copied().unwrap_or(0);
        let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
        let is_empty = EMPTY.contains(&&name[..]) || tag.self_closing;
        let number = self.elements.len();
        self.elements.push(Element { name, attributes, children: Vec::new(), parent });
        self.elements[parent].children.push(Child::Element(number));
        if !is_empty && open.len() < DEEPEST {
            open.push(number);
        }
    }

    /// Ends what cannot go on where an element of this name begins.
    fn end_before(&self, name: &str, open: &mut Vec<usize>) {
        if is_block(name) && name != "br" {
            let block = open.iter().rposition(|number| self.elements[*number].is_block());
            if let Some(at) = block.filter(|at| self.elements[open[*at]].name == "p") {
                open.truncate(at);
            }
        }
        if ITEMS.contains(&name) {
            let is_bound = |number: &usize| {
                let around = &self.elements[*number].name[..];
                around == name || AROUND_ITEMS.contains(&around)
            };
            let item = open.iter().rposition(is_bound).filter(|at| self.elements[open[*at]].name == name);
            if let Some(at) = item {
                open.truncate(at);
            }
        }
        if open.is_empty() {
            open.push(0);
        }
    }

    fn end(&self, name: &str, open: &mut Vec<usize>) {
        if let Some(at) = open.iter().rposition(|number| self.elements[*number].name == name).filter(|at| *at > 0) {
            open.truncate(at);
        }
    }
}

/// Whether a line ends where an element begins and where it ends.
fn is_block(name: &str) -> bool {
    ends_line(name) || OF_PAGES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(tree: &Tree, element: usize) -> String {
        let inner = tree.elements[element].children.iter().map(|child| match child {
            Child::Text(text) => text.trim().to_owned(),
            Child::Element(inner) => shown(tree, *inner),
        });
        format!("{}({})", tree.elements[element].name, inner.collect::<String>())
    }

    #[test]
    fn missing_tags_are_put_up_with() {
        for (html, expected) in [
            ("<p>One<p>Two<div>Three</div>", "html(p(One)p(Two)div(Three))"),
            ("<ul><li>a<ul><li>b</ul><li>c</ul>", "html(ul(li(aul(li(b)))li(c)))"),
            ("<table><tr><td>a<td>b<tr><td>c</table>d", "html(table(tr(td(a)td(b))tr(td(c)))d)"),
            ("a</div>b<br>c<img src=x>d", "html(abbr()cimg()d)"),
            ("<script>if (a<b) '<p>'</script>x &amp; y", "html(script(if (a<b) '<p>')x & y)"),
        ] {
            assert_eq!(shown(&Tree::parse(html), 0), expected, "{html}");
        }
        let deep = Tree::parse(&"<div>".repeat(100_000));
        assert_eq!(deep.text(0), "", "no depth exhausts the stack");
    }
}
