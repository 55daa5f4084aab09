/** How well floors can be read: where bubbles are, how long their tails are, what covers the names. Counted over many views. */
import type { Office } from '#core/content.ts';
import type { FloorView } from '#show/ports/painter.ts';
import { overlaps, within, type Op } from '#paint/draw-list.ts';
import type { Kit } from '#paint/kit.ts';
import { lengthOf, withShadow } from '#paint/scenes/bubble-geometry.ts';
import { TAIL_MAX } from '#paint/scenes/bubbles.ts';
import { roomBox } from '#paint/scenes/figures.ts';
import { signsOf, stillStaging, surroundingsOf } from '#paint/scenes/map-scene.ts';
import { nameTagOps, nameTags } from '#paint/scenes/name-tags.ts';
import { filmedLines, reachOf } from '#paint/scenes/speech-scene.ts';
import { floorPicture } from '#paint/scenes/scene.ts';
import { plainText } from '#paint/text.ts';
import { extent } from './chart-extent.ts';

export interface Legibility {
  lines: number;
  /** Lines without a bubble in a still: earlier ones of a room that is full of words. */
  leftOutOfStills: number;
  cutInStills: number;
  cutInFilms: number;
  /** Lines without a bubble in a film. */
  wordless: number;
  /** Bubbles that reach into another room, or farther into the corridor than its edge. */
  elsewhere: number;
  /** Bubbles that lean out of their room at all. */
  leaning: number;
  longTails: number;
  tags: number;
  /** Name tags that are partly hidden by something that is drawn later. */
  coveredTags: number;
  cutNames: number;
}

export function legibilityOf(views: readonly FloorView[], office: Office, kit: Kit): Legibility {
  const found: Legibility = {
    lines: 0,
    leftOutOfStills: 0,
    cutInStills: 0,
    cutInFilms: 0,
    wordless: 0,
    elsewhere: 0,
    leaning: 0,
    longTails: 0,
    tags: 0,
    coveredTags: 0,
    cutNames: 0,
  };
  for (const view of views) {
    const { people, said } = stillStaging(view, office, kit);
    const filmed = filmedLines(people, office, surroundingsOf(people, office, kit), kit);
    const speakers = people.filter(({ trader }) => trader.line !== null && trader.line !== '');
    found.lines += speakers.length;
    found.leftOutOfStills += speakers.length - said.length;
    found.wordless += speakers.length - filmed.length;
    found.cutInStills += said.filter(({ bubble }) => bubble.share < 1).length;
    found.cutInFilms += filmed.filter(({ bubble }) => bubble.share < 1).length;
    for (const { trader, bubble } of [...said, ...filmed]) {
      const room = people.find((one) => one.trader.id === trader)?.room;
      if (!room) continue;
      const box = withShadow(bubble.box);
      const strangers = office.rooms.filter((other) => other !== room);
      const away = !within(box, reachOf(room, office));
      if (away || strangers.some((other) => overlaps(box, roomBox(other)))) found.elsewhere += 1;
      if (!within(box, roomBox(room))) found.leaning += 1;
      if (lengthOf(bubble.tail) > TAIL_MAX) found.longTails += 1;
    }
    const { ops } = floorPicture(view, office, kit);
    const tags = nameTags(people, signsOf(office, kit), kit);
    found.tags += tags.length;
    for (const tag of tags) {
      if (tag.name !== plainText(tag.figure.trader.name, kit.covers)) found.cutNames += 1;
      const own = nameTagOps(tag);
      const first = JSON.stringify(own[0]);
      const at = ops.findIndex((op: Op) => JSON.stringify(op) === first);
      // Every text lies on a ground, and the ground is checked.
      const later = ops.slice(at + own.length).filter(({ op }) => op !== 'text');
      if (later.some((op) => overlaps(extent(op), tag.box))) found.coveredTags += 1;
    }
  }
  return found;
}
