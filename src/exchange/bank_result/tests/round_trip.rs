//! An order of ours, answered by the invented bank, read and held against what was sent.

use std::process::Command;

use chrono::{NaiveDate, TimeZone, Utc};

use super::*;
use crate::domain::money::Rupiah;
use crate::domain::payment::PaymentLine;
use crate::domain::payment::reconcile::{HolderName, Outcome, Reconciled, SentItem, Standing, reconcile};
use crate::domain::payment::report::AccountNumber;
use crate::exchange::bank_file::tests::{a_line, an_office};
use crate::exchange::{bank_table, pain001};
use crate::invented::bank::{Answer, Bank, Course, Manner};

const MESSAGE: &str = "3325-2026-000001";

fn lines(count: u32) -> Vec<PaymentLine> {
    (1..=count)
        .map(|n| PaymentLine {
            account: format!("5955018{n:08}"),
            ..a_line(n, if n % 2 == 0 { "BRI" } else { "BANK JATENG" }, "SITI AMINAH", 1_000_000)
        })
        .collect()
}

fn order(lines: &[PaymentLine]) -> Vec<u8> {
    let table = bank_table::read(include_str!("../../../../fixtures/bank_codes.csv")).unwrap();
    let message = pain001::Message {
        id: MESSAGE.to_owned(),
        created_at: Utc.with_ymd_and_hms(2026, 6, 21, 20, 30, 0).unwrap(),
        execute_on: NaiveDate::from_ymd_opt(2026, 6, 22).unwrap(),
        sequence: 1,
    };
    pain001::write(&message, &table, &an_office(), lines).unwrap().bytes
}

fn bank() -> Bank {
    let list = include_str!("../../../../fixtures/bank_codes.csv");
    Bank::new(list.lines().skip(1).filter_map(|row| row.split(',').nth(1).map(str::to_owned)))
}

fn sent(lines: &[PaymentLine]) -> Vec<SentItem> {
    let item = |line: &PaymentLine| SentItem {
        id: format!("item-{}", line.sequence),
        order_id: "order".to_owned(),
        reference: line.reference.clone(),
        account: AccountNumber::parse(&line.account).unwrap(),
        holder: HolderName(line.holder.clone()),
        amount: line.amount,
        standing: Standing::Sent,
        bank_message_id: Some(MESSAGE.to_owned()),
        bank_part_id: None,
        booking: None,
    };
    lines.iter().map(item).collect()
}

fn advance(items: &mut [SentItem], reconciled: &Reconciled) {
    for verdict in reconciled.settled() {
        let item = items.iter_mut().find(|item| Some(item.id.as_str()) == verdict.outcome.item()).unwrap();
        item.standing = verdict.outcome.new_standing().unwrap();
    }
}

fn expected(course: &Course) -> Standing {
    if *course == Course::Settled { Standing::Paid } else { Standing::Returned }
}

fn assert_valid(text: &str, schema: &str) {
    use std::io::Write as _;
    let mut kept = tempfile::NamedTempFile::new().unwrap();
    kept.write_all(text.as_bytes()).unwrap();
    let schema = format!("{}/fixtures/iso20022/{schema}.xsd", env!("CARGO_MANIFEST_DIR"));
    let run = Command::new("xmllint").args(["--noout", "--nonet", "--schema", &schema]).arg(kept.path()).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

fn answered(count: u32, in_batches: bool) -> (Vec<PaymentLine>, Answer) {
    let lines = lines(count);
    let manner = Manner { seed: 7, rejected_per_mille: 150, returned_per_mille: 150, in_batches };
    let answer = bank().answer(&order(&lines), manner).unwrap();
    assert_eq!(answer.refused, None);
    (lines, answer)
}

#[test]
fn our_order_is_accepted_and_every_answer_tells_the_same_fates() {
    for in_batches in [false, true] {
        let (lines, answer) = answered(60, in_batches);
        assert_valid(&answer.pain002, "pain.002.001.12");
        assert_valid(answer.camt053.as_deref().unwrap(), "camt.053.001.08");
        assert_valid(answer.camt054.as_deref().unwrap(), "camt.054.001.08");
        let layout = tables::layout(str::to_owned);
        let roads: [Vec<(&str, How<'_>)>; 4] = [
            vec![(&answer.pain002, How::Iso20022), (answer.camt054.as_deref().unwrap(), How::Iso20022)],
            vec![(&answer.pain002, How::Iso20022), (answer.camt053.as_deref().unwrap(), How::Iso20022)],
            vec![(&answer.pain002, How::Iso20022), (answer.mt940.as_deref().unwrap(), How::Mt940)],
            vec![(answer.csv.as_deref().unwrap(), How::Table(&layout))],
        ];
        for road in roads {
            let mut items = sent(&lines);
            for (text, how) in road {
                let report = read(text.as_bytes(), how).unwrap();
                assert!(report.notes.is_empty());
                let reconciled = reconcile(&items, &[], &report).unwrap();
                assert!(!reconciled.verdicts.iter().any(|v| matches!(
                    v.outcome,
                    Outcome::BadReversal { .. } | Outcome::AmountMismatch { .. } | Outcome::AccountMismatch { .. }
                )));
                advance(&mut items, &reconciled);
            }
            let course_of = |item: &SentItem| &answer.courses.iter().find(|(reference, _)| *reference == item.reference).unwrap().1;
            let wrong: Vec<_> = items.iter().filter(|item| item.standing != expected(course_of(item))).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
        }
        let standings: std::collections::HashSet<_> = answer.courses.iter().map(|(_, course)| std::mem::discriminant(course)).collect();
        assert_eq!(standings.len(), 3, "the seed shows every fate");
    }
}

#[test]
fn an_order_the_bank_refuses_comes_back_whole_and_one_sent_twice_is_no_return() {
    let lines = lines(4);
    let xml = String::from_utf8(order(&lines)).unwrap();
    let manner = Manner { seed: 1, rejected_per_mille: 0, returned_per_mille: 0, in_batches: false };
    let refused = bank().answer(xml.replacen("<CtrlSum>4000000<", "<CtrlSum>4000001<", 1).as_bytes(), manner).unwrap();
    assert_valid(&refused.pain002, "pain.002.001.12");
    let mut items = sent(&lines);
    // The bank repeats the wrong sum, which is not the sum that was sent: a person must look.
    let reconciled = reconcile(&items, &[], &read(refused.pain002.as_bytes(), How::Iso20022).unwrap()).unwrap();
    assert_eq!(reconciled.counts()["unknown"], 1);
    let refused = bank().answer(xml.replace("BRINIDJA", "XXXXIDJA").as_bytes(), manner).unwrap();
    let reconciled = reconcile(&items, &[], &read(refused.pain002.as_bytes(), How::Iso20022).unwrap()).unwrap();
    assert_eq!(reconciled.counts()["returned"], 4);
    let mut bank = bank();
    let first = bank.answer(xml.as_bytes(), manner).unwrap();
    let again = bank.answer(xml.as_bytes(), manner).unwrap();
    assert_eq!(again.refused.as_ref().unwrap().0, "AM05");
    let reconciled = reconcile(&items, &[], &read(first.pain002.as_bytes(), How::Iso20022).unwrap()).unwrap();
    advance(&mut items, &reconciled);
    assert!(items.iter().all(|item| item.standing == Standing::Paid));
    let reconciled = reconcile(&items, &[], &read(again.pain002.as_bytes(), How::Iso20022).unwrap()).unwrap();
    assert_eq!((reconciled.counts()["duplicate"], reconciled.settled().count()), (4, 0));
}

#[test]
fn ten_thousand_lines_are_read_and_held_against_ten_thousand_payments() {
    let (lines, answer) = answered(10_000, true);
    let start = std::time::Instant::now();
    let report = read(answer.camt053.as_deref().unwrap().as_bytes(), How::Iso20022).unwrap();
    let read_in = start.elapsed();
    let reconciled = reconcile(&sent(&lines), &[], &report).unwrap();
    assert!(reconciled.counts()["matched"] > 8_000);
    // An unoptimised build; the bar of the whole import, optimised, is three seconds.
    assert!(start.elapsed().as_secs() < 20, "read in {read_in:?}, held in {:?}", start.elapsed());
    assert_eq!(Rupiah::new(1_000_000).ok(), report.lines[0].amount.and_then(crate::domain::payment::report::BankAmount::rupiah));
}
