//! Targets at their edges: zeros and negative values in every mode of attainment, periods without
//! time, goals that change, and what is refused. By hand.

use proptest::prelude::*;
use yardstick::target::{
    Attainment, Band, BandBasis, Bands, Baseline, Change, ChangeMode, DayWeights, Goal, Limit,
    State, Target, TargetResult,
};
use yardstick::{
    Bounds, Calendar, Column, Date, Facts, Kpi, KpiSet, Measure, Period, Rational, Reason, Schema,
    Sense, Value,
};

fn number(text: &str) -> Rational {
    text.parse().unwrap()
}

fn defined(text: &str) -> Value {
    Value::Defined(number(text))
}

const NO_BASE: Value = Value::Undefined(Reason::NoBase);

/// 2024-04-01 is a Monday.
fn day(number: i32) -> Date {
    Date::new(2024, 4, 1).unwrap().plus_days(number).unwrap()
}

fn days(first: i32, last: i32) -> Period {
    Period::inclusive(day(first), day(last)).unwrap()
}

fn set() -> KpiSet {
    let flow = |name: &str, unit: &str| Measure::flow(name, unit.parse().unwrap());
    let schema = Schema::new(
        ["team"],
        [
            flow("sales", "EUR"),
            flow("leads", "lead"),
            flow("deals", "deal"),
            Measure::stock("pipeline", "EUR".parse().unwrap()),
        ],
    );
    let conversion = Kpi::new("conversion", "deals / leads".parse().unwrap())
        .bounds(Some(0.into()), Some(1.into()));
    KpiSet::new(schema.unwrap(), [conversion]).unwrap()
}

/// Sales, leads, deals and the pipeline of a team on a day.
type Row<'a> = (i32, &'a str, [&'a str; 4]);

fn facts(set: &KpiSet, rows: &[Row<'_>]) -> Facts<'static> {
    let dates: Vec<Date> = rows.iter().map(|(number, ..)| day(*number)).collect();
    let teams: Vec<&str> = rows.iter().map(|(_, team, _)| *team).collect();
    let mut builder = Facts::builder(set.schema()).dates(&dates).dimension("team", &teams);
    for (i, name) in ["sales", "leads", "deals", "pipeline"].iter().enumerate() {
        let cells: Vec<&str> = rows.iter().map(|(_, _, row)| row[i]).collect();
        builder = builder.measure(name, Column::text(&cells));
    }
    builder.build().unwrap()
}

fn assess(target: &Target, rows: &[Row<'_>], as_of: i32) -> TargetResult {
    let set = set();
    target.assess(&set, &facts(&set, rows), Calendar::default(), day(as_of)).unwrap()
}

fn sold(amounts: &[(i32, &'static str)]) -> Vec<Row<'static>> {
    amounts.iter().map(|(number, sales)| (*number, "a", [*sales, "0", "0", "0"])).collect()
}

/// Sales of the day before the period, and of its one day.
fn attained(goal: Goal, mode: Attainment, before: &'static str, actual: &'static str) -> Value {
    let target = Target::new("t", "sales", days(0, 0), goal).attainment(mode);
    let target = match mode {
        Attainment::Range => target.tolerance(2.into()),
        _ => target,
    };
    assess(&target, &sold(&[(-1, before), (0, actual)]), 0).current().attainment
}

#[test]
fn zero_and_below_in_every_mode_of_attainment() {
    let limit = |text| Limit::Fixed(number(text));
    let at_least = |text| Goal::AtLeast(limit(text));
    let at_most = |text| Goal::AtMost(limit(text));
    let good = Value::Undefined(Reason::Unbounded(Sense::Good));
    use Attainment::{LowerInverse, LowerLinear, Ratio};
    for (goal, mode, actual, expected) in [
        (at_least("10"), Ratio, "0", defined("0")),
        (at_least("10"), Ratio, "-5", defined("-1/2")),
        (at_least("0"), Ratio, "5", NO_BASE),
        (at_least("0"), Ratio, "0", NO_BASE),
        (at_least("-2"), Ratio, "3", NO_BASE),
        (at_most("10"), Ratio, "15", defined("3/2")), // so much of it is used
        (at_most("10"), LowerLinear, "0", defined("2")),
        (at_most("10"), LowerLinear, "-5", defined("5/2")),
        (at_most("10"), LowerLinear, "30", defined("-1")),
        (at_most("0"), LowerLinear, "0", NO_BASE),
        (at_most("10"), LowerInverse, "20", defined("1/2")),
        (at_most("10"), LowerInverse, "0", good),
        (at_most("10"), LowerInverse, "-5", NO_BASE),
        (at_most("0"), LowerInverse, "5", NO_BASE),
    ] {
        assert_eq!(attained(goal.clone(), mode, "0", actual), expected, "{goal:?} {actual}");
    }
    let range = Goal::Range { low: limit("2"), high: limit("4") };
    for (actual, expected) in
        [("3", "1"), ("2", "1"), ("5", "1/2"), ("0", "0"), ("-2", "-1"), ("10", "-2")]
    {
        let found = attained(range.clone(), Attainment::Range, "0", actual);
        assert_eq!(found, defined(expected), "{actual}");
    }
    // The way from the baseline: from -5 to -2, and 3 was reached.
    let points = |by| {
        let baseline = days(-1, -1).into();
        Goal::AtLeast(Limit::Change(Change { by: number(by), mode: ChangeMode::Points, baseline }))
    };
    for (before, by, actual, expected) in [
        ("-5", "3", "3", defined("8/3")),
        ("0", "5", "-1", defined("-1/5")),
        ("7", "0", "9", NO_BASE), // no way to go
        ("7", "0", "7", NO_BASE),
        ("10", "-4", "8", defined("1/2")),
    ] {
        let found = attained(points(by), Attainment::Progress, before, actual);
        assert_eq!(found, expected, "{before} {by} {actual}");
    }
}

#[test]
fn a_goal_that_equals_its_baseline_is_met_by_standing_still() {
    let change = |mode| Change { by: Rational::ZERO, mode, baseline: days(-1, -1).into() };
    for mode in [ChangeMode::Relative, ChangeMode::Points, ChangeMode::Magnitude] {
        let goal = Goal::AtLeast(Limit::Change(change(mode)));
        let target = Target::new("t", "sales", days(0, 0), goal);
        assert!(assess(&target, &sold(&[(-1, "7"), (0, "7")]), 0).current().is_met());
        let short = assess(&target, &sold(&[(-1, "7"), (0, "6.99999999999999999999")]), 0);
        assert_eq!(short.current().state, State::Missed);
    }
}

#[test]
fn a_relative_goal_from_nothing_is_undefined_and_never_red() {
    let goal = Change {
        by: number("0.2"),
        mode: ChangeMode::Relative,
        baseline: Baseline::Value(Rational::ZERO),
    };
    let target = Target::new("t", "sales", days(0, 1), Goal::AtLeast(Limit::Change(goal)));
    let result = assess(&target, &sold(&[(0, "5"), (1, "5")]), 1);
    for day in result.days() {
        assert_eq!(day.goal.limit(), Some(&NO_BASE));
        assert_eq!((day.met, day.state), (Value::Undefined(Reason::NoBase), State::Undefined));
        assert_eq!((day.gap, day.attainment, day.band), (NO_BASE, NO_BASE, None));
    }
}

#[test]
fn a_period_of_one_day_is_over_at_its_end() {
    let target = Target::new("t", "sales", days(0, 0), Goal::AtLeast(number("10").into()));
    let result = assess(&target, &sold(&[(0, "12")]), 0);
    let now = result.current();
    let flow = now.flow().unwrap();
    assert_eq!((now.state, now.gap.clone()), (State::Met, defined("2")));
    assert_eq!((flow.elapsed_days, flow.remaining_days), (1, 0));
    assert_eq!((&flow.share, &flow.expected), (&defined("1"), &defined("10")));
    assert_eq!(flow.projection, defined("12"));
    for required in [&flow.required_per_day, &flow.required_per_weight, &flow.required_next_day] {
        assert_eq!(*required, NO_BASE);
    }
    assert_eq!(flow.reached_on, Some(day(0)));
    // A stock of one day has its whole way behind it.
    let target = Target::new("t", "pipeline", days(0, 0), Goal::AtLeast(number("10").into()));
    let rows = [(-1, "a", ["0", "0", "0", "4"]), (0, "a", ["0", "0", "0", "8"])];
    let result = assess(&target, &rows, 0);
    let now = result.current();
    let stock = now.stock().unwrap();
    assert_eq!((&stock.from, &stock.expected), (&defined("4"), &defined("10")));
    assert_eq!((&stock.attainment, &stock.projection), (&defined("2/3"), &defined("8")));
}

#[test]
fn a_period_without_a_working_day_has_no_pace_and_an_end() {
    // Saturday and Sunday.
    let target = Target::new("t", "sales", days(5, 6), Goal::AtLeast(number("10").into()))
        .weights(DayWeights::working_days([]));
    let rows = sold(&[(5, "12"), (6, "1")]);
    let result = assess(&target, &rows, 5);
    let now = result.current();
    let flow = now.flow().unwrap();
    assert_eq!((now.met, now.state), (Value::Defined(true), State::Undefined));
    assert_eq!((&flow.share, &flow.expected, &flow.gap), (&NO_BASE, &NO_BASE, &NO_BASE));
    assert_eq!((&flow.projection, &flow.required_per_weight), (&NO_BASE, &NO_BASE));
    assert_eq!(flow.required_per_day, defined("-2")); // of days there is one left
    assert_eq!(flow.best_day, None);
    // Whether it is met in the end needs no weight.
    assert_eq!(assess(&target, &rows, 6).current().state, State::Met);
    // The same of holidays that leave no day.
    let holidays = DayWeights::working_days((0..3).map(day));
    let target =
        Target::new("t", "sales", days(0, 2), Goal::AtLeast(number("10").into())).weights(holidays);
    assert_eq!(assess(&target, &sold(&[(0, "1")]), 1).current().state, State::Undefined);
}

#[test]
fn before_the_start_and_after_the_end() {
    let target = Target::new("t", "sales", days(0, 2), Goal::AtLeast(number("10").into()));
    let rows = sold(&[(-1, "99"), (0, "4"), (2, "5"), (3, "99")]);
    let before = assess(&target, &rows, -1);
    let now = before.current();
    assert_eq!((now.as_of, now.state), (day(-1), State::NotStarted));
    assert_eq!(now.actual, Value::Undefined(Reason::Missing));
    assert_eq!((now.pace.clone(), before.days().len()), (None, 0));
    assert_eq!(before.goal().limit(), Some(&defined("10")));
    let after = assess(&target, &rows, 40);
    assert_eq!((after.current().as_of, after.current().state), (day(2), State::Missed));
    assert_eq!(after.current().gap, defined("-1"));
    assert_eq!(after, assess(&target, &rows, 2));
    assert_eq!((after.on(day(3)), after.on(day(-1))), (None, None));
}

#[test]
fn a_metric_that_is_undefined_on_some_days() {
    let target = Target::new("t", "conversion", days(0, 2), Goal::AtLeast(number("0.5").into()));
    let rows = [
        (0, "a", ["0", "0", "0", "0"]), // no leads yet
        (1, "a", ["0", "4", "2", "0"]),
    ];
    let result = assess(&target, &rows, 2);
    let states: Vec<_> = result.days().map(|day| (day.met, day.state)).collect();
    assert_eq!(
        states,
        [
            (Value::Undefined(Reason::NoBase), State::Undefined),
            (Value::Defined(true), State::Ahead),
            (Value::Defined(true), State::Met),
        ]
    );
}

#[test]
fn each_day_is_held_against_the_goal_in_force_on_it() {
    let least = |text| Goal::AtLeast(number(text).into());
    let target = Target::new("t", "sales", days(0, 3), least("10"))
        .revised(day(1), least("20"))
        .revised(day(3), least("8"))
        .tier("commit", number("5"))
        .tier("stretch", number("9"));
    let result = assess(&target, &sold(&[(0, "2"), (1, "3"), (2, "3"), (3, "1")]), 3);
    let seen: Vec<_> =
        result.days().map(|day| (day.goal.limit().cloned(), day.gap, day.tier)).collect();
    assert_eq!(
        seen,
        [
            (Some(defined("10")), defined("-8"), None),
            (Some(defined("20")), defined("-15"), Some("commit")),
            (Some(defined("20")), defined("-12"), Some("commit")),
            (Some(defined("8")), defined("1"), Some("stretch")),
        ]
    );
    assert_eq!(result.current().state, State::Met);
    assert_eq!(result.milestones().first_met, Some(day(3)));
}

#[test]
fn baselines_of_every_kind() {
    let set = set();
    let rows = [
        (-2, "a", ["30", "0", "0", "0"]),
        (-1, "b", ["50", "0", "0", "0"]),
        (0, "a", ["20", "0", "0", "0"]),
        (0, "b", ["7", "0", "0", "0"]),
    ];
    let facts = facts(&set, &rows);
    let tenth_more = |baseline| {
        Goal::AtLeast(Limit::Change(Change {
            by: number("0.1"),
            mode: ChangeMode::Relative,
            baseline,
        }))
    };
    let period = days(-2, -1);
    let peer = Baseline::Segment { period, only: vec![("team".into(), vec!["b".into()])] };
    let of = |name: &str, goal| Target::new(name, "sales", days(0, 1), goal).only("team", ["a"]);
    let targets = [
        of("own", tenth_more(period.into())),
        of("peer", tenth_more(peer)),
        of("benchmark", tenth_more(Baseline::Value(200.into()))),
        of("after", tenth_more(Baseline::Target("peer".into()))),
        of("later", tenth_more(days(-40, -39).into())),
    ];
    let assessed =
        |targets: &[Target]| Target::assess_all(targets, &set, &facts, Calendar::default(), day(0));
    let results = assessed(&targets).unwrap();
    let limits: Vec<_> = results.iter().map(|r| r.goal().limit().cloned().unwrap()).collect();
    let due = [defined("33"), defined("55"), defined("220"), defined("60.5"), NO_BASE];
    assert_eq!(limits, due);
    // One before it in the list, and no range.
    let refused = |targets: &[Target]| assessed(targets).unwrap_err().problems()[0].to_string();
    assert_eq!(
        refused(&targets[3..]),
        "targets[0].goal: unknown earlier target \"peer\"; there is none before this one"
    );
    let range = Goal::Range { low: number("1").into(), high: number("2").into() };
    assert_eq!(
        refused(&[of("peer", range).tolerance(1.into()), targets[3].clone()]),
        "targets[1].goal: target \"peer\" is a range, which has no one limit; name a target of at least or at most"
    );
    let leads = Target::new("peer", "leads", days(0, 1), Goal::AtLeast(number("5").into()));
    assert_eq!(
        refused(&[leads, targets[3].clone()]),
        "targets[1].goal: target \"peer\" is in lead and this one in EUR; name one in the same unit"
    );
}

#[test]
fn too_many_of_something_is_refused_with_what_to_do() {
    let set = set();
    let facts = facts(&set, &sold(&[(0, "1")]));
    let least = |limit: i32| Goal::AtLeast(Rational::from(limit).into());
    let assess = |count: i32| {
        let band = |i: i32| Band { name: format!("b{i}"), from: Some((-i).into()) };
        let bands = Bands { on: BandBasis::Actual, list: (0..count).map(band).collect() };
        let target = Target::new("t", "sales", days(0, 2_000), least(0)).bands(bands);
        let target = (1..=count).fold(target, |target, i| {
            target.revised(day(i), least(i)).tier(i.to_string(), Rational::from(i))
        });
        target.assess(&set, &facts, Calendar::default(), day(0))
    };
    assert_eq!(assess(1_024).unwrap().current().band, Some("b0"));
    let error = assess(1_025).unwrap_err();
    let told: Vec<String> = error.problems().iter().map(|error| error.to_string()).collect();
    assert_eq!(
        told,
        [
            "versions: 1025 versions; the most is 1024, so leave some out",
            "tiers: 1025 tiers; the most is 1024, so leave some out",
            "bands: 1025 bands; the most is 1024, so leave some out",
        ]
    );
}

#[test]
fn what_does_not_go_together_is_refused_all_at_once() {
    let set = set();
    let facts = facts(&set, &sold(&[(0, "1")]));
    let least = |text: &str| Goal::AtLeast(number(text).into());
    let backwards = Bounds { low: Some(2.into()), high: Some(1.into()) };
    let target = Target::new("t", "conversion", days(0, 3), least("10"))
        .weights(DayWeights::Explicit(vec![1.into(), number("-1")]))
        .daily(backwards)
        .budget(number("-0.1"))
        .revised(day(0), least("5"))
        .revised(day(2), Goal::AtMost(number("5").into()))
        .revised(day(2), least("6"))
        .tier("hard", number("9"))
        .tier("hard", number("8"))
        .part_of("the year");
    let error = target.assess(&set, &facts, Calendar::default(), day(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "13 problems in the target \"t\"
  versions[0].from: a version from 2024-04-01 on, where one after 2024-04-01 and within 2024-04-01 to 2024-04-04 is due; order versions by their days
  versions[1].goal: a version of another form than the first goal; at least, at most or range, all alike
  versions[2].from: a version from 2024-04-03 on, where one after 2024-04-03 and within 2024-04-01 to 2024-04-04 is due; order versions by their days
  tiers[1].name: tier \"hard\" is there twice; rename or remove one
  tiers[1].limit: tier \"hard\" at 8 is no harder than the one before it at 9; order tiers from the easiest
  weights: the weight -1 of day 2 is below zero; give zero or more
  weights: 2 weights for the 4 days of 2024-04-01 to 2024-04-04; give one for each day
  daily: bounds of a day from 2 to 1; swap them
  budget: a budget is a goal of at most; a range over what adds up has the pace of a budget by itself
  budget: a budget that may be off by -1/10, below zero; give a share such as 0.05, or 0
  part_of: unknown earlier target \"the year\"; there is none before this one
  budget: a budget for conversion, which does not add up over days; remove it, or take a metric that does
  daily: bounds of a day for conversion, which does not add up over days; remove it, or take a metric that does"
    );
    let shape = |past| {
        let target = Target::new("t", "pipeline", days(0, 3), least("1"));
        let target = target.weights(DayWeights::Shape(past));
        target.assess(&set, &facts, Calendar::default(), day(1)).unwrap_err().to_string()
    };
    assert_eq!(
        shape(days(-1, 0)),
        "3 problems in the target \"t\"
  weights: the shape of 2024-03-31 to 2024-04-01 has 2 days, and the period 4; take a past period of 4 days
  weights: the shape of 2024-03-31 to 2024-04-01 is not over before the target begins on 2024-04-01; take an earlier period
  weights: the shape of a past period for pipeline, which neither adds up over days nor is a quotient of such; take other weights"
    );
}

#[test]
fn only_declared_bounds_secure_a_flow_or_put_it_out_of_reach() {
    let goal = |higher: bool, limit: &str| match higher {
        true => Goal::AtLeast(number(limit).into()),
        false => Goal::AtMost(number(limit).into()),
    };
    let state = |goal, bounds: Option<(&str, &str)>| {
        let mut target = Target::new("t", "sales", days(0, 3), goal);
        if let Some((low, high)) = bounds {
            let end = |text: &str| (!text.is_empty()).then(|| number(text));
            target = target.daily(Bounds { low: end(low), high: end(high) });
        }
        assess(&target, &sold(&[(0, "6"), (1, "4")]), 1).current().state
    };
    use State::{Ahead, Behind, Secured, Unreachable};
    // Ten after two of four days.
    for (goal, bounds, expected) in [
        (goal(true, "10"), None, Ahead), // a refund can still undo it
        (goal(true, "10"), Some(("0", "")), Secured),
        (goal(true, "10"), Some(("-1", "")), Ahead),
        (goal(true, "8"), Some(("-1", "")), Secured),
        (goal(true, "40"), None, Behind),
        (goal(true, "40"), Some(("0", "15")), Behind), // just reachable
        (goal(true, "40"), Some(("0", "14.99")), Unreachable),
        (goal(false, "9"), None, Behind),
        (goal(false, "9"), Some(("0", "")), Unreachable),
        (goal(false, "9"), Some(("-0.5", "")), Behind),
        (goal(false, "30"), Some(("0", "10")), Secured),
        (goal(false, "30"), Some(("0", "10.01")), Ahead),
    ] {
        assert_eq!(state(goal.clone(), bounds), expected, "{goal:?} {bounds:?}");
    }
}

proptest! {
    /// At the end of the last day all of the limit was expected, and what is projected is there; and
    /// what each remaining day needs by its weight brings it to the limit exactly.
    #[test]
    fn the_end_of_the_pace_is_the_end(
        sales in prop::collection::vec(-30_i64..90, 1..7),
        halves in prop::collection::vec(0_i64..5, 8),
        limit in -50_i64..200,
        higher in any::<bool>(),
    ) {
        let weights: Vec<Rational> = halves.iter().map(|n| Rational::new(*n, 2).unwrap()).collect();
        prop_assume!(halves.iter().sum::<i64>() > 0);
        let goal = match higher {
            true => Goal::AtLeast(Rational::from(limit).into()),
            false => Goal::AtMost(Rational::from(limit).into()),
        };
        let target = Target::new("t", "sales", days(0, 7), goal)
            .weights(DayWeights::Explicit(weights.clone()));
        let set = set();
        let assess = |amounts: &[Rational], as_of: i32| {
            let dates: Vec<Date> = (0..amounts.len() as i32).map(day).collect();
            let cells: Vec<String> = amounts
                .iter()
                .map(|amount| amount.round(yardstick::Rounding::exact(20)).unwrap().to_string())
                .collect();
            let zeros = vec!["0"; cells.len()];
            let facts = Facts::builder(set.schema())
                .dates(&dates)
                .dimension("team", &vec!["a"; cells.len()])
                .measure("sales", Column::text(&cells))
                .measure("leads", Column::text(&zeros))
                .measure("deals", Column::text(&zeros))
                .measure("pipeline", Column::text(&zeros))
                .build()
                .unwrap();
            target.assess(&set, &facts, Calendar::default(), day(as_of)).unwrap()
        };
        let mut amounts: Vec<Rational> = sales.iter().map(|n| Rational::from(*n)).collect();
        let whole = assess(&amounts, 7);
        let last = whole.current();
        let flow = last.flow().unwrap();
        prop_assert_eq!(&flow.expected, &Value::Defined(limit.into()));
        prop_assert_eq!(&flow.projection, &last.actual);
        prop_assert_eq!(&flow.share, &Value::Defined(Rational::ONE));
        let actual: i64 = sales.iter().sum();
        let met = if higher { actual >= limit } else { actual <= limit };
        prop_assert_eq!(last.met, Value::Defined(met));

        let elapsed = amounts.len();
        let now = assess(&amounts, elapsed as i32 - 1);
        let now = now.current();
        let flow = now.flow().unwrap();
        let left: i64 = halves[elapsed..].iter().sum();
        if left == 0 {
            prop_assert_eq!(&flow.required_per_weight, &NO_BASE);
            return Ok(());
        }
        let required = flow.required_per_weight.clone().defined().unwrap();
        let next = flow.required_next_day.clone().defined().unwrap();
        prop_assert_eq!(&next, &(&required * &weights[elapsed]));
        let mut sum = Rational::from(actual);
        for weight in &weights[elapsed..] {
            sum += &required * weight;
        }
        prop_assert_eq!(&sum, &Rational::from(limit));
        // Days of whole quarters, so that facts can hold them.
        if required.checked_div(&Rational::new(1, 4).unwrap()).unwrap().is_integer() {
            amounts.extend(weights[elapsed..].iter().map(|weight| &required * weight));
            prop_assert_eq!(assess(&amounts, 7).current().state, State::Met);
        }
    }
}
