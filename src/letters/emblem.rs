//! The office's emblem: a PNG, laid on white and packed once for all letters of a process.

use std::sync::{Arc, Mutex, PoisonError};

use png::{BitDepth, ColorType};
use printpdf::{RawImage, RawImageData, RawImageFormat};

use super::fault::LetterFault;
use super::pdf;

/// Widest and highest emblem taken, in pixels: more only makes every letter heavier.
const SIDE_PIXELS_MAX: u32 = 1600;

/// An emblem as it stands in a file.
pub(super) struct Emblem {
    /// Width and height in pixels.
    pub(super) size: (usize, usize),
    /// Its stream, packed.
    pub(super) stream: lopdf::Stream,
}

/// The emblem of this picture. A process serves one office, so the last one is kept: unpacking and packing it again takes longer
/// than everything else in a letter.
///
/// # Errors
/// As [`decode`].
pub(super) fn of(bytes: &[u8]) -> Result<Arc<Emblem>, LetterFault> {
    static LAST: Mutex<Option<(Vec<u8>, Arc<Emblem>)>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, emblem)) = last.as_ref().filter(|(picture, _)| picture == bytes) {
        return Ok(Arc::clone(emblem));
    }
    let image = decode(bytes)?;
    let size = (image.width, image.height);
    let emblem = Arc::new(Emblem { size, stream: pdf::image_stream(image)? });
    *last = Some((bytes.to_vec(), Arc::clone(&emblem)));
    Ok(emblem)
}

/// Decodes an emblem: 8-bit RGB, RGBA, gray or gray with alpha. Transparent parts become white.
///
/// # Errors
/// [`LetterFault::Image`] for anything else.
fn decode(bytes: &[u8]) -> Result<RawImage, LetterFault> {
    let unreadable = |error: png::DecodingError| LetterFault::Image(format!("berkas bukan gambar PNG yang utuh ({error})"));
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::IDENTITY);
    let mut reader = decoder.read_info().map_err(unreadable)?;
    let (width, height) = reader.info().size();
    if width == 0 || height == 0 || width > SIDE_PIXELS_MAX || height > SIDE_PIXELS_MAX {
        return Err(LetterFault::Image(format!("ukuran {width} × {height} titik, paling besar {SIDE_PIXELS_MAX}")));
    }
    let (color, depth) = reader.output_color_type();
    if depth != BitDepth::Eight {
        return Err(LetterFault::Image("kedalaman warna harus 8 bit".to_owned()));
    }
    let size = reader.output_buffer_size().ok_or_else(|| LetterFault::Image("ukuran gambar tidak masuk akal".to_owned()))?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(unreadable)?;
    pixels.truncate(frame.buffer_size());
    Ok(RawImage {
        pixels: RawImageData::U8(on_white(&pixels, color)?),
        width: side(width)?,
        height: side(height)?,
        data_format: RawImageFormat::RGB8,
        tag: Vec::new(),
    })
}

fn side(pixels: u32) -> Result<usize, LetterFault> {
    usize::try_from(pixels).map_err(|error| LetterFault::Image(error.to_string()))
}

fn on_white(pixels: &[u8], color: ColorType) -> Result<Vec<u8>, LetterFault> {
    Ok(match color {
        ColorType::Rgb => pixels.to_vec(),
        ColorType::Rgba => {
            pixels.as_chunks::<4>().0.iter().flat_map(|[r, g, b, a]| [blend(*r, *a), blend(*g, *a), blend(*b, *a)]).collect()
        }
        ColorType::Grayscale => pixels.iter().flat_map(|g| [*g; 3]).collect(),
        ColorType::GrayscaleAlpha => pixels.as_chunks::<2>().0.iter().flat_map(|[g, a]| [blend(*g, *a); 3]).collect(),
        ColorType::Indexed => return Err(LetterFault::Image("gambar berpalet belum didukung, simpan sebagai RGB".to_owned())),
    })
}

/// A colour laid on white by its alpha, rounded.
fn blend(color: u8, alpha: u8) -> u8 {
    let (color, alpha) = (u32::from(color), u32::from(alpha));
    u8::try_from((color * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(color: ColorType, depth: BitDepth, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
        encoder.set_color(color);
        encoder.set_depth(depth);
        encoder.write_header().unwrap().write_image_data(data).unwrap();
        bytes
    }

    fn check(color: ColorType, data: &[u8], expected: [u8; 3]) {
        let image = decode(&png_of(color, BitDepth::Eight, data)).unwrap();
        assert_eq!(image.pixels, RawImageData::U8(expected.to_vec()), "{color:?}");
    }

    #[test]
    fn every_eight_bit_form_is_laid_on_white() {
        check(ColorType::Rgb, &[10, 20, 30], [10, 20, 30]);
        check(ColorType::Rgba, &[10, 20, 30, 255], [10, 20, 30]);
        check(ColorType::Rgba, &[10, 20, 30, 0], [255, 255, 255]);
        check(ColorType::Rgba, &[0, 0, 0, 128], [127, 127, 127]);
        check(ColorType::Grayscale, &[99], [99, 99, 99]);
        check(ColorType::GrayscaleAlpha, &[0, 255], [0, 0, 0]);
    }

    #[test]
    fn other_pictures_are_refused_with_a_reason() {
        let refused = |bytes: &[u8], why: &str| {
            let fault = decode(bytes).unwrap_err().to_string();
            assert!(fault.contains(why), "{fault}");
        };
        refused(b"GIF89a", "bukan gambar PNG");
        refused(b"", "bukan gambar PNG");
        refused(&png_of(ColorType::Rgb, BitDepth::Sixteen, &[0; 6]), "8 bit");
        let whole = png_of(ColorType::Rgb, BitDepth::Eight, &[1, 2, 3]);
        refused(whole.get(..45).unwrap(), "bukan gambar PNG");
    }
}
