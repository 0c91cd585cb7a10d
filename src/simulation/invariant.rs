//! What holds at every moment of every run, whatever people, banks and machines do.

use std::fmt;

/// A rule that no sequence of events may break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Invariant {
    /// After a crash before its commit, an act never was.
    CrashLeavesNothing,
    /// The same request, or the same report, told twice changes nothing.
    TwiceIsOnce,
    /// Who saw an earlier version changes nothing.
    StaleIsRefused,
    /// Every rupiah of a ceiling lies in exactly one account.
    OnePlace,
    /// The ceiling is what its documents gave, and no more is promised.
    CeilingHolds,
    /// A claim has at most one living payment.
    OneLivingPayment,
    /// A death has at most one living claim.
    OneLivingClaim,
    /// Money reaches an heir only behind approval, decree, order and release.
    RoadToPayment,
    /// Nothing takes a step that its table does not have.
    OnTheGraph,
    /// What is over stays as it is.
    EndsStay,
    /// The trail, replayed, gives every state.
    TrailTellsState,
    /// Filed, endorsed, verified, approved and paid by five persons.
    FiveDuties,
    /// Nobody has a hand in money of their own family.
    NobodysOwnFamily,
    /// Made, checked and released by three persons; closed by one who did not record the answers.
    ThreeHands,
    /// An order is the sum of its payments and, the first time, its decree's standing rows.
    OrderIsItsDecree,
    /// Papers of the state's system have the order's value, and were there before what needs them.
    PapersToTheRupiah,
    /// A reference is never used for two payments.
    ReferenceOnce,
    /// Numbers have no gap and are never given twice.
    NumbersGapless,
    /// Who waits longest for money is served first.
    WaitingInOrder,
    /// A claim stands on one decree while it is decreed or paid, and never on two.
    OneDecreeRow,
    /// A renewed payment names the one that failed, has its amount, and was approved by another person than asked for it.
    RenewedIsLinked,
    /// An entry is moved back at most once, by its own amount.
    CorrectedOnce,
    /// One receipt for one sending, and no sending twice.
    ReceiptForSending,
    /// Parts that come back are never more than was paid, and settle it exactly.
    PartsWithinPayment,
    /// A closed order has no payment without an answer.
    ClosedIsAnswered,
    /// A closed year promises and pays nothing any more.
    ClosedYearRests,
    /// What is with the bank is what was released, to the rupiah.
    BankGotTheOrder,
    /// The office calls paid what the bank paid, and returned what came back.
    BankAgrees,
    /// Cash in the drawer is the cash that waits for its heirs.
    DrawerAgrees,
    /// What heirs really have for one death is one benefit at most.
    PaidOnce,
    /// Money is handed to the heir who is named, and who lives.
    HandedToTheHeir,
    /// What is to come back is owed in a case that follows it, to the rupiah.
    OwedIsFollowed,
    /// A slip of the treasury stands for one part that came back.
    SlipOnce,
    /// A row that was struck is on no order.
    StruckIsNotOrdered,
    /// The parts of a plan are what was owed.
    PlanIsTheDebt,
    /// What is undone was asked for by one person and decided by another.
    UndoneByTwo,
    /// The whole journal proves balances, claims, payments and lists.
    BooksProve,
}

impl Invariant {
    /// Every invariant.
    pub const ALL: [Self; 37] = [
        Self::CrashLeavesNothing,
        Self::TwiceIsOnce,
        Self::StaleIsRefused,
        Self::OnePlace,
        Self::CeilingHolds,
        Self::OneLivingPayment,
        Self::OneLivingClaim,
        Self::RoadToPayment,
        Self::OnTheGraph,
        Self::EndsStay,
        Self::TrailTellsState,
        Self::FiveDuties,
        Self::NobodysOwnFamily,
        Self::ThreeHands,
        Self::OrderIsItsDecree,
        Self::PapersToTheRupiah,
        Self::ReferenceOnce,
        Self::NumbersGapless,
        Self::WaitingInOrder,
        Self::OneDecreeRow,
        Self::RenewedIsLinked,
        Self::CorrectedOnce,
        Self::ReceiptForSending,
        Self::PartsWithinPayment,
        Self::ClosedIsAnswered,
        Self::ClosedYearRests,
        Self::BankGotTheOrder,
        Self::BankAgrees,
        Self::DrawerAgrees,
        Self::PaidOnce,
        Self::HandedToTheHeir,
        Self::OwedIsFollowed,
        Self::SlipOnce,
        Self::StruckIsNotOrdered,
        Self::PlanIsTheDebt,
        Self::UndoneByTwo,
        Self::BooksProve,
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// What it promises, for a person.
    pub fn sentence(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::CrashLeavesNothing => ("crash_leaves_nothing", "Perbuatan yang terputus sebelum tersimpan tidak meninggalkan apa pun."),
            Self::TwiceIsOnce => ("twice_is_once", "Permintaan atau laporan yang sama, disampaikan dua kali, tidak mengubah apa pun."),
            Self::StaleIsRefused => ("stale_is_refused", "Siapa yang melihat keadaan lama tidak mengubah apa pun."),
            Self::OnePlace => ("one_place", "Setiap rupiah pagu berada di tepat satu tempat."),
            Self::CeilingHolds => ("ceiling_holds", "Pagu sama dengan dokumennya dan tidak dilampaui."),
            Self::OneLivingPayment => ("one_living_payment", "Satu permohonan paling banyak memiliki satu pembayaran yang berjalan."),
            Self::OneLivingClaim => ("one_living_claim", "Satu kematian paling banyak memiliki satu permohonan yang berjalan."),
            Self::RoadToPayment => ("road_to_payment", "Uang sampai hanya setelah disetujui, ditetapkan, diperintahkan, dan dilepas."),
            Self::OnTheGraph => ("on_the_graph", "Tidak ada langkah di luar tabel langkah."),
            Self::EndsStay => ("ends_stay", "Yang sudah selesai tidak berubah lagi."),
            Self::TrailTellsState => ("trail_tells_state", "Jejak, dijalankan ulang, menghasilkan setiap keadaan."),
            Self::FiveDuties => ("five_duties", "Mengajukan, mengesahkan, memverifikasi, menyetujui, dan membayar oleh lima orang."),
            Self::NobodysOwnFamily => ("nobodys_own_family", "Tidak seorang pun mengurus uang keluarganya sendiri."),
            Self::ThreeHands => ("three_hands", "Pembuat, pemeriksa, dan pelepas tiga orang; penutup bukan yang mencatat jawabannya."),
            Self::OrderIsItsDecree => ("order_is_its_decree", "Perintah bayar sama dengan barisnya dan dengan SK-nya."),
            Self::PapersToTheRupiah => {
                ("papers_to_the_rupiah", "Surat SIPD sama dengan perintah bayar sampai ke rupiah dan ada pada waktunya.")
            }
            Self::ReferenceOnce => ("reference_once", "Satu nomor rujukan hanya untuk satu pembayaran."),
            Self::NumbersGapless => ("numbers_gapless", "Nomor surat tidak melompat dan tidak dipakai dua kali."),
            Self::WaitingInOrder => ("waiting_in_order", "Yang paling lama menunggu dilayani lebih dahulu."),
            Self::OneDecreeRow => ("one_decree_row", "Permohonan yang ditetapkan berada dalam tepat satu SK."),
            Self::RenewedIsLinked => {
                ("renewed_is_linked", "Pembayaran ulang menunjuk yang gagal, sama jumlahnya, dan disetujui orang lain.")
            }
            Self::CorrectedOnce => ("corrected_once", "Jurnal dibalik paling banyak satu kali, dengan jumlahnya sendiri."),
            Self::ReceiptForSending => ("receipt_for_sending", "Satu kuitansi untuk satu pelepasan, dan tidak dilepas dua kali."),
            Self::PartsWithinPayment => ("parts_within_payment", "Pengembalian tidak melebihi pembayaran dan melunasinya tepat."),
            Self::ClosedIsAnswered => ("closed_is_answered", "Perintah bayar yang selesai tidak memiliki pembayaran tanpa jawaban."),
            Self::ClosedYearRests => ("closed_year_rests", "Tahun yang ditutup tidak menjanjikan dan tidak membayar lagi."),
            Self::BankGotTheOrder => ("bank_got_the_order", "Yang diterima bank sama dengan yang dilepas, sampai ke rupiah."),
            Self::BankAgrees => ("bank_agrees", "Yang dicatat dibayar memang dibayar bank; yang dicatat kembali memang kembali."),
            Self::DrawerAgrees => ("drawer_agrees", "Uang di laci sama dengan uang yang menunggu ahli warisnya."),
            Self::PaidOnce => ("paid_once", "Yang benar-benar diterima untuk satu kematian paling banyak satu santunan."),
            Self::HandedToTheHeir => ("handed_to_the_heir", "Uang diserahkan kepada ahli waris yang tertulis dan masih hidup."),
            Self::OwedIsFollowed => ("owed_is_followed", "Yang harus dikembalikan sama dengan sisa semua pengembalian yang berjalan."),
            Self::SlipOnce => ("slip_once", "Satu bukti setor hanya untuk satu angsuran."),
            Self::StruckIsNotOrdered => ("struck_is_not_ordered", "Baris yang dicoret tidak ada dalam perintah bayar."),
            Self::PlanIsTheDebt => ("plan_is_the_debt", "Jumlah angsuran sama dengan yang harus dikembalikan."),
            Self::UndoneByTwo => ("undone_by_two", "Yang dibatalkan diminta satu orang dan diputus orang lain."),
            Self::BooksProve => ("books_prove", "Seluruh jurnal membuktikan saldo, permohonan, pembayaran, dan daftar."),
        }
    }
}

impl fmt::Display for Invariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An invariant that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which.
    pub invariant: Invariant,
    /// What was found.
    pub found: String,
}

/// A broken invariant unless something holds.
pub fn hold(invariant: Invariant, holds: bool, found: impl FnOnce() -> String) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken { invariant, found: found() }) }
}
