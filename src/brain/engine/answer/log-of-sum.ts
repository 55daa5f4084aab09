/** The natural logarithm of the sum of numbers that are given by their logarithms. */
export function logOfSum(logarithms: readonly number[]): number {
  const most = Math.max(...logarithms);
  if (!Number.isFinite(most)) return most;
  return most + Math.log(logarithms.reduce((sum, each) => sum + Math.exp(each - most), 0));
}
