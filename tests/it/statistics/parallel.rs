//! The same state from any number of threads.

use yardstick::Column;
use yardstick::statistics::{Moments, WeightedMean, sum};

/// Long enough to be split, of no round length, with blocks of every width.
const ROWS: usize = 1_000_003;

#[test]
fn any_number_of_threads_gives_the_same() {
    let mut state = 1_u64;
    let mut values: Vec<i64> = (0..ROWS)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_041);
            (state >> 33) as i64 % 1_000_000_000 - 1_000
        })
        .collect();
    values[ROWS / 3] = i64::MIN;
    values[ROWS / 2] = i64::MAX;
    let mut wide: Vec<i128> = values.iter().map(|value| (*value).into()).collect();
    wide[ROWS - 1] = i128::MIN;
    wide[7] = i128::MAX;
    let bits: Vec<u8> = (0..ROWS.div_ceil(8)).map(|i| (i * 37 % 256) as u8 | 1).collect();
    let columns = [
        Column::scaled(&values, 2),
        Column::wide(&wide, 2),
        Column::scaled(&values, 2).with_validity(&bits),
        Column::wide(&wide, 2).with_validity(&bits),
    ];
    let all = || {
        columns.each_ref().map(|column| {
            let mean = WeightedMean::of(column, &columns[0]).unwrap();
            let moments = Moments::of(column).unwrap();
            let text = format!("{moments:?} {mean:?}");
            (moments, mean, sum(column).unwrap(), text)
        })
    };
    // No pool: one thread.
    assert!(rayon::current_thread_index().is_none());
    let expected = all();
    for threads in [1, 2, 3, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(all), expected, "{threads} threads");
    }
}
