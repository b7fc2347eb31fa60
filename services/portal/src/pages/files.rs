//! A dossier's papers, results and drafts of them: to keep, or shown in the page that asks for them. Whose they are, the API says.

use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig, get},
};
use uuid::Uuid;

use super::page;
use crate::{failure::Failure, signed_in::SignedIn};

/// The dossier, which of its folders, and the file.
type FilePath = web::Path<(Uuid, String, Uuid)>;

/// Their addresses.
pub(super) fn routes(pages: &mut ServiceConfig) {
    pages
        .service(page("/dossiers/{id}/{folder:documents|results|drafts}/{file}").route(get().to(download)))
        .service(page("/dossiers/{id}/{folder:documents|results|drafts}/{file}/view").route(get().to(view)));
}

/// Gives a file to keep.
async fn download(visit: SignedIn, path: FilePath) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    visit.api().pass_file(&source(&path)).await
}

/// Shows a file in place.
async fn view(visit: SignedIn, path: FilePath) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    visit.api().show_file(&source(&path)).await
}

fn source(path: &FilePath) -> String {
    let (dossier, folder, file) = &**path;
    format!("/api/v1/dossiers/{dossier}/{folder}/{file}")
}
