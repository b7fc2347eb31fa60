//! Passes a checked request on to its service, and the answer back, each chunk by chunk.

use std::{net::IpAddr, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    body::{BodyStream, SizedStream},
    http::{Method, StatusCode},
};
use edge::{Problem, kinds};
use futures_util::{Stream, stream};
use http::{
    Request, Response, Uri,
    header::CONTENT_LENGTH,
    uri::{Authority, PathAndQuery, Scheme},
};
use http_body_util::{BodyExt, Either, Full, StreamBody};
use hyper::body::{Body as _, Incoming};
use hyper_util::{
    client::legacy::{self, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use runtime::Trace;
use tokio::time::{Instant, timeout, timeout_at};

use crate::{
    headers::{self, Public},
    response_cache::ResponseCache,
    upload::{Feed, Pieces, Upload},
    upstream::Upstream,
    validate::body::Body,
};

/// Connections to the services.
pub(crate) type Client = legacy::Client<HttpConnector, Outgoing>;
type Outgoing = Either<Full<bytes::Bytes>, StreamBody<Pieces>>;

/// A service that has not begun to answer by then will not.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(30);
/// A service that has begun to answer and stops for this long has broken.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// An answer up to this size is taken whole: it comes in one piece anyway, and if it breaks the client gets a problem.
const BUFFERED: u64 = 64 * 1024;
/// The longest that an answer may take, however steadily it comes.
const EXCHANGE_TIMEOUT: Duration = Duration::from_secs(600);
/// A service that can be reached at all is reached by then.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// Shorter than our servers keep a connection (12 s), so that a stale one is seldom used.
const IDLE_TIMEOUT: Duration = Duration::from_secs(8);

/// Connections of one worker thread.
pub(crate) fn client() -> Client {
    let mut connector = HttpConnector::new();
    connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
    connector.set_nodelay(true);
    let mut builder = legacy::Client::builder(TokioExecutor::new());
    builder.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE_TIMEOUT).build(connector)
}

/// A request to be passed on.
pub(crate) struct Forward<'a> {
    /// The worker's connections.
    pub client: &'a Client,
    /// Who answers.
    pub upstream: &'a Upstream,
    /// What came.
    pub request: &'a HttpRequest,
    /// Whether it comes under a key, so that the service does it once.
    pub has_key: bool,
    /// Where it came from.
    pub origin: IpAddr,
    /// Seconds until another guess may come from there, if too many failed.
    pub guesses_spent: Option<u32>,
    /// The address that people see.
    pub public: &'a Public,
    /// The request's trace.
    pub trace: &'a Trace,
}

impl Forward<'_> {
    /// The service's answer to the request with `body`; kept under the name of `keep` if the service allows it.
    ///
    /// # Errors
    /// 503 when the service does not answer or take what is sent; 400, 408 or 413 when an upload breaks off.
    pub async fn send(&self, body: Body, keep: Option<(&ResponseCache, String)>) -> Result<HttpResponse, Problem> {
        let outcome = match body {
            Body::Nothing => self.whole(bytes::Bytes::new()).await,
            Body::Whole(bytes) => self.whole(bytes).await,
            Body::Coming(upload) => self.uploaded(upload).await?,
        };
        self.upstream.answered(outcome.is_ok());
        let response = outcome.map_err(|why| self.unavailable(why))?;
        self.answer(response, keep).await
    }

    async fn whole(&self, body: bytes::Bytes) -> Result<Response<Incoming>, Failure> {
        let mut outcome = Err(Failure::Address);
        for replica in self.upstream.replicas(self.request.uri().path()) {
            outcome = self.asked(replica, &body).await;
            // Nothing was sent to a replica that could not be reached.
            match &outcome {
                Err(Failure::Http(why)) if why.is_connect() => {}
                _ => break,
            }
        }
        outcome
    }

    async fn asked(&self, replica: &Authority, body: &bytes::Bytes) -> Result<Response<Incoming>, Failure> {
        let attempt = async || {
            let request = self.request(replica, Either::Left(Full::new(body.clone())))?;
            Ok(timeout(RESPONSE_TIMEOUT, self.client.request(request)).await??)
        };
        match attempt().await {
            // The service may have closed a kept connection just as it was used again.
            Err(Failure::Http(why)) if self.may_repeat() && !why.is_connect() => attempt().await,
            outcome => outcome,
        }
    }

    async fn uploaded(&self, upload: Upload) -> Result<Result<Response<Incoming>, Failure>, Problem> {
        let length = upload.length();
        let (source, feed) = upload.split();
        let (mut reading, mut sending) = (Box::pin(source.run()), Box::pin(self.offered(&feed, length)));
        tokio::select! {
            biased;
            // Leaving early drops the sending side, which breaks the request off.
            read = &mut reading => read?,
            // The service answers before it has read everything: it wants no more.
            answer = &mut sending => return Ok(answer),
        }
        Ok(timeout(RESPONSE_TIMEOUT, sending).await.map_err(Failure::from).flatten())
    }

    /// Offers an upload to one replica after the other until one can be reached: before that nothing of it is read.
    async fn offered(&self, feed: &Feed, length: Option<u64>) -> Result<Response<Incoming>, Failure> {
        let mut outcome = Err(Failure::Address);
        for replica in self.upstream.replicas(self.request.uri().path()) {
            let mut request = self.request(replica, Either::Right(StreamBody::new(feed.pieces())))?;
            if let Some(length) = length {
                request.headers_mut().insert(CONTENT_LENGTH, length.into());
            }
            outcome = self.client.request(request).await.map_err(Failure::Http);
            match &outcome {
                Err(Failure::Http(why)) if why.is_connect() => {}
                _ => break,
            }
        }
        outcome
    }

    fn request(&self, replica: &Authority, body: Outgoing) -> Result<Request<Outgoing>, Failure> {
        let asked = self.request.uri();
        let path = match asked.path_and_query() {
            Some(path) => path.as_str(),
            None => asked.path(),
        };
        let path: PathAndQuery = path.parse().map_err(|_| Failure::Address)?;
        let uri = Uri::builder().scheme(Scheme::HTTP).authority(replica.clone()).path_and_query(path);
        let method = if self.is_head() { "GET" } else { self.request.method().as_str() };
        let mut request = Request::new(body);
        *request.uri_mut() = uri.build().map_err(|_| Failure::Address)?;
        *request.method_mut() = http::Method::from_bytes(method.as_bytes()).map_err(|_| Failure::Address)?;
        *request.headers_mut() = self.public.forwarded(self.request, self.origin, self.trace, self.guesses_spent);
        Ok(request)
    }

    fn is_head(&self) -> bool {
        self.request.method() == Method::HEAD
    }

    /// Whether doing it twice does no more than doing it once (RFC 9110 §9.2.2): by its method, or because the service does
    /// once what comes under its key.
    fn may_repeat(&self) -> bool {
        let method = self.request.method();
        self.has_key || [Method::GET, Method::HEAD, Method::PUT, Method::DELETE].contains(method)
    }

    fn unavailable(&self, why: Failure) -> Problem {
        tracing::warn!(upstream = self.upstream.name, error = %why.sentence(), "a service does not answer");
        kinds::UNAVAILABLE.into()
    }

    async fn answer(
        &self,
        response: Response<Incoming>,
        keep: Option<(&ResponseCache, String)>,
    ) -> Result<HttpResponse, Problem> {
        let status = StatusCode::from_u16(response.status().as_u16()).map_err(|_| kinds::INTERNAL)?;
        let mut answer = HttpResponse::build(status);
        headers::answered(response.headers(), &mut answer);
        let body = response.into_body();
        Ok(match body.size_hint().exact() {
            _ if self.is_head() || status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED => {
                answer.finish()
            }
            Some(length) if length <= BUFFERED => {
                let body = timeout(READ_TIMEOUT, body.collect()).await.map_err(Failure::from);
                let body = body.and_then(|body| body.map_err(Failure::from));
                let body = body.map_err(|why| self.unavailable(why))?.to_bytes();
                let answer = answer.body(body.clone());
                if let Some((responses, key)) = keep {
                    responses.keep(key, &answer, body);
                }
                answer
            }
            Some(length) => answer.body(SizedStream::new(length, chunks(body))),
            None => answer.body(BodyStream::new(chunks(body))),
        })
    }
}

fn chunks(body: Incoming) -> impl Stream<Item = Result<bytes::Bytes, Failure>> {
    let until = Instant::now() + EXCHANGE_TIMEOUT;
    stream::try_unfold((body, until), async |(mut body, until)| {
        loop {
            let frame = timeout_at(until.min(Instant::now() + READ_TIMEOUT), body.frame()).await?;
            // A frame without data holds trailers, which concern one hop only.
            match frame.transpose()?.map(|frame| frame.into_data()) {
                Some(Ok(chunk)) => return Ok(Some((chunk, (body, until)))),
                Some(Err(_)) => {}
                None => return Ok(None),
            }
        }
    })
}

/// Why a service did not answer.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("it takes too long")]
    Late(#[from] tokio::time::error::Elapsed),
    #[error(transparent)]
    Http(#[from] legacy::Error),
    #[error(transparent)]
    Broken(#[from] hyper::Error),
    #[error("the path cannot be asked")]
    Address,
}

impl Failure {
    /// For the log: every cause.
    fn sentence(self) -> String {
        format!("{:#}", anyhow::Error::from(self))
    }
}
