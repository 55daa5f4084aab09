import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  APART,
  distance,
  distinctColors,
  INSTRUMENT_COLORS,
  SERIES_COLORS,
  tint,
} from '#paint/cards/chart-colors.ts';
import { compact, compactDollars, scaleFor, ticksOf } from '#paint/cards/chart-scale.ts';
import type { LineChart } from '#paint/cards/chart-types.ts';
import { lineChart } from '#paint/cards/chart.ts';
import { overlaps, within, type Op, type Rect } from '#paint/draw-list.ts';
import { content } from '#test/support/floor.ts';
import { extent, isWhole } from './chart-extent.ts';
import { kit } from './kit.ts';

const BOX: Rect = { x: 10, y: 20, w: 250, h: 140 };

const chartOf = (points: { x: number; y: number }[], changes: Partial<LineChart> = {}): LineChart => ({
  x: { title: 'Round', whole: true },
  y: { title: 'Price ($)', write: compactDollars, mayBeLog: true },
  series: [{ name: 'Tech', color: '#0072b2', points }],
  ...changes,
});

function holds(ops: readonly Op[], box: Rect): void {
  for (const op of ops) {
    assert.ok(within(extent(op), box), `${JSON.stringify(op)} leaves ${JSON.stringify(box)}`);
    assert.ok(isWhole(op), JSON.stringify(op));
  }
}

function texts(ops: readonly Op[]): string[] {
  return ops.flatMap((op) => (op.op === 'text' ? [op.text] : []));
}

test('whatever the series is, the chart stays in its box, in whole pixels, and no label lies on another', () => {
  const value = fc.oneof(
    fc.double(),
    fc.integer({ min: -1_000_000_000, max: 1_000_000_000_000 }),
    fc.constantFrom(0, 1, 1e15, 1e-9, Number.NaN, Number.POSITIVE_INFINITY, -1e300, 10_000),
  );
  const point = fc.record({
    x: fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.constant(Number.NaN)),
    y: value,
  });
  const series = fc.array(point, { maxLength: 120 }).map((points) => points.sort((a, b) => a.x - b.x));
  fc.assert(
    fc.property(
      fc.array(series, { maxLength: 5 }),
      fc.boolean(),
      fc.nat(100_000),
      (many, mayBeLog, chaos) => {
        const drawn = lineChart(
          chartOf([], {
            y: { title: 'Price ($)', write: compactDollars, mayBeLog },
            series: many.map((points, index) => ({ name: `S${index}`, color: '#0072b2', points })),
            marks: [
              { x: chaos, what: 'chaos' },
              { x: chaos + 1, what: 'chaos' },
            ],
            graves: many.flatMap((points) => points.slice(0, 1)),
            level: { y: 10_000, name: 'Start' },
          }),
          BOX,
          kit,
        );
        holds(drawn.ops, BOX);
        for (const label of drawn.labels) {
          assert.ok(within(label, BOX));
          assert.ok(drawn.labels.every((other) => other === label || !overlaps(other, label)));
        }
      },
    ),
  );
});

test('both axes are titled with their unit and have at least two labels, for one point and for a level line too', () => {
  for (const points of [
    [{ x: 7, y: 10_000 }],
    [
      { x: 1, y: 10_000 },
      { x: 90, y: 10_000 },
    ],
    [
      { x: 1, y: 1 },
      { x: 2, y: 1e17 },
    ],
    [
      { x: 1, y: -50_000 },
      { x: 500, y: 100_000 },
    ],
  ]) {
    const drawn = lineChart(chartOf(points), BOX, kit);
    const said = texts(drawn.ops);
    assert.ok(said.some((text) => text.startsWith('Price ($)')) && said.includes('Round'));
    assert.ok(said.filter((text) => /^-?\$/.test(text)).length >= 2, said.join(' | '));
    assert.ok(
      said.some((text) => /^\d+$/.test(text)),
      said.join(' | '),
    );
    assert.equal(drawn.ends.length, 1);
    assert.ok(drawn.ends[0]);
  }
});

test('a chart without points has axes and no curve', () => {
  const drawn = lineChart(chartOf([]), BOX, kit);
  assert.deepEqual(drawn.ends, [null]);
  assert.ok(!drawn.ops.some((op) => op.op === 'line'));
});

test('one value far above the others makes the scale logarithmic, and the axis says so; one far below does not', () => {
  const points = (values: number[]) => values.map((y, x) => ({ x, y }));
  const rich = lineChart(chartOf(points([10_000, 11_000, 12_000, 900_000])), BOX, kit);
  assert.ok(texts(rich.ops).includes('Price ($), log scale'));
  const poor = lineChart(chartOf(points([10_000, 11_000, 12_000, 9])), BOX, kit);
  assert.ok(texts(poor.ops).includes('Price ($)'));
});

test('a stretch is named where its name fits, and shades the curve below its strip', () => {
  const bands = [
    { from: 1, to: 80, name: 'Tech Boom', color: '#0072b2' },
    { from: 81, to: 82, name: 'Crash', color: '#d55e00' },
    { from: 83, to: 100, name: 'Bonds', color: '#009e73' },
  ];
  const { ops } = lineChart(
    chartOf(
      [
        { x: 1, y: 1 },
        { x: 100, y: 2 },
      ],
      { bands },
    ),
    BOX,
    kit,
  );
  assert.ok(texts(ops).includes('Tech Boom') && !texts(ops).includes('Crash'));
  for (const { color } of bands) assert.ok(ops.some((op) => op.op === 'rect' && op.color === tint(color)));
});

test('ticks are round, in order, inside the scale and told apart', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e12, max: 1e15, noNaN: true }), { minLength: 1 }),
      fc.integer({ min: 1, max: 12 }),
      (values, most) => {
        const scale = scaleFor(values);
        const ticks = ticksOf(scale, most, compact);
        assert.ok(ticks.length <= Math.max(most, 5));
        assert.equal(new Set(ticks.map((tick) => tick.text)).size, ticks.length);
        for (const [index, { value }] of ticks.entries()) {
          assert.ok(value >= scale.from && value <= scale.to);
          assert.ok(index === 0 || value > (ticks[index - 1]?.value ?? 0));
        }
      },
    ),
  );
});

test('an axis writes money short', () => {
  assert.equal(compactDollars(980_000, 20_000), '$9800');
  assert.equal(compactDollars(1_250_000, 50_000), '$12.5K');
  assert.equal(compactDollars(-50_000, 50_000), '-$500');
  assert.equal(compactDollars(0, 50_000), '$0');
  assert.equal(compactDollars(123_000_000_000, 1_000_000_000), '$1.23B');
});

/**
 * An independent look: Machado, Oliveira & Fernandes (2009), deuteranopia at full severity, on linear RGB; the distance
 * is Euclidean in the simulated sRGB of 0 to 255.
 */
function asSeenByDeuteranope(color: string): number[] {
  const value = Number.parseInt(color.slice(1), 16);
  const linear = [value >> 16, (value >> 8) & 255, value & 255].map((it) => (it / 255) ** 2.2);
  const rows = [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ];
  return rows.map((row) => {
    const sum = row.reduce((total, factor, index) => total + factor * (linear[index] ?? 0), 0);
    return 255 * Math.min(1, Math.max(0, sum)) ** (1 / 2.2);
  });
}

function seenApart(a: string, b: string): number {
  const [first, second] = [asSeenByDeuteranope(a), asSeenByDeuteranope(b)];
  return Math.hypot(...first.map((value, index) => value - (second[index] ?? 0)));
}

function assertApart(colors: readonly string[], least: number): void {
  for (const [index, color] of colors.entries()) {
    for (const other of colors.slice(index + 1)) {
      assert.ok(
        seenApart(color, other) >= least,
        `${color} and ${other}: ${seenApart(color, other).toFixed(0)}`,
      );
      assert.ok(
        distance(color, other) >= APART,
        `${color} and ${other}: ${distance(color, other).toFixed(0)}`,
      );
    }
  }
}

test('a deuteranope tells the colours of series, instruments and the cast apart', () => {
  assertApart(SERIES_COLORS, 25);
  assertApart(Object.values(INSTRUMENT_COLORS), 60);
  const cast = content.cast.map((persona) => persona.color);
  assertApart(distinctColors(cast), 25);
  assert.deepEqual(distinctColors(cast), cast, 'the shipped cast keeps its own colours');
});

test('of two traders with colours too much alike the second gets another', () => {
  const [first, second] = distinctColors(['#d55e00', '#d65f01']);
  assert.equal(first, '#d55e00');
  assertApart([first ?? '', second ?? ''], 25);
  assertApart(distinctColors(Array.from({ length: 10 }, () => '#0072b2')), 25);
});

test('curves stand out from every regime that they cross', () => {
  for (const { color } of content.market.regimes) {
    for (const line of Object.values(INSTRUMENT_COLORS))
      assert.ok(seenApart(tint(color), line) >= 40, `${line} on ${color}`);
  }
});
