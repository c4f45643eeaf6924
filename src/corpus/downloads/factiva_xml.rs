//! Downloads of Factiva as XML, whose elements name the fields of each article.

use roxmltree::{Document, Node, ParsingOptions};

use crate::corpus::Reader;
use crate::corpus::downloads::{Articles, Field, read_text};
use crate::model::FileFormat;

/// Many articles in an XML file.
pub(super) const READER: Reader = Reader {
    name: "Factiva (XML)",
    format: FileFormat::Xml,
    extensions: &["xml"],
    one_document: false,
    open: |stream| read_text(stream, articles),
};

/// Elements whose text is kept as it is, and the column each is in.
const FIELDS: [(&str, &str); 8] = [
    ("accessionNo", "id"),
    ("sourceName", "outlet"),
    ("baseLanguage", "language"),
    ("byline", "byline"),
    ("sectionName", "section"),
    ("wordCount", "length"),
    ("sourceCode", "source_code"),
    ("publisherName", "publisher"),
];

/// The articles of an XML file.
///
/// # Errors
/// Where it is no XML, or no download of Factiva.
pub(super) fn articles(xml: &str) -> Result<Articles, String> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: u32::MAX, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(xml, options).map_err(|error| format!("not XML ({error}); download it again"))?;
    let found: Vec<_> = document.descendants().filter(|node| is(node, "article")).collect();
    if found.iter().all(|article| child(article, "accessionNo").is_none()) {
        return Err("XML that is no download of Factiva; save other files as a table (CSV UTF-8)".to_owned());
    }
    let announced: usize =
        document.descendants().filter_map(|node| node.attribute("count")?.parse::<usize>().ok()).sum();
    let differs = announced > 0 && announced != found.len();
    let note = format!("announces {announced} articles, and {} stand in it; look at the file", found.len());
    Ok(Articles {
        found: found.iter().map(|node| Ok(article(node))).collect(),
        notes: differs.then_some(note).into_iter().collect(),
        is_one: false,
    })
}

fn article(article: &Node<'_, '_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (element, column) in FIELDS {
        fields.extend(child(article, element).map(|node| (column, inner_text(&node))));
    }
    // `<publicationDate><dateTime>2012-01-09T01:35:58Z</dateTime></publicationDate>`, or `<date>` inside.
    fields.extend(child(article, "publicationDate").map(|node| ("date", inner_text(&node))));
    fields.push(("title", paragraphs(article, "headline").join(" ")));
    let text = [paragraphs(article, "leadParagraph"), paragraphs(article, "tailParagraphs")].concat();
    fields.push(("text", text.join("\n\n")));
    fields.retain(|(_, value)| !value.is_empty());
    fields
}

/// Whatever namespace a version of the service puts its elements in.
fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a, 'input>(article: &Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    article.children().find(|node| is(node, name))
}

/// The paragraphs of a part of the article; a part without them is one.
fn paragraphs(article: &Node<'_, '_>, part: &str) -> Vec<String> {
    let mut paragraphs = Vec::new();
    for part in article.children().filter(|node| is(node, part)) {
        let found: Vec<String> =
            part.descendants().filter(|node| is(node, "paragraph")).map(|node| inner_text(&node)).collect();
        paragraphs.extend(if found.is_empty() { vec![inner_text(&part)] } else { found });
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// All text inside of an element, white space as single spaces: words that were searched for stand in elements of their own.
fn inner_text(node: &Node<'_, '_>) -> String {
    let text: String = node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_fields_and_a_count_is_held_against_them() {
        let xml = "<?xml version='1.0'?><r xmlns='urn:x'><set count='2'><a><article><accessionNo>Q1</accessionNo><headline><paragraph>\n\
                   <hlt>Tram</hlt> swallows\n a million</paragraph></headline><leadParagraph><paragraph>It does.</paragraph></leadParagraph>\
                   <publicationDate><dateTime>2023-05-02T01:00:00Z</dateTime></publicationDate><sourceName>Quay Mail</sourceName>\
                   <tailParagraphs><paragraph>Nobody came.</paragraph></tailParagraphs></article></a></set></r>";
        let articles = articles(xml).unwrap();
        let fields = articles.found[0].as_ref().unwrap();
        for (name, expected) in [
            ("id", "Q1"),
            ("outlet", "Quay Mail"),
            ("date", "2023-05-02T01:00:00Z"),
            ("title", "Tram swallows a million"),
            ("text", "It does.\n\nNobody came."),
        ] {
            let value = fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
            assert_eq!(value, expected, "{name}");
        }
        assert!(articles.notes[0].contains("announces 2 articles, and 1 stand"), "{:?}", articles.notes);
        for other in ["<html><article>x</article></html>", "<a>", "no markup"] {
            assert!(super::articles(other).is_err(), "{other}");
        }
    }
}
