/**
 * What any brain must do, however it thinks: the show relies on nothing else. Observations come from real shows in which
 * traders do anything.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { plainLine } from '#brain/plain-line.ts';
import { decisionSchema, SPEECH_MAX, THOUGHT_MAX } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { FumbleError, type Answer, type Brain } from '#show/ports/brain.ts';
import { anything, Floor } from '#test/support/floor.ts';

export interface ContractOptions {
  /** Turns of the test with every observation: fewer for a slow brain. */
  turns?: number;
  /** How soon an abort must end a turn. */
  abortWithinMs?: number;
  /** How long one answer may take. */
  answerWithinMs?: number;
}

export function brainContract(
  name: string,
  makeBrain: () => Promise<Brain> | Brain,
  options: ContractOptions = {},
): void {
  const { turns = 60, abortWithinMs = 1_000, answerWithinMs = 60_000 } = options;

  const withBrain = async (story: (brain: Brain) => Promise<void>): Promise<void> => {
    const brain = await makeBrain();
    try {
      await story(brain);
    } finally {
      await brain.close();
    }
  };

  let turnNumber = 0;
  const think = (
    brain: Brain,
    observation: Observation,
    signal: AbortSignal = AbortSignal.timeout(answerWithinMs),
  ): Promise<Answer> => brain.think({ id: `turn-${turnNumber++}`, observation }, signal);

  describe(`${name}, as any brain`, () => {
    test('has a label', async () => {
      await withBrain(async (brain) => assert.match(brain.label, /^\S.*\S$/));
    });

    test('answers every observation of a show with a legal decision', async () => {
      await withBrain(async (brain) => {
        for (const observation of observationsOfShows(turns))
          legal(await think(brain, observation), observation);
      });
    });

    test('keeps parallel turns apart: each trader goes only where it may go', async () => {
      await withBrain(async (brain) => {
        for (const wave of [eachInItsOwnRoom(1), eachInItsOwnRoom(2), eachInItsOwnRoom(3)]) {
          const answers = await Promise.all(wave.map((observation) => think(brain, observation)));
          assert.deepEqual(
            answers.map((answer) => answer.decision.location),
            wave.map((observation) => observation.roomName),
          );
        }
      });
    });

    test('does not begin a turn that is over', async () => {
      await withBrain(async (brain) => {
        await felt(think(brain, first(), AbortSignal.abort()), abortWithinMs, 'rejects');
      });
    });

    test('obeys an abort in the middle of a turn, and goes on thinking afterwards', async () => {
      await withBrain(async (brain) => {
        for (const afterMs of [0, 1, 5, 20]) {
          const stop = new AbortController();
          const turn = think(brain, first(), stop.signal);
          // Awaited at once, so that no rejection counts as unhandled while this test waits.
          const settled = turn.then(
            () => 'answered',
            () => 'fumbled',
          );
          await new Promise((resolve) => setTimeout(resolve, afterMs));
          stop.abort();
          await felt(turn, abortWithinMs, 'may answer');
          await settled;
        }
        legal(await think(brain, first()), first());
      });
    });

    test('an abort of one turn leaves the others alone', async () => {
      await withBrain(async (brain) => {
        const [stopped, ...others] = eachInItsOwnRoom(4);
        assert.ok(stopped);
        const stop = new AbortController();
        const turn = felt(think(brain, stopped, stop.signal), abortWithinMs + answerWithinMs, 'may answer');
        const rest = others.map((observation) => think(brain, observation));
        stop.abort();
        await turn;
        for (const [index, observation] of others.entries()) {
          const answer = await rest[index];
          assert.ok(answer);
          legal(answer, observation);
        }
      });
    });

    test('may be closed twice, also in the middle of a turn', async () => {
      const brain = await makeBrain();
      const turn = think(brain, first()).then(
        () => 'answered',
        () => 'fumbled',
      );
      await brain.close();
      await brain.close();
      assert.match(await turn, /^(answered|fumbled)$/);
    });
  });
}

/** The decision is complete and legal: thinking.ts and core's rules rely on it. */
function legal({ decision, raw, ms, tokens }: Answer, observation: Observation): void {
  const names = observation.rooms.map((room) => room.name);
  const parsed = decisionSchema(names).safeParse(decision);
  assert.ok(parsed.success, `${JSON.stringify(decision)}: ${parsed.error?.message}`);
  assert.ok(Array.from(decision.thought).length <= THOUGHT_MAX);
  assert.ok(Array.from(decision.speech).length <= SPEECH_MAX);
  for (const line of [decision.thought, decision.speech])
    assert.equal(line, plainLine(line), 'neither control characters nor mark-up');
  assert.ok(names.includes(decision.location));
  assert.notEqual(raw, '');
  assert.ok(ms >= 0);
  if (tokens) assert.ok(Object.values(tokens).every((count) => Number.isInteger(count) && count >= 0));
}

/** The turn settles in time; if it rejects, then with a fumble of this kind. */
async function felt(turn: Promise<Answer>, withinMs: number, kind: 'rejects' | 'may answer'): Promise<void> {
  const late = Symbol('late');
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), withinMs);
  });
  try {
    assert.notEqual(await Promise.race([turn, limit]), late, `the abort was not felt within ${withinMs} ms`);
    assert.equal(kind, 'may answer', 'a turn that was over was answered');
  } catch (error) {
    if (!(error instanceof FumbleError)) throw error;
    assert.equal(error.code, 'aborted', error.message);
  } finally {
    clearTimeout(timer);
  }
}

let pool: Observation[] | undefined;

/** What traders see in shows of all kinds: booms, intermissions, crowds, bankruptcies. */
export function observationsOfShows(count: number): Observation[] {
  pool ??= [11, 12, 13].flatMap((seed) => {
    const seen: Observation[] = [];
    const floor = new Floor({ seed, rules: { episodeRounds: 10, intermissionRounds: 2 } });
    floor.play(60, anything(seed), (observation) => seen.push(observation));
    return seen;
  });
  const step = Math.max(1, Math.floor(pool.length / count));
  return pool.filter((_, index) => index % step === 0).slice(0, count);
}

function first(): Observation {
  const [observation] = observationsOfShows(1);
  assert.ok(observation);
  return observation;
}

/** One observation for each trader, with a single room that no other trader may be in. */
function eachInItsOwnRoom(seed: number): Observation[] {
  const floor = new Floor({ seed });
  const seen = new Map<string, Observation>();
  floor.play(3, anything(seed), (observation) => seen.set(observation.trader, observation));
  return [...seen.values()].map((observation, index) => {
    const room = observation.rooms[index % observation.rooms.length];
    assert.ok(room);
    return { ...observation, rooms: [room], room: room.id, roomName: room.name };
  });
}
