//! A claim as its family sees it: stages and next step, initials, no numbers.

use std::cmp::Ordering;

use crate::domain::calendar::{long_date, wib_date};
use crate::domain::claim::State;
use crate::domain::identity::Sex;
use crate::store::claims::Claim;
use crate::store::events::Event;
use crate::web::page::Chip;
use crate::web::pages::{PublicClaim, Stage};
use crate::web::site::{Site, region_name};

/// The straight road: what is reached in which state, in words.
const ROAD: [(State, &str); 5] = [
    (State::Submitted, "Diajukan di desa/kelurahan"),
    (State::Endorsed, "Disahkan kepala desa/lurah"),
    (State::Verified, "Diperiksa Dinas Sosial"),
    (State::Approved, "Disetujui"),
    (State::Paid, "Dibayarkan"),
];

/// The public view of a claim.
/// `place` is its place on the waiting list in words, where it waits for money.
pub fn public_claim(site: &Site, claim: &Claim, story: &[Event], place: Option<&str>) -> PublicClaim {
    let (explanation, next) = words(claim.state);
    let reason = story.last().filter(|_| matches!(claim.state, State::Returned | State::Rejected)).map(|e| e.reason.as_str());
    let late = claim.content.deceased.sex.map_or("Almarhum/almarhumah", |sex| match sex {
        Sex::Male => "Almarhum",
        Sex::Female => "Almarhumah",
    });
    PublicClaim {
        code: claim.code.clone(),
        chip: Chip::of_state(claim.state),
        late,
        initials: claim.content.deceased.name.initials(),
        filed: long_date(claim.filed_on),
        explanation: match reason {
            Some(reason) if !reason.is_empty() => format!("{explanation} Alasannya: {}", reason.replace("->", "–").replace('\n', "; ")),
            _ => place.map_or_else(|| explanation.to_owned(), |place| format!("{explanation} Daftar tunggu: {place}.")),
        },
        stages: stages(story),
        next: next.to_owned(),
        ask: format!("Balai {}, atau {}.", region_name(&claim.village), site.contact.trim_end_matches('.')),
    }
}

fn stages(story: &[Event]) -> Vec<Stage> {
    let reached = |state: State| story.iter().rev().find(|event| event.to_state == state).map(|e| long_date(wib_date(e.at)));
    let days: Vec<Option<String>> = ROAD.iter().map(|(state, _)| reached(*state)).collect();
    let last = days.iter().rposition(Option::is_some).unwrap_or_default();
    let class = |i: usize| match i.cmp(&last) {
        Ordering::Less => "done",
        Ordering::Equal => "now",
        Ordering::Greater => "todo",
    };
    ROAD.iter()
        .zip(days)
        .enumerate()
        .map(|(i, ((_, label), day))| Stage { label: (*label).to_owned(), when: day.unwrap_or_default(), class: class(i) })
        .collect()
}

/// What a state means for the family, and what comes next.
fn words(state: State) -> (&'static str, &'static str) {
    let wait = "Keluarga tidak perlu melakukan apa pun. Kami memberi kabar melalui desa.";
    match state {
        State::Submitted => ("Permohonan sudah dicatat di desa dan menunggu pengesahan kepala desa atau lurah.", wait),
        State::Endorsed => ("Desa sudah mengesahkan. Petugas Dinas Sosial sedang memeriksa berkas.", wait),
        State::Verified => ("Berkas sudah diperiksa dan menunggu keputusan Dinas Sosial.", wait),
        State::Approved => ("Permohonan sudah disetujui dan menunggu penetapan.", wait),
        State::Waiting => ("Permohonan memenuhi syarat, tetapi anggaran belum tersedia. Urutannya tetap tersimpan.", wait),
        State::Returned => {
            ("Ada berkas yang perlu diperbaiki.", "Mohon datang ke balai desa dengan berkas yang disebut. Tanggal pengajuan tetap berlaku.")
        }
        State::OnHold => ("Permohonan ditunda sementara karena ada yang perlu dijelaskan.", "Petugas desa akan menghubungi keluarga."),
        State::Decreed => ("Santunan sudah ditetapkan dan sedang dibayarkan.", "Mohon siapkan KTP ahli waris dan kode permohonan ini."),
        State::Paid => ("Santunan sudah dibayarkan.", "Tidak ada langkah lagi. Kami turut berduka cita."),
        State::Rejected => (
            "Permohonan belum dapat dikabulkan.",
            "Keluarga berhak mengajukan keberatan kepada Dinas Sosial; caranya tertulis pada surat penolakan.",
        ),
        State::Withdrawn => ("Permohonan ditarik atas permintaan keluarga.", "Tidak ada langkah lagi."),
        State::Annulled => ("Persetujuan dibatalkan.", "Mohon bertanya kepada Dinas Sosial bila ada yang kurang jelas."),
    }
}
