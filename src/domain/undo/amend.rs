//! Changing a signed decree row by row, by a decree of its own.

use serde::{Deserialize, Serialize};

use super::Ground;
use crate::domain::access::{Actor, Participant, Role};
use crate::domain::claim::{ClaimContent, Heir, Payout, REASON_CHARS_MIN, State};
use crate::domain::money::Rupiah;
use crate::domain::payment::ItemState;

/// What a row of a decree is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Lists a payee.
    List,
    /// Of an amending decree: strikes a row.
    Strike,
    /// Of an amending decree: changes to whom or where a row is paid.
    Amend,
}

impl RowKind {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Strike => "strike",
            Self::Amend => "amend",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::List, Self::Strike, Self::Amend].into_iter().find(|kind| kind.code() == code)
    }
}

/// Who is paid instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "heir", rename_all = "snake_case")]
pub enum NewPayee {
    /// The same person, written rightly.
    Corrected(Heir),
    /// The next heir, because the payee died.
    Next(Heir),
}

/// What shall become of one row. How much is paid is never part of it: that is what the rules say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "a decree changes a handful of rows, each looked at for a moment")]
pub enum RowChange {
    /// Strike it.
    Strike {
        /// Why, from the list.
        ground: Ground,
        /// Why, in words.
        words: String,
    },
    /// Pay somebody else, or into another account.
    Amend {
        /// To whom.
        payee: NewPayee,
        /// How.
        payout: Payout,
        /// Why, in words.
        words: String,
    },
}

impl RowChange {
    /// Why, in words.
    pub fn words(&self) -> &str {
        match self {
            Self::Strike { words, .. } | Self::Amend { words, .. } => words,
        }
    }

    /// What its row on the amending decree is for.
    pub fn kind(&self) -> RowKind {
        match self {
            Self::Strike { .. } => RowKind::Strike,
            Self::Amend { .. } => RowKind::Amend,
        }
    }
}

/// What a change of a row is held against.
#[derive(Debug, Clone, Copy)]
pub struct RowFacts<'a> {
    /// Code of the claim, for the refusal.
    pub code: &'a str,
    /// Whether the row still stands.
    pub stands: bool,
    /// Where its claim stands.
    pub state: State,
    /// Where its last payment stands, if there ever was one.
    pub payment: Option<ItemState>,
    /// What the claim says now.
    pub content: &'a ClaimContent,
}

/// Why a decree is not amended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmendRefused {
    /// Another role's act.
    #[error("Langkah ini bukan tugas akun Anda. SK perubahan disusun bagian keuangan dan dikunci Kepala Dinas.")]
    NotYourRole,
    /// Not signed, or itself an amending one.
    #[error("Hanya SK penetapan yang sudah ditandatangani yang dapat diubah. Catat dahulu tanggal tanda tangannya.")]
    NotSigned,
    /// No row was chosen.
    #[error("Pilih paling sedikit satu baris untuk dicoret atau diubah.")]
    NothingChosen,
    /// Struck before, or on another decree.
    #[error("{0}: baris ini sudah tidak berlaku dalam SK tersebut.")]
    Gone(String),
    /// Ordered, not released.
    #[error("{0}: pembayarannya sudah diperintahkan. Batalkan dahulu perintah bayarnya, lalu ubah SK-nya.")]
    Ordered(String),
    /// On its way.
    #[error("{0}: uangnya sedang di bank atau di loket. Tunggu hasil bank, atau catat tidak diambil.")]
    OnItsWay(String),
    /// With the heir.
    #[error("{0}: uangnya sudah diterima. Baris yang sudah dibayar tidak dicoret; batalkan permohonannya agar uangnya ditagih kembali.")]
    Paid(String),
    /// Came back.
    #[error("{0}: uangnya kembali (retur). Koreksi penerimanya di halaman Retur, atau setorkan ke kas daerah lalu batalkan permohonannya.")]
    CameBack(String),
    /// Given back to the treasury.
    #[error("{0}: uangnya sudah disetor ke kas daerah. Batalkan permohonannya, atau ambil lagi uangnya untuk dibayarkan.")]
    Deposited(String),
    /// No words.
    #[error("{0}: tuliskan penjelasannya paling sedikit 10 huruf.")]
    NoWords(String),
    /// The payee and account stay as they are.
    #[error("{0}: tidak ada yang berubah. Isi nama, NIK, hubungan, atau rekening yang benar.")]
    NothingChanges(String),
    /// Without the NIK the treasury's list cannot be made.
    #[error("{0}: NIK penerima harus 16 angka.")]
    Nik(String),
    /// A next heir who is the old one.
    #[error("{0}: ahli waris pengganti sama dengan penerima semula. Pilih \"perbaikan tulisan\" bila orangnya sama.")]
    SameHeir(String),
    /// An account no bank takes.
    #[error("{code}: {why}.")]
    Account {
        /// Code of the claim.
        code: String,
        /// What is wrong with it.
        why: String,
    },
    /// By the rules the benefit would be another one.
    #[error(
        "{code}: menurut aturan besarannya menjadi {by_rule}, sedangkan yang ditetapkan {decreed}. Coret barisnya, lalu tetapkan kembali dengan SK baru."
    )]
    AmountDiffers {
        /// Code of the claim.
        code: String,
        /// By the rules.
        by_rule: Rupiah,
        /// On the decree.
        decreed: Rupiah,
    },
    /// No paper.
    #[error("Lampirkan dasarnya, misalnya nota dinas, berita acara pemeriksaan, atau surat desa.")]
    NoEvidence,
    /// Another amending decree is in the making.
    #[error("SK ini sedang diubah: ada usulan SK perubahan yang menunggu dikunci. Selesaikan atau tarik usulan itu lebih dahulu.")]
    Proposed,
    /// The last amending decree is not signed.
    #[error("SK perubahan Nomor {0} belum dicatat sudah ditandatangani. Catat tanggal tanda tangannya lebih dahulu.")]
    Unsigned(String),
    /// One person, two hands.
    #[error("Anda sendiri yang mengusulkan perubahan ini. Yang mengunci harus orang lain.")]
    SamePerson,
    /// Decided before.
    #[error("Usulan ini sudah diputus. Muat ulang halaman untuk melihat keadaan terakhir.")]
    Decided,
    /// No words for a withdrawal.
    #[error("Tuliskan alasan penarikan usulan paling sedikit 10 huruf.")]
    NoReason,
}

/// Whether a row's money still lies on the decree, so that the row may change.
///
/// # Errors
/// [`AmendRefused`] that says what has to be done first.
pub fn row_is_free(code: &str, stands: bool, state: State, payment: Option<ItemState>) -> Result<(), AmendRefused> {
    let code = || code.to_owned();
    match payment {
        None | Some(ItemState::Cancelled) => {}
        Some(ItemState::Ordered) => return Err(AmendRefused::Ordered(code())),
        Some(ItemState::Sent) => return Err(AmendRefused::OnItsWay(code())),
        Some(ItemState::Paid) => return Err(AmendRefused::Paid(code())),
        Some(ItemState::Returned | ItemState::Replaced) => return Err(AmendRefused::CameBack(code())),
        Some(ItemState::Deposited) => return Err(AmendRefused::Deposited(code())),
        Some(ItemState::Recovering | ItemState::Recovered) => return Err(AmendRefused::Gone(code())),
    }
    if stands && state == State::Decreed { Ok(()) } else { Err(AmendRefused::Gone(code())) }
}

/// Whether one row may be changed so.
///
/// # Errors
/// [`AmendRefused`], the first that applies: where the money lies, words, the new payee, nothing new.
pub fn row_may_change(facts: &RowFacts<'_>, change: &RowChange) -> Result<(), AmendRefused> {
    row_is_free(facts.code, facts.stands, facts.state, facts.payment)?;
    let code = || facts.code.to_owned();
    if change.words().trim().chars().count() < REASON_CHARS_MIN {
        return Err(AmendRefused::NoWords(code()));
    }
    let RowChange::Amend { payee, .. } = change else { return Ok(()) };
    let (NewPayee::Corrected(heir) | NewPayee::Next(heir)) = payee;
    if heir.nik.number.is_none() {
        return Err(AmendRefused::Nik(code()));
    }
    let old = facts.content.payee();
    if matches!(payee, NewPayee::Next(_)) && old.is_some_and(|old| old.nik.number == heir.nik.number) {
        return Err(AmendRefused::SameHeir(code()));
    }
    match amended_content(facts.content, change) {
        Some(content) if content != *facts.content => Ok(()),
        _ => Err(AmendRefused::NothingChanges(code())),
    }
}

/// What a claim says after its row was changed; `None` where the row is struck. Who stood in for the former payee does not stand in
/// for the next heir.
pub fn amended_content(content: &ClaimContent, change: &RowChange) -> Option<ClaimContent> {
    let RowChange::Amend { payee, payout, .. } = change else { return None };
    let mut content = content.clone();
    content.payout = payout.clone();
    match payee {
        NewPayee::Next(heir) => {
            content.heirs.insert(0, heir.clone());
            content.stand_ins.guardian = None;
            content.stand_ins.proxy = None;
        }
        NewPayee::Corrected(heir) => match (content.heirs.first_mut(), content.stand_ins.no_heir.as_mut()) {
            (Some(first), _) => *first = heir.clone(),
            (None, Some(no_heir)) => no_heir.recipient = heir.clone(),
            (None, None) => content.heirs.push(heir.clone()),
        },
    }
    Some(content)
}

/// Whether somebody may propose an amending decree with so many rows.
///
/// # Errors
/// [`AmendRefused`].
pub fn may_propose(actor: &Actor, rows: usize, has_evidence: bool) -> Result<(), AmendRefused> {
    if actor.role != Role::Finance {
        return Err(AmendRefused::NotYourRole);
    }
    if rows == 0 {
        return Err(AmendRefused::NothingChosen);
    }
    if has_evidence { Ok(()) } else { Err(AmendRefused::NoEvidence) }
}

/// Whether this person may lock what `proposer` proposed.
///
/// # Errors
/// [`AmendRefused`].
pub fn may_decide(actor: &Actor, proposer: &Participant, is_decided: bool) -> Result<(), AmendRefused> {
    if actor.role != Role::Approver {
        return Err(AmendRefused::NotYourRole);
    }
    if is_decided {
        return Err(AmendRefused::Decided);
    }
    if actor.is_same_person(proposer) { Err(AmendRefused::SamePerson) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::claim::{Address, BankAccount, ClaimedNik, Death, Deceased, Reporter, StandIn, StandIns};
    use crate::domain::identity::{PersonName, Relation};
    use crate::domain::payment::hand;
    use crate::domain::region::RegionCode;

    fn heir(name: &str, nik: &str) -> Heir {
        Heir {
            name: PersonName::parse(name).unwrap(),
            nik: ClaimedNik::take(nik),
            family_card: None,
            relation: Relation::Anak,
            phone: String::new(),
            address: "RT 001".into(),
        }
    }

    const OLD: &str = "9925014101800001";
    const NEXT: &str = "9925014101800002";

    fn bank(number: &str) -> Payout {
        Payout::Bank(BankAccount { bank: "BRI".into(), number: number.into(), holder: "SITI".into() })
    }

    fn content() -> ClaimContent {
        let village = RegionCode::parse("33.25.01.2006").unwrap();
        let died_on = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        let proxy = StandIn {
            name: PersonName::parse("TARMUDI").unwrap(),
            nik: ClaimedNik::take(""),
            relation: "paman".into(),
            phone: String::new(),
        };
        ClaimContent {
            village: village.clone(),
            deceased: Deceased {
                name: PersonName::parse("SLAMET").unwrap(),
                nik: ClaimedNik::take("9925010101500001"),
                family_card: None,
                born_on: None,
                sex: None,
                mother: String::new(),
                address: Address::default(),
                village,
            },
            death: Death { died_on, place: "RUMAH".into(), letter_number: "1".into(), letter_on: None, cause: None },
            reporter: Reporter { name: PersonName::parse("SITI").unwrap(), relation: "anak".into(), phone: String::new() },
            heirs: vec![heir("SITI", OLD)],
            payout: bank("123456789"),
            documents: std::collections::BTreeSet::new(),
            stand_ins: StandIns { proxy: Some(proxy), ..StandIns::default() },
        }
    }

    fn strike() -> RowChange {
        RowChange::Strike { ground: Ground::PersonAlive, words: "orangnya datang sendiri ke kantor".into() }
    }

    fn amend(payee: NewPayee, payout: Payout) -> RowChange {
        RowChange::Amend { payee, payout, words: "buku rekening ditunjukkan di kantor".into() }
    }

    fn check(state: State, payment: Option<ItemState>, change: &RowChange) -> Result<(), AmendRefused> {
        let content = content();
        let facts = RowFacts { code: "K", stands: state == State::Decreed, state, payment, content: &content };
        row_may_change(&facts, change)
    }

    #[test]
    fn a_row_changes_only_while_its_money_lies_on_the_decree() {
        for payment in [None, Some(ItemState::Cancelled)] {
            assert_eq!(check(State::Decreed, payment, &strike()), Ok(()));
        }
        let refused = |payment| check(State::Decreed, Some(payment), &strike()).unwrap_err();
        let k = || "K".to_owned();
        assert_eq!(refused(ItemState::Ordered), AmendRefused::Ordered(k()));
        assert_eq!(refused(ItemState::Sent), AmendRefused::OnItsWay(k()));
        assert_eq!(refused(ItemState::Paid), AmendRefused::Paid(k()));
        assert_eq!(refused(ItemState::Returned), AmendRefused::CameBack(k()));
        assert_eq!(refused(ItemState::Deposited), AmendRefused::Deposited(k()));
        for state in State::ALL.into_iter().filter(|state| *state != State::Decreed) {
            assert_eq!(check(state, None, &strike()), Err(AmendRefused::Gone(k())));
        }
    }

    #[test]
    fn an_amended_row_says_something_else_than_before() {
        let same = |name: &str| NewPayee::Corrected(heir(name, OLD));
        let decreed = |change: &RowChange| check(State::Decreed, None, change);
        assert_eq!(decreed(&amend(same("SITI"), bank("987654321"))), Ok(()));
        assert_eq!(decreed(&amend(same("SITI AMINAH"), bank("123456789"))), Ok(()));
        assert_eq!(decreed(&amend(same("SITI"), bank("123456789"))), Err(AmendRefused::NothingChanges("K".into())));
        assert_eq!(decreed(&amend(NewPayee::Next(heir("BUDI", NEXT)), Payout::Cash)), Ok(()));
        assert_eq!(decreed(&amend(NewPayee::Next(heir("BUDI", OLD)), Payout::Cash)), Err(AmendRefused::SameHeir("K".into())));
        assert_eq!(decreed(&amend(NewPayee::Next(heir("BUDI", "12")), Payout::Cash)), Err(AmendRefused::Nik("K".into())));
        let silent = RowChange::Strike { ground: Ground::Doubt, words: " ya ".into() };
        assert_eq!(decreed(&silent), Err(AmendRefused::NoWords("K".into())));
    }

    #[test]
    fn the_next_heir_comes_without_the_former_ones_proxy() {
        let next = amended_content(&content(), &amend(NewPayee::Next(heir("BUDI", NEXT)), Payout::Cash)).unwrap();
        assert_eq!((next.heirs.len(), next.payee().unwrap().name.as_str(), next.stand_ins.proxy.is_none()), (2, "BUDI", true));
        let corrected = amended_content(&content(), &amend(NewPayee::Corrected(heir("SITI B", OLD)), bank("1"))).unwrap();
        assert_eq!((corrected.heirs.len(), corrected.stand_ins.proxy.is_some()), (1, true));
        assert_eq!(amended_content(&content(), &strike()), None);
    }

    #[test]
    fn who_proposed_does_not_lock() {
        let region = RegionCode::parse("33.25").unwrap();
        let person = |id: &str, role| Actor {
            id: id.into(),
            name: id.into(),
            role,
            office: region.clone(),
            region: region.clone(),
            nik: None,
            family_card: None,
        };
        assert_eq!(may_propose(&person("a", Role::Finance), 1, true), Ok(()));
        assert_eq!(may_propose(&person("a", Role::Finance), 0, true), Err(AmendRefused::NothingChosen));
        assert_eq!(may_propose(&person("a", Role::Finance), 1, false), Err(AmendRefused::NoEvidence));
        assert_eq!(may_propose(&person("a", Role::Approver), 1, true), Err(AmendRefused::NotYourRole));
        let decide = |id: &str, role, decided| may_decide(&person(id, role), &hand("a", None), decided);
        assert_eq!(decide("b", Role::Approver, false), Ok(()));
        assert_eq!(decide("a", Role::Approver, false), Err(AmendRefused::SamePerson));
        assert_eq!(decide("b", Role::Approver, true), Err(AmendRefused::Decided));
        assert_eq!(decide("b", Role::Finance, false), Err(AmendRefused::NotYourRole));
    }

    #[test]
    fn a_change_reads_back_from_json() {
        for change in [strike(), amend(NewPayee::Next(heir("BUDI", NEXT)), Payout::Cash)] {
            let text = serde_json::to_string(&change).unwrap();
            assert_eq!(serde_json::from_str::<RowChange>(&text).unwrap(), change);
        }
        for kind in [RowKind::List, RowKind::Strike, RowKind::Amend] {
            assert_eq!(RowKind::parse(kind.code()), Some(kind));
        }
    }
}
