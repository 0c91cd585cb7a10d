//! Harder to judge: several small faults at once, or something that looks like fraud and is none.

use chrono::Days;

use super::clean::move_death;
use super::filed::Claim;
use super::teller::{PRESENT, Pair, Teller, able, coherent, official, poor, sound};
use crate::domain::identity::Sex;
use crate::invented::numbers::birth_digits;
use crate::invented::resident::Resident;
use crate::invented::variant::{late, ornamented, register_slip, shortened};
use crate::invented::words::letter;

impl Teller<'_> {
    /// Two spellings off, with ALM. before it, without card and mother.
    pub fn name_worn(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|person| person.plain_name.len() > 7)?;
        let mut claim = self.claim(pair).expecting("name_worn", "eligible", &[]);
        let once = register_slip(&mut self.dice, &pair.deceased.plain_name);
        let twice = register_slip(&mut self.dice, &once);
        if twice == pair.deceased.plain_name {
            return None;
        }
        claim.deceased.name = late(&mut self.dice, &twice, pair.deceased.sex == Sex::Male);
        claim.deceased.card.clear();
        claim.deceased.mother.clear();
        claim.expected.may_find.clear();
        Some(vec![claim.must(&["NAMA_VARIAN"])])
    }

    /// NIK mistyped and the name in another spelling.
    pub fn nik_typo_worn(&mut self) -> Option<Vec<Claim>> {
        let mut claims = self.nik_typo()?;
        for claim in &mut claims {
            let name = register_slip(&mut self.dice, &claim.deceased.name.to_uppercase());
            claim.deceased.name = name;
        }
        Some(claims.into_iter().map(|claim| claim.expecting("nik_typo_worn", "needs_review", &[]).may(&["NAMA_VARIAN"])).collect())
    }

    /// Two digits of the NIK are wrong, all else is right: nobody knows yet whether it is a slip.
    pub fn nik_two_digits(&mut self) -> Option<Vec<Claim>> {
        let mut claims = self.nik_typo()?;
        for claim in &mut claims {
            let front: String = claim.deceased.nik.chars().take(14).collect();
            claim.deceased.nik = format!("{front}{:02}", self.dice.between(70, 98));
            claim.expected.must_find.clear();
        }
        let may = ["NIK_SALAH_KETIK", "NIK_TANGGAL_BEDA", "NIK_TIDAK_DITEMUKAN"];
        Some(claims.into_iter().map(|claim| claim.expecting("nik_two_digits", "needs_review", &[]).may(&may)).collect())
    }

    /// The clerk copied the NIK of the line above: that of the deceased's spouse.
    pub fn nik_of_family(&mut self) -> Option<Vec<Claim>> {
        let as_of = self.as_of;
        let fit = |person: &Resident| poor(person) && coherent(person) && !official(person) && able(person, as_of);
        let (_, (deceased, relative, heir)) = self.take(|family| {
            let mut able_ones = family.people.iter().filter(|person| fit(person));
            let (deceased, relative) = (able_ones.next()?, able_ones.next()?);
            let heir = able_ones.next()?;
            let one_card = deceased.hearth.card == heir.hearth.card && relative.hearth.card == heir.hearth.card;
            (one_card && deceased.born_on != relative.born_on).then_some((deceased, relative, heir))
        })?;
        let mut claim = self.claim(Pair { deceased, heir }).expecting("nik_of_family", "needs_review", &["ineligible"]);
        claim.deceased.nik.clone_from(&relative.nik);
        Some(vec![claim.must(&["NAMA_BEDA", "NIK_TANGGAL_BEDA"]).may(&["NIK_SALAH_KETIK", "NIK_TIDAK_DITEMUKAN"])])
    }

    /// The family gives another birth date than the card that the NIK was made from.
    pub fn birth_date_other(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("birth_date_other", "eligible", &["needs_review"]);
        claim.deceased.born_on = pair.deceased.born_on - Days::new(u64::from(self.dice.below(9) + 1));
        Some(vec![claim.must(&["NIK_TANGGAL_BEDA"])])
    }

    /// L and P mixed up.
    pub fn sex_other(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("sex_other", "eligible", &["needs_review"]);
        claim.deceased.sex = letter(if pair.deceased.sex == Sex::Male { Sex::Female } else { Sex::Male });
        Some(vec![claim.must(&["NIK_TANGGAL_BEDA"])])
    }

    /// In no register, but somebody else of the village has the same name.
    pub fn stranger_with_a_known_name(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let known = self.stranger(&pair.deceased.hearth.village)?;
        let claim = self.claim(pair);
        let mut claim = self.about_nobody(claim).expecting("stranger_with_a_known_name", "needs_review", &[]);
        claim.deceased.name.clone_from(&known.plain_name);
        claim.deceased.sex = letter(known.sex);
        let born_on = claim.deceased.born_on;
        let region: String = claim.deceased.nik.chars().take(6).collect();
        claim.deceased.nik = format!("{region}{}{:04}", birth_digits(born_on, known.sex), self.dice.between(20, 60));
        Some(vec![claim])
    }

    /// The same person again, many months later, with a new death and no NIK at all.
    pub fn dup_without_nik(&mut self) -> Option<Vec<Claim>> {
        let mut claims = self.dup_same_nik()?;
        if let [_, second] = claims.as_mut_slice() {
            second.deceased.nik.clear();
            if self.dice.chance(500) {
                second.deceased.name = register_slip(&mut self.dice, &second.deceased.name);
            }
            second.expected.must_find.clear();
            second.expected.case = "dup_without_nik";
            second.expected.verdict = "needs_review";
            second.expected.also_acceptable = vec!["ineligible"];
            second.expected.must_find = vec!["KLAIM_GANDA_MIRIP", "NIK_TIDAK_TERSEDIA"];
            second.expected.may_find.extend(["NIK_TIDAK_DITEMUKAN", "KLAIM_GANDA_NIK"]);
        }
        Some(claims)
    }

    /// Claimed for the living with half a name, as hamlet heads once did: seen at the health post afterwards.
    pub fn alive_half_name(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|person| person.plain_name.contains(' '))?;
        let mut claim = self.claim(pair).expecting("alive_half_name", "needs_review", &["ineligible"]);
        claim.deceased.name = shortened(&mut self.dice, &pair.deceased.plain_name);
        if claim.deceased.name == pair.deceased.plain_name {
            return None;
        }
        move_death(&mut claim, 30);
        self.forget_late_visits(&pair.deceased.nik, claim.died_on);
        let kind = self.dice.weigh(&PRESENT);
        self.happen(&pair.deceased.nik, claim.died_on + Days::new(9), kind);
        Some(vec![claim.must(&["MASIH_HIDUP", "NAMA_VARIAN"])])
    }

    /// Seen on the day of the death itself, as at the health post where it happened.
    pub fn clean_seen_that_day(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let claim = self.claim(pair).expecting("clean_seen_that_day", "eligible", &[]);
        self.happen(&pair.deceased.nik, claim.died_on, "KUNJUNGAN_PUSKESMAS");
        Some(vec![claim])
    }

    /// A clerk brings the week's claims at once: families of their own, telephones and accounts of their own.
    pub fn clean_busy_clerk(&mut self) -> Option<Vec<Claim>> {
        let first = self.pair(|_| true)?;
        let village = first.deceased.hearth.village.clone();
        let mut claims = vec![self.claim(first)];
        let day = claims.first()?.filed_on;
        for _ in 0..4 {
            let pair = self.pair(|person| person.hearth.village == village)?;
            let mut claim = self.claim(pair);
            claim.filed_on = day;
            let ago = u64::from(self.dice.below(40)) + 1;
            move_death(&mut claim, ago);
            self.forget_late_visits(&pair.deceased.nik, claim.died_on);
            claims.push(claim);
        }
        Some(claims.into_iter().map(|claim| claim.expecting("clean_busy_clerk", "eligible", &[])).collect())
    }

    /// Everything at once: late, not poor, another village, and written with titles.
    pub fn everything(&mut self) -> Option<Vec<Claim>> {
        let mut claims = self.village_other()?;
        for claim in &mut claims {
            move_death(claim, 90);
            let (nik, died_on) = (claim.deceased.nik.clone(), claim.died_on);
            self.forget_late_visits(&nik, died_on);
            claim.deceased.name =
                ornamented(&mut self.dice, &claim.deceased.name, if claim.deceased.sex == "P" { Sex::Female } else { Sex::Male });
        }
        let codes = ["LEWAT_60_HARI"];
        Some(claims.into_iter().map(|claim| claim.expecting("everything", "ineligible", &[]).must(&codes).may(&["NAMA_VARIAN"])).collect())
    }

    /// An heir whose telephone and account nobody else has, of another village: a letter explains it.
    pub fn clean_heir_from_afar(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let here = pair.deceased.hearth.village.clone();
        let as_of = self.as_of;
        let (_, heir) =
            self.take(|family| family.people.iter().find(|person| person.hearth.village != here && able(person, as_of) && sound(person)))?;
        let mut claim = self.claim(pair).expecting("clean_heir_from_afar", "eligible", &[]);
        claim.heir = self.heir(heir, "ANAK");
        claim.account = self.account(heir);
        claim.papers.surat_ahli_waris = true;
        Some(vec![claim])
    }
}
