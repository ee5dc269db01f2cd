//! The same table from any number of threads.

use yardstick::{
    Calendar, Column, Facts, Grain, Kpi, KpiSet, Measure, MissingDay, Query, Schema, Table,
};

/// Long enough to be split several times, of no round length.
const ROWS: usize = 700_003;
const REGIONS: usize = 20;
const SHOPS: usize = 3_000;

#[test]
fn a_table_does_not_show_how_many_threads_rolled_it_up() {
    let mut state = 1_u64;
    let mut below = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_041);
        ((state >> 32) * end) >> 32
    };
    let days: Vec<i32> = (0..ROWS).map(|row| (row / SHOPS) as i32).collect();
    let shops: Vec<u32> = (0..ROWS).map(|row| (row * 7 % SHOPS) as u32).collect();
    let regions: Vec<u32> = shops.iter().map(|shop| shop % REGIONS as u32).collect();
    let revenue: Vec<i64> = (0..ROWS).map(|_| below(1 << 31) as i64 - (1 << 30)).collect();
    // Sums beyond 64 bits, and single values beyond.
    let large: Vec<i64> = (0..ROWS).map(|_| i64::MAX - below(9) as i64).collect();
    let mut wide: Vec<i128> = revenue.iter().map(|value| i128::from(*value)).collect();
    (wide[ROWS / 3], wide[ROWS - 1], wide[5]) = (i128::MIN, i128::MAX, i128::MAX);
    let bits: Vec<u8> = (0..ROWS.div_ceil(8)).map(|byte| (byte * 37 % 256) as u8 | 1).collect();

    let flow = |name: &str| Measure::flow(name, "EUR".parse().unwrap());
    let measures = [
        flow("revenue"),
        flow("large"),
        flow("wide"),
        flow("holes"),
        flow("known").missing(MissingDay::Unknown),
    ];
    let schema = Schema::new(["region", "shop"], measures).unwrap();
    let kpi = |name: &str, formula: &str| Kpi::new(name, formula.parse().unwrap());
    let kpis = [
        kpi("share", "revenue / large"),
        kpi("spread", "(wide - holes) / revenue"),
        kpi("known_share", "known / large"),
    ];
    let set = KpiSet::new(schema, kpis).unwrap();
    let names = |count: usize| (0..count).map(|i| format!("{i:04}")).collect::<Vec<_>>();
    let facts = Facts::builder(set.schema())
        .day_numbers(&days)
        .dimension_codes("region", &regions, &names(REGIONS))
        .dimension_codes("shop", &shops, &names(SHOPS))
        .measure("revenue", Column::scaled(&revenue, 2))
        .measure("large", Column::integers(&large))
        .measure("wide", Column::wide(&wide, 3))
        .measure("holes", Column::scaled(&revenue, 2).with_validity(&bits))
        .measure("known", Column::scaled(&revenue, 2))
        .build()
        .unwrap();
    let metrics = ["share", "spread", "known_share", "revenue", "large", "wide", "holes"];
    let queries = [
        Query::of(metrics),
        Query::of(metrics).by("region"),
        Query::of(metrics).by("region").grain(Grain::Month),
        Query::of(metrics).by("shop"),
    ];
    let all = || -> Vec<Table> {
        let table = |query: &Query| query.run(&set, &facts, Calendar::default()).unwrap();
        queries.iter().map(table).collect()
    };
    // No pool: one thread.
    assert!(rayon::current_thread_index().is_none());
    let expected = all();
    let count = |table: &Table| table.rows.len();
    assert_eq!(expected.iter().map(count).collect::<Vec<_>>(), [1, REGIONS, REGIONS * 8, SHOPS]);
    // By another way, so that not all are wrong alike.
    let sum: i128 = large.iter().map(|value| i128::from(*value)).sum();
    assert_eq!(expected[0].columns[4].values[0].to_string(), sum.to_string());
    for threads in [1, 2, 3, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(all), expected, "{threads} threads");
    }
}
