//! JSON bodies: any bytes are a body made of the field's vocabulary, which is then written and read back as itself, or a
//! problem that points at what is wrong.

#![no_main]

use std::sync::LazyLock;

use actix_web::{FromRequest, test::TestRequest};
use civic::{
    AgencyCode, CitizenNumber, DossierCode, DossierStatus, Email, Gender, Language, LocalText, Party, PersonName,
    Phone, ProcedureCode, Secret, TaxNumber, TimeLimit, Vnd,
};
use edge::Json;
use libfuzzer_sys::fuzz_target;
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

#[path = "../../../services/gateway/src/validate/json.rs"]
mod json;

/// Every kind of value that a body of this API may hold, and lists of them.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Body {
    agency: Option<AgencyCode>,
    citizen_number: Option<CitizenNumber>,
    code: Option<DossierCode>,
    status: Option<DossierStatus>,
    email: Option<Email>,
    gender: Option<Gender>,
    language: Option<Language>,
    text: Option<LocalText>,
    party: Option<Party>,
    name: Option<PersonName>,
    phone: Option<Phone>,
    procedure: Option<ProcedureCode>,
    secret: Option<Secret>,
    tax_number: Option<TaxNumber>,
    time_limit: Option<TimeLimit>,
    amount: Option<Vnd>,
    #[serde(rename = "a/b~c.d")]
    awkward: Option<u8>,
    bodies: Vec<Body>,
}

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime"));

fuzz_target!(|bytes: &[u8]| {
    let request = TestRequest::post().insert_header(("content-type", "application/json"));
    let (request, mut payload) = request.set_payload(bytes.to_vec()).to_http_parts();
    let taken = RUNTIME.block_on(Json::<Body>::from_request(&request, &mut payload));
    match taken {
        Ok(Json(body)) => {
            let written = serde_json::to_string(&body).expect("it is writable");
            assert_eq!(serde_json::from_str::<Body>(&written).expect("it is readable"), body);
        }
        Err(problem) => {
            let problem = fuzz::rendered(&problem, "/api/v1/dossiers");
            assert_eq!(problem["status"], 400);
            // Of two members of one name, and of what follows an error, nothing is known here; the gateway lets neither pass.
            if let (true, Ok(body)) = (problem["code"] == "invalid", json::read(bytes)) {
                fuzz::points_into(&problem, &body);
            }
        }
    }
});
