//! The claim form as a page sends it: field names become the JSON form, files become papers.

use rocket::serde::json::serde_json::{self, Map, Value};

use super::Typed;
use crate::domain::claim::DocumentKind;
use crate::exchange::claim_form::{ClaimForm, FieldErrors, HEIRS_MAX, HeirForm};
use crate::web::upload::{Upload, examine};

/// Beginning of the names of file inputs.
const FILE_PREFIX: &str = "berkas.";

/// A claim as it came from the page.
pub struct ClaimSubmission {
    /// What was typed.
    pub form: ClaimForm,
    /// Papers that are fine.
    pub uploads: Vec<Upload>,
    /// Papers that are not.
    pub errors: FieldErrors,
}

/// Reads the page's fields. Nothing is refused here but unusable files; a paper that is attached counts as ticked.
pub fn claim_submission(typed: &Typed) -> ClaimSubmission {
    let mut form = read_form(typed);
    let (mut uploads, mut errors) = (Vec::new(), FieldErrors::default());
    for file in typed.files() {
        let Some(kind) = file.key.strip_prefix(FILE_PREFIX).and_then(DocumentKind::parse) else { continue };
        match examine(kind, file.bytes.clone()) {
            Ok(upload) => uploads.push(upload),
            Err(fault) => errors.push(file.key.clone(), fault.sentence()),
        }
        if !form.dokumen.iter().any(|code| code == kind.code()) {
            form.dokumen.push(kind.code().to_owned());
        }
    }
    ClaimSubmission { form, uploads, errors }
}

/// Fields the form does not know (buttons, token) are left out; missing ones are empty.
fn read_form(typed: &Typed) -> ClaimForm {
    let mut root = serde_json::to_value(ClaimForm::default()).unwrap_or_default();
    if let Some(object) = root.as_object_mut() {
        let blank = serde_json::to_value(HeirForm::default()).unwrap_or_default();
        object.insert("ahli_waris".to_owned(), Value::Array(vec![blank; HEIRS_MAX]));
        object.insert("dokumen".to_owned(), Value::from(typed.all("dokumen")));
    }
    for (key, text) in typed.texts() {
        if let Some(Value::String(slot)) = slot(&mut root, key) {
            text.trim().clone_into(slot);
        }
    }
    serde_json::from_value(root).unwrap_or_default()
}

/// The place of `ahli_waris[0].nik` in the form.
fn slot<'a>(root: &'a mut Value, key: &str) -> Option<&'a mut Value> {
    key.split(['.', '[']).try_fold(root, |value, part| match part.strip_suffix(']') {
        Some(index) => value.as_array_mut()?.get_mut(index.parse::<usize>().ok()?),
        None => value.as_object_mut().and_then(|object: &mut Map<String, Value>| object.get_mut(part)),
    })
}

#[cfg(test)]
mod tests {
    use rocket::form::Form;

    use super::*;

    fn read(body: &str) -> ClaimForm {
        claim_submission(&Form::<Typed>::parse_encoded(body.into()).unwrap()).form
    }

    #[test]
    fn every_field_of_the_page_reaches_the_form() {
        let form = read(
            "_csrf=x&aksi=kirim&kunci=k1&almarhum.nik=33&almarhum.nama=+SUPARMI+&ahli_waris%5B0%5D.nama=SLAMET&ahli_waris[1].nik=9\
             &dokumen=kk&dokumen=sktm&rekening.nomor=01&tgl_meninggal=21-06-2026",
        );
        assert_eq!((form.kunci.as_str(), form.almarhum.nik.as_str(), form.almarhum.nama.as_str()), ("k1", "33", "SUPARMI"));
        assert_eq!((form.ahli_waris[0].nama.as_str(), form.ahli_waris[1].nik.as_str()), ("SLAMET", "9"));
        assert_eq!(form.dokumen, ["kk", "sktm"]);
        assert_eq!((form.rekening.nomor.as_str(), form.tgl_meninggal.as_str()), ("01", "21-06-2026"));
    }

    #[test]
    fn fields_nobody_knows_and_rows_too_many_are_passed_over() {
        let form = read("almarhum.pangkat=jenderal&ahli_waris[7].nama=X&ahli_waris[x].nama=X&ahli_waris=X&almarhum=X&dokumen=kk");
        assert_eq!(form, ClaimForm { ahli_waris: vec![HeirForm::default(); 3], dokumen: vec!["kk".into()], ..ClaimForm::default() });
    }
}
