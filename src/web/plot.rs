//! The forecast of the budget as a drawing.
//!
//! The drawing is made twice, wide and narrow, because letters in a drawing shrink with it; the style sheet shows the one
//! that fits, and paper gets the wide one. No script and no inline style is needed. Places are tenths of a unit of the drawing,
//! whole numbers all through.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::domain::budget::forecast::{Ahead, Band, Forecast, RunOut};
use crate::domain::calendar::month_name;
use crate::domain::money::Rupiah;

/// At most so many steps on the scale of amounts.
const STEPS_MOST: i64 = 5;
/// Room for the word at the ceiling, in tenths of a unit.
const CEILING_WORD: i64 = 1_600;

/// A place in the drawing, in tenths of its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(i64);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, tenth) = (self.0.div_euclid(10), self.0.rem_euclid(10));
        write!(f, "{whole}.{tenth}")
    }
}

/// One size of the drawing.
#[derive(Debug, Clone)]
pub struct PlotView {
    /// Class and beginning of its ids.
    pub class: &'static str,
    /// Width in units.
    pub width: i64,
    /// Height in units.
    pub height: i64,
    /// Left, right, upper and lower edge of the plane.
    pub left: Place,
    /// Right edge.
    pub right: Place,
    /// Upper edge.
    pub top: Place,
    /// Lower edge.
    pub bottom: Place,
    /// Where the amounts end.
    pub label_x: Place,
    /// Lower end of the marks of months.
    pub tick_y: Place,
    /// Foot of the names of months.
    pub month_y: Place,
    /// The scale of amounts.
    pub amounts: Vec<Tick>,
    /// The months.
    pub months: Vec<Tick>,
    /// Points of what was asked for.
    pub past: String,
    /// Points of the expected path.
    pub middle: String,
    /// Points around the band.
    pub band: String,
    /// Today.
    pub today: Tag,
    /// The ceiling.
    pub ceiling: Tag,
    /// The days on which the money may end.
    pub run_out: Option<Span>,
}

/// A mark on a scale.
#[derive(Debug, Clone)]
pub struct Tick {
    /// Where the mark is.
    pub at: Place,
    /// Where its text is.
    pub text_at: Place,
    /// Its text.
    pub label: String,
}

/// A line or dot with a word at it.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Where it is.
    pub at: Place,
    /// Where its text begins, ends or has its middle.
    pub text_x: Place,
    /// Foot of its text.
    pub text_y: Place,
    /// Class that says how the text lies to its place.
    pub anchor: &'static str,
    /// Its text.
    pub label: String,
}

/// The stretch of days on which the money may end, and the middle one if it lies in the year.
#[derive(Debug, Clone)]
pub struct Span {
    /// One chance in ten.
    pub from: Place,
    /// Nine chances in ten, or the end of the year.
    pub to: Place,
    /// One chance in two.
    pub dot: Option<Tag>,
}

/// The drawing in both sizes.
pub fn plots(forecast: &Forecast, ahead: &Ahead) -> Vec<PlotView> {
    [WIDE, NARROW].iter().map(|size| Plane::of(size, forecast, ahead).draw()).collect()
}

/// A size of the drawing, in units.
struct Size {
    class: &'static str,
    width: i64,
    height: i64,
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
    /// Letters of a month's name.
    month_letters: usize,
}

const WIDE: Size = Size { class: "fc-wide", width: 760, height: 340, left: 76, right: 12, top: 28, bottom: 34, month_letters: 3 };
const NARROW: Size = Size { class: "fc-narrow", width: 340, height: 300, left: 62, right: 8, top: 28, bottom: 30, month_letters: 1 };

/// The plane of the drawing: days to the right, rupiah upwards.
struct Plane<'a> {
    size: &'a Size,
    forecast: &'a Forecast,
    ahead: &'a Ahead,
    /// Rupiah between two marks.
    step: i64,
    /// Rupiah at the upper edge, a whole number of steps.
    most: i64,
    days: i64,
}

impl<'a> Plane<'a> {
    fn of(size: &'a Size, forecast: &'a Forecast, ahead: &'a Ahead) -> Self {
        let highest = ahead.months.iter().map(|band| band.high).chain([forecast.ceiling, forecast.asked]).max().unwrap_or_default().whole();
        let step = step_for(highest);
        let steps = highest.saturating_add(step - 1).div_euclid(step).max(1);
        let days = if forecast.today.leap_year() { 366 } else { 365 };
        Self { size, forecast, ahead, step, most: step.saturating_mul(steps), days }
    }

    fn left(&self) -> i64 {
        self.size.left * 10
    }

    fn right(&self) -> i64 {
        (self.size.width - self.size.right) * 10
    }

    fn bottom(&self) -> i64 {
        (self.size.height - self.size.bottom) * 10
    }

    /// The end of a day; 1 January begins at the left edge.
    fn x(&self, day: NaiveDate) -> Place {
        self.x_of(i64::from(day.ordinal()))
    }

    fn x_of(&self, days: i64) -> Place {
        Place(self.left() + (self.right() - self.left()) * days / self.days)
    }

    fn y(&self, amount: i64) -> Place {
        let height = self.bottom() - self.size.top * 10;
        // In i128 because rupiah times tenths of units may pass an i64; the quotient is at most the height.
        let up = i128::from(height) * i128::from(amount.min(self.most)) / i128::from(self.most.max(1));
        Place(self.bottom() - i64::try_from(up).unwrap_or(height))
    }

    fn point(&self, day: NaiveDate, amount: Rupiah) -> String {
        format!("{},{}", self.x(day), self.y(amount.whole()))
    }

    fn draw(&self) -> PlotView {
        let here = self.point(self.forecast.today, self.forecast.asked);
        let along = |amount: fn(&Band) -> Rupiah| self.ahead.months.iter().map(move |band| self.point(band.on, amount(band)));
        let lower = along(|band| band.low).collect::<Vec<_>>().into_iter().rev();
        let band: Vec<String> = [here.clone()].into_iter().chain(along(|band| band.high)).chain(lower).collect();
        let middle: Vec<String> = [here].into_iter().chain(along(|band| band.middle)).collect();
        let past: Vec<String> = self.forecast.past.iter().map(|point| self.point(point.on, point.asked)).collect();
        PlotView {
            class: self.size.class,
            width: self.size.width,
            height: self.size.height,
            left: Place(self.left()),
            right: Place(self.right()),
            top: Place(self.size.top * 10),
            bottom: Place(self.bottom()),
            label_x: Place(self.left() - 80),
            tick_y: Place(self.bottom() + 60),
            month_y: Place(self.bottom() + 220),
            amounts: self.amounts(),
            months: self.months(),
            past: past.join(" "),
            middle: middle.join(" "),
            band: band.join(" "),
            today: self.today(),
            ceiling: self.ceiling(),
            run_out: self.ahead.run_out.as_ref().and_then(|run_out| self.run_out(run_out)),
        }
    }

    fn amounts(&self) -> Vec<Tick> {
        let count = self.most.checked_div(self.step).unwrap_or_default();
        (0..=count)
            .map(|n| {
                let amount = self.step.saturating_mul(n);
                let at = self.y(amount);
                let label = Rupiah::new(amount).unwrap_or_default().about_brief();
                Tick { at, text_at: Place(at.0 + 45), label }
            })
            .collect()
    }

    fn months(&self) -> Vec<Tick> {
        let firsts = (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(self.forecast.today.year(), month, 1));
        let tick = |first: NaiveDate| {
            let begin = i64::from(first.ordinal0());
            let middle = self.x_of(begin + i64::from(first.num_days_in_month()) / 2);
            Tick { at: self.x_of(begin), text_at: middle, label: month_name(first).chars().take(self.size.month_letters).collect() }
        };
        firsts.map(tick).collect()
    }

    fn today(&self) -> Tag {
        let at = self.x(self.forecast.today);
        let anchor = match i64::from(self.forecast.today.ordinal()) * 12 / self.days {
            0 => "fc-begin",
            11.. => "fc-end",
            _ => "fc-mid",
        };
        Tag { at, text_x: at, text_y: Place(self.size.top * 10 - 80), anchor, label: String::new() }
    }

    /// The word stands above the line at its beginning, or below it at its end when the path crosses it too early for that.
    fn ceiling(&self) -> Tag {
        let at = self.y(self.forecast.ceiling.whole());
        let label = format!("pagu {}", self.forecast.ceiling.about());
        if self.is_crossed_early() {
            return Tag { at, text_x: Place(self.right() - 20), text_y: Place(at.0 + 200), anchor: "fc-tag fc-end", label };
        }
        Tag { at, text_x: Place(self.left() + 60), text_y: Place(at.0 - 70), anchor: "fc-tag fc-begin", label }
    }

    /// Whether something is drawn where the ceiling's word would begin.
    fn is_crossed_early(&self) -> bool {
        let expected = self.ahead.run_out.and_then(|run_out| run_out.early);
        let crossed = self.forecast.gone_since.or(expected);
        crossed.is_some_and(|day| self.x(day).0 < self.left() + CEILING_WORD)
    }

    /// The word stands where the paths are not: below the ceiling after the crossing, or above it before, near the right edge.
    fn run_out(&self, run_out: &RunOut) -> Option<Span> {
        let from = self.x(run_out.early?);
        let to = run_out.late.map_or(Place(self.right()), |late| self.x(late));
        let ceiling = self.y(self.forecast.ceiling.whole());
        let dot = run_out.middle.map(|day| {
            let at = self.x(day);
            let is_late = (at.0 - self.left()) * 3 > (self.right() - self.left()) * 2;
            let below = if self.is_crossed_early() { 380 } else { 200 };
            let (anchor, aside, down) = if is_late { ("fc-tag fc-end", -90, -110) } else { ("fc-tag fc-begin", 90, below) };
            let month: String = month_name(day).chars().take(3).collect();
            Tag {
                at,
                text_x: Place(at.0 + aside),
                text_y: Place(ceiling.0 + down),
                anchor,
                label: format!("habis ± {} {month}", day.day()),
            }
        });
        Some(Span { from, to, dot })
    }
}

/// One, two or five times a power of ten, so that at most [`STEPS_MOST`] steps reach the highest amount.
fn step_for(highest: i64) -> i64 {
    let mut ten = 1_i64;
    loop {
        for step in [1, 2, 5].map(|n| ten.saturating_mul(n)) {
            if step.saturating_mul(STEPS_MOST) >= highest {
                return step;
            }
        }
        ten = ten.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_has_at_most_five_round_steps() {
        for (highest, step) in
            [(0, 1), (5, 1), (6, 2), (1_000_000_000, 200_000_000), (3_900_000_000, 1_000_000_000), (i64::MAX, 2_000_000_000_000_000_000)]
        {
            assert_eq!(step_for(highest), step, "{highest}");
        }
    }
}
