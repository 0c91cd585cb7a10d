//! The files the bank answers with, written by hand and not by the writer of orders.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::order::{Order, Part, Payment};
use super::{Course, next_day};

/// Sen of interest the account earns on the day: statements hold what no payment is about.
const INTEREST_SEN: i64 = 123_456;

/// Sen on the account in the morning beside what the order needs.
const SPARE_SEN: i64 = 500_000_000;

/// Status report of an order that is refused as a whole.
pub(super) fn refusal(order: &Order, code: &str, words: &str) -> String {
    let mut xml = status_head(order, "RJCT");
    let words = escaped(&words.chars().take(105).collect::<String>());
    let reason = if code.len() == 4 { format!("<Cd>{code}</Cd>") } else { format!("<Prtry>{code}</Prtry>") };
    xml.push_str(&format!("<StsRsnInf><Rsn>{reason}</Rsn><AddtlInf>{words}</AddtlInf></StsRsnInf></OrgnlGrpInfAndSts>"));
    xml.push_str("</CstmrPmtStsRpt></Document>\n");
    xml
}

fn status_head(order: &Order, status: &str) -> String {
    let count = order.count.map(|count| format!("<OrgnlNbOfTxs>{count}</OrgnlNbOfTxs>")).unwrap_or_default();
    let sum = order.sum.map(|sum| format!("<OrgnlCtrlSum>{sum}</OrgnlCtrlSum>")).unwrap_or_default();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.12\"><CstmrPmtStsRpt>\
         <GrpHdr><MsgId>STS-{id}</MsgId><CreDtTm>{on}T17:00:00+07:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{full}</OrgnlMsgId>\
         <OrgnlMsgNmId>{kind}</OrgnlMsgNmId>{count}{sum}<GrpSts>{status}</GrpSts>",
        id = short(&order.message_id),
        full = escaped(&order.message_id),
        on = order.execute_on,
        kind = order.kind,
    )
}

/// Everything an answer is written from.
pub(super) struct Files<'a> {
    order: &'a Order,
    told: &'a [(&'a Payment, Course)],
    by_reference: BTreeMap<&'a str, &'a Course>,
    in_batches: bool,
}

impl<'a> Files<'a> {
    pub(super) fn new(order: &'a Order, told: &'a [(&'a Payment, Course)], in_batches: bool) -> Self {
        let by_reference = told.iter().map(|(payment, course)| (payment.end_to_end_id.as_str(), course)).collect();
        Self { order, told, by_reference, in_batches }
    }

    fn course(&self, payment: &Payment) -> &Course {
        self.by_reference.get(payment.end_to_end_id.as_str()).copied().unwrap_or(&Course::Settled)
    }

    pub(super) fn pain002(&self) -> String {
        let refused = self.told.iter().filter(|(_, course)| matches!(course, Course::Rejected(..))).count();
        let status = if refused == 0 {
            "ACSC"
        } else if refused == self.told.len() {
            "RJCT"
        } else {
            "PART"
        };
        let mut xml = status_head(self.order, status);
        xml.push_str("</OrgnlGrpInfAndSts>");
        for part in &self.order.parts {
            xml.push_str(&format!("<OrgnlPmtInfAndSts><OrgnlPmtInfId>{}</OrgnlPmtInfId>", escaped(&part.id)));
            for payment in &part.payments {
                self.transaction_status(&mut xml, payment);
            }
            xml.push_str("</OrgnlPmtInfAndSts>");
        }
        xml.push_str("</CstmrPmtStsRpt></Document>\n");
        xml
    }

    fn transaction_status(&self, xml: &mut String, payment: &Payment) {
        let (status, reason) = match self.course(payment) {
            Course::Rejected(code, words) => {
                ("RJCT", format!("<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn><AddtlInf>{words}</AddtlInf></StsRsnInf>"))
            }
            Course::Settled | Course::Returned(..) => ("ACSC", String::new()),
        };
        let _infallible = write!(
            xml,
            "<TxInfAndSts><OrgnlInstrId>{}</OrgnlInstrId><OrgnlEndToEndId>{}</OrgnlEndToEndId><TxSts>{status}</TxSts>{reason}\
             <OrgnlTxRef><Amt><InstdAmt Ccy=\"IDR\">{}</InstdAmt></Amt><Cdtr><Pty><Nm>{}</Nm></Pty></Cdtr>\
             <CdtrAcct><Id><Othr><Id>{}</Id></Othr></Id></CdtrAcct></OrgnlTxRef></TxInfAndSts>",
            escaped(&payment.instruction_id),
            escaped(&payment.end_to_end_id),
            payment.amount,
            escaped(&payment.holder),
            payment.account
        );
    }

    /// Payments of a part that left the account.
    fn carried<'p>(&'p self, part: &'p Part) -> Vec<&'p Payment> {
        part.payments.iter().filter(|payment| !matches!(self.course(payment), Course::Rejected(..))).collect()
    }

    fn returned(&self) -> impl Iterator<Item = (&Payment, &'static str, &'static str)> {
        self.told.iter().filter_map(|(payment, course)| match course {
            Course::Returned(code, words) => Some((*payment, *code, *words)),
            Course::Settled | Course::Rejected(..) => None,
        })
    }

    pub(super) fn camt053(&self) -> String {
        let mut entries = Vec::new();
        for part in &self.order.parts {
            let carried = self.carried(part);
            if self.in_batches && !carried.is_empty() {
                entries.push(self.batch_entry(part, &carried));
            } else {
                entries.extend(
                    carried
                        .into_iter()
                        .map(|payment| entry(payment.amount, "DBIT", self.order.execute_on, &booking(payment), &transaction(payment, ""))),
                );
            }
        }
        entries.extend(self.returned().map(|(payment, code, words)| self.return_entry(payment, code, words)));
        let (opening, closing) = self.balances();
        let moved = self.debits().saturating_add(self.credits());
        let head = self.statement_head("camt.053.001.08", "BkToCstmrStmt", "Stmt");
        let last = next_day(self.order.execute_on);
        let interest = format!(
            "<Ntry><Amt Ccy=\"IDR\">1234.56</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{last}</Dt></BookgDt>\
             {CODE}<AddtlNtryInf>JASA GIRO</AddtlNtryInf></Ntry>"
        );
        format!(
            "{head}{}{}<TxsSummry><TtlNtries><NbOfNtries>{}</NbOfNtries><Sum>{}</Sum></TtlNtries></TxsSummry>{}{interest}</Stmt></BkToCstmrStmt></Document>\n",
            balance("OPBD", opening, self.order.execute_on),
            balance("CLBD", closing, last),
            entries.len().saturating_add(1),
            decimal(moved, '.'),
            entries.concat(),
        )
    }

    pub(super) fn camt054(&self) -> String {
        let entries: String = self.returned().map(|(payment, code, words)| self.return_entry(payment, code, words)).collect();
        let head = self.statement_head("camt.054.001.08", "BkToCstmrDbtCdtNtfctn", "Ntfctn");
        format!("{head}{entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n")
    }

    fn statement_head(&self, kind: &str, message: &str, statement: &str) -> String {
        let (id, on, account) = (short(&self.order.message_id), next_day(self.order.execute_on), &self.order.account);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:{kind}\"><{message}>\
             <GrpHdr><MsgId>{statement}-{id}</MsgId><CreDtTm>{on}T18:00:00+07:00</CreDtTm></GrpHdr><{statement}><Id>{statement}-{id}</Id>\
             <Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>IDR</Ccy></Acct>"
        )
    }

    fn batch_entry(&self, part: &Part, carried: &[&Payment]) -> String {
        let sum = carried.iter().map(|payment| payment.amount).fold(0_u64, u64::saturating_add);
        let batch = format!(
            "<Btch><MsgId>{}</MsgId><PmtInfId>{}</PmtInfId><NbOfTxs>{}</NbOfTxs></Btch>",
            escaped(&self.order.message_id),
            escaped(&part.id),
            carried.len()
        );
        let details: String = carried.iter().map(|payment| transaction(payment, "")).collect();
        entry(sum, "DBIT", self.order.execute_on, &format!("B{}", short(&part.id)), &format!("{batch}{details}"))
    }

    fn return_entry(&self, payment: &Payment, code: &str, words: &str) -> String {
        let why = format!("<RtrInf><Rsn><Cd>{code}</Cd></Rsn><AddtlInf>{words}</AddtlInf></RtrInf>");
        let number = format!("R{}", booking(payment));
        entry(payment.amount, "CRDT", next_day(self.order.execute_on), &number, &transaction(payment, &why))
    }

    pub(super) fn mt940(&self) -> String {
        let (opening, closing) = self.balances();
        let (first, last) = (self.order.execute_on, next_day(self.order.execute_on));
        let mut text = format!(
            ":20:STMT{}\r\n:25:{}\r\n:28C:1/1\r\n:60F:C{}IDR{}\r\n",
            first.format("%y%m%d"),
            self.order.account,
            first.format("%y%m%d"),
            decimal(opening, ',')
        );
        let mut add = |day: chrono::NaiveDate, mark: &str, payment: &Payment, number: &str, more: &str| {
            let information = format!("/EREF/{}//BENM//NAME/{}/ACCT/{}{more}", payment.end_to_end_id, payment.holder, payment.account);
            let lines: Vec<String> = information.chars().collect::<Vec<_>>().chunks(65).map(|line| line.iter().collect()).collect();
            let _infallible = write!(
                text,
                ":61:{}{}{mark}{},00NTRFNONREF//{number}\r\n:86:{}\r\n",
                day.format("%y%m%d"),
                day.format("%m%d"),
                payment.amount,
                lines.join("\r\n")
            );
        };
        for payment in self.order.parts.iter().flat_map(|part| self.carried(part)) {
            add(first, "D", payment, &booking(payment), "");
        }
        for (payment, code, words) in self.returned() {
            add(last, "C", payment, &format!("R{}", booking(payment)), &format!("/RTRN/{code} {words}"));
        }
        let day = last.format("%y%m%d");
        let _infallible = write!(
            text,
            ":61:{day}C{}NINTNONREF\r\n:86:JASA GIRO\r\n:62F:C{day}IDR{}\r\n-\r\n",
            decimal(INTEREST_SEN, ','),
            decimal(closing, ',')
        );
        text
    }

    pub(super) fn csv(&self) -> String {
        let mut text = "No;No Referensi;Rekening Tujuan;Nama Penerima;Nominal;Status;Keterangan;Tanggal\r\n".to_owned();
        for (number, (payment, course)) in (1..).zip(self.told) {
            let (status, words) = match course {
                Course::Settled => ("SUKSES", ""),
                Course::Rejected(_, words) => ("GAGAL", *words),
                Course::Returned(_, words) => ("RETUR", *words),
            };
            let holder = payment.holder.replace(';', " ");
            let _infallible = write!(
                text,
                "{number};{};'{};{holder};{},00;{status};{words};{}\r\n",
                payment.end_to_end_id,
                payment.account,
                grouped(payment.amount),
                self.order.execute_on.format("%d/%m/%Y")
            );
        }
        let sum = self.told.iter().map(|(payment, _)| payment.amount).fold(0_u64, u64::saturating_add);
        let _infallible = write!(text, "TOTAL;{};;;{},00;;;\r\n", self.told.len(), grouped(sum));
        text
    }

    /// Sen that left the account.
    fn debits(&self) -> i64 {
        let carried = self.order.parts.iter().flat_map(|part| self.carried(part));
        in_sen(carried.map(|payment| payment.amount).fold(0, u64::saturating_add))
    }

    /// Sen that came in.
    fn credits(&self) -> i64 {
        in_sen(self.returned().map(|(payment, ..)| payment.amount).fold(0, u64::saturating_add)).saturating_add(INTEREST_SEN)
    }

    fn balances(&self) -> (i64, i64) {
        let opening = self.debits().saturating_add(SPARE_SEN);
        (opening, SPARE_SEN.saturating_add(self.credits()))
    }
}

/// The code of a booking: a credit transfer of the customer.
const CODE: &str = "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>";

fn entry(amount: u64, way: &str, on: chrono::NaiveDate, number: &str, details: &str) -> String {
    format!(
        "<Ntry><Amt Ccy=\"IDR\">{amount}.00</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{on}</Dt></BookgDt>\
         <ValDt><Dt>{on}</Dt></ValDt><AcctSvcrRef>{number}</AcctSvcrRef>{CODE}<NtryDtls>{details}</NtryDtls></Ntry>"
    )
}

fn transaction(payment: &Payment, why: &str) -> String {
    format!(
        "<TxDtls><Refs><InstrId>{}</InstrId><EndToEndId>{}</EndToEndId></Refs><Amt Ccy=\"IDR\">{}</Amt><RltdPties><Cdtr><Pty><Nm>{}</Nm></Pty></Cdtr>\
         <CdtrAcct><Id><Othr><Id>{}</Id></Othr></Id></CdtrAcct></RltdPties>{why}</TxDtls>",
        escaped(&payment.instruction_id),
        escaped(&payment.end_to_end_id),
        payment.amount,
        escaped(&payment.holder),
        payment.account
    )
}

fn balance(kind: &str, sen: i64, on: chrono::NaiveDate) -> String {
    format!(
        "<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy=\"IDR\">{}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{on}</Dt></Dt></Bal>",
        decimal(sen, '.')
    )
}

/// The bank's number of a booking.
fn booking(payment: &Payment) -> String {
    payment.end_to_end_id.chars().filter(char::is_ascii_alphanumeric).rev().take(14).collect::<Vec<_>>().into_iter().rev().collect()
}

/// An id short enough to stand behind another word.
fn short(id: &str) -> String {
    escaped(&id.chars().take(24).collect::<String>())
}

fn in_sen(rupiah: u64) -> i64 {
    i64::try_from(rupiah.saturating_mul(100)).unwrap_or(i64::MAX)
}

fn decimal(sen: i64, mark: char) -> String {
    format!("{}{mark}{:02}", sen / 100, sen % 100)
}

fn grouped(amount: u64) -> String {
    let digits: Vec<char> = amount.to_string().chars().rev().collect();
    let groups: Vec<String> = digits.chunks(3).map(|group| group.iter().collect()).collect();
    groups.join(".").chars().rev().collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
