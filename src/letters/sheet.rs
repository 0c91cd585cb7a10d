//! Paper, margins and a pen that moves down the page and on to the next.

use printpdf::{Line as Stroke, LineDashPattern, LinePoint, Mm, Op, PdfPage, Point, Pt, XObjectId, XObjectTransform};

use super::fault::LetterFault;
use super::fonts::Fonts;
use super::square;
use super::text::{self, Align, Line, Measure, Span, bold, italic, plain};
use crate::domain::letter::Proof;
use crate::domain::office::Paper;

/// Size of running text.
pub(super) const BODY: f32 = 11.0;
/// Distance of baselines, as a multiple of the size.
const LEADING: f32 = 1.32;
/// Where the baseline lies below the top of a line, as a multiple of the size.
const ASCENT: f32 = 0.98;
const MARGIN_LEFT: f32 = 28.0;
const MARGIN_RIGHT: f32 = 20.0;
const MARGIN_TOP: f32 = 15.0;
const MARGIN_BOTTOM: f32 = 22.0;
/// Of the first page, whose foot holds the square by which the letter is checked.
const MARGIN_BOTTOM_FIRST: f32 = 33.0;
/// Margins at both sides of a landscape page, which is filed by its upper edge.
const MARGIN_WIDE: f32 = 15.0;
/// Fewest lines of a paragraph left alone at the foot or head of a page.
const LONELY_LINES: usize = 2;

/// Millimetres in points.
pub(super) fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}

/// Height of a line of text.
pub(super) fn leading(size: f32) -> f32 {
    size * LEADING
}

/// How a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lie {
    /// Upright.
    Portrait,
    /// On its side.
    Landscape,
}

/// A page under way.
pub(super) struct Page {
    size_mm: (f32, f32),
    lie: Lie,
    bottom_mm: f32,
    /// What is drawn.
    pub(super) ops: Vec<Op>,
}

impl Page {
    fn new(paper: Paper, lie: Lie, bottom_mm: f32) -> Self {
        let (short, long) = match paper {
            Paper::F4 => (215.0, 330.0),
            Paper::A4 => (210.0, 297.0),
        };
        let size_mm = if lie == Lie::Portrait { (short, long) } else { (long, short) };
        Self { size_mm, lie, bottom_mm, ops: Vec::new() }
    }

    /// Height of the paper.
    pub(super) fn height(&self) -> f32 {
        mm(self.size_mm.1)
    }

    /// Left edge of the text.
    pub(super) fn left(&self) -> f32 {
        mm(if self.lie == Lie::Portrait { MARGIN_LEFT } else { MARGIN_WIDE })
    }

    /// Width of the text.
    pub(super) fn width(&self) -> f32 {
        let right = if self.lie == Lie::Portrait { MARGIN_RIGHT } else { MARGIN_WIDE };
        mm(self.size_mm.0) - self.left() - mm(right)
    }

    /// Draws a line of text with its top at `top` below the upper edge.
    pub(super) fn text(&mut self, line: &Line, at: (f32, f32), room: (f32, f32, Align)) {
        let (left, top) = at;
        let baseline = self.height() - top - room.0 * ASCENT;
        line.draw(&mut self.ops, (left, baseline), room);
    }

    /// Draws a stroke between two points given from the upper left corner.
    pub(super) fn stroke(&mut self, from: (f32, f32), to: (f32, f32), thickness: f32) {
        let height = self.height();
        let point = |(x, y): (f32, f32)| LinePoint { p: Point { x: Pt(x), y: Pt(height - y) }, bezier: false };
        self.ops.push(Op::SetOutlineThickness { pt: Pt(thickness) });
        self.ops.push(Op::DrawLine { line: Stroke { points: vec![point(from), point(to)], is_closed: false } });
    }

    /// Draws the outline of a box given by its upper left corner and size.
    pub(super) fn frame(&mut self, corner: (f32, f32), size: (f32, f32), thickness: f32) {
        let ((x, y), (w, h)) = (corner, size);
        self.stroke((x, y), (x + w, y), thickness);
        self.stroke((x, y + h), (x + w, y + h), thickness);
        self.stroke((x, y), (x, y + h), thickness);
        self.stroke((x + w, y), (x + w, y + h), thickness);
    }

    /// The same, dashed: a place for something to be put on.
    pub(super) fn dashed_frame(&mut self, corner: (f32, f32), size: (f32, f32)) {
        self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern { offset: 0.0, pattern: [3.0, 2.0].into_iter().collect() } });
        self.frame(corner, size, 0.5);
        self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::default() });
    }

    /// Draws the emblem (pixels wide and high) inside a box given by its upper left corner and size, centred.
    pub(super) fn picture(&mut self, pixels: (usize, usize), corner: (f32, f32), size: (f32, f32)) {
        let (w, h) = (text::count(pixels.0), text::count(pixels.1));
        let scale = (size.0 / w).min(size.1 / h);
        let x = corner.0 + (size.0 - w * scale) / 2.0;
        let y = self.height() - corner.1 - size.1.midpoint(h * scale);
        let transform = XObjectTransform {
            translate_x: Some(Pt(x)),
            translate_y: Some(Pt(y)),
            scale_x: Some(w * scale),
            scale_y: Some(h * scale),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.ops.push(Op::UseXobject { id: emblem_id(), transform });
    }

    /// The finished page.
    pub(super) fn into_pdf(self) -> PdfPage {
        PdfPage::new(Mm(self.size_mm.0), Mm(self.size_mm.1), self.ops)
    }
}

/// The emblem's name among the file's resources.
pub(super) fn emblem_id() -> XObjectId {
    XObjectId("EMBLEM".to_owned())
}

/// A letter under way: its pages and the pen.
pub(super) struct Sheet<'f> {
    /// Fonts to measure with.
    pub(super) fonts: &'f Fonts,
    /// Width and height of the emblem in pixels.
    pub(super) emblem: (usize, usize),
    /// How far down the page the pen is, in points.
    pub(super) y: f32,
    paper: Paper,
    done: Vec<Page>,
    page: Page,
}

impl<'f> Sheet<'f> {
    /// An empty first page.
    pub(super) fn new(fonts: &'f Fonts, emblem: (usize, usize), paper: Paper, lie: Lie) -> Self {
        Self { fonts, emblem, y: mm(MARGIN_TOP), paper, done: Vec::new(), page: Page::new(paper, lie, MARGIN_BOTTOM_FIRST) }
    }

    /// The page under the pen.
    pub(super) fn page(&mut self) -> &mut Page {
        &mut self.page
    }

    /// Left edge of the text.
    pub(super) fn left(&self) -> f32 {
        self.page.left()
    }

    /// Width of the text.
    pub(super) fn width(&self) -> f32 {
        self.page.width()
    }

    /// Room below the pen.
    pub(super) fn room(&self) -> f32 {
        self.page.height() - mm(self.page.bottom_mm) - self.y
    }

    /// Room on an empty page that lies like this one.
    pub(super) fn full_room(&self) -> f32 {
        self.page.height() - mm(MARGIN_BOTTOM) - mm(MARGIN_TOP)
    }

    /// Goes on to a new page that lies as given.
    pub(super) fn turn(&mut self, lie: Lie) {
        self.done.push(std::mem::replace(&mut self.page, Page::new(self.paper, lie, MARGIN_BOTTOM)));
        self.y = mm(MARGIN_TOP);
    }

    /// Goes on to a new page if `height` does not fit below the pen.
    pub(super) fn keep(&mut self, height: f32) {
        if height > self.room() && self.y > mm(MARGIN_TOP) {
            self.turn(self.page.lie);
        }
    }

    /// Moves the pen down.
    pub(super) fn skip(&mut self, height: f32) {
        self.y += height;
    }

    /// One line across `width` from `left`, the pen moves below it.
    pub(super) fn line(&mut self, line: &Line, left: f32, room: (f32, f32, Align)) {
        self.page.text(line, (left, self.y), room);
        self.y += leading(room.0);
    }

    /// Lines in the middle of the text width, balanced over as few as they need.
    pub(super) fn centered(&mut self, span: Span, size: f32) {
        let measure = Measure { size, width: self.width(), indent: 0.0 };
        for line in text::wrap(self.fonts, &[span], &measure) {
            self.keep(leading(size));
            self.line(&line, self.left(), (size, measure.width, Align::Center));
        }
    }

    /// A text that stays on one line, set as large as fits.
    ///
    /// # Errors
    /// [`LetterFault::Overflow`] if it does not fit in the smaller of `sizes`.
    pub(super) fn one_line(&mut self, field: &str, span: Span, place: (f32, f32, Align), sizes: (f32, f32)) -> Result<(), LetterFault> {
        self.heading(field, span, place, (sizes.0, sizes.1, 1))
    }

    /// A text on as few lines as it needs, at most `sizes.2`, set as large as fits: from `sizes.0` down to `sizes.1`.
    ///
    /// # Errors
    /// [`LetterFault::Overflow`] if it does not fit in the smallest size.
    pub(super) fn heading(
        &mut self,
        field: &str,
        span: Span,
        place: (f32, f32, Align),
        sizes: (f32, f32, usize),
    ) -> Result<(), LetterFault> {
        let ((left, width, align), (from, least, lines_max)) = (place, sizes);
        let spans = [span];
        for many in 1..=lines_max {
            let mut size = from;
            while size >= least {
                let lines = text::wrap(self.fonts, &spans, &Measure { size, width, indent: 0.0 });
                if lines.len() <= many {
                    for line in &lines {
                        self.line(line, left, (size, width, align));
                    }
                    return Ok(());
                }
                size -= 0.5;
            }
        }
        Err(LetterFault::overflow(field))
    }

    /// How many pages there are so far.
    pub(super) fn count(&self) -> usize {
        self.done.len() + 1
    }

    /// The finished pages, each with its foot.
    ///
    /// # Errors
    /// [`LetterFault::Overflow`] for a token that no square holds.
    pub(super) fn finish(mut self, foot: &Foot<'_>) -> Result<Vec<Page>, LetterFault> {
        self.done.push(self.page);
        let total = self.done.len();
        for (i, page) in self.done.iter_mut().enumerate() {
            foot.draw(self.fonts, page, (i + 1, total))?;
        }
        Ok(self.done)
    }
}

/// A paragraph: how it is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Set {
    /// Font size.
    pub(super) size: f32,
    /// Distance of the paragraph from the left edge of the text.
    pub(super) left: f32,
    /// How far the first line goes in beyond that.
    pub(super) indent: f32,
    /// Alignment.
    pub(super) align: Align,
    /// Space below.
    pub(super) after: f32,
}

impl Set {
    /// Running text of a letter: justified, the first line indented.
    pub(super) const BODY: Self = Self { size: BODY, left: 0.0, indent: 36.0, align: Align::Justify, after: 5.0 };
    /// Text of an item behind a label.
    pub(super) const ITEM: Self = Self { indent: 0.0, after: 2.0, ..Self::BODY };
}

/// A wrapped paragraph, not yet drawn.
pub(super) struct Paragraph {
    lines: Vec<Line>,
    set: Set,
    width: f32,
}

impl Paragraph {
    /// Its height with the space below.
    pub(super) fn height(&self) -> f32 {
        text::count(self.lines.len()) * leading(self.set.size) + self.set.after
    }
}

impl Sheet<'_> {
    /// Wraps a paragraph over the text width.
    pub(super) fn compose(&self, spans: &[Span], set: Set) -> Paragraph {
        let width = self.width() - set.left;
        let measure = Measure { size: set.size, width, indent: set.indent };
        let wrap = if set.align == Align::Justify { text::wrap_even } else { text::wrap };
        Paragraph { lines: wrap(self.fonts, spans, &measure), set, width }
    }

    /// Draws a paragraph, breaking it over pages where at least two lines stay on each side.
    pub(super) fn draw(&mut self, paragraph: &Paragraph) {
        let (set, many) = (paragraph.set, paragraph.lines.len());
        for (i, line) in paragraph.lines.iter().enumerate() {
            let together = if i == 0 || i + LONELY_LINES == many { LONELY_LINES.min(many - i) } else { 1 };
            self.keep(text::count(together) * leading(set.size));
            let indent = if i == 0 { set.indent } else { 0.0 };
            self.line(line, self.left() + set.left + indent, (set.size, paragraph.width - indent, set.align));
        }
        self.skip(set.after);
    }

    /// Wraps and draws a paragraph.
    pub(super) fn paragraph(&mut self, spans: &[Span], set: Set) {
        let composed = self.compose(spans, set);
        self.draw(&composed);
    }

    /// A paragraph behind a label that hangs to its left, `hang` points wide.
    pub(super) fn item(&mut self, label: Span, hang: f32, spans: &[Span], set: Set) {
        let body = self.compose(spans, Set { left: set.left + hang, ..set });
        self.keep(text::count(body.lines.len().min(LONELY_LINES)) * leading(set.size));
        let measure = Measure { size: set.size, width: hang, indent: 0.0 };
        for line in text::wrap(self.fonts, &[label], &measure).iter().take(1) {
            self.page.text(line, (self.page.left() + set.left, self.y), (set.size, hang, Align::Left));
        }
        self.draw(&body);
    }

    /// A row "label : value", the colons below each other at `colon` points.
    pub(super) fn fact(&mut self, label: &str, colon: f32, spans: &[Span], set: Set) {
        let gap = 10.0;
        let body = self.compose(spans, Set { left: set.left + colon + gap, ..set });
        self.keep(body.height());
        let colon_measure = Measure { size: set.size, width: colon, indent: 0.0 };
        for (text, at) in [(label, set.left), (":", set.left + colon)] {
            for line in text::wrap(self.fonts, &[plain(text::unbroken(text))], &colon_measure).iter().take(1) {
                self.page.text(line, (self.page.left() + at, self.y), (set.size, colon, Align::Left));
            }
        }
        self.draw(&body);
    }
}

/// What stands at the foot of every page.
pub(super) struct Foot<'l> {
    /// The letter's name and number, at the left.
    pub(super) name: String,
    /// A sentence in the middle below it, on letters to families.
    pub(super) notice: Option<&'static str>,
    /// By what the letter is checked.
    pub(super) proof: &'l Proof,
}

/// Side of the square at the foot of the first page, in millimetres.
const SQUARE_MM: f32 = 23.0;
/// Size of the foot's text.
const FOOT: f32 = 8.0;

impl Foot<'_> {
    fn draw(&self, fonts: &Fonts, page: &mut Page, (number, total): (usize, usize)) -> Result<(), LetterFault> {
        let top = page.height() - mm(page.bottom_mm) + 10.0;
        let (mut left, mut width) = (page.left(), page.width());
        page.stroke((left, top), (left + width, top), 0.4);
        let mut rows =
            vec![vec![(plain(self.name.as_str()), Align::Left), (plain(format!("halaman {number} dari {total}")), Align::Right)]];
        let code = format!("Kode surat {}", text::unbroken(&self.proof.code));
        let notice = self.notice.map(italic);
        if number == 1 {
            let side = mm(SQUARE_MM);
            square::draw(page, &self.proof.scanned(), (left, top + 3.0), side)?;
            (left, width) = (left + side + 5.0, width - side - 5.0);
            let ask = format!("Periksa keaslian: pindai kotak ini, atau buka {} dan ketik kodenya.", text::unbroken(&self.proof.address));
            rows.push(vec![(plain(ask), Align::Left)]);
            rows.push(vec![(bold(code), Align::Left)]);
            rows.extend(notice.map(|notice| vec![(notice, Align::Left)]));
        } else {
            rows.push([(plain(code), Align::Left)].into_iter().chain(notice.map(|notice| (notice, Align::Right))).collect());
        }
        let mut y = top + 4.0;
        for row in rows {
            y += row.iter().map(|(span, align)| foot_line(fonts, page, span, (left, y), (width, *align))).fold(0.0, f32::max);
        }
        Ok(())
    }
}

/// A text of the foot, on as many lines as it needs; returns their height.
fn foot_line(fonts: &Fonts, page: &mut Page, span: &Span, at: (f32, f32), (width, align): (f32, Align)) -> f32 {
    let lines = text::wrap(fonts, std::slice::from_ref(span), &Measure { size: FOOT, width, indent: 0.0 });
    for (i, line) in lines.iter().enumerate() {
        page.text(line, (at.0, at.1 + text::count(i) * leading(FOOT)), (FOOT, width, align));
    }
    text::count(lines.len()) * leading(FOOT)
}
