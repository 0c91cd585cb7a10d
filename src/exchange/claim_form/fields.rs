//! Reading one field after the other, each with its own kind sentence.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{AccountForm, ClaimForm, DeceasedForm, FieldErrors, FormContext, HEIRS_MAX, HeirForm, ReporterForm};
use crate::domain::calendar::{DateFault, long_date, parse_date, short_date};
use crate::domain::claim::{Address, BankAccount, Cause, ClaimedNik, Death, Deceased, DocumentKind, Heir, Payout, Reporter};
use crate::domain::identity::{FamilyCard, NameFault, Nik, NumberFault, PersonName, Relation, Sex};
use crate::domain::region::{RegionCode, RegionLevel};

/// Fewest and most digits of an Indonesian account number.
const ACCOUNT_DIGITS: std::ops::RangeInclusive<usize> = 6..=20;
/// Fewest and most digits of a telephone number written with its leading 0.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 9..=14;

/// Reads fields and gathers what is wrong with them.
pub(super) struct Reader<'a> {
    context: &'a FormContext<'a>,
    errors: FieldErrors,
}

/// A date as the form shows it, empty for none.
pub(super) fn date_text(date: Option<NaiveDate>) -> String {
    date.map(short_date).unwrap_or_default()
}

impl<'a> Reader<'a> {
    pub(super) fn new(context: &'a FormContext<'a>, errors: FieldErrors) -> Self {
        Self { context, errors }
    }

    pub(super) fn into_errors(self) -> FieldErrors {
        self.errors
    }

    pub(super) fn deceased(&mut self, form: &DeceasedForm) -> Option<Deceased> {
        let nik = self.deceased_nik(form);
        let name = self.name("almarhum.nama", &form.nama, "almarhum/almarhumah");
        let family_card = self.family_card("almarhum.no_kk", &form.no_kk);
        let born_on = self.past_date("almarhum.tgl_lahir", &form.tgl_lahir, "Tanggal lahir");
        let sex = self.sex("almarhum.jenis_kelamin", &form.jenis_kelamin);
        let village = self.village("almarhum.kode_desa", &form.kode_desa);
        let address = Address { street: line(&form.alamat), rt: line(&form.rt), rw: line(&form.rw) };
        Some(Deceased { name: name?, nik: nik?, family_card, born_on, sex, mother: line(&form.nama_ibu), address, village: village? })
    }

    fn deceased_nik(&mut self, form: &DeceasedForm) -> Option<ClaimedNik> {
        let without = !form.tanpa_nik.trim().is_empty();
        match Nik::parse(&form.nik) {
            Ok(number) if !without => Some(ClaimedNik { number: Some(number), written: String::new() }),
            Ok(_number) => {
                self.refuse("almarhum.nik", "NIK sudah terisi, tetapi kotak \"tidak punya NIK\" juga dicentang. Mohon pilih salah satu.")
            }
            Err(NumberFault::Empty | NumberFault::Placeholder) if without => Some(ClaimedNik::take(&form.nik)),
            Err(NumberFault::Empty) => self.refuse(
                "almarhum.nik",
                "Mohon isi NIK almarhum/almarhumah seperti pada KTP atau KK. Bila memang tidak punya NIK, centang kotak di bawahnya.",
            ),
            Err(fault) => self.refuse("almarhum.nik", &number_sentence("NIK", &fault)),
        }
    }

    pub(super) fn death(&mut self, form: &ClaimForm) -> Option<Death> {
        let died_on = if form.tgl_meninggal.trim().is_empty() {
            self.refuse("tgl_meninggal", "Mohon isi tanggal meninggal, misalnya 21-06-2026.")
        } else {
            self.past_date("tgl_meninggal", &form.tgl_meninggal, "Tanggal meninggal")
        };
        let letter_on = self.past_date("tgl_surat_kematian", &form.tgl_surat_kematian, "Tanggal surat kematian");
        let cause = self.cause(&form.sebab_meninggal);
        Some(Death {
            died_on: died_on?,
            place: line(&form.tempat_meninggal),
            letter_number: line(&form.no_surat_kematian),
            letter_on,
            cause,
        })
    }

    /// The cause is asked only where the rules need it; an empty answer is one that was not asked.
    fn cause(&mut self, code: &str) -> Option<Cause> {
        let cause = Cause::parse(code.trim());
        if cause.is_none() && !code.trim().is_empty() {
            self.errors.push("sebab_meninggal", "Sebab meninggal tidak dikenal. Mohon pilih dari daftar.");
        }
        cause
    }

    /// A death before the birth is a slip of the pen that only both dates together show.
    pub(super) fn order_of_dates(&mut self, deceased: Option<&Deceased>, death: Option<&Death>) {
        let born_on = deceased.and_then(|d| d.born_on);
        if let (Some(born_on), Some(death)) = (born_on, death)
            && death.died_on < born_on
        {
            let sentence =
                format!("Tanggal meninggal lebih dahulu daripada tanggal lahir ({}). Mohon periksa keduanya.", long_date(born_on));
            self.errors.push("tgl_meninggal", sentence);
        }
    }

    /// The heirs; none where somebody else is named because nobody inherits.
    pub(super) fn heirs(&mut self, forms: &[HeirForm], no_heir: bool) -> Option<Vec<Heir>> {
        if no_heir && forms.iter().all(HeirForm::is_blank) {
            return Some(Vec::new());
        }
        let filled: Vec<(usize, &HeirForm)> = forms.iter().enumerate().filter(|(i, f)| *i == 0 || !f.is_blank()).collect();
        if filled.is_empty() {
            return self.refuse("ahli_waris[0].nama", "Mohon isi sekurang-kurangnya satu ahli waris.");
        }
        if filled.len() > HEIRS_MAX {
            return self.refuse("ahli_waris", "Paling banyak tiga ahli waris dalam satu permohonan. Mohon tulis tiga yang utama.");
        }
        let heirs: Vec<Option<Heir>> = filled.into_iter().map(|(i, form)| self.heir(i, form)).collect();
        heirs.into_iter().collect()
    }

    fn heir(&mut self, index: usize, form: &HeirForm) -> Option<Heir> {
        let key = |field: &str| format!("ahli_waris[{index}].{field}");
        let name = self.name(&key("nama"), &form.nama, "ahli waris");
        let nik = match Nik::parse(&form.nik) {
            Ok(number) => Some(ClaimedNik { number: Some(number), written: String::new() }),
            Err(NumberFault::Empty) => self.refuse(&key("nik"), "Mohon isi NIK ahli waris seperti pada KTP."),
            Err(fault) => self.refuse(&key("nik"), &number_sentence("NIK", &fault)),
        };
        let family_card = self.family_card(&key("no_kk"), &form.no_kk);
        let relation = Relation::parse(&form.hubungan);
        if relation.is_none() {
            self.errors.push(key("hubungan"), "Mohon pilih hubungan ahli waris dengan almarhum/almarhumah.");
        }
        let phone = self.phone(&key("no_hp"), &form.no_hp);
        Some(Heir { name: name?, nik: nik?, family_card, relation: relation?, phone: phone?, address: line(&form.alamat) })
    }

    pub(super) fn payout(&mut self, method: &str, form: &AccountForm) -> Option<Payout> {
        match method.trim().to_lowercase().as_str() {
            "tunai" => Some(Payout::Cash),
            "bank" => self.account(form).map(Payout::Bank),
            _ => self.refuse("cara_bayar", "Mohon pilih cara menerima santunan: melalui rekening bank atau tunai di loket."),
        }
    }

    fn account(&mut self, form: &AccountForm) -> Option<BankAccount> {
        let bank = line(&form.bank);
        if bank.is_empty() {
            self.errors.push("rekening.bank", "Mohon isi nama bank seperti pada buku rekening.");
        }
        let number = self.account_number(&form.nomor);
        let holder = line(&form.atas_nama);
        if holder.is_empty() {
            self.errors.push("rekening.atas_nama", "Mohon isi nama pemilik rekening, persis seperti pada buku rekening.");
        }
        Some(BankAccount { bank, number: number?, holder }).filter(|a| !a.bank.is_empty() && !a.holder.is_empty())
    }

    fn account_number(&mut self, text: &str) -> Option<String> {
        let digits: String = text.chars().filter(|c| !is_spacer(*c)).collect();
        if digits.is_empty() {
            return self.refuse("rekening.nomor", "Mohon isi nomor rekening. Bila tidak punya rekening, pilih terima tunai di loket.");
        }
        if !digits.chars().all(|c| c.is_ascii_digit()) {
            return self.refuse("rekening.nomor", "Nomor rekening hanya berisi angka. Mohon periksa kembali pada buku rekening.");
        }
        if !ACCOUNT_DIGITS.contains(&digits.len()) {
            let sentence =
                format!("Nomor rekening biasanya 6 sampai 20 angka, di sini tertulis {} angka. Mohon periksa kembali.", digits.len());
            return self.refuse("rekening.nomor", &sentence);
        }
        Some(digits)
    }

    pub(super) fn documents(&mut self, codes: &[String]) -> BTreeSet<DocumentKind> {
        let mut kinds = BTreeSet::new();
        for code in codes {
            match DocumentKind::parse(code.trim()) {
                Some(kind) => {
                    kinds.insert(kind);
                }
                None => self.errors.push("dokumen", "Ada jenis berkas yang tidak dikenal. Mohon pilih dari daftar berkas."),
            }
        }
        kinds
    }

    pub(super) fn reporter(&mut self, form: &ReporterForm) -> Option<Reporter> {
        let name = self.name("pelapor.nama", &form.nama, "pelapor");
        let phone = self.phone("pelapor.no_hp", &form.no_hp);
        Some(Reporter { name: name?, relation: line(&form.hubungan), phone: phone? })
    }

    /// The village that files: known, and in the region of whoever files.
    pub(super) fn own_village(&mut self, key: &str, text: &str) -> Option<RegionCode> {
        let village = self.village(key, text)?;
        if !self.context.region.contains(&village) {
            return self.refuse(key, "Desa ini di luar wilayah kerja akun Bapak/Ibu. Permohonan diajukan oleh desa yang bersangkutan.");
        }
        Some(village)
    }

    fn village(&mut self, key: &str, text: &str) -> Option<RegionCode> {
        if text.trim().is_empty() {
            return self.refuse(key, "Mohon pilih desa atau kelurahan.");
        }
        let code = RegionCode::parse(text).ok().filter(|c| c.level() == RegionLevel::Village);
        let Some(code) = code else {
            return self.refuse(key, "Kode desa harus 10 angka, misalnya 33.25.01.2001. Mohon pilih desa dari daftar.");
        };
        if self.context.office.contains(&code) && !(self.context.known_village)(&code) {
            return self.refuse(key, "Kode desa ini tidak ada dalam daftar desa kabupaten. Mohon pilih desa dari daftar.");
        }
        Some(code)
    }

    pub(super) fn name(&mut self, key: &str, text: &str, whose: &str) -> Option<PersonName> {
        match PersonName::parse(text) {
            Ok(name) => Some(name),
            Err(NameFault::Empty) => self.refuse(key, &format!("Mohon isi nama {whose} seperti pada KTP atau KK. Satu kata pun boleh.")),
            Err(NameFault::TooLong(n)) => {
                self.refuse(key, &format!("Nama ini {n} huruf; paling banyak 120. Mohon tulis seperti pada KTP."))
            }
            Err(NameFault::Character(odd)) => self
                .refuse(key, &format!("Ada tanda \"{odd}\" pada nama. Mohon tulis nama dengan huruf Latin seperti pada KTP, tanpa angka.")),
        }
    }

    fn family_card(&mut self, key: &str, text: &str) -> Option<FamilyCard> {
        match FamilyCard::parse(text) {
            Ok(card) => Some(card),
            Err(NumberFault::Empty) => None,
            Err(fault) => self.refuse(key, &number_sentence("Nomor KK", &fault)),
        }
    }

    fn sex(&mut self, key: &str, text: &str) -> Option<Sex> {
        let sex = Sex::parse(text);
        if sex.is_none() && !text.trim().is_empty() {
            self.errors.push(key, "Mohon pilih laki-laki atau perempuan.");
        }
        sex
    }

    /// A date up to today; empty is `None` without complaint.
    fn past_date(&mut self, key: &str, text: &str, what: &str) -> Option<NaiveDate> {
        match parse_date(text) {
            Ok(date) if date > self.context.today => {
                self.refuse(key, &format!("{what} ({}) belum tiba. Mohon periksa tanggal dan tahunnya.", long_date(date)))
            }
            Ok(date) if date < NaiveDate::from_ymd_opt(1880, 1, 1).unwrap_or_default() => {
                self.refuse(key, &format!("{what} ({}) terlalu lama. Mohon periksa tahunnya.", long_date(date)))
            }
            Ok(date) => Some(date),
            Err(DateFault::Empty) => None,
            Err(DateFault::NoSuchDay) => {
                self.refuse(key, &format!("{what} itu tidak ada dalam kalender. Mohon periksa hari dan bulannya."))
            }
            Err(DateFault::Unreadable) => {
                self.refuse(key, &format!("{what} belum terbaca. Mohon tulis seperti 31-12-1960 (hari-bulan-tahun)."))
            }
        }
    }

    /// Digits with a leading 0; `+62` and `62` are the same as `0`. Empty stays empty.
    pub(super) fn phone(&mut self, key: &str, text: &str) -> Option<String> {
        let compact: String = text.chars().filter(|c| !is_spacer(*c) && !matches!(c, '(' | ')' | '/')).collect();
        if compact.is_empty() {
            return Some(String::new());
        }
        let local = compact.strip_prefix("+62").or_else(|| compact.strip_prefix("62")).unwrap_or(&compact);
        let digits = if local.starts_with('0') { local.to_owned() } else { format!("0{local}") };
        if PHONE_DIGITS.contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit()) {
            return Some(digits);
        }
        self.refuse(key, "Nomor telepon belum lengkap. Mohon tulis seperti 0812 3456 7890, atau kosongkan bila tidak ada.")
    }

    pub(super) fn refuse<T>(&mut self, key: &str, sentence: &str) -> Option<T> {
        self.errors.push(key, sentence);
        None
    }
}

pub(super) fn number_sentence(what: &str, fault: &NumberFault) -> String {
    match fault {
        NumberFault::Empty => format!("Mohon isi {what}."),
        NumberFault::NotDigits => {
            format!("{what} hanya berisi angka. Mohon periksa, mungkin ada huruf O atau I yang tertulis sebagai angka.")
        }
        NumberFault::Length(n) => format!("{what} harus 16 angka, di sini tertulis {n} angka. Mohon cocokkan dengan KTP atau KK."),
        NumberFault::Placeholder => {
            format!(
                "{what} ini nomor pengganti dari pendataan, bukan milik seseorang. Bila memang tidak punya NIK, kosongkan dan centang kotaknya."
            )
        }
    }
}

fn is_spacer(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | '\u{a0}' | '\u{2013}' | '\'')
}

/// One line of text with its white space folded.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
