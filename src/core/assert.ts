/** Throws when the caller broke the show's order: a programmer's error, never a member's. */
export function assertThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`the show's order is broken: ${message}`);
}
