//! Whatever somebody typed: it is read again as it was typed, and never anything else than text.

use documents::{Form, Printer};

use crate::{
    examples::{receipt, refusal},
    pdf::Printed,
};

async fn said(name: &str, reason: &str) -> Printed {
    let mut form = refusal();
    form.about.applicant.name = name.to_owned();
    form.reason = Some(reason.to_owned());
    let printed = Printer::start().expect("a thread").print(vec![Form::Refusal(form)]).await;
    Printed::read(&printed.expect("a PDF"))
}

#[tokio::test]
async fn every_vietnamese_letter_comes_back_composed() {
    let letters = "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đ";
    let text = said("Nguyễn Ái", &format!("{letters} {} 1.000 ₫", letters.to_uppercase())).await.text();
    assert!(text.contains(letters) && text.contains(&letters.to_uppercase()), "{text}");
    assert!(text.contains("1.000 ₫"), "{text}");
    // As another keyboard composes it.
    let text = said("Nguye\u{302}\u{303}n A\u{301}i", "x").await.text();
    assert!(text.contains("Hồ sơ của: Nguyễn Ái"), "{text}");
}

#[tokio::test]
async fn nothing_that_was_typed_is_read_as_markup_or_code() {
    for typed in [
        "#panic(\"x\")",
        "#import \"data.json\"",
        "$x^2$",
        "*đậm* _nghiêng_ `mã`",
        "\\u{41} \\ \\\\",
        "@ref <nhãn> = Tiêu đề",
        "// không phải chú thích /* hay */ đây",
        "- mục + mục / mục: ~ -- --- ...",
        "\"; ] } ) #( #[ #{",
        "</text><script>alert(1)</script>",
        "${7*7} {{7*7}} #calc.pow(7,2) 'nháy' \"kép\"",
    ] {
        let text = said(typed, typed).await.text();
        assert_eq!(text.matches(typed).count(), 2, "{typed:?} in {text}");
    }
}

#[tokio::test]
async fn a_letter_that_the_font_lacks_is_seen_to_be_missing_and_stops_nothing() {
    let text = said("王An 😀", "\u{202e}đảo\u{202c}").await.text();
    assert!(text.contains("Hồ sơ của: □An □") && text.contains("□đảo□"), "{text}");
    // And the paper says so, once, where something is missing; nowhere else.
    let note = "Ký tự □ thay cho chữ mà phông chữ của phiếu không có";
    assert_eq!(text.matches(note).count(), 1, "{text}");
    assert!(!said("Nguyễn Ái", "x").await.text().contains(note));
}

#[tokio::test]
async fn whatever_is_long_is_broken_and_stays_on_the_page() {
    let printer = Printer::start().expect("a thread");
    for long in
        ["Nguyễn Thị Hồng Phượng ".repeat(9).trim().to_owned(), "Đ".repeat(200), format!("{}@x.vn", "a".repeat(200))]
    {
        let mut form = receipt();
        form.receiver = Some(long.clone());
        form.about.letterhead.agency = long.clone();
        form.about.procedure = long.repeat(5);
        form.papers[0].name = long.clone();
        let applicant = &mut form.about.applicant;
        (applicant.name, applicant.email, applicant.phone) = (long.clone(), Some(long.clone()), Some(long.clone()));
        applicant.address = Some(long.clone());
        let printed = Printed::read(&printer.print(vec![Form::Receipt(form)]).await.expect("a PDF"));
        for page in &printed.pages {
            for letter in page.letters.iter().filter(|letter| letter.drawn.area() > 0.0) {
                let inside = letter.drawn.x0 > 40.0 && letter.drawn.x1 < page.width - 40.0;
                let inside = inside && letter.drawn.y0 > 25.0 && letter.drawn.y1 < page.height - 40.0;
                assert!(
                    inside,
                    "{:?} at {:?} on a page of {} × {}",
                    letter.said, letter.drawn, page.width, page.height
                );
            }
        }
        let text = printed.text().replace(' ', "");
        assert!(text.contains(&format!("Tiếpnhậnhồsơcủa:{}", long.replace(' ', ""))), "{text}");
    }
}
