//! Features for the stance toward a named target. All look at a [`Scene`]: the stretch as it looks from the target, which
//! itself is masked, as are other names. The families follow work on target-dependent sentiment: context left and right
//! of the target (Vo & Zhang 2015), syntactic relations to it (Jiang et al. 2011), and polarity words around it.
//!
//! In reading order: `scene`, then a family a file: `own`, `masked`, `window`, `relations`, `polarity`, `surroundings`.
//!
//! Not here: how a target is found; the rows of a table name it.

mod masked;
mod own;
mod polarity;
mod relations;
mod scene;
mod surroundings;
mod window;

pub use scene::{Scene, SceneToken};

pub(super) use masked::add as add_masked;
pub(super) use own::add as add_own;
pub(super) use polarity::add as add_polarity;
pub(super) use relations::add as add_relations;
pub(super) use surroundings::{add as add_surroundings, vectors as surroundings};
pub(super) use window::add as add_window;

use crate::learning::features::Sink;

/// Adds every run of 1 to `longest` forms that `wanted` wants; each form comes with its token.
fn add_runs<'f>(
    sink: &mut Sink,
    prefix: &str,
    forms: &[(&'f str, usize)],
    longest: usize,
    wanted: impl Fn(&[(&'f str, usize)]) -> bool,
) {
    let mut parts: Vec<&str> = Vec::with_capacity(2 * longest);
    for length in 1..=longest {
        for run in forms.windows(length).filter(|run| wanted(run)) {
            parts.clear();
            parts.push(prefix);
            for (place, (form, _)) in run.iter().enumerate() {
                parts.extend((place > 0).then_some(" "));
                parts.push(form);
            }
            let is_masked = [scene::TARGET, scene::NAME, scene::NUMBER].contains(&run[0].0);
            sink.tell_of((length == 1 && !is_masked).then_some(run[0].1));
            sink.add(&parts, 1.0);
        }
    }
    sink.tell_of(None);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::coding::{TextUnit, TokenRange};
    use crate::learning::features::{FeatureFamily, FeatureUnit, collect};
    use crate::model::{Document, Span};
    use crate::text::{Language, Reading, Vocabulary, VoiceReader, read};

    const FAMILIES: [FeatureFamily; 6] = [
        FeatureFamily::Target,
        FeatureFamily::Masked,
        FeatureFamily::Window,
        FeatureFamily::Relations,
        FeatureFamily::Polarity,
        FeatureFamily::Surroundings,
    ];

    /// Hands `look` the unit of `text` with the target between square brackets.
    fn with_scene<R>(text: &str, code: &str, look: impl FnOnce(&FeatureUnit<'_>) -> R) -> R {
        let (start, end) = (text.find('[').unwrap(), text.find(']').unwrap());
        let document = Document::new("1", "", &text.replace(['[', ']'], ""));
        let language = Language::of(code);
        let (mut reading, mut vocabulary) = (Reading::default(), Vocabulary::default());
        read(&document, language, &mut vocabulary, &mut reading);
        let mut reader = VoiceReader::default();
        let voices = &reader.read(document.content(), &reading, &vocabulary, language);
        let base = start + document.text_span().start;
        let text = TextUnit {
            document: &document,
            span: document.text_span(),
            tokens: TokenRange { start: 0, end: reading.tokens.len() },
            reading: &reading,
            vocabulary: &vocabulary,
            voices,
            codebook: None,
            cues: &[],
            language,
        };
        let unit = FeatureUnit { text, context: &[], target: None, vectors: None };
        let scene = Scene::new(&unit, Span::new(base, base + end - start - 1));
        look(&FeatureUnit { target: scene.as_ref(), ..unit })
    }

    /// Names of counts, and measures with their values.
    fn features(text: &str, code: &str) -> (Vec<String>, BTreeMap<String, f32>) {
        with_scene(text, code, |unit| {
            let mut sink = Sink::with_names();
            collect(unit, &FAMILIES, &mut sink);
            let name = |hash: u64| {
                let names = sink.names.as_ref().unwrap();
                names.name(names.place(hash).unwrap()).to_owned()
            };
            let counts = sink.counts.iter().map(|feature| name(feature.hash)).collect();
            (counts, sink.measures.iter().map(|feature| (name(feature.hash), feature.value)).collect())
        })
    }

    #[test]
    fn relations_are_read_from_the_order_of_words() {
        for (text, expected) in [
            ("Critics accused [Berg] of fraud.", "relations:object-of:accused"),
            ("[Berg] was accused of fraud by critics.", "relations:suffers:accused"),
            ("[Berg], the mayor of Aldham, has not lied.", "relations:not-does:lied"),
            ("[He]'s a liar, she said.", "relations:role:is"),
            ("They voted against [Berg] on Monday.", "relations:governor:voted against"),
            ("An attack on Mayor [Berg] failed.", "relations:governor>BAD on"),
            ("[Berg]'s corrupt deputies resigned.", "relations:owns:corrupt"),
            ("[Anna Berg] reportedly praised the ferrymen.", "relations:does*:prais"),
            ("[Anna Berg] reportedly praised the ferrymen.", "relations:adverb:reportedly"),
            ("\u{201C}We won,\u{201D} [Berg] said.", "relations:role:speaker"),
        ] {
            let (found, _) = features(text, "en");
            assert!(found.iter().any(|name| name == expected), "{text}: no {expected} in {found:?}");
        }
    }

    #[test]
    fn the_target_and_other_names_are_masked() {
        let (found, _) = features("Yesterday Carl Dorn of Aldham called [Anna Berg] a brave woman.", "en");
        for expected in
            ["masked:call TARGET", "masked:NAME call", "window:near:TARGET a brave", "target:called anna berg"]
        {
            assert!(found.iter().any(|name| name == expected), "no {expected} in {found:?}");
        }
        let leaks = |name: &&String| !name.starts_with("target:") && (name.contains("berg") || name.contains("dorn"));
        assert_eq!(found.iter().find(leaks), None);
    }

    #[test]
    fn polarity_is_summed_by_place_and_turned_round_by_negation() {
        let (found, sums) = features("The awful storm ended and [Berg] was not good, honestly.", "en");
        assert!(found.iter().any(|name| name == "polarity:TARGET was not GOOD"), "{found:?}");
        let near = |name: &str, value: f32| (sums[name] - value).abs() < 1e-5;
        assert!(near("polarity:bad:left-8", 2.0) && near("polarity:bad:left-3", 0.0), "{sums:?}");
        assert!(near("polarity:bad:right-3", 1.9 * 0.74) && near("polarity:good:right-3", 0.0), "{sums:?}");
        assert!(near("polarity:bad:clause-right", 1.9 * 0.74), "{sums:?}");
    }

    #[test]
    fn surroundings_are_those_of_words_on_either_side() {
        let vector = |text: &str, side: &str| {
            let of_side = |unit: &FeatureUnit<'_>| {
                let mut sink = Sink::with_names();
                collect(unit, &[FeatureFamily::Surroundings], &mut sink);
                let names = sink.names.as_ref().unwrap();
                let begins = |hash: u64| names.name(names.place(hash).unwrap()).starts_with(side);
                sink.counts.iter().filter(|it| begins(it.hash)).map(|it| it.value).collect::<Vec<f32>>()
            };
            with_scene(text, "en", of_side)
        };
        let (text, turned) = ("soldiers saw [Berg] with bananas", "bananas with [Berg] saw soldiers");
        assert_eq!(vector(text, "surroundings:left:"), vector(turned, "surroundings:right:"));
        assert_eq!(vector(text, "surroundings:near:"), vector(turned, "surroundings:near:"));
        assert_ne!(vector(text, "surroundings:left:"), vector(text, "surroundings:right:"));
        assert_eq!(vector("[Berg] saw soldiers", "surroundings:left:"), Vec::<f32>::new());
    }

    #[test]
    fn a_text_without_rated_words_has_no_sums() {
        let (_, sums) = features("[Berg] came on Monday.", "en");
        assert!(sums.keys().all(|name| name.starts_with("target:")), "{sums:?}");
    }

    #[test]
    fn a_target_may_be_the_whole_text_or_stand_at_its_ends() {
        for (text, first, place) in
            [("[Berg]", 1.0, 0.0), ("[Berg] won", 1.0, 0.0), ("Vote for [Berg]", 0.0, 2.0 / 3.0)]
        {
            let (_, measures) = features(text, "en");
            assert!((measures["target:first"] - first).abs() < 1e-6, "{text}: {measures:?}");
            assert!((measures["target:place"] - place).abs() < 1e-6, "{text}: {measures:?}");
        }
    }

    #[test]
    fn further_mentions_are_counted_and_part_of_a_word_is_a_target() {
        let (_, measures) = features("[Berg] says Berg is the best, for Anna Berg likes Berg.", "en");
        assert!((measures["target:mentions"] - 3.0).abs() < 1e-6, "{measures:?}");
        let (found, measures) = features("[He]'s wrong.", "en");
        assert!(found.contains(&"target:he".to_owned()) && measures["target:words"] < 1.5, "{found:?}");
    }

    #[test]
    fn languages_that_are_not_supported_have_windows_without_stems_or_polarity() {
        let (found, measures) = features("Критики обвинили [Анну Берг] во лжи.", "ru");
        for expected in ["window:left:обвинили", "masked:обвинили TARGET", "target:анну", "window:near:TARGET во лжи"]
        {
            assert!(found.iter().any(|name| name == expected), "no {expected} in {found:?}");
        }
        assert!(measures.keys().all(|name| name.starts_with("target:")), "{measures:?}");
    }

    #[test]
    fn a_span_without_words_of_the_stretch_has_no_scene() {
        assert!(with_scene("Berg came.  []", "en", |unit| unit.target.is_none()));
    }
}
