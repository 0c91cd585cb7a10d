//! The evidence of an order and of a payment, piece by piece.

use chrono::NaiveDate;

use super::super::{ItemState, PaperKind, Receiver};
use super::{Attached, Cure, Evidence, Held, Line, OrderFacts, PaperFacts, PaymentFacts, Standing, Told};
use crate::domain::calendar::long_date;

fn there(evidence: Evidence, what: impl Into<String>, words: impl Into<String>) -> Line {
    Line { evidence, what: what.into(), standing: Standing::There { words: words.into() } }
}

fn missing(evidence: Evidence, what: impl Into<String>, cure: Cure, words: impl Into<String>) -> Line {
    Line { evidence, what: what.into(), standing: Standing::Missing { words: words.into(), cure } }
}

fn told(told: &Told) -> String {
    format!("{}, {}", told.who, long_date(told.on))
}

/// The evidence of an order as a whole.
pub(super) fn of_order(order: &OrderFacts) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some((number, signed_on)) = &order.decree {
        let what = format!("SK {number}");
        lines.push(match signed_on {
            Some(on) => there(Evidence::Decree, what, format!("ditandatangani {}", long_date(*on))),
            None => missing(Evidence::Decree, what, Cure::Decree, "Tanggal tanda tangan SK belum dicatat."),
        });
    }
    lines.extend(asked_papers(order).map(|kind| treasury_paper(order, kind)));
    lines.push(match &order.released {
        Some(by) => there(Evidence::Release, "Pelepasan", told(by)),
        None => missing(Evidence::Release, "Pelepasan", Cure::Order, "Perintah bayar belum dilepas orang ketiga."),
    });
    lines
}

/// Papers of the treasury an order has to show. The regional treasury keeps its own SPP and SPM; the SP2D is always asked.
fn asked_papers(order: &OrderFacts) -> impl Iterator<Item = PaperKind> + use<'_> {
    let before = order.chain.papers_before_release();
    PaperKind::ALL
        .into_iter()
        .filter(move |kind| before.contains(kind) || *kind == PaperKind::Sp2d || order.papers.iter().any(|p| p.kind == *kind))
}

fn treasury_paper(order: &OrderFacts, kind: PaperKind) -> Line {
    let what = kind.label();
    match order.papers.iter().find(|paper| paper.kind == kind) {
        None => missing(Evidence::TreasuryPaper, what, Cure::Order, format!("Nomor dan nilai {what} dari SIPD belum dicatat.")),
        Some(paper) if paper.value != order.total => missing(
            Evidence::TreasuryPaper,
            what,
            Cure::Order,
            format!("Nilai {what} {} adalah {}, sedangkan perintah bayar {}.", paper.number, paper.value, order.total),
        ),
        Some(paper) => there(Evidence::TreasuryPaper, what, format!("{}, {}, {}", paper.number, long_date(paper.dated_on), paper.value)),
    }
}

/// The evidence of one payment.
pub(super) fn of_payment(order: &OrderFacts, payment: &PaymentFacts) -> Vec<Line> {
    let mut lines: Vec<Line> = payment.papers.iter().map(|paper| claim_paper(payment, paper)).collect();
    lines.push(step(Evidence::Verification, payment.verified.as_ref(), "Verifikasi permohonan tidak tercatat."));
    lines.push(step(Evidence::Decision, payment.decided.as_ref(), "Persetujuan permohonan tidak tercatat."));
    match payment.state {
        ItemState::Cancelled => {}
        ItemState::Ordered => lines.push(outcome(Cure::Order, "Perintah bayar belum dilepas; uangnya belum keluar.")),
        ItemState::Sent if payment.is_cash => {
            lines.push(outcome(Cure::Counter, "Uang tunai belum diambil penerima."));
        }
        ItemState::Sent => lines.push(outcome(Cure::BankResults, "Jawaban bank belum ada. Impor laporan bank atau catat hasilnya.")),
        ItemState::Paid => lines.extend(arrived(order, payment)),
        ItemState::Returned | ItemState::Replaced | ItemState::Deposited => lines.extend(came_back(payment)),
        ItemState::Recovering => {
            lines.extend(arrived(order, payment));
            lines.push(outcome(Cure::Deposits, "Uang yang keliru diterima belum kembali seluruhnya."));
        }
        ItemState::Recovered => {
            lines.extend(arrived(order, payment));
            lines.push(slip(payment));
        }
    }
    lines
}

fn outcome(cure: Cure, words: &str) -> Line {
    missing(Evidence::Outcome, "Akhir pembayaran", cure, words)
}

fn step(evidence: Evidence, found: Option<&Told>, why: &str) -> Line {
    found.map_or_else(|| missing(evidence, evidence.label(), Cure::Claim, why), |by| there(evidence, evidence.label(), told(by)))
}

fn claim_paper(payment: &PaymentFacts, paper: &PaperFacts) -> Line {
    let label = paper.any_of.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(" atau ");
    let attached = paper.any_of.iter().any(|kind| payment.attached.contains(&Attached::Paper(*kind)));
    match paper.held {
        Held::Scanned => there(Evidence::ClaimPaper, label, "salinan tersimpan"),
        _ if attached => there(Evidence::ClaimPaper, label, "pindaian dilampirkan kemudian"),
        Held::Seen => there(Evidence::ClaimPaper, label, "dilihat petugas; lembarannya di berkas desa"),
        Held::Missing => {
            missing(Evidence::ClaimPaper, label, Cure::Attach, "Disyaratkan aturan yang berlaku, tetapi tidak ada. Lampirkan pindaiannya.")
        }
    }
}

/// The money is with the heir.
fn arrived(order: &OrderFacts, payment: &PaymentFacts) -> Vec<Line> {
    let mut lines = vec![receipt(payment)];
    if payment.is_cash {
        lines.extend(at_the_counter(order, payment));
    } else {
        lines.push(bank(payment));
    }
    lines
}

fn receipt(payment: &PaymentFacts) -> Line {
    if payment.receipt.is_empty() {
        return missing(Evidence::Receipt, "Kuitansi", Cure::Order, "Nomor kuitansi tidak ada.");
    }
    let mark = payment.hand_over.as_ref().map(|given| format!(", {}", given.mark.label().to_lowercase()));
    let scan = if payment.attached.contains(&Attached::Receipt) { ", pindaian dilampirkan" } else { "" };
    there(Evidence::Receipt, "Kuitansi", format!("{}{}{scan}", payment.receipt, mark.unwrap_or_default()))
}

fn bank(payment: &PaymentFacts) -> Line {
    let (evidence, what) = (Evidence::BankLine, "Bukti bank");
    let on = payment.paid_on.map(|on| format!("diterima {}", long_date(on)));
    let words = match (&payment.bank_line, payment.recorded.trim()) {
        (Some(line), _) => Some(line.clone()),
        (None, _) if payment.attached.contains(&Attached::Bank) => Some("bukti transfer dilampirkan".to_owned()),
        (None, "") => None,
        (None, recorded) => Some(format!("dicatat dengan tangan: {recorded}")),
    };
    match words {
        Some(words) => there(evidence, what, [Some(words), on].into_iter().flatten().collect::<Vec<_>>().join(", ")),
        None => missing(
            evidence,
            what,
            Cure::Attach,
            "Tidak ada baris laporan bank dan tidak ada bukti transfer. Lampirkan halaman rekening koran.",
        ),
    }
}

fn at_the_counter(order: &OrderFacts, payment: &PaymentFacts) -> Vec<Line> {
    let has = |kind: Attached| payment.attached.contains(&kind);
    let Some(given) = &payment.hand_over else {
        let line = |evidence: Evidence, kind: Attached| {
            if has(kind) {
                there(evidence, evidence.label(), "pindaian dilampirkan")
            } else {
                missing(evidence, evidence.label(), Cure::Attach, "Penyerahan tidak tercatat di loket. Lampirkan pindaiannya.")
            }
        };
        return vec![line(Evidence::HandOver, Attached::HandOver), line(Evidence::Identity, Attached::Identity)];
    };
    let mut lines = vec![there(
        Evidence::HandOver,
        Evidence::HandOver.label(),
        format!("kepada {} ({}), {}", given.name, given.receiver.label().to_lowercase(), long_date(given.on)),
    )];
    if given.has_photo || has(Attached::Photo) {
        lines.push(there(Evidence::Photo, Evidence::Photo.label(), "tersimpan"));
    } else if order.photo_required {
        let why = "Foto penyerahan belum ada. Lampirkan fotonya.";
        lines.push(missing(Evidence::Photo, Evidence::Photo.label(), Cure::Attach, why));
    }
    lines.push(there(Evidence::Identity, Evidence::Identity.label(), format!("{} diperiksa", given.paper.label())));
    if given.receiver == Receiver::Proxy {
        lines.push(proxy_letter(&given.proxy_letter, has(Attached::ProxyLetter)));
    }
    lines
}

fn proxy_letter(number: &str, is_attached: bool) -> Line {
    let label = Evidence::ProxyLetter.label();
    match number.trim() {
        "" if is_attached => there(Evidence::ProxyLetter, label, "pindaian dilampirkan"),
        "" => missing(Evidence::ProxyLetter, label, Cure::Attach, "Nomor surat kuasa tidak tercatat. Lampirkan surat kuasanya."),
        number => there(Evidence::ProxyLetter, label, number),
    }
}

/// The money came back: why, and what became of it.
fn came_back(payment: &PaymentFacts) -> Vec<Line> {
    let back = |(on, why): &(NaiveDate, String)| format!("{}: {why}", long_date(*on));
    let mut lines = vec![match &payment.returned {
        Some(returned) => there(Evidence::Return, Evidence::Return.label(), back(returned)),
        None => missing(Evidence::Return, Evidence::Return.label(), Cure::Returns, "Sebab dan tanggal uang kembali tidak tercatat."),
    }];
    match payment.state {
        ItemState::Deposited => lines.push(slip(payment)),
        ItemState::Replaced => {
            lines.push(correction(payment));
            lines.push(match &payment.replaced_by {
                Some(reference) => there(Evidence::Outcome, Evidence::Outcome.label(), format!("diganti pembayaran {reference}")),
                None => outcome(Cure::Returns, "Pembayaran penggantinya tidak ditemukan."),
            });
        }
        _ => {
            if payment.correction.is_some() {
                lines.push(correction(payment));
            }
            lines.push(outcome(Cure::Returns, "Uang yang kembali belum dibayarkan ulang dan belum disetor ke kas daerah."));
        }
    }
    lines
}

fn correction(payment: &PaymentFacts) -> Line {
    let label = Evidence::Correction.label();
    match &payment.correction {
        Some(one) if !one.has_paper => missing(Evidence::Correction, label, Cure::Returns, "Bukti koreksi tidak dilampirkan."),
        Some(one) => match &one.approved {
            Some(by) => there(Evidence::Correction, label, format!("diusulkan {}, disetujui {}", long_date(one.proposed_on), told(by))),
            None => missing(Evidence::Correction, label, Cure::Returns, "Usulan koreksi menunggu persetujuan Kepala Dinas."),
        },
        None => missing(Evidence::Correction, label, Cure::Returns, "Koreksi untuk pembayaran ulang tidak tercatat."),
    }
}

fn slip(payment: &PaymentFacts) -> Line {
    match &payment.deposit {
        Some((number, on)) => there(Evidence::Deposit, "STS", format!("{number}, {}", long_date(*on))),
        None => missing(Evidence::Deposit, "STS", Cure::Deposits, "Nomor STS setoran ke kas daerah belum dicatat."),
    }
}
