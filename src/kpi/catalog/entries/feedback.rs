//! What customers say.

use super::{Direction, Entry, FunnelStage, Input, Owner, Style, ZeroBase};

pub(super) const ENTRIES: &[Entry] = &[Entry {
    id: "nps",
    name: "Net promoter score",
    aliases: &["net_promoter_score"],
    variant_of: None,
    meaning: "How many points promoters are ahead of detractors.",
    owner: Owner::Customer,
    stage: FunnelStage::Feedback,
    formula: "100 * (promoters - detractors) / (promoters + passives + detractors)",
    inputs: &[
        Input::count("promoters", "Answers of 9 or 10."),
        Input::count("passives", "Answers of 7 or 8.").like("promoters"),
        Input::count("detractors", "Answers of 0 to 6.").like("promoters"),
    ],
    unit: "1",
    shown_as: Style::Plain,
    direction: Direction::Higher,
    zero_base: Some(ZeroBase::Inconsistent),
    bounds: Some(("-100", "100")),
    pitfall: Some(
        "It is a score from -100 to 100 and not a percentage. No answers is not a score of 0.",
    ),
    source: "Net promoter score, Practical CSM",
    source_url: Some("https://academy.practicalcsm.com/faq-items/net-promoter-score-nps/"),
}];
