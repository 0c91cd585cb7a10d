//! The command: reads the words, runs the act, ends with its code.

use std::process::ExitCode;

use clap::Parser;
use santunan::cli::{Cli, run};

fn main() -> ExitCode {
    end_with_the_reader();
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::from(fault.exit_code())
        }
    }
}

/// Ends quietly when whoever reads the answer has had enough (`santunan … --json | head`): Rust's `println!` panics there.
fn end_with_the_reader() {
    let otherwise = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let said = panic.payload().downcast_ref::<String>().map_or("", String::as_str);
        if said.starts_with("failed printing to stdout") && said.contains("os error 32") {
            std::process::exit(0);
        }
        otherwise(panic);
    }));
}
