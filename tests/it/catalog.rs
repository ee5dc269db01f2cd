//! The catalog of KPIs: that its data are sound, and that its formulas give known figures.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use yardstick::kpi::catalog::{self, Entry, FunnelStage, InputKind};
use yardstick::unit::Style;
use yardstick::{
    Calendar, Column, Date, Error, ErrorKind, Facts, Formula, KpiSet, Measure, Owner, Period,
    Query, Rational, Reason, Schema, Sense, Unit, Value,
};

fn entry(id: &str) -> &'static Entry {
    catalog::find(id).unwrap()
}

fn unit(text: &str) -> Unit {
    text.parse().unwrap()
}

fn number(text: &str) -> Rational {
    text.parse().unwrap()
}

/// A unit for each input: of its own, unless the entry says that it shares another's.
fn units(entry: &Entry) -> BTreeMap<&'static str, Unit> {
    let of = |name: &str| {
        let index = entry.inputs.iter().position(|input| input.name == name).unwrap();
        match entry.inputs[index].kind {
            InputKind::Money => {
                let letter = char::from(b'A' + u8::try_from(index).unwrap());
                Unit::currency(&format!("XX{letter}")).unwrap()
            }
            InputKind::Count => Unit::noun(&format!("thing_{index}")).unwrap(),
            InputKind::Duration => Unit::time("day").unwrap(),
            _ => Unit::one(),
        }
    };
    entry.inputs.iter().map(|input| (input.name, of(input.same_as.unwrap_or(input.name)))).collect()
}

fn schema(entry: &Entry) -> Schema {
    let measures = units(entry).into_iter().map(|(name, unit)| Measure::flow(name, unit));
    Schema::new(Vec::<String>::new(), measures).unwrap()
}

/// The value of an entry over facts of two days: in the period of the second, with the first before
/// it.
fn value(entry: &Entry, before: &[(&str, &str)], now: &[(&str, &str)]) -> Value {
    let kpi = entry.kpi("figure", &[]).unwrap();
    let set = KpiSet::new(schema(entry), [kpi]).unwrap();
    let (first, second) = (Date::new(2024, 2, 29).unwrap(), Date::new(2024, 3, 1).unwrap());
    let on = |values: &[(&str, &str)], name: &str| {
        let found = values.iter().find(|(known, _)| *known == name);
        found.map_or("0".to_owned(), |(_, value)| (*value).to_owned())
    };
    let mut facts = Facts::builder(set.schema()).dates(&[first, second]);
    for input in entry.inputs {
        let days = [on(before, input.name), on(now, input.name)];
        facts = facts.measure(input.name, Column::text(&days));
    }
    let query = Query::of(["figure"]).within(Period::day(second));
    let table = query.run(&set, &facts.build().unwrap(), Calendar::default()).unwrap();
    table.columns[0].values[0].clone()
}

#[test]
fn ids_and_aliases_are_names_and_lead_to_one_entry() {
    let is_name = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    let mut seen = BTreeSet::new();
    for entry in catalog::entries() {
        for name in [entry.id].iter().chain(entry.aliases) {
            assert!(is_name(name), "{name}");
            assert!(seen.insert(*name), "{name} is there twice");
            assert_eq!(catalog::find(name).unwrap(), entry);
        }
        if let Some(main) = entry.variant_of {
            let main = catalog::entries().find(|entry| entry.id == main).unwrap();
            assert_eq!(main.variant_of, None, "{}: a variant of a variant", entry.id);
            assert!(main.variants().any(|variant| variant == entry));
        }
    }
    assert!(catalog::entries().count() >= 24);
}

#[test]
fn entries_stand_in_the_order_of_the_funnel() {
    let mut stages: Vec<FunnelStage> = catalog::entries().map(|entry| entry.stage).collect();
    stages.dedup();
    let names: Vec<_> = stages.iter().map(|stage| stage.name()).collect();
    let order = "awareness engagement conversion handoff follow_up closing retention feedback";
    assert_eq!(names.join(" "), order);
    for stage in stages {
        assert_eq!(stage.name().parse::<FunnelStage>().unwrap(), stage);
    }
}

#[test]
fn every_text_is_there_and_is_a_sentence() {
    for entry in catalog::entries() {
        let id = entry.id;
        let meanings = entry.inputs.iter().map(|input| input.meaning);
        for sentence in meanings.chain([entry.meaning]).chain(entry.pitfall) {
            let capital = sentence.starts_with(|c: char| c.is_ascii_uppercase());
            assert!(capital && sentence.ends_with('.'), "{id}: {sentence}");
            assert!(!sentence.contains("  "), "{id}: {sentence}");
        }
        assert!(!entry.name.is_empty() && !entry.source.is_empty(), "{id}");
        assert!(entry.source_url.is_none_or(|url| url.starts_with("http")), "{id}");
    }
}

#[test]
fn a_formula_uses_its_inputs_and_nothing_else() {
    for entry in catalog::entries() {
        let formula: Formula = entry.formula.parse().unwrap();
        let inputs: Vec<_> = entry.inputs.iter().map(|input| input.name).collect();
        let (used, declared): (BTreeSet<_>, BTreeSet<_>) =
            (formula.names().into_iter().collect(), inputs.iter().map(|n| n.to_string()).collect());
        assert_eq!(used, declared, "{}", entry.id);
        assert_eq!(declared.len(), inputs.len(), "{}: an input twice", entry.id);
        assert_eq!(entry.zero_base.is_some(), entry.formula.contains('/'), "{}", entry.id);
    }
}

#[test]
fn an_input_means_the_same_everywhere() {
    let mut known = HashMap::new();
    for (entry, input) in catalog::entries().flat_map(|e| e.inputs.iter().map(move |i| (e, i))) {
        let first = known.entry(input.name).or_insert((input.kind, input.meaning));
        assert_eq!(*first, (input.kind, input.meaning), "{} of {}", input.name, entry.id);
        if let Some(other) = input.same_as {
            let other = entry.input(other).unwrap();
            assert_eq!(other.kind, input.kind, "{} of {}", input.name, entry.id);
            assert_eq!(other.same_as, None, "{} of {}", input.name, entry.id);
        }
    }
}

#[test]
fn the_unit_is_what_the_entry_says_for_any_units() {
    for entry in catalog::entries() {
        let units = units(entry);
        let mut expected = Unit::one();
        for (name, exponent) in unit(entry.unit).bases() {
            let factor = units[name].power(exponent).unwrap();
            expected = expected.times(&factor).unwrap().0;
        }
        let set = KpiSet::new(schema(entry), [entry.kpi("figure", &[]).unwrap()]).unwrap();
        assert_eq!(set.unit("figure").unwrap(), &expected, "{}", entry.id);

        let listed: Vec<_> = units.iter().map(|(name, unit)| (*name, unit)).collect();
        entry.check_inputs(&listed).unwrap();
    }
}

#[test]
fn a_shared_unit_is_demanded() {
    let (money, count) = (unit("EUR"), unit("stranger"));
    for entry in catalog::entries() {
        for input in entry.inputs.iter().filter(|input| input.same_as.is_some()) {
            let mut units = units(entry);
            units.insert(
                input.name,
                if input.kind == InputKind::Money { money.clone() } else { count.clone() },
            );
            let listed: Vec<_> = units.iter().map(|(name, unit)| (*name, unit)).collect();
            let error = entry.check_inputs(&listed).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Unit, "{} of {}", input.name, entry.id);
        }
    }
}

#[test]
fn only_what_can_be_a_share_is_shown_as_percent() {
    for entry in catalog::entries() {
        let kinds: BTreeSet<_> = unit(entry.unit)
            .bases()
            .map(|(name, _)| entry.input(name).unwrap().kind.name())
            .collect();
        let money_or_time = kinds.contains("money") || kinds.contains("duration");
        assert!(!money_or_time || entry.shown_as == Style::Plain, "{}", entry.id);
    }
}

#[test]
fn bounds_are_numbers_in_order() {
    for entry in catalog::entries() {
        if let Some((low, high)) = entry.bounds {
            assert!(number(low) < number(high), "{}", entry.id);
        }
        entry.kpi("figure", &[]).unwrap();
    }
}

#[test]
fn look_ups() {
    fn ids<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<&'a str> {
        entries.map(|entry| entry.id).collect()
    }
    assert_eq!(entry("ecpm").id, "cpm");
    assert_eq!(entry("sales_cycle_length").id, "avg_sales_cycle");
    assert_eq!(ids(catalog::at_stage(FunnelStage::FollowUp)), ["lead_response_time"]);
    assert_eq!(ids(catalog::owned_by(Owner::Customer)), ["nps"]);
    assert_eq!(ids(catalog::using("orders")), ["aov", "cancellation_rate"]);
    assert_eq!(ids(catalog::using("order")), [] as [&str; 0]);
    let both = catalog::owned_by(Owner::Both).filter(|e| e.stage == FunnelStage::Handoff);
    assert_eq!(ids(both), ["mql_to_sql_rate", "handoff_acceptance_rate"]);
    for owner in [Owner::Marketing, Owner::Sales] {
        assert!(catalog::owned_by(owner).any(|entry| entry.stage == FunnelStage::Retention));
    }
}

fn says<T: std::fmt::Debug>(result: Result<T, Error>, kind: ErrorKind, text: &str) {
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), (kind, text));
}

#[test]
fn errors_say_what_would_be_right() {
    says(
        catalog::find("win_rat"),
        ErrorKind::Unknown,
        r#"unknown catalog KPI "win_rat"; did you mean "win_rate"?"#,
    );
    says(
        catalog::find("CPM"),
        ErrorKind::Unknown,
        r#"unknown catalog KPI "CPM"; did you mean "cpm"?"#,
    );
    says(
        catalog::find("conversion"),
        ErrorKind::Unknown,
        "unknown catalog KPI \"conversion\"; known are cpm, ecpm, ctr, click_through_rate, cpc, \
         cost_per_click, engagement_rate, engagement_rate_impressions, email_ctr, \
         email_click_rate, conversion_rate, cvr and 51 more",
    );
    let cpl = entry("cost_per_lead");
    says(
        cpl.kpi("cpl", &[("lead", "enquiries")]),
        ErrorKind::Unknown,
        r#"unknown input "lead" of "cost_per_lead"; did you mean "leads"?"#,
    );
    says(
        cpl.kpi("cpl", &[("leads", "enquiries"), ("leads", "calls")]),
        ErrorKind::Duplicate,
        r#"input "leads" of "cost_per_lead" is mapped twice; map it once"#,
    );
    says(
        cpl.kpi("cpl", &[("spend", "leads")]),
        ErrorKind::Duplicate,
        r#"inputs "spend" and "leads" of "cost_per_lead" would both be "leads"; map each to a name of its own"#,
    );
    says(
        cpl.kpi("cpl", &[("spend", "a + b")]),
        ErrorKind::Syntax,
        r#"input "spend" of "cost_per_lead" is mapped to "a + b", which is not a name; use letters, digits and _, and begin with a letter"#,
    );
    let long = "x".repeat(5_000);
    assert_eq!(cpl.kpi("cpl", &[("spend", &long)]).unwrap_err().kind(), ErrorKind::Capacity);
    for (id, input, unit_text, text) in [
        (
            "cost_per_lead",
            "spend",
            "EUR/lead",
            r#"input "spend" of "cost_per_lead" is an amount of money, in a unit such as EUR; it cannot be in EUR/lead"#,
        ),
        (
            "cost_per_lead",
            "leads",
            "EUR",
            r#"input "leads" of "cost_per_lead" is a count of one thing, in a unit such as lead; it cannot be in EUR"#,
        ),
        (
            "avg_sales_cycle",
            "time_to_close",
            "1",
            r#"input "time_to_close" of "avg_sales_cycle" is a length of time, in a unit such as day; it cannot be in 1"#,
        ),
        (
            "ltv_churn",
            "gross_margin",
            "EUR",
            r#"input "gross_margin" of "ltv_churn" is a pure number, of unit 1; it cannot be in EUR"#,
        ),
    ] {
        says(entry(id).check_input(input, &unit(unit_text)), ErrorKind::Unit, text);
    }
    says(
        entry("cac").check_inputs(&[
            ("sales_cost", &unit("EUR")),
            ("new_customers", &unit("customer")),
            ("marketing_cost", &unit("USD")),
        ]),
        ErrorKind::Unit,
        r#"input "sales_cost" of "cac" is in EUR and input "marketing_cost" in USD; bring both to one unit"#,
    );
}

#[test]
fn names_are_replaced_all_at_once() {
    let text = |id: &str, inputs: &[(&str, &str)]| {
        entry(id).kpi("figure", inputs).unwrap().formula().text().to_owned()
    };
    let swap = [("deals_won", "deals_lost"), ("deals_lost", "deals_won")];
    assert_eq!(text("win_rate", &swap), "deals_lost / (deals_lost + deals_won)");
    assert_eq!(
        text(
            "cac",
            &[
                ("new_customers", "sales_cost"),
                ("sales_cost", "marketing_cost"),
                ("marketing_cost", "b2b")
            ]
        ),
        "(b2b + marketing_cost) / sales_cost"
    );
    assert_eq!(
        text("sales_growth", &[("revenue", "kpi.net")]),
        "(kpi.net - prior(kpi.net)) / prior(kpi.net)"
    );
    let renamed = entry("win_rate").kpi("figure", &swap).unwrap();
    let value = renamed.formula().evaluate([("deals_won", 1.into()), ("deals_lost", 3.into())]);
    assert_eq!(value.unwrap(), Value::Defined(number("3/4")));
}

#[test]
fn an_unknown_measure_is_shown_under_the_name_of_the_model() {
    let schema = Schema::new(
        Vec::<String>::new(),
        [Measure::flow("ad_cost", unit("EUR")), Measure::flow("enquiries", unit("enquiry"))],
    )
    .unwrap();
    let inputs = [("spend", "ad_costs"), ("leads", "enquiries")];
    let error = KpiSet::new(schema, [entry("cpl").kpi("cpl", &inputs).unwrap()]).unwrap_err();
    assert_eq!(
        format!("{:#}", error.problems()[0]),
        r#"kpis[0].formula: kpi "cpl": unknown name "ad_costs" at 0..8 in "ad_costs / enquiries"; did you mean "ad_cost"?"#
    );
}

#[test]
fn a_zero_denominator_means_what_the_entry_says() {
    let undefined = |id: &str, now: &[(&str, &str)]| value(entry(id), &[], now).reason().unwrap();
    assert_eq!(undefined("cpm", &[("spend", "5")]), Reason::Unbounded(Sense::Bad));
    assert_eq!(undefined("cac", &[("sales_cost", "5")]), Reason::Unbounded(Sense::Bad));
    assert_eq!(undefined("roas", &[("attributed_revenue", "5")]), Reason::Unbounded(Sense::Good));
    assert_eq!(undefined("ctr", &[("clicks", "5")]), Reason::Inconsistent);
    assert_eq!(undefined("sales_growth", &[("revenue", "5")]), Reason::Unbounded(Sense::Good));
    let nobody_left = [
        ("recurring_revenue", "5000"),
        ("accounts", "50"),
        ("gross_margin", "0.8"),
        ("opening_customers", "50"),
    ];
    assert_eq!(undefined("ltv_churn", &nobody_left), Reason::Unbounded(Sense::Good));
    for entry in catalog::entries() {
        assert_eq!(value(entry, &[], &[]), Value::Undefined(Reason::NoBase), "{}", entry.id);
    }
}

/// Inputs by name.
type Inputs = &'static [(&'static str, &'static str)];

/// A figure for each entry, to check by hand.
const FIGURES: &[(&str, Inputs, &str)] = &[
    ("cpm", &[("spend", "37.50"), ("impressions", "15000")], "2.5"),
    ("ctr", &[("clicks", "36"), ("impressions", "2400")], "0.015"),
    ("cpc", &[("spend", "37.50"), ("clicks", "36")], "25/24"),
    ("engagement_rate", &[("engagements", "84"), ("impressions", "2400")], "0.035"),
    ("email_ctr", &[("email_clicks", "57"), ("emails_delivered", "1900")], "0.03"),
    ("conversion_rate", &[("conversions", "18"), ("visitors", "720")], "0.025"),
    ("cost_per_lead", &[("spend", "1300"), ("leads", "60")], "65/3"),
    (
        "cac",
        &[("marketing_cost", "7200"), ("sales_cost", "4300.50"), ("new_customers", "30")],
        "383.35",
    ),
    ("roas", &[("attributed_revenue", "4410"), ("spend", "1260")], "3.5"),
    ("marketing_roi", &[("marketing_gain", "900"), ("marketing_cost", "1200")], "-0.25"),
    ("aov", &[("revenue", "1999.90"), ("orders", "70")], "28.57"),
    ("cart_abandonment_rate", &[("abandoned_carts", "210"), ("completed_carts", "90")], "0.7"),
    ("lead_to_customer_rate", &[("customers", "210"), ("leads", "2000")], "21/200"),
    ("lead_to_mql_rate", &[("mqls", "24"), ("leads", "60")], "0.4"),
    ("cost_per_mql", &[("spend", "1300"), ("mqls", "24")], "325/6"),
    ("mql_to_sql_rate", &[("sqls", "9"), ("mqls", "24")], "0.375"),
    ("handoff_acceptance_rate", &[("accepted", "21"), ("handed_over", "24")], "7/8"),
    ("lead_response_time", &[("response_time", "31.5"), ("responded_leads", "42")], "0.75"),
    ("win_rate", &[("deals_won", "12"), ("deals_lost", "20")], "3/8"),
    ("win_rate_all", &[("deals_won", "12"), ("opportunities", "48")], "1/4"),
    ("avg_deal_size", &[("won_revenue", "91500"), ("deals_won", "12")], "7625"),
    ("avg_sales_cycle", &[("time_to_close", "1000"), ("deals_closed", "32")], "31.25"),
    ("pipeline_coverage", &[("pipeline", "420000"), ("quota", "120000")], "3.5"),
    ("quota_attainment", &[("won_revenue", "91500"), ("quota", "120000")], "61/80"),
    ("sales_growth", &[("revenue", "1320")], "1/10"),
    (
        "sales_expense_ratio",
        &[
            ("salaries", "18000"),
            ("commissions", "4500"),
            ("travel", "1500"),
            ("revenue", "150000"),
        ],
        "4/25",
    ),
    ("customer_churn_rate", &[("churned_customers", "18"), ("opening_customers", "67")], "18/67"),
    ("logo_retention", &[("retained_customers", "49"), ("opening_customers", "67")], "49/67"),
    (
        "nrr",
        &[
            ("opening_mrr", "8000"),
            ("expansion_mrr", "900"),
            ("contraction_mrr", "150"),
            ("churned_mrr", "350"),
        ],
        "21/20",
    ),
    (
        "grr",
        &[("opening_mrr", "8000"), ("contraction_mrr", "150"), ("churned_mrr", "350")],
        "15/16",
    ),
    ("arpa", &[("recurring_revenue", "40654.60"), ("accounts", "67")], "203273/335"),
    (
        "ltv_churn",
        &[
            ("recurring_revenue", "40654.60"),
            ("accounts", "67"),
            ("gross_margin", "0.45"),
            ("churned_customers", "18"),
            ("opening_customers", "67"),
        ],
        "1016.365",
    ),
    ("renewal_rate", &[("renewed_contracts", "33"), ("contracts_due", "40")], "0.825"),
    ("unsubscribe_rate", &[("unsubscribes", "19"), ("emails_delivered", "1900")], "0.01"),
    ("cancellation_rate", &[("cancelled_orders", "7"), ("orders", "70")], "0.1"),
    ("nps", &[("promoters", "45"), ("passives", "30"), ("detractors", "25")], "20"),
];

#[test]
fn each_entry_gives_its_figure() {
    let ids: Vec<_> = FIGURES.iter().map(|(id, ..)| *id).collect();
    let all: Vec<_> = catalog::entries().map(|entry| entry.id).collect();
    assert_eq!(ids, all);
    for (id, now, expected) in FIGURES {
        let expected = Value::Defined(number(expected));
        assert_eq!(value(entry(id), &[("revenue", "1200")], now), expected, "{id}");
        if *id != "sales_growth" {
            let formula: Formula = entry(id).formula.parse().unwrap();
            let values = now.iter().map(|(name, value)| (*name, number(value)));
            assert_eq!(formula.evaluate(values).unwrap(), expected, "{id}");
        }
    }
}

/// What a published example calls an input of an entry, where that is another name.
const PUBLISHED: &[(&str, Inputs)] = &[
    ("email_ctr", &[("clicks", "email_clicks"), ("delivered", "emails_delivered")]),
    ("roas", &[("revenue", "attributed_revenue")]),
    ("marketing_roi", &[("gain", "marketing_gain"), ("cost", "marketing_cost")]),
    (
        "cart_abandonment_rate",
        &[("abandoned", "abandoned_carts"), ("completed", "completed_carts")],
    ),
    (
        "lead_response_time",
        &[("total_response_time", "response_time"), ("responded", "responded_leads")],
    ),
    ("win_rate", &[("won", "deals_won"), ("lost", "deals_lost")]),
    ("win_rate_all", &[("won", "deals_won")]),
    ("avg_sales_cycle", &[("total_days", "time_to_close"), ("deals", "deals_closed")]),
    ("pipeline_coverage", &[("target", "quota")]),
    ("quota_attainment", &[("closed", "won_revenue")]),
    ("customer_churn_rate", &[("churned", "churned_customers"), ("opening", "opening_customers")]),
    ("logo_retention", &[("retained", "retained_customers"), ("opening", "opening_customers")]),
    (
        "nrr",
        &[
            ("start", "opening_mrr"),
            ("expansion", "expansion_mrr"),
            ("contraction", "contraction_mrr"),
            ("churn", "churned_mrr"),
        ],
    ),
    (
        "grr",
        &[("start", "opening_mrr"), ("contraction", "contraction_mrr"), ("churn", "churned_mrr")],
    ),
    // A ratio that is given ready stands over 1.
    ("ltv_churn", &[("arpa", "recurring_revenue"), ("churn", "churned_customers")]),
    ("unsubscribe_rate", &[("delivered", "emails_delivered")]),
];

/// Inputs that stand under a ratio that a published example gives ready.
const ONES: &[(&str, &[&str])] = &[("ltv_churn", &["accounts", "opening_customers"])];

fn row<T: Copy>(table: &[(&str, T)], id: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == id).map(|(_, row)| *row)
}

/// Runs a published example; the reason where it is not one for the catalog.
fn published(example: &serde_json::Value) -> Result<(), &'static str> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let entry = catalog::find(example["kpi"].as_str().unwrap()).map_err(|_| "no such entry")?;
    if !example["usable_as_test"].as_bool().unwrap() {
        return Err("published figure is not exact");
    }
    let mut inputs: BTreeMap<&str, String> = BTreeMap::new();
    for (theirs, value) in example["inputs"].as_object().unwrap() {
        let renamed = row(PUBLISHED, entry.id).and_then(|names| row(names, theirs));
        let value = value.as_str().ok_or("a list of inputs")?;
        inputs.insert(renamed.unwrap_or(theirs), value.to_owned());
    }
    for one in row(ONES, entry.id).unwrap_or_default() {
        inputs.insert(one, "1".to_owned());
    }
    let names: BTreeSet<_> = entry.inputs.iter().map(|input| input.name).collect();
    if names != inputs.keys().copied().collect() {
        return Err("other inputs than the entry's");
    }
    let exact = &example["exact"];
    let expected = number(&format!("{}/{}", text(&exact["num"]), text(&exact["den"])));
    let values: Vec<_> = inputs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(value(entry, &[], &values), Value::Defined(expected), "{}", example["id"]);
    Ok(())
}

#[test]
fn published_figures() {
    let Ok(shared) = std::env::var("YARDSTICK_SHARED") else {
        println!("YARDSTICK_SHARED is not set: published figures are left out");
        return;
    };
    let path = std::path::Path::new(&shared).join("oracle/kpi/worked_examples.json");
    let document: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut ran, mut entries) = (0, BTreeSet::new());
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    for example in document["examples"].as_array().unwrap() {
        match published(example) {
            Ok(()) => {
                ran += 1;
                entries.insert(example["kpi"].as_str().unwrap().to_owned());
            }
            Err(reason) => *skipped.entry(reason).or_default() += 1,
        }
    }
    println!("{ran} published figures of {} entries; skipped: {skipped:?}", entries.len());
    assert!(ran >= 40, "only {ran} ran");
}
