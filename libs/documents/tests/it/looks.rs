//! Pages, their order, and what can be read from them by others than people.

use documents::{Form, Printer};

use crate::{
    codes::codes,
    examples::{self, TRACKING, receipt, register},
    pdf::Printed,
};

async fn print(forms: Vec<Form>) -> Vec<u8> {
    Printer::start().expect("a thread").print(forms).await.expect("a PDF")
}

fn has(bytes: &[u8], what: &str) -> bool {
    bytes.windows(what.len()).any(|window| window == what.as_bytes())
}

#[tokio::test]
async fn the_code_on_the_paper_leads_to_the_public_page_of_the_dossier() {
    for (page, form) in examples::all().into_iter().take(6).enumerate() {
        assert_eq!(codes(&print(vec![form]).await, 0).into_iter().collect::<Vec<_>>(), [TRACKING], "form {}", page + 1);
    }
}

#[tokio::test]
async fn it_is_made_for_screen_readers_and_for_archives() {
    let bytes = print(vec![Form::Receipt(receipt())]).await;
    // What validators look for first; typst refuses to write these where the rest is not so.
    for mark in ["pdfuaid:part", "pdfaid:part", "pdfaid:conformance", "/StructTreeRoot", "/Lang(vi-VN)", "/ToUnicode"] {
        assert!(has(&bytes, mark), "{mark}");
    }
    assert!(has(&bytes, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả H44.100-260721-0001"), "the title");
    assert!(bytes.len() < 80_000, "{} bytes", bytes.len());
}

#[tokio::test]
async fn forms_printed_together_stand_each_on_pages_of_its_own_in_the_order_asked_for() {
    let mut forms: Vec<_> = (1..=5).map(|_| receipt()).collect();
    for (number, form) in forms.iter_mut().enumerate() {
        form.about.code = format!("H44.100-260721-{number:04}");
    }
    let printed = Printed::read(&print(forms.into_iter().rev().map(Form::Receipt).collect()).await);
    let codes: Vec<_> =
        printed.pages.iter().map(|page| page.text().split("Mã hồ sơ: ").nth(1).map(|it| it[..19].to_owned())).collect();
    let expected: Vec<_> = (0..5).rev().map(|number| Some(format!("H44.100-260721-{number:04}"))).collect();
    assert_eq!(codes, expected);
}

#[tokio::test]
async fn a_long_register_repeats_its_head_and_numbers_its_pages_from_the_second_on() {
    let forms = vec![Form::Register(register(60)), Form::Register(register(60))];
    let printed = Printed::read(&print(forms).await);
    let pages = printed.pages.len();
    assert!(pages.is_multiple_of(2) && pages > 4, "{pages} pages");
    for (number, page) in printed.pages.iter().enumerate() {
        let (number, text) = (number % (pages / 2) + 1, page.text());
        assert!(page.width > page.height, "it is as wide as a register");
        assert!(text.contains("STT Mã hồ sơ Thủ tục hành chính"), "{text}");
        assert_eq!(text.starts_with(&format!("{number} ")), number > 1, "page {number}: {text}");
    }
    assert!(printed.text().contains("60 H44.100-260721-0060"));
}
