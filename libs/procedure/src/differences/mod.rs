//! What a version says otherwise than the one before, in words.

mod asked;
mod charged;
mod words;
mod worked;

use civic::LocalText;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Procedure;
use words::{became, say};

civic::closed_list! {
    /// The part of a procedure that differs.
    pub enum DifferentPart: "a part of a procedure" {
        /// What it is: its name, what it is for, who carries it out.
        Description = "DESCRIPTION",
        /// What it costs.
        Fees = "FEES",
        /// How long it takes.
        TimeLimits = "TIME_LIMITS",
        /// Which papers are asked for.
        Papers = "PAPERS",
        /// What the form asks for.
        Form = "FORM",
        /// How an agency works through it.
        Process = "PROCESS",
        /// What comes out of it.
        Result = "RESULT",
        /// The law it rests on.
        LegalBasis = "LEGAL_BASIS",
    }
}

/// One thing that a version says otherwise than the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProcedureDifference)]
pub struct Difference {
    /// Of which part it is.
    pub part: DifferentPart,
    /// What became of it.
    pub text: LocalText,
}

impl Procedure {
    /// What this version says otherwise than `before`, what concerns people most first.
    #[must_use]
    pub fn differences(&self, before: &Self) -> Vec<Difference> {
        let parts = [
            (DifferentPart::Fees, charged::fees(before, self)),
            (DifferentPart::TimeLimits, charged::limits(before, self)),
            (DifferentPart::Papers, asked::papers(before, self)),
            (DifferentPart::Form, asked::fields(before, self)),
            (DifferentPart::Process, worked::stages(before, self)),
            (DifferentPart::Result, result(before, self)),
            (DifferentPart::LegalBasis, lines("căn cứ pháp lý", "legal basis", &before.legal_basis, &self.legal_basis)),
            (DifferentPart::Description, description(before, self)),
        ];
        let said =
            parts.into_iter().flat_map(|(part, texts)| texts.into_iter().map(move |text| Difference { part, text }));
        said.collect()
    }
}

fn result(before: &Procedure, after: &Procedure) -> Vec<LocalText> {
    let mut texts = Vec::new();
    if before.result.name != after.result.name {
        texts.push(became(&say("Kết quả", "Result"), &quoted(&before.result.name), &quoted(&after.result.name)));
    }
    if before.result.code != after.result.code {
        texts.push(say("Mã kết quả thay đổi.", "The code of the result is another."));
    }
    if before.draft_days != after.draft_days {
        let days = |days: Option<u16>| {
            days.map_or_else(
                || say("không có", "none"),
                |days| say(format!("{days} ngày làm việc"), format!("{days} working days")),
            )
        };
        let what = say("Thời gian xác nhận bản dự thảo", "Time to confirm a draft");
        texts.push(became(&what, &days(before.draft_days), &days(after.draft_days)));
    }
    texts
}

fn description(before: &Procedure, after: &Procedure) -> Vec<LocalText> {
    let mut texts = Vec::new();
    if before.name != after.name {
        texts.push(became(&say("Tên thủ tục", "Name"), &quoted(&before.name), &quoted(&after.name)));
    }
    if before.field != after.field {
        texts.push(became(&say("Lĩnh vực", "Field"), &quoted(&before.field.name), &quoted(&after.field.name)));
    }
    if before.effective_from != after.effective_from {
        let (from, to) = (words::day(before.effective_from), words::day(after.effective_from));
        texts.push(became(&say("Ngày có hiệu lực", "In force from"), &from, &to));
    }
    texts.extend(lines("bước thực hiện", "step", &before.steps, &after.steps));
    let others = [
        (before.description != after.description, say("Phần mô tả thay đổi.", "The description is another.")),
        (before.kind != after.kind, say("Mức độ trực tuyến thay đổi.", "How much of it is done online is another.")),
        (before.levels != after.levels, say("Cấp thực hiện thay đổi.", "Other levels of government carry it out.")),
        (before.subjects != after.subjects, say("Đối tượng thực hiện thay đổi.", "Others may ask for it.")),
        (
            before.life_events != after.life_events,
            say("Sự kiện cuộc đời thay đổi.", "It belongs to other life events."),
        ),
        (before.also_called != after.also_called, say("Tên gọi thường dùng thay đổi.", "It is found by other words.")),
        (before.replaces != after.replaces, say("Các mã cũ thay đổi.", "It is found by other former codes.")),
        (
            before.effective_until != after.effective_until,
            say("Ngày hết hiệu lực thay đổi.", "The day on which it ends is another."),
        ),
        (
            before.non_territorial != after.non_territorial,
            say("Phạm vi nơi nộp hồ sơ thay đổi.", "Where a dossier may be handed in is another."),
        ),
    ];
    texts.extend(others.into_iter().filter(|(differs, _)| *differs).map(|(_, text)| text));
    texts
}

/// Lines that came and went; that they stand in another order, when that is all.
fn lines(vi: &str, en: &str, before: &[LocalText], after: &[LocalText]) -> Vec<LocalText> {
    let new = after.iter().filter(|line| !before.contains(line));
    let new = new.map(|line| say(format!("Thêm {vi}: {}", line.vi), format!("New {en}: {}", line.en)));
    let gone = before.iter().filter(|line| !after.contains(line));
    let gone = gone.map(|line| say(format!("Bỏ {vi}: {}", line.vi), format!("No {en} any more: {}", line.en)));
    let texts: Vec<_> = new.chain(gone).collect();
    if texts.is_empty() && before != after {
        return vec![say(format!("Thứ tự {vi} thay đổi."), format!("The order of the {en} is another."))];
    }
    texts
}

fn quoted(text: &LocalText) -> LocalText {
    say(format!("“{}”", text.vi), format!("“{}”", if text.en.is_empty() { &text.vi } else { &text.en }))
}
