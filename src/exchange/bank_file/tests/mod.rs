use std::collections::BTreeMap;

use chrono::TimeZone;

use super::*;
use crate::exchange::{OutFile, bank_table};

mod built_in;
mod own;
mod shapes;

pub(in crate::exchange) fn a_table() -> BankTable {
    bank_table::read(include_str!("../../../../fixtures/bank_codes.csv")).unwrap()
}

pub(in crate::exchange) fn an_office() -> OfficeBank {
    let aliases = [
        ("BANK JATENG", "PDJGIDJ1"),
        ("BRI", "BRINIDJA"),
        ("MANDIRI", "BMRIIDJA"),
        ("BNI", "BNINIDJA"),
        ("BSI", "BSMDIDJA"),
        ("BCA", "CENAIDJA"),
        ("BPR BKK BATANG", ""),
    ];
    OfficeBank {
        bank: "BANK JATENG".to_owned(),
        account: "1-001-00123-4".to_owned(),
        holder: "Bendahara Pengeluaran Dinas Sosial".to_owned(),
        unit_code: "DINSOS".to_owned(),
        aliases: aliases.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect::<BTreeMap<_, _>>(),
    }
}

pub(in crate::exchange) fn a_line(sequence: u32, bank: &str, holder: &str, amount: i64) -> PaymentLine {
    PaymentLine {
        sequence,
        reference: format!("BTG-2026-{sequence:06}"),
        bank: bank.to_owned(),
        account: format!("0055 0182 41{sequence:05}"),
        holder: holder.to_owned(),
        amount: Rupiah::new(amount).unwrap(),
        remark: "Santunan kematian a.n. almarhum Ratmen bin Karso".to_owned(),
    }
}

pub(in crate::exchange) fn a_batch<'a>(table: &'a BankTable, office: &'a OfficeBank, lines: &'a [PaymentLine]) -> Batch<'a> {
    Batch {
        table,
        office,
        lines,
        execute_on: NaiveDate::from_ymd_opt(2026, 6, 22).unwrap(),
        created_at: Utc.with_ymd_and_hms(2026, 6, 21, 20, 30, 0).unwrap(),
        day_sequence: 1,
        message_id: "3325-2026-000001",
    }
}

fn write_by(profile: &Profile, lines: &[PaymentLine]) -> Result<Vec<OutFile>, BankFileFault> {
    profile.write(&a_batch(&a_table(), &an_office(), lines))
}

/// By the text of a profile.
fn write_with(profile: &str, lines: &[PaymentLine]) -> Result<Vec<OutFile>, BankFileFault> {
    write_by(&Profile::parse(profile).unwrap(), lines)
}

fn built_in(name: &str) -> &'static str {
    Profiles::built_in_text(name).unwrap()
}

fn text(file: &OutFile) -> String {
    String::from_utf8(file.bytes.clone()).unwrap()
}

/// Name, number of payments and sum of each file.
fn summary(files: &[OutFile]) -> Vec<(&str, usize, i64)> {
    files.iter().map(|file| (file.name.as_str(), file.items, file.total.whole())).collect()
}
