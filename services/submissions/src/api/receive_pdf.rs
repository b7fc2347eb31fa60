//! What every operation begins with by which an official sends a PDF about a dossier.

use actix_web::{HttpRequest, web};
use edge::Problem;
use files::{MediaType, Received, file_name, with_ending};
use uuid::Uuid;

use crate::{
    app::App,
    domain::file_key::file_key,
    error,
    store::dossiers::{self, Reader},
};

/// A file that came, before a row names it.
pub(super) struct ReceivedPdf {
    /// The id that its row gets.
    pub id: Uuid,
    /// Its name, as it was sent.
    pub name: String,
    /// The file.
    pub file: Received,
}

impl ReceivedPdf {
    /// Its name, with the ending of what it is.
    pub fn file_name(&self) -> String {
        with_ending(&self.name, self.file.media_type)
    }
}

/// Takes the file in, into `folder`, for a dossier that the reader sees.
///
/// # Errors
/// Before anything is read: 400 of the name, 404 of the dossier. Then what is wrong with the file.
pub(super) async fn receive_pdf(
    app: &App,
    (dossier, reader): (Uuid, &Reader),
    folder: &str,
    name: &str,
    request: &HttpRequest,
    body: web::Payload,
) -> Result<ReceivedPdf, Problem> {
    let name = file_name(name)?;
    let known = dossiers::find(&mut *app.pool.get().await?, dossier, reader).await?;
    known.ok_or(error::DOSSIER_NOT_FOUND)?;
    let id = app.life.new_id();
    let file = app.files.receive(file_key(folder, dossier, id), &[MediaType::Pdf], request, body).await?;
    Ok(ReceivedPdf { id, name, file })
}
