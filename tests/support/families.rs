//! A dozen invented families: the deceased, the child who inherits, one family card, one account.
//!
//! The serials of their numbers (91xx and up) were never given out.

/// Name of the deceased, of the heir, of the deceased's mother.
const NAMES: [(&str, &str, &str); 12] = [
    ("WIRYO SUMARTO", "SUPINAH", "KASINEM"),
    ("DARSONO", "ENDAH PURWANTI", "MUKIYEM"),
    ("TASLIM HADI", "ROFIATUN", "WAGINAH"),
    ("BEJO PRANOTO", "YULIANA SARI", "SARTINI"),
    ("MARGONO", "TUTIK HANDAYANI", "JUMINTEN"),
    ("KARTAWI", "LILIS SURYANI", "DASMIRAH"),
    ("PONIMAN", "NURUL FADILAH", "TUMINAH"),
    ("GHOFUR ROHMAN", "INDAH LESTARI", "SITI ASIYAH"),
    ("ZAENURI", "FITRI ANGGRAINI", "MUTMAINAH"),
    ("CASMADI", "WINARSIH", "RUBIYAH"),
    ("HERU NUGRAHA", "OKTAVIANI", "LASTRI"),
    ("ABDUL JALIL", "KHOIRIYAH", "UMI KULSUM"),
];

/// Everything that is written about one family.
pub struct Family {
    pub deceased: &'static str,
    pub heir: &'static str,
    pub mother: &'static str,
    pub deceased_nik: String,
    pub deceased_born: String,
    pub heir_nik: String,
    pub card: String,
    pub account: String,
}

/// The family with a number below twelve.
pub fn family(number: usize) -> Family {
    let (deceased, heir, mother) = NAMES[number];
    Family {
        deceased,
        heir,
        mother,
        deceased_nik: format!("332501{:02}035091{number:02}", 10 + number),
        deceased_born: format!("1950-03-{:02}", 10 + number),
        heir_nik: format!("332501{:02}067592{number:02}", 50 + number),
        card: format!("33250101011093{number:02}"),
        account: format!("59550000{:07}", 1_234_567 + 7_919 * number),
    }
}

/// All of them as a register file.
pub fn register() -> String {
    let head = "id_dtsen,nik,no_kk,nama,tgl_lahir,jenis_kelamin,shdk,pekerjaan,nama_ibu,alamat,rt,rw,kode_desa,desil,status\n";
    let rows = (0..NAMES.len()).map(|number| {
        let f = family(number);
        let home = "DUKUH GONDANG,006,002,33.25.01.2006,2,HIDUP";
        format!(
            "UJI{number:02}A,{},{},{},{},L,KEPALA KELUARGA,PETANI/PEKEBUN,{},{home}\nUJI{number:02}B,{},{},{},1975-06-{:02},P,ANAK,PEDAGANG,{},{home}\n",
            f.deceased_nik, f.card, f.deceased, f.deceased_born, f.mother, f.heir_nik, f.card, f.heir, 10 + number, "SUMIATI"
        )
    });
    head.to_owned() + &rows.collect::<String>()
}
