//! Lists what was sent to the caller: the inbox of the portal.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use edge::{Caller, Page, PageQuery, Problem, Reply, SignedIn};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    domain::message::{Channel, State},
    store::messages,
};

/// A message that was written to somebody.
#[derive(Serialize, ToSchema)]
pub struct MessageView {
    /// The message.
    id: Uuid,
    /// How it travels.
    channel: Channel,
    /// The subject; an SMS has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Hồ sơ H44.100-260721-0001 đã được tiếp nhận")]
    subject: Option<String>,
    /// The text.
    text: String,
    /// The code of the dossier it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "H44.100-260721-0001")]
    about: Option<String>,
    /// The page of the portal that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "/dossiers/01a1ff98-1833-7a10-8c52-3f1d6a2b9e77")]
    page: Option<String>,
    /// Whether its reader has said that she has read it.
    read: bool,
    /// When it was written.
    created_at: DateTime<Utc>,
    /// Whether it went out.
    state: State,
}

/// List my messages
///
/// Lists the messages that were sent to the caller, newest first: to the person who is signed in, or to the organisation that
/// an API client acts for. They are shown here whether or not the e-mail or SMS arrived. Confirmation codes and tracking
/// secrets are not shown; of messages of long ago, no text. What went out by e-mail and by SMS stands here once.
#[utoipa::path(
    operation_id = "list_messages",
    tag = "messages",
    params(PageQuery),
    responses((status = 200, description = "A page of messages", body = Page<MessageView>)),
    security(("bearer" = []))
)]
#[get("/api/v1/messages")]
pub async fn list_messages(
    app: web::Data<App>,
    SignedIn(caller): SignedIn,
    web::Query(query): web::Query<PageQuery>,
) -> Result<Reply, Problem> {
    let recipient = recipient(caller);
    let bound = format!("list_messages {recipient}");
    let after = query.after::<(DateTime<Utc>, Uuid)>(&bound)?;
    let rows = messages::of_recipient(&mut *app.pool.get().await?, recipient, after, query.size() + 1).await?;
    let page = Page::of(rows, &query, &bound, |row| (row.created_at, row.id));
    Ok(Reply::ok(&page.map(view)))
}

/// A client reads what its organisation was sent, everybody else what they were.
pub(super) fn recipient(caller: Caller) -> Uuid {
    let id = caller.id;
    caller.applicant().map_or(id, |applicant| applicant.party.id)
}

fn view(row: messages::Listed) -> MessageView {
    MessageView {
        id: row.id,
        channel: row.channel,
        subject: row.subject,
        text: row.body_text,
        about: row.about,
        page: row.page,
        read: row.read_at.is_some(),
        created_at: row.created_at,
        state: row.state,
    }
}
