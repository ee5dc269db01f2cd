//! Retention, as ClickHouse and the extension for DuckDB count conditions, and PostHog days.

use serde_json::{Value as Json, json};

use super::cases::{Case, numbers};

/// By condition, whether it was met and the first one too.
fn bits(rows: &[Vec<u64>], conditions: usize) -> Vec<bool> {
    let met = |condition: usize| rows.iter().any(|row| row[condition] == 1);
    (0..conditions).map(|condition| met(0) && met(condition)).collect()
}

/// All that a case expects.
pub(super) fn answer(case: &Case) -> Json {
    match case.kind() {
        "retention" => {
            let rows: Vec<Vec<u64>> =
                case.field("rows").as_array().unwrap().iter().map(numbers).collect();
            let conditions = case.param("num_conditions").as_u64().unwrap();
            // Who has no row has no bits: this is the extension's way, not ClickHouse's.
            let conditions = if rows.is_empty() { 0 } else { conditions };
            json!({ "bits": bits(&rows, usize::try_from(conditions).unwrap()) })
        }
        "retention_counts" => {
            let active = numbers(&Json::from_iter(
                case.field("active").as_object().unwrap().values().cloned(),
            ));
            let most = active.iter().max().unwrap();
            let mut counts = vec![0; active.len()];
            for actor in 0..*most {
                let row = active.iter().map(|until| u64::from(actor < *until)).collect();
                for (count, bit) in counts.iter_mut().zip(bits(&[row], active.len())) {
                    *count += u64::from(bit);
                }
            }
            json!({ "counts": counts })
        }
        "retention_curve" => {
            let periods = case.param("periods").as_u64().unwrap();
            let returns = case.field("return_days").as_object().unwrap();
            let on = case.param("criteria") == "on";
            let back = |day: u64| {
                let came = |days: &&Json| {
                    numbers(days).iter().any(|came| *came == day || !on && *came > day)
                };
                if day == 0 { returns.len() } else { returns.values().filter(came).count() }
            };
            json!({ "counts": (0..periods).map(back).collect::<Vec<_>>() })
        }
        "retention_weighted_average" => {
            let cohorts = case.field("cohorts").as_array().unwrap();
            let [(first, of_first), (second, of_second)] = cohorts
                .iter()
                .map(|cohort| (numbers(&cohort["values"])[0], cohort["size"].as_u64().unwrap()))
                .collect::<Vec<_>>()[..]
            else {
                panic!("two cohorts");
            };
            let simple = (first * of_second + second * of_first, 2 * of_first * of_second);
            let divisor = (1..=simple.1).rev().find(|of| simple.0 % of == 0 && simple.1 % of == 0);
            let divisor = divisor.unwrap();
            json!({
                "simple_mean": format!("{}/{}", simple.0 / divisor, simple.1 / divisor),
                "weighted_mean": format!("{}/{}", first + second, of_first + of_second),
            })
        }
        other => panic!("no kind {other}"),
    }
}
