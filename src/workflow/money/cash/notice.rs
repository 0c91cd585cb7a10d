//! The notice of a collection day: one list for each village, by name and claim code, never by NIK.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::day::Waiting;
use crate::clock::new_id;
use crate::domain::calendar::{day_name, long_date};
use crate::domain::office::Office;
use crate::domain::payment::DayPlan;
use crate::domain::region::RegionCode;
use crate::store::Tx;
use crate::store::money::collection::CollectionDay;
use crate::store::outbox::{self, NewMail};
use crate::workflow::letter::{Issuer, village_addressee};
use crate::workflow::refusal::Refusal;

/// People of each village, in the order of the list: village, then code and name of everybody invited.
pub type VillageLists = BTreeMap<RegionCode, Vec<(String, String)>>;

/// Sorts whoever is invited by village.
pub fn village_lists<'a>(invited: impl IntoIterator<Item = &'a Waiting>) -> VillageLists {
    let mut lists = VillageLists::new();
    for one in invited {
        lists.entry(one.claim.village.clone()).or_default().push((one.claim.code.clone(), one.item.payee.clone()));
    }
    lists
}

/// What everybody brings to the counter.
pub fn bring(office: &Office) -> Vec<String> {
    let proxy = "bila diwakilkan: surat kuasa asli dan KTP asli penerima kuasa yang tercatat pada permohonan".to_owned();
    office.texts.bring.iter().cloned().chain([proxy]).collect()
}

/// Queues one mail for each village.
pub fn queue_notices(tx: &mut Tx<'_>, issuer: &Issuer<'_>, day: &CollectionDay, invited: &[Waiting]) -> Result<(), Refusal> {
    let office = &issuer.pack.office;
    for (village, people) in village_lists(invited) {
        let mail = NewMail {
            id: new_id(),
            dedupe_key: format!("collection_day:{}:{village}", day.id),
            letter_id: None,
            recipient: office.mailboxes.of_village(&village),
            subject: format!("Pengambilan santunan kematian tunai, {}", long_date(day.plan.held_on)),
            body: notice_text(office, &day.plan, &village, &people),
            queued_at: issuer.now,
        };
        outbox::insert(tx, &office.region, &mail)?;
    }
    Ok(())
}

fn notice_text(office: &Office, plan: &DayPlan, village: &RegionCode, people: &[(String, String)]) -> String {
    let addressee = village_addressee(village);
    let mut text = format!(
        "Yth. {}, {}\n\nWarga berikut dapat mengambil santunan kematian secara tunai.\n\nHari/tanggal : {}, {}\nPukul        : {} WIB\nTempat       : {}\n\n",
        addressee.name,
        addressee.at,
        day_name(plan.held_on),
        long_date(plan.held_on),
        plan.window(),
        plan.place.trim(),
    );
    for (number, (code, name)) in (1..).zip(people) {
        // Writing into a text cannot fail.
        let _infallible = writeln!(text, "{number}. {name}, kode permohonan {code}");
    }
    text.push_str("\nMohon disampaikan kepada keluarga. Yang dibawa:\n");
    for thing in bring(office) {
        let _infallible = writeln!(text, "- {thing}");
    }
    let _infallible = write!(
        text,
        "\nTidak ada biaya atau potongan apa pun. Yang berhalangan tidak kehilangan haknya; uangnya tetap disimpan dan dapat diambil pada hari pengambilan berikutnya.\n\nBantuan: {}\n",
        office.contact
    );
    text
}
