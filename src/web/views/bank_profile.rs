//! The page of bank profiles.

use super::flash;
use crate::domain::access::Role;
use crate::exchange::OutFile;
use crate::exchange::bank_file::{Profile, Profiles};
use crate::web::page::{Chip, Tone};
use crate::web::pages::{ProfileView, ProfilesPage, TrialFile};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;

/// Letters of a file shown after a trial.
const SHOWN_CHARS_MAX: usize = 4_000;

/// What was typed, and what came of it.
#[derive(Debug, Clone, Default)]
pub struct ProfileAttempt {
    /// Profile whose text is shown.
    pub shown: Option<String>,
    /// Text as typed.
    pub text: Option<String>,
    /// Everything wrong with it.
    pub faults: Vec<String>,
    /// Files the trial made.
    pub trial: Vec<OutFile>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

/// The page.
///
/// # Errors
/// [`Problem`] of the files.
pub fn profiles_page(site: &Site, staff: &Staff, attempt: &ProfileAttempt) -> Result<ProfilesPage, Problem> {
    let own = site.desk.bank_profile_files.all()?;
    let profiles = Profiles::with_own(&own);
    let shown = attempt.shown.as_deref().and_then(|name| {
        let kept =
            own.iter().find(|(file, _)| *file == format!("{name}.toml")).map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
        kept.or_else(|| Profiles::built_in_text(name).map(str::to_owned))
    });
    let is_own = |name: &str| own.iter().any(|(file, _)| *file == format!("{name}.toml"));
    let broken = profiles.broken().into_iter().map(|fault| ProfileView {
        name: String::new(),
        title: fault.to_string(),
        chip: Chip::new("Belum dapat dipakai", Tone::Bad),
        remark: String::new(),
        href: String::new(),
    });
    Ok(ProfilesPage {
        shell: site.shell_for(staff, "Profil bank").at("/keuangan/profil-bank").with_flash(flash(attempt.message.as_deref())),
        faults: attempt.faults.clone(),
        profiles: profiles.all().map(|profile| profile_view(profile, is_own(&profile.name))).chain(broken).collect(),
        text: attempt.text.clone().or(shown).unwrap_or_default(),
        can_keep: staff.actor.role == Role::Finance,
        trial: attempt.trial.iter().map(trial_file).collect(),
    })
}

fn profile_view(profile: &Profile, is_own: bool) -> ProfileView {
    let rails: Vec<String> = profile.rails().iter().map(ToString::to_string).collect();
    let rails = if rails.is_empty() { "pesan ISO 20022".to_owned() } else { rails.join(", ") };
    let result = if profile.result().is_some() { "; hasil tabel terbaca" } else { "" };
    ProfileView {
        name: profile.name.clone(),
        title: profile.title.clone(),
        chip: if is_own { Chip::new("Milik kantor", Tone::Good) } else { Chip::new("Bawaan", Tone::Plain) },
        remark: format!("{rails}{result}"),
        href: format!("/keuangan/profil-bank?profil={}", profile.name),
    }
}

fn trial_file(file: &OutFile) -> TrialFile {
    let lines = std::str::from_utf8(&file.bytes).unwrap_or_default();
    TrialFile {
        name: file.name.clone(),
        remark: format!("{} pembayaran contoh, {}", file.items, file.total),
        lines: lines.chars().take(SHOWN_CHARS_MAX).collect(),
    }
}
