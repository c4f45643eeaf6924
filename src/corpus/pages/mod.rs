//! Web pages, each one article: which of its text is the article, and what the page says of it.
//!
//! `tree` is the page as browsers nest it, `main_text` finds the article in it, `facts` its title, day, address and author, of
//! which `structured_data` is what pages tell search engines.
//!
//! Not here: pages that hold many articles (`downloads`), and where pages come from (`warc`, files of a folder).

mod facts;
mod main_text;
mod structured_data;
mod tree;

use crate::corpus::pages::tree::Tree;

/// The article of a page, as named values; what the page does not say is empty.
///
/// # Errors
/// Where no text in the page looks like an article's.
pub(super) fn article(html: &str) -> Result<Vec<(&'static str, String)>, String> {
    let page = Tree::parse(html);
    let mut fields = facts::facts(&page);
    let text = main_text::main_text(&page);
    if text.is_empty() {
        let title = fields.iter().find(|(name, _)| *name == "title").map_or("", |(_, title)| title);
        let shown: String = title.chars().take(60).collect();
        return Err(format!("no text of an article in the page \"{shown}\"; save its text as .txt where it has one"));
    }
    fields.push(("text", text));
    Ok(fields)
}
