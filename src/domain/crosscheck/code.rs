//! The codes of everything that can be found, with how much each usually weighs.

use serde::{Deserialize, Serialize};

use super::finding::Severity;

/// The one list of codes: name, written form, usual weight, and whether programs outside know it.
macro_rules! codes {
    ($($name:ident $text:literal $severity:ident $reach:ident),* $(,)?) => {
        /// What was found. The written form is the code outside programs know.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "each code stands in the finding's own sentence and in docs/panduan-pemeriksaan.md")]
        pub enum FindingCode {
            $(#[serde(rename = $text)] $name,)*
        }

        impl FindingCode {
            /// Every code, in the order findings are shown.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The written form, as in files, JSON and the database.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// How much it weighs unless the office's policy says otherwise.
            pub fn usual_severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            fn reach(self) -> Reach {
                match self { $(Self::$name => Reach::$reach,)* }
            }
        }
    };
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Public,
    Signal,
}

codes! {
    NikTidakDitemukan "NIK_TIDAK_DITEMUKAN" Review Public,
    NikTidakTersedia "NIK_TIDAK_TERSEDIA" Review Public,
    NikSalahKetik "NIK_SALAH_KETIK" Review Public,
    NikTanggalBeda "NIK_TANGGAL_BEDA" Note Public,
    NikGandaRegistri "NIK_GANDA_REGISTRI" Note Public,
    NamaVarian "NAMA_VARIAN" Note Public,
    NamaBeda "NAMA_BEDA" Review Public,
    SudahMeninggalLama "SUDAH_MENINGGAL_LAMA" Block Public,
    KlaimGandaNik "KLAIM_GANDA_NIK" Block Public,
    KlaimGandaMirip "KLAIM_GANDA_MIRIP" Review Public,
    Lewat60Hari "LEWAT_60_HARI" Block Public,
    TglMeninggalMasaDepan "TGL_MENINGGAL_MASA_DEPAN" Block Public,
    MeninggalSebelumLahir "MENINGGAL_SEBELUM_LAHIR" Block Public,
    AhliWarisAdalahAlmarhum "AHLI_WARIS_ADALAH_ALMARHUM" Block Public,
    AhliWarisSudahMeninggal "AHLI_WARIS_SUDAH_MENINGGAL" Review Public,
    AhliWarisBukanKeluarga "AHLI_WARIS_BUKAN_KELUARGA" Review Public,
    AhliWarisBerulang "AHLI_WARIS_BERULANG" Review Public,
    RekeningBanyakAhliWaris "REKENING_BANYAK_AHLI_WARIS" Review Public,
    NamaRekeningBeda "NAMA_REKENING_BEDA" Review Public,
    BedaDesa "BEDA_DESA" Review Public,
    LuarBatang "LUAR_BATANG" Block Public,
    TidakMiskin "TIDAK_MISKIN" Block Public,
    PekerjaanDikecualikan "PEKERJAAN_DIKECUALIKAN" Block Public,
    MasihHidup "MASIH_HIDUP" Review Public,
    BatchMencurigakan "BATCH_MENCURIGAKAN" Review Public,
    SumberTidakTerjangkau "SUMBER_TIDAK_TERJANGKAU" Note Signal,
    KematianTerkonfirmasi "KEMATIAN_TERKONFIRMASI" Note Signal,
    KematianBelumTercatat "KEMATIAN_BELUM_TERCATAT" Note Signal,
    DataSumberBeda "DATA_SUMBER_BEDA" Review Signal,
    SebabDikecualikan "SEBAB_DIKECUALIKAN" Block Signal,
    LamaTinggalKurang "LAMA_TINGGAL_KURANG" Note Signal,
    LamaTinggalTidakDiperiksa "LAMA_TINGGAL_TIDAK_DIPERIKSA" Note Signal,
    DiLuarMasaProgram "DI_LUAR_MASA_PROGRAM" Block Signal,
    TglMeninggalBeda "TGL_MENINGGAL_BEDA" Note Signal,
    AktifSesudahMeninggal "AKTIF_SESUDAH_MENINGGAL" Note Signal,
    UmurTidakWajar "UMUR_TIDAK_WAJAR" Note Signal,
    SantunanLain "SANTUNAN_LAIN" Note Signal,
    AhliWarisTidakAda "AHLI_WARIS_TIDAK_ADA" Note Signal,
    NikAhliWarisJanggal "NIK_AHLI_WARIS_JANGGAL" Note Signal,
    AhliWarisBelumDewasa "AHLI_WARIS_BELUM_DEWASA" Note Signal,
    KuasaTidakDiatur "KUASA_TIDAK_DIATUR" Note Signal,
    KuasaTanpaSurat "KUASA_TANPA_SURAT" Note Signal,
    KuasaPetugas "KUASA_PETUGAS" Review Signal,
    KuasaBerulang "KUASA_BERULANG" Note Signal,
    WakilJanggal "WAKIL_JANGGAL" Note Signal,
    HubunganTidakDiterima "HUBUNGAN_TIDAK_DITERIMA" Review Signal,
    HubunganTidakCocok "HUBUNGAN_TIDAK_COCOK" Note Signal,
    AhliWarisLebihDekat "AHLI_WARIS_LEBIH_DEKAT" Note Signal,
    AhliWarisPetugas "AHLI_WARIS_PETUGAS" Review Signal,
    TeleponBersama "TELEPON_BERSAMA" Note Signal,
    RekeningAlmarhum "REKENING_ALMARHUM" Note Signal,
    NamaRekeningTidakPersis "NAMA_REKENING_TIDAK_PERSIS" Note Signal,
    TglSuratJanggal "TGL_SURAT_JANGGAL" Review Signal,
    NomorSuratGanda "NOMOR_SURAT_GANDA" Note Signal,
    NomorSuratTidakUrut "NOMOR_SURAT_TIDAK_URUT" Note Signal,
    BerkasSama "BERKAS_SAMA" Review Signal,
    FotoSerupa "FOTO_SERUPA" Note Signal,
    LonjakanDesa "LONJAKAN_DESA" Note Signal,
    LonjakanPetugas "LONJAKAN_PETUGAS" Note Signal,
    SeringHariTerakhir "SERING_HARI_TERAKHIR" Note Signal,
    BeruntunSemenit "BERUNTUN_SEMENIT" Note Signal,
    DiajukanMalam "DIAJUKAN_MALAM" Note Signal,
}

impl FindingCode {
    /// Whether programs outside this house know the code: they get it among the findings, every other one among the signals.
    pub fn is_public(self) -> bool {
        self.reach() == Reach::Public
    }

    /// Reads the written form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}
