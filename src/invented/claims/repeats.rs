//! Faults that only show in several claims together.

use chrono::Days;

use super::clean::move_death;
use super::filed::{Account, Claim};
use super::teller::{Pair, Teller, able, coherent, official, poor, relation, sound};
use crate::invented::resident::{Resident, Standing};
use crate::invented::variant::{register_slip, title_case};

impl<'a> Teller<'a> {
    /// One person, claimed twice with the same NIK by two of the family.
    pub fn dup_same_nik(&mut self) -> Option<Vec<Claim>> {
        let (first, second) = self.claimed_twice(3)?;
        let may_first = ["KLAIM_GANDA_MIRIP", "KLAIM_GANDA_NIK", "NAMA_VARIAN"];
        let may = ["KLAIM_GANDA_MIRIP", "NAMA_VARIAN", "SUDAH_MENINGGAL_LAMA"];
        let mut first = first.expecting("clean", "eligible", &["needs_review"]).may(&may_first);
        first.expected.note = "first of a duplicate pair";
        Some(vec![first, second.expecting("dup_same_nik", "ineligible", &["needs_review"]).must(&["KLAIM_GANDA_NIK"]).may(&may)])
    }

    /// One person, claimed again under another NIK, village and spelling.
    pub fn dup_mutated(&mut self) -> Option<Vec<Claim>> {
        let (first, mut second) = self.claimed_twice(0)?;
        let others: Vec<&str> = self.villages.iter().filter(|village| **village != first.village).copied().collect();
        let village = *self.dice.pick(&others)?;
        let region: String = village.chars().filter(char::is_ascii_digit).take(6).collect();
        second.deceased.nik = format!("{region}{}{:04}", first.deceased.nik.get(6..12)?, self.dice.between(11, 30));
        if self.dice.chance(400) {
            second.deceased.name = register_slip(&mut self.dice, &second.deceased.name);
        }
        village.clone_into(&mut second.deceased.village);
        village.clone_into(&mut second.village);
        second.clerk = super::teller::clerk(village);
        second.deceased.card.clear();
        second.account = first.account.clone();
        let may = [
            "AHLI_WARIS_BUKAN_KELUARGA",
            "BEDA_DESA",
            "NAMA_BEDA",
            "NAMA_REKENING_BEDA",
            "NAMA_VARIAN",
            "NIK_SALAH_KETIK",
            "NIK_TANGGAL_BEDA",
            "NIK_TIDAK_DITEMUKAN",
            "REKENING_BANYAK_AHLI_WARIS",
            "SUDAH_MENINGGAL_LAMA",
        ];
        let mut first = first.expecting("clean", "eligible", &["needs_review"]).may(&["KLAIM_GANDA_MIRIP", "REKENING_BANYAK_AHLI_WARIS"]);
        first.expected.note = "first of a mutated duplicate pair";
        Some(vec![first, second.expecting("dup_mutated", "needs_review", &["ineligible"]).must(&["KLAIM_GANDA_MIRIP"]).may(&may)])
    }

    /// Two claims for one person, by two heirs of the card, weeks apart.
    fn claimed_twice(&mut self, later_death: u64) -> Option<(Claim, Claim)> {
        let as_of = self.as_of;
        let (pair, other) = self.pair_with_other(|person| able(person, as_of))?;
        let mut first = self.claim(pair);
        first.filed_on = self.as_of - Days::new(u64::from(self.dice.below(200) + 70));
        move_death(&mut first, 12);
        let mut second = self.claim(Pair { heir: other, ..pair });
        second.filed_on = first.filed_on + Days::new(u64::from(self.dice.below(28) + 6));
        second.died_on = first.died_on + Days::new(later_death);
        second.letter_on = second.died_on;
        second.deceased.born_on = first.deceased.born_on;
        second.deceased.mother.clone_from(&pair.deceased.mother);
        first.deceased.mother.clone_from(&pair.deceased.mother);
        self.forget_late_visits(&first.deceased.nik, first.died_on);
        Some((first, second))
    }

    /// A pair and a third on the same card.
    fn pair_with_other(&mut self, third: impl Fn(&Resident) -> bool) -> Option<(Pair<'a>, &'a Resident)> {
        let as_of = self.as_of;
        let fit = |person: &Resident| {
            poor(person) && sound(person) && coherent(person) && !official(person) && person.standing == Standing::Living
        };
        let (_, (deceased, heir, other)) = self.take(|family| {
            let deceased = family.people.iter().find(|person| fit(person) && person.age_on(as_of) > 25)?;
            let mut others = family
                .people
                .iter()
                .filter(|person| person.id != deceased.id && person.hearth.card == deceased.hearth.card && third(person));
            Some((deceased, others.next()?, others.next()?))
        })?;
        Some((Pair { deceased, heir }, other))
    }

    /// The heir is the deceased of an earlier claim.
    pub fn heir_dead_claim(&mut self) -> Option<Vec<Claim>> {
        let as_of = self.as_of;
        let (pair, other) = self.pair_with_other(|person| able(person, as_of) && coherent(person) && !official(person))?;
        let widowed = Pair { deceased: pair.heir, heir: other };
        let mut first = self.claim(widowed).expecting("clean", "eligible", &["needs_review"]).may(&["MASIH_HIDUP", "NAMA_VARIAN"]);
        first.filed_on = self.as_of - Days::new(u64::from(self.dice.below(200) + 60));
        move_death(&mut first, 7);
        let mut second = self.claim(pair).expecting("heir_dead_claim", "needs_review", &["ineligible"]);
        second.filed_on = first.filed_on + Days::new(u64::from(self.dice.below(20) + 5));
        second.died_on = first.died_on + Days::new(u64::from(self.dice.below(5) + 1));
        second.letter_on = second.died_on;
        second.expected.note = "heir is the deceased of an earlier claim";
        self.forget_late_visits(&first.deceased.nik, first.died_on);
        self.forget_late_visits(&second.deceased.nik, second.died_on);
        Some(vec![first, second.must(&["AHLI_WARIS_SUDAH_MENINGGAL"])])
    }

    /// One person is the heir of three who have nothing to do with each other.
    pub fn heir_many(&mut self) -> Option<Vec<Claim>> {
        let first = self.pair(|_| true)?;
        let village = first.deceased.hearth.village.clone();
        let heir = self.stranger(&village)?;
        let mut pairs = vec![first];
        for _ in 0..2 {
            pairs.push(self.pair(|person| person.hearth.village == village)?);
        }
        let (phone, account) = (self.phone(), self.account(heir));
        let start = self.as_of - Days::new(u64::from(self.dice.below(60) + 200));
        let mut claims = Vec::new();
        for (number, pair) in (0_u64..).zip(pairs) {
            let mut claim = self.claim(pair);
            let kin = self.dice.weigh(&[("KEPONAKAN", 2), ("SAUDARA", 1), ("ANAK", 1)]);
            claim.heir = super::filed::Heir { phone: phone.clone(), ..self.heir(heir, kin) };
            claim.account = account.clone();
            claim.papers.surat_ahli_waris = true;
            claim.filed_on = start + Days::new(number * 45 + u64::from(self.dice.below(20)));
            move_death(&mut claim, 6);
            self.forget_late_visits(&claim.deceased.nik, claim.died_on);
            let third = number == 2;
            let claim = claim.expecting("heir_many", "needs_review", if third { &["ineligible"] } else { &["eligible"] });
            let claim = if third { claim.must(&["AHLI_WARIS_BERULANG"]) } else { claim.may(&["AHLI_WARIS_BERULANG"]) };
            claims.push(claim.may(&["BATCH_MENCURIGAKAN"]));
        }
        Some(claims)
    }

    /// Two heirs, one account.
    pub fn account_shared(&mut self) -> Option<Vec<Claim>> {
        let one = self.pair(|_| true)?;
        let village = one.deceased.hearth.village.clone();
        let two = self.pair(|person| person.hearth.village == village)?;
        let mut first = self.claim(one).expecting("account_shared", "needs_review", &["eligible"]);
        first.filed_on = self.as_of - Days::new(u64::from(self.dice.below(200) + 70));
        move_death(&mut first, 9);
        let mut second = self.claim(two).expecting("account_shared", "needs_review", &["ineligible"]);
        second.filed_on = first.filed_on + Days::new(u64::from(self.dice.below(60) + 5));
        move_death(&mut second, 9);
        second.account = first.account.clone();
        self.forget_late_visits(&first.deceased.nik, first.died_on);
        self.forget_late_visits(&second.deceased.nik, second.died_on);
        let first = first.may(&["BATCH_MENCURIGAKAN", "REKENING_BANYAK_AHLI_WARIS"]);
        Some(vec![first, second.must(&["REKENING_BANYAK_AHLI_WARIS"]).may(&["BATCH_MENCURIGAKAN", "NAMA_REKENING_BEDA"])])
    }

    /// A clerk files five within two days: two telephones, account numbers in a row, heirs from elsewhere, two of the dead in no register.
    pub fn batch(&mut self) -> Option<Vec<Claim>> {
        let first = self.pair(|_| true)?;
        let village = first.deceased.hearth.village.clone();
        let phones = [self.phone(), self.phone()];
        let start = self.as_of - Days::new(u64::from(self.dice.below(280) + 20));
        let account: u64 = self.dice.digits(7).parse().unwrap_or(0);
        let mut claims = Vec::new();
        for number in 0_u64..5 {
            let pair = if number == 0 { first } else { self.pair(|person| person.hearth.village == village)? };
            let heir = self.stranger(&village)?;
            let mut claim = self.claim(pair);
            let kin = self.dice.weigh(&[("KEPONAKAN", 3), ("ANAK", 2)]);
            claim.heir = super::filed::Heir { phone: self.dice.pick(&phones)?.clone(), ..self.heir(heir, kin) };
            let holder = super::teller::holder(&heir.plain_name);
            claim.account = Account { bank: "BRI".to_owned(), number: format!("00870{:010}", account + number), holder };
            claim.papers.surat_ahli_waris = true;
            claim.filed_on = start + Days::new(number / 3);
            let ago = u64::from(self.dice.below(6)) + 8;
            move_death(&mut claim, ago);
            self.forget_late_visits(&claim.deceased.nik, claim.died_on);
            claims.push(self.of_a_batch(claim, number));
        }
        Some(claims)
    }

    fn of_a_batch(&mut self, claim: Claim, number: u64) -> Claim {
        let claim = match number {
            0 | 2 => claim.expecting("batch", "needs_review", &["eligible", "ineligible"]),
            1 | 3 => self.about_nobody(claim).expecting("batch", "needs_review", &["ineligible"]),
            _ => claim.expecting("batch", "needs_review", &["ineligible"]),
        };
        if number < 3 { claim.may(&["BATCH_MENCURIGAKAN"]) } else { claim.must(&["BATCH_MENCURIGAKAN"]) }
    }

    /// A third person of the family files too, for another of its dead, with the name in small letters: nothing wrong with it.
    pub fn clean_third_heir(&mut self) -> Option<Vec<Claim>> {
        let as_of = self.as_of;
        let (pair, other) = self.pair_with_other(|person| able(person, as_of))?;
        let mut claim = self.claim(Pair { heir: other, ..pair }).expecting("clean_third_heir", "eligible", &[]);
        claim.heir.relation = relation(pair.deceased, other);
        claim.heir.name = title_case(&claim.heir.name);
        Some(vec![claim])
    }
}
