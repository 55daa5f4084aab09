/** The whole picture as a draw list. Pure: the same view, office, sprites and font give the same list. */
import { INK } from '../colors.ts';
import type { Office } from '#core/content.ts';
import type { FloorView } from '#show/ports/painter.ts';
import type { Kit } from '../kit.ts';
import { dashboardOps } from './dashboard-scene.ts';
import type { Picture } from '../draw-list.ts';
import { FRAME } from '../layout.ts';
import { mapOps, stillStaging, type Staging } from './map-scene.ts';

const BACKDROP_PINK = '#ff9ebb';
const GREY_SPREAD = 24;

/** Without a staging it is the still: everybody in place, the lines in their bubbles. */
export function floorPicture(
  view: FloorView,
  office: Office,
  kit: Kit,
  staging: Staging = stillStaging(view, office, kit),
): Picture {
  return {
    ...FRAME,
    ops: [
      // The whole wall has the regime's colour, so a crash is seen before a word is read.
      { op: 'rect', x: 0, y: 0, w: FRAME.width, h: FRAME.height, color: backdrop(view.regime.color) },
      ...mapOps(view, office, kit, staging),
      ...dashboardOps(view, kit, staging.flash),
    ],
  };
}

/** In a grey regime the wall is pink: a dull market is no reason for a dull picture. */
function backdrop(regimeColor: string): string {
  const value = Number.parseInt(regimeColor.slice(1), 16);
  const channels = [value >> 16, (value >> 8) & 255, value & 255];
  return Math.max(...channels) - Math.min(...channels) < GREY_SPREAD ? BACKDROP_PINK : regimeColor;
}

/** A trader's head and shoulders on its colour, 128 x 128: the picture beside its name. */
export function portraitPicture(sprite: string, color: string): Picture {
  const side = 64;
  const border = 5;
  return {
    width: side,
    height: side,
    scale: 2,
    ops: [
      { op: 'rect', x: 0, y: 0, w: side, h: side, color: INK },
      { op: 'rect', x: border, y: border, w: side - 2 * border, h: side - 2 * border, color },
      {
        op: 'sprite',
        sprite: `${sprite}/stand`,
        x: border,
        y: border,
        from: { x: 1, y: 0, w: 18, h: 18 },
        scale: 3,
      },
    ],
  };
}
