//! Settings that other systems have.

use super::query::{Counting, Effect, Entry, EventFunnelBuilder, Order};
use crate::named::named;

named! {
    /// What another system does, as far as settings can say it. Where that is not all the way, the
    /// [table](super#what-other-systems-answer) has the rule by which it departs.
    ///
    /// | preset | sets |
    /// |---|---|
    /// | `ClickHouse` | nothing: the default |
    /// | `ClickHouseStrictIncrease` | [`strict_times`](EventFunnelBuilder::strict_times) |
    /// | `ClickHouseStrictOrder` | [`Order::Strict`] |
    /// | `PostHogOrdered` | [`Effect::Drops`] |
    /// | `PostHogStrict` | [`Order::Strict`] |
    /// | `PostHogUnordered` | [`Order::Any`] |
    /// | `MixpanelUniques` | [`Entry::First`] |
    /// | `MixpanelTotals` | [`Entry::First`], [`Counting::Totals`] |
    #[derive(PartialOrd, Ord)]
    Preset "preset" {
        /// `windowFunnel` without a mode, or with `strict_once`.
        ClickHouse = "clickhouse",
        /// `windowFunnel` with `strict_increase`.
        ClickHouseStrictIncrease = "clickhouse_strict_increase",
        /// `windowFunnel` with `strict_order`.
        ClickHouseStrictOrder = "clickhouse_strict_order",
        /// A funnel with steps in sequence.
        PostHogOrdered = "posthog_ordered",
        /// One in strict order.
        PostHogStrict = "posthog_strict",
        /// One in any order.
        PostHogUnordered = "posthog_unordered",
        /// Counting uniques, entered at the first event.
        MixpanelUniques = "mixpanel_uniques",
        /// Counting totals.
        MixpanelTotals = "mixpanel_totals",
    }
}

impl EventFunnelBuilder {
    /// Sets what makes a funnel most like that of another system; the window and the rest are still to
    /// be given.
    ///
    /// ```
    /// use yardstick::events::{EventFunnel, Events, Preset, hours};
    ///
    /// // Two visits before the sale: the first counts, so the window has passed.
    /// let (entity, time, mask) = ([1_u32; 3], [0, 1_800, 4_500], [0b01_u8, 0b01, 0b10]);
    /// let events = Events::sorted(&entity, &time, &mask)?;
    /// let query = EventFunnel::builder(2).window(hours(1));
    /// let uniques = query.clone().preset(Preset::MixpanelUniques).build()?;
    /// assert_eq!(uniques.compute(&events)?.total().counts(), [1, 0]);
    /// assert_eq!(query.build()?.compute(&events)?.total().counts(), [1, 1]);
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    pub fn preset(self, preset: Preset) -> Self {
        match preset {
            Preset::ClickHouse => self,
            Preset::ClickHouseStrictIncrease => self.strict_times(),
            Preset::ClickHouseStrictOrder | Preset::PostHogStrict => self.order(Order::Strict),
            Preset::PostHogOrdered => self.effect(Effect::Drops),
            Preset::PostHogUnordered => self.order(Order::Any),
            Preset::MixpanelUniques => self.entry(Entry::First),
            Preset::MixpanelTotals => self.entry(Entry::First).counting(Counting::Totals),
        }
    }
}
