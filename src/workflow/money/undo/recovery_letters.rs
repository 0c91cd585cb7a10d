//! The letters of a recovery: the demand with its plan, and the note for each part.

use crate::domain::calendar::wib_date;
use crate::domain::letter::{Addressee, BuktiAngsuran, DueLine, LetterContent, PermintaanPengembalian};
use crate::domain::money::Rupiah;
use crate::store::claims::Claim;
use crate::store::letters::{About, Issued};
use crate::store::money::recoveries::{AgreedPlan, Case, Payment};
use crate::store::money::{annulments, items};
use crate::store::{Tx, claims};
use crate::workflow::letter::{Draft, Issuer, Numbered, place, village_addressee};
use crate::workflow::refusal::Refusal;

fn about(claim: &Claim) -> About {
    About { claim_id: Some(claim.id.clone()), ..About::default() }
}

/// Issues the demand for what is still owed, with the plan that was agreed about it.
pub fn demand(tx: &mut Tx<'_>, issuer: &Issuer<'_>, case: &Case, agreed: &AgreedPlan) -> Result<Issued, Refusal> {
    let claim = claims::load(tx, issuer.actor, &case.claim_id)?;
    let annulment = annulments::load(tx, &issuer.actor.office, &case.annulment_id)?;
    let item = items::load(tx, &issuer.actor.office, &case.item_id)?;
    let annulled_at = annulment.decided.as_ref().map_or(case.opened_at, |(_, at)| *at);
    let village = village_addressee(&claim.village);
    let content = LetterContent::PermintaanPengembalian(PermintaanPengembalian {
        claim_code: claim.code.clone(),
        addressee: Addressee { name: format!("Bapak/Ibu {}", case.debtor.name), at: case.debtor.address.clone() },
        about: claim.content.deceased.name.without_late(),
        paid: item.amount,
        paid_on: item.paid_on.unwrap_or(case.opened_on),
        reason: format!("{}: {}", annulment.ground.label(), annulment.words),
        annulled_on: wib_date(annulled_at),
        balance: agreed.plan.total(),
        basis: agreed.basis.clone(),
        instalments: agreed.plan.instalments().iter().map(|part| DueLine { due_on: part.due_on, amount: part.amount }).collect(),
        pay_to: format!(
            "ke Rekening Kas Umum Daerah melalui Bendahara Pengeluaran {} dengan Surat Tanda Setoran (STS)",
            issuer.pack.office.texts.agency
        ),
        contact: issuer.pack.office.contact.clone(),
        copies: vec![format!("{}, Kecamatan {}", village.name, place(&claim.village).kecamatan)],
    });
    issuer.issue(tx, Draft { about: about(&claim), village: claim.village.clone(), content })
}

/// Issues the note for a part; `case` as it stands with it.
pub fn receipt(tx: &mut Tx<'_>, issuer: &Issuer<'_>, case: &Case, payment: &Payment, number: Numbered) -> Result<Issued, Refusal> {
    let claim = claims::load(tx, issuer.actor, &case.claim_id)?;
    let balance = case.balance();
    let content = LetterContent::BuktiAngsuran(BuktiAngsuran {
        claim_code: claim.code.clone(),
        debtor: case.debtor.name.clone(),
        debtor_address: case.debtor.address.clone(),
        about: claim.content.deceased.name.without_late(),
        sequence: u32::try_from(payment.position).unwrap_or(u32::MAX),
        amount: payment.amount,
        paid_on: payment.paid_on,
        slip_number: payment.number.clone(),
        owed: case.owed,
        so_far: case.owed.checked_sub(balance).ok_or(Refusal::TotalsDiffer("pengembalian"))?,
        balance: (balance > Rupiah::ZERO).then_some(balance),
    });
    issuer.issue_as(tx, Draft { about: about(&claim), village: claim.village.clone(), content }, number)
}
