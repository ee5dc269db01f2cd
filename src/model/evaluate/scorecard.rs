//! The scorecards of a model, over its targets.

use crate::calendar::Date;
use crate::error::Error;
use crate::model::Model;
use crate::model::report::{ScorecardReport, TargetReport};
use crate::scorecard::{Standing, Standings};

impl Model {
    pub(super) fn scorecard_reports(
        &self,
        targets: &[TargetReport],
        as_of: Date,
    ) -> Result<Vec<ScorecardReport>, Error> {
        if self.scorecards.is_empty() {
            return Ok(Vec::new());
        }
        let standings = self.targets.iter().zip(targets);
        let standings =
            standings.map(|(target, report)| Standing::of(target, &report.result, as_of));
        let standings: Vec<Standing<'_>> = standings.collect();
        let standings = Standings::new(&standings)?;
        let mut reports = Vec::with_capacity(self.scorecards.len());
        for (i, scorecard) in self.scorecards.iter().enumerate() {
            let result = scorecard.over(&standings);
            reports.push(ScorecardReport {
                result: result.map_err(|error| error.at_path(format!("scorecards[{i}]")))?,
                on_undefined: scorecard.on_undefined,
                clamp: scorecard.clamp.clone(),
                rates: self.rate_display(),
                plain: self.display,
            });
        }
        Ok(reports)
    }
}
