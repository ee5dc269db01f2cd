//! Vectors: the project's own, and those of a shared folder where `YARDSTICK_SHARED` names one.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;
use yardstick::number::plain;
use yardstick::{ErrorKind, Rational, Rounding};

type Outcome = Result<String, String>;

fn texts(value: &Json) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

fn numbers(args: &[&str]) -> Vec<Rational> {
    args.iter().map(|text| text.parse().unwrap()).collect()
}

fn over(a: &Rational, b: &Rational) -> Result<Rational, ErrorKind> {
    a.checked_div(b).map_err(|error| error.kind())
}

/// An exponent that may be written as a decimal, `2.00`.
fn whole(number: &Rational) -> i32 {
    assert!(number.is_integer());
    number.to_string().parse().unwrap()
}

fn truncated(number: &Rational) -> Rational {
    if number.is_negative() { number.ceil() } else { number.floor() }
}

/// The mean, and the sum of the squared distances from it.
fn spread(numbers: &[Rational]) -> Result<(Rational, Rational), ErrorKind> {
    let mean = over(&numbers.iter().sum(), &Rational::from(numbers.len() as u64))?;
    let squares = numbers.iter().map(|x| (x - &mean) * (x - &mean)).sum();
    Ok((mean, squares))
}

/// What a step of a chain does with the number that follows its sign.
fn chain(args: &[&str]) -> Result<Rational, ErrorKind> {
    let mut result: Rational = args[0].parse().unwrap();
    for step in args[1..].chunks(2) {
        let number: Rational = step[1].parse().unwrap();
        result = match step[0] {
            "+" => result + number,
            "-" => result - number,
            "*" => result * number,
            "/" => over(&result, &number)?,
            sign => panic!("unknown sign {sign}"),
        };
    }
    Ok(result)
}

/// The exact value of a case whose result is rational; `None` for an operation not known here.
fn evaluate(op: &str, args: &[&str]) -> Option<Result<Rational, ErrorKind>> {
    if op == "chain" {
        return Some(chain(args));
    }
    let x = numbers(args);
    let power =
        |base: &Rational, exponent| base.checked_pow(whole(exponent)).map_err(|error| error.kind());
    Some(match (op, x.as_slice()) {
        ("value" | "apply" | "plus" | "round" | "round_step", [a, ..]) => Ok(a.clone()),
        ("minus", [a]) => Ok(-a),
        ("abs", [a]) => Ok(a.abs()),
        ("add", [a, b]) => Ok(a + b),
        ("subtract" | "difference", [a, b]) => Ok(a - b),
        ("multiply", [a, b]) => Ok(a * b),
        ("fma", [a, b, c]) => Ok(&(a * b) + c),
        ("divide" | "ratio" | "quotient", [a, b]) => over(a, b),
        ("divideint", [a, b]) => over(a, b).map(|quotient| truncated(&quotient)),
        ("remainder", [a, b]) => over(a, b).map(|quotient| a - &(b * truncated(&quotient))),
        ("compare", [a, b]) => Ok(Rational::from(match a.cmp(b) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        })),
        ("powi" | "power", [base, exponent]) => power(base, exponent),
        ("sum", all) => Ok(all.iter().sum()),
        ("product", all) => Ok(all.iter().fold(Rational::ONE, |product, x| product * x)),
        ("mean", all) => spread(all).map(|(mean, _)| mean),
        ("var_sample", all) => spread(all)
            .and_then(|(_, squares)| over(&squares, &Rational::from(all.len() as u64 - 1))),
        // Step by step, as a funnel is computed, so that the rates have to cancel.
        ("funnel_overall_pct", all) => all
            .windows(2)
            .try_fold(Rational::from(100), |overall, step| Ok(overall * over(&step[1], &step[0])?)),
        ("ltv", [revenue, customers, margin, lost, start]) => {
            over(revenue, customers).and_then(|each| over(&(each * margin), &over(lost, start)?))
        }
        ("prorate", [days, base, price]) => over(days, base).map(|share| share * price),
        _ => return None,
    })
}

/// Runs one case; `None` where its operation is not known here.
fn run(case: &Json) -> Option<Outcome> {
    let (op, args) = (case["op"].as_str().unwrap(), texts(&case["args"]));
    let step = match op {
        "round_step" => Some(args[1]),
        _ => case["step"].as_str(),
    };
    let scale = u32::try_from(case["scale"].as_u64().unwrap()).unwrap();
    let mut rounding = Rounding::new(scale, case["mode"].as_str().unwrap().parse().unwrap());
    if let Some(step) = step {
        rounding = rounding.with_step(step.parse::<Rational>().unwrap()).unwrap();
    }
    let result =
        evaluate(op, &args)?.and_then(|exact| exact.round(rounding).map_err(|error| error.kind()));
    Some(match result {
        Ok(decimal) => Ok(plain(&decimal)),
        Err(kind) => Err(kind.name().to_owned()),
    })
}

/// What a case expects. A sign in front of a zero means nothing.
fn expected(case: &Json) -> Outcome {
    if let Some(error) = case["error"].as_str() {
        return Err(error.to_owned());
    }
    let text = case["expect"].as_str().unwrap();
    Ok(match text.strip_prefix('-') {
        Some(magnitude) if magnitude.chars().all(|digit| "0.".contains(digit)) => magnitude,
        _ => text,
    }
    .to_owned())
}

#[test]
fn own_vectors() {
    let lines = include_str!("../oracle/number.jsonl").lines();
    let mut counts = BTreeMap::<String, usize>::new();
    for line in lines {
        let case: Json = serde_json::from_str(line).unwrap();
        assert_eq!(run(&case), Some(expected(&case)), "{line}");
        *counts.entry(case["op"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    println!("own vectors run: {counts:?}");
    assert_eq!(counts.values().sum::<usize>(), 1432);
}

/// Why the cases of an operation are left out, for those that are.
fn skipped(op: &str) -> Option<&'static str> {
    match op {
        "sqrt" | "root" | "exp" | "ln" | "log10" | "cagr_n" | "cagr_days" | "decay2"
        | "stddev_sample" | "wilson_lo" | "wilson_hi" => Some("irrational; not in this release"),
        "allocate" => Some("a split into parts; not in this release"),
        _ => None,
    }
}

#[test]
fn shared_vectors() {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: 0 shared cases ran");
        return;
    };
    let folder = Path::new(&shared).join("oracle/number");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());

    let mut ran = BTreeMap::<String, usize>::new();
    let mut left_out = BTreeMap::<String, usize>::new();
    let mut wrong = Vec::new();
    for path in &files {
        let file = path.file_name().unwrap().to_string_lossy();
        let document: Json = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        assert_eq!(document["schema"], 1, "{file}");
        let (mut here, mut not_here) = (0, 0);
        for case in document["cases"].as_array().unwrap() {
            let op = case["op"].as_str().unwrap();
            if skipped(op).is_some() {
                *left_out.entry(op.to_owned()).or_default() += 1;
                not_here += 1;
                continue;
            }
            let Some(outcome) = run(case) else {
                panic!("{file}: unknown operation {op}");
            };
            if outcome != expected(case) {
                wrong.push(format!("{outcome:?} for {case}"));
            }
            // Some say too whether digits were lost, which is what the mode `exact` is for. The
            // to-integral operation of decimal arithmetic never says so, by its definition.
            let never_says = case["id"].as_str().unwrap().contains("/tointegral.");
            let lost = case["inexact"].as_bool().filter(|_| !never_says);
            if let (Ok(_), Some(lost)) = (&outcome, lost) {
                let mut strictly = case.clone();
                strictly["mode"] = "exact".into();
                if run(&strictly).is_some_and(|outcome| outcome.is_err()) != lost {
                    wrong.push(format!("exact or not: {case}"));
                }
            }
            *ran.entry(op.to_owned()).or_default() += 1;
            here += 1;
        }
        println!("{file}: {here} ran, {not_here} skipped");
    }
    for (op, count) in &ran {
        println!("{op}: {count} ran");
    }
    for (op, count) in &left_out {
        println!("{op}: {count} skipped, {}", skipped(op).unwrap_or_default());
    }
    let sum = |counts: &BTreeMap<String, usize>| counts.values().sum::<usize>();
    println!("{} shared cases ran, {} skipped", sum(&ran), sum(&left_out));
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
