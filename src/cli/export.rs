//! `export`: notebooks and codebook in a folder to work in.

use std::io::Write;
use std::path::Path;

use crate::analysis::{self, Project};
use crate::cli::Verdict;
use crate::cli::arguments::Common;
use crate::cli::failure::Failure;
use crate::report::{CODEBOOK_PAGE, MANIFEST, NOTEBOOKS};

/// Writes notebooks that read the study's own output folder.
pub(super) fn export(study: &Path, common: &Common) -> Result<Verdict, Failure> {
    // There --output is where the notebooks go; the tables stay where the study has them.
<<<<<<< HEAD
    let project = Project::open(study, None)?;
    let folder = analysis::export(&project, common.output(), &common.watcher())?;
=======
    let project = Project::open(study, &Common { output: None, ..common.clone() })?;
    let named = project.study.notebooks.as_deref().unwrap_or(FOLDER);
    let folder = common.output.clone().unwrap_or_else(|| project.folder.join(named));
    interrupt::check()?;
    write_into(&folder, &project, common)?;
>>>>>>> 2c77b0f (Finish or undo every commit: a journal before the first rename, one run per folder, leftovers cleared)
    if !common.quiet {
        let mut out = anstream::stdout().lock();
        writeln!(out, "{}: {}, {CODEBOOK_PAGE}", folder.display(), NOTEBOOKS.join(", "))?;
        if !project.output.join(MANIFEST).exists() {
            let results = project.output.display();
            writeln!(out, "They read {results}, where nothing is yet: parallax run {}", project.name)?;
        }
    }
    Ok(Verdict::Fine)
}
<<<<<<< HEAD
=======

/// Writes the notebooks into the folder that the study names for them, if it names one and the results are where the study
/// has them.
pub(super) fn export_as_the_study_asks(project: &Project, common: &Common) -> Result<(), Failure> {
    match &project.study.notebooks {
        Some(folder) if common.output.is_none() => write_into(&project.folder.join(folder), project, common),
        _ => Ok(()),
    }
}

fn write_into(folder: &Path, project: &Project, common: &Common) -> Result<(), Failure> {
    let mut staging = Staging::begin_beside(folder)?;
    let results = relative(&resolved(folder), &resolved(&project.output));
    write_notebooks(&mut staging, "", project.notebooks(), &results)?;
    // What was learnt belongs to the results; beside the notebooks stands what files alone say.
    let evidence = Evidence { choices: Vec::new(), ..evidence(project, common)? };
    write_codebook_page(&mut staging, &project.codebook, &evidence)?;
    project.spare_inputs(folder, &staging.outputs())?;
    Ok(staging.commit()?)
}

/// The path from the root, links followed as far as the path exists.
fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for ancestor in path.ancestors() {
        if let Ok(real) = fs::canonicalize(ancestor) {
            return path.strip_prefix(ancestor).map_or(real.clone(), |rest| real.join(rest));
        }
    }
    path
}

/// The way from the folder `from` to `to`, both from the root, with forward slashes.
fn relative(from: &Path, to: &Path) -> String {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        // On another drive there is no way but the whole path.
        return to.display().to_string();
    }
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|part: Component<'_>| part.as_os_str().to_string_lossy().into_owned());
    let way: Vec<String> = up.chain(down).collect();
    if way.is_empty() { ".".to_owned() } else { way.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_results_goes_up_and_down() {
        for (from, to, way) in [
            ("/a/results/notebooks", "/a/results", ".."),
            ("/a/notebooks-export", "/a/corpora/x/results", "../corpora/x/results"),
            ("/a", "/a/b", "b"),
            ("/a", "/a", "."),
            ("/a/b/c", "/d", "../../../d"),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), way, "{from} {to}");
        }
    }
}
>>>>>>> 2c77b0f (Finish or undo every commit: a journal before the first rename, one run per folder, leftovers cleared)
