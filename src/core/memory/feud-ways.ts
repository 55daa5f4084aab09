/** What a trader does about the room of somebody it has a feud with. */
export const FEUD_WAYS = ['seek', 'shun'] as const;
export type FeudWay = (typeof FEUD_WAYS)[number];
