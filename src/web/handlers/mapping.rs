//! The office's own mappings of column names: a file to begin with, and keeping one.

use rocket::http::{ContentType, Status};
use rocket::{State, post};

use super::files::Download;
use super::{Answer, Reply};
use crate::exchange::register_file::{Field, example};
use crate::web::forms::Submitted;
use crate::web::pages::RegisterPage;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::MAPPING_FIELD;
use crate::web::views::{RegisterAttempt, register_page};
use crate::workflow::mappings::{MappingRefusal, add_mapping, mappings};

#[post("/data-warga/pemetaan", data = "<sent>")]
pub async fn keep(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<RegisterPage>> {
    site.run(move |site| {
        let again = |attempt: &RegisterAttempt| {
            Ok::<_, Problem>(Reply::Again(Status::UnprocessableEntity, Box::new(register_page(site, &staff, attempt)?)))
        };
        let Some(file) = sent.files().iter().find(|file| file.key == MAPPING_FIELD) else {
            return again(&RegisterAttempt::refused("Mohon pilih berkas pemetaan lebih dahulu."));
        };
        match add_mapping(&site.desk, &staff.actor, &file.bytes) {
            Ok(_name) => Ok(Reply::Go("/data-warga?pesan=mapping".to_owned())),
            Err(MappingRefusal::Faults(faults)) => {
                let faults = faults.iter().map(ToString::to_string).collect();
                again(&RegisterAttempt { faults, ..RegisterAttempt::default() })
            }
            Err(MappingRefusal::Refused(refusal)) => Err(refusal.into()),
        }
    })
    .await
}

#[post("/data-warga/contoh-pemetaan", data = "<sent>")]
pub async fn sample(site: &State<Site>, _staff: Staff, sent: Submitted) -> Answer<Download> {
    site.run(move |site| {
        let names = sent.all("judul");
        let known = mappings(&site.desk)?;
        let columns: Vec<(String, Option<Field>)> = names.into_iter().map(|name| (name.clone(), known.meaning(&name))).collect();
        let kind = ContentType::new("application", "toml");
        Ok::<_, Problem>(Download::attachment(example(&columns).into_bytes(), kind, "pemetaan-kolom.toml"))
    })
    .await
}
