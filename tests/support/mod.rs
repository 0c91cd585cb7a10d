//! An office of its own for every test: migrated, opened, staffed, with a register of a dozen invented families.

mod claim;
mod engine;
mod families;

use std::collections::BTreeMap;
use std::io::Cursor;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeZone, Utc};
use diesel::connection::SimpleConnection;
use santunan::clock::{Clock, new_id};
use santunan::domain::access::{Actor, Role};
use santunan::domain::audit::verify;
use santunan::domain::budget::Position;
use santunan::domain::calendar::wib_date;
use santunan::domain::claim::{Action, State, Step};
use santunan::domain::identity::{FamilyCard, Nik};
use santunan::domain::money::Rupiah;
use santunan::domain::payment::{IdentityCheck, IdentityPaper, PaperKind, ReceiptMark, Receiver, TreasuryPaper};
use santunan::domain::region::RegionCode;
use santunan::domain::undo::Ground;
use santunan::exchange::pack::{included, read_users};
use santunan::exchange::register_file::{Mappings, RegisterFile};
use santunan::store::claims::{self, Claim};
use santunan::store::letters::{self, Issued};
use santunan::store::money::annulments::Annulment;
use santunan::store::money::budget;
use santunan::store::money::collection::HandOver;
use santunan::store::money::decrees::Decree;
use santunan::store::money::items::Item;
use santunan::store::money::orders::Order;
use santunan::store::money::recoveries::Case;
use santunan::store::users::{self, Account};
use santunan::store::{Store, StoreError, audit, outbox};
use santunan::workflow::import::{Origin, import_register};
use santunan::workflow::money::cash::{HandingOver, hand_over};
use santunan::workflow::money::undo::{AskAnnulment, JudgeAnnulment, ask_annulment, judge_annulment};
use santunan::workflow::money::{
    Answer, ByHand, Release, Released, Revise, check_order, lock_decree, make_order, record_by_hand, record_paper, release_order,
    revise_budget, sign_decree, verify_ledger,
};
use santunan::workflow::{Acted, Desk, Filed, OfficeSources, Refusal, Wish, act, open_office, submit};

pub use claim::{AClaim, a_claim};
pub use engine::{Database, Engine};
pub use families::register as register_text;

/// The office's day in all tests: 22 June 2026, 08.00 WIB.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 22, 1, 0, 0).unwrap()
}

/// The password of everybody in tests.
pub const PASSWORD: &str = "kata-sandi-uji-coba";

/// Its hash, cheap: tests are not about guessing passwords.
fn hash_of_tests() -> &'static str {
    use argon2::password_hash::PasswordHasher;
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HASH.get_or_init(|| {
        let params = argon2::Params::new(8, 1, 1, None).unwrap();
        let hasher = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
        hasher.hash_password(PASSWORD.as_bytes()).unwrap().to_string()
    })
}

/// A paper that proves something.
pub const EVIDENCE: (&str, &[u8]) = ("application/pdf", b"%PDF-1.7 bukti uji");

/// A day of June 2026.
pub fn june(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, day).unwrap()
}

/// A register text as an import opens it.
pub fn register_file(text: &str) -> RegisterFile<Cursor<&[u8]>> {
    RegisterFile::open(Cursor::new(text.as_bytes()), &Mappings::built_in(), now().date_naive()).unwrap()
}

/// An open office with its people.
pub struct Office {
    pub desk: Desk,
    pub code: RegionCode,
    people: BTreeMap<String, Actor>,
    pub database: Database,
}

/// Tells `story` in a fresh office on SQLite and in another on PostgreSQL.
pub fn on_both_engines(story: impl Fn(&Office)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        story(&open(engine));
    }
}

/// A fresh office on one engine.
pub fn open(engine: Engine) -> Office {
    open_in(Database::make(engine), Clock::Fixed(now()))
}

/// A fresh office at any time: the ceiling is that of the year.
pub fn open_in(database: Database, clock: Clock) -> Office {
    let today = wib_date(clock.now());
    let (store, _) = Store::migrate_and_open(&database.url()).unwrap();
    let desk = Desk::new(store, database.folder(), clock, "http://localhost".into());
    let settings = included::OFFICE.replace("year = 2026", &format!("year = {}", today.year()));
    let sources = OfficeSources { office: &settings, policy: included::POLICY, emblem: included::EMBLEM };
    let code = open_office(&desk, sources).unwrap();
    let mut office = Office { desk, code, people: BTreeMap::new(), database };
    for user in read_users(included::USERS).unwrap() {
        let (nik, card) = (user.nik.expose().to_owned(), user.family_card.expose().to_owned());
        let actor = office.hire(&user.username, user.role, user.region.as_str(), &nik, &card);
        office.people.insert(user.username, actor);
    }
    let bytes = families::register();
    let mut file = register_file(&bytes);
    let released_on = today.checked_sub_days(Days::new(21)).unwrap();
    let origin = Origin { source: "DTSEN (uji)", released_on, file_name: "uji.csv", file: &mut file };
    let machine = office.who("admin").clone();
    import_register(&office.desk, &machine, origin, || ()).unwrap();
    office
}

impl Office {
    /// One of the demo's people, by login name.
    pub fn who(&self, username: &str) -> &Actor {
        &self.people[username]
    }

    /// A new person with an account; nobody logs in, so the password is none.
    pub fn hire(&self, username: &str, role: Role, region: &str, nik: &str, card: &str) -> Actor {
        let actor = Actor {
            id: new_id(),
            name: username.to_uppercase(),
            role,
            office: self.code.clone(),
            region: RegionCode::parse(region).unwrap(),
            nik: Some(Nik::parse(nik).unwrap()),
            family_card: Some(FamilyCard::parse(card).unwrap()),
        };
        let account = Account {
            actor: actor.clone(),
            username: username.into(),
            password_hash: hash_of_tests().into(),
            disabled: false,
            failed_logins: 0,
            locked_until: None,
        };
        self.desk.store.write(self.code.as_str(), |tx| users::insert(tx, &account, now())).unwrap();
        actor
    }

    /// Files through the clerk of Wonotunggal.
    pub fn file(&self, claim: &AClaim) -> Result<Filed, Refusal> {
        submit(&self.desk, self.who("operator.wonotunggal"), &claim.submission())
    }

    /// Takes a step on the claim as it stands now.
    pub fn act(&self, actor: &Actor, id: &str, step: Step, reason: &str) -> Result<Acted, Refusal> {
        self.act_at(actor, id, self.claim(id).version, step, reason)
    }

    /// Takes a step on the claim as somebody saw it at a version.
    pub fn act_at(&self, actor: &Actor, id: &str, version: i64, step: Step, reason: &str) -> Result<Acted, Refusal> {
        let action = Action { step, reason: reason.into() };
        act(&self.desk, actor, &Wish { claim_id: id, expected_version: version, action })
    }

    /// Files, endorses and verifies; returns the claim's id.
    pub fn verified(&self, claim: &AClaim) -> String {
        let id = self.file(claim).unwrap().claim.id;
        self.act(self.who("kades.wonotunggal"), &id, Step::Endorse, "").unwrap();
        self.act(self.who("verifikator"), &id, Step::Verify, "sudah dibandingkan dengan berkas").unwrap();
        id
    }

    /// A claim on the road up to its approval.
    pub fn approved(&self, claim: &AClaim) -> String {
        let id = self.verified(claim);
        assert_eq!(self.act(self.who("kepala.dinas"), &id, Step::Approve, "").unwrap().state, State::Approved);
        id
    }

    /// Somebody asks with evidence that a claim be annulled.
    pub fn ask_annulment(&self, who: &str, id: &str, ground: Ground) -> Result<Annulment, Refusal> {
        let ask = AskAnnulment {
            claim_id: id,
            expected_version: self.claim(id).version,
            ground,
            words: "diketahui dari pemeriksaan ulang",
            evidence: Some(EVIDENCE),
        };
        ask_annulment(&self.desk, self.who(who), &ask)
    }

    /// The head of agency agrees.
    pub fn agree_annulment(&self, annulment: &Annulment) -> Result<Option<Case>, Refusal> {
        let judge = JudgeAnnulment { annulment_id: &annulment.id, agrees: true, reason: "", debtor: None };
        judge_annulment(&self.desk, self.who("kepala.dinas"), &judge)
    }

    /// Annuls a claim by two persons; the case of what has to come back.
    pub fn annulled(&self, id: &str, ground: Ground) -> Option<Case> {
        let asked = self.ask_annulment("verifikator2", id, ground).unwrap();
        self.agree_annulment(&asked).unwrap()
    }

    /// Sets the ceiling of this year's line by a budget document.
    pub fn set_ceiling(&self, whole: i64) {
        let line = self.desk.store.read(|conn| budget::line_of_year(conn, &self.code, 2026)).unwrap();
        let document = format!("DPPA {}", new_id());
        let ceiling = Rupiah::new(whole).unwrap();
        let revise = Revise { line_id: &line.id, document: &document, dated_on: june(1), ceiling, reason: "perubahan anggaran uji" };
        revise_budget(&self.desk, self.who("bendahara"), &revise).unwrap();
    }

    /// Everything approved on a decree, signed the same day.
    pub fn decreed(&self) -> Decree {
        let decree = lock_decree(&self.desk, self.who("bendahara"), "").unwrap().decree;
        sign_decree(&self.desk, self.who("bendahara"), &decree.id, june(22)).unwrap()
    }

    /// SPP, SPM and SP2D of an order, as the state's system would issue them.
    pub fn papers(&self, order: &Order) {
        for kind in PaperKind::ALL {
            let number = format!("{}/{}", kind.label(), order.number);
            let paper = TreasuryPaper { kind, number, dated_on: june(22), value: order.total };
            record_paper(&self.desk, self.who("bendahara"), &order.id, &paper).unwrap();
        }
    }

    /// An order out of its maker's hands: papers, check, release.
    pub fn released(&self, order: &Order) -> Released {
        self.papers(order);
        let checked = check_order(&self.desk, self.who("ppk"), &order.id, order.version).unwrap();
        let release = Release { order_id: &order.id, expected_version: checked.version, password: PASSWORD, reason: "" };
        release_order(&self.desk, self.who("kuasa.bud"), &release).unwrap()
    }

    /// Everything approved on its way: decree, order, release.
    pub fn sent(&self) -> Released {
        let decree = self.decreed();
        self.released(&make_order(&self.desk, self.who("bendahara"), &decree.id, "").unwrap().order)
    }

    /// Last digits of the NIK of a payment's payee.
    pub fn digits(&self, item: &Item) -> String {
        let claim = self.claim(&item.claim_id);
        let nik = claim.content.payee().unwrap().nik.number.clone().unwrap();
        nik.expose()[12..].to_owned()
    }

    /// The heir comes with the KTP and signs.
    pub fn collect(&self, who: &str, item: &Item) -> Result<HandOver, Refusal> {
        let check = IdentityCheck {
            receiver: Receiver::Payee,
            paper: IdentityPaper::Ktp,
            last_digits: self.digits(item),
            proxy_letter: String::new(),
        };
        let handing = HandingOver { item_id: &item.id, expected_version: item.version, check, mark: ReceiptMark::Signature, photo: None };
        hand_over(&self.desk, self.who(who), &handing)
    }

    /// The heir has the money.
    pub fn collected(&self, item: &Item) -> HandOver {
        self.collect("bendahara", item).unwrap()
    }

    /// Everything approved, paid: each transfer answered by hand, each cash payment collected.
    pub fn paid(&self) -> Released {
        let released = self.sent();
        for item in &released.order.items {
            if item.account.is_none() {
                self.collected(item);
                continue;
            }
            let by_hand = ByHand {
                item_id: &item.id,
                expected_version: item.version,
                answer: Answer::Paid,
                on: june(22),
                evidence: "rekening koran",
            };
            record_by_hand(&self.desk, self.who("bendahara"), &by_hand).unwrap();
        }
        released
    }

    /// The books agree with everything else, or the test ends here.
    pub fn books(&self) {
        let proof = verify_ledger(&self.desk, &self.code).unwrap();
        assert!(proof.is_ok(), "{proof:?}");
    }

    /// The claim as it stands.
    pub fn claim(&self, id: &str) -> Claim {
        self.desk.store.read(|conn| claims::load(conn, self.who("inspektorat"), id)).unwrap()
    }

    /// Where this year's money stands.
    pub fn position(&self) -> Position {
        let position = self.desk.store.read(|conn| {
            let line = budget::line_of_year(conn, &self.code, 2026)?;
            budget::position(conn, &line)
        });
        position.unwrap()
    }

    /// Every letter issued so far.
    pub fn letters(&self) -> Vec<Issued> {
        self.desk.store.read(|conn| letters::all(conn, &self.code)).unwrap()
    }

    /// Letters, queued mails and audit entries: what a refused act must leave as it was.
    pub fn traces(&self) -> (usize, i64, usize) {
        let counted = self.desk.store.read::<_, StoreError>(|conn| {
            Ok((
                letters::all(conn, &self.code)?.len(),
                outbox::counts(conn, &self.code)?.due,
                audit::chain(conn, self.code.as_str())?.len(),
            ))
        });
        counted.unwrap()
    }

    /// The head of the audit chain, or where it breaks.
    pub fn audit(&self) -> Result<String, i64> {
        let chain = self.desk.store.read(|conn| audit::chain(conn, self.code.as_str())).unwrap();
        verify(chain.iter().map(|(entry, hash)| (entry, hash.as_str())))
    }

    /// What somebody with the database's password could do.
    pub fn sql(&self, text: &str) -> Result<(), StoreError> {
        self.desk.store.write(self.code.as_str(), |tx| tx.batch_execute(text).map_err(StoreError::from))
    }
}
