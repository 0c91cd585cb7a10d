//! One family card: who lives together, how old they are and whose children they are.

use chrono::{Datelike, Days, NaiveDate};

use super::dice::Dice;
use super::naming::{given_name, with_titles};
use super::numbers::{Numbers, birth_digits};
use super::resident::{Hearth, Household, Resident, Standing};
use super::words::Words;
use crate::domain::identity::Sex;

/// Age of the head, by decade, as the practice register has them.
const HEAD_AGES: [(i32, u32); 9] = [(10, 45), (20, 170), (30, 320), (40, 445), (50, 374), (60, 227), (70, 91), (80, 29), (90, 2)];
/// Children still on the card, by decade of the head's age from the twenties on: weight of none, one, two …
const CHILDREN: [[(u32, u32); 7]; 7] = [
    [(0, 210), (1, 64), (2, 46), (3, 13), (4, 6), (5, 3), (6, 0)],
    [(0, 85), (1, 112), (2, 109), (3, 59), (4, 30), (5, 7), (6, 1)],
    [(0, 137), (1, 131), (2, 89), (3, 38), (4, 21), (5, 6), (6, 3)],
    [(0, 210), (1, 55), (2, 20), (3, 2), (4, 0), (5, 0), (6, 0)],
    [(0, 117), (1, 13), (2, 5), (3, 0), (4, 0), (5, 0), (6, 0)],
    [(0, 40), (1, 3), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0)],
    [(0, 1), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0)],
];
const DECILES: [(u32, u32); 11] =
    [(1, 625), (2, 537), (3, 532), (4, 606), (5, 552), (6, 588), (7, 425), (8, 367), (9, 400), (10, 322), (0, 46)];
/// Of a thousand families of a decile (0 = not ranked): with PKH, Sembako, paid health insurance.
const AIDS: [[u32; 3]; 11] = [
    [0, 90, 300],
    [450, 600, 870],
    [330, 490, 830],
    [150, 330, 790],
    [90, 230, 650],
    [15, 55, 330],
    [3, 30, 120],
    [0, 2, 40],
    [16, 14, 35],
    [0, 0, 10],
    [0, 0, 10],
];
/// Dead in the register, per thousand, by decade of age.
const DEAD: [u32; 10] = [0, 0, 1, 2, 3, 14, 25, 100, 170, 400];
const RELIGIONS: [(&str, u32); 6] =
    [("ISLAM", 4916), ("KRISTEN", 38), ("KATOLIK", 22), ("BUDDHA", 12), ("HINDU", 9), ("KEPERCAYAAN TERHADAP TUHAN YME", 3)];

/// A village and how large it is in this register.
#[derive(Debug, Clone)]
pub struct Village {
    /// Code with dots.
    pub code: String,
    /// Name.
    pub name: String,
    /// Rows it is to have.
    pub rows: usize,
    /// Its hamlets.
    pub hamlets: Vec<String>,
}

impl Village {
    /// The six digits of its kecamatan.
    pub fn kecamatan(&self) -> String {
        self.code.chars().filter(char::is_ascii_digit).take(6).collect()
    }
}

/// Everything a family is made from.
#[derive(Debug)]
pub struct Maker<'a> {
    /// Word lists.
    pub words: &'a Words,
    /// Throws.
    pub dice: Dice,
    /// Numbers given so far.
    pub numbers: Numbers,
    /// All kecamatan, for those first registered in another.
    pub kecamatans: Vec<String>,
    /// The day the register shows.
    pub as_of: NaiveDate,
}

/// What is known of somebody before numbers and names are given.
struct Seat {
    place: &'static str,
    sex: Sex,
    age: i32,
    marital: &'static str,
    mother: Option<String>,
    father: Option<String>,
    /// A name already spoken of, as that of a parent on another line.
    name: Option<String>,
}

impl Seat {
    fn new(place: &'static str, sex: Sex, age: i32, marital: &'static str) -> Self {
        Self { place, sex, age, marital, mother: None, father: None, name: None }
    }

    fn child_of(mut self, mother: &str, father: &str) -> Self {
        self.mother = Some(mother.to_owned());
        self.father = Some(father.to_owned());
        self
    }
}

impl Maker<'_> {
    /// A family of this village.
    pub fn household(&mut self, village: &Village) -> Household {
        let hearth = self.hearth(village);
        let mut people = Vec::new();
        let head = self.head(village, &hearth);
        let spouse = (head.sex == Sex::Male && head.marital == "KAWIN").then(|| self.wife(village, &hearth, &head));
        let (mother, father) = self.parents_of_children(&head, spouse.as_ref());
        let mother_age = spouse.as_ref().map_or(head.age_on(self.as_of), |wife| wife.age_on(self.as_of));
        people.extend(self.elders(village, &hearth, &head, spouse.as_ref()));
        let head_age = head.age_on(self.as_of);
        people.insert(0, head);
        people.splice(1..1, spouse);
        let children = self.children(head_age, mother_age);
        let younger = children.into_iter().map(|age| {
            let sex = self.sex();
            Seat::new("ANAK", sex, age, "BELUM KAWIN").child_of(&mother, &father)
        });
        let younger: Vec<Seat> = younger.collect();
        people.extend(younger.into_iter().map(|seat| self.sit(village, &hearth, seat)).collect::<Vec<_>>());
        people.extend(self.next_generation(village, &hearth, head_age));
        people.extend(self.further_relative(village, &hearth));
        favour_officials(&mut self.dice, &mut people);
        Household { people }
    }

    fn head(&mut self, village: &Village, hearth: &Hearth) -> Resident {
        let decade = self.dice.weigh(&HEAD_AGES);
        let age = if decade == 10 { self.dice.between(19, 20) } else { decade + self.dice.between(0, 9) };
        let woman = self.dice.chance(140);
        let sex = if woman { Sex::Female } else { Sex::Male };
        let alone = woman || self.dice.chance(100);
        let marital = match (alone, age) {
            (false, _) => "KAWIN",
            (true, 45..) => self.dice.weigh(&[("CERAI MATI", 720), ("CERAI HIDUP", 200), ("BELUM KAWIN", 80)]),
            (true, _) => self.dice.weigh(&[("CERAI MATI", 150), ("CERAI HIDUP", 230), ("BELUM KAWIN", 620)]),
        };
        self.sit(village, hearth, Seat::new("KEPALA KELUARGA", sex, age, marital))
    }

    fn wife(&mut self, village: &Village, hearth: &Hearth, head: &Resident) -> Resident {
        let younger = 3 + self.dice.between(-3, 3) + self.dice.between(-3, 3) + self.dice.between(-3, 3) + self.dice.between(-2, 2);
        let age = (head.age_on(self.as_of) - younger).max(17);
        self.sit(village, hearth, Seat::new("ISTRI", Sex::Female, age, "KAWIN"))
    }

    fn parents_of_children(&mut self, head: &Resident, wife: Option<&Resident>) -> (String, String) {
        let year = head.born_on.year();
        match (wife, head.sex) {
            (Some(wife), _) => (wife.plain_name.clone(), head.plain_name.clone()),
            (None, Sex::Female) => (head.plain_name.clone(), self.name(Sex::Male, year - 3)),
            (None, Sex::Male) => (self.name(Sex::Female, year + 3), head.plain_name.clone()),
        }
    }

    /// Ages of the children on the card; grown and married ones have left it.
    fn children(&mut self, head_age: i32, mother_age: i32) -> Vec<i32> {
        let decade = usize::try_from((head_age / 10 - 2).clamp(0, 6)).unwrap_or(0);
        let count = CHILDREN.get(decade).map_or(0, |table| self.dice.weigh(table));
        let mut ages = Vec::new();
        for _ in 0..count {
            let birth = 18 + self.dice.between(0, 8) + self.dice.between(0, 8) + self.dice.between(0, 3);
            let age = mother_age - birth;
            let at_home = match age {
                33.. => self.dice.between(15, 30),
                ..0 => self.dice.between(0, (mother_age - 18).max(0)),
                age => age,
            };
            if at_home >= 0 && mother_age - at_home <= 45 {
                ages.push(at_home);
            }
        }
        ages.sort_unstable_by(|a, b| b.cmp(a));
        ages
    }

    fn elders(&mut self, village: &Village, hearth: &Hearth, head: &Resident, wife: Option<&Resident>) -> Vec<Resident> {
        let mut elders = Vec::new();
        if head.age_on(self.as_of) < 60 && self.dice.chance(65) {
            elders.push(self.elder(village, hearth, "ORANG TUA", head));
        }
        if let Some(wife) = wife
            && self.dice.chance(28)
        {
            elders.push(self.elder(village, hearth, "MERTUA", wife));
        }
        elders
    }

    fn elder(&mut self, village: &Village, hearth: &Hearth, place: &'static str, child: &Resident) -> Resident {
        let mother = self.dice.chance(700);
        let (sex, name) = if mother { (Sex::Female, &child.mother) } else { (Sex::Male, &child.father) };
        let age = (child.age_on(self.as_of) + self.dice.between(19, 33)).min(94);
        let marital = self.dice.weigh(&[("CERAI MATI", 750), ("CERAI HIDUP", 250)]);
        let name = Some(name.clone());
        self.sit(village, hearth, Seat { name, ..Seat::new(place, sex, age, marital) })
    }

    /// A son- or daughter-in-law and grandchildren, in some families of the old.
    fn next_generation(&mut self, village: &Village, hearth: &Hearth, head_age: i32) -> Vec<Resident> {
        if head_age < 48 || !self.dice.chance(125) {
            return Vec::new();
        }
        let grown = (head_age - self.dice.between(22, 32)).clamp(18, 48);
        let mut rows = Vec::new();
        let mut parents = (self.name(Sex::Female, 2026 - grown), self.name(Sex::Male, 2023 - grown));
        if self.dice.chance(650) {
            let sex = self.sex();
            let in_law = self.sit(village, hearth, Seat::new("MENANTU", sex, grown, "KAWIN"));
            match sex {
                Sex::Female => parents.0.clone_from(&in_law.plain_name),
                Sex::Male => parents.1.clone_from(&in_law.plain_name),
            }
            rows.push(in_law);
        }
        for _ in 0..self.dice.weigh(&[(0, 200), (1, 500), (2, 220), (3, 80)]) {
            let (sex, age) = (self.sex(), self.dice.between(0, (grown - 18).clamp(0, 14)));
            let seat = Seat::new("CUCU", sex, age, "BELUM KAWIN").child_of(&parents.0, &parents.1);
            rows.push(self.sit(village, hearth, seat));
        }
        rows
    }

    fn further_relative(&mut self, village: &Village, hearth: &Hearth) -> Option<Resident> {
        let joins = self.dice.chance(28);
        let (sex, age) = (self.sex(), self.dice.between(5, 82));
        let marital = if age > 55 && self.dice.chance(250) { "CERAI MATI" } else { "BELUM KAWIN" };
        joins.then(|| self.sit(village, hearth, Seat::new("FAMILI LAIN", sex, age, marital)))
    }

    fn sit(&mut self, village: &Village, hearth: &Hearth, seat: Seat) -> Resident {
        let born_on = self.birth(seat.age);
        let year = born_on.year();
        let plain_name = seat.name.unwrap_or_else(|| self.name(seat.sex, year));
        let (nik, birth_place) = self.nik(village, born_on, seat.sex);
        let (standing, died_on) = self.standing(seat.age);
        let account = (seat.age >= 15 && standing != Standing::Dead && self.dice.chance(400)).then(|| self.account()).flatten();
        Resident {
            id: self.numbers.row(),
            nik,
            name: with_titles(&mut self.dice, &plain_name, seat.sex, seat.age),
            plain_name,
            birth_place,
            born_on,
            sex: seat.sex,
            place: seat.place,
            marital: seat.marital,
            occupation: self.words.occupation(&mut self.dice, seat.sex, seat.age).to_owned(),
            mother: seat.mother.unwrap_or_else(|| self.name(Sex::Female, year - 27)),
            father: seat.father.unwrap_or_else(|| self.name(Sex::Male, year - 30)),
            hearth: hearth.clone(),
            standing,
            died_on,
            account,
            twice_as: Vec::new(),
            nik_shared: false,
        }
    }

    fn birth(&mut self, age: i32) -> NaiveDate {
        let day = self.as_of - Days::new(u64::from(self.dice.below(365)));
        let year = day.year() - age;
        let unknown: u32 =
            [(1940, 180), (1960, 155), (1970, 100), (1980, 60)].iter().find(|(until, _)| year < *until).map_or(11, |(_, rate)| *rate);
        let (month, day) = if self.dice.chance(unknown) {
            self.dice.weigh(&[((12, 31), 83), ((7, 1), 58), ((1, 1), 36)])
        } else {
            (day.month(), day.day())
        };
        let born_on = NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(self.as_of);
        born_on.min(self.as_of)
    }

    /// A NIK with the birth place that goes with it. One in two hundred was made from a wrong date or sex and kept.
    fn nik(&mut self, village: &Village, born_on: NaiveDate, sex: Sex) -> (String, String) {
        let (region, place, elsewhere) = self.first_registered(village, born_on.year());
        let other = if sex == Sex::Male { Sex::Female } else { Sex::Male };
        let (coded, coded_sex) = match self.dice.below(1000) {
            0 | 1 => (born_on, other),
            2 | 3 => (born_on + Days::new(u64::from(self.dice.below(20) + 1)), sex),
            4 => (born_on.with_year(born_on.year() - self.dice.between(1, 30)).unwrap_or(born_on), sex),
            _ => (born_on, sex),
        };
        debug_assert_eq!(birth_digits(coded, coded_sex).len(), 6);
        (self.numbers.nik(&mut self.dice, &region, coded, coded_sex, elsewhere), place)
    }

    fn first_registered(&mut self, village: &Village, year: i32) -> (String, String, bool) {
        let own = village.kecamatan();
        if self.dice.chance(50)
            && let Some(origin) = self.words.outside(&mut self.dice)
        {
            return (origin.prefix.clone(), origin.place.clone(), true);
        }
        let place = Some(self.words.home(&mut self.dice)).filter(|place| !place.is_empty()).unwrap_or(&village.name).to_uppercase();
        let before = self.words.split.get(&own).filter(|_| year < 1990);
        let region = match before {
            Some(before) if self.dice.chance(300) => before.clone(),
            _ if self.dice.chance(70) => self.dice.pick(&self.kecamatans).unwrap_or(&own).clone(),
            _ => own,
        };
        (region, place, false)
    }

    fn standing(&mut self, age: i32) -> (Standing, Option<NaiveDate>) {
        let rate = usize::try_from(age / 10).ok().and_then(|decade| DEAD.get(decade)).copied().unwrap_or(400);
        if self.dice.chance(5) {
            return (Standing::Moved, None);
        }
        if !self.dice.chance(rate) {
            return (Standing::Living, None);
        }
        let days = self.dice.weigh(&[((0, 180), 300), ((180, 540), 450), ((540, 1800), 200), ((1, 0), 50)]);
        let ago = self.dice.between(days.0, days.1);
        let died_on = (days.1 > 0).then(|| self.as_of - Days::new(u64::try_from(ago).unwrap_or(0)));
        (Standing::Dead, died_on)
    }

    fn account(&mut self) -> Option<(String, String)> {
        let form = self.words.account(&mut self.dice)?;
        let rest = self.dice.digits(form.length.saturating_sub(form.begins.len()));
        Some((form.bank.clone(), format!("{}{rest}", form.begins)))
    }

    fn hearth(&mut self, village: &Village) -> Hearth {
        let hamlet = self.dice.pick(&village.hamlets).cloned().unwrap_or_default();
        let street = match self.dice.below(1000) {
            0..=76 => String::new(),
            77..=560 => format!("DK. {hamlet}"),
            561..=700 => format!("DUKUH {hamlet}"),
            701..=800 => hamlet.clone(),
            801..=910 => format!("JL. RAYA {}", village.name.to_uppercase()),
            _ => format!("DS. {}", village.name.to_uppercase()),
        };
        let decile = self.dice.weigh(&DECILES);
        let rates = usize::try_from(decile).ok().and_then(|at| AIDS.get(at)).copied().unwrap_or_default();
        Hearth {
            card: self.numbers.card(&mut self.dice, &village.kecamatan()),
            village: village.code.clone(),
            street,
            hamlet,
            rt: format!("{:03}", self.dice.between(1, 9)),
            rw: format!("{:03}", self.dice.between(1, 5)),
            decile: (decile > 0).then_some(decile),
            aids: rates.map(|rate| self.dice.chance(rate)),
            religion: self.dice.weigh(&RELIGIONS),
        }
    }

    fn sex(&mut self) -> Sex {
        if self.dice.chance(500) { Sex::Female } else { Sex::Male }
    }

    /// A given name.
    pub fn name(&mut self, sex: Sex, year: i32) -> String {
        given_name(self.words, &mut self.dice, sex, year)
    }
}

/// Families of civil servants and soldiers are not ranked among the poor.
fn favour_officials(dice: &mut Dice, people: &mut [Resident]) {
    let official = people.iter().any(|person| ["(PNS)", "(PPPK)", "(TNI)", "POLRI"].iter().any(|mark| person.occupation.ends_with(mark)));
    if official {
        let decile = Some(dice.below(5) + 6);
        for person in people {
            person.hearth.decile = decile;
            person.hearth.aids = [false; 3];
        }
    }
}
