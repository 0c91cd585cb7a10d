//! A letter as anybody may see it.

use rocket::serde::json::serde_json::{Value, json};

use crate::domain::calendar::long_date;
use crate::domain::letter::Standing;
use crate::domain::money::Rupiah;
use crate::web::page::{Chip, Fact, Tone};
use crate::web::pages::LetterView;
use crate::workflow::Known;

/// What the page shows of a letter.
pub fn letter_view(known: &Known, is_file: bool) -> LetterView {
    let mut facts = vec![
        Fact::new("Jenis surat", known.kind.label()),
        Fact::new("Nomor", known.number.as_str()),
        Fact::new("Tanggal", long_date(known.dated_on)),
        Fact::new("Penerbit", known.office.as_str()),
    ];
    facts.extend(known.amount.map(|amount| Fact::new("Jumlah", amount.to_string())));
    if !known.initials.is_empty() {
        facts.push(Fact::new("Atas nama (inisial)", known.initials.as_str()));
    }
    facts.push(Fact::new("Kode surat", known.code.to_string()));
    let (words, tone) = match &known.standing {
        Standing::Valid | Standing::Paid(_) => ("Terdaftar dan berlaku", Tone::Good),
        Standing::Amended(_) => ("Berlaku dengan perubahan", Tone::Attention),
        Standing::Superseded(_) => ("Sudah diganti", Tone::Attention),
        Standing::Annulled => ("Dibatalkan", Tone::Bad),
    };
    LetterView { chip: Chip::new(words, tone), sentence: sentence(&known.standing), facts, is_file }
}

fn sentence(standing: &Standing) -> String {
    match standing {
        Standing::Valid => "Surat dengan kode ini diterbitkan oleh kantor kami dan masih berlaku.".to_owned(),
        Standing::Paid(day) => {
            format!("Surat dengan kode ini diterbitkan oleh kantor kami. Santunannya sudah diterima ahli waris pada {}.", long_date(*day))
        }
        Standing::Amended(number) => {
            format!("Surat dengan kode ini diterbitkan oleh kantor kami dan berlaku bersama perubahannya, Nomor {number}.")
        }
        Standing::Superseded(number) => {
            format!("Surat dengan kode ini diterbitkan oleh kantor kami, tetapi sudah diganti dengan surat Nomor {number}.")
        }
        Standing::Annulled => {
            "Surat dengan kode ini diterbitkan oleh kantor kami, tetapi sudah dibatalkan dan tidak berlaku lagi.".to_owned()
        }
    }
}

/// The same for programs.
pub fn letter_json(known: &Known) -> Value {
    json!({
        "code": known.code.to_string(),
        "kind": known.kind.code(),
        "number": known.number,
        "dated_on": known.dated_on,
        "office": known.office,
        "amount": known.amount.map(Rupiah::whole),
        "initials": known.initials,
        "state": known.standing.code(),
        "state_words": known.standing.words(),
    })
}
