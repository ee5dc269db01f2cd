//! Sets of KPIs, checked against the measures of a model.

use std::ffi::{CString, c_char};

use crate::capi::argument::{ErrorSlot, Options, Out, Shared, free};
use crate::capi::column::ys_text_column;
use crate::capi::error::ys_error;
use crate::capi::guard::{Outcome, guard};
use crate::capi::model::ys_model;
use crate::capi::status::{YS_SHAPE, ys_status};
use crate::capi::walk::{number, shown, text};
use crate::{Calendar, Formula, Kpi, KpiSet};

/// KPIs over the measures of a model: names, units and cycles are checked. It never changes.
/// Since ABI 1.
pub struct ys_kpi_set {
    pub(super) set: KpiSet,
    pub(super) calendar: Calendar,
    kpis: Vec<(CString, CString)>,
}

impl ys_kpi_set {
    fn new(set: KpiSet, calendar: Calendar) -> Outcome<Self> {
        let kpis = set.kpis().iter().map(|kpi| {
            let unit = set.unit(&format!("kpi.{}", kpi.name()))?;
            Ok((shown(kpi.name()), shown(&unit.to_string())))
        });
        let kpis = kpis.collect::<Result<_, crate::Error>>()?;
        Ok(Self { set, calendar, kpis })
    }
}

/// The KPIs of a model, with its calendar.
///
/// `model` is read during the call only. `set`: the caller frees it with ys_kpi_set_free. Threads:
/// any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_kpi_set_of_model(
    model: *const ys_model,
    set: *mut *mut ys_kpi_set,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live model and places for the outputs, or NULL.
    let (model, result, error) =
        unsafe { (Shared::new("model", model), Out::new("set", set), ErrorSlot::new(error)) };
    guard(error, || {
        let result = result.get()?;
        let model = &model.get()?.model;
        result.give(ys_kpi_set::new(model.kpis().clone(), model.calendar())?);
        Ok(())
    })
}

/// KPIs by name and formula, over the dimensions and measures of a model and with its calendar. The
/// KPIs of the model are not among them.
///
/// `model` is read during the call only, and so are `names` and `formulas`, which have one text for
/// each KPI; none is fine. `set`: the caller frees it with ys_kpi_set_free. Errors: YS_SHAPE where
/// there are not as many formulas as names; those of ys_formula_parse; YS_INVALID with everything
/// that is wrong: a name that nothing defines, a cycle, units that do not go together; those of
/// ys_facts_builder_add_dimension for the texts. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_kpi_set_new(
    model: *const ys_model,
    names: *const ys_text_column,
    formulas: *const ys_text_column,
    set: *mut *mut ys_kpi_set,
    error: *mut *mut ys_error,
) -> ys_status {
    // SAFETY: the caller passes a live model, columns and places for the outputs, or NULL.
    let (model, names, formulas, result, error) = unsafe {
        (
            Shared::new("model", model),
            Options::new("names", names),
            Options::new("formulas", formulas),
            Out::new("set", set),
            ErrorSlot::new(error),
        )
    };
    guard(error, || {
        let result = result.get()?;
        let model = &model.get()?.model;
        let (names, formulas): (ys_text_column, ys_text_column) = (names.get()?, formulas.get()?);
        if names.count != formulas.count {
            let (names, formulas) = (names.count, formulas.count);
            let message = format!("{names} names and {formulas} formulas; give each KPI both");
            return Err(ys_error::refusal(YS_SHAPE, message));
        }
        // SAFETY: the caller describes its memory by the fields, for the call.
        let (names, formulas) =
            unsafe { (names.all_texts("names")?, formulas.all_texts("formulas")?) };
        let kpis = names.into_iter().zip(formulas);
        let kpis = kpis.map(|(name, formula)| Ok(Kpi::new(name, formula.parse::<Formula>()?)));
        let kpis = kpis.collect::<Result<Vec<_>, crate::Error>>()?;
        let set = KpiSet::new(model.schema().clone(), kpis)?;
        result.give(ys_kpi_set::new(set, model.calendar())?);
        Ok(())
    })
}

/// How many KPIs a set has. `set` may be NULL: 0. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_kpi_set_count(set: *const ys_kpi_set) -> usize {
    // SAFETY: the caller passes NULL or a live set.
    let set = unsafe { Shared::new("set", set) };
    number(set, 0, |set| Some(set.kpis.len()))
}

/// The name of a KPI, in the order given.
///
/// Returns text that lives as long as the set; NULL where `index` is not below ys_kpi_set_count, or
/// `set` is NULL. Threads: any. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_kpi_set_name(set: *const ys_kpi_set, index: usize) -> *const c_char {
    // SAFETY: the caller passes NULL or a live set.
    let set = unsafe { Shared::new("set", set) };
    text(set, |set| set.kpis.get(index).map(|(name, _)| name))
}

/// The unit of a KPI, such as `EUR/order`. Everything is as in ys_kpi_set_name. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_kpi_set_unit(set: *const ys_kpi_set, index: usize) -> *const c_char {
    // SAFETY: the caller passes NULL or a live set.
    let set = unsafe { Shared::new("set", set) };
    text(set, |set| set.kpis.get(index).map(|(_, unit)| unit))
}

/// Frees a set of KPIs. `set` may be NULL. Since ABI 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ys_kpi_set_free(set: *mut ys_kpi_set) {
    // SAFETY: the caller passes NULL or a set that is its own, once.
    unsafe { free(set) }
}
