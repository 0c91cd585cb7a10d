//! The letters of an amending decree: the decree itself, and the treasury's list anew.

use super::amend::Preview;
use crate::domain::calendar::long_date;
use crate::domain::letter::{LetterContent, SkPerubahan};
use crate::domain::money::in_words;
use crate::store::letters::About;
use crate::store::money::budget::Line;
use crate::store::money::decrees::{self, Decree};
use crate::store::{Tx, claims};
use crate::workflow::letter::{Draft, Issuer, Numbered};
use crate::workflow::money::decree::{nominative_list, nominative_row};
use crate::workflow::refusal::Refusal;

/// Issues both. `planned` holds the rows as they were before.
pub fn issue(
    tx: &mut Tx<'_>,
    issuer: &Issuer<'_>,
    line: &Line,
    amending: &Decree,
    planned: Preview,
    number: Numbered,
) -> Result<(), Refusal> {
    let base_id = planned.decree.id.clone();
    let content = LetterContent::SkPerubahan(letter(issuer, line, planned));
    let about = About { decree_id: Some(amending.id.clone()), ..About::default() };
    issuer.issue_as(tx, Draft { about, village: issuer.actor.office.clone(), content }, number)?;
    let base = decrees::load(tx, &issuer.actor.office, &base_id)?;
    let mut rows = Vec::new();
    for item in base.standing() {
        rows.push(nominative_row(&claims::load(tx, issuer.actor, &item.claim_id)?)?);
    }
    if rows.is_empty() { Ok(()) } else { nominative_list(tx, issuer, line, &base, rows) }
}

fn letter(issuer: &Issuer<'_>, line: &Line, planned: Preview) -> SkPerubahan {
    let office = &issuer.pack.office;
    let (region, base) = (&office.letterhead.head_of_region, &planned.decree);
    let many = planned.before.recipients;
    let considering = vec![
        format!(
            "bahwa dengan Keputusan Nomor {} tanggal {} telah ditetapkan penerima santunan kematian, yang berlaku bagi {many} ({}) orang;",
            base.number,
            long_date(base.decreed_on),
            in_words(u64::from(many))
        ),
        "bahwa setelah diteliti kembali terdapat penerima yang harus dicoret atau data penerima yang harus diubah agar santunan diterima oleh yang berhak;".to_owned(),
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan tentang perubahan keputusan tersebut;".to_owned(),
    ];
    let mut recalling = office.texts.recalling.clone();
    recalling.push(format!("Keputusan Nomor {} tanggal {};", base.number, long_date(base.decreed_on)));
    SkPerubahan {
        subject: format!("PERUBAHAN ATAS KEPUTUSAN {region} NOMOR {} TENTANG {}", base.number, office.texts.decree_subject),
        considering,
        recalling,
        decree_number: base.number.clone(),
        decree_on: base.decreed_on,
        fiscal_year: line.year,
        enacted_at: office.letterhead.town.clone(),
        changes: planned.rows,
        before: planned.before,
        struck: planned.struck,
        after: planned.after,
        copies: office.texts.decree_copies.clone(),
    }
}
