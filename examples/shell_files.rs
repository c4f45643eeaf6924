//! Man pages and completions for bash, zsh, fish and PowerShell, from the command line's own description.
//!
//! `cargo run --example shell_files -- FOLDER` writes `man/parallax.1` and one page a command, and `completions/`.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap_complete::Shell;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    let (man, completions) = (folder.join("man"), folder.join("completions"));
    fs::create_dir_all(&man)?;
    fs::create_dir_all(&completions)?;
    let mut command = parallax::cli::command_line().disable_help_subcommand(true);
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
        clap_complete::generate_to(shell, &mut command, "parallax", &completions)?;
    }
    clap_mangen::generate_to(command, &man)?;
    Ok(())
}
