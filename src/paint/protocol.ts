/** What the painter and its worker process tell each other. */
import type { Office } from '#core/content.ts';
import type { CardView, FloorView } from '#show/ports/ports.ts';

/** What a worker needs before its first picture. */
export interface Studio {
  office: Office;
  spritesDir: string;
  /** Sprite ids of the cast. */
  people: string[];
}

export type Wish =
  | { kind: 'floor'; view: FloorView }
  /** The floor in motion. */
  | { kind: 'round'; view: FloorView }
  | { kind: 'card'; view: CardView }
  | { kind: 'portrait'; sprite: string; color: string };

export interface Commission {
  id: number;
  studio: Studio;
  wish: Wish;
}

export type Delivery = { id: number; picture: Uint8Array } | { id: number; error: string };
