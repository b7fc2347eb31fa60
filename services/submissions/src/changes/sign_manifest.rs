//! The post takes over what stands on a manifest: those results are handed over. Or the manifest is dropped.

use std::collections::HashMap;

use civic::LocalText;
use diesel_async::AsyncPgConnection;
use edge::{Official, Problem, kinds};
use procedure::Finding;
use uuid::Uuid;

use super::{
    duties::Returns,
    make_manifest::audited,
    return_result::{return_result, send_again},
};
use crate::{
    app::App,
    domain::{
        actions::return_result::{Return, ReturnWay},
        parcel::{ManifestState, ParcelState},
    },
    error,
    store::{
        dossiers,
        manifests::{self, Manifest, Parcel},
    },
};

/// Notes that `carrier` of the post took over the parcels that have a number of the post's; the others of the manifest are left out, and
/// wait again.
///
/// # Errors
/// [`error::MANIFEST_ENDED`]; 400 for a parcel of another manifest or one whose result was handed over another way, or when nothing was taken over.
pub async fn sign_manifest(
    app: &App,
    conn: &mut AsyncPgConnection,
    official: &Official<Returns>,
    manifest: Manifest,
    carrier: String,
    item_codes: &[(Uuid, String)],
) -> Result<Manifest, Problem> {
    let manifest = ended(app, official, manifest, ManifestState::Signed, Some(carrier))?;
    let on_it: Vec<Parcel> =
        manifests::parcels_on(conn, manifest.id).await?.into_iter().map(|(parcel, _)| parcel).collect();
    dossiers::lock_in_order(conn, &on_it.iter().map(|parcel| parcel.dossier).collect::<Vec<_>>()).await?;
    let codes = taken_over(&on_it, item_codes)?;
    let gone = manifests::handed_over_otherwise(conn, manifest.id).await?;
    refuse_gone(&gone, item_codes)?;
    for parcel in on_it {
        let item_code = codes.get(&parcel.id).map(|code| (*code).to_owned());
        let state = if item_code.is_some() { ParcelState::Sent } else { ParcelState::LeftOut };
        let parcel = Parcel { state, item_code, noted_at: app.life.clock.now(), ..parcel };
        manifests::note(conn, &parcel).await?;
        if let Some(code) = &parcel.item_code {
            hand_over(app, conn, official, parcel.dossier, code).await?;
        }
    }
    manifests::end(conn, &manifest).await?;
    audited(app, conn, official, &manifest, "manifest.signed").await?;
    Ok(manifest)
}

/// Drops a manifest that nobody signed: what stood on it waits again.
///
/// # Errors
/// [`error::MANIFEST_ENDED`].
pub async fn cancel_manifest(
    app: &App,
    conn: &mut AsyncPgConnection,
    official: &Official<Returns>,
    manifest: Manifest,
) -> Result<Manifest, Problem> {
    let manifest = ended(app, official, manifest, ManifestState::Cancelled, None)?;
    for (parcel, _) in manifests::parcels_on(conn, manifest.id).await? {
        let left = Parcel { state: ParcelState::LeftOut, noted_at: app.life.clock.now(), ..parcel };
        manifests::note(conn, &left).await?;
    }
    manifests::end(conn, &manifest).await?;
    audited(app, conn, official, &manifest, "manifest.cancelled").await?;
    Ok(manifest)
}

fn ended(
    app: &App,
    official: &Official<Returns>,
    manifest: Manifest,
    state: ManifestState,
    carrier: Option<String>,
) -> Result<Manifest, Problem> {
    if manifest.state != ManifestState::Open {
        return Err(error::MANIFEST_ENDED.into());
    }
    let (ended_by, ended_at) = (Some(official.caller.id), Some(app.life.clock.now()));
    Ok(Manifest { state, carrier, ended_by, ended_at, ..manifest })
}

/// The post's number of each parcel that was taken over.
fn taken_over<'a>(on_it: &[Parcel], item_codes: &'a [(Uuid, String)]) -> Result<HashMap<Uuid, &'a str>, Problem> {
    let mut codes: HashMap<Uuid, &str> = HashMap::new();
    for (place, (id, code)) in item_codes.iter().enumerate() {
        let pointer = format!("/parcels/{place}/id");
        if !on_it.iter().any(|parcel| parcel.id == *id) {
            let (vi, en) = ("Bưu gửi này không có trong bảng kê.", "This parcel does not stand on the manifest.");
            return Err(error::invalid(&pointer, "unknown", vi, en));
        }
        if codes.values().any(|other| other.eq_ignore_ascii_case(code)) {
            let (vi, en) = (
                "Mã bưu gửi này đã ghi cho một kết quả ở trên.",
                "This number of the post's stands at another result above.",
            );
            let pointer = format!("/parcels/{place}/item_code");
            return Err(error::invalid(&pointer, "uniqueItems", vi, en));
        }
        if codes.insert(*id, code.as_str()).is_some() {
            let (vi, en) = ("Bưu gửi này đã ghi ở trên.", "This parcel stands above already.");
            return Err(error::invalid(&pointer, "uniqueItems", vi, en));
        }
    }
    if codes.is_empty() {
        let (vi, en) = (
            "Ghi mã bưu gửi của ít nhất một kết quả, hoặc hủy bảng kê.",
            "Write the post's number of one result at least, or drop the manifest.",
        );
        return Err(error::invalid("/parcels", "required", vi, en));
    }
    Ok(codes)
}

/// What was handed over another way since it was put on the manifest did not go with the post.
fn refuse_gone(gone: &[Uuid], item_codes: &[(Uuid, String)]) -> Result<(), Problem> {
    let (vi, en) = (
        "Kết quả này đã được trả cách khác: để trống mã bưu gửi.",
        "This result was handed over another way: leave out the post's number.",
    );
    let faults = item_codes.iter().enumerate().filter(|(_, (id, _))| gone.contains(id)).map(|(place, _)| Finding {
        pointer: format!("/parcels/{place}/item_code"),
        code: "handed-over-otherwise",
        text: LocalText::new(vi, en),
    });
    let faults: Vec<_> = faults.collect();
    if faults.is_empty() { Ok(()) } else { Err(error::with_findings(kinds::INVALID, faults)) }
}

/// The dossier's result is handed over by post; one that came back was handed over before.
async fn hand_over(
    app: &App,
    conn: &mut AsyncPgConnection,
    official: &Official<Returns>,
    dossier: Uuid,
    item_code: &str,
) -> Result<(), Problem> {
    if manifests::states_of(conn, dossier).await?.contains(&ParcelState::CameBack) {
        manifests::note_sent_again(conn, dossier, app.life.clock.now()).await?;
        return send_again(app, conn, dossier, official, item_code).await;
    }
    let handed = Return { way: ReturnWay::Post, to: Some(item_code.to_owned()) };
    return_result(app, conn, dossier, official, None, handed, None).await.map(drop)
}
