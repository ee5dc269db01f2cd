//! Being seen.

use super::{Direction, Entry, FunnelStage, Input, Owner, Style, ZeroBase};

pub(super) const ENTRIES: &[Entry] = &[Entry {
    id: "cpm",
    name: "Cost per thousand impressions",
    aliases: &["ecpm"],
    variant_of: None,
    meaning: "What it costs to be seen a thousand times.",
    owner: Owner::Marketing,
    stage: FunnelStage::Awareness,
    formula: "1000 * spend / impressions",
    inputs: &[
        Input::money("spend", "What was spent on advertising, or on the channel looked at."),
        Input::count("impressions", "How often an ad or a piece of content was shown."),
    ],
    unit: "spend/impressions",
    shown_as: Style::Plain,
    direction: Direction::Lower,
    zero_base: Some(ZeroBase::Bad),
    bounds: None,
    pitfall: Some(
        "The factor of 1000 is in the number and not in its unit, so it does not compare with a cost per single impression.",
    ),
    source: "Advertising Formula Reference",
    source_url: Some("https://dosagecalculators.com/docs/reference/cpm-formula"),
}];
