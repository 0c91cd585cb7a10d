//! The pages of money that has to come back.

use chrono::NaiveDate;

use super::flash;
use super::undo::UndoAttempt;
use crate::domain::access::Role;
use crate::domain::calendar::{long_date, short_date};
use crate::domain::letter::LetterKind;
use crate::domain::money::Rupiah;
use crate::domain::undo::{Due, overdue, standing_of};
use crate::store::money::annulments;
use crate::store::money::recoveries::{self, AgreedPlan, Case, Payment};
use crate::store::{DbConn, StoreError, claims, letters, users};
use crate::web::page::{Chip, Fact, Link, Tone};
use crate::web::pages::{CaseRow, DueRow, PartRow, RecoveriesPage, RecoveryPage, Written};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::EVIDENCE_FIELD;

/// Every case.
///
/// # Errors
/// [`Problem`] of the database.
pub fn recoveries_page(site: &Site, staff: &Staff) -> Result<RecoveriesPage, Problem> {
    let today = site.today();
    site.desk.store.read(|conn| {
        let cases = recoveries::all(conn, &staff.actor.office)?;
        let sum = |of: &dyn Fn(&Case) -> Rupiah| Rupiah::sum(cases.iter().map(of)).unwrap_or_default();
        let (owed, balance) = (sum(&|case| case.owed), sum(&Case::balance));
        let came = owed.checked_sub(balance).unwrap_or_default();
        let late = sum(&|case| late_of(case, today));
        let rows = cases.iter().map(|case| case_row(conn, case, today)).collect::<Result<Vec<_>, StoreError>>()?;
        Ok(RecoveriesPage {
            shell: site.shell_for(staff, "Pengembalian").at("/keuangan"),
            sums: vec![
                Fact::new("Harus dikembalikan", owed.to_string()),
                Fact::new("Sudah kembali", came.to_string()),
                Fact::new("Sisa", balance.to_string()),
                Fact::new("Terlambat", late.to_string()),
            ],
            rows,
        })
    })
}

fn late_of(case: &Case, today: NaiveDate) -> Rupiah {
    overdue(case.plan().map(|agreed| &agreed.plan), case.balance(), today)
}

fn case_row(conn: &mut DbConn, case: &Case, today: NaiveDate) -> Result<CaseRow, StoreError> {
    let (balance, late) = (case.balance(), late_of(case, today));
    let next = case.plan().and_then(|agreed| standing_of(&agreed.plan, balance).into_iter().find(|due| due.missing > Rupiah::ZERO));
    Ok(CaseRow {
        id: case.id.clone(),
        debtor: case.debtor.name.clone(),
        code: claims::code_of(conn, &case.claim_id)?,
        chip: chip(case, late),
        next: match next {
            _ if case.settled => "lunas".to_owned(),
            None => "belum ada rencana angsuran".to_owned(),
            Some(due) => format!("berikutnya {} paling lambat {}", due.missing, short_date(due.instalment.due_on)),
        },
        owed: case.owed.grouped(),
        came: case.owed.checked_sub(balance).unwrap_or_default().grouped(),
        balance: balance.grouped(),
        overdue: late.grouped(),
    })
}

fn chip(case: &Case, late: Rupiah) -> Chip {
    match (case.settled, late > Rupiah::ZERO) {
        (true, _) => Chip::new("Lunas", Tone::Good),
        (false, true) => Chip::new("Terlambat", Tone::Bad),
        (false, false) => Chip::new("Berjalan", Tone::Moving),
    }
}

/// One case.
///
/// # Errors
/// [`Problem::not_found`] for a case of another office.
pub fn recovery_page(site: &Site, staff: &Staff, id: &str, attempt: &UndoAttempt) -> Result<RecoveryPage, Problem> {
    let today = site.today();
    site.desk.store.read(|conn| {
        let actor = &staff.actor;
        let case = recoveries::load(conn, &actor.office, id)?;
        let late = late_of(&case, today);
        let finance = actor.role == Role::Finance;
        let parts = case.payments.iter().map(|part| part_row(conn, staff, &case, part)).collect::<Result<Vec<_>, StoreError>>()?;
        Ok(RecoveryPage {
            shell: site
                .shell_for(staff, format!("Pengembalian oleh {}", case.debtor.name))
                .at("/keuangan")
                .with_flash(flash(attempt.message.as_deref())),
            errors: attempt.errors.clone(),
            refusal: attempt.refusal.clone(),
            id: case.id.clone(),
            version: case.version,
            code: claims::code_of(conn, &case.claim_id)?,
            chip: chip(&case, late),
            facts: facts(conn, staff, &case, late)?,
            can_act: finance && !case.settled,
            dues: case.plan().map(|agreed| due_rows(agreed, case.balance(), today)).unwrap_or_default(),
            basis: case.plan().map(plan_text).unwrap_or_default(),
            former: case
                .plans
                .iter()
                .rev()
                .skip(1)
                .map(|agreed| Fact::new(format!("Rencana ke-{}", agreed.position), plan_text(agreed)))
                .collect(),
            parts,
            letters: letter_links(conn, staff, &case)?,
            file_key: EVIDENCE_FIELD,
            typed: Written(attempt.typed.texts().to_vec()),
        })
    })
}

fn facts(conn: &mut DbConn, staff: &Staff, case: &Case, late: Rupiah) -> Result<Vec<Fact>, StoreError> {
    let annulment = annulments::load(conn, &staff.actor.office, &case.annulment_id)?;
    let balance = case.balance();
    let nik = case.debtor.nik.as_ref().map(|nik| format!(", NIK {}", nik.masked())).unwrap_or_default();
    Ok(vec![
        Fact::new("Yang mengembalikan", format!("{}{nik}", case.debtor.name)),
        Fact::new("Alamat", &case.debtor.address),
        Fact::new("Sebab", format!("{}: {}", annulment.ground.label(), annulment.words)),
        Fact::new("Dibatalkan", long_date(case.opened_on)),
        Fact::new("Harus dikembalikan", case.owed.to_string()),
        Fact::new("Sudah kembali", case.owed.checked_sub(balance).unwrap_or_default().to_string()),
        Fact::new("Sisa", balance.to_string()),
        Fact::new("Terlambat", late.to_string()),
    ])
}

fn due_rows(agreed: &AgreedPlan, balance: Rupiah, today: NaiveDate) -> Vec<DueRow> {
    let chip = |due: &Due| match due.missing {
        missing if missing == Rupiah::ZERO => Chip::new("Sudah masuk", Tone::Good),
        missing if due.instalment.due_on < today => Chip::new(format!("Terlambat, kurang {missing}"), Tone::Bad),
        missing if missing < due.instalment.amount => Chip::new(format!("Kurang {missing}"), Tone::Attention),
        _ => Chip::new("Belum jatuh tempo", Tone::Plain),
    };
    let row = |due: Due| DueRow { on: long_date(due.instalment.due_on), amount: due.instalment.amount.to_string(), chip: chip(&due) };
    standing_of(&agreed.plan, balance).into_iter().map(row).collect()
}

fn plan_text(agreed: &AgreedPlan) -> String {
    let count = agreed.plan.instalments().len();
    format!("{count} angsuran untuk {}, disepakati {}: {}", agreed.plan.total(), long_date(agreed.agreed_on), agreed.basis)
}

fn part_row(conn: &mut DbConn, staff: &Staff, case: &Case, part: &Payment) -> Result<PartRow, StoreError> {
    let name = users::by_id(conn, &part.by)?.actor.name;
    Ok(PartRow {
        id: part.id.clone(),
        slip: format!("{}, {}", part.number, long_date(part.paid_on)),
        remark: format!("Bukti angsuran {}, dicatat {name}", part.receipt_number),
        amount: part.amount.to_string(),
        evidence: format!("/keuangan/pengembalian/{}/bukti/{}", case.id, part.id),
        voided: part.voided.as_ref().map(|(_, _, why)| why.clone()).unwrap_or_default(),
        can_void: staff.actor.role == Role::Finance && part.by != staff.actor.id && part.voided.is_none(),
        key: format!("alasan_{}", part.id),
    })
}

fn letter_links(conn: &mut DbConn, staff: &Staff, case: &Case) -> Result<Vec<Link>, StoreError> {
    let own = [LetterKind::PermintaanPengembalian, LetterKind::BuktiAngsuran];
    let all = letters::of_claim(conn, &case.claim_id)?;
    let mut links = Vec::new();
    for letter in all.iter().filter(|letter| staff.actor.sees(&letter.village)) {
        if let Some(kind) = own.iter().find(|kind| kind.code() == letter.kind) {
            let label = format!("{} {}", kind.label(), letter.number);
            links.push(Link { href: format!("/surat/{}", letter.id), label, value: String::new() });
        }
    }
    Ok(links)
}
