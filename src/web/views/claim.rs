//! The page of one claim for one person.

use chrono::NaiveDate;

use super::alert::claim_alert;
use super::annul::{annul_link, owed_links};
use super::compare::{compare, register_only};
use super::identity::pair_views;
use super::rules::ruled;
use super::words::finding_title;
use super::year::place_words;
use super::{budget_view, flash, ready_faults};
use crate::domain::access::Role;
use crate::domain::calendar::{long_date, short_date};
use crate::domain::claim::{
    Action, ActionFacts, ClaimContent, ClaimedNik, Heir, Payout, Refused, StandIn, StandIns, Step, decide, possible_steps,
};
use crate::domain::crosscheck::{Finding, FindingCode, FoundBy, Person, Severity, Verdict, poverty_facts};
use crate::domain::letter::LetterKind;
use crate::domain::policy::PovertyFacts;
use crate::domain::register::Resident;
use crate::exchange::claim_form::FieldErrors;
use crate::store::claims::{self, Claim};
use crate::store::documents::{self, Document};
use crate::store::events::{self, Event};
use crate::store::letters::{self, Issued};
use crate::store::money::decrees;
use crate::store::{DbConn, StoreError, waivers};
use crate::web::page::{Chip, Choice, EventView, Fact, Link, when};
use crate::web::pages::{ActionView, AlertView, ClaimFiledPage, ClaimPage, DocumentView, FindingView, Group};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::{Site, village_name};
use crate::web::upload::size_text;
use crate::workflow::crosscheck::{Submission, gather};
use crate::workflow::{Pack, Refusal, action_facts, is_open_for_waiver};

/// The code a verifier's recommendation to refuse has in the form; as a step it is a verification with its reason.
pub const RECOMMEND: &str = "recommend";
/// The code the acceptance of a late claim has in the form.
pub const WAIVE: &str = "waive";

/// A decision that did not go through, to be shown again with everything typed.
#[derive(Debug, Clone, Default)]
pub struct Attempt {
    /// Step that was wanted.
    pub step: String,
    /// Reason as typed.
    pub reason: String,
    /// Ready sentences that were ticked.
    pub ticked: Vec<String>,
    /// Version the person saw, when it was stale.
    pub stale_version: Option<i64>,
    /// Fault in the reason.
    pub errors: FieldErrors,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

/// The claim with a code, if it lies in the person's region.
///
/// # Errors
/// [`Problem::not_found`] elsewhere.
pub fn seen_claim(conn: &mut DbConn, staff: &Staff, code: &str) -> Result<Claim, Problem> {
    let claim = claims::by_code(conn, &code.to_uppercase())?;
    if staff.actor.sees(&claim.village) { Ok(claim) } else { Err(Problem::not_found()) }
}

/// Everything about a claim that a page shows.
struct Known {
    claim: Claim,
    facts: ActionFacts,
    findings: Vec<Finding>,
    story: Vec<Event>,
    documents: Vec<Document>,
    letters: Vec<Issued>,
    register: Option<Resident>,
    register_note: String,
    alerts: Vec<AlertView>,
    /// The way to an annulment.
    annul: Option<Link>,
    /// What is still owed from earlier.
    owed: Vec<Link>,
    /// What the rules say about the claim, for those who judge.
    ruled: Vec<Fact>,
}

/// The page of a claim.
///
/// # Errors
/// [`Problem::not_found`] outside the region.
pub fn claim_page(site: &Site, staff: &Staff, code: &str, attempt: &Attempt) -> Result<ClaimPage, Problem> {
    let pack = site.pack()?;
    let (known, pairs, budget) = site.desk.store.read(|conn| {
        let known = gather_known(conn, staff, &pack, code, site.today())?;
        let budget = if staff.actor.role == Role::Approver { budget_view(conn, site, &pack)? } else { None };
        let pairs = pair_views(conn, staff, &pack, &known.claim, attempt)?;
        Ok::<_, Problem>((known, pairs, budget))
    })?;
    let claim = &known.claim;
    let (differing, same) = known.register.as_ref().map(|row| compare(&claim.content, row)).unwrap_or_default();
    let late = claim.content.deceased.sex.map_or("Almarhum/ah", |s| if s.late() == "almarhum" { "Almarhum" } else { "Almarhumah" });
    let deceased = format!("{late} {}", claim.content.deceased.name.without_late());
    Ok(ClaimPage {
        shell: site.shell_for(staff, deceased.clone()).at("/beranda").with_flash(flash(attempt.message.as_deref())),
        back: if staff.actor.role == Role::Finance { "/keuangan" } else { "/beranda" },
        code: claim.code.clone(),
        version: claim.version,
        deceased,
        village: village_name(&claim.village),
        filed: long_date(claim.filed_on),
        state: Chip::of_state(claim.state),
        verdict: Chip::of_verdict(claim.verdict),
        errors: attempt.errors.clone(),
        changed: attempt.stale_version.map(|version| changes(&known.story, version)).unwrap_or_default(),
        refusal: attempt.refusal.clone(),
        alerts: known.alerts.clone(),
        annul: known.annul.clone(),
        owed: known.owed.clone(),
        repair_href: repair_href(staff, &known.facts, claim),
        decide_title: decide_title(staff.actor.role),
        actions: actions(staff, &known, &pack, attempt),
        why_not: why_not(staff, &known.facts),
        budget,
        findings: findings_view(&known.findings),
        pairs,
        register_note: known.register_note.clone(),
        differing,
        same,
        groups: groups(&known, staff.actor.role),
        letters: known.letters.iter().map(letter_link).collect(),
        documents: documents_view(claim, &known.documents),
        events: known.story.iter().map(event_view).collect(),
    })
}

fn gather_known(conn: &mut DbConn, staff: &Staff, pack: &Pack, code: &str, today: NaiveDate) -> Result<Known, Problem> {
    let claim = seen_claim(conn, staff, code)?;
    let (register, register_note, poverty) = register_row(conn, staff, &claim)?;
    let waiver = waivers::of_claim(conn, &claim.id)?;
    let mut letters: Vec<Issued> = letters::of_claim(conn, &claim.id)?.into_iter().filter(|l| staff.actor.sees(&l.village)).collect();
    for decree in decrees::naming(conn, &claim.id)? {
        letters.extend(letters::of_decree(conn, &decree)?.into_iter().filter(for_the_notice_board));
    }
    let mut rules = ruled(pack, &claim, poverty.as_ref(), waiver.as_ref());
    rules.extend(place_words(conn, pack, &claim, today)?.map(|words| Fact::new("Daftar tunggu", words)));
    Ok(Known {
        facts: action_facts(conn, &staff.actor, &claim)?,
        findings: events::findings(conn, &claim.id)?,
        story: events::story(conn, &claim.id)?,
        documents: documents::of_claim(conn, &claim.id)?,
        letters,
        register,
        register_note,
        alerts: claim_alert(conn, staff, &claim.code)?,
        annul: annul_link(conn, &staff.actor, &claim)?,
        owed: owed_links(conn, &staff.actor, &claim)?,
        ruled: rules,
        claim,
    })
}

/// The register's row of the deceased, for those who judge and for the village it belongs to.
fn register_row(conn: &mut DbConn, staff: &Staff, claim: &Claim) -> Result<(Option<Resident>, String, Option<PovertyFacts>), StoreError> {
    if matches!(staff.actor.role, Role::Finance | Role::Admin) {
        return Ok((None, String::new(), None));
    }
    let submission = Submission { office: &claim.office, clerk: &claim.filed_by, filed_on: claim.filed_on, before_sequence: 0 };
    let facts = gather(conn, &submission, &claim.content)?;
    let dated = facts.dataset.released_on.map(|on| format!(", per {}", long_date(on))).unwrap_or_default();
    let note = format!("Data kependudukan: {}{dated}.", facts.dataset.name);
    let row = facts.person.row().filter(|row| row.village.as_ref().is_none_or(|village| staff.actor.sees(village)));
    let note = row.map_or_else(|| note.clone(), |_seen| format!("{note} {}", found(&facts.person)));
    let poverty = row.map(|_seen| poverty_facts(&claim.content, &facts));
    Ok((row.cloned(), note, poverty))
}

/// How the row was found, and how surely.
fn found(person: &Person) -> String {
    match person.grounds() {
        Some(grounds) => format!("Warga ini {grounds}."),
        None if person.found_by == Some(FoundBy::Nik) => "NIK dan nama sama dengan permohonan.".to_owned(),
        None => "Warga ini ditetapkan petugas.".to_owned(),
    }
}

fn decide_title(role: Role) -> &'static str {
    match role {
        Role::VillageHead => "Pengesahan desa",
        Role::Verifier => "Keputusan verifikator",
        Role::Approver => "Keputusan",
        Role::Operator | Role::Finance | Role::Auditor | Role::Admin => "Langkah",
    }
}

fn repair_href(staff: &Staff, facts: &ActionFacts, claim: &Claim) -> String {
    let can = possible_steps(&staff.actor, facts).contains(&Step::Resubmit);
    if can { format!("/permohonan/{}/perbaiki", claim.code) } else { String::new() }
}

/// What happened since the version somebody saw: every step counts the version up by one.
fn changes(story: &[Event], seen: i64) -> Vec<String> {
    let seen = usize::try_from(seen).unwrap_or_default();
    story.iter().skip(seen).map(|e| format!("{} oleh {}, {}", what(e), e.actor_name, when(e.at))).collect()
}

fn actions(staff: &Staff, known: &Known, pack: &Pack, attempt: &Attempt) -> Vec<ActionView> {
    let facts = &known.facts;
    let mut views: Vec<ActionView> = possible_steps(&staff.actor, facts).into_iter().filter_map(|step| action(step, facts)).collect();
    if staff.actor.role == Role::Verifier && views.iter().any(|v| v.step == Step::Verify.code()) {
        views.push(with_reason(
            RECOMMEND,
            "Teruskan dengan usul penolakan",
            "Teruskan dengan usul penolakan",
            "Kepala Dinas memutuskan; tuliskan aturan yang tidak terpenuhi.",
        ));
    }
    if may_waive(staff, known, pack) {
        views.push(with_reason(
            WAIVE,
            "Terima keterlambatan",
            "Terima keterlambatan",
            "Tulis mengapa permohonan ini terlambat diajukan. Alasan dan nama Bapak/Ibu dibaca pemeriksa.",
        ));
    }
    // The straight step first; what needs words is folded below it.
    views.sort_by_key(|v| !v.plain);
    for view in views.iter_mut().filter(|v| !attempt.step.is_empty() && v.step == attempt.step) {
        view.open = true;
        view.typed.clone_from(&attempt.reason);
        for choice in &mut view.ready {
            choice.checked = attempt.ticked.contains(&choice.value);
        }
    }
    views
}

/// Whether this person may accept that the claim came late: the rules say who.
fn may_waive(staff: &Staff, known: &Known, pack: &Pack) -> bool {
    let authority = pack.policies.named(&known.claim.policy_version).and_then(|policy| policy.deadline.waived_by);
    let late = known.findings.iter().any(|f| f.code == FindingCode::Lewat60Hari && f.severity == Severity::Block);
    late && authority == Some(staff.actor.role) && is_open_for_waiver(known.claim.state)
}

/// A step as a button or a folded form; steps taken elsewhere are left out.
fn action(step: Step, facts: &ActionFacts) -> Option<ActionView> {
    let broken = facts.verdict == Verdict::Ineligible;
    let why = "Ada temuan \"tidak memenuhi aturan\". Tuliskan mengapa permohonan tetap diteruskan; alasan ini dibaca pemeriksa.";
    Some(match step {
        Step::Endorse => {
            plain(step, "Sahkan permohonan", "Bapak/Ibu menyatakan peristiwa dan keluarganya benar, lalu diteruskan ke Dinas Sosial.")
        }
        Step::Verify if broken => with_reason(step.code(), "Verifikasi dengan alasan", "Verifikasi", why),
        Step::Verify => plain(step, "Verifikasi: data dan berkas sesuai", "Diteruskan kepada Kepala Dinas."),
        Step::Approve if broken => with_reason(step.code(), "Setujui dengan alasan", "Setujui", why),
        Step::Approve => plain(step, "Setujui", "Anggaran langsung diikat untuk permohonan ini."),
        Step::Return => ActionView {
            ready: ready_faults().iter().map(|s| Choice::new(*s, s.replace("->", "–"))).collect(),
            ..with_reason(
                step.code(),
                "Kembalikan untuk diperbaiki",
                "Kembalikan ke desa",
                "Desa dan keluarga membaca kalimat ini pada surat pengembalian. Tanggal pengajuan tetap.",
            )
        },
        Step::Reject => ActionView {
            class: "btn3",
            ..with_reason(
                step.code(),
                "Tolak",
                "Tolak permohonan",
                "Keluarga membaca alasan ini pada surat penolakan, beserta hak mengajukan keberatan.",
            )
        },
        Step::Hold => {
            with_reason(step.code(), "Tunda sementara", "Tunda", "Misalnya bila ahli waris belum sepakat. Dapat dilanjutkan kapan saja.")
        }
        Step::Resume => plain(step, "Lanjutkan", "Kembali ke tahap sebelum ditunda."),
        Step::Withdraw => with_reason(step.code(), "Tarik permohonan", "Tarik permohonan", "Hanya atas permintaan keluarga."),
        Step::Annul | Step::Resubmit | Step::Queue | Step::Decree | Step::Strike | Step::Pay | Step::Reverse => return None,
    })
}

fn plain(step: Step, label: &'static str, hint: &str) -> ActionView {
    ActionView { step: step.code(), label, hint: hint.to_owned(), plain: true, ..ActionView::default() }
}

fn with_reason(step: &'static str, label: &'static str, button: &'static str, hint: &str) -> ActionView {
    let key = format!("alasan_{step}");
    ActionView { step, label, button, hint: hint.to_owned(), key, reason_label: "Alasan", ..ActionView::default() }
}

/// Why somebody whose turn it seems may not act: another duty, or the own family.
fn why_not(staff: &Staff, facts: &ActionFacts) -> String {
    let usual = match staff.actor.role {
        Role::VillageHead => Step::Endorse,
        Role::Verifier => Step::Verify,
        Role::Approver => Step::Approve,
        Role::Finance => Step::Decree,
        Role::Operator | Role::Auditor | Role::Admin => return String::new(),
    };
    match decide(&Action { step: usual, reason: String::new() }, &staff.actor, facts) {
        Err(refused @ Refused::Conflict(_)) => Refusal::from(refused).to_string(),
        _ => String::new(),
    }
}

fn findings_view(findings: &[Finding]) -> Vec<FindingView> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|f| std::cmp::Reverse(f.severity));
    sorted.into_iter().map(finding_view).collect()
}

fn finding_view(finding: &Finding) -> FindingView {
    let dated = finding.dataset_on.map(|on| format!(", {}", short_date(on))).unwrap_or_default();
    FindingView {
        class: match finding.severity {
            Severity::Block => "block",
            Severity::Review => "review",
            Severity::Note => "remark",
        },
        chip: Chip::of_severity(finding.severity),
        title: finding_title(finding.code).to_owned(),
        sentence: finding.sentence.clone(),
        claimed: finding.claimed.clone(),
        registered: finding.registered.clone(),
        source: format!("{}{dated}", finding.dataset),
    }
}

/// Whether a letter is the one of its decree that the village may hang out.
fn for_the_notice_board(letter: &Issued) -> bool {
    LetterKind::parse(&letter.kind).is_some_and(LetterKind::is_for_everybody)
}

fn letter_link(letter: &Issued) -> Link {
    let label = LetterKind::parse(&letter.kind).map_or(letter.kind.clone(), |kind| kind.label().to_owned());
    Link { href: format!("/surat/{}", letter.id), label, value: letter.number.clone() }
}

fn documents_view(claim: &Claim, attached: &[Document]) -> Vec<DocumentView> {
    let files = attached.iter().map(|d| DocumentView {
        label: d.kind.label().to_owned(),
        href: format!("/permohonan/{}/berkas/{}", claim.code, d.id),
        size: size_text(d.bytes),
    });
    let seen = claim.content.documents.iter().filter(|kind| !attached.iter().any(|d| d.kind == **kind)).map(|kind| DocumentView {
        label: kind.label().to_owned(),
        href: String::new(),
        size: "sudah dilihat petugas desa".to_owned(),
    });
    files.chain(seen).collect()
}

fn what(event: &Event) -> String {
    let otherwise = match event.action.as_str() {
        events::CORRECTION => "Rekening atau penerima dikoreksi",
        events::ANNULMENT_ASKED => "Pembatalan diminta",
        events::ANNULMENT_REFUSED => "Permintaan pembatalan ditolak",
        events::RECOVERY => "Pengembalian uang",
        _ => "Diajukan",
    };
    Step::parse(&event.action).map_or_else(|| otherwise.to_owned(), |step| step.label().to_owned())
}

fn event_view(event: &Event) -> EventView {
    EventView {
        what: what(event),
        when: when(event.at),
        who: format!("{}, {}", event.actor_name, event.actor_role.label()),
        why: event.reason.replace("->", "–"),
    }
}

fn groups(known: &Known, role: Role) -> Vec<Group> {
    let content = &known.claim.content;
    let full = matches!(role, Role::Operator | Role::VillageHead | Role::Verifier | Role::Approver);
    let mut groups = vec![Group { title: "Menurut aturan".into(), rows: known.ruled.clone() }, deceased_group(content, full)];
    groups.extend(content.heirs.iter().enumerate().map(|(i, heir)| heir_group(i, heir, full)));
    groups.extend(stand_in_groups(&content.stand_ins, full));
    groups.push(payout_group(&content.payout, full));
    groups.push(Group {
        title: "Pelapor".into(),
        rows: vec![
            Fact::new("Nama", content.reporter.name.as_str()),
            Fact::new("Hubungan", &content.reporter.relation),
            Fact::new("Telepon", &content.reporter.phone),
        ],
    });
    if let Some(row) = &known.register {
        let rows = register_only(row).into_iter().map(|(label, value)| Fact::new(label, value)).collect();
        groups.push(Group { title: "Hanya di data kependudukan".into(), rows });
    }
    groups
}

fn deceased_group(content: &ClaimContent, full: bool) -> Group {
    let (person, death) = (&content.deceased, &content.death);
    let address = &person.address;
    Group {
        title: "Almarhum/almarhumah dan peristiwa".into(),
        rows: vec![
            Fact::new("Nama", person.name.as_str()),
            Fact::new("NIK", nik(&person.nik, full)),
            Fact::new(
                "Nomor KK",
                person.family_card.as_ref().map(|c| if full { c.expose().to_owned() } else { c.masked() }).unwrap_or_default(),
            ),
            Fact::new("Tanggal lahir", person.born_on.map(long_date).unwrap_or_default()),
            Fact::new("Nama ibu", &person.mother),
            Fact::new("Alamat", format!("{} RT {} RW {}, {}", address.street, address.rt, address.rw, village_name(&person.village))),
            Fact::new("Meninggal", format!("{}, {}", long_date(death.died_on), death.place)),
            Fact::new("Surat kematian", format!("{} {}", death.letter_number, death.letter_on.map(long_date).unwrap_or_default())),
        ],
    }
}

fn heir_group(index: usize, heir: &Heir, full: bool) -> Group {
    Group {
        title: if index == 0 { "Ahli waris yang menerima".into() } else { format!("Ahli waris {}", index + 1) },
        rows: vec![
            Fact::new("Nama", heir.name.as_str()),
            Fact::new("NIK", nik(&heir.nik, full)),
            Fact::new("Hubungan", heir.relation.label()),
            Fact::new("Telepon", &heir.phone),
            Fact::new("Alamat", &heir.address),
        ],
    }
}

/// Proxy, guardian, and who receives where nobody inherits.
fn stand_in_groups(stand_ins: &StandIns, full: bool) -> Vec<Group> {
    let acting = |title: &str, person: &StandIn| Group {
        title: title.into(),
        rows: vec![
            Fact::new("Nama", person.name.as_str()),
            Fact::new("NIK", nik(&person.nik, full)),
            Fact::new("Hubungan dengan ahli waris", &person.relation),
            Fact::new("Telepon", &person.phone),
        ],
    };
    let no_heir = stand_ins.no_heir.as_ref().map(|no_heir| {
        let mut group = Group { title: "Penerima karena tidak ada ahli waris".into(), ..heir_group(0, &no_heir.recipient, full) };
        group.rows.push(Fact::new("Jabatan", &no_heir.capacity));
        group
    });
    let guardian = stand_ins.guardian.as_ref().map(|person| acting("Wali ahli waris", person));
    let proxy = stand_ins.proxy.as_ref().map(|person| acting("Penerima kuasa (mengambilkan)", person));
    no_heir.into_iter().chain(guardian).chain(proxy).collect()
}

fn payout_group(payout: &Payout, full: bool) -> Group {
    let rows = match payout {
        Payout::Cash => vec![Fact::new("Cara", "Tunai di loket Dinas Sosial")],
        Payout::Bank(account) => vec![
            Fact::new("Bank", &account.bank),
            Fact::new("Nomor rekening", if full { account.number.clone() } else { account.masked_number() }),
            Fact::new("Atas nama", &account.holder),
        ],
    };
    Group { title: "Penerimaan santunan".into(), rows }
}

fn nik(nik: &ClaimedNik, full: bool) -> String {
    match &nik.number {
        Some(number) if full => number.expose().to_owned(),
        Some(number) => number.masked(),
        None => "tidak ada".to_owned(),
    }
}

/// The page right after filing.
///
/// # Errors
/// [`Problem::not_found`] outside the region.
pub fn filed_page(site: &Site, staff: &Staff, code: &str) -> Result<ClaimFiledPage, Problem> {
    let pack = site.pack()?;
    let known = site.desk.store.read(|conn| gather_known(conn, staff, &pack, code, site.today()))?;
    let (claim, content) = (&known.claim, &known.claim.content);
    let missing = pack.policies.named(&claim.policy_version).map(|policy| policy.missing_papers(content)).unwrap_or_default();
    let receipt = known.letters.iter().find(|l| l.kind == LetterKind::TandaTerima.code());
    Ok(ClaimFiledPage {
        shell: site.shell_for(staff, "Permohonan tercatat"),
        code: claim.code.clone(),
        filed: long_date(claim.filed_on),
        late: content.deceased.sex.map_or("almarhum/almarhumah", crate::domain::identity::Sex::late),
        deceased: content.deceased.name.to_string(),
        receipt: receipt.map(|l| format!("/surat/{}", l.id)).unwrap_or_default(),
        status_url: format!("{}/status", site.desk.public_url),
        verdict: Chip::of_verdict(claim.verdict),
        findings: findings_view(&known.findings),
        missing: missing.iter().map(|line| line.rule.label()).collect(),
    })
}
