//! One run: an office, the world around it, a clock, and everything that can go wrong between them.

use std::collections::VecDeque;

use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone, Utc};

use crate::domain::calendar::wib_date;
use crate::domain::money::Rupiah;
use crate::domain::office::DecreeRules;
use crate::domain::payment::Chain;
use crate::invented::Dice;

use super::cast::Cast;
use super::checks;
use super::flaw::Flaw;
use super::invariant::{Broken, Invariant, hold};
use super::office::{Moment, Office, Rules};
use super::outside::{Handed, Outside};
use super::reconcile::{Fate, ReportLine};
use super::refused::Refused;
use super::request::{Act, Request};
use super::table::Undoable;
use super::tally::{Happened, Noted, Tally, Violation};
use super::witness::Witness;

/// Events kept for the report of a violation.
const REMEMBERED: usize = 15;
/// Events between two proofs of the whole journal.
const PROOF_EVERY: u64 = 64;

/// A run under way.
pub struct World<'a> {
    pub cast: &'a Cast,
    pub rules: Rules,
    pub dice: Dice,
    pub now: DateTime<Utc>,
    pub office: Office,
    pub outside: Outside,
    /// Reports that were taken in, to be told again some day.
    pub imported: Vec<Vec<ReportLine>>,
    pub keys: u64,
    pub tally: Tally,
    witness: Witness,
    last: VecDeque<Noted>,
    seed: u64,
}

impl<'a> World<'a> {
    /// The beginning of a run: somewhere in a year, an office without a budget.
    pub fn new(cast: &'a Cast, seed: u64, flaw: Option<Flaw>) -> Self {
        let mut dice = Dice::new(seed, 0);
        let chain = if dice.chance(600) { Chain::OwnTreasurer } else { Chain::RegionalTreasury };
        let cut_off_days = if dice.chance(200) { vec![10, 25] } else { Vec::new() };
        let decrees = DecreeRules { cut_off_days, minimum_items: dice.below(3) };
        let unclaimed_days = i64::from(dice.between(7, 30));
        let start = Utc.with_ymd_and_hms(2026, 1, 2, 1, 0, 0).single().unwrap_or_default();
        let now = start + Duration::days(i64::from(dice.between(0, 355)));
        Self {
            cast,
            rules: Rules { chain, decrees, unclaimed_days, flaw },
            dice,
            now,
            office: Office::default(),
            outside: Outside::default(),
            imported: Vec::new(),
            keys: 0,
            tally: Tally { seeds: 1, ..Tally::default() },
            witness: Witness::default(),
            last: VecDeque::new(),
            seed,
        }
    }

    /// Lets so many events happen, and proves the books at the end.
    ///
    /// # Errors
    /// The first [`Violation`].
    pub fn live(mut self, events: u64) -> Result<Tally, Box<Violation>> {
        for event in 1..=events {
            self.tally.events = event;
            let mut holds = self.event();
            if event % PROOF_EVERY == 0 || event == events {
                holds = holds.and_then(|()| self.prove());
            }
            if let Err(broken) = holds {
                let last = self.last.into_iter().collect();
                let Broken { invariant, found } = broken;
                return Err(Box::new(Violation { seed: self.seed, event, invariant, found, last }));
            }
        }
        let arrived = self.outside.transfers.iter().filter(|transfer| transfer.fate == Some(Fate::Settled)).map(|t| t.amount);
        let handed = self.outside.handed.iter().map(|handed| handed.amount);
        self.tally.paid = Rupiah::sum(arrived.chain(handed)).map_or(0, Rupiah::whole);
        Ok(self.tally)
    }

    fn prove(&mut self) -> Result<(), Broken> {
        self.tally.checks += 1;
        checks::books(&self.office)
    }

    fn event(&mut self) -> Result<(), Broken> {
        self.pass_time();
        match self.dice.below(100) {
            0..=3 => return self.carry_file(),
            4..=13 => {
                self.outside.work(&mut self.dice);
                self.note_outside("bank mengerjakan transfer");
            }
            14..=17 => {
                self.outside.report(&mut self.dice);
                self.note_outside("bank menulis laporan");
            }
            18 if self.dice.chance(300) => {
                self.outside.mourn(&mut self.dice);
                self.note_outside("seorang ahli waris meninggal");
            }
            _ => {
                if let Some(request) = self.next_request() {
                    return self.ask(&request);
                }
            }
        }
        Ok(())
    }

    /// The clock goes on, jumps to the edge of a day or a year, or is set back a little.
    fn pass_time(&mut self) {
        let today = wib_date(self.now);
        let minutes = match self.dice.below(1000) {
            0..=599 => i64::from(self.dice.below(90)),
            600..=829 => i64::from(self.dice.below(60 * 12)),
            830..=949 => i64::from(self.dice.below(60 * 24 * 4)),
            950..=969 => {
                self.fault("clock_back");
                -i64::from(self.dice.below(180))
            }
            970..=989 => return self.jump("clock_midnight", today.succ_opt()),
            990..=992 => return self.jump("clock_year_end", NaiveDate::from_ymd_opt(today.year() + 1, 1, 1)),
            _ => {
                self.fault("clock_jump");
                60 * 24 * i64::from(self.dice.between(20, 60))
            }
        };
        self.now += Duration::minutes(minutes);
    }

    /// To the last or the first minutes around the beginning of a day.
    fn jump(&mut self, fault: &'static str, day: Option<NaiveDate>) {
        self.fault(fault);
        let midnight = day.and_then(|day| day.and_hms_opt(0, 0, 0)).map(|local| local.and_utc() - Duration::hours(7));
        let Some(midnight) = midnight.filter(|midnight| *midnight > self.now) else { return };
        self.now = midnight + Duration::minutes(i64::from(self.dice.between(-2, 2)));
    }

    fn fault(&mut self, word: &'static str) {
        *self.tally.faults.entry(word).or_default() += 1;
    }

    /// The treasurer takes a released file to the bank, sometimes one that is there already.
    fn carry_file(&mut self) -> Result<(), Broken> {
        let missing: Vec<usize> = (0..self.office.files.len()).filter(|number| !self.outside.files.contains(number)).collect();
        let again = self.dice.chance(100);
        let number = if again { self.dice.place(self.office.files.len()) } else { missing.first().copied().unwrap_or(usize::MAX) };
        let Ok(file) = self.office.files.get(number) else { return Ok(()) };
        let taken = self.outside.receive(number, file);
        if !taken {
            self.fault("file_twice");
        }
        self.note_outside(if taken { "berkas sampai di bank" } else { "bank menolak berkas yang sudah ada" });
        self.look()
    }

    fn note_outside(&mut self, what: &'static str) {
        *self.tally.outside.entry(what).or_default() += 1;
        self.note(Happened::Outside(what));
    }

    fn note(&mut self, what: Happened) {
        if self.last.len() == REMEMBERED {
            self.last.pop_front();
        }
        self.last.push_back(Noted { event: self.tally.events, at: self.now, what });
    }

    /// Somebody asks; now and then from an earlier version, into a crash, or twice because the answer was lost.
    fn ask(&mut self, request: &Request) -> Result<(), Broken> {
        if self.dice.chance(60) {
            self.tell_from_an_earlier_version(request)?;
        }
        if self.dice.chance(60) {
            self.tell_into_a_crash(request)?;
        }
        let done = self.tell(request)?;
        if done && self.dice.chance(120) {
            self.again(request)?;
        }
        Ok(())
    }

    fn tell_from_an_earlier_version(&mut self, request: &Request) -> Result<(), Broken> {
        let Some(act) = request.act.seen_earlier() else { return Ok(()) };
        self.fault("stale_version");
        let earlier = Request { by: request.by, act };
        let refused = self.handle(&earlier).err();
        self.office.roll_back();
        let accepted = refused.is_none();
        self.note(Happened::Asked { request: earlier, how: "dari keadaan lama", refused });
        self.tally.checks += 1;
        hold(Invariant::StaleIsRefused, !accepted, || format!("{:?}", request.act))
    }

    fn tell_into_a_crash(&mut self, request: &Request) -> Result<(), Broken> {
        self.fault("crash_before_commit");
        let before = self.office.clone();
        let refused = self.handle(request).err();
        if self.rules.flaw == Some(Flaw::CrashKeepsNumber) {
            self.office.counters.commit();
        }
        self.office.roll_back();
        self.note(Happened::Asked { request: request.clone(), how: "lalu mesin mati", refused });
        self.tally.checks += 1;
        hold(Invariant::CrashLeavesNothing, before == self.office, || format!("{:?}", request.act))
    }

    /// Does an act for good, or refuses it, and looks at everything.
    fn tell(&mut self, request: &Request) -> Result<bool, Broken> {
        let refused = self.handle(request).err();
        self.note(Happened::Asked { request: request.clone(), how: "meminta", refused: refused.clone() });
        if let Some(refused) = refused {
            self.office.roll_back();
            *self.tally.refused.entry(refused.word()).or_default() += 1;
            return Ok(false);
        }
        self.office.commit();
        *self.tally.done.entry(request.act.word()).or_default() += 1;
        self.behind(&request.act)?;
        self.look()?;
        Ok(true)
    }

    /// What follows in the world from an act that is done.
    fn behind(&mut self, act: &Act) -> Result<(), Broken> {
        match act {
            Act::HandOver { item, collector, .. } => {
                let Ok(row) = self.office.items.get(*item) else { return Ok(()) };
                let family = self.office.claims.get(row.claim).map_or(usize::MAX, |claim| claim.deceased);
                let right = *collector == row.heir && self.outside.lives(family, *collector);
                self.outside.handed.push(Handed { item: *item, amount: row.amount });
                hold(Invariant::HandedToTheHeir, right, || format!("{}: ahli waris {collector}", row.id))
            }
            Act::Import { lines } => {
                if let Some(place) = self.outside.reports.iter().position(|report| report == lines) {
                    self.outside.reports.remove(place);
                    self.imported.push(lines.clone());
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The answer was lost on its way, and the same request comes again.
    fn again(&mut self, request: &Request) -> Result<(), Broken> {
        self.fault("answer_lost_and_told_again");
        let refused = self.handle(request).err();
        let changed = refused.is_none() && self.office.is_touched();
        self.office.roll_back();
        self.note(Happened::Asked { request: request.clone(), how: "meminta lagi", refused });
        self.tally.checks += 1;
        hold(Invariant::TwiceIsOnce, !changed, || format!("{:?}", request.act))
    }

    /// A report that was taken in long ago comes once more.
    pub fn told_long_ago(&mut self) -> Option<Act> {
        let lines = self.dice.pick(&self.imported)?.clone();
        *self.tally.faults.entry("report_twice").or_default() += 1;
        Some(Act::Import { lines })
    }

    fn handle(&mut self, request: &Request) -> Result<(), Refused> {
        let actor = self.cast.actors.get(request.by).ok_or(Refused::NotFound)?;
        let at = Moment { cast: self.cast, rules: &self.rules, by: request.by, actor, now: self.now };
        self.office.handle(&at, &request.act)
    }

    fn look(&mut self) -> Result<(), Broken> {
        self.tally.checks += u64::try_from(Invariant::ALL.len()).unwrap_or(0) - 4;
        self.witness.look(&self.office, self.cast)?;
        checks::tables(&self.office, &self.outside, self.cast, &self.rules)?;
        self.witness.compare(&self.office)
    }
}
