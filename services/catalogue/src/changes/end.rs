//! A version that says on which day it ends is not offered after that day.

use anyhow::Result;
use chrono::NaiveDate;
use civic::{ProcedureCode, VIETNAM};

use super::{bring_into_force::bring_due, withdraw::note};
use crate::{
    app::App,
    store::{
        procedures::{self, Withdrawal},
        versions,
    },
};

/// What a new day brings, every minute: first the versions that come into force, then the end of those that nothing followed.
///
/// # Errors
/// When one cannot be brought into force: then none ends, for it may be what follows; or when one cannot be withdrawn. The next minute tries
/// again.
pub async fn turn_day(app: &App) -> Result<()> {
    bring_due(app).await?;
    let today = app.life.clock.cautious().with_timezone(&VIETNAM).date_naive();
    for code in versions::ended_before(&mut *app.pool.get().await?, today).await? {
        end(app, &code, today).await?;
    }
    Ok(())
}

async fn end(app: &App, code: &ProcedureCode, today: NaiveDate) -> Result<()> {
    let ended = app.pool.transaction::<_, anyhow::Error>(async |conn| {
        let number = versions::lock_last(conn, code).await?;
        let Some(current) = versions::current(conn, code).await? else { return Ok(()) };
        let day = current.procedure.effective_until.filter(|day| *day < today);
        // Another process was faster, or another version followed.
        let (Some(day), None) = (day, procedures::withdrawal(conn, code).await?) else { return Ok(()) };
        let withdrawal = Withdrawal {
            withdrawn_at: app.life.clock.now(),
            decision: current.decision.unwrap_or_default(),
            reason: format!("Hết hiệu lực sau ngày {}, như phiên bản {number} đã ghi.", day.format("%d/%m/%Y")),
        };
        note(conn, app, None, code, number, &withdrawal).await?;
        tracing::info!(%code, number, "a procedure ended as its version says");
        Ok(())
    });
    ended.await
}
