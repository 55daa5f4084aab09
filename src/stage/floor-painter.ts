/** Paints the floor as it is now for whoever asks. Asked for twice, the same floor is painted once. */
import type { Log, Painter } from '#show/ports.ts';
import type { Show } from '#show/show.ts';
import type { MessageBody } from './message.ts';
import { floorPicture, floorText } from './presentation/floor.ts';
import type { Wording } from './presentation/wording.ts';
import { describeError } from './redact.ts';

const PAINT_LIMIT_MS = 20_000;

export class FloorPainter {
  readonly #parts: { show: Show; painter: Painter; log: Log };
  #last: { seen: string; png: Promise<Uint8Array> } | null = null;

  constructor(parts: { show: Show; painter: Painter; log: Log }) {
    this.#parts = parts;
  }

  /** A picture, or words when it cannot be painted. */
  async paint(wording: Wording): Promise<MessageBody> {
    const { show, painter, log } = this.#parts;
    const view = show.floorView();
    const seen = JSON.stringify(view);
    if (this.#last?.seen !== seen)
      this.#last = { seen, png: painter.floor(view, AbortSignal.timeout(PAINT_LIMIT_MS)) };
    try {
      return floorPicture(view, await this.#last.png, wording);
    } catch (error) {
      this.#last = null;
      log.warn(
        { round: view.round, ...describeError(error) },
        'the floor could not be painted; it is shown as text',
      );
      return floorText(view, wording);
    }
  }
}
