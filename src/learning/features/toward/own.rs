//! The target itself: what it is called, and where in the stretch it stands.

use crate::learning::features::{FeatureUnit, Sink};
use crate::text::{FormClass, Function, TokenKind};

/// Adds the target's words, and its place and surroundings as measures.
#[expect(clippy::cast_precision_loss, reason = "a document has far fewer than 2^23 tokens")]
pub(in crate::learning::features) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    let Some(scene) = unit.target else { return };
    scene.words.iter().for_each(|word| sink.add(&[word], 1.0));
    sink.add(&["called ", &scene.words.join(" ")], 1.0);
    let count = |function: Function| scene.items.iter().filter(|item| item.function == function).count();
    let length = scene.items.len() as f32;
    let own = unit.text.voices.function_of(scene.items[scene.target].token);
    let measures = [
        // By its logarithm: ten words more mean much to a headline and nothing to a long sentence.
        ("length", length.ln()),
        ("place", scene.target as f32 / length),
        ("first", flag(scene.target == 0)),
        ("words", scene.words.len() as f32),
        ("pronoun", flag(own == Some(Function::Pronoun))),
        ("possessive", flag(own == Some(Function::Determiner))),
        ("title", flag(own == Some(Function::Title))),
        ("quoted", flag(scene.items[scene.target].quoted)),
        ("quotation", flag(scene.items.iter().any(|item| item.quoted))),
        ("speaks", flag(scene.speaks)),
        ("spoken-of", flag(scene.spoken_of)),
        // Less the target, which is a name among them.
        ("other-names", count(Function::Name) as f32 - 1.0),
        ("negators", count(Function::Negator) as f32),
        ("mentions", mentions(unit)),
    ];
    for (name, value) in measures {
        sink.measure(&[name], value);
    }
}

/// How often the target's last word stands elsewhere in the stretch.
#[expect(clippy::cast_precision_loss, reason = "a document has far fewer than 2^23 tokens")]
fn mentions(unit: &FeatureUnit<'_>) -> f32 {
    let Some(scene) = unit.target else { return 0.0 };
    let tokens =
        unit.text.tokens().iter().filter(|token| token.kind == TokenKind::Word && !scene.span.contains(token.span));
    // "Putin" speaks of "Vladimir Putin" again; the "'s" of "Putin's" is no word of the name.
    let last = scene.words.iter().rev().find(|word| !scene.is_form(word, FormClass::GenitiveMark));
    tokens.filter(|token| last.is_some_and(|last| last == unit.text.form(token))).count() as f32
}

fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}
