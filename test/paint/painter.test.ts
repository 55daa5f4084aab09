import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { loadImage } from 'canvas';
import { openPainter, type PainterDeps } from '#paint/painter.ts';
import type { FloorView, Painter } from '#show/ports/painter.ts';
import { content } from '#test/support/floor.ts';
import { silentLog } from '#test/support/theatre.ts';
import { sampleView } from './sample.ts';

const SIZE_LIMIT_BYTES = 60 * 1024;
const signal = new AbortController().signal;

function painter(t: TestContext, parts: Partial<PainterDeps> = {}): Painter {
  const opened = openPainter({ office: content.office, cast: content.cast, log: silentLog, ...parts });
  t.after(() => opened.close());
  return opened;
}

async function sizeOf(png: Uint8Array): Promise<[number, number]> {
  const image = await loadImage(Buffer.from(png));
  return [image.width, image.height];
}

test('the floor is a PNG of 800 x 500 within its size, and the same view gives the same bytes from any worker', async (t) => {
  const one = painter(t, { picturesAWorker: 2 });
  const first = await one.floor(sampleView(), signal);
  assert.deepEqual(await sizeOf(first), [800, 500]);
  assert.ok(first.length <= SIZE_LIMIT_BYTES, `${first.length} bytes`);
  for (let again = 0; again < 3; again += 1) {
    assert.ok(Buffer.from(first).equals(await one.floor(sampleView(), signal)));
  }
  const later = await one.floor(sampleView({ round: 42 }), signal);
  assert.ok(!Buffer.from(first).equals(later));
});

test('everybody has a portrait of 128 x 128, a stranger too', async (t) => {
  const one = painter(t);
  const portraits = await Promise.all(
    ['alex', 'alice', 'mike', 'sarah', 'nobody-yet'].map((sprite) =>
      one.portrait({ sprite, color: '#777777' }),
    ),
  );
  for (const portrait of portraits) assert.deepEqual(await sizeOf(portrait), [128, 128]);
  assert.equal(new Set(portraits.map((portrait) => Buffer.from(portrait).toString('base64'))).size, 5);
});

test('hostile text is drawn within the size', async (t) => {
  const texts = [
    '\u202E\u2066evil\u200B',
    '🚀🧑‍🚀🇪🇺',
    'Z͓͑͒algo',
    '漢字かな',
    'W'.repeat(2_000),
    '\u0000\u0007\uD800',
    ' ',
    'ffi ﷽',
  ];
  const view = sampleView();
  const hostile: FloorView = {
    ...view,
    headline: { text: texts.join(' '), source: texts[0] ?? '' },
    tape: texts,
    traders: view.traders.map((trader, index) => ({
      ...trader,
      name: texts[index] ?? '',
      line: `${texts.at(-1 - index)} ${texts.join('')}`.repeat(3),
    })),
  };
  const png = await painter(t).floor(hostile, signal);
  assert.deepEqual(await sizeOf(png), [800, 500]);
  assert.ok(png.length <= SIZE_LIMIT_BYTES);
});

const moody = (t: TestContext, timeLimitMs = 20_000) =>
  painter(t, { worker: new URL('./moody-worker.ts', import.meta.url), timeLimitMs });
const feeling = (mood: string) => sampleView({ headline: { text: mood, source: 'wire' } });

test('a worker that crashes, leaves or throws costs one picture; the next one is drawn', async (t) => {
  const one = moody(t);
  await assert.rejects(one.floor(feeling('crash'), signal), {
    name: 'PaintError',
    message: /ended \(SIGSEGV\)/,
  });
  await assert.rejects(one.floor(feeling('leave'), signal), { name: 'PaintError', message: /ended \(3\)/ });
  const thrown = await one.floor(feeling('throw'), signal).catch((error: unknown) => error);
  assert.ok(thrown instanceof Error && /spilled the paint/.test(String(thrown.cause)));
  assert.deepEqual(await sizeOf(await one.floor(feeling('fine'), signal)), [800, 500]);
});

test('the settings go to the worker once: its jobs carry only what is to be drawn', async (t) => {
  const one = painter(t, { worker: new URL('./echo-worker.ts', import.meta.url) });
  for (const round of [1, 2, 3]) {
    const echo = Buffer.from(await one.floor(sampleView({ round }), signal)).toString();
    const [config, job] = echo.split('\n').map((line): unknown => JSON.parse(line));
    assert.deepEqual(Object.keys(config ?? {}), ['office', 'spritesDir', 'people']);
    assert.deepEqual(job, { id: round, request: { kind: 'floor', view: sampleView({ round }) } });
  }
});

test('a drawing that never ends is ended at its limit; the next one is drawn', async (t) => {
  const one = moody(t, 5_000);
  await assert.rejects(one.floor(feeling('hang'), signal), { message: /longer than 5000 ms/ });
  assert.deepEqual(await sizeOf(await one.floor(feeling('fine'), signal)), [800, 500]);
});

test('a picture that nobody wants any more is dropped at once', async (t) => {
  const one = moody(t);
  const wanted = new AbortController();
  const picture = one.floor(feeling('hang'), wanted.signal);
  setTimeout(() => wanted.abort(new Error('the show was stopped')), 300);
  await assert.rejects(picture, /the show was stopped/);
  await assert.rejects(one.floor(sampleView(), AbortSignal.abort(new Error('too late'))), /too late/);
});

test('a closed painter refuses every picture, also one that is under way', async (t) => {
  const one = moody(t);
  const picture = one.floor(feeling('hang'), signal);
  const refused = assert.rejects(picture, /the painter has closed/);
  await one.close();
  await refused;
  await assert.rejects(one.portrait({ sprite: 'alice', color: '#777777' }), /the painter has closed/);
});

test('a sprite that cannot be read is named in the refusal', async (t) => {
  const one = painter(t, { spritesDir: '/nowhere' });
  await assert.rejects(one.portrait({ sprite: 'alice', color: '#777777' }), /furniture\.json: is not there/);
});
