//! The forms of the one-stop mechanism (numbered as Circular 03/2025/TT-VPCP does), and what stands on each. What is not known is left
//! out: on the paper a dotted line stands there, to be filled by hand.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::words;

/// A form, filled.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "form", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Form {
    /// 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt(Receipt),
    /// 02, Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    Supplement(Supplement),
    /// 03, Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal(Refusal),
    /// 04, Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết.
    Extension(Extension),
    /// 05, Thông báo dừng giải quyết hồ sơ.
    Stopping(Stopping),
    /// 06, Phiếu kiểm soát quá trình giải quyết hồ sơ.
    Routing(Routing),
    /// 07, Sổ theo dõi hồ sơ.
    Register(Register),
}

/// The head of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letterhead {
    /// The agency.
    pub agency: String,
    /// The agency above it.
    pub superior: Option<String>,
    /// The name of the place.
    pub place: Option<String>,
    /// The day of what the form is about.
    #[serde(serialize_with = "words::letters")]
    pub date: NaiveDate,
}

/// Whose dossier it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Applicant {
    /// The name.
    pub name: String,
    /// Where the applicant lives, or has its seat.
    pub address: Option<String>,
    /// The phone.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
}

/// What stands on every form about a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// The head.
    pub letterhead: Letterhead,
    /// The dossier's code.
    pub code: String,
    /// The address where anybody follows the dossier, as the QR code has it. It holds no secret.
    pub tracking: String,
    /// Whose dossier it is.
    pub applicant: Applicant,
    /// The name of the procedure.
    pub procedure: String,
}

/// Form 01.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Receipt {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// The papers that were handed in.
    pub papers: Vec<Paper>,
    /// How long the procedure takes.
    pub time_limit: String,
    /// When the dossier was received.
    #[serde(serialize_with = "words::full")]
    pub received_at: DateTime<Utc>,
    /// When the result was promised.
    #[serde(serialize_with = "words::full")]
    pub due_at: DateTime<Utc>,
    /// When it is due by now, if that is another moment.
    #[serde(serialize_with = "words::full_if_any")]
    pub due_now: Option<DateTime<Utc>>,
    /// How the applicant wants to get the result.
    pub return_way: Option<String>,
    /// The official who received it.
    pub receiver: Option<String>,
}

/// A paper that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// What it is.
    pub name: String,
    /// How many of it.
    pub count: usize,
    /// Of which type: original, copy, electronic.
    pub kind: String,
}

/// Form 02.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Supplement {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// The papers that are asked for.
    pub papers: Vec<WantedPaper>,
    /// What else is said.
    pub message: Option<String>,
    /// Until when they are waited for.
    #[serde(serialize_with = "words::full_if_any")]
    pub answer_by: Option<DateTime<Utc>>,
    /// The phone of whoever helps.
    pub contact: Option<String>,
    /// The official who asks.
    pub official: Option<String>,
}

/// A paper that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WantedPaper {
    /// What it is.
    pub name: String,
    /// Why.
    pub reason: String,
    /// What to do about it.
    pub guidance: String,
}

/// Form 03.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Refusal {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// Why it is not received, by the law.
    pub reason: Option<String>,
    /// The official who refused.
    pub official: Option<String>,
}

/// Form 04.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extension {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// When it was received.
    #[serde(serialize_with = "words::full_if_any")]
    pub received_at: Option<DateTime<Utc>>,
    /// This one.
    #[serde(flatten)]
    pub extended: Extended,
    /// Those before it.
    pub earlier: Vec<Extended>,
    /// Who signs.
    pub signer: Option<String>,
}

/// More time that is asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extended {
    /// When the result was due.
    #[serde(serialize_with = "words::full_if_any")]
    pub due_before: Option<DateTime<Utc>>,
    /// When it is due now.
    #[serde(serialize_with = "words::full_if_any")]
    pub due_after: Option<DateTime<Utc>>,
    /// Why.
    pub reason: String,
}

/// Form 05.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stopping {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// When it was received.
    #[serde(serialize_with = "words::full_if_any")]
    pub received_at: Option<DateTime<Utc>>,
    /// Who asked for it.
    pub asked_by: String,
    /// Since when the work stands still.
    #[serde(serialize_with = "words::full")]
    pub stopped_at: DateTime<Utc>,
    /// What was being done.
    pub stage: String,
    /// Why.
    pub reason: Option<String>,
    /// What was decided.
    pub decision: String,
    /// What becomes of the fee.
    pub fee: String,
    /// The official.
    pub official: Option<String>,
}

/// Form 06.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Routing {
    /// The dossier.
    #[serde(flatten)]
    pub about: About,
    /// The agencies that are consulted.
    pub consulted: Option<String>,
    /// When the dossier was received.
    #[serde(serialize_with = "words::full_if_any")]
    pub received_at: Option<DateTime<Utc>>,
    /// When its result is due.
    #[serde(serialize_with = "words::full")]
    pub due_at: DateTime<Utc>,
    /// Who gave it to whom.
    pub handovers: Vec<Handover>,
}

/// A line of form 06.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Handover {
    /// Who gave it.
    pub giver: Option<String>,
    /// Who took it.
    pub receiver: Option<String>,
    /// When.
    #[serde(serialize_with = "words::full")]
    pub handed_over_at: DateTime<Utc>,
    /// Whether the giver's part was done in time.
    pub outcome: Option<Outcome>,
    /// What else is to be said.
    pub note: Option<String>,
}

/// Whether a part of the work was done in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Outcome {
    /// Before its last day.
    #[serde(rename = "Trước hạn")]
    Early,
    /// On its last day.
    #[serde(rename = "Đúng hạn")]
    OnTime,
    /// After it.
    #[serde(rename = "Quá hạn")]
    Late,
}

/// Form 07.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Register {
    /// The head.
    pub letterhead: Letterhead,
    /// The first day.
    #[serde(serialize_with = "words::narrow")]
    pub from: NaiveDate,
    /// The last day.
    #[serde(serialize_with = "words::narrow")]
    pub until: NaiveDate,
    /// Which part of the register it is, where it comes in several.
    pub part: Option<String>,
    /// Its lines.
    pub rows: Vec<RegisterRow>,
}

/// A line of form 07.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RegisterRow {
    /// Its number.
    pub number: usize,
    /// The dossier's code.
    pub code: String,
    /// The procedure.
    pub procedure: String,
    /// The papers handed in.
    pub papers: String,
    /// Whose dossier it is.
    #[serde(flatten)]
    pub applicant: Applicant,
    /// How it came in.
    pub channel: String,
    /// When it was received.
    #[serde(serialize_with = "words::narrow_if_any")]
    pub received_at: Option<DateTime<Utc>>,
    /// When its result is due.
    #[serde(serialize_with = "words::narrow_if_any")]
    pub due_at: Option<DateTime<Utc>>,
    /// When that was handed over.
    #[serde(serialize_with = "words::narrow_if_any")]
    pub returned_at: Option<DateTime<Utc>>,
    /// How.
    pub return_way: Option<String>,
    /// Where the dossier stands.
    pub note: String,
}

impl Form {
    /// What the form is called.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Receipt(_) => "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            Self::Supplement(_) => "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
            Self::Refusal(_) => "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
            Self::Extension(_) => "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
            Self::Stopping(_) => "Thông báo dừng giải quyết hồ sơ",
            Self::Routing(_) => "Phiếu kiểm soát quá trình giải quyết hồ sơ",
            Self::Register(_) => "Sổ theo dõi hồ sơ",
        }
    }

    /// The dossier that it is about; none for the register.
    #[must_use]
    pub fn about(&self) -> Option<&About> {
        match self {
            Self::Receipt(Receipt { about, .. })
            | Self::Supplement(Supplement { about, .. })
            | Self::Refusal(Refusal { about, .. })
            | Self::Extension(Extension { about, .. })
            | Self::Stopping(Stopping { about, .. })
            | Self::Routing(Routing { about, .. }) => Some(about),
            Self::Register(_) => None,
        }
    }

    pub(crate) fn letterhead(&self) -> &Letterhead {
        match self {
            Self::Register(register) => &register.letterhead,
            form => &form.about().expect("every other form is about a dossier").letterhead,
        }
    }
}
