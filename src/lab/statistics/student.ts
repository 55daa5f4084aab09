/** Student's t with any number of degrees of freedom, whole or not; tested against published tables. */

/** Chance that a t lies at least `t` from 0, on either side: the incomplete beta function (DLMF 8.17, Student's t in 26.7 of Abramowitz and Stegun). */
export function twoSidedT(t: number, df: number): number {
  return incompleteBeta(df / (df + t * t), df / 2, 0.5);
}

/** The t that is left behind on either side together with chance `p`, 0 < p < 1; by halving, within a billionth of it. */
export function criticalT(p: number, df: number): number {
  let low = 0;
  let high = 1;
  while (twoSidedT(high, df) > p) high *= 2;
  while (high - low > high * 1e-9) {
    const middle = (low + high) / 2;
    if (twoSidedT(middle, df) > p) low = middle;
    else high = middle;
  }
  return high;
}

/** I_x(a, b), regularised: the continued fraction of DLMF 8.17.22, on the side where it converges. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const scale = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return (scale / a) * fraction(x, a, b);
}

const TERMS = 300;
const ENOUGH = 1e-14;

/** Evaluated forwards (W. J. Lentz, Applied Optics 15, 1976). */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let step = 1;
    for (const term of [even, odd]) {
      d = 1 / (1 + term * d);
      c = 1 + term / c;
      step = c * d;
      value *= step;
    }
    if (Math.abs(step - 1) < ENOUGH) break;
  }
  return value;
}

/** For x > 0: Stirling's series (DLMF 5.11.1) from 10 up, below by the recurrence. */
function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < 10; at += 1) shift += Math.log(at);
  const series = 1 / (12 * at) - 1 / (360 * at ** 3) + 1 / (1_260 * at ** 5) - 1 / (1_680 * at ** 7);
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - shift;
}
