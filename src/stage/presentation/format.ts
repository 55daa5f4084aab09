/** Numbers as people read them. Pure; the locale is the text table's. */
import { BPS, QTY_SCALE } from '#core/vocabulary.ts';

export interface Format {
  /** `$10,123.45` */
  money(cents: number): string;
  /** `$5,000`, without cents. */
  wholeMoney(cents: number): string;
  /** `+$10.00`, `−$3.50` */
  gain(cents: number): string;
  /** `+1.2 %` from basis points. */
  change(bps: number): string;
  /** `34 %` from basis points, without a sign. */
  share(bps: number): string;
  /** Units of an instrument from ten-thousandths, without a sign: `12.3`. */
  quantity(qty: number): string;
  count(value: number): string;
  /** A plain number with at most two decimals: `0.55`, `−5.2`. */
  decimal(value: number): string;
}

/** Not broken from its number at the end of a line. */
const PERCENT = '\u00A0%';

export function formatFor(locale: string): Format {
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' });
  const whole = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: 0,
  });
  const change = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const quantity = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const signed = (value: number, text: string): string => (value < 0 ? `−${text}` : `+${text}`);
  return {
    money: (cents) => (cents < 0 ? `−${money.format(-cents / 100)}` : money.format(cents / 100)),
    wholeMoney: (cents) => whole.format(cents / 100),
    gain: (cents) => signed(cents, money.format(Math.abs(cents) / 100)),
    change: (bps) => signed(bps, `${change.format((Math.abs(bps) * 100) / BPS)}${PERCENT}`),
    share: (bps) => `${share.format((bps * 100) / BPS)}${PERCENT}`,
    quantity: (qty) => quantity.format(Math.abs(qty) / QTY_SCALE),
    count: (value) => count.format(value),
    decimal: (value) => (value < 0 ? `−${quantity.format(-value)}` : quantity.format(value)),
  };
}

/** A moment as Discord shows it in the reader's own words: "in 4 minutes". */
export function relativeTime(atMs: number): string {
  return `<t:${Math.round(atMs / 1000)}:R>`;
}

/** A day and a time of day, as the reader's own clock shows them. */
export function dateTime(atMs: number): string {
  return `<t:${Math.round(atMs / 1000)}:f>`;
}

export function colorNumber(hex: string): number {
  return Number.parseInt(hex.slice(1), 16);
}

export const arrow = (bps: number): string => (bps > 0 ? '▲' : bps < 0 ? '▼' : '▬');

const SPARKS = '▁▂▃▄▅▆▇█';

/** A curve as one line of text, scaled from its lowest to its highest value; a flat curve runs in the middle. */
export function sparkline(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values
    .map((value) => {
      const height = high === low ? 0.5 : (value - low) / (high - low);
      return SPARKS[Math.round(height * (SPARKS.length - 1))] ?? '';
    })
    .join('');
}
