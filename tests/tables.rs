//! Every table, written from one made-up study and read back: by its description, by position, byte for byte.

#![expect(clippy::unwrap_used, reason = "a study that cannot be set up is a failed test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use parallax::compare::{
    AttributionCounts, Comparison, Contrast, Corrected, Counts, DocumentCounts, DoubleCoding, Findings, FrameCounts,
    IntervalMethod, JudgedFrame, OTHER, Plan, Prevalence, REST, SourceKind, SourceShare, Test, TestFamily, WHOLE_SPAN,
};
use parallax::model::{
    Attribution, CodedDocument, Coding, CompareSettings, Cue, Document, Excluded, Exclusion, Mood, Origin, Span,
    Speaker, Speech, Stance, VerbClass, Voice, VoiceFilter,
};
use parallax::report::{
    ATTRIBUTIONS, CODINGS, Column, DATA_PACKAGE, Kind, REPORTS, SortedRows, Staging, attribution_rows, coding_rows,
    read_attributions, write_data_package, write_documents, write_excluded, write_findings, write_validation,
};
use parallax::stats::Interval;
use tempfile::TempDir;

fn frames() -> Vec<String> {
    vec!["build-up".to_owned(), "talks".to_owned()]
}

fn rules() -> Vec<String> {
    vec!["forces-massed".to_owned(), "tanks".to_owned(), "talks-held".to_owned()]
}

fn cue(content: &str, words: &str, rule: usize, voice: Voice) -> Cue {
    let start = content.find(words).unwrap();
    let said = matches!(voice, Voice::Source(_));
    Cue {
        span: Span::new(start, start + words.len()),
        core: Span::new(start, start + words.len()),
        rule,
        voice,
        verb: said.then(|| "claimed".to_owned()),
        verb_class: said.then_some(VerbClass::Distancing),
        stance: if said { Stance::Against } else { Stance::Favor },
    }
}

fn coding(sentence: usize, span: Span, frame: usize, cues: Vec<Cue>) -> Coding {
    let leading = cues.len().checked_sub(1);
    let (rule_score, model_score) = (-0.000_000_1, (frame == 1).then_some(1.25));
    Coding {
        sentence,
        span,
        frame,
        probability: 731_059,
        rule_score,
        model_score,
        hit: leading.is_some(),
        leading,
        speaker: cues.last().map_or(Speaker { voice: Voice::Unknown, ..Speaker::default() }, |cue| Speaker {
            voice: cue.voice.clone(),
            verb: cue.verb.clone(),
            verb_class: cue.verb_class,
        }),
        stance: cues.last().map(|cue| cue.stance),
        cues,
    }
}

/// A document whose title and text need more bytes than characters, with two sentences coded and one line break inside.
fn coded(id: &str) -> (Document, CodedDocument) {
    let mut document =
        Document::new(id, "Танки у границы 🚩", "Überall “tanks”, he said.\n\nTroops, \"tanks\"\nand more tanks.");
    "The Pennant".clone_into(&mut document.outlet);
    document.date = Some(date(2022, 2, 3));
    let content = document.content().to_owned();
    let sentence = |words: &str| {
        let start = content.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let (first, second) = (sentence("Überall “tanks”, he said."), sentence("Troops, \"tanks\"\nand more tanks."));
    let source = Voice::Source(Some("the ministry".to_owned()));
    let twice = vec![cue(&content, "Troops", 0, Voice::Own), cue(&content, "more tanks", 1, Voice::Own)];
    let codings = vec![
        coding(0, document.title_span(), 0, vec![cue(&content, "Танки", 1, Voice::Unknown)]),
        coding(1, first, 0, vec![cue(&content, "tanks", 1, source)]),
        coding(1, first, 1, vec![]),
        coding(2, second, 0, [twice.clone(), twice].concat()),
    ];
    let attributions = attributions(&content);
    (document, CodedDocument { sentences: 3, codings, attributions, fingerprint: 7, ..CodedDocument::default() })
}

/// In the title and into the text; in two parts; with nobody named and nothing said.
fn attributions(content: &str) -> Vec<Attribution> {
    let span = |words: &str| {
        let start = content.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let titled = Attribution {
        sentence: 0,
        source: Some(span("Танки")),
        name: Some("Танки".to_owned()),
        group: Some(0),
        verb: Some(span("у")),
        verb_class: Some(VerbClass::Warning),
        mood: Mood::Asserted,
        kind: Speech::Mixed,
        content: vec![span("границы 🚩"), span("“tanks”")],
        sentences: vec![0, 1],
    };
    let parted = Attribution {
        sentence: 1,
        source: Some(span("he")),
        name: Some("Anna Novak".to_owned()),
        group: None,
        verb: Some(span("said")),
        verb_class: Some(VerbClass::Neutral),
        kind: Speech::Direct,
        content: vec![span("“tanks”"), span("Troops")],
        sentences: vec![1, 2],
        ..titled.clone()
    };
    let unsaid = Attribution {
        sentence: 2,
        source: None,
        name: None,
        verb: None,
        verb_class: None,
        mood: Mood::Refused,
        kind: Speech::Indirect,
        content: Vec::new(),
        sentences: Vec::new(),
        ..parted.clone()
    };
    vec![titled, parted, unsaid]
}

fn double_codings() -> Box<[DoubleCoding]> {
    let people = JudgedFrame { carries: true, is_own: Some(false), stance: Some(Stance::Against) };
    let machine = JudgedFrame { carries: true, is_own: Some(true), stance: None };
    let only_coder = Some("anna".into());
    let sentence = DoubleCoding { sentence: Some(2), frame: 0, people, machine, inclusion: Some(0.125), only_coder };
    let whole = DoubleCoding {
        sentence: None,
        frame: 1,
        people: JudgedFrame::default(),
        machine: JudgedFrame::default(),
        inclusion: None,
        only_coder: None,
    };
    [whole, sentence].into()
}

fn counts() -> Counts {
    let mut counts = Counts::default();
    for (id, period) in [("b", None), ("a", Some("2022-02".into()))] {
        let hit = FrameCounts {
            hits: 2,
            own: 1,
            attributed: 1,
            favor: 1,
            against: 1,
            expected: 2_193_177,
            ..FrameCounts::default()
        };
        let document = DocumentCounts {
            group: "The Pennant".into(),
            outlet: "The Pennant".into(),
            date: Some(date(2022, 2, 3)),
            period,
            cluster: "0000000000000007".into(),
            sentences: 3,
            frames: vec![hit, FrameCounts::default()].into(),
            sources: Box::default(),
            double_codings: if id == "a" { double_codings() } else { Box::default() },
        };
        counts.insert(id.to_owned(), document);
    }
    counts
}

/// One full row of each table, and one with everything undefined.
fn findings() -> Findings {
    let prevalence = Prevalence {
        frame: "build-up".to_owned(),
        group: "The Pennant, \"daily\"".to_owned(),
        period: WHOLE_SPAN.to_owned(),
        voice: VoiceFilter::All,
        documents: 2,
        sentences: 6,
        hits: 4,
        estimate: Some(2.0 / 3.0),
        interval: Some(Interval { low: 0.25, high: 0.921 }),
        method: Some(IntervalMethod::LogitT),
        icc: Some(-0.0),
        deff: Some(1.5),
        corrected: Some(Corrected { estimate: 0.5, low: Some(0.25), high: Some(0.75), p_value: None, q_value: None }),
        codings: 50,
        note: "few documents; copies".to_owned(),
    };
    let empty = Prevalence {
        period: "2022-01".to_owned(),
        estimate: Some(f64::NAN),
        interval: None,
        method: None,
        icc: None,
        deff: None,
        corrected: None,
        codings: 0,
        ..prevalence.clone()
    };
    Findings {
        prevalence: vec![prevalence, empty],
        comparisons: vec![comparison()],
        contrasts: vec![contrast()],
        sources: sources(),
    }
}

fn comparison() -> Comparison {
    Comparison {
        frame: "build-up".to_owned(),
        group_a: "A".to_owned(),
        group_b: REST.to_owned(),
        period: WHOLE_SPAN.to_owned(),
        estimate_a: Some(0.5),
        estimate_b: Some(0.25),
        difference: Some(0.25),
        interval: Some(Interval { low: -0.1, high: 0.6 }),
        odds_ratio: Some(f64::INFINITY),
        cohens_h: Some(0.411_516_8),
        p_value: Some(0.000_02),
        q_value: Some(0.04),
        test: Some(Test::PermutationMonteCarlo),
        documents_a: 4,
        documents_b: 5,
        family: TestFamily::Rest,
        corrected: Some(Corrected {
            estimate: -0.125,
            low: Some(-0.5),
            high: Some(0.25),
            p_value: Some(0.5),
            q_value: Some(1.0),
        }),
        codings: 100,
        note: String::new(),
    }
}

fn contrast() -> Contrast {
    Contrast {
        frame_a: "build-up".to_owned(),
        frame_b: "talks".to_owned(),
        group: "A".to_owned(),
        period: WHOLE_SPAN.to_owned(),
        hits_a: 4,
        hits_b: 0,
        log_ratio: None,
        interval: None,
        p_value: Some(0.5),
        q_value: None,
        is_exact: true,
        corrected: Some(Corrected { estimate: 1.5, low: Some(-0.5), high: None, p_value: Some(0.25), q_value: None }),
        codings: 60,
        note: "no hits of talks".to_owned(),
    }
}

fn sources() -> Vec<SourceShare> {
    let group = SourceShare {
        source: "city".to_owned(),
        kind: SourceKind::Group,
        group: "A".to_owned(),
        period: WHOLE_SPAN.to_owned(),
        documents: 4,
        sentences: 6,
        all_sentences: 12,
        share: Some(0.5),
        interval: Some(Interval { low: 0.25, high: 0.75 }),
        method: Some(IntervalMethod::LogitT),
        attributions: AttributionCounts { by_kind: [3, 2, 1], by_verb_class: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
        note: "few documents".to_owned(),
    };
    let other = SourceShare {
        source: OTHER.to_owned(),
        kind: SourceKind::Rest,
        documents: 0,
        sentences: 0,
        all_sentences: 0,
        share: None,
        interval: None,
        method: None,
        attributions: AttributionCounts::default(),
        ..group.clone()
    };
    vec![group, other]
}

fn excluded() -> Vec<Excluded> {
    let record = |record, reason, detail: &str| Excluded {
        origin: Origin { file: "articles/a.csv".to_owned(), record },
        reason,
        detail: detail.to_owned(),
    };
    vec![record(12, Exclusion::BadDate, "\"31 Feb\"; expected 2022-02-03"), record(2, Exclusion::MissingText, "")]
}

/// Writes every table into `folder`, the documents arriving in the order of `ids`.
fn write(folder: &Path, ids: &[&str], limit: usize) {
    let mut staging = Staging::begin(folder).unwrap();
    let mut codings = SortedRows::new(&staging, &CODINGS).with_limit(limit);
    let mut attributions = SortedRows::new(&staging, &ATTRIBUTIONS).with_limit(limit);
    for id in ids {
        let (document, coded) = coded(id);
        codings.push(id, coding_rows(&document, &coded, &frames(), &rules()).unwrap()).unwrap();
        attributions.push(id, attribution_rows(&document, &coded, &["city".to_owned()]).unwrap()).unwrap();
    }
    codings.finish(&mut staging).unwrap();
    attributions.finish(&mut staging).unwrap();
    write_documents(&mut staging, &frames(), &counts()).unwrap();
    write_validation(&mut staging, &frames(), &counts()).unwrap();
    write_excluded(&mut staging, &excluded()).unwrap();
    write_findings(&mut staging, &findings()).unwrap();
    write_data_package(&mut staging, "A study").unwrap();
    staging.commit().unwrap();
}

fn results() -> TempDir {
    let folder = TempDir::new().unwrap();
    write(folder.path(), &["a", "b"], usize::MAX);
    folder
}

/// Header and rows, read by a reader that knows nothing of the tables.
fn read(folder: &Path, file: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().from_path(folder.join(file)).unwrap();
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<String>>();
    let header = cells(reader.headers().unwrap());
    (header, reader.records().map(|record| cells(&record.unwrap())).collect())
}

fn fits(column: &Column, cell: &str) -> bool {
    let number = || cell.parse::<f64>().is_ok_and(f64::is_finite) && cell != "-0.000000" && cell.contains(['.', 'e']);
    let in_unit = || number() && cell.parse::<f64>().is_ok_and(|value| (0.0..=1.0).contains(&value));
    match column.kind {
        _ if cell.is_empty() => column.optional,
        Kind::Text => true,
        Kind::Choice(words) => words.contains(&cell),
        Kind::Count => cell.parse::<u64>().is_ok(),
        Kind::Share | Kind::PValue => in_unit(),
        Kind::Number => number(),
        Kind::Date => cell.parse::<jiff::civil::Date>().is_ok(),
        Kind::Boolean => ["true", "false"].contains(&cell),
    }
}

#[test]
fn every_table_is_as_described() {
    let folder = results();
    for table in REPORTS.iter().map(|report| report.table) {
        let (header, rows) = read(folder.path(), table.file);
        assert_eq!(header, table.columns.iter().map(|column| column.name).collect::<Vec<_>>(), "{}", table.file);
        assert!(!rows.is_empty(), "{}: the study has no row for it", table.file);
        for row in &rows {
            for (column, cell) in table.columns.iter().zip(row) {
                assert!(fits(column, cell), "{}: {cell:?} is no {:?} for {}", table.file, column.kind, column.name);
            }
        }
        let at = |name: &&str| header.iter().position(|column| column == name).expect(name);
        let key: Vec<usize> = table.key.iter().map(at).collect();
        let keys: BTreeSet<Vec<&String>> = rows.iter().map(|row| key.iter().map(|at| &row[*at]).collect()).collect();
        assert!(key.is_empty() || keys.len() == rows.len(), "{}: {:?} tells no rows apart", table.file, table.key);
    }
}

#[test]
fn descriptions_are_complete_and_distinct() {
    let mut files = BTreeSet::new();
    for table in REPORTS.iter().map(|report| report.table) {
        assert!(files.insert(table.file), "{} stands twice", table.file);
        assert!(table.row.ends_with('.') && !table.row.contains("  "), "{}: {:?}", table.file, table.row);
        let mut names = BTreeSet::new();
        for column in table.columns {
            assert!(names.insert(column.name), "{}: {} stands twice", table.file, column.name);
            assert!(
                column.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'),
                "{}: {}",
                table.file,
                column.name
            );
            assert!(column.meaning.ends_with('.') && !column.meaning.contains("  "), "{}: {}", table.file, column.name);
        }
    }
}

#[test]
fn offsets_count_code_points_of_title_and_text() {
    let folder = results();
    let (header, rows) = read(folder.path(), "codings.csv");
    let at = |name: &str| header.iter().position(|column| column == name).expect(name);
    let (document, _) = coded("a");
    for row in &rows {
        let whole = if row[at("sentence")] == "0" { document.title() } else { document.text() };
        let (start, end): (usize, usize) = (row[at("start")].parse().unwrap(), row[at("end")].parse().unwrap());
        let slice: String = whole.chars().skip(start).take(end - start).collect();
        assert_eq!(slice, row[at("text")], "sentence {}", row[at("sentence")]);
    }
    assert_eq!(rows.len(), 8);
}

#[test]
fn the_parts_of_an_attribution_slice_back_to_their_words() {
    let folder = results();
    let (header, rows) = read(folder.path(), "attributions.csv");
    let at = |name: &str| header.iter().position(|column| column == name).expect(name);
    let (document, _) = coded("a");
    let mut checked = 0;
    for row in &rows {
        let whole = if row[at("sentence")] == "0" { document.title() } else { document.text() };
        for part in ["source", "verb", "content"] {
            let place = |end: &str| row[at(&format!("{part}_{end}"))].parse::<usize>().ok();
            let Some((start, end)) = place("start").zip(place("end")) else {
                assert_eq!(row[at(part)], "", "{part} without offsets");
                continue;
            };
            let slice: String = whole.chars().skip(start).take(end - start).collect();
            assert_eq!(slice, row[at(part)], "{part} of sentence {}", row[at("sentence")]);
            checked += 1;
        }
    }
    // In each of two documents: two attributions with source, verb and words, one of them in two stretches.
    assert_eq!(checked, 18);
}

#[test]
fn verb_classes_stand_in_the_order_that_they_are_counted_in() {
    let sources = REPORTS.iter().map(|report| report.table).find(|table| table.file == "sources.csv").unwrap();
    let names: Vec<&str> = sources.columns.iter().map(|column| column.name).collect();
    let counted: Vec<&str> =
        Speech::ALL.iter().map(|kind| kind.as_str()).chain(VerbClass::ALL.iter().map(|class| class.as_str())).collect();
    assert_eq!(names[11..names.len() - 1], counted);
}

#[test]
fn attributions_come_back_as_the_sources_they_were_written_from() {
    let folder = results();
    let plan = Plan::new(frames(), CompareSettings::default(), 1).unwrap();
    let plan = plan.with_source_groups(vec!["city".to_owned()]);
    let (mut direct, mut read) = (Counts::default(), counts());
    for id in ["a", "b"] {
        let (document, coded) = coded(id);
        direct.add(&plan, &document, &coded);
    }
    read_attributions(folder.path(), &mut read).unwrap();
    let sources =
        |counts: &Counts| counts.documents().map(|(_, document)| document.sources.clone()).collect::<Vec<_>>();
    assert_eq!(sources(&read), sources(&direct));
    assert_eq!(sources(&read)[0].len(), 2, "what was refused is nobody's word");
    let unknown = read_attributions(folder.path(), &mut Counts::default()).unwrap_err().to_string();
    assert!(unknown.contains("document \"a\" is not in documents.csv; run the study again"), "{unknown}");
}

#[test]
fn attributions_are_written_byte_for_byte() {
    let folder = results();
    let attribution_lines = [
        "document,outlet,date,sentence,source,source_start,source_end,verb,verb_class,verb_start,verb_end,content_start,\
         content_end,kind,canonical,source_group,mood,sentences,content,part\n",
        "a,The Pennant,2022-02-03,0,Танки,0,5,у,warning,6,7,8,17,mixed,Танки,city,asserted,0;1,границы 🚩,1\n",
        "a,The Pennant,2022-02-03,1,he,17,19,said,neutral,20,24,8,15,direct,Anna Novak,,asserted,1;2,“tanks”,1\n",
        "a,The Pennant,2022-02-03,1,he,17,19,said,neutral,20,24,27,33,direct,Anna Novak,,asserted,1;2,Troops,2\n",
        "a,The Pennant,2022-02-03,2,,,,,,,,,,indirect,,,refused,,,1\n",
    ];
    let attributions = fs::read_to_string(folder.path().join("attributions.csv")).unwrap();
    assert!(attributions.starts_with(&attribution_lines.concat()), "{attributions}");
}

const VALIDATION_ROWS: &str = "document,sentence,frame,coded,coded_voice,coded_stance,hit,hit_voice,hit_stance,only_coder,\
             inclusion_probability\n\
             a,,talks,false,,,false,,,,\n\
             a,2,build-up,true,attributed,against,true,own,,anna,0.125\n";

const PREVALENCE_ROWS: &str = "frame,group,period,voice,documents,sentences,hits,estimate,conf_low,conf_high,method,icc,deff,\
             corrected,corrected_low,corrected_high,codings,note\n\
             build-up,\"The Pennant, \"\"daily\"\"\",all,all,2,6,4,0.666667,0.250000,0.921000,logit-t,0.000000,1.500000,\
             0.500000,0.250000,0.750000,50,few documents; copies\n\
             build-up,\"The Pennant, \"\"daily\"\"\",2022-01,all,2,6,4,,,,,,,,,,0,few documents; copies\n";

const COMPARISON_ROWS: &str = "frame,group_a,group_b,period,estimate_a,estimate_b,difference,conf_low,conf_high,odds_ratio,cohens_h,p_value,\
             q_value,test,family,documents_a,documents_b,corrected,corrected_low,corrected_high,corrected_p,corrected_q,codings,\
             note\n\
             build-up,A,(rest),all,0.500000,0.250000,0.250000,-0.100000,0.600000,,0.411517,2.00e-5,0.040000,\
             permutation-monte-carlo,rest,4,5,-0.125000,-0.500000,0.250000,0.500000,1.000000,100,\n";

#[test]
fn tables_are_written_byte_for_byte() {
    let folder = results();
    let file = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let coding_lines = [
        "document,outlet,date,sentence,start,end,frame,probability,rule_score,model_score,hit,voice,source,verb,verb_class,\
         stance,rules,cues,text\n",
        "a,The Pennant,2022-02-03,0,0,17,build-up,0.731059,0.000000,,true,,,,,favor,tanks,Танки,Танки у границы 🚩\n",
        "a,The Pennant,2022-02-03,1,0,25,build-up,0.731059,0.000000,,true,attributed,the ministry,claimed,distancing,\
         against,tanks,tanks,\"Überall “tanks”, he said.\"\n",
        "a,The Pennant,2022-02-03,1,0,25,talks,0.731059,0.000000,1.250000,false,,,,,,,,\"Überall “tanks”, he said.\"\n",
        "a,The Pennant,2022-02-03,2,27,58,build-up,0.731059,0.000000,,true,own,,,,favor,forces-massed;tanks,\
         Troops | more tanks | Troops | more tanks,\"Troops, \"\"tanks\"\"\nand more tanks.\"\n",
    ];
    let codings = file("codings.csv");
    assert!(codings.starts_with(&coding_lines.concat()), "{codings}");
    for (name, expected) in [
        (
            "documents.csv",
            "document,outlet,date,period,cluster,sentences,frame,hits,own,attributed,favor,against,neutral,expected,group\n\
             a,The Pennant,2022-02-03,2022-02,0000000000000007,3,build-up,2,1,1,1,1,0,2.193177,The Pennant\n\
             a,The Pennant,2022-02-03,2022-02,0000000000000007,3,talks,0,0,0,0,0,0,0.000000,The Pennant\n\
             b,The Pennant,2022-02-03,,0000000000000007,3,build-up,2,1,1,1,1,0,2.193177,The Pennant\n\
             b,The Pennant,2022-02-03,,0000000000000007,3,talks,0,0,0,0,0,0,0.000000,The Pennant\n",
        ),
        ("validation.csv", VALIDATION_ROWS),
        (
            "excluded.csv",
            "file,record,reason,detail\narticles/a.csv,2,missing-text,\n\
             articles/a.csv,12,bad-date,\"\"\"31 Feb\"\"; expected 2022-02-03\"\n",
        ),
        ("prevalence.csv", PREVALENCE_ROWS),
        ("comparisons.csv", COMPARISON_ROWS),
        (
            "contrasts.csv",
            "frame_a,frame_b,group,period,hits_a,hits_b,log_ratio,conf_low,conf_high,p_value,q_value,\
             corrected,corrected_low,corrected_high,corrected_p,corrected_q,codings,note\n\
             build-up,talks,A,all,4,0,,,,0.500000,,1.500000,-0.500000,,0.250000,,60,no hits of talks\n",
        ),
        (
            "sources.csv",
            "source,kind,group,period,documents,attributed_sentences,share,conf_low,conf_high,method,all_attributed,direct,\
             indirect,mixed,neutral,endorsing,distancing,denying,demanding,promising,warning,asking,thinking,note\n\
             city,group,A,all,4,6,0.500000,0.250000,0.750000,logit-t,12,3,2,1,1,2,3,4,5,6,7,8,9,few documents\n\
             (other),rest,A,all,0,0,,,,,0,0,0,0,0,0,0,0,0,0,0,0,0,few documents\n",
        ),
    ] {
        assert_eq!(file(name), expected, "{name}");
    }
}

#[test]
fn neither_the_order_of_documents_nor_memory_changes_a_byte() {
    let (expected, ids) = (results(), ["b", "a"]);
    for limit in [usize::MAX, 0] {
        let folder = TempDir::new().unwrap();
        write(folder.path(), &ids, limit);
        let names: BTreeSet<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), REPORTS.len() + 1, "{names:?}");
        for name in names {
            let same = fs::read(folder.path().join(&name)).unwrap() == fs::read(expected.path().join(&name)).unwrap();
            assert!(same, "{} with limit {limit}", name.display());
        }
    }
}

#[test]
fn the_data_package_describes_every_table() {
    let folder = results();
    let bytes = fs::read(folder.path().join(DATA_PACKAGE)).unwrap();
    let package: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(package["profile"], "tabular-data-package");
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), REPORTS.len());
    for (resource, table) in resources.iter().zip(REPORTS.iter().map(|report| report.table)) {
        assert_eq!(resource["path"], table.file);
        assert_eq!(resource["name"], table.file.trim_end_matches(".csv"));
        assert_eq!(resource["bytes"], fs::metadata(folder.path().join(table.file)).unwrap().len(), "{}", table.file);
        assert_eq!(resource["schema"]["missingValues"], serde_json::json!([""]));
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert_eq!(fields.len(), table.columns.len(), "{}", table.file);
        for (field, column) in fields.iter().zip(table.columns) {
            assert_eq!(field["name"], column.name);
            assert_eq!(field["description"], column.meaning);
            let kind = field["type"].as_str().unwrap();
            assert!(["string", "integer", "number", "date", "boolean"].contains(&kind), "{}: {kind}", column.name);
            assert_eq!(field["constraints"]["required"] == true, !column.optional, "{}", column.name);
        }
    }
}
