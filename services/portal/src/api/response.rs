//! What the API answered.

use reqwest::{Response, header};
use serde_json::Value;

use super::unreachable;
use crate::failure::{Failure, Problem};

/// A good answer.
pub(crate) struct ApiResponse {
    /// Its body; `null` when it has none.
    pub json: Value,
    /// Its version, for `If-Match`.
    pub etag: Option<String>,
}

impl ApiResponse {
    /// Reads a response to its end.
    ///
    /// # Errors
    /// Its problem when it is one; that the API does not answer when it breaks off or is not JSON.
    pub async fn read(response: Response) -> Result<Self, Failure> {
        let response = accepted(response).await?;
        let etag = response.headers().get(header::ETAG).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let body = response.bytes().await.map_err(unreachable)?;
        let json = match body.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(&body).map_err(|why| {
                tracing::error!(%why, "the API answered what is not JSON");
                Failure::Unavailable
            })?,
        };
        Ok(Self { json, etag })
    }
}

/// The response itself, when it is a good one.
///
/// # Errors
/// Its problem otherwise.
pub(crate) async fn accepted(response: Response) -> Result<Response, Failure> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let retry_after = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_after = retry_after.and_then(|seconds| seconds.parse().ok());
    let body = response.bytes().await.map_err(unreachable)?;
    let problem: Problem = serde_json::from_slice(&body).unwrap_or_default();
    Err(Failure::Refused(Box::new(Problem { status: status.as_u16(), retry_after, ..problem })))
}
