//! What the budget's forecast says, part of the page "Anggaran".

use crate::web::plot::PlotView;

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
