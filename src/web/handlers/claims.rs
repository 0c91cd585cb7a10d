//! Lists of claims and single claims.

use rocket::{State, get};

use super::Answer;
use crate::web::pages::{ClaimFiledPage, ClaimPage, QueuePage};
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::{Attempt, ListRequest, claim_page, filed_page, list_page};

#[get("/beranda?<keadaan>&<cari>&<mulai>&<pesan>")]
pub async fn home(
    site: &State<Site>,
    staff: Staff,
    keadaan: Option<String>,
    cari: Option<String>,
    mulai: Option<i64>,
    pesan: Option<String>,
) -> Answer<QueuePage> {
    let request = ListRequest { path: "/beranda", state: keadaan, search: cari, offset: mulai, message: pesan };
    site.run(move |site| list_page(site, &staff, &request)).await
}

#[get("/permohonan?<keadaan>&<cari>&<mulai>")]
pub async fn all(site: &State<Site>, staff: Staff, keadaan: Option<String>, cari: Option<String>, mulai: Option<i64>) -> Answer<QueuePage> {
    let request = ListRequest { path: "/permohonan", state: keadaan, search: cari, offset: mulai, message: None };
    site.run(move |site| list_page(site, &staff, &request)).await
}

#[get("/permohonan/<code>?<pesan>", rank = 5)]
pub async fn one(site: &State<Site>, staff: Staff, code: String, pesan: Option<String>) -> Answer<ClaimPage> {
    let attempt = Attempt { message: pesan, ..Attempt::default() };
    site.run(move |site| claim_page(site, &staff, &code, &attempt)).await
}

#[get("/permohonan/<code>/tercatat")]
pub async fn filed(site: &State<Site>, staff: Staff, code: String) -> Answer<ClaimFiledPage> {
    site.run(move |site| filed_page(site, &staff, &code)).await
}
