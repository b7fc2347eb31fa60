//! Forms become a PDF: tagged for screen readers (PDF/UA-1) and made to be kept (PDF/A-2a). The same forms give the same bytes.

use std::sync::LazyLock;

use chrono::Datelike;
use comemo::evict;
use qrcode::{QrCode, render::svg};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use typst::{diag::SourceDiagnostic, ecow::EcoVec, foundations::Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, pdf};

use crate::{
    Form,
    legible::legible,
    office::{Desk, templates},
};

/// What keeps forms from being made. It is a fault of a template or of ours, never of what was typed.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// They cannot be written as data.
    #[error("a form cannot be written as JSON: {0}")]
    Data(#[from] serde_json::Error),
    /// An address is too long for a QR code.
    #[error("an address cannot be drawn: {0}")]
    Address(#[from] qrcode::types::QrError),
    /// A template refuses.
    #[error("a form cannot be set: {0}")]
    Template(String),
}

static OPTIONS: LazyLock<PdfOptions> = LazyLock::new(|| PdfOptions {
    standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).expect("the two go together"),
    creator: Smart::Custom(Some("Motcua".into())),
    ..PdfOptions::default()
});

/// Makes one PDF of `forms`, each on pages of its own, in this order.
pub(crate) fn render(forms: &[Form]) -> Result<Vec<u8>, Broken> {
    let desk = Desk::new(serde_json::to_vec(&data(forms)?)?);
    let made = set(&desk);
    // What typst keeps of it would only fill the memory, whether it was made or not: the next form says something else.
    evict(0);
    made
}

/// What tells the PDF of these forms from any other, without making it: for an `ETag`.
///
/// # Errors
/// When they cannot be written as data.
pub fn fingerprint(forms: &[Form]) -> Result<String, Broken> {
    let told = templates().fold(Sha256::new(), Digest::chain_update).chain_update(serde_json::to_vec(forms)?);
    Ok(hex::encode(&told.finalize()[..16]))
}

fn set(desk: &Desk) -> Result<Vec<u8>, Broken> {
    let document: PagedDocument = typst::compile(desk).output.map_err(refused)?;
    pdf(&document, &OPTIONS).map_err(refused)
}

fn refused(why: EcoVec<SourceDiagnostic>) -> Broken {
    let messages: Vec<_> = why.iter().map(|one| one.message.as_str()).collect();
    Broken::Template(messages.join("; "))
}

/// What the templates read.
fn data(forms: &[Form]) -> Result<Value, Broken> {
    let told = forms.iter().map(told).collect::<Result<Vec<_>, _>>()?;
    // A document that is kept has a date: that of the last thing it tells.
    let date = forms.iter().map(|form| form.letterhead().date).max().unwrap_or_default();
    let author = forms.first().map(|form| form.letterhead().agency.as_str());
    Ok(json!({
        "title": title(forms),
        "author": author,
        "date": {"year": date.year(), "month": date.month(), "day": date.day()},
        "forms": told,
    }))
}

fn title(forms: &[Form]) -> String {
    match forms {
        [] => String::new(),
        [form] => match form.about() {
            Some(about) => format!("{} {}", form.title(), about.code),
            None => form.title().to_owned(),
        },
        [form, ..] => format!("{} ({})", form.title(), forms.len()),
    }
}

/// A form as its template reads it: legible, with the drawing of its QR code.
fn told(form: &Form) -> Result<Value, Broken> {
    let mut told = serde_json::to_value(form)?;
    let lacking = legible(&mut told);
    told["lacking"] = json!(lacking);
    if let Some(about) = form.about() {
        let drawing = QrCode::new(&about.tracking)?.render::<svg::Color<'_>>().quiet_zone(false).build();
        told["tracking"] = json!({"address": about.tracking, "drawing": drawing});
    }
    Ok(told)
}
