//! The page of what waits for a person: dead payees, and work that did not go through.

use super::alert::desk_alerts;
use super::flash;
use crate::domain::access::Role;
use crate::exchange::claim_form::FieldErrors;
use crate::store::tasks::{Task, TaskKind};
use crate::web::page::{Chip, Link, Tone, when};
use crate::web::pages::{AttentionPage, TaskView};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::{Site, village_name};
use crate::workflow::{Troubled, troubled};

/// An act that did not go through, shown again with what was typed.
#[derive(Debug, Clone, Default)]
pub struct AttentionAttempt {
    /// Task that was to be closed.
    pub task_id: String,
    /// Reason as typed.
    pub reason: String,
    /// Faults.
    pub errors: FieldErrors,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

/// The page.
///
/// # Errors
/// [`Problem`] of the database.
pub fn attention_page(site: &Site, staff: &Staff, attempt: &AttentionAttempt) -> Result<AttentionPage, Problem> {
    let (alerts, tasks) = site.desk.store.read(|conn| Ok::<_, Problem>((desk_alerts(conn, staff)?, troubled(conn, &staff.actor)?)))?;
    Ok(AttentionPage {
        shell: site.shell_for(staff, "Yang perlu dilihat").at("/perhatian").with_flash(flash(attempt.message.as_deref())),
        errors: attempt.errors.clone(),
        refusal: attempt.refusal.clone(),
        alerts,
        tasks: tasks.iter().map(|found| task_view(staff, found, attempt)).collect(),
        may_act: staff.actor.role != Role::Auditor,
    })
}

fn task_view(staff: &Staff, found: &Troubled, attempt: &AttentionAttempt) -> TaskView {
    let task = &found.task;
    let tried = attempt.task_id == task.id;
    let claim = found.claim.as_ref().map(|claim| Link {
        href: claim_href(staff.actor.role, &claim.code),
        label: claim.code.clone(),
        value: village_name(&claim.village),
    });
    TaskView {
        id: task.id.clone(),
        what: what(task.kind),
        state: if task.given_up { Chip::new("Berhenti", Tone::Bad) } else { Chip::new("Dicoba lagi sendiri", Tone::Attention) },
        claim,
        cause: task.cause.clone(),
        tries: tries(task),
        error: plain_error(&task.last_error),
        key: format!("alasan_{}", task.id),
        typed: if tried { attempt.reason.clone() } else { String::new() },
        open: tried,
    }
}

/// The page of a claim; whoever looks after the system has no business there and sees the code only.
pub(super) fn claim_href(role: Role, code: &str) -> String {
    if role == Role::Admin { String::new() } else { format!("/permohonan/{code}") }
}

fn what(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::RecheckOffice => "Memeriksa ulang semua permohonan",
        TaskKind::RecheckClaim => "Memeriksa ulang satu permohonan",
        TaskKind::AskSources => "Menanyakan data ke sumber lain",
    }
}

fn tries(task: &Task) -> String {
    let next = if task.given_up { String::new() } else { format!(" Percobaan berikutnya {}.", when(task.due_at)) };
    format!("Sejak {}, sudah {} kali dicoba.{next}", when(task.queued_at), task.attempts)
}

/// What went wrong in plain words: a source's own reason as it is, a code of ours in a sentence.
fn plain_error(error: &str) -> String {
    match error {
        "" => "Belum ada keterangan.".to_owned(),
        "busy" => "Basis data sedang sibuk.".to_owned(),
        "not_found" => "Permohonannya tidak ditemukan lagi.".to_owned(),
        "settings" | "no_policy" => "Pengaturan atau aturan kantor belum lengkap; jalankan santunan migrate --office.".to_owned(),
        "files" => "Berkas tidak dapat dibaca atau ditulis; periksa ruang penyimpanan.".to_owned(),
        "store" => "Basis data menolak; sebabnya ada dalam log program.".to_owned(),
        code if code.contains('_') => format!("Terjadi gangguan ({code}); sebabnya ada dalam log program."),
        words => format!("Sumber data {words}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_a_sentence() {
        for error in ["", "busy", "store", "totals_differ", "tidak terhubung"] {
            let sentence = plain_error(error);
            assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{sentence}");
        }
        assert_eq!(plain_error("tidak terhubung"), "Sumber data tidak terhubung.");
    }
}
