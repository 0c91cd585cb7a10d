//! Fetching a frozen bank file. A second fetching is marked in its name, lest the bank be sent one payment twice.

use crate::domain::access::{Actor, Role};
use crate::store::audit;
use crate::store::money::{bank_files, orders};
use crate::workflow::desk::Desk;
use crate::workflow::refusal::Refusal;

/// The bytes of a frozen file and the name it is saved under: from the second time on with the copy's number before it.
///
/// # Errors
/// [`Refusal::NotFound`] outside the office, [`Refusal::NotYourRole`], [`Refusal::Files`] when the kept file was changed.
pub fn fetch_bank_file(desk: &Desk, actor: &Actor, order_id: &str, name: &str) -> Result<(Vec<u8>, String), Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let order = orders::load(tx, &actor.office, order_id)?;
        let file = bank_files::of_order(tx, &order.id)?.into_iter().find(|file| file.name == name).ok_or(Refusal::NotFound)?;
        let bytes = desk.files.read(&file.sha256)?;
        let copy = bank_files::count_download(tx, &order.id, name)?;
        let details = serde_json::json!({ "name": name, "sha256": file.sha256, "copy": copy });
        audit::append(tx, actor, "bank_file.fetch", &format!("order:{}", order.id), &details.to_string(), desk.clock.now())?;
        let saved_as = if copy > 1 { format!("SALINAN-{copy}_{name}") } else { name.to_owned() };
        Ok((bytes, saved_as))
    })
}
