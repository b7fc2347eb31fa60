//! What the offices of the demonstration write often.

use anyhow::Result;
use civic::{
    AgencyCode, LocalText,
    events::{AgencyContact, AgencyOpened},
};
use diesel_async::AsyncPgConnection;
use runtime::Life;
use uuid::Uuid;

use crate::{
    config::Config,
    domain::phrase::PhraseAction::{self, *},
    store::{
        agencies,
        phrases::{self, Phrase},
    },
};

/// The ward whose administrator has noted them. Its name comes from accounts; this one stands until that is told.
const AGENCY: (&str, &str, &str) =
    ("H44.100", "Ủy ban nhân dân phường Đồi Chè (minh họa)", "People's Committee of Đồi Chè Ward (demonstration)");

const PHRASES: &[(PhraseAction, &str)] = &[
    (Refuse, "Thủ tục không thuộc thẩm quyền giải quyết của Ủy ban nhân dân phường."),
    (Refuse, "Người nộp không thuộc đối tượng được yêu cầu giải quyết thủ tục này."),
    (RequestSupplement, "Ảnh chụp bị mờ, không đọc được nội dung."),
    (RequestSupplement, "Giấy tờ thiếu trang hoặc thiếu chữ ký, con dấu."),
    (RequestSupplement, "Thông tin trên giấy tờ không khớp với tờ khai."),
    (Stop, "Chờ kết luận của cơ quan có thẩm quyền."),
    (Stop, "Người yêu cầu đề nghị tạm dừng giải quyết hồ sơ."),
    (Decline, "Không đủ điều kiện giải quyết theo quy định của pháp luật."),
    (Extend, "Chưa nhận được kết quả xác minh của nơi thường trú trước đây."),
    (Extend, "Hồ sơ có tình tiết phức tạp, cần thêm thời gian thẩm tra."),
    (CancelCharge, "Khoản thu được lập nhầm, người nộp không phải nộp."),
    (CancelCharge, "Người nộp thuộc diện được miễn khoản thu này."),
    (SendBack, "Dự thảo kết quả ghi chưa đúng thông tin trong hồ sơ, đề nghị sửa lại."),
    (SendBack, "Hồ sơ chưa có kết quả xác minh, đề nghị bổ sung trước khi trình ký."),
    (GiveBack, "Được phân công việc khác, đề nghị đồng nghiệp nhận hồ sơ."),
    (Correct, "Kết quả đã cấp có sai sót chính tả so với hồ sơ lưu."),
];

/// Loads them, unless the ward has phrases already.
pub async fn load(config: Config, life: Life) -> Result<()> {
    let pool = pg::Pool::new(&config.backend.database)?;
    pool.transaction(async |conn| begin(conn, &life).await).await
}

async fn begin(conn: &mut AsyncPgConnection, life: &Life) -> Result<()> {
    let (code, vi, en) = AGENCY;
    let agency: AgencyCode = code.parse()?;
    if phrases::count(conn, &agency).await? > 0 {
        return Ok(());
    }
    if agencies::name(conn, &agency).await?.is_none() {
        let (name, contact) = (LocalText::new(vi, en), AgencyContact::default());
        agencies::note(conn, &AgencyOpened { agency: agency.clone(), name, parent: None, contact }).await?;
    }
    let added_at = life.clock.now();
    for (action, text) in PHRASES {
        let (agency, text) = (agency.clone(), (*text).to_owned());
        let phrase = Phrase { id: life.new_id(), agency, action: *action, text, added_by: Uuid::nil(), added_at };
        phrases::insert(conn, &phrase).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_that_is_given_a_reason_has_a_phrase() {
        for action in PhraseAction::ALL {
            assert!(PHRASES.iter().any(|(phrased, _)| phrased == action), "{action:?}");
        }
    }
}
