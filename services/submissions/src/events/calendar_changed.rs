//! A working calendar is another one: what is due by it is counted again.

use civic::{Event, events::CalendarChanged};
use diesel_async::AsyncPgConnection;
use queue::Received;

use crate::{app::App, changes::recount::RecountDueDates, store::calendars};

/// Notes the calendars, and has due dates counted again.
pub async fn handle(
    app: &App,
    conn: &mut AsyncPgConnection,
    events: Vec<Received<CalendarChanged>>,
) -> anyhow::Result<()> {
    for event in events {
        if calendars::note(conn, &event.data).await? {
            let job = RecountDueDates::of(&event.data);
            queue::enqueue(conn, &app.life, &job, app.life.clock.now()).await?;
        } else {
            tracing::info!(owner = event.data.subject(), "a calendar came that was known");
        }
    }
    Ok(())
}
