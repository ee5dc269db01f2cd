//! What several entries of this stage read.

use super::Input;

pub(super) const REVENUE: Input = Input::money("revenue", "Revenue of the period.");

pub(super) const EMAILS_DELIVERED: Input =
    Input::count("emails_delivered", "E-mails sent that did not bounce.");

pub(super) const NEW_CUSTOMERS: Input =
    Input::count("new_customers", "Customers who bought for the first time.");

pub(super) const CHURNED_CUSTOMERS: Input =
    Input::count("churned_customers", "Opening customers who left within the period.");

pub(super) const ALL_CHURNED_CUSTOMERS: Input = Input::count(
    "all_churned_customers",
    "Customers who left within the period, also those who joined in it.",
);

pub(super) const OPENING_CUSTOMERS: Input =
    Input::count("opening_customers", "Customers on the first day of the period.");

pub(super) const CLOSING_CUSTOMERS: Input =
    Input::count("closing_customers", "Customers on the last day of the period.");

pub(super) const RETAINED_CUSTOMERS: Input = Input::count(
    "retained_customers",
    "Opening customers who are still there at the end of the period.",
);

pub(super) const MRR: Input =
    Input::money("mrr", "Monthly recurring revenue at the end of the period.");

pub(super) const NEW_MRR: Input =
    Input::money("new_mrr", "What customers won within the period pay at its end.");

pub(super) const REACTIVATION_MRR: Input = Input::money(
    "reactivation_mrr",
    "What customers of the past who came back within the period pay at its end.",
);

pub(super) const OPENING_MRR: Input =
    Input::money("opening_mrr", "Monthly recurring revenue on the first day of the period.");

pub(super) const EXPANSION_MRR: Input =
    Input::money("expansion_mrr", "What opening customers pay more at the end of the period.");

pub(super) const CONTRACTION_MRR: Input = Input::money(
    "contraction_mrr",
    "What opening customers who stayed pay less at the end of the period.",
);

pub(super) const CHURNED_MRR: Input =
    Input::money("churned_mrr", "What opening customers who left within the period had paid.");

pub(super) const RECURRING_REVENUE: Input =
    Input::money("recurring_revenue", "Recurring revenue of the period.");

pub(super) const ACCOUNTS: Input = Input::count("accounts", "Paying accounts in the period.");

pub(super) const GROSS_MARGIN: Input = Input::number(
    "gross_margin",
    "The part of revenue that is left after the direct cost, as a fraction.",
);

pub(super) const BUYERS: Input = Input::count("buyers", "Customers who ordered in the period.");

pub(super) const ORDERS: Input = Input::count("orders", "Orders placed.");

pub(super) const LIFESPAN_PERIODS: Input =
    Input::number("lifespan_periods", "How many such periods a customer stays.");
