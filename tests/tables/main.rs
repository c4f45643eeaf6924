//! Every table, written from one made-up study and read back: by its description, by position, byte for byte.

#![expect(clippy::unwrap_used, reason = "a study that cannot be set up is a failed test")]

mod findings;
mod study;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use parallax::compare::{Counts, Plan};
use parallax::model::{CompareSettings, Speech, VerbClass};
use parallax::report::{Column, DATA_PACKAGE, Kind, REPORTS, read_attributions, read_documents};
use tempfile::TempDir;

use study::{coded, counts, frames, write};

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
        Kind::Integer => cell.parse::<i64>().is_ok(),
        Kind::Boolean => ["true", "false"].contains(&cell),
    }
}

#[test]
fn every_table_is_as_described() {
    let folder = results();
    for table in REPORTS.iter().map(|report| report.table) {
        let (header, rows) = read(folder.path(), table.file);
        // Of the columns of a corpus the first are described, the others are its own.
        let described = if table.file == "metadata.csv" { &header[..table.columns.len()] } else { &header[..] };
        assert_eq!(described, table.columns.iter().map(|column| column.name).collect::<Vec<_>>(), "{}", table.file);
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
                column.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
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
    assert_eq!(names[15..names.len() - 1], counted);
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
fn counts_that_no_document_has_are_refused() {
    let folder = results();
    let (path, plan) =
        (folder.path().join("documents.csv"), Plan::new(frames(), CompareSettings::default(), 1).unwrap());
    let written = fs::read_to_string(&path).unwrap();
    for (count, expected) in [
        (",4294967296,build-up,", "sentences is \"4294967296\"; expected a whole number below 4294967296"),
        (",1,build-up,", "more hits than sentences"),
    ] {
        fs::write(&path, written.replacen(",3,build-up,", count, 1)).unwrap();
        let refused = read_documents(folder.path(), &plan, true).unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
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
             a,,talks,false,,,,,,,\n\
             a,2,build-up,true,attributed,against,true,own,,anna,0.125\n";

const PREVALENCE_ROWS: &str = "frame,group,period,voice,stance,documents,clusters,sentences,hits,estimate,conf_low,conf_high,method,icc,deff,\
             corrected,corrected_low,corrected_high,codings,without_rule_share,note\n\
             build-up,\"The Pennant, \"\"daily\"\"\",all,all,against,2,1,6,4,0.666667,0.250000,0.921000,logit-t,0.000000,1.500000,\
             0.500000,0.250000,0.750000,50,0.250000,few documents; copies\n\
             build-up,\"The Pennant, \"\"daily\"\"\",2022-01,all,against,2,1,6,4,,,,,,,,,,0,,few documents; copies\n";

const COMPARISON_ROWS: &str = "frame,group_a,group_b,period,estimate_a,estimate_b,difference,conf_low,conf_high,odds_ratio,cohens_h,p_value,\
             q_value,test,family,by_q,holm_p,max_p,documents_a,documents_b,clusters_a,clusters_b,sentences_a,sentences_b,corrected,corrected_low,corrected_high,corrected_p,corrected_q,codings,\
             note\n\
             build-up,A,(rest),all,0.500000,0.250000,0.250000,-0.100000,0.600000,,0.411517,2.00e-5,0.040000,\
             permutation-monte-carlo,rest,0.060000,0.080000,,4,5,3,4,40,50,-0.125000,-0.500000,0.250000,0.500000,1.000000,100,\n";

const DIVERGENCE_ROWS: &str = "group_a,group_b,period,frame,hits_a,hits_b,share_a,share_b,jsd,null_mean,null_q95,excess,p_value,q_value,\
             test,family,total_variation,cramers_v,documents_a,documents_b,clusters_a,clusters_b,sentences_a,sentences_b,note\n\
             A,(rest),all,(all),4,4,,,0.250000,0.300000,0.500000,-0.050000,0.750000,1.000000,permutation-exact,rest,\
             0.500000,,4,5,3,4,40,50,\n\
             A,(rest),all,build-up,4,0,1.000000,,0.250000,,,,,,,rest,,,4,5,3,4,40,50,\n";

/// Every table but the codings, of which a test looks at the beginning.
const EXPECTED_TABLES: &[(&str, &str)] = &[
    (
        "documents.csv",
        "document,outlet,date,period,cluster,sentences,frame,hits,own,attributed,favor,against,neutral,expected,group,\
             without_rule,own_favor,own_against,attributed_favor,attributed_against\n\
             a,The Pennant,2022-02-03,2022-02,0000000000000007,3,build-up,2,1,1,1,1,0,2.193177,The Pennant,1,1,0,0,1\n\
             a,The Pennant,2022-02-03,2022-02,0000000000000007,3,talks,0,0,0,0,0,0,0.000000,The Pennant,,0,0,0,0\n\
             b,The Pennant,2022-02-03,,0000000000000007,3,build-up,2,1,1,1,1,0,2.193177,The Pennant,1,1,0,0,1\n\
             b,The Pennant,2022-02-03,,0000000000000007,3,talks,0,0,0,0,0,0,0.000000,The Pennant,,0,0,0,0\n",
    ),
    ("validation.csv", VALIDATION_ROWS),
    (
        "duplicates.csv",
        "document,cluster,documents,earliest,jaccard,containment,outlet,date\n\
             a,b,2,false,0.250000,0.875000,The Pennant,2022-02-03\n\
             b,b,2,true,1.000000,1.000000,The Pennant,2022-02-03\n",
    ),
    (
        "stories.csv",
        "document,story,documents,outlets,nearest,similarity,outlet,date\n\
             a,b,3,2,b,0.625000,The Pennant,2022-02-03\n",
    ),
    (
        "excluded.csv",
        "file,record,reason,detail\narticles/a.csv,2,missing-text,\n\
             articles/a.csv,12,bad-date,\"\"\"31 Feb\"\"; expected 2022-02-03\"\n",
    ),
    ("unlabelled.csv", "document,sentence\na,1\na,2\n"),
    (
        "keyness.csv",
        "term,kind,comparison,group,against,frame,count,other,words,other_words,documents,other_documents,clusters,other_clusters,groups,log_odds,conf_low,conf_high,p_value,\
             q_value,z_four_term,z_two_term,g_squared,chi_squared,log_ratio,note\n\
             tank crews,pair,groups,The Pennant,(rest),talks,5,0,300,400,2,0,2,2,1,2.663598,-0.500000,4.500000,0.250000,\
             1.00e-9,1.801152,1.803265,8.520979,6.714628,,\
             never in the others: their part of the variance is that of half an occurrence\n",
    ),
    ("prevalence.csv", PREVALENCE_ROWS),
    ("comparisons.csv", COMPARISON_ROWS),
    (
        "metadata.csv",
        "document,outlet,date,event a,event b,x_frame\n\
             a,The Pennant,2022-02-03,\"'=the \"\"bridge\"\"\",,-1\n\
             b,The Pennant,2022-02-03,,\"'=the \"\"bridge\"\"\",-1\n",
    ),
    (
        "within.csv",
        "frame,group_a,group_b,within,strata,documents_a,documents_b,clusters_a,clusters_b,sentences_a,sentences_b,hits_a,\
             hits_b,left_out_a,left_out_b,crude_difference,difference,conf_low,conf_high,standard_error,log_odds_ratio,\
             log_odds_low,log_odds_high,p_value,q_value,test,family,note\n\
             build-up,A,(rest),event,5,5,5,4,4,30,30,9,3,2,2,0.200000,0.125000,-0.125000,0.375000,0.125000,1.500000,,,\
             0.062500,0.125000,permutation-exact,rest,few values\n",
    ),
    (
        "omnibus.csv",
        "frame,period,groups,documents,clusters,sentences,statistic,cramers_v,p_value,q_value,test,note\n\
             build-up,all,3,9,8,40,7.250000,0.125000,0.001000,0.012000,permutation-monte-carlo,few documents\n",
    ),
    ("divergence.csv", DIVERGENCE_ROWS),
    (
        "contrasts.csv",
        "frame_a,frame_b,group,period,hits_a,hits_b,log_ratio,conf_low,conf_high,p_value,q_value,\
             corrected,corrected_low,corrected_high,corrected_p,corrected_q,documents,clusters,sentences,codings,note\n\
             build-up,talks,A,all,4,0,,,,0.500000,,1.500000,-0.500000,,0.250000,,9,8,40,60,no hits of talks\n",
    ),
    (
        "trends.csv",
        "frame,group,other,kind,date,scale,estimate,conf_low,conf_high,p_value,q_value,share_first,share_last,days,first,last,\
             documents,clusters,bins,sentences,hits,autocorrelation,placebo_rank,placebos,lag,note\n\
             build-up,A,,step,2022-02-24,share,0.250000,0.125000,0.375000,0.010000,,0.250000,0.500000,7,2022-02-03,2022-03-03,\
             9,8,12,40,4,-0.125000,2,8,-3,few documents\n",
    ),
    (
        "changepoints.csv",
        "frame,group,date,change,before,after,difference,posterior,date_low,date_high,p_value,q_value,deff,penalty,\
             penalty_of_fewer,bin_days,documents,clusters,bins,sentences,hits,note\n\
             build-up,A,2022-02-24,true,0.250000,0.500000,0.250000,0.750000,2022-02-23,2022-02-25,0.001000,0.012000,1.500000,8.250000,\
             20.500000,1,9,8,12,40,4,\n",
    ),
    (
        "regression.csv",
        "frame,term,level,base,days,estimate,std_error,conf_low,conf_high,p_value,q_value,marginal_effect,effect_low,effect_high,\
             term_f,term_df,residual_df,term_p,documents,clusters,sentences,hits,note\n\
             build-up,outlet,B,A,,0.500000,0.000000,0.500000,0.500000,0.250000,,0.125000,0.125000,0.125000,2.500000,2,\
             8,0.125000,9,8,40,4,few documents\n",
    ),
    (
        "sources.csv",
        "source,kind,group,period,documents,attributed_sentences,share,conf_low,conf_high,method,all_attributed,clusters,\
             group_documents,group_clusters,group_sentences,direct,\
             indirect,mixed,neutral,endorsing,distancing,denying,demanding,promising,warning,asking,thinking,note\n\
             city,group,A,all,4,6,0.500000,0.250000,0.750000,logit-t,12,3,9,8,90,3,2,1,1,2,3,4,5,6,7,8,9,few documents\n\
             (other),rest,A,all,0,0,,,,,0,0,9,8,90,0,0,0,0,0,0,0,0,0,0,0,0,few documents\n",
    ),
    (
        "speakers.csv",
        "frame,source_group,group,period,attributed,hits,share,conf_low,conf_high,method,documents,clusters,note\n\
             build-up,city,A,all,8,4,0.500000,0.250000,0.750000,logit-t,3,2,few documents\n",
    ),
    (
        "voices.csv",
        "frame,part,group,period,documents,clusters,all_sentences,sentences,hits,estimate,conf_low,conf_high,method,corrected,corrected_low,\
             corrected_high,codings,note\n\
             build-up,own,A,all,9,8,40,4,3,0.750000,,,,0.500000,0.250000,1.000000,60,few documents\n",
    ),
    (
        "stances.csv",
        "frame,group,period,favor,against,log_ratio,conf_low,conf_high,p_value,q_value,corrected,corrected_low,corrected_high,\
             corrected_p,corrected_q,codings,own_favor,own_against,attributed_favor,attributed_against,own_share,attributed_share,\
             difference,difference_low,difference_high,difference_p,difference_q,documents,clusters,sentences,note\n\
             build-up,A,all,6,3,0.750000,,,,,,,,,,0,3,1,2,2,0.750000,0.500000,0.250000,0.250000,0.250000,0.500000,,9,8,40,\
             few documents\n",
    ),
];

#[test]
fn tables_are_written_byte_for_byte() {
    let folder = results();
    let file = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let coding_lines = [
        "document,outlet,date,sentence,start,end,frame,probability,rule_score,model_score,hit,voice,source,source_group,verb,verb_class,\
         stance,rules,cues,text\n",
        "a,The Pennant,2022-02-03,0,0,17,build-up,0.731059,0.000000,,true,,,,,,favor,tanks,Танки,Танки у границы 🚩\n",
        "a,The Pennant,2022-02-03,1,0,25,build-up,0.731059,0.000000,,true,attributed,the ministry,,claimed,distancing,\
         against,tanks,tanks,\"Überall “tanks”, he said.\"\n",
        "a,The Pennant,2022-02-03,1,0,25,talks,0.731059,0.000000,1.250000,false,,,,,,,,,\"Überall “tanks”, he said.\"\n",
        "a,The Pennant,2022-02-03,2,27,58,build-up,0.731059,0.000000,,true,own,,,,,favor,forces-massed;tanks,\
         Troops | more tanks | Troops | more tanks,\"Troops, \"\"tanks\"\"\nand more tanks.\"\n",
    ];
    let codings = file("codings.csv");
    assert!(codings.starts_with(&coding_lines.concat()), "{codings}");
    for (name, expected) in EXPECTED_TABLES {
        assert_eq!(&file(name), expected, "{name}");
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
        // The three columns of the corpus in the study, of which only the names are known.
        let own = if table.file == "metadata.csv" { 3 } else { 0 };
        assert_eq!(fields.len(), table.columns.len() + own, "{}", table.file);
        for (field, column) in fields.iter().zip(table.columns) {
            assert_eq!(field["name"], column.name);
            assert_eq!(field["description"], column.meaning);
            let kind = field["type"].as_str().unwrap();
            assert!(["string", "integer", "number", "date", "boolean"].contains(&kind), "{}: {kind}", column.name);
            assert_eq!(field["constraints"]["required"] == true, !column.optional, "{}", column.name);
        }
    }
}
