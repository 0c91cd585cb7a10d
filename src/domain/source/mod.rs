//! What another register of the population is asked about a person, and what it answers.
//!
//! The types are the same for every source: the office's own releases, Dukcapil's service, later SPDCI. How a source
//! is reached is the business of the room `live`.

mod code_meaning;

pub use code_meaning::CodeMeaning;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::audit::sha256_hex;
use crate::domain::claim::ClaimContent;
use crate::domain::identity::{FamilyCard, Nik, Sex};

/// Which person of a claim a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The deceased: "dead" is the wanted answer.
    Deceased,
    /// The heir who receives: "dead" stops the claim for review.
    Heir,
}

/// A person as the claim has them, put before a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Which person of the claim.
    pub who: Who,
    /// Their NIK; without one nobody can be asked.
    pub nik: Nik,
    /// Their family card, if claimed.
    pub family_card: Option<FamilyCard>,
    /// Name as claimed.
    pub name: String,
    /// Birth date as claimed; only the deceased's is known.
    pub born_on: Option<NaiveDate>,
    /// Sex as claimed.
    pub sex: Option<Sex>,
}

/// A part of a person's record that a source compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// Name.
    Name,
    /// Birth date.
    BornOn,
    /// Sex.
    Sex,
    /// Number of the family card.
    FamilyCard,
}

/// What a source says. Only [`Answer::NoMatch`] means "no such person"; whatever is not understood is [`Answer::Unavailable`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Answer {
    /// The person is there.
    Match {
        /// Whether the source has them as dead.
        dead: bool,
        /// What it has otherwise than the claim.
        differing: Vec<Element>,
    },
    /// The source knows no such NIK.
    NoMatch,
    /// The source has the NIK more than once.
    Several,
    /// The source has closed the record.
    Inactive,
    /// No answer; the question stays open.
    Unavailable {
        /// Why.
        why: NoAnswer,
    },
}

/// Why a source gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", content = "code", rename_all = "snake_case")]
pub enum NoAnswer {
    /// No connection.
    Unreachable,
    /// No answer in time.
    Slow,
    /// It failed several times in a row and is left alone for a while.
    Resting,
    /// Our login was refused; a person has to put it right.
    LoginRefused,
    /// The questions of the day are used up.
    QuotaSpent,
    /// It answered something that is no answer: an error page, broken JSON, another person's record.
    Unreadable,
    /// A code that the configuration does not know.
    UnknownCode(String),
    /// It says that our question was malformed.
    QuestionRefused,
}

/// What one source said about one person of a claim, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceAnswer {
    /// Name of the source, for example `Dukcapil`.
    pub source: String,
    /// About whom.
    pub who: Who,
    /// [`Question::key`] of what was asked; an answer to another question says nothing about this one.
    pub question_key: String,
    /// The answer.
    pub answer: Answer,
    /// Day of the answer (WIB).
    pub asked_on: NaiveDate,
}

impl Who {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Deceased, Self::Heir];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Deceased => "deceased",
            Self::Heir => "heir",
        }
    }

    /// Reads the word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.code() == code)
    }

    /// The word on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Deceased => "almarhum/almarhumah",
            Self::Heir => "ahli waris",
        }
    }
}

impl Element {
    /// The word on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "nama",
            Self::BornOn => "tanggal lahir",
            Self::Sex => "jenis kelamin",
            Self::FamilyCard => "nomor KK",
        }
    }
}

impl NoAnswer {
    /// The reason in words, without anybody's data.
    pub fn label(&self) -> String {
        match self {
            Self::Unreachable => "tidak terhubung".to_owned(),
            Self::Slow => "tidak menjawab pada waktunya".to_owned(),
            Self::Resting => "sedang tidak dihubungi karena beberapa kali gagal".to_owned(),
            Self::LoginRefused => "menolak akun kantor; laporkan kepada pengelola sistem".to_owned(),
            Self::QuotaSpent => "jatah pertanyaan hari ini sudah habis".to_owned(),
            Self::Unreadable => "jawabannya tidak terbaca".to_owned(),
            Self::UnknownCode(code) => format!("menjawab dengan kode yang belum dikenal ({code})"),
            Self::QuestionRefused => "menganggap pertanyaannya salah bentuk".to_owned(),
        }
    }
}

impl Question {
    /// Every question a claim gives rise to: the deceased and the payee, as far as they have a NIK.
    pub fn of(content: &ClaimContent) -> Vec<Self> {
        let person = &content.deceased;
        let deceased = person.nik.number.clone().map(|nik| Self {
            who: Who::Deceased,
            nik,
            family_card: person.family_card.clone(),
            name: person.name.as_str().to_owned(),
            born_on: person.born_on,
            sex: person.sex,
        });
        let heir = content.payee().and_then(|heir| {
            let nik = heir.nik.number.clone()?;
            let name = heir.name.as_str().to_owned();
            Some(Self { who: Who::Heir, nik, family_card: heir.family_card.clone(), name, born_on: None, sex: None })
        });
        deceased.into_iter().chain(heir).collect()
    }

    /// Names the question without showing it: a hash over everything that is asked.
    pub fn key(&self) -> String {
        let born = self.born_on.map(|day| day.to_string()).unwrap_or_default();
        let card = self.family_card.as_ref().map(FamilyCard::expose).unwrap_or_default();
        let sex = self.sex.map(Sex::code).unwrap_or_default();
        sha256_hex([self.who.code(), self.nik.expose(), card, &self.name, &born, sex].join("|").as_bytes())
    }
}
