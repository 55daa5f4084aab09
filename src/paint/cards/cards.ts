/** Every card as a draw list. Pure: the same view, sprites and font give the same list. */
import type { CardView } from '#show/ports/card-views.ts';
import { awardsPicture } from './awards.ts';
import { benchmarkPicture } from './benchmark.ts';
import { equityPicture, pricesPicture } from './curves.ts';
import { recapPicture } from './recap.ts';
import { traderPicture } from './trader.ts';
import type { Picture } from '../draw-list.ts';
import type { Kit } from '../kit.ts';
import { phrasesIn } from './phrases.ts';

export function cardPicture(view: CardView, plain: Kit): Picture {
  const say = phrasesIn(view.language);
  const kit = say ? { ...plain, say } : plain;
  switch (view.kind) {
    case 'prices':
      return pricesPicture(view, kit);
    case 'equity':
      return equityPicture(view, kit);
    case 'recap':
      return recapPicture(view, kit);
    case 'trader':
      return traderPicture(view, kit);
    case 'awards':
      return awardsPicture(view, kit);
    case 'benchmark':
      return benchmarkPicture(view, kit);
    default:
      return view satisfies never;
  }
}
