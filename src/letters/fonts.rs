//! The letters' fonts: Liberation Sans, which has the widths of Arial.

use std::sync::{Mutex, OnceLock, PoisonError};

use printpdf::{FontId, ParsedFont, PdfFont, PdfFontMap};

use super::fault::LetterFault;

/// Widths are counted in thousandths of the font size, as in a PDF.
pub(super) const EM_UNITS: f32 = 1000.0;

const REGULAR: &[u8] = include_bytes!("../../fixtures/fonts/LiberationSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fixtures/fonts/LiberationSans-Bold.ttf");
const ITALIC: &[u8] = include_bytes!("../../fixtures/fonts/LiberationSans-Italic.ttf");

/// A style of letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// Upright.
    Regular,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
}

impl Face {
    /// Every style.
    pub(super) const ALL: [Self; 3] = [Self::Regular, Self::Bold, Self::Italic];

    /// The resource id, which is also the subset tag: exactly six capitals, or readers do not see that the font is a subset.
    pub(super) fn id(self) -> FontId {
        FontId(
            match self {
                Self::Regular => "SANREG",
                Self::Bold => "SANBLD",
                Self::Italic => "SANITA",
            }
            .to_owned(),
        )
    }
}

/// Characters whose widths are read once: all that Indonesian names and letters are written with.
const KNOWN_CHARACTERS: u32 = 0x250;

struct LoadedFace {
    face: ttf_parser::Face<'static>,
    /// Widths of the first [`KNOWN_CHARACTERS`], for every letter looks at each of its characters many times.
    widths: Vec<Option<u32>>,
    embedded: ParsedFont,
}

impl LoadedFace {
    fn units(&self, character: char) -> Option<u32> {
        match usize::try_from(u32::from(character)).ok().and_then(|at| self.widths.get(at)) {
            Some(known) => *known,
            None => width(&self.face, character),
        }
    }
}

fn width(face: &ttf_parser::Face<'_>, character: char) -> Option<u32> {
    let glyph = face.glyph_index(character)?;
    let advance = u32::from(face.glyph_hor_advance(glyph)?);
    Some(advance * 1000 / u32::from(face.units_per_em()))
}

/// The three faces, parsed once per process.
pub(super) struct Fonts {
    regular: LoadedFace,
    bold: LoadedFace,
    italic: LoadedFace,
    /// Copies for embedding that no letter is using.
    spare: Mutex<Vec<PdfFontMap>>,
}

impl Fonts {
    /// The fonts of this process.
    ///
    /// # Errors
    /// [`LetterFault::Pdf`] if the built-in files cannot be read.
    pub(super) fn shared() -> Result<&'static Self, LetterFault> {
        static FONTS: OnceLock<Option<Fonts>> = OnceLock::new();
        FONTS.get_or_init(Self::load).as_ref().ok_or_else(|| LetterFault::Pdf("huruf surat tidak terbaca".to_owned()))
    }

    fn load() -> Option<Self> {
        Some(Self { regular: load(REGULAR)?, bold: load(BOLD)?, italic: load(ITALIC)?, spare: Mutex::default() })
    }

    fn of(&self, face: Face) -> &LoadedFace {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Italic => &self.italic,
        }
    }

    /// Width of one character in thousandths of the size, cut as the PDF cuts it; `None` without a glyph.
    pub(super) fn char_units(&self, face: Face, character: char) -> Option<u32> {
        self.of(face).units(character)
    }

    /// Width of a text in thousandths of the size.
    pub(super) fn units(&self, face: Face, text: &str) -> u32 {
        text.chars().filter_map(|c| self.char_units(face, c)).sum()
    }

    /// The faces for embedding, lent: to copy their thousands of glyphs for each letter takes longer than to draw it.
    pub(super) fn lend(&self) -> PdfFontMap {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        spare.unwrap_or_else(|| PdfFontMap {
            map: Face::ALL.into_iter().map(|face| (face.id(), PdfFont::new(self.of(face).embedded.clone()))).collect(),
        })
    }

    /// Takes back what was lent; at most as many copies stay as letters were drawn at once.
    pub(super) fn take_back(&self, lent: PdfFontMap) {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(lent);
    }

    /// Whether all styles show the character, and show it as it stands: no marks that need composing, nothing invisible.
    pub(super) fn shows(&self, character: char) -> bool {
        let needs_shaping = matches!(character, '\u{300}'..='\u{36f}' | '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{feff}');
        let invisible = character.is_control() || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{206f}');
        !needs_shaping && !invisible && Face::ALL.into_iter().all(|face| self.char_units(face, character).is_some())
    }
}

fn load(bytes: &'static [u8]) -> Option<LoadedFace> {
    let face = ttf_parser::Face::parse(bytes, 0).ok()?;
    let embedded = ParsedFont::from_bytes(bytes, 0, &mut Vec::new())?;
    let widths = (0..KNOWN_CHARACTERS).map(|code| width(&face, char::from_u32(code)?)).collect();
    Some(LoadedFace { face, widths, embedded })
}
