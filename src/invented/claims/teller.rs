//! The ordinary claim: somebody poor dies, somebody of the same card files in time. Every planted case begins with one.

use std::collections::HashSet;

use chrono::{Datelike, Days, NaiveDate};

use super::filed::{Account, Activity, Claim, Deceased, Expected, Heir, Papers};
use crate::domain::identity::Sex;
use crate::invented::dice::Dice;
use crate::invented::naming::given_name;
use crate::invented::numbers::birth_digits;
use crate::invented::resident::{Household, Resident, Standing};
use crate::invented::variant::{late, title_case};
use crate::invented::words::{Words, letter};

/// Events that need the person to be there.
pub const PRESENT: [(&str, u32); 5] = [
    ("KUNJUNGAN_PUSKESMAS", 45),
    ("PERTEMUAN_KELOMPOK_PKH", 29),
    ("TARIK_TUNAI_BIOMETRIK", 20),
    ("TANDA_TANGAN_BLT_DESA", 15),
    ("PEREKAMAN_KTP", 11),
];
/// Events that run by themselves.
pub const AUTOMATIC: [(&str, u32); 3] = [("AUTO_IURAN_PBI", 25), ("AUTO_KREDIT_SEMBAKO", 23), ("AUTO_KREDIT_PKH", 21)];

/// Somebody who died and somebody who files for them.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// Who died.
    pub deceased: &'a Resident,
    /// Who files.
    pub heir: &'a Resident,
}

/// Writes claims about families, each family once.
#[derive(Debug)]
pub struct Teller<'a> {
    /// Words.
    pub words: &'a Words,
    /// Throws.
    pub dice: Dice,
    /// Families not yet spoken of.
    free: Vec<&'a Household>,
    /// Every NIK known.
    niks: HashSet<&'a str>,
    /// Villages of the families.
    pub villages: Vec<&'a str>,
    /// What happened to people.
    pub activities: Vec<Activity>,
    /// The day the register shows; claims are of the eleven months before.
    pub as_of: NaiveDate,
}

impl<'a> Teller<'a> {
    /// A teller over these families.
    pub fn new(words: &'a Words, seed: u64, families: &'a [Household], as_of: NaiveDate) -> Self {
        let people = || families.iter().flat_map(|family| &family.people);
        let mut villages: Vec<&str> = people().map(|person| person.hearth.village.as_str()).collect();
        villages.sort_unstable();
        villages.dedup();
        let niks = people().map(|person| person.nik.as_str()).collect();
        Self { words, dice: Dice::new(seed, 4), free: families.iter().collect(), niks, villages, activities: Vec::new(), as_of }
    }

    /// True for a NIK of nobody.
    pub fn unknown(&self, nik: &str) -> bool {
        !self.niks.contains(nik)
    }

    /// A family not yet spoken of that fits, taken out of the free ones.
    pub fn take<T>(&mut self, fit: impl Fn(&'a Household) -> Option<T>) -> Option<(&'a Household, T)> {
        let start = self.dice.place(self.free.len());
        let mut places = (start..self.free.len()).chain(0..start);
        let (at, what) = places.find_map(|at| Some((at, fit(self.free.get(at).copied()?)?)))?;
        Some((self.free.swap_remove(at), what))
    }

    /// Somebody poor of a free family, of whom this is true too, and an heir on the same card.
    pub fn pair(&mut self, fit: impl Fn(&Resident) -> bool) -> Option<Pair<'a>> {
        self.pair_of_any(|person| {
            poor(person) && !official(person) && coherent(person) && person.standing == Standing::Living && fit(person)
        })
    }

    /// The same without the condition that everything else is in order.
    pub fn pair_of_any(&mut self, fit: impl Fn(&Resident) -> bool) -> Option<Pair<'a>> {
        let as_of = self.as_of;
        let young = self.dice.chance(60);
        let old_enough = |person: &Resident| person.age_on(as_of) >= if young { 18 } else { 40 };
        let (family, deceased) = self.take(|family| {
            family.people.iter().find(|person| sound(person) && old_enough(person) && fit(person) && heir(family, person, as_of).is_some())
        })?;
        Some(Pair { deceased, heir: heir(family, deceased, as_of)? })
    }

    /// A grown-up of another free family of this village.
    pub fn stranger(&mut self, village: &str) -> Option<&'a Resident> {
        let as_of = self.as_of;
        let (_, person) =
            self.take(|family| family.people.iter().find(|person| person.hearth.village == village && able(person, as_of)))?;
        Some(person)
    }

    /// The ordinary claim of a pair.
    pub fn claim(&mut self, pair: Pair<'a>) -> Claim {
        let filed_on = self.as_of - Days::new(u64::from(self.dice.below(325) + 5));
        let died_on = filed_on - Days::new(u64::from(self.dice.below(45) + 1));
        let deceased = self.deceased(pair.deceased);
        let ornamented = deceased.name != pair.deceased.name && deceased.name != title_case(&pair.deceased.name);
        self.usual_activities(pair.deceased, died_on);
        Claim {
            claim_id: String::new(),
            filed_on,
            village: pair.deceased.hearth.village.clone(),
            clerk: clerk(&pair.deceased.hearth.village),
            deceased,
            died_on,
            died_at: self.words.death(&mut self.dice, false),
            letter_number: String::new(),
            letter_on: (died_on + Days::new(u64::from(self.dice.below(4)))).min(filed_on),
            heir: self.heir(pair.heir, relation(pair.deceased, pair.heir)),
            account: self.account(pair.heir),
            papers: self.papers(),
            expected: Expected {
                case: "clean",
                verdict: "eligible",
                may_find: if ornamented { vec!["NAMA_VARIAN"] } else { Vec::new() },
                register_rows_of_deceased: std::iter::once(pair.deceased.id.clone()).chain(pair.deceased.twice_as.clone()).collect(),
                ..Expected::default()
            },
        }
    }

    /// The deceased as a clerk writes them: sometimes with ALM., sometimes without card or mother.
    pub fn deceased(&mut self, person: &Resident) -> Deceased {
        let name = match self.dice.below(100) {
            0..=34 => late(&mut self.dice, &person.name, person.sex == Sex::Male),
            35..=44 => title_case(&person.name),
            _ => person.name.clone(),
        };
        Deceased {
            name,
            nik: person.nik.clone(),
            card: if self.dice.chance(150) { String::new() } else { person.hearth.card.clone() },
            born_on: person.born_on,
            sex: letter(person.sex),
            mother: if self.dice.chance(400) { String::new() } else { person.mother.clone() },
            street: person.hearth.street.clone(),
            rt: person.hearth.rt.clone(),
            rw: person.hearth.rw.clone(),
            village: person.hearth.village.clone(),
        }
    }

    /// The heir as written.
    pub fn heir(&mut self, person: &Resident, relation: &'static str) -> Heir {
        Heir {
            name: if self.dice.chance(150) { title_case(&person.name) } else { person.name.clone() },
            nik: person.nik.clone(),
            card: person.hearth.card.clone(),
            relation,
            phone: self.phone(),
            street: person.hearth.street.clone(),
        }
    }

    /// A telephone number of nobody else.
    pub fn phone(&mut self) -> String {
        let operator = self.dice.weigh(&[("0857", 5), ("0812", 4), ("0813", 4), ("0822", 2), ("0858", 2), ("0895", 2), ("0878", 1)]);
        format!("{operator}{}", self.dice.digits(8))
    }

    /// The heir's account: the one the register knows, or a new one.
    pub fn account(&mut self, person: &Resident) -> Account {
        let (bank, number) = match &person.account {
            Some(known) => known.clone(),
            None => self
                .words
                .account(&mut self.dice)
                .map(|form| (form.bank.clone(), form.clone()))
                .map_or_else(Default::default, |(bank, form)| {
                    (bank, format!("{}{}", form.begins, self.dice.digits(form.length.saturating_sub(form.begins.len()))))
                }),
        };
        Account { bank, number, holder: holder(&person.plain_name) }
    }

    fn papers(&mut self) -> Papers {
        Papers {
            surat_kematian: true,
            kk: true,
            ktp_almarhum: self.dice.chance(850),
            ktp_ahli_waris: true,
            sktm: self.dice.chance(200),
            surat_ahli_waris: self.dice.chance(120),
        }
    }

    /// Events of a life: before the death the person is there; what runs by itself goes on.
    fn usual_activities(&mut self, person: &Resident, died_on: NaiveDate) {
        for _ in 0..self.dice.weigh(&[(0, 45), (1, 25), (2, 18), (3, 12)]) {
            let (table, early): (&[(&str, u32)], _) = if self.dice.chance(640) { (&PRESENT, 0) } else { (&AUTOMATIC, 40) };
            let kind = self.dice.weigh(table);
            let day = died_on - Days::new(u64::from(self.dice.below(270))) + Days::new(u64::from(self.dice.below(early + 1)));
            self.happen(&person.nik, day, kind);
        }
    }

    /// Writes an event down.
    pub fn happen(&mut self, nik: &str, day: NaiveDate, kind: &'static str) {
        self.activities.push(Activity { day, nik: nik.to_owned(), kind });
    }

    /// A person who is in no register, of this village.
    pub fn nobody(&mut self, village: &str) -> Deceased {
        let sex = if self.dice.chance(500) { Sex::Male } else { Sex::Female };
        let born_on = self.as_of - Days::new(u64::from(self.dice.below(14_000) + 16_000));
        let region: String = village.chars().filter(char::is_ascii_digit).take(6).collect();
        let front = format!("{region}{}", birth_digits(born_on, sex));
        Deceased {
            name: given_name(self.words, &mut self.dice, sex, born_on.year()),
            nik: format!("{front}{:04}", self.dice.between(20, 60)),
            card: format!("{region}{}{:04}", birth_digits(born_on, Sex::Male), self.dice.between(200, 900)),
            born_on,
            sex: letter(sex),
            mother: if self.dice.chance(500) {
                String::new()
            } else {
                given_name(self.words, &mut self.dice, Sex::Female, born_on.year() - 27)
            },
            street: String::new(),
            rt: format!("{:03}", self.dice.between(1, 9)),
            rw: format!("{:03}", self.dice.between(1, 5)),
            village: village.to_owned(),
        }
    }
}

/// Entered once, with a NIK of their own.
pub fn sound(person: &Resident) -> bool {
    person.twice_as.is_empty() && !person.nik_shared
}

/// Able to file: grown up, living, entered once.
pub fn able(person: &Resident, as_of: NaiveDate) -> bool {
    sound(person) && person.standing == Standing::Living && person.age_on(as_of) >= 19
}

/// Decile 1 to 4.
pub fn poor(person: &Resident) -> bool {
    person.hearth.decile.is_some_and(|decile| decile <= 4)
}

/// Civil servant, soldier or police.
pub fn official(person: &Resident) -> bool {
    ["(PNS)", "(PPPK)", "(TNI)", "POLRI"].iter().any(|mark| person.occupation.contains(mark)) || person.occupation.contains("KEPOLISIAN")
}

/// The NIK tells the birth date and sex of the register.
pub fn coherent(person: &Resident) -> bool {
    person.nik.get(6..12) == Some(birth_digits(person.born_on, person.sex).as_str())
}

/// Who of the family would file: the spouse before the children before anybody else.
pub fn heir<'a>(family: &'a Household, deceased: &Resident, as_of: NaiveDate) -> Option<&'a Resident> {
    let rank = |person: &Resident| {
        ["ISTRI", "KEPALA KELUARGA", "ANAK", "MENANTU", "CUCU"].iter().position(|place| *place == person.place).unwrap_or(9)
    };
    let same_card = |person: &&Resident| person.id != deceased.id && person.hearth.card == deceased.hearth.card;
    family.people.iter().filter(|person| able(person, as_of)).filter(same_card).min_by_key(|person| rank(person))
}

/// What the heir is to the deceased, from both places on the card.
pub fn relation(deceased: &Resident, heir: &Resident) -> &'static str {
    match (deceased.place, heir.place) {
        ("KEPALA KELUARGA", "ISTRI") => "ISTRI",
        ("ISTRI", "KEPALA KELUARGA") => "SUAMI",
        ("KEPALA KELUARGA" | "ISTRI", "ANAK") | ("ORANG TUA", "KEPALA KELUARGA") | ("MERTUA", "ISTRI") => "ANAK",
        ("ANAK", "KEPALA KELUARGA" | "ISTRI") => "ORANG TUA",
        ("KEPALA KELUARGA" | "ISTRI", "MENANTU") | ("ORANG TUA", "ISTRI") | ("MERTUA", "KEPALA KELUARGA") => "MENANTU",
        ("ORANG TUA" | "MERTUA", "ANAK") | ("KEPALA KELUARGA" | "ISTRI", "CUCU") => "CUCU",
        _ => "LAINNYA",
    }
}

/// The clerk of a village.
pub fn clerk(village: &str) -> String {
    format!("PTG-{}", village.replace('.', ""))
}

/// A name as the bank prints it: capitals, no dots, 25 letters.
pub fn holder(name: &str) -> String {
    name.replace('.', "").chars().take(25).collect::<String>().trim().to_owned()
}
