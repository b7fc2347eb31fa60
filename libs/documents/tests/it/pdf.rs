//! A PDF as its reader finds it: letters with their places. The tests of submissions read with this file too.

use hayro::{
    hayro_interpret::{
        BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
        PathDrawMode, SoftMask, TransformExt,
        font::Glyph,
        hayro_cmap::BfString,
        hayro_syntax::{Pdf, page::Page},
        interpret_page,
    },
    vello_cpu::kurbo::{Affine, BezPath, Rect, Shape},
};

/// What a PDF says.
pub struct Printed {
    pub pages: Vec<PrintedPage>,
}

/// What a page says.
pub struct PrintedPage {
    pub width: f64,
    pub height: f64,
    pub letters: Vec<Letter>,
}

/// A letter, and the box it is drawn in, from the left edge and from the upper one.
pub struct Letter {
    pub said: String,
    pub drawn: Rect,
}

impl Printed {
    /// Reads a PDF.
    pub fn read(bytes: &[u8]) -> Self {
        let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
        Self { pages: pdf.pages().iter().map(read_page).collect() }
    }

    /// All that it says, line after line, with one space between words.
    pub fn text(&self) -> String {
        self.pages.iter().map(PrintedPage::text).collect::<Vec<_>>().join(" ")
    }
}

impl PrintedPage {
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut last = Rect::ZERO;
        for letter in &self.letters {
            // Letters without a shape are spaces, and have no place of their own.
            if letter.drawn.area() > 0.0 {
                let (far, gap) = (letter.drawn.center().y - last.center().y, letter.drawn.x0 - last.x1);
                // Another line, or another column.
                if far.abs() > 8.0 || !(-2.0..3.0).contains(&gap) {
                    text.push(' ');
                }
                last = letter.drawn;
            }
            text.push_str(&letter.said);
        }
        text.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn read_page(page: &Page<'_>) -> PrintedPage {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let cache = InterpreterCache::new();
    let area = Rect::new(0.0, 0.0, width, height);
    let mut context = Context::new(transform, area, &cache, page.xref(), InterpreterSettings::default());
    let mut reader = Reader(Vec::new());
    interpret_page(page, &mut context, &mut reader);
    PrintedPage { width, height, letters: reader.0 }
}

struct Reader(Vec<Letter>);

impl<'a> Device<'a> for Reader {
    fn draw_glyph(&mut self, glyph: &Glyph<'a>, at: Affine, shape: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        let said = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(letters)) => letters,
            None => "\u{fffd}".to_owned(),
        };
        let Glyph::Outline(outline) = glyph else { panic!("a letter without an outline") };
        self.0.push(Letter { said, drawn: (at * shape * outline.outline()).bounding_box() });
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
