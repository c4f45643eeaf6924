//! What is printed, where, and what never is.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use crate::folder::Folder;

/// Every command on a study that has run, in an order in which all go well.
const COMMANDS: [&[&str]; 6] = [
    &["run", "study.toml"],
    &["check", "study.toml"],
    &["compare", "study.toml"],
    &["verify", "study.toml"],
    &["explain", "study.toml", "--document", "q-1"],
    &["code", "study.toml"],
];

#[test]
fn results_go_to_stdout_and_quiet_prints_none() {
    let folder = Folder::new();
    for words in COMMANDS {
        let said = folder.done(words);
        assert!(!said.out.is_empty(), "{words:?}");
        // The explanation is all that explain is for.
        if words[0] != "explain" {
            assert_eq!(folder.done(&[words, &["--quiet"]].concat()).out, "", "{words:?}");
        }
    }
    let said = folder.done(&["init", "new", "--quiet"]);
    assert_eq!(said.out, "");
}

#[test]
fn nothing_is_coloured_when_piped() {
    let folder = Folder::new();
    for words in COMMANDS {
        for setting in [("NO_COLOR", "1"), ("TERM", "xterm-256color"), ("COLUMNS", "20")] {
            let output = folder.command(words).env(setting.0, setting.1).output().unwrap();
            let printed = [output.stdout, output.stderr].concat();
            assert!(!printed.contains(&0x1b), "{words:?} under {setting:?}");
        }
    }
    let forced = folder.command(&["explain", "study.toml", "--document", "q-1"]).env("CLICOLOR_FORCE", "1").output();
    assert!(forced.unwrap().stdout.contains(&0x1b), "the colours that a terminal gets are there to be left out");
}

#[test]
fn texts_and_names_cannot_steer_the_terminal() {
    let folder = Folder::new();
    let nasty = "Tram\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}marT\u{8}\u{7f}";
    let row = format!("q-\u{1b}[31m5,{nasty},2023-05-09,{nasty},\"The tram has swallowed {nasty} million. {nasty}\"\n");
    folder.append("articles.csv", row).append("articles.csv", format!("\u{1b}[5m,{nasty},{nasty},a,b\n"));
    folder.append("codebook.toml", format!("hits = [\"{}\"]\n", r"The \u001b[31mgull."));
    for words in [
        &["run", "study.toml"][..],
        &["check", "study.toml"],
        &["explain", "study.toml", "--document", "q-\u{1b}[31m5"],
        &["explain", "study.toml", "--document", "q-\u{1b}[31m6"],
        &["compare", "study.toml"],
    ] {
        // Colours are forced, so that none of these is lost on the way into the pipe.
        let output = folder.command(words).env("CLICOLOR_FORCE", "1").output().unwrap();
        let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        let own = printed.replace("\u{1b}[0m", "").replace("\u{1b}[1m", "").replace("\u{1b}[2m", "");
        let own = own.replace("\u{1b}[33m", "").replace("\u{1b}[31m1 failing", "1 failing").replace('\n', " ");
        let bad = own.chars().find(|c| c.is_control() || *c == '\u{202e}');
        assert_eq!(bad, None, "{words:?}: {own:?}");
        assert!(own.contains("Tram") || own.contains("q-"), "{words:?}: {own}");
    }
}

#[test]
fn a_summary_has_at_most_fifteen_lines() {
    let folder = Folder::new();
    for number in 0..30 {
        folder.append("codebook.toml", format!("[[frame]]\nid = \"frame-{number}\"\n"));
        folder.append("articles.csv", format!("x-{number},Outlet {number},2023-05-09,Stop,It stops.\n"));
        folder.append("articles.csv", format!("y-{number},Outlet {number},9 May,Stop,It stops.\n"));
    }
    for words in [&["run", "study.toml"], &["compare", "study.toml"], &["code", "study.toml"]] {
        let said = folder.done(words);
        assert!(said.out.lines().count() <= 15, "{words:?}: {}", said.out);
        assert!(said.out.lines().all(|line| line.chars().count() <= 160), "{words:?}: {}", said.out);
    }
}

#[test]
fn every_command_shows_an_example() {
    let folder = Folder::empty();
    let main = folder.done(&["--help"]);
    assert!(main.out.contains("Example:\n  parallax "), "{}", main.out);
    for command in ["init", "check", "run", "code", "compare", "explain", "verify"] {
        assert!(main.out.contains(command), "{command}");
        let said = folder.done(&[command, "--help"]);
        let example = said.out.split_once("Example").map_or("", |(_, example)| example);
        assert!(
            example.trim_start_matches('s').starts_with(&format!(":\n  parallax {command} ")),
            "{command}: {}",
            said.out
        );
        for option in ["--threads", "--output", "--quiet"] {
            assert!(said.out.contains(option), "{command}: {option}");
        }
    }
    assert_eq!(folder.done(&["--version"]).out, format!("parallax {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = Folder::new();
    // Enough for explain to fill a pipe that nobody empties.
    let text = "The tram has swallowed nine million crowns. ".repeat(3000);
    folder.append("articles.csv", format!("long,Quay Mail,2023-05-09,Long,\"{text}\"\n"));
    for words in [
        &["run", "study.toml"][..],
        &["check", "study.toml"],
        &["explain", "study.toml", "--document", "long"],
        &["verify", "study.toml"],
    ] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("parallax"))
            .current_dir(folder.path())
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        // As head -1: one line, then the pipe is closed.
        BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let mut errors = String::new();
        child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        let status = child.wait().unwrap();
        assert_eq!((status.code(), &errors[..]), (Some(0), ""), "{words:?}");
        assert!(line.ends_with('\n'), "{words:?}: {line}");
    }
}

#[test]
fn a_full_stdout_is_told() {
    let folder = Folder::new();
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        // Only some systems have such a device; without it there is nothing that refuses to be written to.
        assert!(!std::path::Path::new("/dev/full").exists());
        return;
    };
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("parallax"));
    let output = command.current_dir(folder.path()).args(["run", "study.toml"]).stdout(full).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(errors.contains("cannot write to the standard output") && !errors.contains("panicked"), "{errors}");
}
