//! Why banks send money back, and what helps.
//!
//! Codes are those of ISO 20022 (external status and return reason codes); the words are those of treasuries and bank portals
//! (salah rekening, rekening pasif, nama beda; the state's retur letters name the same causes).

/// Why a payment did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ReturnReason {
    /// No such account.
    WrongAccount,
    /// The account was closed.
    ClosedAccount,
    /// The account is blocked.
    BlockedAccount,
    /// The account sleeps: long without a booking, as accounts of poor households often are.
    DormantAccount,
    /// The account takes no payment of this kind (AG01), for example a loan or deposit account.
    Forbidden,
    /// The holder's name is not the one sent.
    NameDiffers,
    /// The account is with another bank, or the bank is unknown.
    WrongBank,
    /// The holder has died.
    HolderDead,
    /// The payee does not want the money, or the payee's account is full.
    RefusedByPayee,
    /// The office's own account or bank is wrong, closed or not allowed.
    SourceAccount,
    /// The office's account does not hold the money.
    NoFunds,
    /// Over a limit of the bank, the road or the account.
    OverLimit,
    /// The amount is not one the bank takes.
    WrongAmount,
    /// The bank has this payment, or this file, already.
    DuplicateAtBank,
    /// Count or sum of the file is wrong.
    WrongTotals,
    /// The file is not as the bank wants it.
    WrongForm,
    /// The day or hour of execution is not possible.
    WrongTime,
    /// The office asked for it back.
    AskedBack,
    /// Held for reasons of law or supervision.
    Regulation,
    /// The bank's or the clearing's machine failed.
    Technical,
    /// The bank gives no reason.
    NotStated,
    /// A code or word that is not known here, as the bank wrote it.
    Other(String),
}

/// What helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cure {
    /// Ask the payee for the right account number, with a photo of the passbook.
    CorrectAccount,
    /// Ask the payee for another account, or wake the old one at the bank.
    AnotherAccount,
    /// Write the holder's name as it stands in the passbook.
    CorrectName,
    /// Choose the right bank for the account.
    CorrectBank,
    /// Find the next heir.
    NextHeir,
    /// Put money on the office's account, then send again.
    FillSource,
    /// Send again as it is, on another day or by another road.
    SendAgain,
    /// Mend the file or the profile of the bank before anything is sent again.
    MendFile,
    /// Look first whether the payment was carried out; sending again could pay twice.
    LookBeforeSending,
    /// Ask the bank.
    AskBank,
}

/// Words by which portals name reasons, each list before the next: `rekening tutup` must not be taken for `rekening`.
const WORDS: [(ReturnReason, &[&str]); 16] = [
    (ReturnReason::HolderDead, &["meninggal", "deceased", "almarhum"]),
    (ReturnReason::DuplicateAtBank, &["duplikat", "duplicate", "dobel", "sudah pernah diproses"]),
    (ReturnReason::ClosedAccount, &["tutup", "closed", "ditutup"]),
    (ReturnReason::DormantAccount, &["pasif", "dormant", "tidak aktif", "dorman", "inactive", "non aktif", "nonaktif"]),
    (ReturnReason::BlockedAccount, &["blokir", "blocked", "dibekukan", "freeze"]),
    (ReturnReason::NoFunds, &["saldo tidak cukup", "saldo tidak mencukupi", "saldo kurang", "insufficient"]),
    (ReturnReason::OverLimit, &["limit", "melebihi batas"]),
    (
        ReturnReason::NameDiffers,
        &[
            "nama beda",
            "beda nama",
            "nama tidak sesuai",
            "nama tidak sama",
            "nama salah",
            "salah nama",
            "perbedaan nama",
            "nama penerima",
            "name mismatch",
        ],
    ),
    (ReturnReason::WrongBank, &["bank salah", "salah bank", "kode bank", "bank tidak", "bank tujuan salah", "invalid bank"]),
    (
        ReturnReason::WrongAccount,
        &[
            "rekening salah",
            "salah rekening",
            "rekening tidak ditemukan",
            "rekening tidak ada",
            "rekening tidak terdaftar",
            "rekening tidak valid",
            "rekening tidak dikenal",
            "nomor rekening",
            "no rekening",
            "norek",
            "invalid account",
            "account not found",
            "beda rekening",
        ],
    ),
    (ReturnReason::RefusedByPayee, &["ditolak penerima", "refused by", "refusal by"]),
    (ReturnReason::WrongTime, &["cut off", "cutoff", "di luar jam", "hari libur"]),
    (ReturnReason::WrongAmount, &["nominal salah", "nominal tidak", "jumlah salah", "invalid amount"]),
    (ReturnReason::AskedBack, &["dibatalkan", "pembatalan", "permintaan nasabah", "cancel"]),
    (ReturnReason::Technical, &["timeout", "time out", "gangguan", "system error", "kesalahan sistem", "koneksi"]),
    (ReturnReason::NotStated, &["tanpa keterangan", "not specified", "tidak disebutkan"]),
];

impl ReturnReason {
    /// The reason a code or some words of a bank mean. What is unknown is kept as it is written.
    ///
    /// ```
    /// use santunan::domain::payment::ReturnReason;
    /// assert_eq!(ReturnReason::read("AC04"), ReturnReason::ClosedAccount);
    /// assert_eq!(ReturnReason::read("Retur: REKENING PASIF"), ReturnReason::DormantAccount);
    /// assert_eq!(ReturnReason::read("ZZ99"), ReturnReason::Other("ZZ99".to_owned()));
    /// ```
    pub fn read(written: &str) -> Self {
        let written = written.trim();
        if written.is_empty() {
            return Self::NotStated;
        }
        let first = written.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if let Some(reason) = Self::of_code(&first.to_ascii_uppercase()) {
            return reason;
        }
        let plain = folded(written);
        let told = WORDS.iter().find(|(_, words)| words.iter().any(|word| plain.contains(&format!(" {word}"))));
        told.map_or_else(|| Self::Other(written.to_owned()), |(reason, _)| reason.clone())
    }

    /// The reason by its four-letter code.
    fn of_code(code: &str) -> Option<Self> {
        Some(match code {
            "AC01" | "AC03" | "AC15" => Self::WrongAccount,
            "AC04" | "AC07" => Self::ClosedAccount,
            "AC06" => Self::BlockedAccount,
            "AC11" | "AC12" | "AC14" | "AG01" | "AG03" | "AG12" => Self::Forbidden,
            "AC02" | "AC05" | "AC13" | "BE05" | "RC03" | "DNOR" => Self::SourceAccount,
            "BE01" | "BE06" | "BE21" | "BE22" => Self::NameDiffers,
            "RC01" | "RC02" | "RC04" | "RC05" | "RC06" | "RC07" | "RC08" | "RC10" | "AGNT" | "CNOR" | "AG10" | "AG11" => Self::WrongBank,
            "MD07" => Self::HolderDead,
            "MS02" | "AC16" | "SP01" => Self::RefusedByPayee,
            "AM04" | "AM23" => Self::NoFunds,
            "AM02" | "AM07" | "AM13" | "AM14" | "AM21" => Self::OverLimit,
            "AM01" | "AM03" | "AM06" | "AM09" | "AM11" | "AM12" | "AM15" | "AM22" => Self::WrongAmount,
            "AM05" | "DU01" | "DU02" | "DU03" | "DU04" | "DU05" | "DUPL" => Self::DuplicateAtBank,
            "AM10" | "AM16" | "AM17" | "AM18" | "AM19" | "AM20" => Self::WrongTotals,
            "AG02" | "FF01" | "FF02" | "FF03" | "FF04" | "FF05" | "FF06" | "FF07" | "FF08" | "FF10" | "CH11" | "RF01" => Self::WrongForm,
            "DT01" | "DT02" | "DT04" | "TM01" | "CH03" | "CH04" => Self::WrongTime,
            "FOCR" | "CUST" | "DS02" => Self::AskedBack,
            "RR01" | "RR02" | "RR03" | "RR04" | "FR01" | "FRAD" => Self::Regulation,
            "AB01" | "AB02" | "AB03" | "AB04" | "AB05" | "AB06" | "AB07" | "AB08" | "AB09" | "AB10" | "BE08" | "ED01" | "ED05" | "ED06"
            | "TECH" => Self::Technical,
            "MS03" | "NARR" | "NOAS" => Self::NotStated,
            _ => return None,
        })
    }

    /// A stable word for stores, JSON and counts; what is unknown carries the bank's writing behind it.
    pub fn code(&self) -> String {
        let word = match self {
            Self::WrongAccount => "wrong_account",
            Self::ClosedAccount => "closed_account",
            Self::BlockedAccount => "blocked_account",
            Self::DormantAccount => "dormant_account",
            Self::Forbidden => "forbidden",
            Self::NameDiffers => "name_differs",
            Self::WrongBank => "wrong_bank",
            Self::HolderDead => "holder_dead",
            Self::RefusedByPayee => "refused_by_payee",
            Self::SourceAccount => "source_account",
            Self::NoFunds => "no_funds",
            Self::OverLimit => "over_limit",
            Self::WrongAmount => "wrong_amount",
            Self::DuplicateAtBank => "duplicate_at_bank",
            Self::WrongTotals => "wrong_totals",
            Self::WrongForm => "wrong_form",
            Self::WrongTime => "wrong_time",
            Self::AskedBack => "asked_back",
            Self::Regulation => "regulation",
            Self::Technical => "technical",
            Self::NotStated => "not_stated",
            Self::Other(written) => return format!("other:{written}"),
        };
        word.to_owned()
    }

    /// The reason a stored word means; the inverse of [`ReturnReason::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        if let Some(written) = code.strip_prefix("other:") {
            return Some(Self::Other(written.to_owned()));
        }
        Self::KNOWN.into_iter().find(|reason| reason.code() == code)
    }

    /// Every reason that is understood.
    pub const KNOWN: [Self; 21] = [
        Self::WrongAccount,
        Self::ClosedAccount,
        Self::BlockedAccount,
        Self::DormantAccount,
        Self::Forbidden,
        Self::NameDiffers,
        Self::WrongBank,
        Self::HolderDead,
        Self::RefusedByPayee,
        Self::SourceAccount,
        Self::NoFunds,
        Self::OverLimit,
        Self::WrongAmount,
        Self::DuplicateAtBank,
        Self::WrongTotals,
        Self::WrongForm,
        Self::WrongTime,
        Self::AskedBack,
        Self::Regulation,
        Self::Technical,
        Self::NotStated,
    ];

    /// The reason as the office says it.
    pub fn sentence(&self) -> String {
        let known = match self {
            Self::WrongAccount => "Rekening salah: nomor rekening tidak ada di bank tujuan.",
            Self::ClosedAccount => "Rekening sudah ditutup.",
            Self::BlockedAccount => "Rekening diblokir.",
            Self::DormantAccount => "Rekening pasif: lama tidak ada transaksi.",
            Self::Forbidden => "Rekening itu tidak boleh menerima transfer seperti ini.",
            Self::NameDiffers => "Nama pemilik rekening berbeda dari nama yang dikirim.",
            Self::WrongBank => "Bank tujuan salah atau tidak dikenal.",
            Self::HolderDead => "Pemilik rekening sudah meninggal.",
            Self::RefusedByPayee => "Penerima atau banknya menolak uang ini.",
            Self::SourceAccount => "Rekening sumber dana kantor ditolak bank.",
            Self::NoFunds => "Saldo rekening sumber dana tidak cukup.",
            Self::OverLimit => "Melebihi batas transfer bank atau batas rekening.",
            Self::WrongAmount => "Jumlah uang tidak diterima bank.",
            Self::DuplicateAtBank => "Menurut bank, pembayaran atau berkas ini sudah pernah dikirim.",
            Self::WrongTotals => "Jumlah baris atau jumlah uang dalam berkas tidak cocok.",
            Self::WrongForm => "Bentuk berkas tidak sesuai ketentuan bank.",
            Self::WrongTime => "Tanggal atau jam pelaksanaan tidak dapat dipenuhi bank.",
            Self::AskedBack => "Uang ditarik kembali atas permintaan pengirim.",
            Self::Regulation => "Ditahan bank karena ketentuan hukum atau pengawasan.",
            Self::Technical => "Gangguan pada sistem bank atau kliring.",
            Self::NotStated => "Bank tidak menyebutkan alasan.",
            Self::Other(written) => return format!("Alasan bank: {written}."),
        };
        known.to_owned()
    }

    /// What helps.
    pub fn cure(&self) -> Cure {
        match self {
            Self::WrongAccount => Cure::CorrectAccount,
            Self::ClosedAccount | Self::BlockedAccount | Self::DormantAccount | Self::Forbidden | Self::RefusedByPayee => {
                Cure::AnotherAccount
            }
            Self::NameDiffers => Cure::CorrectName,
            Self::WrongBank => Cure::CorrectBank,
            Self::HolderDead => Cure::NextHeir,
            Self::NoFunds => Cure::FillSource,
            Self::OverLimit | Self::WrongTime | Self::Technical => Cure::SendAgain,
            Self::WrongAmount | Self::WrongTotals | Self::WrongForm => Cure::MendFile,
            Self::DuplicateAtBank => Cure::LookBeforeSending,
            Self::SourceAccount | Self::AskedBack | Self::Regulation | Self::NotStated | Self::Other(_) => Cure::AskBank,
        }
    }
}

impl Cure {
    /// What to do, for the page of returned transfers.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::CorrectAccount => "Minta nomor rekening yang benar beserta foto halaman depan buku tabungan.",
            Self::AnotherAccount => {
                "Minta penerima mengaktifkan rekening itu di bank, atau memberi rekening lain beserta foto buku tabungannya."
            }
            Self::CorrectName => "Tulis nama persis seperti pada buku tabungan, tanpa gelar, lalu ajukan ralat.",
            Self::CorrectBank => "Periksa nama bank pada buku tabungan, lalu pilih bank yang benar.",
            Self::NextHeir => "Tetapkan ahli waris berikutnya.",
            Self::FillSource => "Pastikan dana sudah masuk ke rekening sumber, lalu kirim ulang.",
            Self::SendAgain => "Kirim ulang tanpa mengubah data, pada hari kerja berikutnya atau lewat jalur lain.",
            Self::MendFile => "Perbaiki berkas atau profil bank sebelum mengirim ulang.",
            Self::LookBeforeSending => "Periksa rekening koran dulu: bila sudah dibayar, jangan kirim ulang.",
            Self::AskBank => "Tanyakan kepada bank sebelum mengirim ulang.",
        }
    }
}

/// Small letters and single spaces with one in front, so that words are found at their beginning only.
fn folded(text: &str) -> String {
    let plain: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    format!(" {}", plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: ReturnReason) {
        assert_eq!(ReturnReason::read(written), expected, "{written}");
    }

    #[test]
    fn codes_and_the_words_of_offices_are_understood() {
        check("AC01", ReturnReason::WrongAccount);
        check("ac04 ", ReturnReason::ClosedAccount);
        check("AC06", ReturnReason::BlockedAccount);
        check("AM04", ReturnReason::NoFunds);
        check("AG01", ReturnReason::Forbidden);
        check("BE01 nama tidak sesuai", ReturnReason::NameDiffers);
        check("MD07", ReturnReason::HolderDead);
        check("AM05", ReturnReason::DuplicateAtBank);
        check("Rekening salah", ReturnReason::WrongAccount);
        check("RETUR - REKENING TUTUP", ReturnReason::ClosedAccount);
        check("No. rekening tidak terdaftar", ReturnReason::WrongAccount);
        check("Nomor rekening sudah ditutup", ReturnReason::ClosedAccount);
        check("rekening pasif/dormant", ReturnReason::DormantAccount);
        check("Rekening tidak aktif", ReturnReason::DormantAccount);
        check("Nama beda dengan rekening", ReturnReason::NameDiffers);
        check("SALDO TIDAK CUKUP", ReturnReason::NoFunds);
        check("  ", ReturnReason::NotStated);
    }

    #[test]
    fn what_is_not_understood_is_kept_as_it_is_written() {
        check("ZZ99", ReturnReason::Other("ZZ99".to_owned()));
        check("kode 58", ReturnReason::Other("kode 58".to_owned()));
        check("aktif", ReturnReason::Other("aktif".to_owned()));
    }

    #[test]
    fn every_reason_has_a_word_a_sentence_and_a_cure() {
        let other = ReturnReason::Other("X:1".to_owned());
        for reason in ReturnReason::KNOWN.into_iter().chain([other]) {
            assert_eq!(ReturnReason::from_code(&reason.code()), Some(reason.clone()));
            assert!(reason.sentence().ends_with('.') && reason.cure().sentence().ends_with('.'), "{reason:?}");
        }
        assert_eq!(ReturnReason::from_code("nonsense"), None);
    }
}
