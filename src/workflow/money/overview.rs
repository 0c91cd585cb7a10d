//! Where the money of a year stands, line by line and together: one reading for the page, the command line and JSON.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::domain::budget::forecast::{DayDemand, Forecast, ForecastFacts};
use crate::domain::budget::{CarryOver, MonthCount, Position};
use crate::domain::calendar::wib_date;
use crate::domain::ledger::{Account, Balance, Balances, Movement};
use crate::domain::money::Rupiah;
use crate::domain::policy::Suspension;
use crate::domain::region::RegionCode;
use crate::store::money::budget::{self, Line, Revision};
use crate::store::money::ledger;
use crate::store::money::programme::{self, Announced, Period};
use crate::store::money::year_acts::{self, OnYear};
use crate::store::{DbConn, StoreError};
use crate::workflow::desk::{Desk, Pack};
use crate::workflow::refusal::Refusal;

use super::programme::suspension;
use super::waiting::{WaitingList, waiting_list};

/// Money with its places: of one line, or of all lines of a year.
#[derive(Debug, Clone)]
pub struct Sums {
    /// Every account. What lies in them, but for the appropriation, adds up to the ceiling.
    pub balances: Balances,
    /// The stages within each other.
    pub position: Position,
    /// Promises taken over from the year before: the opening balance.
    pub taken_over: Rupiah,
    /// How many claims wait for this money.
    pub waiting: usize,
    /// What they need.
    pub waiting_amount: Rupiah,
    /// Whether desks warn: so much of the ceiling is used.
    pub warning: bool,
    /// The day the money ends.
    pub forecast: Forecast,
}

/// One line.
#[derive(Debug, Clone)]
pub struct LineView {
    /// The line.
    pub line: Line,
    /// Its money.
    pub sums: Sums,
    /// The documents behind its ceiling, oldest first.
    pub revisions: Vec<Revision>,
}

/// The money of a year.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Fiscal year.
    pub year: i32,
    /// The day it was read.
    pub today: NaiveDate,
    /// Lines by account code.
    pub lines: Vec<LineView>,
    /// All lines together.
    pub total: Sums,
    /// Everybody who waits for money.
    pub waiting: WaitingList,
    /// Whether the programme stands still today.
    pub suspension: Option<Suspension>,
    /// Every time it did, newest first.
    pub periods: Vec<Period>,
    /// The revision that is announced.
    pub announced: Option<Announced>,
    /// Closing and opening of the year, oldest first.
    pub acts: Vec<OnYear>,
    /// What becomes of unpaid promises at its end.
    pub carry_over: CarryOver,
    /// The first day on which it may be closed.
    pub closes_from: Option<NaiveDate>,
    /// Years that have lines, newest first.
    pub years: Vec<i32>,
}

/// Reads the money of a year at one moment.
///
/// # Errors
/// [`Refusal::Settings`], [`Refusal::Store`].
pub fn overview(desk: &Desk, office: &RegionCode, year: i32) -> Result<Overview, Refusal> {
    let today = wib_date(desk.clock.now());
    desk.store.read_at_one_moment(|conn| {
        let pack = desk.pack(conn, office)?;
        let waiting = if year == today.year() { waiting_list(conn, &pack, office, today)? } else { WaitingList::default() };
        let reading = Reading { pack: &pack, office, year, today, waiting: &waiting };
        let (lines, total) = reading.lines(conn)?;
        let rules = &pack.office.budget_rules;
        let mut years: Vec<i32> = budget::lines(conn, office)?.into_iter().map(|line| line.year).collect();
        years.dedup();
        Ok(Overview {
            year,
            today,
            lines,
            total,
            suspension: suspension(conn, &pack, office, today)?,
            periods: programme::periods(conn, office)?,
            announced: programme::announced(conn, office, year)?,
            acts: year_acts::of_year(conn, office, year)?,
            carry_over: rules.carry_over,
            closes_from: rules.closes_from(year),
            years,
            waiting,
        })
    })
}

struct Reading<'a> {
    pack: &'a Pack,
    office: &'a RegionCode,
    year: i32,
    today: NaiveDate,
    waiting: &'a WaitingList,
}

/// What was promised on each day: how often and how much.
type Days = BTreeMap<NaiveDate, (i64, Rupiah)>;

impl Reading<'_> {
    fn lines(&self, conn: &mut DbConn) -> Result<(Vec<LineView>, Sums), StoreError> {
        let earlier = self.earlier(conn)?;
        let funding = self.funding_line(conn)?;
        let mut views = Vec::new();
        let (mut all_days, mut all_from) = (Days::new(), None::<NaiveDate>);
        for line in budget::of_year(conn, self.office, self.year)? {
            let revisions = budget::revisions(conn, &line.id)?;
            let days: Days = per_day(conn, &line)?;
            let from = revisions.iter().map(|revision| wib_date(revision.recorded_at)).chain(days.keys().copied()).min();
            let taken_over = ledger::taken_over(conn, &line.id)?;
            let waits = funding.as_deref() == Some(line.id.as_str());
            let balances = ledger::balances(conn, &line.id)?;
            let warned = |position: &Position| position.is_past(line.soft_limit_percent);
            let sums = self.sums(balances, taken_over, waits, warned, Seen { days: &days, from, earlier: &earlier })?;
            add_days(&mut all_days, &days);
            all_from = all_from.into_iter().chain(from).min();
            views.push(LineView { line, sums, revisions });
        }
        let balances = together(views.iter().map(|view| &view.sums.balances));
        let taken_over = Rupiah::sum(views.iter().map(|view| view.sums.taken_over)).unwrap_or_default();
        let any_warning = views.iter().any(|view| view.line.open && view.sums.warning);
        let total = self.sums(balances, taken_over, true, |_| any_warning, Seen { days: &all_days, from: all_from, earlier: &earlier })?;
        Ok((views, total))
    }

    fn sums(
        &self,
        balances: Balances,
        taken_over: Rupiah,
        waits: bool,
        warned: impl Fn(&Position) -> bool,
        seen: Seen<'_>,
    ) -> Result<Sums, StoreError> {
        let too_large =
            || StoreError::Corrupt { table: "ledger_balances", id: self.year.to_string(), why: "saldo terlalu besar".to_owned() };
        let position = Position::of(&balances).ok_or_else(too_large)?;
        let forecast = self.forecast(&position, waits, seen);
        let (waiting, waiting_amount) = if waits { (self.waiting.places.len(), self.waiting.amount) } else { (0, Rupiah::ZERO) };
        Ok(Sums { warning: warned(&position), balances, position, taken_over, waiting, waiting_amount, forecast })
    }

    /// The line that the next claims are promised from: whoever waits, waits for it.
    fn funding_line(&self, conn: &mut DbConn) -> Result<Option<String>, StoreError> {
        let lines = budget::money_of_year(conn, self.office, self.year)?;
        let rules = &self.pack.office.budget_rules;
        Ok(rules.order(&lines).into_iter().find(|line| line.open).map(|line| line.id.clone()))
    }

    fn forecast(&self, position: &Position, waits: bool, seen: Seen<'_>) -> Forecast {
        // A year that is over is looked at from its last day, one that has not begun from its first.
        let day = |month, day| NaiveDate::from_ymd_opt(self.year, month, day).unwrap_or(self.today);
        let today = self.today.clamp(day(1, 1), day(12, 31));
        let mut demand = seen.days.clone();
        for place in self.waiting.places.iter().filter(|_| waits) {
            add_days(&mut demand, &Days::from([(wib_date(place.claim.updated_at), (1, place.claim.amount))]));
        }
        let claims = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        let days: Vec<DayDemand> = demand.into_iter().map(|(on, (n, amount))| DayDemand { on, claims: claims(n), amount }).collect();
        Forecast::of(&ForecastFacts {
            today,
            observed_from: seen.from.unwrap_or(today),
            ceiling: position.ceiling,
            committed: position.ceiling.checked_sub(position.remaining).unwrap_or_default(),
            waiting: if waits { self.waiting.amount } else { Rupiah::ZERO },
            benefit: self.pack.policies.nearest(today).map(|policy| policy.amount.base).unwrap_or_default(),
            days: &days,
            earlier: seen.earlier,
            holidays: &self.pack.holidays,
        })
    }

    /// Claims per month of the years before.
    fn earlier(&self, conn: &mut DbConn) -> Result<Vec<MonthCount>, StoreError> {
        let mut months: BTreeMap<(i32, u32), u32> = BTreeMap::new();
        for line in budget::lines(conn, self.office)?.into_iter().filter(|line| line.year < self.year) {
            for (on, (n, _)) in per_day(conn, &line)? {
                let month = months.entry((on.year(), on.month())).or_default();
                *month = month.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
            }
        }
        Ok(months.into_iter().map(|((year, month), claims)| MonthCount { year, month, claims }).collect())
    }
}

/// What the pace of a line is learnt from.
#[derive(Clone, Copy)]
struct Seen<'a> {
    days: &'a Days,
    from: Option<NaiveDate>,
    earlier: &'a [MonthCount],
}

fn per_day(conn: &mut DbConn, line: &Line) -> Result<Days, StoreError> {
    let rows = ledger::per_day(conn, &line.id, Movement::Commit)?;
    Ok(rows.into_iter().map(|(on, count, amount)| (on, (count, amount))).collect())
}

fn add_days(sum: &mut Days, more: &Days) {
    for (on, (count, amount)) in more {
        let day = sum.entry(*on).or_default();
        *day = (day.0.saturating_add(*count), day.1.checked_add(*amount).unwrap_or(day.1));
    }
}

fn together<'a>(lines: impl Iterator<Item = &'a Balances>) -> Balances {
    let mut sums: BTreeMap<Account, Balance> = BTreeMap::new();
    for balances in lines {
        for account in Account::ALL {
            let (sum, more) = (sums.entry(account).or_default(), balances.of(account));
            sum.debits = sum.debits.checked_add(more.debits).unwrap_or(sum.debits);
            sum.credits = sum.credits.checked_add(more.credits).unwrap_or(sum.credits);
        }
    }
    Balances::new(sums)
}
