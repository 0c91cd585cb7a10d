//! The words of the pages: titles of findings, what happens next, ready sentences.

use crate::domain::claim::State;
use crate::domain::crosscheck::FindingCode;
use crate::domain::payment::{NOT_COLLECTED, ReturnReason};
use crate::web::page::{Flash, Tone};

/// A finding in two or three words.
pub fn finding_title(code: FindingCode) -> &'static str {
    match code {
        FindingCode::NikTidakDitemukan => "NIK tidak ditemukan",
        FindingCode::NikTidakTersedia => "NIK tidak tersedia",
        FindingCode::NikSalahKetik => "NIK tampaknya salah ketik",
        FindingCode::NikTanggalBeda => "NIK dan tanggal lahir tidak selaras",
        FindingCode::NikGandaRegistri => "NIK ganda di data kependudukan",
        FindingCode::NamaVarian => "Ejaan nama berbeda",
        FindingCode::NamaBeda => "Nama berbeda",
        FindingCode::SudahMeninggalLama => "Tercatat meninggal lebih dahulu",
        FindingCode::KlaimGandaNik => "Sudah pernah diajukan",
        FindingCode::KlaimGandaMirip => "Mirip dengan permohonan lain",
        FindingCode::Lewat60Hari => "Lewat batas waktu",
        FindingCode::TglMeninggalMasaDepan => "Tanggal meninggal belum tiba",
        FindingCode::MeninggalSebelumLahir => "Meninggal sebelum lahir",
        FindingCode::AhliWarisAdalahAlmarhum => "Ahli waris sama dengan almarhum/almarhumah",
        FindingCode::AhliWarisSudahMeninggal => "Ahli waris tercatat meninggal",
        FindingCode::AhliWarisBukanKeluarga => "Ahli waris di KK lain",
        FindingCode::AhliWarisBerulang => "Ahli waris berulang",
        FindingCode::RekeningBanyakAhliWaris => "Rekening dipakai beberapa ahli waris",
        FindingCode::NamaRekeningBeda => "Nama rekening berbeda",
        FindingCode::BedaDesa => "Desa berbeda",
        FindingCode::LuarBatang => "Di luar kabupaten",
        FindingCode::TidakMiskin => "Bukti kurang mampu belum ada",
        FindingCode::PekerjaanDikecualikan => "Pekerjaan dikecualikan",
        FindingCode::SebabDikecualikan => "Sebab meninggal tidak termasuk",
        FindingCode::MasihHidup => "Ada kegiatan setelah tanggal meninggal",
        FindingCode::BatchMencurigakan => "Beberapa permohonan berpola sama",
        FindingCode::SumberTidakTerjangkau => "Sumber data belum dapat ditanya",
        FindingCode::KematianTerkonfirmasi => "Kematian terkonfirmasi",
        FindingCode::KematianBelumTercatat => "Kematian belum tercatat",
        FindingCode::DataSumberBeda => "Jawaban sumber data berbeda",
        FindingCode::DiLuarMasaProgram => "Di luar masa program",
        FindingCode::TglMeninggalBeda => "Tanggal meninggal berbeda dengan data",
        FindingCode::AktifSesudahMeninggal => "Masih tercatat menerima bantuan",
        FindingCode::UmurTidakWajar => "Umur tidak lazim",
        FindingCode::SantunanLain => "Ada santunan dari program lain",
        FindingCode::AhliWarisTidakAda => "Belum ada ahli waris",
        FindingCode::NikAhliWarisJanggal => "NIK ahli waris perlu dicocokkan",
        FindingCode::AhliWarisBelumDewasa => "Ahli waris belum dewasa",
        FindingCode::HubunganTidakDiterima => "Hubungan tidak termasuk ahli waris",
        FindingCode::HubunganTidakCocok => "Hubungan keluarga tidak cocok",
        FindingCode::AhliWarisLebihDekat => "Ada keluarga yang lebih dekat",
        FindingCode::AhliWarisPetugas => "Keluarga petugas",
        FindingCode::TeleponBersama => "Telepon dipakai beberapa ahli waris",
        FindingCode::RekeningAlmarhum => "Rekening milik almarhum/almarhumah",
        FindingCode::NamaRekeningTidakPersis => "Nama rekening tidak persis sama",
        FindingCode::TglSuratJanggal => "Tanggal surat kematian tidak runtut",
        FindingCode::NomorSuratGanda => "Nomor surat kematian sudah dipakai",
        FindingCode::NomorSuratTidakUrut => "Nomor surat kematian tidak urut",
        FindingCode::BerkasSama => "Berkas sama dengan permohonan lain",
        FindingCode::FotoSerupa => "Foto mirip dengan permohonan lain",
        FindingCode::LonjakanDesa => "Permohonan desa lebih banyak dari lazim",
        FindingCode::LonjakanPetugas => "Permohonan petugas lebih banyak dari lazim",
        FindingCode::KuasaTidakDiatur => "Pengambilan oleh kuasa belum diatur",
        FindingCode::KuasaTanpaSurat => "Surat kuasa belum ada",
        FindingCode::KuasaPetugas => "Penerima kuasa seorang petugas",
        FindingCode::KuasaBerulang => "Penerima kuasa untuk banyak keluarga",
        FindingCode::WakilJanggal => "Data kuasa atau wali tidak cocok",
        FindingCode::LamaTinggalKurang => "Belum cukup lama tinggal",
        FindingCode::LamaTinggalTidakDiperiksa => "Lama tinggal belum dapat diperiksa",
        FindingCode::SeringHariTerakhir => "Sering diajukan pada hari terakhir",
        FindingCode::BeruntunSemenit => "Diajukan beruntun",
        FindingCode::DiajukanMalam => "Diajukan di luar jam lazim",
    }
}

/// What happens next, and by whom.
pub fn next_step(state: State) -> &'static str {
    match state {
        State::Submitted => "Kepala desa/lurah mengesahkan",
        State::Endorsed => "Verifikator Dinas Sosial memeriksa",
        State::Verified => "Kepala Dinas Sosial memutuskan",
        State::Approved => "Bendahara membentuk SK penetapan",
        State::Waiting => "Menunggu anggaran tersedia",
        State::Returned => "Operator desa memperbaiki dan mengirim kembali",
        State::OnHold => "Menunggu kejelasan; dilanjutkan oleh Dinas Sosial",
        State::Decreed => "Bendahara membayarkan",
        State::Paid | State::Rejected | State::Withdrawn | State::Annulled => "Selesai",
    }
}

/// Ready sentences for a return: what is wrong, and what to do about it.
pub fn ready_faults() -> [&'static str; 7] {
    [
        "Foto berkas belum terbaca -> Mohon difoto ulang dengan lebih terang dan tidak terpotong.",
        "Surat keterangan kematian belum dilampirkan -> Mohon dilampirkan surat dari desa atau kelurahan.",
        "NIK atau nama berbeda dengan kartu keluarga -> Mohon dicocokkan dengan KK asli lalu diperbaiki.",
        "Nomor rekening berbeda dengan buku rekening -> Mohon dicocokkan dengan halaman depan buku rekening.",
        "Nama pemilik rekening bukan ahli waris -> Mohon gunakan rekening ahli waris, atau pilih terima tunai.",
        "Hubungan ahli waris belum terbukti -> Mohon dilampirkan surat pernyataan ahli waris.",
        "Bukti keluarga kurang mampu belum ada -> Mohon dilampirkan surat keterangan tidak mampu dengan foto rumah.",
    ]
}

/// The sentence after an act, by the code in the address.
pub fn flash(code: Option<&str>) -> Option<Flash> {
    let (tone, text) = match code? {
        "endorse" => (Tone::Good, "Permohonan sudah disahkan dan diteruskan ke Dinas Sosial."),
        "return" => (Tone::Good, "Permohonan sudah dikembalikan ke desa, beserta surat pengembalian."),
        "resubmit" => (Tone::Good, "Perbaikan sudah dikirim. Tanggal pengajuan tetap."),
        "verify" => (Tone::Good, "Verifikasi sudah dicatat dan diteruskan kepada Kepala Dinas."),
        "approve" => (Tone::Good, "Persetujuan sudah dicatat dan anggarannya sudah diikat."),
        "queue" => {
            (Tone::Attention, "Uangnya belum dapat dijanjikan sekarang. Permohonan disetujui dan masuk daftar tunggu menurut urutan.")
        }
        "reject" => (Tone::Good, "Penolakan sudah dicatat. Surat penolakan siap dicetak."),
        "hold" => (Tone::Good, "Permohonan ditunda. Alasannya tercatat pada perjalanan permohonan."),
        "resume" => (Tone::Good, "Permohonan dilanjutkan dari tahap sebelumnya."),
        "withdraw" => (Tone::Good, "Permohonan sudah ditarik."),
        "annul" => (Tone::Good, "Permohonan sudah dibatalkan. Uangnya tercatat pada tempatnya."),
        "identity" => (Tone::Good, "Jawaban sudah dicatat dan temuan sudah dihitung ulang."),
        "decree" => (Tone::Good, "SK penetapan sudah dibentuk. Daftarnya terkunci."),
        "decree_signed" => (Tone::Good, "Tanggal tanda tangan SK sudah dicatat. Perintah bayar dapat dibuat."),
        "order" => (Tone::Good, "Perintah bayar sudah dibuat. Orang kedua memeriksa, orang ketiga melepas."),
        "order_paper" => (Tone::Good, "Surat dari SIPD sudah dicatat; nilainya sama dengan perintah bayar."),
        "order_check" => (Tone::Good, "Perintah bayar sudah diperiksa. Orang ketiga dapat melepasnya."),
        "order_release" => (Tone::Good, "Perintah bayar sudah dilepas. Berkas bank dibekukan; kuitansi dan pemberitahuan siap dicetak."),
        "order_cancel" => (Tone::Good, "Perintah bayar dibatalkan. Nomornya tetap terpakai; uangnya kembali pada SK."),
        "budget_line" => (Tone::Good, "Mata anggaran sudah ditambahkan."),
        "budget_revised" => (Tone::Good, "Perubahan pagu sudah dicatat. Bila ada yang menunggu, Kepala Dinas dapat melepas daftar tunggu."),
        "budget_announced" => {
            (Tone::Good, "Perkiraan perubahan anggaran sudah dicatat. Keluarga yang menunggu membacanya pada halaman status.")
        }
        "programme_suspended" => (Tone::Good, "Program dihentikan sementara. Pengumumannya tampil di halaman muka dan formulir."),
        "programme_resumed" => (Tone::Good, "Program dibuka kembali. Daftar tunggu dapat dilepas."),
        "year_asked" => (Tone::Good, "Pengajuan dicatat. Orang kedua di bagian keuangan mengesahkannya."),
        "year_done" => (Tone::Good, "Sudah dilakukan dan dibukukan. Hasilnya tercatat di bawah."),
        "year_withdrawn" => (Tone::Plain, "Pengajuan ditarik. Tidak ada yang berubah."),
        "budget_limit" => (Tone::Good, "Batas peringatan sudah diubah. Pagu dan janji tidak berubah."),
        "spj_attached" => (Tone::Good, "Pindaian sudah dilampirkan pada pembayaran ini."),
        "stop_list_made" => {
            (Tone::Good, "Daftar henti sudah dibuat dan dibekukan. Ambil berkasnya di bawah, lalu kirimkan kepada penerimanya.")
        }
        cash if cash.starts_with("cash_") => after_cash(cash)?,
        "order_close" => (Tone::Good, "Perintah bayar sudah ditutup. Semua pembayarannya sudah ada jawabannya."),
        "order_answer" => (Tone::Good, "Hasil pembayaran sudah dicatat beserta buktinya."),
        "report" => (Tone::Good, "Laporan bank sudah diimpor. Yang jelas sudah dibukukan; sisanya menunggu dilihat."),
        "report_again" => (Tone::Plain, "Berkas yang sama sudah pernah diimpor. Tidak ada yang berubah."),
        "report_line" => (Tone::Good, "Jawaban atas baris itu sudah dicatat beserta alasannya."),
        "correction" => (Tone::Good, "Usulan koreksi sudah dicatat. Kepala Dinas memutuskan."),
        "correction_yes" => (Tone::Good, "Koreksi disetujui. Bagian keuangan dapat membuat perintah bayar ulang."),
        "correction_no" => (Tone::Good, "Koreksi ditolak. Alasannya tercatat; usulan baru dapat diajukan."),
        "profile" => (Tone::Good, "Profil bank sudah disimpan dan langsung dipakai."),
        "waive" => (Tone::Good, "Keterlambatan diterima. Nama dan alasannya tercatat pada temuan."),
        "register" => (Tone::Good, "Data warga sudah diterapkan dan dipakai untuk pemeriksaan permohonan."),
        "mapping" => (Tone::Good, "Pemetaan kolom sudah disimpan dan langsung dipakai untuk berkas berikutnya."),
        "register_dropped" => (Tone::Plain, "Berkas dibuang. Data warga tidak berubah."),
        "task_again" => (Tone::Good, "Dicoba lagi. Hasilnya tampak di sini dalam beberapa menit."),
        "task_closed" => (Tone::Good, "Pekerjaan ditutup. Nama dan alasan Bapak/Ibu tercatat."),
        "bye" => (Tone::Plain, "Bapak/Ibu sudah keluar."),
        other => return undone(other),
    };
    Some(Flash { tone, text: text.to_owned() })
}

/// The sentences of what is done after the fact.
fn undone(code: &str) -> Option<Flash> {
    let (tone, text) = match code {
        "amendment" => (Tone::Good, "Usulan SK perubahan sudah dicatat. Kepala Dinas mengunci atau menolaknya."),
        "amendment_locked" => {
            (Tone::Good, "SK perubahan sudah dikunci. Cetak, mintakan tanda tangan, lalu catat tanggalnya di halaman Keuangan.")
        }
        "amendment_withdrawn" => (Tone::Plain, "Usulan ditarik. Tidak ada yang berubah pada SK."),
        "annulment_asked" => (Tone::Good, "Permintaan pembatalan sudah dicatat. Uangnya ditahan sampai Kepala Dinas memutus."),
        "annulment_refused" => (Tone::Good, "Permintaan ditolak. Permohonan berjalan seperti semula."),
        "recovery_opened" => (Tone::Attention, "Permohonan dibatalkan. Uangnya harus kembali: sepakati rencana angsurannya di sini."),
        "recovery_plan" => (Tone::Good, "Rencana angsuran sudah dicatat. Surat permintaan pengembalian siap dicetak."),
        "recovery_part" => (Tone::Good, "Setoran sudah dicatat. Bukti angsuran siap dicetak untuk yang menyetor."),
        "recovery_void" => (Tone::Good, "Catatan yang salah sudah dibalik dengan jurnal baru. Catat setoran yang benar bila perlu."),
        _ => return None,
    };
    Some(Flash { tone, text: text.to_owned() })
}

/// The sentence after an act at the counter, in the cash book or with a deposit.
fn after_cash(code: &str) -> Option<(Tone, &'static str)> {
    Some(match code {
        "cash_day" => (Tone::Good, "Hari pengambilan sudah dibuat. Desa menerima daftar undangannya lewat surat elektronik."),
        "cash_day_closed" => (Tone::Good, "Hari pengambilan ditutup. Yang tidak datang dapat diundang lagi."),
        "cash_given" => (Tone::Good, "Penyerahan sudah dicatat pada kuitansi, buku kas, dan permohonan."),
        "cash_undone" => (Tone::Good, "Penyerahan dibatalkan. Uangnya tercatat kembali di kas dan dibayarkan lewat perintah bayar baru."),
        "cash_next_heir" => {
            (Tone::Good, "Ahli waris pengganti sudah diusulkan. Kepala Dinas memutus di halaman Retur; uangnya tetap di kas.")
        }
        "cash_unclaimed" => {
            (Tone::Good, "Uang yang tidak diambil sudah dicatat kembali. Setorkan ke kas daerah, lalu catat STS-nya di sini.")
        }
        "cash_counted" => (Tone::Good, "Uang sama dengan buku. Buku kas hari itu sudah ditutup."),
        "cash_explained" => (Tone::Good, "Selisih sudah dijelaskan dan buku kas hari itu ditutup."),
        "cash_deposited" => (Tone::Good, "STS sudah dicatat; nilainya sama dengan pembayaran yang dipilih."),
        "cash_redrawn" => (Tone::Good, "Uang diambil lagi dari kas daerah dan menunggu perintah bayar baru."),
        _ => return None,
    })
}

/// Why a payment came back, in words; a bank's own text as it is.
pub fn why_returned(code: &str) -> String {
    match ReturnReason::from_code(code) {
        Some(why) => why.sentence(),
        None if code == NOT_COLLECTED => "tidak diambil di loket".to_owned(),
        None => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::claim::Step;

    #[test]
    fn every_step_has_its_sentence_afterwards() {
        for step in Step::ALL.into_iter().filter(|step| !matches!(step, Step::Strike | Step::Pay | Step::Reverse)) {
            assert!(flash(Some(step.code())).is_some(), "{step}");
        }
        assert_eq!(flash(Some("<script>")), None);
    }

    #[test]
    fn a_ready_sentence_says_what_is_wrong_and_what_to_do() {
        assert!(ready_faults().iter().all(|sentence| sentence.contains(" -> ")));
    }
}
