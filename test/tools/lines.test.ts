import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { neutralTurns } from '#brain/choices/habits.ts';
import { ARMS, type Arm } from '#tools/lines/arms.ts';
import { playForLines } from '#tools/lines/play.ts';
import { seedText } from '#tools/lines/seed-brain.ts';
import { content } from '#test/support/floor.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

const SCRIPT = fileURLToPath(new URL('../../src/tools/lines.ts', import.meta.url));

function lines(...args: string[]): { status: number | null; told: string; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  return { status, told: stdout, said: stdout + stderr };
}

test('npm run lines prints what two brains say, side by side, and a sheet to read blind with its key', (t) => {
  const out = mkdtempSync(path.join(tmpdir(), 'open-outcry-lines-'));
  t.after(() => rmSync(out, { recursive: true, force: true }));
  const sheet = path.join(out, 'sheet.txt');
  const asked = ['--model', 'scripted,pocket', '--rounds', '12', '--seeds', '1', '--samples', '2'];
  const { status, told, said } = lines(...asked, '--sheet', sheet);
  assert.equal(status, 0, said);
  assert.match(told, /^ +scripted +pocket\nturns +48 +48\n/);
  assert.match(told, /clean: .* +\d+\.\d % +\d+\.\d %\n/);
  assert.match(told, /\nscripted\n {2}r\d+ \w+: .+ {2}\[.+\]\n/);
  const exchanges = readFileSync(sheet, 'utf8');
  assert.doesNotMatch(exchanges, /scripted|pocket/, 'who said it is not told');
  const numbers = [...exchanges.matchAll(/^(\d+)\.$/gm)].map(([, number]) => number);
  const key = readFileSync(`${sheet}.key`, 'utf8').trim().split('\n');
  assert.ok(numbers.length > 0);
  assert.deepEqual(
    key.map((line) => line.split('.')[0]),
    numbers,
  );
  for (const line of key) assert.match(line, /^\d+\. (?:scripted|pocket)$/);
});

test('the prompt of the show that gave the idea, and other samplers, are columns of their own, with what a turn reads and draws', (t) => {
  const out = mkdtempSync(path.join(tmpdir(), 'open-outcry-lines-'));
  t.after(() => rmSync(out, { recursive: true, force: true }));
  const model = writeRandomModel(path.join(out, 'senseless.gguf'));
  const asked = ['--model', model, '--arms', 'seed', '--samplers', 'shipped,temperature=0.2 minP=none'];
  const { status, told, said } = lines(...asked, '--rounds', '1', '--seeds', '1', '--threads', '1');
  assert.equal(status, 0, said);
  assert.match(
    told,
    /^ +senseless, the seed's prompt +senseless, the seed's prompt, temperature=0\.2 minP=none\n/,
  );
  assert.match(told, /\nfumbled +0\.0 % +0\.0 %\n/);
  const [, read, form, drawn] = /of the form, drawn +(\d+) (\d+) (\d+)/.exec(told) ?? [];
  assert.ok(Number(read) > 20 && Number(form) > 4 && Number(drawn) > 4, told);
});

test('lines are held against what their speakers were told: nothing is told to the script and to a model that knows names alone', async (t) => {
  const out = mkdtempSync(path.join(tmpdir(), 'open-outcry-lines-'));
  t.after(() => rmSync(out, { recursive: true, force: true }));
  const asked = { content, sampler: {}, seed: 1, rounds: 1, threads: 1, cacheDir: out };
  const toldTo = async (model: string, arm: Arm = 'shipped') =>
    [...(await playForLines({ ...asked, model, arm })).prompts.keys()].sort();
  assert.deepEqual(await toldTo('scripted'), []);
  assert.deepEqual(await toldTo('pocket'), []);
  const model = writeRandomModel(path.join(out, 'senseless.gguf'));
  assert.deepEqual(await toldTo(model, 'bare'), content.cast.map(({ id }) => id).sort());
});

test('the seed is asked as its author tells it: news, market, cash, who is here, and the order to reply', () => {
  const [neutral] = neutralTurns(content.cast[0] ?? assert.fail(), content.office.rooms);
  const { observation } = neutral ?? assert.fail();
  const sarah = {
    trader: 'sarah',
    name: 'Sarah',
    said: 'Hold cash for safety.',
    unanswered: true,
    justWalkedIn: false,
  };
  const mike = { trader: 'mike', name: 'Mike', said: null, unanswered: false, justWalkedIn: false };
  const headline = {
    text: 'Toaster learns to trade',
    source: 'wire',
    names: null,
    tone: 'flat',
    round: 1,
  } as const;
  assert.equal(
    seedText({ ...observation, headlines: [headline], company: [sarah, mike] }),
    [
      'News: Toaster learns to trade',
      'Market: Tech +0.0%, Crypto +0.0%, Bonds +0.0%.',
      `You have $10,000. You are in the ${observation.roomName}.`,
      "Sarah is here. Sarah just said: 'Hold cash for safety.' INSTRUCTION: Reply directly to what Sarah said.",
      'Mike is here.',
      'Answer as JSON with trade, speech, thought and location.',
    ].join('\n'),
  );
});

test('help tells what each arm leaves out, what may be given for a model, and what is played where nothing is said', () => {
  const { status, said } = lines('--help');
  assert.equal(status, 0);
  assert.match(said, /--model NAME\|FILE,/u);
  assert.match(said, /--samples 0\]/u);
  for (const [arm, { title }] of Object.entries(ARMS))
    assert.match(said, new RegExp(`^ {2}${arm} +${title}$`, 'mu'));
});

test('what cannot be played is said in one line with the cure', () => {
  for (const [args, reason] of [
    [
      ['--rounds', 'many'],
      /^--rounds takes a whole number from 1 up; npm run lines -- --help lists what it takes$/,
    ],
    [
      ['--arms', 'none'],
      /^--arms knows no "none"; allowed: shipped, no-examples, no-guard, no-calibration, no-voice, no-memory, no-look, bare, lists-backwards, no-coach, with-guard, with-calibration, plain-cast, seed; npm run lines/,
    ],
    [
      ['--samplers', 'shipped,temperature=0.6 warmth=3'],
      /^--samplers does not know "temperature=0.6 warmth=3": warmth is no setting; npm run lines/,
    ],
    [['--samplers', 'minP=2'], /^--samplers does not know "minP=2": minP: /],
    [['--model', 'minicpm5-1b'], /^minicpm5-1b is not on this machine; npm start -- --model minicpm5-1b/],
    [['--model', 'nosuch'], /^MODEL "nosuch": no model of that name/],
  ] as const) {
    const { status, said } = lines(...args);
    assert.equal(status, 2, said);
    assert.match(said.trim(), reason);
    assert.equal(said.trim().split('\n').length, 1, said);
  }
});
