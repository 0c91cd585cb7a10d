//! Why an act at the counter or in the cash book is refused.

use super::CAPACITY_MAX;
use crate::domain::money::Rupiah;

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
    /// The office's rule ends a deposited benefit with its year.
    #[error(
        "Aturan kantor ini: santunan yang uangnya sudah disetor selesai dengan tahun anggarannya. Bila boleh dibayar dari tahun berikutnya, tulis deposited = \"next_year\" pada [budget_rules]."
    )]
    SettledWithYear,
    /// It was not given back.
    #[error("Pembayaran {0} tidak sedang disetor ke kas daerah.")]
    NotDeposited(String),
    /// It failed, and nothing was put right.
    #[error(
        "Pembayaran {0} ditolak bank atau penerimanya meninggal. Usulkan koreksinya di halaman Retur dan tunggu persetujuannya lebih dahulu."
    )]
    CorrectFirst(String),
    /// Its year goes on: it is drawn again instead.
    #[error("Tahun anggaran {0} belum ditutup. Dalam tahun yang sama uangnya diambil lagi, bukan dibayar dari tahun lain.")]
    YearOpen(i32),
    /// Two lines cannot bear one order.
    #[error("Sebagian pembayaran itu sudah ditanggung mata anggaran lain. Buat perintah bayarnya terpisah.")]
    TwoLines,
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
