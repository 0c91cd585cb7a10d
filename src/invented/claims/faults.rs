//! One claim, one fault (or two): the person, the dates, the means, the heir, the account.

use chrono::{Datelike, Days, NaiveDate};

use super::clean::move_death;
use super::filed::{Claim, Deceased};
use super::teller::{PRESENT, Teller, able, coherent, holder, official, poor, sound};
use crate::domain::identity::Sex;
use crate::invented::dice::Dice;
use crate::invented::naming::given_name;
use crate::invented::numbers::birth_digits;
use crate::invented::resident::Standing;
use crate::invented::words::letter;

const STRANGER_MAY: [&str; 5] = ["AHLI_WARIS_BUKAN_KELUARGA", "BEDA_DESA", "NAMA_VARIAN", "NIK_TIDAK_DITEMUKAN", "TIDAK_MISKIN"];

impl Teller<'_> {
    /// One digit of the NIK is wrong.
    pub fn nik_typo(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let claim = self.claim(pair).expecting("nik_typo", "needs_review", &[]);
        self.with_nik(claim, one_digit)
    }

    /// Two neighbouring digits are swapped.
    pub fn nik_transpose(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let claim = self.claim(pair).expecting("nik_transpose", "needs_review", &[]);
        self.with_nik(claim, |dice, nik| {
            let mut digits: Vec<char> = nik.chars().collect();
            let at = dice.place(digits.len() - 1);
            digits.swap(at, at + 1);
            Some(digits.into_iter().collect())
        })
    }

    /// Filed late, and the NIK mistyped too.
    pub fn combo(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("combo", "ineligible", &[]).must(&["LEWAT_60_HARI"]);
        move_death(&mut claim, 75);
        self.forget_late_visits(&claim.deceased.nik, claim.died_on);
        self.with_nik(claim, one_digit)
    }

    fn with_nik(&mut self, mut claim: Claim, change: impl Fn(&mut Dice, &str) -> Option<String>) -> Option<Vec<Claim>> {
        for _ in 0..60 {
            let nik = change(&mut self.dice, &claim.deceased.nik)?;
            if nik != claim.deceased.nik && self.unknown(&nik) {
                claim.deceased.nik = nik;
                let told = birth_digits(claim.deceased.born_on, sex(&claim.deceased));
                let disagrees = claim.deceased.nik.get(6..12) != Some(told.as_str());
                let claim = claim.must(&["NIK_SALAH_KETIK"]).may(&["NIK_TIDAK_DITEMUKAN"]);
                return Some(vec![if disagrees { claim.must(&["NIK_TANGGAL_BEDA"]) } else { claim }]);
            }
        }
        None
    }

    /// The NIK is that of somebody else.
    pub fn wrong_name(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("wrong_name", "needs_review", &["ineligible"]);
        let owner = pair.deceased;
        let born_on = owner.born_on - Days::new(u64::from(self.dice.below(3000) + 90));
        claim.deceased.born_on = born_on;
        claim.deceased.name = self.name_unlike(&owner.plain_name, owner.sex, born_on.year());
        claim.deceased.mother = given_name(self.words, &mut self.dice, Sex::Female, born_on.year() - 27);
        claim.expected.register_rows_of_deceased.clear();
        claim.expected.note = "nik owner and named person differ";
        let may = ["AHLI_WARIS_BUKAN_KELUARGA", "NIK_SALAH_KETIK", "NIK_TIDAK_DITEMUKAN"];
        Some(vec![claim.must(&["NAMA_BEDA", "NIK_TANGGAL_BEDA"]).may(&may)])
    }

    /// A name that shares no word, nor its first letters, with this one.
    fn name_unlike(&mut self, name: &str, sex: Sex, year: i32) -> String {
        let front = |word: &str| word.chars().take(2).collect::<String>();
        let fronts: Vec<String> = name.split(' ').map(front).collect();
        for _ in 0..200 {
            let other = given_name(self.words, &mut self.dice, sex, year);
            if other.split(' ').all(|word| !fronts.contains(&front(word))) {
                return other;
            }
        }
        "KRESNAWAN".to_owned()
    }

    /// No NIK, or one of those that stand for none.
    pub fn placeholder_nik(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("placeholder_nik", "needs_review", &["eligible"]);
        let nik = self.dice.weigh(&[("", 5), ("9999999999999995", 1), ("9999999999999996", 1), ("9999999999999999", 1)]);
        nik.clone_into(&mut claim.deceased.nik);
        Some(vec![claim.must(&["NIK_TIDAK_TERSEDIA"]).may(&["NIK_TIDAK_DITEMUKAN"])])
    }

    /// Nobody the register knows, filed by somebody it does.
    pub fn not_in_registry(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let claim = self.claim(pair).expecting("not_in_registry", "needs_review", &[]);
        Some(vec![self.about_nobody(claim)])
    }

    /// Turns a claim into one about a person of no register.
    pub fn about_nobody(&mut self, mut claim: Claim) -> Claim {
        claim.deceased = self.nobody(&claim.village.clone());
        claim.expected.register_rows_of_deceased.clear();
        claim.expected.may_find.clear();
        claim.papers.surat_ahli_waris = true;
        claim.must(&["NIK_TIDAK_DITEMUKAN"]).may(&["AHLI_WARIS_BUKAN_KELUARGA", "NAMA_VARIAN", "TIDAK_MISKIN"])
    }

    /// Filed from a village where the register does not have the person.
    pub fn village_other(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("village_other", "needs_review", &[]);
        let others: Vec<&str> = self.villages.iter().filter(|village| **village != claim.village).copied().collect();
        let other = *self.dice.pick(&others)?;
        other.clone_into(&mut claim.village);
        claim.clerk = super::teller::clerk(other);
        other.clone_into(&mut claim.deceased.village);
        Some(vec![claim.must(&["BEDA_DESA"])])
    }

    /// Lived outside the kabupaten.
    pub fn outside_batang(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("outside_batang", "ineligible", &["needs_review"]);
        let prefix = self.words.outside(&mut self.dice)?.prefix.clone();
        let (kabupaten, kecamatan) = (prefix.get(..4)?, prefix.get(4..6)?);
        let village = format!("{}.{}.{kecamatan}.20{:02}", kabupaten.get(..2)?, kabupaten.get(2..)?, self.dice.between(1, 12));
        claim.deceased = Deceased { card: String::new(), ..self.nobody(&village) };
        claim.expected.register_rows_of_deceased.clear();
        Some(vec![claim.must(&["LUAR_BATANG"]).may(&STRANGER_MAY)])
    }

    /// The register says the person moved away.
    pub fn moved_out(&mut self) -> Option<Vec<Claim>> {
        let pair =
            self.pair_of_any(|person| poor(person) && !official(person) && coherent(person) && person.standing == Standing::Moved)?;
        Some(vec![self.claim(pair).expecting("moved_out", "ineligible", &["needs_review"]).must(&["LUAR_BATANG"])])
    }

    /// Not poor by the register, and no letter of the village.
    pub fn not_poor(&mut self) -> Option<Vec<Claim>> {
        let pair =
            self.pair_of_any(|person| !poor(person) && !official(person) && coherent(person) && person.standing == Standing::Living)?;
        let mut claim = self.claim(pair).expecting("not_poor", "ineligible", &[]);
        claim.papers.sktm = false;
        Some(vec![claim.must(&["TIDAK_MISKIN"])])
    }

    /// A civil servant, soldier or policeman.
    pub fn asn_tni_polri(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair_of_any(|person| official(person) && coherent(person) && person.standing == Standing::Living)?;
        let mut claim = self.claim(pair).expecting("asn_tni_polri", "ineligible", &[]);
        claim.papers.sktm = true;
        Some(vec![claim.must(&["PEKERJAAN_DIKECUALIKAN"])])
    }

    /// Filed after the sixtieth day.
    pub fn late(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("late", "ineligible", &[]);
        let days = u64::from(self.dice.weigh(&[(61_u32, 2), (62, 1), (65, 2), (75, 2), (100, 2), (190, 1)]));
        move_death(&mut claim, days);
        claim.letter_on = claim.filed_on - Days::new(days / 4);
        self.forget_late_visits(&claim.deceased.nik, claim.died_on);
        Some(vec![claim.must(&["LEWAT_60_HARI"])])
    }

    /// Dies after the filing.
    pub fn future_death(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("future_death", "ineligible", &["needs_review"]);
        claim.died_on = claim.filed_on + Days::new(u64::from(self.dice.below(60) + 2));
        Some(vec![claim.must(&["TGL_MENINGGAL_MASA_DEPAN"])])
    }

    /// Dies before the birth.
    pub fn before_birth(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("before_birth", "ineligible", &["needs_review"]);
        claim.died_on = claim.deceased.born_on - Days::new(u64::from(self.dice.below(6000) + 30));
        Some(vec![claim.must(&["MENINGGAL_SEBELUM_LAHIR"]).may(&["LEWAT_60_HARI", "MASIH_HIDUP"])])
    }

    /// The deceased is their own heir, sometimes with a digit changed.
    pub fn heir_is_deceased(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("heir_is_deceased", "ineligible", &["needs_review"]);
        claim.heir = self.heir(pair.deceased, "ANAK");
        claim.account = self.account(pair.deceased);
        if self.dice.chance(400) {
            let front: String = claim.heir.nik.chars().take(15).collect();
            claim.heir.nik = format!("{front}{}", self.dice.between(5, 9));
        }
        let may = ["AHLI_WARIS_SUDAH_MENINGGAL", "NAMA_REKENING_BEDA", "NAMA_VARIAN"];
        Some(vec![claim.must(&["AHLI_WARIS_ADALAH_ALMARHUM"]).may(&may)])
    }

    /// The heir died before the deceased, says the register.
    pub fn heir_dead(&mut self) -> Option<Vec<Claim>> {
        let as_of = self.as_of;
        let (_, (deceased, heir)) = self.take(|family| {
            let heir =
                family.people.iter().find(|person| sound(person) && person.died_on.is_some_and(|day| day + Days::new(80) < as_of))?;
            let deceased =
                family.people.iter().find(|person| able(person, as_of) && poor(person) && coherent(person) && !official(person))?;
            (deceased.hearth.card == heir.hearth.card).then_some((deceased, heir))
        })?;
        let mut claim = self.claim(super::teller::Pair { deceased, heir }).expecting("heir_dead", "needs_review", &["ineligible"]);
        self.after(&mut claim, heir.died_on?)?;
        Some(vec![claim.must(&["AHLI_WARIS_SUDAH_MENINGGAL"])])
    }

    /// Sets a death after this day and a filing soon after it.
    fn after(&mut self, claim: &mut Claim, day: NaiveDate) -> Option<()> {
        let room = u32::try_from((self.as_of - day).num_days() - 45).ok()?.max(1);
        claim.died_on = day + Days::new(u64::from(self.dice.below(room.min(300)) + 35));
        claim.letter_on = claim.died_on;
        claim.filed_on = claim.died_on + Days::new(u64::from(self.dice.below(9)));
        self.forget_late_visits(&claim.deceased.nik, claim.died_on);
        Some(())
    }

    /// The heir lives on another card, and no letter says why.
    pub fn heir_outside(&mut self) -> Option<Vec<Claim>> {
        let claims = self.clean_heir_letter()?;
        let without = |mut claim: Claim| {
            claim.papers.surat_ahli_waris = false;
            claim.expecting("heir_outside", "needs_review", &[]).must(&["AHLI_WARIS_BUKAN_KELUARGA"])
        };
        Some(claims.into_iter().map(without).collect())
    }

    /// The account is somebody else's.
    pub fn account_name(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("account_name", "needs_review", &[]);
        let sex = if self.dice.chance(500) { Sex::Male } else { Sex::Female };
        claim.account.holder = holder(&given_name(self.words, &mut self.dice, sex, 1980));
        Some(vec![claim.must(&["NAMA_REKENING_BEDA"])])
    }

    /// The register has an older death than the claim.
    pub fn dead_earlier(&mut self) -> Option<Vec<Claim>> {
        let before = self.as_of - Days::new(90);
        let pair = self.pair_of_any(|person| {
            poor(person) && !official(person) && coherent(person) && person.died_on.is_some_and(|day| day < before)
        })?;
        let mut claim = self.claim(pair).expecting("dead_earlier", "ineligible", &["needs_review"]);
        self.after(&mut claim, pair.deceased.died_on?)?;
        Some(vec![claim.must(&["SUDAH_MENINGGAL_LAMA"])])
    }

    /// Seen after the claimed death.
    pub fn alive(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("alive", "needs_review", &["ineligible"]);
        let gap = u64::from(self.dice.below(40) + 8);
        move_death(&mut claim, gap);
        self.forget_late_visits(&claim.deceased.nik, claim.died_on);
        let (kind, day) = (self.dice.weigh(&PRESENT), claim.died_on + Days::new(u64::from(self.dice.below(20) + 2)));
        self.happen(&pair.deceased.nik, day, kind);
        Some(vec![claim.must(&["MASIH_HIDUP"])])
    }
}

fn one_digit(dice: &mut Dice, nik: &str) -> Option<String> {
    let at = dice.place(nik.len());
    let digit = char::from_digit(dice.below(10), 10)?;
    Some(nik.chars().enumerate().map(|(place, old)| if place == at { digit } else { old }).collect())
}

fn sex(deceased: &Deceased) -> Sex {
    if deceased.sex == letter(Sex::Female) { Sex::Female } else { Sex::Male }
}
