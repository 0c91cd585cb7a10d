//! The clerk's form: filled from the register, with the family offered as heirs, never losing what was typed.

use chrono::NaiveDate;

use super::rules::{notice, typed_case};
use crate::domain::access::Actor;
use crate::domain::calendar::{Filing, parse_date, short_date};
use crate::domain::claim::{Cause, ClaimContent, DocumentKind};
use crate::domain::crosscheck::FindingCode;
use crate::domain::identity::{FamilyCard, Nik, Relation, Sex};
use crate::domain::policy::{PaperLine, Policy, When};
use crate::domain::region::RegionCode;
use crate::domain::register::{Resident, ResidentStatus};
use crate::exchange::claim_form::{ClaimForm, FieldErrors, FormContext, HEIRS_MAX, HeirForm};
use crate::exchange::reference::Regions;
use crate::store::{DbConn, StoreError, register, releases};
use crate::web::page::{Choice, Tone};
use crate::web::pages::{ClaimFormPage, DocumentInput, FamilyMember, Lookup, StandInParts};
use crate::web::session::Staff;
use crate::web::site::{Site, village_choices, village_name};
use crate::workflow::Refusal;

/// The form with what is known about it so far.
#[derive(Default)]
pub struct FormState {
    /// What is typed.
    pub form: ClaimForm,
    /// Faults.
    pub errors: FieldErrors,
    /// What the look into the register gave.
    pub lookup: Option<Lookup>,
    /// Register rows of the same family card.
    pub family: Vec<Resident>,
    /// Which of them was chosen as heir.
    pub chosen: String,
    /// Code and version of the claim being repaired.
    pub repairs: Option<(String, i64)>,
    /// When the claim being repaired was filed; it keeps that day.
    pub filed_on: Option<NaiveDate>,
    /// Why it came back.
    pub repair: Vec<String>,
    /// Labels of papers attached before.
    pub attached: Vec<DocumentKind>,
}

/// The page of the form.
///
/// # Errors
/// [`Refusal::Settings`].
pub fn form_page(site: &Site, staff: &Staff, state: FormState) -> Result<ClaimFormPage, Refusal> {
    let pack = site.pack()?;
    let mut form = state.form;
    form.ahli_waris.resize(HEIRS_MAX, HeirForm::default());
    let own = village_choices(&staff.actor.region);
    if form.kode_desa_pengaju.is_empty() && own.len() == 1 {
        form.kode_desa_pengaju = own.first().map(|c| c.value.clone()).unwrap_or_default();
    }
    if form.almarhum.kode_desa.is_empty() && state.errors.is_empty() {
        form.almarhum.kode_desa.clone_from(&form.kode_desa_pengaju);
    }
    let died_on = parse_date(&form.tgl_meninggal).ok();
    let policy = pack.policies.nearest(died_on.unwrap_or_else(|| site.today()));
    let documents = policy.map(|policy| document_inputs(&form, policy, &state.attached)).unwrap_or_default();
    let filed_on = match &state.repairs {
        Some(_) => state.filed_on,
        None => Some(site.today()),
    };
    let countdown = policy.zip(died_on).zip(filed_on).map(|((policy, died_on), filed_on)| {
        let filing = Filing { died_on, document_on: parse_date(&form.tgl_surat_kematian).ok(), filed_on };
        filing.countdown(&policy.deadline, &pack.holidays)
    });
    let (action, cancel, version) = match &state.repairs {
        Some((code, version)) => (format!("/permohonan/{code}/perbaiki"), format!("/permohonan/{code}"), version.to_string()),
        None => ("/permohonan/baru".to_owned(), "/beranda".to_owned(), String::new()),
    };
    let title = if state.repairs.is_some() { "Perbaiki permohonan" } else { "Permohonan baru" };
    Ok(ClaimFormPage {
        shell: site.shell_for(staff, title).at("/permohonan/baru"),
        intro: "Mulailah dari NIK almarhum/almarhumah; isian lain dibantu dari data kependudukan.".to_owned(),
        action,
        cancel,
        version,
        villages: with_current(village_choices(&staff.actor.office), &form.almarhum.kode_desa),
        villages_own: own,
        errors: state.errors,
        repair: state.repair,
        lookup: state.lookup,
        family: state.family.iter().filter(|r| !is_deceased(r, &form)).map(|r| member(r, site.today())).collect(),
        chosen: state.chosen,
        sexes: [Sex::Male, Sex::Female].iter().map(|s| Choice::new(s.code(), s.label())).collect(),
        relations: relations(policy, &form),
        countdown: countdown.map(|c| format!("Batas pengajuan: {}.", c.words())).unwrap_or_default(),
        countdown_tone: if countdown.is_some_and(|c| c.is_late()) { Tone::Attention } else { Tone::Good },
        notice: notice(site, &pack)?,
        causes: policy.filter(|p| p.asks_cause()).map(|_| causes()).unwrap_or_default(),
        parts: policy.map(|policy| stand_in_parts(policy, &form)).unwrap_or_default(),
        documents,
        form,
    })
}

/// Reads the form against the office's villages and this person's region.
///
/// # Errors
/// [`FieldErrors`], all at once.
pub fn read_against(form: &ClaimForm, actor: &Actor, today: NaiveDate) -> Result<ClaimContent, FieldErrors> {
    let known = |code: &RegionCode| Regions::current().name(code).is_some();
    form.parse(&FormContext { today, region: &actor.region, office: &actor.office, known_village: &known })
}

/// The parts the rules know, and those something is typed in, so that nothing typed is ever hidden.
fn stand_in_parts(policy: &Policy, form: &ClaimForm) -> StandInParts {
    let named = &policy.heirs.no_heir;
    let sentence = match named.as_slice() {
        [] if form.tanpa_ahli_waris.is_blank() => String::new(),
        [] => "Peraturan daerah ini belum mengatur penerima selain ahli waris.".to_owned(),
        named => format!("Yang dapat menerima: {}.", named.join("; ")),
    };
    StandInParts {
        proxy: policy.knows(When::Proxy) || !form.kuasa.is_blank(),
        guardian: policy.rules.weight_of(FindingCode::AhliWarisBelumDewasa).is_some() || !form.wali.is_blank(),
        no_heir: sentence,
    }
}

fn causes() -> Vec<Choice> {
    Cause::ALL.iter().map(|cause| Choice::new(cause.code(), cause.label())).collect()
}

/// The relations the rules accept, in their order, and those already typed.
fn relations(policy: Option<&Policy>, form: &ClaimForm) -> Vec<Choice> {
    let accepted = policy.map_or_else(|| Relation::ALL.to_vec(), |policy| policy.heirs.relations.clone());
    let typed = form.ahli_waris.iter().filter_map(|heir| Relation::parse(&heir.hubungan)).filter(|relation| !accepted.contains(relation));
    let mut all: Vec<Relation> = accepted.iter().copied().chain(typed).collect();
    all.dedup();
    all.iter().map(|relation| Choice::new(relation.code(), relation.label())).collect()
}

/// The checklist of the case as far as it is typed; papers of other cases stay choosable with their condition.
fn document_inputs(form: &ClaimForm, policy: &Policy, attached: &[DocumentKind]) -> Vec<DocumentInput> {
    let heirs = form.ahli_waris.iter().filter(|heir| !heir.is_blank()).count();
    let transfer = match form.cara_bayar.as_str() {
        "" => None,
        way => Some(way == "bank"),
    };
    let case = typed_case(parse_date(&form.almarhum.tgl_lahir).ok(), parse_date(&form.tgl_meninggal).ok(), transfer, heirs);
    let typed =
        [(When::Proxy, form.kuasa.is_blank()), (When::Guardian, form.wali.is_blank()), (When::NoHeir, form.tanpa_ahli_waris.is_blank())];
    let case = typed.into_iter().filter(|(_, blank)| !blank).fold(case, |case, (when, _)| case.with(when, true));
    let lines = policy.checklist(&case);
    let ticked = |kind: &DocumentKind| form.dokumen.iter().any(|code| code == kind.code());
    let routes: Vec<&DocumentKind> = policy.poverty.routes.iter().flat_map(|route| &route.papers).collect();
    let input = |kind: DocumentKind| {
        let line = lines.iter().find(|line| line.rule.any_of.contains(&kind));
        let shown = line.is_some() || routes.contains(&&kind) || ticked(&kind) || attached.contains(&kind);
        shown.then(|| DocumentInput {
            code: kind.code(),
            key: format!("berkas.{}", kind.code()),
            label: kind.label(),
            required: line.is_some_and(|line| line.is_required() && line.rule.any_of.len() == 1),
            note: line.map_or_else(|| route_note(routes.contains(&&kind)), paper_note),
            checked: ticked(&kind),
            attached: if attached.contains(&kind) { "sudah ada".to_owned() } else { String::new() },
        })
    };
    DocumentKind::ALL.into_iter().filter_map(input).collect()
}

fn route_note(of_a_route: bool) -> String {
    if of_a_route { "bila keluarga belum tercatat dalam data sosial".to_owned() } else { String::new() }
}

/// Condition, choice, copies and original of a line.
fn paper_note(line: &PaperLine<'_>) -> String {
    let condition = if line.condition.is_empty() { String::new() } else { format!("bila {}", line.condition) };
    let choice = if line.rule.any_of.len() > 1 { format!("salah satu dari: {}", line.rule.label()) } else { String::new() };
    let optional = if line.rule.optional { "bila ada".to_owned() } else { String::new() };
    [condition, choice, optional, line.rule.form()].into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("; ")
}

/// A village outside the list, typed or found before, stays choosable.
fn with_current(mut choices: Vec<Choice>, current: &str) -> Vec<Choice> {
    if !current.is_empty() && !choices.iter().any(|c| c.value == current) {
        choices.push(Choice::new(current, RegionCode::parse(current).map_or(current.to_owned(), |code| village_name(&code))));
    }
    choices
}

fn is_deceased(row: &Resident, form: &ClaimForm) -> bool {
    Nik::parse(&form.almarhum.nik).ok().is_some_and(|nik| row.nik.as_ref() == Some(&nik))
}

fn member(row: &Resident, today: NaiveDate) -> FamilyMember {
    let role = row.family_role.to_lowercase();
    let age = row.born_on.and_then(|born| today.years_since(born)).map(|years| format!(", {years} tahun")).unwrap_or_default();
    let nik = row.nik.as_ref().map(|n| format!(", NIK {}", n.masked())).unwrap_or_default();
    FamilyMember { value: row.register_id.clone(), name: row.name.clone(), about: format!("{role}{age}{nik}") }
}

/// The living of the form's family card, in the person's region.
///
/// # Errors
/// [`StoreError`].
pub fn family_of(conn: &mut DbConn, actor: &Actor, form: &ClaimForm) -> Result<Vec<Resident>, StoreError> {
    let Ok(card) = FamilyCard::parse(&form.almarhum.no_kk) else { return Ok(vec![]) };
    let rows = register::by_family_card(conn, &actor.office, &card)?;
    Ok(rows.into_iter().filter(|r| r.status == ResidentStatus::Alive && is_visible(actor, r)).collect())
}

/// Fills the form from the register by the NIK typed, and says what came of it.
///
/// # Errors
/// [`StoreError`].
pub fn fill_from_register(conn: &mut DbConn, actor: &Actor, form: &mut ClaimForm) -> Result<Lookup, StoreError> {
    let nik = match Nik::parse(&form.almarhum.nik) {
        Ok(nik) => nik,
        Err(fault) => return Ok(lookup(Tone::Attention, &format!("Belum dapat dicari: {fault}. Mohon cocokkan dengan KTP atau KK."))),
    };
    let rows = register::by_nik(conn, &actor.office, &nik)?;
    let Some(row) = rows.iter().find(|r| is_visible(actor, r)) else {
        let unreadable = releases::unreadable_in(conn, &actor.office, &actor.region)?;
        let sentence = match (rows.is_empty(), unreadable) {
            (true, 0) => "NIK ini belum ada di data kependudukan kami. Tidak apa-apa: mohon tulis isian di bawah sesuai KTP atau KK.".to_owned(),
            (true, n) => format!(
                "NIK ini tidak ditemukan. Dalam data kependudukan desa ini ada {n} baris yang NIK-nya tidak terbaca (rusak saat disimpan dengan Excel), jadi orangnya mungkin tercatat. Tidak apa-apa: mohon tulis isian di bawah sesuai KTP atau KK; namanya tetap dicocokkan."
            ),
            (false, _) => "NIK ini tercatat di desa lain, jadi isiannya tidak ditampilkan di sini. Mohon tulis sesuai KTP atau KK yang dibawa keluarga.".to_owned(),
        };
        return Ok(lookup(Tone::Attention, &sentence));
    };
    fill(form, row);
    Ok(match row.status {
        ResidentStatus::Alive => {
            lookup(Tone::Good, "Data ditemukan dan sudah diisikan. Mohon cocokkan dengan KTP atau KK yang dibawa keluarga.")
        }
        ResidentStatus::Dead => lookup(
            Tone::Attention,
            "Data ditemukan dan sudah diisikan; di data kependudukan sudah tercatat meninggal. Mohon cocokkan tanggalnya.",
        ),
        ResidentStatus::Moved => lookup(
            Tone::Attention,
            "Data ditemukan dan sudah diisikan; di data kependudukan tercatat pindah. Mohon tanyakan tempat tinggal terakhir.",
        ),
    })
}

fn lookup(tone: Tone, text: &str) -> Lookup {
    Lookup { tone, text: text.to_owned() }
}

fn is_visible(actor: &Actor, row: &Resident) -> bool {
    row.village.as_ref().is_some_and(|village| actor.region.contains(village))
}

fn fill(form: &mut ClaimForm, row: &Resident) {
    let person = &mut form.almarhum;
    person.tanpa_nik.clear();
    person.nama.clone_from(&row.name);
    person.no_kk = row.family_card.as_ref().map(|c| c.expose().to_owned()).unwrap_or_default();
    person.tgl_lahir = row.born_on.map(short_date).unwrap_or_default();
    person.jenis_kelamin = row.sex.map(|s| s.code().to_owned()).unwrap_or_default();
    person.nama_ibu.clone_from(&row.mother);
    person.alamat = if row.street.is_empty() { row.hamlet.clone() } else { row.street.clone() };
    person.rt.clone_from(&row.rt);
    person.rw.clone_from(&row.rw);
    person.kode_desa = row.village.as_ref().map(ToString::to_string).unwrap_or_default();
}

/// Puts a family member into the first heir's fields, with the relation their places in the family suggest.
pub fn fill_heir(form: &mut ClaimForm, family: &[Resident], chosen: &str, deceased_role: &str) {
    let Some(row) = family.iter().find(|r| r.register_id == chosen) else { return };
    let heir = HeirForm {
        nama: row.name.clone(),
        nik: row.nik.as_ref().map(|n| n.expose().to_owned()).unwrap_or_default(),
        no_kk: row.family_card.as_ref().map(|c| c.expose().to_owned()).unwrap_or_default(),
        hubungan: relation(deceased_role, &row.family_role, row.sex).map(|r| r.code().to_owned()).unwrap_or_default(),
        no_hp: String::new(),
        alamat: if row.street.is_empty() { row.hamlet.clone() } else { row.street.clone() },
    };
    form.ahli_waris.resize(HEIRS_MAX, HeirForm::default());
    if let Some(first) = form.ahli_waris.first_mut() {
        *first = heir;
    }
    if let Some(account) = row.account.as_ref().filter(|_| form.rekening.nomor.is_empty()) {
        "bank".clone_into(&mut form.cara_bayar);
        form.rekening.bank.clone_from(&account.bank);
        form.rekening.nomor.clone_from(&account.number);
        form.rekening.atas_nama.clone_from(&account.holder);
    }
}

/// What the heir is to the deceased, where one of them is the head of the family; otherwise the clerk asks.
fn relation(deceased: &str, heir: &str, heir_sex: Option<Sex>) -> Option<Relation> {
    const HEAD: &str = "KEPALA KELUARGA";
    let spouse = match heir_sex? {
        Sex::Male => Relation::Suami,
        Sex::Female => Relation::Istri,
    };
    match (deceased, heir) {
        (HEAD, "ISTRI" | "SUAMI") | ("ISTRI" | "SUAMI", HEAD) => Some(spouse),
        (HEAD | "ISTRI" | "SUAMI", "ANAK") | ("ORANG TUA", HEAD) => Some(Relation::Anak),
        (HEAD, "ORANG TUA") | ("ANAK", HEAD | "ISTRI" | "SUAMI") => Some(Relation::OrangTua),
        ("ANAK", "ANAK") => Some(Relation::Saudara),
        (HEAD, "CUCU") => Some(Relation::Cucu),
        ("CUCU", HEAD) => Some(Relation::KakekNenek),
        (HEAD, "MENANTU") | ("MERTUA", HEAD) => Some(Relation::Menantu),
        (HEAD, "MERTUA") | ("MENANTU", HEAD) => Some(Relation::Mertua),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_is_suggested_only_where_the_family_card_tells_it() {
        let check = |deceased, heir, sex, expected| assert_eq!(relation(deceased, heir, Some(sex)), expected, "{deceased} {heir}");
        check("KEPALA KELUARGA", "ISTRI", Sex::Female, Some(Relation::Istri));
        check("ISTRI", "KEPALA KELUARGA", Sex::Male, Some(Relation::Suami));
        check("ISTRI", "ANAK", Sex::Male, Some(Relation::Anak));
        check("ORANG TUA", "KEPALA KELUARGA", Sex::Male, Some(Relation::Anak));
        check("ANAK", "ANAK", Sex::Male, Some(Relation::Saudara));
        check("MERTUA", "ANAK", Sex::Male, None);
        check("FAMILI LAIN", "KEPALA KELUARGA", Sex::Male, None);
    }
}
