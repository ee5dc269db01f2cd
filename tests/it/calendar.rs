//! Dates, periods and grains, against a day-by-day model of the calendar.

use proptest::prelude::*;
use yardstick::{Calendar, Date, ErrorKind, Grain, Period};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Year, month and day by walking from 1970 a year and a month at a time.
fn walk(mut days: i64) -> (i32, u32, u32) {
    let leap = |y: i32| (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    let year_days = |y| if leap(y) { 366 } else { 365 };
    let mut year = 1970;
    while days < 0 {
        year -= 1;
        days += year_days(year);
    }
    while days >= year_days(year) {
        days -= year_days(year);
        year += 1;
    }
    let mut month = 1;
    loop {
        let length = match month {
            2 => 28 + i64::from(leap(year)),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if days < length {
            return (year, month, days as u32 + 1);
        }
        days -= length;
        month += 1;
    }
}

fn any_date() -> impl Strategy<Value = Date> {
    (Date::MIN.number()..=Date::MAX.number()).prop_map(|n| Date::from_number(n).unwrap())
}

fn any_grain() -> impl Strategy<Value = Grain> {
    prop::sample::select(Grain::ALL.to_vec())
}

proptest! {
    #[test]
    fn a_day_number_is_the_day_that_a_walk_arrives_at(day in any_date()) {
        let (y, m, d) = walk(i64::from(day.number()));
        prop_assert_eq!((day.year(), day.month(), day.day()), (y, m, d));
        prop_assert_eq!(Date::new(y, m, d).unwrap(), day);
        prop_assert_eq!(date(&day.to_string()), day);
    }

    #[test]
    fn buckets_cover_a_period_once_and_in_order(
        first in any_date(), days in 0_i32..900, grain in any_grain(), month in 1_u32..=12,
    ) {
        let calendar = Calendar::fiscal(month).unwrap();
        let last = first.plus_days(days).unwrap_or(Date::MAX);
        let period = Period::inclusive(first, last).unwrap();
        let buckets: Vec<_> = calendar.cut(period, grain).collect();
        let covered: Vec<_> = buckets.iter().flat_map(|b| b.period.iter()).collect();
        prop_assert!(covered.into_iter().eq(period.iter()));
        for bucket in &buckets {
            for day in [bucket.period.first(), bucket.period.last()] {
                prop_assert_eq!(calendar.bucket(day, grain), bucket.whole);
                prop_assert_eq!(&calendar.label(day, grain), &bucket.label);
            }
        }
        for pair in buckets.windows(2) {
            prop_assert!(pair[0].label != pair[1].label);
        }
    }

    #[test]
    fn a_label_is_read_back_as_its_bucket(day in any_date(), grain in any_grain(), month in 1_u32..=12) {
        let calendar = Calendar::fiscal(month).unwrap();
        let label = calendar.label(day, grain);
        // The years 0 and 10000 exist only as names of partial buckets at the ends of time.
        if !label.contains("0000") && !label.contains("10000") {
            prop_assert_eq!(calendar.period(&label).unwrap(), calendar.bucket(day, grain));
        }
    }
}

#[test]
fn iso_weeks_at_the_turn_of_the_year() {
    let calendar = Calendar::default();
    for (day, label) in [
        ("2010-01-03", "2009-W53"),
        ("2010-01-04", "2010-W01"),
        ("2012-01-01", "2011-W52"),
        ("2008-12-29", "2009-W01"),
    ] {
        assert_eq!(calendar.label(date(day), Grain::Week), label);
    }
}

#[test]
fn a_fiscal_year_has_the_number_of_the_year_in_which_it_ends() {
    let april = Calendar::fiscal(4).unwrap();
    assert_eq!(april.label(date("2011-03-31"), Grain::Year), "FY2011");
    assert_eq!(april.label(date("2011-04-01"), Grain::Year), "FY2012");
    assert_eq!(april.period("FY2012-Q4").unwrap().to_string(), "2012-01-01 to 2012-03-31");
}

#[test]
fn a_fiscal_quarter_before_the_first_day_is_refused() {
    let october = Calendar::fiscal(10).unwrap();
    let error = october.period("FY0001-Q1").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Date);
    assert_eq!(
        error.to_string(),
        "\"FY0001-Q1\" is over before 0001-01-01, the first day there is; take a later period"
    );
    assert_eq!(october.period("FY0001-Q2").unwrap().to_string(), "0001-01-01 to 0001-03-31");
    assert_eq!(october.period("FY0001").unwrap().to_string(), "0001-01-01 to 0001-09-30");
    let february = Calendar::fiscal(2).unwrap();
    assert!(february.period("FY0001-Q3").is_err());
    assert_eq!(february.period("FY0001-Q4").unwrap().to_string(), "0001-01-01 to 0001-01-31");
    assert_eq!(october.period("FY9999-Q4").unwrap().last(), date("9999-09-30"));
}

#[test]
fn dates_out_of_range_say_so() {
    let text = |result: Result<Date, yardstick::Error>| result.unwrap_err().to_string();
    assert_eq!(
        text("2011-02-30".parse()),
        "there is no day \"2011-02-30\": 2011-02 has days 01 to 28"
    );
    assert_eq!(
        text("2011-13-01".parse()),
        "there is no day \"2011-13-01\": months go from 01 to 12"
    );
    assert_eq!(
        text("0000-01-01".parse()),
        "there is no day \"0000-01-01\": years go from 0001 to 9999"
    );
    assert_eq!(
        text("7.12.2011".parse()),
        "\"7.12.2011\" is not a date; write it as YYYY-MM-DD, like 2011-12-07"
    );
    assert_eq!(
        text(Date::from_number(3_000_000)),
        "day 3000000 since 1970-01-01 is outside 0001-01-01 to 9999-12-31"
    );
    let error = Period::inclusive(date("2011-12-09"), date("2011-12-01")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Date);
    assert_eq!(
        Calendar::default().period("December").unwrap_err().to_string(),
        "\"December\" is not a period; write a day 2011-12-07, a week 2011-W49, a month 2011-12, \
         a quarter 2011-Q4 or a year 2011"
    );
    assert!(Calendar::default().period("2011-W53").is_err());
}
