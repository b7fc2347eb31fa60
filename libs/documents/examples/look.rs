//! Writes an example of each form into a folder, as PDF and as pictures of its pages: `cargo run -p documents --example look -- FOLDER`.

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/examples.rs"]
mod examples;

use std::{env, error::Error, fs, path::PathBuf};

use documents::Printer;
use hayro::{
    RenderCache, RenderSettings,
    hayro_interpret::{InterpreterSettings, hayro_syntax::Pdf},
    vello_cpu::color::palette::css::WHITE,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("name a folder")?);
    fs::create_dir_all(&folder)?;
    let printer = Printer::start()?;
    let settings = RenderSettings { x_scale: 1.5, y_scale: 1.5, bg_color: WHITE, ..RenderSettings::default() };
    for (number, form) in (1..).zip(examples::all()) {
        let pdf = printer.print(vec![form]).await?;
        fs::write(folder.join(format!("0{number}.pdf")), &pdf)?;
        let pdf = Pdf::new(pdf).map_err(|why| format!("{why:?}"))?;
        for (page, content) in (1..).zip(pdf.pages().iter()) {
            let picture = hayro::render(content, &RenderCache::new(), &InterpreterSettings::default(), &settings);
            fs::write(folder.join(format!("0{number}-{page}.png")), picture.into_png()?)?;
        }
    }
    Ok(())
}
