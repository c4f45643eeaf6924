//! What the target does and what is done to it: the verb it is subject or object of, the word whose complement it is
//! ("attack on TARGET"), what it owns. Read from the order of words, as there is no parser here.

use crate::learning::features::toward::scene::{Scene, SceneToken};
use crate::learning::features::{FeatureUnit, Sink};
use crate::text::{FormClass, Function};

/// How far after the target the end of an inserted phrase is looked for, in items.
const LONGEST_INSERTION: usize = 14;

/// How many items may stand between the target and the verb it is subject of.
const LONGEST_VERB_GROUP: usize = 7;

/// How many words of content after a verb are looked at.
const COMPLEMENTS: usize = 3;

/// How far before the target what governs it is looked for, in items.
const GOVERNOR_REACH: usize = 5;

/// Adds the relations that the target stands in.
pub(in crate::learning::features) fn add(unit: &FeatureUnit<'_>, sink: &mut Sink) {
    let Some(scene) = unit.target else { return };
    if is_owner(scene) {
        add_owned(scene, sink);
    } else {
        add_predicate(scene, sink);
    }
    add_governor(scene, sink);
    if scene.speaks {
        sink.add(&["role:speaker"], 1.0);
    }
}

fn is_owner(scene: &Scene<'_>) -> bool {
    let genitive = scene.words.last().is_some_and(|word| scene.is_form(word, FormClass::Genitive));
    genitive || scene.after().first().is_some_and(|item| item.function == Function::Genitive)
}

fn add_owned(scene: &Scene<'_>, sink: &mut Sink) {
    sink.add(&["role:owner"], 1.0);
    let after = scene.after();
    // "Moscow 's claim": the mark of the genitive may be a token of its own.
    let first = usize::from(after.first().is_some_and(|item| item.function == Function::Genitive));
    for (place, item) in after[first.min(after.len())..].iter().take(COMPLEMENTS).enumerate() {
        if place == 0 {
            sink.add(&["owns:", &item.stem], 1.0);
        }
        sink.add(&["owns-near:", &item.stem], 1.0);
    }
}

/// The verb group after the target.
struct Group<'s, 't> {
    /// Its last word: a verb, or what the target is said to be.
    head: &'s SceneToken<'t>,
    /// `does`, `is`, `suffers` (the passive), with `not-` before it where it is negated.
    relation: &'static str,
    /// What follows it.
    rest: &'s [SceneToken<'t>],
}

fn add_predicate(scene: &Scene<'_>, sink: &mut Sink) {
    let Some(group) = verb_group(scene, sink) else { return };
    let (relation, head) = (group.relation, group.head);
    sink.add(&["role:", relation], 1.0);
    sink.add(&[relation, ":", &head.form], 1.0);
    sink.add(&[relation, "*:", &head.stem], 1.0);
    add_sign(sink, &[relation, " "], head);
    let rest = group.rest.iter().take_while(|item| !ends(item));
    let complements = rest.filter(|item| item.function.is_content() || item.function == Function::Negator);
    for item in complements.take(COMPLEMENTS) {
        sink.add(&[relation, ">", &item.form], 1.0);
        sink.add(&[relation, "*:", &head.stem, ">", &item.stem], 1.0);
        add_sign(sink, &[relation, ">"], item);
        add_sign(sink, &[relation, "*:", &head.stem, ">"], item);
    }
}

/// Finds the verb group; adds its adverbs and its auxiliary.
fn verb_group<'s, 't>(scene: &'s Scene<'t>, sink: &mut Sink) -> Option<Group<'s, 't>> {
    let after = after_insertion(scene);
    let (mut negated, mut being, mut auxiliary) = (false, false, None);
    for (place, item) in after.iter().take(LONGEST_VERB_GROUP).enumerate() {
        match item.function {
            // "has not been hit" is a relation of its own: who is not hit is not told of as who is.
            Function::Negator => negated = true,
            Function::Being => being = true,
            Function::Auxiliary => auxiliary = Some(item),
            Function::Adverb => sink.add(&["adverb:", &item.form], 1.0),
            Function::Preposition
                // "is to attack", "has to go": the particle is of the verb group; "went to Kyiv" does not get here.
                if scene.is_form(&item.form, FormClass::Infinitive) && (being || auxiliary.is_some()) => {}
            // "TARGET and ...", "TARGET, ...": what follows at once is no verb of the target.
            _ if place == 0 && !item.function.is_content() => return None,
            _ => {
                if let Some(auxiliary) = auxiliary {
                    sink.add(&["auxiliary:", &auxiliary.form], 1.0);
                }
                let participle = scene.is_form(&item.form, FormClass::Participle);
                let relation = relation(being, participle, negated);
                return Some(Group { head: item, relation, rest: &after[place + 1..] });
            }
        }
    }
    None
}

/// What comes after a phrase between commas or brackets, and after a relative pronoun.
fn after_insertion<'s, 't>(scene: &'s Scene<'t>) -> &'s [SceneToken<'t>] {
    let after = scene.after();
    let Some(first) = after.first() else { return after };
    if first.form == "," || first.form == "(" {
        let inside = &after[1..after.len().min(LONGEST_INSERTION)];
        let end = inside.iter().position(|item| item.form == "," || item.form == ")");
        // Two on: the first mark was left out of what was searched, and the second is left out of what follows.
        return end.map_or(after, |end| &after[end + 2..]);
    }
    if scene.is_form(&first.form, FormClass::Relative) { &after[1..] } else { after }
}

fn relation(being: bool, participle: bool, negated: bool) -> &'static str {
    match (being, participle, negated) {
        (true, true, false) => "suffers",
        (true, true, true) => "not-suffers",
        (true, false, false) => "is",
        (true, false, true) => "not-is",
        (false, _, false) => "does",
        (false, _, true) => "not-does",
    }
}

/// What the target is complement or object of.
fn add_governor(scene: &Scene<'_>, sink: &mut Sink) {
    let before = scene.before();
    let near = &before[before.len().saturating_sub(GOVERNOR_REACH)..];
    let modifies =
        |item: &SceneToken<'_>| matches!(item.function, Function::Title | Function::Name | Function::Determiner);
    // "hit President NAME TARGET": titles, names and articles belong to the target's own phrase.
    let near = &near[..near.len() - near.iter().rev().take_while(|item| modifies(item)).count()];
    match near.split_last() {
        // Only where nothing else was cut off: else the sentence may begin further back.
        None if before.len() < GOVERNOR_REACH => sink.add(&["role:initial"], 1.0),
        None => {}
        Some((last, rest)) => match last.function {
            Function::Preposition => add_prepositional(scene, last, rest, sink),
            Function::Mark | Function::Joint => {
                sink.add(&["role:first"], 1.0);
                sink.add(&["after:", &last.form], 1.0);
            }
            _ => {
                sink.add(&["role:object"], 1.0);
                sink.add(&["object-of:", &last.form], 1.0);
                sink.add(&["object-of*:", &last.stem], 1.0);
                add_sign(sink, &["object-of:"], last);
                for item in rest.iter().rev().take_while(|item| !ends(item)) {
                    sink.add(&["object-of<", &item.form], 1.0);
                }
            }
        },
    }
}

fn add_prepositional(scene: &Scene<'_>, preposition: &SceneToken<'_>, rest: &[SceneToken<'_>], sink: &mut Sink) {
    sink.add(&["role:complement"], 1.0);
    sink.add(&["preposition:", &preposition.form], 1.0);
    if let Some(last) = rest.last() {
        sink.add(&["governor:", &last.form, " ", &preposition.form], 1.0);
        sink.add(&["governor*:", &last.stem], 1.0);
    }
    let reach = scene.before().iter().rev().take(2 * GOVERNOR_REACH).take_while(|item| !ends(item));
    if let Some(content) = reach.into_iter().find(|item| item.function.is_content()) {
        sink.add(&["governor>", &content.stem], 1.0);
        sink.add(&["governor>", &content.stem, " ", &preposition.form], 1.0);
        if let Some(sign) = sign(content) {
            sink.add(&["governor>", sign, " ", &preposition.form], 1.0);
        }
    }
}

fn ends(item: &SceneToken<'_>) -> bool {
    // A hyphen joins "Russian-backed"; every other mark may end the phrase.
    item.function == Function::Mark && item.form != "-"
}

/// `GOOD` or `BAD` for a word that the lexicon rates.
pub(super) fn sign(item: &SceneToken<'_>) -> Option<&'static str> {
    match item.rating {
        rating if rating > 0.0 => Some("GOOD"),
        rating if rating < 0.0 => Some("BAD"),
        _ => None,
    }
}

fn add_sign(sink: &mut Sink, prefix: &[&str], item: &SceneToken<'_>) {
    let Some(sign) = sign(item) else { return };
    let mut parts = prefix.to_vec();
    parts.push(sign);
    sink.add(&parts, 1.0);
}
