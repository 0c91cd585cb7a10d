//! The counter as its pages show it: the desk, a day, one handing-over.

use std::collections::BTreeMap;

use super::flash;
use super::order::chip_of_item;
use super::renewal::heir_relations;
use crate::domain::access::Role;
use crate::domain::calendar::{day_name, long_date, long_date_time};
use crate::domain::claim::ClaimContent;
use crate::domain::money::Rupiah;
use crate::domain::office::SigningRole;
use crate::domain::payment::{IdentityPaper, ItemState, ReceiptMark, Receiver};
use crate::domain::region::{RegionCode, RegionLevel};
use crate::exchange::claim_form::FieldErrors;
use crate::store::claims::{self, Claim};
use crate::store::money::collection::{self, Appointment, CollectionDay, HandOver, Outcome};
use crate::store::money::items::{self, Item};
use crate::store::money::{cash, orders};
use crate::store::{DbConn, StoreError, users};
use crate::web::forms::Typed;
use crate::web::page::{Chip, Choice, Fact, Tone};
use crate::web::pages::{CashDayPage, CashDeskPage, CashNoticePage, CashRow, DayView, HandOverPage, NextHeirBox};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::{Site, region_name, village_name};
use crate::workflow::Pack;
use crate::workflow::money::cash::{Waiting, bring, unclaimed, village_lists, waiting};

/// Days shown; older ones are found by their address.
const DAYS_MAX: i64 = 30;
/// People shown without a search.
const PEOPLE_MAX: usize = 50;

/// An act that did not go through, shown again with what was typed.
#[derive(Clone, Default)]
pub struct CashAttempt {
    /// What was typed.
    pub typed: Typed,
    /// Faults.
    pub errors: FieldErrors,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

impl CashAttempt {
    fn text(&self, key: &str, else_this: &str) -> String {
        let typed = self.typed.text(key);
        if typed.is_empty() { else_this } else { typed }.to_owned()
    }
}

/// The counter.
///
/// # Errors
/// [`Problem`] of the database.
pub fn cash_desk_page(site: &Site, staff: &Staff, search: &str, attempt: &CashAttempt) -> Result<CashDeskPage, Problem> {
    let pack = site.pack()?;
    let (actor, today) = (&staff.actor, site.today());
    let (days, people, over, last) = site.desk.store.read(|conn| {
        let days = collection::all(conn, &actor.office, DAYS_MAX)?;
        let over = unclaimed(conn, &pack, actor, today)?;
        Ok::<_, Problem>((days, waiting(conn, actor)?, over, cash::newest(conn, &actor.office)?))
    })?;
    let found: Vec<&Waiting> = people.iter().filter(|one| matches(search, &one.item, &one.claim)).collect();
    let uninvited_count = people.iter().filter(|one| !one.is_invited).count();
    let ticked = attempt.typed.all("pembayaran");
    let unclaimed = over.iter().map(|(one, from)| CashRow {
        remark: format!("boleh dikembalikan sejak {}", long_date(*from)),
        checked: ticked.contains(&one.item.id),
        ..waiting_row(one)
    });
    Ok(CashDeskPage {
        shell: site.shell_for(staff, "Loket tunai").at("/keuangan").with_flash(flash(attempt.message.as_deref())),
        errors: attempt.errors.clone(),
        refusal: attempt.refusal.clone(),
        in_box: last.map(|entry| entry.balance).unwrap_or_default().to_string(),
        waiting_count: people.len(),
        uninvited_count,
        search: search.trim().to_owned(),
        more: found.len().saturating_sub(PEOPLE_MAX),
        waiting: found.into_iter().take(PEOPLE_MAX).map(waiting_row).collect(),
        days: days.iter().map(day_view).collect(),
        can_act: actor.role == Role::Finance,
        areas: areas(&people),
        area: attempt.text("wilayah", ""),
        date: attempt.text("tanggal", ""),
        opens: attempt.text("jam_buka", "08.00"),
        closes: attempt.text("jam_tutup", "12.00"),
        place: attempt.text("tempat", ""),
        capacity: attempt.text("kapasitas", "50"),
        unclaimed: unclaimed.collect(),
        unclaimed_days: pack.office.payment.unclaimed_days,
    })
}

/// Whether a payment is the one somebody looks for, by name or code.
fn matches(search: &str, item: &Item, claim: &Claim) -> bool {
    let search = search.trim().to_uppercase();
    search.is_empty() || item.payee.to_uppercase().contains(&search) || claim.code.to_uppercase().contains(&search)
}

fn waiting_row(one: &Waiting) -> CashRow {
    let chip = if one.is_invited { Chip::new("Sudah diundang", Tone::Moving) } else { Chip::new("Belum diundang", Tone::Attention) };
    CashRow { chip, ..row(&one.item, &one.claim) }
}

fn row(item: &Item, claim: &Claim) -> CashRow {
    CashRow {
        id: item.id.clone(),
        position: 0,
        payee: item.payee.clone(),
        code: claim.code.clone(),
        village: village_name(&claim.village),
        amount: item.amount.to_string(),
        receipt: item.receipt_number.clone(),
        chip: chip_of_item(item.state),
        can_give: item.state == ItemState::Sent,
        remark: in_their_place(&claim.content),
        checked: false,
    }
}

/// Guardian and proxy, by name.
fn in_their_place(content: &ClaimContent) -> String {
    let others = Receiver::of_claim(content).into_iter().filter(|(receiver, _)| *receiver != Receiver::Payee);
    others.map(|(receiver, name)| format!("{}: {name}", receiver.label())).collect::<Vec<_>>().join(", ")
}

/// Kecamatan first, then villages, each with how many wait there.
fn areas(people: &[Waiting]) -> Vec<Choice> {
    let mut counts: BTreeMap<(usize, RegionCode), usize> = BTreeMap::new();
    for one in people.iter().filter(|one| !one.is_invited) {
        let village = one.claim.village.clone();
        for (order, area) in [village.parent().map(|kecamatan| (0, kecamatan)), Some((1, village))].into_iter().flatten() {
            let count = counts.entry((order, area)).or_default();
            *count = count.saturating_add(1);
        }
    }
    let label = |area: &RegionCode| if area.level() == RegionLevel::Village { village_name(area) } else { region_name(area) };
    counts.iter().map(|((_, area), count)| Choice::new(area.as_str(), format!("{} ({count} orang)", label(area)))).collect()
}

fn day_view(day: &CollectionDay) -> DayView {
    let came = day.appointments.iter().filter(|one| one.outcome == Outcome::Collected).count();
    DayView {
        href: format!("/keuangan/loket/hari/{}", day.id),
        when: when(day),
        place: format!("{} · {}", region_name(&day.plan.area), day.plan.place),
        people: format!("{came} dari {} sudah menerima", day.appointments.len()),
        chip: chip_of_day(day),
    }
}

fn when(day: &CollectionDay) -> String {
    format!("{}, {}, pukul {} WIB", day_name(day.plan.held_on), long_date(day.plan.held_on), day.plan.window())
}

fn chip_of_day(day: &CollectionDay) -> Chip {
    if day.is_open { Chip::new("Terbuka", Tone::Moving) } else { Chip::new("Ditutup", Tone::Plain) }
}

/// One day with its list.
///
/// # Errors
/// [`Problem`]: not found outside the office.
pub fn cash_day_page(site: &Site, staff: &Staff, id: &str, search: &str, attempt: &CashAttempt) -> Result<CashDayPage, Problem> {
    let pack = site.pack()?;
    let (day, listed) = site.desk.store.read(|conn| {
        let day = collection::load(conn, &staff.actor.office, id)?;
        let listed = listed(conn, staff, &day)?;
        Ok::<_, Problem>((day, listed))
    })?;
    let total = Rupiah::sum(listed.iter().map(|(_, one)| one.item.amount)).unwrap_or_default();
    let found = listed.iter().filter(|(_, one)| matches(search, &one.item, &one.claim));
    let is_over = day.plan.held_on <= site.today();
    Ok(CashDayPage {
        shell: site
            .shell_for(staff, format!("Pengambilan {}", long_date(day.plan.held_on)))
            .at("/keuangan")
            .with_flash(flash(attempt.message.as_deref())),
        refusal: attempt.refusal.clone(),
        id: day.id.clone(),
        chip: chip_of_day(&day),
        facts: vec![
            Fact::new("Hari dan jam", when(&day)),
            Fact::new("Tempat", &day.plan.place),
            Fact::new("Wilayah", region_name(&day.plan.area)),
            Fact::new("Penerima", format!("{} orang, jumlah {total}", listed.len())),
        ],
        search: search.trim().to_owned(),
        people: found.map(|(appointment, one)| listed_row(staff, appointment, one)).collect(),
        total: total.to_string(),
        can_close: staff.actor.role == Role::Finance && day.is_open && is_over,
        signatory: signatory(site, &pack, SigningRole::Treasurer),
    })
}

/// People of a day in the order of its list.
fn listed(conn: &mut DbConn, staff: &Staff, day: &CollectionDay) -> Result<Vec<(Appointment, Waiting)>, StoreError> {
    let one = |appointment: &Appointment| {
        let item = items::load(conn, &staff.actor.office, &appointment.item_id)?;
        let claim = claims::load(conn, &staff.actor, &item.claim_id)?;
        Ok((appointment.clone(), Waiting { item, claim, is_invited: appointment.outcome == Outcome::Expected }))
    };
    day.appointments.iter().map(one).collect()
}

fn listed_row(staff: &Staff, appointment: &Appointment, one: &Waiting) -> CashRow {
    let chip = match appointment.outcome {
        Outcome::Expected => Chip::new("Belum datang", Tone::Attention),
        Outcome::Collected => Chip::new("Sudah menerima", Tone::Good),
        Outcome::Missed => Chip::new("Tidak datang", Tone::Plain),
    };
    let row = row(&one.item, &one.claim);
    CashRow { position: appointment.position, chip, can_give: row.can_give && staff.actor.role == Role::Finance, ..row }
}

/// Who signs as a role today: title and name.
pub(super) fn signatory(site: &Site, pack: &Pack, role: SigningRole) -> Fact {
    let found = pack.office.signatory(role, site.today());
    found.map(|person| Fact::new(&person.title, &person.name)).unwrap_or_default()
}

/// The notice of a day, to be printed.
///
/// # Errors
/// [`Problem`]: not found outside the office.
pub fn cash_notice_page(site: &Site, staff: &Staff, id: &str) -> Result<CashNoticePage, Problem> {
    let pack = site.pack()?;
    let (day, lists) = site.desk.store.read(|conn| {
        let day = collection::load(conn, &staff.actor.office, id)?;
        let lists = village_lists(listed(conn, staff, &day)?.iter().map(|(_, one)| one));
        Ok::<_, Problem>((day, lists))
    })?;
    let people = |list: Vec<(String, String)>| list.into_iter().map(|(code, name)| Fact::new(code, name)).collect();
    Ok(CashNoticePage {
        shell: site.shell_for(staff, "Undangan pengambilan santunan tunai").at("/keuangan"),
        back: format!("/keuangan/loket/hari/{}", day.id),
        facts: vec![Fact::new("Hari dan jam", when(&day)), Fact::new("Tempat", &day.plan.place)],
        villages: lists.into_iter().map(|(village, list)| (region_name(&village), people(list))).collect(),
        bring: bring(&pack.office),
        contact: pack.office.contact.clone(),
    })
}

/// One payment at the counter.
///
/// # Errors
/// [`Problem`]: not found outside the office, and for a transfer.
pub fn hand_over_page(site: &Site, staff: &Staff, id: &str, attempt: &CashAttempt) -> Result<HandOverPage, Problem> {
    site.desk.store.read(|conn| {
        let item = items::load(conn, &staff.actor.office, id)?;
        if item.account.is_some() {
            return Err(Problem::not_found());
        }
        let claim = claims::load(conn, &staff.actor, &item.claim_id)?;
        let given = collection::handed_over(conn, &staff.actor.office, id)?;
        let day = collection::open_day_of(conn, id)?.or_else(|| given.as_ref().and_then(|given| given.day_id.clone()));
        let finance = staff.actor.role == Role::Finance;
        let others_hand = given.as_ref().is_some_and(|given| given.given_by != staff.actor.id);
        let receivers = Receiver::of_claim(&claim.content);
        Ok(HandOverPage {
            shell: site
                .shell_for(staff, format!("Penyerahan kepada {}", item.payee))
                .at("/keuangan")
                .with_flash(flash(attempt.message.as_deref())),
            errors: attempt.errors.clone(),
            refusal: attempt.refusal.clone(),
            id: item.id.clone(),
            version: item.version,
            chip: chip_of_item(item.state),
            facts: payment_facts(conn, staff, &item, &claim)?,
            can_give: finance && item.state == ItemState::Sent,
            asks_letter: receivers.iter().any(|(receiver, _)| *receiver == Receiver::Proxy),
            receivers: receiver_choices(&receivers, attempt.typed.text("penerima")),
            papers: choices(IdentityPaper::ALL.map(|paper| (paper.code(), paper.label())), attempt.typed.text("dokumen")),
            marks: choices(ReceiptMark::ALL.map(|mark| (mark.code(), mark.label())), attempt.typed.text("tanda")),
            digits: attempt.text("angka_nik", ""),
            letter: attempt.text("surat_kuasa", ""),
            photo: photo_link(given.as_ref()),
            given: given.map(|given| given_facts(conn, &given)).transpose()?.unwrap_or_default(),
            can_undo: finance && others_hand && item.state == ItemState::Paid,
            reason: attempt.text("alasan", ""),
            next_heir: (finance && item.state == ItemState::Sent).then(|| NextHeirBox {
                typed: ["pengganti_nama", "pengganti_nik", "pengganti_alamat", "dasar"].map(|key| attempt.text(key, "")),
                relations: heir_relations(),
                relation: attempt.text("pengganti_hubungan", ""),
            }),
            back: day.map_or_else(|| "/keuangan/loket".to_owned(), |day| format!("/keuangan/loket/hari/{day}")),
        })
    })
}

fn photo_link(given: Option<&HandOver>) -> String {
    let with_photo = given.filter(|given| given.photo.is_some());
    with_photo.map(|given| format!("/keuangan/loket/serah/{}/foto", given.item_id)).unwrap_or_default()
}

fn payment_facts(conn: &mut DbConn, staff: &Staff, item: &Item, claim: &Claim) -> Result<Vec<Fact>, StoreError> {
    let order = orders::load(conn, &staff.actor.office, &item.order_id)?;
    let released = order.released.as_ref().map(|mark| long_date_time(mark.at)).unwrap_or_default();
    Ok(vec![
        Fact::new("Jumlah", item.amount.to_string()),
        Fact::new("Ahli waris", &item.payee),
        Fact::new("Almarhum/almarhumah", claim.content.deceased.name.to_string()),
        Fact::new("Permohonan", format!("{}, {}", claim.code, village_name(&claim.village))),
        Fact::new("Kuitansi", &item.receipt_number),
        Fact::new("Perintah bayar", format!("{}, dilepas {released}", order.number)),
    ])
}

fn given_facts(conn: &mut DbConn, given: &HandOver) -> Result<Vec<Fact>, StoreError> {
    let mut facts = vec![
        Fact::new("Diterima oleh", format!("{} ({})", given.receiver_name, given.receiver.label().to_lowercase())),
        Fact::new("Dokumen yang dilihat", given.paper.label()),
        Fact::new("Pada kuitansi", format!("{}, kuitansi {}", given.mark.label(), given.receipt_number)),
        Fact::new("Diserahkan", format!("{}, {}", users::by_id(conn, &given.given_by)?.actor.name, long_date_time(given.given_at))),
    ];
    if !given.proxy_letter.is_empty() {
        facts.push(Fact::new("Surat kuasa", &given.proxy_letter));
    }
    Ok(facts)
}

/// People of the claim; where there is only one, they are chosen.
fn receiver_choices(receivers: &[(Receiver, String)], typed: &str) -> Vec<Choice> {
    let choice = |(receiver, name): &(Receiver, String)| Choice {
        checked: receiver.code() == typed || receivers.len() == 1,
        ..Choice::new(receiver.code(), format!("{name} ({})", receiver.label().to_lowercase()))
    };
    receivers.iter().map(choice).collect()
}

fn choices<const N: usize>(all: [(&str, &str); N], typed: &str) -> Vec<Choice> {
    all.into_iter().map(|(code, label)| Choice { checked: code == typed, ..Choice::new(code, label) }).collect()
}
