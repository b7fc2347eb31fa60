//! How a result is wanted, as it is sent.

use civic::Phone;
use edge::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    domain::actions::{
        choose_return::{ADDRESS, WantedReturn},
        return_result::ReturnWay,
    },
    error,
};

/// How the result is wanted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = DossierReturnChoice)]
#[serde(deny_unknown_fields)]
pub struct ReturnChoice {
    way: ReturnWay,
    /// Where it is sent by post, where it must be given: 10 to 300 characters, counted as composed. Not kept with any other way.
    #[schema(max_length = 1200)]
    address: Option<String>,
    /// The phone that the post calls, if it is another than the applicant's. Not kept with any other way.
    phone: Option<Phone>,
}

impl ReturnChoice {
    /// What is wanted; `place` is where the choice stands in the request's body.
    ///
    /// # Errors
    /// 400 when the address is missing or is none.
    pub fn wanted(self, place: &str) -> Result<WantedReturn, Problem> {
        let Self { way, address, phone } = self;
        if way != ReturnWay::Post {
            return Ok(WantedReturn { way, address: None, phone: None });
        }
        let address = error::read_text_at(&ADDRESS, address.as_deref(), place)?;
        if address.is_none() {
            let (vi, en) = ("Ghi địa chỉ nhận kết quả qua bưu chính.", "Write the address that it is sent to.");
            return Err(error::invalid(&format!("{place}/address"), "required", vi, en));
        }
        Ok(WantedReturn { way, address, phone })
    }
}
