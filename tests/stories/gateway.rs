//! Dukcapil behind a gateway with a root certificate of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use santunan::domain::source::{Answer, CodeMeaning, Question};
use santunan::live::PopulationSource;
use santunan::live::dukcapil::{Codes, DateStyle, Dukcapil, Method, Settings};

use crate::support::{a_claim, now};

const ROOT: &str = include_str!("../../fixtures/tls/ca.pem");

struct Gateway {
    process: Child,
    port: u16,
}

impl Gateway {
    fn start(answer: &str) -> Self {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let own = home.join("target/test-tools/venv/bin/python");
        let python = std::env::var_os("SANTUNAN_TEST_PYTHON").map_or(own, PathBuf::from);
        let mut command = Command::new(python);
        command.arg(home.join("tests/support/tls_server.py")).arg(home.join("fixtures/tls")).arg(answer);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { port: line.trim().parse().unwrap(), process }
    }

    fn ask(&self, root: &str) -> Answer {
        let client = Dukcapil::new(Settings {
            url: format!("https://localhost:{}", self.port),
            customer: "dinsos".to_owned(),
            user: "u".to_owned(),
            password: "p".to_owned(),
            ip_user: String::new(),
            method: Method::Verify,
            dates: DateStyle::DayFirst,
            threshold: 90,
            timeout: Duration::from_secs(60),
            pauses: Vec::new(),
            daily_limit: 10,
            codes: Codes::new([("13".to_owned(), CodeMeaning::NoMatch)]),
            root: root.to_owned(),
        });
        client.ask(&Question::of(&a_claim().submission().content).remove(0), now(), &mut || true)
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        self.process.wait().unwrap();
    }
}

#[test]
fn a_gateway_is_trusted_by_the_root_of_the_settings_and_by_no_other() {
    let gateway = Gateway::start(r#"{"content":[{"RESPONSE_CODE":"13"}]}"#);
    assert_eq!(gateway.ask(ROOT), Answer::NoMatch);
    for (root, why) in [("", "the roots of the world do not know it"), ("no certificate at all", "a broken file trusts nobody")] {
        assert!(matches!(gateway.ask(root), Answer::Unavailable { .. }), "{why}");
    }
}
