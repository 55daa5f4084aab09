/**
 * `npm run replay -- SHOW [--data-dir FOLDER]`: applies a recorded show's actions again and compares the state's hash after
 * every round. Exit codes: 0 the same, 1 a difference, 2 cannot be replayed.
 */
import { equityCents } from '#core/trading/books.ts';
import { stateHash } from '#show/hash.ts';
import { withRecording, type Recording } from './recording.ts';

/** 0 when every recorded hash was met. */
function replay({ store, founding, steps }: Recording): number {
  const expected = new Map(store.show.roundHashes().map(({ round, hash }) => [round, hash]));
  let last = founding;
  let same = 0;
  const different: number[] = [];
  for (const { action, state } of steps()) {
    last = state;
    const hash = action.type === 'closeRound' ? expected.get(state.round) : undefined;
    if (hash === undefined) continue;
    if (hash === stateHash(state)) same += 1;
    else different.push(state.round);
  }
  for (const trader of Object.values(last.traders)) {
    const equity = equityCents(trader.book, last.market.priceCents) / 100;
    console.log(`${trader.id.padEnd(16)} ${equity.toFixed(2)}`);
  }
  const earlier = expected.size - same - different.length;
  if (earlier > 0)
    console.log(
      `${earlier} earlier rounds are not compared: this recording begins after round ${founding.round}, where the show was restored or its old rounds were forgotten`,
    );
  if (different.length > 0) console.log(`first difference: round ${different[0]}`);
  console.log(`${same} rounds the same, ${different.length} different; state ${stateHash(last)}`);
  return different.length === 0 ? 0 : 1;
}

process.exitCode = withRecording('replay', [], replay);
