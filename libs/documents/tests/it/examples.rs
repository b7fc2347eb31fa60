//! One of each form, with something in every field.

use chrono::{DateTime, NaiveDate, Utc};
use documents::{
    About, Applicant, Contact, Extended, Extension, FeeReceipt, FeeReceiptLine, Form, Handover, Letterhead, Manifest,
    ManifestRow, Outcome, Paper, Receipt, Refusal, Register, RegisterRow, Routing, Stopping, Supplement, WantedPaper,
};

pub const CODE: &str = "H44.100-260721-0001";
pub const TRACKING: &str = "https://motcua.example.vn/tracking?code=H44.100-260721-0001";

/// A moment of 2026 in Vietnam.
pub fn at(text: &str) -> DateTime<Utc> {
    let local = DateTime::parse_from_str(&format!("2026-{text} +0700"), "%Y-%m-%d %H:%M %z");
    local.expect("a moment").to_utc()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub fn letterhead() -> Letterhead {
    Letterhead {
        agency: "Ủy ban nhân dân phường Đồi Chè".into(),
        superior: None,
        address: some("Số 12 đường Hùng Vương, phường Đồi Chè, tỉnh Phú Thọ"),
        phone: some("0210 3 456 789"),
        place: some("Đồi Chè"),
        date: NaiveDate::from_ymd_opt(2026, 7, 21).expect("a day"),
    }
}

pub fn applicant() -> Applicant {
    Applicant {
        name: "Nguyễn Thị Hồng Phượng".into(),
        address: some("Số 12, đường Nguyễn Tất Thành, phường Đồi Chè, tỉnh Phú Thọ"),
        phone: some("0912 345 678"),
        email: some("phuong@example.vn"),
    }
}

pub fn about() -> About {
    About {
        letterhead: letterhead(),
        code: CODE.into(),
        tracking: TRACKING.into(),
        applicant: applicant(),
        procedure: "Đăng ký khai sinh".into(),
    }
}

pub fn receipt() -> Receipt {
    Receipt {
        about: about(),
        papers: vec![
            Paper { name: "Giấy chứng sinh".into(), count: 1, kind: "Bản chính".into() },
            Paper { name: "Giấy chứng nhận kết hôn".into(), count: 3, kind: "Bản điện tử".into() },
        ],
        time_limit: "10 ngày làm việc".into(),
        received_at: at("07-21 10:05"),
        due_at: at("08-04 17:00"),
        due_now: Some(at("08-06 09:30")),
        return_way: some("Trực tuyến"),
        receiver: some("Trần Văn Tiếp"),
    }
}

pub fn supplement() -> Supplement {
    let papers = vec![WantedPaper {
        name: "Giấy chứng sinh".into(),
        reason: "Bản chụp mờ, không đọc được số.".into(),
        guidance: "Chụp lại bản chính, đủ bốn góc.".into(),
    }];
    Supplement {
        about: about(),
        papers,
        message: some("Xin gửi trong một lần."),
        answer_by: Some(at("08-11 17:00")),
        contact: Contact {
            official: some("Trần Văn Tiếp"),
            phone: some("0210 3 456 789"),
            hours: some("07 giờ 00 – 11 giờ 30, 13 giờ 30 – 17 giờ 00 các ngày làm việc"),
        },
        official: some("Trần Văn Tiếp"),
    }
}

pub fn refusal() -> Refusal {
    let reason = "Thủ tục thuộc thẩm quyền của Sở Tư pháp theo Điều 13 Luật Hộ tịch.";
    Refusal { about: about(), reason: some(reason), official: some("Trần Văn Tiếp") }
}

pub fn fee_receipt() -> FeeReceipt {
    FeeReceipt {
        letterhead: letterhead(),
        agency_tax_number: some("0100109106"),
        symbol: "01BLP0-001".into(),
        number: "0000042".into(),
        code: CODE.into(),
        payer_name: "Nguyễn Thị Hồng Phượng".into(),
        payer_address: some("Số 12, đường Nguyễn Tất Thành, phường Đồi Chè, tỉnh Phú Thọ"),
        payer_number: some("025192000123"),
        lines: vec![
            FeeReceiptLine { name: "Lệ phí cấp bản sao".into(), quantity: 2, amount: "16.000 ₫".into() },
            FeeReceiptLine { name: "Phí bưu chính".into(), quantity: 1, amount: "8.000 ₫".into() },
        ],
        waived: some("4.000 ₫"),
        part_of: some("20.000 ₫"),
        total: "10.000 ₫".into(),
        in_words: "Mười nghìn đồng".into(),
        way: "Tiền mặt".into(),
        paid_at: at("07-21 10:05"),
        collector: some("Trần Văn Thu"),
        replaces: some("0000041"),
        invalid: some("BIÊN LAI ĐÃ HỦY"),
    }
}

pub fn extension() -> Extension {
    let extended = |before: &str, after: &str, reason: &str| Extended {
        due_before: Some(at(before)),
        due_after: Some(at(after)),
        reason: reason.into(),
    };
    Extension {
        about: about(),
        received_at: Some(at("07-21 10:05")),
        extended: extended("08-06 09:30", "08-12 17:00", "Chờ xác minh tại xã Rừng Cọ."),
        earlier: vec![extended("08-04 17:00", "08-06 09:30", "Sổ hộ tịch đang được số hóa.")],
        signer: some("Lê Thị Thủ"),
    }
}

pub fn stopping() -> Stopping {
    Stopping {
        about: about(),
        received_at: Some(at("07-21 10:05")),
        asked_by: "Cơ quan giải quyết".into(),
        stopped_at: at("07-23 15:00"),
        stage: "Đang xử lý".into(),
        reason: some("Chờ kết luận giám định."),
        decision: "Tạm dừng giải quyết cho đến khi có kết luận.".into(),
        fee: "Đã nộp 16.000 đồng.".into(),
        official: some("Lê Thị Thủ"),
    }
}

pub fn routing() -> Routing {
    let handover = |giver: &str, receiver: Option<&str>, when: &str, outcome| Handover {
        giver: some(giver),
        receiver: receiver.map(ToOwned::to_owned),
        handed_over_at: at(when),
        outcome,
        note: some("Đủ giấy tờ."),
    };
    Routing {
        about: about(),
        consulted: some("Ủy ban nhân dân xã Rừng Cọ"),
        received_at: Some(at("07-21 10:05")),
        due_at: at("08-04 17:00"),
        handovers: vec![
            handover("Người nộp hồ sơ", Some("Trần Văn Tiếp"), "07-21 10:05", None),
            handover("Trần Văn Tiếp", Some("Phạm Thị Xử"), "07-22 08:00", Some(Outcome::Early)),
            handover("Phạm Thị Xử", Some("Lê Thị Thủ"), "07-29 16:00", Some(Outcome::OnTime)),
            handover("Lê Thị Thủ", None, "08-05 09:00", Some(Outcome::Late)),
        ],
    }
}

pub fn row(number: usize) -> RegisterRow {
    RegisterRow {
        number,
        code: format!("H44.100-260721-{number:04}"),
        procedure: "Đăng ký khai sinh".into(),
        papers: "Giấy chứng sinh (1)".into(),
        applicant: applicant(),
        channel: "Trực tuyến".into(),
        received_at: Some(at("07-21 10:05")),
        due_at: Some(at("08-04 17:00")),
        returned_at: Some(at("08-04 09:15")),
        return_way: some("Tại quầy"),
        note: "Đã trả kết quả".into(),
    }
}

pub fn register(rows: usize) -> Register {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
    let rows = (1..=rows).map(row).collect();
    Register { letterhead: letterhead(), from: day(7, 1), until: day(7, 31), part: some("phần 1/2"), rows }
}

pub fn manifest() -> Manifest {
    let row = |number, left_out: bool| ManifestRow {
        number,
        code: some("H44.100-260721-0001"),
        recipient: "Trần Thị Bình".into(),
        address: "Tổ 5, phường Đồi Chè, tỉnh Phú Thọ".into(),
        phone: some("0912345678"),
        item_code: some("EB123456789VN").filter(|_| !left_out),
        left_out,
    };
    Manifest {
        letterhead: letterhead(),
        number: "12/2026".into(),
        rows: vec![row(1, false), row(2, true)],
        giver: some("Trần Văn Tiếp"),
        carrier: some("Đỗ Văn Thư, Bưu cục Việt Trì"),
    }
}

/// One of each, in the order of their numbers; last what has none.
pub fn all() -> Vec<Form> {
    vec![
        Form::Receipt(receipt()),
        Form::Supplement(supplement()),
        Form::Refusal(refusal()),
        Form::Extension(extension()),
        Form::Stopping(stopping()),
        Form::Routing(routing()),
        Form::Register(register(3)),
        Form::FeeReceipt(fee_receipt()),
        Form::Manifest(manifest()),
    ]
}
