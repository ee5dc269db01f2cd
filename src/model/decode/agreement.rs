//! Agreements between marketing and sales.

use super::section::{description, text};
use crate::model::agreement::AgreementDefinition;
use crate::model::read::Object;

pub(super) fn agreement(object: &mut Object<'_>) -> Option<AgreementDefinition> {
    description(object);
    let name = text(object.need("name"));
    let mut side = |name| object.need(name).and_then(|field| field.texts());
    let (marketing, sales) = (side("marketing"), side("sales"));
    Some(AgreementDefinition::new(name?).marketing(marketing?).sales(sales?))
}
