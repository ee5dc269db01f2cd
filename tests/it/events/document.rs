//! Queries as documents.

use yardstick::events::{
    Anchor, Attribution, Counting, Effect, Entry, EventFunnel, Length, Order, days, hours, minutes,
    seconds,
};
use yardstick::funnel::TimeUnit;
use yardstick::{ErrorKind, Grain, Owner};

#[test]
fn every_setting_has_its_field() {
    let pairs = [
        (r#""window": "1 day""#, EventFunnel::builder(3).window(days(1))),
        (
            r#""window": "90 minutes", "anchor": "previous""#,
            EventFunnel::builder(3).window(minutes(90)).anchor(Anchor::Previous),
        ),
        (r#""order": "strict""#, EventFunnel::builder(3).order(Order::Strict)),
        (r#""strict_times": true"#, EventFunnel::builder(3).strict_times()),
        (r#""entry": "latest""#, EventFunnel::builder(3).entry(Entry::Latest)),
        (r#""open_entry": true"#, EventFunnel::builder(3).open_entry()),
        (r#""counting": "sessions""#, EventFunnel::builder(3).counting(Counting::Sessions)),
        (
            r#""exclusions": [{"from": 0, "to": 2, "bit": 3}, {"from": 1, "to": 2, "bit": 63}], "effect": "drops""#,
            EventFunnel::builder(3).exclude(0, 2, 3).exclude(1, 2, 63).effect(Effect::Drops),
        ),
        (r#""held": true"#, EventFunnel::builder(3).held()),
        (r#""by_segment": "last""#, EventFunnel::builder(3).by_segment(Attribution::Last)),
        (r#""by_segment": {"step": 2}"#, EventFunnel::builder(3).by_segment_at(2)),
        (r#""trend": "quarter""#, EventFunnel::builder(3).trend(Grain::Quarter)),
        (
            r#""time_between": [{"from": 0, "to": 1}, {"from": 0, "to": 2}]"#,
            EventFunnel::builder(3).time_between(0, 1).time_between(0, 2),
        ),
        (r#""reasons": true"#, EventFunnel::builder(3).reasons()),
        (r#""correlate": [5, 4]"#, EventFunnel::builder(3).correlate(5).correlate(4)),
        (r#""held": false, "reasons": null"#, EventFunnel::builder(3)),
    ];
    for (fields, builder) in pairs {
        let text = format!(r#"{{"steps": [{{}}, {{}}, {{}}], {fields}}}"#);
        let query = EventFunnel::from_json(&text).unwrap();
        assert_eq!(query, builder.build().unwrap(), "{fields}");
        assert_eq!(EventFunnel::from_json(&query.to_json().unwrap()).unwrap(), query);
        let value = serde_json::to_value(&query).unwrap();
        assert_eq!(serde_json::from_value::<EventFunnel>(value).unwrap(), query);
    }
    let steps = r#"{"steps": [
        {"name": "visit", "owner": "marketing"},
        {"optional": true},
        {"at_least_after": "5 seconds", "at_most_after": "1 hour"}
    ]}"#;
    let query = EventFunnel::builder(3)
        .name(0, "visit", Owner::Marketing)
        .optional(1)
        .at_least_after(2, seconds(5))
        .at_most_after(2, hours(1))
        .build()
        .unwrap();
    assert_eq!(EventFunnel::from_json(steps).unwrap(), query);
}

#[test]
fn a_query_is_written_without_what_is_not_said() {
    let query = EventFunnel::builder(2)
        .name(1, "order", Owner::Sales)
        .window(days(7))
        .by_segment_at(1)
        .time_between(0, 1)
        .build()
        .unwrap();
    let expected = r#"{"steps":[{"name":"step 1"},{"name":"order","owner":"sales"}],"window":"7 days","by_segment":{"step":1},"time_between":[{"from":0,"to":1}]}"#;
    assert_eq!(serde_json::to_string(&query).unwrap(), expected);
    assert!(query.to_json().unwrap().ends_with("}\n"));
}

#[test]
fn every_problem_has_its_path() {
    let text = r#"{
        "steps": [{"name": "visit", "owner": "sale"}, {"least": "1 day"}, {"at_most_after": "a day"}],
        "window": 7,
        "order": "strct",
        "strict_times": "yes",
        "exclusions": [{"from": 0, "bit": 3}, {"from": 0, "to": 1, "bit": -1}],
        "by_segment": "step",
        "correlate": [1.5],
        "windw": "7 days"
    }"#;
    let error = EventFunnel::from_json(text).unwrap_err();
    let found: Vec<_> =
        error.problems().iter().map(|error| (error.path().unwrap_or(""), error.kind())).collect();
    assert_eq!(
        found,
        [
            ("steps[0].owner", ErrorKind::Unknown),
            ("steps[1]", ErrorKind::Unknown),
            ("steps[2].at_most_after", ErrorKind::Syntax),
            ("window", ErrorKind::Type),
            ("order", ErrorKind::Unknown),
            ("strict_times", ErrorKind::Type),
            ("exclusions[0]", ErrorKind::Missing),
            ("exclusions[1].bit", ErrorKind::Type),
            ("by_segment", ErrorKind::Unknown),
            ("correlate[0]", ErrorKind::Type),
            ("", ErrorKind::Unknown),
        ]
    );
    let serde = serde_json::from_str::<EventFunnel>(text).unwrap_err().to_string();
    assert!(serde.contains("steps[0].owner"), "{serde}");
}

#[test]
fn what_does_not_go_together_is_refused_as_by_the_builder() {
    let text = r#"{
        "steps": [{"at_most_after": "1 day"}, {"name": "a"}, {"name": "a", "at_least_after": "2 days", "at_most_after": "1 day"}],
        "anchor": "previous",
        "order": "any",
        "entry": "latest",
        "exclusions": [{"from": 1, "to": 1, "bit": 2}],
        "time_between": [{"from": 2, "to": 3}],
        "correlate": [4, 0]
    }"#;
    let error = EventFunnel::from_json(text).unwrap_err();
    let builder = EventFunnel::builder(3)
        .name(1, "a", Owner::Both)
        .name(2, "a", Owner::Both)
        .at_most_after(0, days(1))
        .at_least_after(2, days(2))
        .at_most_after(2, days(1))
        .anchor(Anchor::Previous)
        .order(Order::Any)
        .entry(Entry::Latest)
        .exclude(1, 1, 2)
        .time_between(2, 3)
        .correlate(4)
        .correlate(0);
    let built = builder.build().unwrap_err();
    let said = |error: &yardstick::Error| {
        error.problems().iter().map(|each| each.message().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(said(&error), said(&built));
    assert!(built.problems().iter().all(|each| each.path().is_none()));
    let paths: Vec<_> = error.problems().iter().map(|each| each.path().unwrap()).collect();
    assert_eq!(
        paths,
        [
            "steps[0]",
            "steps[0]",
            "steps[2].name",
            "steps[2]",
            "steps[2].at_least_after",
            "exclusions[0]",
            "exclusions[0].bit",
            "correlate[1]",
            "time_between[0]",
            "anchor",
            "anchor",
            "exclusions",
            "entry",
        ]
    );
}

#[test]
fn documents_that_are_none() {
    let kind = |text: &str| EventFunnel::from_json(text).unwrap_err().kind();
    assert_eq!(kind("{"), ErrorKind::Syntax);
    assert_eq!(kind("[]"), ErrorKind::Invalid);
    assert_eq!(kind("{}"), ErrorKind::Invalid);
    let many = format!(r#"{{"steps": [{}]}}"#, vec!["{}"; 65].join(","));
    let error = EventFunnel::from_json(&many).unwrap_err();
    assert_eq!(error.problems().len(), 1);
    assert_eq!(error.problems()[0].path(), Some("steps"));
    let none = EventFunnel::from_json(r#"{"steps": []}"#).unwrap_err();
    assert_eq!(none.problems()[0].kind(), ErrorKind::Shape);
    let twice = EventFunnel::from_json(r#"{"steps": [{}], "held": true, "held": true}"#);
    assert_eq!(twice.unwrap_err().problems()[0].kind(), ErrorKind::Duplicate);
}

#[test]
fn lengths_are_read_as_they_are_written() {
    for unit in TimeUnit::ALL {
        for amount in [0, 1, 2, 1_500, u64::MAX] {
            let length = Length::new(amount, unit);
            assert_eq!(length.to_string().parse::<Length>().unwrap(), length);
        }
    }
    assert_eq!(days(1).to_string(), "1 day");
    assert_eq!(days(0).to_string(), "0 days");
    assert_eq!("1 days".parse::<Length>().unwrap(), days(1));
    for text in [
        "",
        "7",
        "days",
        "7days",
        "7  days",
        "+7 days",
        "07 days",
        "-1 day",
        "7 weeks",
        "7 dayss",
        "18446744073709551616 days",
        "1.5 days",
    ] {
        assert_eq!(text.parse::<Length>().unwrap_err().kind(), ErrorKind::Syntax, "{text}");
    }
}
