//! What a page tells search engines about its article, as JSON-LD in the words of schema.org.

use serde_json::Value;

use crate::corpus::pages::tree::Tree;
use crate::text::without_markup;

/// What is said of the article; empty where nothing is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct StructuredData {
    pub(super) headline: String,
    pub(super) date: String,
    pub(super) author: String,
    pub(super) section: String,
}

/// What the first object of the page says that has a headline and is an article.
pub(super) fn structured_data(page: &Tree) -> StructuredData {
    let scripts = page.elements.iter().filter(|element| element.name == "script");
    let scripts = scripts.filter(|script| script.attribute("type").contains("ld+json"));
    let scripts = scripts.map(|script| script.own_text().collect::<String>());
    let mut values = scripts.filter_map(|script| serde_json::from_str::<Value>(&script).ok());
    values.find_map(|value| article(&value)).unwrap_or_default()
}

/// `serde_json` nests 128 deep at most, and so does this.
fn article(value: &Value) -> Option<StructuredData> {
    match value {
        Value::Array(values) => values.iter().find_map(article),
        Value::Object(fields) => {
            let kind = fields.get("@type").map(Value::to_string).unwrap_or_default();
            let is_article = ["Article", "Posting", "Report"].iter().any(|word| kind.contains(word));
            if is_article && (fields.contains_key("headline") || fields.contains_key("datePublished")) {
                return Some(StructuredData {
                    headline: text(fields.get("headline")),
                    date: text(fields.get("datePublished")),
                    author: text(fields.get("author")),
                    section: text(fields.get("articleSection")),
                });
            }
            fields.values().find_map(article)
        }
        _ => None,
    }
}

/// A text, the name of an object, or those of a list.
fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => without_markup(text),
        Some(Value::Object(fields)) => text(fields.get("name")),
        Some(Value::Array(values)) => {
            let names: Vec<String> =
                values.iter().map(|value| text(Some(value))).filter(|name| !name.is_empty()).collect();
            names.join(", ")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_is_found_wherever_it_stands() {
        let html = "<script type='application/ld+json'>broken</script><script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\"},\
                    {\"@type\":[\"NewsArticle\"],\"headline\":\"Tram &amp; a million\",\"datePublished\":\"2023-05-02T01:00Z\",\
                    \"author\":[{\"name\":\"Pia Lund\"},{\"name\":\"Bo\"}]}]}</script>";
        let expected = StructuredData {
            headline: "Tram & a million".to_owned(),
            date: "2023-05-02T01:00Z".to_owned(),
            author: "Pia Lund, Bo".to_owned(),
            section: String::new(),
        };
        assert_eq!(structured_data(&Tree::parse(html)), expected);
    }
}
