/**
 * Name tags: under everybody's feet, in the trader's colour, with what was just traded beside the name. A tag covers no
 * face, no sign and no other tag: in a crowd it moves a little, then it drops what was traded, then the end of the name.
 */
import { INK, PAPER, inkOn } from '../colors.ts';
import { overlaps, within, type Op, type Rect } from '../draw-list.ts';
import type { Kit } from '../kit.ts';
import { CAPITAL, MAP, TAG_HEIGHT } from '../layout.ts';
import { bodyOf, roomBox, type Figure } from './figures.ts';
import { fit, plainText } from '../text.ts';

export interface NameTag {
  box: Rect;
  figure: Figure;
  /** As much of it as there is room for. */
  name: string;
  /** Whether the instrument that was just traded is beside it. */
  traded: boolean;
}

/** The border and the air on both sides of the name. */
const PADDING = 5;
/** What the instrument adds. */
const ICON_WIDTH = TAG_HEIGHT - 1;
/** No tag gets narrower than this. If that does not help, tags may cover each other. */
const NARROWEST = 18;
/** How wide tags may be, tried in turn: in a crowd all get narrower. */
const WIDTHS = [Number.POSITIVE_INFINITY, 36, 30, 26, 22, NARROWEST] as const;
/** How far a tag may move aside from its place under the feet. */
const ASIDE_MAX = 26;
/** How far it may move down. A negative number puts it over the trader's legs. */
const LOWER = [0, 3, 6, 9, 12, -9, -12] as const;

/** One unit of cost is as bad as one pixel away from the place under the feet. */
const LOWER_COST = 1.5;
const NO_ICON_COST = 14;
const CUT_COST = 3;
const ON_BODY_COST = 1;
const COVERED_COST = 10_000;

type Lettering = Pick<NameTag, 'name' | 'traded'>;

/** One tag for each figure, in the same order. */
export function nameTags(
  figures: readonly Figure[],
  signs: readonly Rect[],
  kit: Pick<Kit, 'measure' | 'covers'>,
): NameTag[] {
  const orders = [
    figures,
    figures.toSorted((a, b) => a.feet.x - b.feet.x),
    figures.toSorted((a, b) => b.feet.x - a.feet.x),
  ];
  let best: { cost: number; tags: NameTag[] } | null = null;
  for (const width of WIDTHS) {
    for (const order of orders) {
      const outcome = hung(order, width, signs, kit);
      if (!best || outcome.cost < best.cost) best = outcome;
      if (outcome.cost === 0) break;
    }
    if (best && best.cost < COVERED_COST) break;
  }
  const tags = best?.tags ?? [];
  return figures.flatMap((figure) => tags.find((tag) => tag.figure === figure) ?? []);
}

/** The tags of one order: each keeps off those before it. */
function hung(
  order: readonly Figure[],
  width: number,
  signs: readonly Rect[],
  kit: Pick<Kit, 'measure' | 'covers'>,
): { cost: number; tags: NameTag[] } {
  const standing = order.filter(({ walking }) => walking === null);
  const tags: NameTag[] = order.flatMap((figure) => (figure.walking ? [walkingTag(figure, kit)] : []));
  const taken = [...signs, ...standing.map(({ face }) => face)];
  let total = 0;
  for (const figure of standing) {
    const bodies = standing.filter((other) => other !== figure).map(bodyOf);
    const best = bestTag(figure, width, taken, bodies, kit);
    if (!best) continue;
    total += best.cost;
    tags.push(best.tag);
    taken.push(best.tag.box);
  }
  return { cost: total, tags };
}

function bestTag(
  figure: Figure,
  width: number,
  taken: readonly Rect[],
  bodies: readonly Rect[],
  kit: Pick<Kit, 'measure' | 'covers'>,
): { cost: number; tag: NameTag } | null {
  const area = roomBox(figure.room);
  let best: { cost: number; tag: NameTag } | null = null;
  for (const { lettering, cost } of letterings(figure, Math.min(width, area.w), kit)) {
    if (best && best.cost <= cost) break;
    const w = kit.measure(lettering.name) + PADDING + (lettering.traded ? ICON_WIDTH : 0);
    const under = Math.round(figure.feet.x - w / 2);
    for (let aside = 0; aside <= ASIDE_MAX; aside += 1) {
      if (best && best.cost <= cost + aside) break;
      for (const x of aside === 0 ? [under] : [under - aside, under + aside]) {
        for (const lower of LOWER) {
          const box = { x, y: figure.feet.y + 1 + lower, w, h: TAG_HEIGHT };
          if (!within(box, area)) continue;
          const total =
            cost +
            aside +
            Math.abs(lower) * LOWER_COST +
            bodies.filter((body) => overlaps(body, box)).length * ON_BODY_COST +
            (taken.some((other) => overlaps(other, box)) ? COVERED_COST : 0);
          if (!best || total < best.cost) best = { cost: total, tag: { figure, box, ...lettering } };
        }
      }
    }
  }
  return best;
}

/** What may stand on the tag and its cost, the best first: the whole name with what was traded. */
function letterings(
  { trader }: Figure,
  tagWidth: number,
  kit: Pick<Kit, 'measure' | 'covers'>,
): { lettering: Lettering; cost: number }[] {
  const whole = plainText(trader.name, kit.covers);
  const widest = Math.min(kit.measure(whole), tagWidth - PADDING);
  const iconFits = trader.trade !== null && widest + PADDING + ICON_WIDTH <= tagWidth;
  const name = fit(whole, widest, kit.measure);
  const found = [
    ...(iconFits ? [{ lettering: { name, traded: true }, cost: 0 }] : []),
    { lettering: { name, traded: false }, cost: trader.trade === null ? 0 : NO_ICON_COST },
  ];
  for (let shorter = widest - 3; shorter >= NARROWEST - PADDING; shorter -= 3) {
    const cost = NO_ICON_COST + (widest - shorter) * CUT_COST;
    found.push({ lettering: { name: fit(whole, shorter, kit.measure), traded: false }, cost });
  }
  return found;
}

/** A walker is gone in a moment, so its tag may pass over anything. */
function walkingTag(figure: Figure, kit: Pick<Kit, 'measure' | 'covers'>): NameTag {
  const { feet, trader } = figure;
  const name = fit(plainText(trader.name, kit.covers), MAP.w / 4, kit.measure);
  const traded = trader.trade !== null;
  const w = kit.measure(name) + PADDING + (traded ? ICON_WIDTH : 0);
  const x = Math.min(Math.max(Math.round(feet.x - w / 2), MAP.x + 1), MAP.x + MAP.w - w - 1);
  return { figure, name, traded, box: { x, y: feet.y + 1, w, h: TAG_HEIGHT } };
}

export function nameTagOps({ box, figure: { trader }, name, traded }: NameTag): Op[] {
  const nameWidth = box.w - (traded ? ICON_WIDTH : 0);
  const icon = { x: box.x + nameWidth, y: box.y + 1 };
  return [
    { op: 'rect', ...box, color: INK },
    { op: 'rect', x: box.x + 1, y: box.y + 1, w: nameWidth - 2, h: TAG_HEIGHT - 2, color: trader.color },
    {
      op: 'text',
      x: box.x + 3,
      y: box.y + Math.floor((TAG_HEIGHT - CAPITAL) / 2),
      text: name,
      color: inkOn(trader.color),
    },
    ...(traded
      ? [
          { op: 'rect' as const, ...icon, w: 7, h: 7, color: PAPER },
          { op: 'sprite' as const, sprite: `icons/${trader.trade}`, ...icon },
        ]
      : []),
  ];
}
