//! Lists, forms and the page of one claim.

use super::*;

pub(super) fn rows() -> Vec<ClaimRow> {
    let states = [State::Endorsed, State::Returned, State::Submitted, State::Paid, State::Rejected, State::Waiting];
    let verdicts = [Verdict::Eligible, Verdict::NeedsReview, Verdict::Ineligible];
    states
        .iter()
        .zip(verdicts.iter().cycle())
        .enumerate()
        .map(|(i, (state, verdict))| ClaimRow {
            code: format!("BTG-7K4M-2Q9{i}"),
            deceased: if i == 1 { LONG.into() } else { "SUPARMI".into() },
            heir: "SLAMET RIYADI".into(),
            village: "Wonobodro, Kec. Blado".into(),
            died: "21-06-2026".into(),
            state: Chip::of_state(*state),
            verdict: Chip::of_verdict(*verdict),
            next: "Verifikator Dinas Sosial memeriksa berkas".into(),
            waiting: format!("{} hari", i + 2),
            late: i == 0,
            deadline: if i == 0 { "terlambat 3 hari, batasnya 21 Agustus 2026".into() } else { String::new() },
        })
        .collect()
}

pub(super) fn queue() -> QueuePage {
    let stat = |value: &str, label: &str, current| Stat { value: value.into(), label: label.into(), href: "/beranda".into(), current };
    QueuePage {
        shell: shell("Antrean verifikasi", Role::Verifier, "/beranda"),
        intro: "Yang paling lama menunggu berada di atas.".into(),
        alerts: vec![AlertView {
            code: "BTG-7K4M-2Q9X".into(),
            deceased: LONG.into(),
            payee: LONG.into(),
            told: "meninggal 12-06-2026".into(),
            source: "DTSEN, 01-06-2026".into(),
            todo: "Belum masuk SK: Kepala Dinas menunda atau membatalkan persetujuan, lalu keluarga menunjuk ahli waris lain.",
        }],
        action: None,
        stats: vec![
            stat("18", "Menunggu verifikasi", true),
            stat("11", "Sesuai", false),
            stat("5", "Perlu diperiksa", false),
            stat("2", "Tidak memenuhi aturan", false),
        ],
        budget: None,
        rows: rows(),
        search: String::new(),
        path: "/beranda",
        empty: String::new(),
        more: Some("/beranda?mulai=50".into()),
    }
}

pub(super) fn desk() -> QueuePage {
    QueuePage {
        shell: shell("Beranda", Role::Operator, "/beranda")
            .with_flash(Some(Flash { tone: Tone::Good, text: "Permohonan BTG-7K4M-2Q90 sudah dikirim kembali.".into() })),
        intro: "Permohonan santunan dari Desa Wonobodro.".into(),
        action: Some(Link { href: "/permohonan/baru".into(), label: "Permohonan baru".into(), value: String::new() }),
        ..queue()
    }
}

pub(super) fn empty_queue() -> QueuePage {
    QueuePage {
        shell: shell("Antrean persetujuan", Role::Approver, "/beranda"),
        budget: Some(budget()),
        rows: Vec::new(),
        empty: "Permohonan yang sudah diverifikasi akan muncul di sini.".into(),
        more: None,
        stats: Vec::new(),
        ..queue()
    }
}

pub(super) fn claim_form() -> ClaimFormPage {
    let mut errors = FieldErrors::one("almarhum.nik", "NIK harus 16 angka, di sini tertulis 15 angka. Mohon cocokkan dengan KTP atau KK.");
    errors.push("tgl_meninggal", "Tanggal meninggal itu tidak ada dalam kalender. Mohon periksa hari dan bulannya.");
    errors.push("ahli_waris[0].hubungan", "Mohon pilih hubungan ahli waris dengan almarhum/almarhumah.");
    errors.push("berkas.kk", "Berkas ini kosong (0 byte). Mohon pilih berkas yang benar.");
    ClaimFormPage {
        shell: shell("Permohonan baru", Role::Operator, "/permohonan/baru"),
        intro: "Mulailah dari NIK almarhum/almarhumah; isian lain akan dibantu dari data kependudukan.".into(),
        action: "/permohonan/baru".into(),
        cancel: "/beranda".into(),
        version: String::new(),
        form: ClaimForm {
            almarhum: DeceasedForm {
                nik: "332501410745001".into(),
                nama: LONG.into(),
                kode_desa: "33.25.02.2004".into(),
                ..Default::default()
            },
            tgl_meninggal: "31-02-2026".into(),
            ahli_waris: vec![HeirForm { nama: "SLAMET RIYADI".into(), ..Default::default() }, HeirForm::default(), HeirForm::default()],
            cara_bayar: "bank".into(),
            kode_desa_pengaju: "33.25.02.2004".into(),
            ..Default::default()
        },
        errors,
        repair: vec!["Foto kartu keluarga belum terbaca. Mohon difoto ulang dengan lebih terang.".into()],
        lookup: Some(Lookup {
            tone: Tone::Good,
            text: "Data ditemukan dan sudah diisikan. Mohon cocokkan dengan KTP atau KK yang dibawa keluarga.".into(),
        }),
        family: ["SLAMET RIYADI", LONG]
            .iter()
            .enumerate()
            .map(|(i, name)| FamilyMember {
                value: i.to_string(),
                name: (*name).into(),
                about: "Anak, 44 tahun, NIK 332502******0003".into(),
            })
            .collect(),
        chosen: "0".into(),
        sexes: vec![Choice::new("L", "Laki-laki"), Choice::new("P", "Perempuan")],
        relations: Relation::ALL.iter().map(|r| Choice::new(r.code(), r.label())).collect(),
        villages: vec![Choice::new("33.25.02.2004", "Wonobodro, Kec. Blado")],
        villages_own: vec![Choice::new("33.25.02.2004", "Wonobodro, Kec. Blado")],
        parts: StandInParts { proxy: true, guardian: true, no_heir: "Yang dapat menerima: ketua RT.".into() },
        documents: DocumentKind::ALL
            .iter()
            .map(|kind| DocumentInput {
                code: kind.code(),
                key: format!("berkas.{}", kind.code()),
                label: kind.label(),
                required: *kind == DocumentKind::Kk,
                checked: *kind == DocumentKind::Kk,
                note: "bila diwakilkan".into(),
                attached: String::new(),
            })
            .collect(),
        countdown: "Batas pengajuan: sisa 12 hari, sampai 3 Desember 2026.".into(),
        countdown_tone: Tone::Good,
        notice: String::new(),
        causes: vec![Choice::new("illness", "Sakit")],
    }
}

pub(super) fn claim_filed() -> ClaimFiledPage {
    ClaimFiledPage {
        shell: shell("Permohonan tercatat", Role::Operator, ""),
        code: "BTG-7K4M-2Q9X".into(),
        filed: "22 Juni 2026".into(),
        late: "almarhumah",
        deceased: LONG.into(),
        receipt: "/permohonan/BTG-7K4M-2Q9X/surat/1.pdf".into(),
        status_url: "santunan.batangkab.go.id/status".into(),
        verdict: Chip::of_verdict(Verdict::NeedsReview),
        findings: findings(),
        missing: vec!["Surat keterangan tidak mampu dengan foto rumah".into()],
    }
}

/// Sentences an officer can send back with one click.
const READY: [&str; 3] = [
    "Foto KK belum terbaca. Mohon difoto ulang dengan lebih terang.",
    "Surat keterangan kematian belum dilampirkan.",
    "Nomor rekening tidak cocok dengan buku rekening.",
];

fn row(label: &'static str, claimed: &str, registered: &str) -> CompareRow {
    let (left, right) = side_by_side(claimed, registered);
    CompareRow { label, differs: claimed != registered, claimed: left, registered: right }
}

fn pair(decided: &str, open: bool) -> PairView {
    PairView {
        title: "Permohonan BTG-7K4M-2Q9X, diajukan 22 Juni 2026".into(),
        heading: "Permohonan terdahulu",
        href: "/permohonan/BTG-7K4M-2Q9X".into(),
        kind: "claim",
        reference: "BTG-7K4M-2Q9X".into(),
        index: usize::from(open),
        key: format!("alasan_orang_{}", usize::from(open)),
        typed: String::new(),
        open,
        rows: vec![row("NIK", "3325024107450001", "3325024107450010"), row("Nama", LONG, "SUPARMI")],
        likeness: "Kemungkinan orang yang sama: 97 %. Mendukung: nama (sama), NIK (beda satu angka).".into(),
        decided: decided.into(),
        may_answer: true,
    }
}

pub(super) fn claim() -> ClaimPage {
    let ready = READY;
    let action = ActionView {
        step: "verify",
        label: "Verifikasi: data dan berkas sesuai",
        button: "",
        hint: "Diteruskan kepada Kepala Dinas.".into(),
        plain: true,
        ..Default::default()
    };
    let with_reason = |step, label, button, class, ready: &[&str], open| ActionView {
        step,
        label,
        button,
        hint: "Keluarga dan desa membaca kalimat ini apa adanya.".into(),
        open,
        class,
        ready: ready.iter().map(|r| Choice::new(*r, *r)).collect(),
        key: format!("alasan_{step}"),
        reason_label: "Alasan atau tambahan",
        ..Default::default()
    };
    ClaimPage {
        shell: shell(LONG, Role::Verifier, "/beranda"),
        alerts: queue().alerts,
        annul: Some(Link {
            href: "/x".into(),
            label: "Pembatalan".into(),
            value: "Bila orangnya ternyata masih hidup, penerimanya bukan yang berhak, atau suratnya palsu.".into(),
        }),
        owed: vec![Link {
            href: "/x".into(),
            label: "BTG-7K4M-2Q9X".into(),
            value: format!("{LONG} masih harus mengembalikan Rp1.000.000 dari permohonan BTG-7K4M-2Q9X."),
        }],
        back: "/beranda",
        code: "BTG-7K4M-2Q9X".into(),
        version: 3,
        deceased: format!("Almarhumah {LONG}"),
        village: "Wonobodro, Kec. Blado".into(),
        filed: "22 Juni 2026".into(),
        state: Chip::of_state(State::Endorsed),
        verdict: Chip::of_verdict(Verdict::Ineligible),
        errors: FieldErrors::default(),
        changed: vec!["Keadaan: kini \"Menunggu persetujuan\", diverifikasi Budi Santoso pukul 09.12 WIB".into()],
        refusal: None,
        repair_href: String::new(),
        decide_title: "Keputusan verifikator",
        actions: vec![
            action,
            with_reason("return", "Kembalikan untuk diperbaiki", "Kembalikan ke desa", "", &ready, true),
            with_reason("reject", "Usulkan ditolak", "Kirim usulan penolakan", "btn3", &[], false),
        ],
        why_not: String::new(),
        budget: Some(budget()),
        findings: findings(),
        pairs: vec![pair("", true), pair("Diputuskan orang lain oleh Budi Santoso, 22 Juni 2026: ibunya berbeda", false)],
        register_note: "Data kependudukan: DTSEN, per 1 April 2026. Dicocokkan dengan NIK.".into(),
        differing: vec![row("Nama", "SUPARMI", "SUPARMIN"), row("Desa", "Wonobodro, Kec. Blado", "Bawang, Kec. Bawang")],
        same: vec![
            row("NIK", "3325024107450001", "3325024107450001"),
            row("Tanggal lahir", "01-07-1945", "01-07-1945"),
            row("Jenis kelamin", "Perempuan", "Perempuan"),
        ],
        groups: vec![
            Group {
                title: "Almarhumah".into(),
                rows: vec![Fact::new("Nama", LONG), Fact::new("NIK", "3325024107450001"), Fact::new("Alamat", "DK. KRAJAN RT 001 RW 002")],
            },
            Group {
                title: "Ahli waris".into(),
                rows: vec![Fact::new("Nama", "SLAMET RIYADI"), Fact::new("Hubungan", "Anak"), Fact::new("Telepon", "")],
            },
        ],
        letters: vec![Link { href: "/x.pdf".into(), label: "Tanda terima".into(), value: "400.9/0012/SKN/2026".into() }],
        documents: vec![
            DocumentView { label: "Kartu keluarga (KK)".into(), href: "/b".into(), size: "312 kB".into() },
            DocumentView { label: "KTP ahli waris".into(), href: String::new(), size: "sudah dilihat petugas desa".into() },
        ],
        events: ["Diajukan", "Disahkan", "Dikembalikan untuk perbaikan"]
            .iter()
            .map(|what| EventView {
                what: (*what).into(),
                when: "22 Juni 2026 pukul 09.05 WIB".into(),
                who: "Siti Nur Aisyah, operator desa".into(),
                why: String::new(),
            })
            .collect(),
    }
}
