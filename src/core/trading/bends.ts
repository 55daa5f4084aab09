/** What bends a persona's rule for one episode: a fall (a loan, a great loss), a triumph (a great gain). */
export const BENDS = ['fall', 'triumph'] as const;
export type Bend = (typeof BENDS)[number];
