//! Published examples, each from its inputs: the exact value, and the digits that were printed.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;
use yardstick::explain::{
    Change, ChangeMode, Convention, PriceVolumeMix, Product, RateMix, RatioSegment, Sales, Sums,
};
use yardstick::{Rational, Rounding, Value};

use super::rational;

const CASES: &str = include_str!("../../oracle/kpi/worked_explain.json");

fn own() -> Vec<Json> {
    let document: Json = serde_json::from_str(CASES).unwrap();
    document["cases"].as_array().unwrap().clone()
}

fn split(product: Product, convention: Convention) -> PriceVolumeMix {
    PriceVolumeMix::of([product], convention).unwrap()
}

fn answer(kind: &str, inputs: &Json) -> Value {
    let number = |name: &str| -> Rational {
        rational(inputs[name].as_str().unwrap_or_else(|| panic!("{kind} without {name}")))
    };
    let has = |name: &str| inputs.get(name).is_some();
    let value = |name: &str| Value::Defined(number(name));
    let prices = |q0: &str, p0: &str, q1: &str, p1: &str| {
        let sales = |q, p| Sales::at_price(number(q), number(p));
        Product::new(["product"], sales(q0, p0), sales(q1, p1))
    };
    // Against a budget (b) an actual (a); where no price is said, one unit contribution.
    let budget = |margin: &str| prices("qb", margin, "qa", margin);
    let accounting = |product: Product| split(product, Convention::NewWeights);
    match kind {
        "compare.relative" => Change::between(&value("a"), &value("b")).relative(),
        "compare.points" => Change::between(&value("a"), &value("b")).absolute(),
        "compare.apply_relative" => ChangeMode::Relative.apply(&value("a"), &number("r")),
        "explain.segment_rate" => {
            let sums = Sums::new(number("s"), number("n"));
            let segment = RatioSegment::new(["segment"], sums.clone(), sums);
            let causes = RateMix::of([segment], Convention::default()).unwrap();
            causes.segments[0].own_rate.after.clone()
        }
        "explain.price_variance" => accounting(prices("qb", "pb", "qa", "pa")).price,
        "explain.total_variance" => {
            let causes = accounting(prices("qb", "pb", "qa", "pa"));
            let sum = causes.price.clone().zip(causes.volume.clone(), |a, b| a + b);
            assert_eq!(sum, causes.change.absolute());
            sum
        }
        "explain.volume_variance" if has("pa") => accounting(prices("qb", "pb", "qa", "pa")).volume,
        "explain.volume_variance" if has("p") => accounting(budget("p")).volume,
        "explain.volume_variance" => accounting(budget("cm")).volume,
        "explain.contribution_volume_variance" => {
            // At any price, as long as the unit contribution is this.
            let cost = Rational::from(300) - number("cm");
            let sales = |q| Sales::at_price(number(q), 300).unit_cost(cost.clone());
            accounting(Product::new(["product"], sales("qb"), sales("qa"))).volume
        }
        "explain.inner" => split(prices("q0", "p0", "q1", "p1"), Convention::OldWeights).price,
        "explain.mix" => split(prices("q0", "p0", "q1", "p1"), Convention::OldWeights).volume,
        "explain.quantity_variance" if has("mix") => {
            let (before, after) = (number("tb"), number("ta"));
            let of = |share: &Rational, total: &Rational| share * total;
            let (share, rest) = (number("mix"), Rational::ONE - number("mix"));
            let one = Product::new(
                ["one"],
                Sales::at_price(of(&share, &before), number("cm")),
                // The actual mix is another, and has no say.
                Sales::at_price(of(&rest, &after), number("cm")),
            );
            let other = Product::new(
                ["other"],
                Sales::at_price(of(&rest, &before), 5),
                Sales::at_price(of(&share, &after), 7),
            );
            let causes = PriceVolumeMix::of([one, other], Convention::NewWeights).unwrap();
            causes.products[0].quantity.clone()
        }
        "explain.quantity_variance" | "explain.weighted_contribution" => {
            // Only the totals of the quantities are known, and only they matter.
            let whole = number(if has("u") { "u" } else { "tot_b" });
            let after = if has("u") { whole.clone() } else { number("tot_a") };
            let parts = ["1/4", "1/4", "1/2"].map(rational);
            let thousand = if has("u") { Rational::from(1_000) } else { Rational::ONE };
            let planned = inputs["std"].as_array().unwrap().iter().zip(&parts).enumerate();
            let products = planned.map(|(i, (planned, part))| {
                let planned = rational(planned.as_str().unwrap()) * &thousand;
                let other = &parts[(i + 1) % 3];
                Product::new(
                    [format!("product {i}")],
                    Sales::new(&whole * part, planned),
                    Sales::new(&after * other, 1),
                )
            });
            let causes = PriceVolumeMix::of(products, Convention::NewWeights).unwrap();
            if has("u") { causes.average.before } else { causes.quantity }
        }
        other => panic!("no such kind: {other}"),
    }
}

#[test]
fn published_examples() {
    let (mut kinds, mut wrong) = (BTreeMap::<String, usize>::new(), 0);
    for case in own() {
        let (id, kind) = (&case["id"], case["kind"].as_str().unwrap());
        let Value::Defined(value) = answer(kind, &case["inputs"]) else { panic!("{id}") };
        assert_eq!(value, rational(case["exact"].as_str().unwrap()), "{id}");
        let shown = value * Rational::from(if case["percent"] == true { 100 } else { 1 });
        let decimals = u32::try_from(case["decimals"].as_u64().unwrap()).unwrap();
        let rounded = Rational::from(shown.round(Rounding::half_expand(decimals)).unwrap());
        let published = rational(case["published"].as_str().unwrap());
        assert_eq!(rounded != published, case["wrong"] == true, "{id}: {rounded}");
        wrong += usize::from(case["wrong"] == true);
        assert_eq!(case["wrong"] == true, id == "simpson-bmj-typo");
        assert!(case["wrong"] == false || !case["note"].as_str().unwrap().is_empty());
        assert!(!case["source"].as_str().unwrap().is_empty());
        *kinds.entry(kind.split('.').next().unwrap().to_owned()).or_default() += 1;
    }
    println!("published examples: {kinds:?}, of them {wrong} printed wrongly");
    assert_eq!(kinds.into_values().collect::<Vec<_>>(), [8, 22]);
    assert_eq!(wrong, 1);
}

/// Each example of the shared folder is one of the project's own, with the same exact value.
#[test]
fn shared_examples_are_all_there() {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: none of its examples were looked at");
        return;
    };
    let path = Path::new(&shared).join("oracle/kpi/worked_examples.json");
    let document: Json = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let own: BTreeMap<_, _> =
        own().into_iter().map(|case| (case["id"].to_string(), case)).collect();
    let (mut usable, mut others) = (0, 0);
    for example in document["examples"].as_array().unwrap() {
        let kind = example["kpi"].as_str().unwrap();
        if !kind.starts_with("explain.") && !kind.starts_with("compare.") {
            continue;
        }
        let case = &own[&example["id"].to_string()];
        assert_eq!(case["kind"], example["kpi"]);
        assert_eq!(case["inputs"], example["inputs"]);
        let exact = &example["exact"];
        let exact =
            format!("{}/{}", exact["num"].as_str().unwrap(), exact["den"].as_str().unwrap());
        assert_eq!(rational(case["exact"].as_str().unwrap()), rational(&exact));
        match example["usable_as_test"] == true {
            true => usable += 1,
            false => others += 1,
        }
    }
    println!("shared examples: {usable} usable and {others} wrong, each with its own case");
    assert_eq!((usable, others), (29, 1));
    assert_eq!(own.len(), usable + others);
}

/// Kidney stones: of the two treatments the one that does better for small and for large ones does
/// worse over all. Charig et al. 1986, by generalist.academy.
#[test]
fn simpsons_reversal_is_flagged() {
    let segments = [
        RatioSegment::new(["small"], Sums::new(234, 270), Sums::new(81, 87)),
        RatioSegment::new(["large"], Sums::new(55, 80), Sums::new(192, 263)),
    ];
    for convention in Convention::ALL {
        let causes = RateMix::of(segments.clone(), convention).unwrap();
        assert!(causes.reversal);
        assert_eq!(causes.change.before, super::defined("289/350"));
        assert_eq!(causes.change.after, super::defined("273/350"));
        assert!(super::known(&causes.rate) > super::total([]));
        assert!(super::known(&causes.mix) < super::total([]));
    }
    let same = RatioSegment::new(["small"], Sums::new(234, 270), Sums::new(234, 270));
    let causes = RateMix::of([same, segments[1].clone()], Convention::default()).unwrap();
    assert!(!causes.reversal, "one stood still");
}
