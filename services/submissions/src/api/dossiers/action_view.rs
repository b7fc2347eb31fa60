//! How a dossier's view says what its reader may do.

use civic::{DossierStatus, LocalText};
use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem};
use procedure::{Procedure, Stage};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::references::{OfficialReference, StageReference},
    app::App,
    domain::{
        actions::{Action, ChoiceInput, Entry, TextInput, Viewer, assign::OFFICIAL, forward::STAGE},
        colleague::Colleague,
        dossier::{Dossier, Refusal},
    },
    error,
    store::staff,
};

/// An action that there is for the reader.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierAction)]
pub struct ActionView {
    /// Which.
    action: Action,
    /// Whether it is possible now. The operation decides again.
    allowed: bool,
    /// The statuses to which it may lead from where the dossier stands; none when it leaves the status as it is.
    leads_to: Vec<DossierStatus>,
    /// Why not; none when it is possible.
    reason: Option<ReasonView>,
    /// What is written with it.
    texts: Vec<TextView>,
    /// What is chosen with it.
    choices: Vec<ChoiceView>,
    /// What is written with it for each paper that it is about.
    paper_texts: Vec<TextView>,
}

/// A text that is written with an action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierActionText)]
pub struct TextView {
    /// The member of the request that it is.
    #[schema(example = "note")]
    name: &'static str,
    /// Whether it must be given.
    required: bool,
    /// Characters it must have, if it is given.
    min_length: u32,
    /// Characters it may have.
    #[schema(minimum = 1)]
    max_length: u32,
}

/// One of a few words that is chosen with an action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierActionChoice)]
pub struct ChoiceView {
    /// The member of the request that it is.
    #[schema(example = "way")]
    name: &'static str,
    /// Whether one must be chosen.
    required: bool,
    /// The words.
    options: Vec<String>,
    /// What each is called, where it is no word of this API: a stage of the process, an official.
    labels: Vec<LocalText>,
}

/// What is chosen of a dossier's own: its stages and the officials of its agency.
#[derive(Debug, Default)]
pub struct Choices {
    next: Vec<StageReference>,
    earlier: Vec<StageReference>,
    /// Those who may get it in its own stage, and in one of the next.
    here: Vec<OfficialReference>,
    there: Vec<OfficialReference>,
}

impl Choices {
    /// Those of a dossier, for an official.
    pub async fn load(
        app: &App,
        conn: &mut AsyncPgConnection,
        dossier: &Dossier,
        procedure: &Procedure,
        official: bool,
    ) -> Result<Self, Problem> {
        let Some(stage) = dossier.stage(procedure).filter(|_| official && dossier.is_in_hand()) else {
            return Ok(Self::default());
        };
        let staff = staff::of_agency(conn, &dossier.agency, app.life.clock.now()).await?;
        let able = |stages: &[&Stage]| {
            let able = |one: &&Colleague| {
                stages.iter().any(|stage| one.roles.contains(&stage.role) && dossier.is_for(one.id, stage))
            };
            let able = staff.colleagues.iter().filter(able);
            able.map(|one| OfficialReference { id: one.id, name: Some(one.name.clone()) }).collect::<Vec<_>>()
        };
        let next = dossier.next_stages(procedure);
        let landing: Vec<&Stage> = next.iter().filter_map(|stage| procedure.passage(stage).pop()).collect();
        let mut here = able(&[stage]);
        here.retain(|one| Some(one.id) != dossier.holder());
        Ok(Self {
            here,
            there: able(&landing),
            next: next.into_iter().map(StageReference::from).collect(),
            earlier: dossier.earlier_stages(procedure).into_iter().map(StageReference::from).collect(),
        })
    }

    /// How a choice of an action is shown; not at all where there is nothing to choose.
    fn view(&self, action: Action, choice: &ChoiceInput) -> Option<ChoiceView> {
        let name = choice.name;
        let stages = |stages: &[StageReference], required| ChoiceView {
            name,
            required,
            options: stages.iter().map(|stage| stage.code.clone()).collect(),
            labels: stages.iter().map(|stage| stage.name.clone()).collect(),
        };
        let people = |people: &[OfficialReference], required| ChoiceView {
            name,
            required,
            options: people.iter().map(|one| one.id.to_string()).collect(),
            labels: people
                .iter()
                .map(|one| one.name.clone().unwrap_or_default())
                .map(|name| LocalText::new(&*name, &*name))
                .collect(),
        };
        let own = |view: ChoiceView, least: usize| (view.options.len() >= least).then_some(view);
        match (action, *choice) {
            (Action::Forward, STAGE) => own(stages(&self.next, true), 2),
            (Action::SendBack, STAGE) => own(stages(&self.earlier, true), 2),
            (Action::Forward, OFFICIAL) => own(people(&self.there, false), 1),
            (Action::Assign, OFFICIAL) => own(people(&self.here, true), 0),
            _ => Some(ChoiceView {
                name,
                required: true,
                options: choice.options.iter().map(|word| (*word).to_owned()).collect(),
                labels: Vec::new(),
            }),
        }
    }
}

/// Why an action is not possible.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierActionReason)]
pub struct ReasonView {
    /// Stable code, the one that the operation would answer with.
    #[schema(example = "fee-not-paid")]
    code: &'static str,
    /// A sentence for people.
    text: LocalText,
}

impl ActionView {
    /// An action, what stands against it, and where it leads a dossier that is in `status`.
    pub fn of(entry: &Entry, judged: Result<(), Refusal>, status: DossierStatus, choices: &Choices) -> Self {
        let leads_to = entry.passages.iter().filter(|(from, _)| *from == status).map(|(_, to)| *to).collect();
        let reason = judged.err().map(|why| {
            let kind = error::kind(&why);
            ReasonView { code: kind.code, text: LocalText::new(kind.vi, kind.en) }
        });
        let texts = |inputs: &[TextInput]| inputs.iter().map(TextView::from).collect();
        Self {
            action: entry.action,
            allowed: reason.is_none(),
            leads_to,
            reason,
            texts: texts(entry.texts),
            choices: entry.choices.iter().filter_map(|choice| choices.view(entry.action, choice)).collect(),
            paper_texts: texts(entry.paper_texts),
        }
    }
}

impl From<&TextInput> for TextView {
    fn from(input: &TextInput) -> Self {
        Self { name: input.name, required: input.required, min_length: input.min_length, max_length: input.max_length }
    }
}

/// What the caller is to this dossier, which the caller may see.
pub fn viewer(caller: &Caller, dossier: &Dossier) -> Viewer {
    if caller.clone().applicant().is_some() {
        return Viewer::Applicant;
    }
    let at_centre = dossier.taken_at.as_ref().map(|centre| caller.roles_at(centre).to_vec());
    Viewer::Official { at_agency: caller.roles_at(&dossier.agency).to_vec(), at_centre: at_centre.unwrap_or_default() }
}
