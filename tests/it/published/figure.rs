//! A published figure, and how its print relates to its exact value.

#![allow(clippy::disallowed_types, reason = "some figures were printed from floats")]

use serde_json::{Value as Json, json};
use yardstick::number::{grouped, plain};
use yardstick::{Mode, Rational, Rounding};

/// A figure as it was printed, and what it is exactly.
pub(super) struct Figure {
    pub(super) id: u64,
    pub(super) files: Vec<String>,
    pub(super) metric: String,
    pub(super) filter: String,
    pub(super) printed: String,
    pub(super) exact: Rational,
    agreement: Agreement,
}

/// How the print relates to the exact value.
enum Agreement {
    /// It is the exact value, or that rounded half up at the printed decimals.
    Rounds,
    /// It is a float within this distance, relative to the exact value.
    Float(Rational),
    /// It is cut off at the printed decimals, where rounding gives another.
    Cut,
    /// It is another number.
    Differs,
}

/// What came of a figure.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(super) enum Verdict {
    Reproduced,
    /// Something else was printed, and an explanation is due.
    Disagrees,
}

impl Agreement {
    fn read(text: &str, printed: &str) -> Self {
        let after = |start: &str| text.strip_prefix(start).and_then(|rest| rest.split(' ').next());
        if let Some(bound) = after("binary64 (<=") {
            return Self::Float(bound.parse().unwrap());
        }
        if let Some(places) = after("rounds half-up to ") {
            assert_eq!(places.parse(), Ok(decimals(printed)), "{printed}: {text}");
            return Self::Rounds;
        }
        if let Some(places) = after("TRUNCATES to ") {
            assert_eq!(places.parse(), Ok(decimals(printed)), "{printed}: {text}");
            return Self::Cut;
        }
        match text {
            "exact" => Self::Rounds,
            "MISMATCH" => Self::Differs,
            other => panic!("unknown agreement {other}"),
        }
    }
}

impl Figure {
    pub(super) fn from_json(json: &Json) -> Self {
        let text = |name: &str| json[name].as_str().unwrap().to_owned();
        let printed = text("published_as_printed");
        let files = json["files"].as_array().unwrap().iter();
        Self {
            id: json["id"].as_u64().unwrap(),
            files: files.map(|file| file.as_str().unwrap().to_owned()).collect(),
            metric: text("metric"),
            filter: text("filter"),
            exact: text("recomputed_exact").parse().unwrap(),
            agreement: Agreement::read(&text("agreement"), &printed),
            printed,
        }
    }

    /// One of the project's own files, see `tests/oracle/published.py`.
    pub(super) fn own(json: &Json) -> Self {
        let text = |name: &str| json[name].as_str().unwrap().to_owned();
        Self {
            id: json["id"].as_u64().unwrap(),
            files: Vec::new(),
            metric: text("metric"),
            filter: json["of"].as_str().unwrap_or("all").to_owned(),
            printed: text("printed"),
            exact: text("exact").parse().unwrap(),
            agreement: match text("print").as_str() {
                "rounded" => Agreement::Rounds,
                "float" => Agreement::Float(text("within").parse().unwrap()),
                "cut" => Agreement::Cut,
                "other" => Agreement::Differs,
                other => panic!("unknown relation of print and figure {other}"),
            },
        }
    }

    /// Holds a value against the exact figure and the print, or says what is wrong.
    pub(super) fn judge(&self, value: &Rational) -> Result<Verdict, String> {
        if *value != self.exact {
            return Err(format!("{value}, but {} is due", self.exact));
        }
        let rounded = shows(value, &self.printed, Mode::HalfExpand);
        match &self.agreement {
            Agreement::Rounds if rounded => Ok(Verdict::Reproduced),
            Agreement::Rounds => Err(format!("{value} does not round to {}", self.printed)),
            Agreement::Float(bound) => {
                let away = (float(&self.printed) - value.clone()).abs();
                match away <= bound * &value.abs() {
                    true => Ok(Verdict::Reproduced),
                    false => Err(format!("{} is {away} away from {value}", self.printed)),
                }
            }
            Agreement::Cut if rounded => Err(format!("{value} rounds to {}", self.printed)),
            Agreement::Cut if !shows(value, &self.printed, Mode::Trunc) => {
                Err(format!("{value} cut off is not {}", self.printed))
            }
            Agreement::Differs if rounded => Err(format!("{value} rounds to {}", self.printed)),
            Agreement::Cut | Agreement::Differs => Ok(Verdict::Disagrees),
        }
    }
}

/// Whether the value is shown like this at as many decimals, digit by digit.
pub(super) fn shows(value: &Rational, printed: &str, mode: Mode) -> bool {
    let rounded = value.round(Rounding::new(decimals(printed), mode)).unwrap();
    printed == if printed.contains(',') { grouped(&rounded, ',') } else { plain(&rounded) }
}

/// The binary value of the float that was printed.
pub(super) fn float(printed: &str) -> Rational {
    Rational::from_f64_exact(printed.parse().unwrap()).unwrap()
}

/// The binary value of the nearest float of single precision.
pub(super) fn single(text: &str) -> Rational {
    Rational::from_f64_exact(f64::from(text.parse::<f32>().unwrap())).unwrap()
}

fn decimals(printed: &str) -> u32 {
    printed.split_once('.').map_or(0, |(_, decimals)| decimals.len() as u32)
}

/// What the judge says of a value, for a print and its relation to the exact figure 2/3.
fn judged(printed: &str, agreement: &str, value: &str) -> Result<Verdict, String> {
    let figure = json!({
        "id": 1, "files": [], "metric": "share", "filter": "all",
        "published_as_printed": printed, "recomputed_exact": "2/3", "agreement": agreement,
    });
    Figure::from_json(&figure).judge(&value.parse().unwrap())
}

#[test]
fn a_value_is_held_against_the_exact_figure_and_against_the_print() {
    use Verdict::{Disagrees, Reproduced};
    assert_eq!(judged("0.667", "rounds half-up to 3 dp", "2/3"), Ok(Reproduced));
    assert_eq!(judged("0.6666666666666666", "binary64 (<=4e-15 rel)", "2/3"), Ok(Reproduced));
    assert_eq!(judged("0.66", "TRUNCATES to 2 dp", "2/3"), Ok(Disagrees));
    assert_eq!(judged("0.5", "MISMATCH", "2/3"), Ok(Disagrees));
    for (printed, agreement) in [
        ("0.666", "rounds half-up to 3 dp"),
        ("0.67", "TRUNCATES to 2 dp"),
        ("0.65", "TRUNCATES to 2 dp"),
        ("0.67", "MISMATCH"),
        ("0.66666666666", "binary64 (<=4e-15 rel)"),
    ] {
        assert!(judged(printed, agreement, "2/3").is_err(), "{printed}: {agreement}");
    }
    for agreement in ["rounds half-up to 2 dp", "MISMATCH", "binary64 (<=1 rel)"] {
        assert!(judged("0.67", agreement, "0.67").is_err(), "{agreement}");
    }
}
