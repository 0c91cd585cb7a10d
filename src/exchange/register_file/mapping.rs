//! Which column names mean what: data, not code. An office adds its own file where a sender's names are new.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::field::Field;

/// Largest mapping file, in bytes.
const MAPPING_BYTES_MAX: usize = 1 << 18;

/// Mapping files that come with the program; the last one knows the names of all senders and stands in for what a special
/// one leaves open.
const BUILT_IN: [&str; 5] = [
    include_str!("../../../fixtures/register_mappings/dtsen.toml"),
    include_str!("../../../fixtures/register_mappings/daftar_penduduk.toml"),
    include_str!("../../../fixtures/register_mappings/dtks.toml"),
    include_str!("../../../fixtures/register_mappings/dukcapil.toml"),
    include_str!("../../../fixtures/register_mappings/umum.toml"),
];

/// The column names of one sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Name for people, for example `DTKS`.
    pub name: String,
    columns: HashMap<String, Field>,
}

/// What is wrong in a mapping file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("baris {line}: {why}")]
pub struct MappingFault {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong and what to write.
    pub why: String,
}

impl Mapping {
    /// Reads a mapping file: `nama`, and under `[kolom]` for each field the column names that mean it.
    ///
    /// # Errors
    /// Every [`MappingFault`], in the order of the lines.
    ///
    /// ```
    /// use santunan::exchange::register_file::{Field, Mapping};
    /// let mapping = Mapping::parse("nama = \"Puskesos\"\n[kolom]\nnik = [\"No. Induk\"]\n").unwrap();
    /// assert_eq!(mapping.field("NO INDUK"), Some(Field::Nik));
    /// ```
    pub fn parse(text: &str) -> Result<Self, Vec<MappingFault>> {
        let mut reading = Reading { text, faults: Vec::new(), columns: HashMap::new() };
        let name = reading.read();
        let Reading { mut faults, columns, .. } = reading;
        faults.sort_by_key(|fault| fault.line);
        match name {
            Some(name) if faults.is_empty() => Ok(Self { name, columns }),
            _ => Err(faults),
        }
    }

    /// What a column of this name means; case, blanks and punctuation do not count, nor does a remark in brackets
    /// behind a name that is known without it, as in `NIK (16 angka)`.
    pub fn field(&self, column: &str) -> Option<Field> {
        let bare = || column.split(['(', '[']).next().filter(|bare| bare.len() < column.len());
        self.columns.get(&plain(column)).or_else(|| self.columns.get(&plain(bare()?))).copied()
    }
}

/// A mapping file on its way in.
struct Reading<'t> {
    text: &'t str,
    faults: Vec<MappingFault>,
    columns: HashMap<String, Field>,
}

impl Reading<'_> {
    /// The name of the mapping; without one, something is among the faults.
    fn read(&mut self) -> Option<String> {
        if self.text.len() > MAPPING_BYTES_MAX {
            self.fault(0, "berkas pemetaan lebih besar dari 256 kB");
            return None;
        }
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let at = error.span().map(|span| span.start).unwrap_or_default();
            self.fault(at, "penulisannya belum benar; periksa tanda petik, kurung siku, koma, dan tanda =");
        }
        if !self.faults.is_empty() {
            return None;
        }
        let mut name = None;
        let mut has_columns = false;
        for (key, value) in in_order(table.get_ref()) {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("nama", DeValue::String(text)) if !text.trim().is_empty() => name = Some(text.trim().to_owned()),
                ("kolom", DeValue::Table(columns)) => {
                    has_columns = true;
                    for (word, names) in in_order(columns) {
                        self.field(word, names);
                    }
                }
                ("nama", _) => self.fault(value.span().start, "nama harus berupa tulisan, misalnya nama = \"Puskesos\""),
                ("kolom", _) => self.fault(key.span().start, "kolom harus berupa bagian [kolom]"),
                (other, _) => self.fault(key.span().start, format!("\"{other}\" tidak dikenal; yang ada hanya nama dan [kolom]")),
            }
        }
        if !has_columns {
            self.fault(self.text.len(), "bagian [kolom] belum ada");
        }
        if name.is_none() && self.faults.is_empty() {
            self.fault(0, "nama pengirim belum ada, misalnya nama = \"Puskesos\"");
        }
        name
    }

    /// One field with the column names that mean it.
    fn field(&mut self, word: &Spanned<Cow<'_, str>>, names: &Spanned<DeValue<'_>>) {
        let Some(field) = Field::from_word(word.get_ref()) else {
            let known: Vec<&str> = Field::ALL.iter().map(|field| field.word()).collect();
            return self
                .fault(word.span().start, format!("isian \"{}\" tidak dikenal; yang dikenal: {}", word.get_ref(), known.join(", ")));
        };
        let DeValue::Array(names) = names.get_ref() else {
            return self
                .fault(names.span().start, format!("judul kolom ditulis dalam kurung siku, misalnya {} = [\"Judul\"]", field.word()));
        };
        for name in names {
            let DeValue::String(text) = name.get_ref() else {
                self.fault(name.span().start, "judul kolom harus berupa tulisan dalam tanda petik");
                continue;
            };
            let key = plain(text);
            if key.is_empty() {
                self.fault(name.span().start, "judul kolom kosong");
            } else if let Some(other) = self.columns.insert(key, field).filter(|other| *other != field) {
                let why = format!("judul kolom \"{text}\" ditulis untuk dua isian: {} dan {}", other.word(), field.word());
                self.fault(name.span().start, why);
            }
        }
    }

    fn fault(&mut self, at: usize, why: impl Into<String>) {
        let line = self.text.bytes().take(at).filter(|byte| *byte == b'\n').count().saturating_add(1);
        self.faults.push(MappingFault { line, why: why.into() });
    }
}

/// The entries of a table as they stand in the file.
fn in_order<'a, 't>(table: &'a DeTable<'t>) -> Vec<(&'a Spanned<Cow<'t, str>>, &'a Spanned<DeValue<'t>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// All mappings there are to choose from, an office's own ones first.
#[derive(Debug, Clone)]
pub struct Mappings(Vec<Mapping>);

impl Mappings {
    /// Those that come with the program.
    pub fn built_in() -> Self {
        static MAPPINGS: LazyLock<Vec<Mapping>> =
            LazyLock::new(|| BUILT_IN.into_iter().filter_map(|text| Mapping::parse(text).ok()).collect());
        Self(MAPPINGS.clone())
    }

    /// With one more, which is tried before all others.
    #[must_use]
    pub fn with(mut self, own: Mapping) -> Self {
        self.0.insert(0, own);
        self
    }

    /// Their names, those tried first in front.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|mapping| mapping.name.as_str())
    }

    /// What a column of this name means to the first mapping that knows it.
    pub fn meaning(&self, column: &str) -> Option<Field> {
        self.0.iter().find_map(|mapping| mapping.field(column))
    }

    pub(super) fn all(&self) -> &[Mapping] {
        &self.0
    }

    /// The mapping that stands in for columns another one leaves open.
    pub(super) fn general(&self) -> Option<&Mapping> {
        self.0.last()
    }
}

/// Letters and digits only, small.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mapping_of_the_program_can_be_read() {
        for text in BUILT_IN {
            Mapping::parse(text).unwrap();
        }
        assert_eq!(Mappings::built_in().all().len(), BUILT_IN.len());
    }

    fn check(text: &str, expected: &[(usize, &str)]) {
        let faults = Mapping::parse(text).unwrap_err();
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, (line, words)) in faults.iter().zip(expected) {
            assert!(fault.line == *line && fault.why.contains(words), "{fault:?}: {words}");
        }
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        check("nama='x'\n[kolom]\nnik=['A']\nnama=['a.']", &[(4, "dua isian: nik dan nama")]);
        check(
            "nama='x'\n[kolom]\nwarna=['A']\nnik='NIK'\nnama=[1]",
            &[(3, "\"warna\" tidak dikenal"), (4, "kurung siku"), (5, "tanda petik")],
        );
        check("nama='x\n[kolom]\nnik=['A']", &[(1, "tanda petik")]);
        check("judul='x'\n", &[(1, "\"judul\" tidak dikenal"), (2, "[kolom] belum ada")]);
        check("[kolom]\nnik=['A']", &[(1, "nama pengirim")]);
        check("nama=''\nkolom=3", &[(1, "harus berupa tulisan"), (2, "[kolom]"), (2, "belum ada")]);
        check("nama='x'\n[kolom]\nnik=[' - ']", &[(3, "kosong")]);
        check(&"#".repeat(MAPPING_BYTES_MAX + 1), &[(1, "256 kB")]);
    }

    #[test]
    fn a_remark_in_brackets_does_not_hide_a_column() {
        let general = Mappings::built_in().general().cloned().unwrap();
        for (name, field) in [
            ("NIK (16 digit)", Field::Nik),
            ("Nomor Induk Kependudukan (NIK)", Field::Nik),
            ("Nama Lengkap (sesuai KTP)", Field::Name),
            ("Tgl Lahir (dd/mm/yyyy)", Field::BornOn),
            ("Tanggal Lahir [DD-MM-YYYY]", Field::BornOn),
        ] {
            assert_eq!(general.field(name), Some(field), "{name}");
        }
        assert_eq!(general.field("(NIK)"), Some(Field::Nik));
        assert_eq!(general.field("(rahasia)"), None);
    }
}
