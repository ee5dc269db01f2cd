//! The protocol: a case as JSON in, its answer as JSON out. Used by the example and by the tests.

mod case;
mod operations;
mod tally;

use serde_json::Value as Json;
use yardstick::number::{Real, Tier, plain};
use yardstick::{Decimal, ErrorKind, Mode, Rational, Rounding};

pub(crate) use self::case::Case;
pub(crate) use self::tally::{Digest, Tally};

/// The project's own cases: a name for each file, and what is in it.
pub(crate) const OWN: [(&str, &str); 4] = [
    ("number", include_str!("../../../tests/oracle/number.jsonl")),
    ("irrational", include_str!("../../../tests/oracle/irrational.jsonl")),
    ("statistics", include_str!("../../../tests/oracle/statistics.jsonl")),
    ("allocate", include_str!("../../../tests/oracle/allocate.jsonl")),
];

/// What a case comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Digits, or a list of them for a split, or the name of an error.
    pub(crate) outcome: Result<Json, ErrorKind>,
    /// Which arithmetic decided a rounding; none for a split.
    pub(crate) tier: Option<Tier>,
}

impl Answer {
    /// The line that answers the case.
    pub(crate) fn line(&self, case: &Case) -> String {
        let id = &case.id;
        match &self.outcome {
            Ok(result) => format!("{{\"id\":{id},\"result\":{result}}}"),
            Err(kind) => format!("{{\"id\":{id},\"error\":\"{}\"}}", kind.name()),
        }
    }

    /// Whether it is what the case expects; `None` where the case expects nothing.
    pub(crate) fn is_expected(&self, case: &Case) -> Option<bool> {
        let expected = case.expected.as_ref()?;
        Some(match (&self.outcome, expected) {
            (Ok(result), Ok(expected)) => result == expected,
            (Err(kind), Err(name)) => kind.name() == name,
            _ => false,
        })
    }
}

/// Whether digits are lost where the case says so: what the mode `exact` then refuses.
pub(crate) fn loses_as_said(case: &Case, answer: &Answer) -> bool {
    let (Some(lost), Ok(_)) = (case.inexact, &answer.outcome) else { return true };
    let strict = Case { mode: Mode::Exact, ..case.clone() };
    self::answer(&strict).is_ok_and(|answer| answer.outcome.is_err() == lost)
}

/// Why an operation has no result.
pub(crate) enum Refusal {
    /// What the library answered, or would.
    Error(ErrorKind),
    /// It is no operation, or has not the arguments that it takes.
    Malformed(String),
}

impl From<yardstick::Error> for Refusal {
    fn from(error: yardstick::Error) -> Self {
        Self::Error(error.kind())
    }
}

/// Answers a case; what is no case is refused in words.
pub(crate) fn answer(case: &Case) -> Result<Answer, String> {
    let mut tier = None;
    let outcome = match &case.split {
        Some(split) => operations::split(case, split),
        None => operations::evaluate(&case.op, &case.args)
            .and_then(|exact| round(&exact, case, &mut tier))
            .map(|decimal| plain(&decimal).into()),
    };
    match outcome {
        Ok(result) => Ok(Answer { outcome: Ok(result), tier }),
        Err(Refusal::Error(kind)) => Ok(Answer { outcome: Err(kind), tier }),
        Err(Refusal::Malformed(why)) => Err(why),
    }
}

fn round(exact: &Real, case: &Case, tier: &mut Option<Tier>) -> Result<Decimal, Refusal> {
    let mut rounding = Rounding::new(case.scale, case.mode);
    if let Some(step) = &case.step {
        rounding = rounding.with_step(step.parse::<Rational>()?)?;
    }
    let (rounded, by) = exact.round_traced(rounding);
    *tier = by;
    Ok(rounded?)
}
