//! What each token does in its clause, as far as closed classes of words can tell.

use crate::text::language::Class;
use crate::text::passage::Passage;
use crate::text::voice::quotes::is_quoted;
use crate::text::voice::voices::Voices;

/// What a token does in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// A word that bears content of its own: what is left when everything below is taken away.
    Content,
    /// A word with a capital that is not due to its place.
    Name,
    /// A form of "be".
    Being,
    /// Another auxiliary: "has", "would".
    Auxiliary,
    /// "not", "never", "don't".
    Negator,
    /// "also", "reportedly".
    Adverb,
    /// "of", "against".
    Preposition,
    /// "the", "a", "his".
    Determiner,
    /// "he", "them".
    Pronoun,
    /// The 's of a genitive.
    Genitive,
    /// "Mr", "president".
    Title,
    /// "and", "because", "who": what begins or joins clauses and phrases.
    Joint,
    /// Punctuation.
    Mark,
}

impl Function {
    /// Whether the word bears content: a word that is neither grammar nor a name.
    #[must_use]
    pub const fn is_content(self) -> bool {
        matches!(self, Self::Content)
    }
}

/// Functions by class of words, the first that fits.
const BY_CLASS: [(Class, Function); 17] = [
    (Class::Negator, Function::Negator),
    (Class::Being, Function::Being),
    (Class::Auxiliary, Function::Auxiliary),
    (Class::Relative, Function::Joint),
    (Class::Complementiser, Function::Joint),
    (Class::Coordinator, Function::Joint),
    (Class::Title, Function::Title),
    (Class::Definite, Function::Determiner),
    (Class::Indefinite, Function::Determiner),
    (Class::Subject, Function::Pronoun),
    (Class::Object, Function::Pronoun),
    (Class::Preposition, Function::Preposition),
    (Class::Subordinator, Function::Joint),
    (Class::Question, Function::Joint),
    (Class::Particle, Function::Preposition),
    (Class::Adverb, Function::Adverb),
    (Class::Number, Function::Determiner),
];

impl Voices<'_> {
    /// What a token does; `None` where the language is not supported.
    #[must_use]
    pub fn function_of(&self, token: usize) -> Option<Function> {
        self.passage.map(|passage| function(&passage, token))
    }

    /// Whether a token stands in quotation marks.
    #[must_use]
    pub fn is_quoted(&self, token: usize) -> bool {
        is_quoted(self.quotations, &(token..token + 1)) || self.is_inside(token)
    }

    fn is_inside(&self, token: usize) -> bool {
        let after = self.quotations.partition_point(|quotation| quotation.tokens.start <= token);
        self.quotations[..after].iter().rev().take(3).any(|quotation| quotation.tokens.end > token)
    }
}

fn function(passage: &Passage, token: usize) -> Function {
    let role = passage.role(token);
    if role.is(Class::Possessive) {
        // "Berg's late" has a verb, "Berg's bridge" an owner.
        return if passage.is_contracted_verb(token) { Function::Being } else { Function::Genitive };
    }
    if role.is(Class::Mark) {
        return Function::Mark;
    }
    // Whatever opens a sentence has a capital; only elsewhere is it the sign of a name.
    if role.is(Class::Capital) && !opens(passage, token) && !role.is(Class::First) {
        return Function::Name;
    }
    BY_CLASS.iter().find(|(class, _)| role.is(*class)).map_or(Function::Content, |(_, function)| *function)
}

/// Whether a capital may be due to the token's place: the first of a sentence, or of what a mark introduces.
fn opens(passage: &Passage, token: usize) -> bool {
    let starts = passage.sentence_of(token).is_none_or(|sentence| sentence.tokens.start == token);
    let before = passage.role(token.wrapping_sub(1));
    starts || before.is(Class::Colon) || before.is(Class::Stop) || passage.is_quote_mark(token.wrapping_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::text::{Language, Reading, Vocabulary, VoiceReader, read};

    fn functions(text: &str, code: &str) -> Vec<(String, Option<Function>, bool)> {
        let document = Document::new("1", "", text);
        let (mut reading, mut vocabulary) = (Reading::default(), Vocabulary::default());
        let language = Language::of(code);
        read(&document, language, &mut vocabulary, &mut reading);
        let mut reader = VoiceReader::default();
        let voices = reader.read(document.content(), &reading, &vocabulary, language);
        let told = |(place, token): (usize, &crate::text::Token)| {
            (token.span.of(document.content()).to_owned(), voices.function_of(place), voices.is_quoted(place))
        };
        reading.tokens.iter().enumerate().map(told).collect()
    }

    #[test]
    fn grammar_is_told_from_content() {
        use Function::{
            Auxiliary, Being, Content, Determiner, Genitive, Joint, Mark, Name, Negator, Preposition, Title,
        };
        let expected = [
            ("Critics", Content),
            ("of", Preposition),
            ("the", Determiner),
            ("mayor", Title),
            ("have", Auxiliary),
            ("not", Negator),
            ("forgiven", Content),
            ("Anna", Name),
            ("Berg", Name),
            ("'s", Genitive),
            ("bridge", Content),
            (",", Mark),
            ("which", Joint),
            ("is", Being),
            ("closed", Content),
            (".", Mark),
        ];
        let found = functions("Critics of the mayor have not forgiven Anna Berg's bridge, which is closed.", "en");
        assert_eq!(found.len(), expected.len());
        for ((form, function, _), (written, expected)) in found.iter().zip(expected) {
            assert_eq!((form.as_str(), *function), (written, Some(expected)));
        }
    }

    #[test]
    fn quotations_are_seen_to_their_ends() {
        let found = functions("\u{201C}We will not sell the old ferry,\u{201D} Berg said.", "en");
        let quoted: Vec<&str> = found.iter().filter(|it| it.2).map(|it| it.0.as_str()).collect();
        assert_eq!(
            (quoted.len(), quoted.contains(&"ferry"), quoted.contains(&"Berg")),
            (10, true, false),
            "{quoted:?}"
        );
    }

    #[test]
    fn nothing_is_said_of_languages_that_are_not_supported() {
        assert!(functions("Мэр открыл мост.", "ru").iter().all(|(_, function, _)| function.is_none()));
    }
}
