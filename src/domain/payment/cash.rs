//! Cash at the counter: what moves the treasurer's box, who may take the money home, and how the box is counted.
//!
//! The box holds a cash payment from its release until it is handed over, given back to the treasury, or ordered anew. So the
//! treasurer's book (buku kas pembantu) follows from the steps of payments alone: [`CashKind::of`] is the only rule, and the book
//! can never say anything else than the ledger.
//!
//! | English name | Indonesian term | meaning |
//! | --- | --- | --- |
//! | collection day | hari pengambilan | a day on which a village or kecamatan collects |
//! | handing over | penyerahan | the receiver takes the money and signs the receipt |
//! | cash book | buku kas pembantu | every rupiah that came into the box or left it, with the balance after it |
//! | closing | penutupan kas | the counted money is compared with the book at the end of a day |
//! | deposit | setoran (STS) | money goes back to the regional treasury under the treasury's own number |

use std::fmt;

use chrono::{Days, NaiveDate, NaiveTime};

use super::item::{ItemState, ItemStep};
use crate::domain::claim::{ClaimContent, REASON_CHARS_MIN};
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;

/// Most people one collection day can be planned for.
pub const CAPACITY_MAX: u32 = 500;
/// Longest name of a place, and longest number of a letter, in characters.
const TEXT_CHARS_MAX: usize = 80;
/// Code of a payment that nobody collected, where a bank's reason would stand.
pub const NOT_COLLECTED: &str = "TIDAK_DIAMBIL";

/// Why money came into the box or left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CashKind {
    /// An order with cash payments was released.
    Received,
    /// The receiver has it.
    HandedOver,
    /// A handing-over was recorded by mistake and is taken back; the box has the money still.
    Correction,
    /// Given back to the treasury.
    Deposited,
    /// Drawn again from the treasury.
    DrawnAgain,
    /// It goes out by another order.
    Reordered,
    /// That order was cancelled.
    ReorderUndone,
}

impl CashKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Received, Self::HandedOver, Self::Correction, Self::Deposited, Self::DrawnAgain, Self::Reordered, Self::ReorderUndone];

    /// What a step of a cash payment does to the box; `None` where the money stays where it is.
    pub fn of(step: ItemStep) -> Option<Self> {
        match step {
            ItemStep::Send => Some(Self::Received),
            ItemStep::Pay => Some(Self::HandedOver),
            ItemStep::Reverse => Some(Self::Correction),
            ItemStep::Deposit => Some(Self::Deposited),
            ItemStep::Redraw => Some(Self::DrawnAgain),
            ItemStep::Replace => Some(Self::Reordered),
            ItemStep::Reinstate => Some(Self::ReorderUndone),
            ItemStep::Return | ItemStep::Cancel | ItemStep::Reclaim | ItemStep::Settle => None,
        }
    }

    /// Whether it brings money into the box.
    pub fn is_receipt(self) -> bool {
        match self {
            Self::Received | Self::Correction | Self::DrawnAgain | Self::ReorderUndone => true,
            Self::HandedOver | Self::Deposited | Self::Reordered => false,
        }
    }

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::HandedOver => "handed_over",
            Self::Correction => "correction",
            Self::Deposited => "deposited",
            Self::DrawnAgain => "drawn_again",
            Self::Reordered => "reordered",
            Self::ReorderUndone => "reorder_undone",
        }
    }

    /// The words of the book.
    pub fn label(self) -> &'static str {
        match self {
            Self::Received => "Terima uang kas dari pencairan",
            Self::HandedOver => "Diserahkan kepada penerima",
            Self::Correction => "Koreksi: penyerahan dibatalkan",
            Self::Deposited => "Disetor ke kas daerah (STS)",
            Self::DrawnAgain => "Diambil lagi dari kas daerah",
            Self::Reordered => "Dibayar lewat perintah bayar baru",
            Self::ReorderUndone => "Perintah bayar baru dibatalkan",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The balance after one entry; `None` where more would leave the box than lies in it.
    pub fn applied(self, balance: Rupiah, amount: Rupiah) -> Option<Rupiah> {
        if self.is_receipt() { balance.checked_add(amount) } else { balance.checked_sub(amount) }
    }
}

/// Whether a cash payment in this state lies in the box.
pub fn lies_in_box(state: ItemState) -> bool {
    match state {
        ItemState::Sent | ItemState::Returned => true,
        ItemState::Ordered
        | ItemState::Paid
        | ItemState::Replaced
        | ItemState::Deposited
        | ItemState::Cancelled
        | ItemState::Recovering
        | ItemState::Recovered => false,
    }
}

/// The balance a book comes to when every entry is added up again; `None` at the first entry whose stated balance is another.
pub fn book_balance(entries: impl IntoIterator<Item = (CashKind, Rupiah, Rupiah)>) -> Option<Rupiah> {
    entries
        .into_iter()
        .try_fold(Rupiah::ZERO, |balance, (kind, amount, stated)| kind.applied(balance, amount).filter(|balance| *balance == stated))
}

/// Who takes the money home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Receiver {
    /// The heir.
    Payee,
    /// The guardian of an heir who is not of age.
    Guardian,
    /// Whom the heir sends, with a power of attorney.
    Proxy,
}

impl Receiver {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Payee, Self::Guardian, Self::Proxy];

    /// The word in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Payee => "payee",
            Self::Guardian => "guardian",
            Self::Proxy => "proxy",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Payee => "Ahli waris sendiri",
            Self::Guardian => "Wali ahli waris",
            Self::Proxy => "Penerima kuasa",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|receiver| receiver.code() == code)
    }

    /// Who may come for the money of a claim: nobody but the people it names. For a child the guardian comes in its place.
    pub fn of_claim(content: &ClaimContent) -> Vec<(Self, String)> {
        let guardian = content.stand_ins.guardian.as_ref().map(|person| (Self::Guardian, person.name.to_string()));
        let heir = guardian.or_else(|| content.payee().map(|heir| (Self::Payee, heir.name.to_string())));
        let proxy = content.stand_ins.proxy.as_ref().map(|person| (Self::Proxy, person.name.to_string()));
        heir.into_iter().chain(proxy).collect()
    }
}

/// Which paper was seen at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentityPaper {
    /// KTP, the card itself.
    Ktp,
    /// Kartu keluarga.
    FamilyCard,
    /// A letter of the village or of the civil registry in place of a lost card.
    Letter,
}

impl IdentityPaper {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Ktp, Self::FamilyCard, Self::Letter];

    /// The word in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ktp => "ktp",
            Self::FamilyCard => "family_card",
            Self::Letter => "letter",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ktp => "KTP asli",
            Self::FamilyCard => "Kartu keluarga (KK)",
            Self::Letter => "Surat keterangan pengganti KTP",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.code() == code)
    }
}

/// What stands on the receipt in the receiver's hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReceiptMark {
    /// Signed.
    Signature,
    /// Cap jempol, of whoever cannot write.
    Thumbprint,
}

impl ReceiptMark {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Signature, Self::Thumbprint];

    /// The word in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Thumbprint => "thumbprint",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Signature => "Tanda tangan",
            Self::Thumbprint => "Cap jempol",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.code() == code)
    }
}

/// What was looked at before the money changed hands.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityCheck {
    /// Who came.
    pub receiver: Receiver,
    /// Which paper was seen.
    pub paper: IdentityPaper,
    /// Last four digits of the NIK on it, as typed.
    pub last_digits: String,
    /// Number of the power of attorney, for a proxy.
    pub proxy_letter: String,
}

/// The digits are not shown.
impl fmt::Debug for IdentityCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityCheck").field("receiver", &self.receiver).field("paper", &self.paper).finish_non_exhaustive()
    }
}

impl IdentityCheck {
    /// The name of the receiver, if this is somebody the claim names and the paper shows their number.
    ///
    /// # Errors
    /// [`CashRefused::NotNamed`], [`CashRefused::NoNumber`], [`CashRefused::DigitsDiffer`], [`CashRefused::ProxyLetter`].
    pub fn passed(&self, content: &ClaimContent) -> Result<String, CashRefused> {
        let named = Receiver::of_claim(content).into_iter().find(|(receiver, _)| *receiver == self.receiver);
        let (_, name) = named.ok_or(CashRefused::NotNamed)?;
        let nik = match self.receiver {
            Receiver::Payee => content.payee().map(|heir| &heir.nik),
            Receiver::Guardian => content.stand_ins.guardian.as_ref().map(|person| &person.nik),
            Receiver::Proxy => content.stand_ins.proxy.as_ref().map(|person| &person.nik),
        };
        let number = nik.and_then(|nik| nik.number.as_ref()).ok_or(CashRefused::NoNumber)?;
        let typed = self.last_digits.trim();
        if typed.len() != 4 || !number.expose().ends_with(typed) {
            return Err(CashRefused::DigitsDiffer);
        }
        let letter = self.proxy_letter.trim().chars().count();
        if self.receiver == Receiver::Proxy && !(3..=TEXT_CHARS_MAX).contains(&letter) {
            return Err(CashRefused::ProxyLetter);
        }
        Ok(name)
    }
}

/// A collection day as it is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPlan {
    /// Village or kecamatan whose people come.
    pub area: RegionCode,
    /// Day.
    pub held_on: NaiveDate,
    /// The counter opens (WIB).
    pub opens: NaiveTime,
    /// The counter closes (WIB).
    pub closes: NaiveTime,
    /// Where.
    pub place: String,
    /// How many people can be served.
    pub capacity: u32,
}

impl DayPlan {
    /// Whether people can be invited to it.
    ///
    /// # Errors
    /// [`CashRefused::DayWhen`], [`CashRefused::Window`], [`CashRefused::Place`], [`CashRefused::Capacity`].
    pub fn check(&self, today: NaiveDate) -> Result<(), CashRefused> {
        if self.held_on < today {
            return Err(CashRefused::DayWhen);
        }
        if self.opens >= self.closes {
            return Err(CashRefused::Window);
        }
        if !(5..=TEXT_CHARS_MAX).contains(&self.place.trim().chars().count()) {
            return Err(CashRefused::Place);
        }
        if self.capacity == 0 || self.capacity > CAPACITY_MAX { Err(CashRefused::Capacity) } else { Ok(()) }
    }

    /// `08.00–11.00`.
    pub fn window(&self) -> String {
        format!("{}–{}", self.opens.format("%H.%M"), self.closes.format("%H.%M"))
    }
}

/// From which day on money that nobody collected goes back to the treasury.
pub fn unclaimed_from(released_on: NaiveDate, unclaimed_days: u32) -> NaiveDate {
    released_on.checked_add_days(Days::new(u64::from(unclaimed_days))).unwrap_or(NaiveDate::MAX)
}

/// A deposit slip (STS) as the treasury gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepositSlip {
    /// The treasury's number.
    pub number: String,
    /// Its date.
    pub dated_on: NaiveDate,
    /// Its value.
    pub value: Rupiah,
}

impl DepositSlip {
    /// Whether a slip fits the payments on it: to the rupiah, and not before the last of them came back.
    ///
    /// # Errors
    /// [`CashRefused::SlipEmpty`], [`CashRefused::SlipNumber`], [`CashRefused::SlipDate`], [`CashRefused::SlipValue`].
    pub fn check(&self, payments: &[(Rupiah, Option<NaiveDate>)], today: NaiveDate) -> Result<(), CashRefused> {
        if payments.is_empty() {
            return Err(CashRefused::SlipEmpty);
        }
        if !(1..=TEXT_CHARS_MAX).contains(&self.number.trim().chars().count()) {
            return Err(CashRefused::SlipNumber);
        }
        let last_back = payments.iter().filter_map(|(_, on)| *on).max();
        if self.dated_on > today || last_back.is_some_and(|on| self.dated_on < on) {
            return Err(CashRefused::SlipDate);
        }
        match Rupiah::sum(payments.iter().map(|(amount, _)| *amount)) {
            Some(sum) if sum == self.value => Ok(()),
            sum => Err(CashRefused::SlipValue { slip: self.value, payments: sum.unwrap_or_default() }),
        }
    }
}

/// What the treasurer counted at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Notes and coins in the box.
    pub cash: Rupiah,
    /// Still in the treasurer's account for payments at the counter.
    pub in_bank: Rupiah,
}

/// How the counted money compares with the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// To the rupiah.
    Equal,
    /// More than the book says.
    Over(Rupiah),
    /// Less than the book says.
    Short(Rupiah),
}

impl Counted {
    /// Box and account together; `None` past the largest amount.
    pub fn total(self) -> Option<Rupiah> {
        self.cash.checked_add(self.in_bank)
    }

    /// Compares with the book's balance.
    ///
    /// # Errors
    /// [`CashRefused::TooLarge`].
    pub fn compare(self, book: Rupiah) -> Result<Comparison, CashRefused> {
        let total = self.total().ok_or(CashRefused::TooLarge)?;
        Ok(match (total.checked_sub(book), book.checked_sub(total)) {
            (Some(Rupiah::ZERO), _) => Comparison::Equal,
            (Some(over), _) => Comparison::Over(over),
            (None, short) => Comparison::Short(short.unwrap_or_default()),
        })
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal => f.write_str("sama dengan buku"),
            Self::Over(by) => write!(f, "lebih {by} dari buku"),
            Self::Short(by) => write!(f, "kurang {by} dari buku"),
        }
    }
}

/// Whether words explain something.
///
/// # Errors
/// [`CashRefused::Unexplained`].
pub fn explained(words: &str) -> Result<&str, CashRefused> {
    let words = words.trim();
    if words.chars().count() < REASON_CHARS_MIN { Err(CashRefused::Unexplained) } else { Ok(words) }
}

/// Why an act at the counter or in the cash book is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CashRefused {
    /// A collection day in the past.
    #[error("Tanggal pengambilan tidak boleh sebelum hari ini.")]
    DayWhen,
    /// A window that is none.
    #[error("Jam tutup harus setelah jam buka, misalnya 08.00 sampai 11.00.")]
    Window,
    /// No place, or a novel.
    #[error("Tuliskan tempatnya, 5 sampai 80 huruf, misalnya Balai Desa dengan nama desanya.")]
    Place,
    /// Nobody, or more than a day holds.
    #[error("Jumlah yang dilayani paling sedikit 1 dan paling banyak {CAPACITY_MAX} orang.")]
    Capacity,
    /// Nobody of the area has cash to collect.
    #[error("Tidak ada pembayaran tunai dari wilayah itu yang belum terjadwal. Pilih wilayah lain.")]
    NobodyWaits,
    /// The collection day is over.
    #[error("Hari pengambilan itu sudah ditutup.")]
    DayClosed,
    /// The collection day has not come.
    #[error("Hari pengambilan itu belum tiba; tutup setelah selesai melayani.")]
    DayNotOver,
    /// A transfer is no matter of the counter.
    #[error("Pembayaran ini lewat bank, bukan tunai di loket.")]
    NotCash,
    /// Cash is answered at the counter only.
    #[error("Pembayaran ini tunai. Catat penyerahannya di halaman loket, agar identitas penerima diperiksa.")]
    AtCounterOnly,
    /// It was handed over before.
    #[error("Pembayaran ini sudah diserahkan dengan kuitansi {0}. Jangan diserahkan dua kali.")]
    HandedOver(String),
    /// Nobody the claim names.
    #[error("Orang itu tidak disebut pada permohonan. Yang boleh menerima hanya ahli waris, wali, atau penerima kuasa yang tercatat.")]
    NotNamed,
    /// The claim has no number of theirs.
    #[error("NIK orang itu tidak tercatat pada permohonan, jadi tidak dapat dicocokkan. Mintalah ahli waris datang sendiri.")]
    NoNumber,
    /// Another number.
    #[error("Empat angka terakhir NIK tidak sama dengan permohonan. Periksa kembali kartunya; jangan serahkan uang bila tetap berbeda.")]
    DigitsDiffer,
    /// A proxy without a letter.
    #[error("Isi nomor atau tanggal surat kuasanya, paling sedikit 3 huruf; surat aslinya disimpan bersama kuitansi.")]
    ProxyLetter,
    /// The money waits for its owner still.
    #[error("Pembayaran {reference} baru boleh dikembalikan mulai {from}.")]
    StillWaits {
        /// Reference of the payment.
        reference: String,
        /// First day, in words.
        from: String,
    },
    /// Its owner is invited.
    #[error("Pembayaran {0} masih terjadwal pada hari pengambilan yang belum ditutup. Tutup harinya lebih dahulu.")]
    StillInvited(String),
    /// Nothing was chosen.
    #[error("Pilih paling sedikit satu pembayaran.")]
    SlipEmpty,
    /// No number of the treasury.
    #[error("Isi nomor STS seperti yang diterbitkan kas daerah; aplikasi ini tidak membuat nomor sendiri.")]
    SlipNumber,
    /// A date that cannot be.
    #[error("Tanggal STS tidak boleh sebelum uangnya kembali atau setelah hari ini.")]
    SlipDate,
    /// Not the sum of its payments.
    #[error("Nilai STS {slip} tidak sama dengan jumlah pembayaran yang dipilih {payments}.")]
    SlipValue {
        /// As typed.
        slip: Rupiah,
        /// Sum of the payments.
        payments: Rupiah,
    },
    /// The number stands on another slip.
    #[error("Nomor STS itu sudah dicatat. Periksa kembali nomornya.")]
    SlipTwice,
    /// Drawn again in the same fiscal year only.
    #[error("Uang ini dari anggaran tahun {0}; hanya dapat diambil lagi pada tahun yang sama.")]
    OtherYear(i32),
    /// Who did the first half does the second too.
    #[error("Langkah ini dilakukan orang kedua di bagian keuangan, bukan orang yang mencatat sebelumnya.")]
    SecondPerson,
    /// More would leave the box than lies in it.
    #[error("Buku kas hanya memuat {0}; tidak ada uang sebanyak itu di kas.")]
    Short(Rupiah),
    /// Beyond what an amount can hold.
    #[error("Jumlahnya terlalu besar.")]
    TooLarge,
    /// The day's book is closed.
    #[error("Buku kas untuk hari itu sudah ditutup dan uangnya sudah dihitung. Lanjutkan pada hari kerja berikutnya.")]
    BookClosed,
    /// A day that has not come.
    #[error("Buku kas hanya dapat ditutup untuk hari ini atau hari yang sudah lewat.")]
    BookWhen,
    /// Nothing to explain.
    #[error("Tidak ada selisih yang menunggu penjelasan untuk hari itu. Hitung kembali uangnya.")]
    NothingToExplain,
    /// The book moved on since the money was counted.
    #[error("Buku kas berubah sejak uangnya dihitung. Hitung kembali.")]
    CountedBefore,
    /// A difference without words.
    #[error("Jelaskan dengan kata-kata, paling sedikit 10 huruf.")]
    Unexplained,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, d).unwrap()
    }

    fn rupiah(whole: i64) -> Rupiah {
        Rupiah::new(whole).unwrap()
    }

    #[test]
    fn the_box_changes_exactly_when_a_payment_comes_into_it_or_leaves_it() {
        for state in ItemState::ALL {
            for step in ItemStep::ALL {
                let Ok(next) = state.next(step) else { continue };
                let moved = match (lies_in_box(state), lies_in_box(next)) {
                    (false, true) => Some(true),
                    (true, false) => Some(false),
                    _ => None,
                };
                assert_eq!(CashKind::of(step).map(CashKind::is_receipt), moved, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn codes_read_back() {
        assert!(CashKind::ALL.into_iter().all(|kind| CashKind::parse(kind.code()) == Some(kind)));
        assert!(Receiver::ALL.into_iter().all(|receiver| Receiver::parse(receiver.code()) == Some(receiver)));
        assert!(IdentityPaper::ALL.into_iter().all(|paper| IdentityPaper::parse(paper.code()) == Some(paper)));
        assert!(ReceiptMark::ALL.into_iter().all(|mark| ReceiptMark::parse(mark.code()) == Some(mark)));
    }

    #[test]
    fn a_day_is_planned_for_a_time_a_place_and_a_number_of_people() {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let plan = DayPlan {
            area: RegionCode::parse("33.25.01").unwrap(),
            held_on: day(22),
            opens: time(8),
            closes: time(11),
            place: "Balai Desa".into(),
            capacity: 20,
        };
        assert_eq!((plan.check(day(22)), plan.window()), (Ok(()), "08.00–11.00".to_owned()));
        assert_eq!(plan.check(day(23)), Err(CashRefused::DayWhen));
        assert_eq!(DayPlan { closes: time(8), ..plan.clone() }.check(day(22)), Err(CashRefused::Window));
        assert_eq!(DayPlan { place: " x ".into(), ..plan.clone() }.check(day(22)), Err(CashRefused::Place));
        for capacity in [0, CAPACITY_MAX + 1] {
            assert_eq!(DayPlan { capacity, ..plan.clone() }.check(day(22)), Err(CashRefused::Capacity));
        }
    }

    #[test]
    fn a_slip_fits_by_number_date_and_value() {
        let slip = DepositSlip { number: "STS-1".into(), dated_on: day(22), value: rupiah(3) };
        let payments = [(rupiah(1), Some(day(20))), (rupiah(2), Some(day(21)))];
        let check = |slip: &DepositSlip, expected| assert_eq!(slip.check(&payments, day(23)), expected);
        check(&slip, Ok(()));
        check(&DepositSlip { number: "  ".into(), ..slip.clone() }, Err(CashRefused::SlipNumber));
        check(&DepositSlip { dated_on: day(20), ..slip.clone() }, Err(CashRefused::SlipDate));
        check(&DepositSlip { dated_on: day(24), ..slip.clone() }, Err(CashRefused::SlipDate));
        let differs = CashRefused::SlipValue { slip: rupiah(4), payments: rupiah(3) };
        check(&DepositSlip { value: rupiah(4), ..slip.clone() }, Err(differs));
        assert_eq!(slip.check(&[], day(23)), Err(CashRefused::SlipEmpty));
    }

    #[test]
    fn box_and_account_together_are_compared_with_the_book() {
        let check = |cash, in_bank, book, expected| {
            let counted = Counted { cash: rupiah(cash), in_bank: rupiah(in_bank) };
            assert_eq!(counted.compare(rupiah(book)), Ok(expected));
        };
        check(2, 3, 5, Comparison::Equal);
        check(0, 0, 0, Comparison::Equal);
        check(2, 4, 5, Comparison::Over(rupiah(1)));
        check(2, 0, 5, Comparison::Short(rupiah(3)));
        let counted = Counted { cash: rupiah(i64::MAX), in_bank: rupiah(1) };
        assert_eq!(counted.compare(Rupiah::ZERO), Err(CashRefused::TooLarge));
    }

    #[test]
    fn money_waits_whole_days_for_its_owner() {
        assert_eq!(unclaimed_from(day(1), 0), day(1));
        assert_eq!(unclaimed_from(day(1), 29), day(30));
        assert_eq!(unclaimed_from(NaiveDate::MAX, 30), NaiveDate::MAX);
    }

    proptest! {
        /// Any way a payment can take leaves it in the box or not, and the book says the same.
        #[test]
        fn a_book_of_any_ways_of_payments_is_what_lies_in_the_box(
            ways in prop::collection::vec((1_i64..5_000_000, prop::collection::vec(0_usize..ItemStep::ALL.len(), 0..12)), 1..8),
        ) {
            let (mut book, mut balance, mut in_box) = (Vec::new(), Rupiah::ZERO, Rupiah::ZERO);
            for (whole, steps) in ways {
                let (amount, mut state) = (rupiah(whole), ItemState::Ordered);
                for step in steps.into_iter().map(|at| ItemStep::ALL[at]) {
                    let Ok(next) = state.next(step) else { continue };
                    state = next;
                    if let Some(kind) = CashKind::of(step) {
                        balance = kind.applied(balance, amount).unwrap();
                        book.push((kind, amount, balance));
                    }
                }
                if lies_in_box(state) {
                    in_box = in_box.checked_add(amount).unwrap();
                }
            }
            prop_assert_eq!(book_balance(book.iter().copied()), Some(in_box));
            if let Some(last) = book.last_mut() {
                last.2 = last.2.checked_add(rupiah(1)).unwrap();
                prop_assert_eq!(book_balance(book), None);
            }
        }
    }
}
