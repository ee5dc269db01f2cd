//! Agreements over the targets of a report.

use std::collections::HashMap;

use crate::error::Error;
use crate::funnel::Agreement;
use crate::model::agreement::AgreementDefinition;
use crate::model::report::{AgreementReport, TargetReport};
use crate::number::{Reason, Value};
use crate::target::State;

/// Where agreements stand whose targets were reported.
pub(super) fn reports(
    agreements: &[AgreementDefinition],
    targets: &[TargetReport],
) -> Result<Vec<AgreementReport>, Error> {
    let targets: HashMap<&str, &TargetReport> =
        targets.iter().map(|target| (target.result.name.as_str(), target)).collect();
    let report = |(i, agreement): (usize, &AgreementDefinition)| {
        report(agreement, &targets).map_err(|error| error.at_path(format!("agreements[{i}]")))
    };
    agreements.iter().enumerate().map(report).collect()
}

fn report(
    definition: &AgreementDefinition,
    targets: &HashMap<&str, &TargetReport>,
) -> Result<AgreementReport, Error> {
    let mut builder = Agreement::builder(definition.name.clone());
    let mut states = [Vec::new(), Vec::new()];
    for ((owner, _, names), states) in definition.sides().into_iter().zip(&mut states) {
        for name in names {
            // A model has every target that its agreements name.
            let (met, state) = match targets.get(name.as_str()).map(|target| target.current()) {
                Some(current) => (current.met, current.state),
                None => (Value::Undefined(Reason::Missing), State::Undefined),
            };
            builder = builder.promise(name.clone(), owner, met);
            states.push(state);
        }
    }
    let [marketing, sales] = states;
    Ok(AgreementReport { agreement: builder.build()?, marketing, sales })
}
