import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { launch } from '#test/support/process.ts';
import { temporaryFolder } from '#test/support/rig.ts';
import { theatre } from '#test/support/theatre.ts';

test('a show is printed and replayed while it runs', async (t) => {
  const { show, store, play } = theatre(t, {
    onDisk: true,
    rules: { intermissionRounds: 1, episodeRounds: 2 },
  });
  await play(3);
  const transcript = launch(t, 'src/tools/transcript.ts', [store.file], {});
  const replay = launch(t, 'src/tools/replay.ts', [store.file], {});
  // It goes on meanwhile, and is as it was for whoever plays it.
  await play(3);
  assert.equal((await transcript.ended).code, 0, transcript.err);
  assert.match(transcript.out, /OPENING BELL of episode 1[^]*CLOSING BELL of episode 1/);
  assert.equal((await replay.ended).code, 0, replay.err);
  assert.match(replay.out, /[3-6] rounds the same, 0 different/);
  assert.equal(show.state.round, 6);
});

test('what is no show is refused in one line', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, 'empty.sqlite'), '');
  writeFileSync(path.join(folder, 'diary.sqlite'), 'Dear diary, today the market fell. '.repeat(100));
  for (const name of ['empty', 'diary']) {
    const tool = launch(t, 'src/tools/transcript.ts', [name, '--data-dir', folder], {});
    assert.equal((await tool.ended).code, 2);
    assert.match(tool.err, new RegExp(`^[^\\n]*${name}\\.sqlite[^\\n]*\\n$`));
  }
});
