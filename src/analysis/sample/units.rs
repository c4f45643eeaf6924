//! Sentences and whole documents of a corpus with their words, for people to look at.

use std::collections::BTreeMap;

use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::analysis::sample::items::{item, whole_item};
use crate::analysis::walk::each_of;
use crate::analysis::watch::Watcher;
use crate::coding::numbered_sentences;
use crate::report::{Article, SampledUnit};

/// By document, the units that are wanted of it, each with how it was drawn: sentences by number, `None` the document as a
/// whole.
pub(in crate::analysis) type WantedUnits<'a> = BTreeMap<&'a str, BTreeMap<Option<usize>, UnitDraw>>;

/// How a unit came to be drawn.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct UnitDraw {
    /// The stratum, in words.
    pub(in crate::analysis) stratum: String,
    /// Probability that it is drawn, in (0, 1]; `None` where it is not known.
    pub(in crate::analysis) inclusion: Option<f64>,
}

/// Units in the order of their items, and by id the articles that they are in.
pub(in crate::analysis) struct UnitsInArticles {
    pub(in crate::analysis) units: Vec<SampledUnit>,
    pub(in crate::analysis) articles: BTreeMap<String, Article>,
}

/// Looks up the words of the units `wanted`. Documents are split into sentences, no rule is looked for.
///
/// # Errors
/// When the corpus cannot be read, or the work is to stop.
pub(in crate::analysis) fn units_in_articles(
    project: &Project,
    seed: u64,
    wanted: &WantedUnits<'_>,
    watcher: &dyn Watcher,
) -> Result<UnitsInArticles, AnalysisError> {
    let (mut units, mut articles) = (Vec::new(), BTreeMap::new());
    let documents = wanted.keys().copied().collect();
    each_of(project, "reading", &documents, watcher, |document| {
        let Some(of) = wanted.get(&document.id[..]) else { return };
        let spans = numbered_sentences(&project.codebook, &document);
        for (index, (number, _)) in spans.iter().enumerate() {
            let Some(UnitDraw { stratum, inclusion }) = of.get(&Some(*number)).cloned() else { continue };
            let item = item(seed, &document.id, index);
            units.push(SampledUnit { item, stratum, inclusion, ..SampledUnit::sentence(&document, &spans, index) });
        }
        if let Some(UnitDraw { stratum, inclusion }) = of.get(&None).cloned() {
            let item = whole_item(seed, &document.id);
            units.push(SampledUnit { item, stratum, inclusion, ..SampledUnit::whole(&document) });
        }
        let article = Article { title: document.title().to_owned(), text: document.text().to_owned() };
        articles.insert(document.id, article);
    })?;
    // The names are hashes, so their order mixes outlets and days: coders must not come upon one outlet's
    // sentences in a row.
    units.sort_by(|a, b| a.item.cmp(&b.item));
    Ok(UnitsInArticles { units, articles })
}
