//! Why metrics moved, and which strategies stand behind them.

use yardstick::explain::Cause;
use yardstick::{Display, ExplainReport, Report, Value};

use crate::table::Table;

/// A value as it is shown, or why there is none.
pub(crate) fn shown(value: &Value, display: Display) -> String {
    match value {
        Value::Defined(value) => display.show(value).unwrap_or_else(|error| error.to_string()),
        Value::Undefined(reason) => reason.to_string(),
    }
}

pub(crate) fn explained(report: &ExplainReport) -> String {
    let Some(explanation) = &report.explanation else {
        return format!("\n  {}: has not begun\n", report.name);
    };
    let show = |value: &Value| shown(value, report.display);
    let change = &explanation.change;
    let mut text = format!(
        "\n  {}: {} in {}, {} in {}, so {}\n\n",
        report.name,
        show(&change.before),
        explanation.before,
        show(&change.after),
        explanation.after,
        show(&change.absolute()),
    );
    match &explanation.cause {
        Cause::Drivers(causes) => {
            let mut table = Table::new(1, ["driver", "before", "after", "did"]);
            for driver in causes.ranked() {
                let place = causes.drivers.iter().position(|known| known.name == driver.name);
                let own = place.and_then(|place| report.drivers.get(place).copied());
                let own = own.unwrap_or(report.display);
                table.row(vec![
                    driver.name.clone(),
                    shown(&driver.change.before, own),
                    shown(&driver.change.after, own),
                    show(&driver.effect),
                ]);
            }
            text += &table.to_string();
        }
        Cause::RateMix(causes) => {
            let mut table = Table::new(
                1,
                [
                    "segment",
                    "rate before",
                    "after",
                    "its rate did",
                    "its share did",
                    "new or lost",
                    "together",
                ],
            );
            for segment in causes.ranked() {
                table.row(vec![
                    segment.key.join(", "),
                    show(&segment.own_rate.before),
                    show(&segment.own_rate.after),
                    show(&segment.rate),
                    show(&segment.mix),
                    show(&segment.unsplit),
                    show(&segment.total),
                ]);
            }
            let unsplit = [&causes.new, &causes.lost, &causes.unrated].map(|effect| effect.clone());
            let unsplit = unsplit.into_iter().reduce(|a, b| a.zip(b, |a, b| a + b));
            table.row(vec![
                "all".to_owned(),
                show(&change.before),
                show(&change.after),
                show(&causes.rate),
                show(&causes.mix),
                unsplit.as_ref().map_or(String::new(), show),
                show(&change.absolute()),
            ]);
            text += &table.to_string();
        }
        Cause::Contributions(causes) => {
            let mut table = Table::new(1, ["segment", "before", "after", "did", "of the change"]);
            for part in causes.ranked() {
                table.row(vec![
                    part.key.join(", "),
                    show(&part.change.before),
                    show(&part.change.after),
                    show(&part.change.absolute()),
                    shown(&part.share_of_change, report.rates),
                ]);
            }
            text += &table.to_string();
        }
        Cause::PriceVolumeMix(causes) => {
            let mut table =
                Table::new(1, ["product", "price", "volume", "new or lost", "together"]);
            for product in causes.ranked() {
                table.row(vec![
                    product.key.join(", "),
                    show(&product.price),
                    show(&product.volume),
                    show(&product.unsplit),
                    show(&product.change.absolute()),
                ]);
            }
            text += &table.to_string();
            text += &format!(
                "\n  price {}, volume {} (quantity {}, mix {})\n",
                show(&causes.price),
                show(&causes.volume),
                show(&causes.quantity),
                show(&causes.mix),
            );
        }
        other => text += &format!("  explained by {}\n", other.name()),
    }
    text
}

pub(crate) fn factors(report: &Report) -> String {
    let mut text = String::new();
    for factor in report.factors() {
        let result = &factor.result;
        text += &format!("\n  {}, by {}\n\n", result.name, result.dimension);
        let metrics = factor.metrics.iter().map(|(name, _)| name.clone());
        let header = ["", "strategy", "gain", "share"].map(str::to_owned);
        let mut table = Table::new(2, header.into_iter().chain(metrics));
        for strategy in &result.strategies {
            let rank = strategy.ranks.contribution.map_or(String::new(), |rank| format!("{rank}."));
            let mut row = vec![
                rank,
                strategy.name.clone(),
                shown(&strategy.gain, factor.gain),
                shown(&strategy.share, factor.rates),
            ];
            let values = strategy.metrics.iter().zip(&factor.metrics);
            row.extend(values.map(|(value, (_, display))| shown(value, *display)));
            table.row(row);
        }
        text += &table.to_string();
    }
    text
}
