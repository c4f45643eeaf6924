//! Voices: who says it, and how that voice stands to it.
//!
//! [`VoiceReader::read`] finds the attributions of a document: a source, a verb of saying, and the words that are given as
//! the source's. [`Voices::voice_of`] then tells whose a span is, and [`Voices::stand_of`] whether that voice affirms
//! it. The method is a set of rules over closed word classes (the language's data files); see Krestel, Bergler & Witte
//! (2008), "Minding the Source", for the approach, and Newell et al. (2018), "An Attribution Relations Corpus for
//! Political News", for what counts as source, cue and content.
//!
//! Whose words are they? A clause or a quotation is the source's. An infinitive ("pledged to answer the build-up")
//! reports an act: the act is the source's, but a definite noun phrase inside it names what writer and reader already
//! know, so it is the outlet's word (definites are presupposed: Karttunen 1973). After a verb of intent ("plans to attack")
//! nobody spoke: the outlet tells what somebody is up to. The same holds of an object: what is
//! new ("demanded a written promise") is the source's, what is named ("denied the fearmongering") the outlet's.
//!
//! Not here: the words of a language (`text/language`), and what a codebook's rules make of a voice (`coding`).
//!
//! In reading order: `stretches` (what is read together), `quotes`, `groups` (verbs, and the mood they are in) and `functions` (what tokens do), `sources` with `adjuncts`
//! and `phrase_ends` (noun phrases), `subjects`; `candidate`, found by `verbs`, `idioms` and `passives` with `placing`, `hearers` and `objects`, by `nouns`, by `views` and by `labels` with `headlines` and `clips`, none where a verb tells of an act (`acts`); `bounds`, `clause_ends`, `additions` and `contents`
//! (which words), `loose` (quotations without a verb), `hearsay`, `reports` (all of it); `people`, `naming`, `offices` and `names` (who is who);
//! `attribution`, `voices`, `inner` and `core` (whose a span is); `negators`, `granted`, `apart`, `circumstances`, `denials`, `judgments`, `reach`, `negation`, `unmeant`, `suppositions`, `prospects`, `questions`, `unsaid`, `distance`, `stance`, `whole` and `stand` (what a
//! stance is); `rules` (the id of every decision).

mod acts;
mod additions;
mod adjuncts;
mod apart;
mod attribution;
mod bounds;
mod candidate;
mod circumstances;
mod clause_ends;
mod clips;
mod contents;
mod core;
mod denials;
mod distance;
mod functions;
mod given;
mod granted;
mod groups;
mod headlines;
mod hearers;
mod hearsay;
mod homographs;
mod idioms;
mod inner;
mod judgments;
mod labels;
mod loose;
mod names;
mod naming;
mod negation;
mod negators;
mod nouns;
mod objects;
mod offices;
mod passives;
mod people;
mod persisting;
mod phrase_ends;
mod placing;
mod prospects;
mod questions;
mod quotes;
mod reach;
mod reports;
mod rules;
mod sources;
mod stance;
mod stand;
mod stretches;
mod subjects;
mod suppositions;
mod unmeant;
mod unsaid;
mod verbs;
mod views;
mod voices;
mod whole;

use crate::text::clauses::find_clauses;
use crate::text::language::Traits;
use crate::text::passage::{Passage, RoleTable, mark_hyphenated_verbs};
use crate::text::voice::attribution::{Part, attribution, find_depths, index_parts};
use crate::text::voice::loose::{add_bare_quotations, extend_with_quotations};
use crate::text::voice::names::canonical_names;
use crate::text::voice::quotes::{Quotation, find_quotations};
use crate::text::voice::reports::{SpeechReport, reports_of};
use crate::text::voice::stretches::stretches;
use crate::text::voice::voices::is_accusation;
use crate::text::{Language, Reading, Sentence, Vocabulary};

pub use attribution::AttributedWords;
pub use candidate::Complement;
pub use functions::Function;
pub use rules::VoiceRule;
pub use stand::{Polarity, Stand};
pub use voices::Voices;

/// Finds the voices of documents, one after the other. Kept between documents so that its memory is used again.
#[derive(Debug, Default)]
pub struct VoiceReader {
    table: RoleTable,
    roles: Vec<Traits>,
    cut: Vec<Sentence>,
    quotations: Vec<Quotation>,
    clauses: Vec<usize>,
    reports: Vec<SpeechReport>,
    attributions: Vec<AttributedWords>,
    /// Places of the accusations among them.
    accusations: Vec<usize>,
    parts: Vec<Part>,
}

impl VoiceReader {
    /// Analyses a document, of which `reading` are the sentences and tokens. `language` is `None` where it is not
    /// supported: then nothing is known of its voices.
    pub fn read<'a>(
        &'a mut self,
        content: &'a str,
        reading: &'a Reading,
        vocabulary: &'a Vocabulary,
        language: Option<&Language>,
    ) -> Voices<'a> {
        self.attributions.clear();
        self.accusations.clear();
        self.parts.clear();
        self.clauses.clear();
        self.quotations.clear();
        let known = language.map(|language| (language.code, language.lexicon()));
        let passage = known.map(|(code, lexicon)| {
            self.table.update(vocabulary, lexicon, code);
            self.table.fill(content, reading, &mut self.roles);
            mark_hyphenated_verbs(reading, vocabulary, lexicon, &mut self.roles);
            let mut passage = Passage::new(content, reading, (vocabulary, lexicon), &self.roles);
            passage.sentences = stretches(reading, &mut self.cut);
            passage
        });
        if let Some(passage) = &passage {
            find_quotations(passage, &mut self.quotations);
            find_clauses(passage, &mut self.clauses);
            self.reports.clear();
            for sentence in 0..passage.sentences.len() {
                reports_of(passage, &self.quotations, sentence, &mut self.reports);
            }
            extend_with_quotations(passage, &self.quotations, &mut self.reports);
            add_bare_quotations(passage, &self.quotations, &mut self.reports);
            let names = canonical_names(passage, &self.quotations, &self.reports);
            for (report, name) in self.reports.iter().zip(names) {
                self.attributions.push(attribution(passage, &self.quotations, report, name));
            }
            index_parts(&self.attributions, &mut self.parts);
            find_depths(&mut self.attributions, &self.parts);
            let accuses = |place: &usize| is_accusation(passage, &self.attributions[*place]);
            self.accusations.extend((0..self.attributions.len()).filter(accuses));
        }
        Voices {
            passage,
            quotations: &self.quotations,
            clauses: &self.clauses,
            attributions: &self.attributions,
            accusations: &self.accusations,
            parts: &self.parts,
        }
    }
}
