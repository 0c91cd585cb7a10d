//! The rule for the filing deadline (P4), as data; `calendar` counts it out.

use serde::{Deserialize, Serialize};

use crate::domain::access::Role;

/// The filing deadline. It ends with its last day, at 23.59.59 WIB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRule {
    /// How many days or months there are; for `next_month` the day of that month, for `year_end` nothing.
    #[serde(default)]
    pub count: u32,
    /// What is counted.
    pub unit: DayUnit,
    /// Whether the first day is itself day 1 (a place that says "the day of death is day 1") or day 0.
    pub death_is_day_one: bool,
    /// Which event the count begins with.
    #[serde(default)]
    pub starts_with: StartEvent,
    /// Whether joint leave (cuti bersama) counts as working days; the civil service does not work then.
    #[serde(default)]
    pub joint_leave_counts: bool,
    /// For deaths in December: until this day of January, if that is later.
    #[serde(default)]
    pub december_until_january: Option<u32>,
    /// Who may accept a late claim all the same, with a reason; nobody if absent.
    #[serde(default)]
    pub waived_by: Option<Role>,
}

/// What a deadline counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayUnit {
    /// Every day.
    Calendar,
    /// Monday to Friday without holidays and joint leave.
    Working,
    /// Months of the calendar; the 31st becomes the last day of a shorter month.
    Months,
    /// Until 31 December of the year the count begins in.
    YearEnd,
    /// The deaths of one month together, until a day of the next.
    NextMonth,
}

/// The event a deadline counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartEvent {
    /// The day of death.
    #[default]
    Death,
    /// The date of the death document (akta or letter); the day of death where it has no date.
    Document,
}

impl DeadlineRule {
    /// The rule as families read it: `60 hari kalender setelah hari meninggal`.
    pub fn words(&self) -> String {
        let event = match self.starts_with {
            StartEvent::Death => "hari meninggal",
            StartEvent::Document => "tanggal surat atau akta kematian",
        };
        let first = if self.death_is_day_one { format!(", {event} dihitung hari pertama") } else { format!(" setelah {event}") };
        let base = match self.unit {
            DayUnit::Calendar => format!("{} hari kalender{first}", self.count),
            DayUnit::Working => format!("{} hari kerja{first}", self.count),
            DayUnit::Months => format!("{} bulan{first}", self.count),
            DayUnit::YearEnd => "31 Desember pada tahun meninggal".to_owned(),
            DayUnit::NextMonth => format!("tanggal {} bulan berikutnya", self.count),
        };
        match self.december_until_january {
            Some(day) => format!("{base}; kematian bulan Desember sampai {day} Januari"),
            None => base,
        }
    }

    /// Only the length, for sentences that name the event themselves: `60 hari`, `7 hari kerja`.
    pub fn length(&self) -> String {
        match self.unit {
            DayUnit::Calendar => format!("{} hari", self.count),
            DayUnit::Working => format!("{} hari kerja", self.count),
            DayUnit::Months => format!("{} bulan", self.count),
            DayUnit::YearEnd => "akhir tahun".to_owned(),
            DayUnit::NextMonth => format!("tanggal {} bulan berikutnya", self.count),
        }
    }
}
