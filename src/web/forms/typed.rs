//! A submitted form as it came. Reading it checks origin and token, so no handler can forget to.

use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::form::{self, DataField, Form, FromForm, Options, ValueField};
use rocket::http::Status;
use rocket::{Request, async_trait};

use crate::web::csrf;
use crate::web::problem::{Problem, Refusal};
use crate::web::routes::{Access, rule_of};
use crate::web::session;
use crate::web::upload::{REGISTER_FIELD, REGISTER_UPLOAD_BYTES_MAX, REPORT_FIELD, REPORT_UPLOAD_BYTES_MAX, UPLOAD_BYTES_MAX};

/// Most fields one form has.
const FIELDS_MAX: usize = 5_000;

/// A file as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedFile {
    /// Name of the field.
    pub key: String,
    /// Name of the file as the browser gave it.
    pub name: String,
    /// The bytes, at most one more than may be kept.
    pub bytes: Vec<u8>,
}

/// Fields in the order they came.
#[derive(Clone, Default)]
pub struct Typed {
    texts: Vec<(String, String)>,
    files: Vec<TypedFile>,
}

impl Typed {
    /// The text of a field; empty when it was not sent.
    pub fn text(&self, key: &str) -> &str {
        self.texts.iter().find(|(k, _)| k == key).map_or("", |(_, text)| text.as_str())
    }

    /// All texts of a field that may come more than once.
    pub fn all(&self, key: &str) -> Vec<String> {
        self.texts.iter().filter(|(k, _)| k == key).map(|(_, text)| text.clone()).collect()
    }

    /// Every field with its text.
    pub fn texts(&self) -> &[(String, String)] {
        &self.texts
    }

    /// Files that were chosen.
    pub fn files(&self) -> &[TypedFile] {
        &self.files
    }
}

#[async_trait]
impl<'r> FromForm<'r> for Typed {
    type Context = (Self, form::Errors<'r>);

    fn init(_: Options) -> Self::Context {
        (<Self as Default>::default(), form::Errors::new())
    }

    fn push_value((typed, _): &mut Self::Context, field: ValueField<'r>) {
        if typed.texts.len() < FIELDS_MAX {
            typed.texts.push((field.name.source().to_string(), field.value.to_owned()));
        }
    }

    async fn push_data((typed, errors): &mut Self::Context, field: DataField<'r, '_>) {
        let key = field.name.source().to_string();
        let name = field.file_name.map(|name| name.dangerous_unsafe_unsanitized_raw().as_str().to_owned()).unwrap_or_default();
        let chosen = !name.is_empty();
        let bytes_max = match key.as_str() {
            REGISTER_FIELD => REGISTER_UPLOAD_BYTES_MAX,
            REPORT_FIELD => REPORT_UPLOAD_BYTES_MAX,
            _ => UPLOAD_BYTES_MAX,
        };
        match field.data.open((bytes_max + 1).bytes()).into_bytes().await {
            // A browser sends an empty part for a file input nobody touched.
            Ok(bytes) if bytes.is_empty() && !chosen => {}
            Ok(bytes) => typed.files.push(TypedFile { key, name, bytes: bytes.into_inner() }),
            Err(broken) => errors.push(broken.into()),
        }
    }

    fn push_error((_, errors): &mut Self::Context, error: form::Error<'r>) {
        errors.push(error);
    }

    fn finalize((typed, errors): Self::Context) -> form::Result<'r, Self> {
        if errors.is_empty() { Ok(typed) } else { Err(errors) }
    }
}

/// A form that came from one of our own pages, of this session.
#[derive(Clone)]
pub struct Submitted(pub Typed);

impl std::ops::Deref for Submitted {
    type Target = Typed;
    fn deref(&self) -> &Typed {
        &self.0
    }
}

#[async_trait]
impl<'r> FromData<'r> for Submitted {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        if !csrf::is_same_origin(request) {
            return refuse(request, foreign());
        }
        let typed = match Form::<Typed>::from_data(request, data).await {
            Outcome::Success(form) => form.into_inner(),
            Outcome::Error((status, _errors)) => return Outcome::Error((status, ())),
            Outcome::Forward((_data, status)) => return Outcome::Error((status, ())),
        };
        let public = request.route().and_then(rule_of).is_some_and(|rule| rule.access == Access::Public);
        match session::known(request).await {
            _ if public => Outcome::Success(Self(typed)),
            Ok(Some(staff)) if csrf::matches(typed.text(csrf::FIELD), &staff.csrf) => Outcome::Success(Self(typed)),
            Ok(Some(_stale)) => refuse(request, stale()),
            Ok(None) => Outcome::Error((Status::Unauthorized, ())),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

fn refuse<'r>(request: &'r Request<'_>, problem: Problem) -> Outcome<'r, Submitted> {
    let status = problem.status;
    request.local_cache(|| Refusal(Some(problem)));
    Outcome::Error((status, ()))
}

fn foreign() -> Problem {
    let message = "Kiriman ini tidak berasal dari halaman aplikasi, jadi tidak dicatat. Mohon buka halamannya kembali dari menu.";
    Problem::new(Status::Forbidden, "foreign_origin", message)
}

fn stale() -> Problem {
    let message =
        "Halaman ini berasal dari sesi yang sudah berakhir, jadi belum dicatat. Mohon buka halamannya kembali, lalu kirim sekali lagi.";
    Problem::new(Status::Forbidden, "stale_form", message)
}
