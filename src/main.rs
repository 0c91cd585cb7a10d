//! The command: reads the words, runs the act, ends with its code.

use std::process::ExitCode;

use clap::Parser;
use santunan::cli::{Cli, run};

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::from(fault.exit_code())
        }
    }
}
