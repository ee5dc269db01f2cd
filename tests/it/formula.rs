//! Formulas as text: how they are written, and how what is wrong with them is shown.

use yardstick::{Formula, Kpi, KpiSet, Measure, Schema, Unit};

fn shown(text: &str) -> String {
    text.parse::<Formula>().unwrap_err().to_string()
}

#[test]
fn signs_that_are_none_are_not_written() {
    for (text, plain) in [
        ("(--12 [month/year])^2", "12 [month/year]^2"),
        ("( - - 1 ) * ---a", "1 * -a"),
        ("(((2.50)))", "2.50"),
        ("--(--3)", "3"),
    ] {
        assert_eq!(text.parse::<Formula>().unwrap().normalized(), plain, "{text}");
    }
}

#[test]
fn an_error_shows_the_place_and_the_remedy() {
    for (text, due) in [
        (
            "max(a, b) / (c - d",
            "the text ends where \")\" is due: the \"(\" at 12 is not closed\
             \n    max(a, b) / (c - d\
             \n                      ^",
        ),
        (
            "to_date(a, mnth)",
            "unexpected \"mnth\" at 11, where day, week, month, quarter or year is due; did you mean \"month\"?\
             \n    to_date(a, mnth)\
             \n               ^^^^",
        ),
        (
            "ago(a, 2 wekes)",
            "unexpected \"wekes\" at 9, where day, week, month, quarter or year is due; did you mean \"week\"?\
             \n    ago(a, 2 wekes)\
             \n             ^^^^^",
        ),
        (
            "a +\n\ttrailin(b, 7 days) +\n\tc",
            "unknown function \"trailin\" at 5..12; did you mean \"trailing\"?\
             \n     trailin(b, 7 days) +\
             \n     ^^^^^^^",
        ),
        (
            "12 [months]",
            "unit \"months\": a unit of time is singular; write month (at 4..10)\
             \n    12 [months]\
             \n        ^^^^^^",
        ),
        (
            "a × b",
            "unexpected '×' at 2; a formula has numbers, names, + - * / ^ ( ) and functions\
             \n    a × b\
             \n      ^",
        ),
    ] {
        assert_eq!(shown(text), due);
    }
}

#[test]
fn a_long_formula_is_shown_around_the_place() {
    let sum = "revenue + ".repeat(100);
    let schema = Schema::new(Vec::<String>::new(), [Measure::flow("revenue", Unit::one())]);
    let formula = format!("{sum}revenu + {sum}revenue").parse().unwrap();
    let error = KpiSet::new(schema.unwrap(), [Kpi::new("long", formula)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "1 problem in the KPIs\
         \n  kpis[0].formula: kpi \"long\": unknown name \"revenu\" at 1000..1006; did you mean \"revenue\"?\
         \n      ...enue + revenue + revenue + revenue + revenue + revenu + revenue + revenue + revenue + revenue + reve...\
         \n                                                        ^^^^^^"
    );
    let message = error.problems()[0].message();
    assert!(message.ends_with("; did you mean \"revenue\"?") && message.len() > 2_000);
}
