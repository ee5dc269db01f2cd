//! Plans in a document, and how the report writes them.

use serde_json::{Value as Json, json};
use yardstick::target::{Curve, PlanDefinition, PlanGoal};
use yardstick::{
    Column, Date, Display, Facts, FindingKind, FunnelDefinition, Grain, Model, Owner, Rational,
    Report, Rounding, Schema,
};

const MODEL: &str = r#"{
    "yardstick": 1, "name": "Spring", "display": {"scale": 2, "mode": "half_expand"},
    "dimensions": ["origin"],
    "measures": [
        {"name": "leads", "unit": "lead", "display": {"scale": 0}},
        {"name": "demos", "unit": "demo", "display": {"scale": 0}},
        {"name": "deals", "unit": "deal", "display": {"scale": 0}},
        {"name": "revenue", "unit": "EUR"},
        {"name": "open_demos", "unit": "demo", "kind": "stock"}
    ],
    "kpis": [{"name": "close_rate", "formula": "deals / demos", "direction": "higher"}],
    "funnels": [{
        "name": "lead to deal", "basis": "cohort", "by": ["origin"], "period": "2018-03",
        "stages": [
            {"name": "lead", "owner": "marketing", "count": "leads"},
            {"name": "demo", "owner": "sales", "count": "demos"},
            {"name": "deal", "owner": "sales", "count": "deals", "value": "revenue"}
        ]
    }],
    "targets": [{
        "name": "close more", "metric": "close_rate", "period": "2018-03", "goal": {"at_least": "0.5"}
    }],
    "plans": [{
        "name": "June", "description": "for people", "funnel": "lead to deal",
        "goal": {"revenue": "10000"}, "period": "2018-06", "grain": "month",
        "lead_days": {"demo": 15, "deal": 30}, "capacity": {"demo": 30},
        "open": {"demo": {"measure": "open_demos"}, "deal": 3}, "entries": 60,
        "segments": "counts",
        "levers": [
            {"stage": "demo", "at_most": "0.21", "curve": [[0, "0.20"], [1000, "0.25"]]},
            {"stage": "deal", "curve": [[0, "0.25"], [1000, "0.26"]]}
        ],
        "budget": "1000", "quantum": 500
    }, {
        "name": "by target", "funnel": "lead to deal", "goal": {"wins": 10},
        "rates": {"deal": {"target": "close more"}},
        "segments": [{"key": ["paid"], "weight": 1}]
    }, {
        "name": "by hand", "funnel": "lead to deal", "goal": {"stage": "demo", "count": 7},
        "rates": {"deal": 0, "demo": "0.1"}
    }]
}"#;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn report_of(model: &Model, as_of: &str) -> Report {
    let days = ["2018-03-01", "2018-03-02", "2018-03-02"].map(date);
    let facts = Facts::builder(model.schema())
        .dates(&days)
        .dimension("origin", &["search", "search", "paid"])
        .measure("leads", Column::integers(&[40, 40, 20]))
        .measure("demos", Column::integers(&[8, 8, 4]))
        .measure("deals", Column::integers(&[2, 2, 1]))
        .measure("revenue", Column::integers(&[2_000, 2_000, 1_000]))
        .measure("open_demos", Column::integers(&[9, 6, 5]))
        .build()
        .unwrap();
    model.evaluate(&facts, date(as_of)).unwrap()
}

fn json_of(report: &Report) -> Json {
    serde_json::from_str::<Json>(&report.to_json().unwrap()).unwrap()["plans"].clone()
}

fn whole(number: i64) -> Json {
    json!({"fraction": number.to_string(), "text": number.to_string()})
}

fn plain(fraction: &str, text: &str) -> Json {
    json!({"fraction": fraction, "text": text})
}

#[test]
fn the_report_says_what_each_stage_needs() {
    let plans = json_of(&report_of(&Model::from_json(MODEL).unwrap(), "2018-03-02"));
    let plan = &plans[0];
    // 100 leads, 20 demos, 5 deals of 1000: 10 deals take 40 demos, and those 200 leads.
    assert_eq!(plan["goal"], json!({"stage": "deal", "count": whole(10)}));
    assert_eq!(
        plan["stages"],
        json!([
            {
                "name": "lead", "owner": "marketing", "rate": null, "need": whole(200),
                "reach": whole(200), "due": {"first": "2018-04-17", "last": "2018-05-16"},
                "capacity": null, "exceeds": false, "yields": null
            },
            {
                "name": "demo", "owner": "sales", "rate": plain("1/5", "20.00%"),
                "need": whole(40), "reach": whole(40),
                "due": {"first": "2018-05-02", "last": "2018-05-31"},
                "capacity": whole(30), "exceeds": true, "yields": whole(7)
            },
            {
                "name": "deal", "owner": "sales", "rate": plain("1/4", "25.00%"),
                "need": whole(10), "reach": whole(10),
                "due": {"first": "2018-06-01", "last": "2018-06-30"},
                "capacity": null, "exceeds": false, "yields": null
            }
        ])
    );
    assert_eq!(plan["unreachable"], Json::Null);
    assert_eq!((&plan["binding"], &plan["attainable"]), (&json!("demo"), &whole(7)));
    assert_eq!(
        plan["owners"],
        json!([
            {"owner": "marketing", "stage": "lead", "need": whole(200)},
            {"owner": "sales", "stage": "deal", "need": whole(10)}
        ])
    );
    assert_eq!(plan["hand_off"], "lead");
    // 14 and 16 of 30 days: 93.3 rounded up, and the rest.
    let needs = |bucket: usize| plan["buckets"][bucket]["needs"].clone();
    assert_eq!(needs(0), json!([whole(94), whole(0), whole(0)]));
    assert_eq!(needs(1), json!([whole(106), whole(40), whole(0)]));
    assert_eq!(needs(2), json!([whole(0), whole(0), whole(10)]));
    assert_eq!(plan["buckets"][1]["bucket"], "2018-05");
    assert_eq!(plan["buckets"][3], Json::Null);
}

#[test]
fn the_report_goes_forwards_and_splits() {
    let plans = json_of(&report_of(&Model::from_json(MODEL).unwrap(), "2018-03-02"));
    // 60 leads give 12 demos, with 11 open ones 23, those 5 deals, with 3 it is 8.
    let forecast = &plans[0]["forecast"];
    assert_eq!((&forecast["result"], &forecast["lacking"]), (&whole(8), &whole(2)));
    assert_eq!(forecast["value"], plain("8000", "8000.00"));
    assert_eq!(
        forecast["stages"][1],
        json!({"name": "demo", "open": whole(11), "arriving": whole(12), "total": whole(23), "more": whole(5)})
    );
    // 7 deals take 28 demos, of which 17 are lacking, and those 85 leads.
    assert_eq!(forecast["stages"][0]["more"], whole(25));
    // The parts had 1 and 4 deals, and the same rates.
    let segments = &plans[0]["segments"];
    assert_eq!(segments["parts"][0]["key"], json!(["paid"]));
    assert_eq!(segments["parts"][0]["needs"], json!([whole(40), whole(8), whole(2)]));
    assert_eq!(segments["parts"][1]["weight"], plain("4", "4.00"));
    assert_eq!(segments["parts"][1]["goal"], whole(8));
    assert_eq!(segments["needs"], json!([whole(200), whole(40), whole(10)]));
    assert_eq!(segments["owners"][0]["need"], whole(200));
}

#[test]
fn the_report_says_what_more_is_worth() {
    let plans = json_of(&report_of(&Model::from_json(MODEL).unwrap(), "2018-03-02"));
    let levers = &plans[0]["levers"];
    // 100 leads * 20 % * 25 % * 1000
    assert_eq!(levers["result"], plain("5000", "5000.00"));
    let factors = &levers["factors"];
    assert_eq!(
        factors[1],
        json!({
            "kind": "rate", "stage": "demo", "owner": "sales", "now": plain("1/5", "20.00%"),
            "point": {"change": plain("250", "250.00"), "exceeds": false},
            "percent": {"change": plain("50", "50.00"), "exceeds": false},
            "quantum": {"change": plain("625", "625.00"), "exceeds": true}
        })
    );
    assert_eq!((&factors[0]["kind"], &factors[0]["now"]), (&json!("volume"), &whole(100)));
    assert_eq!((&factors[0]["point"], &factors[0]["quantum"]), (&Json::Null, &Json::Null));
    assert_eq!((&factors[3]["kind"], &factors[3]["stage"]), (&json!("value"), &json!("deal")));
    assert_eq!(factors[3]["now"], plain("1000", "1000.00"));
    assert_eq!(levers["owners"][0]["point"], Json::Null);
    // 21 % of 26 % less 20 % of 25 %, of 100,000
    assert_eq!(levers["owners"][1]["point"]["change"], plain("460", "460.00"));
    assert_eq!(levers["owners"][1]["quantum"], factors[1]["quantum"]);
    assert_eq!(levers["owners"][0]["quantum"], Json::Null);
    assert_eq!(
        plans[0]["split"],
        json!({
            "levers": [
                {
                    "stage": "demo", "owner": "sales", "spend": plain("1000", "1000.00"),
                    "before": plain("1/5", "20.00%"), "after": plain("1/4", "25.00%"),
                    "next_ratio": plain("1", "1.00")
                },
                {
                    "stage": "deal", "owner": "sales", "spend": plain("0", "0.00"),
                    "before": plain("1/4", "25.00%"), "after": plain("1/4", "25.00%"),
                    "next_ratio": plain("51/50", "1.02")
                }
            ],
            "owners": [{"owner": "sales", "spend": plain("1000", "1000.00")}],
            "unspent": plain("0", "0.00"),
            "before": plain("5000", "5000.00"),
            "after": plain("6250", "6250.00"),
            "gain": plain("1250", "1250.00"),
            "stuck": null
        })
    );
}

#[test]
fn rates_come_from_targets_and_by_hand() {
    let report = report_of(&Model::from_json(MODEL).unwrap(), "2018-03-02");
    let plans = json_of(&report);
    // Half of the demos: 20, and 100 leads.
    assert_eq!(plans[1]["stages"][2]["rate"], plain("1/2", "50.00%"));
    assert_eq!(plans[1]["stages"][0]["need"], whole(100));
    assert_eq!((&plans[1]["forecast"], &plans[1]["split"]), (&Json::Null, &Json::Null));
    assert_eq!((&plans[1]["period"], &plans[1]["stages"][0]["due"]), (&Json::Null, &Json::Null));
    let parts = &plans[1]["segments"]["parts"];
    assert_eq!((&parts[0]["goal"], &parts[1]), (&whole(10), &Json::Null));
    // Seven demos are reached although no deal ever is.
    let by_hand = &plans[2];
    assert_eq!((&by_hand["unreachable"], &by_hand["segments"]), (&Json::Null, &Json::Null));
    assert_eq!(by_hand["stages"][0]["need"], whole(70));
    assert_eq!(
        (&by_hand["stages"][2]["need"], &by_hand["stages"][2]["reach"]),
        (&Json::Null, &whole(0))
    );
    assert_eq!(by_hand["levers"]["factors"][2]["percent"]["change"], plain("0", "0.00"));
    assert_eq!(report.plan("by hand").unwrap().needs.goal_stage, 1);
    assert_eq!(report.plans().len(), 3);
    assert!(report.plan("by foot").is_err());
}

#[test]
fn a_segment_that_no_row_is_in_is_a_finding() {
    let one = r#"[{"key": ["paid"], "weight": 1}]"#;
    let more = r#"[{"key": ["paid"], "weight": 1}, {"key": ["serach"], "weight": 3},
        {"key": ["fair"], "weight": 0}]"#;
    let told = |document: &str, as_of: &str| -> Vec<String> {
        let report = report_of(&Model::from_json(document).unwrap(), as_of);
        let findings = report.findings().iter().filter(|f| f.kind == FindingKind::ValueNotInFacts);
        findings.map(|f| format!("{}: {}", f.place, f.message)).collect()
    };
    assert_eq!(told(MODEL, "2018-03-02"), [""; 0]);
    let document = MODEL.replacen(one, more, 1);
    assert_eq!(
        told(&document, "2018-03-02"),
        [
            r#"plan "by target": no row of funnel "lead to deal" is in segment "serach", which has no part in the goal then; did you mean "search"?"#
        ]
    );
    // Before the funnel begins there is nothing to miss.
    assert_eq!(told(&document, "2018-02-27"), [""; 0]);
}

#[test]
fn what_stands_open_is_counted_in_the_rows_of_the_funnel() {
    let paid = MODEL.replace(
        r#""period": "2018-03","#,
        r#""period": "2018-03", "where": {"origin": ["paid"]},"#,
    );
    let report = report_of(&Model::from_json(&paid).unwrap(), "2018-03-02");
    let plan = report.plan("June").unwrap();
    let (forecast, _) = plan.forecast.as_ref().unwrap();
    assert_eq!(forecast.stages[1].open.to_string(), "5");
    // Of that day, and no later one.
    let report = report_of(&Model::from_json(MODEL).unwrap(), "2018-03-01");
    let plan = report.plan("June").unwrap();
    let (forecast, _) = plan.forecast.as_ref().unwrap();
    assert_eq!(forecast.stages[1].open.to_string(), "9");
    // What all can handle together, no part can alone.
    assert!(plan.needs.stages[1].capacity.is_some());
    let segments = plan.segments.as_ref().unwrap();
    assert!(segments.segments.iter().all(|part| part.needs.stages[1].capacity.is_none()));
    assert_eq!(segments.segments.len(), 1);
}

#[test]
fn a_funnel_that_has_not_begun_leaves_rates_missing() {
    let model = MODEL.replace(r#""period": "2018-03","#, r#""period": "2018-04","#);
    let plans = json_of(&report_of(&Model::from_json(&model).unwrap(), "2018-03-02"));
    let missing = json!({"undefined": "missing"});
    assert_eq!(plans[0]["goal"]["count"], missing);
    assert_eq!(plans[0]["unreachable"], json!({"stage": null, "reason": "missing"}));
    assert_eq!(plans[1]["unreachable"], json!({"stage": "demo", "reason": "missing"}));
    assert_eq!(plans[0]["segments"], Json::Null);
    assert_eq!(plans[2]["stages"][0]["need"], whole(70));
    assert_eq!(plans[2]["levers"]["result"], missing);
    assert_eq!(plans[0]["buckets"][0]["needs"][0], missing);
}

#[test]
fn a_target_that_is_a_range_sets_no_rate() {
    let range = MODEL.replace(
        r#""goal": {"at_least": "0.5"}"#,
        r#""goal": {"range": {"low": "0.4", "high": "0.5"}}, "tolerance": "0.1""#,
    );
    let plans = json_of(&report_of(&Model::from_json(&range).unwrap(), "2018-03-02"));
    assert_eq!(plans[1]["unreachable"], json!({"stage": "deal", "reason": "missing"}));
}

#[test]
fn a_model_built_in_rust_gives_the_same() {
    let scale = |scale| Display::plain(Rounding::half_expand(scale));
    let number = |text: &str| text.parse::<Rational>().unwrap();
    let curve = |factors: [&str; 2]| {
        Curve::new([(Rational::ZERO, number(factors[0])), (1_000.into(), number(factors[1]))])
    };
    let june = PlanDefinition::new(
        "June",
        "lead to deal",
        PlanGoal::Revenue { revenue: 10_000.into(), value: None },
    )
    .period(yardstick::Calendar::default().period("2018-06").unwrap())
    .grain(Grain::Month)
    .lead_days("demo", 15)
    .lead_days("deal", 30)
    .capacity("demo", 30)
    .open_measure("demo", "open_demos")
    .open("deal", 3)
    .entries(60)
    .by_counts()
    .lever("demo", Some(number("0.21")), curve(["0.20", "0.25"]).ok())
    .lever("deal", None, curve(["0.25", "0.26"]).ok())
    .budget(1_000, 500);
    let by_target = PlanDefinition::new("by target", "lead to deal", PlanGoal::Wins(10.into()))
        .rate_of_target("deal", "close more")
        .segment(["paid"], 1);
    let goal = PlanGoal::Stage { stage: "demo".to_owned(), count: 7.into() };
    let by_hand = PlanDefinition::new("by hand", "lead to deal", goal)
        .rate("deal", 0)
        .rate("demo", number("0.1"));
    assert_eq!(by_hand.name(), "by hand");
    let model = Model::from_json(MODEL).unwrap();
    let measures = model.schema().measures().to_vec();
    let schema = Schema::new(["origin"], measures).unwrap();
    let period = yardstick::Calendar::default().period("2018-03").unwrap();
    let built = Model::builder("Spring", schema, scale(2))
        .kpi(
            yardstick::Kpi::new("close_rate", "deals / demos".parse().unwrap())
                .direction(yardstick::Direction::Higher),
        )
        .funnel(
            FunnelDefinition::new("lead to deal", yardstick::Basis::Cohort)
                .stage("lead", Owner::Marketing, "leads")
                .stage("demo", Owner::Sales, "demos")
                .stage("deal", Owner::Sales, "deals")
                .worth("revenue")
                .by("origin")
                .within(period),
        )
        .target(yardstick::Target::new(
            "close more",
            "close_rate",
            period,
            yardstick::Goal::AtLeast(number("0.5").into()),
        ))
        .plan(june)
        .plan(by_target)
        .plan(by_hand)
        .build()
        .unwrap();
    let (built, read) = (report_of(&built, "2018-03-02"), report_of(&model, "2018-03-02"));
    assert_eq!(built.to_json().unwrap(), read.to_json().unwrap());
}

/// The problems of the document with each `from` replaced by its `to`.
fn problems(changes: &[(&str, &str)]) -> String {
    let mut document = MODEL.to_owned();
    for (from, to) in changes {
        assert!(document.contains(from), "{from} is not in the document");
        document = document.replacen(from, to, 1);
    }
    format!("{:#}", Model::from_json(&document).unwrap_err())
}

#[test]
fn all_that_is_wrong_with_a_plan_is_told_at_once() {
    let text = problems(&[
        (r#""goal": {"revenue": "10000"}"#, r#""goal": {"revenue": -1, "value": 0}"#),
        (
            r#""lead_days": {"demo": 15, "deal": 30}"#,
            r#""lead_days": {"lead": 15, "deal": 800000}"#,
        ),
        (r#""capacity": {"demo": 30}"#, r#""capacity": {"demo": "2.5", "dem": 1}"#),
        (r#"{"measure": "open_demos"}, "deal": 3}"#, r#"{"measure": "open_demo"}, "deal": -3}"#),
        (r#""entries": 60"#, r#""entries": -60"#),
        (r#"{"stage": "demo", "at_most": "0.21""#, r#"{"stage": "deal", "at_most": -1"#),
        (r#""target": "close more""#, r#""target": "close less""#),
        (
            r#"[{"key": ["paid"], "weight": 1}]"#,
            r#"[{"key": [], "weight": -1}, {"key": [], "weight": 0}]"#,
        ),
        (r#""stage": "demo", "count": 7"#, r#""stage": "dem", "count": 7"#),
        (r#""demo": "0.1"}"#, r#""demo": "-0.1", "lead": 1}"#),
    ]);
    assert_eq!(
        text,
        "19 problems in the model\n  \
         plans[0].goal.revenue: a goal of -1 is below zero; give zero or more\n  \
         plans[0].goal.value: a value of 0 for an entity; give one above zero\n  \
         plans[0].entries: a number of -60 is below zero; give zero or more\n  \
         plans[0].lead_days.lead: no step leads to \"lead\", the first stage; a step is named by the stage that it leads to\n  \
         plans[0].capacity.demo: a capacity of 5/2 is no whole number; give one\n  \
         plans[0].capacity.dem: unknown stage \"dem\"; did you mean \"demo\"?\n  \
         plans[0].lead_days: 800015 days before 2018-06-01 to 2018-06-30 is before year 1; shorten the lead times\n  \
         plans[0].open.demo.measure: unknown measure \"open_demo\"; did you mean \"open_demos\"?\n  \
         plans[0].open.deal: a number of -3 is below zero; give zero or more\n  \
         plans[0].levers[0].at_most: a bound of -1 is below zero; give zero or more\n  \
         plans[0].levers[1].stage: stage \"deal\" has two levers; keep one\n  \
         plans[1].rates.deal.target: unknown target \"close less\"; did you mean \"close more\"?\n  \
         plans[1].segments[0].key: a key of 0 values for 1 dimensions, origin; give one for each\n  \
         plans[1].segments[0].weight: a weight of -1 is below zero; give zero or more\n  \
         plans[1].segments[1].key: a key of 0 values for 1 dimensions, origin; give one for each\n  \
         plans[1].segments[1].key: segment \"\" is there twice; keep one\n  \
         plans[2].rates.demo: a rate of -1/10 is below zero; give zero or more\n  \
         plans[2].rates.lead: no step leads to \"lead\", the first stage; a step is named by the stage that it leads to\n  \
         plans[2].goal.stage: unknown stage \"dem\"; did you mean \"demo\"?"
    );
}

#[test]
fn a_plan_that_cannot_be_read_is_told_field_by_field() {
    let text = problems(&[
        (r#""goal": {"revenue": "10000"}"#, r#""goal": {"revenue": "10000", "wins": 3}"#),
        (r#""lead_days": {"demo": 15,"#, r#""lead_days": {"demo": "15","#),
        (r#"[[0, "0.20"], [1000, "0.25"]]"#, r#"[[1, "0.20"], [1, "0.25"]]"#),
        (r#"[[0, "0.25"], [1000, "0.26"]]"#, r#"[[0, "0.25", 1], 7]"#),
        (r#""segments": "counts""#, r#""segments": "count""#),
        (r#"{"target": "close more"}"#, r#"{"targt": "close more"}"#),
    ]);
    assert_eq!(
        text,
        "9 problems in the model\n  \
         plans[0].goal: a goal is \"wins\", or \"revenue\" with or without \"value\", or \"stage\" and \"count\"; give one of these\n  \
         plans[0].lead_days.demo: \"15\" where a whole number is due\n  \
         plans[0].segments: unknown weights of segments \"count\"; did you mean \"counts\"?\n  \
         plans[0].levers[0].curve[0]: the first budget is 1; begin with what a budget of 0 gives\n  \
         plans[0].levers[0].curve[1]: budget 1 is not above 1, the one before\n  \
         plans[0].levers[1].curve[0]: a list of 3 where a budget and a factor are due\n  \
         plans[0].levers[1].curve[1]: 7 where a list is due\n  \
         plans[1].rates.deal: \"target\" is missing; add it\n  \
         plans[1].rates.deal: unknown field \"targt\"; did you mean \"target\"?"
    );
}

#[test]
fn what_does_not_go_together_is_told() {
    let one = |from: &str, to: &str| {
        let text = problems(&[(from, to)]);
        text.strip_prefix("1 problem in the model\n  ").unwrap_or(&text).to_owned()
    };
    assert_eq!(
        one(r#""funnel": "lead to deal""#, r#""funnel": "lead to del""#),
        "plans[0].funnel: unknown funnel \"lead to del\"; did you mean \"lead to deal\"?"
    );
    assert_eq!(
        one(r#""period": "2018-06", "#, ""),
        "plans[0].grain: a grain cuts the days on which needs are due, and there is no period; give one"
    );
    assert_eq!(
        one(r#", "quantum": 500"#, ""),
        "plans[0].quantum: a budget is split in multiples of a quantum; give one"
    );
    assert_eq!(
        one(r#""quantum": 500"#, r#""quantum": 300"#),
        "plans[0].budget: a budget of 1000 is no multiple of the quantum 300; round the budget first"
    );
    assert_eq!(
        one(r#""quantum": 500"#, r#""quantum": 0"#),
        "plans[0].quantum: a quantum of 0 is not above zero; give the step in which money is spent"
    );
    assert_eq!(
        one(r#""quantum": 500"#, r#""quantum": "0.0001""#),
        "plans[0].budget: a budget of more than 1048576 quanta; take a larger quantum"
    );
    assert_eq!(
        one(r#", "value": "revenue""#, ""),
        "plans[0].goal.value: nothing says what an entity of the last stage is worth; give a value, or measure it in the funnel"
    );
    assert_eq!(
        one(r#"["paid"], "weight": 1"#, r#"["paid"], "weight": 0"#),
        "plans[1].segments: weights that are all zero; give one above zero"
    );
    assert_eq!(
        one(r#""name": "by target""#, r#""name": "June""#),
        "plans[1].name: \"June\" is there twice, first at plans[0]; rename or remove one"
    );
    assert_eq!(
        problems(&[(r#""by": ["origin"], "#, "")]),
        "2 problems in the model\n  \
         plans[0].segments: funnel \"lead to deal\" has no segments; give it \"by\"\n  \
         plans[1].segments: funnel \"lead to deal\" has no segments; give it \"by\""
    );
}

#[test]
fn what_could_not_be_read_is_not_called_unknown() {
    assert_eq!(
        problems(&[(r#""basis": "cohort""#, r#""basis": "cohorts""#)]),
        "1 problem in the model\n  \
         funnels[0].basis: unknown basis \"cohorts\"; did you mean \"cohort\"?"
    );
    assert_eq!(
        problems(&[(r#""goal": {"at_least": "0.5"}"#, r#""goal": {"at_least": 0.5}"#)])
            .lines()
            .count(),
        2
    );
}

#[test]
fn a_day_that_spoils_a_plan_is_an_error_with_its_place() {
    let model = Model::from_json(MODEL).unwrap();
    let facts = Facts::builder(model.schema())
        .dates(&[date("2018-03-01")])
        .dimension("origin", &["paid"])
        .measure("leads", Column::integers(&[1]))
        .measure("demos", Column::integers(&[1]))
        .measure("deals", Column::integers(&[1]))
        .measure("revenue", Column::integers(&[1]))
        .measure("open_demos", Column::integers(&[-1]))
        .build()
        .unwrap();
    let error = model.evaluate(&facts, date("2018-03-02")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "plans[0].open: stage \"demo\": a number of -1 is below zero; give zero or more"
    );
}
