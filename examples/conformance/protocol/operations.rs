//! Each operation as one expression of the public API. No digit is computed here.

use std::cmp::Ordering;

use serde_json::Value as Json;
use yardstick::number::{
    Real, allocate, allocate_cumulative, annual_growth_rate, decay, growth_rate, plain,
};
use yardstick::{Error, ErrorKind, Mode, Rational, Rounding};

use super::Refusal;
use super::case::{Case, Split};

/// The exact value of an operation on texts.
pub(crate) fn evaluate(op: &str, args: &[String]) -> Result<Real, Refusal> {
    if op == "chain" {
        return chain(args).map(Real::from);
    }
    let numbers: Vec<Rational> = args.iter().map(|text| text.parse()).collect::<Result<_, _>>()?;
    let result = match (op, numbers.as_slice()) {
        ("value" | "apply" | "plus" | "round", [a]) | ("round_step", [a, _]) => a.clone().into(),
        ("minus", [a]) => (-a).into(),
        ("abs", [a]) => a.abs().into(),
        ("add", [a, b]) => (a + b).into(),
        ("subtract" | "difference", [a, b]) => (a - b).into(),
        ("multiply", [a, b]) => (a * b).into(),
        ("fma", [a, b, c]) => (a * b + c).into(),
        ("divide" | "ratio" | "quotient", [a, b]) => a.checked_div(b)?.into(),
        ("divideint", [a, b]) => truncated(&a.checked_div(b)?).into(),
        ("remainder", [a, b]) => (a - b * truncated(&a.checked_div(b)?)).into(),
        ("compare", [a, b]) => sign(a.cmp(b)).into(),
        ("powi", [base, n]) => base.checked_pow(whole(n)?)?.into(),
        ("sum", all) => all.iter().sum::<Rational>().into(),
        ("product", all) => all.iter().fold(Rational::ONE, |product, x| product * x).into(),
        ("ltv", [revenue, customers, margin, lost, start]) => {
            let value = revenue.checked_div(customers)? * margin;
            value.checked_div(&lost.checked_div(start)?)?.into()
        }
        ("prorate", [days, base, price]) => (days.checked_div(base)? * price).into(),
        ("funnel_overall_pct", stages) => overall_percent(stages)?.into(),
        ("sqrt", [a]) => a.sqrt()?,
        ("root", [a, degree]) => a.root(whole(degree)?)?,
        ("exp", [a]) => a.exp(),
        ("ln", [a]) => a.ln()?,
        ("log10", [a]) => a.log10()?,
        ("power", [base, exponent]) => base.power(exponent)?,
        ("cagr_n", [begin, end, periods]) => growth_rate(begin, end, periods)?,
        ("cagr_days", [begin, end, days]) => annual_growth_rate(begin, end, days)?,
        ("decay2", [elapsed, half_life]) => decay(elapsed, half_life)?,
        _ => {
            let count = args.len();
            return Err(Refusal::Malformed(format!("no operation \"{op}\" of {count} arguments")));
        }
    };
    Ok(result)
}

/// How a total is split; in the order of their answers.
pub(crate) const METHODS: [&str; 2] = ["largest_remainder", "cumulative_half_even"];

/// The parts of a total, by one method or by both.
pub(crate) fn split(case: &Case, split: &Split) -> Result<Json, Refusal> {
    let total: Rational = split.total.parse()?;
    let weights: Vec<Rational> =
        split.weights.iter().map(|text| text.parse()).collect::<Result<_, _>>()?;
    let quantum: Rational = match &case.step {
        Some(step) => step.parse()?,
        None => format!("1e-{}", case.scale).parse()?,
    };
    let by = |method: &str| {
        let parts = match method {
            "largest_remainder" => allocate(total.clone(), weights.clone(), quantum.clone())?,
            "cumulative_half_even" => allocate_cumulative(
                total.clone(),
                weights.clone(),
                quantum.clone(),
                Mode::HalfEven,
            )?,
            _ => return Err(Refusal::Malformed(format!("no method \"{method}\""))),
        };
        let part = |part: &Rational| part.round(Rounding::exact(case.scale)).map(|d| plain(&d));
        let texts: Result<Vec<String>, Error> = parts.iter().map(part).collect();
        Ok(Json::from(texts?))
    };
    match &split.method {
        Some(method) => by(method),
        None => {
            let both = METHODS.map(|method| by(method).map(|parts| (method.to_owned(), parts)));
            both.into_iter().collect::<Result<serde_json::Map<_, _>, _>>().map(Json::from)
        }
    }
}

fn truncated(number: &Rational) -> Rational {
    if number.is_negative() { number.ceil() } else { number.floor() }
}

fn sign(order: Ordering) -> Rational {
    Rational::from(match order {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    })
}

/// Step by step, as a funnel is computed, so that the rates have to cancel.
fn overall_percent(stages: &[Rational]) -> Result<Rational, Error> {
    stages
        .windows(2)
        .try_fold(Rational::from(100), |overall, step| Ok(overall * step[1].checked_div(&step[0])?))
}

/// An argument that counts, which may be written as a decimal, `2.00`. One that is no whole number,
/// or none that the operation takes, is outside its domain.
fn whole<T: std::str::FromStr>(number: &Rational) -> Result<T, Refusal> {
    number.to_string().parse().map_err(|_| Refusal::Error(ErrorKind::Domain))
}

/// `a + b * c`, from left to right and without precedence.
fn chain(args: &[String]) -> Result<Rational, Refusal> {
    let malformed =
        || Refusal::Malformed("a chain is a number, a sign, a number, and so on".to_owned());
    let (first, steps) = args.split_first().ok_or_else(malformed)?;
    let mut result: Rational = first.parse()?;
    for step in steps.chunks(2) {
        let [sign, number] = step else { return Err(malformed()) };
        let number: Rational = number.parse()?;
        result = match sign.as_str() {
            "+" => result + number,
            "-" => result - number,
            "*" => result * number,
            "/" => result.checked_div(&number)?,
            _ => return Err(malformed()),
        };
    }
    Ok(result)
}
