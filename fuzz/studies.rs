//! What must hold of any study: it is refused, or a whole run of it writes tables in which what was read is what was kept and
//! what was left out.

use std::path::Path;
use std::{fs, io};

use parallax::stats::RandomStream;
use parallax::{AnalysisError, Learnt, Project, Unwatched, run};

use crate::texts::{torn, torn_bytes};

const ARTICLES: &str = "id,outlet,date,title,text,section\n\
    1,Quay Mail,2022-01-31,Troops mass,\"Moscow has amassed 100,000 soldiers, the minister said. No troops left.\",World\n\
    2,Lighthouse,2022-02-02,No troops,\"\"\"There is no invasion,\"\" Pia Lund said. Soldiers sang.\",World\n\
    3,Quay Mail,2022-02-03,Rain,It rained. Nobody came but soldiers.,Home\n\
    4,Lighthouse,2022-02-11,Panic,\"The West stirs up hysteria, the ministry says.\",World\n\
    5,Harbour Sun,2022-02-12,Panic,\"The West stirs up hysteria, the ministry says.\",\n\
    6,Harbour Sun,2022-02-19,Troops,Soldiers came. Soldiers went. Hysteria stayed.,Home\n";
const CODEBOOK: &str = "[lists]\nforces = [\"troop*\", \"soldier*\"]\n[[frame]]\nid = \"f\"\nlabel = \"Forces\"\n[[frame]]\nid = \"g\"\n\
    [[rule]]\nid = \"r\"\nframe = \"f\"\nmatch = \"{forces}\"\nunless = \"no {forces}\"\n[[rule]]\nid = \"s\"\nframe = \"g\"\n\
    match = \"stir* BEFORE/3 (hysteria | panic) | hysteria\"\n";
const STUDY: &str = "title = \"t\"\nseed = 3\ncodebook = \"codebook.toml\"\ncodings = [\"anna.csv\"]\n[[corpus]]\npath = \"articles.csv\"\n\
    where = \"section == 'World' or section != 'x'\"\nfrom = 2022-01-01\n[compare]\nby = \"outlet\"\nperiod = \"week\"\nvoice = \"all\"\n\
    stance = \"all\"\ncopies = \"all\"\nunit = \"document\"\ninterruptions = [\"2022-02-10\"]\ncontrasts = [[\"f\", \"g\"]]\nwithin = \"section\"\n\
    [groups]\nboth = [\"Lighthouse\", \"Harbour Sun\"]\n[[frame_group]]\nid = \"any\"\nframes = [\"f\", \"g\"]\n[regression]\non = [\"section\"]\n";
const CODINGS: &str = "document,sentence,frame,value\n1,1,f,1\n1,2,f,0\n2,1,g,0\n3,2,f,1\n4,1,g,1\n6,3,g,1\n";
const WHOLES: [(&str, &str); 4] =
    [("study.toml", STUDY), ("codebook.toml", CODEBOOK), ("articles.csv", ARTICLES), ("anna.csv", CODINGS)];

/// Runs a study in `folder`, one of whose four files is torn.
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn torn_study(folder: &Path, stream: &mut RandomStream) -> io::Result<()> {
    let at = stream.below(WHOLES.len());
    for (place, (name, whole)) in WHOLES.into_iter().enumerate() {
        let bytes = if place != at {
            whole.into()
        } else if name.ends_with("toml") {
            torn(whole, stream).into_bytes()
        } else {
            torn_bytes(whole, stream)
        };
        fs::write(folder.join(name), bytes)?;
    }
    drop(ran(folder));
    Ok(())
}

/// Refused, or run.
fn ran(folder: &Path) -> Result<(), AnalysisError> {
    let project = Project::open(&folder.join("study.toml"), Some(&folder.join("out")))?;
    let outcome = run(&project, &Learnt::now(&project, &Unwatched)?, &Unwatched)?;
    let records = &outcome.manifest.records;
    assert_eq!(records.read, records.kept + records.excluded.values().sum::<u64>(), "read is not kept and left out");
    assert_eq!(records.kept, outcome.pass.kept, "the manifest counts otherwise than the pass");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_study_runs() {
        let folder = tempfile::tempdir().unwrap();
        for (name, whole) in WHOLES {
            fs::write(folder.path().join(name), whole).unwrap();
        }
        ran(folder.path()).unwrap();
    }
}
