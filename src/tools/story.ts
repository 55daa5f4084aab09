/**
 * `npm run story -- [--brain NAME,…] [--rounds 2000] [--seed 1] [--seeds 1] [--threads N] [--sheet FILE] [--samples 0]`: plays
 * shows headless and prints what they are worth as a story, brains side by side.
 * Exit codes: 0 done, 1 a fault of the program, 2 cannot be done.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadContent } from '#app/content.ts';
import { sayWhy } from '#app/exit.ts';
import { storyReport } from '#lab/story/report.ts';
import type { StoryShow } from '#lab/story/transcript.ts';
import { toolArguments } from './command-line.ts';
import { openStoryBrain } from './story/brains.ts';
import { playStory } from './story/play.ts';
import { storySheet } from './story/sheet.ts';
import { storyTable } from './story/table.ts';

const USAGE =
  'npm run story -- [--brain scripted,pocket] [--rounds 2000] [--seed 1] [--seeds 1] [--threads N] [--sheet FILE] [--samples 0]';

async function main(): Promise<void> {
  const { flags, count, listed, threads } = toolArguments(USAGE, {
    brain: 'NAME,NAME',
    rounds: 'N',
    seed: 'N',
    seeds: 'N',
    threads: 'N',
    sheet: 'FILE',
    samples: 'N',
  });
  const rounds = count('rounds', 2_000, 1);
  const seed = count('seed', 1, 0);
  const seeds = count('seeds', 1, 1);
  const samples = count('samples', 0, 0);
  const content = loadContent();
  const columns: { title: string; shows: StoryShow[]; milliseconds: number }[] = [];
  for (const name of listed('brain', 'scripted,pocket')) {
    const shows: StoryShow[] = [];
    let milliseconds = 0;
    for (let each = seed; each < seed + seeds; each++) {
      const brain = await openStoryBrain(name, { content, seed: each, threads: threads() });
      const startedMs = performance.now();
      try {
        shows.push(await playStory(content, each, rounds, brain.think));
      } finally {
        await brain.close();
      }
      milliseconds += (performance.now() - startedMs) / (rounds * seeds);
    }
    columns.push({ title: path.basename(name, '.gguf'), shows, milliseconds });
  }
  const names = [...content.cast, ...content.office.rooms].map(({ name }) => name);
  console.log(
    storyTable(
      columns.map(({ title, shows, milliseconds }) => ({
        title,
        report: storyReport(shows, content.cast, names),
        milliseconds,
      })),
    ),
  );
  for (const { title, shows } of samples > 0 ? columns : []) {
    console.log(`\n${title}`);
    const turns = shows.flatMap((show) => show.turns).slice(0, samples);
    for (const { round, trader, speech, trade, source } of turns)
      console.log(
        `  r${round} ${trader}: ${speech || '(silence)'} [${trade}${source ? `, ${source.kind}` : ''}]`,
      );
  }
  const file = flags.get('sheet');
  if (file === undefined) return;
  const { sheet, key } = storySheet(columns, content.cast);
  writeFileSync(file, sheet);
  writeFileSync(`${file}.key`, key);
  console.log(`\nthe reading sheet is ${file}, and which brain said what is ${file}.key`);
}

try {
  await main();
} catch (error) {
  sayWhy(error);
}
