//! What sales does with a lead.

use super::{Direction, Entry, FunnelStage, Input, Owner, Style, ZeroBase};

pub(super) const ENTRIES: &[Entry] = &[Entry {
    id: "lead_response_time",
    name: "Lead response time",
    aliases: &["speed_to_lead"],
    variant_of: None,
    meaning: "How long a lead waits for the first answer, on average.",
    owner: Owner::Sales,
    stage: FunnelStage::FollowUp,
    formula: "response_time / responded_leads",
    inputs: &[
        Input::duration(
            "response_time",
            "The time from a lead's arrival to the first answer, summed over answered leads.",
        ),
        Input::count("responded_leads", "Leads that were answered."),
    ],
    unit: "response_time/responded_leads",
    shown_as: Style::Plain,
    direction: Direction::Lower,
    zero_base: Some(ZeroBase::Inconsistent),
    bounds: None,
    pitfall: Some(
        "Leads that were never answered do not show in it, so read it beside how many were.",
    ),
    source: "Lead response time, MetricKit",
    source_url: Some("https://metrickittools.com/glossary/lead-response-time"),
}];
