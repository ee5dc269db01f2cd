//! The brand and the company within their market.

use super::{Direction, Entry, FunnelStage, Input, Owner, Style, ZeroBase};

pub(in super::super) const ENTRIES: &[Entry] = &[
    Entry {
        id: "share_of_voice",
        name: "Share of voice",
        aliases: &["sov"],
        variant_of: None,
        meaning: "How much of what is said in the market is about the brand.",
        owner: Owner::Marketing,
        stage: FunnelStage::Awareness,
        formula: "brand_mentions / market_mentions",
        inputs: &[
            Input::count(
                "brand_mentions",
                "Mentions of the brand, or whatever else is counted as its voice.",
            ),
            Input::count(
                "market_mentions",
                "The same count for the whole market, the brand included.",
            )
            .like("brand_mentions"),
        ],
        unit: "1",
        shown_as: Style::Percent,
        direction: Direction::Higher,
        zero_base: Some(ZeroBase::Inconsistent),
        bounds: Some(("0", "1")),
        pitfall: Some(
            "Mentions, impressions and spend are all used; two shares compare only over the same one.",
        ),
        source: "Share of voice, Operately",
        source_url: Some("https://kpiexamples.operately.com/marketing/share-of-voice"),
    },
    Entry {
        id: "share_of_voice_spend",
        name: "Share of voice by spend",
        aliases: &[],
        variant_of: Some("share_of_voice"),
        meaning: "How much of the advertising money in the market is the brand's.",
        owner: Owner::Marketing,
        stage: FunnelStage::Awareness,
        formula: "brand_ad_spend / market_ad_spend",
        inputs: &[
            Input::money("brand_ad_spend", "What the brand spent on advertising."),
            Input::money(
                "market_ad_spend",
                "What the whole market spent on advertising, the brand included.",
            )
            .like("brand_ad_spend"),
        ],
        unit: "1",
        shown_as: Style::Percent,
        direction: Direction::Higher,
        zero_base: Some(ZeroBase::Inconsistent),
        bounds: Some(("0", "1")),
        pitfall: Some("The spend of others is an estimate."),
        source: "Share of voice, Operately",
        source_url: Some("https://kpiexamples.operately.com/marketing/share-of-voice"),
    },
    Entry {
        id: "market_share",
        name: "Market share",
        aliases: &[],
        variant_of: None,
        meaning: "How much of the market's revenue is the company's.",
        owner: Owner::Both,
        stage: FunnelStage::Awareness,
        formula: "revenue / market_sales",
        inputs: &[
            Input::money("revenue", "Revenue of the period."),
            Input::money(
                "market_sales",
                "Revenue of the whole market in the period, the company included.",
            )
            .like("revenue"),
        ],
        unit: "1",
        shown_as: Style::Percent,
        direction: Direction::Higher,
        zero_base: Some(ZeroBase::Inconsistent),
        bounds: Some(("0", "1")),
        pitfall: Some("It moves with where the market is said to end."),
        source: "Common practice in market research",
        source_url: None,
    },
    Entry {
        id: "market_share_units",
        name: "Market share by units",
        aliases: &[],
        variant_of: Some("market_share"),
        meaning: "How much of what the market sells, in units, is the company's.",
        owner: Owner::Both,
        stage: FunnelStage::Awareness,
        formula: "units_sold / market_units",
        inputs: &[
            Input::count("units_sold", "Units that the company sold."),
            Input::count("market_units", "Units that the whole market sold, the company included.")
                .like("units_sold"),
        ],
        unit: "1",
        shown_as: Style::Percent,
        direction: Direction::Higher,
        zero_base: Some(ZeroBase::Inconsistent),
        bounds: Some(("0", "1")),
        pitfall: Some("A low price makes it larger than the share by revenue."),
        source: "Common practice in market research",
        source_url: None,
    },
];
