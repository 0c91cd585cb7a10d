//! The letters of an order: to the treasurer when it is made, receipts and notices when it is released.

use std::collections::BTreeMap;

use crate::domain::claim::{ClaimContent, Payout};
use crate::domain::letter::{Hand, Kuitansi, LetterContent, LetterKind, PaymentGroup, Pemberitahuan, PerintahBayar};
use crate::domain::money::Rupiah;
use crate::domain::office::SigningRole;
use crate::store::Tx;
use crate::store::claims::Claim;
use crate::store::letters::{self, About};
use crate::store::money::budget::Line;
use crate::store::money::decrees::Decree;
use crate::store::money::orders::Order;
use crate::workflow::letter::{Draft, Issuer, Words, departed, heir_addressee, heir_named};
use crate::workflow::refusal::Refusal;

pub fn order_letter(tx: &mut Tx<'_>, issuer: &Issuer<'_>, line: &Line, decree: &Decree, order: &Order) -> Result<PerintahBayar, Refusal> {
    // After an amending decree the list is the one made with it.
    let list = letters::of_decree(tx, &decree.id)?.into_iter().rfind(|l| l.kind == LetterKind::Nominatif.code());
    let mut groups: BTreeMap<String, (u32, Rupiah)> = BTreeMap::new();
    for item in &order.items {
        let label = item.account.as_ref().map_or_else(|| "Tunai melalui bendahara".to_owned(), |(bank, _, _)| bank.clone());
        let (recipients, amount) = groups.entry(label).or_default();
        *recipients = recipients.saturating_add(1);
        *amount = amount.checked_add(item.amount).ok_or(Refusal::TotalsDiffer("perintah bayar"))?;
    }
    let texts = &issuer.pack.office.texts;
    Ok(PerintahBayar {
        decree_number: decree.number.clone(),
        decree_on: decree.decreed_on,
        decree_subject: texts.decree_subject.clone(),
        fiscal_year: line.year,
        account_code: line.account_code.clone(),
        account_name: line.name.clone(),
        list_number: list.map(|l| l.number).unwrap_or_default(),
        groups: groups.into_iter().map(|(label, (recipients, amount))| PaymentGroup { label, recipients, amount }).collect(),
        total: order.total,
        treasurer: issuer.signatory(SigningRole::Treasurer)?,
        copies: vec![],
    })
}

fn about_claim(order: &Order, claim: &Claim) -> About {
    About { claim_id: Some(claim.id.clone()), order_id: Some(order.id.clone()), ..About::default() }
}

pub fn receipt(issuer: &Issuer<'_>, line: &Line, decree: &Decree, order: &Order, claim: &Claim) -> Result<Draft, Refusal> {
    let missing = || Refusal::Settings(format!("ahli waris permohonan {} belum lengkap", claim.code));
    let heir = claim.content.payee().ok_or_else(missing)?;
    let content = LetterContent::Kuitansi(Kuitansi {
        claim_code: claim.code.clone(),
        fiscal_year: line.year,
        account_code: line.account_code.clone(),
        payer: format!("Bendahara Pengeluaran {}", issuer.pack.office.texts.agency),
        amount: claim.amount,
        departed: departed(&claim.content),
        decree_number: decree.number.clone(),
        decree_on: decree.decreed_on,
        heir: heir.name.to_string(),
        heir_nik: heir.nik.number.clone().ok_or_else(missing)?,
        heir_address: heir_addressee(&claim.content).at,
        relation: heir.relation,
        payout: claim.content.payout.clone(),
        agreed_by: issuer.signatory(SigningRole::HeadOfAgency).ok(),
        hand: Hand::of(&claim.content),
    });
    Ok(Draft { about: about_claim(order, claim), village: claim.village.clone(), content })
}

/// The letter that tells the heir, and the mail that brings it to the village.
pub fn notice(tx: &mut Tx<'_>, issuer: &Issuer<'_>, decree: &Decree, order: &Order, claim: &Claim) -> Result<(), Refusal> {
    let texts = &issuer.pack.office.texts;
    let content = &claim.content;
    let (heir, relation) = heir_named(content);
    let letter = LetterContent::Pemberitahuan(Pemberitahuan {
        claim_code: claim.code.clone(),
        addressee: heir_addressee(content),
        departed: departed(content),
        heir,
        relation,
        decree_number: decree.number.clone(),
        decree_on: decree.decreed_on,
        amount: claim.amount,
        payout: content.payout.clone(),
        pay_when: texts.pay_when.clone(),
        pay_where: texts.pay_where.clone(),
        bring: texts.bring.iter().cloned().chain(bring_too(content)).collect(),
        contact: issuer.pack.office.contact.clone(),
        copies: vec![],
    });
    let issued = issuer.issue(tx, Draft { about: about_claim(order, claim), village: claim.village.clone(), content: letter })?;
    let words = Words {
        subject: &format!("Pemberitahuan untuk ahli waris, permohonan {}", claim.code),
        body: "Surat pemberitahuan untuk ahli waris terlampir. Mohon dicetak dan disampaikan kepada keluarga.\n\nTidak ada biaya atau potongan apa pun.",
    };
    issuer.mail(tx, &issued, issuer.pack.office.mailboxes.of_village(&claim.village), words)?;
    Ok(())
}

/// What a proxy brings besides what everybody brings.
fn bring_too(content: &ClaimContent) -> Option<String> {
    let proxy = content.stand_ins.proxy.as_ref().filter(|_proxy| matches!(content.payout, Payout::Cash))?;
    Some(format!("surat kuasa asli dan KTP {}, yang mengambilkan", proxy.name))
}

pub fn notify_treasurer(tx: &mut Tx<'_>, issuer: &Issuer<'_>, issued: &letters::Issued) -> Result<(), Refusal> {
    let words = Words {
        subject: &format!("Perintah bayar Nomor {}", issued.number),
        body: "Perintah bayar santunan kematian terlampir. Daftar nominatif, kuitansi, dan berkas bank tersedia di halaman keuangan.",
    };
    issuer.mail(tx, issued, issuer.pack.office.mailboxes.finance.clone(), words)?;
    Ok(())
}
