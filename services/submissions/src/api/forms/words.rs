//! How forms say what rows hold, in Vietnamese: the language of administrative documents.

use civic::{OpeningHours, TimeLimit, Vnd, WorkingCalendar};

use crate::domain::actions::{choose_return::WantedReturn, return_result::ReturnWay};

/// What a place is called behind the kind of its unit.
const UNITS: [&str; 5] = ["phường ", "xã ", "đặc khu ", "tỉnh ", "thành phố "];

/// How long a procedure takes.
pub fn time_limit(limit: TimeLimit) -> String {
    match limit {
        TimeLimit::SameDay { cut_off } => {
            format!("trong ngày làm việc; nhận sau {} thì trong ngày làm việc tiếp theo", cut_off.format("%H giờ %M"))
        }
        TimeLimit::WorkingDays { days } => format!("{days} ngày làm việc"),
        TimeLimit::CalendarDays { days } => format!("{days} ngày"),
        TimeLimit::WorkingHours { hours } => format!("{hours} giờ làm việc"),
    }
}

/// How a result is wanted: behind "Đăng ký nhận kết quả tại".
pub fn return_way(wanted: &WantedReturn) -> String {
    match wanted.way {
        ReturnWay::Counter => "Bộ phận tiếp nhận và trả kết quả (trực tiếp)".to_owned(),
        ReturnWay::Digital => "Trực tuyến (bản điện tử)".to_owned(),
        ReturnWay::Post => {
            let address = wanted.address.iter().map(|address| format!("địa chỉ: {}", one_line(address)));
            let phone = wanted.phone.iter().map(|phone| format!("điện thoại: {}", phone.as_str()));
            ["Qua dịch vụ bưu chính".to_owned()].into_iter().chain(address).chain(phone).collect::<Vec<_>>().join("; ")
        }
    }
}

/// An address of several lines in one: no comma twice, no gaps.
fn one_line(address: &str) -> String {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = address.lines().map(|line| words(line).trim_matches([',', ' ']).to_owned());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// When an agency is open, as `07 giờ 00 – 11 giờ 30, 13 giờ 30 – 17 giờ 00 các ngày làm việc`.
pub fn hours(calendar: &WorkingCalendar) -> String {
    let said = |hours: &OpeningHours| {
        let sessions = hours.sessions().iter();
        let session =
            |it: &civic::Session| format!("{} – {}", it.opens.format("%H giờ %M"), it.closes.format("%H giờ %M"));
        sessions.map(session).collect::<Vec<_>>().join(", ")
    };
    let saturday = calendar.saturday_hours.as_ref().map(|hours| format!("; thứ Bảy: {}", said(hours)));
    format!("{} các ngày làm việc{}", said(&calendar.hours), saturday.unwrap_or_default())
}

/// An amount, as `16.000 đồng`.
pub fn dong(amount: Vnd) -> String {
    let digits = amount.dong().to_string();
    let mut said = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            said.push('.');
        }
        said.push(digit);
    }
    format!("{said} đồng")
}

/// Where an agency is, as it stands before the date: what its name calls its commune or province. None where its name does not
/// say it.
pub fn place(agency: &str) -> Option<String> {
    let name = agency.split('(').next().unwrap_or_default().trim();
    let behind = |unit: &&str| {
        let at = name.to_lowercase().rfind(*unit)?;
        // Lower case is as long as upper case in Vietnamese.
        name.get(at + unit.len()..).map(|place| (at, place.trim().to_owned()))
    };
    let (_, place) = UNITS.iter().filter_map(behind).max()?;
    Some(place).filter(|place| !place.is_empty())
}

#[cfg(test)]
mod tests {
    use civic::Vnd;

    use super::{dong, one_line, place};

    #[test]
    fn an_address_stands_in_one_line_without_gaps_and_doubled_commas() {
        for (typed, line) in [
            ("Số 12,\n\n\n đường   Nguyễn\tTất Thành", "Số 12, đường Nguyễn Tất Thành"),
            ("Tổ 5\nphường Đồi Chè,", "Tổ 5, phường Đồi Chè"),
            ("Tổ 5", "Tổ 5"),
        ] {
            assert_eq!(one_line(typed), line);
        }
    }

    #[test]
    fn amounts_are_said_with_a_point_after_thousands() {
        for (amount, said) in [(0, "0 đồng"), (500, "500 đồng"), (16_000, "16.000 đồng"), (1_250_000, "1.250.000 đồng")]
        {
            assert_eq!(dong(Vnd::new(amount).expect("an amount")), said);
        }
    }

    #[test]
    fn an_agency_is_where_its_name_says() {
        for (agency, there) in [
            ("Ủy ban nhân dân phường Đồi Chè (minh họa)", Some("Đồi Chè")),
            ("Phường Việt Trì", Some("Việt Trì")),
            ("Trung tâm Phục vụ hành chính công xã Suối Mây, tỉnh Phú Thọ", Some("Phú Thọ")),
            ("Ủy ban nhân dân thành phố Hà Nội", Some("Hà Nội")),
            ("Sở Tư pháp", None),
        ] {
            assert_eq!(place(agency).as_deref(), there, "{agency}");
        }
    }
}
