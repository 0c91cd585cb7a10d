//! Amending decrees, annulments and recoveries.

use super::*;

pub(super) fn changes() -> ChangesView {
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

pub(super) fn amend(preview: bool) -> AmendPage {
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

pub(super) fn amend_choose() -> AmendPage {
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

pub(super) fn amendment() -> AmendmentPage {
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

pub(super) fn annul() -> AnnulPage {
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

pub(super) fn recoveries() -> RecoveriesPage {
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

pub(super) fn recovery() -> RecoveryPage {
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
