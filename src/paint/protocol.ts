/** What the painter and its worker process tell each other. */
import type { Office } from '#core/content.ts';
import type { CardView } from '#show/ports/card-views.ts';
import type { FloorView } from '#show/ports/painter.ts';

/** The first message to a worker: what is the same for all of its pictures. */
export interface PaintConfig {
  office: Office;
  spritesDir: string;
  /** Sprite ids of the cast. */
  people: string[];
}

export type PaintRequest =
  | { kind: 'floor'; view: FloorView }
  /** The floor in motion. */
  | { kind: 'round'; view: FloorView }
  | { kind: 'card'; view: CardView }
  | { kind: 'portrait'; sprite: string; color: string };

/** Every later message. */
export interface PaintJob {
  id: number;
  request: PaintRequest;
}

export type PaintResult = { id: number; picture: Uint8Array } | { id: number; error: string };
