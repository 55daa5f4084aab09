/** A card as the picture of a message: the name of its file, and in words what it shows. */
import type { CardView, DealOutcome, EquityLine, RecapCard } from '#show/ports/card-views.ts';
import type { Picture } from '../message.ts';
import { instrumentName, type Wording } from '../wording.ts';

const ALT_MAX = 1_024;

export function cardPicture(card: CardView, png: Uint8Array, wording: Wording): Picture {
  return { name: cardFileName(card), bytes: png, alt: cardAlt(card, wording) };
}

export function cardFileName(card: CardView): string {
  switch (card.kind) {
    case 'prices':
    case 'equity':
    case 'recap':
      return `${card.kind}-${card.season}-${card.episode}.png`;
    case 'awards':
      return `awards-${card.season}.png`;
    case 'trader':
      return `trader-${card.trader.id}-${card.round}.png`;
    case 'benchmark':
      return 'benchmark.png';
    default:
      return card satisfies never;
  }
}

/** Who has what, in plain sentences. */
export function cardAlt(card: CardView, wording: Wording): string {
  return wording.plain(sentences(card, wording), ALT_MAX);
}

function sentences(card: CardView, wording: Wording): string {
  const { texts, format } = wording;
  const { cards } = texts;
  switch (card.kind) {
    case 'prices': {
      const points = card.series.flatMap((one) => one.points.map((point) => point.round));
      const lines = card.series.map(({ instrument, points: own }) => {
        const [first, last] = [own[0]?.priceCents ?? 0, own.at(-1)?.priceCents ?? 0];
        const bps = first === 0 ? 0 : Math.round(((last - first) * 10_000) / first);
        return cards.moved(instrumentName(instrument, texts), format.money(last), format.change(bps));
      });
      return cards.prices(
        points[0] ?? 0,
        points.at(-1) ?? 0,
        joined([...lines, chaos(card.chaosRounds, wording)]),
      );
    }
    case 'equity':
      return cards.equity(
        card.season,
        joined([
          ...card.traders.map((one) => equity(one, wording)),
          ...falls(card.traders, wording),
          chaos(card.chaosRounds, wording),
        ]),
      );
    case 'recap': {
      const lines = card.traders.map((one) =>
        cards.gained(one.name, format.gain(one.gainCents), format.change(one.gainBps)),
      );
      const deals = [
        card.best ? deal(card.best, cards.best, wording) : '',
        card.worst ? deal(card.worst, cards.worst, wording) : '',
      ];
      return cards.recap(
        card.episode,
        joined([
          ...lines,
          ...falls(card.traders, wording),
          chaos(card.chaosRounds, wording),
          ...card.traders.map((one) => chaosBill(one, wording)),
          ...card.traders.map((one) => byTwin(one, wording)),
          ...deals,
        ]),
      );
    }
    case 'awards':
      return cards.awards(
        card.season,
        joined(
          card.awards.map(({ award, trader, value }) =>
            cards.award(cards.awardNames[award], trader.name, measured(award, value, wording)),
          ),
        ),
      );
    case 'trader':
      return cards.trader(
        card.trader.name,
        card.trader.title,
        joined([equity(card.trader, wording), cards.hidden]),
      );
    case 'benchmark':
      return joined([card.title, card.subtitle]);
    default:
      return card satisfies never;
  }
}

const joined = (lines: readonly string[]): string => lines.filter((line) => line !== '').join(' ');

function equity(one: EquityLine, { texts, format }: Wording): string {
  return texts.cards.moved(
    one.name,
    format.money(one.points.at(-1)?.equityCents ?? 0),
    format.change(one.gainBps),
  );
}

function falls(traders: readonly EquityLine[], { texts }: Wording): string[] {
  return traders
    .filter((one) => one.bankruptRounds.length > 0)
    .map((one) => texts.cards.bankrupt(one.name, one.bankruptRounds.join(', ')));
}

function chaos(rounds: readonly number[], { texts }: Wording): string {
  return rounds.length === 0 ? '' : texts.cards.chaos(rounds.join(', '));
}

/** What chaos cost or made until the closing bell; nothing if the rounds without chaos are not known. */
function chaosBill(
  { name, points, calm }: RecapCard['traders'][number],
  { texts: { cards }, format }: Wording,
): string {
  const [real, without] = [points.at(-1)?.equityCents, calm?.at(-1)?.equityCents];
  if (real === undefined || without === undefined) return '';
  const sum = format.money(Math.abs(real - without));
  if (real === without) return cards.chaosSpared(name);
  return real < without ? cards.chaosCost(name, sum) : cards.chaosMade(name, sum);
}

/** What the script would have made of the same episode; nothing where that is not known. */
function byTwin({ name, points, twin }: RecapCard['traders'][number], { texts, format }: Wording): string {
  const [opening, closing] = [points[0]?.equityCents, twin?.at(-1)?.equityCents];
  if (opening === undefined || closing === undefined) return '';
  return texts.cards.twinMade(name, format.gain(closing - opening));
}

function deal(
  outcome: DealOutcome,
  say: (name: string, what: string, gain: string) => string,
  { texts, format }: Wording,
): string {
  const { trader, trade, left } = outcome;
  const what = left
    ? texts.story.outOf[left.was](instrumentName(left.instrument, texts))
    : instrumentName(trade, texts);
  return say(trader.name, what, format.gain(outcome.gainCents));
}

function measured(award: string, value: number, { format }: Wording): string {
  if (award === 'most_money') return format.money(value);
  if (award === 'deepest_fall') return format.change(-value);
  return award === 'most_hypocritical' ? format.share(value) : format.count(value);
}
