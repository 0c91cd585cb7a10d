//! Payees who are known as dead, for the desks of those who can still stop the money.

use crate::domain::access::Role;
use crate::domain::calendar::short_date;
use crate::store::payee_alerts::{self, PayeeAlert};
use crate::store::{DbConn, StoreError};
use crate::web::pages::AlertView;
use crate::web::session::Staff;

/// What a role that decides or pays has to see on its desk; other roles see it on the claim's own page.
///
/// # Errors
/// [`StoreError`].
pub fn desk_alerts(conn: &mut DbConn, staff: &Staff) -> Result<Vec<AlertView>, StoreError> {
    match staff.actor.role {
        Role::Verifier | Role::Approver | Role::Finance | Role::Auditor => {
            Ok(payee_alerts::open(conn, &staff.actor)?.iter().map(alert_view).collect())
        }
        Role::Operator | Role::VillageHead | Role::Admin => Ok(Vec::new()),
    }
}

/// The alert about one claim, if there is one.
///
/// # Errors
/// [`StoreError`].
pub fn claim_alert(conn: &mut DbConn, staff: &Staff, code: &str) -> Result<Vec<AlertView>, StoreError> {
    let own = payee_alerts::open(conn, &staff.actor)?;
    Ok(own.iter().filter(|alert| alert.claim_code == code).map(alert_view).collect())
}

fn alert_view(alert: &PayeeAlert) -> AlertView {
    let dated = alert.dataset_on.map(|on| format!(", {}", short_date(on))).unwrap_or_default();
    AlertView {
        code: alert.claim_code.clone(),
        deceased: alert.deceased.clone(),
        payee: alert.payee.clone(),
        told: alert.told.clone(),
        source: format!("{}{dated}", alert.dataset),
        todo: if alert.decreed {
            "Sudah masuk SK: bendahara menahan pembayarannya dan menanyakan ahli waris pengganti kepada keluarga lewat desa."
        } else {
            "Belum masuk SK: Kepala Dinas menunda atau membatalkan persetujuan, lalu keluarga menunjuk ahli waris lain."
        },
    }
}
