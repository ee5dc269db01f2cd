//! Advertisements of one organisation on a social network: cost, clicks and conversions by campaign.

use yardstick::{Facts, Model, Query};

use super::figure::Figure;
use super::raw::{Raw, counts, folder};
use super::run::{Count, run, single_value};

const DATA_SET: &str = "kag_facebook";

/// The currency is not said: XXX.
pub(super) const MODEL: &str = r#"{
    "yardstick": 1,
    "name": "Advertisements",
    "display": {"scale": 3, "mode": "half_expand"},
    "dimensions": ["ad", "campaign"],
    "measures": [
        {"name": "ads", "unit": "ad"},
        {"name": "spend", "unit": "XXX"},
        {"name": "impressions", "unit": "impression"},
        {"name": "clicks", "unit": "click"},
        {"name": "approved", "unit": "conversion"},
        {"name": "most_impressions", "unit": "impression", "over_time": "max", "across": "max", "missing": "zero"},
        {"name": "most_clicks", "unit": "click", "over_time": "max", "across": "max", "missing": "zero"}
    ],
    "kpis": [
        {"name": "ctr", "catalog": "ctr"},
        {"name": "cpc", "catalog": "cpc"},
        {"name": "cpa", "formula": "spend / approved", "unit": "XXX/conversion", "direction": "lower"},
        {"name": "conversion_rate", "formula": "approved / clicks", "direction": "higher"},
        {"name": "ctr_percent", "formula": "100 * ctr"},
        {"name": "conversion_percent", "formula": "100 * conversion_rate"},
        {"name": "clicks_per_ad", "formula": "clicks / ads"},
        {"name": "approved_per_ad", "formula": "approved / ads"},
        {"name": "most_million_impressions", "formula": "most_impressions / 1000000"}
    ]
}"#;

fn facts(model: &Model) -> Facts<'static> {
    let ads = Raw::read(DATA_SET, "kag_facebook_ads/KAG_conversion_data.csv", ',');
    Facts::builder(model.schema())
        .dates(&ads.one_day())
        .dimension("ad", &ads.column("ad_id"))
        .dimension("campaign", &ads.column("xyz_campaign_id"))
        .measure("ads", counts((0..ads.len()).map(|_| true)))
        .measure("spend", ads.decimals("Spent"))
        .measure("impressions", ads.decimals("Impressions"))
        .measure("clicks", ads.decimals("Clicks"))
        .measure("approved", ads.decimals("Approved_Conversion"))
        .measure("most_impressions", ads.decimals("Impressions"))
        .measure("most_clicks", ads.decimals("Clicks"))
        .build()
        .unwrap()
}

fn query(figure: &Figure) -> Option<Query> {
    let metric = match figure.metric.as_str() {
        "mean per ad: Clicks" => "clicks_per_ad",
        "mean per ad: Approved_Conversion" => "approved_per_ad",
        "max Impressions (in 1e6)" => "most_million_impressions",
        "max Clicks" => "most_clicks",
        "CPA = Spent/Approved_Conversion" => "cpa",
        "CTR %" => "ctr_percent",
        "CvR % = Approved/Clicks" => "conversion_percent",
        "CPC = Spent/Clicks" => "cpc",
        _ => return None,
    };
    let query = Query::of([metric]);
    match figure.filter.strip_prefix("campaign ") {
        Some(campaign) => Some(query.only("campaign", [campaign])),
        None => matches!(figure.filter.as_str(), "all" | "all 1143 ads").then_some(query),
    }
}

#[test]
fn advertisements_by_campaign() {
    if folder(DATA_SET).is_none() {
        return;
    }
    let model = Model::from_json(MODEL).unwrap();
    let facts = facts(&model);
    let evaluate = |figure: &Figure| Some(single_value(&model, &facts, &query(figure)?));
    let count = run(DATA_SET, evaluate, |_| None);
    assert_eq!(count, Some(Count { figures: 14, reproduced: 14, explained: 0 }));
}
