//! The sentences of an explanation, in the words of an office.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use civic::{DossierStatus, LocalText, TimeLimit, VIETNAM};

use super::StepKind;

const WEEKDAYS: [(&str, &str); 7] = [
    ("thứ Hai", "Mon"),
    ("thứ Ba", "Tue"),
    ("thứ Tư", "Wed"),
    ("thứ Năm", "Thu"),
    ("thứ Sáu", "Fri"),
    ("thứ Bảy", "Sat"),
    ("Chủ nhật", "Sun"),
];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn said(vi: String, en: String) -> LocalText {
    LocalText { vi, en }
}

fn day(date: NaiveDate) -> (String, String) {
    let place = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or_default();
    let (vi, en) = WEEKDAYS.get(place).copied().unwrap_or_default();
    let month = MONTHS.get(usize::try_from(date.month0()).unwrap_or_default()).copied().unwrap_or_default();
    (format!("{vi}, {}", date.format("%d/%m/%Y")), format!("{en} {} {month} {}", date.day(), date.year()))
}

fn moment(at: DateTime<Utc>) -> (String, String) {
    let local = at.with_timezone(&VIETNAM);
    let (vi, en) = day(local.date_naive());
    let (hour, minute) = (local.hour(), local.minute());
    (format!("{hour:02}:{minute:02} {vi}"), format!("{en} {hour:02}:{minute:02}"))
}

fn short(date: &NaiveDate) -> (String, String) {
    let month = MONTHS.get(usize::try_from(date.month0()).unwrap_or_default()).copied().unwrap_or_default();
    (format!("{}/{}", date.day(), date.month()), format!("{} {month}", date.day()))
}

fn lasting(minutes: i64) -> (String, String) {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, rest) => (format!("{rest} phút"), format!("{rest} min")),
        (hours, 0) => (format!("{hours} giờ"), format!("{hours} h")),
        (hours, rest) => (format!("{hours} giờ {rest} phút"), format!("{hours} h {rest} min")),
    }
}

/// That it came.
pub fn arrived(kind: StepKind, at: DateTime<Utc>) -> LocalText {
    let (vi, en) = moment(at);
    match kind {
        StepKind::Received => said(format!("Tiếp nhận lúc {vi}."), format!("Received {en}.")),
        _ => said(
            format!(
                "Nộp lúc {vi}, chưa tiếp nhận; ngày hẹn dưới đây là dự kiến, thời gian được tính từ khi cơ quan tiếp nhận."
            ),
            format!("Filed {en}, not received yet: the date below is expected; the time counts from the receipt on."),
        ),
    }
}

/// That the agency was closed.
pub fn opened(at: DateTime<Utc>) -> LocalText {
    let (vi, en) = moment(at);
    said(
        format!("Ngoài giờ làm việc nên được tính là đến lúc {vi}."),
        format!("That was outside working hours, so it counts as {en}."),
    )
}

/// What the time limit gives.
pub fn counted(limit: TimeLimit, from: DateTime<Utc>, due: DateTime<Utc>) -> LocalText {
    let (start, (due_vi, due_en)) = (moment(from), moment(due));
    let (day_vi, day_en) = day(from.with_timezone(&VIETNAM).date_naive());
    match limit {
        TimeLimit::SameDay { cut_off } => {
            let hour = cut_off.format("%H:%M");
            said(
                format!("Giải quyết trong ngày; đến sau {hour} thì tính sang ngày làm việc tiếp theo: hạn {due_vi}."),
                format!(
                    "To be done the same day; what comes after {hour} counts for the next working day: due {due_en}."
                ),
            )
        }
        TimeLimit::WorkingDays { days } => said(
            format!("Tính từ {day_vi} (ngày tiếp nhận không tính), {days} ngày làm việc: hạn {due_vi}."),
            format!("Counted from {day_en} (the day of receipt does not count): {days} working days, due {due_en}."),
        ),
        TimeLimit::CalendarDays { days } => said(
            format!(
                "Tính từ {day_vi}, {days} ngày; ngày cuối là ngày nghỉ thì lùi đến ngày làm việc tiếp theo: hạn {due_vi}."
            ),
            format!(
                "Counted from {day_en}: {days} days; if the last is a day off, the next working day: due {due_en}."
            ),
        ),
        TimeLimit::WorkingHours { hours } => said(
            format!("Tính từ {}, {hours} giờ làm việc: hạn {due_vi}.", start.0),
            format!("Counted from {}: {hours} working hours, due {due_en}.", start.1),
        ),
    }
}

/// Which days are left out.
pub fn days_off(off: &[NaiveDate], saturdays_count: bool) -> LocalText {
    let (rest_vi, rest_en) =
        if saturdays_count { ("Chủ nhật", "Sundays") } else { ("thứ Bảy, Chủ nhật", "Saturdays, Sundays") };
    let (vi, en): (Vec<_>, Vec<_>) = off.iter().map(short).unzip();
    if off.is_empty() {
        return said(format!("Không tính {rest_vi}."), format!("{rest_en} are not counted."));
    }
    said(
        format!("Không tính {rest_vi} và ngày nghỉ {}.", vi.join(", ")),
        format!("{rest_en} and {} are not counted.", en.join(", ")),
    )
}

/// Why the time stood still.
fn why(status: DossierStatus) -> (&'static str, &'static str) {
    match status {
        DossierStatus::SupplementRequested => ("chờ bổ sung giấy tờ", "papers asked for"),
        DossierStatus::FeeDue => ("chờ nộp phí, lệ phí", "fee to be paid"),
        _ => ("dừng giải quyết", "stopped"),
    }
}

/// That it stood still, or does, with so many minutes left; and the new date, unless the work ended with it.
pub fn stood_still(
    status: DossierStatus,
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    left: i64,
    due: Option<DateTime<Utc>>,
) -> LocalText {
    let ((why_vi, why_en), (from_vi, from_en), (left_vi, left_en)) = (why(status), moment(from), lasting(left));
    let Some((until_vi, until_en)) = until.map(moment) else {
        return said(
            format!(
                "Tạm dừng tính thời gian từ {from_vi} ({why_vi}); còn {left_vi} làm việc, được tính tiếp khi tiếp tục giải quyết."
            ),
            format!(
                "Stands still since {from_en} ({why_en}); {left_en} of working time left, counted again when it goes on."
            ),
        );
    };
    let Some((due_vi, due_en)) = due.map(moment) else {
        return said(
            format!("Tạm dừng từ {from_vi} ({why_vi}); kết thúc giải quyết lúc {until_vi} khi còn {left_vi} làm việc."),
            format!(
                "Stood still from {from_en} ({why_en}); the work ended {until_en} with {left_en} of working time left."
            ),
        );
    };
    said(
        format!(
            "Tạm dừng từ {from_vi} đến {until_vi} ({why_vi}); còn {left_vi} làm việc, tính tiếp từ lúc đó: hạn mới {due_vi}."
        ),
        format!(
            "Stood still from {from_en} to {until_en} ({why_en}); {left_en} of working time left, counted from then: new date {due_en}."
        ),
    )
}

/// That the days changed on which the agency works.
pub fn recounted(was: DateTime<Utc>, is: DateTime<Utc>) -> LocalText {
    let ((was_vi, was_en), (is_vi, is_en)) = (moment(was), moment(is));
    said(
        format!("Lịch làm việc của cơ quan thay đổi: hạn trước đó là {was_vi}, nay là {is_vi}."),
        format!("The days on which the agency works changed: it was due {was_en}, now {is_en}."),
    )
}

/// That the agency took more time.
pub fn put_off(at: DateTime<Utc>, to: DateTime<Utc>) -> LocalText {
    let ((at_vi, at_en), (to_vi, to_en)) = (moment(at), moment(to));
    said(
        format!("Cơ quan xin lỗi và gia hạn lúc {at_vi}: hạn mới {to_vi}."),
        format!("The agency apologised and took more time {at_en}: new date {to_en}."),
    )
}

/// That it was taken up again, with a time of its own.
pub fn restarted(at: DateTime<Utc>, to: DateTime<Utc>) -> LocalText {
    let ((at_vi, at_en), (to_vi, to_en)) = (moment(at), moment(to));
    said(
        format!("Cơ quan mở lại hồ sơ để đính chính lúc {at_vi}, thời hạn tính lại từ đầu: hạn mới {to_vi}."),
        format!("The agency took it up again to correct it {at_en}, and its time began anew: new date {to_en}."),
    )
}

/// The result.
pub fn due(at: DateTime<Utc>, binding: bool) -> LocalText {
    let (vi, en) = moment(at);
    if binding {
        said(format!("Hẹn trả kết quả: {vi}."), format!("Due {en}."))
    } else {
        said(format!("Dự kiến trả kết quả: {vi}."), format!("Expected {en}."))
    }
}
