//! What every page carries: the frame, chips, notes, and small lists of label and value.

use chrono::{DateTime, Utc};

use super::style::CSS_HREF;
use crate::domain::access::{Actor, Role};
use crate::domain::calendar::long_date_time;
use crate::domain::claim::State;
use crate::domain::crosscheck::{Severity, Verdict};

/// The colour of a chip or note. There are always words beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Grey.
    #[default]
    Plain,
    /// Green: done, in order.
    Good,
    /// Amber: somebody has to do something.
    Attention,
    /// Red: refused, broken.
    Bad,
    /// Blue: on its way.
    Moving,
}

impl Tone {
    /// The class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Good => "ok",
            Self::Attention => "warn",
            Self::Bad => "bad",
            Self::Moving => "info",
        }
    }
}

/// A word in colour.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chip {
    /// The word.
    pub text: String,
    /// Its colour.
    pub tone: Tone,
}

impl Chip {
    /// A chip.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    /// Where a claim stands.
    pub fn of_state(state: State) -> Self {
        let tone = match state {
            State::Submitted | State::Endorsed | State::Verified => Tone::Moving,
            State::Approved | State::Decreed | State::Paid => Tone::Good,
            State::Waiting | State::Returned | State::OnHold => Tone::Attention,
            State::Rejected | State::Annulled => Tone::Bad,
            State::Withdrawn => Tone::Plain,
        };
        Self::new(state.label(), tone)
    }

    /// What the cross-check says.
    pub fn of_verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Eligible => Self::new("Sesuai", Tone::Good),
            Verdict::NeedsReview => Self::new("Perlu diperiksa", Tone::Attention),
            Verdict::Ineligible => Self::new("Tidak memenuhi aturan", Tone::Bad),
        }
    }

    /// How much a finding weighs.
    pub fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Note => Self::new("Catatan", Tone::Plain),
            Severity::Review => Self::new("Perlu diperiksa", Tone::Attention),
            Severity::Block => Self::new("Tidak memenuhi aturan", Tone::Bad),
        }
    }
}

/// A sentence on top of a page, after an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// Its colour.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
}

/// Who is logged in, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserView {
    /// Name.
    pub name: String,
    /// Role.
    pub role: String,
    /// Region, by name.
    pub region: String,
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// Address.
    pub href: &'static str,
    /// Words.
    pub label: &'static str,
    /// Whether this page is it.
    pub current: bool,
}

/// The frame of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shell {
    /// Title of the page.
    pub title: String,
    /// Name of the kabupaten.
    pub office: String,
    /// Where to ask.
    pub contact: String,
    /// Address of the style sheet.
    pub style: &'static str,
    /// Where the mark in the head leads.
    pub home: &'static str,
    /// Who is logged in.
    pub user: Option<UserView>,
    /// The menu.
    pub nav: Vec<NavItem>,
    /// Token of the session, for forms.
    pub csrf: String,
    /// A sentence on top.
    pub flash: Option<Flash>,
}

impl Shell {
    /// The frame of a page that needs no login.
    pub fn public(title: impl Into<String>, office: &str, contact: &str) -> Self {
        Self {
            title: title.into(),
            office: office.to_owned(),
            contact: contact.to_owned(),
            style: CSS_HREF.as_str(),
            home: "/",
            user: None,
            nav: Vec::new(),
            csrf: String::new(),
            flash: None,
        }
    }

    /// The same frame for somebody who is logged in.
    #[must_use]
    pub fn with_user(mut self, actor: &Actor, region: impl Into<String>, csrf: &str) -> Self {
        self.user = Some(UserView { name: actor.name.clone(), role: actor.role.label().to_owned(), region: region.into() });
        self.nav = menu(actor.role).iter().map(|(href, label)| NavItem { href, label, current: false }).collect();
        self.home = "/beranda";
        csrf.clone_into(&mut self.csrf);
        self
    }

    /// Marks the menu entry this page belongs to.
    #[must_use]
    pub fn at(mut self, href: &str) -> Self {
        for item in &mut self.nav {
            item.current = item.href == href;
        }
        self
    }

    /// Puts a sentence on top.
    #[must_use]
    pub fn with_flash(mut self, flash: Option<Flash>) -> Self {
        self.flash = flash;
        self
    }
}

/// The menu of a role.
fn menu(role: Role) -> &'static [(&'static str, &'static str)] {
    match role {
        Role::Operator => &[("/beranda", "Beranda"), ("/permohonan/baru", "Permohonan baru"), ("/keuangan/retur", "Retur")],
        Role::VillageHead => &[("/beranda", "Antrean pengesahan"), ("/permohonan", "Semua permohonan")],
        Role::Verifier => &[
            ("/beranda", "Antrean verifikasi"),
            ("/permohonan", "Semua permohonan"),
            ("/data-warga", "Data warga"),
            ("/daftar-henti", "Daftar henti"),
            ("/perhatian", "Yang perlu dilihat"),
        ],
        Role::Approver => &[
            ("/beranda", "Antrean persetujuan"),
            ("/permohonan", "Semua permohonan"),
            ("/keuangan", "Keuangan"),
            ("/anggaran", "Anggaran"),
            ("/keuangan/retur", "Retur"),
            ("/daftar-henti", "Daftar henti"),
        ],
        Role::Finance => &[
            ("/keuangan", "Keuangan"),
            ("/anggaran", "Anggaran"),
            ("/keuangan/loket", "Loket tunai"),
            ("/keuangan/hasil", "Hasil bank"),
            ("/keuangan/retur", "Retur"),
            ("/keuangan/profil-bank", "Profil bank"),
            ("/permohonan", "Semua permohonan"),
        ],
        Role::Auditor => &[
            ("/permohonan", "Semua permohonan"),
            ("/keuangan", "Keuangan"),
            ("/anggaran", "Anggaran"),
            ("/keuangan/hasil", "Hasil bank"),
            ("/keuangan/retur", "Retur"),
            ("/daftar-henti", "Daftar henti"),
            ("/perhatian", "Yang perlu dilihat"),
        ],
        Role::Admin => &[("/beranda", "Beranda"), ("/data-warga", "Data warga"), ("/perhatian", "Yang perlu dilihat")],
    }
}

/// A label with a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fact {
    /// Label.
    pub label: String,
    /// Value, or an address where the list is one of links.
    pub value: String,
}

impl Fact {
    /// A fact; an empty value is shown as a dash.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        let value = value.into();
        Self { label: label.into(), value: if value.trim().is_empty() { "–".to_owned() } else { value } }
    }
}

/// A choice of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub checked: bool,
}

impl Choice {
    /// A choice that is not chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), checked: false }
    }
}

/// A link with words and a remark.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// Address.
    pub href: String,
    /// Words.
    pub label: String,
    /// Remark, for example a date; may be empty.
    pub value: String,
}

/// A step in a claim's story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventView {
    /// What was done.
    pub what: String,
    /// When, in words.
    pub when: String,
    /// By whom, with the role.
    pub who: String,
    /// Why; may be empty.
    pub why: String,
}

/// An instant as pages show it.
pub fn when(instant: DateTime<Utc>) -> String {
    long_date_time(instant)
}

/// The id of a field's input: its key without brackets and dots.
pub fn anchor(key: &str) -> String {
    let id: String = key.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
    format!("i-{}", id.replace("--", "-"))
}

/// The key of a field in a numbered row.
pub fn indexed(list: &str, index: impl std::fmt::Display, field: &str) -> String {
    format!("{list}[{index}].{field}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_has_an_id_without_marks() {
        assert_eq!(anchor("ahli_waris[0].nik"), "i-ahli_waris-0-nik");
        assert_eq!(anchor(&indexed("ahli_waris", 2, "nama")), "i-ahli_waris-2-nama");
    }

    #[test]
    fn every_role_that_works_with_claims_has_a_menu() {
        for role in Role::ALL {
            assert!(!menu(role).is_empty(), "{role}");
        }
    }
}
