//! Passes a checked request on to its service, and the answer back, each chunk by chunk.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    body::{BodyStream, SizedStream},
    http::{Method, StatusCode},
};
use edge::{Problem, kinds};
use futures_util::{Stream, stream};
use reqwest::{Client, Request, Response, Url};
use runtime::Trace;
use tokio::time::timeout;

use crate::{
    headers::{self, Public},
    upload::Upload,
    upstream::Upstream,
    validate::body::Body,
};

/// A service that has not begun to answer by then will not.
const PATIENCE: Duration = Duration::from_secs(30);
/// A service that has begun to answer and stops for this long has broken.
const GAP: Duration = Duration::from_secs(10);
/// An answer up to this size is taken whole: it comes in one piece anyway, and if it breaks the client gets a problem.
const WHOLE: u64 = 64 * 1024;
/// The longest that a file may take, however steadily it comes.
pub(crate) const LONGEST: Duration = Duration::from_secs(600);

/// A request to be passed on.
pub(crate) struct Forward<'a> {
    /// The worker's connections.
    pub client: &'a Client,
    /// Who answers.
    pub upstream: &'a Upstream,
    /// What came.
    pub request: &'a HttpRequest,
    /// The address that people see.
    pub public: &'a Public,
    /// The request's trace.
    pub trace: &'a Trace,
}

impl Forward<'_> {
    /// The service's answer to the request with `body`.
    ///
    /// # Errors
    /// 503 when the service does not answer or take what is sent; 400, 408 or 413 when an upload breaks off.
    pub async fn send(&self, body: Body) -> Result<HttpResponse, Problem> {
        let outcome = match body {
            Body::Nothing => self.whole(None).await,
            Body::Whole(bytes) => self.whole(Some(bytes)).await,
            Body::Coming(upload) => self.uploaded(upload).await?,
        };
        self.upstream.answered(outcome.is_ok());
        let response = outcome.map_err(|why| self.unavailable(why))?;
        self.answer(response).await
    }

    async fn whole(&self, body: Option<bytes::Bytes>) -> Result<Response, Failure> {
        let mut outcome = Err(Failure::Address);
        for base in self.upstream.replicas(self.request.uri().path()) {
            outcome = self.asked(base, body.as_ref()).await;
            // Nothing was sent to a replica that could not be reached.
            match &outcome {
                Err(Failure::Http(why)) if why.is_connect() => {}
                _ => break,
            }
        }
        outcome
    }

    async fn asked(&self, base: &str, body: Option<&bytes::Bytes>) -> Result<Response, Failure> {
        let attempt = async || {
            let mut request = self.request(base)?;
            *request.body_mut() = body.cloned().map(reqwest::Body::from);
            Ok(timeout(PATIENCE, self.client.execute(request)).await??)
        };
        match attempt().await {
            // The service may have closed a kept connection just as it was used again.
            Err(Failure::Http(why)) if self.may_repeat() && !why.is_connect() && !why.is_timeout() => attempt().await,
            outcome => outcome,
        }
    }

    async fn uploaded(&self, upload: Upload) -> Result<Result<Response, Failure>, Problem> {
        // An upload is read only once, so it is offered to one replica only.
        let base = self.upstream.replicas(self.request.uri().path()).next().unwrap_or_default();
        let mut request = match self.request(base) {
            Ok(request) => request,
            Err(why) => return Ok(Err(why)),
        };
        if let Some(length) = upload.length() {
            request.headers_mut().insert(reqwest::header::CONTENT_LENGTH, length.into());
        }
        let (source, body) = upload.split();
        *request.body_mut() = Some(body);
        let (mut reading, mut sending) = (Box::pin(source.run()), Box::pin(self.client.execute(request)));
        tokio::select! {
            biased;
            // Leaving early drops the sending side, which breaks the request off.
            read = &mut reading => read?,
            // The service answers before it has read everything: it wants no more.
            answer = &mut sending => return Ok(answer.map_err(Failure::Http)),
        }
        Ok(timeout(PATIENCE, sending).await.map_err(Failure::from).and_then(|answer| answer.map_err(Failure::from)))
    }

    fn request(&self, base: &str) -> Result<Request, Failure> {
        let uri = self.request.uri();
        let path = uri.path();
        let url = match uri.query() {
            Some(query) => Url::parse(&format!("{base}{path}?{query}")),
            None => Url::parse(&format!("{base}{path}")),
        };
        let method = if self.is_head() { "GET" } else { self.request.method().as_str() };
        let method = reqwest::Method::from_bytes(method.as_bytes()).map_err(|_| Failure::Address)?;
        let mut request = Request::new(method, url.map_err(|_| Failure::Address)?);
        *request.headers_mut() = self.public.forwarded(self.request, self.trace);
        Ok(request)
    }

    fn is_head(&self) -> bool {
        self.request.method() == Method::HEAD
    }

    /// Whether doing it twice does no more than doing it once (RFC 9110 §9.2.2).
    fn may_repeat(&self) -> bool {
        let method = self.request.method();
        [Method::GET, Method::HEAD, Method::PUT, Method::DELETE].contains(method)
    }

    fn unavailable(&self, why: Failure) -> Problem {
        tracing::warn!(upstream = self.upstream.name, error = %why.sentence(), "a service does not answer");
        kinds::UNAVAILABLE.into()
    }

    async fn answer(&self, response: Response) -> Result<HttpResponse, Problem> {
        let status = StatusCode::from_u16(response.status().as_u16()).map_err(|_| kinds::INTERNAL)?;
        let mut answer = HttpResponse::build(status);
        headers::answered(response.headers(), &mut answer);
        let length = response.content_length();
        Ok(match length {
            _ if self.is_head() || status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED => {
                answer.finish()
            }
            Some(length) if length <= WHOLE => {
                let body = timeout(GAP, response.bytes()).await.map_err(Failure::from);
                let body = body.and_then(|body| body.map_err(Failure::from));
                answer.body(body.map_err(|why| self.unavailable(why))?)
            }
            Some(length) => answer.body(SizedStream::new(length, chunks(response))),
            None => answer.body(BodyStream::new(chunks(response))),
        })
    }
}

fn chunks(response: Response) -> impl Stream<Item = Result<bytes::Bytes, Failure>> {
    stream::try_unfold(response, async |mut response| {
        Ok(timeout(GAP, response.chunk()).await??.map(|chunk| (chunk, response)))
    })
}

/// Why a service did not answer.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("it takes too long")]
    Late(#[from] tokio::time::error::Elapsed),
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error("the path cannot be asked")]
    Address,
}

impl Failure {
    /// For the log: every cause, and no query, which may hold a person's data.
    fn sentence(self) -> String {
        match self {
            Self::Http(why) => format!("{:#}", anyhow::Error::from(why.without_url())),
            other => other.to_string(),
        }
    }
}
