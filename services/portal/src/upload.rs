//! A file that was sent by a form, taken piece by piece.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::{Payload, ServiceRequest},
    error::PayloadError,
    http::header::{self, HeaderMap},
    web,
};
use bytes::{Bytes, BytesMut};
use futures_util::{FutureExt, StreamExt, TryStreamExt, future::LocalBoxFuture, stream};

use crate::{
    app::App,
    failure::Failure,
    posted::Posted,
    seal::{self, FIELD},
};

/// Fields before the file are a seal, a key, a code, a version, and what is written with it.
const FIELD_LIMIT: usize = 16 * 1024;
/// A form has less than this beside its file.
const FORM: u64 = 64 * 1024;
/// It is there within this, or its fields are not known beforehand.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// A form with a file, which stands last in it. As [`Posted`], it exists only with the seal of this browser.
pub(crate) struct Upload {
    /// The fields before the file.
    pub fields: Posted,
    /// The file; none when nobody chose one.
    pub file: Option<SentFile>,
}

/// A file on its way in.
pub(crate) struct SentFile {
    /// The name that it has on the visitor's device.
    pub name: String,
    /// What the browser takes it for.
    media_type: String,
    /// Whether it is known before it is read that it has more bytes than are taken.
    pub too_large: bool,
    /// Its bytes.
    pub bytes: Field,
    // The field reads from it.
    _form: Multipart,
}

impl SentFile {
    /// What it is by its name's ending: browsers on some devices know no types. The API looks at the bytes anyway.
    pub fn media_type(&self) -> String {
        let name = self.name.to_lowercase();
        match name.rsplit('.').next() {
            Some("pdf") => "application/pdf".to_owned(),
            Some("jpg" | "jpeg") => "image/jpeg".to_owned(),
            Some("png") => "image/png".to_owned(),
            Some("heic" | "heif") => "image/heic".to_owned(),
            _ if self.media_type.is_empty() => "application/octet-stream".to_owned(),
            _ => self.media_type.clone(),
        }
    }
}

impl Upload {
    async fn read(request: &HttpRequest, payload: Payload) -> Result<Self, Failure> {
        let app = request.app_data::<web::Data<App>>().ok_or(Failure::Internal)?;
        if !seal::comes_from_us(request.headers(), &app.origin()) {
            return Err(Failure::StaleForm);
        }
        let length =
            request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        let too_large = length.is_some_and(|length| length > app.file_limit + FORM);
        let mut form = Multipart::new(request.headers(), payload);
        let mut fields = Posted::default();
        while let Some(field) = form.try_next().await.map_err(|_| Failure::Malformed)? {
            let disposition = field.content_disposition();
            let file_name = disposition.and_then(|it| it.get_filename()).map(str::to_owned);
            match (field.name().map(str::to_owned), file_name) {
                (_, Some(name)) => {
                    sealed(&fields, request)?;
                    let media_type = field.content_type().map(ToString::to_string).unwrap_or_default();
                    let file = SentFile { name, media_type, too_large, bytes: field, _form: form };
                    return Ok(Self { fields, file: Some(file).filter(|file| !file.name.is_empty()) });
                }
                (Some(name), None) => fields.add(name, text(field).await?),
                (None, None) => return Err(Failure::Malformed),
            }
        }
        sealed(&fields, request)?;
        Ok(Self { fields, file: None })
    }
}

/// Whether a form with a file comes with these headers.
pub(crate) fn is_one(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// The fields before the file, as far as they can be read beforehand. What was read of the body is put back.
pub(crate) async fn head(request: &mut ServiceRequest) -> Posted {
    let (mut rest, mut read, limit) =
        (request.take_payload(), BytesMut::new(), usize::try_from(FORM).unwrap_or_default());
    let reading = async {
        while read.len() < limit {
            let Some(Ok(chunk)) = rest.next().await else { break };
            read.extend_from_slice(&chunk);
        }
    };
    let _ = tokio::time::timeout(HEAD_TIMEOUT, reading).await;
    let read = read.freeze();
    let fields = fields(request.headers(), read.clone()).await;
    request.set_payload(Payload::from(stream::iter([Ok(read)]).chain(rest).boxed_local()));
    fields
}

async fn fields(headers: &HeaderMap, read: Bytes) -> Posted {
    let mut form = Multipart::new(headers, stream::iter([Ok::<_, PayloadError>(read)]));
    let mut fields = Posted::default();
    while let Ok(Some(field)) = form.try_next().await {
        let is_file = field.content_disposition().is_some_and(|it| it.get_filename().is_some());
        let (false, Some(name)) = (is_file, field.name().map(str::to_owned)) else { break };
        let Ok(value) = text(field).await else { break };
        fields.add(name, value);
    }
    fields
}

fn sealed(fields: &Posted, request: &HttpRequest) -> Result<(), Failure> {
    if seal::is_ours(fields.get(FIELD), request.headers()) { Ok(()) } else { Err(Failure::StaleForm) }
}

async fn text(mut field: Field) -> Result<String, Failure> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = field.try_next().await.map_err(|_| Failure::Malformed)? {
        if bytes.len() + chunk.len() > FIELD_LIMIT {
            return Err(Failure::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes.into()).map_err(|_| Failure::Malformed)
}

impl FromRequest for Upload {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        async move { Self::read(&request, payload).await }.boxed_local()
    }
}
