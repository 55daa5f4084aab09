/** A show of some rounds on the remote brain, against each real server: what it fumbles, and what is wrong with its lines. */
import { loadCatalog } from '#brain/catalog.ts';
import { endsSentence } from '#brain/lines/sentence.ts';
import { plainLine } from '#brain/plain-line.ts';
import { createRemoteBrain } from '#brain/remote/remote.ts';
import { servedModel } from '#brain/served-model.ts';
import type { Decision } from '#core/decision.ts';
import { observe } from '#core/observe.ts';
import { nextSpeakers } from '#core/speaking.ts';
import { errorText } from '#lib/error-text.ts';
import { FumbleError, type Brain } from '#show/ports/brain.ts';
import type { Log } from '#show/ports/clock.ts';
import { content, Floor } from '#test/support/floor.ts';
import { median } from '../medians.ts';
import { PeerBroken, tellSkipped } from './broken.ts';
import type { Peers } from './find.ts';
import { openLlamaServer, openPythonServer, type PeerServer } from './http-server.ts';

export interface RemoteShow {
  modelFile: string;
  threads: number;
  rounds: number;
  seed: number;
}

/** llama-cpp-python's server answers one after another: the last of four waits for all. */
const TURN_LIMIT_MS = 120_000;
const LINES_SHOWN = 6;

/** Prints what came of it. False when a turn was fumbled or a line was wrong. */
export async function playRemote(peers: Peers, show: RemoteShow): Promise<boolean> {
  const servers: [name: string, open: () => Promise<PeerServer>][] = [];
  const { llamaServer, pythonServer } = peers;
  if (llamaServer !== null)
    servers.push(['llama-server', () => openLlamaServer(llamaServer, show.modelFile, show.threads)]);
  if (pythonServer !== null)
    servers.push([
      "llama-cpp-python's server",
      () => openPythonServer(pythonServer, show.modelFile, show.threads),
    ]);
  let fine = true;
  for (const [name, open] of servers) {
    let server: PeerServer;
    try {
      server = await open();
    } catch (error) {
      if (!(error instanceof PeerBroken)) throw error;
      tellSkipped(name, `as it was loaded: ${error.message}`, error.cure);
      continue;
    }
    try {
      fine = (await playOn(name, server.url, show)) && fine;
    } finally {
      await server.close();
    }
  }
  return fine;
}

async function playOn(name: string, url: string, show: RemoteShow): Promise<boolean> {
  console.log(`\n${name}`);
  const catalog = loadCatalog();
  const brain = await createRemoteBrain({
    url,
    cast: content.cast,
    rooms: content.office.rooms,
    timeLimitMs: TURN_LIMIT_MS,
    settingsOf: (model) => {
      const row = servedModel(model, catalog);
      console.log(`  asked ${row === null ? 'with its own settings' : `as ${row.id} of the catalog`}`);
      return row;
    },
    log: consoleLog,
  });
  const played = await play(brain, show);
  await brain.close();
  if (brain.stoppedBy !== null) console.log(`  STOPPED: ${brain.stoppedBy}`);

  const lines = played.decisions
    .flatMap(({ thought, speech }) => [thought, speech])
    .filter((line) => line !== '');
  const faults = lines.flatMap((line) => {
    const fault = faultOf(line);
    return fault === null ? [] : [`${fault}: ${JSON.stringify(line)}`];
  });
  const turns = played.decisions.length + played.fumbles.length;
  console.log(
    `  ${show.rounds} rounds, ${turns} turns: ${played.fumbles.length} fumbled, ${faults.length} of ${lines.length} lines wrong; ` +
      `${(median(played.roundMs) / 1_000).toFixed(2)} s a round, ${(played.sampled / played.decisions.length).toFixed(1)} tokens sampled a turn`,
  );
  for (const problem of [...played.fumbles, ...faults]) console.log(`  WRONG ${problem}`);
  for (const line of lines.slice(0, LINES_SHOWN)) console.log(`  ${line}`);
  return played.fumbles.length + faults.length === 0;
}

interface Played {
  decisions: Decision[];
  fumbles: string[];
  roundMs: number[];
  sampled: number;
}

/** Rooms think side by side, the speakers of one room one after another. */
async function play(brain: Brain, { rounds, seed }: RemoteShow): Promise<Played> {
  const floor = new Floor({ seed, rules: { intermissionRounds: 1, episodeRounds: rounds + 2 } });
  const played: Played = { decisions: [], fumbles: [], roundMs: [], sampled: 0 };
  const never = new AbortController().signal;
  for (let round = 1; round <= rounds; round++) {
    const began = performance.now();
    floor.act({ type: 'openRound' });
    for (;;) {
      const wave = nextSpeakers(floor.state).map((trader) => observe(floor.state, trader, content));
      if (wave.length === 0) break;
      const thoughts = await Promise.allSettled(
        wave.map((observation) => brain.think({ id: `${round}:${observation.trader}`, observation }, never)),
      );
      for (const [index, observation] of wave.entries()) {
        const { trader } = observation;
        const thought = thoughts[index];
        if (thought?.status === 'fulfilled') {
          const { decision, tokens } = thought.value;
          played.decisions.push(decision);
          played.sampled += tokens?.sampled ?? 0;
          floor.act({ type: 'takeTurn', trader, decision, fumble: null });
        } else {
          const reason: unknown = thought?.reason;
          played.fumbles.push(`${trader}: ${errorText(reason)}`);
          const fumble = reason instanceof FumbleError ? reason.code : 'engine_error';
          floor.act({ type: 'takeTurn', trader, decision: null, fumble });
        }
      }
    }
    floor.act({ type: 'closeRound' });
    played.roundMs.push(performance.now() - began);
  }
  return played;
}

/** The rules that the engine's answers keep, too. */
function faultOf(line: string): string | null {
  if (/\p{Cc}/u.test(line)) return 'a control character';
  if (plainLine(line) !== line) return 'mark-up';
  return endsSentence(line) ? null : 'stops in mid sentence';
}

const say = (details: object, message: string): void =>
  console.log(`  ${message} ${JSON.stringify(details)}`);
const consoleLog: Log = { debug() {}, info: say, warn: say, error: say };
