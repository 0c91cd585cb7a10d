//! Errors of single fields, gathered for a page or a JSON answer.

use serde::Serialize;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

/// One field that needs another look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Stable name of the field, as in the form: `ahli_waris[0].nik`.
    pub key: String,
    /// One Indonesian sentence: what is wrong and what to do. Never holds a full NIK or account number.
    pub message: String,
}

/// All fields that need another look, in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct FieldErrors(Vec<FieldError>);

impl std::fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lines: Vec<String> = self.0.iter().map(|error| format!("{}: {}", error.key, error.message)).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl FieldErrors {
    /// A single error.
    pub fn one(key: &str, message: &str) -> Self {
        let mut errors = Self::default();
        errors.push(key, message);
        errors
    }

    /// Fields that are too long to be meant, as `validator` sees them. The rejected values are dropped: they may be personal.
    pub fn of_shape(form: &impl Validate) -> Self {
        let mut errors = Self::default();
        if let Err(faults) = form.validate() {
            errors.flatten("", &faults);
        }
        errors.0.sort_by(|a, b| a.key.cmp(&b.key));
        errors
    }

    /// Adds an error; the first one of a field stands.
    pub fn push(&mut self, key: impl Into<String>, message: impl Into<String>) {
        let key = key.into();
        if !self.has(&key) {
            self.0.push(FieldError { key, message: message.into() });
        }
    }

    /// Whether a field has an error.
    pub fn has(&self, key: &str) -> bool {
        self.0.iter().any(|e| e.key == key)
    }

    /// The sentence of a field.
    pub fn message(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|e| e.key == key).map(|e| e.message.as_str())
    }

    /// Whether every field is fine.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many fields need another look.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The errors in order.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.0.iter()
    }

    fn flatten(&mut self, path: &str, faults: &ValidationErrors) {
        for (name, kind) in faults.errors() {
            let key = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
            match kind {
                ValidationErrorsKind::Field(_) => {
                    self.push(key, "Isian ini terlalu panjang. Mohon tulis lebih singkat, paling banyak 200 huruf.");
                }
                ValidationErrorsKind::Struct(inner) => self.flatten(&key, inner),
                ValidationErrorsKind::List(items) => items.iter().for_each(|(i, inner)| self.flatten(&format!("{key}[{i}]"), inner)),
            }
        }
    }
}

impl<'a> IntoIterator for &'a FieldErrors {
    type Item = &'a FieldError;
    type IntoIter = std::slice::Iter<'a, FieldError>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
