use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::money::Rupiah;
use crate::domain::office::OfficeBank;

fn a_table() -> BankTable {
    let rows = [
        ("002", "BRINIDJA", "Bank Rakyat Indonesia (BRI)"),
        ("008", "BMRIIDJA", "Bank Mandiri"),
        ("113", "PDJGIDJ1", "BPD Jawa Tengah (Bank Jateng)"),
        ("114", "PDJTIDJ1", "BPD Jawa Timur (Bank Jatim)"),
    ];
    let bank = |(code, bic, name): (&str, &str, &str)| Bank { code: code.to_owned(), bic: Bic::parse(bic).unwrap(), name: name.to_owned() };
    BankTable::new(rows.into_iter().map(bank).collect()).unwrap()
}

fn an_office() -> OfficeBank {
    let aliases = [("BANK JATENG", "PDJGIDJ1"), ("BRI", "BRINIDJA"), ("BPR BKK BATANG", "")];
    OfficeBank {
        bank: "BANK JATENG".to_owned(),
        account: "1-001-00123-4".to_owned(),
        holder: "BENDAHARA DINAS SOSIAL".to_owned(),
        unit_code: "DINSOS".to_owned(),
        aliases: aliases.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
    }
}

fn a_line(sequence: u32, bank: &str, amount: i64) -> PaymentLine {
    PaymentLine {
        sequence,
        reference: format!("BTG-2026-{sequence:06}"),
        bank: bank.to_owned(),
        account: format!("1234567{sequence:05}"),
        holder: "SUPARMI".to_owned(),
        amount: Rupiah::new(amount).unwrap(),
        remark: String::new(),
    }
}

fn total(lines: &[PaymentLine]) -> Rupiah {
    Rupiah::sum(lines.iter().map(|l| l.amount)).unwrap()
}

fn faults(office: &OfficeBank, lines: &[PaymentLine], order: Rupiah) -> Vec<PlanFault> {
    PaymentPlan::plan(&a_table(), office, lines, order).err().unwrap_or_default()
}

#[test]
fn each_payment_takes_the_road_of_its_bank() {
    let check = |bank: &str, route: Route, bic: Option<&str>| {
        let lines = [a_line(1, bank, 1_000_000)];
        let plan = PaymentPlan::plan(&a_table(), &an_office(), &lines, total(&lines)).unwrap();
        let planned = plan.carried_by(route);
        assert_eq!(planned.len(), 1, "{bank}");
        assert_eq!(planned[0].bank.as_ref().map(|b| b.bic.as_str()), bic, "{bank}");
    };
    check("Bank  Jateng", Route::OwnBank, Some("PDJGIDJ1"));
    check("BRI", Route::OtherBank, Some("BRINIDJA"));
    check("Bank Mandiri", Route::OtherBank, Some("BMRIIDJA"));
    check("BPR BKK BATANG", Route::ByHand, None);
    check("BANK SAMPAH DESA", Route::ByHand, None);
}

#[test]
fn an_alias_without_a_bic_wins_over_a_namesake_in_the_table() {
    let mut office = an_office();
    office.aliases.insert("bank mandiri".to_owned(), String::new());
    let lines = [a_line(1, "BANK MANDIRI", 5)];
    let plan = PaymentPlan::plan(&a_table(), &office, &lines, total(&lines)).unwrap();
    assert_eq!(plan.carried_by(Route::ByHand).len(), 1);
}

#[test]
fn an_order_whose_lines_do_not_add_up_is_refused_whole() {
    let lines = [a_line(1, "BRI", 1_000_000), a_line(2, "BRI", 1_000_000)];
    let order = Rupiah::new(2_000_001).unwrap();
    assert_eq!(faults(&an_office(), &lines, order), [PlanFault::Total { lines: total(&lines), order }]);
    let huge = [a_line(1, "BRI", i64::MAX), a_line(2, "BRI", 1)];
    assert_eq!(faults(&an_office(), &huge, order), [PlanFault::TooLarge]);
    assert_eq!(faults(&an_office(), &[], Rupiah::ZERO), [PlanFault::Empty]);
}

#[test]
fn wrong_bank_data_of_the_office_is_named_before_anything_is_paid() {
    let lines = [a_line(1, "BRI", 1)];
    let mut office = an_office();
    office.bank = "BANK BATANG".to_owned();
    office.account = "rekening".to_owned();
    office.aliases.insert("BNI".to_owned(), "BNINIDJB".to_owned());
    office.aliases.insert("bri.".to_owned(), "BMRIIDJA".to_owned());
    let expected = [
        PlanFault::Alias { alias: "BNI".to_owned(), bic: "BNINIDJB".to_owned() },
        PlanFault::AliasTwice("bri.".to_owned()),
        PlanFault::OwnBank("BANK BATANG".to_owned()),
        PlanFault::SourceAccount,
    ];
    assert_eq!(faults(&office, &lines, total(&lines)), expected);
}

#[test]
fn a_reference_used_twice_is_refused_also_in_other_capitals() {
    let mut lines = [a_line(1, "BRI", 1), a_line(2, "BRI", 1)];
    lines[1].reference = lines[0].reference.to_lowercase();
    let fault = LineFault::SameReference("btg-2026-000001".to_owned());
    assert_eq!(faults(&an_office(), &lines, total(&lines)), [PlanFault::Line { sequence: 2, fault }]);
}

proptest! {
    #[test]
    fn the_roads_together_carry_exactly_the_order(parts in prop::collection::vec((0..6_usize, 1..5_000_000_i64), 1..60)) {
        let names = ["BRI", "BANK JATENG", "BPR BKK BATANG", "Bank Mandiri", "114", "ENTAH"];
        let lines: Vec<PaymentLine> = parts.iter().zip(1..).map(|((bank, amount), n)| a_line(n, names[*bank], *amount)).collect();
        let plan = PaymentPlan::plan(&a_table(), &an_office(), &lines, total(&lines)).unwrap();
        let carried: BTreeMap<u32, Rupiah> =
            Route::ALL.iter().flat_map(|r| plan.carried_by(*r)).map(|p| (p.line.sequence, p.line.amount)).collect();
        prop_assert_eq!(carried.len(), lines.len());
        prop_assert_eq!(Rupiah::sum(carried.into_values()), Some(plan.total()));
        prop_assert_eq!(plan.total(), total(&lines));
    }
}
