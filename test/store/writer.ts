/**
 * A process of its own that plays the little show in the file it is given, as fast as it can, until it is killed. Says
 * "playing" once it holds the file, and the code of a StoreError when it cannot have it.
 */
import { openStore, StoreError } from '#store/store.ts';
import { LittleShow } from './little-show.ts';

const [file, rounds = 'for ever'] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: writer.ts <database> [rounds]');

function play(path: string, left: number): void {
  const store = openStore(path);
  const show = store.show.load() === null ? LittleShow.found(store.show) : LittleShow.resume(store.show);
  show.playRound();
  process.stdout.write('playing\n');
  for (let i = 1; i < left; i++) show.playRound();
  store.close();
}

try {
  play(file, rounds === 'for ever' ? Infinity : Number(rounds));
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  process.stdout.write(`${error.code}\n${error.message}\n`);
}
