//! The catalog of KPIs: that its data are sound, and that its formulas give known figures.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use yardstick::kpi::catalog::{self, Entry, FunnelStage, InputKind};
use yardstick::unit::Style;
use yardstick::{
    Calendar, Column, Date, Error, ErrorKind, Facts, Formula, KpiSet, Measure, Owner, Period,
    Query, Rational, Reason, Schema, Sense, Unit, Value, ZeroBase,
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
    assert_eq!(
        ids(catalog::at_stage(FunnelStage::FollowUp)),
        ["lead_response_time", "follow_up_rate", "sql_to_opp_rate"]
    );
    let customer: Vec<_> = catalog::owned_by(Owner::Customer).map(|e| e.stage).collect();
    assert_eq!(customer, [FunnelStage::Feedback; 8]);
    assert_eq!(
        ids(catalog::using("orders")),
        [
            "aov",
            "ltv_simple",
            "ltv_simple_margin",
            "purchase_frequency",
            "time_between_purchases",
            "return_rate",
            "cancellation_rate",
        ]
    );
    assert_eq!(ids(catalog::using("order")), [] as [&str; 0]);
    let both = catalog::owned_by(Owner::Both).filter(|e| e.stage == FunnelStage::Handoff);
    assert_eq!(
        ids(both),
        [
            "lead_velocity_rate",
            "mql_to_sql_rate",
            "cost_per_sql",
            "handoff_acceptance_rate",
            "handoff_sla_compliance",
            "marketing_sourced_share",
            "marketing_influenced_share",
        ]
    );
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
    let names: Vec<_> = catalog::entries().flat_map(|e| [&[e.id], e.aliases].concat()).collect();
    says(
        catalog::find("conversion"),
        ErrorKind::Unknown,
        &format!(
            "unknown catalog KPI \"conversion\"; known are {} and {} more",
            names[..12].join(", "),
            names.len() - 12
        ),
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
    // Cost without revenue is a margin below any, and growth out of nothing above any.
    assert_eq!(undefined("gross_margin", &[("cogs", "5")]), Reason::Unbounded(Sense::Bad));
    assert_eq!(
        undefined("contribution_margin", &[("variable_cost", "5")]),
        Reason::Unbounded(Sense::Bad)
    );
    assert_eq!(
        undefined("list_growth_rate", &[("new_subscribers", "5")]),
        Reason::Unbounded(Sense::Good)
    );
    assert_eq!(
        undefined("list_growth_rate", &[("lost_subscribers", "5")]),
        Reason::Unbounded(Sense::Bad)
    );
    assert_eq!(
        undefined("lead_velocity_rate", &[("qualified_leads", "5")]),
        Reason::Unbounded(Sense::Good)
    );
    // Recurring revenue that shrinks is no multiple at all, and never pays back.
    let shrinking = [("net_burn", "5"), ("net_new_arr", "-2")];
    assert_eq!(undefined("burn_multiple", &shrinking), Reason::Unbounded(Sense::Bad));
    let payback = value(
        entry("cac_payback_magic_number"),
        &[("marketing_cost", "5"), ("subscription_revenue", "9")],
        &[("subscription_revenue", "8")],
    );
    assert_eq!(payback, Value::Undefined(Reason::Unbounded(Sense::Bad)));
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
    // Retention, closing and feedback.
    let met = [("pipeline", "5"), ("quota", "7"), ("won_revenue", "8")];
    assert_eq!(undefined("pipeline_coverage_remaining", &met), Reason::Unbounded(Sense::Good));
    let missed = [("forecast", "5")];
    assert_eq!(undefined("forecast_accuracy", &missed), Reason::Unbounded(Sense::Bad));
    let nothing_lost = [("new_mrr", "5")];
    assert_eq!(undefined("quick_ratio", &nothing_lost), Reason::Unbounded(Sense::Good));
    let all_lost = [("lost_revenue", "5")];
    assert_eq!(undefined("required_coverage", &all_lost), Reason::Unbounded(Sense::Bad));
    let nobody_ordered = [("period_length", "91"), ("buyers", "5")];
    assert_eq!(undefined("time_between_purchases", &nobody_ordered), Reason::Unbounded(Sense::Bad));
    let all_stay = [("contribution", "5"), ("opening_customers", "4"), ("retained_customers", "4")];
    assert_eq!(undefined("ltv_retention", &all_stay), Reason::Unbounded(Sense::Good));
    let ltv_cac = |new: &'static str, cost: &'static str| {
        let inputs = [("new_customers", new), ("sales_cost", cost)];
        let left = [("churned_customers", "1")];
        value(entry("ltv_cac"), &[], &[&inputs[..], &left, &nobody_left].concat())
    };
    assert_eq!(ltv_cac("0", "5"), Value::Defined(Rational::from(0)));
    assert_eq!(ltv_cac("5", "0"), Value::Undefined(Reason::Unbounded(Sense::Good)));
    assert_eq!(undefined("nps", &[]), Reason::NoBase);
    for entry in catalog::entries() {
        let nothing = match (entry.zero_base, entry.formula.starts_with("1 /")) {
            (None, _) => Value::Defined(Rational::from(0)),
            (Some(ZeroBase::Bad), true) => Value::Undefined(Reason::Unbounded(Sense::Bad)),
            _ => Value::Undefined(Reason::NoBase),
        };
        assert_eq!(value(entry, &[], &[]), nothing, "{}", entry.id);
    }
}

/// Inputs by name.
type Inputs = &'static [(&'static str, &'static str)];

/// A figure for each entry, to check by hand.
const FIGURES: &[(&str, Inputs, &str)] = &[
    ("impressions", &[("impressions", "15000")], "15000"),
    ("reach", &[("reach", "6000")], "6000"),
    ("reach_rate", &[("reach", "6000"), ("population", "40000")], "3/20"),
    ("unique_visitors", &[("unique_visitors", "720")], "720"),
    ("frequency", &[("impressions", "15000"), ("reach", "6000")], "2.5"),
    ("grp", &[("impressions", "15000"), ("population", "40000")], "37.5"),
    ("grp_reach_frequency", &[("reach_share", "0.15"), ("average_frequency", "2.5")], "37.5"),
    ("audience_growth_rate", &[("opening_audience", "800"), ("closing_audience", "860")], "3/40"),
    (
        "viewability_rate",
        &[("viewable_impressions", "9000"), ("measured_impressions", "12000")],
        "3/4",
    ),
    (
        "viewability_rate_served",
        &[("viewable_impressions", "9000"), ("impressions", "15000")],
        "3/5",
    ),
    ("measured_rate", &[("measured_impressions", "12000"), ("impressions", "15000")], "4/5"),
    ("cpm", &[("spend", "37.50"), ("impressions", "15000")], "2.5"),
    ("vcpm", &[("spend", "37.50"), ("viewable_impressions", "9000")], "25/6"),
    (
        "planned_impressions",
        &[("media_budget", "100"), ("impressions", "15000"), ("spend", "37.50")],
        "40000",
    ),
    ("cpv", &[("spend", "37.50"), ("views", "300")], "1/8"),
    ("video_completion_rate", &[("completed_views", "210"), ("started_views", "300")], "7/10"),
    ("impression_share", &[("impressions", "15000"), ("eligible_impressions", "24000")], "5/8"),
    ("share_of_voice", &[("brand_mentions", "120"), ("market_mentions", "900")], "2/15"),
    ("share_of_voice_spend", &[("brand_ad_spend", "4500"), ("market_ad_spend", "60000")], "3/40"),
    ("market_share", &[("revenue", "1320"), ("market_sales", "22000")], "3/50"),
    ("market_share_units", &[("units_sold", "66"), ("market_units", "1000")], "33/500"),
    ("ctr", &[("clicks", "36"), ("impressions", "2400")], "0.015"),
    ("cpc", &[("spend", "37.50"), ("clicks", "36")], "25/24"),
    ("cpe", &[("spend", "37.50"), ("engagements", "84")], "25/56"),
    ("engagement_rate", &[("engagements", "84"), ("impressions", "2400")], "0.035"),
    ("engagement_rate_reach", &[("engagements", "84"), ("reach", "1200")], "7/100"),
    ("engagement_rate_followers", &[("engagements", "84"), ("followers", "800")], "21/200"),
    ("click_to_session_rate", &[("sessions", "33"), ("clicks", "36")], "11/12"),
    ("web_bounce_rate", &[("single_page_sessions", "400"), ("sessions", "900")], "4/9"),
    ("web_bounce_rate_unengaged", &[("sessions", "900"), ("engaged_sessions", "630")], "3/10"),
    ("avg_session_duration", &[("session_duration", "112500"), ("sessions", "900")], "125"),
    ("pages_per_session", &[("page_views", "2925"), ("sessions", "900")], "3.25"),
    ("stickiness", &[("daily_active_users", "240"), ("monthly_active_users", "1500")], "4/25"),
    (
        "list_growth_rate",
        &[("new_subscribers", "130"), ("lost_subscribers", "55"), ("list_size", "2000")],
        "3/80",
    ),
    ("email_delivery_rate", &[("emails_delivered", "1900"), ("emails_sent", "2000")], "19/20"),
    ("email_bounce_rate", &[("emails_bounced", "100"), ("emails_sent", "2000")], "1/20"),
    ("email_open_rate", &[("email_opens", "475"), ("emails_delivered", "1900")], "1/4"),
    ("email_open_rate_sent", &[("email_opens", "475"), ("emails_sent", "2000")], "19/80"),
    ("email_ctr", &[("email_clicks", "57"), ("emails_delivered", "1900")], "0.03"),
    ("email_ctor", &[("email_clicks", "57"), ("email_opens", "475")], "3/25"),
    (
        "email_conversion_rate",
        &[("email_conversions", "19"), ("emails_delivered", "1900")],
        "1/100",
    ),
    ("revenue_per_email", &[("email_revenue", "665"), ("emails_delivered", "1900")], "7/20"),
    ("conversion_rate", &[("conversions", "18"), ("visitors", "720")], "0.025"),
    ("conversion_rate_sessions", &[("conversions", "18"), ("sessions", "900")], "1/50"),
    ("conversion_rate_clicks", &[("conversions", "18"), ("clicks", "360")], "1/20"),
    ("conversion_rate_leads", &[("conversions", "18"), ("leads", "60")], "3/10"),
    ("lead_to_customer_rate", &[("customers", "210"), ("leads", "2000")], "21/200"),
    ("aov", &[("revenue", "1999.90"), ("orders", "70")], "28.57"),
    ("revenue_per_visitor", &[("revenue", "1320"), ("visitors", "720")], "11/6"),
    ("cart_abandonment_rate", &[("abandoned_carts", "210"), ("completed_carts", "90")], "0.7"),
    ("add_to_cart_rate", &[("cart_sessions", "135"), ("sessions", "900")], "3/20"),
    ("source_share", &[("source_new_business", "15250"), ("new_business", "91500")], "1/6"),
    ("cost_per_lead", &[("spend", "1300"), ("leads", "60")], "65/3"),
    ("cpa", &[("spend", "1300"), ("conversions", "18")], "650/9"),
    ("max_cpc_for_cpa", &[("click_conversion_rate", "0.05"), ("target_cpa", "70")], "3.5"),
    (
        "cac",
        &[("marketing_cost", "7200"), ("sales_cost", "4300.50"), ("new_customers", "30")],
        "383.35",
    ),
    ("cac_paid", &[("spend", "1300"), ("paid_customers", "8")], "162.50"),
    ("cac_marketing", &[("marketing_cost", "7200"), ("new_customers", "30")], "240"),
    ("new_cac_ratio", &[("new_carr", "8000")], "1.25"),
    ("blended_cac_ratio", &[("new_carr", "8000"), ("expansion_carr", "4500")], "4/5"),
    (
        "cac_payback_months",
        &[
            ("marketing_cost", "7200"),
            ("sales_cost", "2800"),
            ("new_customers", "20"),
            ("recurring_revenue", "5000"),
            ("accounts", "50"),
            ("gross_margin", "0.8"),
        ],
        "6.25",
    ),
    (
        "cac_payback_board",
        &[("marketing_cost", "7200"), ("sales_cost", "2800"), ("new_arr_gross_profit", "7500")],
        "16",
    ),
    ("cac_payback_magic_number", &[("subscription_revenue", "34000")], "7.5"),
    ("cost_per_event_customer", &[("event_cost", "4200"), ("event_customers", "6")], "700"),
    ("roas", &[("attributed_revenue", "4410"), ("spend", "1260")], "3.5"),
    ("acos", &[("spend", "1260"), ("attributed_revenue", "4410")], "2/7"),
    ("break_even_roas", &[("gross_margin", "0.4")], "2.5"),
    ("mer", &[("revenue", "36000"), ("marketing_cost", "7200")], "5"),
    ("mer_ad_spend", &[("revenue", "36000"), ("spend", "1260")], "200/7"),
    ("marketing_roi", &[("marketing_gain", "900"), ("marketing_cost", "1200")], "-0.25"),
    ("marketing_roi_revenue", &[("attributed_revenue", "9000"), ("marketing_cost", "7200")], "1/4"),
    (
        "marketing_roi_margin",
        &[("attributed_revenue", "9000"), ("gross_margin", "0.4"), ("marketing_cost", "7200")],
        "-1/2",
    ),
    (
        "marketing_roi_gross_profit",
        &[("attributed_gross_profit", "3600"), ("marketing_cost", "7200")],
        "-1/2",
    ),
    (
        "marketing_roi_contribution",
        &[("attributed_contribution", "2700"), ("marketing_cost", "7200")],
        "-5/8",
    ),
    ("event_roi", &[("event_gross_profit", "10500"), ("event_cost", "4200")], "3/2"),
    (
        "marketing_expense_ratio",
        &[
            ("advertising", "4000"),
            ("content", "2200"),
            ("technology", "1000"),
            ("revenue", "36000"),
        ],
        "1/5",
    ),
    ("gross_margin", &[("revenue", "36000"), ("cogs", "21600")], "2/5"),
    ("contribution_margin", &[("revenue", "36000"), ("variable_cost", "25200")], "3/10"),
    ("magic_number", &[("subscription_revenue", "34000")], "1.6"),
    ("magic_number_growth_needed", &[("magic_number_target", "0.75")], "1875"),
    ("burn_multiple", &[("net_burn", "24000"), ("net_new_arr", "16000")], "3/2"),
    ("bessemer_efficiency", &[("net_new_arr", "16000"), ("net_burn", "24000")], "2/3"),
    ("rule_of_40", &[("growth_rate", "0.1"), ("profit_margin", "0.25")], "7/20"),
    ("rule_of_40_fcf", &[("revenue", "1320"), ("free_cash_flow", "330")], "7/20"),
    ("rule_of_40_ebitda", &[("revenue", "1320"), ("ebitda", "-66")], "1/20"),
    (
        "rule_of_40_arr",
        &[("closing_arr", "1500"), ("revenue", "1320"), ("free_cash_flow", "330")],
        "1/2",
    ),
    ("lead_to_mql_rate", &[("mqls", "24"), ("leads", "60")], "0.4"),
    ("cost_per_mql", &[("spend", "1300"), ("mqls", "24")], "325/6"),
    ("lead_velocity_rate", &[("qualified_leads", "42")], "1/6"),
    ("mql_to_sql_rate", &[("sqls", "9"), ("mqls", "24")], "0.375"),
    ("cost_per_sql", &[("spend", "1300"), ("sqls", "9")], "1300/9"),
    ("handoff_acceptance_rate", &[("accepted", "21"), ("handed_over", "24")], "7/8"),
    ("handoff_sla_compliance", &[("within_sla", "18"), ("handed_over", "24")], "3/4"),
    (
        "marketing_sourced_share",
        &[("marketing_sourced_customers", "12"), ("new_customers", "30")],
        "2/5",
    ),
    (
        "marketing_influenced_share",
        &[("marketing_influenced_customers", "27"), ("new_customers", "30")],
        "9/10",
    ),
    ("lead_response_time", &[("response_time", "31.5"), ("responded_leads", "42")], "0.75"),
    ("follow_up_rate", &[("followed_up_leads", "19"), ("assigned_leads", "20")], "19/20"),
    ("sql_to_opp_rate", &[("opportunities", "6"), ("sqls", "9")], "2/3"),
    ("win_rate", &[("deals_won", "12"), ("deals_lost", "20")], "3/8"),
    ("win_rate_all", &[("deals_won", "12"), ("opportunities", "48")], "1/4"),
    ("win_rate_value", &[("won_revenue", "90000"), ("lost_revenue", "60000")], "3/5"),
    ("avg_deal_size", &[("won_revenue", "91500"), ("deals_won", "12")], "7625"),
    ("avg_sales_cycle", &[("time_to_close", "1000"), ("deals_closed", "32")], "31.25"),
    ("avg_sales_cycle_won", &[("time_to_win", "390"), ("deals_won", "12")], "32.5"),
    (
        "sales_velocity",
        &[
            ("opportunities", "48"),
            ("won_revenue", "91500"),
            ("deals_won", "12"),
            ("deals_lost", "20"),
            ("deals_closed", "32"),
            ("time_to_close", "1000"),
        ],
        "4392",
    ),
    ("pipeline_coverage", &[("pipeline", "420000"), ("quota", "120000")], "3.5"),
    (
        "pipeline_coverage_remaining",
        &[("pipeline", "420000"), ("quota", "120000"), ("won_revenue", "90000")],
        "14",
    ),
    ("required_coverage", &[("won_revenue", "90000"), ("lost_revenue", "60000")], "5/3"),
    (
        "required_opportunities",
        &[("quota", "122000"), ("deals_won", "12"), ("deals_lost", "20"), ("won_revenue", "91500")],
        "128/3",
    ),
    ("weighted_pipeline", &[("weighted_value", "155000.50")], "155000.5"),
    ("quota_attainment", &[("won_revenue", "91500"), ("quota", "120000")], "61/80"),
    (
        "commit_attainment",
        &[("committed_pipeline", "16500"), ("won_revenue", "91500"), ("quota", "120000")],
        "9/10",
    ),
    ("forecast_accuracy", &[("forecast", "100000"), ("won_revenue", "80000")], "3/4"),
    ("forecast_accuracy_by_forecast", &[("forecast", "100000"), ("won_revenue", "80000")], "4/5"),
    ("slippage_rate", &[("slipped_deals", "9"), ("planned_deals", "24")], "3/8"),
    ("sales_growth", &[("revenue", "1320")], "1/10"),
    ("sales_growth_absolute_base", &[("revenue", "1320")], "1/10"),
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
    ("revenue_per_rep", &[("revenue", "150000"), ("reps", "6")], "25000"),
    ("ramped_capacity", &[("ramped_quota", "345000")], "345000"),
    ("unsubscribe_rate", &[("unsubscribes", "19"), ("emails_delivered", "1900")], "0.01"),
    ("spam_complaint_rate", &[("spam_complaints", "3"), ("emails_delivered", "2000")], "0.0015"),
    ("referral_share", &[("referred_customers", "9"), ("new_customers", "30")], "0.3"),
    (
        "viral_coefficient",
        &[("invitations", "250"), ("users", "100"), ("invited_users", "30")],
        "3/10",
    ),
    ("customer_churn_rate", &[("churned_customers", "18"), ("opening_customers", "67")], "18/67"),
    (
        "customer_churn_rate_with_joiners",
        &[("all_churned_customers", "21"), ("opening_customers", "67")],
        "21/67",
    ),
    (
        "customer_churn_rate_average",
        &[
            ("all_churned_customers", "21"),
            ("opening_customers", "67"),
            ("closing_customers", "73"),
        ],
        "3/10",
    ),
    (
        "customer_churn_rate_net",
        &[("churned_customers", "18"), ("reactivated_customers", "4"), ("opening_customers", "67")],
        "14/67",
    ),
    ("logo_retention", &[("retained_customers", "49"), ("opening_customers", "67")], "49/67"),
    (
        "customer_retention_rate",
        &[("closing_customers", "73"), ("new_customers", "24"), ("opening_customers", "67")],
        "49/67",
    ),
    ("annualised_retention", &[("monthly_retention", "0.5")], "1/4096"),
    ("annualised_retention_quarterly", &[("quarterly_retention", "0.9")], "0.6561"),
    ("annualised_churn", &[("monthly_churn", "0.5")], "4095/4096"),
    ("annualised_churn_quarterly", &[("quarterly_churn", "0.1")], "0.3439"),
    ("renewal_rate", &[("renewed_contracts", "33"), ("contracts_due", "40")], "0.825"),
    ("renewal_rate_value", &[("renewed_value", "66000"), ("value_due", "88000")], "3/4"),
    ("mrr_normalised", &[("subscription_price", "2000"), ("interval_months", "12")], "500/3"),
    ("arr", &[("mrr", "8400")], "100800"),
    ("carr", &[("mrr", "8400"), ("contracted_not_live", "19200")], "120000"),
    (
        "net_new_mrr",
        &[
            ("new_mrr", "1200"),
            ("expansion_mrr", "900"),
            ("reactivation_mrr", "100"),
            ("contraction_mrr", "150"),
            ("churned_mrr", "350"),
        ],
        "1700",
    ),
    (
        "net_new_mrr_without_reactivation",
        &[
            ("new_mrr", "1200"),
            ("expansion_mrr", "900"),
            ("contraction_mrr", "150"),
            ("churned_mrr", "350"),
        ],
        "1600",
    ),
    (
        "quick_ratio",
        &[
            ("new_mrr", "1200"),
            ("expansion_mrr", "900"),
            ("churned_mrr", "350"),
            ("contraction_mrr", "150"),
        ],
        "21/5",
    ),
    (
        "quick_ratio_with_reactivation",
        &[
            ("new_mrr", "1200"),
            ("expansion_mrr", "900"),
            ("reactivation_mrr", "100"),
            ("churned_mrr", "350"),
            ("contraction_mrr", "150"),
        ],
        "22/5",
    ),
    ("arpa", &[("recurring_revenue", "40654.60"), ("accounts", "67")], "203273/335"),
    ("arpa_opening", &[("recurring_revenue", "40200"), ("opening_customers", "67")], "600"),
    (
        "arpa_average",
        &[("recurring_revenue", "42000"), ("opening_customers", "67"), ("closing_customers", "73")],
        "600",
    ),
    ("expansion_mrr_rate", &[("expansion_mrr", "900"), ("opening_mrr", "8000")], "9/80"),
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
    ("nrr_cohort", &[("cohort_mrr", "8400"), ("opening_mrr", "8000")], "21/20"),
    (
        "nrr_with_reactivation",
        &[
            ("opening_mrr", "8000"),
            ("expansion_mrr", "900"),
            ("reactivation_mrr", "100"),
            ("contraction_mrr", "150"),
            ("churned_mrr", "350"),
        ],
        "17/16",
    ),
    (
        "nrr_without_contraction",
        &[("opening_mrr", "8000"), ("expansion_mrr", "900"), ("churned_mrr", "350")],
        "171/160",
    ),
    (
        "grr",
        &[("opening_mrr", "8000"), ("contraction_mrr", "150"), ("churned_mrr", "350")],
        "15/16",
    ),
    ("grr_cohort", &[("retained_mrr", "7500"), ("opening_mrr", "8000")], "15/16"),
    (
        "gross_mrr_churn_rate",
        &[("churned_mrr", "350"), ("contraction_mrr", "150"), ("opening_mrr", "8000")],
        "1/16",
    ),
    (
        "net_mrr_churn_rate",
        &[
            ("churned_mrr", "350"),
            ("contraction_mrr", "150"),
            ("expansion_mrr", "900"),
            ("reactivation_mrr", "100"),
            ("opening_mrr", "8000"),
        ],
        "-1/16",
    ),
    (
        "net_mrr_churn_rate_without_reactivation",
        &[
            ("churned_mrr", "350"),
            ("contraction_mrr", "150"),
            ("expansion_mrr", "900"),
            ("opening_mrr", "8000"),
        ],
        "-1/20",
    ),
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
    (
        "ltv_churn_revenue",
        &[
            ("recurring_revenue", "5000"),
            ("accounts", "50"),
            ("churned_customers", "2"),
            ("opening_customers", "80"),
        ],
        "4000",
    ),
    (
        "ltv_simple",
        &[("revenue", "1999.90"), ("orders", "70"), ("buyers", "50"), ("lifespan_periods", "10")],
        "399.98",
    ),
    (
        "ltv_simple_margin",
        &[
            ("revenue", "1999.90"),
            ("orders", "70"),
            ("buyers", "50"),
            ("lifespan_periods", "10"),
            ("gross_margin", "0.45"),
        ],
        "179.991",
    ),
    (
        "ltv_retention",
        &[
            ("contribution", "6000"),
            ("opening_customers", "80"),
            ("retained_customers", "60"),
            ("discount_rate", "0.1"),
        ],
        "1125/7",
    ),
    (
        "ltv_cac",
        &[
            ("recurring_revenue", "5000"),
            ("accounts", "50"),
            ("gross_margin", "0.8"),
            ("churned_customers", "2"),
            ("opening_customers", "80"),
            ("new_customers", "30"),
            ("marketing_cost", "20000"),
            ("sales_cost", "12000"),
        ],
        "3",
    ),
    (
        "expansion_cac_ratio",
        &[
            ("expansion_sales_cost", "2000"),
            ("expansion_success_cost", "1600"),
            ("expansion_carr", "4800"),
        ],
        "3/4",
    ),
    ("repeat_purchase_rate", &[("repeat_buyers", "14"), ("buyers", "50")], "0.28"),
    ("purchase_frequency", &[("orders", "70"), ("buyers", "50")], "7/5"),
    (
        "time_between_purchases",
        &[("period_length", "91"), ("orders", "70"), ("buyers", "50")],
        "65",
    ),
    ("return_rate", &[("returned_orders", "14"), ("orders", "70")], "1/5"),
    ("return_rate_value", &[("refunds", "299.985"), ("revenue", "1999.90")], "3/20"),
    ("cancellation_rate", &[("cancelled_orders", "7"), ("orders", "70")], "0.1"),
    ("nps", &[("promoters", "45"), ("passives", "30"), ("detractors", "25")], "20"),
    ("csat", &[("satisfied_responses", "68"), ("responses", "80")], "17/20"),
    ("csat_mean", &[("total_score", "336"), ("responses", "80"), ("top_score", "5")], "21/25"),
    ("ces_mean", &[("total_score", "336"), ("responses", "80")], "4.2"),
    ("ces_agree", &[("agree_responses", "52"), ("responses", "80")], "13/20"),
    ("survey_response_rate", &[("responses", "80"), ("surveys_delivered", "500")], "4/25"),
    ("net_sentiment", &[("positive", "45"), ("neutral", "30"), ("negative", "25")], "1/5"),
    ("avg_rating", &[("total_rating", "861"), ("ratings", "200")], "4.305"),
];

/// What the comparison period held, for entries that look at it.
const BEFORE: &[(&str, Inputs)] = &[
    ("new_cac_ratio", &[("marketing_cost", "7200"), ("sales_cost", "2800")]),
    ("blended_cac_ratio", &[("marketing_cost", "7200"), ("sales_cost", "2800")]),
    (
        "cac_payback_magic_number",
        &[("marketing_cost", "7200"), ("sales_cost", "2800"), ("subscription_revenue", "30000")],
    ),
    (
        "magic_number",
        &[("marketing_cost", "7200"), ("sales_cost", "2800"), ("subscription_revenue", "30000")],
    ),
    ("magic_number_growth_needed", &[("marketing_cost", "7200"), ("sales_cost", "2800")]),
    ("rule_of_40_fcf", &[("revenue", "1200")]),
    ("rule_of_40_ebitda", &[("revenue", "1200")]),
    ("rule_of_40_arr", &[("closing_arr", "1200")]),
    ("lead_velocity_rate", &[("qualified_leads", "36")]),
];

#[test]
fn each_entry_gives_its_figure() {
    let ids: Vec<_> = FIGURES.iter().map(|(id, ..)| *id).collect();
    let all: Vec<_> = catalog::entries().map(|entry| entry.id).collect();
    assert_eq!(ids, all);
    for (id, now, expected) in FIGURES {
        let expected = Value::Defined(number(expected));
        let before = row(BEFORE, id).unwrap_or(&[("revenue", "1200")]);
        assert_eq!(value(entry(id), before, now), expected, "{id}");
        if !entry(id).formula.contains("prior(") {
            let formula: Formula = entry(id).formula.parse().unwrap();
            let values = now.iter().map(|(name, value)| (*name, number(value)));
            assert_eq!(formula.evaluate(values).unwrap(), expected, "{id}");
        }
    }
}
fn row<T: Copy>(table: &[(&str, T)], id: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == id).map(|(_, row)| *row)
}
