//! The page that a payer sees on the way back from a provider.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, ContentType},
};
use civic::Language;
use edge::Problem;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use qrcode::{QrCode, render::svg};

use crate::{
    domain::{attempt::AttemptStatus, order::OrderState},
    providers::TransferCode,
};

const PAGE: &str = "payment.html";
/// Nothing but what stands in the page itself, and nobody learns the address that led to it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// What the payer is told. Nothing about herself: whoever holds the address sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentPage {
    /// The dossier's code and the amount, when it is known which payment this is.
    pub payment: Option<(String, String)>,
    /// What became of it.
    pub state: PageState,
}

/// What a page says became of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageState {
    /// Not known yet.
    Waiting,
    /// The fee is paid.
    Paid,
    /// The fee is not paid.
    NotPaid,
    /// It is not known which payment is meant.
    Unknown,
    /// The provider does not answer: there is no page to pay at now.
    Silent,
    /// It is paid by this transfer.
    Transfer(TransferCode),
}

/// The templates, loaded once; they are part of the program, and a test renders each.
static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    let page = include_str!("../../../templates/payment.html");
    templates.add_template(PAGE, page).expect("a well-formed template");
    templates
});

/// What the page says of an attempt to pay an order.
pub fn state(order: OrderState, attempt: AttemptStatus) -> PageState {
    match (order, attempt) {
        (OrderState::Paid, _) => PageState::Paid,
        (_, AttemptStatus::Failed | AttemptStatus::Expired) => PageState::NotPaid,
        _ => PageState::Waiting,
    }
}

/// The language that a browser asks for.
pub fn language(request: &HttpRequest) -> Language {
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    wanted.map_or(Language::Vi, Language::from_accept_language)
}

/// The page as an answer.
///
/// # Errors
/// When it cannot be rendered.
pub fn answer(page: &PaymentPage, language: Language) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .body(payment(page, language)?))
}

/// The page as HTML.
///
/// # Errors
/// When the template asks for something that there is not.
pub fn payment(page: &PaymentPage, language: Language) -> anyhow::Result<String> {
    let state = match &page.state {
        PageState::Waiting => "waiting",
        PageState::Paid => "paid",
        PageState::NotPaid => "not_paid",
        PageState::Unknown => "unknown",
        PageState::Silent => "silent",
        PageState::Transfer(_) => "transfer",
    };
    let (code, amount) = page.payment.clone().unzip();
    let english = language == Language::En;
    let (transfer, drawing) = match &page.state {
        PageState::Transfer(code) => {
            let TransferCode { bank, account, holder, purpose, .. } = code.clone();
            (context! { bank, account, holder, purpose }, Value::from_safe_string(drawing(&code.text)?))
        }
        _ => Default::default(),
    };
    Ok(TEMPLATES.get_template(PAGE)?.render(context! { english, state, code, amount, transfer, drawing })?)
}

/// A QR code as a drawing that stands in the page itself.
fn drawing(text: &str) -> anyhow::Result<String> {
    let drawing = QrCode::new(text)?.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    // The declaration belongs to a file of its own, not into a page.
    Ok(drawing.split_once("<svg").map_or(drawing.clone(), |(_, rest)| format!("<svg aria-hidden=\"true\"{rest}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transfer_is_shown_as_a_drawing_and_in_words_that_can_be_typed() {
        let transfer = TransferCode {
            text: "00020101021138560010A0000007270126000697041501121133666688880208QRIBFTTA53037045802VN6304F443"
                .into(),
            bank: "970415".into(),
            account: "113366668888".into(),
            holder: "UBND <PHUONG>".into(),
            amount: civic::Vnd::new(8_000).unwrap(),
            purpose: "H44.100-260721-0001".into(),
        };
        let page = PaymentPage { payment: None, state: PageState::Transfer(transfer) };
        let html = payment(&page, Language::Vi).unwrap();
        for said in
            ["<svg", "970415", "113366668888", "H44.100-260721-0001", "UBND &lt;PHUONG&gt;", "http-equiv=\"refresh\""]
        {
            assert!(html.contains(said), "{said}: {html}");
        }
        assert!(!html.contains("<?xml") && !html.contains("<script"));
    }

    #[test]
    fn every_page_renders_in_both_languages_without_scripts_or_anything_from_elsewhere() {
        for language in [Language::Vi, Language::En] {
            let states =
                [PageState::Waiting, PageState::Paid, PageState::NotPaid, PageState::Unknown, PageState::Silent];
            for state in states {
                for payment in [None, Some(("H44.100-260721-0001".to_owned(), "8.000 ₫".to_owned()))] {
                    let html = super::payment(&PaymentPage { payment, state: state.clone() }, language).unwrap();
                    assert!(html.contains(&format!("<html lang=\"{language}\">")), "{html}");
                    assert_eq!(html.contains("http-equiv=\"refresh\""), state == PageState::Waiting, "{html}");
                    assert!(!html.contains("<script") && !html.contains("://") && !html.contains("src="), "{html}");
                }
            }
        }
    }
}
