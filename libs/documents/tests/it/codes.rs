//! What a phone reads from the paper.

use std::collections::BTreeSet;

use hayro::{
    RenderCache, RenderSettings,
    hayro_interpret::{InterpreterSettings, hayro_syntax::Pdf},
    vello_cpu::color::palette::css::WHITE,
};

/// What the QR codes of a page say, as a phone reads them from paper.
pub fn codes(bytes: &[u8], page: usize) -> BTreeSet<String> {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let settings = RenderSettings { x_scale: 2.0, y_scale: 2.0, bg_color: WHITE, ..RenderSettings::default() };
    let page = &pdf.pages()[page];
    let picture = hayro::render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let (width, height) = (usize::from(picture.width()), usize::from(picture.height()));
    let grey = |x: usize, y: usize| picture.data()[y * width + x].g;
    let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    seen.detect_grids().into_iter().map(|grid| grid.decode().expect("a code that can be read").1).collect()
}
