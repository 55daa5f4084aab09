/** Whether feuds and alliances show in who is in one room. */
import type { TraderId } from '#core/vocabulary.ts';
import { shareOf, type Share } from './share.ts';
import type { StoryTurn } from './transcript.ts';

/** Of the turns of each trader and every other one: those in one room, by what is between them, as the first of the two sees it. */
export interface Together {
  unbound: Share;
  feudShun: Share;
  feudSeek: Share;
  alliance: Share;
}

export function together(turns: readonly StoryTurn[], traders: readonly TraderId[]): Together {
  const pairs = turns.flatMap(({ trader, heardBy, bonds }) =>
    traders
      .filter((other) => other !== trader)
      .map((other) => {
        const bond = bonds.find((each) => each.trader === other);
        const what = bond === undefined ? 'unbound' : bond.kind === 'alliance' ? 'alliance' : bond.way;
        return { what, near: heardBy.includes(other) };
      }),
  );
  const share = (what: (typeof pairs)[number]['what']): Share =>
    shareOf(
      pairs.filter((pair) => pair.what === what),
      ({ near }) => near,
    );
  return {
    unbound: share('unbound'),
    feudShun: share('shun'),
    feudSeek: share('seek'),
    alliance: share('alliance'),
  };
}
