//! The page that a payer sees on the way back from a provider.

use std::sync::LazyLock;

use civic::Language;
use minijinja::{Environment, UndefinedBehavior, context};

const PAGE: &str = "payment.html";

/// What the payer is told. Nothing about herself: whoever holds the address sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentPage {
    /// The dossier's code and the amount, when it is known which payment this is.
    pub payment: Option<(String, String)>,
    /// What became of it.
    pub state: PageState,
}

/// What a page says became of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    /// Not known yet.
    Waiting,
    /// The fee is paid.
    Paid,
    /// The fee is not paid.
    NotPaid,
    /// It is not known which payment is meant.
    Unknown,
}

/// The templates, loaded once; they are part of the program, and a test renders each.
static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    let page = include_str!("../../../templates/payment.html");
    templates.add_template(PAGE, page).expect("a well-formed template");
    templates
});

/// The page as HTML.
///
/// # Errors
/// When the template asks for something that there is not.
pub fn payment(page: &PaymentPage, language: Language) -> anyhow::Result<String> {
    let state = match page.state {
        PageState::Waiting => "waiting",
        PageState::Paid => "paid",
        PageState::NotPaid => "not_paid",
        PageState::Unknown => "unknown",
    };
    let (code, amount) = page.payment.clone().unzip();
    let english = language == Language::En;
    Ok(TEMPLATES.get_template(PAGE)?.render(context! { english, state, code, amount })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_renders_in_both_languages_without_scripts_or_anything_from_elsewhere() {
        for language in [Language::Vi, Language::En] {
            for state in [PageState::Waiting, PageState::Paid, PageState::NotPaid, PageState::Unknown] {
                for payment in [None, Some(("H44.100-260721-0001".to_owned(), "8.000 ₫".to_owned()))] {
                    let html = super::payment(&PaymentPage { payment, state }, language).unwrap();
                    assert!(html.contains(&format!("<html lang=\"{language}\">")), "{html}");
                    assert_eq!(html.contains("http-equiv=\"refresh\""), state == PageState::Waiting, "{html}");
                    assert!(!html.contains("<script") && !html.contains("://") && !html.contains("src="), "{html}");
                }
            }
        }
    }
}
