//! The forecast of the budget in sentences, a drawing and a table: everything `templates/parts/forecast.html` shows.
//!
//! Whoever cannot see the drawing hears its title and description, and reads the table below.

use chrono::Datelike;

use crate::domain::budget::forecast::{Ahead, Balance, Band, Forecast, NoForecast, OWN_CLAIMS_LEAST, OWN_WEEKS_LEAST, RunOut};
use crate::domain::calendar::{long_date, month_name};
use crate::domain::money::Rupiah;
use crate::web::pages::{ForecastRow, ForecastView};
use crate::web::plot::plots;

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
            view.plots = plots(forecast, ahead);
            view.has_span = ahead.run_out.is_some_and(|run_out| run_out.early.is_some());
            view.rows = ahead.months.iter().map(|band| row(forecast.ceiling, band)).collect();
        }
    }
    view
}

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
        Balance::Left(amount) => format!("sisa {}", amount.about()),
        Balance::Short(amount) => format!("kurang {}", amount.about()),
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
        forecast.asked.about(),
        last.about(),
        forecast.ceiling.about()
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

#[cfg(test)]
mod tests {
    use askama::Template;
    use chrono::NaiveDate;

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
            DayDemand { on, claims, amount: rupiah(i64::from(claims) * 1_000_000) }
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
            benefit: rupiah(1_000_000),
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
}
