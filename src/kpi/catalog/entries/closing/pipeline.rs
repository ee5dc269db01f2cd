//! The pipeline, against what it must bring.

use super::{Direction, Entry, FunnelStage, Input, Owner, Style, ZeroBase};

pub(in super::super) const ENTRIES: &[Entry] = &[
    Entry {
        id: "pipeline_coverage",
        name: "Pipeline coverage",
        aliases: &[],
        variant_of: None,
        meaning: "How many times the open pipeline holds the quota.",
        owner: Owner::Sales,
        stage: FunnelStage::Closing,
        formula: "pipeline / quota",
        inputs: &[
            Input::money(
                "pipeline",
                "The value of open opportunities that could close in the period.",
            )
            .like("quota"),
            Input::money("quota", "What the period is meant to bring."),
        ],
        unit: "1",
        shown_as: Style::Plain,
        direction: Direction::Higher,
        zero_base: Some(ZeroBase::Good),
        bounds: None,
        pitfall: Some(
            "What coverage is enough follows from the win rate: a third won needs at least three.",
        ),
        source: "Sales pipeline coverage, HubSpot",
        source_url: Some("https://www.hubspot.com/glossary/sales-pipeline-coverage"),
    },
    Entry {
        id: "pipeline_coverage_remaining",
        name: "Pipeline coverage of the remaining quota",
        aliases: &[],
        variant_of: Some("pipeline_coverage"),
        meaning: "How many times the open pipeline holds what is missing to the quota.",
        owner: Owner::Sales,
        stage: FunnelStage::Closing,
        formula: "pipeline / max(quota - won_revenue, 0)",
        inputs: &[
            Input::money(
                "pipeline",
                "The value of open opportunities that could close in the period.",
            )
            .like("quota"),
            Input::money("quota", "What the period is meant to bring."),
            Input::money("won_revenue", "The value of the deals won.").like("quota"),
        ],
        unit: "1",
        shown_as: Style::Plain,
        direction: Direction::Higher,
        zero_base: Some(ZeroBase::Good),
        bounds: None,
        pitfall: Some("Where the quota is closed already it is unbounded, not negative."),
        source: "Understanding deal forecasting, Rafiki",
        source_url: Some(
            "https://docs.getrafiki.ai/en/articles/8818337-understanding-deal-forecasting",
        ),
    },
    Entry {
        id: "required_coverage",
        name: "Required pipeline coverage",
        aliases: &[],
        variant_of: None,
        meaning: "How many times the quota the pipeline must hold, at the win rate by value.",
        owner: Owner::Sales,
        stage: FunnelStage::Closing,
        formula: "(won_revenue + lost_revenue) / won_revenue",
        inputs: &[
            Input::money("won_revenue", "The value of the deals won."),
            Input::money(
                "lost_revenue",
                "The value of the opportunities that were closed without a deal.",
            )
            .like("won_revenue"),
        ],
        unit: "1",
        shown_as: Style::Plain,
        direction: Direction::Lower,
        zero_base: Some(ZeroBase::Bad),
        bounds: None,
        pitfall: Some(
            "The win rate by count gives another answer wherever large deals are won less often.",
        ),
        source: "Common practice in sales operations",
        source_url: None,
    },
    Entry {
        id: "required_opportunities",
        name: "Required opportunities",
        aliases: &[],
        variant_of: None,
        meaning: "How many opportunities the quota needs, at the win rate and the deal size so far.",
        owner: Owner::Sales,
        stage: FunnelStage::Closing,
        formula: "quota * (deals_won + deals_lost) / won_revenue",
        inputs: &[
            Input::money("quota", "What the period is meant to bring.").like("won_revenue"),
            Input::count("deals_won", "Opportunities that became deals."),
            Input::count("deals_lost", "Opportunities that were closed without a deal.")
                .like("deals_won"),
            Input::money("won_revenue", "The value of the deals won."),
        ],
        unit: "deals_won",
        shown_as: Style::Plain,
        direction: Direction::Neutral,
        zero_base: Some(ZeroBase::Bad),
        bounds: None,
        pitfall: Some(
            "Say whether it is rounded up at each stage of the funnel or only at the end.",
        ),
        source: "How many leads you need to hit your revenue goal, SAP BW Consulting",
        source_url: Some(
            "https://www.sapbwconsulting.com/blog/inbound-marketing/how-many-leads-do-you-really-need-to-hit-your-revenue-goal",
        ),
    },
    Entry {
        id: "weighted_pipeline",
        name: "Weighted pipeline",
        aliases: &[],
        variant_of: None,
        meaning: "What the open pipeline is worth by the probability of each stage.",
        owner: Owner::Sales,
        stage: FunnelStage::Closing,
        formula: "weighted_value",
        inputs: &[Input::money(
            "weighted_value",
            "The value of each open opportunity times the probability of its stage, summed.",
        )],
        unit: "weighted_value",
        shown_as: Style::Plain,
        direction: Direction::Higher,
        zero_base: None,
        bounds: None,
        pitfall: Some(
            "Multiply for each opportunity and then sum; totals multiplied give another value.",
        ),
        source: "Frappe CRM, issue 798",
        source_url: Some("https://github.com/frappe/crm/issues/798"),
    },
];
