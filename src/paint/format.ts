/** Numbers as the picture shows them: short, the same in every locale. */

/** "$10,700"; from a million up "$1.23M". Whole dollars, rounded. */
export function dollars(cents: number): string {
  const whole = Math.round(Math.abs(cents) / 100);
  const sign = cents < 0 && whole > 0 ? '-' : '';
  return `${sign}$${whole >= 1_000_000 ? `${(whole / 1_000_000).toFixed(2)}M` : grouped(whole)}`;
}

/** "+$2,143", "-$98"; from ten thousand up "+$12.3K", from a million up "+$1.23M". Without a sign when it rounds to zero. */
export function gain(cents: number): string {
  const whole = Math.round(Math.abs(cents) / 100);
  const sign = whole === 0 ? '' : cents < 0 ? '-' : '+';
  if (whole < 10_000 || whole >= 999_950) return `${sign}${dollars(Math.abs(cents))}`;
  return `${sign}$${(whole / 1_000).toFixed(1)}K`;
}

/** "+$616", "+$2.1K", "-$12K", "+$1.2M": in at most six characters below a hundred million. */
export function shortGain(cents: number): string {
  const whole = Math.round(Math.abs(cents) / 100);
  if (whole < 1_000) return gain(cents);
  const [value, unit] = whole < 999_500 ? [whole / 1_000, 'K'] : [whole / 1_000_000, 'M'];
  return `${cents < 0 ? '-' : '+'}$${value < 9.95 ? value.toFixed(1) : Math.round(value)}${unit}`;
}

/** A price in at most five characters up to 10,000: "98.12", "104.2", "1,042"; then in thousands, "12.3K". */
export function price(cents: number): string {
  if (cents >= 999_950) return `${(cents / 100_000).toFixed(1)}K`;
  if (cents >= 99_995) return grouped(Math.round(cents / 100));
  return (cents / 100).toFixed(cents >= 9_999.5 ? 1 : 2);
}

/** "+1.2%"; from 100% up without the decimal, without a sign when it rounds to zero. */
export function percent(bps: number): string {
  const value = Math.abs(bps) / 100;
  const text = value >= 100 ? String(Math.round(value)) : value.toFixed(1);
  const sign = text === '0.0' ? '' : bps < 0 ? '-' : '+';
  return `${sign}${text}%`;
}

/** "-17%", where there is no room for more. */
export function wholePercent(bps: number): string {
  const value = Math.round(Math.abs(bps) / 100);
  return `${value === 0 ? '' : bps < 0 ? '-' : '+'}${value}%`;
}

/** "12,345". */
export function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
