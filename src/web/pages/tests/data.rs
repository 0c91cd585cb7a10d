//! Data of residents and what has to be looked at.

use super::*;

pub(super) fn register() -> RegisterPage {
    RegisterPage {
        shell: shell("Data warga", Role::Verifier, "/data-warga"),
        errors: FieldErrors::default(),
        refusal: None,
        file_key: "berkas",
        faults: vec!["baris 3: isian \"warna\" tidak dikenal; yang dikenal: id_dtsen, nik, no_kk, nama".into()],
        new_columns: vec!["Kunci".into(), "Sebutan".into()],
        mapping_key: "berkas_pemetaan",
        mappings: vec![
            MappingView {
                name: "Puskesos Kabupaten Batang".into(),
                from: "milik kantor, puskesos-kabupaten-batang.toml".into(),
                faults: vec![],
            },
            MappingView { name: "rusak.toml".into(), from: "milik kantor".into(), faults: vec!["baris 1: nama pengirim belum ada".into()] },
            MappingView { name: "DTSEN".into(), from: "bawaan".into(), faults: vec![] },
        ],
        preview: Some(PreviewView {
            name: "DTSEN Kabupaten Batang triwulan II 2026 (salinan terakhir, sudah dirapikan).csv".into(),
            sha256: "ab12".into(),
            recognised: vec![Fact::new("Bentuk berkas", "teks Windows-1252, pemisah \";\""), Fact::new("Pemetaan kolom", "DTSEN")],
            columns: vec![Fact::new("Tempat, Tgl Lahir", "tmp_tgl_lahir")],
            unknown: "Golongan, Warna rumah".into(),
            all_columns: vec!["NIK".into(), "Golongan".into()],
            counts: vec![Fact::new("Diterima", "829411"), Fact::new("Disisihkan", "12")],
            advice: "3 baris NIK-nya tidak terbaca: ekspor ulang sebagai CSV.".into(),
            aside: vec![AsideView { row: 12, fate: "diterima", reason: "nik: NIK harus 16 angka, tertulis 15".into() }],
            already: String::new(),
            source: "DTSEN".into(),
            date: "01-04-2026".into(),
        }),
        releases: vec![ReleaseView {
            source: "DTSEN".into(),
            date: "1 Januari 2026".into(),
            file: "dtsen.csv".into(),
            accepted: 829_411,
            set_aside: 12,
            when: "2 Januari 2026 pukul 08.10 WIB".into(),
        }],
    }
}

pub(super) fn attention() -> AttentionPage {
    let task = |id: &str, what, state, claim: bool| TaskView {
        id: id.into(),
        what,
        state,
        claim: claim.then(|| Link {
            href: "/permohonan/BTG-7K4M-2Q9X".into(),
            label: "BTG-7K4M-2Q9X".into(),
            value: "Wonobodro, Kec. Blado".into(),
        }),
        cause: "data warga baru".into(),
        tries: "Sejak 22 Juni 2026 pukul 08.10 WIB, sudah 8 kali dicoba.".into(),
        error: "Sumber data menolak akun kantor; laporkan kepada pengelola sistem.".into(),
        key: format!("alasan_{id}"),
        typed: String::new(),
        open: id == "b",
    };
    AttentionPage {
        shell: shell("Yang perlu dilihat", Role::Verifier, "/perhatian"),
        errors: FieldErrors::one("alasan_b", "Mohon tuliskan mengapa pekerjaan ini tidak perlu lagi, paling sedikit 10 huruf."),
        refusal: None,
        alerts: queue().alerts,
        tasks: vec![
            task("a", "Menanyakan data ke sumber lain", Chip::new("Dicoba lagi sendiri", Tone::Attention), true),
            task("b", "Memeriksa ulang semua permohonan", Chip::new("Berhenti", Tone::Bad), false),
        ],
        may_act: true,
    }
}

pub(super) fn disputes() -> DisputesPage {
    let side = |value: &str, by: &str| (value.to_owned(), by.to_owned());
    let person = |names: &str| DisputeView {
        nik: "332501******0001".into(),
        names: names.into(),
        fields: vec![
            DisputedField {
                label: "Nama",
                sides: vec![side(LONG, "DTSEN 01-04-2026"), side("SITI NUR HIDAYATI", "Dukcapil 01-05-2026, Dukcapil 01-02-2026")],
            },
            DisputedField { label: "Keadaan", sides: vec![side("HIDUP", "DTSEN 01-04-2026"), side("MENINGGAL", "permohonan 22-03-2026")] },
            DisputedField { label: "Desil", sides: vec![side("2", "a"), side("3", "b"), side("9", "c")] },
        ],
        claims: vec![Link { href: "/x".into(), label: "BTG-7K4M-2Q9X".into(), value: String::new() }],
    };
    DisputesPage {
        shell: shell("Data yang berbeda", Role::Verifier, "/perhatian"),
        villages: vec![Choice::new("33.25.01.2006", "Wonotunggal, Kec. Wonotunggal")],
        people: vec![person(LONG), person("SUPARJO / SUPARDJO")],
        more: Some("/x".into()),
        back: Some("/x".into()),
    }
}
