//! 130 KPIs of 40 measures in 10,000 groups.

use std::hint::black_box;

use yardstick::{Calendar, Column, Date, Facts, Kpi, KpiSet, Measure, Query, Schema, Table, Unit};

use crate::harness::{Group, Numbers};
use crate::memory::peak;

/// Measures by name, and KPIs as text and as floats from the same tokens.
macro_rules! kpis {
    (
        money: $($money:ident)*;
        counts: $($count:ident)*;
        $($name:ident = $formula:expr;)*
    ) => {
        const MEASURES: &[(&str, u32)] =
            &[$((stringify!($money), 2),)* $((stringify!($count), 0),)*];
        const KPIS: &[(&str, &str)] = &[$((stringify!($name), stringify!($formula))),*];

        /// The same by hand: group by group, each KPI computed once.
        fn each_by_hand(measures: &[Vec<f64>], mut out: impl FnMut(usize, [f64; KPIS.len()])) {
            let groups = measures[0].len();
            let mut columns = measures.iter().map(|column| &column[..groups]);
            let mut column = || columns.next().unwrap();
            $(let $money = column();)*
            $(let $count = column();)*
            for group in 0..groups {
                $(let $money = $money[group];)*
                $(let $count = $count[group];)*
                $(let $name = $formula;)*
                out(group, [$($name),*]);
            }
        }
    };
}

kpis! {
    money: revenue cost spend discount pipeline quota won_revenue lost_revenue opening_mrr
           new_mrr expansion_mrr contraction_mrr churned_mrr reactivated_mrr
           marketing_cost sales_cost salaries commissions travel refunds;
    counts: impressions clicks engagements visitors conversions leads mqls sqls accepted
            opportunities deals_won deals_lost orders carts customers new_customers
            opening_customers churned_customers promoters detractors;
    clicks_per_impressions = clicks / impressions;
    spend_per_clicks = spend / clicks;
    engagements_per_impressions = engagements / impressions;
    conversions_per_visitors = conversions / visitors;
    spend_per_leads = spend / leads;
    spend_per_conversions = spend / conversions;
    revenue_per_orders = revenue / orders;
    revenue_per_visitors = revenue / visitors;
    revenue_per_customers = revenue / customers;
    customers_per_leads = customers / leads;
    mqls_per_leads = mqls / leads;
    sqls_per_mqls = sqls / mqls;
    spend_per_mqls = spend / mqls;
    spend_per_sqls = spend / sqls;
    accepted_per_sqls = accepted / sqls;
    opportunities_per_accepted = opportunities / accepted;
    deals_won_per_opportunities = deals_won / opportunities;
    won_revenue_per_deals_won = won_revenue / deals_won;
    lost_revenue_per_deals_lost = lost_revenue / deals_lost;
    pipeline_per_quota = pipeline / quota;
    won_revenue_per_quota = won_revenue / quota;
    won_revenue_per_spend = won_revenue / spend;
    revenue_per_spend = revenue / spend;
    orders_per_carts = orders / carts;
    orders_per_customers = orders / customers;
    orders_per_visitors = orders / visitors;
    leads_per_visitors = leads / visitors;
    leads_per_clicks = leads / clicks;
    clicks_per_visitors = clicks / visitors;
    churned_customers_per_opening_customers = churned_customers / opening_customers;
    churned_mrr_per_opening_mrr = churned_mrr / opening_mrr;
    contraction_mrr_per_opening_mrr = contraction_mrr / opening_mrr;
    expansion_mrr_per_opening_mrr = expansion_mrr / opening_mrr;
    reactivated_mrr_per_churned_mrr = reactivated_mrr / churned_mrr;
    new_mrr_per_new_customers = new_mrr / new_customers;
    refunds_per_revenue = refunds / revenue;
    refunds_per_orders = refunds / orders;
    discount_per_revenue = discount / revenue;
    travel_per_deals_won = travel / deals_won;
    commissions_per_won_revenue = commissions / won_revenue;
    salaries_per_deals_won = salaries / deals_won;
    pipeline_per_opportunities = pipeline / opportunities;
    cost_per_orders = cost / orders;
    cost_per_revenue = cost / revenue;
    marketing_cost_per_revenue = marketing_cost / revenue;
    sales_cost_per_revenue = sales_cost / revenue;
    marketing_cost_per_leads = marketing_cost / leads;
    sales_cost_per_opportunities = sales_cost / opportunities;
    win_rate = deals_won / (deals_won + deals_lost);
    cac = (marketing_cost + sales_cost) / new_customers;
    sales_expense_ratio = (salaries + commissions + travel) / revenue;
    grr = (opening_mrr - contraction_mrr - churned_mrr) / opening_mrr;
    nrr = (opening_mrr + expansion_mrr - contraction_mrr - churned_mrr) / opening_mrr;
    nrr_with_reactivation = (opening_mrr + expansion_mrr + reactivated_mrr - contraction_mrr - churned_mrr) / opening_mrr;
    discount_rate = discount / (revenue + discount);
    cart_abandonment = (carts - orders) / carts;
    quick_ratio = (new_mrr + expansion_mrr + reactivated_mrr) / (contraction_mrr + churned_mrr);
    gross_margin = (revenue - cost) / revenue;
    net_margin = (revenue - cost - discount - refunds - marketing_cost - sales_cost) / revenue;
    loss_rate = deals_lost / (deals_won + deals_lost);
    marketing_share = marketing_cost / (marketing_cost + sales_cost);
    sales_share = sales_cost / (marketing_cost + sales_cost);
    retention_rate = (opening_customers - churned_customers) / opening_customers;
    average_customers_churn = churned_customers / (opening_customers + new_customers);
    people_share = (salaries + commissions) / (salaries + commissions + travel);
    won_share = won_revenue / (won_revenue + lost_revenue);
    open_pipeline_share = (pipeline - won_revenue - lost_revenue) / pipeline;
    engaged_share = (clicks + engagements) / impressions;
    effort_per_deal = (marketing_cost + sales_cost + travel) / deals_won;
    touch_rate = (clicks + engagements) / (impressions + visitors);
    cpm = 1000.0 * spend / impressions;
    revenue_per_mille = 1000.0 * revenue / impressions;
    clicks_per_mille = 1000.0 * clicks / impressions;
    leads_per_mille = 1000.0 * leads / visitors;
    orders_per_mille = 1000.0 * orders / visitors;
    nps = 100.0 * (promoters - detractors) / (promoters + detractors);
    promoter_percent = 100.0 * promoters / customers;
    detractor_percent = 100.0 * detractors / customers;
    ctr_percent = 100.0 * clicks / impressions;
    commission_percent = 100.0 * commissions / won_revenue;
    deals_per_hundred = 100.0 * deals_won / leads;
    refunds_per_mille = 1000.0 * refunds / orders;
    roi = (revenue - marketing_cost) / marketing_cost;
    romi = (won_revenue - spend) / spend;
    profit_on_cost = (revenue - cost) / cost;
    customer_growth = (new_customers - churned_customers) / opening_customers;
    mrr_growth = (new_mrr + expansion_mrr - contraction_mrr - churned_mrr) / opening_mrr;
    quota_gap = (quota - won_revenue) / quota;
    coverage_gap = (pipeline - quota) / quota;
    won_over_lost = (won_revenue - lost_revenue) / lost_revenue;
    refund_margin = (revenue - refunds) / revenue;
    sales_return = (won_revenue - sales_cost) / sales_cost;
    lead_surplus = (leads - mqls) / mqls;
    visit_surplus = (visitors - orders) / orders;
    closing_mrr = opening_mrr + new_mrr + expansion_mrr + reactivated_mrr - contraction_mrr - churned_mrr;
    gross_profit = revenue - cost;
    net_revenue = revenue - discount - refunds;
    contribution = revenue - cost - marketing_cost - sales_cost;
    budget = marketing_cost + sales_cost + spend;
    funnel_rate = leads / visitors * (mqls / leads) * (sqls / mqls);
    value_per_visitor = orders / visitors * (revenue / orders);
    expected_won = pipeline * (deals_won / (deals_won + deals_lost));
    ltv = revenue / customers * 0.45 / (churned_customers / opening_customers);
    weighted_quota = quota * 0.8;
    marketing_mix = 0.6 * marketing_cost + 0.4 * sales_cost;
    velocity = opportunities * (won_revenue / deals_won) * (deals_won / opportunities) / 90.0;
    spread = discount / revenue - refunds / revenue;
    ltv_by_margin = revenue_per_customers * gross_margin / churned_customers_per_opening_customers;
    ltv_to_cac = ltv_by_margin / cac;
    payback = cac / (revenue_per_customers * gross_margin);
    funnel_end_to_end = leads_per_visitors * mqls_per_leads * sqls_per_mqls;
    lead_to_deal = mqls_per_leads * sqls_per_mqls * accepted_per_sqls * opportunities_per_accepted * win_rate;
    cost_of_win = spend_per_leads / lead_to_deal;
    magic_number = (mrr_growth - refunds_per_revenue) / marketing_cost_per_revenue;
    net_ctr = clicks_per_impressions - leads_per_clicks;
    rule_of_forty = 100.0 * (mrr_growth + net_margin);
    margin_after_sales = gross_margin - sales_expense_ratio;
    return_spread = romi - roi;
    cpm_check = cpm * clicks_per_impressions / 1000.0;
    churn_cost = churned_mrr_per_opening_mrr * closing_mrr;
    nrr_over_grr = nrr / grr;
    profit_per_order = gross_profit / orders;
    profit_per_visitor = gross_profit / visitors;
    profit_per_customer = gross_profit / customers;
    net_per_order = net_revenue / orders;
    budget_share = budget / revenue;
    contribution_margin = contribution / revenue;
    aov_after_refunds = revenue_per_orders - refunds_per_orders;
    spend_efficiency = revenue_per_spend - 1.0;
    closing_growth = (closing_mrr - opening_mrr) / opening_mrr;
}

/// A column for each KPI, as a table has them.
fn columns_by_hand(measures: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let groups = measures[0].len();
    let mut columns: Vec<Vec<f64>> = KPIS.iter().map(|_| vec![0.0; groups]).collect();
    each_by_hand(measures, |group, values| {
        for (column, value) in columns.iter_mut().zip(values) {
            column[group] = value;
        }
    });
    columns
}

/// A row for each group, in one piece of memory.
fn rows_by_hand(measures: &[Vec<f64>]) -> Vec<[f64; KPIS.len()]> {
    let mut rows = Vec::with_capacity(measures[0].len());
    each_by_hand(measures, |_, values| rows.push(values));
    rows
}

const _: () = assert!(MEASURES.len() == 40 && KPIS.len() == 130);

/// Rows of a dimension with a value for each group.
pub(crate) struct Grouped {
    days: Vec<i32>,
    codes: Vec<u32>,
    names: Vec<String>,
    columns: Vec<Vec<i64>>,
    set: KpiSet,
}

impl Grouped {
    /// Each group has a row on each of so many days.
    pub(crate) fn new(groups: u32, days: i32) -> Self {
        let first = Date::new(2011, 1, 1).unwrap().number();
        let rows = || (0..days).flat_map(|day| (0..groups).map(move |group| (first + day, group)));
        let mut numbers = Numbers(40);
        let column = |(_, scale): &(&str, u32)| {
            let below = if *scale == 2 { 10_000_000 } else { 10_000 };
            rows().map(|_| numbers.below(below) as i64).collect()
        };
        let measures = MEASURES.iter().map(|(name, _)| Measure::flow(*name, Unit::one()));
        let schema = Schema::new(["customer"], measures).unwrap();
        let kpis = KPIS.iter().map(|(name, formula)| Kpi::new(*name, formula.parse().unwrap()));
        Self {
            days: rows().map(|(day, _)| day).collect(),
            codes: rows().map(|(_, group)| group).collect(),
            names: (0..groups).map(|group| format!("customer {group:05}")).collect(),
            columns: MEASURES.iter().map(column).collect(),
            // Here, and only here, formulas are read: a query takes the set.
            set: KpiSet::new(schema, kpis).unwrap(),
        }
    }

    fn facts(&self) -> Facts<'_> {
        let mut builder = Facts::builder(self.set.schema())
            .day_numbers(&self.days)
            .dimension_codes("customer", &self.codes, &self.names);
        for (column, (name, scale)) in self.columns.iter().zip(MEASURES) {
            builder = builder.measure(name, Column::scaled(column, *scale));
        }
        builder.build().unwrap()
    }

    fn run(&self, facts: &Facts<'_>) -> Table {
        let query = Query::of(KPIS.iter().map(|(name, _)| *name)).by("customer");
        query.run(&self.set, black_box(facts), Calendar::default()).unwrap()
    }

    pub(crate) fn group(&self) -> Group<'_> {
        let facts = self.facts();
        let floats = |(column, (_, scale)): (&Vec<i64>, &(&str, u32))| {
            let one = 10_f64.powi(*scale as i32);
            column.iter().map(|value| *value as f64 / one).collect()
        };
        let floats: Vec<Vec<f64>> = self.columns.iter().zip(MEASURES).map(floats).collect();
        Group::new("kpi/130 KPIs of 10,000 groups of 40 measures")
            .with("floats by hand, a column for each KPI", {
                let floats = floats.clone();
                move || columns_by_hand(black_box(&floats))
            })
            .with("floats by hand, in one piece", move || rows_by_hand(black_box(&floats)))
            .with("exact, rolled up in the same call", move || self.run(&facts))
    }

    /// What an evaluation holds beyond its facts, beside that of the same groups with more rows.
    pub(crate) fn tell_memory(&self, more: &Self) {
        let held = [self, more].map(|grouped| {
            let facts = grouped.facts();
            (facts.rows(), peak(|| grouped.run(&facts)))
        });
        let [(rows, bytes), (more_rows, more_bytes)] = held;
        println!(
            "held at most beyond the facts, the result included: {bytes} bytes for {rows} rows, {more_bytes} for {more_rows}"
        );
        assert!(more_bytes <= bytes + bytes / 100, "memory grows with rows");
    }
}
