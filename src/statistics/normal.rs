//! The z of the usual levels of confidence.

use crate::named::named;
use crate::number::Rational;

named! {
    /// A usual level of confidence, two-sided.
    ///
    /// A normally distributed number lies within z standard deviations of its mean, on either side,
    /// with the probability that the level names.
    ///
    /// ```
    /// use yardstick::Rounding;
    /// use yardstick::statistics::{Confidence, wilson};
    ///
    /// let z = Confidence::Percent95.z();
    /// assert_eq!(z.round(Rounding::half_even(4))?.to_string(), "1.9600");
    /// let rate = wilson(18, 20, &z)?;
    /// assert_eq!(rate.lower.round(Rounding::half_even(6))?.to_string(), "0.698966");
    /// # Ok::<(), yardstick::Error>(())
    /// ```
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    Confidence "level of confidence" {
        /// 80 %: z = 1.2816.
        Percent80 = "80%",
        /// 90 %: z = 1.6449.
        Percent90 = "90%",
        /// 95 %: z = 1.9600.
        Percent95 = "95%",
        /// 98 %: z = 2.3263.
        Percent98 = "98%",
        /// 99 %: z = 2.5758.
        Percent99 = "99%",
        /// 99.5 %: z = 2.8070.
        Percent99Point5 = "99.5%",
        /// 99.9 %: z = 3.2905.
        Percent99Point9 = "99.9%",
    }
}

impl Confidence {
    /// The level: 19/20 for 95 %.
    #[must_use]
    pub fn level(self) -> Rational {
        let per_mille = match self {
            Self::Percent80 => 800,
            Self::Percent90 => 900,
            Self::Percent95 => 950,
            Self::Percent98 => 980,
            Self::Percent99 => 990,
            Self::Percent99Point5 => 995,
            Self::Percent99Point9 => 999,
        };
        Rational::from_scaled(per_mille, 3)
    }

    /// The quantile of the standard normal distribution at `(1 + level)/2`, rounded half even to 40
    /// places. What is computed from it is exact for this z; the quantile itself is no fraction.
    #[must_use]
    pub fn z(self) -> Rational {
        // Twenty places and twenty more.
        let (upper, lower) = match self {
            Self::Percent80 => (1_28155_15655_44600_46696, 51033_29448_74281_86199),
            Self::Percent90 => (1_64485_36269_51472_71486, 38489_07991_63213_60832),
            Self::Percent95 => (1_95996_39845_40054_23552, 45944_30520_55152_79556),
            Self::Percent98 => (2_32634_78740_40841_10088, 56061_63346_91172_33518),
            Self::Percent99 => (2_57582_93035_48900_76097, 85767_48603_81411_73060),
            Self::Percent99Point5 => (2_80703_37683_43804_11722, 18103_94712_26869_23751),
            Self::Percent99Point9 => (3_29052_67314_91894_79322, 16270_35374_64917_92162),
        };
        Rational::from_scaled(upper, 20) + Rational::from_scaled(lower, 40)
    }
}
