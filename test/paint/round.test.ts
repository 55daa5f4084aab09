import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createCanvas, loadImage } from 'canvas';
import { WEATHERS } from '#core/content.ts';
import type { FloorView } from '#show/ports/painter.ts';
import type { Op } from '#paint/draw-list.ts';
import { openPainter } from '#paint/painter.ts';
import { roundFrames, type Frame } from '#paint/scenes/round-scene.ts';
import { timeOfDay, windowOps } from '#paint/scenes/weather.ts';
import { content } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';
import { readGif } from './gif-reader.ts';
import { kit } from './kit.ts';
import { regime, sampleView } from './sample.ts';

const GOLDEN = fileURLToPath(new URL('./round.golden.jsonl', import.meta.url));
const GIF_LIMIT_BYTES = 400 * 1024;
const { office } = content;

/** Everybody changes rooms, two of them swap. */
const HEADINGS = ['news-room', 'vc-office', 'startup-offices', 'coffee-shop'];

function restless(changes: Partial<FloorView> = {}): FloorView {
  const view = sampleView(changes);
  return {
    ...view,
    traders: view.traders.map((trader, index) => ({ ...trader, heading: HEADINGS[index] ?? trader.room })),
  };
}

function frames(view: FloorView): Frame[] {
  return [...roundFrames(view, office, kit)];
}

function spriteOps({ picture }: Frame): Extract<Op, { op: 'sprite' }>[] {
  return picture.ops.filter((op) => op.op === 'sprite');
}

/** Where the traders stand and how, without the heads on the board. */
function people(frame: Frame): { who: string; x: number; y: number }[] {
  return spriteOps(frame)
    .filter((op) => op.from === undefined && /^(alex|alice|mike|sarah)\/(stand|[a-z]+-\d)$/.test(op.sprite))
    .map(({ sprite, x, y }) => ({ who: sprite, x, y }));
}

function texts({ picture }: Frame): string {
  return picture.ops.flatMap((op) => (op.op === 'text' ? [op.text] : [])).join(' ');
}

/** To accept another walk: look at it, then run this test with UPDATE_GOLDEN=1. */
test('everybody walks exactly as on file: every frame, pose and pixel', () => {
  const walked = frames(restless()).map((frame) => JSON.stringify(people(frame)));
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, `${walked.join('\n')}\n`);
  assert.deepEqual(walked, readFileSync(GOLDEN, 'utf8').trimEnd().split('\n'));
});

test('lines appear in the order in which they were said, stay, and are gone when everybody walks', () => {
  const all = frames(restless()).map(texts);
  const said = ['MODEL', 'flowers', 'on the news', 'Number go up'];
  const first = said.map((part) => all.findIndex((text) => text.toLowerCase().includes(part.toLowerCase())));
  assert.deepEqual(
    first,
    first.toSorted((a, b) => a - b),
  );
  assert.ok(first.every((index) => index > 0));
  const together = all.filter((text) =>
    said.every((part) => text.toLowerCase().includes(part.toLowerCase())),
  );
  assert.ok(together.length >= 2);
  assert.ok(said.every((part) => !all.at(-1)?.toLowerCase().includes(part.toLowerCase())));
});

test('the round ends with everybody standing where the next one finds them', () => {
  const view = restless();
  const last = frames(view).at(-1);
  const moved = { ...view, traders: view.traders.map((one) => ({ ...one, room: one.heading, line: null })) };
  const next = frames(moved)[0];
  assert.ok(last && next);
  assert.deepEqual(people(last), people(next));
  assert.ok(last.delayMs >= 3_000);
});

test('walkers turn to where they go and move their feet; backs show no mood', () => {
  const poses = new Set(
    frames(restless()).flatMap((frame) => people(frame).map(({ who }) => who.split('/')[1])),
  );
  for (const pose of ['stand', 'up-1', 'up-2', 'down-1', 'down-2', 'left-1', 'right-2'])
    assert.ok(poses.has(pose), pose);
  for (const frame of frames(restless())) {
    const ops = spriteOps(frame).filter((op) => op.from === undefined);
    ops.forEach((op, index) => {
      if (op.sprite.startsWith('mike/up-'))
        assert.doesNotMatch(ops[index + 1]?.sprite ?? '', /^(moods|mike)/);
    });
  }
});

test('a trader that panics shivers until everybody has spoken, and stands still at the end', () => {
  const film = frames(restless()).map((frame) => people(frame).find(({ who }) => who === 'mike/stand')?.x);
  assert.equal(new Set(film.slice(0, 4)).size, 2);
  const held = frames(restless()).filter(({ delayMs }) => delayMs >= 1_000);
  const places = held.slice(0, -1).map((frame) => people(frame).find(({ who }) => who === 'mike/stand')?.x);
  assert.equal(new Set(places).size, 1);
});

test('a round in which nobody walks ends on the still picture', () => {
  const view = sampleView();
  const last = frames(view).at(-1);
  assert.ok(last);
  assert.equal(people(last).length, 4);
  assert.match(texts(last), /Number go up/i);
});

test('the windows show the time of day; papers fly in a crash only; the prices flash', () => {
  assert.equal(timeOfDay(sampleView({ phase: 'intermission' })), 'night');
  const [morning, evening] = [24, 1].map((roundsLeft) => timeOfDay(sampleView({ roundsLeft })));
  assert.ok(typeof morning === 'number' && typeof evening === 'number' && morning < evening);
  const count = (view: FloorView) => frames(view)[0]?.picture.ops.length ?? 0;
  const crash = regime('crash');
  assert.ok(
    count(sampleView({ regime: crash })) > count(sampleView({ regime: { ...crash, papersFly: false } })) + 20,
  );
  const [lit, unlit] = frames(sampleView());
  assert.notDeepEqual(lit?.picture.ops, unlit?.picture.ops);
});

test('a regime that nobody has drawn anything for has the weather of its row', () => {
  const windows = WEATHERS.map((weather) => {
    const row = { ...regime('stagnant'), id: 'tulip-mania', weather };
    return JSON.stringify(windowOps(sampleView({ regime: row }), { x: 0, y: 0, w: 20, h: 11 }, 0));
  });
  assert.equal(new Set(windows).size, WEATHERS.length);
});

test('speakers without a line order, and a cast of ten in one room, make a film too', () => {
  const view = sampleView();
  const crowd = Array.from({ length: 10 }, (_, index) => {
    const model = view.traders[index % 4];
    assert.ok(model);
    return {
      ...model,
      id: `t${index}`,
      sprite: `t${index}`,
      room: 'vc-office',
      heading: HEADINGS[index % 4] ?? 'vc-office',
      lineOrder: null,
    };
  });
  const film = frames({ ...view, traders: crowd });
  assert.ok(film.length > 10);
  assert.ok(film.reduce((sum, { delayMs }) => sum + delayMs, 0) < 40_000);
});

test('the film is a GIF of 800 x 500 within its size; it is played twice and its pixels are those of the still', async (t) => {
  const painter = openPainter({ office, cast: content.cast, log: silentLog });
  t.after(() => painter.close());
  const signal = new AbortController().signal;
  const stormy = { regime: regime('crash') };
  for (const view of [restless(), restless(stormy)]) {
    const film = await painter.round(view, signal);
    assert.ok(film.length <= GIF_LIMIT_BYTES, `${film.length} bytes`);
    const { width, height, plays, frames: seen } = readGif(film);
    assert.deepEqual([width, height, plays], [800, 500, 2]);
    assert.ok(seen.length > 30);
    assert.ok((seen.at(-1)?.delayMs ?? 0) >= 3_000);
    assert.deepEqual(Buffer.from(await painter.round(view, signal)), Buffer.from(film));
  }
  // Weather and papers have moved on when the film ends: that is a few pixels in a thousand.
  const calm = sampleView({ regime: regime('tech-boom') });
  const last = readGif(await painter.round(calm, signal)).frames.at(-1);
  const still = await loadImage(Buffer.from(await painter.floor(calm, signal)));
  const context = createCanvas(800, 500).getContext('2d');
  context.drawImage(still, 0, 0);
  const { data } = context.getImageData(0, 0, 800, 500);
  const colorAt = (at: number) =>
    ((data[at * 4] ?? 0) << 16) + ((data[at * 4 + 1] ?? 0) << 8) + (data[at * 4 + 2] ?? 0);
  let different = 0;
  last?.pixels.forEach((rgb, at) => {
    if (rgb !== colorAt(at)) different += 1;
  });
  assert.equal(last?.pixels.length, 400_000);
  assert.ok(different < 800, `${different} pixels differ`);
});
