/** Plays seed after seed until one fails: `hunt.ts SEEDS ROUNDS` says how many it took and which check it was. */
import { playSeed } from './play.ts';

const [seeds = 40, rounds = 20] = process.argv.slice(2).map(Number);
let found = 'missed';
for (let seed = 1; seed <= seeds && found === 'missed'; seed++) {
  const { violation } = await playSeed({ seed, rounds });
  if (violation) found = `${seed} ${seed === 1 ? 'seed' : 'seeds'}: ${violation.check}`;
}
console.log(found);
process.exit();
