//! Claims in order, many of them looking as if they were not.

use chrono::{Days, NaiveDate};

use super::filed::Claim;
use super::teller::{AUTOMATIC, Teller, able, coherent, heir, official, poor, sound};
use crate::invented::resident::{Resident, Standing};
use crate::invented::variant::{register_slip, shortened};

impl Teller<'_> {
    /// Nothing about it.
    pub fn clean(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        Some(vec![self.claim(pair)])
    }

    /// The heir shows a newer family card than the register has.
    pub fn clean_new_kk(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("clean_new_kk", "eligible", &[]);
        let region: String = pair.heir.hearth.card.chars().take(6).collect();
        claim.heir.card = format!("{region}{:02}{:02}25{:04}", self.dice.between(1, 28), self.dice.between(1, 12), self.dice.between(3, 9));
        Some(vec![claim])
    }

    /// Both parents die within the year; one child files twice, with one account.
    pub fn clean_two_parents(&mut self) -> Option<Vec<Claim>> {
        let as_of = self.as_of;
        let fit = |person: &Resident| {
            poor(person) && sound(person) && coherent(person) && !official(person) && person.standing == Standing::Living
        };
        let (_, (father, mother, child)) = self.take(|family| {
            let seat = |place: &str| family.people.iter().find(|person| person.place == place);
            let (father, mother) = (seat("KEPALA KELUARGA")?, seat("ISTRI")?);
            let child = family.people.iter().find(|person| person.place == "ANAK" && able(person, as_of))?;
            (fit(father) && fit(mother)).then_some((father, mother, child))
        })?;
        let family_pair = |deceased| super::teller::Pair { deceased, heir: child };
        let mut first = self.claim(family_pair(father)).expecting("clean_two_parents", "eligible", &[]);
        let mut second = self.claim(family_pair(mother)).expecting("clean_two_parents", "eligible", &[]);
        first.filed_on = self.as_of - Days::new(u64::from(self.dice.below(150) + 120));
        move_death(&mut first, 12);
        second.filed_on = first.filed_on + Days::new(u64::from(self.dice.below(90) + 20));
        move_death(&mut second, 6);
        second.heir = first.heir.clone();
        second.account = first.account.clone();
        self.forget_late_visits(&first.deceased.nik, first.died_on);
        self.forget_late_visits(&second.deceased.nik, second.died_on);
        Some(vec![first, second])
    }

    /// The bank's short form of the heir's name.
    pub fn clean_account_short(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("clean_account_short", "eligible", &[]);
        let name = super::teller::holder(&pair.heir.plain_name);
        let words: Vec<&str> = name.split(' ').collect();
        claim.account.holder = match (words.as_slice(), self.dice.below(3)) {
            ([first, middle, last], 0) => format!("{first} {} {last}", middle.chars().take(1).collect::<String>()),
            ([first, rest @ ..], 1) if !rest.is_empty() => {
                format!("{first} {}", rest.iter().map(|word| word.chars().take(1).collect::<String>()).collect::<Vec<_>>().join(" "))
            }
            _ => format!("{} {name}", self.dice.pick(&["SDR", "BPK", "IBU", "SDRI"]).unwrap_or(&"SDR")),
        };
        Some(vec![claim])
    }

    /// Money still credited by itself after the death.
    pub fn clean_auto_credit(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let claim = self.claim(pair).expecting("clean_auto_credit", "eligible", &[]);
        for _ in 0..2 {
            let kind = self.dice.weigh(&AUTOMATIC);
            let day = claim.died_on + Days::new(u64::from(self.dice.below(40) + 1));
            self.happen(&pair.deceased.nik, day, kind);
        }
        Some(vec![claim])
    }

    /// Filed on the sixtieth day.
    pub fn clean_day60(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("clean_day60", "eligible", &[]);
        move_death(&mut claim, 60);
        self.forget_late_visits(&claim.deceased.nik, claim.died_on);
        Some(vec![claim])
    }

    /// First registered elsewhere, lived here.
    pub fn clean_born_outside(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|person| person.nik.get(..4) != person.hearth.card.get(..4))?;
        Some(vec![self.claim(pair).expecting("clean_born_outside", "eligible", &[])])
    }

    /// The heir lives on another card and brings a letter.
    pub fn clean_heir_letter(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let stranger = self.stranger(&pair.deceased.hearth.village)?;
        let mut claim = self.claim(pair).expecting("clean_heir_letter", "eligible", &[]);
        let relation = self.dice.weigh(&[("KEPONAKAN", 4), ("SAUDARA", 3), ("ANAK", 3)]);
        claim.heir = self.heir(stranger, relation);
        claim.account = self.account(stranger);
        claim.papers.surat_ahli_waris = true;
        Some(vec![claim])
    }

    /// The register already knows of the death, with the same date.
    pub fn clean_register_dead(&mut self) -> Option<Vec<Claim>> {
        let recent = self.as_of - Days::new(325);
        let pair = self.pair_of_any(|person| {
            poor(person) && !official(person) && coherent(person) && person.died_on.is_some_and(|day| day > recent)
        })?;
        let mut claim = self.claim(pair).expecting("clean_register_dead", "eligible", &[]);
        claim.died_on = pair.deceased.died_on?;
        claim.letter_on = claim.died_on;
        claim.filed_on = claim.died_on + Days::new(u64::from(self.dice.below(40) + 1));
        self.forget_late_visits(&claim.deceased.nik, claim.died_on);
        Some(vec![claim])
    }

    /// Not among the poor of the register, but with the village's letter.
    pub fn clean_sktm(&mut self) -> Option<Vec<Claim>> {
        let pair =
            self.pair_of_any(|person| !poor(person) && !official(person) && coherent(person) && person.standing == Standing::Living)?;
        let mut claim = self.claim(pair).expecting("clean_sktm", "eligible", &[]);
        claim.papers.sktm = true;
        Some(vec![claim])
    }

    /// Died in a hospital elsewhere.
    pub fn clean_died_elsewhere(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|_| true)?;
        let mut claim = self.claim(pair).expecting("clean_died_elsewhere", "eligible", &[]);
        claim.died_at = self.words.death(&mut self.dice, true);
        Some(vec![claim])
    }

    /// The NIK was made from a wrong date or sex and kept: worth a line, no reason to stop.
    pub fn clean_nik_date(&mut self) -> Option<Vec<Claim>> {
        let pair =
            self.pair_of_any(|person| poor(person) && !official(person) && !coherent(person) && person.standing == Standing::Living)?;
        Some(vec![self.claim(pair).expecting("clean_nik_date", "eligible", &[]).must(&["NIK_TANGGAL_BEDA"])])
    }

    /// The name in another spelling.
    pub fn name_variant(&mut self) -> Option<Vec<Claim>> {
        let pair = self.pair(|person| person.plain_name.len() > 4)?;
        let mut claim = self.claim(pair).expecting("name_variant", "eligible", &[]);
        let many = pair.deceased.plain_name.split(' ').count() > 2;
        let name = &pair.deceased.plain_name;
        claim.deceased.name =
            if many && self.dice.chance(300) { shortened(&mut self.dice, name) } else { register_slip(&mut self.dice, name) };
        claim.expected.may_find.clear();
        let same = claim.deceased.name == pair.deceased.plain_name;
        Some(vec![if same { claim } else { claim.must(&["NAMA_VARIAN"]) }])
    }

    /// Several dead of one accident: one clerk, one day, one place, but families that have nothing to do with each other.
    pub fn clean_accident(&mut self) -> Option<Vec<Claim>> {
        let first = self.pair(|_| true)?;
        let village = first.deceased.hearth.village.clone();
        let lead = self.claim(first);
        let mut claims = vec![lead.clone()];
        for _ in 0..self.dice.weigh(&[(2, 1), (3, 1), (4, 1)]) {
            let pair = self.pair(|person| person.hearth.village == village)?;
            claims.push(self.claim(pair));
        }
        for claim in &mut claims {
            claim.filed_on = lead.filed_on + Days::new(u64::from(self.dice.below(4)));
            claim.died_on = lead.died_on;
            claim.letter_on = lead.died_on;
            "PERJALANAN".clone_into(&mut claim.died_at);
            self.forget_late_visits(&claim.deceased.nik, claim.died_on);
        }
        Some(claims.into_iter().map(|claim| claim.expecting("clean_accident", "eligible", &[])).collect())
    }

    /// Two people of one name in one village die; they are not one.
    pub fn clean_namesake(&mut self) -> Option<Vec<Claim>> {
        let first = self.pair(|person| person.plain_name.starts_with("SITI ") || person.plain_name.starts_with("ABDUL "))?;
        let one = first.deceased;
        let second = self.pair(|person| {
            person.plain_name == one.plain_name && person.hearth.village == one.hearth.village && person.born_on != one.born_on
        })?;
        let claims = vec![self.claim(first), self.claim(second)];
        Some(claims.into_iter().map(|claim| claim.expecting("clean_namesake", "eligible", &[])).collect())
    }

    /// One person stands twice on one card, with one NIK: worth a line.
    pub fn clean_entered_twice(&mut self) -> Option<Vec<Claim>> {
        let as_of = self.as_of;
        let fit = |person: &Resident| {
            poor(person) && !official(person) && coherent(person) && person.standing == Standing::Living && person.age_on(as_of) > 25
        };
        let (family, deceased) = self.take(|family| {
            family.people.iter().find(|person| {
                let twin = family.people.iter().find(|other| person.twice_as.contains(&other.id));
                fit(person) && twin.is_some_and(|twin| twin.nik == person.nik) && heir(family, person, as_of).is_some()
            })
        })?;
        let heir = heir(family, deceased, as_of)?;
        let claim = self.claim(super::teller::Pair { deceased, heir }).expecting("clean_entered_twice", "eligible", &[]);
        Some(vec![claim.must(&["NIK_GANDA_REGISTRI"]).may(&["NAMA_VARIAN"])])
    }

    /// Drops events that would show the person after the death the claim came to have.
    pub fn forget_late_visits(&mut self, nik: &str, died_on: NaiveDate) {
        self.activities.retain(|event| event.nik != nik || event.day <= died_on || event.kind.starts_with("AUTO"));
    }
}

/// Sets the death so many days before the filing.
pub fn move_death(claim: &mut Claim, days: u64) {
    claim.died_on = claim.filed_on - Days::new(days);
    claim.letter_on = claim.died_on;
}
