//! Each form has what the law wants it to hold: the forms of Circular 03/2025/TT-VPCP with the fields of each, one line a field.

use documents::{Form, Printer};

use crate::{examples, pdf::Printed};

/// What each form must hold, in the words that stand before it and the example's value.
const FIELDS: [(&str, &[(&str, &str)]); 9] = [
    (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        &[
            ("agency", "ỦY BAN NHÂN DÂN PHƯỜNG ĐỒI CHÈ Số 12 đường Hùng Vương, phường Đồi Chè, tỉnh Phú Thọ"),
            ("its phone", "Điện thoại: 0210 3 456 789"),
            ("code", "Mã hồ sơ: H44.100-260721-0001"),
            ("applicant", "Tiếp nhận hồ sơ của: Nguyễn Thị Hồng Phượng"),
            ("procedure", "Nội dung yêu cầu giải quyết: Đăng ký khai sinh"),
            ("component, count, type", "1 Giấy chứng sinh 1 Bản chính"),
            ("component, count, type", "2 Giấy chứng nhận kết hôn 3 Bản điện tử"),
            ("duration", "Thời gian giải quyết hồ sơ theo quy định: 10 ngày làm việc"),
            ("received at", "Thời gian nhận hồ sơ: 10 giờ 05 phút, ngày 21 tháng 7 năm 2026"),
            ("due at", "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 04 tháng 8 năm 2026"),
            ("due by now", "tính lại đến nay: 09 giờ 30 phút, ngày 06 tháng 8 năm 2026"),
            ("channel of return", "Đăng ký nhận kết quả tại: Trực tuyến"),
            ("receiver", "NGƯỜI TIẾP NHẬN HỒ SƠ (Ký và ghi rõ họ tên) Trần Văn Tiếp"),
            ("QR", "Quét mã để tra cứu hồ sơ"),
        ],
    ),
    (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        &[
            ("component", "1 Giấy chứng sinh"),
            ("reason", "Bản chụp mờ, không đọc được số."),
            ("guidance", "Chụp lại bản chính, đủ bốn góc."),
            ("deadline", "Thời hạn bổ sung, hoàn thiện hồ sơ: 17 giờ 00 phút, ngày 11 tháng 8 năm 2026"),
            (
                "contact",
                "liên hệ với ông/bà Trần Văn Tiếp, Ủy ban nhân dân phường Đồi Chè, số điện thoại 0210 3 456 789",
            ),
            ("hours", "trong giờ làm việc: 07 giờ 00 – 11 giờ 30, 13 giờ 30 – 17 giờ 00 các ngày làm việc, để"),
        ],
    ),
    (
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        &[("legal reason", "lý do cụ thể như sau: Thủ tục thuộc thẩm quyền của Sở Tư pháp theo Điều 13 Luật Hộ tịch.")],
    ),
    (
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        &[
            ("original due", "Thời gian hẹn trả kết quả trước đó: 09 giờ 30 phút, ngày 06 tháng 8 năm 2026"),
            ("reason", "Lý do: Chờ xác minh tại xã Rừng Cọ."),
            ("new due", "sẽ trả kết quả hồ sơ của Ông/Bà vào: 17 giờ 00 phút, ngày 12 tháng 8 năm 2026"),
            ("signer", "NGƯỜI KÝ (Ký, ghi rõ chức vụ, họ tên, đóng dấu) Lê Thị Thủ"),
            ("history of extensions", "Sổ hộ tịch đang được số hóa."),
        ],
    ),
    (
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        &[
            ("who asked", "Bên đề nghị dừng: Cơ quan giải quyết"),
            ("stage", "Giai đoạn giải quyết khi dừng: Đang xử lý"),
            ("decision", "Quyết định: Tạm dừng giải quyết cho đến khi có kết luận."),
            ("fee handling", "Phí, lệ phí: Đã nộp 16.000 đồng."),
        ],
    ),
    (
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        &[
            ("giver and receiver", "Giao: Trần Văn Tiếp Nhận: Phạm Thị Xử"),
            ("moment", "08 giờ 00 phút, ngày 22 tháng 7 năm 2026"),
            ("early", "Trước hạn"),
            ("on time", "Đúng hạn"),
            ("late", "Quá hạn"),
            ("note", "Đủ giấy tờ."),
        ],
    ),
    (
        "SỔ THEO DÕI HỒ SƠ",
        &[
            ("no.", "STT"),
            ("code", "Mã hồ sơ"),
            ("procedure", "Thủ tục hành chính"),
            ("components", "Giấy chứng sinh (1)"),
            ("applicant", "Nguyễn Thị Hồng Phượng"),
            ("address", "Số 12, đường Nguyễn Tất Thành, phường Đồi Chè, tỉnh Phú Thọ"),
            ("phone", "0912 345 678"),
            ("channel", "Trực tuyến"),
            ("received", "21/07/2026 10:05"),
            ("due", "04/08/2026 17:00"),
            ("returned", "04/08/2026 09:15"),
            ("way of return", "Tại quầy"),
            ("note", "Đã trả kết quả"),
        ],
    ),
    (
        "BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ",
        &[
            ("copy", "Liên 2: Giao người nộp tiền"),
            ("symbol", "Ký hiệu: 01BLP0-001"),
            ("number", "Số: 0000042"),
            ("tax code", "Mã số thuế đơn vị thu: 0100109106"),
            ("agency", "Đơn vị thu phí, lệ phí: Ủy ban nhân dân phường Đồi Chè"),
            ("payer", "Người nộp tiền: Nguyễn Thị Hồng Phượng"),
            ("payer's number", "Số định danh, mã số thuế: 025192000123"),
            ("address", "Địa chỉ: Số 12, đường Nguyễn Tất Thành"),
            ("fee and amount", "1 Lệ phí cấp bản sao 2 16.000 ₫"),
            ("waived", "Được miễn, giảm: 4.000 ₫"),
            ("part", "Nộp một phần của số phải nộp: 20.000 ₫"),
            ("total", "Tổng số tiền: 10.000 ₫"),
            ("in words", "Viết bằng chữ: Mười nghìn đồng"),
            ("date", "Thời điểm nộp tiền: 10 giờ 05 phút, ngày 21 tháng 7 năm 2026"),
            ("collector", "NGƯỜI THU TIỀN (Ký số, ghi rõ họ tên) Trần Văn Thu"),
            ("replaced", "Thay thế biên lai số: 0000041"),
            ("not valid", "BIÊN LAI ĐÃ HỦY"),
        ],
    ),
    (
        "BẢNG KÊ BÀN GIAO KẾT QUẢ CHO BƯU CHÍNH",
        &[
            ("number", "Số 12/2026"),
            ("dossier", "H44.100-260721-0001"),
            ("recipient", "Trần Thị Bình"),
            ("address", "Tổ 5, phường Đồi Chè, tỉnh Phú Thọ"),
            ("phone", "0912345678"),
            ("the post's number", "EB123456789VN"),
            ("left out", "Không bàn giao"),
            ("how many", "Cộng: 2 kết quả, trong đó 1 không bàn giao."),
            ("who hands over", "BÊN GIAO (Ký, ghi rõ họ tên) Trần Văn Tiếp"),
            ("who takes over", "BÊN NHẬN (Ký, ghi rõ họ tên) Đỗ Văn Thư, Bưu cục Việt Trì"),
        ],
    ),
];

#[tokio::test]
async fn each_form_holds_what_the_circular_wants() {
    let printer = Printer::start().expect("a thread");
    let forms = examples::all();
    assert_eq!(forms.len(), FIELDS.len());
    for (form, (title, fields)) in forms.into_iter().zip(FIELDS) {
        let text = Printed::read(&printer.print(vec![form]).await.expect("a PDF")).text();
        let wanted = [("state", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("motto", "Độc lập - Tự do - Hạnh phúc")];
        for (field, said) in wanted.iter().chain(fields).chain(&[("title", title)]) {
            assert!(text.contains(said), "{title}: {field}: {said:?} is not in\n{text}");
        }
    }
}

/// What is not known is a dotted line on the paper, and never a word of ours such as "none".
#[tokio::test]
async fn what_is_not_known_leaves_its_line() {
    let printer = Printer::start().expect("a thread");
    let mut receipt = examples::receipt();
    (receipt.return_way, receipt.receiver, receipt.papers) = (None, None, Vec::new());
    receipt.about.letterhead.place = None;
    let applicant = &mut receipt.about.applicant;
    (applicant.address, applicant.phone, applicant.email) = (None, None, None);
    let text = Printed::read(&printer.print(vec![Form::Receipt(receipt)]).await.expect("a PDF")).text();
    for said in [
        "Địa chỉ: Số điện thoại: Email: ",
        "Đăng ký nhận kết quả tại: NGƯỜI NỘP HỒ SƠ",
        "Thành phần hồ sơ nộp: không có giấy tờ kèm theo.",
    ] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
    assert!(!text.contains("none"), "{text}");
}
