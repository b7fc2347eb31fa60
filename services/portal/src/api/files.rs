//! Files through the API: passed on piece by piece, never held.

use std::io;

use actix_multipart::Field;
use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
};
use bytes::Bytes;
use futures_util::{TryStreamExt, stream};
use reqwest::{Body, Method};
use serde_json::Value;
use tokio::sync::mpsc;

use super::{Api, ApiResponse, Call, response::accepted, unreachable};
use crate::failure::Failure;

/// Pieces between the visitor's connection and the API's: enough for both to be busy.
const AHEAD: usize = 4;
/// What browsers may show in place, and under which policy. Their viewers of PDF do not work in a sandbox; they run none of
/// the file's script in our name.
const SHOWN: [(&str, &str); 3] =
    [("application/pdf", "script-src 'none'; frame-ancestors 'self'"), ("image/jpeg", PICTURE), ("image/png", PICTURE)];
const PICTURE: &str = "default-src 'none'; sandbox; frame-ancestors 'self'";
/// What of a file's headers is the visitor's to know.
const PASSED: [&str; 3] = ["content-type", "content-disposition", "content-security-policy"];

impl Call {
    /// Sends a file under an idempotency key.
    ///
    /// # Errors
    /// The API's problem, or that it does not answer; a form that breaks off is malformed.
    pub async fn send_file(self, key: &str, media_type: &str, mut file: Field) -> Result<ApiResponse, Failure> {
        let (pieces, receiver) = mpsc::channel::<io::Result<Bytes>>(AHEAD);
        let body = stream::unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
        let call = self.patient().header("idempotency-key", key).header("content-type", media_type);
        let sending = call.body(Body::wrap_stream(body)).send();
        let reading = async move {
            loop {
                match file.try_next().await {
                    Ok(Some(piece)) => {
                        if pieces.send(Ok(piece)).await.is_err() {
                            // The API wants no more, and says why.
                            return Ok(());
                        }
                    }
                    Ok(None) => return Ok(()),
                    Err(_) => {
                        // The API sees the body break off, and keeps nothing.
                        let _ = pieces.send(Err(io::ErrorKind::UnexpectedEof.into())).await;
                        return Err(Failure::Malformed);
                    }
                }
            }
        };
        let (read, sent) = tokio::join!(reading, sending);
        read.and(sent)
    }
}

impl Api {
    /// The file at `path`, as an answer to the visitor.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub async fn pass_file(&self, path: &str) -> Result<HttpResponse, Failure> {
        pass(self.call(Method::GET, path)).await
    }

    /// The file that is made of `body` at `path`, as an answer to the visitor.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub async fn pass_made_file(&self, path: &str, body: &Value) -> Result<HttpResponse, Failure> {
        pass(self.call(Method::POST, path).json(body)).await
    }

    /// The file at `path`, to be shown in a page of ours instead of saved, if it is of a kind that holds no script for us.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub async fn show_file(&self, path: &str) -> Result<HttpResponse, Failure> {
        let mut answer = self.pass_file(path).await?;
        let headers = answer.headers_mut();
        let said = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
        let (kind, disposition) = (said(header::CONTENT_TYPE), said(header::CONTENT_DISPOSITION));
        let Some((_, policy)) = SHOWN.iter().find(|(shown, _)| *shown == kind) else { return Ok(answer) };
        let inline = format!("inline{}", disposition.strip_prefix("attachment").unwrap_or_default());
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&inline).map_err(|_| Failure::Internal)?);
        Ok(answer)
    }
}

/// What a call gives, piece by piece.
async fn pass(call: Call) -> Result<HttpResponse, Failure> {
    let response = call.patient().0.send().await.map_err(unreachable)?;
    let response = accepted(response).await?;
    let mut answer = HttpResponse::build(StatusCode::OK);
    for (name, value) in response.headers() {
        if PASSED.contains(&name.as_str()) {
            answer.insert_header((name.as_str(), value.as_bytes()));
        }
    }
    Ok(answer.streaming(response.bytes_stream().map_err(io::Error::other)))
}
