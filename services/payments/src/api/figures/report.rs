//! `GET /api/v1/agencies/{agency}/figures`

use actix_web::{get, web};
use civic::{AgencyCode, LocalText, Vnd};
use edge::{Official, Problem, Reply, kinds};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::{
        books::{Days, own},
        refunds::SeeMoney,
    },
    app::App,
    error,
    store::figures::{self, DayFigure, Figure, KindFigure, Period, WaivedFigure},
};

/// What an agency took and gave back in some days.
#[derive(Serialize, ToSchema)]
pub struct Figures {
    /// In all, by the way the money went and what for.
    total: Vec<Figure>,
    /// The same by day.
    days: Vec<DayFigure>,
    /// What was paid for, by kind of fee, as its lines say, once the last part of an order came; 200 kinds at most.
    kinds: Vec<KindView>,
    /// What was waived, by class: no money, and in none of the other figures.
    waived: Vec<WaivedFigure>,
}

/// Fees of one kind that were paid.
#[derive(Serialize, ToSchema)]
#[schema(as = FeeKindFigure)]
pub struct KindView {
    /// What it is called.
    name: LocalText,
    /// How many.
    quantity: i64,
    /// How much.
    amount: Vnd,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Report what an agency took
///
/// What was booked in some days, by the way the money went, what for, by day and by kind of fee. The transfers behind each figure are
/// listed by `list_transfers` with the same days, channel and purpose.
#[utoipa::path(
    operation_id = "report_figures",
    tag = "books",
    params(("agency" = AgencyCode, Path, description = "The agency"), Days),
    responses((status = 200, description = "The figures", body = Figures), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/figures")]
pub async fn report_figures(
    app: web::Data<App>,
    official: Official<SeeMoney>,
    agency: web::Path<AgencyCode>,
    days: web::Query<Days>,
) -> Result<Reply, Problem> {
    own(&official, &agency)?;
    let (from, until) = days.bounds()?;
    let period = Period { agency: &agency, from, until };
    let mut conn = app.pool.get().await?;
    let kind = |KindFigure { name_vi, name_en, quantity, amount }| KindView {
        name: LocalText { vi: name_vi, en: name_en },
        quantity,
        amount,
    };
    Ok(Reply::ok(&Figures {
        total: figures::of(&mut conn, period).await?,
        days: figures::by_day(&mut conn, period).await?,
        waived: figures::waived(&mut conn, period).await?,
        kinds: figures::by_kind(&mut conn, period).await?.into_iter().map(kind).collect(),
    }))
}
