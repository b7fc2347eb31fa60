//! Why a file is not taken, in words that help whoever sent it.

use civic::{Language, LocalText};
use edge::{Kind, Problem, kinds};

use crate::{MediaType, foreign, size, structure::Fault};

/// The bytes are not of the type that the request names.
pub const CONTENT_DOES_NOT_MATCH: Kind = Kind::new(
    415,
    "content-does-not-match",
    "Nội dung tệp không đúng với loại tệp đã khai.",
    "The content of the file is not of the type named.",
);
/// The file is of its type, and nobody can open it.
pub const UNREADABLE: Kind = Kind::new(
    422,
    "file-unreadable",
    "Tệp bị hỏng hoặc chưa đủ nên không mở được. Hãy quét, chụp hoặc tải về lại rồi gửi tệp mới.",
    "The file is broken or not complete and cannot be opened. Scan it, take its picture or download it again, and send the new \
     file.",
);
/// A password stands before what the PDF says.
pub const LOCKED: Kind = Kind::new(
    422,
    "file-locked",
    "Tệp PDF có mật khẩu hoặc bị khóa. Hãy mở tệp, chọn In › Lưu thành PDF để có tệp không có mật khẩu, rồi gửi tệp đó.",
    "The PDF file has a password or is locked. Open it, save it without a password (Print › Save as PDF) and send that file.",
);
/// The PDF would run something, or hides other files.
pub const ACTIVE: Kind = Kind::new(
    422,
    "file-active-content",
    "Tệp PDF có mã lệnh, biểu mẫu động hoặc tệp khác kèm bên trong nên không được nhận. Hãy mở tệp, chọn In › Lưu thành PDF, rồi gửi \
     tệp mới.",
    "The PDF file holds script, a form with script or other files, which is not taken. Open it, choose Print › Save as PDF and send \
     the new file.",
);
/// What is kept is not what was received: trying again gives it to nobody.
pub const KEPT_DAMAGED: Kind = Kind::new(
    500,
    "file-damaged",
    "Tệp lưu trên hệ thống đã bị hỏng nên không mở được; thử lại cũng không có kết quả. Hãy báo bộ phận một cửa của cơ quan giải quyết, kèm \
     mã lỗi, để khôi phục tệp từ bản sao lưu.",
    "The file is damaged where it is kept and cannot be opened; trying again does not help. Tell the one-stop office of the agency, with \
     the error code, so that the file is brought back from a backup.",
);
/// The scanner found something in it.
pub const INFECTED: Kind = Kind::new(
    422,
    "file-infected",
    "Phần mềm diệt mã độc đã chặn tệp này. Hãy quét hoặc chụp lại giấy tờ rồi gửi tệp mới.",
    "The malware scanner stopped this file. Scan the document or take its picture again, and send the new file.",
);

/// A file of more than `limit` bytes.
pub fn too_large(limit: u64) -> Problem {
    Problem::from(kinds::TOO_LARGE).field("", "too-large", too_large_text(limit))
}

/// What is said of a file of more than `limit` bytes, wherever it is said.
pub fn too_large_text(limit: u64) -> LocalText {
    LocalText::new(
        format!(
            "Mỗi tệp không được quá {}. Hãy giảm độ phân giải khi quét, hoặc chia thành nhiều tệp.",
            size(limit, Language::Vi)
        ),
        format!(
            "A file may have up to {}. Scan at a lower resolution, or split it into several files.",
            size(limit, Language::En)
        ),
    )
}

/// A file of a type that is none of the `accepted` ones, by its `Content-Type`; `head` is what it begins with, as far as that came: many
/// devices do not know what their own pictures are.
pub fn not_taken(content_type: &str, head: &[u8], accepted: &[MediaType]) -> Problem {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let of_phones = ["image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence", "image/avif"];
    let of_phone = of_phones.contains(&&*essence) || foreign::is_phone_picture(head);
    let text = if of_phone { phone_picture(accepted) } else { convert(accepted) };
    Problem::from(kinds::UNSUPPORTED_MEDIA).field("", "not-taken", text)
}

/// A file without a byte.
pub fn empty() -> Problem {
    let text = LocalText::new(
        "Tệp rỗng, không có nội dung. Hãy quét, chụp hoặc tải về lại rồi gửi tệp mới.",
        "The file is empty. Scan it, take its picture or download it again, and send the new file.",
    );
    Problem::from(CONTENT_DOES_NOT_MATCH).field("", "empty", text)
}

/// A file sent as `named` that begins with `head`, and so is something else.
pub(crate) fn another(head: &[u8], named: MediaType, accepted: &[MediaType]) -> Problem {
    let (code, text) = match MediaType::of(head) {
        _ if head.is_empty() => return empty(),
        Some(real) if accepted.contains(&real) => ("another-type", renamed(real, named)),
        _ if foreign::is_phone_picture(head) => ("not-taken", phone_picture(accepted)),
        _ => ("not-taken", disguised(named, accepted)),
    };
    Problem::from(CONTENT_DOES_NOT_MATCH).field("", code, text)
}

/// A file with this fault, sent as `named`.
pub(crate) fn faulty(fault: Fault, named: MediaType, accepted: &[MediaType]) -> Problem {
    match fault {
        Fault::Unreadable => UNREADABLE.into(),
        Fault::Locked => LOCKED.into(),
        Fault::Active => ACTIVE.into(),
        Fault::TwoFormats => Problem::from(CONTENT_DOES_NOT_MATCH).field("", "not-taken", disguised(named, accepted)),
        Fault::TooManyPixels => Problem::from(kinds::TOO_LARGE).field("", "too-many-pixels", pixels()),
    }
}

fn renamed(real: MediaType, named: MediaType) -> LocalText {
    let (is, said, ending) = (real.name(), named.name(), real.endings()[0]);
    LocalText::new(
        format!(
            "Tệp này là {is}, không phải {said} như tên hoặc loại đã khai. Hãy đổi đuôi tên tệp thành .{ending} rồi gửi lại."
        ),
        format!(
            "This file is {is}, not {said} as its name or type says. Let its name end in .{ending} and send it again."
        ),
    )
}

fn disguised(named: MediaType, accepted: &[MediaType]) -> LocalText {
    let convert = convert(accepted);
    LocalText::new(
        format!("Bên trong tệp không phải là {}. {}", named.name(), convert.vi),
        format!("What is inside the file is not {}. {}", named.name(), convert.en),
    )
}

fn phone_picture(accepted: &[MediaType]) -> LocalText {
    let (vi, en) = taken(accepted);
    LocalText::new(
        format!(
            "Ảnh HEIC của điện thoại chưa được nhận. {vi} Trên iPhone: vào Cài đặt › Camera › Định dạng, chọn Tương thích nhất, rồi chụp \
             lại. Trên máy khác: tắt HEIF trong cài đặt máy ảnh, hoặc chụp màn hình tấm ảnh rồi gửi ảnh đó."
        ),
        format!(
            "HEIC pictures of phones are not taken. {en} On an iPhone: choose Settings › Camera › Formats › Most Compatible and take the \
             picture again. On other phones: switch off HEIF in the camera's settings, or take a screenshot of the picture and send that."
        ),
    )
}

fn convert(accepted: &[MediaType]) -> LocalText {
    let (vi, en) = taken(accepted);
    if accepted == [MediaType::Pdf] {
        return LocalText::new(
            format!("{vi} Hãy quét văn bản, hoặc mở tệp và chọn In › Lưu thành PDF, rồi gửi tệp mới."),
            format!("{en} Scan the document, or open the file and choose Print › Save as PDF, and send the new file."),
        );
    }
    LocalText::new(
        format!("{vi} Hãy chụp giấy tờ bằng điện thoại, hoặc mở tệp và chọn In › Lưu thành PDF, rồi gửi tệp mới."),
        format!(
            "{en} Take a picture of the document with a phone, or open the file and choose Print › Save as PDF, and send the new file."
        ),
    )
}

fn pixels() -> LocalText {
    LocalText::new(
        "Ảnh có quá nhiều điểm ảnh (hơn 200 triệu). Hãy giảm độ phân giải khi quét hoặc chụp rồi gửi lại.",
        "The picture has too many pixels (more than 200 million). Scan it or take it at a lower resolution and send it again.",
    )
}

/// Which types are taken, as a sentence in each language.
fn taken(accepted: &[MediaType]) -> (String, String) {
    let names: Vec<_> = accepted.iter().map(|one| one.name()).collect();
    let list = |or: &str| match &names[..] {
        [all @ .., last] if !all.is_empty() => format!("{} {or} {last}", all.join(", ")),
        all => all.join(", "),
    };
    (format!("Chỉ nhận tệp {}.", list("hoặc")), format!("Files are taken as {}.", list("or")))
}
