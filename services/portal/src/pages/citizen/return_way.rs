//! How the result is wanted, where that is chosen beside something else.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{failure::Failure, pages::kinds::DossierRecord, posted::Posted, signed_in::Citizen};

/// The fields of the choice; the API calls them the same.
pub(super) const FIELDS: [&str; 3] = ["way", "address", "phone"];

/// What stands in them before anything is typed.
pub(super) fn begun(dossier: &Value) -> Vec<(String, String)> {
    let wanted = &dossier["return_way"];
    let known = FIELDS.iter().filter_map(|name| Some(((*name).to_owned(), wanted[name].as_str()?.to_owned())));
    known.collect()
}

/// What was chosen, if that is something else than so far. Address and phone are for the post.
pub(super) fn chosen(dossier: &Value, posted: &Posted) -> Option<Value> {
    let given = |name: &str| Some(posted.get(name).replace("\r\n", "\n")).filter(|text| !text.is_empty());
    let way = given("way")?;
    let by_post = way == "POST";
    let (address, phone) = (given("address").filter(|_| by_post), given("phone").filter(|_| by_post));
    let wanted = &dossier["return_way"];
    let so_far = FIELDS.map(|name| wanted[name].as_str().map(ToOwned::to_owned));
    let choice = json!({"way": way, "address": address, "phone": phone});
    ([Some(way), address, phone] != so_far).then_some(choice)
}

/// Notes it; gives the version that the dossier has then.
pub(super) async fn choose(
    citizen: &Citizen,
    draft: &DossierRecord,
    version: Option<&str>,
    choice: &Value,
) -> Result<Option<String>, Failure> {
    let path = format!("/api/v1/dossiers/{}/return-way", draft.id);
    let call = citizen.api().call(Method::PUT, &path).made_from(version);
    Ok(call.json(choice).send().await?.etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_as_it_was_is_not_chosen_anew_and_an_address_is_for_the_post() {
        let by_post = json!({"return_way": {"way": "POST", "chosen": true, "address": "a\nb", "phone": null}});
        let chosen = |sent: &str| chosen(&by_post, &Posted::parse(sent.as_bytes()));
        assert_eq!(chosen("way=POST&address=a%0D%0Ab&phone="), None);
        assert_eq!(chosen("address=a"), None, "nothing is chosen");
        assert_eq!(chosen("way=POST&address=c"), Some(json!({"way": "POST", "address": "c", "phone": null})));
        assert_eq!(chosen("way=COUNTER&address=c"), Some(json!({"way": "COUNTER", "address": null, "phone": null})));
    }
}
