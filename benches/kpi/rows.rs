//! Ten million rows of a dimension of 20 values and five measures, into six ratios.
//!
//! A second dimension tells the rows of a day apart, as in the data of a shop; it is not asked for.
//! The rows of a day are in no order, so that neighbours go to different sums.

use std::hint::black_box;

use yardstick::{Calendar, Column, Date, Facts, Kpi, KpiSet, Measure, Query, Schema, Table};

use crate::harness::{Group, Numbers};

const COUNTRIES: u32 = 20;
const MEASURES: [(&str, &str, u32, u64); 5] = [
    ("revenue", "EUR", 2, 5_000_000),
    ("cost", "EUR", 2, 1_000_000),
    ("discount", "EUR", 2, 90_000),
    ("orders", "order", 0, 400),
    ("visits", "visit", 0, 9_000),
];
const KPIS: [(&str, &str); 6] = [
    ("aov", "revenue / orders"),
    ("conversion", "orders / visits"),
    ("cost_ratio", "cost / revenue"),
    ("cost_per_visit", "1000 * cost / visits"),
    ("discount_rate", "discount / (revenue + discount)"),
    ("roas", "(revenue - discount) / cost"),
];

/// The columns as they lie in memory.
pub(crate) struct Columns {
    days: Vec<i32>,
    countries: Vec<u32>,
    products: Vec<u32>,
    measures: Vec<Vec<i64>>,
    names: [Vec<String>; 2],
}

impl Columns {
    pub(crate) fn new(days: i32, products: u32) -> Self {
        let first = Date::new(2011, 1, 1).unwrap().number();
        let name = |what: &str, count: u32| (0..count).map(|i| format!("{what} {i:04}")).collect();
        let mut columns = Self {
            days: Vec::new(),
            countries: Vec::new(),
            products: Vec::new(),
            measures: vec![Vec::new(); MEASURES.len()],
            names: [name("country", COUNTRIES), name("product", products)],
        };
        let mut numbers = Numbers(2011);
        let mut leaves: Vec<u32> = (0..COUNTRIES * products).collect();
        for day in first..first + days {
            for i in (1..leaves.len()).rev() {
                leaves.swap(i, numbers.below(i as u64 + 1) as usize);
            }
            for leaf in &leaves {
                columns.days.push(day);
                columns.countries.push(leaf % COUNTRIES);
                columns.products.push(leaf / COUNTRIES);
                for (column, (_, _, _, below)) in columns.measures.iter_mut().zip(MEASURES) {
                    column.push(numbers.below(below) as i64);
                }
            }
        }
        columns
    }

    fn set() -> KpiSet {
        let measures =
            MEASURES.map(|(name, unit, _, _)| Measure::flow(name, unit.parse().unwrap()));
        let schema = Schema::new(["country", "product"], measures).unwrap();
        let kpis = KPIS.map(|(name, formula)| Kpi::new(name, formula.parse().unwrap()));
        KpiSet::new(schema, kpis).unwrap()
    }

    fn facts(&self, set: &KpiSet) -> Facts<'_> {
        let mut builder = Facts::builder(set.schema())
            .day_numbers(&self.days)
            .dimension_codes("country", &self.countries, &self.names[0])
            .dimension_codes("product", &self.products, &self.names[1]);
        for (column, (name, _, scale, _)) in self.measures.iter().zip(MEASURES) {
            builder = builder.measure(name, Column::scaled(column, scale));
        }
        builder.build().unwrap()
    }

    /// A pass that does no more than read the dimension and the measures.
    fn read(&self) -> (u32, i64) {
        let codes = black_box(&self.countries).iter().fold(0, |bits, code| bits ^ code);
        let values = |column: &Vec<i64>| black_box(column).iter().fold(0, |bits, v| bits ^ v);
        (codes, self.measures.iter().map(values).fold(0, |bits, value| bits ^ value))
    }

    /// The same six ratios over sums of floats.
    fn floats(&self, columns: &[Vec<f64>]) -> Vec<[f64; 6]> {
        let [revenue, cost, discount, orders, visits] = columns else { return Vec::new() };
        let mut sums = [[0.0_f64; 5]; COUNTRIES as usize];
        for (row, country) in black_box(&self.countries).iter().enumerate() {
            let sum = &mut sums[*country as usize];
            sum[0] += revenue[row];
            sum[1] += cost[row];
            sum[2] += discount[row];
            sum[3] += orders[row];
            sum[4] += visits[row];
        }
        let ratios = sums.iter().map(|[revenue, cost, discount, orders, visits]| {
            [
                revenue / orders,
                orders / visits,
                cost / revenue,
                1000.0 * cost / visits,
                discount / (revenue + discount),
                (revenue - discount) / cost,
            ]
        });
        ratios.collect()
    }

    /// Fails where two threads give another table than one.
    pub(crate) fn same_for_any_threads(&self) {
        let set = Self::set();
        let facts = self.facts(&set);
        let expected = run(&set, &facts);
        assert_eq!(expected.rows.len(), COUNTRIES as usize);
        #[cfg(feature = "parallel")]
        assert_eq!(pool().install(|| run(&set, &facts)), expected);
    }

    pub(crate) fn group(&self) -> Group<'_> {
        let set = Self::set();
        let facts = self.facts(&set);
        let places = |scale: u32| 10_f64.powi(scale as i32);
        let scales = MEASURES.map(|(_, _, scale, _)| places(scale));
        let floats = self.measures.iter().zip(scales);
        let floats: Vec<Vec<f64>> =
            floats.map(|(column, one)| column.iter().map(|v| *v as f64 / one).collect()).collect();
        let group = Group::new("kpi/six ratios of ten million rows")
            .with("read only", || self.read())
            .with("floats", move || self.floats(&floats));
        #[cfg(feature = "parallel")]
        let group = {
            let (pool, set, facts) = (pool(), set.clone(), facts.clone());
            group.with("exact, two threads", move || pool.install(|| run(&set, &facts)))
        };
        group.with("exact", move || run(&set, &facts))
    }
}

#[cfg(feature = "parallel")]
fn pool() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap()
}

fn run(set: &KpiSet, facts: &Facts<'_>) -> Table {
    let query = Query::of(KPIS.map(|(name, _)| name)).by("country");
    query.run(set, black_box(facts), Calendar::default()).unwrap()
}
