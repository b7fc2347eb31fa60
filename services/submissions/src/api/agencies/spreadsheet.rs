//! Dossiers as a spreadsheet, with Vietnamese headings, as it goes to other offices. Every cell is a text or a date: nothing that an
//! applicant typed can be a formula.

use chrono::{DateTime, NaiveDateTime, Utc};
use civic::{DossierStatus, Language, VIETNAM};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::{domain::workload::Urgency, store::lists::Entry};

/// What spreadsheets are, for browsers.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The columns, with their widths.
const COLUMNS: [(&str, f64); 10] = [
    ("Mã hồ sơ", 22.0),
    ("Mã thủ tục", 12.0),
    ("Tên thủ tục", 48.0),
    ("Người nộp", 28.0),
    ("Trạng thái", 24.0),
    ("Ngày nộp", 17.0),
    ("Ngày tiếp nhận", 17.0),
    ("Hạn trả kết quả", 17.0),
    ("Ngày có kết quả", 17.0),
    ("Tình trạng hạn", 16.0),
];

/// A row: a dossier, where it stands, and how much it hurries.
pub type SheetRow = (Entry, DossierStatus, Urgency);

/// The bytes of a spreadsheet.
///
/// # Errors
/// When there is more in it than a spreadsheet takes.
pub fn spreadsheet(rows: &[SheetRow]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold().set_text_wrap();
    let moment = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let sheet = workbook.add_worksheet();
    sheet.set_name("Hồ sơ")?.set_freeze_panes(1, 0)?;
    for (column, (heading, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?.write_string_with_format(0, column, heading, &bold)?;
    }
    for (line, row) in (1..).zip(rows) {
        write(sheet, line, row, &moment)?;
    }
    workbook.save_to_buffer()
}

fn write(sheet: &mut Worksheet, line: u32, row: &SheetRow, moment: &Format) -> Result<(), XlsxError> {
    let ((row, procedure, _), status, urgency) = row;
    let code = row.code.as_deref().unwrap_or_default();
    let texts = [code, &procedure.procedure, &procedure.name_vi, &row.applicant_name, status.name(Language::Vi)];
    for (column, text) in (0..).zip(texts) {
        sheet.write_string(line, column, text)?;
    }
    let moments = [row.submitted_at, row.received_at, row.due_at, row.completed_at];
    for (column, at) in (5..).zip(moments).filter_map(|(column, at)| Some((column, at?))) {
        sheet.write_datetime_with_format(line, column, local(at), moment)?;
    }
    sheet.write_string(line, 9, words(*urgency))?;
    Ok(())
}

fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&VIETNAM).naive_local()
}

const fn words(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::NotStarted => "Chưa tính hạn",
        Urgency::OnTime => "Trong hạn",
        Urgency::DueSoon => "Sắp đến hạn",
        Urgency::Overdue => "Quá hạn",
        Urgency::Paused => "Tạm dừng tính hạn",
        Urgency::Ended => "Đã kết thúc",
    }
}
