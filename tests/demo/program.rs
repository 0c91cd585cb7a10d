//! Calling the program with nothing of this machine's own settings.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// How a call ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub said: String,
    pub complained: String,
}

impl Ended {
    pub fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{self:?}");
        serde_json::from_str(&self.said).unwrap()
    }

    /// Expects this exit code and a sentence with these words.
    #[track_caller]
    pub fn refused(&self, code: i32, words: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.complained.contains(words), "{self:?}");
    }
}

/// Calls the program with its data in a folder.
pub fn santunan(data: &Path, words: &[&str]) -> Ended {
    santunan_with(&[("SANTUNAN_DATA_DIR", data.to_str().unwrap())], words)
}

/// Calls the program with these variables and no other setting.
pub fn santunan_with(variables: &[(&str, &str)], words: &[&str]) -> Ended {
    let kept = ["PATH", "HOME", "TMPDIR"].into_iter().filter_map(|name| std::env::var_os(name).map(|value| (name, value)));
    let mut command = Command::new(env!("CARGO_BIN_EXE_santunan"));
    let output = command.env_clear().envs(kept).envs(variables.iter().copied()).args(words).output().unwrap();
    Ended {
        code: output.status.code().unwrap(),
        said: String::from_utf8(output.stdout).unwrap(),
        complained: String::from_utf8(output.stderr).unwrap(),
    }
}
