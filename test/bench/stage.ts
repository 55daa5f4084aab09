// How the stage performs under load, against a backlot in another process:
//
//   npm run bench:stage -- [--parts answers,reactions,memory] [--seconds 60] [--model FILE]
//                          [--members 10000] [--guilds 200] [--processes 1] [--rounds 100] [--minutes 60]
//
// answers    commands while four llama turns are thought and pictures are drawn without a pause
// reactions  all members bet by reaction within the time, some change their minds
// memory     many guilds, many rounds, in one bot process or several; at most so many minutes
import { readArguments } from '#test/support/arguments.ts';
import { endOnSignals, temporaryFolder } from './ending.ts';
import { answers } from './stage/answers.ts';
import type { Figure } from './stage/ground.ts';
import { memory } from './stage/memory.ts';
import { reactions } from './stage/reactions.ts';

const values = readArguments(
  `npm run bench:stage -- [--parts answers,reactions,memory] [--seconds 60] [--model FILE]
                       [--members 10000] [--guilds 200] [--processes 1] [--rounds 100] [--minutes 60]`,
  {
    parts: { type: 'string', default: 'memory,answers,reactions' },
    seconds: { type: 'string', default: '60' },
    model: { type: 'string' },
    members: { type: 'string', default: '10000' },
    guilds: { type: 'string', default: '200' },
    processes: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '60' },
  },
);
const seconds = Number(values.seconds);
const parts: Record<string, (folder: string) => Promise<Figure[]>> = {
  memory: (folder) =>
    memory(folder, {
      guilds: Number(values.guilds),
      processes: Number(values.processes),
      rounds: Number(values.rounds),
      minutes: Number(values.minutes),
    }),
  answers: (folder) => answers(folder, values.model, seconds),
  reactions: (folder) => reactions(folder, Number(values.members), seconds),
};

const chosen = values.parts.split(',');
const unknown = chosen.filter((part) => !Object.hasOwn(parts, part));
if (unknown.length > 0) {
  console.error(`no part is called ${unknown.join(', ')}; the parts are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

endOnSignals();
const folder = temporaryFolder('bench-stage');
let missed = 0;
for (const part of chosen) {
  const figures = (await parts[part]?.(folder)) ?? [];
  console.log(`\n${part}`);
  for (const { name, value, bar, ok } of figures) {
    console.log(`  ${name.padEnd(78)} ${value.padStart(28)}   bar ${bar.padEnd(14)} ${ok ? 'ok' : 'MISSED'}`);
    if (!ok) missed++;
  }
}
// Threads and timers of discord.js and the engine would keep the process alive.
process.exit(missed === 0 ? 0 : 1);
