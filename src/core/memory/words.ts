/** Amounts as people say them: nobody on the floor counts, so code does. */

const SMALL =
  'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'no ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A whole number from 0 to 99 in words; others in digits. */
export function numberWords(count: number): string {
  if (count < 20) return SMALL[count] ?? String(count);
  const tens = TENS[Math.floor(count / 10)];
  if (count > 99 || tens === undefined) return String(count);
  return count % 10 === 0 ? tens : `${tens}-${SMALL[count % 10]}`;
}

/** `nine hundred dollars`, `four and a half thousand dollars`: rounded, unsigned. */
export function moneyWords(cents: number): string {
  const dollars = Math.abs(cents) / 100;
  if (dollars < 5) return 'next to nothing';
  if (dollars < 95) return `${numberWords(Math.round(dollars / 10) * 10)} dollars`;
  if (dollars < 950) return `${numberWords(Math.round(dollars / 100))} hundred dollars`;
  const halves = Math.round(dollars / 500);
  if (halves < 20) {
    const whole = Math.floor(halves / 2);
    if (halves % 2 === 0)
      return whole === 1 ? 'a thousand dollars' : `${numberWords(whole)} thousand dollars`;
    return `${numberWords(whole)} and a half thousand dollars`;
  }
  const thousands = Math.round(dollars / 1_000);
  return thousands > 99 ? 'a fortune' : `${numberWords(thousands)} thousand dollars`;
}

/** `four percent`: rounded, unsigned, at least one. */
export function percentWords(bps: number): string {
  return `${numberWords(Math.max(1, Math.round(Math.abs(bps) / 100)))} percent`;
}
