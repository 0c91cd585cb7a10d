//! Measuring, wrapping and justifying text.

use printpdf::{Op, PdfFontHandle, Point, Pt, TextItem};

use super::fonts::{EM_UNITS, Face, Fonts};

/// How far a space may shrink in a justified line, as a part of its width.
const SHRINK: f32 = 0.12;
/// Badness of a line that holds a single word, which cannot be stretched: taken only where nothing else is left.
const LONE_WORD_BADNESS: f32 = 5000.0;
/// Widest space added between two words, as a part of the size; a line that would need more stays ragged.
const STRETCH_MAX: f32 = 1.3;
/// Added per line, so that of two equally even settings the shorter wins.
const LINE_BADNESS: f32 = 0.5;

/// Where a line stands between its edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
    /// To both edges, but for the last line.
    Justify,
}

/// A stretch of text in one style.
#[derive(Debug, Clone)]
pub(super) struct Span {
    /// Its style.
    pub(super) face: Face,
    /// Its text; a no-break space keeps words together.
    pub(super) text: String,
}

/// Upright text.
pub(super) fn plain(text: impl Into<String>) -> Span {
    Span { face: Face::Regular, text: text.into() }
}

/// Bold text.
pub(super) fn bold(text: impl Into<String>) -> Span {
    Span { face: Face::Bold, text: text.into() }
}

/// Italic text.
pub(super) fn italic(text: impl Into<String>) -> Span {
    Span { face: Face::Italic, text: text.into() }
}

/// A text whose words stay on one line.
pub(super) fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// A word: one or more pieces without a space between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    pieces: Vec<Span>,
    units: u32,
    /// Follows the word before without a space: the second half of a hyphenated word.
    glued: bool,
}

impl Word {
    fn space_before(&self, space: u32) -> u32 {
        if self.glued { 0 } else { space }
    }
}

/// A line of words, measured.
#[derive(Debug, Clone)]
pub(super) struct Line {
    words: Vec<Word>,
    units: u32,
    last: bool,
}

/// Room for text: its size and the widths it may take, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    /// Font size.
    pub(super) size: f32,
    /// Width of a line.
    pub(super) width: f32,
    /// How much shorter the first line is.
    pub(super) indent: f32,
}

impl Measure {
    fn avail(&self, first: bool) -> f32 {
        if first { self.width - self.indent } else { self.width }
    }
}

/// Cuts spans into words at spaces, and behind a hyphen between letters, where a line may also end. A word wider than the measure is cut between characters, so nothing is ever lost.
pub(super) fn words(fonts: &Fonts, spans: &[Span], measure: &Measure) -> Vec<Word> {
    let limit = measure.avail(true).min(measure.width) * EM_UNITS / measure.size;
    let mut out = Vec::new();
    let mut word = Word::default();
    for span in spans {
        for (i, part) in span.text.split(' ').enumerate() {
            if i > 0 {
                flush(&mut out, &mut word);
            }
            push_part(fonts, &mut out, &mut word, &Span { face: span.face, text: part.to_owned() }, limit);
        }
    }
    flush(&mut out, &mut word);
    out
}

fn flush(out: &mut Vec<Word>, word: &mut Word) {
    if !word.pieces.is_empty() {
        out.push(std::mem::take(word));
    }
}

fn push_part(fonts: &Fonts, out: &mut Vec<Word>, word: &mut Word, part: &Span, limit: f32) {
    let mut text = String::new();
    let mut before = ['\0'; 2];
    for c in part.text.chars() {
        if before[1] == '-' && before[0].is_alphabetic() && c.is_alphabetic() {
            close_piece(word, part.face, &mut text);
            flush(out, word);
            word.glued = true;
        }
        before = [before[1], c];
        let units = fonts.char_units(part.face, c).unwrap_or_default();
        if points(word.units + units) > limit && word.units > 0 {
            close_piece(word, part.face, &mut text);
            flush(out, word);
        }
        text.push(c);
        word.units += units;
    }
    close_piece(word, part.face, &mut text);
}

fn close_piece(word: &mut Word, face: Face, text: &mut String) {
    if !text.is_empty() {
        word.pieces.push(Span { face, text: std::mem::take(text) });
    }
}

/// Units as a float; texts are far shorter than the sixteen million that would lose a unit.
pub(super) fn points(units: u32) -> f32 {
    let (high, low) = (units >> 16, units & 0xffff);
    f32::from(u16::try_from(high).unwrap_or(u16::MAX)) * 65536.0 + f32::from(u16::try_from(low).unwrap_or(u16::MAX))
}

/// A small count as a float.
pub(super) fn count(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

/// Wraps as many words as fit on each line: for cells and headings.
pub(super) fn wrap(fonts: &Fonts, spans: &[Span], measure: &Measure) -> Vec<Line> {
    let space = space_units(fonts);
    let mut lines: Vec<Vec<Word>> = Vec::new();
    let mut units = 0;
    for word in words(fonts, spans, measure) {
        let avail = measure.avail(lines.len() <= 1) * EM_UNITS / measure.size;
        match lines.last_mut() {
            Some(line) if points(units + word.space_before(space) + word.units) <= avail => {
                units += word.space_before(space) + word.units;
                line.push(word);
            }
            _ => {
                units = word.units;
                lines.push(vec![word]);
            }
        }
    }
    finish(lines, space)
}

/// Wraps so that the spaces of the whole paragraph are as even as they can be: for justified text.
pub(super) fn wrap_even(fonts: &Fonts, spans: &[Span], measure: &Measure) -> Vec<Line> {
    let words = words(fonts, spans, measure);
    let space = space_units(fonts);
    let breaks = best_breaks(&words, space, measure);
    let mut rest = words.into_iter();
    let lines = breaks.iter().map(|many| rest.by_ref().take(*many).collect()).collect();
    finish(lines, space)
}

/// How many words each line holds, by the least sum of badness over all ways to break (dynamic programming from the end of the text back).
fn best_breaks(words: &[Word], space: u32, measure: &Measure) -> Vec<usize> {
    let mut best: Vec<(f32, usize)> = vec![(0.0, 0)];
    for end in 1..=words.len() {
        let mut choice = (f32::MAX, 1);
        let (mut units, mut spaces) = (0, 0);
        for many in 1..=end {
            let start = end - many;
            let joint = if many > 1 { words.get(start + 1).map_or(0, |w| w.space_before(space)) } else { 0 };
            spaces += joint;
            units += words.get(start).map_or(0, |w| w.units) + joint;
            let avail = measure.avail(start == 0) * EM_UNITS / measure.size;
            let gaps = points(spaces);
            if many > 1 && points(units) - gaps * SHRINK > avail {
                break;
            }
            let before = best.get(start).map_or(f32::MAX, |b| b.0);
            let total = before + badness(avail - points(units), gaps, end == words.len());
            if total < choice.0 {
                choice = (total, many);
            }
        }
        best.push(choice);
    }
    trace(&best, words.len())
}

fn badness(slack: f32, gaps: f32, last: bool) -> f32 {
    let stretch = match (last && slack >= 0.0, gaps > 0.0) {
        (true, _) => 0.0,
        (false, true) if slack >= 0.0 => slack / gaps,
        (false, true) => -slack / (gaps * SHRINK),
        (false, false) => return LONE_WORD_BADNESS,
    };
    LINE_BADNESS + stretch * stretch * stretch
}

fn trace(best: &[(f32, usize)], words: usize) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut end = words;
    while end > 0 {
        let many = best.get(end).map_or(end, |b| b.1).clamp(1, end);
        breaks.push(many);
        end -= many;
    }
    breaks.reverse();
    breaks
}

fn space_units(fonts: &Fonts) -> u32 {
    fonts.units(Face::Regular, " ")
}

fn finish(lines: Vec<Vec<Word>>, space: u32) -> Vec<Line> {
    let many = lines.len();
    let measured = |(i, words): (usize, Vec<Word>)| {
        let spaces: u32 = words.iter().skip(1).map(|w| w.space_before(space)).sum();
        Line { units: words.iter().map(|w| w.units).sum::<u32>() + spaces, last: i + 1 == many, words }
    };
    lines.into_iter().enumerate().map(measured).collect()
}

impl Line {
    /// Natural width in points.
    pub(super) fn width(&self, size: f32) -> f32 {
        points(self.units) * size / EM_UNITS
    }

    fn gaps(&self) -> usize {
        self.words.iter().skip(1).filter(|word| !word.glued).count()
    }

    /// The line drawn between `left` and `left + width`, its baseline at `y` (PDF coordinates, points).
    pub(super) fn draw(&self, ops: &mut Vec<Op>, at: (f32, f32), room: (f32, f32, Align)) {
        let ((left, y), (size, width, align)) = (at, room);
        let slack = width - self.width(size);
        let stretches = align == Align::Justify && self.gaps() > 0 && (!self.last || slack < 0.0);
        let extra = if stretches { slack / count(self.gaps()) } else { 0.0 };
        let extra = if extra > size * STRETCH_MAX { 0.0 } else { extra };
        let shift = match align {
            Align::Left | Align::Justify => 0.0,
            Align::Center => slack / 2.0,
            Align::Right => slack,
        };
        ops.push(Op::StartTextSection);
        ops.push(Op::SetTextCursor { pos: Point { x: Pt(left + shift), y: Pt(y) } });
        self.show(ops, size, -extra * EM_UNITS / size);
        ops.push(Op::EndTextSection);
    }

    /// The words with their spaces; `kern` is put behind each space, in thousandths of the size.
    fn show(&self, ops: &mut Vec<Op>, size: f32, kern: f32) {
        let mut run: Option<(Face, Vec<TextItem>)> = None;
        for (i, word) in self.words.iter().enumerate() {
            for (j, piece) in word.pieces.iter().enumerate() {
                let spaced = self.words.get(i + 1).is_some_and(|next| !next.glued);
                let closes = spaced && j + 1 == word.pieces.len();
                let text = piece.text.replace('\u{a0}', " ") + if closes { " " } else { "" };
                if run.as_ref().is_none_or(|(face, _)| *face != piece.face) {
                    show_run(ops, run.replace((piece.face, Vec::new())), size);
                }
                if let Some((_, items)) = &mut run {
                    append(items, text);
                    if closes && kern.abs() > 0.01 {
                        items.push(TextItem::Offset(kern));
                    }
                }
            }
        }
        show_run(ops, run, size);
    }
}

fn append(items: &mut Vec<TextItem>, text: String) {
    match items.last_mut() {
        Some(TextItem::Text(before)) => before.push_str(&text),
        _ => items.push(TextItem::Text(text)),
    }
}

fn show_run(ops: &mut Vec<Op>, run: Option<(Face, Vec<TextItem>)>, size: f32) {
    if let Some((face, items)) = run {
        ops.push(Op::SetFont { font: PdfFontHandle::External(face.id()), size: Pt(size) });
        ops.push(Op::ShowText { items });
    }
}
