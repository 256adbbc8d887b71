//! `type`, and the keywords on numbers.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::decimal::Decimal;
use super::run::{Here, Run};
use super::schema::Limit;
use super::violation::{Kind, Obstacle, Type, Types};

/// `type`
#[inline(never)]
pub(super) fn type_is(run: &mut Run<'_>, here: Here<'_>, want: Types, by_form: bool, value: &Value) -> bool {
    is_of(value, want, by_form) || run.fail(here, "type", || Kind::Type { want })
}

/// Whether a value is of one of the types. `by_form`: a number with a point or an exponent is no integer (draft 04).
pub(super) fn is_of(value: &Value, want: Types, by_form: bool) -> bool {
    match value {
        Value::Number(number) if !want.has(Type::Number) => want.has(Type::Integer) && is_whole(number, by_form),
        other => want.has(Type::of(other)),
    }
}

fn is_whole(number: &Number, by_form: bool) -> bool {
    let has_form = !number.as_str().contains(['.', 'e', 'E']);
    has_form || (!by_form && Decimal::of(number).is_some_and(|decimal| decimal.is_whole()))
}

/// `minimum`, `maximum`, `exclusiveMinimum` and `exclusiveMaximum`
#[inline(never)]
pub(super) fn limit(run: &mut Run<'_>, here: Here<'_>, limit: &Limit, value: &Value) -> bool {
    let Value::Number(number) = value else { return true };
    let Some(number) = Decimal::of(number) else {
        return run.fail(here, limit.keyword, || Kind::Unchecked(Obstacle::Digits));
    };
    let beyond = if limit.upper { Ordering::Greater } else { Ordering::Less };
    let order = number.cmp(&limit.limit);
    if order != beyond && !(order == Ordering::Equal && limit.exclusive) {
        return true;
    }
    let (text, exclusive) = (limit.text.clone(), limit.exclusive);
    run.fail(here, limit.keyword, || match limit.upper {
        true => Kind::TooLarge { limit: text, exclusive },
        false => Kind::TooSmall { limit: text, exclusive },
    })
}

/// `multipleOf`
#[inline(never)]
pub(super) fn multiple_of(run: &mut Run<'_>, here: Here<'_>, step: &Decimal, text: &str, value: &Value) -> bool {
    let Value::Number(number) = value else { return true };
    match Decimal::of(number).and_then(|number| number.is_multiple_of(step)) {
        Some(true) => true,
        Some(false) => run.fail(here, "multipleOf", || Kind::MultipleOf { step: text.to_owned() }),
        None => run.fail(here, "multipleOf", || Kind::Unchecked(Obstacle::Digits)),
    }
}
