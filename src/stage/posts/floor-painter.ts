/** Paints the floor: a round as it went, or the floor as it is now. If it cannot be painted, words take its place. */
import type { Log } from '#show/ports/clock.ts';
import type { FloorView, Painter } from '#show/ports/painter.ts';
import type { Show } from '#show/show.ts';
import { shownLate } from '#show/views/floor-view.ts';
import { pictureMode } from '#show/views/picture-mode.ts';
import { KeptPictures } from './kept-pictures.ts';
import type { MessageBody } from '../presentation/message.ts';
import { floorPicture, floorText } from '../presentation/posts/floor.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError } from '#lib/redact.ts';

const PAINT_LIMIT_MS = 20_000;
/** How many pictures are kept: only the floor as it is now, since nobody asks for an earlier one. */
const KEPT = 1;
/** A server without boosts accepts 10 MiB, and the request holds more than the file. */
const ATTACHMENT_MAX_BYTES = 8 * 1024 * 1024;

export class FloorPainter {
  readonly #deps: { show: Show; painter: Painter; log: Log };
  readonly #pictures = new KeptPictures(KEPT);

  constructor(deps: { show: Show; painter: Painter; log: Log }) {
    this.#deps = deps;
  }

  /** The floor as it is now, for whoever asks. A floor that is asked for twice is painted once. */
  async now(wording: Wording): Promise<MessageBody> {
    const { show, painter } = this.#deps;
    const view = inLanguage(show.floorView(), wording);
    const paint = () => painter.floor(view, AbortSignal.timeout(PAINT_LIMIT_MS));
    return await this.#still(view, wording, () => this.#pictures.of(view, paint));
  }

  /** The round as a moving picture; as a still if the show wants that, or it fails or is too large; in words if nothing can be painted. */
  async round(taken: FloorView, wording: Wording, signal: AbortSignal): Promise<MessageBody> {
    const { show, painter, log } = this.#deps;
    const view = inLanguage(shownLate(taken, show.audience.pool()), wording);
    const limit = () => AbortSignal.any([signal, AbortSignal.timeout(PAINT_LIMIT_MS)]);
    const { round } = view;
    const still = () => this.#still(view, wording, () => painter.floor(view, limit()));
    if (pictureMode(show.keyValues) === 'still') return await still();
    try {
      const gif = await painter.round(view, limit());
      if (gif.length <= ATTACHMENT_MAX_BYTES) return floorPicture(view, gif, wording, 'gif');
      log.warn({ round, bytes: gif.length }, 'the moving floor is too large; it is shown as a still');
    } catch (error) {
      log.warn(
        { round, ...describeError(error) },
        'the moving floor could not be painted; it is shown as a still',
      );
    }
    return await still();
  }

  async #still(view: FloorView, wording: Wording, paint: () => Promise<Uint8Array>): Promise<MessageBody> {
    try {
      return floorPicture(view, await paint(), wording);
    } catch (error) {
      this.#deps.log.warn(
        { round: view.round, ...describeError(error) },
        'the floor could not be painted; it is shown as text',
      );
      return floorText(view, wording);
    }
  }
}

/** What is written on the picture is in the guild's language, the news included; lines stay as they were said. */
function inLanguage(view: FloorView, { texts, ...wording }: Wording): FloorView {
  const { headline, regime } = view;
  return {
    ...view,
    regime: { ...regime, name: wording.known(regime.name) },
    language: texts.locale,
    headline: headline && { ...headline, text: wording.headline(headline.text) },
  };
}
