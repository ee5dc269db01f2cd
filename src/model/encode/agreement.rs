//! Writing agreements between marketing and sales.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Each, Shown};
use crate::funnel::{Promise, Side};
use crate::model::report::AgreementReport;
use crate::target::State;

impl Serialize for AgreementReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let agreement = &self.agreement;
        object!(serializer, {
            "name": agreement.name(),
            "outcome": agreement.outcome().name(),
            "marketing": Shown(agreement.marketing(), self.marketing.as_slice()),
            "sales": Shown(agreement.sales(), self.sales.as_slice()),
        })
    }
}

impl Serialize for Shown<'_, Side, &[State]> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(side, states) = self;
        let promises = || side.promises.iter().zip(*states);
        object!(serializer, {
            "state": side.state().name(),
            "first_broken": side.first_broken().map(|promise| &promise.name),
            "promises": Each(|| promises().map(|(promise, state)| Shown(promise, *state))),
        })
    }
}

impl Serialize for Shown<'_, Promise, State> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(promise, state) = self;
        object!(serializer, {
            "target": promise.name, "met": promise.met.defined(), "state": state.name(),
        })
    }
}
