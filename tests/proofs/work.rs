//! The work of an office as people do it, at browsers and command lines: every act can be sent again, and somebody can look whether
//! it is done.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use santunan::clock::Clock;
use santunan::domain::audit::sha256_hex;
use santunan::domain::calendar::wib_date;
use santunan::domain::claim::{State, Step};
use santunan::domain::payment::{ItemState, OrderKind, PaperKind};
use santunan::exchange::claim_form::ClaimForm;
use santunan::store::claims::{self, Claim};
use santunan::store::money::corrections::{self, Proposed};
use santunan::store::money::decrees::{self, Decree};
use santunan::store::money::items::{self, Item};
use santunan::store::money::orders::{self, Order};
use santunan::store::money::{papers, reports};
use santunan::store::{StoreError, events, users};
use santunan::workflow::Desk;
use santunan::workflow::money::plan_decree;
use serde_json::Value;

use crate::house::House;
use crate::support::{PASSWORD, a_claim};
use crate::wire::{Attached, Heard, Page, Person};

/// Families that claim. The payments of the first two come back, the third's answer has no reference, the fourth's is plain, the
/// fifth's comes later, the sixth gets cash.
pub const FAMILIES: usize = 6;
/// The one that gets cash.
const CASH: usize = 5;
/// Longest trouble with one act.
const PATIENCE: Duration = Duration::from_secs(90);
const TITLES: &str = "Kode Permohonan,Nomor Rekening,Nama Penerima,Jumlah (Rp),Status,Keterangan\n";
const PASSBOOK: &[u8] = b"%PDF-1.4 buku rekening";
const PEOPLE: [&str; 8] =
    ["operator.wonotunggal", "kades.wonotunggal", "verifikator", "verifikator2", "kepala.dinas", "bendahara", "ppk", "kuasa.bud"];

/// An act of somebody. Where two do the same, each has a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    File(usize),
    Step(usize, Step, &'static str),
    Lock(Window),
    Sign(Window),
    Order(Window),
    Paper(OrderKind, PaperKind),
    Check(OrderKind),
    Release(OrderKind, Window),
    /// The bank's first or second file, at the page or at the command line.
    Import(usize, Door),
    AnswerLine,
    HandOver,
    Propose(usize),
    Judge(usize),
    Renew(Window),
    Close(OrderKind),
}

/// One of two people, or one person twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    Left,
    Right,
}

/// Where an act comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Page,
    CommandLine,
}

/// Acts that are done at once, by as many people.
pub struct Stage {
    /// Phase it belongs to.
    pub phase: &'static str,
    pub acts: Vec<Act>,
}

/// The office's work from the first claim to the last closed order.
pub fn stages() -> Vec<Stage> {
    use OrderKind::{First, Renewed};
    use Window::{Left, Right};
    let stage = |phase, acts| Stage { phase, acts };
    let all = |act: &dyn Fn(usize) -> Act| (0..FAMILIES).map(act).collect::<Vec<_>>();
    let verifier = |family: usize| if family.is_multiple_of(2) { "verifikator" } else { "verifikator2" };
    let by_both_doors = |file| vec![Act::Import(file, Door::Page), Act::Import(file, Door::CommandLine)];
    vec![
        stage("file", all(&Act::File)),
        stage("endorse", all(&|family| Act::Step(family, Step::Endorse, "kades.wonotunggal"))),
        stage("verify", all(&|family| Act::Step(family, Step::Verify, verifier(family)))),
        stage("approve", all(&|family| Act::Step(family, Step::Approve, "kepala.dinas"))),
        stage("decree", vec![Act::Lock(Left), Act::Lock(Right)]),
        stage("sign", vec![Act::Sign(Left), Act::Sign(Right)]),
        stage("order", vec![Act::Order(Left), Act::Order(Right)]),
        stage("papers", vec![Act::Paper(First, PaperKind::Spp), Act::Check(First)]),
        stage("papers", vec![Act::Paper(First, PaperKind::Spm)]),
        stage("papers", vec![Act::Paper(First, PaperKind::Sp2d)]),
        stage("release", vec![Act::Release(First, Left), Act::Release(First, Right)]),
        stage("import", by_both_doors(0)),
        stage("answer", vec![Act::AnswerLine, Act::HandOver]),
        stage("propose", vec![Act::Propose(0), Act::Propose(1)]),
        stage("judge", vec![Act::Judge(0), Act::Judge(1)]),
        stage("renew", vec![Act::Renew(Left), Act::Renew(Right)]),
        stage("papers", vec![Act::Paper(Renewed, PaperKind::Spp), Act::Check(Renewed)]),
        stage("papers", vec![Act::Paper(Renewed, PaperKind::Spm)]),
        stage("papers", vec![Act::Paper(Renewed, PaperKind::Sp2d)]),
        stage("release", vec![Act::Release(Renewed, Left), Act::Release(Renewed, Right)]),
        stage("import", by_both_doors(1)),
        stage("close", vec![Act::Close(First), Act::Close(Renewed)]),
    ]
}

/// What somebody sends: bytes for the page, or words for the command line.
enum Sent {
    Request(Vec<u8>),
    Words(Vec<String>),
}

/// An office with its people at work.
pub struct Town<'a> {
    pub house: &'a House,
    people: BTreeMap<&'static str, Person<'a>>,
    /// Names of acts somebody was told are done, or saw done.
    pub acknowledged: Mutex<BTreeSet<String>>,
    /// Acts that were cut off and turned out to be done.
    pub cut_and_kept: AtomicUsize,
    /// Acts that were cut off and turned out not to be done.
    pub cut_and_undone: AtomicUsize,
    /// Answers that said "later".
    pub put_off: AtomicUsize,
    /// The longest that anybody waited for an answer since somebody last asked.
    slowest: Mutex<Duration>,
}

impl<'a> Town<'a> {
    /// Everybody comes to work.
    pub fn new(house: &'a House) -> Self {
        let people = PEOPLE.into_iter().map(|name| (name, house.line.log_in(name, PASSWORD))).collect();
        let zero = AtomicUsize::default;
        let (acknowledged, slowest) = (Mutex::default(), Mutex::default());
        Self { house, people, acknowledged, cut_and_kept: zero(), cut_and_undone: zero(), put_off: zero(), slowest }
    }

    /// How long the slowest act took since this was last asked.
    pub fn slowest(&self) -> Duration {
        std::mem::take(&mut self.slowest.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn person(&self, name: &str) -> &Person<'a> {
        &self.people[name]
    }

    /// Does one act, whatever happens on the way: what was not acknowledged is sent again, byte for byte.
    pub fn insist(&self, act: Act) {
        let until = Instant::now() + PATIENCE;
        let sent = patiently(until, || act.prepare(self));
        loop {
            assert!(Instant::now() < until, "{act:?} is not done after {PATIENCE:?}: {}", self.house.complaints());
            let begun = Instant::now();
            let told = self.send(&sent);
            let mut slowest = self.slowest.lock().unwrap_or_else(PoisonError::into_inner);
            *slowest = begun.elapsed().max(*slowest);
            drop(slowest);
            match told {
                Told::Done => break,
                Told::Refused(why) => {
                    // The other window was faster, or the answer to an earlier try was lost: the person looks.
                    assert!(patiently(until, || act.is_done(self.house)), "{act:?}: {why}");
                    break;
                }
                Told::Cut => {
                    self.house.wait_for_the_door();
                    let kept = patiently(until, || act.is_done(self.house));
                    let counter = if kept { &self.cut_and_kept } else { &self.cut_and_undone };
                    counter.fetch_add(1, Ordering::SeqCst);
                }
                Told::Later => {
                    self.put_off.fetch_add(1, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(50));
                }
                Told::Nothing => std::thread::sleep(Duration::from_millis(5)),
            }
        }
        self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).insert(format!("{act:?}"));
    }

    fn send(&self, sent: &Sent) -> Told {
        match sent {
            Sent::Request(bytes) => match self.house.line.act(bytes) {
                Heard::Answer(page) => Told::of(&page),
                Heard::NotReached => Told::Nothing,
                Heard::Cut => Told::Cut,
            },
            Sent::Words(words) => match self.house.call_in_danger(&words.iter().map(String::as_str).collect::<Vec<_>>()) {
                Some(0) => Told::Done,
                Some(1) => Told::Refused(format!("{words:?}")),
                Some(3) => Told::Later,
                Some(code) => panic!("{words:?} ended with {code}"),
                None => Told::Cut,
            },
        }
    }
}

/// Looking may fail while the database is away.
fn patiently<T>(until: Instant, look: impl Fn() -> Result<T, StoreError>) -> T {
    loop {
        match look() {
            Ok(seen) => return seen,
            Err(StoreError::Unreachable(_) | StoreError::Busy | StoreError::Lost) if Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(why) => panic!("{why:?}"),
        }
    }
}

/// What somebody makes of an answer.
enum Told {
    Done,
    Refused(String),
    Cut,
    Later,
    Nothing,
}

impl Told {
    fn of(page: &Page) -> Self {
        match page.status {
            200 | 201 | 303 => Self::Done,
            409 | 422 => Self::Refused(page.text()),
            503 => {
                let said = page.text();
                let clear = ["Sistem sedang sibuk", "Penyimpanan terganggu"].iter().any(|words| said.contains(words));
                assert!(clear, "503 without a clear sentence: {said}");
                Self::Later
            }
            status => panic!("{status}: {}", page.text()),
        }
    }
}

impl Act {
    /// Whether the data have it.
    pub fn is_done(self, house: &House) -> Result<bool, StoreError> {
        house.look(|desk| self.is_done_at(desk, house))
    }

    /// The same for data that are open already.
    pub fn is_done_at(self, desk: &Desk, house: &House) -> Result<bool, StoreError> {
        let store = &desk.store;
        let order = |kind| order(desk, house, kind);
        Ok(match self {
            Self::File(family) => claim(desk, house, family)?.is_some(),
            Self::Step(family, step, _) => match claim(desk, house, family)? {
                Some(claim) => store.read(|conn| events::story(conn, &claim.id))?.iter().any(|event| event.action == step.code()),
                None => false,
            },
            Self::Lock(_) => decree(desk, house)?.is_some(),
            Self::Sign(_) => decree(desk, house)?.is_some_and(|decree| decree.signed_on.is_some()),
            Self::Order(_) => order(OrderKind::First)?.is_some(),
            Self::Renew(_) => order(OrderKind::Renewed)?.is_some(),
            Self::Paper(which, kind) => match order(which)? {
                Some(order) => store.read(|conn| papers::of_order(conn, &order.id))?.iter().any(|paper| paper.kind == kind),
                None => false,
            },
            Self::Check(which) => order(which)?.is_some_and(|order| order.checked.is_some()),
            Self::Release(which, _) => order(which)?.is_some_and(|order| order.released.is_some()),
            Self::Close(which) => order(which)?.is_some_and(|order| order.closed.is_some()),
            Self::Import(file, _) => {
                let sha256 = sha256_hex(&bank_answer(desk, house, file)?);
                store.read(|conn| reports::by_sha256(conn, &house.code, &sha256))?.is_some()
            }
            Self::AnswerLine => payment(desk, house, 2)?.state == ItemState::Paid,
            Self::HandOver => payment(desk, house, CASH)?.state == ItemState::Paid,
            Self::Propose(family) => proposal(desk, house, family)?.is_some(),
            Self::Judge(family) => proposal(desk, house, family)?.is_some_and(|proposed| proposed.decision.is_some()),
        })
    }

    /// What is sent, as the person sees things now.
    fn prepare(self, town: &Town<'_>) -> Result<Sent, StoreError> {
        let house = town.house;
        house.look(|desk| {
            let form = |who: &str, path: &str, fields: &[(&str, &str)]| Ok(Sent::Request(town.person(who).form(path, fields)));
            let order = |kind| Ok::<_, StoreError>(order(desk, house, kind)?.expect("an order that was acknowledged"));
            let step = |which, who: &str, step: &str| {
                let order = order(which)?;
                let version = order.version.to_string();
                let fields = [("langkah", step), ("versi", version.as_str()), ("kata_sandi", PASSWORD)];
                form(who, &format!("/keuangan/perintah/{}/langkah", order.id), &fields)
            };
            match self {
                Self::File(family) => Ok(file(town, family)),
                Self::Step(family, step, who) => {
                    let claim = claim(desk, house, family)?.expect("a claim that was acknowledged");
                    let (version, reason) = (claim.version.to_string(), format!("alasan_{}", step.code()));
                    let fields = [("langkah", step.code()), ("versi", &version), (&reason, "sudah dibandingkan dengan berkas")];
                    form(who, &format!("/permohonan/{}/langkah", claim.code), &fields)
                }
                Self::Lock(_) => form("bendahara", "/keuangan/sk", &[("segel", &seal(desk, house)?)]),
                Self::Sign(_) => {
                    let id = decree(desk, house)?.expect("a decree that was acknowledged").id;
                    let (key, today) = (format!("tanggal_{id}"), written(today()));
                    form("bendahara", &format!("/keuangan/sk/{id}/tanda-tangan"), &[(&key, &today)])
                }
                Self::Order(_) => {
                    let id = decree(desk, house)?.expect("a decree that was acknowledged").id;
                    form("bendahara", &format!("/keuangan/sk/{id}/perintah"), &[])
                }
                Self::Paper(which, kind) => {
                    let order = order(which)?;
                    let (number, today) = (format!("{}/{}", kind.label(), order.number), written(today()));
                    let value = order.total.whole().to_string();
                    let fields = [("jenis", kind.code()), ("nomor", number.as_str()), ("tanggal", &today), ("nilai", &value)];
                    form("bendahara", &format!("/keuangan/perintah/{}/surat-sipd", order.id), &fields)
                }
                Self::Check(which) => step(which, "ppk", "check"),
                Self::Release(which, _) => step(which, "kuasa.bud", "release"),
                Self::Close(which) => step(which, "ppk", "close"),
                Self::Import(number, door) => Ok(import(town, door, number, &bank_answer(desk, house, number)?)),
                Self::AnswerLine => {
                    let line = desk.store.read(|conn| reports::open_lines(conn, &house.code, 10))?.remove(0);
                    let (position, key) = (line.position.to_string(), format!("alasan_{}_{}", line.report_id, line.position));
                    let fields = [("baris", position.as_str()), ("tindakan", "terima"), (&key, "dicocokkan dengan rekening koran")];
                    form("bendahara", &format!("/keuangan/hasil/{}/baris", line.report_id), &fields)
                }
                Self::HandOver => Ok(hand_over(town, &claim(desk, house, CASH)?.unwrap(), &payment(desk, house, CASH)?)),
                Self::Propose(family) => Ok(propose(town, family, &payment(desk, house, family)?)),
                Self::Judge(family) => {
                    let id = proposal(desk, house, family)?.expect("a proposal that was acknowledged").id;
                    form("kepala.dinas", &format!("/keuangan/retur/usulan/{id}"), &[("tindakan", "setuju")])
                }
                Self::Renew(_) => form("bendahara", "/keuangan/retur/perintah", &[]),
            }
        })
    }
}

fn today() -> NaiveDate {
    wib_date(Clock::System.now())
}

fn written(day: NaiveDate) -> String {
    day.format("%d-%m-%Y").to_string()
}

fn key(family: usize) -> String {
    format!("kunci-{family}")
}

/// A claim of this week, in the words of the form.
pub fn claim_form(family: usize, key: &str) -> Value {
    let died_on = today().checked_sub_days(Days::new(7)).unwrap();
    let a_claim = if family == CASH { a_claim().paid_in_cash() } else { a_claim() };
    let submission = a_claim.of_family(family).submission();
    let mut content = submission.content;
    (content.death.died_on, content.death.letter_on) = (died_on, Some(died_on));
    serde_json::to_value(ClaimForm { kunci: key.to_owned(), ..ClaimForm::from(&content) }).unwrap()
}

/// The same, field by field as a page sends it.
pub fn page_fields(form: &Value) -> Vec<(String, String)> {
    fn flatten(name: &str, value: &Value, fields: &mut Vec<(String, String)>) {
        let inside = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
        match value {
            Value::Object(object) => object.iter().for_each(|(key, value)| flatten(&inside(key), value, fields)),
            Value::Array(list) if name == "dokumen" => list.iter().for_each(|value| flatten(name, value, fields)),
            Value::Array(list) => list.iter().enumerate().for_each(|(at, value)| flatten(&format!("{name}[{at}]"), value, fields)),
            other => fields.push((name.to_owned(), other.as_str().unwrap_or_default().to_owned())),
        }
    }
    let mut fields = vec![("aksi".to_owned(), "kirim".to_owned())];
    flatten("", form, &mut fields);
    fields
}

/// A third of the claims comes by each door: programs, pages with papers, command lines.
fn file(town: &Town<'_>, family: usize) -> Sent {
    let form = claim_form(family, &key(family));
    let clerk = town.person("operator.wonotunggal");
    match family % 3 {
        0 => Sent::Request(clerk.json("/api/v1/claims", &form.to_string())),
        1 => {
            let fields = page_fields(&form);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
            let scan = format!("%PDF-1.4 kartu keluarga {family}");
            let papers: [Attached<'_>; 1] = [("berkas.kk", "kk.pdf", scan.as_bytes())];
            Sent::Request(clerk.form_with_files("/permohonan/baru", &fields, &papers))
        }
        _ => {
            let path = town.house.beside(&format!("permohonan-{family}.json"), form.to_string().as_bytes());
            words(&["claim", "file", &path, "--by", "operator.wonotunggal"])
        }
    }
}

fn words(words: &[&str]) -> Sent {
    Sent::Words(words.iter().map(ToString::to_string).collect())
}

fn import(town: &Town<'_>, door: Door, number: usize, bytes: &[u8]) -> Sent {
    let name = format!("hasil-{number}.csv");
    match door {
        Door::Page => {
            let files: [Attached<'_>; 1] = [("berkas_hasil", &name, bytes)];
            Sent::Request(town.person("bendahara").form_with_files("/keuangan/hasil", &[("profil", "csv")], &files))
        }
        Door::CommandLine => {
            let path = town.house.beside(&name, bytes);
            words(&["bank", "import", &path, "--profile", "csv", "--as", "bendahara"])
        }
    }
}

fn hand_over(town: &Town<'_>, claim: &Claim, item: &Item) -> Sent {
    let digits = claim.content.payee().and_then(|payee| payee.nik.number.clone()).unwrap().expose()[12..].to_owned();
    let version = item.version.to_string();
    let fields =
        [("versi", version.as_str()), ("penerima", "payee"), ("dokumen", "ktp"), ("angka_nik", digits.as_str()), ("tanda", "signature")];
    Sent::Request(town.person("bendahara").form(&format!("/keuangan/loket/serah/{}", item.id), &fields))
}

fn propose(town: &Town<'_>, family: usize, item: &Item) -> Sent {
    let who = if family == 0 { "operator.wonotunggal" } else { "bendahara" };
    let (version, account) = (item.version.to_string(), format!("59550182{family:04}"));
    let typed = [
        ("cara", "bank"),
        ("bank", "BRI"),
        ("nomor", account.as_str()),
        ("atas_nama", item.payee.as_str()),
        ("dasar", "buku rekening ditunjukkan keluarga"),
    ];
    let keys = typed.map(|(key, _)| format!("{key}_{}", item.id));
    let mut fields: Vec<(&str, &str)> = keys.iter().zip(&typed).map(|(key, (_, value))| (key.as_str(), *value)).collect();
    fields.push(("versi", &version));
    let papers: [Attached<'_>; 1] = [("bukti", "buku.pdf", PASSBOOK)];
    Sent::Request(town.person(who).form_with_files(&format!("/keuangan/retur/{}", item.id), &fields, &papers))
}

fn seal(desk: &Desk, house: &House) -> Result<String, StoreError> {
    let finance = desk.store.read(|conn| users::list(conn, house.code.as_str()))?;
    let finance = finance.into_iter().find(|account| account.username == "bendahara").unwrap().actor;
    // A refusal that is no trouble of the database would be a fault of this test.
    plan_decree(desk, &finance).map(|plan| plan.seal).map_err(|refusal| StoreError::Unreachable(refusal.to_string()))
}

pub fn claim(desk: &Desk, house: &House, family: usize) -> Result<Option<Claim>, StoreError> {
    desk.store.read(|conn| claims::by_idempotency_key(conn, &house.code, &key(family)))
}

pub fn decree(desk: &Desk, house: &House) -> Result<Option<Decree>, StoreError> {
    Ok(desk.store.read(|conn| decrees::all(conn, &house.code))?.pop())
}

pub fn order(desk: &Desk, house: &House, kind: OrderKind) -> Result<Option<Order>, StoreError> {
    Ok(desk.store.read(|conn| orders::all(conn, &house.code))?.into_iter().find(|order| order.kind == kind))
}

/// The first payment of a family.
fn payment(desk: &Desk, house: &House, family: usize) -> Result<Item, StoreError> {
    let claim = claim(desk, house, family)?.expect("a claim that was acknowledged");
    let of_claim = desk.store.read(|conn| items::of_claim(conn, &claim.id))?;
    Ok(of_claim.into_iter().find(|item| item.replaces.is_none()).expect("a payment that was ordered"))
}

fn proposal(desk: &Desk, house: &House, family: usize) -> Result<Option<Proposed>, StoreError> {
    let item = payment(desk, house, family)?;
    Ok(desk.store.read(|conn| corrections::of_item(conn, &house.code, &item.id))?.pop())
}

/// What the bank says of the first order; then of the second, and of what it said nothing about before.
fn bank_answer(desk: &Desk, house: &House, number: usize) -> Result<Vec<u8>, StoreError> {
    let mut text = TITLES.to_owned();
    let mut say = |item: &Item, reference: &str, became: &str| {
        let (_, account, holder) = item.account.clone().expect("a transfer");
        text.push_str(&format!("{reference},{account},{holder},{},{became}\n", item.amount.whole()));
    };
    if number == 0 {
        let of = |family| payment(desk, house, family);
        say(&of(0)?, &of(0)?.reference, "RETUR,REKENING TUTUP");
        say(&of(1)?, &of(1)?.reference, "RETUR,REKENING TIDAK DITEMUKAN");
        say(&of(2)?, "", "SUKSES,");
        say(&of(3)?, &of(3)?.reference, "SUKSES,");
    } else {
        let renewed = order(desk, house, OrderKind::Renewed)?.expect("an order that was acknowledged");
        for item in renewed.items.iter().chain(&[payment(desk, house, 4)?, payment(desk, house, 3)?]) {
            say(item, &item.reference, "SUKSES,");
        }
    }
    Ok(text.into_bytes())
}

/// Where every claim stands when all is done.
pub fn is_over(states: &[State]) -> bool {
    states.len() == FAMILIES && states.iter().all(|state| *state == State::Paid)
}
