/** Scales and ticks: where a value is on an axis, which values are labelled, and how they are written. */

export interface Scale {
  /** The values at the ends of the axis; from < to. */
  from: number;
  to: number;
  log: boolean;
  /** 0 at `from`, 1 at `to`; clamped. */
  share(value: number): number;
}

export interface Tick {
  value: number;
  text: string;
}

/** Larger numbers are not drawn: nobody could read them, and their sums would overflow. */
const HUGEST = 1e18;
/** The air above and below the values, as a share of the axis. */
const AIR = 0.06;
/** A scale that may be logarithmic is so when its greatest value is at least this many times the median. */
const LOG_FROM_RATIO = 8;
/** A logarithmic scale with a wider range than this could not be read. */
const LOG_TO_RATIO = 1e12;
/** An axis spans at least this share of its greatest value, so that its labels differ. */
const LEAST_SPAN = 0.02;
/** The span of an axis whose values are all zero. */
const NOTHING_SPAN = 100;

export function isDrawable(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= HUGEST;
}

/** An axis that holds all of `values`. None of them may be undrawable; without any it goes from 0 to 1. */
export function scaleFor(
  values: readonly number[],
  options: { mayBeLog?: boolean; air?: number } = {},
): Scale {
  const low = least(values) ?? 0;
  const high = greatest(values) ?? 1;
  const wide = low > 0 && high / low <= LOG_TO_RATIO && high / median(values) > LOG_FROM_RATIO;
  if (options.mayBeLog && wide) return logScale(low, high);
  const span = Math.max(
    high - low,
    Math.max(Math.abs(high), Math.abs(low)) * LEAST_SPAN,
    high === 0 && low === 0 ? NOTHING_SPAN : 0,
  );
  const air = (options.air ?? AIR) * span + (span - (high - low)) / 2;
  return linearScale(low - air, high + air);
}

/** With both ends exactly where they are asked for. */
export function linearScale(from: number, to: number): Scale {
  const end = to > from ? to : from + 1;
  return { from, to: end, log: false, share: (value) => clamped((value - from) / (end - from)) };
}

function logScale(low: number, high: number): Scale {
  const stretch = (high / low) ** AIR;
  const [from, to] = [low / stretch, high * stretch];
  const whole = Math.log(to / from);
  return {
    from,
    to,
    log: true,
    share: (value) => (value <= 0 ? 0 : clamped(Math.log(value / from) / whole)),
  };
}

/**
 * At most `most` round values within the scale (or up to five where a coarser step would leave only one), each with another
 * text. `leastStep` is the smallest step.
 */
export function ticksOf(
  scale: Scale,
  most: number,
  write: (value: number, step: number) => string,
  leastStep = 0,
): Tick[] {
  if (most < 1) return [];
  const ticks = scale.log ? logTicks(scale, most) : linearTicks(scale, most, leastStep);
  const written = ticks.values.map((value) => ({ value, text: write(value, ticks.step(value)) }));
  return written.filter((tick, index) => written.findIndex((other) => other.text === tick.text) === index);
}

function linearTicks({ from, to }: Scale, most: number, leastStep: number) {
  let step = Math.max(leastStep, niceStep((to - from) / most));
  // A round step can still give one tick too many.
  while (Math.floor(to / step) - Math.ceil(from / step) + 1 > most) step = niceStep(step * 1.5);
  // A single label shows no scale. Half of a step that leaves only one gives two to five.
  const few = Math.floor(to / step) - Math.ceil(from / step) + 1 < 2;
  if (few && most > 1 && step / 2 >= leastStep) step /= 2;
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const value = (first + index) * step;
    return value === 0 ? 0 : value;
  });
  return { values, step: () => step };
}

/** 1, 2 and 5 times the powers of ten, or the powers alone, or every nth power. */
function logTicks({ from, to }: Scale, most: number) {
  const firstPower = Math.floor(Math.log10(from));
  const lastPower = Math.ceil(Math.log10(to));
  const powers = Array.from({ length: lastPower - firstPower + 1 }, (_, index) => firstPower + index);
  const inside = (factors: readonly number[], every: number) =>
    powers
      .filter((_, index) => index % every === 0)
      .flatMap((power) => factors.map((factor) => factor * 10 ** power))
      .filter((value) => value >= from && value <= to);
  const choices = [inside([1, 2, 5], 1), inside([1, 3], 1), inside([1], 1)];
  for (let every = 2; every <= powers.length; every += 1) choices.push(inside([1], every));
  const values = choices.find((choice) => choice.length <= most) ?? [];
  return { values, step: (value: number) => value };
}

/** The smallest number that is 1, 2 or 5 times a power of ten and no smaller than `atLeast`. */
export function niceStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(atLeast, Number.MIN_VALUE * 1e10)));
  const factor = [1, 2, 5].find((it) => it * power >= atLeast * (1 - 1e-9)) ?? 10;
  return factor * power;
}

const UNITS = [
  { from: 1e15, by: 1e15, sign: 'Q' },
  { from: 1e12, by: 1e12, sign: 'T' },
  { from: 1e9, by: 1e9, sign: 'B' },
  { from: 1e6, by: 1e6, sign: 'M' },
  { from: 1e4, by: 1e3, sign: 'K' },
] as const;

/** The shortest form of a number that still differs from its neighbour a `step` away: "950", "12.5K", "0.25". */
export function compact(value: number, step: number): string {
  const size = Math.abs(value);
  const unit = UNITS.find(({ from }) => size >= from) ?? { by: 1, sign: '' };
  const decimals = Math.min(6, Math.max(0, Math.ceil(-Math.log10(Math.abs(step) / unit.by) - 1e-9)));
  const digits = (size / unit.by).toFixed(decimals);
  return `${value < 0 && Number(digits) !== 0 ? '-' : ''}${digits}${unit.sign}`;
}

/** Cents as dollars on an axis, short: "$9800", from 10,000 on "$12.5K". */
export function compactDollars(cents: number, stepCents: number): string {
  const text = compact(Math.abs(cents) / 100, stepCents / 100);
  return `${cents < 0 && /[1-9]/.test(text) ? '-' : ''}$${text}`;
}

/** Works for any number of values: they are not spread into arguments. */
export function least(values: readonly number[]): number | undefined {
  return values.reduce<number | undefined>(
    (low, value) => (low === undefined || value < low ? value : low),
    undefined,
  );
}

export function greatest(values: readonly number[]): number | undefined {
  return values.reduce<number | undefined>(
    (high, value) => (high === undefined || value > high ? value : high),
    undefined,
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function clamped(share: number): number {
  return Math.min(1, Math.max(0, share));
}
