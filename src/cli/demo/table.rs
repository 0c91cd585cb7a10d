//! The closing table: claims per state, findings, budget position, files.

use std::path::Path;

use chrono::Datelike;
use serde_json::{Value, json};

use crate::cli::fault::CliFault;
use crate::domain::access::Role;
use crate::domain::money::Rupiah;
use crate::store::money::budget;
use crate::store::{StoreError, claims, events, outbox};
use crate::workflow::Desk;

use super::out::Written;
use super::story::Told;

/// Everything the table shows, as JSON.
pub(super) fn summarise(desk: &Desk, told: &Told, written: &Written) -> Result<Value, CliFault> {
    let reader = told.logins.iter().find(|l| l.actor.role == Role::Auditor).map(|l| &l.actor);
    let reader = reader.ok_or_else(|| CliFault::Environment("tidak ada akun inspektorat".into()))?;
    let year = told.orders.first().map_or(2026, |order| order.ordered_on.year());
    let facts = desk.store.read::<_, StoreError>(|conn| {
        let line = budget::line_of_year(conn, &told.office, year)?;
        Ok((
            claims::counts(conn, reader)?,
            events::finding_counts(conn, &told.office)?,
            budget::position(conn, &line)?,
            outbox::counts(conn, &told.office)?,
        ))
    })?;
    let (mut states, findings, position, mail) = facts;
    states.sort();
    Ok(json!({
        "residents": told.residents,
        "claims": {
            "in_file": told.claims_in_file,
            "filed": states.iter().map(|(_, n)| n).sum::<i64>(),
            "refused_at_filing": told.refused.iter().map(|(id, why)| json!({ "claim_id": id, "why": why })).collect::<Vec<_>>(),
            "per_state": states.iter().map(|(s, n)| json!({ "state": s.code(), "label": s.label(), "count": n })).collect::<Vec<_>>(),
        },
        "findings": findings.iter().map(|(code, n)| json!({ "code": code, "count": n })).collect::<Vec<_>>(),
        "budget": {
            "year": year,
            "ceiling": position.ceiling.whole(),
            "committed": position.committed.whole(),
            "decreed": position.decreed.whole(),
            "ordered": position.ordered.whole(),
            "paid": position.paid.whole(),
            "sent": position.sent.whole(),
            "returned": position.returned.whole(),
            "back_to_treasury": position.deposited.whole(),
            "remaining": position.remaining.whole(),
        },
        "letters": written.letters.iter().map(|(kind, n)| json!({ "kind": kind, "count": n })).collect::<Vec<_>>(),
        "cash_day": {
            "invited": told.cash_day.invited,
            "collected": told.cash_day.collected,
            "missed": told.cash_day.missed,
            "in_box": told.cash_day.in_box.whole(),
            "closed": told.cash_day.closed,
        },
        "bank_files": written.bank_files.iter().map(|f| json!({ "name": f.name, "items": f.items, "total": f.total })).collect::<Vec<_>>(),
        "mail": { "sent": mail.sent, "due": mail.due, "dead": mail.dead },
        "files": written.files,
    }))
}

/// Prints the summary for people.
pub(super) fn print(summary: &Value, out: &Path) {
    let number = |value: &Value| value.as_i64().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let each = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let part = |value: &Value, key: &str| value.get(key).cloned().unwrap_or_default();
    let claims = part(summary, "claims");
    println!(
        "Data warga {} orang; {} permohonan dalam berkas, {} tersimpan.\n",
        number(&part(summary, "residents")),
        number(&part(&claims, "in_file")),
        number(&part(&claims, "filed"))
    );
    println!("Permohonan");
    for row in each(&part(&claims, "per_state")) {
        println!("  {:<32} {:>6}", text(&part(&row, "label")), number(&part(&row, "count")));
    }
    for row in each(&part(&claims, "refused_at_filing")) {
        println!("  tidak dapat diajukan: {} — {}", text(&part(&row, "claim_id")), text(&part(&row, "why")));
    }
    println!("\nTemuan pemeriksaan silang");
    for row in each(&part(summary, "findings")) {
        println!("  {:<32} {:>6}", text(&part(&row, "code")), number(&part(&row, "count")));
    }
    let budget = part(summary, "budget");
    println!("\nAnggaran {}", number(&part(&budget, "year")));
    for (key, label) in [
        ("ceiling", "pagu"),
        ("committed", "komitmen"),
        ("decreed", "ditetapkan dalam SK"),
        ("ordered", "diperintahkan bayar"),
        ("paid", "dibayar"),
        ("remaining", "sisa pagu"),
    ] {
        let amount = Rupiah::new(number(&part(&budget, key))).unwrap_or_default();
        println!("  {label:<24} {:>22}", amount.to_string());
    }
    let day = part(summary, "cash_day");
    println!(
        "\nHari pengambilan tunai: {} diundang, {} menerima, {} tidak datang; di kas {}",
        number(&part(&day, "invited")),
        number(&part(&day, "collected")),
        number(&part(&day, "missed")),
        Rupiah::new(number(&part(&day, "in_box"))).unwrap_or_default()
    );
    println!("\nSurat");
    for row in each(&part(summary, "letters")) {
        println!("  {:<32} {:>6}", text(&part(&row, "kind")).replace('_', "-"), number(&part(&row, "count")));
    }
    println!("\nBerkas bank");
    for row in each(&part(summary, "bank_files")) {
        let total = Rupiah::new(number(&part(&row, "total"))).unwrap_or_default();
        println!("  {:<40} {:>4} baris {:>16}", text(&part(&row, "name")), number(&part(&row, "items")), total.to_string());
    }
    println!("\n{} berkas di {}", number(&part(summary, "files")), out.display());
}
