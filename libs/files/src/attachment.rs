//! Sends a stored file back: as something to save, never as something to show on our address.

use actix_web::{
    HttpResponse,
    body::SizedStream,
    http::header::{Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue},
};
use futures_util::TryStreamExt;
use object_store::GetResult;

/// The answer that streams `file` under `name`.
pub fn attachment(file: GetResult, name: &str, media_type: &str) -> HttpResponse {
    let name = ExtendedValue { charset: Charset::Ext("UTF-8".into()), language_tag: None, value: name.into() };
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::FilenameExt(name)],
    };
    let size = file.range.end - file.range.start;
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header(disposition)
        .insert_header(("content-security-policy", "sandbox; default-src 'none'"))
        .body(SizedStream::new(size, file.into_stream().map_err(actix_web::error::ErrorInternalServerError)))
}
