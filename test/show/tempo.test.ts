import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Answer } from '#show/ports/brain.ts';
import type { Log } from '#show/ports/clock.ts';
import { Tempo } from '#show/tempo.ts';
import { statusCard } from '#stage/presentation/answers/status.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { textsFor } from '#stage/texts/index.ts';
import { theatre } from '#test/support/theatre.ts';

/** A log, and the warnings that it was given. */
function listened(): { log: Log; warnings: string[] } {
  const warnings: string[] = [];
  const quiet = (): void => {};
  return {
    log: { debug: quiet, info: quiet, error: quiet, warn: (_, message) => warnings.push(message) },
    warnings,
  };
}

/** A tempo, and the warnings that it gave. */
function listenedTo(): { tempo: Tempo; warnings: string[] } {
  const { log, warnings } = listened();
  return { tempo: new Tempo(log), warnings };
}

const rounds = (tempo: Tempo, count: number, tookMs: number, paceMs: number): void => {
  for (let round = 0; round < count; round++) tempo.roundTook(tookMs, paceMs);
};

test('a pace that the brain cannot keep is said once, with the pace that it can', () => {
  const { tempo, warnings } = listenedTo();
  rounds(tempo, 50, 15_000, 12_000);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /a round takes 15 s, the pace is 12 s: .* --pace 18 /);
});

test('where a producer may have set the pace, the way to change it is named, too', () => {
  const { tempo, warnings } = listenedTo();
  rounds(tempo, 3, 15_000, 12_000);
  assert.match(warnings[0] ?? '', /It can keep --pace 18 \(PACE; \/show pace where a producer has set it\)/);
});

test('no pace is named that a show cannot be given', () => {
  const said = (tookMs: number, paceMs: number): string => {
    const { tempo, warnings } = listenedTo();
    rounds(tempo, 3, tookMs, paceMs);
    return warnings.join();
  };
  assert.match(said(500_000, 12_000), /It can keep --pace 600 /);
  assert.match(
    said(590_000, 12_000),
    /Not even --pace 600 .*may be enough: choose a smaller model, or give it more processors$/,
  );
  assert.match(
    said(620_000, 600_000),
    /the pace is 600 s, the longest that there is: .* It can keep none: choose a smaller model/,
  );
});

test('while rounds come late the status of the show says so, until one keeps the pace or there is another', () => {
  const { tempo } = listenedTo();
  rounds(tempo, 2, 15_000, 12_000);
  assert.equal(tempo.late(12_000), null);
  rounds(tempo, 2, 15_000, 12_000);
  assert.deepEqual(tempo.late(12_000), { roundMs: 15_000, enoughMs: 18_000 });
  assert.equal(tempo.late(18_000), null);
  rounds(tempo, 1, 4_000, 12_000);
  assert.equal(tempo.late(12_000), null);
  rounds(tempo, 3, 590_000, 13_000);
  assert.deepEqual(tempo.late(13_000), { roundMs: 590_000, enoughMs: null });
});

test('a slow round now and then is nobody’s business', () => {
  const { tempo, warnings } = listenedTo();
  for (let time = 0; time < 20; time++) {
    rounds(tempo, 2, 15_000, 12_000);
    rounds(tempo, 1, 4_000, 12_000);
  }
  assert.deepEqual(warnings, []);
});

test('a new pace is judged anew; a show without a pace takes the time that it takes', () => {
  const { tempo, warnings } = listenedTo();
  rounds(tempo, 5, 15_000, 12_000);
  rounds(tempo, 5, 15_000, 13_000);
  rounds(tempo, 5, 15_000, 20_000);
  rounds(tempo, 5, 15_000, 0);
  assert.equal(warnings.length, 2);
});

/** Every turn that takes longer than the limit is cut off there. */
function turns(tempo: Tempo, limitMs: number, ...eachMs: number[]): void {
  for (const ms of eachMs) {
    const tookMs = Math.min(ms, limitMs);
    tempo.turnEnded({ how: ms > limitMs ? 'cut' : 'answered', tookMs }, limitMs);
  }
}

test('turns that are cut off again and again are said once, with the turn limit that the brain can keep', () => {
  const { tempo, warnings } = listenedTo();
  for (let time = 0; time < 20; time++) turns(tempo, 20_000, 30_000, 15_000);
  assert.equal(warnings.length, 1);
  // 3 x 20 s and 2 x 15 s for two answers, and a fifth more.
  assert.match(
    warnings[0] ?? '',
    /^3 of the last 5 turns were not answered within 20 s\. It can keep --turn-limit 54 \(TURN_LIMIT\), with a --pace/,
  );
});

test('the limit that is named is longer than the one that was too short, however fast the other turns were', () => {
  const { tempo, warnings } = listenedTo();
  turns(tempo, 20_000, 10, 10, 10, 30_000, 30_000, 30_000);
  assert.match(warnings[0] ?? '', /It can keep --turn-limit 25 /);
});

test('where no turn was answered, or a brain was not even asked to the end, no speed is claimed', () => {
  const { tempo, warnings } = listenedTo();
  tempo.turnEnded({ how: 'failed', tookMs: 5 }, 20_000);
  turns(tempo, 20_000, 30_000, 30_000, 30_000);
  assert.match(warnings[0] ?? '', /none was, so its speed is not known\. Try --turn-limit 40 \(TURN_LIMIT\)/);
});

test('no limit is named that a show cannot be given', () => {
  const said = (limitMs: number, ...eachMs: number[]): string => {
    const { tempo, warnings } = listenedTo();
    turns(tempo, limitMs, ...eachMs);
    return warnings.join();
  };
  const slow = 900_000;
  assert.match(
    said(500_000, 400_000, slow, slow, slow),
    /Not even --turn-limit 600 .*choose a smaller model$/,
  );
  assert.match(
    said(600_000, slow, slow, slow),
    /within 600 s, the longest limit that there is\. Choose a smaller/,
  );
});

test('one turn that is cut off among many is a fumble and no more', () => {
  const { tempo, warnings } = listenedTo();
  for (let time = 0; time < 10; time++) turns(tempo, 20_000, 30_000, ...Array<number>(7).fill(5_000));
  assert.deepEqual(warnings, []);
});

test('a show whose traders do not answer in time says so, with the limit that its brain can keep', async (t) => {
  const { log, warnings } = listened();
  const silent = (): Promise<Answer> => new Promise(() => {});
  const { play } = theatre(t, { log, turnLimitMs: 100, faults: { alex: silent, mike: silent } });
  await play(3);
  const said = warnings.filter((line) => line.includes('--turn-limit'));
  assert.equal(said.length, 1);
  assert.match(
    said[0] ?? '',
    /^3 of the last \d turns were not .* It can keep --turn-limit 1 \(TURN_LIMIT\)/,
  );
});

test('producers read in the status of the show that rounds come late, and which pace would be enough', async (t) => {
  const slow = async (): Promise<Answer> => {
    await setTimeout(60);
    throw new Error('too slow');
  };
  const { show, play } = theatre(t, { paceMs: 20, faults: { alex: slow } });
  await play(1);
  assert.equal(show.status().late, null);
  await play(3);
  const card = (language: 'en' | 'de'): string => {
    const status = { ...show.status(), paceMs: 12_000 };
    return JSON.stringify(statusCard(status, wordingFor(show.content, textsFor(language))));
  };
  assert.match(
    card('en'),
    /A round takes 0(\.\d)? s, longer than its pace\. `\/show pace` with 3 would be enough/u,
  );
  assert.match(card('de'), /Eine Runde braucht .* `\/show pace` mit 3 würde reichen/u);
});
