//! The budget line of the year, in five numbers that always add up.

use chrono::Datelike;

use crate::domain::budget::Position;
use crate::domain::money::Rupiah;
use crate::store::money::budget::{Line, of_year, position};
use crate::store::{DbConn, StoreError};
use crate::web::pages::BudgetView;
use crate::web::site::Site;
use crate::workflow::Pack;

/// The position of this year's lines together; none when the year has no open line.
///
/// # Errors
/// [`StoreError`].
pub fn budget_view(conn: &mut DbConn, site: &Site, pack: &Pack) -> Result<Option<BudgetView>, StoreError> {
    let lines: Vec<Line> = of_year(conn, &site.office, site.today().year())?.into_iter().filter(|line| line.open).collect();
    let mut seen = Vec::with_capacity(lines.len());
    for line in lines {
        let position = position(conn, &line)?;
        seen.push((line, position));
    }
    let benefit = pack.policies.for_death(site.today()).map(|p| p.amount.base).unwrap_or_default();
    Ok(view(&seen, benefit))
}

fn view(lines: &[(Line, Position)], benefit: Rupiah) -> Option<BudgetView> {
    let (first, _) = lines.first()?;
    let sum = |part: fn(&Position) -> Rupiah| Rupiah::sum(lines.iter().map(|(_, position)| part(position))).unwrap_or_default();
    let (ceiling, committed, remaining) = (sum(|p| p.ceiling), sum(|p| p.committed), sum(|p| p.remaining));
    let (decreed, paid) = (sum(|p| p.decreed), sum(|p| p.paid));
    // The position's amounts lie within each other; the page shows what is only promised, only decreed, paid.
    let only = |whole: Rupiah, part: Rupiah| whole.checked_sub(part).unwrap_or_default().to_string();
    let share = |part: i64, whole: i64| part.checked_mul(100).and_then(|p| p.checked_div(whole)).unwrap_or_default();
    let used = ceiling.checked_sub(remaining).unwrap_or_default();
    let past = lines.iter().find(|(line, position)| position.is_past(line.soft_limit_percent));
    Some(BudgetView {
        year: first.year.to_string(),
        line: match lines {
            [_] => format!("{}, {} {}", first.source, first.account_code, first.name),
            several => format!("{} mata anggaran", several.len()),
        },
        ceiling: ceiling.to_string(),
        committed: only(committed, decreed),
        decreed: only(decreed, paid),
        paid: paid.to_string(),
        remaining: remaining.to_string(),
        claims_left: count(remaining.whole().checked_div(benefit.whole()).unwrap_or_default()),
        used_percent: share(used.whole(), ceiling.whole()),
        warning: past
            .map(|(line, _)| format!("Pemakaian {} sudah melewati {} % pagu.", line.account_code, line.soft_limit_percent))
            .unwrap_or_default(),
    })
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
        let shown = view(&[(line, position)], amount(1_000_000)).unwrap();
        let parts = [&shown.committed, &shown.decreed, &shown.paid, &shown.remaining].map(|text| Rupiah::parse(text).unwrap());
        assert_eq!(Rupiah::sum(parts), Some(position.ceiling));
        assert_eq!((shown.claims_left.as_str(), shown.used_percent, shown.warning.as_str()), ("4", 60, ""));
        assert!(view(&[], amount(1_000_000)).is_none());
    }
}
