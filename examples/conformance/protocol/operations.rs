//! Each operation as one expression of the public API. No digit is computed here.

use std::cmp::Ordering;

use serde_json::Value as Json;
use yardstick::number::{
    Real, allocate, allocate_cumulative, annual_growth_rate, decay, growth_rate, plain,
};
use yardstick::statistics::{
    Moments, Of, QuantileType, Quantiles, WeightedMean, agresti_coull, wald, wilson,
};
use yardstick::{Column, Error, ErrorKind, Mode, Rational, Rounding, Value};

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
        ("mean", _) => defined(moments(args)?.mean())?.into(),
        ("var_sample", _) => defined(moments(args)?.variance(Of::Sample))?.into(),
        ("var_population", _) => defined(moments(args)?.variance(Of::Population))?.into(),
        ("stddev_sample", _) => defined(moments(args)?.standard_deviation(Of::Sample))?,
        ("stddev_population", _) => defined(moments(args)?.standard_deviation(Of::Population))?,
        ("weighted_mean", _) => defined(weighted(args)?.mean())?.into(),
        ("quantile", [kind, p, ..]) => {
            defined(quantiles(&args[2..])?.quantile(p, of_type(kind)?)?)?.into()
        }
        ("wilson_lo", [k, n, z]) => wilson(whole(k)?, whole(n)?, z)?.lower,
        ("wilson_hi", [k, n, z]) => wilson(whole(k)?, whole(n)?, z)?.upper,
        ("wald_lo", [k, n, z]) => wald(whole(k)?, whole(n)?, z)?.lower,
        ("wald_hi", [k, n, z]) => wald(whole(k)?, whole(n)?, z)?.upper,
        ("agresti_coull_lo", [k, n, z]) => agresti_coull(whole(k)?, whole(n)?, z)?.lower,
        ("agresti_coull_hi", [k, n, z]) => agresti_coull(whole(k)?, whole(n)?, z)?.upper,
        _ => {
            let count = args.len();
            return Err(Refusal::Malformed(format!("no operation \"{op}\" of {count} arguments")));
        }
    };
    Ok(result)
}

/// How a total is split; in the order of the alphabet, so that an answer by both has one order.
pub(crate) const METHODS: [&str; 2] = ["cumulative_half_even", "largest_remainder"];

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

/// What is undefined for want of a base is divided by zero.
fn defined<T>(value: Value<T>) -> Result<T, Refusal> {
    value.defined().ok_or(Refusal::Error(ErrorKind::DivisionByZero))
}

/// Each number as a column of its own, and the states merged: they need not have a scale in common.
fn moments(args: &[String]) -> Result<Moments, Error> {
    args.iter().try_fold(Moments::default(), |mut all, number| {
        all.merge(&Moments::of(&Column::text(&[number]))?);
        Ok(all)
    })
}

fn quantiles(args: &[String]) -> Result<Quantiles, Error> {
    args.iter().try_fold(Quantiles::default(), |mut all, number| {
        all.merge(&Quantiles::of(&Column::text(&[number]))?);
        Ok(all)
    })
}

/// Of values and their weights in turn.
fn weighted(args: &[String]) -> Result<WeightedMean, Refusal> {
    args.chunks(2).try_fold(WeightedMean::default(), |mut all, pair| {
        let [value, weight] = pair else {
            return Err(Refusal::Malformed("a value without a weight".to_owned()));
        };
        all.merge(&WeightedMean::of(&Column::text(&[value]), &Column::text(&[weight]))?);
        Ok(all)
    })
}

/// As Hyndman and Fan number them.
fn of_type(number: &Rational) -> Result<QuantileType, Refusal> {
    let number: usize = whole(number)?;
    let kind = number.checked_sub(1).and_then(|place| QuantileType::ALL.get(place));
    kind.copied().ok_or(Refusal::Error(ErrorKind::Domain))
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
