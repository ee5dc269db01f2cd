//! What it costs to win a customer of a meal kit (an illustrative case by D. McCarthy), in four
//! definitions: all cost of sales and marketing; only what goes for new customers; the same in the
//! months when it works; and with what it costs to take them on.
//!
//! Cost and customers are both in thousands, so the quotient is of one customer.

use yardstick::{Column, Date, Facts, Grain, Model, Query, Value};

use super::figure::Figure;
use super::raw::{Raw, folder};
use super::run::{Count, run};

const DATA_SET: &str = "cac_younger_eats";

/// TV works in its month and the three after it, posters in theirs and two more, four fifths of both
/// for new customers; who prospects wins three months later. Taking customers on is paid two months
/// after they are won: for that the KPI stands two months later and looks back at all else.
pub(super) const MODEL: &str = r#"{
    "yardstick": 1,
    "name": "Younger Eats",
    "display": {"scale": 6, "mode": "half_expand"},
    "measures": [
        {"name": "referral", "unit": "USD"},
        {"name": "tv", "unit": "USD"},
        {"name": "posters", "unit": "USD"},
        {"name": "promotions", "unit": "USD"},
        {"name": "facebook_new", "unit": "USD"},
        {"name": "facebook_repeat", "unit": "USD"},
        {"name": "google_new", "unit": "USD"},
        {"name": "google_repeat", "unit": "USD"},
        {"name": "prospecting", "unit": "USD"},
        {"name": "account_managers", "unit": "USD"},
        {"name": "onboarding", "unit": "USD"},
        {"name": "by_referral", "unit": "customer"},
        {"name": "by_facebook", "unit": "customer"},
        {"name": "by_google", "unit": "customer"},
        {"name": "by_prospecting", "unit": "customer"},
        {"name": "by_others", "unit": "customer"}
    ],
    "kpis": [
        {"name": "customers", "formula": "by_referral + by_facebook + by_google + by_prospecting + by_others"},
        {"name": "marketing", "formula": "referral + tv + posters + promotions + facebook_new + facebook_repeat + google_new + google_repeat"},
        {"name": "sales", "formula": "prospecting + account_managers"},
        {"name": "cac", "catalog": "cac", "unit": "USD/customer",
         "inputs": {"marketing_cost": "marketing", "sales_cost": "sales", "new_customers": "customers"}},

        {"name": "direct", "formula": "referral + promotions + facebook_new + google_new"},
        {"name": "cost_for_new", "formula": "direct + 0.8 * (tv + posters) + prospecting"},
        {"name": "cac_for_new", "formula": "cost_for_new / customers", "unit": "USD/customer"},

        {"name": "tv_at_work", "formula": "(tv + prior(tv) + prior(prior(tv)) + prior(prior(prior(tv)))) / 4"},
        {"name": "posters_at_work", "formula": "(posters + prior(posters) + prior(prior(posters))) / 3"},
        {"name": "cost_at_work", "formula": "direct + 0.8 * (tv_at_work + posters_at_work) + prior(prior(prior(prospecting)))"},
        {"name": "cac_at_work", "formula": "cost_at_work / customers", "unit": "USD/customer"},

        {"name": "cac_two_months_ago", "formula": "(prior(prior(cost_at_work)) + onboarding) / prior(prior(customers))", "unit": "USD/customer"}
    ]
}"#;

/// The measures, with their columns in the file of cost and in that of customers.
const COST: [(&str, &str); 11] = [
    ("referral", "Referral program (marketing)"),
    ("tv", "TV ads"),
    ("posters", "OOH"),
    ("promotions", "New customer promotions (marketing)"),
    ("facebook_new", "Facebook ads for acquisition"),
    ("facebook_repeat", "Facebook ads for repeat orders"),
    ("google_new", "Google ads for acquisition"),
    ("google_repeat", "Google ads for repeat orders"),
    ("prospecting", "Prospecting sales team"),
    ("account_managers", "Account manager team"),
    ("onboarding", "Acquisition-related onboarding expense"),
];
const CUSTOMERS: [(&str, &str); 5] = [
    ("by_referral", "Referral program"),
    ("by_facebook", "Facebook ads for acquisition"),
    ("by_google", "Google ads for acquisition"),
    ("by_prospecting", "Prospecting sales team"),
    ("by_others", "Organic / otherwise unattributable"),
];

/// The first day of a month; the case has numbers of months only.
fn day(month: u32) -> Date {
    Date::new(2000 + (month as i32 - 1) / 12, (month - 1) % 12 + 1, 1).unwrap()
}

fn facts(model: &Model) -> Facts<'static> {
    let cost = Raw::read(DATA_SET, "cac_younger_eats/CAC-Data.csv", ',');
    let customers = Raw::read(DATA_SET, "cac_younger_eats/CAC-Acquisition-Data.csv", ',');
    let months = |raw: &Raw| -> Vec<u32> {
        raw.column("Month").iter().map(|month| month.parse().unwrap()).collect()
    };
    assert_eq!(months(&cost), (1..=14).collect::<Vec<_>>());
    assert_eq!(months(&customers), (1..=12).collect::<Vec<_>>());
    let cell = |text: &&str| (!text.is_empty()).then(|| (*text).to_owned());
    let column = |raw: &Raw, name: &str| {
        let mut cells: Vec<Option<String>> = raw.column(name).iter().map(cell).collect();
        cells.resize(cost.len(), None);
        Column::optional_text(&cells)
    };
    let days: Vec<Date> = months(&cost).into_iter().map(day).collect();
    let mut facts = Facts::builder(model.schema()).dates(&days);
    for (measure, name) in COST {
        facts = facts.measure(measure, column(&cost, name));
    }
    for (measure, name) in CUSTOMERS {
        facts = facts.measure(measure, column(&customers, name));
    }
    facts.build().unwrap()
}

/// The KPI, and how many months later it stands.
fn metric(figure: &Figure) -> Option<(&'static str, u32)> {
    Some(match figure.metric.as_str() {
        "unadjusted S&M CAC" => ("cac", 0),
        "unadjusted acquisition-related S&M CAC" => ("cac_for_new", 0),
        "lag-adjusted S&M CAC" => ("cac_at_work", 0),
        "lag-adjusted total CAC" => ("cac_two_months_ago", 2),
        _ => return None,
    })
}

#[test]
fn cost_of_a_customer_in_four_definitions() {
    if folder(DATA_SET).is_none() {
        return;
    }
    let model = Model::from_json(MODEL).unwrap();
    let facts = facts(&model);
    let all = ["cac", "cac_for_new", "cac_at_work", "cac_two_months_ago"];
    let table = model.query(&Query::of(all).grain(Grain::Month), &facts).unwrap();
    let evaluate = |figure: &Figure| -> Option<Value> {
        let (metric, later) = metric(figure)?;
        let month: u32 = figure.filter.strip_prefix("month ")?.parse().unwrap();
        let label = model.calendar().label(day(month + later), Grain::Month);
        table.get(metric, Some(&label), &[]).cloned()
    };
    let count = run(DATA_SET, evaluate, |_| None);
    assert_eq!(count, Some(Count { figures: 27, reproduced: 27, explained: 0 }));
}
