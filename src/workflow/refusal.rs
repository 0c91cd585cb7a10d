//! Why an act was not done, in a code programs know and a sentence people understand.

use crate::domain::access::{Conflict, Duty};
use crate::domain::budget::CeilingReached;
use crate::domain::claim::{NotAllowed, Refused};
use crate::domain::ledger::Account;
use crate::domain::payment::spj::AttachRefused;
use crate::domain::payment::{CashRefused, CorrectionRefused, ItemNotAllowed, OrderRefused, OrderState, PaperRefused};
use crate::domain::policy::PolicyGap;
use crate::domain::stop_list::StopListRefused;
use crate::domain::undo::{AmendRefused, AnnulRefused, RecoveryRefused};
use crate::exchange::table::TableFault;
use crate::exchange::table_file::TableFileFault;
use crate::letters::LetterFault;
use crate::store::files::FileFault;
use crate::store::letter_keys::LetterKeyFault;
use crate::store::{Key, StoreError};

/// Everything an act can be refused for. Acts share their doors, so they share this list.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, or not in the person's region.
    #[error("Data tidak ditemukan. Periksa kembali kode atau tautannya.")]
    NotFound,
    /// Somebody else was first.
    #[error("Permohonan ini baru saja diubah orang lain. Muat ulang halaman, lihat perubahannya, lalu putuskan kembali.")]
    Stale,
    /// The database is busy.
    #[error("Sistem sedang sibuk. Isian Anda tidak hilang; tunggu sebentar lalu kirim lagi.")]
    Busy,
    /// Disk or database failed while the act was being made durable.
    #[error(
        "Penyimpanan terganggu, sehingga belum pasti apakah kiriman Anda tercatat. Tunggu sebentar, muat ulang halaman untuk melihat keadaan terakhir, lalu kirim sekali lagi bila belum tercatat."
    )]
    Uncertain(#[source] StoreError),
    /// Another role's step.
    #[error("Langkah ini bukan tugas akun Anda pada tahap ini.")]
    NotYourRole,
    /// No such step from here.
    #[error("{0}. Muat ulang halaman untuk melihat keadaan terakhir.")]
    NotAllowed(NotAllowed),
    /// One person, two duties.
    #[error("Anda sudah {} permohonan ini. Langkah ini harus dilakukan oleh orang lain.", .0.label())]
    SamePerson(Duty),
    /// The person's own family.
    #[error("Permohonan ini menyangkut keluarga Anda sendiri (nomor KK atau NIK yang sama). Serahkan kepada petugas lain.")]
    OwnFamily,
    /// A reason is needed.
    #[error("Tuliskan alasannya dengan jelas, paling sedikit 10 huruf, agar keluarga memahami keputusan ini.")]
    ReasonMissing,
    /// The deceased has a living claim.
    #[error(
        "Almarhum/almarhumah ini sudah memiliki permohonan santunan yang sedang diproses atau sudah dibayar. Santunan diberikan satu kali; bila Anda yakin ini orang yang berbeda, periksa NIK-nya atau hubungi Dinas Sosial."
    )]
    DeceasedHasClaim,
    /// The key was used for another claim.
    #[error("Formulir ini sudah pernah dikirim dengan isi yang berbeda. Buka permohonan baru dan isi kembali.")]
    KeyReused,
    /// A village outside the person's region.
    #[error("Desa pengaju bukan wilayah tugas akun Anda. Pilih desa Anda sendiri.")]
    WrongVillage,
    /// No rules for that day of death.
    #[error("{0}.")]
    NoPolicy(PolicyGap),
    /// No budget line this year.
    #[error("Belum ada pagu anggaran untuk tahun {0}. Minta bagian keuangan memasukkannya lebih dahulu.")]
    NoBudget(i32),
    /// The year's lines are closed.
    #[error(
        "Tahun anggaran {0} sudah ditutup; persetujuan berikutnya memakai anggaran tahun baru. Permohonan tetap tersimpan di daftar tunggu."
    )]
    YearClosed(i32),
    /// The programme stands still; what families read about it.
    #[error(
        "Program sedang dihentikan sementara, jadi belum ada yang disetujui. Permohonan tetap tersimpan di daftar tunggu. Pengumuman: {0}"
    )]
    Suspended(String),
    /// The money has run out.
    #[error("{0}. Permohonan tetap tersimpan di daftar tunggu.")]
    CeilingReached(CeilingReached),
    /// Somebody waits longer.
    #[error("Masih ada permohonan yang lebih dahulu menunggu anggaran: {0}. Dahulukan yang menunggu paling lama.")]
    EarlierWaits(String),
    /// Nothing to accept: filed in time, accepted before, or decided already.
    #[error("Permohonan ini tidak terlambat, atau keterlambatannya sudah diterima atau diputus.")]
    NotLate,
    /// Nothing approved to put on a decree.
    #[error("Tidak ada permohonan yang sudah disetujui dan dapat dimasukkan ke SK.")]
    NothingToDecree,
    /// Fewer than the smallest batch the office forms.
    #[error("Baru {found} permohonan yang siap; SK dibentuk bila kurang {missing} lagi sudah terkumpul.")]
    BatchTooSmall {
        /// How many are ready.
        found: usize,
        /// How many are missing.
        missing: usize,
    },
    /// The list is not any more the one the person saw.
    #[error("Daftar berubah sejak Anda melihatnya. Lihat kembali daftar terbaru, lalu kunci.")]
    PlanChanged,
    /// A day of signing that cannot be.
    #[error("Tanggal tanda tangan tidak boleh sebelum tanggal SK atau setelah hari ini.")]
    SignedWhen,
    /// The decree is not signed.
    #[error("SK ini belum dicatat sudah ditandatangani. Catat tanggal tanda tangannya lebih dahulu.")]
    NotSigned,
    /// Already ordered.
    #[error("SK ini sudah memiliki perintah bayar.")]
    AlreadyOrdered,
    /// A step on an order that cannot be taken.
    #[error("{0}")]
    Order(OrderRefused),
    /// The order is over.
    #[error("Perintah bayar ini {0}; tidak ada lagi yang dapat dicatat padanya.")]
    OrderOver(OrderState),
    /// A paper of the state's system that does not fit.
    #[error("{0}")]
    Paper(PaperRefused),
    /// The number stands on another order.
    #[error("Nomor itu sudah dicatat pada perintah bayar lain. Periksa kembali di SIPD.")]
    PaperElsewhere,
    /// A payment's step that does not exist.
    #[error("{0}. Muat ulang halaman untuk melihat keadaan terakhir.")]
    ItemNotAllowed(ItemNotAllowed),
    /// An act at the counter, in the cash book or with a deposit that cannot be done.
    #[error("{0}")]
    Cash(#[from] CashRefused),
    /// A bank's answer that cannot be taken; nothing of it was.
    #[error("Berkas hasil bank tidak dapat diimpor: {0}")]
    BankResult(String),
    /// An open line of a report that is open no more, or cannot be taken as it is.
    #[error("{0}")]
    ReportLine(&'static str),
    /// A correction of a returned payment that cannot be taken.
    #[error("{0}")]
    Correction(#[from] CorrectionRefused),
    /// A scan that cannot be attached to a payment.
    #[error("{0}")]
    Attach(#[from] AttachRefused),
    /// A list for another programme that cannot be made.
    #[error("{0}")]
    StopList(#[from] StopListRefused),
    /// A table could not be written as a file.
    #[error("{0}")]
    TableFile(#[from] TableFileFault),
    /// A decree that cannot be amended so.
    #[error("{0}")]
    Amend(#[from] AmendRefused),
    /// A claim that cannot be annulled so.
    #[error("{0}")]
    Annul(#[from] AnnulRefused),
    /// Something about money that has to come back that cannot be recorded so.
    #[error("{0}")]
    Recovery(#[from] RecoveryRefused),
    /// Nothing that an answer rests on.
    #[error("Tuliskan buktinya, misalnya nomor bukti transfer, halaman rekening koran, atau nomor kuitansi.")]
    EvidenceMissing,
    /// A day on which there can be no answer.
    #[error("Tanggalnya tidak boleh sebelum perintah bayar dilepas atau setelah hari ini.")]
    AnswerWhen,
    /// The claim has a payment that goes on.
    #[error("Permohonan ini masih memiliki pembayaran yang berjalan. Tunggu hasilnya lebih dahulu.")]
    PaymentGoesOn,
    /// A budget document that cannot be recorded.
    #[error("{0}")]
    Budget(String),
    /// The books would not add up; nothing was done.
    #[error("Pembukuan menolak: {0} tidak memuat uang sebanyak itu. Tidak ada yang disimpan; laporkan kepada pengelola sistem.")]
    Books(Account),
    /// Asked again who they are, and the password was wrong.
    #[error("Kata sandi tidak cocok. Langkah ini belum dilakukan; ketik kembali kata sandi Anda.")]
    WrongPassword,
    /// Too many wrong passwords.
    #[error("Terlalu banyak kata sandi yang salah. Tunggu sepuluh menit lalu coba lagi.")]
    Resting,
    /// Payees who are known as dead, and no word about why the money goes out all the same.
    #[error(
        "Penerima pada permohonan {} tercatat sudah meninggal. Jangan dibayarkan ke rekeningnya. Hubungi Kepala Dinas dan keluarga; bila pembayaran memang harus dicatat, tuliskan dasarnya paling sedikit 10 huruf, misalnya ahli waris pengganti dan nomor suratnya.",
        .0.join(", ")
    )]
    PayeeDead(Vec<String>),
    /// Totals differ; nothing was done.
    #[error("Jumlah {0} tidak sama dengan jumlah perintah bayar. Tidak ada yang disimpan; laporkan kepada pengelola sistem.")]
    TotalsDiffer(&'static str),
    /// The letter cannot be printed rightly.
    #[error("{0}")]
    Letter(#[from] LetterFault),
    /// A file is no table, or lacks a column.
    #[error("{0}")]
    Table(#[from] TableFault),
    /// The bank file cannot be made.
    #[error("Berkas bank tidak dapat dibuat: {0}")]
    BankFile(String),
    /// Settings of the office are missing or broken.
    #[error("Pengaturan kantor belum lengkap: {0}")]
    Settings(String),
    /// A kept file could not be written or read.
    #[error("Terjadi gangguan penyimpanan berkas.")]
    Files(#[from] FileFault),
    /// The key that signs letters is not at hand.
    #[error(transparent)]
    LetterKeys(#[from] LetterKeyFault),
    /// Anything else the database said.
    #[error("Terjadi gangguan pada basis data.")]
    Store(#[source] StoreError),
}

impl Refusal {
    /// Stable code, part of the API.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Stale => "stale",
            Self::Busy => "busy",
            Self::Uncertain(_) => "uncertain",
            Self::NotYourRole => "not_your_role",
            Self::NotAllowed(_) => "step_not_allowed",
            Self::SamePerson(_) => "same_person",
            Self::OwnFamily => "own_family",
            Self::ReasonMissing => "reason_missing",
            Self::DeceasedHasClaim => "deceased_has_claim",
            Self::KeyReused => "idempotency_key_reused",
            Self::WrongVillage => "wrong_village",
            Self::NoPolicy(_) => "no_policy",
            Self::NoBudget(_) => "no_budget",
            Self::YearClosed(_) => "year_closed",
            Self::Suspended(_) => "programme_suspended",
            Self::CeilingReached(_) => "ceiling_reached",
            Self::EarlierWaits(_) => "earlier_waits",
            Self::NotLate => "not_late",
            Self::NothingToDecree => "nothing_to_decree",
            Self::BatchTooSmall { .. } => "batch_too_small",
            Self::PlanChanged => "plan_changed",
            Self::SignedWhen => "signed_when",
            Self::NotSigned => "not_signed",
            Self::AlreadyOrdered => "already_ordered",
            Self::Order(_) => "order_refused",
            Self::OrderOver(_) => "order_over",
            Self::Paper(_) => "paper_refused",
            Self::PaperElsewhere => "paper_elsewhere",
            Self::ItemNotAllowed(_) => "payment_step_not_allowed",
            Self::Cash(_) => "cash_refused",
            Self::BankResult(_) => "bank_result_refused",
            Self::ReportLine(_) => "report_line_refused",
            Self::Correction(_) => "correction_refused",
            Self::Attach(_) => "evidence_refused",
            Self::StopList(_) => "stop_list_refused",
            Self::TableFile(_) => "table_file",
            Self::Amend(_) => "amendment_refused",
            Self::Annul(_) => "annulment_refused",
            Self::Recovery(_) => "recovery_refused",
            Self::EvidenceMissing => "evidence_missing",
            Self::AnswerWhen => "answer_when",
            Self::PaymentGoesOn => "payment_goes_on",
            Self::Budget(_) => "budget_refused",
            Self::Books(_) => "books_refused",
            Self::WrongPassword => "wrong_password",
            Self::Resting => "resting",
            Self::PayeeDead(_) => "payee_dead",
            Self::TotalsDiffer(_) => "totals_differ",
            Self::Letter(_) => "letter_refused",
            Self::Table(_) => "file_unreadable",
            Self::BankFile(_) => "bank_file_refused",
            Self::Settings(_) => "settings",
            Self::Files(_) => "files",
            Self::LetterKeys(_) => "letter_keys",
            Self::Store(_) => "store",
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Stale | StoreError::Duplicate(Key::OpenAppointment | Key::HandOver) => Self::Stale,
            StoreError::Busy | StoreError::Lost => Self::Busy,
            StoreError::Uncommitted(_) => Self::Uncertain(error),
            StoreError::Duplicate(Key::ClaimDeceased) => Self::DeceasedHasClaim,
            StoreError::Duplicate(Key::OrderDecree) => Self::AlreadyOrdered,
            StoreError::Duplicate(Key::LivingPayment) => Self::PaymentGoesOn,
            StoreError::Duplicate(Key::TreasuryPaper) => Self::PaperElsewhere,
            StoreError::Duplicate(Key::BudgetDocument) => {
                Self::Budget("Dokumen anggaran itu sudah dicatat untuk mata anggaran ini.".to_owned())
            }
            StoreError::Duplicate(Key::DepositNumber) => Self::Cash(CashRefused::SlipTwice),
            StoreError::Duplicate(Key::CashClosing) => Self::Cash(CashRefused::BookClosed),
            StoreError::Duplicate(Key::OpenAmendment) => Self::Amend(AmendRefused::Proposed),
            StoreError::Duplicate(Key::OpenAnnulment) => Self::Annul(AnnulRefused::Asked),
            StoreError::Duplicate(Key::RecoverySlip) => Self::Recovery(RecoveryRefused::NumberTwice("itu".to_owned())),
            StoreError::Short(account) => Self::Books(account),
            other => Self::Store(other),
        }
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotYourRole => Self::NotYourRole,
            Refused::NotAllowed(pair) => Self::NotAllowed(pair),
            Refused::Conflict(conflict) => conflict.into(),
            Refused::ReasonMissing => Self::ReasonMissing,
        }
    }
}

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::SamePerson(duty) => Self::SamePerson(duty),
            Conflict::OwnFamily => Self::OwnFamily,
        }
    }
}
