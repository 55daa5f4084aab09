/** The market's mood in the office: the sky in the windows shows the time of day and the regime's weather; papers may fly. */
import { INK, PAPER } from '../colors.ts';
import type { Weather } from '#core/content.ts';
import type { FloorView } from '#show/ports/painter.ts';
import type { Op, Rect } from '../draw-list.ts';
import { MAP } from '../layout.ts';

const SKYLINE = '#2b2d42';
const LIT = '#ffd23f';
const HEIGHTS = [3, 5, 2, 6, 4];
const PAPERS = 16;
const PAPER_SHADE = '#cfd3dc';

/** From the opening bell to the closing bell: morning, day, afternoon, dusk. */
const DAY = ['#ffc98b', '#8fd3ff', '#63b8ff', '#7cc4ff', '#ffb35c', '#b56576'] as const;
const NIGHT = '#1b1f3b';
const OVERCAST = '#8d99ae';
const STORM = '#3d405b';

/** Night while the market is shut, morning in a premiere; otherwise from morning (0) to dusk (1) as the episode's rounds go by. */
export function timeOfDay({ phase, phaseRounds, roundsLeft }: FloorView): number | 'night' {
  if (phase === 'premiere') return 0;
  if (phase === 'intermission') return 'night';
  return Math.min(1, Math.max(0, 1 - roundsLeft / Math.max(1, phaseRounds)));
}

/** What is seen through a window. `tick` moves what falls. */
export function windowOps(view: FloorView, box: Rect, tick: number): Op[] {
  const time = timeOfDay(view);
  const { weather } = view.regime;
  const night = time === 'night';
  const sky = night ? NIGHT : weather === 'storm' ? STORM : dayColor(time, weather);
  return [
    { op: 'rect', ...box, color: sky },
    ...(night
      ? stars(box)
      : weather === 'clear' || weather === 'confetti'
        ? sun(box, time)
        : clouds(box, tick)),
    ...skyline(box, night || weather === 'storm' || time > 0.8),
    ...falling(box, weather, tick),
  ];
}

function dayColor(time: number, weather: Weather): string {
  if (weather === 'cloudy' || weather === 'rain' || weather === 'snow') {
    if (time > 0.15 && time < 0.8) return OVERCAST;
  }
  return DAY[Math.min(DAY.length - 1, Math.floor(time * DAY.length))] ?? DAY[0];
}

/** Rises at the left, stands high at noon, sets at the right. */
function sun(box: Rect, time: number): Op[] {
  const x = box.x + 1 + Math.round(time * (box.w - 4));
  const y = box.y + Math.round(Math.abs(time - 0.5) * 2 * (box.h - 7)) + 1;
  return [
    { op: 'rect', x, y, w: 3, h: 3, color: LIT },
    { op: 'rect', x: x + 1, y: y + 1, w: 1, h: 1, color: PAPER },
  ];
}

function stars(box: Rect): Op[] {
  const places = [
    [3, 2],
    [8, 4],
    [13, 1],
    [17, 3],
  ] as const;
  return [
    ...places.map(([x, y]): Op => ({ op: 'rect', x: box.x + x, y: box.y + y, w: 1, h: 1, color: PAPER })),
    { op: 'rect', x: box.x + box.w - 6, y: box.y + 1, w: 3, h: 3, color: '#f4f1de' },
    { op: 'rect', x: box.x + box.w - 6, y: box.y + 1, w: 1, h: 1, color: NIGHT },
  ];
}

function clouds(box: Rect, tick: number): Op[] {
  return [0, 11].flatMap((start, index): Op[] => {
    const x = box.x + ((start + Math.floor(tick / 3)) % (box.w - 6));
    const y = box.y + 1 + index;
    return [
      { op: 'rect', x, y: y + 1, w: 6, h: 2, color: '#e9ecef' },
      { op: 'rect', x: x + 1, y, w: 3, h: 1, color: PAPER },
    ];
  });
}

function skyline(box: Rect, lit: boolean): Op[] {
  const each = Math.ceil(box.w / HEIGHTS.length);
  return HEIGHTS.flatMap((height, index): Op[] => {
    const x = box.x + index * each;
    const h = Math.min(height, box.h);
    const y = box.y + box.h - h;
    const w = Math.min(each, box.x + box.w - x);
    const tower: Op = { op: 'rect', x, y, w, h, color: SKYLINE };
    if (!lit || h < 3) return [tower];
    return [tower, { op: 'rect', x: x + 1 + (index % 2), y: y + 1, w: 1, h: 1, color: LIT }];
  });
}

function falling(box: Rect, weather: Weather, tick: number): Op[] {
  const drops = { clear: 0, cloudy: 0, rain: 7, snow: 7, storm: 9, confetti: 6 }[weather];
  const ops: Op[] = [];
  for (let index = 0; index < drops; index += 1) {
    const x = box.x + ((index * 7 + (weather === 'snow' ? Math.floor(tick / 2) : 0)) % box.w);
    const speed = weather === 'snow' ? 1 : 2;
    const y = box.y + ((index * 5 + tick * speed) % (box.h - 1));
    const wet = weather === 'rain' || weather === 'storm';
    const color = wet ? '#a9def9' : weather === 'snow' ? PAPER : ['#ff5d8f', LIT, '#57e389'][index % 3];
    ops.push({ op: 'rect', x, y, w: 1, h: wet ? 2 : 1, color: color ?? PAPER });
  }
  if (weather === 'storm' && tick % 10 < 2) {
    const x = box.x + Math.floor(box.w / 2);
    const points = [
      [0, 0],
      [-2, 3],
      [0, 3],
      [-3, 7],
    ].map(([dx = 0, dy = 0]) => ({ x: x + dx, y: box.y + dy }));
    ops.push({ op: 'line', points, color: LIT });
  }
  return ops;
}

/** Papers fly through every room in a regime that makes them fly. */
export function paperOps(view: FloorView, tick: number): Op[] {
  if (!view.regime.papersFly) return [];
  // Paper moves only every third moment: it is slow, and each move costs bytes all over the picture.
  const time = Math.floor(tick / 3);
  return Array.from({ length: PAPERS }, (_, index) => index).flatMap((index): Op[] => {
    const drift = (index * 67 + time * (1 + (index % 3))) % (MAP.w - 6);
    const x = MAP.x + (index % 2 === 0 ? drift : MAP.w - 6 - drift);
    const y = MAP.y + ((index * 41 + time * (2 + (index % 2))) % (MAP.h - 6));
    const flat = (time + index) % 4 < 2;
    const [w, h] = flat ? [5, 3] : [3, 4];
    return [
      { op: 'rect', x: x - 1, y: y - 1, w: w + 2, h: h + 2, color: INK },
      { op: 'rect', x, y, w, h, color: PAPER },
      { op: 'rect', x: x + 1, y: y + 1, w: w - 2, h: 1, color: PAPER_SHADE },
    ];
  });
}
