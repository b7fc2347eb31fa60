//! `GET /api/v1/receipts/{id}/document`

use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use anyhow::Error;
use civic::{VIETNAM, Vnd};
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
        agencies, orders,
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
    let agency = agencies::name(conn, &receipt.agency).await?.unwrap_or_else(|| receipt.agency.to_string());
    let lines = orders::lines(conn, receipt.order_id).await?;
    let waived = waivers::waived_by(conn, receipt.order_id, receipt.issued_at).await?;
    let due = Vnd::sum(lines.iter().map(|line| line.amount)).and_then(|all| all.checked_sub(waived));
    let due = due.unwrap_or(receipt.amount);
    let replaces = match receipt.replaces {
        Some(id) => receipts::find(conn, id).await?.map(|before| printed(before.number)),
        None => None,
    };
    Ok(FeeReceipt {
        letterhead: Letterhead {
            agency,
            superior: None,
            place: None,
            date: receipt.issued_at.with_timezone(&VIETNAM).date_naive(),
        },
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
        replaces,
        invalid: match receipt.state {
            ReceiptState::Issued => None,
            ReceiptState::Cancelled => Some("BIÊN LAI ĐÃ HỦY".to_owned()),
            ReceiptState::Replaced => Some("BIÊN LAI ĐÃ ĐƯỢC THAY THẾ".to_owned()),
        },
    })
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
