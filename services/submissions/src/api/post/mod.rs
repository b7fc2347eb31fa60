//! What is sent by post.

pub(super) mod cancel_manifest;
pub(super) mod get_manifest;
pub(super) mod list;
pub(super) mod make_manifest;
pub(super) mod note_parcel;
pub(super) mod print_manifest;
pub(super) mod sign_manifest;
mod view;
