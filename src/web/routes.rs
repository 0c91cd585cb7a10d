//! The one table of routes: who may ask for what, and how far. A route that is not in it answers nobody.

use rocket::http::Method;
use rocket::route::Route;

use crate::domain::access::Role;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, without login.
    Public,
    /// Accounts with one of these roles.
    Roles(&'static [Role]),
}

/// What a route shows of other regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionRule {
    /// Nothing of a region is shown.
    None,
    /// Only what lies in the account's region; the rest is "not found".
    Own,
    /// One claim, by its code and four digits of a NIK.
    ByCode,
}

/// A route with its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RouteRule {
    /// Method.
    pub method: Method,
    /// Path as mounted.
    pub path: &'static str,
    /// Who.
    pub access: Access,
    /// How far.
    pub region: RegionRule,
    /// What it is for, for the documentation.
    pub what: &'static str,
}

const EVERY: Access = Access::Roles(&Role::ALL);
const OPERATOR: Access = Access::Roles(&[Role::Operator]);
const CLAIMS: Access = Access::Roles(&[Role::Operator, Role::VillageHead, Role::Verifier, Role::Approver, Role::Finance, Role::Auditor]);
const DECIDE: Access = Access::Roles(&[Role::Operator, Role::VillageHead, Role::Verifier, Role::Approver]);
const VERIFY: Access = Access::Roles(&[Role::Verifier]);
const CONFIRM: Access = Access::Roles(&[Role::Verifier, Role::Approver]);
const JUDGE: Access = Access::Roles(&[Role::Verifier, Role::Approver, Role::Auditor]);
const MONEY_READ: Access = Access::Roles(&[Role::Finance, Role::Approver, Role::Auditor]);
const INSPECT: Access = Access::Roles(&[Role::Finance, Role::Auditor]);
const MONEY: Access = Access::Roles(&[Role::Finance]);

/// Who decides that the waiting list is released and the programme stands still.
const HEAD: Access = Access::Roles(&[Role::Approver]);
const RETURNS: Access = Access::Roles(&[Role::Operator, Role::Finance, Role::Approver, Role::Auditor]);
const CORRECT: Access = Access::Roles(&[Role::Operator, Role::Finance]);
const APPROVE: Access = Access::Roles(&[Role::Approver]);

/// Who proposes amending decrees, and who locks them.
const AMEND: Access = Access::Roles(&[Role::Finance, Role::Approver]);
/// Who may know that a claim has to be annulled.
const ANNUL: Access = Access::Roles(&[Role::Operator, Role::VillageHead, Role::Verifier, Role::Approver, Role::Finance]);

const DATA: Access = Access::Roles(&[Role::Verifier, Role::Admin]);

const WATCH: Access = Access::Roles(&[Role::Verifier, Role::Admin, Role::Auditor]);

const fn rule(method: Method, path: &'static str, access: Access, region: RegionRule, what: &'static str) -> RouteRule {
    RouteRule { method, path, access, region, what }
}

/// Every route of the application.
pub const ROUTES: &[RouteRule] = &[
    rule(Method::Get, "/", Access::Public, RegionRule::None, "halaman muka untuk umum"),
    rule(Method::Get, "/syarat", Access::Public, RegionRule::None, "syarat dan berkas menurut aturan yang berlaku"),
    rule(Method::Get, "/status", Access::Public, RegionRule::None, "formulir status permohonan"),
    rule(Method::Post, "/status", Access::Public, RegionRule::ByCode, "status satu permohonan"),
    rule(Method::Get, "/verifikasi", Access::Public, RegionRule::None, "formulir keaslian surat"),
    rule(Method::Post, "/verifikasi", Access::Public, RegionRule::ByCode, "keaslian satu surat menurut berkasnya"),
    rule(Method::Get, "/verifikasi/<code>", Access::Public, RegionRule::ByCode, "keaslian satu surat menurut kodenya"),
    rule(Method::Get, "/.well-known/santunan-kunci.json", Access::Public, RegionRule::None, "kunci publik surat"),
    rule(Method::Get, "/masuk", Access::Public, RegionRule::None, "formulir masuk"),
    rule(Method::Post, "/masuk", Access::Public, RegionRule::None, "masuk"),
    rule(Method::Post, "/keluar", EVERY, RegionRule::None, "keluar"),
    rule(Method::Get, "/aset/<name>", Access::Public, RegionRule::None, "lembar gaya dan ikon"),
    rule(Method::Get, "/healthz", Access::Public, RegionRule::None, "proses hidup"),
    rule(Method::Get, "/readyz", Access::Public, RegionRule::None, "basis data siap"),
    rule(Method::Get, "/beranda", EVERY, RegionRule::Own, "meja kerja menurut peran"),
    rule(Method::Get, "/permohonan", CLAIMS, RegionRule::Own, "semua permohonan"),
    rule(Method::Get, "/permohonan/baru", OPERATOR, RegionRule::Own, "formulir permohonan"),
    rule(Method::Post, "/permohonan/baru", OPERATOR, RegionRule::Own, "cari, isi, atau kirim permohonan"),
    rule(Method::Get, "/permohonan/<code>", CLAIMS, RegionRule::Own, "satu permohonan"),
    rule(Method::Get, "/permohonan/<code>/tercatat", OPERATOR, RegionRule::Own, "permohonan baru tercatat"),
    rule(Method::Get, "/permohonan/<code>/perbaiki", OPERATOR, RegionRule::Own, "formulir perbaikan"),
    rule(Method::Post, "/permohonan/<code>/perbaiki", OPERATOR, RegionRule::Own, "kirim perbaikan"),
    rule(Method::Post, "/permohonan/<code>/langkah", DECIDE, RegionRule::Own, "keputusan atas permohonan"),
    rule(Method::Post, "/permohonan/<code>/identitas", VERIFY, RegionRule::Own, "jawaban: orang yang sama atau orang lain"),
    rule(Method::Get, "/permohonan/<code>/berkas/<id>", CLAIMS, RegionRule::Own, "lampiran permohonan"),
    rule(Method::Get, "/surat/<id>", CLAIMS, RegionRule::Own, "satu surat (PDF)"),
    rule(Method::Get, "/keuangan", MONEY_READ, RegionRule::Own, "anggaran, SK, perintah bayar"),
    rule(Method::Post, "/keuangan/sk", MONEY, RegionRule::Own, "kunci SK penetapan"),
    rule(Method::Post, "/keuangan/sk/<id>/tanda-tangan", MONEY, RegionRule::Own, "catat tanggal tanda tangan SK"),
    rule(Method::Post, "/keuangan/sk/<id>/perintah", MONEY, RegionRule::Own, "buat perintah bayar"),
    rule(Method::Get, "/keuangan/perintah/<id>", MONEY_READ, RegionRule::Own, "satu perintah bayar"),
    rule(Method::Post, "/keuangan/perintah/<id>/surat-sipd", MONEY, RegionRule::Own, "catat SPP, SPM, atau SP2D"),
    rule(Method::Post, "/keuangan/perintah/<id>/langkah", MONEY, RegionRule::Own, "periksa, lepas, atau batalkan perintah bayar"),
    rule(Method::Get, "/keuangan/perintah/<id>/surat", MONEY_READ, RegionRule::Own, "semua surat satu perintah bayar (PDF)"),
    rule(Method::Get, "/keuangan/perintah/<id>/bundel", INSPECT, RegionRule::Own, "bundel pemeriksaan satu perintah bayar"),
    rule(Method::Post, "/keuangan/perintah/<id>/bank/<name>", MONEY, RegionRule::Own, "ambil berkas bank; setiap pengambilan dicatat"),
    rule(Method::Get, "/anggaran", MONEY_READ, RegionRule::Own, "posisi anggaran, daftar tunggu, perkiraan, tutup tahun"),
    rule(Method::Post, "/anggaran/mata", MONEY, RegionRule::Own, "tambah mata anggaran"),
    rule(Method::Post, "/anggaran/mata/<id>/perubahan", MONEY, RegionRule::Own, "catat perubahan pagu"),
    rule(Method::Post, "/anggaran/mata/<id>/batas", MONEY, RegionRule::Own, "ubah batas peringatan satu mata anggaran"),
    rule(Method::Post, "/anggaran/perkiraan", MONEY, RegionRule::Own, "catat perubahan anggaran yang diperkirakan"),
    rule(Method::Post, "/anggaran/daftar-tunggu", HEAD, RegionRule::Own, "lepas daftar tunggu"),
    rule(Method::Post, "/anggaran/program", HEAD, RegionRule::Own, "hentikan sementara atau buka kembali program"),
    rule(Method::Post, "/anggaran/tahun/<year>", MONEY, RegionRule::Own, "ajukan, sahkan, atau tarik tutup tahun"),
    rule(Method::Get, "/keuangan/loket", MONEY_READ, RegionRule::Own, "loket tunai: yang menunggu dan hari pengambilan"),
    rule(Method::Post, "/keuangan/loket/hari", MONEY, RegionRule::Own, "buat hari pengambilan dan undang desa"),
    rule(Method::Get, "/keuangan/loket/hari/<id>", MONEY_READ, RegionRule::Own, "daftar satu hari pengambilan, untuk dicetak"),
    rule(Method::Get, "/keuangan/loket/hari/<id>/undangan", MONEY_READ, RegionRule::Own, "undangan satu hari pengambilan, untuk dicetak"),
    rule(Method::Post, "/keuangan/loket/hari/<id>/tutup", MONEY, RegionRule::Own, "tutup hari pengambilan"),
    rule(Method::Get, "/keuangan/loket/serah/<id>", MONEY_READ, RegionRule::Own, "penyerahan satu pembayaran tunai"),
    rule(Method::Post, "/keuangan/loket/serah/<id>", MONEY, RegionRule::Own, "serahkan uang setelah identitas diperiksa"),
    rule(
        Method::Post,
        "/keuangan/loket/serah/<id>/pengganti",
        MONEY,
        RegionRule::Own,
        "usulkan ahli waris pengganti bagi yang meninggal sebelum mengambil",
    ),
    rule(Method::Post, "/keuangan/loket/serah/<id>/batal", MONEY, RegionRule::Own, "batalkan penyerahan yang salah catat"),
    rule(Method::Get, "/keuangan/loket/serah/<id>/foto", MONEY_READ, RegionRule::Own, "foto penyerahan"),
    rule(Method::Post, "/keuangan/loket/tidak-diambil", MONEY, RegionRule::Own, "kembalikan uang yang tidak diambil"),
    rule(Method::Get, "/keuangan/loket/kas", MONEY_READ, RegionRule::Own, "buku kas satu hari, untuk dicetak"),
    rule(Method::Post, "/keuangan/loket/kas", MONEY, RegionRule::Own, "hitung uang dan tutup buku kas"),
    rule(Method::Post, "/keuangan/loket/kas/selisih", MONEY, RegionRule::Own, "jelaskan selisih kas"),
    rule(Method::Get, "/keuangan/loket/setor", MONEY_READ, RegionRule::Own, "uang kembali dan setoran ke kas daerah"),
    rule(Method::Post, "/keuangan/loket/setor", MONEY, RegionRule::Own, "catat STS"),
    rule(Method::Post, "/keuangan/loket/setor/bayar", MONEY, RegionRule::Own, "bayar setoran tahun lalu dari anggaran tahun ini"),
    rule(Method::Post, "/keuangan/loket/setor/tarik", MONEY, RegionRule::Own, "ambil lagi uang yang sudah disetor"),
    rule(Method::Post, "/keuangan/perintah/<id>/jawaban", MONEY, RegionRule::Own, "catat hasil satu pembayaran dengan tangan"),
    rule(Method::Get, "/keuangan/hasil", MONEY_READ, RegionRule::Own, "laporan bank dan baris yang perlu dilihat"),
    rule(Method::Post, "/keuangan/hasil", MONEY, RegionRule::Own, "impor laporan bank"),
    rule(Method::Get, "/keuangan/hasil/<id>", MONEY_READ, RegionRule::Own, "baris satu laporan bank dengan hasilnya"),
    rule(Method::Post, "/keuangan/hasil/<id>/baris", MONEY, RegionRule::Own, "jawab satu baris yang perlu dilihat"),
    rule(Method::Get, "/keuangan/retur", RETURNS, RegionRule::Own, "pembayaran yang kembali dan koreksinya"),
    rule(Method::Post, "/keuangan/retur/<id>", CORRECT, RegionRule::Own, "usulkan koreksi satu pembayaran yang kembali"),
    rule(Method::Post, "/keuangan/retur/perintah", MONEY, RegionRule::Own, "buat perintah bayar ulang dari koreksi yang disetujui"),
    rule(Method::Post, "/keuangan/retur/usulan/<id>", APPROVE, RegionRule::Own, "setujui atau tolak koreksi"),
    rule(Method::Get, "/keuangan/retur/usulan/<id>/bukti", RETURNS, RegionRule::Own, "bukti satu koreksi"),
    rule(Method::Get, "/keuangan/spj", MONEY_READ, RegionRule::Own, "bukti bendahara (SPJ) setahun, sebulan, atau satu SK"),
    rule(Method::Get, "/keuangan/spj/perintah/<id>", MONEY_READ, RegionRule::Own, "bukti bendahara satu perintah bayar"),
    rule(Method::Get, "/keuangan/spj/unduh", MONEY_READ, RegionRule::Own, "SPJ sebagai Excel atau CSV; setiap pengambilan dicatat"),
    rule(Method::Get, "/keuangan/spj/bayar/<id>", MONEY_READ, RegionRule::Own, "bukti satu pembayaran"),
    rule(Method::Post, "/keuangan/spj/bayar/<id>", MONEY, RegionRule::Own, "lampirkan pindaian bukti pada pembayaran"),
    rule(Method::Get, "/keuangan/spj/bukti/<id>", MONEY_READ, RegionRule::Own, "pindaian yang dilampirkan"),
    rule(Method::Get, "/keuangan/sk/<id>/perubahan", MONEY, RegionRule::Own, "pilih baris SK yang diubah"),
    rule(Method::Post, "/keuangan/sk/<id>/perubahan", MONEY, RegionRule::Own, "isi, lihat, dan usulkan SK perubahan"),
    rule(Method::Get, "/keuangan/perubahan/<id>", MONEY_READ, RegionRule::Own, "satu usulan SK perubahan"),
    rule(Method::Post, "/keuangan/perubahan/<id>", AMEND, RegionRule::Own, "kunci atau tarik SK perubahan"),
    rule(Method::Get, "/keuangan/perubahan/<id>/bukti", MONEY_READ, RegionRule::Own, "dasar satu SK perubahan"),
    rule(Method::Get, "/permohonan/<code>/pembatalan", CLAIMS, RegionRule::Own, "pembatalan satu permohonan"),
    rule(Method::Post, "/permohonan/<code>/pembatalan", ANNUL, RegionRule::Own, "minta pembatalan dengan bukti"),
    rule(Method::Post, "/permohonan/<code>/pembatalan/<id>", APPROVE, RegionRule::Own, "batalkan permohonan atau tolak permintaan"),
    rule(Method::Get, "/permohonan/<code>/pembatalan/<id>/bukti", CLAIMS, RegionRule::Own, "bukti satu permintaan pembatalan"),
    rule(Method::Get, "/keuangan/pengembalian", MONEY_READ, RegionRule::Own, "uang yang harus dikembalikan"),
    rule(Method::Get, "/keuangan/pengembalian/<id>", MONEY_READ, RegionRule::Own, "satu pengembalian: rencana dan setoran"),
    rule(Method::Post, "/keuangan/pengembalian/<id>/rencana", MONEY, RegionRule::Own, "catat rencana angsuran"),
    rule(Method::Post, "/keuangan/pengembalian/<id>/angsuran", MONEY, RegionRule::Own, "catat setoran"),
    rule(Method::Post, "/keuangan/pengembalian/<id>/koreksi", MONEY, RegionRule::Own, "balik setoran yang salah catat"),
    rule(Method::Get, "/keuangan/pengembalian/<id>/bukti/<name>", MONEY_READ, RegionRule::Own, "pindaian bukti setor"),
    rule(Method::Get, "/keuangan/profil-bank", MONEY_READ, RegionRule::Own, "profil berkas bank"),
    rule(Method::Post, "/keuangan/profil-bank", MONEY, RegionRule::Own, "uji atau simpan profil bank milik kantor"),
    rule(Method::Get, "/daftar-henti", JUDGE, RegionRule::Own, "daftar kematian untuk program lain"),
    rule(Method::Post, "/daftar-henti", CONFIRM, RegionRule::Own, "buat daftar henti"),
    rule(Method::Post, "/daftar-henti/<id>", CONFIRM, RegionRule::Own, "ambil berkas daftar henti; setiap pengambilan dicatat"),
    rule(Method::Get, "/perhatian", WATCH, RegionRule::Own, "pekerjaan yang belum berhasil"),
    rule(Method::Get, "/perhatian/data-berbeda", WATCH, RegionRule::Own, "perbedaan antara sumber dan rilis data warga"),
    rule(Method::Post, "/perhatian/<id>", DATA, RegionRule::Own, "coba lagi atau tutup dengan alasan"),
    rule(Method::Get, "/data-warga", DATA, RegionRule::Own, "rilis data warga dan pemeriksaan berkas"),
    rule(Method::Post, "/data-warga", DATA, RegionRule::Own, "kirim berkas data warga untuk diperiksa"),
    rule(Method::Get, "/data-warga/laporan.csv", DATA, RegionRule::Own, "laporan per baris dari berkas yang diperiksa"),
    rule(Method::Post, "/data-warga/terapkan", DATA, RegionRule::Own, "terapkan berkas yang sudah diperiksa"),
    rule(Method::Post, "/data-warga/pemetaan", DATA, RegionRule::Own, "simpan pemetaan judul kolom milik kantor"),
    rule(Method::Post, "/data-warga/contoh-pemetaan", DATA, RegionRule::None, "contoh pemetaan dari judul kolom berkas"),
    rule(Method::Post, "/data-warga/batal", DATA, RegionRule::Own, "buang berkas yang diperiksa"),
    rule(Method::Get, "/api/v1/session", EVERY, RegionRule::None, "akun dan token untuk program"),
    rule(Method::Post, "/api/v1/claims", OPERATOR, RegionRule::Own, "kirim permohonan (JSON)"),
    rule(Method::Get, "/api/v1/claims/<code>", CLAIMS, RegionRule::Own, "satu permohonan (JSON)"),
    rule(Method::Get, "/api/v1/claims/<code>/identity", JUDGE, RegionRule::Own, "orang yang mirip dan jawabannya (JSON)"),
    rule(Method::Post, "/api/v1/claims/<code>/identity", VERIFY, RegionRule::Own, "jawaban: orang yang sama atau orang lain (JSON)"),
];

/// The rule of a mounted route, if it has one.
pub fn rule_of(route: &Route) -> Option<&'static RouteRule> {
    let path = path_of(route);
    ROUTES.iter().find(|rule| rule.method == route.method && rule.path == path)
}

/// The path of a mounted route without its query.
pub fn path_of(route: &Route) -> String {
    let uri = route.uri.to_string();
    uri.split_once('?').map_or(uri.clone(), |(path, _)| path.to_owned())
}

impl RouteRule {
    /// Whether a role may use the route.
    pub fn admits(&self, role: Role) -> bool {
        match self.access {
            Access::Public => true,
            Access::Roles(roles) => roles.contains(&role),
        }
    }
}

/// The table as a page of the documentation.
pub fn as_markdown() -> String {
    let mut text = String::from("| metode | alamat | siapa | wilayah | untuk apa |\n| --- | --- | --- | --- | --- |\n");
    for rule in ROUTES {
        let who = match rule.access {
            Access::Public => "umum".to_owned(),
            Access::Roles(roles) if roles.len() == Role::ALL.len() => "semua akun".to_owned(),
            Access::Roles(roles) => roles.iter().map(|r| r.label()).collect::<Vec<_>>().join(", "),
        };
        let region = match rule.region {
            RegionRule::None => "–",
            RegionRule::Own => "wilayah sendiri",
            RegionRule::ByCode => "satu kode",
        };
        text.push_str(&format!("| {} | `{}` | {who} | {region} | {} |\n", rule.method, rule.path, rule.what));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_route_stands_twice_in_the_table() {
        for (i, a) in ROUTES.iter().enumerate() {
            assert!(!ROUTES.iter().skip(i + 1).any(|b| a.method == b.method && a.path == b.path), "{} {}", a.method, a.path);
        }
    }

    #[test]
    fn whoever_reads_only_changes_nothing() {
        for rule in ROUTES.iter().filter(|r| r.method == Method::Post && r.path != "/keluar") {
            let changes = |role| matches!(rule.access, Access::Roles(_)) && rule.admits(role);
            // Whoever looks after the accounts may bring data in and start work again; claims are never theirs.
            let is_data = rule.path.starts_with("/data-warga") || rule.path.starts_with("/perhatian");
            assert!(!changes(Role::Auditor) && (is_data || !changes(Role::Admin)), "{}", rule.path);
        }
    }
}
