/** A fair show: every season has a world of its own that is sealed before it begins, and its archive can be checked by a stranger. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { createScriptedTwin } from '#brain/scripted/scripted.ts';
import { MARGINS } from '#core/betting/margin.ts';
import type { Persona } from '#core/content.ts';
import type { Twin } from '#show/ports/brain.ts';
import { archiveText } from '#show/fairness/archive.ts';
import { sealOf } from '#show/fairness/seal.ts';
import { DisagreementError, verifyArchive } from '#show/fairness/verify.ts';
import { contentHash } from '#show/hash.ts';
import type { Show } from '#show/show.ts';
import { content } from '#test/support/floor.ts';
import { idle } from '#test/support/idle-brain.ts';
import { dueRows } from '#test/support/outbox.ts';
import { theatre, type Staging, type Theatre } from '#test/support/theatre.ts';

const SHORT = { episodeRounds: 3, intermissionRounds: 1, seasonEpisodes: 2 };
const SEASON_ROUNDS = 8;
const scripted = (cast: readonly Persona[]): Twin => createScriptedTwin(() => cast);

/** `afterLock` happens in the last episode. */
async function seasonPlayed(
  t: TestContext,
  staging: Staging = {},
  afterLock: (show: Show) => void = () => {},
): Promise<{ at: Theatre; lines: string[] }> {
  const at = theatre(t, { rules: SHORT, seed: 7, ...staging });

  await at.play(4);
  for (const [member, outcome] of [
    ['ann', 'alice'],
    ['ben', 'mike'],
    ['cleo', 'sarah'],
    ['dora', 'alex'],
  ] as const) {
    const placed = at.show.audience.stake(member, outcome);
    assert.ok(placed.ok, JSON.stringify(placed));
    if (staging.twin) assert.ok(at.show.audience.stakeOnTwin(member, MARGINS[member.length % 4] ?? '').ok);
  }
  await at.play(2);
  assert.ok(at.show.audience.pools.live().every(({ status }) => status === 'locked'));
  afterLock(at.show);
  await at.play(SEASON_ROUNDS - 6 + 1);
  assert.equal(at.show.state.season, 2);
  return { at, lines: archived(at) };
}

function archived({ show }: Theatre): string[] {
  const [source] = show.seasonsToArchive();
  assert.ok(source);
  return [...archiveText(source)].map((line) => line.trimEnd());
}

/** The archive with a line changed, and its checksum made to fit: as somebody would who wants to deceive. */
function tampered(
  lines: readonly string[],
  kind: string,
  change: (line: Record<string, never>) => void,
): string[] {
  const at = lines.findIndex((line) => line.startsWith(`{"line":"${kind}"`));
  assert.ok(at >= 0, kind);
  const body = lines.slice(0, -1).map((text, index) => {
    if (index !== at) return text;
    const line = JSON.parse(text) as Record<string, never>;
    change(line);
    return JSON.stringify(line);
  });
  const sum = createHash('sha256').update(body.map((line) => `${line}\n`).join(''));
  return [...body, JSON.stringify({ line: 'end', lines: body.length, sha256: sum.digest('hex') })];
}

async function why(lines: readonly string[]): Promise<string> {
  try {
    await verifyArchive(lines, scripted);
  } catch (error) {
    assert.ok(error instanceof DisagreementError, String(error));
    return error.message;
  }
  return 'all agree';
}

test('an archived season agrees with the season played again: prices, fills, rounds and payouts', async (t) => {
  const { lines } = await seasonPlayed(t);
  const verified = await verifyArchive(lines, scripted);
  assert.deepEqual([verified.season, verified.seed, verified.rounds], [1, 7, SEASON_ROUNDS]);
  assert.ok(verified.fills > 0 && verified.prices > 0);
  assert.ok(verified.pools >= 2 && verified.payouts >= 1, JSON.stringify(verified));
  for (const name of ['ann', 'ben', 'cleo', 'dora'])
    assert.ok(!lines.join('').includes(`"${name}"`), 'no names');
});

test('the pool about the twin can be checked too: the twin is played again, by the script of the program', async (t) => {
  const { at, lines } = await seasonPlayed(t, { brain: idle, twin: createScriptedTwin(() => content.cast) });
  const result = at.show.audience.pools.resultOf('s1e2-twin');
  assert.ok(result?.status === 'settled' && result.leadBps !== undefined && result.leadBps !== 0);
  assert.ok(lines.some((line) => line.startsWith('{"line":"twin"')));
  assert.equal(await why(lines), 'all agree');

  const lead = tampered(lines, 'twin', (line) => Object.assign(line, { leadBps: result.leadBps! + 300 }));
  assert.match(await why(lead), /^twin of episode 2: the floor beat it by/u);
  const won = tampered(lines, 'pool","id":"s1e2-twin', (line) =>
    Object.assign(line, { winners: MARGINS.filter((margin) => !result.winners.includes(margin)) }),
  );
  assert.match(await why(won), /^pool s1e2-twin: won by/u);
});

test('who ran the show after the lock got the stake back, and the archive says so, even when they were forgotten', async (t) => {
  const { at, lines } = await seasonPlayed(t, {}, (show) => {
    for (const producer of ['ann', 'ben', 'cleo', 'dora']) {
      assert.ok(show.pause(producer).ok);
      assert.ok(show.resume(producer).ok);
    }
  });
  const result = at.show.audience.pools.resultOf('s1e2');
  assert.ok(result?.status === 'settled');
  const [paid] = result.payouts;
  assert.equal(paid?.bound, true);
  assert.equal(await why(lines), 'all agree');
  assert.ok(at.show.forget(paid.member).ok);
  assert.equal(await why(archived(at)), 'all agree');
});

test('whatever is changed in an archive is named', async (t) => {
  const { lines } = await seasonPlayed(t);
  const named = async (kind: string, change: (line: Record<string, never>) => void): Promise<string> =>
    why(tampered(lines, kind, change));
  const set = (key: string, value: unknown) => (line: object) => Object.assign(line, { [key]: value });

  assert.match(await named('season', set('seed', 8)), /^the seal is another/u);
  assert.match(await named('season', set('salt', 'x')), /^the seal is another/u);
  assert.match(
    await named('season', (line) => set('content', String(line['content']).replace('Alice', 'Alicia'))(line)),
    /^the seal is another/u,
  );
  assert.match(
    await named('season', (line) =>
      set('founding', String(line['founding']).replace('"cashCents":1000000', '"cashCents":2000000'))(line),
    ),
    /does not begin with the starting cash/u,
  );
  assert.match(
    await named('season', (line) =>
      set('founding', String(line['founding']).replace('"seed":7', '"seed":9'))(line),
    ),
    /played with seed 9, and 7 was sealed/u,
  );
  const founded = (from: string, to: string) => (line: Record<string, never>) =>
    set('founding', String(line['founding']).replace(from, to))(line);
  assert.match(
    await named('season', founded('"priceCents":{"Tech":10000', '"priceCents":{"Tech":9000')),
    /^the market does not begin/u,
  );
  assert.match(await named('season', founded('"alice":{', '"eve":{')), /are others than the cast/u);
  assert.match(
    await named('season', founded('"traders":{', '"traders":7,"x":{')),
    /cannot be played|others than/u,
  );
  assert.match(
    await named('prices', set('cents', { Tech: 1, Crypto: 2, Bonds: 3 })),
    /^round 1: prices Tech 0\.01.*the season played again: round 1: prices/u,
  );
  assert.match(await named('fill', set('qty', 1)), /^round \d+: \w+ 0\.0001 .*the season played again/u);
  assert.match(await named('fill', set('feeCents', 0)), /fee 0\.00; the season played again/u);
  assert.match(
    await named('round', set('hash', 'f'.repeat(64))),
    /^round 1: state ffffffffffff; the season played again/u,
  );
  assert.match(await named('action', set('action', { type: 'closeRound' })), /this cannot happen there/u);
  const paid = lines.findLast((line) => line.startsWith('{"line":"pool"') && line.includes('"settled"'));
  assert.ok(paid);
  const others = lines.filter((line) => !line.startsWith('{"line":"pool"'));
  const onePool = [...others.slice(0, -1), paid, lines.at(-1) ?? ''];
  assert.match(
    await why(tampered(onePool, 'pool', set('payouts', [{ member: 1, chips: 99_999 }]))),
    /member \d was paid .*; the rules give/u,
  );
  assert.match(
    await why(tampered(onePool, 'pool', set('winners', ['nobody']))),
    /won by nobody; the season played again/u,
  );
  assert.match(
    await why(tampered(onePool, 'pool', set('toJackpot', 5_000))),
    /5000 to the jackpot; the rules give/u,
  );
});

test('an archive that is cut, lengthened or damaged is told from one that disagrees', async (t) => {
  const { lines } = await seasonPlayed(t);
  assert.match(await why(lines.slice(0, -1)), /cut off/u);
  assert.match(await why([...lines, '{}']), /something follows the end/u);
  assert.match(await why([lines[0]?.slice(0, 50) ?? '']), /line 1 is not whole/u);
  assert.match(
    await why([...lines.slice(0, -1), JSON.stringify({ line: 'end', lines: lines.length - 1, sha256: 'x' })]),
    /checksum/u,
  );
  const fill = lines.findIndex((line) => line.startsWith('{"line":"fill"'));
  assert.match(await why(lines.toSpliced(fill, 1)), /the season played again|is missing/u);
});

test('each season has a seed of its own, sealed as it begins and opened as it ends', async (t) => {
  const { at } = await seasonPlayed(t);
  const [first, second] = [at.show.season(1), at.show.season(2)];
  assert.ok(first && second);
  assert.equal(at.show.state.seed, second.seed);
  assert.notEqual(second.seed, first.seed);
  assert.equal(second.contentHash, contentHash(at.show.content));
  assert.equal(sealOf(second), second.seal);
  const seals = posts(at).filter((post) => post.kind === 'seal');
  assert.deepEqual(
    seals.map(({ season, seal, opened }) => [season, seal, opened?.seed ?? null]),
    [
      [1, first.seal, null],
      [2, second.seal, first.seed],
    ],
  );
  assert.ok(
    !JSON.stringify(seals).includes(second.salt),
    'what opens a seal is not told before the season is over',
  );
});

function posts({ store }: Theatre) {
  return dueRows(store.outbox).map(({ post }) => post);
}

test('what proves a season is kept until it is archived, whatever is forgotten meanwhile', async (t) => {
  const { at } = await seasonPlayed(t);
  at.store.prune({ keepRounds: 1 });
  assert.equal((await verifyArchive(archived(at), scripted)).season, 1);
  at.show.seasonArchived(1);
  assert.deepEqual([...at.show.seasonsToArchive()], []);
  const before = [...at.store.show.recording().entries].length;
  at.store.prune({ keepRounds: 1 });
  assert.equal([...at.store.show.recording().entries].length, before, 'the season that is on is whole');
});
