//! How the body of an upload or a download is described.

use utoipa::ToSchema;

/// The bytes of a file.
#[derive(Debug, ToSchema)]
#[schema(as = DossierFile, value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes a body; it is streamed")]
pub struct FileBytes(Vec<u8>);
