//! Exports of newspaper databases, web pages and archives of pages, all written for this: the wholes that `files` tears.

/// An export, and a name whose ending says what it may be.
pub(crate) const EXPORTS: &[(&str, &str)] = &[
    ("page.html", PAGE),
    ("archive.warc", ARCHIVE),
    ("factiva.html", FACTIVA),
    ("factiva.xml", FACTIVA_XML),
    ("europresse.html", EUROPRESSE),
    ("apa.rtf", RICH_TEXT),
    ("nexis.rtf", NEXIS),
    ("old-nexis.txt", OLD_NEXIS),
];

const PAGE: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><link rel=\"canonical\" href=\"https://quay.example/tram\"><title>Tram swallows a million | Quay Mail</title>\n\
    <meta property=\"article:published_time\" content=\"2023-05-02T06:00:00Z\"><meta property=\"og:site_name\" content=\"Quay Mail\">\n\
    <script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Tram swallows a million\",\n\
    \"datePublished\":\"2023-05-02\",\"author\":[{\"name\":\"Pia Lund\"}]}</script></head><body><nav><a href=\"/\">Home</a></nav>\n\
    <article><h1>Tram swallows a million</h1><p>The tram &amp; its rails cost a million, the mayor said.</p>\n\
    <p>Nobody came to the <b>opening</b>, which was held in the rain, and nobody spoke.</p><!-- end --></article>\n\
    <footer>\u{a9} 2023</footer></body></html>\n";

const ARCHIVE: &str = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 15\r\n\r\nsoftware: none\n\r\n\r\n\
    WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://quay.example/2023/05/02/tram\r\nWARC-Date: 2023-05-03T01:02:03Z\r\n\
    Content-Type: application/http; msgtype=response\r\nContent-Length: 200\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n\
    <html><head><title>Tram</title></head><body><article><h1>Tram</h1><p>The tram cost a million, the mayor said.</p>\
    <p>Nobody came.</p></article></body></html>\r\n\r\n";

const FACTIVA: &str = "<div id='article-HAFON1' class='article'><div class='article deArticle'><p>\n</p><div>Hafen</div><div id='hd'>\
    <span class='deHeadline counted'>1) Die Bahn kommt</span></div><div class='author'>Pia Lund </div><div>30 W\u{f6}rter</div>\
    <div>1 April 2017</div><div>09:38</div><div>Hafenpost Online</div><div>HAFON</div><div>Deutsch</div>\
    <div>Copyright 2017. Hafenpost</div><p class='articleParagraph dearticleParagraph'>Sie kostet eine <b>Million</b>.</p>\
    <p>Dokument HAFON00020170401ed410005l</p></div></div>";

const FACTIVA_XML: &str = "<?xml version='1.0'?><r xmlns='urn:x'><set count='1'><article><accessionNo>Q1</accessionNo><headline><paragraph>\n\
    <hlt>Tram</hlt> swallows a million</paragraph></headline><leadParagraph><paragraph>It does.</paragraph></leadParagraph>\
    <publicationDate><dateTime>2023-05-02T01:00:00Z</dateTime></publicationDate><sourceName>Quay Mail</sourceName></article></set></r>";

const EUROPRESSE: &str = "<td><span class='DocPublicationName'>La Rade, no. 59</span><br><span class='DocHeader'>Politique, </span>\
    <span class='DocHeader'>jeudi </span><span class='DocHeader'>5 octobre 2013</span><br><br>\
    <span class='TitreArticleVisu'>Le tram co\u{fb}te</span><br><br>Un million.<p></p>Rien.<p></p>\
    Num\u{e9}ro de document : news\u{b7}20131005\u{b7}RA\u{b7}1<br>";

const RICH_TEXT: &str = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 \"Hafenpost\" vom 02.05.2023 Seite: 4\\par\\par \
    Die Bahn f\\'e4hrt \\u8222?Kai\\u8220?\\par\\par Sie kostet.\\par\\par ______________________\\par}";

const NEXIS: &str = "{\\rtf1\\ansi Tram swallows a million\\par Quay Mail\\par May 2, 2023 Tuesday\\par Copyright 2023 Quay Mail Ltd\\par Section: NEWS; Pg. 3\\par \
    Length: 8 words\\par Byline: Pia Lund\\par Body\\par The tram swallows a million.\\par Nobody came.\\par Classification\\par Language: ENGLISH\\par \
    Load-Date: May 3, 2023\\par End of Document\\par}";

const OLD_NEXIS: &str = "                               1 of 1 DOCUMENTS\n\n                                   Quay Mail\n\n\
                             May 2, 2023 Tuesday\n\nTram swallows a million\n\nBYLINE: Pia Lund\n\nLENGTH: 5 words\n\n\
    It does. Nobody came.\n\nLOAD-DATE: May 3, 2023\n\n                           Copyright 2023 Quay Mail\n";

#[cfg(test)]
mod tests {
    use crate::files::kept;

    use super::*;

    #[test]
    fn every_export_is_read_as_what_it_is() {
        for (name, whole) in EXPORTS {
            assert_eq!(kept(name, whole.as_bytes()), 1, "{name}");
        }
    }
}
