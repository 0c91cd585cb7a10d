//! Pages into one PDF file, with the same bytes for the same pages, always and everywhere.

use chrono::NaiveDate;
use lopdf::{Dictionary, Object, Stream, StringFormat};
use miniz_oxide::deflate::compress_to_vec_zlib;
use printpdf::serialize::to_lopdf_doc;
use printpdf::{PageAnnotId, PageAnnotation, PdfDocument, PdfSaveOptions, RawImage, RawImageData, RawImageFormat, XObject};
use sha2::{Digest, Sha256};

use super::Pdf;
use super::emblem::Emblem;
use super::fault::LetterFault;
use super::fonts::Fonts;
use super::sheet::{Page, emblem_id};
use crate::seal::pdf;

/// The compressor's best level.
const LEVEL_BEST: u8 = 9;
/// What naming the filter costs in the file (bytes); a stream that gains less stays as it is.
const FILTER_BYTES: usize = 19;

/// One letter's pages in the file.
pub(super) struct Chapter {
    /// The bookmark.
    pub(super) title: String,
    /// Its pages.
    pub(super) pages: Vec<Page>,
}

/// What the file says about itself.
pub(super) struct About<'a> {
    /// Title.
    pub(super) title: String,
    /// The office.
    pub(super) author: String,
    /// Date of the letter.
    pub(super) dated_on: NaiveDate,
    /// The letter's token; none in a file of many letters.
    pub(super) token: Option<&'a str>,
}

/// Puts the file together.
///
/// # Errors
/// [`LetterFault::Pdf`] for any warning of the PDF writer, or if it cannot write.
pub(super) fn assemble(fonts: &Fonts, about: &About<'_>, emblem: &Emblem, chapters: Vec<Chapter>) -> Result<Pdf, LetterFault> {
    let mut document = PdfDocument::new(&about.title);
    document.resources.fonts = fonts.lend();
    document.resources.xobjects.map.insert(emblem_id(), XObject::Image(stand_in()));
    let many = chapters.len();
    for (i, chapter) in chapters.into_iter().enumerate() {
        if many > 1 {
            let bookmark = PageAnnotation { page: document.pages.len() + 1, name: chapter.title };
            document.bookmarks.map.insert(PageAnnotId(format!("LETTER{i:06}")), bookmark);
        }
        document.pages.extend(chapter.pages.into_iter().map(Page::into_pdf));
    }
    let pages = document.pages.len();
    let mut file = written(&document)?;
    fonts.take_back(document.resources.fonts);
    *image_in(&mut file)? = emblem.stream.clone();
    describe(&mut file, about, many > 1)?;
    Ok(Pdf { bytes: save(file)?, pages })
}

fn written(document: &PdfDocument) -> Result<lopdf::Document, LetterFault> {
    let mut warnings = Vec::new();
    let file = to_lopdf_doc(document, &PdfSaveOptions::default(), &mut warnings);
    match warnings.first() {
        Some(warning) => Err(LetterFault::Pdf(format!("{warning:?}"))),
        None => Ok(file),
    }
}

/// A picture as its stream stands in a file, packed.
///
/// # Errors
/// [`LetterFault::Pdf`] if it cannot be packed.
pub(super) fn image_stream(image: RawImage) -> Result<Stream, LetterFault> {
    let mut document = PdfDocument::new("");
    document.resources.xobjects.map.insert(emblem_id(), XObject::Image(image));
    let mut file = written(&document)?;
    let stream = image_in(&mut file)?;
    pack(stream)?;
    Ok(stream.clone())
}

/// One white pixel in the place of the emblem, so that the writer does not pack the emblem anew for every letter.
fn stand_in() -> RawImage {
    RawImage { pixels: RawImageData::U8(vec![u8::MAX; 3]), width: 1, height: 1, data_format: RawImageFormat::RGB8, tag: Vec::new() }
}

/// The one picture in a file.
fn image_in(file: &mut lopdf::Document) -> Result<&mut Stream, LetterFault> {
    let mut streams = file.objects.values_mut().filter_map(|object| object.as_stream_mut().ok());
    streams.find(|stream| is_image(stream)).ok_or_else(|| LetterFault::Pdf("lambang hilang dari berkas".to_owned()))
}

fn is_image(stream: &Stream) -> bool {
    stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
}

/// Language, title and dates, in place of what the writer draws from a counter or leaves open.
fn describe(file: &mut lopdf::Document, about: &About<'_>, bookmarked: bool) -> Result<(), LetterFault> {
    file.version = "1.7".into();
    let stamp = format!("D:{}000000+07'00'", about.dated_on.format("%Y%m%d"));
    let mut info = Dictionary::new();
    info.set("Title", text(&about.title));
    info.set("Author", text(&about.author));
    info.set("Producer", text("santunan"));
    info.set("CreationDate", Object::string_literal(stamp.as_str()));
    if let Some(token) = about.token {
        info.set(pdf::TOKEN_NAME, Object::string_literal(token));
        info.set(pdf::NAME, Object::String(pdf::BLANK.to_vec(), StringFormat::Hexadecimal));
    }
    info.set("ModDate", Object::string_literal(stamp.as_str()));
    let root = file.trailer.get(b"Root").and_then(Object::as_reference).map_err(|error| broken(&error))?;
    if let Ok(old) = file.trailer.get(b"Info").and_then(Object::as_reference) {
        file.objects.insert(old, Object::Dictionary(info));
    }
    let catalog = file.get_object_mut(root).and_then(Object::as_dict_mut).map_err(|error| broken(&error))?;
    catalog.set("Lang", Object::string_literal("id-ID"));
    catalog.set("PageMode", if bookmarked { "UseOutlines" } else { "UseNone" });
    catalog.set("ViewerPreferences", Dictionary::from_iter([("DisplayDocTitle", Object::Boolean(true))]));
    Ok(())
}

fn broken(error: &lopdf::Error) -> LetterFault {
    LetterFault::Pdf(error.to_string())
}

/// Plain letters as they are, others as UTF-16, as PDF wants its text.
fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let bytes = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Saves with an identifier that is the digest of the file without one.
fn save(mut file: lopdf::Document) -> Result<Vec<u8>, LetterFault> {
    compress(&mut file)?;
    file.trailer.remove(b"ID");
    let digest = Sha256::digest(bytes_of(&mut file)?);
    let id = Object::String(digest.iter().copied().take(16).collect(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
    bytes_of(&mut file)
}

/// Packs the streams with one compressor of our own choosing, also those the library has packed already: the library takes
/// whichever one is built in, and some of those pack differently from one processor to the next, so that a letter issued
/// years ago could no longer be made again. The emblem comes packed.
fn compress(file: &mut lopdf::Document) -> Result<(), LetterFault> {
    let streams = file.objects.values_mut().filter_map(|object| object.as_stream_mut().ok());
    streams.filter(|stream| !is_image(stream)).try_for_each(pack)
}

fn pack(stream: &mut Stream) -> Result<(), LetterFault> {
    let packed_before = stream.dict.get(b"Filter").is_ok();
    if packed_before {
        let plain = stream.decompressed_content().map_err(|error| broken(&error))?;
        stream.dict.remove(b"Filter");
        stream.set_content(plain);
    }
    let packed = compress_to_vec_zlib(&stream.content, LEVEL_BEST);
    if (packed_before || stream.allows_compression) && packed.len() + FILTER_BYTES < stream.content.len() {
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(packed);
    }
    Ok(())
}

fn bytes_of(file: &mut lopdf::Document) -> Result<Vec<u8>, LetterFault> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|error| LetterFault::Pdf(error.to_string()))?;
    Ok(bytes)
}
