use num_bigint::BigInt;
use num_traits::{One, Zero};
use yardstick::Rational;
use yardstick::statistics::Confidence;

/// Everything is in units of 10^-80.
const PLACES: u32 = 80;
/// The places of a z.
const OF_Z: u32 = 40;

fn ten_to(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

/// Bounds of the integral of exp(-t^2/2) from 0 to z, from the series
/// z - z^3/(2 3) + z^5/(2^2 2! 5) - ..., each term rounded down and up.
fn integral(z: &BigInt) -> [BigInt; 2] {
    let unit = ten_to(PLACES);
    let up = |a: BigInt, b: &BigInt| (a + b - 1_u8) / b;
    let (mut low, mut high) = (z.clone(), z.clone());
    let mut sum = [BigInt::zero(), BigInt::zero()];
    let square = z * z;
    for k in 0_u32.. {
        let odd = BigInt::from(2 * k + 1);
        let term = [&low / &odd, up(high.clone(), &odd)];
        // Past z^2 they fall, and what is left out is less than the last.
        let last = term[1] <= BigInt::one();
        let [down, over] = if k % 2 == 0 { [&term[0], &term[1]] } else { [&term[1], &term[0]] };
        match k % 2 {
            0 => {
                sum[0] += down;
                sum[1] += over;
            }
            _ => {
                sum[0] -= down;
                sum[1] -= over;
            }
        }
        if last {
            return [&sum[0] - 1_u8, &sum[1] + 1_u8];
        }
        let divisor = &unit * &unit * (2 * (k + 1));
        low = low * &square / &divisor;
        high = up(high * &square, &divisor);
    }
    sum
}

/// Half a unit of the last place below z less than the level lies within, half a unit above it more:
/// the integral squared against the square of level/2 times sqrt(2 pi).
#[test]
fn every_z_is_right_to_its_last_place() {
    let pi: BigInt =
        "314159265358979323846264338327950288419716939937510582097494459230781640628620899"
            .parse()
            .unwrap();
    for confidence in Confidence::ALL {
        let scaled = confidence.z() * Rational::from(10).checked_pow(OF_Z as i32).unwrap();
        assert!(scaled.is_integer(), "{confidence}");
        let z: BigInt = scaled.to_string().parse().unwrap();
        let z = z * ten_to(PLACES - OF_Z);
        let half = BigInt::from(5) * ten_to(PLACES - OF_Z - 1);

        let per_mille = confidence.level() * Rational::from(1_000);
        let per_mille: BigInt = per_mille.to_string().parse().unwrap();
        // (level/2)^2 2 pi = level^2 pi/2, in units of 10^-160.
        let target = |pi: BigInt| &per_mille * &per_mille * pi * ten_to(PLACES);
        let squared = |x: &BigInt| x * x * 2_000_000_u32;

        let [_, below] = integral(&(&z - &half));
        assert!(squared(&below) < target(pi.clone()), "{confidence}");
        let [above, _] = integral(&(&z + &half));
        assert!(squared(&above) > target(pi.clone() + 1_u8), "{confidence}");
    }
}

#[test]
fn levels_have_names() {
    let names: Vec<_> = Confidence::ALL.iter().map(|level| level.name()).collect();
    assert_eq!(names, ["80%", "90%", "95%", "98%", "99%", "99.5%", "99.9%"]);
    for confidence in Confidence::ALL {
        assert_eq!(confidence.name().parse::<Confidence>().unwrap(), confidence);
        let percent = confidence.name().trim_end_matches('%').parse::<Rational>().unwrap();
        assert_eq!(confidence.level() * Rational::from(100), percent);
    }
    assert_eq!("97%".parse::<Confidence>().unwrap_err().kind(), yardstick::ErrorKind::Unknown);
}
