/** Paints cards under messages. Asked for again, the same card is painted once. */
import type { CardView, Log, Painter } from '#show/ports.ts';
import type { MessageBody } from './message.ts';
import { cardPicture } from './presentation/card-picture.ts';
import type { Wording } from './presentation/wording.ts';
import { describeError } from './redact.ts';

const PAINT_LIMIT_MS = 20_000;
/** A trader's cards, the season's chart, the market's: those that are asked for at the same time. */
const KEPT = 12;
/** Who asks later waits again: a process may hold hundreds of servers, each with a dozen pictures that nobody looks at. */
const KEPT_MS = 60_000;

export class CardPainter {
  readonly #parts: { painter: Painter; log: Log };
  readonly #painted = new Map<string, Promise<Uint8Array>>();

  constructor(parts: { painter: Painter; log: Log }) {
    this.#parts = parts;
  }

  /** The message with the card under it, or the message alone when the card cannot be painted. */
  async under(
    body: MessageBody,
    card: CardView,
    wording: Wording,
    signal?: AbortSignal,
  ): Promise<MessageBody> {
    const seen = JSON.stringify(card);
    try {
      return { ...body, picture: cardPicture(card, await this.#paint(seen, card, signal), wording) };
    } catch (error) {
      this.#painted.delete(seen);
      this.#parts.log.warn(
        { card: card.kind, ...describeError(error) },
        'a card could not be painted; its words stand alone',
      );
      return body;
    }
  }

  #paint(seen: string, card: CardView, signal?: AbortSignal): Promise<Uint8Array> {
    const known = this.#painted.get(seen);
    if (known) return known;
    const limits = [AbortSignal.timeout(PAINT_LIMIT_MS), ...(signal ? [signal] : [])];
    const png = this.#parts.painter.card(card, AbortSignal.any(limits));
    this.#painted.set(seen, png);
    setTimeout(() => {
      if (this.#painted.get(seen) === png) this.#painted.delete(seen);
    }, KEPT_MS).unref();
    if (this.#painted.size > KEPT) this.#painted.delete(this.#painted.keys().next().value ?? '');
    return png;
  }
}
