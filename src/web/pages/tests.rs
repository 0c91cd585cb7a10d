//! Every page with long names and many findings. Written to `target/pages` so that somebody can look at them.

use askama::Template;

use super::*;
use crate::domain::access::{Actor, Role};
use crate::domain::claim::{DocumentKind, State};
use crate::domain::crosscheck::{Severity, Verdict};
use crate::domain::identity::Relation;
use crate::domain::region::RegionCode;
use crate::exchange::claim_form::{ClaimForm, DeceasedForm, FieldErrors, HeirForm};
use crate::web::marking::side_by_side;
use crate::web::page::{Chip, Choice, EventView, Fact, Flash, Link, Shell, Tone};
use crate::web::style::CSS;

const LONG: &str = "RADEN RORO SITI NUR HIDAYATININGRUM KUSUMADEWI MANGUNKUSUMO";

fn shell(title: &str, role: Role, at: &str) -> Shell {
    let actor = Actor {
        id: "u".into(),
        name: "Siti Nur Aisyah, S.Sos.".into(),
        role,
        office: RegionCode::parse("33.25").unwrap(),
        region: RegionCode::parse("33.25").unwrap(),
        nik: None,
        family_card: None,
    };
    public(title).with_user(&actor, "Kabupaten Batang", "token").at(at)
}

fn public(title: &str) -> Shell {
    Shell::public(title, "Kabupaten Batang", "Dinas Sosial, telepon (0285) 391 000, Senin–Jumat 07.30–16.00")
}

fn finding(severity: Severity, title: &str, sentence: &str) -> FindingView {
    let class = match severity {
        Severity::Note => "note-line",
        Severity::Review => "review",
        Severity::Block => "block",
    };
    FindingView {
        class,
        chip: Chip::of_severity(severity),
        title: title.into(),
        sentence: sentence.into(),
        claimed: "SUPARMI".into(),
        registered: "SUPARMIN".into(),
        source: "DTSEN, 1 April 2026".into(),
    }
}

fn findings() -> Vec<FindingView> {
    vec![
        finding(
            Severity::Block,
            "Lewat batas waktu",
            "Permohonan diajukan 74 hari setelah meninggal; batasnya 60 hari. Mohon tanyakan sebab keterlambatan kepada keluarga dan tuliskan pada keputusan.",
        ),
        finding(Severity::Review, "Nama berbeda", "NIK ini di data kependudukan atas nama lain. Mohon cocokkan dengan KTP atau KK asli."),
        finding(Severity::Note, "Ejaan nama", "Ejaan nama sedikit berbeda dengan data kependudukan; tampaknya orang yang sama."),
    ]
}

fn budget() -> BudgetView {
    BudgetView {
        year: "2026".into(),
        line: "Belanja Tidak Terduga, 5.3.01.01.01.0001".into(),
        ceiling: "Rp1.500.000.000".into(),
        committed: "Rp31.000.000".into(),
        decreed: "Rp18.000.000".into(),
        paid: "Rp412.000.000".into(),
        remaining: "Rp1.039.000.000".into(),
        claims_left: "1.039".into(),
        used_percent: 31,
        warning: "Pemakaian 5.3.01.01.01.0001 sudah melewati 30 % pagu.".into(),
    }
}

fn rows() -> Vec<ClaimRow> {
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

fn queue() -> QueuePage {
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

fn desk() -> QueuePage {
    QueuePage {
        shell: shell("Beranda", Role::Operator, "/beranda")
            .with_flash(Some(Flash { tone: Tone::Good, text: "Permohonan BTG-7K4M-2Q90 sudah dikirim kembali.".into() })),
        intro: "Permohonan santunan dari Desa Wonobodro.".into(),
        action: Some(Link { href: "/permohonan/baru".into(), label: "Permohonan baru".into(), value: String::new() }),
        ..queue()
    }
}

fn empty_queue() -> QueuePage {
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

fn claim_form() -> ClaimFormPage {
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

fn claim_filed() -> ClaimFiledPage {
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

fn claim() -> ClaimPage {
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

fn finance() -> FinancePage {
    let link = |label: &str| Link { href: "/x".into(), label: label.into(), value: String::new() };
    let order = OrderLink {
        href: "/keuangan/perintah/o1".into(),
        number: "900.1.3/0001/PB/2026".into(),
        remark: "24 Juni 2026 · 18 penerima · Rp18.000.000".into(),
        chip: Chip::new("Menunggu diperiksa", Tone::Moving),
    };
    let decree = |number: &str, order: Option<OrderLink>| DecreeView {
        payees_dead: "BTG-7K4M-2Q9X".into(),
        reason_key: "alasan_d1".into(),
        typed_reason: String::new(),
        id: "d1".into(),
        number: number.into(),
        chip: Chip::new(if order.is_some() { "Sedang dibayar" } else { "Menunggu perintah bayar" }, Tone::Moving),
        date: "23 Juni 2026".into(),
        items: 18,
        total: "Rp18.000.000".into(),
        remark: "Sudah diubah 1 kali; yang tertulis di sini yang berlaku sekarang.".into(),
        amend_href: "/keuangan/sk/d1/perubahan".into(),
        files: ["SK dan nominatif (PDF)"].iter().map(|l| link(l)).collect(),
        can_sign: order.is_none(),
        sign_key: "tanggal_d1".into(),
        typed_date: "31-02-2026".into(),
        can_order: order.is_none(),
        orders: order.into_iter().collect(),
    };
    FinancePage {
        shell: shell("Keuangan", Role::Finance, "/keuangan"),
        alerts: queue().alerts,
        errors: FieldErrors::one("tanggal_d1", "Tanggal tanda tangan itu tidak ada dalam kalender."),
        refusal: None,
        budget: Some(budget()),
        waiting: rows()
            .iter()
            .map(|r| WaitingRow {
                code: r.code.clone(),
                deceased: r.deceased.clone(),
                heir: r.heir.clone(),
                village: r.village.clone(),
                method: "BANK JATENG ******6789".into(),
                amount: "Rp1.000.000".into(),
            })
            .collect(),
        waiting_total: "Rp6.000.000".into(),
        left_out: vec![Fact::new("BTG-7K4M-2Q9X", "penerimanya tercatat sudah meninggal")],
        plan_note: "Yang disetujui setelah 20 Juni 2026 masuk SK berikutnya.".into(),
        seal: "00".into(),
        can_decree: true,
        undecided: vec![Link { href: "/x".into(), label: "Usulan perubahan SK 100.3.3.2/0001/2026".into(), value: "2 baris".into() }],
        decrees: vec![decree("100.3.3.2/0002/2026", None), decree("100.3.3.2/0001/2026", Some(order))],
    }
}

fn landing() -> LandingPage {
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

fn requirements() -> RequirementsPage {
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

fn status() -> StatusPage {
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

fn letter_check() -> LetterCheckPage {
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

fn login() -> LoginPage {
    LoginPage {
        shell: public("Masuk"),
        refusal: Some("Nama pengguna atau kata sandi belum cocok. Mohon coba lagi.".into()),
        username: "op.wonobodro".into(),
        next: String::new(),
    }
}

fn problem() -> ProblemPage {
    ProblemPage {
        shell: public("Halaman tidak ditemukan"),
        message: "Halaman atau permohonan ini tidak ditemukan, atau bukan bagian dari wilayah kerja Bapak/Ibu.".into(),
        cures: vec!["Mohon periksa kembali alamat atau kodenya.".into()],
        request_id: "0198-77aa".into(),
    }
}

fn register() -> RegisterPage {
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

fn attention() -> AttentionPage {
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

fn year() -> YearPage {
    let row = |label: &str, amount: &str, is_sum| MoneyRow { label: label.into(), amount: amount.into(), is_sum };
    let rows = vec![
        row("Sisa pagu", "Rp1.039.000.000", false),
        row("Kembali, menunggu dibayar ulang", "Rp2.000.000", false),
        row("Pagu", "Rp1.500.000.000", true),
        row("Di antaranya saldo awal: janji dari tahun lalu", "Rp3.000.000", false),
    ];
    let document = |document: &str, change: &str| DocumentRow {
        document: document.into(),
        date: "20 Juni 2026".into(),
        change: change.into(),
        reason: "Perubahan APBD karena kematian melebihi perkiraan sampai pertengahan tahun".into(),
    };
    let place = |number: u32| PlaceRow {
        place: format!("{number} dari 2"),
        code: format!("BTG-7K4M-2Q9{number}"),
        deceased: LONG.into(),
        village: "Wonobodro, Kec. Blado".into(),
        filed: "21 Juni 2026".into(),
        expected: "menunggu anggaran setelah perubahan yang diumumkan".into(),
        amount: "Rp1.000.000".into(),
    };
    let line = LineBox {
        id: "m1".into(),
        title: "BTT 5.3.01.01.01.0001 Belanja Tidak Terduga".into(),
        chip: Chip::new("Pemakaian melewati 90 %", Tone::Attention),
        rows: rows.clone(),
        used_percent: 91,
        soft_limit: "90 %".into(),
        documents: vec![document("DPA PPKD Tahun Anggaran 2026", "+Rp2.500.000.000"), document("DPPA 7/2026", "−Rp1.000.000.000")],
        can_revise: true,
        keys: ["dokumen_m1", "tanggal_m1", "pagu_m1", "alasan_m1"].map(str::to_owned),
        limit_keys: ["batas_m1", "alasan_batas_m1"].map(str::to_owned),
    };
    YearPage {
        shell: shell("Anggaran 2026", Role::Finance, "/anggaran"),
        errors: FieldErrors::one("pagu_m1", "Jumlah: bukan angka."),
        refusal: Some("Pagu tidak dapat turun: yang belum dijanjikan hanya Rp1.039.000.000.".into()),
        told: vec!["1 permohonan disetujui dari daftar tunggu; 2 masih menunggu.".into(), "BTG-7K4M-2Q91: disetujui.".into()],
        year: 2026,
        years: vec![Link { href: "/anggaran?tahun=2027".into(), label: "Tahun 2027".into(), value: String::new() }],
        suspended: "Anggaran tahun ini sudah habis. Permohonan tetap diterima dan dicatat menurut urutan.".into(),
        lines: vec![line],
        total: rows,
        forecast: None,
        waiting: WaitingBox {
            places: vec![place(1), place(2)],
            note: "2 permohonan menunggu Rp2.000.000. Uangnya belum tersedia.".into(),
            can_release: true,
            announced: "Perubahan anggaran diperkirakan berlaku 15 Oktober 2026, tambahan Rp300.000.000.".into(),
        },
        can_finance: true,
        sources: vec![Choice::new("BTT", "BTT")],
        can_programme: true,
        is_suspended: true,
        periods: vec![Fact::new("22 Juni 2026 sampai seterusnya", "Anggaran habis. Alasan: pagu habis. Sedang berlaku.")],
        end: YearEndBox {
            rule: "Aturan kantor ini: yang disetujui tetapi belum dibayar dilanjutkan ke mata anggaran tahun berikutnya.".into(),
            preview: vec![Fact::new("Tidak terpakai", "Rp1.039.000.000")],
            first: "Perintah bayar 900/0001/DINSOS/2026 belum ditutup. Selesaikan dan tutup lebih dahulu.".into(),
            seal: "x".into(),
            acts: vec![Fact::new("Penutupan tahun anggaran", "ditarik 5 Januari 2027 oleh SITI, diajukan RATNA: keliru.")],
            asked: Some(AskedBox {
                id: "a1".into(),
                label: "Tutup tahun anggaran",
                facts: vec![Fact::new("Alasan", "akhir tahun anggaran")],
                can_confirm: true,
                can_withdraw: true,
            }),
            can_close: true,
            can_reopen: false,
        },
        typed: Written(vec![("pagu_m1".into(), "banyak".into())]),
    }
}

fn disputes() -> DisputesPage {
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

fn deposits() -> DepositsPage {
    let row = |id: &str| CashRow {
        id: id.into(),
        position: 0,
        payee: LONG.into(),
        code: "BTG-26-00012".into(),
        village: "Kedungmisal, Kec. Contohrejo".into(),
        amount: "Rp1.000.000".into(),
        receipt: "900/00012/KW/DINSOS/2026".into(),
        chip: Chip::new("Disetor ke kas daerah", Tone::Plain),
        can_give: false,
        remark: "BRI ******4567, kembali 23 Desember 2026 (closed_account)".into(),
        checked: true,
    };
    DepositsPage {
        shell: shell("Setoran ke kas daerah", Role::Finance, "/keuangan"),
        errors: FieldErrors::default(),
        refusal: None,
        returned: vec![row("p1")],
        total: "Rp1.000.000".into(),
        can_act: true,
        number: String::new(),
        date: String::new(),
        value: String::new(),
        slips: Vec::new(),
        late: vec![row("p2")],
        late_reason: String::new(),
    }
}

#[test]
fn money_of_a_closed_year_is_offered_where_it_was_deposited() {
    let page = deposits().render().unwrap();
    assert!(page.contains("name=\"terlambat\" value=\"p2\" checked") && page.contains("/keuangan/loket/setor/bayar"), "{page}");
    let none = DepositsPage { late: Vec::new(), ..deposits() }.render().unwrap();
    assert!(!none.contains("terlambat"), "{none}");
}

fn changes() -> ChangesView {
    let change = |after: &str| ChangeView {
        code: "BTG-7K4M-2Q9X".into(),
        deceased: LONG.into(),
        before: format!("{LONG} (istri), NIK 332501******0001, BANK JATENG ******6789 a.n. {LONG}"),
        after: after.into(),
        why: "Orangnya masih hidup: hadir di kantor desa tanggal 22 Juni 2026 dengan KTP-nya".into(),
        amount: "Rp1.000.000".into(),
    };
    ChangesView {
        rows: vec![change(""), change("SLAMET RIYADI (anak), NIK 332501******0002, tunai")],
        sums: vec![
            Fact::new("Semula", "18 penerima, Rp18.000.000"),
            Fact::new("Dicoret", "1 penerima, Rp1.000.000"),
            Fact::new("Menjadi", "17 penerima, Rp17.000.000"),
        ],
    }
}

fn amend(preview: bool) -> AmendPage {
    let keys = ["ubah", "dasar", "alasan", "nama", "nik", "hubungan", "alamat", "cara", "bank", "nomor", "atas_nama"];
    let row = AmendRow {
        id: "k1".into(),
        version: 5,
        code: "BTG-7K4M-2Q9X".into(),
        facts: vec![Fact::new("Penerima", LONG), Fact::new("Cara bayar", "BANK JATENG ******6789"), Fact::new("Jumlah", "Rp1.000.000")],
        fields: keys.iter().map(|key| (format!("{key}_k1"), if *key == "nama" { LONG.into() } else { String::new() })).collect(),
        kinds: vec![Choice::new("coret", "Coret baris ini"), Choice::new("betul", "Perbaiki tulisan nama, NIK, atau rekening")],
        grounds: vec![Choice::new("person_alive", "Orangnya masih hidup")],
        relations: vec![Choice::new("ANAK", "Anak")],
        ways: vec![Choice::new("bank", "Transfer ke rekening"), Choice::new("tunai", "Tunai di loket")],
    };
    AmendPage {
        shell: shell("Ubah SK", Role::Finance, "/keuangan"),
        errors: if preview { FieldErrors::default() } else { FieldErrors::one("ubah_k1", "BTG-7K4M-2Q9X: pilih apa yang dilakukan.") },
        refusal: None,
        id: "d1".into(),
        facts: vec![Fact::new("Nomor", "100.3.3.2/0001/2026"), Fact::new("Berlaku", "18 penerima, Rp18.000.000")],
        file_key: "bukti",
        search: String::new(),
        choices: Vec::new(),
        more: String::new(),
        rows: if preview { Vec::new() } else { vec![row] },
        preview: preview.then(changes),
        hidden: vec![("baris".into(), "k1".into())],
    }
}

fn amend_choose() -> AmendPage {
    let choice = |n: usize, blocked: &str| AmendChoice {
        id: format!("k{n}"),
        code: format!("BTG-7K4M-2Q9{n}"),
        names: format!("SUPARMI – {LONG}"),
        method: "Wonobodro, Kec. Blado · BANK JATENG ******6789 · Rp1.000.000".into(),
        blocked: blocked.into(),
    };
    AmendPage {
        choices: vec![
            choice(1, ""),
            choice(2, "BTG-7K4M-2Q92: pembayarannya sudah diperintahkan. Batalkan perintah bayarnya, lalu ubah SK-nya."),
        ],
        more: "12 baris lain: cari dengan nama atau kode permohonannya.".into(),
        rows: Vec::new(),
        ..amend(false)
    }
}

fn amendment() -> AmendmentPage {
    AmendmentPage {
        shell: shell("SK perubahan", Role::Approver, "/keuangan"),
        errors: FieldErrors::default(),
        refusal: None,
        id: "a1".into(),
        chip: Chip::new("Menunggu dikunci Kepala Dinas", Tone::Moving),
        facts: vec![Fact::new("Mengubah", "SK 100.3.3.2/0001/2026"), Fact::new("Diusulkan", "NUR AINI, 22 Juni 2026")],
        evidence: "/x".into(),
        changes: Some(changes()),
        told: Vec::new(),
        can_lock: true,
        can_withdraw: true,
        reason: String::new(),
        letters: vec![Link { href: "/x".into(), label: "Keputusan perubahan penetapan penerima (PDF)".into(), value: String::new() }],
    }
}

fn annul() -> AnnulPage {
    AnnulPage {
        shell: shell("Pembatalan permohonan", Role::Approver, "/beranda"),
        errors: FieldErrors::one("dasar", "Pilih dasar pembatalannya."),
        refusal: None,
        code: "BTG-7K4M-2Q9X".into(),
        version: 7,
        chip: Chip::of_state(State::Paid),
        facts: vec![Fact::new("Penerima", LONG), Fact::new("Jumlah", "Rp1.000.000")],
        road: "Uangnya sudah kembali ke kantor. Setorkan dahulu ke kas daerah dan catat STS-nya.".into(),
        road_href: "/keuangan/loket/setor".into(),
        file_key: "bukti",
        can_ask: true,
        grounds: vec![Choice::new("person_alive", "Orangnya masih hidup")],
        ground: String::new(),
        words: String::new(),
        requests: vec![RequestView {
            id: "p1".into(),
            facts: vec![Fact::new("Dasar", "Orangnya masih hidup"), Fact::new("Penjelasan", "hadir di kantor desa dengan KTP-nya")],
            chip: Chip::new("Menunggu Kepala Dinas", Tone::Moving),
            evidence: "/x".into(),
            can_judge: true,
        }],
        owes: true,
        payee: LONG.into(),
        debtor: String::new(),
        address: String::new(),
        reason: String::new(),
    }
}

fn recoveries() -> RecoveriesPage {
    RecoveriesPage {
        shell: shell("Pengembalian", Role::Finance, "/keuangan"),
        sums: vec![Fact::new("Harus dikembalikan", "Rp2.000.000"), Fact::new("Sisa", "Rp1.666.667"), Fact::new("Terlambat", "Rp333.333")],
        rows: vec![CaseRow {
            id: "c1".into(),
            debtor: LONG.into(),
            code: "BTG-7K4M-2Q9X".into(),
            chip: Chip::new("Terlambat", Tone::Bad),
            next: "berikutnya Rp333.333 paling lambat 20-07-2026".into(),
            owed: "1.000.000".into(),
            came: "333.333".into(),
            balance: "666.667".into(),
            overdue: "333.333".into(),
        }],
    }
}

fn recovery() -> RecoveryPage {
    RecoveryPage {
        shell: shell("Pengembalian oleh SITI", Role::Finance, "/keuangan"),
        errors: FieldErrors::one("nilai", "Jumlah: bukan angka."),
        refusal: None,
        id: "c1".into(),
        version: 3,
        code: "BTG-7K4M-2Q9X".into(),
        chip: Chip::new("Berjalan", Tone::Moving),
        facts: vec![Fact::new("Yang mengembalikan", LONG), Fact::new("Sisa", "Rp666.667")],
        can_act: true,
        dues: vec![
            DueRow { on: "20 Juli 2026".into(), amount: "Rp333.333".into(), chip: Chip::new("Sudah masuk", Tone::Good) },
            DueRow { on: "20 Agustus 2026".into(), amount: "Rp666.667".into(), chip: Chip::new("Kurang Rp333.334", Tone::Attention) },
        ],
        basis: "2 angsuran untuk Rp1.000.000, disepakati 22 Juni 2026: surat pernyataan kesanggupan".into(),
        former: vec![Fact::new("Rencana ke-1", "3 angsuran untuk Rp1.000.000, disepakati 21 Juni 2026: kesepakatan di kantor")],
        parts: vec![PartRow {
            id: "s1".into(),
            slip: "STS-0042/2026, 20 Juli 2026".into(),
            remark: "Bukti angsuran 900/0005/ANG/2026, dicatat NUR AINI".into(),
            amount: "Rp333.333".into(),
            evidence: "/x".into(),
            voided: String::new(),
            can_void: true,
            key: "alasan_s1".into(),
        }],
        letters: vec![Link { href: "/x".into(), label: "Surat permintaan pengembalian 900/0002/TGR/2026".into(), value: String::new() }],
        file_key: "bukti",
        typed: Written(vec![("nilai".into(), "banyak".into())]),
    }
}

#[test]
fn every_page_renders_whole_and_without_script_or_style_inside() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("gaya.css"), CSS).unwrap();
    let pages: [(&str, String); 24] = [
        ("amend_choose", amend_choose().render().unwrap()),
        ("amend_fill", amend(false).render().unwrap()),
        ("amend_preview", amend(true).render().unwrap()),
        ("amendment", amendment().render().unwrap()),
        ("annul", annul().render().unwrap()),
        ("recoveries", recoveries().render().unwrap()),
        ("recovery", recovery().render().unwrap()),
        ("attention", attention().render().unwrap()),
        ("disputes", disputes().render().unwrap()),
        ("requirements", requirements().render().unwrap()),
        ("landing", landing().render().unwrap()),
        ("status", status().render().unwrap()),
        ("letter_check", letter_check().render().unwrap()),
        ("login", login().render().unwrap()),
        ("queue", queue().render().unwrap()),
        ("desk", desk().render().unwrap()),
        ("empty", empty_queue().render().unwrap()),
        ("register", register().render().unwrap()),
        ("claim_form", claim_form().render().unwrap()),
        ("claim_filed", claim_filed().render().unwrap()),
        ("claim", claim().render().unwrap()),
        ("finance", finance().render().unwrap()),
        ("year", year().render().unwrap()),
        ("problem", problem().render().unwrap()),
    ];
    for (name, html) in pages {
        for banned in ["<script", "style=\"", "<style", "onclick", "javascript:"] {
            assert!(!html.contains(banned), "{name}: {banned}");
        }
        assert!(html.contains("lang=\"id\"") && html.contains("</html>"), "{name}");
        let local = html.replace(crate::web::style::CSS_HREF.as_str(), "gaya.css");
        std::fs::write(folder.join(format!("{name}.html")), local).unwrap();
    }
}
