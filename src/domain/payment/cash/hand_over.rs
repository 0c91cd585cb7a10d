//! Handing over: who came, which paper was seen, and how the receipt was signed.

use std::fmt;

use super::{CashRefused, TEXT_CHARS_MAX};
use crate::domain::claim::ClaimContent;

/// Who takes the money home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Receiver {
    /// The heir.
    Payee,
    /// The guardian of an heir who is not of age.
    Guardian,
    /// Whom the heir sends, with a power of attorney.
    Proxy,
}

impl Receiver {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Payee, Self::Guardian, Self::Proxy];

    /// The word in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Payee => "payee",
            Self::Guardian => "guardian",
            Self::Proxy => "proxy",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Payee => "Ahli waris sendiri",
            Self::Guardian => "Wali ahli waris",
            Self::Proxy => "Penerima kuasa",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|receiver| receiver.code() == code)
    }

    /// Who may come for the money of a claim: nobody but the people it names. For a child the guardian comes in its place.
    pub fn of_claim(content: &ClaimContent) -> Vec<(Self, String)> {
        let guardian = content.stand_ins.guardian.as_ref().map(|person| (Self::Guardian, person.name.to_string()));
        let heir = guardian.or_else(|| content.payee().map(|heir| (Self::Payee, heir.name.to_string())));
        let proxy = content.stand_ins.proxy.as_ref().map(|person| (Self::Proxy, person.name.to_string()));
        heir.into_iter().chain(proxy).collect()
    }
}

/// Which paper was seen at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentityPaper {
    /// KTP, the card itself.
    Ktp,
    /// Kartu keluarga.
    FamilyCard,
    /// A letter of the village or of the civil registry in place of a lost card.
    Letter,
}

impl IdentityPaper {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Ktp, Self::FamilyCard, Self::Letter];

    /// The word in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ktp => "ktp",
            Self::FamilyCard => "family_card",
            Self::Letter => "letter",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ktp => "KTP asli",
            Self::FamilyCard => "Kartu keluarga (KK)",
            Self::Letter => "Surat keterangan pengganti KTP",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.code() == code)
    }
}

/// What stands on the receipt in the receiver's hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReceiptMark {
    /// Signed.
    Signature,
    /// Cap jempol, of whoever cannot write.
    Thumbprint,
}

impl ReceiptMark {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Signature, Self::Thumbprint];

    /// The word in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Thumbprint => "thumbprint",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Signature => "Tanda tangan",
            Self::Thumbprint => "Cap jempol",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.code() == code)
    }
}

/// What was looked at before the money changed hands.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityCheck {
    /// Who came.
    pub receiver: Receiver,
    /// Which paper was seen.
    pub paper: IdentityPaper,
    /// Last four digits of the NIK on it, as typed.
    pub last_digits: String,
    /// Number of the power of attorney, for a proxy.
    pub proxy_letter: String,
}

/// The digits are not shown.
impl fmt::Debug for IdentityCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityCheck").field("receiver", &self.receiver).field("paper", &self.paper).finish_non_exhaustive()
    }
}

impl IdentityCheck {
    /// The name of the receiver, if this is somebody the claim names and the paper shows their number.
    ///
    /// # Errors
    /// [`CashRefused::NotNamed`], [`CashRefused::NoNumber`], [`CashRefused::DigitsDiffer`], [`CashRefused::ProxyLetter`].
    pub fn passed(&self, content: &ClaimContent) -> Result<String, CashRefused> {
        let named = Receiver::of_claim(content).into_iter().find(|(receiver, _)| *receiver == self.receiver);
        let (_, name) = named.ok_or(CashRefused::NotNamed)?;
        let nik = match self.receiver {
            Receiver::Payee => content.payee().map(|heir| &heir.nik),
            Receiver::Guardian => content.stand_ins.guardian.as_ref().map(|person| &person.nik),
            Receiver::Proxy => content.stand_ins.proxy.as_ref().map(|person| &person.nik),
        };
        let number = nik.and_then(|nik| nik.number.as_ref()).ok_or(CashRefused::NoNumber)?;
        let typed = self.last_digits.trim();
        if typed.len() != 4 || !number.expose().ends_with(typed) {
            return Err(CashRefused::DigitsDiffer);
        }
        let letter = self.proxy_letter.trim().chars().count();
        if self.receiver == Receiver::Proxy && !(3..=TEXT_CHARS_MAX).contains(&letter) {
            return Err(CashRefused::ProxyLetter);
        }
        Ok(name)
    }
}
