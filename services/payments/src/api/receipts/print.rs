//! `GET /api/v1/receipts/{id}/document`

use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use anyhow::Error;
use civic::{VIETNAM, Vnd, events::FeeLine};
use diesel_async::AsyncPgConnection;
use documents::{FeeReceipt, FeeReceiptLine, Form, Letterhead, PrintError, fingerprint};
use edge::{Problem, SignedIn, is_known, kinds};
use utoipa::ToSchema;
use uuid::Uuid;

use super::may_see;
use crate::{
    app::App,
    domain::{
        provider::ProviderName,
        receipt::{ReceiptState, printed},
    },
    error,
    store::{
        agencies::{self, Collector},
        orders,
        receipts::{self, Receipt},
        waivers,
    },
};

/// The bytes of a receipt.
#[derive(Debug, ToSchema)]
#[schema(as = FeeReceiptFile, value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes a body")]
pub struct ReceiptBytes(Vec<u8>);

edge::failures![error::RECEIPT_NOT_FOUND];

/// Print a receipt
///
/// The receipt as a PDF (PDF/UA, PDF/A), to whoever paid and to the officials of its agency who see its money. One that is not valid any
/// more says so.
#[utoipa::path(
    operation_id = "print_receipt",
    tag = "receipts",
    params(("id" = Uuid, Path, description = "The receipt")),
    responses((status = 200, description = "The receipt", content((ReceiptBytes = "application/pdf")), headers(
        ("ETag" = String, description = "What tells this receipt from any other, for `If-None-Match`"),
        ("Content-Disposition" = String, description = "`attachment`, with its name: symbol and number"),
    )), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/receipts/{id}/document")]
pub async fn print_receipt(
    app: web::Data<App>,
    caller: SignedIn,
    id: web::Path<Uuid>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut conn = app.pool.get().await?;
    let receipt = receipts::find(&mut conn, *id).await?.filter(|receipt| may_see(caller.0, receipt));
    let receipt = receipt.ok_or(error::RECEIPT_NOT_FOUND)?;
    let name = format!("bien-lai-{}-{}.pdf", receipt.symbol.replace('/', "-"), printed(receipt.number));
    let form = Form::FeeReceipt(form(&mut conn, receipt).await?);
    drop(conn);
    pdf(&app, &request, &name, vec![form]).await
}

async fn form(conn: &mut AsyncPgConnection, receipt: Receipt) -> Result<FeeReceipt, pg::Error> {
    let collector = agencies::collector(conn, &receipt.agency).await?;
    let lines = orders::lines(conn, receipt.order_id).await?;
    let waived = waivers::waived_by(conn, receipt.order_id, receipt.issued_at).await?;
    let replaces = match receipt.replaces {
        Some(id) => receipts::find(conn, id).await?.map(|before| printed(before.number)),
        None => None,
    };
    Ok(FeeReceipt { replaces, ..filled(receipt, collector, lines, waived) })
}

/// What stands on a receipt by itself: who collects, for what, of how much.
fn filled(receipt: Receipt, agency: Option<Collector>, lines: Vec<FeeLine>, waived: Vnd) -> FeeReceipt {
    let due = Vnd::sum(lines.iter().map(|line| line.amount)).and_then(|all| all.checked_sub(waived));
    let due = due.unwrap_or(receipt.amount);
    FeeReceipt {
        letterhead: Letterhead {
            agency: agency.as_ref().map_or_else(|| receipt.agency.to_string(), |agency| agency.name.clone()),
            superior: None,
            address: agency.as_ref().and_then(|agency| agency.address.clone()),
            phone: None,
            place: None,
            date: receipt.issued_at.with_timezone(&VIETNAM).date_naive(),
        },
        agency_tax_number: agency.and_then(|agency| agency.tax_number).map(|number| number.as_str().to_owned()),
        symbol: receipt.symbol,
        number: printed(receipt.number),
        code: receipt.code.to_string(),
        payer_name: receipt.payer_name,
        payer_address: receipt.payer_address,
        payer_number: receipt.payer_number,
        lines: lines
            .into_iter()
            .map(|line| FeeReceiptLine { name: line.name.vi, quantity: line.quantity, amount: line.amount.to_string() })
            .collect(),
        waived: Some(waived).filter(|waived| !waived.is_zero()).map(|waived| waived.to_string()),
        part_of: Some(due).filter(|due| *due != receipt.amount).map(|due| due.to_string()),
        total: receipt.amount.to_string(),
        in_words: documents::amount_in_words(receipt.amount),
        way: way(receipt.way).to_owned(),
        paid_at: receipt.paid_at,
        collector: receipt.collector,
        replaces: None,
        invalid: match receipt.state {
            ReceiptState::Issued => None,
            ReceiptState::Cancelled => Some("BIÊN LAI ĐÃ HỦY".to_owned()),
            ReceiptState::Replaced => Some("BIÊN LAI ĐÃ ĐƯỢC THAY THẾ".to_owned()),
        },
    }
}

fn way(provider: ProviderName) -> &'static str {
    match provider {
        ProviderName::Cash => "Tiền mặt",
        ProviderName::CardTerminal => "Quẹt thẻ tại quầy",
        _ => "Thanh toán trực tuyến, chuyển khoản",
    }
}

/// Who has it already is not sent it again, and nothing is printed.
async fn pdf(app: &App, request: &HttpRequest, name: &str, forms: Vec<Form>) -> Result<HttpResponse, Problem> {
    let etag = format!("\"{}\"", fingerprint(&forms).map_err(Error::from)?);
    if is_known(request.headers(), &etag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, etag)).finish());
    }
    let printed = app.printer.print(forms).await.map_err(|why| match why {
        PrintError::Busy => Problem::from(kinds::UNAVAILABLE).retry_after(2),
        why => Error::from(why).into(),
    })?;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::ETAG, etag))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header(("content-security-policy", "sandbox; default-src 'none'"))
        .body(printed))
}

#[cfg(test)]
mod tests {
    use civic::LocalText;

    use super::*;

    #[test]
    fn a_receipt_says_who_collects_with_the_tax_number_and_of_how_much_it_is_a_part() {
        let dong = |amount| Vnd::new(amount).expect("an amount");
        let at = "2026-07-21T03:00:00Z".parse().expect("a moment");
        let receipt = Receipt {
            id: Uuid::from_u128(1),
            agency: "H44.100".parse().expect("a code"),
            symbol: "01BLP0-001".into(),
            year: 2026,
            number: 42,
            attempt_id: Uuid::from_u128(2),
            order_id: Uuid::from_u128(3),
            code: "H44.100-260721-0001".parse().expect("a code"),
            payer_kind: civic::PartyKind::Person,
            payer_id: Uuid::from_u128(4),
            payer_name: "Nguyễn Văn An".into(),
            payer_address: None,
            payer_number: None,
            amount: dong(10_000),
            way: ProviderName::Cash,
            collector: Some("Trần Thị Thu".into()),
            paid_at: at,
            issued_at: at,
            state: ReceiptState::Issued,
            replaces: None,
            ended_at: None,
            ended_by: None,
            ended_reason: None,
        };
        let agency = Collector {
            name: "Ủy ban nhân dân phường Đồi Chè".into(),
            address: Some("Số 12 đường Hùng Vương".into()),
            tax_number: "0100109106".parse().ok(),
        };
        let name = LocalText::new("Lệ phí", "Fee");
        let line = FeeLine { name, quantity: 2, unit_amount: dong(8_000), amount: dong(16_000), legal_basis: None };
        let form = filled(receipt.clone(), Some(agency), vec![line.clone()], dong(4_000));
        assert_eq!(form.letterhead.agency, "Ủy ban nhân dân phường Đồi Chè");
        assert_eq!(form.letterhead.address.as_deref(), Some("Số 12 đường Hùng Vương"));
        assert_eq!(form.agency_tax_number.as_deref(), Some("0100109106"));
        assert_eq!((form.number.as_str(), form.total.as_str()), ("0000042", dong(10_000).to_string().as_str()));
        assert_eq!(form.part_of, Some(dong(12_000).to_string()));
        // What accounts has not told is left to be filled by hand.
        let unknown = filled(receipt, None, vec![line], Vnd::ZERO);
        assert_eq!((unknown.letterhead.agency.as_str(), unknown.agency_tax_number), ("H44.100", None));
    }
}
