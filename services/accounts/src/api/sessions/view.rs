//! The tokens that a person holds, as the operations on sessions give them.

use edge::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::account::CapacityView,
    app::App,
    changes::Bearer,
    domain::{access_token::Subject, device::Device, refresh_token::RefreshToken},
    signing::Signer,
};

/// The tokens of a signed-in person.
#[derive(Serialize, ToSchema)]
pub struct TokenPair {
    /// A JWT, for `Authorization: Bearer`.
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds that the access token lives.
    #[schema(minimum = 1, example = 600)]
    expires_in: i64,
    /// Gives the next pair, once.
    refresh_token: String,
    /// In which capacity the person acts: that of the access token, and of the next.
    capacity: CapacityView,
    /// All that she holds, herself first.
    capacities: Vec<CapacityView>,
    /// When signing in: what makes this device known. Keep it for a year and show it at the next sign-in, whoever's it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<String>,
}

/// An access token in another capacity than the one before.
#[derive(Serialize, ToSchema)]
pub struct SwitchedToken {
    /// A JWT, for `Authorization: Bearer`.
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds that the access token lives.
    #[schema(minimum = 1, example = 600)]
    expires_in: i64,
    /// In which capacity the person acts from now on.
    capacity: CapacityView,
}

impl TokenPair {
    /// The pair of `bearer`.
    ///
    /// # Errors
    /// When the stored key is damaged.
    pub fn of(app: &App, signer: &Signer, bearer: Bearer, refresh: &RefreshToken) -> Result<Self, Problem> {
        let (access_token, expires_in) = access_token(app, signer, &bearer)?;
        Ok(Self {
            access_token,
            token_type: "Bearer",
            expires_in,
            refresh_token: refresh.text(),
            capacity: bearer.acts_as.into(),
            capacities: bearer.held.into_iter().map(CapacityView::from).collect(),
            device: None,
        })
    }

    /// The same, with what makes the device known.
    pub fn with_device(self, device: &Device) -> Self {
        Self { device: Some(device.text()), ..self }
    }
}

impl SwitchedToken {
    /// The access token of `bearer`, who goes on with the refresh token that she has.
    ///
    /// # Errors
    /// When the stored key is damaged.
    pub fn of(app: &App, signer: &Signer, bearer: Bearer) -> Result<Self, Problem> {
        let (access_token, expires_in) = access_token(app, signer, &bearer)?;
        Ok(Self { access_token, token_type: "Bearer", expires_in, capacity: bearer.acts_as.into() })
    }
}

fn access_token(app: &App, signer: &Signer, bearer: &Bearer) -> Result<(String, i64), Problem> {
    let subject = Subject {
        id: bearer.user.id,
        name: bearer.user.name.clone().into(),
        session: Some(bearer.session),
        capacity: bearer.acts_as.capacity.clone(),
        until: bearer.acts_as.ends_at(),
        generation: bearer.generation,
        client: None,
    };
    Ok(app.keys.access_token(signer, subject)?)
}
