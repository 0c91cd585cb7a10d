//! Finance, the budget year and deposits.

use super::*;

pub(super) fn finance() -> FinancePage {
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

pub(super) fn year() -> YearPage {
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

pub(super) fn deposits() -> DepositsPage {
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
