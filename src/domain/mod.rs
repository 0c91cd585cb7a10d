//! The rules of the office, pure: no web, no database, no files, no clock, no randomness.
//!
//! | English name | Indonesian term | meaning |
//! | --- | --- | --- |
//! | claim | permohonan santunan | one family's request after one death |
//! | deceased | almarhum/almarhumah | the person who died |
//! | heir, payee | ahli waris, penerima | who receives the money |
//! | village head | kepala desa, lurah | endorses the village's claims |
//! | verifier | verifikator Dinas Sosial | compares claim and register |
//! | approver | kepala dinas, pejabat penyetuju | decides on what others verified |
//! | return for repair | pengembalian berkas | back to the village, filing date kept |
//! | decree | SK penetapan | the legal list of recipients |
//! | nominative list | daftar nominatif | recipients by name and address |
//! | ceiling | pagu | what a budget line may pay in a year |
//! | commitment | komitmen | part of the ceiling promised to one claim |
//! | payment order | perintah bayar | to the treasurer, equal to the decree |
//! | books, entry | pembukuan, jurnal | where every rupiah of a line lies and how it got there |
//! | treasurer, finance | bendahara | pays and keeps the receipts |
//! | receipt | kuitansi | signed by the heir for the money |
//! | evidence of payments | surat pertanggungjawaban (SPJ) | what the treasurer shows for every payment |
//! | stop list | daftar henti | confirmed deaths, for other programmes to stop their help |
//! | amending decree | SK perubahan | strikes or changes rows of a signed decree |
//! | recovery | pengembalian | wrongly paid money that comes back, in instalments (angsuran) |
//! | amount in words | terbilang | on decrees and receipts |

pub mod access;
pub mod audit;
pub mod budget;
pub mod calendar;
pub mod claim;
pub mod crosscheck;
pub mod identity;
pub mod ledger;
pub mod letter;
pub mod linkage;
pub mod money;
pub mod office;
pub mod payment;
pub mod policy;
pub mod region;
pub mod register;
pub mod source;
pub mod stop_list;
pub mod undo;
