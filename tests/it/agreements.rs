//! Agreements in documents and reports: who promised which targets, and who keeps them.

use yardstick::funnel::{AgreementOutcome, HandOff, Leads, Outcome, SideState, TimeUnit};
use yardstick::model::AgreementDefinition;
use yardstick::target::State;
use yardstick::{
    Column, Date, Display, Facts, Goal, Measure, Model, Owner, Period, Rational, Reason, Report,
    Rounding, Schema, Target, Value,
};

const DOCUMENT: &str = r#"{
    "yardstick": 1,
    "name": "Quarter",
    "display": {"scale": 1, "mode": "half_even"},
    "measures": [{"name": "leads", "unit": "lead"}, {"name": "calls", "unit": "call"}],
    "targets": [
        {"name": "leads", "metric": "leads", "owner": "marketing", "period": "2024-W10", "goal": {"at_least": 10}},
        {"name": "calls", "metric": "calls", "owner": "sales", "period": "2024-W10", "goal": {"at_least": 4}},
        {"name": "talks", "metric": "calls", "period": "2024-W10", "goal": {"at_least": 2}}
    ],
    "agreements": [{"name": "both", "marketing": ["leads"], "sales": ["talks", "calls"]}]
}"#;

fn report(model: &Model, leads: i64, calls: i64) -> Report {
    let day: Date = "2024-03-10".parse().unwrap();
    let facts = Facts::builder(model.schema())
        .dates(&[day])
        .measure("leads", Column::owned(vec![leads.into()], 0))
        .measure("calls", Column::owned(vec![calls.into()], 0))
        .build()
        .unwrap();
    model.evaluate(&facts, day).unwrap()
}

#[test]
fn an_agreement_follows_from_its_targets() {
    use AgreementOutcome::{BrokenByBoth, BrokenByMarketing, BrokenBySales, KeptByBoth};
    let model = Model::from_json(DOCUMENT).unwrap();
    for (leads, calls, outcome, broken) in [
        (10, 4, KeptByBoth, None),
        (9, 4, BrokenByMarketing, None),
        (10, 3, BrokenBySales, Some("calls")),
        (10, 1, BrokenBySales, Some("talks")),
        (9, 3, BrokenByBoth, Some("calls")),
    ] {
        let report = report(&model, leads, calls);
        let both = report.agreement("both").unwrap();
        assert_eq!(both.agreement.outcome(), outcome);
        let first = both.agreement.sales().first_broken();
        assert_eq!(first.map(|promise| promise.name.as_str()), broken);
        let state = |met: bool| if met { State::Met } else { State::Missed };
        assert_eq!(both.marketing, [state(leads >= 10)]);
        assert_eq!(both.sales, [state(calls >= 2), state(calls >= 4)]);
    }
    let report = report(&model, 9, 4);
    assert_eq!(
        serde_json::to_string(&report.agreements()[0]).unwrap(),
        r#"{"name":"both","outcome":"broken_by_marketing","marketing":{"state":"broken","first_broken":"leads","promises":[{"target":"leads","met":false,"state":"missed"}]},"sales":{"state":"kept","first_broken":null,"promises":[{"target":"talks","met":true,"state":"met"},{"target":"calls","met":true,"state":"met"}]}}"#
    );
    let error = report.agreement("bot").unwrap_err();
    assert_eq!(error.to_string(), "unknown agreement \"bot\"; did you mean \"both\"?");
}

#[test]
fn before_it_begins_an_agreement_is_undefined() {
    let model = Model::from_json(DOCUMENT).unwrap();
    let day: Date = "2024-03-03".parse().unwrap();
    let facts = Facts::builder(model.schema())
        .dates(&[day])
        .measure("leads", Column::integers(&[50]))
        .measure("calls", Column::integers(&[50]))
        .build()
        .unwrap();
    let report = model.evaluate(&facts, day).unwrap();
    let both = &report.agreements()[0];
    assert_eq!(both.agreement.outcome(), AgreementOutcome::Undefined);
    assert_eq!(both.agreement.marketing().state(), SideState::Undefined);
    assert_eq!(both.agreement.marketing().promises[0].met, Value::Undefined(Reason::Missing));
    assert_eq!(both.sales, [State::NotStarted, State::NotStarted]);
}

#[test]
fn every_problem_of_agreements_is_told_at_once() {
    let spoilt = DOCUMENT.replace(
        r#"[{"name": "both", "marketing": ["leads"], "sales": ["talks", "calls"]}]"#,
        r#"[
            {"name": "both", "marketing": ["leeds", "calls", "talks"], "sales": ["talks", "leads", "talks"]},
            {"name": "both", "marketing": [], "sales": "calls"},
            {"name": " ", "marketing": [], "sales": ["anything at all"]},
            {"name": "x", "marketing": ["leads"], "sale": ["calls"]}
        ]"#,
    );
    assert_eq!(
        Model::from_json(&spoilt).unwrap_err().to_string(),
        "11 problems in the model\n  \
         agreements[0].marketing[0]: unknown target \"leeds\"; did you mean \"leads\"?\n  \
         agreements[0].marketing[1]: target \"calls\" is owned by sales, and marketing cannot promise it; name it under sales, or change its owner\n  \
         agreements[0].sales[0]: target \"talks\" is promised at marketing[2] already; keep one\n  \
         agreements[0].sales[1]: target \"leads\" is owned by marketing, and sales cannot promise it; name it under marketing, or change its owner\n  \
         agreements[0].sales[2]: target \"talks\" is promised at marketing[2] already; keep one\n  \
         agreements[1].sales: \"calls\" where a list is due\n  \
         agreements[2].name: an empty name; give it one\n  \
         agreements[2].marketing: marketing promises nothing; an agreement has two sides, so name a target\n  \
         agreements[2].sales[0]: unknown target \"anything at all\"; known are leads, calls, talks\n  \
         agreements[3]: \"sales\" is missing; add it\n  \
         agreements[3]: unknown field \"sale\"; did you mean \"sales\"?"
    );
}

#[test]
fn a_target_that_could_not_be_read_is_told_once() {
    let spoilt = DOCUMENT.replace(r#""goal": {"at_least": 2}"#, r#""goal": {"at_leest": 2}"#);
    let error = Model::from_json(&spoilt).unwrap_err();
    assert!(
        error.problems().iter().all(|problem| problem.path() == Some("targets[2].goal")),
        "{error}"
    );
}

#[test]
fn a_builder_takes_agreements_too() {
    let schema = Schema::new(
        Vec::<String>::new(),
        [
            Measure::flow("leads", "lead".parse().unwrap()),
            Measure::flow("calls", "call".parse().unwrap()),
        ],
    );
    let week = Period::inclusive("2024-03-04".parse().unwrap(), "2024-03-10".parse().unwrap());
    let at_least = |name: &str, limit: i32| {
        let goal = Goal::AtLeast(Rational::from(limit).into());
        Target::new(name, name, *week.as_ref().unwrap(), goal)
    };
    let builder =
        Model::builder("Quarter", schema.unwrap(), Display::plain(Rounding::half_even(1)))
            .target(at_least("leads", 10).owner(Owner::Marketing))
            .target(at_least("calls", 4))
            .agreement(AgreementDefinition::new("both").marketing(["leads"]).sales(["calls"]));
    let model = builder.clone().build().unwrap();
    let outcome = report(&model, 10, 3).agreements()[0].agreement.outcome();
    assert_eq!(outcome, AgreementOutcome::BrokenBySales);
    let twice = AgreementDefinition::new("both").marketing(["calls"]).sales(["leads"]);
    assert_eq!(
        builder.agreement(twice).build().unwrap_err().to_string(),
        "2 problems in the model\n  \
         agreements[1].name: \"both\" is there twice, first at agreements[0]; rename or remove one\n  \
         agreements[1].sales[0]: target \"leads\" is owned by marketing, and sales cannot promise it; name it under marketing, or change its owner"
    );
}

/// From single leads to an agreement about targets: each day's leads are added up, the counts are
/// facts, and the rates are the catalog's.
#[test]
fn leads_counted_day_by_day_decide_an_agreement() {
    const MODEL: &str = r#"{
        "yardstick": 1,
        "name": "Hand-off",
        "display": {"scale": 1, "mode": "half_even"},
        "measures": [
            {"name": "handed_over", "unit": "lead"},
            {"name": "accepted", "unit": "lead"},
            {"name": "within_sla", "unit": "lead"}
        ],
        "kpis": [
            {"name": "acceptance", "catalog": "handoff_acceptance_rate"},
            {"name": "service_level", "catalog": "handoff_sla_compliance"}
        ],
        "targets": [
            {"name": "leads worth taking", "metric": "acceptance", "period": "2024-W10", "goal": {"at_least": "0.6"}},
            {"name": "answered in four hours", "metric": "service_level", "owner": "sales", "period": "2024-W10", "goal": {"at_least": "0.75"}}
        ],
        "agreements": [{"name": "hand-off", "marketing": ["leads worth taking"], "sales": ["answered in four hours"]}]
    }"#;
    use Outcome::{Accepted, Returned};
    // Hours since the week began: those of a day begin at 24 times its number.
    let handed_over = [1_i64, 2, 20, 25, 30, 49, 50, 51];
    let responded = [2_i64, 6, 25, 28, 31, 50, 60, 55];
    let outcomes = [Accepted, Returned, Accepted, Accepted, Returned, Accepted, Accepted, Returned];
    let of = |rows: &[usize]| {
        let pick = |column: &[i64]| rows.iter().map(|row| column[*row]).collect::<Vec<_>>();
        let (handed_over, responded) = (pick(&handed_over), pick(&responded));
        let outcomes: Vec<_> = rows.iter().map(|row| outcomes[*row]).collect();
        let leads = Leads::new(TimeUnit::Hour, Column::integers(&handed_over), &outcomes)
            .responded(Column::integers(&responded));
        HandOff::of(&leads, 168).unwrap()
    };
    let model = Model::from_json(MODEL).unwrap();
    let mut week = HandOff::new(TimeUnit::Hour, 168);
    let (mut days, mut columns) = (Vec::new(), [Vec::new(), Vec::new(), Vec::new()]);
    for day in 0..3 {
        let own: Vec<usize> = (0..8).filter(|row| handed_over[*row] / 24 == day).collect();
        let state = of(&own);
        let level = state.total().service_level(4, TimeUnit::Hour);
        days.push(format!("2024-03-0{}", 4 + day).parse::<Date>().unwrap());
        let counts = [state.total().handed_over(), state.total().accepted(), level.within];
        columns.iter_mut().zip(counts).for_each(|(column, count)| column.push(i128::from(count)));
        week.merge(&state).unwrap();
    }
    assert_eq!(week, of(&[0, 1, 2, 3, 4, 5, 6, 7]));
    let [all, accepted, within] = columns;
    let facts = Facts::builder(model.schema())
        .dates(&days)
        .measure("handed_over", Column::owned(all, 0))
        .measure("accepted", Column::owned(accepted, 0))
        .measure("within_sla", Column::owned(within, 0))
        .build()
        .unwrap();
    let report = model.evaluate(&facts, "2024-03-10".parse().unwrap()).unwrap();
    let actual = |name: &str| report.target(name).unwrap().current().actual.clone();
    assert_eq!(actual("leads worth taking"), week.total().acceptance_rate());
    let level = week.total().service_level(4, TimeUnit::Hour);
    assert_eq!(actual("answered in four hours"), level.level());
    // 5 of 8 were taken, 6 of 8 answered in time.
    assert_eq!(week.total().acceptance_rate(), "0.625".parse::<Rational>().unwrap().into());
    let hand_off = &report.agreements()[0].agreement;
    assert_eq!(hand_off.outcome(), AgreementOutcome::KeptByBoth);
}
