/** Paints cards under messages. A card that is asked for again is painted only once. */
import type { CardView } from '#show/ports/card-views.ts';
import type { Log } from '#show/ports/clock.ts';
import type { Painter } from '#show/ports/painter.ts';
import { KeptPictures } from './kept-pictures.ts';
import type { MessageBody } from '../presentation/message.ts';
import { cardPicture } from '../presentation/posts/card-picture.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError } from '#lib/redact.ts';

const PAINT_LIMIT_MS = 20_000;
/** How many cards are kept: traders' cards and the charts of season and market that are asked for at about the same time. */
const KEPT = 12;

export class CardPainter {
  readonly #deps: { painter: Painter; log: Log };
  readonly #pictures = new KeptPictures(KEPT);

  constructor(deps: { painter: Painter; log: Log }) {
    this.#deps = deps;
  }

  /** The message with the card under it, or only the message when the card cannot be painted. */
  async under(
    body: MessageBody,
    card: CardView,
    wording: Wording,
    signal?: AbortSignal,
  ): Promise<MessageBody> {
    try {
      const worded = inLanguage(card, wording);
      const png = await this.#pictures.of(worded, () => this.#paint(worded, signal));
      return { ...body, picture: cardPicture(worded, png, wording) };
    } catch (error) {
      this.#deps.log.warn(
        { card: card.kind, ...describeError(error) },
        'a card could not be painted; its words are shown without it',
      );
      return body;
    }
  }

  #paint(card: CardView, signal?: AbortSignal): Promise<Uint8Array> {
    const limits = [AbortSignal.timeout(PAINT_LIMIT_MS), ...(signal ? [signal] : [])];
    return this.#deps.painter.card(card, AbortSignal.any(limits));
  }
}

/** The content's own names too: regimes under a curve, a trader's title. */
function inLanguage(card: CardView, wording: Wording): CardView {
  const language = wording.texts.locale;
  if (card.kind === 'trader')
    return { ...card, language, trader: { ...card.trader, title: wording.known(card.trader.title) } };
  if (!('regimes' in card)) return { ...card, language };
  const regimes = card.regimes.map((stretch) => ({ ...stretch, name: wording.known(stretch.name) }));
  return { ...card, language, regimes };
}
