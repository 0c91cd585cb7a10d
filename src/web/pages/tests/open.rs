//! Pages for everybody.

use super::*;

pub(super) fn landing() -> LandingPage {
    LandingPage {
        shell: public("Beranda"),
        amount: "Rp1.000.000".into(),
        notice: "Anggaran tahun ini sudah habis. Permohonan tetap diterima dan dicatat menurut urutan.".into(),
        deadline: "60 hari kalender setelah hari meninggal".into(),
        documents: DocumentKind::ALL.iter().map(|d| d.label().to_owned()).collect(),
        cases: vec!["Bila diwakilkan kepada orang lain".into()],
        relations: Relation::ALL.iter().map(|r| r.label()).collect(),
    }
}

pub(super) fn requirements() -> RequirementsPage {
    RequirementsPage {
        shell: public("Syarat santunan"),
        notice: String::new(),
        amount: "Rp1.000.000".into(),
        other_amounts: vec!["Rp2.500.000 bila meninggal karena kecelakaan".into()],
        deadline: "60 hari kalender setelah hari meninggal".into(),
        example: "Misalnya meninggal 22 Juni 2026: permohonan diterima sampai 21 Agustus 2026 pukul 23.59 WIB.".into(),
        residence: "Kabupaten Batang, sedikitnya 6 bulan".into(),
        routes: vec![RouteView {
            words: "Almarhum/almarhumah tercatat pada desil 1 sampai 4".into(),
            decided_by: "Verifikator Dinas Sosial",
        }],
        papers: DocumentKind::ALL.iter().map(|d| d.label().to_owned()).collect(),
        cases: vec![CasePapers { title: "Bila diwakilkan kepada orang lain".into(), papers: vec!["Surat kuasa bermeterai".into()] }],
        relations: Relation::ALL.iter().map(|r| r.label()).collect(),
        no_heir: vec!["Ketua RT".into()],
        excluded: vec!["KEPOLISIAN RI (POLRI)".into()],
        legal_basis: "Peraturan Bupati".into(),
        assumptions: vec!["Batas dihitung sebagai hari kalender.".into()],
    }
}

pub(super) fn status() -> StatusPage {
    let stage = |label: &str, class| Stage { label: label.into(), when: "22 Juni 2026".into(), class };
    StatusPage {
        shell: public("Status permohonan"),
        errors: FieldErrors::default(),
        code: "BTG-7K4M-2Q9X".into(),
        found: Some(PublicClaim {
            code: "BTG-7K4M-2Q9X".into(),
            chip: Chip::of_state(State::Endorsed),
            late: "Almarhumah",
            initials: "S. N. H.".into(),
            filed: "22 Juni 2026".into(),
            explanation: "Kepala desa sudah mengesahkan. Petugas Dinas Sosial sedang memeriksa berkas.".into(),
            stages: vec![
                stage("Diajukan", "done"),
                stage("Disahkan kepala desa", "done"),
                stage("Diperiksa Dinas Sosial", "now"),
                stage("Dibayarkan", "todo"),
            ],
            next: "Menunggu keputusan Dinas Sosial. Keluarga tidak perlu melakukan apa pun.".into(),
            ask: "Balai Desa Wonobodro, atau Dinas Sosial (0285) 391 000.".into(),
        }),
    }
}

pub(super) fn letter_check() -> LetterCheckPage {
    LetterCheckPage {
        shell: public("Periksa keaslian surat"),
        errors: FieldErrors::one("kode", "Ada huruf atau angka yang keliru pada kode surat."),
        code: "7K4M-2Q9X-H3TV-W0".into(),
        refusal: "Berkas ini TIDAK ASLI: isinya telah diubah setelah diterbitkan.".into(),
        found: Some(LetterView {
            chip: Chip::new("Terdaftar dan berlaku", Tone::Good),
            sentence: "Surat dengan kode ini diterbitkan oleh kantor kami dan masih berlaku.".into(),
            facts: vec![Fact::new("Jenis surat", "Kuitansi"), Fact::new("Nomor", "900/0012/KUITANSI/DINSOS-P3AKB/VI/2026")],
            is_file: false,
        }),
    }
}

pub(super) fn login() -> LoginPage {
    LoginPage {
        shell: public("Masuk"),
        refusal: Some("Nama pengguna atau kata sandi belum cocok. Mohon coba lagi.".into()),
        username: "op.wonobodro".into(),
        next: String::new(),
    }
}

pub(super) fn problem() -> ProblemPage {
    ProblemPage {
        shell: public("Halaman tidak ditemukan"),
        message: "Halaman atau permohonan ini tidak ditemukan, atau bukan bagian dari wilayah kerja Bapak/Ibu.".into(),
        cures: vec!["Mohon periksa kembali alamat atau kodenya.".into()],
        request_id: "0198-77aa".into(),
    }
}
