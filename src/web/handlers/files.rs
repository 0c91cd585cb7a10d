//! Papers and letters, for those who may see their claim.

use rocket::http::{ContentType, Header};
use rocket::{Responder, State, get};

use super::Answer;
use crate::store::documents;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::seen_claim;
use crate::workflow::{file_name, pdf_of, readable};

/// Bytes with their name; the frame's headers keep the browser from guessing or keeping them.
#[derive(Responder)]
pub struct Download {
    body: Vec<u8>,
    kind: ContentType,
    disposition: Header<'static>,
}

impl Download {
    /// Shown in the browser, for printing.
    pub fn inline(body: Vec<u8>, kind: ContentType, name: &str) -> Self {
        Self { body, kind, disposition: Header::new("Content-Disposition", format!("inline; filename=\"{}\"", plain_name(name))) }
    }

    /// Saved as a file.
    pub fn attachment(body: Vec<u8>, kind: ContentType, name: &str) -> Self {
        Self { body, kind, disposition: Header::new("Content-Disposition", format!("attachment; filename=\"{}\"", plain_name(name))) }
    }
}

/// Letters, digits, dots and dashes: nothing that could end the header early.
fn plain_name(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' }).collect()
}

#[get("/permohonan/<code>/berkas/<id>")]
pub async fn paper(site: &State<Site>, staff: Staff, code: String, id: String) -> Answer<Download> {
    site.run(move |site| {
        let found = site.desk.store.read(|conn| {
            let claim = seen_claim(conn, &staff, &code)?;
            Ok::<_, Problem>(documents::of_claim(conn, &claim.id)?.into_iter().find(|d| d.id == id))
        })?;
        let document = found.ok_or_else(Problem::not_found)?;
        let bytes = site.desk.files.read(&document.sha256)?;
        let (kind, ending) = match document.media_type.as_str() {
            "image/jpeg" => (ContentType::JPEG, "jpg"),
            "image/png" => (ContentType::PNG, "png"),
            "application/pdf" => (ContentType::PDF, "pdf"),
            _ => (ContentType::Binary, "bin"),
        };
        Ok::<_, Problem>(Download::inline(bytes, kind, &format!("{code}-{}.{ending}", document.kind.code())))
    })
    .await
}

#[get("/surat/<id>")]
pub async fn letter(site: &State<Site>, staff: Staff, id: String) -> Answer<Download> {
    site.run(move |site| {
        let issued = readable(&site.desk, &staff.actor, &id)?;
        Ok::<_, Problem>(Download::inline(pdf_of(&site.desk, &issued)?, ContentType::PDF, &file_name(&issued)))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_slashes_becomes_a_plain_file_name() {
        assert_eq!(plain_name("400.9/0012/SKN/2026.pdf"), "400.9-0012-SKN-2026.pdf");
        assert_eq!(plain_name("a\"\r\nX: y"), "a---X--y");
    }
}
