//! What was booked as a spreadsheet, with Vietnamese headings. Texts are written as texts: nothing in them can be a formula.

use civic::VIETNAM;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::{
    domain::ledger::Purpose,
    store::figures::{Booked, Figure},
};

/// What spreadsheets are, for browsers.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const TOTALS: [(&str, f64); 4] = [("Kênh", 24.0), ("Nội dung", 28.0), ("Số giao dịch", 14.0), ("Số tiền (đồng)", 18.0)];
const ROWS: [(&str, f64); 7] = [
    ("Thời gian", 18.0),
    ("Mã hồ sơ", 24.0),
    ("Kênh", 20.0),
    ("Nội dung", 28.0),
    ("Số tiền (đồng)", 18.0),
    ("Số tham chiếu", 28.0),
    ("Mã bút toán", 38.0),
];

/// The bytes of a spreadsheet: a sheet of figures, and one of transfers.
///
/// # Errors
/// When there is more in it than a spreadsheet takes.
pub fn spreadsheet(figures: &[Figure], rows: &[Booked]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let amount = Format::new().set_num_format("#,##0");
    let moment = Format::new().set_num_format("dd/mm/yyyy hh:mm:ss");
    let sheet = headed(&mut workbook, "Tổng hợp", &TOTALS)?;
    for (line, figure) in (1..).zip(figures) {
        sheet.write_string(line, 0, &figure.channel)?.write_string(line, 1, words(figure.purpose))?;
        sheet.write_number(line, 2, figure.transfers)?;
        write_amount(sheet, line, 3, figure.amount, &amount)?;
    }
    let sheet = headed(&mut workbook, "Giao dịch", &ROWS)?;
    for (line, row) in (1..).zip(rows) {
        let at = row.created_at.with_timezone(&VIETNAM).naive_local();
        sheet.write_datetime_with_format(line, 0, at, &moment)?;
        sheet.write_string(line, 1, row.code.as_str())?.write_string(line, 2, &row.channel)?;
        sheet.write_string(line, 3, words(row.purpose))?;
        write_amount(sheet, line, 4, row.amount, &amount)?;
        sheet.write_string(line, 5, row.number.as_deref().unwrap_or_default())?;
        sheet.write_string(line, 6, row.id.to_string())?;
    }
    workbook.save_to_buffer()
}

fn headed<'a>(
    workbook: &'a mut Workbook,
    name: &str,
    columns: &[(&str, f64)],
) -> Result<&'a mut rust_xlsxwriter::Worksheet, XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    for (column, (heading, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, *width)?.write_string_with_format(0, column, *heading, &bold)?;
    }
    Ok(sheet)
}

/// Twelve digits are whole in a number of a spreadsheet.
#[allow(clippy::cast_precision_loss, reason = "an amount has twelve digits, a float fifteen")]
fn write_amount(
    sheet: &mut rust_xlsxwriter::Worksheet,
    line: u32,
    column: u16,
    amount: civic::Vnd,
    format: &Format,
) -> Result<(), XlsxError> {
    sheet.write_number_with_format(line, column, amount.dong() as f64, format)?;
    Ok(())
}

const fn words(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Capture => "Thu phí, lệ phí",
        Purpose::Surplus => "Thu thừa, phải hoàn trả",
        Purpose::Refund => "Hoàn trả",
        Purpose::Reversal => "Thu nhầm, trả lại tại quầy",
    }
}
