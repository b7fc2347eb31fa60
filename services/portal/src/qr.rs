//! QR codes, as drawings that stand in the page itself.

use minijinja::{Error, ErrorKind};
use qrcode::{QrCode, render::svg};

/// A QR code of `text`, which those who cannot see it hear as `title`.
///
/// # Errors
/// When the text is too long for one.
pub(crate) fn svg(text: &str, title: &str) -> Result<String, Error> {
    let code = QrCode::new(text).map_err(|why| Error::new(ErrorKind::InvalidOperation, why.to_string()))?;
    let drawing = code.render::<svg::Color<'_>>().min_dimensions(180, 180).build();
    // The declaration belongs to a file of its own, not into a page.
    let drawing = drawing.split_once("<svg").map_or(drawing.as_str(), |(_, rest)| rest);
    let (attributes, shapes) = drawing.split_once('>').unwrap_or((drawing, ""));
    let title = escaped(title);
    Ok(format!(r#"<svg class="motcua-qr" role="img" aria-label="{title}"{attributes}>{shapes}"#))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_one_drawing_with_a_name() {
        let drawing = svg("https://motcua.example/procedures/1.001193", "Mã QR của \"trang\" này").expect("a code");
        assert!(
            drawing
                .starts_with(r#"<svg class="motcua-qr" role="img" aria-label="Mã QR của &quot;trang&quot; này" xmlns"#)
        );
        assert!(drawing.ends_with("</svg>"));
        assert!(!drawing.contains("<?xml"));
    }
}
