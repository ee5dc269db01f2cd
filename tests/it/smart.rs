//! Targets against the five words of SMART: what holds, and what is missing.

use yardstick::target::{DayWeights, Goal, Reached, Smart, Target};
use yardstick::{
    Bounds, Calendar, Column, Date, Direction, Facts, Kpi, KpiSet, Measure, Owner, Period,
    Rational, Schema,
};

fn day(number: i32) -> Date {
    Date::new(2024, 4, 1).unwrap().plus_days(number).unwrap()
}

fn days(first: i32, last: i32) -> Period {
    Period::inclusive(day(first), day(last)).unwrap()
}

fn set() -> KpiSet {
    let flow = |name: &str, unit: &str| Measure::flow(name, unit.parse().unwrap());
    let schema = Schema::new(
        Vec::<String>::new(),
        [
            flow("leads", "lead"),
            flow("deals", "deal"),
            Measure::distinct("visitors", "visitor".parse().unwrap()),
            Measure::stock("pipeline", "EUR".parse().unwrap()),
        ],
    );
    let conversion = Kpi::new("conversion", "deals / leads".parse().unwrap())
        .direction(Direction::Higher)
        .owner(Owner::Sales)
        .bounds(Some(0.into()), Some(1.into()));
    KpiSet::new(schema.unwrap(), [conversion]).unwrap()
}

/// Ten days: leads, deals, visitors and the pipeline.
const ROWS: [[i64; 4]; 10] = [
    [10, 1, 5, 100],
    [25, 4, 6, 110],
    [0, 0, 7, 120],
    [40, 2, 8, 90],
    [10, 5, 9, 95],
    [30, 3, 4, 80],
    [20, 2, 3, 85],
    [50, 9, 2, 60],
    [10, 1, 1, 65],
    [20, 1, 5, 70],
];

fn facts(set: &KpiSet) -> Facts<'static> {
    let dates: Vec<Date> = (0..10).map(day).collect();
    let names = ["leads", "deals", "visitors", "pipeline"];
    let builder = names.iter().enumerate().fold(
        Facts::builder(set.schema()).dates(&dates),
        |builder, (i, name)| {
            let cells: Vec<String> = ROWS.iter().map(|row| row[i].to_string()).collect();
            builder.measure(name, Column::text(&cells))
        },
    );
    builder.build().unwrap()
}

fn smart(target: &Target) -> Smart {
    let set = set();
    let facts = facts(&set);
    let result = target.assess(&set, &facts, Calendar::default(), day(9)).unwrap();
    target.smart(&result, &set, &facts, Calendar::default()).unwrap()
}

fn at_least(metric: &str, limit: &str) -> Target {
    let limit: Rational = limit.parse().unwrap();
    Target::new("t", metric, days(7, 9), Goal::AtLeast(limit.into()))
}

fn counts(reached: Reached) -> (u32, u32) {
    (reached.reached, reached.of)
}

#[test]
fn how_often_a_flow_was_reached() {
    // Three days each, 65 and 60 leads; the first day of the facts is left over.
    let found = smart(&at_least("leads", "61"));
    assert_eq!(counts(found.history.periods), (1, 2));
    // A third of 61 a day: 25, 40 and 30 of the seven days.
    assert_eq!(counts(found.history.days), (3, 7));
    assert!(found.achievable.holds());
    assert_eq!(
        found.achievable.found,
        "reached in 1 of 2 earlier periods of as many days, its daily rate on 3 of 7 earlier days"
    );
    let found = smart(&at_least("leads", "81"));
    assert_eq!(found.achievable.missing, ["a period that reached it; none of 2 did"]);
}

#[test]
fn lower_is_better_the_other_way_round() {
    let goal = Goal::AtMost(Rational::from(60).into());
    let found = smart(&Target::new("t", "leads", days(7, 9), goal));
    assert_eq!(counts(found.history.periods), (1, 2)); // 60, and not 65
    assert_eq!(counts(found.history.days), (4, 7)); // 10, 0, 10 and 20
}

#[test]
fn weights_ask_more_of_some_days() {
    // 2024-04-01 is a Monday; the period is Monday to Wednesday. Working days only: 60 over three.
    let weights = |weights| at_least("leads", "60").weights(weights);
    let found = smart(&weights(DayWeights::working_days([])));
    // Of the first five days, Monday to Friday, two reached 20.
    assert_eq!(counts(found.history.days), (2, 5));
    let found = smart(&weights(DayWeights::Explicit(vec![1.into(), 1.into(), 1.into()])));
    assert_eq!(counts(found.history.days), (0, 0)); // not known of days before
    let found = smart(&weights(DayWeights::working_days((7..10).map(day))));
    assert_eq!(counts(found.history.days), (0, 0)); // nothing is asked of a day
}

#[test]
fn how_often_a_ratio_and_a_level_were_reached() {
    // 6 of 65 and 10 of 60.
    let found = smart(&at_least("conversion", "1/9"));
    assert_eq!(counts(found.history.periods), (1, 2));
    // Days: 0.1, 0.16, none, 0.05, 0.5, 0.1, 0.1; the one without leads is undefined.
    assert_eq!(counts(found.history.days), (2, 6));
    assert!(found.specific.holds()); // the KPI's owner
    assert_eq!(found.specific.found, "conversion in deal/lead, owned by sales");
    let found = smart(&at_least("pipeline", "85"));
    assert_eq!(counts(found.history.periods), (2, 2)); // 90 and 85 at their ends
    assert_eq!(counts(found.history.days), (0, 0));
}

#[test]
fn what_is_missing_is_told() {
    let found = smart(&at_least("leads", "60"));
    assert_eq!(found.specific.missing, ["an owner"]);
    assert_eq!(found.measurable.found, "computed from leads");
    assert_eq!(
        found.relevant.missing,
        ["a key success factor that it serves, or a target that it is part of"]
    );
    assert_eq!(found.time_bound.found, "from 2024-04-08 to 2024-04-10");
    assert!(found.time_bound.holds());
    assert!(smart(&at_least("leads", "60").serves("events")).relevant.holds());

    let found = smart(&at_least("visitors", "6"));
    assert_eq!(
        found.measurable.missing,
        ["a value for more than a day: visitors reads distinct counts, which do not add up"]
    );
    // Periods without a value are not counted.
    assert_eq!(counts(found.history.periods), (0, 0));
    assert_eq!(found.achievable.missing, ["a period before to compare with"]);

    let high = Bounds { low: None, high: Some(15.into()) };
    let found = smart(&at_least("leads", "60").daily(high));
    assert_eq!(found.achievable.missing, ["capacity: at most 45 within the declared bounds"]);
    let found = smart(&at_least("conversion", "1.2"));
    assert_eq!(
        found.achievable.missing,
        [
            "a period that reached it; none of 2 did",
            "capacity: at most 1 within the declared bounds"
        ]
    );
    // Nothing before the first day of the facts.
    let goal = Goal::AtLeast(Rational::from(1).into());
    let found = smart(&Target::new("t", "leads", days(0, 1), goal));
    assert_eq!(found.achievable.found, "no earlier period of as many days");
}

#[test]
fn days_of_the_period_and_later_ones_play_no_part_in_the_history() {
    let set = set();
    let facts = facts(&set);
    let target = at_least("leads", "60");
    // From the last day before the period on.
    for as_of in 6..9 {
        let then = target.assess(&set, &facts, Calendar::default(), day(as_of)).unwrap();
        let then = target.smart(&then, &set, &facts, Calendar::default()).unwrap();
        assert_eq!(then, smart(&target));
    }
}

#[test]
fn days_after_the_assessment_play_no_part_in_the_history() {
    // Asked four days before the period: of the three days right before it only one is known.
    let set = set();
    let facts = facts(&set);
    for limit in ["1", "61", "70"] {
        let target = at_least("leads", limit);
        let early = target.assess(&set, &facts, Calendar::default(), day(4)).unwrap();
        let early = target.smart(&early, &set, &facts, Calendar::default()).unwrap();
        let period = u32::from(limit != "70"); // days 1 to 3 brought 65
        assert_eq!(counts(early.history.periods), (period, 1));
        // 10, 25, 0, 40 and 10 leads.
        let reached = match limit {
            "1" => 4,
            _ => 2,
        };
        assert_eq!(counts(early.history.days), (reached, 5));
    }
    let target = at_least("leads", "1");
    let early = target.assess(&set, &facts, Calendar::default(), day(-1)).unwrap();
    let early = target.smart(&early, &set, &facts, Calendar::default()).unwrap();
    assert_eq!(early.history, yardstick::target::History::default());
}

#[cfg(feature = "json")]
#[test]
fn a_report_says_it_where_it_is_asked() {
    use serde_json::{Value as Json, json};
    use yardstick::Model;

    let model = |smart: bool| {
        let document = json!({
            "yardstick": 1, "name": "s", "display": {"scale": 2, "mode": "half_even"},
            "measures": [{"name": "leads", "unit": "lead"}],
            "targets": [{
                "name": "t", "metric": "leads", "owner": "marketing",
                "period": {"first": "2024-04-08", "last": "2024-04-10"},
                "goal": {"at_least": 61}, "smart": smart
            }]
        });
        Model::from_json(&document.to_string()).unwrap()
    };
    let told = |smart: bool| -> Json {
        let model = model(smart);
        let dates: Vec<Date> = (0..10).map(day).collect();
        let leads: Vec<i64> = ROWS.iter().map(|row| row[0]).collect();
        let facts = Facts::builder(model.schema())
            .dates(&dates)
            .measure("leads", Column::integers(&leads))
            .build()
            .unwrap();
        let report = model.evaluate(&facts, day(9)).unwrap().to_json().unwrap();
        serde_json::from_str::<Json>(&report).unwrap()["targets"][0]["smart"].clone()
    };
    assert_eq!(told(false), Json::Null);
    let told = told(true);
    assert_eq!(told["periods"], json!({"reached": 1, "of": 2}));
    assert_eq!(told["days"], json!({"reached": 3, "of": 7}));
    assert_eq!(
        told["specific"],
        json!({"holds": true, "found": "leads in lead, owned by marketing", "missing": []})
    );
    assert_eq!(told["relevant"]["holds"], json!(false));
}
