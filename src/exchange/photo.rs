//! Photos reduced to what two copies of one picture share.
//!
//! Difference hash (N. Krawetz, "Kind of Like That", 2013): the picture in grey on 9 x 8 points, one bit per pair of
//! neighbours, set where the left one is brighter. Another size, format or compression of one picture changes a few bits.

use std::io::Cursor;

use image::imageops::FilterType;
use image::{ImageReader, Limits};

/// Largest side of a picture that is decoded, in pixels.
const SIDE_PIXELS_MAX: u32 = 12_000;
/// Memory a picture may take while it is decoded, in bytes: 50 million pixels in colour.
const DECODED_BYTES_MAX: u64 = 150_000_000;
/// Fewer bits that are set (or not set) mean an even surface: a blank sheet looks like every other.
const BITS_MIN: u32 = 6;

/// The difference hash of a JPEG or PNG; none for anything else, for pictures too large to decode and for even surfaces.
pub fn photo_hash(bytes: &[u8]) -> Option<u64> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_PIXELS_MAX);
    limits.max_image_height = Some(SIDE_PIXELS_MAX);
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let grey = reader.decode().ok()?.resize_exact(9, 8, FilterType::Triangle).to_luma8();
    let rows: Vec<&[u8]> = grey.as_raw().chunks_exact(9).collect();
    let pairs = rows.into_iter().flat_map(|row| row.iter().zip(row.iter().skip(1)));
    let hash = pairs.fold(0_u64, |bits, (left, right)| (bits << 1) | u64::from(left > right));
    (BITS_MIN..=64 - BITS_MIN).contains(&hash.count_ones()).then_some(hash)
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

    use super::*;

    /// A picture of twelve by ten patches, their brightness different for every seed.
    fn picture(seed: u32, width: u32, height: u32) -> DynamicImage {
        let patch = |x: u32, y: u32| {
            let mixed = (seed * 7919 + x * 104_729 + y * 1_299_709).wrapping_mul(2_654_435_761);
            let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2c1b_3c6d);
            u8::try_from(mixed >> 24).unwrap()
        };
        let picture = RgbImage::from_fn(width, height, |x, y| Rgb([patch(x * 12 / width, y * 10 / height); 3]));
        DynamicImage::ImageRgb8(picture)
    }

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn bits_between(one: &[u8], other: &[u8]) -> u32 {
        (photo_hash(one).unwrap() ^ photo_hash(other).unwrap()).count_ones()
    }

    #[test]
    fn one_picture_in_another_size_and_format_stays_itself() {
        for seed in 1..6 {
            let large = encoded(&picture(seed, 800, 600), ImageFormat::Png);
            let small = encoded(&picture(seed, 800, 600).resize_exact(400, 300, FilterType::Triangle), ImageFormat::Jpeg);
            assert!(bits_between(&large, &small) <= 3, "seed {seed}");
        }
    }

    #[test]
    fn another_picture_is_another() {
        let pictures: Vec<Vec<u8>> = (1..6).map(|seed| encoded(&picture(seed * 3, 300, 200), ImageFormat::Png)).collect();
        for (at, one) in pictures.iter().enumerate() {
            assert!(pictures.iter().skip(at + 1).all(|other| bits_between(one, other) > 3));
        }
    }

    #[test]
    fn a_blank_sheet_a_letter_and_a_broken_file_have_no_hash() {
        let blank = encoded(&DynamicImage::ImageRgb8(RgbImage::from_pixel(90, 80, Rgb([250, 250, 250]))), ImageFormat::Png);
        for bytes in [blank.as_slice(), b"%PDF-1.4", b"", b"\x89PNG\r\n\x1a\n broken"] {
            assert_eq!(photo_hash(bytes), None);
        }
    }
}
