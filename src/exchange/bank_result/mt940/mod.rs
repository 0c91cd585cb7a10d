//! MT940, the statement most Indonesian portals can give: `:61:` for a booking, `:86:` for what is known about it.

mod booking;
mod information;

use chrono::{Datelike, NaiveDate};

use self::booking::Booking;
use super::draft::{self, Draft};
use super::fault::{Place, ResultFault, shown};
use super::limits::{MT940_INFORMATION_LINES_MAX, MT940_LINE_BYTES_MAX};
use super::written::Written;
use crate::domain::payment::report::{BankAmount, Report, ReportKind};

/// Fields a statement may hold; another would be passed over in silence.
const TAGS: [&str; 16] = ["20", "21", "25", "25P", "28", "28C", "60F", "60M", "61", "86", "62F", "62M", "64", "65", "90C", "90D"];

/// Reads a file of one or more statements.
pub(super) fn read(text: &str) -> Result<Report, ResultFault> {
    let mut file = Statements::default();
    for field in fields(text)? {
        file.take(&field)?;
    }
    file.finish()
}

/// One field with its lines.
struct Field<'a> {
    tag: &'a str,
    /// Where it begins.
    line: u64,
    lines: Vec<&'a str>,
}

impl Field<'_> {
    fn place(&self) -> Place {
        Place { line: self.line, part: format!("kolom :{}:", self.tag) }
    }

    fn first(&self) -> &str {
        self.lines.first().copied().unwrap_or_default().trim()
    }

    fn unreadable(&self, expected: &'static str) -> ResultFault {
        ResultFault::unreadable(self.place(), self.first(), expected)
    }
}

fn fields(text: &str) -> Result<Vec<Field<'_>>, ResultFault> {
    let mut fields: Vec<Field<'_>> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let place = |part: &str| Place { line: number, part: part.to_owned() };
        if line.len() > MT940_LINE_BYTES_MAX {
            return Err(ResultFault::Beyond { place: place(""), what: "panjang baris" });
        }
        let line = without_envelope(line.trim_end());
        if line.is_empty() || line == "-" {
            continue;
        }
        match (tag_of(line), fields.last_mut()) {
            (Some((tag, _)), _) if !TAGS.contains(&tag) => return Err(ResultFault::Stranger(place(&format!("kolom :{}:", shown(tag))))),
            (Some((tag, rest)), _) => fields.push(Field { tag, line: number, lines: vec![rest] }),
            (None, Some(field)) if field.lines.len() < MT940_INFORMATION_LINES_MAX => field.lines.push(line),
            (None, Some(_)) => return Err(ResultFault::Beyond { place: place(""), what: "banyaknya baris keterangan" }),
            (None, None) => return Err(ResultFault::OtherKind { expected: "rekening koran MT940", found: None }),
        }
    }
    if fields.is_empty() { Err(ResultFault::OtherKind { expected: "rekening koran MT940", found: None }) } else { Ok(fields) }
}

/// A line without the blocks SWIFT puts around a message: `{1:…}{2:…}{4:` in front, `-}` behind.
fn without_envelope(line: &str) -> &str {
    let inner = if line.starts_with('{') { line.split_once("{4:").map_or("", |(_, rest)| rest) } else { line };
    match inner.strip_prefix("-}") {
        Some(_) => "",
        None => inner,
    }
}

/// `:61:2606220622D…` as `61` and the rest.
fn tag_of(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.strip_prefix(':')?.split_once(':')?;
    let mut letters = tag.chars();
    let digits = letters.next()?.is_ascii_digit() && letters.next()?.is_ascii_digit();
    (digits && matches!((letters.next(), letters.next()), (None, None))
        || (digits && tag.len() == 3 && tag.ends_with(|c: char| c.is_ascii_uppercase())))
    .then_some((tag, rest))
}

#[derive(Default)]
struct Statements {
    draft: Draft,
    open: Option<Statement>,
    waiting: Option<Booking>,
    count: u32,
}

/// A statement between `:20:` and `:62F:`.
struct Statement {
    has_account: bool,
    /// Opening balance in sen.
    opening: Option<i64>,
    /// Bookings in sen, money in above zero.
    moved: i64,
}

impl Statements {
    fn take(&mut self, field: &Field<'_>) -> Result<(), ResultFault> {
        if field.tag != "86" {
            self.settle()?;
        }
        match field.tag {
            "20" => self.begin(field),
            "25" | "25P" => self.account(field),
            "60F" | "60M" => self.opening(field),
            "61" => self.booking(field),
            "86" => {
                if let Some(booking) = &mut self.waiting {
                    booking.inform(&field.lines);
                }
                Ok(())
            }
            "62F" | "62M" => self.closing(field),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, field: &Field<'_>) -> Result<(), ResultFault> {
        if self.open.is_some() {
            return Err(cut_off(field.place()));
        }
        self.count = self.count.saturating_add(1);
        self.draft.message_id.get_or_insert_with(|| field.first().to_owned());
        self.open = Some(Statement { has_account: false, opening: None, moved: 0 });
        Ok(())
    }

    fn account(&mut self, field: &Field<'_>) -> Result<(), ResultFault> {
        // A bank's code may stand in front and the currency behind: `113/1034567890IDR`.
        let number = field.first().rsplit('/').next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_alphabetic());
        self.draft.add_account(draft::account(number, || field.place())?);
        self.statement(field)?.has_account = true;
        Ok(())
    }

    fn statement(&mut self, field: &Field<'_>) -> Result<&mut Statement, ResultFault> {
        self.open.as_mut().ok_or_else(|| ResultFault::Missing(Place { part: "kolom :20:".to_owned(), ..field.place() }))
    }

    fn opening(&mut self, field: &Field<'_>) -> Result<(), ResultFault> {
        let (sen, _) = balance(field)?;
        let statement = self.statement(field)?;
        if statement.opening.replace(sen).is_some() { Err(ResultFault::Twice(field.place())) } else { Ok(()) }
    }

    fn booking(&mut self, field: &Field<'_>) -> Result<(), ResultFault> {
        let booking = Booking::read(&field.lines).map_err(|expected| field.unreadable(expected))?;
        let statement = self.statement(field)?;
        if statement.opening.is_none() {
            return Err(ResultFault::Missing(Place { part: "kolom :60F:".to_owned(), ..field.place() }));
        }
        statement.moved = statement.moved.checked_add(booking.moved_sen()).ok_or(ResultFault::Sum)?;
        self.waiting = Some(booking);
        Ok(())
    }

    /// A booking is complete once its information has been read.
    fn settle(&mut self) -> Result<(), ResultFault> {
        if let Some(booking) = self.waiting.take() {
            let position = self.draft.next_position()?;
            self.draft.lines.push(booking.into_line(position));
        }
        Ok(())
    }

    fn closing(&mut self, field: &Field<'_>) -> Result<(), ResultFault> {
        let (closing, on) = balance(field)?;
        let Some(Statement { has_account: true, opening: Some(opening), moved }) = self.open.take() else {
            return Err(ResultFault::Missing(Place { part: "kolom :25: atau :60F:".to_owned(), ..field.place() }));
        };
        let reached = opening.checked_add(moved).ok_or(ResultFault::Sum)?;
        if reached != closing {
            return Err(ResultFault::Balance { place: field.place(), stated: signed(closing), read: signed(reached) });
        }
        self.draft.created_on = Some(self.draft.created_on.map_or(on, |earlier| earlier.max(on)));
        Ok(())
    }

    fn finish(mut self) -> Result<Report, ResultFault> {
        self.settle()?;
        match (self.open, self.count) {
            (Some(_), _) => Err(ResultFault::Missing(Place { line: 1, part: "saldo akhir (kolom :62F:)".to_owned() })),
            (None, 0) => Err(ResultFault::OtherKind { expected: "rekening koran MT940", found: None }),
            (None, _) => self.draft.finish(ReportKind::Mt940),
        }
    }
}

fn cut_off(place: Place) -> ResultFault {
    ResultFault::Broken { place, why: "rekening koran sebelumnya belum ditutup dengan :62F:".to_owned() }
}

/// `C260622IDR1000000,00` as sen (below zero for `D`) and day.
fn balance(field: &Field<'_>) -> Result<(i64, NaiveDate), ResultFault> {
    let text = field.first();
    let wrong = || field.unreadable("saldo seperti C260622IDR1000000,00");
    let (mark, rest) = text.split_at_checked(1).ok_or_else(wrong)?;
    let (day, rest) = rest.split_at_checked(6).ok_or_else(wrong)?;
    let (currency, amount) = rest.split_at_checked(3).ok_or_else(wrong)?;
    if currency != "IDR" {
        return Err(ResultFault::Currency { place: field.place(), found: shown(currency) });
    }
    let sen = amount_of(amount).ok_or_else(wrong)?.sen();
    let sen = match mark {
        "C" => sen,
        "D" => -sen,
        _ => return Err(wrong()),
    };
    Ok((sen, day_of(day).ok_or_else(wrong)?))
}

/// `1000000,00`; the comma is always there.
fn amount_of(text: &str) -> Option<BankAmount> {
    text.contains(',').then(|| Written::Comma.read(text)).flatten().filter(|_| text.starts_with(|c: char| c.is_ascii_digit()))
}

/// `260622`; the century is ours.
fn day_of(text: &str) -> Option<NaiveDate> {
    let number = |from: usize| text.get(from..from + 2)?.parse::<u32>().ok();
    let year = i32::try_from(number(0)?).ok()?.checked_add(2000)?;
    (text.len() == 6).then(|| NaiveDate::from_ymd_opt(year, number(2)?, number(4)?)).flatten()
}

/// `0623` beside a value date: the booking may fall into the year before or after it.
fn near(value_on: NaiveDate, text: &str) -> Option<NaiveDate> {
    let number = |from: usize| text.get(from..from + 2)?.parse::<u32>().ok();
    let in_year = |year: i32| NaiveDate::from_ymd_opt(year, number(0)?, number(2)?);
    let years = [value_on.year(), value_on.year() - 1, value_on.year() + 1];
    years.into_iter().filter_map(in_year).min_by_key(|day| (*day - value_on).num_days().abs())
}

/// Sen with their sign, for a sentence.
fn signed(sen: i64) -> String {
    let digits = sen.unsigned_abs();
    let amount = BankAmount::of_digits(&(digits / 100).to_string(), &format!("{:02}", digits % 100)).unwrap_or_default();
    if sen < 0 { format!("minus {amount}") } else { amount.to_string() }
}
