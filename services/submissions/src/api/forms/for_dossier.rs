//! A form about a dossier, if there is such a one.

use documents::Form;
use edge::Kind;

use super::{
    extension::extension, number::FormNumber, receipt::receipt, refusal::refusal, routing::routing, source::Source,
    stopping::stopping, supplement::supplement,
};

/// The form of this number.
///
/// # Errors
/// What is told where what it would say did not happen.
pub fn form(number: FormNumber, source: &Source) -> Result<Form, Kind> {
    let form = match number {
        FormNumber::Receipt => receipt(source),
        FormNumber::Supplement => supplement(source),
        FormNumber::Refusal => refusal(source),
        FormNumber::Extension => extension(source),
        FormNumber::Stopping => stopping(source),
        FormNumber::Routing => routing(source),
    };
    form.ok_or_else(|| number.missing())
}
