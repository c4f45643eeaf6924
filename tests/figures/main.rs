//! Figures: their text is read back out of the SVG, so that nothing may overlap or leave the page, whatever the names.

#![expect(clippy::unwrap_used, reason = "a figure that cannot be drawn is a failed test")]

mod golden;
mod plan;

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use parallax::codebook::{Codebook, parse};
use parallax::compare::{
    AttributionCounts, Counts, DocumentCounts, Findings, FrameCounts, Plan, SourceCounts, findings,
};
use parallax::model::{CompareSettings, Mark, Period, Study, VoiceFilter};
use parallax::report::{
    FIGURES, Figure, FigureFormat, Look, ReliabilityBin, ReportError, ShownTerm, Staging, Subject, frame_colour,
    redraw, write_figures,
};
use parallax::stats::{Interval, Seed};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Group, Node, Options, Tree};
use tempfile::TempDir;

const OUTLETS: [&str; 15] = [
    "Independent Regional Evening Courier and Advertiser",
    "Независимая вечерняя газета",
    "الجزيرة العربية للأخبار والتحليل",
    "Вестовой",
    "صحيفة الشرق",
    "Quay",
    "Donaudampfschifffahrtsgesellschaftszeitung",
    "The Tidewater Broadcasting News Network",
    "La Voz de la República",
    "A <b>&\"c\"</b> 'd' ]]>",
    "=HYPERLINK(1)",
    "\u{1b}[31mRed\u{1b}[0m Star\u{7}",
    "\u{202e}Turned",
    "Late City",
    "Post",
];

const FRAMES: [&str; 12] = [
    "Military build-up at the border",
    "Western fearmongering",
    "Гарантии безопасности для всех сторон",
    "الدبلوماسية والحوار",
    "Provocation by the government in the capital",
    "Sanctions",
    "<script>alert(1)</script>",
    "Humanitarian risk to the population & its \\\"reporting\\\"",
    "Arms",
    "Unity",
    "Donaudampfschifffahrtsfragen der Gegenwart",
    "Never",
];

/// A study that was run, made up.
struct Ran {
    study: Study,
    codebook: Codebook,
    counts: Counts,
    findings: Findings,
    key_terms: Vec<ShownTerm>,
    reliability: Vec<ReliabilityBin>,
}

impl Ran {
    fn subject(&self) -> Subject<'_> {
        let Self { study, codebook, counts, findings, key_terms, reliability } = self;
        Subject { study, codebook, counts, findings, key_terms, reliability }
    }

    fn look(&self, width: f64) -> Look<'_> {
        self.subject().look(width)
    }
}

/// So many outlets and frames over so many days; the last outlet has one document, the last frame no hits.
fn ran(outlets: &[&str], frames: &[&str], period: Option<Period>) -> Ran {
    let mut text = String::new();
    for (number, label) in frames.iter().enumerate() {
        writeln!(text, "[[frame]]\nid = \"frame-{number}\"\nlabel = \"{label}\"").unwrap();
    }
    let codebook = parse(&text, "codebook.toml").unwrap();
    let ids: Vec<String> = codebook.frames.iter().map(|frame| frame.id.clone()).collect();
    let pairs = [(0, 1), (2, 3)].into_iter().filter(|(_, b)| *b < ids.len());
    let contrasts = pairs.map(|(a, b)| (ids[a].clone(), ids[b].clone())).collect();
    let compare = CompareSettings { period, contrasts, voice: VoiceFilter::All, ..CompareSettings::default() };
    let plan = Plan::new(ids, compare.clone(), 7).unwrap();
    let counts = counts(outlets, frames.len(), compare.period.as_ref());
    let mark = |day: Date, label: &str| Mark { date: day, label: label.to_owned() };
    let marks =
        vec![mark(date(2022, 2, 10), "Close"), mark(date(2021, 12, 17), "Черта <&>"), mark(date(2022, 2, 12), "نهاية")];
    let title = "Fifteen <outlets> & twelve \"frames\"".to_owned();
    let study = Study { title, compare, marks, ..golden::study() };
    let findings = findings(&plan, &counts);
    Ran { study, codebook, counts, findings, key_terms: key_terms(outlets), reliability: reliability() }
}

/// Twelve terms of each of several outlets, and two parts of the corpus held against each other.
fn key_terms(outlets: &[&str]) -> Vec<ShownTerm> {
    let term = |comparison: &str, group: &str, number: u32| {
        let log_odds = f64::from(number) / 3.0 - if comparison == "subsets" { 2.0 } else { 0.1 };
        ShownTerm {
            comparison: comparison.to_owned(),
            group: group.to_owned(),
            against: if comparison == "subsets" { "after the <talks>" } else { "(rest)" }.to_owned(),
            term: format!("unprecedented consequences {number}"),
            log_odds,
            interval: Some(Interval { low: log_odds - 0.5, high: log_odds + f64::from(number) }),
            q_value: Some(f64::from(number) / 200.0),
            documents: (40, Some(3)),
        }
    };
    let mut terms: Vec<ShownTerm> =
        outlets.iter().flat_map(|outlet| (0..12).map(|number| term("groups", outlet, number))).collect();
    terms.extend((0..12).map(|number| term("subsets", "before", number)));
    if outlets.len() > 1 { terms } else { Vec::new() }
}

fn counts(outlets: &[&str], frames: usize, period: Option<&Period>) -> Counts {
    let mut counts = Counts::default();
    for (place, outlet) in outlets.iter().enumerate() {
        let mut stream = Seed::new(1).stream(outlet);
        let documents = if place + 1 == outlets.len() { 1 } else { 6 + 7 * (place % 4) };
        for number in 0..documents {
            let day = date(2021, 11, 1).checked_add(i64::try_from(stream.below(115)).unwrap().days()).unwrap();
            let mut hits = |frame: usize| if frame + 1 == frames { 0 } else { stream.below(4 - frame % 3) as u64 / 2 };
            let frames: Vec<FrameCounts> = (0..frames)
                .map(&mut hits)
                .map(|hits| FrameCounts { hits, own: hits, ..FrameCounts::default() })
                .collect();
            let speaker = |name: &str, sentences: Vec<u32>| SourceCounts {
                name: Some(name.into()),
                group: None,
                sentences: sentences.into(),
                attributions: AttributionCounts::default(),
            };
            let document = DocumentCounts {
                group: Arc::from(*outlet),
                outlet: Arc::from(*outlet),
                date: Some(day),
                period: period.map(|period| period.label(day).into()),
                sentences: 12,
                frames: frames.into(),
                sources: vec![speaker("Anna Novak", vec![1, 2]), speaker("Министерство обороны", vec![3])].into(),
                ..DocumentCounts::default()
            };
            counts.insert(format!("{place:02}-{number:03}"), document);
        }
    }
    counts
}

fn reliability() -> Vec<ReliabilityBin> {
    let bin = |number: u32| {
        let low = f64::from(number) / 10.0;
        let observed = (low * 0.8 + 0.05).min(1.0);
        let interval = Interval { low: (observed - 0.1).max(0.0), high: (observed + 0.1).min(1.0) };
        let some = number != 4;
        ReliabilityBin {
            low,
            high: low + 0.1,
            n: if some { u64::from(number) * 37 + 3 } else { 0 },
            mean_probability: some.then_some(low + 0.05),
            observed: some.then_some(observed),
            interval: some.then_some(interval),
        }
    };
    (0..10).map(bin).collect()
}

fn svg(figure: &Figure, ran: &Ran, look: &Look<'_>) -> String {
    let csv = figure.data(&ran.subject()).unwrap().unwrap();
    figure.pages(&csv, look).unwrap().remove(0)
}

/// A line of text on the page.
struct Line {
    text: String,
    size: f64,
    /// Left, top, right and bottom of its letters, in points.
    sides: [f64; 4],
}

/// Width and height of the page in points, and its lines of text.
fn lines(svg: &str) -> ([f64; 2], Vec<Line>) {
    let mut fonts = Database::new();
    for font in [dejavu::sans_condensed::regular(), dejavu::sans_condensed::bold()] {
        fonts.load_font_source(Source::Binary(Arc::new(font)));
    }
    let options = Options { fontdb: Arc::new(fonts), font_family: "DejaVu Sans".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).unwrap();
    let page = [tree.size().width(), tree.size().height()].map(|pixels| f64::from(pixels) * 0.75);
    let mut lines = Vec::new();
    collect(tree.root(), &mut lines);
    (page, lines)
}

fn collect(group: &Group, lines: &mut Vec<Line>) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, lines),
            Node::Text(text) => {
                let box_ = text.abs_bounding_box();
                let turned = text.abs_transform().kx.abs() > 0.1;
                let [left, top, right, bottom] =
                    [box_.left(), box_.top(), box_.right(), box_.bottom()].map(|pixels| f64::from(pixels) * 0.75);
                let chunk = &text.chunks()[0];
                let size = f64::from(chunk.spans()[0].font_size().get());
                // The box goes from the font's ascent to its descent; letters take up less.
                let sides = if turned {
                    [left + size * 0.2, top, right - size * 0.1, bottom]
                } else {
                    [left, top + size * 0.2, right, bottom - size * 0.1]
                };
                lines.push(Line { text: chunk.text().to_owned(), size, sides });
            }
            _ => {}
        }
    }
}

/// What is wrong with a page: lines that leave it, overlap, or are too small to read.
fn troubles(svg: &str) -> Vec<String> {
    let ([width, height], lines) = lines(svg);
    let mut troubles = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let [left, top, right, bottom] = line.sides;
        if line.size < 6.5 - 1e-6 {
            troubles.push(format!("{:?} has {} points", line.text, line.size));
        }
        if left < -0.2 || top < -0.2 || right > width + 0.2 || bottom > height + 0.2 {
            troubles.push(format!("{:?} at {:?} leaves the page of {width} x {height}", line.text, line.sides));
        }
        for other in &lines[place + 1..] {
            let across = right.min(other.sides[2]) - left.max(other.sides[0]);
            let down = bottom.min(other.sides[3]) - top.max(other.sides[1]);
            if across >= 0.3 && down >= 0.3 {
                troubles.push(format!("{:?} {:?} on {:?} {:?}", line.text, line.sides, other.text, other.sides));
            }
        }
    }
    troubles
}

fn check_page(case: &str, svg: &str) {
    let (troubles, count) = (troubles(svg), lines(svg).1.len());
    assert!(count > 5 && troubles.is_empty(), "{case}, {count} lines:\n{}", troubles.join("\n"));
}

#[test]
fn the_check_of_a_page_sees_what_is_wrong() {
    let page = |text: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"85mm\" height=\"30mm\" viewBox=\"0 0 240.94 85.04\">{text}</svg>"
        )
    };
    let line = |x: f64, y: f64, size: f64| format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\">outlet</text>");
    for (case, text, count) in [
        ("apart", [line(10.0, 20.0, 7.0), line(10.0, 28.4, 7.0), line(40.0, 20.0, 7.0)].concat(), 0),
        ("one on the other", [line(10.0, 20.0, 7.0), line(20.0, 22.0, 7.0)].concat(), 1),
        ("beyond the right edge", line(225.0, 20.0, 7.0), 1),
        ("beyond the upper edge", line(10.0, 3.0, 7.0), 1),
        ("too small", line(10.0, 20.0, 6.0), 1),
    ] {
        assert_eq!(troubles(&page(&text)).len(), count, "{case}");
    }
}

#[test]
fn no_text_overlaps_or_leaves_the_page_or_is_too_small() {
    let outlets: Vec<String> = (0..30).map(|number| format!("Regional Evening Courier {number}")).collect();
    let outlets: Vec<&str> = outlets.iter().map(String::as_str).collect();
    let frames: Vec<String> = (0..24).map(|number| format!("Consequences of decision {number}")).collect();
    let frames: Vec<&str> = frames.iter().map(String::as_str).collect();
    for (what, outlets, frames, period) in [
        ("thirty outlets, twenty-four frames", &outlets[..], &frames[..], Some(Period::Quarter)),
        ("one outlet, one frame", &OUTLETS[5..6], &FRAMES[..1], None),
        ("three outlets, two frames", &OUTLETS[5..8], &FRAMES[..2], Some(Period::Month)),
        ("six outlets, five frames", &OUTLETS[..6], &FRAMES[..5], Some(Period::Week)),
        ("fifteen outlets, twelve frames", &OUTLETS[..], &FRAMES[..], Some(Period::Month)),
        ("fifteen outlets, no periods", &OUTLETS[..], &FRAMES[..4], None),
    ] {
        let ran = ran(outlets, frames, period);
        let mut drawn = 0;
        for figure in FIGURES {
            let Some(csv) = figure.data(&ran.subject()).unwrap() else { continue };
            for width in [85.0, 120.0, 170.0] {
                let pages = figure.pages(&csv, &ran.look(width)).unwrap();
                for (number, page) in pages.iter().enumerate() {
                    let case = format!("{what}, {} at {width} mm, page {}", figure.name, number + 1);
                    check_page(&case, page);
                    let height = lines(page).0[1] / 72.0 * 25.4;
                    assert!(height <= 240.0, "{case} is {height:.0} mm high");
                    let counted = page.contains(&format!(" ({} of {})</title>", number + 1, pages.len()));
                    assert_eq!(counted, pages.len() > 1, "{case} of {}", pages.len());
                }
                drawn += 1;
            }
        }
        assert!(drawn >= 9, "{what}: {drawn} drawings");
    }
}

#[test]
fn a_study_has_the_figures_that_it_has_something_to_show_in() {
    let with = |ran: &Ran| -> Vec<&str> {
        FIGURES
            .iter()
            .filter(|figure| figure.data(&ran.subject()).unwrap().is_some())
            .map(|figure| figure.name)
            .collect()
    };
    let all: Vec<&str> = FIGURES.iter().map(|figure| figure.name).collect();
    assert_eq!(with(&ran(&OUTLETS[..3], &FRAMES[..4], Some(Period::Month))), all);
    let mut least = ran(&OUTLETS[..1], &FRAMES[..1], None);
    least.reliability.clear();
    assert_eq!(with(&least), ["prevalence", "composition", "sources"]);
}

#[test]
fn captions_name_the_data_the_documents_and_the_marks() {
    let ran = ran(&OUTLETS[..4], &FRAMES[..4], Some(Period::Month));
    for figure in FIGURES {
        let svg = svg(figure, &ran, &ran.look(170.0));
        let text: Vec<String> = lines(&svg).1.into_iter().map(|line| line.text).collect();
        let text = text.join(" ");
        assert!(text.contains(&format!("Data: figures/{}.csv.", figure.name)), "{}: {text}", figure.name);
        if !["calibration", "keyness"].contains(&figure.name) {
            // The last outlet has a single document: a share of its own, but no line, panel or comparison.
            let all = format!("{} documents of 4 outlets, ", ran.counts.len());
            let most = format!("{} documents of 3 outlets, those with the most documents of 4, ", ran.counts.len() - 1);
            let basis = if ["prevalence", "composition"].contains(&figure.name) { all } else { most };
            assert!(text.contains(&basis), "{}: {text}", figure.name);
        }
        if ["timeline", "contrasts"].contains(&figure.name) {
            assert!(text.contains("a Черта <&> (17 Dec 2021); b Close (10 Feb 2022)"), "{}: {text}", figure.name);
        }
    }
}

#[test]
fn a_caption_counts_merged_outlets_as_groups() {
    let mut ran = ran(&OUTLETS[..4], &FRAMES[..4], None);
    ran.study.compare.groups.insert(OUTLETS[0].to_owned(), vec!["alfa".to_owned(), "beta".to_owned()]);
    let figure = FIGURES.iter().find(|figure| figure.name == "prevalence").unwrap();
    let svg = svg(figure, &ran, &ran.look(170.0));
    let text: Vec<String> = lines(&svg).1.into_iter().map(|line| line.text).collect();
    let text = text.join(" ");
    assert!(text.contains(" documents of 4 groups of outlets, "), "{text}");
}

#[test]
fn sizes_are_those_asked_for() {
    let ran = ran(&OUTLETS[..4], &FRAMES[..4], Some(Period::Month));
    for figure in FIGURES.iter().filter(|figure| figure.name != "calibration") {
        for (width, height) in [(85.0, 380.0), (170.0, 240.0)] {
            let svg = svg(figure, &ran, &Look { height: Some(height), ..ran.look(width) });
            let head = format!("width=\"{width}mm\" height=\"{height}");
            let about = svg.lines().next().unwrap().contains(&head);
            let nearly = svg.lines().next().unwrap().contains(&format!("height=\"{}.", height - 1.0));
            assert!(about || nearly, "{}: {}", figure.name, svg.lines().next().unwrap());
            check_page(&format!("{} at {width} x {height} mm", figure.name), &svg);
        }
        let csv = figure.data(&ran.subject()).unwrap().unwrap();
        let refused = figure.pages(&csv, &Look { height: Some(20.0), ..ran.look(170.0) }).unwrap_err().to_string();
        let expected = format!("{}: needs a height of ", figure.name);
        assert!(refused.starts_with(&expected) && refused.contains("--height"), "{refused}");
    }
}

#[test]
fn labels_do_no_harm() {
    let zalgo = format!("Z{}", "\u{301}".repeat(5_000));
    let endless = "Endless ".repeat(2_000);
    let outlets = [&OUTLETS[9..13], &[zalgo.as_str(), endless.as_str(), "", "Quay"]].concat();
    let ran = ran(&outlets, &FRAMES[5..9], Some(Period::Month));
    for figure in FIGURES {
        let svg = svg(figure, &ran, &ran.look(170.0));
        check_page(figure.name, &svg);
        assert!(!svg.contains("<b>") && !svg.contains("<script"), "{}", figure.name);
        let odd = svg.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
        assert_eq!(odd, None, "{}", figure.name);
        assert!(svg.matches('\u{301}').count() < 40 * 3, "{}", figure.name);
        assert!(svg.len() < 400_000, "{}: {} bytes", figure.name, svg.len());
    }
}

#[test]
fn a_frame_has_one_colour_in_all_figures() {
    let ran = ran(&OUTLETS[5..8], &FRAMES[..2], Some(Period::Month));
    for (figure, frames) in [("prevalence", 2), ("composition", 2), ("timeline", 2), ("contrasts", 1)] {
        let figure = FIGURES.iter().find(|known| known.name == figure).unwrap();
        let svg = svg(figure, &ran, &ran.look(170.0));
        for index in 0..frames {
            assert!(svg.contains(&frame_colour(index)), "{} has no colour of frame {index}", figure.name);
        }
    }
}

#[test]
fn figures_come_out_of_their_data_alone_and_always_the_same() {
    let ran = ran(&OUTLETS[..4], &FRAMES[..4], Some(Period::Month));
    let folder = TempDir::new().unwrap();
    let formats = [FigureFormat::Svg, FigureFormat::Png];
    let mut staging = Staging::begin(folder.path()).unwrap();
    write_figures(&mut staging, &ran.subject()).unwrap();
    let written = staging.outputs();
    assert_eq!(written.len(), 3 * FIGURES.len());
    staging.commit().unwrap();
    let mut staging = Staging::begin(folder.path()).unwrap();
    let files = redraw(&mut staging, folder.path(), &[], &ran.look(170.0), &formats).unwrap();
    assert_eq!(files.len(), 2 * FIGURES.len());
    for again in staging.outputs() {
        assert!(written.contains(&again), "{} is another", again.path);
    }
    for file in files.iter().filter(|file| file.split('.').next_back() == Some("png")) {
        let bytes = std::fs::read(folder.path().join(file)).unwrap();
        let width = u32::from_be_bytes(bytes[16..20].try_into().unwrap());
        // 170 mm at 300 pixels to the inch, and the file says so.
        assert_eq!(width, 2008, "{file}");
        let physical = bytes.windows(4).position(|chunk| chunk == b"pHYs").unwrap();
        assert_eq!(bytes[physical + 4..physical + 8], 11_811_u32.to_be_bytes(), "{file}");
    }
    drop(staging);
    let mut staging = Staging::begin(folder.path()).unwrap();
    let narrow = redraw(&mut staging, folder.path(), &["timeline".to_owned()], &ran.look(85.0), &formats[..1]).unwrap();
    assert_eq!(narrow, ["figures/timeline-85mm.svg"]);
}

#[test]
fn data_that_are_not_a_figures_are_refused_with_their_line() {
    let ran = ran(&OUTLETS[..2], &FRAMES[..2], None);
    let figure = FIGURES[0];
    let csv = String::from_utf8(figure.data(&ran.subject()).unwrap().unwrap()).unwrap();
    for (from, to, expected) in [
        ("frame,group", "frames,group", "figures/prevalence.csv:1: other columns than this version draws"),
        (",sentence,2,", ",paragraph,2,", "figures/prevalence.csv:2: unit is \"paragraph\"; run the study again"),
        (",all,", ",everybody,", "figures/prevalence.csv:2: voice is \"everybody\""),
        ("frame-0,", "frame-0,x,", "figures/prevalence.csv:"),
    ] {
        let error = figure.pages(csv.replacen(from, to, 1).as_bytes(), &ran.look(170.0)).unwrap_err();
        assert!(matches!(error, ReportError::Unreadable { .. }), "{error}");
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}
