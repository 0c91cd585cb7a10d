//! In and out.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{State, get, post};

use super::{Answer, Reply};
use crate::domain::access::Role;
use crate::web::forms::Submitted;
use crate::web::pages::LoginPage;
use crate::web::problem::Problem;
use crate::web::request::Address;
use crate::web::session::{Staff, give_cookie, safe_next, take_cookie};
use crate::web::site::Site;
use crate::web::throttle::{LOGIN_PER_ACCOUNT, LOGIN_PER_ADDRESS};
use crate::web::views::flash;
use crate::workflow::accounts::{self, Known, Login};

#[get("/masuk?<lanjut>&<pesan>")]
pub fn form(site: &State<Site>, lanjut: Option<&str>, pesan: Option<&str>) -> LoginPage {
    let mut page = page(site, None, String::new(), lanjut.unwrap_or_default());
    page.shell = page.shell.with_flash(flash(pesan));
    page
}

#[post("/masuk", data = "<sent>")]
pub async fn log_in(site: &State<Site>, jar: &CookieJar<'_>, sent: Submitted, address: Address) -> Answer<Reply<LoginPage>> {
    let (name, next) = (sent.text("nama").trim().to_lowercase(), sent.text("lanjut").to_owned());
    let login = match try_login(site, &address, name.clone(), sent.text("sandi").to_owned()).await {
        Ok(login) => login,
        Err(problem) if problem.status.code < 500 => {
            return Ok(Reply::Again(problem.status, Box::new(page(site, Some(problem.message), name, &next))));
        }
        Err(problem) => return Err(problem),
    };
    give_cookie(jar, site, login.token);
    Ok(Reply::Go(safe_next(&next).unwrap_or_else(|| home(login.actor.role)).to_owned()))
}

/// Counts wrong passwords by account and address together, and by address alone: guessing from one place
/// does not shut an account out everywhere.
async fn try_login(site: &State<Site>, address: &Address, name: String, password: String) -> Answer<Login> {
    let now = site.desk.clock.now();
    let keys = [(format!("login:{name}:{}", address.0), LOGIN_PER_ACCOUNT), (format!("login:{}", address.0), LOGIN_PER_ADDRESS)];
    if !keys.iter().all(|(key, allowance)| site.throttle.is_open(key, *allowance, now)) {
        return Err(Problem::of_status(Status::TooManyRequests));
    }
    let outcome = site.run(move |site| accounts::log_in(&site.desk, &name, &password)).await;
    match &outcome {
        Ok(_) => keys.iter().take(1).for_each(|(key, _)| site.throttle.forget(key)),
        Err(_) => keys.iter().for_each(|(key, allowance)| site.throttle.count(key, *allowance, now)),
    }
    outcome
}

#[post("/keluar", data = "<_sent>")]
pub async fn log_out(site: &State<Site>, jar: &CookieJar<'_>, staff: Staff, _sent: Submitted) -> Answer<Redirect> {
    let known = Known { actor: staff.actor, session: staff.session };
    site.run(move |site| accounts::log_out(&site.desk, &known)).await?;
    take_cookie(jar, site);
    Ok(Redirect::to("/masuk?pesan=bye"))
}

fn page(site: &Site, refusal: Option<String>, username: String, next: &str) -> LoginPage {
    LoginPage { shell: site.shell("Masuk"), refusal, username, next: safe_next(next).unwrap_or_default().to_owned() }
}

/// Where a role's work lies.
fn home(role: Role) -> &'static str {
    match role {
        Role::Finance => "/keuangan",
        Role::Operator | Role::VillageHead | Role::Verifier | Role::Approver | Role::Auditor | Role::Admin => "/beranda",
    }
}
