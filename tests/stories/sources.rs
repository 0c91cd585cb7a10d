//! Live sources: what they say becomes a finding, what they do not say never holds a claim up.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, Utc};
use santunan::clock::Clock;
use santunan::domain::claim::Step;
use santunan::domain::crosscheck::{FindingCode, Severity};
use santunan::domain::source::{Answer, NoAnswer, Question, Who};
use santunan::live::PopulationSource;
use santunan::store::{events, tasks};
use santunan::workflow::{Desk, submit, work_due};

use crate::support::{Office, a_claim, now, on_both_engines};

/// What the source says next, changed in the middle of a story.
type Words = Arc<Mutex<Box<dyn Fn(Who) -> Answer + Send>>>;

/// A source that says what it is told to, and counts.
struct Told {
    says: Words,
    asked: Arc<Mutex<u32>>,
    limit: u32,
}

impl PopulationSource for Told {
    fn name(&self) -> &'static str {
        "Dukcapil"
    }

    fn daily_limit(&self) -> u32 {
        self.limit
    }

    fn ask(&self, question: &Question, _now: DateTime<Utc>, may_send: &mut dyn FnMut() -> bool) -> Answer {
        if !may_send() {
            return Answer::Unavailable { why: NoAnswer::QuotaSpent };
        }
        *self.asked.lock().unwrap() += 1;
        (self.says.lock().unwrap())(question.who)
    }
}

struct Line {
    desk: Desk,
    says: Words,
    asked: Arc<Mutex<u32>>,
}

impl Line {
    fn to(office: &Office, limit: u32, says: impl Fn(Who) -> Answer + Send + 'static) -> Self {
        let says: Words = Arc::new(Mutex::new(Box::new(says)));
        let asked = Arc::new(Mutex::new(0));
        let source = Told { says: Arc::clone(&says), asked: Arc::clone(&asked), limit };
        Self { desk: office.desk.clone().with_sources(vec![Box::new(source)]), says, asked }
    }

    fn file(&self, office: &Office, family: usize) -> String {
        submit(&self.desk, office.who("operator.wonotunggal"), &a_claim().of_family(family).submission()).unwrap().claim.id
    }

    /// Does what is due at a moment, and tells what was asked in all.
    fn work_at(&self, at: DateTime<Utc>) -> u32 {
        work_due(&self.desk.at(Clock::Fixed(at))).unwrap();
        *self.asked.lock().unwrap()
    }
}

fn found(office: &Office, id: &str) -> Vec<(FindingCode, Severity)> {
    let found = office.desk.store.read(|conn| events::findings(conn, id)).unwrap();
    found.into_iter().map(|f| (f.code, f.severity)).collect()
}

fn there(dead: bool) -> Answer {
    Answer::Match { dead, differing: vec![] }
}

const CONFIRMED: (FindingCode, Severity) = (FindingCode::KematianTerkonfirmasi, Severity::Note);
const UNREACHED: (FindingCode, Severity) = (FindingCode::SumberTidakTerjangkau, Severity::Note);

#[test]
fn dead_is_the_wanted_answer_for_the_deceased_and_a_stop_for_the_heir() {
    on_both_engines(|office| {
        let line = Line::to(office, 100, |who| there(who == Who::Deceased));
        let good = line.file(office, 0);
        assert_eq!(line.work_at(now()), 2, "the deceased and the heir");
        assert!(found(office, &good).contains(&CONFIRMED));
        assert_eq!(office.claim(&good).verdict.code(), "eligible");
        *line.says.lock().unwrap() = Box::new(|_| there(true));
        let bad = line.file(office, 1);
        line.work_at(now());
        assert!(found(office, &bad).contains(&(FindingCode::AhliWarisSudahMeninggal, Severity::Review)));
        assert_eq!(office.claim(&bad).verdict.code(), "needs_review");
        *line.says.lock().unwrap() = Box::new(|who| if who == Who::Heir { Answer::NoMatch } else { there(false) });
        let odd = line.file(office, 2);
        line.work_at(now());
        let found = found(office, &odd);
        assert!(found.contains(&(FindingCode::DataSumberBeda, Severity::Review)), "{found:?}");
        assert!(found.contains(&(FindingCode::KematianBelumTercatat, Severity::Note)), "alive is no refusal");
    });
}

#[test]
fn a_source_that_is_down_leaves_a_note_and_is_asked_again_later() {
    on_both_engines(|office| {
        let line = Line::to(office, 100, |_| Answer::Unavailable { why: NoAnswer::Unreachable });
        let id = line.file(office, 0);
        line.work_at(now());
        assert!(found(office, &id).contains(&UNREACHED));
        assert_eq!(office.claim(&id).verdict.code(), "eligible", "nothing is held against the family");
        office.act(office.who("kades.wonotunggal"), &id, Step::Endorse, "").unwrap();
        office.act(office.who("verifikator"), &id, Step::Verify, "").unwrap();
        *line.says.lock().unwrap() = Box::new(|_| there(false));
        let asked = line.work_at(now());
        assert_eq!(asked, 2, "not before its time");
        assert_eq!(line.work_at(now() + Duration::minutes(1)), 4);
        assert!(!found(office, &id).contains(&UNREACHED));
        assert!(office.desk.store.read(|conn| tasks::open(conn, &office.code)).unwrap().is_empty());
    });
}

#[test]
fn the_days_allowance_is_never_overdrawn_and_the_rest_is_asked_the_next_day() {
    on_both_engines(|office| {
        let line = Line::to(office, 3, |who| there(who == Who::Deceased));
        let ids = [line.file(office, 0), line.file(office, 1)];
        assert_eq!(line.work_at(now()), 3);
        assert!(found(office, &ids[1]).contains(&UNREACHED));
        assert_eq!(line.work_at(now() + Duration::hours(12)), 3, "still the same day in Batang");
        assert_eq!(line.work_at(now() + Duration::hours(20)), 4, "only the open question is asked");
        assert!(found(office, &ids[1]).contains(&CONFIRMED) && !found(office, &ids[1]).contains(&UNREACHED));
    });
}

#[test]
fn answers_to_a_former_content_say_nothing_about_the_repaired_claim() {
    on_both_engines(|office| {
        let line = Line::to(office, 100, |_| there(true));
        let id = line.file(office, 0);
        line.work_at(now());
        assert!(found(office, &id).contains(&CONFIRMED));
        office.act(office.who("kades.wonotunggal"), &id, Step::Return, "NIK ahli waris keliru").unwrap();
        let repaired = a_claim().heir_nik("3325014101809999").deceased_nik("3325011003509198").submission();
        let clerk = office.who("operator.wonotunggal");
        santunan::workflow::resubmit(&line.desk, clerk, &id, office.claim(&id).version, &repaired).unwrap();
        assert!(!found(office, &id).contains(&CONFIRMED));
        assert_eq!(line.work_at(now()), 4, "and both are asked anew");
        assert!(found(office, &id).contains(&CONFIRMED));
    });
}

#[test]
fn without_a_source_nobody_is_asked() {
    on_both_engines(|office| {
        office.file(&a_claim()).unwrap();
        let open = office.desk.store.read(|conn| tasks::open(conn, &office.code)).unwrap();
        assert!(open.iter().all(|task| task.kind != tasks::TaskKind::AskSources));
    });
}
