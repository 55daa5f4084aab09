// Plays shows through core and writes what the pocket model is trained on. Each line is one JSON array: [name, prompt, thought,
// trade, size, speech, location, whether the line is about something that the floor remembers].
//
//   node test/pocket/corpus.ts --out FILE [--turns 60000] [--seed 1]
import { createWriteStream, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { COMPACT_EDITION, compactText, MOODS } from '#brain/prompts/compact.ts';
import { hashText } from '#core/chance/hash-text.ts';
import { createEar } from '#brain/scripted/ear.ts';
import type { Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import { Prng } from '#core/chance/prng.ts';
import { INSTRUMENTS, SIZES } from '#core/vocabulary.ts';
import { content, Floor } from '#test/support/floor.ts';
import { readArguments } from '#test/support/arguments.ts';
import { write } from './author.ts';
import { namedAloud, SUBJECTS } from './headlines.ts';
import { intentOf } from './policy.ts';
import { castWithPhrases, Repertoire } from './script.ts';

export interface Sample {
  observation: Observation;
  prompt: string;
  decision: Decision;
  remembers: boolean;
}

const ROUNDS_A_SHOW = 60;
/** Situations that shows seldom lead to are put in by hand, in so many basis points of all turns. */
const INTERN_BPS = 150;
const BROKE_BPS = 100;
const REFUSED_BPS = 150;
/** Trades against the policy, so that there are books of all kinds. */
const STRAY_BPS = 700;

/** One in ten of the ways to stand together in a room is held out of the corpus: the model first meets it in a show. */
export function heldOut({ trader, room, company }: Observation): boolean {
  const here = company.map((other) => other.trader).toSorted();
  return here.length > 0 && hashText(`held out/${trader}/${room}/${here.join('+')}`) % 10 === 0;
}

/** Samples without end; the same seed gives the same ones. */
export function* samples(seed: number): Generator<Sample> {
  const cast = castWithPhrases(content.cast);
  const ear = createEar(cast);
  const repertoires = new Map(content.cast.map((persona) => [persona.id, new Repertoire(persona)]));
  for (let show = 0; ; show++) {
    const prng = new Prng(Prng.seed(hashText(`corpus/${seed}/${show}`)));
    const floor = new Floor({ seed: prng.below(2 ** 31) });
    const played: Sample[] = [];
    floor.play(ROUNDS_A_SHOW, (seen) => {
      const observation = varied(seen, prng);
      const persona = cast.find((each) => each.id === observation.trader);
      const repertoire = repertoires.get(observation.trader);
      if (!persona || !repertoire) throw new Error(`${observation.trader} is not in the cast`);
      const mood = prng.pick(MOODS);
      const intent = intentOf(observation, persona, cast, ear, mood);
      const { decision, remembers } = write(intent, persona, repertoire, prng);
      if (!heldOut(observation))
        played.push({
          observation,
          prompt: compactText(observation, persona, mood, SUBJECTS, COMPACT_EDITION),
          decision,
          remembers,
        });
      return prng.chance(STRAY_BPS)
        ? { ...namedAloud(decision, observation), trade: prng.pick(INSTRUMENTS), size: prng.pick(SIZES) }
        : namedAloud(decision, observation);
    });
    yield* played;
  }
}

function varied(seen: Observation, prng: Prng): Observation {
  if (prng.chance(INTERN_BPS)) return { ...seen, standing: 'intern', positions: [], gainBps: -9_700 };
  if (prng.chance(BROKE_BPS)) return { ...seen, gainBps: -8_500 };
  const last = seen.ownTurns.at(-1);
  if (last && prng.chance(REFUSED_BPS)) {
    const trade = prng.pick(INSTRUMENTS);
    return {
      ...seen,
      ownTurns: [...seen.ownTurns.slice(0, -1), { ...last, trade, refusal: 'no_buying_power' }],
    };
  }
  return seen;
}

async function main(): Promise<void> {
  const values = readArguments('node test/pocket/corpus.ts --out FILE [--turns 60000] [--seed 1]', {
    out: { type: 'string' },
    turns: { type: 'string', default: '60000' },
    seed: { type: 'string', default: '1' },
  });
  if (values.out === undefined)
    throw new Error('usage: node test/pocket/corpus.ts --out FILE [--turns N] [--seed N]');
  mkdirSync(path.dirname(values.out), { recursive: true });
  const out = createWriteStream(values.out);
  let left = Number(values.turns);
  for (const { observation, prompt, decision, remembers } of samples(Number(values.seed))) {
    if (left-- <= 0) break;
    const { thought, trade, size, speech, location } = decision;
    const line = JSON.stringify([
      observation.name,
      prompt,
      thought,
      trade,
      size,
      speech,
      location,
      remembers,
    ]);
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

if (import.meta.main) await main();
