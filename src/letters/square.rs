//! A QR square, drawn as one filled shape: sharp in every size and small in the file.

use printpdf::{LinePoint, Op, PaintMode, Point, Polygon, PolygonRing, Pt, WindingOrder};
use qrcodegen::{QrCode, QrCodeEcc};

use super::fault::LetterFault;
use super::sheet::Page;

/// Modules left white at each side. The standard asks for four; the paper around the square gives the other two.
const QUIET: i32 = 2;

/// Draws a square that holds `text`, its upper left corner at `corner`, below the upper edge of the paper.
///
/// # Errors
/// [`LetterFault::Overflow`] for a text that no square holds.
pub(super) fn draw(page: &mut Page, text: &str, corner: (f32, f32), side: f32) -> Result<(), LetterFault> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|_too_long| LetterFault::overflow("proof.token"))?;
    let (left, upper) = (corner.0, page.height() - corner.1);
    let modules = code.size();
    let module = side / small(modules + 2 * QUIET);
    let at = |x: i32, y: i32| {
        let p = Point { x: Pt(left + small(x + QUIET) * module), y: Pt(upper - small(y + QUIET) * module) };
        LinePoint { p, bezier: false }
    };
    let mut rings = Vec::new();
    for y in 0..modules {
        let mut x = 0;
        while x < modules {
            let begin = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > begin {
                rings.push(PolygonRing { points: vec![at(begin, y), at(x, y), at(x, y + 1), at(begin, y + 1)] });
            }
            x += 1;
        }
    }
    page.ops.push(Op::DrawPolygon { polygon: Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero } });
    Ok(())
}

/// A number of modules; no square has more than 177.
fn small(modules: i32) -> f32 {
    f32::from(i16::try_from(modules).unwrap_or(i16::MAX))
}
