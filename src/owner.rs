//! Who is responsible.

use crate::named::named;

named! {
    /// Who owns a stage, a KPI or a target.
    #[non_exhaustive]
    Owner "owner" {
        /// From the first impression to the lead.
        Marketing = "marketing",
        /// From the lead to the deal, and its renewal.
        Sales = "sales",
        /// Marketing and sales together: what lies on their hand-off.
        Both = "both",
        /// Those who look after customers once they are won.
        Customer = "customer",
    }
}
