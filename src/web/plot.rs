//! The forecast of the budget as a drawing, sentences and a table: everything `templates/parts/forecast.html` shows.
//!
//! The drawing is made twice, wide and narrow, because letters in a drawing shrink with it; the style sheet shows the one
//! that fits, and paper gets the wide one. No script and no inline style is needed. Places are tenths of a unit of the drawing,
//! whole numbers all through. Whoever cannot see it hears its title and description, and reads the table below.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::domain::budget::forecast::{Ahead, Balance, Band, Forecast, NoForecast, OWN_CLAIMS_LEAST, OWN_WEEKS_LEAST, RunOut};
use crate::domain::calendar::{long_date, month_name};
use crate::domain::money::Rupiah;

/// At most so many steps on the scale of amounts.
const STEPS_MOST: i64 = 5;
/// Room for the word at the ceiling, in tenths of a unit.
const CEILING_WORD: i64 = 1_600;
/// One miliar, in rupiah.
const MILIAR: i64 = 1_000_000_000;
/// One juta, in rupiah.
const JUTA: i64 = 1_000_000;

/// A forecast ready to be included in a page as `forecast`.
#[derive(Debug, Clone)]
pub struct ForecastView {
    /// Fiscal year.
    pub year: i32,
    /// The answer in one sentence.
    pub headline: String,
    /// What belongs to it: how sure it is, what is short, how many claims can still be paid.
    pub sentences: Vec<String>,
    /// Name of the drawing.
    pub title: String,
    /// What is to be seen on it.
    pub description: String,
    /// The drawing, wide and narrow; none when nothing can be forecast.
    pub plots: Vec<PlotView>,
    /// Whether the drawing marks the days on which the money may end.
    pub has_span: bool,
    /// The table below.
    pub rows: Vec<ForecastRow>,
    /// What it was worked out from.
    pub basis: String,
}

/// One month of the table.
#[derive(Debug, Clone)]
pub struct ForecastRow {
    /// `31 Juli`.
    pub until: String,
    /// When few come.
    pub low: String,
    /// As expected.
    pub middle: String,
    /// When many come.
    pub high: String,
    /// Left or short, as expected.
    pub against: String,
}

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

/// A forecast as a page shows it.
pub fn forecast_view(forecast: &Forecast) -> ForecastView {
    let year = forecast.today.year();
    let mut view = ForecastView {
        year,
        headline: String::new(),
        sentences: Vec::new(),
        title: format!("Kebutuhan santunan {year} terhadap pagu"),
        description: String::new(),
        plots: Vec::new(),
        has_span: false,
        rows: Vec::new(),
        basis: basis(forecast.earlier_years),
    };
    match &forecast.ahead {
        Err(why) => {
            view.headline = gone_headline(forecast, *why).unwrap_or_else(|| "Belum ada perkiraan.".to_owned());
            view.sentences = vec![why_not(*why)];
        }
        Ok(ahead) => {
            view.headline = headline(forecast, ahead);
            view.sentences = sentences(forecast, ahead);
            view.description = description(forecast, ahead, &view.headline);
            view.plots = [WIDE, NARROW].iter().map(|size| Plane::of(size, forecast, ahead).draw()).collect();
            view.has_span = ahead.run_out.is_some_and(|run_out| run_out.early.is_some());
            view.rows = ahead.months.iter().map(|band| row(forecast.ceiling, band)).collect();
        }
    }
    view
}

// --- Words ----------------------------------------------------------------------------------------------------------

fn gone_headline(forecast: &Forecast, why: NoForecast) -> Option<String> {
    (forecast.payable == 0 && why != NoForecast::NoBenefit).then(|| gone(forecast))
}

fn gone(forecast: &Forecast) -> String {
    if forecast.ceiling == Rupiah::ZERO {
        return "Pagu tahun ini belum ada.".to_owned();
    }
    match forecast.gone_since {
        Some(day) => format!("Pagu sudah habis sejak {}.", long_date(day)),
        None => "Pagu sudah habis.".to_owned(),
    }
}

fn headline(forecast: &Forecast, ahead: &Ahead) -> String {
    let Some(run_out) = ahead.run_out else { return gone(forecast) };
    match (run_out.middle, run_out.early) {
        (Some(day), _) => format!("Pagu diperkirakan habis sekitar {}.", long_date(day)),
        (None, Some(_)) => "Pagu diperkirakan cukup sampai akhir tahun, tetapi belum pasti.".to_owned(),
        (None, None) => "Pagu diperkirakan tidak habis tahun ini.".to_owned(),
    }
}

fn sentences(forecast: &Forecast, ahead: &Ahead) -> Vec<String> {
    let of_days = ahead.run_out.as_ref().map(|run_out| span_sentence(run_out, forecast.today.year()));
    let still = (forecast.payable > 0).then(|| format!("Sisa pagu cukup untuk {} permohonan lagi.", dotted(forecast.payable)));
    let end = &ahead.year_end;
    let at_end = format!(
        "Sampai 31 Desember pagu diperkirakan {} (bila sedikit {}, bila banyak {}).",
        balance_words(end.middle),
        balance_words(end.few),
        balance_words(end.many)
    );
    of_days.into_iter().chain(still).chain([at_end]).collect()
}

fn span_sentence(run_out: &RunOut, year: i32) -> String {
    match (run_out.early, run_out.late) {
        (Some(early), Some(late)) if early == late => "Delapan dari sepuluh kemungkinan: pada hari itu juga.".to_owned(),
        (Some(early), Some(late)) => format!("Delapan dari sepuluh kemungkinan: antara {} dan {}.", long_date(early), long_date(late)),
        (Some(early), None) => format!(
            "Kemungkinan habis sebelum tahun {year} berakhir: {} %, paling cepat sekitar {}.",
            run_out.within_year_percent,
            long_date(early)
        ),
        (None, _) if run_out.within_year_percent <= 1 => format!("Kemungkinan habis sebelum tahun {year} berakhir: paling banyak 1 %."),
        (None, _) => format!("Kemungkinan habis sebelum tahun {year} berakhir: {} %.", run_out.within_year_percent),
    }
}

fn balance_words(balance: Balance) -> String {
    match balance {
        Balance::Left(amount) if amount == Rupiah::ZERO => "pas".to_owned(),
        Balance::Left(amount) => format!("sisa {}", about(amount)),
        Balance::Short(amount) => format!("kurang {}", about(amount)),
    }
}

fn why_not(why: NoForecast) -> String {
    match why {
        NoForecast::TooLittle { weeks, claims } => format!(
            "Tahun ini baru terlihat {weeks} minggu dan {} permohonan. Perkiraan dibuat setelah {OWN_WEEKS_LEAST} minggu dan {OWN_CLAIMS_LEAST} permohonan, atau segera bila jumlah per bulan dari satu tahun penuh sebelumnya sudah dimasukkan.",
            dotted(claims)
        ),
        NoForecast::NoBenefit => {
            "Besar santunan yang berlaku hari ini belum diatur; mohon lengkapi aturan program lebih dahulu.".to_owned()
        }
    }
}

fn basis(earlier_years: usize) -> String {
    match earlier_years {
        0 => "Dihitung dari laju tahun ini saja. Data tahun sebelumnya belum ada, sehingga musim yang kuat atau gelombang kematian belum terlihat dan rentangnya dapat terlalu sempit.".to_owned(),
        years => format!("Dihitung dari laju tahun ini dan pola bulanan {years} tahun sebelumnya."),
    }
}

fn description(forecast: &Forecast, ahead: &Ahead, headline: &str) -> String {
    let last = ahead.months.last().map_or(forecast.asked, |band| band.middle);
    format!(
        "Grafik dari Januari sampai Desember. Sampai hari ini disetujui {}; garis perkiraan naik sampai {} pada akhir tahun; garis pagu pada {}. {headline}",
        about(forecast.asked),
        about(last),
        about(forecast.ceiling)
    )
}

fn row(ceiling: Rupiah, band: &Band) -> ForecastRow {
    let against = match ceiling.checked_sub(band.middle) {
        Some(left) => format!("sisa {left}"),
        None => format!("kurang {}", band.middle.checked_sub(ceiling).unwrap_or_default()),
    };
    ForecastRow {
        until: format!("{} {}", band.on.day(), month_name(band.on)),
        low: band.low.to_string(),
        middle: band.middle.to_string(),
        high: band.high.to_string(),
        against,
    }
}

fn dotted(count: u32) -> String {
    Rupiah::new(i64::from(count)).unwrap_or_default().grouped()
}

/// `Rp1,66 miliar`, `Rp300 juta`: what a sentence needs to be read; the table has the whole amount.
fn about(amount: Rupiah) -> String {
    format!("Rp{}", scaled(amount.whole(), [" miliar", " juta"]))
}

/// Rounded to hundredths of a miliar or whole juta; less than one juta stays as it is.
fn scaled(whole: i64, [miliar, juta]: [&str; 2]) -> String {
    let rounded = |unit: i64| whole.saturating_add(unit / 2).div_euclid(unit);
    let dotted = |n: i64| Rupiah::new(n).unwrap_or_default().grouped();
    if rounded(JUTA) >= MILIAR / JUTA {
        let hundredths = rounded(MILIAR / 100);
        let rest = format!("{:02}", hundredths.rem_euclid(100));
        let comma = if rest == "00" { String::new() } else { format!(",{}", rest.trim_end_matches('0')) };
        format!("{}{comma}{miliar}", dotted(hundredths.div_euclid(100)))
    } else if whole >= JUTA {
        format!("{}{juta}", rounded(JUTA))
    } else {
        dotted(whole)
    }
}

// --- The drawing ----------------------------------------------------------------------------------------------------

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
                let label = if amount == 0 { "Rp0".to_owned() } else { format!("Rp{}", scaled(amount, [" M", " jt"])) };
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
        let label = format!("pagu Rp{}", scaled(self.forecast.ceiling.whole(), [" miliar", " juta"]));
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
    use askama::Template;

    use super::*;
    use crate::domain::budget::MonthCount;
    use crate::domain::budget::forecast::{DayDemand, ForecastFacts};
    use crate::domain::calendar::Holidays;
    use crate::web::style::CSS;

    /// The part as a page includes it.
    #[derive(Template)]
    #[template(path = "parts/forecast.html")]
    struct Part {
        forecast: ForecastView,
    }

    fn rupiah(whole: i64) -> Rupiah {
        Rupiah::new(whole).unwrap()
    }

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    /// Ten claims of one juta on each working day until `today`, with or without three flat years before.
    fn forecast(today: NaiveDate, ceiling: i64, per_day: u32, earlier_years: i32) -> Forecast {
        let holidays = Holidays::default();
        let open = day(1, 1).iter_days().take_while(|on| *on <= today).filter(|on| holidays.is_working_day(*on));
        let demand = |on: NaiveDate| {
            let claims = per_day + on.ordinal() % 3;
            DayDemand { on, claims, amount: rupiah(i64::from(claims) * JUTA) }
        };
        let days: Vec<DayDemand> = open.map(demand).collect();
        let asked = Rupiah::sum(days.iter().map(|day| day.amount)).unwrap();
        let committed = asked.min(rupiah(ceiling));
        let months = |year| (1..=12).map(move |month| MonthCount { year, month, claims: 200 + 10 * month });
        let earlier: Vec<MonthCount> = (1..=earlier_years).flat_map(|back| months(2026 - back)).collect();
        Forecast::of(&ForecastFacts {
            today,
            observed_from: day(1, 1),
            ceiling: rupiah(ceiling),
            committed,
            waiting: asked.checked_sub(committed).unwrap(),
            benefit: rupiah(JUTA),
            days: &days,
            earlier: &earlier,
            holidays: &holidays,
        })
    }

    fn cases() -> [(&'static str, Forecast); 8] {
        [
            ("habis", forecast(day(5, 12), 1_500_000_000, 9, 3)),
            ("mungkin", forecast(day(8, 31), 2_620_000_000, 9, 0)),
            ("cukup", forecast(day(8, 31), 4_000_000_000, 9, 0)),
            ("sudah_habis", forecast(day(8, 31), 1_000_000_000, 9, 0)),
            ("januari", forecast(day(1, 1), 1_000_000_000, 0, 3)),
            ("desember", forecast(day(12, 31), 3_000_000_000, 9, 3)),
            ("tanpa_pagu", forecast(day(5, 12), 0, 9, 3)),
            ("kurang_data", forecast(day(1, 20), 1_500_000_000, 9, 0)),
        ]
    }

    #[test]
    fn every_forecast_is_drawn_inside_its_frame_without_script_or_style() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("gaya.css"), CSS).unwrap();
        for (name, forecast) in cases() {
            let view = forecast_view(&forecast);
            for plot in &view.plots {
                let (width, height) = (plot.width * 10, plot.height * 10);
                let points = [&plot.past, &plot.middle, &plot.band].map(|points| points.replace(',', " "));
                let tenths = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
                let all: Vec<i64> = points.iter().flat_map(|points| points.split(' ').map(tenths)).collect();
                assert!(all.chunks(2).all(|point| (0..=width).contains(&point[0]) && (0..=height).contains(&point[1])), "{name}");
                assert!(plot.amounts.len() <= 6 && plot.months.len() == 12, "{name}");
                assert!(plot.top <= plot.ceiling.at && plot.ceiling.at <= plot.bottom, "{name}");
            }
            let part = Part { forecast: view }.render().unwrap();
            for banned in ["<script", "style=\"", "<style"] {
                assert!(!part.contains(banned), "{name}: {banned}");
            }
            let drawings = if forecast.ahead.is_ok() { 2 } else { 0 };
            assert_eq!(part.matches("role=\"img\"").count(), drawings, "{name}");
            assert_eq!((part.matches("<title id=").count(), part.matches("<desc id=").count()), (drawings, drawings), "{name}");
            let page = format!(
                "<!doctype html><html lang=\"id\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"gaya.css\"><body><main><div class=\"wrap\">{part}</div></main></body></html>"
            );
            std::fs::write(folder.join(format!("perkiraan_{name}.html")), page).unwrap();
        }
    }

    #[test]
    fn the_first_sentence_answers_the_question() {
        let expected = [
            ("habis", "Pagu diperkirakan habis sekitar "),
            ("mungkin", "Pagu diperkirakan cukup sampai akhir tahun, tetapi belum pasti."),
            ("cukup", "Pagu diperkirakan tidak habis tahun ini."),
            ("sudah_habis", "Pagu sudah habis sejak "),
            ("januari", "Pagu diperkirakan habis sekitar "),
            ("desember", "Pagu diperkirakan tidak habis tahun ini."),
            ("tanpa_pagu", "Pagu tahun ini belum ada."),
            ("kurang_data", "Belum ada perkiraan."),
        ];
        for ((name, forecast), (of, begin)) in cases().into_iter().zip(expected) {
            let view = forecast_view(&forecast);
            assert_eq!(name, of);
            assert!(view.headline.starts_with(begin), "{name}: {}", view.headline);
            assert!(view.sentences.iter().all(|sentence| sentence.ends_with('.')), "{name}: {:?}", view.sentences);
        }
    }

    #[test]
    fn the_table_keeps_every_rupiah() {
        let forecast = forecast(day(5, 12), 1_500_000_000, 9, 3);
        let view = forecast_view(&forecast);
        let bands = forecast.ahead.unwrap().months;
        assert_eq!(view.rows.len(), 8);
        for (row, band) in view.rows.iter().zip(bands) {
            assert_eq!([&row.low, &row.middle, &row.high].map(|text| Rupiah::parse(text).unwrap()), [band.low, band.middle, band.high]);
        }
    }

    #[test]
    fn amounts_in_sentences_are_short_and_rounded() {
        for (whole, text) in [
            (0, "Rp0"),
            (999_999, "Rp999.999"),
            (1_500_000, "Rp2 juta"),
            (660_400_000, "Rp660 juta"),
            (999_600_000, "Rp1 miliar"),
            (1_660_000_000, "Rp1,66 miliar"),
            (2_500_000_000, "Rp2,5 miliar"),
            (1_005_000_000_000, "Rp1.005 miliar"),
        ] {
            assert_eq!(about(rupiah(whole)), text, "{whole}");
        }
    }

    #[test]
    fn the_scale_has_at_most_five_round_steps() {
        for (highest, step) in
            [(0, 1), (5, 1), (6, 2), (1_000_000_000, 200_000_000), (3_900_000_000, 1_000_000_000), (i64::MAX, 2_000_000_000_000_000_000)]
        {
            assert_eq!(step_for(highest), step, "{highest}");
        }
    }
}
