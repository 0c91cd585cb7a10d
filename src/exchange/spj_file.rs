//! The treasurer's SPJ as a table: one row for every piece of evidence, one for every payment, and the sums.

use super::table_file::{Cell, TableSheet};
use crate::domain::calendar::short_date;
use crate::domain::payment::spj::{Difference, Line, OrderSpj, PaymentSpj, Spj, SpjTotals, Standing};

/// The report's sheets: evidence first, because a file of one sheet holds that one.
pub fn sheets(spj: &Spj) -> [TableSheet; 3] {
    [evidence(spj), payments(spj), sums(spj)]
}

fn sheet(name: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> TableSheet {
    TableSheet { name: name.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

fn evidence(spj: &Spj) -> TableSheet {
    let columns = [
        "Perintah bayar",
        "Kode permohonan",
        "Penerima",
        "Nomor pembayaran",
        "Jumlah (Rp)",
        "Keadaan",
        "Bukti",
        "Uraian",
        "Ada/kurang",
        "Keterangan",
    ];
    let mut rows = Vec::new();
    for order in &spj.orders {
        let head = |order: &OrderSpj| {
            let blanks = ["", "", ""].map(Cell::text);
            let mut row = vec![Cell::text(&order.number)];
            row.extend(blanks);
            row.extend([Cell::text(""), Cell::text(order.state)]);
            row
        };
        rows.extend(order.lines.iter().map(|line| with_line(head(order), line)));
        for payment in &order.payments {
            rows.extend(payment.lines.iter().map(|line| with_line(of_payment(payment), line)));
        }
    }
    sheet("Bukti", &columns, rows)
}

fn of_payment(payment: &PaymentSpj) -> Vec<Cell> {
    vec![
        Cell::text(&payment.order),
        Cell::text(&payment.claim),
        Cell::text(&payment.payee),
        Cell::text(&payment.reference),
        Cell::Amount(payment.amount),
        Cell::text(payment.state),
    ]
}

fn with_line(mut row: Vec<Cell>, line: &Line) -> Vec<Cell> {
    let (standing, words) = match &line.standing {
        Standing::There { words } => ("Ada", words),
        Standing::Missing { words, .. } => ("Kurang", words),
    };
    row.extend([Cell::text(line.evidence.label()), Cell::text(&line.what), Cell::text(standing), Cell::text(words)]);
    row
}

fn payments(spj: &Spj) -> TableSheet {
    let columns = [
        "Perintah bayar",
        "Kode permohonan",
        "Penerima",
        "Nomor pembayaran",
        "Jumlah (Rp)",
        "Keadaan",
        "Cara bayar",
        "Bukti ada",
        "Bukti diminta",
        "Yang kurang",
    ];
    let mut rows = Vec::new();
    for order in &spj.orders {
        for payment in &order.payments {
            let missing: Vec<&str> = order.missing().chain(payment.missing()).map(|line| line.what.as_str()).collect();
            let asked = order.lines.len().saturating_add(payment.lines.len());
            let mut row = of_payment(payment);
            row.extend([
                Cell::text(if payment.is_cash { "Tunai" } else { "Bank" }),
                Cell::Count(asked.saturating_sub(missing.len())),
                Cell::Count(asked),
                Cell::text(missing.join("; ")),
            ]);
            rows.push(row);
        }
    }
    sheet("Pembayaran", &columns, rows)
}

fn sums(spj: &Spj) -> TableSheet {
    let mut rows: Vec<Vec<Cell>> =
        spj.orders.iter().map(|order| sum_row(&order.number, &short_date(order.ordered_on), &order.totals)).collect();
    rows.push(sum_row("Jumlah", &spj.scope, &spj.totals));
    let columns = [
        "Perintah bayar",
        "Tanggal/cakupan",
        "SP2D (Rp)",
        "Diterima ahli waris (Rp)",
        "Disetor ke kas daerah (Rp)",
        "Pembayaran lengkap",
        "Pembayaran",
        "Selisih",
    ];
    sheet("Jumlah", &columns, rows)
}

fn sum_row(number: &str, what: &str, totals: &SpjTotals) -> Vec<Cell> {
    let differences: Vec<String> = totals.differences.iter().map(Difference::sentence).collect();
    vec![
        Cell::text(number),
        Cell::text(what),
        Cell::Amount(totals.sp2d),
        Cell::Amount(totals.received),
        Cell::Amount(totals.deposited),
        Cell::Count(totals.complete),
        Cell::Count(totals.payments),
        Cell::text(if differences.is_empty() { "tidak ada".to_owned() } else { differences.join(" ") }),
    ]
}
