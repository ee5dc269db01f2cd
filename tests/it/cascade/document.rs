//! Cascades in the document and in the report.

use serde_json::{Value as Json, json};
use yardstick::model::CascadeReport;
use yardstick::target::cascade::{CascadeDefinition, Handed, Node};
use yardstick::{Column, Date, Display, ErrorKind, Facts, Measure, Model, Rounding, Schema};

use super::{leaves, rational};

/// A document with these cascades.
fn document(cascades: &Json) -> String {
    json!({
        "yardstick": 1,
        "name": "Plan",
        "display": {"scale": 2, "mode": "half_even"},
        "measures": [{"name": "revenue", "unit": "EUR"}],
        "cascades": cascades,
    })
    .to_string()
}

fn report(model: &Model) -> Json {
    let day: Date = "2024-04-01".parse().unwrap();
    let facts = Facts::builder(model.schema())
        .dates(&[day])
        .measure("revenue", Column::integers(&[1]))
        .build()
        .unwrap();
    let report = model.evaluate(&facts, day).unwrap();
    serde_json::from_str(&report.to_json().unwrap()).unwrap()
}

fn read(cascades: &Json) -> Json {
    report(&Model::from_json(&document(cascades)).unwrap())["cascades"].clone()
}

fn refused(cascades: &Json) -> String {
    format!("{:#}", Model::from_json(&document(cascades)).unwrap_err())
}

#[test]
fn an_amount_down_a_tree() {
    let told = read(&json!([{
        "name": "quotas", "amount": 1001, "quantum": "0.5", "unit": "EUR",
        "description": "for people", "display": {"scale": 1},
        "period": "2024-Q2",
        "tree": {"name": "company", "children": [
            {"name": "north", "weight": "3", "over_assignment": {"factor": "1.1", "mode": "ceil"}, "children": [
                {"name": "ann", "floor": 500},
                {"name": "ben", "ramp": {"start": "2024-04-01", "steps": [{"after": 0, "share": 0}, {"after": 45, "share": 1}]}}
            ]},
            {"name": "south", "ceiling": "200.25", "description": "for people"}
        ]}
    }]));
    let number = |fraction: &str, text: &str| json!({"fraction": fraction, "text": text});
    assert_eq!(
        told,
        json!([{
            "name": "quotas", "unit": "EUR", "kind": "amount",
            "total": number("1001", "1001.0"), "quantum": number("1/2", "0.5"),
            "nodes": [
                {"path": ["company"], "depth": 0, "amount": number("1001", "1001.0"),
                 "handed_down": number("1001", "1001.0"), "share": number("1001", "1001.0"), "bound": null},
                {"path": ["company", "north"], "depth": 1, "amount": number("801", "801.0"),
                 "handed_down": number("1763/2", "881.5"), "share": number("3003/4", "750.8"), "bound": null},
                // 881.5 by 1 and 46/91.
                {"path": ["company", "north", "ann"], "depth": 2, "amount": number("1171/2", "585.5"),
                 "handed_down": number("1171/2", "585.5"), "share": number("160433/274", "585.5"), "bound": null},
                {"path": ["company", "north", "ben"], "depth": 2, "amount": number("296", "296.0"),
                 "handed_down": number("296", "296.0"), "share": number("40549/137", "296.0"), "bound": null},
                {"path": ["company", "south"], "depth": 1, "amount": number("200", "200.0"),
                 "handed_down": number("200", "200.0"), "share": number("1001/4", "250.2"), "bound": "ceiling"},
            ],
        }])
    );
}

#[test]
fn a_ratio_by_denominators() {
    let tree = json!({"name": "team", "children": [
        {"name": "ann", "denominator": 70}, {"name": "ben", "denominator": 65},
        {"name": "cem", "denominator": "65", "weight": 0},
    ]});
    let told = read(&json!([
        {"name": "win rate", "ratio": "0.05", "tree": tree},
        {"name": "whole", "ratio": "0.05", "quantum": 1, "tree": tree},
    ]));
    let ratio = |told: &Json, node: usize| told["nodes"][node]["ratio"]["text"].clone();
    assert_eq!(told[0]["kind"], "ratio");
    assert_eq!(told[0]["quantum"], Json::Null);
    assert_eq!(told[0]["total"]["text"], "5.00%");
    assert_eq!(told[0]["nodes"][1]["numerator"]["fraction"], "140/27");
    assert_eq!((ratio(&told[0], 0), ratio(&told[0], 3)), (json!("5.00%"), json!("0.00%")));
    assert_eq!(told[1]["nodes"][1]["numerator"]["text"], "5.00");
    assert_eq!(told[1]["nodes"][1]["denominator"]["text"], "70.00");
    assert_eq!(ratio(&told[1], 2), "7.69%");
    let keys: Vec<&String> = told[1]["nodes"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 5);
}

#[test]
fn a_period_cut_by_grains() {
    let cascade = |weights: Json| {
        let mut cascade = json!({
            "name": "April", "amount": 2100, "quantum": 1, "period": "2024-04", "grains": ["week", "day"],
        });
        if !weights.is_null() {
            cascade["weights"] = weights;
        }
        let told = read(&json!([cascade]));
        let nodes = told[0]["nodes"].as_array().unwrap().clone();
        move |path: &[&str]| {
            let path = json!(path);
            let node = nodes.iter().find(|node| node["path"] == path).unwrap();
            node["amount"]["fraction"].as_str().unwrap().to_owned()
        }
    };
    let even = cascade(Json::Null);
    assert_eq!((even(&["April"]), even(&["April", "2024-W14"])), ("2100".into(), "490".into()));
    // Working days without Easter Monday: 21 of 100.
    let working = json!({"holidays": ["2024-04-01"]});
    let working = cascade(working);
    assert_eq!(working(&["April", "2024-W14"]), "400");
    assert_eq!(working(&["April", "2024-W14", "2024-04-01"]), "0");
    assert_eq!(working(&["April", "2024-W18", "2024-04-29"]), "100");
    let each = (0..30).map(|day| if day < 3 { 7 } else { 0 }).collect::<Vec<_>>();
    let each = cascade(json!({"days": each}));
    assert_eq!(each(&["April", "2024-W14", "2024-04-02"]), "700");
}

#[test]
fn every_problem_is_told_at_once_and_at_its_place() {
    let error = refused(&json!([
        {"name": "d", "amount": "1.5", "quantum": 1, "tree": {"name": "x", "children": [{"name": "y"}]}},
        {"name": "d", "amount": 5, "quantum": 0, "tree": {"name": "x", "children": [
            {"name": "y", "weight": -1}, {"name": "y"}
        ]}},
        {"name": "a", "quantum": 1, "tree": {"name": "x"}},
        {"name": "b", "amount": 1, "ratio": 2, "tree": {"name": "x"}},
        {"name": "c", "amount": 1, "quantum": 1},
        {"name": "e", "amount": 5, "quantum": 1, "weights": {"days": [1]}, "tree": {"name": "x", "wieght": 1, "children": [
            {"name": "y", "weight": 0.5, "over_assignment": {"factor": 1}},
            {"name": "z", "ramp": {"start": "2024-01-01", "steps": [{"after": 0, "share": -1}]}},
            {"name": "w", "ramp": {"start": "2024-01-01", "steps": [{"after": 0, "share": 1}]}}
        ]}},
        {"name": "f", "amount": 5, "quantum": 1, "grains": ["day"]},
        {"name": "g", "amount": 5, "quantum": 1, "period": "2024-02", "grains": ["day", "month"]},
        {"name": "h", "amount": 5, "quantum": 1, "period": "2024-02", "grains": ["day"], "weights": {"days": [1, 2]}},
        {"name": "i", "amount": 5, "quantum": 1, "period": "2024-02", "grains": ["day"],
         "weights": {"weekdays": {}}},
        {"name": "j", "amount": 5, "quantum": 1, "period": "2024-02", "grains": ["day"],
         "weights": {"weekdays": [1], "holidays": [3]}},
        {"name": "k", "ratio": 5, "period": "2024-02", "grains": ["day"]},
        {"name": "l", "ratio": "0.1", "quantum": 1, "tree": {"name": "x", "children": [
            {"name": "y", "denominator": 5}
        ]}},
        {"name": "m", "ratio": "0.1", "tree": {"name": "x", "children": [{"name": "y", "floor": 5}]}},
    ]));
    assert_eq!(
        error,
        "24 problems in the model
  cascades[0].amount: total 3/2 is no multiple of the quantum 1; round the total first
  cascades[1].name: \"d\" is there twice, first at cascades[0]; rename or remove one
  cascades[1].quantum: quantum 0 is not above zero; give one above
  cascades[1].tree.children[1].name: \"x > y\" is there twice among its siblings; rename one
  cascades[1].tree.children[0].weight: weight -1 of \"x > y\" is below zero; give zero or more
  cascades[2]: what goes down is an \"amount\" or a \"ratio\"; give one of them
  cascades[3]: what goes down is an \"amount\" or a \"ratio\"; give one of them
  cascades[4]: a cascade goes down a \"tree\", or a period cut by \"grains\"; give one of them
  cascades[5].weights: weights of days go with \"grains\"; nodes have their own
  cascades[5].tree.children[0].weight: 0.5 is a float where an exact number is due; write it as text, \"0.5\"
  cascades[5].tree.children[0].over_assignment: \"mode\" is missing; add it
  cascades[5].tree.children[1].ramp.steps[0].share: share -1 is below zero; give zero or more
  cascades[5].tree.children[2].ramp: a ramp counts over the period of its cascade; give \"period\"
  cascades[5].tree: unknown field \"wieght\"; did you mean \"weight\"?
  cascades[6]: \"period\" is missing; add it
  cascades[7].grains[1]: month is not finer than day before it; order grains from coarse to fine, each once
  cascades[8].weights: 2 weights for the 29 days of 2024-02-01 to 2024-02-29; give one for each day
  cascades[9].weights: the weights of the children of \"i\" are all zero; give one above zero
  cascades[10].weights.weekdays: a list where an object is due
  cascades[10].weights.holidays[0]: 3 where text is due
  cascades[11].grains: a ratio goes down a tree with denominators; give \"tree\"
  cascades[12].ratio: ratio 1/10 of 5 is 1/2, no multiple of the quantum 1; round that and give it over the denominator as the ratio
  cascades[13].tree.children[0].floor: floor of \"x > y\": a ratio takes none; remove it or cascade an amount
  cascades[13].tree.children[0].denominator: \"x > y\" has no denominator; give what is expected of it"
    );
}

#[test]
fn a_tree_may_be_deep_but_not_endless() {
    let deep = |levels: usize| {
        let mut tree = json!({"name": "leaf"});
        for level in 1..levels {
            tree = json!({"name": level.to_string(), "children": [tree]});
        }
        // Not as text: JSON's reader has a limit of its own.
        let text = document(&json!([]));
        let mut document: Json = serde_json::from_str(&text).unwrap();
        document["cascades"] = json!([{"name": "deep", "amount": 5, "quantum": 1, "tree": tree}]);
        serde_json::from_value::<Model>(document)
    };
    let told = report(&deep(64).unwrap());
    assert_eq!(told["cascades"][0]["nodes"].as_array().unwrap().len(), 64);
    let error = deep(65).unwrap_err().to_string();
    assert!(
        error.contains("a tree of more than 64 levels; cascade its branches one by one"),
        "{error}"
    );
}

#[test]
fn a_model_in_rust_has_the_same() {
    let schema =
        Schema::new(Vec::<String>::new(), [Measure::flow("revenue", "EUR".parse().unwrap())]);
    let builder = |cascade| {
        Model::builder("Plan", schema.clone().unwrap(), Display::plain(Rounding::half_even(2)))
            .cascade(cascade)
    };
    let team = Node::new("team").child(Node::new("ann")).child(Node::new("ben"));
    let cascade = CascadeDefinition::of_amount("quota", 5, 1, team.clone())
        .unit("EUR".parse().unwrap())
        .display(Display::plain(Rounding::half_even(0)));
    assert_eq!(cascade.name(), "quota");
    let model = builder(cascade).build().unwrap();
    let day: Date = "2024-04-01".parse().unwrap();
    let facts = Facts::builder(model.schema())
        .dates(&[day])
        .measure("revenue", Column::integers(&[1]))
        .build()
        .unwrap();
    let report = model.evaluate(&facts, day).unwrap();
    assert_eq!(report.cascades().len(), 1);
    let quota: &CascadeReport = report.cascade("quota").unwrap();
    let Handed::Amount(split) = &quota.handed else { panic!("an amount") };
    assert_eq!(leaves(split), ["3", "2"]);
    assert_eq!(report, model.evaluate(&facts, day).unwrap());
    let error = report.cascade("quotas").unwrap_err();
    assert_eq!(error.to_string(), "unknown cascade \"quotas\"; did you mean \"quota\"?");

    let error = builder(CascadeDefinition::of_ratio("rate", rational("0.5"), None, team)).build();
    assert_eq!(
        format!("{:#}", error.unwrap_err()),
        "2 problems in the model
  cascades[0].tree.children[0].denominator: \"team > ann\" has no denominator; give what is expected of it
  cascades[0].tree.children[1].denominator: \"team > ben\" has no denominator; give what is expected of it"
    );
    // Names that a report would write out again and again.
    let long =
        Node::new("x".repeat(100_000)).children((0..1_000).map(|i| Node::new(i.to_string())));
    let error = CascadeDefinition::of_amount("long", 5, 1, long).run().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Capacity);
    assert_eq!(
        error.to_string(),
        "tree: the paths of all nodes have 100102890 bytes together; the most is 67108864, so shorten names or take fewer nodes"
    );
}

#[test]
fn the_limit_of_a_target_goes_down() {
    let model = |goal: Json, amount: Json| {
        let document = json!({
            "yardstick": 1, "name": "m", "display": {"scale": 2, "mode": "half_even"},
            "measures": [{"name": "sales", "unit": "EUR"}],
            "targets": [{
                "name": "year", "metric": "sales", "period": "2024", "goal": goal,
                "versions": [{"from": "2024-07-01", "goal": {"at_least": "90.01"}}]
            }],
            "cascades": [{
                "name": "teams", "amount": amount, "quantum": "0.01",
                "tree": {"name": "all", "children": [{"name": "north", "weight": 2}, {"name": "south"}]}
            }]
        });
        Model::from_json(&document.to_string())
    };
    let of = |name: &str| json!({"target": name});
    let told = model(json!({"at_least": 100}), of("year")).unwrap();
    let facts = Facts::builder(told.schema())
        .dates(&["2024-01-01".parse().unwrap()])
        .measure("sales", Column::integers(&[1]))
        .build()
        .unwrap();
    let report = told.evaluate(&facts, "2024-01-01".parse().unwrap()).unwrap();
    let Handed::Amount(split) = &report.cascade("teams").unwrap().handed else { panic!() };
    // The last version, 90.01, since that counts at the end.
    assert_eq!(split.at(["all", "north"]).unwrap().amount(), "60.01".parse().unwrap());
    assert_eq!(split.at(["all", "south"]).unwrap().amount(), "30".parse().unwrap());
    let refused = |goal, amount| model(goal, amount).unwrap_err().problems()[0].to_string();
    assert_eq!(
        refused(json!({"at_least": 100}), of("yaer")),
        "cascades[0].amount: unknown target \"yaer\"; did you mean \"year\"?"
    );
    let change = json!({"at_least": {"change": 1, "mode": "points", "baseline": "2023"}});
    let document = json!({
        "yardstick": 1, "name": "m", "display": {"scale": 2, "mode": "half_even"},
        "measures": [{"name": "sales", "unit": "EUR"}],
        "targets": [{"name": "year", "metric": "sales", "period": "2024", "goal": change}],
        "cascades": [{"name": "teams", "amount": of("year"), "quantum": 1, "tree": {"name": "all"}}]
    });
    assert_eq!(
        Model::from_json(&document.to_string()).unwrap_err().problems()[0].to_string(),
        "cascades[0].amount: target \"year\" is a range, or a change that only facts can tell; give a number, or a target with one limit that is a number"
    );
}
