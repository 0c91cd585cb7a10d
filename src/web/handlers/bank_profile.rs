//! Bank profiles of the office: look, try with payments nobody gets, keep.

use rocket::http::Status;
use rocket::{State, get, post};

use super::{Answer, Reply};
use crate::exchange::OutFile;
use crate::exchange::bank_file::Profile;
use crate::exchange::bank_result::ResultLayout;
use crate::web::forms::Submitted;
use crate::web::pages::ProfilesPage;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::{ProfileAttempt, profiles_page};

#[get("/keuangan/profil-bank?<profil>&<pesan>")]
pub async fn desk(site: &State<Site>, staff: Staff, profil: Option<String>, pesan: Option<String>) -> Answer<ProfilesPage> {
    let attempt = ProfileAttempt { shown: profil, message: pesan, ..ProfileAttempt::default() };
    site.run(move |site| profiles_page(site, &staff, &attempt)).await
}

#[post("/keuangan/profil-bank", data = "<sent>")]
pub async fn act(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<ProfilesPage>> {
    site.run(move |site| {
        let text = sent.text("profil").replace("\r\n", "\n");
        let attempt = ProfileAttempt { text: Some(text.clone()), ..ProfileAttempt::default() };
        let tried = tried(site, &text);
        let (profile, trial) = match tried {
            Ok(done) => done,
            Err(Fault::Text(faults)) => return again(site, &staff, Status::UnprocessableEntity, ProfileAttempt { faults, ..attempt }),
            Err(Fault::Problem(problem)) => return Err(problem),
        };
        if sent.text("tindakan") != "simpan" {
            return again(site, &staff, Status::Ok, ProfileAttempt { trial, ..attempt });
        }
        site.desk.bank_profile_files.put(&profile.name, &text)?;
        Ok(Reply::Go(format!("/keuangan/profil-bank?profil={}&pesan=profile", profile.name)))
    })
    .await
}

enum Fault {
    Text(Vec<String>),
    Problem(Problem),
}

/// The profile with the files of its trial, or everything that is wrong with it. A profile is kept only if its trial goes through.
fn tried(site: &Site, text: &str) -> Result<(Profile, Vec<OutFile>), Fault> {
    let profile = Profile::parse(text).map_err(|faults| Fault::Text(faults.iter().map(ToString::to_string).collect()))?;
    if let Some(layout) = profile.result() {
        let layout: Result<ResultLayout, toml::de::Error> = layout.clone().try_into();
        layout.map_err(|why| Fault::Text(vec![format!("[result]: {}", why.message())]))?;
    }
    let pack = site.pack().map_err(|refusal| Fault::Problem(refusal.into()))?;
    let files = profile.trial(&pack.banks, &pack.office.bank, site.today(), site.desk.clock.now());
    let files = files.map_err(|fault| Fault::Text(vec![fault.to_string()]))?;
    Ok((profile, files))
}

fn again(site: &Site, staff: &Staff, status: Status, attempt: ProfileAttempt) -> Result<Reply<ProfilesPage>, Problem> {
    Ok(Reply::Again(status, Box::new(profiles_page(site, staff, &attempt)?)))
}
