//! What happens in the demo: sixty families, every step by another person, each decision by the findings.

use std::collections::BTreeMap;
use std::io::Cursor;

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::fault::CliFault;
use crate::cli::setup::{INCLUDED, operator_of_machine};
use crate::cli::user::first_password;
use crate::clock::{Clock, new_id};
use crate::domain::access::{Actor, Role};
use crate::domain::claim::{Action, Step};
use crate::domain::crosscheck::{Finding, FindingCode, Severity, Verdict};
use crate::domain::payment::{PaperKind, TreasuryPaper};
use crate::domain::region::RegionCode;
use crate::exchange::activity_csv::read_activities;
use crate::exchange::claims_json::{FiledClaim, read_claims};
use crate::exchange::pack::{included, read_users};
use crate::exchange::register_file::{Mappings, RegisterFile};
use crate::exchange::table::TableFault;
use crate::store::claims::Claim;
use crate::store::money::orders::Order;
use crate::workflow::accounts::{NewAccount, add_account};
use crate::workflow::import::{Origin, import_activities, import_register};
use crate::workflow::money::{Release, Released, check_order, lock_decree, make_order, record_paper, release_order, sign_decree};
use crate::workflow::{Channel, Desk, Refusal, Submission, Wish, act, open_office, submit};

use super::bank::{Answers, answered};
use super::counter::{CashDay, choose_cash, held};

const REGISTER: &[u8] = include_bytes!("../../../fixtures/register/population_sample.csv");
const ACTIVITY: &[u8] = include_bytes!("../../../fixtures/register/activity_sample.csv");
const CLAIMS: &[u8] = include_bytes!("../../../fixtures/claims/claims_sample.json");

/// The demo's office day: 22 June 2026, 08.00 WIB, a Monday after the last sample claim. Papers of the months before are typed in that morning.
const OFFICE_DAY: (i32, u32, u32) = (2026, 6, 22);

/// An account of the demo with its new password.
#[derive(Debug, Clone)]
pub(super) struct Login {
    pub username: String,
    pub password: String,
    pub actor: Actor,
    clerk: Option<String>,
}

/// What happened.
pub(super) struct Told {
    pub office: RegionCode,
    pub logins: Vec<Login>,
    pub residents: usize,
    pub claims_in_file: usize,
    /// Claims that could not be filed, with the reason.
    pub refused: Vec<(String, String)>,
    pub orders: Vec<Order>,
    /// What the demo's bank answered, by file name.
    pub answers: Answers,
    /// What became of the collection day.
    pub cash_day: CashDay,
}

/// A clock that goes on by a second with every act, so that the story has an order.
pub(super) struct OfficeHours {
    now: DateTime<Utc>,
}

impl OfficeHours {
    fn start() -> Option<Self> {
        let (year, month, day) = OFFICE_DAY;
        Utc.with_ymd_and_hms(year, month, day, 1, 0, 0).single().map(|now| Self { now })
    }

    pub(super) fn tick(&mut self) -> Clock {
        self.now += TimeDelta::seconds(1);
        Clock::Fixed(self.now)
    }

    pub(super) fn today(&self) -> NaiveDate {
        crate::domain::calendar::wib_date(self.now)
    }
}

/// Tells the whole story into an empty database.
pub(super) fn tell(desk: &Desk) -> Result<Told, CliFault> {
    let mut hours = OfficeHours::start().ok_or_else(|| CliFault::Environment("tanggal contoh salah".into()))?;
    let office = open_office(&desk.at(hours.tick()), INCLUDED)?;
    let machine = operator_of_machine(&office);
    let logins = open_accounts(&desk.at(hours.tick()), &machine)?;
    let residents = load_register(&desk.at(hours.tick()), &machine)?;
    let mut claims = read_claims(CLAIMS).map_err(|fault| CliFault::Environment(fault.to_string()))?;
    choose_cash(&mut claims);
    let (filed, refused) = file_all(desk, &mut hours, &logins, &claims)?;
    decide_all(desk, &mut hours, &logins, &filed)?;
    let (orders, answers) = pay_all(desk, &mut hours, &logins)?;
    let cash_day = held(desk, &mut hours, &Hands::of(&logins)?)?;
    Ok(Told { office, logins, residents, claims_in_file: claims.len(), refused, orders, answers, cash_day })
}

fn open_accounts(desk: &Desk, machine: &Actor) -> Result<Vec<Login>, CliFault> {
    let users = read_users(included::USERS).map_err(|fault| CliFault::Environment(fault.to_string()))?;
    let mut logins = Vec::new();
    for user in users {
        let actor = Actor {
            id: new_id(),
            name: user.name.to_string(),
            role: user.role,
            office: machine.office.clone(),
            region: user.region,
            nik: Some(user.nik),
            family_card: Some(user.family_card),
        };
        let login = Login { username: user.username, password: first_password(), actor, clerk: user.clerk };
        add_account(desk, machine, &NewAccount { actor: login.actor.clone(), username: login.username.clone() }, &login.password)?;
        logins.push(login);
    }
    Ok(logins)
}

fn load_register(desk: &Desk, machine: &Actor) -> Result<usize, CliFault> {
    let released_on = crate::domain::calendar::wib_date(desk.clock.now());
    let unreadable = |fault: TableFault| CliFault::Environment(fault.to_string());
    let mut file = RegisterFile::open(Cursor::new(REGISTER), &Mappings::built_in(), released_on).map_err(unreadable)?;
    let bar = bar(file.recognised().rows, "data warga");
    let origin = Origin { source: "DTSEN (contoh)", released_on, file_name: "population_sample.csv", file: &mut file };
    let imported = import_register(desk, machine, origin, || bar.inc(1))?;
    bar.finish_and_clear();
    let events = read_activities(ACTIVITY).map_err(|fault| CliFault::Environment(fault.to_string()))?;
    import_activities(desk, machine, &events)?;
    Ok(imported.report.accepted)
}

type FiledAndRefused = (Vec<(Claim, Vec<Finding>)>, Vec<(String, String)>);

/// Each village's clerk files the village's claims, with the day the papers came in.
fn file_all(desk: &Desk, hours: &mut OfficeHours, logins: &[Login], claims: &[FiledClaim]) -> Result<FiledAndRefused, CliFault> {
    let clerks: BTreeMap<&str, &Login> = logins.iter().filter_map(|l| l.clerk.as_deref().map(|code| (code, l))).collect();
    let bar = bar(claims.len(), "permohonan");
    let (mut filed, mut refused) = (Vec::new(), Vec::new());
    for claim in claims {
        bar.inc(1);
        let (Some(clerk), Some(content)) = (clerks.get(claim.clerk.as_str()), claim.content.clone()) else {
            refused.push((claim.claim_id.clone(), claim.faults.join("; ")));
            continue;
        };
        let submission = Submission {
            idempotency_key: claim.claim_id.clone(),
            content,
            filed_on: Some(claim.filed_on),
            attachments: vec![],
            channel: Channel::Program,
        };
        match submit(&desk.at(hours.tick()), &clerk.actor, &submission) {
            Ok(done) => filed.push((done.claim, done.findings)),
            Err(refusal @ (Refusal::DeceasedHasClaim | Refusal::NoPolicy(_))) => {
                refused.push((claim.claim_id.clone(), refusal.to_string()));
            }
            Err(other) => return Err(other.into()),
        }
    }
    bar.finish_and_clear();
    Ok((filed, refused))
}

/// Village head, verifier and head of agency decide by the findings alone: clean claims are approved, those the village can
/// repair go back with the questions, suspicious ones wait for the verifier's own look, plainly broken ones are refused.
fn decide_all(desk: &Desk, hours: &mut OfficeHours, logins: &[Login], filed: &[(Claim, Vec<Finding>)]) -> Result<(), CliFault> {
    let (verifier, approver) = (one(logins, Role::Verifier)?, one(logins, Role::Approver)?);
    let bar = bar(filed.len(), "keputusan");
    for (claim, findings) in filed {
        bar.inc(1);
        let head = logins.iter().find(|l| l.actor.role == Role::VillageHead && l.actor.region == claim.village);
        let head = head.ok_or_else(|| CliFault::Environment(format!("tidak ada akun kepala desa {}", claim.village)))?;
        let mut version = claim.version;
        let mut step = |actor: &Actor, step: Step, reason: String, hours: &mut OfficeHours| {
            let wish = Wish { claim_id: &claim.id, expected_version: version, action: Action { step, reason } };
            version += 1;
            act(&desk.at(hours.tick()), actor, &wish)
        };
        step(&head.actor, Step::Endorse, String::new(), hours)?;
        match claim.verdict {
            Verdict::Eligible => {
                step(&verifier.actor, Step::Verify, String::new(), hours)?;
                step(&approver.actor, Step::Approve, String::new(), hours)?;
            }
            // What only the verifier can find out stays in the queue: a visit, a call, a look at both claims.
            Verdict::NeedsReview if !findings.iter().all(village_can_repair) => {}
            Verdict::NeedsReview => {
                step(&verifier.actor, Step::Return, sentences(findings, Severity::Review), hours)?;
            }
            Verdict::Ineligible => {
                let why = sentences(findings, Severity::Block).replace('\n', " ");
                step(&verifier.actor, Step::Verify, format!("Diteruskan untuk diputuskan. {why}"), hours)?;
                step(&approver.actor, Step::Reject, why, hours)?;
            }
        }
    }
    bar.finish_and_clear();
    Ok(())
}

/// Whether the village can put a finding right by better papers; suspicion is not sent back to where it came from.
fn village_can_repair(finding: &Finding) -> bool {
    use FindingCode as C;
    finding.severity < Severity::Review
        || matches!(
            finding.code,
            C::NikTidakTersedia
                | C::NikSalahKetik
                | C::NamaBeda
                | C::BedaDesa
                | C::AhliWarisBukanKeluarga
                | C::AhliWarisSudahMeninggal
                | C::NamaRekeningBeda
        )
}

/// The sentences of the findings that weigh at least so much, one per line.
fn sentences(findings: &[Finding], at_least: Severity) -> String {
    findings.iter().filter(|f| f.severity >= at_least).map(|f| f.sentence.as_str()).collect::<Vec<_>>().join("\n")
}

/// Who pays in the demo: three persons of finance, and the head of the agency for fresh approvals.
pub(super) struct Hands<'a> {
    pub maker: &'a Login,
    checker: &'a Login,
    releaser: &'a Login,
    pub approver: &'a Login,
}

impl<'a> Hands<'a> {
    fn of(logins: &'a [Login]) -> Result<Self, CliFault> {
        let [maker, checker, releaser] = ["bendahara", "ppk", "kuasa.bud"].map(|name| logins.iter().find(|login| login.username == name));
        let (Some(maker), Some(checker), Some(releaser)) = (maker, checker, releaser) else {
            return Err(CliFault::Environment("akun keuangan contoh tidak lengkap".into()));
        };
        Ok(Self { maker, checker, releaser, approver: one(logins, Role::Approver)? })
    }
}

/// Decree and payment order, then what the bank answers and what comes back.
fn pay_all(desk: &Desk, hours: &mut OfficeHours, logins: &[Login]) -> Result<(Vec<Order>, Answers), CliFault> {
    let hands = Hands::of(logins)?;
    let decreed = lock_decree(&desk.at(hours.tick()), &hands.maker.actor, "")?;
    let today = hours.today();
    sign_decree(&desk.at(hours.tick()), &hands.maker.actor, &decreed.decree.id, today)?;
    let order = make_order(&desk.at(hours.tick()), &hands.maker.actor, &decreed.decree.id, "")?.order;
    let released = through_hands(desk, hours, &hands, order, 1)?;
    answered(desk, hours, &hands, &released)
}

/// An order through the hands of three persons; SPP, SPM and SP2D as the state's own system would have issued them.
pub(super) fn through_hands(
    desk: &Desk,
    hours: &mut OfficeHours,
    hands: &Hands<'_>,
    order: Order,
    serial: u32,
) -> Result<Released, CliFault> {
    let today = hours.today();
    for kind in PaperKind::ALL {
        let number = format!("CONTOH/{}/2026/{serial:06}", kind.label());
        let paper = TreasuryPaper { kind, number, dated_on: today, value: order.total };
        record_paper(&desk.at(hours.tick()), &hands.maker.actor, &order.id, &paper)?;
    }
    let order = check_order(&desk.at(hours.tick()), &hands.checker.actor, &order.id, order.version)?;
    let release = Release { order_id: &order.id, expected_version: order.version, password: &hands.releaser.password, reason: "" };
    Ok(release_order(&desk.at(hours.tick()), &hands.releaser.actor, &release)?)
}

fn one(logins: &[Login], role: Role) -> Result<&Login, CliFault> {
    logins.iter().find(|l| l.actor.role == role).ok_or_else(|| CliFault::Environment(format!("tidak ada akun {role}")))
}

fn bar(steps: usize, what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}").unwrap_or_else(|_plain| ProgressStyle::default_bar());
    ProgressBar::new(u64::try_from(steps).unwrap_or_default()).with_style(style).with_message(what)
}
