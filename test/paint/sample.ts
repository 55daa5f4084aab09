/** One fixed view of the floor, for pictures and draw lists. */
import { regimeOf } from '#core/market.ts';
import type { FloorView } from '#show/ports/painter.ts';
import { content } from '#test/support/floor.ts';

export function sampleView(changes: Partial<FloorView> = {}): FloorView {
  return {
    round: 41,
    season: 1,
    episode: 3,
    phase: 'episode',
    roundsLeft: 7,
    phaseRounds: 24,
    regime: regime('crypto-frenzy'),
    headline: {
      text: 'Meme coin named after a sandwich overtakes the GDP of a small nation',
      source: 'wire',
    },
    prices: [
      {
        instrument: 'Tech',
        priceCents: 10_421,
        roundBps: 120,
        episodeBps: 310,
        curveCents: curveTo(10_108, 10_421),
      },
      {
        instrument: 'Crypto',
        priceCents: 13_377,
        roundBps: 840,
        episodeBps: 2_410,
        curveCents: curveTo(10_779, 13_377),
      },
      {
        instrument: 'Bonds',
        priceCents: 9_812,
        roundBps: -45,
        episodeBps: -130,
        curveCents: curveTo(9_941, 9_812),
      },
    ],
    traders: [
      trader(
        'alex',
        'Alex',
        '#e69f00',
        'coffee-shop',
        1_412_000,
        2_310,
        'Number go up! I can hear colours!',
        'Crypto',
      ),
      trader(
        'alice',
        'Alice',
        '#0072b2',
        'startup-offices',
        1_004_250,
        40,
        'My model gives this rally four rounds. It also likes Tech.',
        'Tech',
      ),
      {
        ...trader(
          'mike',
          'Mike',
          '#cc79a7',
          'news-room',
          702_100,
          -940,
          'It is on the news so it is true. SELL! No, buy! No, SELL!',
          null,
        ),
        cameFrom: 'vc-office',
        bailouts: 1,
      },
      trader(
        'sarah',
        'Sarah',
        '#009e73',
        'vc-office',
        1_070_000,
        -120,
        'Alex, sweetheart, I have already ordered your flowers. Cheap ones.',
        'Bonds',
      ),
    ],
    tape: ['Alice > Tech Half', 'Alex > Crypto AllIn', 'Mike: MARGIN CALL', 'Sarah > Bonds Small'],
    pool: null,
    ...changes,
  };
}

export function regime(named: string): FloorView['regime'] {
  const { id, name, color, weather, papersFly } = regimeOf(content.market, named);
  return { id, name, color, weather, papersFly };
}

function curveTo(openCents: number, nowCents: number): number[] {
  return Array.from({ length: 13 }, (_, index) =>
    index === 12
      ? nowCents
      : Math.round(openCents + ((nowCents - openCents) * index) / 12 + ((index * 5) % 7) * 30),
  );
}

function trader(
  id: string,
  name: string,
  color: string,
  room: string,
  equityCents: number,
  episodeBps: number,
  line: string | null,
  trade: string | null,
): FloorView['traders'][number] {
  const opening = equityCents / (1 + episodeBps / 10_000);
  const curveCents = Array.from({ length: 12 }, (_, index) =>
    Math.round(opening + ((equityCents - opening) * index) / 12 + (index % 3) * 9_000),
  );
  return {
    id,
    name,
    color,
    sprite: id,
    room,
    cameFrom: null,
    heading: room,
    standing: 'trading',
    bailouts: 0,
    equityCents,
    episodeGainCents: Math.round(equityCents - opening),
    episodeBps,
    curveCents,
    line,
    lineOrder: line === null ? null : ['alice', 'sarah', 'mike', 'alex'].indexOf(id),
    trade,
  };
}

/** The same floor with bets open: nobody has backed Mike yet, Sarah waits for a bailout. */
export function intermissionView(changes: Partial<FloorView> = {}): FloorView {
  const view = sampleView();
  return {
    ...view,
    phase: 'intermission',
    roundsLeft: 2,
    phaseRounds: 3,
    headline: null,
    traders: view.traders.map((one) => (one.id === 'sarah' ? { ...one, standing: 'intern' } : one)),
    pool: {
      staysOpen: true,
      episode: 4,
      potChips: 1_250,
      odds: [
        { trader: 'alex', shareBps: 6_400, per100: 148 },
        { trader: 'alice', shareBps: 3_600, per100: 245 },
        { trader: 'mike', shareBps: 0, per100: 1_350 },
      ],
    },
    ...changes,
  };
}
