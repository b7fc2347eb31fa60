//! A receiver puts results on a manifest, to be handed over to the post together.

use chrono::{DateTime, Datelike, Utc};
use civic::{AgencyCode, LocalText, VIETNAM};
use diesel_async::AsyncPgConnection;
use edge::{
    Official, Problem,
    audit::{self, AuditEntry},
    kinds,
};
use procedure::Finding;
use serde_json::json;
use uuid::Uuid;

use super::duties::Returns;
use crate::{
    app::App,
    domain::{
        actions::choose_return::WantedReturn,
        dossier::Dossier,
        parcel::{ManifestState, NotToBeSent, ParcelState, destination},
        stage::Actor,
    },
    error,
    store::{
        dossiers::{self, Reader},
        manifests::{self, Manifest, Parcel},
        staff, wanted_returns,
    },
};

/// A result to send.
pub struct Wanted {
    /// Of this dossier.
    pub dossier: Uuid,
    /// To this address, and not to the one that its applicant chose.
    pub address: Option<String>,
}

/// Makes a manifest at an agency: every result stands on it, or it is not made.
///
/// # Errors
/// 400 with each result that is not sent, by its place.
pub async fn make_manifest(
    app: &App,
    conn: &mut AsyncPgConnection,
    official: &Official<Returns>,
    agency: &AgencyCode,
    wanted: Vec<Wanted>,
) -> Result<Manifest, Problem> {
    let (now, caller) = (app.life.clock.now(), &official.caller);
    let year = now.with_timezone(&VIETNAM).year();
    let number = manifests::next_number(conn, agency, year).await?;
    let manifest = Manifest {
        id: app.life.new_id(),
        agency: agency.clone(),
        year,
        number,
        state: ManifestState::Open,
        made_by: caller.id,
        made_at: now,
        carrier: None,
        ended_by: None,
        ended_at: None,
    };
    dossiers::lock_in_order(conn, &wanted.iter().map(|wanted| wanted.dossier).collect::<Vec<_>>()).await?;
    let (mut parcels, mut faults) = (Vec::with_capacity(wanted.len()), Vec::new());
    for (place, wanted) in wanted.into_iter().enumerate() {
        match parcel(app, conn, official, &manifest, wanted).await? {
            Ok(parcel) => parcels.push(Parcel { position: position(parcels.len()), ..parcel }),
            Err(why) => faults.push(fault(place, why)),
        }
    }
    if !faults.is_empty() {
        return Err(error::with_findings(kinds::INVALID, faults));
    }
    manifests::insert(conn, &manifest, &parcels).await?;
    audited(app, conn, official, &manifest, "manifest.made").await?;
    Ok(manifest)
}

/// Notes a change of a manifest in the audit log.
pub(super) async fn audited(
    app: &App,
    conn: &mut AsyncPgConnection,
    official: &Official<Returns>,
    manifest: &Manifest,
    action: &'static str,
) -> Result<(), Problem> {
    let Manifest { agency, year, number, carrier, .. } = manifest;
    let entry = AuditEntry {
        actor: Some(&official.caller),
        action,
        subject_type: "manifest",
        subject_id: manifest.id.to_string(),
        detail: json!({"agency": agency, "year": year, "number": number, "carrier": carrier}),
    };
    Ok(audit::record(conn, &app.life, entry).await?)
}

async fn parcel(
    app: &App,
    conn: &mut AsyncPgConnection,
    official: &Official<Returns>,
    manifest: &Manifest,
    Wanted { dossier: id, address }: Wanted,
) -> Result<Result<Parcel, NotToBeSent>, Problem> {
    let reader = Reader::Agencies(vec![manifest.agency.clone()]);
    let Some(dossier) = dossiers::lock(conn, id, &reader).await? else { return Ok(Err(NotToBeSent::Unknown)) };
    let citizen_number = staff::citizen_number(conn, official.caller.id).await?;
    if dossier.may_be_handled_by(&Actor { id: official.caller.id, citizen_number, ..Actor::default() }).is_err() {
        return Ok(Err(NotToBeSent::Own));
    }
    let chosen = wanted_returns::of_dossier(conn, id).await?;
    let chosen = chosen.unwrap_or_else(|| WantedReturn::by_door(dossier.channel));
    let before = manifests::states_of(conn, id).await?;
    let sent_to = destination(dossier.status, &chosen, &before, address);
    Ok(sent_to.map(|address| listed(app.life.new_id(), manifest, &dossier, (address, &chosen), app.life.clock.now())))
}

fn listed(
    id: Uuid,
    manifest: &Manifest,
    dossier: &Dossier,
    (address, chosen): (String, &WantedReturn),
    now: DateTime<Utc>,
) -> Parcel {
    Parcel {
        id,
        manifest: manifest.id,
        position: 0,
        dossier: dossier.id,
        recipient: dossier.applicant_name.clone(),
        address,
        phone: chosen.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        state: ParcelState::Listed,
        item_code: None,
        collected_by: None,
        noted_at: now,
    }
}

fn position(before: usize) -> i32 {
    i32::try_from(before + 1).unwrap_or(i32::MAX)
}

fn fault(place: usize, why: NotToBeSent) -> Finding {
    let (field, code, vi, en) = match why {
        NotToBeSent::Unknown => ("dossier", "unknown", "Không tìm thấy hồ sơ này.", "There is no such dossier."),
        NotToBeSent::Own => (
            "dossier",
            "own-dossier",
            "Cán bộ không trả kết quả hồ sơ của chính mình. Hãy để đồng nghiệp làm.",
            "Officials do not hand over results of their own. Let a colleague do it.",
        ),
        NotToBeSent::Status => (
            "dossier",
            "not-to-be-sent",
            "Kết quả của hồ sơ này chưa có, hoặc đã được trả cách khác.",
            "The result of this dossier is not ready, or was handed over another way.",
        ),
        NotToBeSent::OnItsWay => (
            "dossier",
            "on-its-way",
            "Kết quả của hồ sơ này đã ghi trong một bảng kê, hoặc đã gửi bưu chính.",
            "The result of this dossier stands on a manifest already, or was sent.",
        ),
        NotToBeSent::AnotherWay => (
            "dossier",
            "wanted-another-way",
            "Người nộp không chọn nhận kết quả qua bưu chính.",
            "Its applicant does not want the result by post.",
        ),
        NotToBeSent::NoAddress => {
            ("address", "required", "Ghi địa chỉ nhận kết quả qua bưu chính.", "Write the address that it is sent to.")
        }
    };
    Finding { pointer: format!("/parcels/{place}/{field}"), code, text: LocalText::new(vi, en) }
}
