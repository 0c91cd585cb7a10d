//! AKTIF_SESUDAH_MENINGGAL (note): a register made well after the death still has the person alive and on a programme.
//!
//! Registers lag, so only from `register_lag_days` on, and only where PKH or Sembako goes on being recorded.

use chrono::NaiveDate;

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::calendar::short_date;
use crate::domain::register::ResidentStatus;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(released_on) = case.facts.dataset.released_on.filter(|on| is_late(case, *on)) else { return Vec::new() };
    let row = case.facts.person.rows.iter().find(|row| row.status == ResidentStatus::Alive && (row.pkh || row.sembako));
    let finding = row.map(|row| Finding {
        claimed: format!("meninggal {}", short_date(case.content.death.died_on)),
        registered: format!("{} aktif per {}", if row.pkh { "PKH" } else { "Sembako" }, short_date(released_on)),
        ..case.finding(
            FindingCode::AktifSesudahMeninggal,
            "Data yang lebih baru masih mencatat almarhum sebagai penerima bantuan; mohon dipastikan dan laporkan kematiannya ke pendamping.",
        )
    });
    finding.into_iter().collect()
}

fn is_late(case: &Case<'_>, released_on: NaiveDate) -> bool {
    let days = released_on.signed_duration_since(case.content.death.died_on).num_days();
    days >= i64::from(case.limits().register_lag_days)
}
