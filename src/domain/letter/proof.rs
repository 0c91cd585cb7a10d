//! By what anybody checks a letter: its code, its signed token, and where to ask.

use serde::{Deserialize, Serialize};

/// The proof printed on a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The code as printed, for example `7K4M-2Q9X-H3TV-W8`.
    pub code: String,
    /// Address of the page that answers, without the code.
    pub address: String,
    /// The signed token.
    pub token: String,
}

impl Proof {
    /// What the QR holds: the letter's page, and behind the hash, which no server is told, the token for whoever checks it offline.
    pub fn scanned(&self) -> String {
        format!("{}/{}#{}", self.address, self.code, self.token)
    }
}
