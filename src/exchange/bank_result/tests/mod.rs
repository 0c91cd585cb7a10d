mod hostile;
mod iso;
mod round_trip;
mod statement;
mod tables;

use super::*;
use crate::domain::payment::ReturnReason;
use crate::domain::payment::report::{Direction, Fate, ReportLine, Return};

/// A sample file.
fn sample(name: &str) -> String {
    let path = format!("{}/fixtures/bank_results/{name}", env!("CARGO_MANIFEST_DIR"));
    String::from_utf8(std::fs::read(path).unwrap()).unwrap()
}

/// Says what a line says, short enough to be compared at a glance.
fn told(line: &ReportLine) -> String {
    let back = |why: &Return| format!("{} {:?}", why.reason.code(), why.text);
    let fate = match &line.fate {
        Fate::Received => "received".to_owned(),
        Fate::Pending => "pending".to_owned(),
        Fate::Settled { on, bank_ref } => {
            format!("settled {} {}", on.map_or("-".to_owned(), |day| day.to_string()), bank_ref.as_deref().unwrap_or("-"))
        }
        Fate::Rejected(why) => format!("rejected {}", back(why)),
        Fate::Returned(why) => format!("returned {}", back(why)),
    };
    let way = if line.direction == Direction::Debit { "D" } else { "C" };
    let reversal = if line.is_reversal { "R" } else { "" };
    let amount = line.amount.map(|amount| amount.to_string()).unwrap_or_default();
    format!("{} {reversal}{way} {amount} {fate}", line.reference.as_deref().unwrap_or("-"))
}

fn told_of(report: &Report) -> Vec<String> {
    report.lines.iter().map(told).collect()
}

/// Why a file is refused, for people.
fn refusal(text: &str, how: How<'_>) -> String {
    read(text.as_bytes(), how).unwrap_err().to_string()
}

#[test]
fn a_reason_survives_the_words_around_it() {
    assert_eq!(ReturnReason::read("AC04 REKENING TUTUP"), ReturnReason::ClosedAccount);
}
