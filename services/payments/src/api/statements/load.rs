//! `POST /api/v1/agencies/{agency}/statements`

use std::time::Duration;

use actix_web::{HttpRequest, http::header, post, web};
use chrono::NaiveDate;
use civic::{AgencyCode, LocalText};
use edge::{IdempotencyHeader, IdempotencyKey, Official, Problem, Reply, kinds};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::view::StatementView;
use crate::{
    api::books::{KeepBooks, own},
    app::App,
    changes::load_statement::{ReadFile, keys, load},
    domain::statement::{Beside, Columns, Source, Unreadable},
    error,
};

/// Bytes of a file: 200,000 lines of any provider.
const LIMIT: usize = 19 * 1024 * 1024;
/// The gateway ends what comes too slowly; this ends what does not end.
const TIMEOUT: Duration = Duration::from_secs(300);

/// What the file does not say itself.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NewStatement {
    /// Whose statement it is.
    source: Source,
    /// The file's name.
    #[param(min_length = 1, max_length = 200, example = "sao-ke-2026-07-21.csv")]
    file_name: String,
    /// The number of the account; of a CSV file of a bank or the treasury it must be said.
    #[param(pattern = "^[0-9A-Za-z./-]{1,35}$", example = "0123456789")]
    account: Option<String>,
    /// The first day that it is complete for; of the lines, if it is not said.
    from: Option<NaiveDate>,
    /// The last one.
    until: Option<NaiveDate>,
    /// What the columns of a CSV file of a bank or the treasury are called, where that is not usual.
    #[param(max_length = 500, example = "date=Ngày GD; in=Có; out=Nợ; number=Số CT; text=Nội dung")]
    columns: Option<String>,
}

/// The bytes of a statement.
#[derive(Debug, ToSchema)]
#[schema(as = StatementFile, value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes a body; it is read as it is")]
pub struct StatementFile(Vec<u8>);

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::STATEMENT_UNREADABLE, error::STATEMENT_OF_ANOTHER,];

/// Load a statement
///
/// A statement of VNPAY (CSV with the names of its protocol as headings), of a bank or of the treasury (CSV, or SWIFT MT940), whole or not
/// at all: one that cannot be read changes nothing, and the answer names its line. Each line is kept once, in whatever file it comes
/// again. Its lines are then compared with what is here; how far that has come is read at its address. The same file again is answered
/// with 200 and changes nothing.
#[utoipa::path(
    operation_id = "load_statement",
    tag = "books",
    params(("agency" = AgencyCode, Path, description = "The agency"), NewStatement, IdempotencyHeader),
    request_body(description = "The file, in UTF-8", content((StatementFile = "text/csv"), (StatementFile = "text/plain"))),
    responses(
        (status = 201, description = "It is loaded, and will be compared", body = StatementView, headers(
            ("Location" = String, description = "Where it stands"),
        )),
        (status = 200, description = "It was loaded before", body = StatementView),
        Failures
    ),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/statements")]
pub async fn load_statement(
    app: web::Data<App>,
    official: Official<KeepBooks>,
    agency: web::Path<AgencyCode>,
    query: web::Query<NewStatement>,
    key: IdempotencyKey,
    request: HttpRequest,
    body: web::Payload,
) -> Result<Reply, Problem> {
    own(&official, &agency)?;
    let query = query.into_inner();
    let beside = query.beside()?;
    is_text(&request)?;
    let bytes = edge::read_limited(body.into_inner(), LIMIT, TIMEOUT).await?;
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    let (source, name) = (query.source, query.file_name()?);
    let owner = agency.clone();
    let read =
        web::block(move || source.read(&bytes, &beside).map(|statement| (keys(source, &owner, &statement), statement)));
    let (keys, statement) = read.await.map_err(anyhow::Error::from)?.map_err(unreadable)?;
    if source == Source::Vnpay && !statement.lines.is_empty() && statement.account != app.merchant {
        return Err(error::STATEMENT_OF_ANOTHER.into());
    }
    let same = format!("POST {} {source} {}", request.path(), hex::encode(sha256));
    let file = ReadFile { source, name, sha256, statement, keys };
    let work = async |conn: &mut diesel_async::AsyncPgConnection| {
        let (loaded, is_new) = load(conn, &app, &official.caller, &agency, file).await?;
        let location = format!("/api/v1/statements/{}", loaded.id);
        let view = StatementView::of_one(conn, loaded).await?;
        Ok(if is_new { Reply::created(&view, location) } else { Reply::ok(&view) })
    };
    key.once(&app.pool, official.caller.id, same.as_bytes(), app.now(), work).await
}

impl NewStatement {
    fn beside(&self) -> Result<Beside, Problem> {
        let wrong = |name: &str, vi: String, en: String| {
            Problem::from(kinds::INVALID).field(name, "invalid", LocalText { vi, en })
        };
        let columns = Columns::parse(self.columns.as_deref().unwrap_or_default()).map_err(|part| {
            let known = "date, in, out, amount, number, text";
            wrong(
                "columns",
                format!("Không hiểu “{part}”. Hãy viết như date=Ngày GD; in=Có; các tên: {known}."),
                format!("“{part}” is not understood. Write it like date=Ngày GD; in=Có; the names are {known}."),
            )
        })?;
        let days = match (self.from, self.until) {
            (None, None) => None,
            (Some(from), Some(until)) if from <= until => Some((from, until)),
            _ => {
                return Err(wrong(
                    "until",
                    "Hãy cho biết cả ngày đầu và ngày cuối, ngày cuối từ ngày đầu trở đi.".into(),
                    "Say both the first and the last day, the last one not before the first.".into(),
                ));
            }
        };
        Ok(Beside { account: self.account.clone(), days, columns })
    }

    fn file_name(&self) -> Result<String, Problem> {
        let wrong = |fault: civic::typed::TextFault| {
            Problem::from(kinds::INVALID).field("file_name", fault.code(), fault.sentence())
        };
        civic::typed::line(&self.file_name).map_err(wrong)
    }
}

fn is_text(request: &HttpRequest) -> Result<(), Problem> {
    let named = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = named.split(';').next().unwrap_or_default().trim();
    match ["text/csv", "text/plain"].iter().any(|text| kind.eq_ignore_ascii_case(text)) {
        true => Ok(()),
        false => {
            let text = LocalText::new(
                "Hãy gửi sao kê dạng CSV (text/csv) hoặc MT940 (text/plain).",
                "Send a statement as CSV (text/csv) or MT940 (text/plain).",
            );
            Err(Problem::from(kinds::UNSUPPORTED_MEDIA).field("", "media-type", text))
        }
    }
}

fn unreadable(why: Unreadable) -> Problem {
    let Unreadable { line, why } = why;
    let text = LocalText { vi: format!("Dòng {line}: {}", why.vi), en: format!("Line {line}: {}", why.en) };
    Problem::from(error::STATEMENT_UNREADABLE).field("", "unreadable", text)
}
