import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXIT } from '#app/exit.ts';
import { helpText, readSettings } from '#app/settings.ts';
import { exampleSettings } from '#test/support/example-settings.ts';

function complaintsOf(args: string[], env: Record<string, string>): string[] {
  const read = readSettings(args, env);
  assert.ok(read.ok === false);
  return read.complaints;
}

test('without flags and variables a show opens on the backlot with the model that ships with the project', () => {
  const read = readSettings([], {});
  assert.ok(read.ok === true);
  assert.deepEqual(
    [read.settings.brain, read.settings.model, read.settings.brainIsChosen],
    ['llama', 'pocket', false],
  );
  assert.deepEqual([read.settings.paceSeconds, read.settings.port], [12, 4040]);
});

test('a flag wins over its variable; an empty variable is none', () => {
  const read = readSettings(['--pace', '5', '--seed=9'], { PACE: '20', PORT: '' });
  assert.ok(read.ok === true);
  assert.deepEqual([read.settings.paceSeconds, read.settings.seed, read.settings.port], [5, 9, 4040]);
});

test('a settings file copied from the example plays as one does without any', () => {
  assert.deepEqual(readSettings([], exampleSettings()), readSettings([], {}));
});

test('everything bad is named at once, with what is allowed', () => {
  const complaints = complaintsOf(
    ['--pase', '3', '--seed', 'x', '--tickets=9', '--seed', '4', 'now', '--port', '--show'],
    { EPISODE_ROUNDS: '1' },
  );
  const expected = [
    /^flag --pase: unknown; did you mean --pace\? --help lists all flags$/,
    /^flag --tickets: unknown; allowed are --rounds .* --help$/,
    /^flag --seed: given twice; give it once$/,
    /^"now": is no flag; npm hands flags on only after a --: -- --help lists them all$/,
    /^flag --port: a value is missing; give --port N$/,
    /^flag --seed: "x" is not allowed; give a whole number from 0 to 4294967295$/,
    /^variable EPISODE_ROUNDS: "1" is not allowed; give a whole number from 2 to 1000$/,
  ];
  assert.equal(complaints.length, expected.length, complaints.join('\n'));
  for (const [index, complaint] of complaints.entries()) assert.match(complaint, expected[index] ?? /^$/);
});

test('where a flag is unknown, all are named that --help has', () => {
  const flagsIn = (text = ''): string[] => (text.match(/--[a-z][a-z-]*/gu) ?? []).toSorted();
  const told = flagsIn(complaintsOf(['--nonsense'], {})[0]?.replace('--nonsense', ''));
  const rows = helpText()
    .split('\n')
    .filter((row) => row.startsWith('  --'));
  assert.deepEqual(told, flagsIn(rows.map((row) => row.trim().split(' ')[0]).join(' ')));
  assert.ok(told.includes('--install-system-packages'));
});

test('of a long value, a long flag and a value of several lines the beginning is shown, on one line', () => {
  const long = 'x'.repeat(5_000);
  for (const complaints of [
    complaintsOf([`--${long}`], {}),
    complaintsOf(['--pace', long], {}),
    complaintsOf([long], {}),
    complaintsOf([], { BRAIN: `${long}\n${long}` }),
    complaintsOf([], { TIME_ZONE: 'Mars\nOlympus' }),
  ]) {
    assert.equal(complaints.length, 1);
    assert.doesNotMatch(complaints[0] ?? '', /x{100}|\n/);
  }
});

test('a variable that a Windows shell set with a space behind it is the same without', () => {
  const read = readSettings([], { DISCORD_TOKEN: 'abc.def.ghi ', PACE: ' 20 ' });
  assert.ok(read.ok === true);
  assert.deepEqual([read.settings.discordToken, read.settings.paceSeconds], ['abc.def.ghi', 20]);
});

test('a flag of the backlot is noted, whatever token there is; a variable or any other flag is no such wish', () => {
  const flagOf = (args: string[], env: Record<string, string> = {}): string | null => {
    const read = readSettings(args, { DISCORD_TOKEN: 'abc.def.ghi', ...env });
    assert.ok(read.ok === true);
    return read.settings.backlotFlag;
  };
  assert.equal(flagOf(['--rounds', '3', '--pace', '0']), '--rounds');
  assert.equal(flagOf(['--show', 'matinee']), '--show');
  assert.equal(flagOf(['--port', '0']), '--port');
  assert.equal(flagOf(['--pace', '20', '--cast', 'alice,mike'], { PORT: '5000' }), null);
});

test('a bad token is named without being shown', () => {
  const read = readSettings([], { DISCORD_TOKEN: 'hunter2' });
  assert.ok(read.ok === false);
  assert.match(read.complaints[0] ?? '', /DISCORD_TOKEN/);
  assert.doesNotMatch(read.complaints[0] ?? '', /hunter2/);
});

test('llama without a model plays the shipped one; a model alone means llama; a server needs its address', () => {
  const llama = readSettings(['--brain', 'llama'], {});
  assert.ok(llama.ok === true && llama.settings.model === 'pocket' && llama.settings.brainIsChosen);
  const alone = readSettings([], { MODEL: 'x.gguf' });
  assert.ok(alone.ok === true && alone.settings.brain === 'llama' && alone.settings.model === 'x.gguf');
  const remote = readSettings(['--brain', 'remote'], {});
  assert.ok(remote.ok === false);
  assert.match(remote.complaints[0] ?? '', /--brain-url/);
});

test('the help lists every flag and the exit codes', () => {
  const [, codes = ''] = helpText().split('Exit codes: ');
  assert.deepEqual([...codes.matchAll(/(?<![\w-])\d+(?= )/gu)].map(Number), Object.values(EXIT));
  assert.match(
    helpText(),
    /--pace SECONDS[\s\S]*--episode-rounds[\s\S]*\n  DISCORD_TOKEN {2,}the bot's token[\s\S]*Exit codes/,
  );
});
