//! What users get wrong most, and what they are told: the two that do not fit, and the remedy.

use std::fmt::Write;

use crate::folder::Folder;

/// A study of sixty articles in two outlets and three genres.
fn sixty() -> Folder {
    let folder = Folder::new();
    let mut articles = "id,outlet,genre,date,title,text\n".to_owned();
    for number in 0..60 {
        let (outlet, genre) = (["Quay Mail", "Lighthouse"][number % 2], ["news", "opinion", "letter"][number % 3]);
        let text = if number % 4 == 0 { "The tram has swallowed nine million crowns." } else { "The gulls sat there." };
        writeln!(articles, "a{number},{outlet},{genre},2023-05-{:02},Day {number},{text}", number % 28 + 1).unwrap();
    }
    folder.write("articles.csv", articles);
    folder
}

/// What a command says that ends with code 2.
fn refused(folder: &Folder, words: &str) -> String {
    let said = folder.parallax(&words.split(' ').collect::<Vec<_>>());
    assert_eq!(said.code, Some(2), "{words}: {}{}", said.out, said.errors);
    said.errors
}

#[test]
fn results_by_another_column_are_not_gone_on_from() {
    let folder = sixty();
    folder.done(&["run", "study.toml"]);
    folder.edit("study.toml", "\"outlet\"", "\"genre\"");
    for command in ["plan study.toml", "plot study.toml", "compare study.toml"] {
        let said = refused(&folder, command);
        let told =
            "results: compared by outlet, and study.toml says by = \"genre\"; run parallax run study.toml, or write by";
        assert!(said.contains(told), "{command}: {said}");
    }
    folder.done(&["run", "study.toml"]);
    folder.edit("study.toml", "\"genre\"", "\"outlet\"");
    assert!(refused(&folder, "plan study.toml").contains("compared by genre, and study.toml says by = \"outlet\""));
    // Other settings decide no groups.
    folder.edit("study.toml", "\"outlet\"", "\"genre\"").edit("study.toml", "\"month\"", "\"year\"");
    folder.done(&["plan", "study.toml"]);
    folder.done(&["plot", "study.toml"]);
}

#[test]
fn results_are_looked_for_where_output_says() {
    let folder = sixty();
    folder.done(&["run", "study.toml"]);
    for command in ["plot study.toml --output p", "compare study.toml --output p"] {
        let said = refused(&folder, command);
        for part in ["p: no results there", "leave it out for those in results", "parallax run study.toml --output p"] {
            assert!(said.contains(part), "{command}: {said}");
        }
    }
}

#[test]
fn too_little_for_rules_to_teach_is_told_with_the_numbers() {
    let folder = Folder::new();
    folder.edit("study.toml", "codebook", "scorer = \"taught-by-rules\"\ncodebook");
    let said = refused(&folder, "run study.toml");
    for part in ["study.toml: too little for the rules to teach", "10 sentences", "is in ", "add articles or rules"] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn a_list_of_frequencies_that_can_be_none_is_told() {
    let folder = sixty();
    folder.append("study.toml", "\n[keyness]\nreference = \"words.csv\"\n").write("words.csv", "gull,900\ntram,500\n");
    let said = refused(&folder, "run study.toml");
    assert!(
        said.contains("words.csv: no header: the first line is gull,900; write the line term,count above it"),
        "{said}"
    );
    folder.write("words.csv", "term,count\ngull,900\ntram,500\n");
    let said = folder.parallax(&["run", "study.toml"]);
    assert!(
        said.out.contains("words.csv lists 2 terms only: every other word counts as never said there"),
        "{}",
        said.out
    );
    folder.edit("study.toml", "reference = \"words.csv\"", "least_documents = 500");
    let said = folder.parallax(&["run", "study.toml"]);
    assert!(
        said.out.contains("least_documents is 500, and there are 60 documents: keyness.csv is empty"),
        "{}",
        said.out
    );
}

#[test]
fn a_column_of_too_many_values_explains_nothing_and_is_named() {
    let folder = sixty();
    let mut articles = "id,outlet,author,date,title,text\n".to_owned();
    for number in 0..410 {
        let author = number % 41;
        writeln!(articles, "a{number},Quay Mail,author {author},2023-05-02,Day {number},Gull {number} sat there.")
            .unwrap();
    }
    folder.write("articles.csv", articles).append("study.toml", "\n[regression]\non = [\"author\"]\n");
    let said = folder.parallax(&["run", "study.toml"]);
    assert!(said.out.contains("[regression] on: author (it has more than 40 values)"), "{}", said.out);
    let methods = folder.text("results/methods.md");
    assert!(
        methods.contains("as nothing asked for can explain shares: author (it has more than 40 values)."),
        "{methods}"
    );
}

#[test]
fn show_needs_something_to_show() {
    let said = refused(&Folder::new(), "check study.toml --show 5");
    assert!(said.contains("--rule <ID>|--misses"), "{said}");
}

#[test]
fn a_title_of_few_letters_is_still_the_title() {
    let folder = Folder::empty();
    let rows =
        (0..20).map(|number| format!("a{number},Quay Mail,T{},The gulls sat on the quay all day.\n", number % 3));
    folder.write("mine.csv", format!("id,outlet,title,text\n{}", rows.collect::<String>()));
    let said = folder.done(&["init", "mine", "--from", "mine.csv"]);
    assert!(folder.text("mine/study.toml").contains("# title is the column \"title\""), "{}", said.out);
}

#[test]
fn what_init_says_of_dates_is_what_a_run_makes_of_them() {
    for (name, day, said, study) in [
        ("date", "03.02.2022 10:15", "date   = \"date\"", "date_format = \"%d.%m.%Y %H:%M\""),
        ("seendate", "2022-02-03", "date   = \"seendate\"", "columns = { date = \"seendate\" }"),
        ("date", "in spring", "date   = \"date\", but few of its values can be read as dates", "# period"),
        ("date", "", "date   = \"date\", but it is empty", "# period"),
        ("edited", "", "date     no column looks like one", "# period"),
    ] {
        let folder = Folder::empty();
        let text = "The gulls sat on the quay all day and nobody came.";
        // Beside a second column of days only the name tells which one is meant.
        let [more, other] = if name == "seendate" { ["crawled", "2022-02-04"] } else { ["note", "x"] };
        let row = |number: u32| format!("a{number},Quay Mail,{day},{other},Gulls sat {number},{text}\n");
        let rows: String = (0..20).map(row).collect();
        folder.write("mine.csv", format!("id,outlet,{name},{more},title,text\n{rows}"));
        let out = folder.done(&["init", "mine", "--from", "mine.csv"]).out;
        assert!(out.contains(said), "{name} {day}: {out}");
        assert!(folder.text("mine/study.toml").contains(study), "{name} {day}: {}", folder.text("mine/study.toml"));
        let checked = folder.done(&["check", "mine/study.toml"]).out;
        assert!(checked.contains("20 records read = 20 kept + 0 excluded"), "{name} {day}: {checked}");
    }
}

#[test]
fn a_table_whose_first_line_is_a_record_is_told_so_without_the_article() {
    let folder = Folder::new();
    let text = "It came. ".repeat(500);
    folder
        .write("articles.csv", format!("1,Quay Mail,2023-05-02,Tram,{text}\n2,Lighthouse,2023-05-03,Rails,It went.\n"));
    let said = folder.parallax(&["run", "study.toml"]);
    assert!(said.errors.contains("write a line with the names of the columns above it"), "{}", said.errors);
    assert!(said.errors.len() < 500, "{}", said.errors);
}
