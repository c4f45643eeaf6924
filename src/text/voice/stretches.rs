//! How much of a text is read together: a sentence, or a stretch of one that does not end. A transcript without full stops is a
//! single sentence of any length, and every cue in it would be asked what all the others make of it.

use crate::text::{Reading, Sentence};

/// Most tokens that are read together. Of 85,000 sentences of news with a cue one had more than 200.
const LONGEST: usize = 300;

/// The sentences of a text, longer ones in stretches; `cut` holds them then, and is not looked at otherwise.
pub(in crate::text) fn stretches<'a>(reading: &'a Reading, cut: &'a mut Vec<Sentence>) -> &'a [Sentence] {
    if reading.sentences.iter().all(|sentence| sentence.tokens.len() <= LONGEST) {
        return &reading.sentences;
    }
    cut.clear();
    for sentence in &reading.sentences {
        let end = sentence.tokens.end;
        cut.extend(sentence.tokens.clone().step_by(LONGEST).map(|start| {
            let tokens = start..end.min(start + LONGEST);
            let [first, last] = [tokens.start, tokens.end - 1].map(|at| reading.tokens[at].span);
            Sentence { number: sentence.number, span: first.hull(last), tokens }
        }));
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::text::{Language, Vocabulary, read};

    #[test]
    fn stretches_hold_every_token_once() {
        let document = Document::new("1", "A tram", &format!("It came. Tram {}", "tram ".repeat(2 * LONGEST)));
        let mut reading = Reading::default();
        read(&document, Language::of("en"), &mut Vocabulary::default(), &mut reading);
        let mut cut = Vec::new();
        let found: Vec<(usize, usize)> =
            stretches(&reading, &mut cut).iter().map(|it| (it.number, it.tokens.len())).collect();
        assert_eq!(found, [(0, 2), (1, 3), (2, LONGEST), (2, LONGEST), (2, 1)]);
        assert_eq!(
            cut.last().map(|it| (it.tokens.end, it.span.end)),
            Some((reading.tokens.len(), document.content().trim_end().len()))
        );
    }
}
