//! The budget line of the year, in five numbers that always add up.

use chrono::Datelike;

use crate::domain::budget::Position;
use crate::domain::money::Rupiah;
use crate::store::money::budget::{Line, line_of_year, position};
use crate::store::{DbConn, StoreError};
use crate::web::pages::BudgetView;
use crate::web::site::Site;
use crate::workflow::Pack;

/// The position of this year's line; none when the year has no line yet.
///
/// # Errors
/// [`StoreError`].
pub fn budget_view(conn: &mut DbConn, site: &Site, pack: &Pack) -> Result<Option<BudgetView>, StoreError> {
    let line = match line_of_year(conn, &site.office, site.today().year()) {
        Err(StoreError::NotFound) => return Ok(None),
        other => other?,
    };
    let position = position(conn, &line)?;
    let benefit = pack.policies.for_death(site.today()).map(|p| p.amount.base).unwrap_or_default();
    Ok(Some(view(&line, &position, benefit)))
}

fn view(line: &Line, position: &Position, benefit: Rupiah) -> BudgetView {
    // The position's amounts lie within each other; the page shows what is only promised, only decreed, paid.
    let only = |whole: Rupiah, part: Rupiah| whole.checked_sub(part).unwrap_or_default().to_string();
    let share = |part: i64, whole: i64| part.checked_mul(100).and_then(|p| p.checked_div(whole)).unwrap_or_default();
    BudgetView {
        year: line.year.to_string(),
        line: format!("{}, {} {}", line.source, line.account_code, line.name),
        ceiling: position.ceiling.to_string(),
        committed: only(position.committed, position.decreed),
        decreed: only(position.decreed, position.paid),
        paid: position.paid.to_string(),
        remaining: position.remaining.to_string(),
        claims_left: count(position.remaining.whole().checked_div(benefit.whole()).unwrap_or_default()),
        used_percent: share(position.committed.whole(), position.ceiling.whole()),
    }
}

/// A count with dots for thousands, as amounts have them.
fn count(claims: i64) -> String {
    Rupiah::new(claims).unwrap_or_default().grouped()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_numbers_of_the_page_add_up_to_the_ceiling() {
        let amount = |whole| Rupiah::new(whole).unwrap();
        let position = Position {
            ceiling: amount(10_000_000),
            committed: amount(6_000_000),
            decreed: amount(4_000_000),
            ordered: amount(3_000_000),
            paid: amount(1_000_000),
            remaining: amount(4_000_000),
            ..Position::default()
        };
        let line = Line {
            id: String::new(),
            year: 2026,
            source: "BTT".into(),
            account_code: "5.3".into(),
            name: "X".into(),
            document: "X".into(),
            open: true,
            soft_limit_percent: 90,
            version: 1,
        };
        let shown = view(&line, &position, amount(1_000_000));
        let parts = [&shown.committed, &shown.decreed, &shown.paid, &shown.remaining].map(|text| Rupiah::parse(text).unwrap());
        assert_eq!(Rupiah::sum(parts), Some(position.ceiling));
        assert_eq!((shown.claims_left.as_str(), shown.used_percent), ("4", 60));
    }
}
