//! What is written of a sample: sheets, key, design, tasks, and a page for each coder.

use std::collections::BTreeMap;

use crate::analysis::error::AnalysisError;
use crate::analysis::project::Project;
use crate::analysis::sample::items::item;
use crate::analysis::sample::request::{CoderFiles, SampleRequest};
use crate::model::Unit;
use crate::report::{
    Article, CoderPage, CoderShare, Input, SAMPLE, SampleDesign, SampleSheets, SampledUnit, Staging, part_name,
    write_coder_page, write_sample, write_sample_design, write_sample_inputs,
};
use crate::stats::Seed;
use crate::study::deal;

/// Who codes where nobody is named.
pub(super) const UNNAMED: &str = "coder";

/// A sample that is to be written.
pub(super) struct Sheets<'a> {
    pub(super) project: &'a Project,
    pub(super) request: &'a SampleRequest<'a>,
    pub(super) unit: Unit,
    pub(super) part: &'a str,
    pub(super) sampled: &'a [SampledUnit],
    pub(super) earlier: &'a [SampledUnit],
    pub(super) design: &'a SampleDesign,
    pub(super) inputs: &'a [Input],
    pub(super) articles: &'a BTreeMap<String, Article>,
    pub(super) seed: u64,
}

impl Sheets<'_> {
    pub(super) fn write(&self, staging: &mut Staging) -> Result<Vec<CoderFiles>, AnalysisError> {
        let Self { project, request, unit, part, sampled, earlier, .. } = *self;
        let frames: Vec<(String, String)> =
            project.codebook.frames.iter().map(|frame| (frame.id.clone(), frame.label.clone())).collect();
        let mut stream = Seed::new(self.seed).stream(&format!("sample{part}/coders"));
        let hands = deal(sampled.len(), request.coders.len(), request.overlap, &mut stream);
        let named = request.coders.iter().zip(hands);
        let coders: Vec<CoderShare> =
            named.map(|(coder, places)| CoderShare { coder: coder.clone(), places }).collect();
        let is_blinded = request.is_blinded;
        let sheets = SampleSheets { unit, part, sampled, earlier, frames: &frames, is_blinded, coders: &coders };
        write_sample(staging, &sheets)?;
        write_sample_design(staging, self.design)?;
        write_sample_inputs(staging, self.inputs)?;
        if coders.is_empty() {
            return Ok(vec![self.write_page(staging, UNNAMED, part_name(SAMPLE, part), sampled)?]);
        }
        let mut files = Vec::new();
        for CoderShare { coder, places } in &coders {
            let own: Vec<SampledUnit> = places.iter().map(|place| sampled[*place].clone()).collect();
            files.push(self.write_page(staging, coder, format!("{coder}{part}.csv"), &own)?);
        }
        Ok(files)
    }

    fn write_page(
        &self,
        staging: &mut Staging,
        coder: &str,
        sheet: String,
        sampled: &[SampledUnit],
    ) -> Result<CoderFiles, AnalysisError> {
        let items: String = self.sampled.iter().map(|unit| &unit.item[..]).collect();
        let page = CoderPage {
            title: &self.project.study.title,
            sample: &item(self.seed, &items, self.sampled.len()),
            part: self.part,
            coder,
            is_blinded: self.request.is_blinded,
            asks_voices: self.request.asks_voices && self.unit == Unit::Sentence,
            codebook: &self.project.codebook,
            articles: self.articles,
            sampled,
            disputes: None,
        };
        let name = format!("{coder}{}.html", self.part);
        write_coder_page(staging, &name, &page)?;
        Ok(CoderFiles { sheet, page: name, units: sampled.len() as u64 })
    }
}
