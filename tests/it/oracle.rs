//! Vectors through the conformance program's own table of operations: the project's, and those of a
//! shared folder where `YARDSTICK_SHARED` names one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use yardstick::number::{Tier, parse_decimal, plain, quotient, quotient_of_products};
use yardstick::{Decimal, ErrorKind, Rational, Rounding};

use crate::conformance::{Answer, Case, Digest, OWN, Tally, answer, loses_as_said};

/// The digest of the answers to all of the project's own cases, in their order, as `regenerate.py`
/// makes it out of what they expect. It is the same on every platform, in debug and in release, with
/// and without any feature of this crate or another.
const GOLDEN: &str = "b9e4be9d803f44b66e409fe0f84bde10";

/// Cases that were answered, counted and compared.
#[derive(Default)]
struct Run {
    tally: Tally,
    wrong: Vec<String>,
}

impl Run {
    fn case(&mut self, value: &Json, place: &str) -> Option<(Case, Answer)> {
        let case = Case::from_json(value);
        let answered = case.and_then(|case| answer(&case).map(|answer| (case, answer)));
        let (case, answer) = match answered {
            Ok(answered) => answered,
            Err(why) => {
                self.wrong.push(format!("{place}: {why}: {value}"));
                return None;
            }
        };
        if self.tally.count(&case, &answer) != Some(true) {
            self.wrong.push(format!("{place}: {} for {value}", answer.line(&case)));
        }
        if !loses_as_said(&case, &answer) {
            self.wrong.push(format!("{place}: exact or not: {value}"));
        }
        if let Some(difference) = at_once(&case, &answer) {
            self.wrong.push(format!("{place}: {difference}: {value}"));
        }
        Some((case, answer))
    }

    /// Shows what ran, and fails where anything was wrong.
    fn finish(&self, what: &str) {
        let total = self.tally.total();
        println!("{what}\n{}{}", self.tally, self.tally.tiers());
        println!("{what}: {} passed, {} wrong, none skipped", total.passed, self.wrong.len());
        assert!(self.wrong.is_empty(), "{} wrong:\n{}", self.wrong.len(), self.wrong.join("\n"));
        assert_eq!((total.passed, total.failed), (total.cases, 0));
    }

    fn every_tier_decided_some(&self) {
        for tier in Tier::ALL {
            assert!(self.tally.tiers.get(&Some(tier)).is_some_and(|count| *count > 0), "{tier}");
        }
    }
}

/// Where decimals have a function that rounds their quotient without a fraction in between, it has to
/// say the same.
fn at_once(case: &Case, answer: &Answer) -> Option<String> {
    let decimals: Vec<Decimal> =
        case.args.iter().map(|text| parse_decimal(text).ok()).collect::<Option<_>>()?;
    let mut rounding = Rounding::new(case.scale, case.mode);
    if let Some(step) = &case.step {
        rounding = rounding.with_step(step.parse::<Rational>().ok()?).ok()?;
    }
    let result = match (case.op.as_str(), decimals.as_slice()) {
        ("divide" | "ratio" | "quotient", [a, b]) => quotient(a, b, rounding),
        ("multiply" | "product", factors) => quotient_of_products(factors, &[], rounding),
        ("prorate", [days, base, price]) => {
            quotient_of_products(&[*days, *price], &[*base], rounding)
        }
        // Over a rate that is a quotient itself: only where that is not a quotient by zero.
        ("ltv", [revenue, customers, margin, lost, start]) => {
            quotient_of_products(&[*revenue, *margin, *start], &[*customers, *lost], rounding)
                .and_then(|value| match start.mantissa() {
                    0 => quotient(lost, start, rounding),
                    _ => Ok(value),
                })
        }
        _ => return None,
    };
    let result = result.map(|decimal| Json::from(plain(&decimal))).map_err(|error| error.kind());
    (result != answer.outcome).then(|| format!("at once {result:?}"))
}

#[test]
fn own_vectors() {
    let mut run = Run::default();
    let mut digest = Digest::EMPTY;
    let mut ids = BTreeSet::new();
    for (name, lines) in OWN {
        for line in lines.lines() {
            let value: Json = serde_json::from_str(line).unwrap();
            assert!(ids.insert(value["id"].to_string()), "twice: {line}");
            if let Some((case, answer)) = run.case(&value, name) {
                digest = digest.with(&answer.line(&case));
            }
        }
    }
    run.finish("own cases");
    run.every_tier_decided_some();
    println!("digest of the answers: {digest}");
    assert_eq!(digest.to_string(), GOLDEN);
}

/// A folder beside the checkout, where the environment names it.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("YARDSTICK_SHARED");
    if shared.is_none() {
        println!("YARDSTICK_SHARED is not set: none of its cases ran");
    }
    shared.map(|shared| Path::new(&shared).join(folder))
}

fn document(path: &Path) -> Json {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn shared_vectors() {
    let Some(folder) = shared("oracle/number") else { return };
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    let mut run = Run::default();
    for path in &files {
        let file = path.file_name().unwrap().to_string_lossy();
        let document = document(path);
        assert_eq!(document["schema"], 1, "{file}");
        let cases = document["cases"].as_array().unwrap();
        assert!(!cases.is_empty(), "{file}");
        for case in cases {
            run.case(case, &file);
        }
        println!("{file}: {} cases", cases.len());
    }
    run.finish("shared cases");
    run.every_tier_decided_some();
}

/// Published bounds of proportions, at 20 places, as lines of the protocol.
#[test]
fn shared_bounds_of_proportions() {
    let Some(folder) = shared("oracle/stats") else { return };
    let levels = document(&folder.join("quantiles.json"));
    let z_of = |level: &Rational| {
        let of_level = |case: &&Json| {
            case["inputs"]["confidence_two_sided"].as_str().unwrap().parse().as_ref() == Ok(level)
        };
        let case = levels["cases"].as_array().unwrap().iter().find(of_level);
        case.unwrap_or_else(|| panic!("no z for {level}"))["z_110_digits"].clone()
    };
    let (mut run, mut cases) = (Run::default(), 0);
    for case in document(&folder.join("proportion_ci.json"))["cases"].as_array().unwrap() {
        let function = case["function"].as_str().unwrap().strip_prefix("proportion_ci.").unwrap();
        let Some(kind) =
            ["wilson", "wald", "agresti_coull"].into_iter().find(|kind| function.starts_with(kind))
        else {
            assert_eq!(function, "clopper_pearson");
            continue;
        };
        let inputs = &case["inputs"];
        let number = |key: &str| inputs[key].as_str().and_then(|text| text.parse().ok());
        let z = match (number("z"), number("confidence"), number("alpha")) {
            (Some(z), _, _) => Json::from(Rational::to_string(&z)),
            (None, Some(level), _) => z_of(&level),
            (None, None, Some(alpha)) => z_of(&(Rational::ONE - alpha)),
            _ => panic!("no z: {case}"),
        };
        cases += 1;
        let prefix = if function.contains('+') { "wilson_" } else { "" };
        for (end, bound) in [("lo", "lower"), ("hi", "upper")] {
            let name = format!("{prefix}{bound}");
            let of_name = |expected: &&Json| expected["name"] == *name;
            let due = case["expected"].as_array().unwrap().iter().find(of_name).unwrap();
            run.case(
                &json!({
                    "id": format!("{} {bound}", case["id"]),
                    "op": format!("{kind}_{end}"),
                    "args": [inputs["k"].to_string(), inputs["n"].to_string(), z],
                    "scale": 20,
                    "mode": "half_even",
                    "expect": to_20_places(due["decimal"].as_str().unwrap()),
                }),
                "proportion_ci.json",
            );
        }
    }
    assert_eq!(cases, 40, "Wilson, Wald and Agresti-Coull");
    run.finish("shared bounds of proportions");
}

/// 30 places to 20; no case lies so that the two roundings could be told from one.
fn to_20_places(text: &str) -> String {
    let dropped = &text[text.len() - 10..];
    assert!(text.split_once('.').unwrap().1.len() == 30 && dropped != "5000000000");
    plain(&text.parse::<Rational>().unwrap().round(Rounding::half_even(20)).unwrap())
}

/// Published splits by largest remainder, as lines of the protocol.
#[test]
fn shared_splits() {
    let Some(folder) = shared("oracle/stats") else { return };
    let credits = document(&folder.join("attribution.json"));
    let credits = credits["cases"].as_array().unwrap().iter();
    let credits =
        credits.clone().find(|case| case["id"] == "channelattribution-10k-markov1-credit");
    let exact = |expected: &Json| expected["exact"].as_str().unwrap().to_owned();
    let mut run = Run::default();
    for case in document(&folder.join("allocation.json"))["cases"].as_array().unwrap() {
        if case["function"] != "allocate.largest_remainder" {
            continue;
        }
        let inputs = &case["inputs"];
        let scale = u32::try_from(inputs["scale"].as_u64().unwrap()).unwrap();
        // The shares stand in the case, or are the credits of another.
        let weights = match inputs["shares"].as_array() {
            Some(shares) => Json::from(shares.clone()),
            None => credits.unwrap()["expected"].as_array().unwrap().iter().map(exact).collect(),
        };
        let (parts, sum): (Vec<&Json>, Vec<&Json>) =
            case["expected"].as_array().unwrap().iter().partition(|part| part["name"] != "sum");
        assert_eq!(exact(sum[0]).parse::<Rational>(), inputs["total"].as_str().unwrap().parse());
        let part = |part: &&Json| {
            let exact: Rational = exact(part).parse().unwrap();
            plain(&exact.round(Rounding::exact(scale)).unwrap())
        };
        run.case(
            &json!({
                "id": case["id"],
                "op": "allocate",
                "total": inputs["total"],
                "weights": weights,
                "scale": scale,
                "method": "largest_remainder",
                "expect": parts.iter().map(part).collect::<Vec<_>>(),
            }),
            "allocation.json",
        );
    }
    assert_eq!(run.tally.total().cases, 3);
    run.finish("shared splits");
}

#[test]
fn what_is_no_case_is_said() {
    let refused = |line: &str| Case::from_line(line.as_bytes()).and_then(|case| answer(&case));
    for (line, why) in [
        ("{", "EOF"),
        ("[]", "a case is an object"),
        (r#"{"op":"abs"}"#, "\"id\" is missing"),
        (r#"{"id":1,"op":"abs","args":["1"],"mode":"ceil"}"#, "\"scale\" is missing"),
        (r#"{"id":1,"op":"abs","args":["1"],"scale":-1,"mode":"ceil"}"#, "no whole number"),
        (r#"{"id":1,"op":"abs","args":["1"],"scale":1}"#, "\"mode\" is missing"),
        (r#"{"id":1,"op":"abs","args":["1"],"scale":1,"mode":"up"}"#, "unknown rounding mode"),
        (r#"{"id":1,"op":"abs","args":[1.5],"scale":1,"mode":"ceil"}"#, "no list of texts"),
        (r#"{"id":1,"op":"abs","args":["1","2"],"scale":1,"mode":"ceil"}"#, "of 2 arguments"),
        (r#"{"id":1,"op":"cosine","args":["1"],"scale":1,"mode":"ceil"}"#, "no operation"),
        (r#"{"id":1,"op":"chain","args":["1","+"],"scale":1,"mode":"ceil"}"#, "a chain is"),
        (r#"{"id":1,"op":"allocate","total":"1","scale":1}"#, "\"weights\" is no list"),
        (
            r#"{"id":1,"op":"allocate","total":"1","weights":["1"],"scale":1,"method":"luck"}"#,
            "no method",
        ),
    ] {
        let message = refused(line).unwrap_err();
        assert!(message.contains(why), "{line}: {message}");
    }
}

#[test]
fn an_answer_that_is_not_expected_is_seen() {
    let answered = |line: &str| {
        let case = Case::from_line(line.as_bytes()).unwrap();
        let answer = answer(&case).unwrap();
        (answer.is_expected(&case), answer.line(&case), answer.outcome)
    };
    let line = |expected: &str| {
        format!(r#"{{"id":"a","op":"ln","args":["2"],"scale":4,"mode":"floor",{expected}}}"#)
    };
    for (expected, is_expected) in [
        (r#""expect":"0.6931""#, Some(true)),
        (r#""expect":"0.6932""#, Some(false)),
        (r#""expect":"0.69310""#, Some(false)),
        (r#""error":"domain""#, Some(false)),
        (r#""note":"""#, None),
    ] {
        let (seen, text, outcome) = answered(&line(expected));
        assert_eq!((seen, outcome), (is_expected, Ok(Json::from("0.6931"))));
        assert_eq!(text, r#"{"id":"a","result":"0.6931"}"#);
    }
    let zero = r#"{"id":7,"op":"minus","args":["0"],"scale":2,"mode":"exact","expect":"-0.00"}"#;
    assert_eq!(answered(zero).0, Some(true));
    let refused = r#"{"id":null,"op":"ln","args":["0"],"scale":2,"mode":"exact","error":"domain"}"#;
    let (seen, text, outcome) = answered(refused);
    assert_eq!((seen, outcome), (Some(true), Err(ErrorKind::Domain)));
    assert_eq!(text, r#"{"id":null,"error":"domain"}"#);
    // A split without a method is answered by both.
    let split = r#"{"id":1,"op":"allocate","total":"2","weights":["1","1","1"],"scale":0,
        "largest_remainder":["1","1","0"],"cumulative_half_even":["1","0","1"]}"#;
    let (seen, text, _) = answered(split);
    assert_eq!(seen, Some(true));
    let both = r#"{"cumulative_half_even":["1","0","1"],"largest_remainder":["1","1","0"]}"#;
    assert_eq!(text, format!(r#"{{"id":1,"result":{both}}}"#));
}

/// One bit of one answer changes the digest; so does an answer that moves.
#[test]
fn the_digest_sees_every_line_and_their_order() {
    let of = |lines: &[&str]| lines.iter().fold(Digest::EMPTY, |digest, line| digest.with(line));
    assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
    assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
    assert_ne!(of(&["a", "b"]), of(&["b", "a"]));
    assert_ne!(of(&["0.06"]), of(&["0.07"]));
}
