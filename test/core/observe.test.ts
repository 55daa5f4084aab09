import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextSpeakers } from '#core/speaking.ts';
import { anything, content, Floor, holdAndStay } from '#test/support/floor.ts';

const [first, second] = content.office.rooms;

test("in a long run nobody ever sees a thought, another room's line, the regime or that news is a rumour", () => {
  const floor = new Floor({ seed: 21, rules: { episodeRounds: 12, intermissionRounds: 2 } });
  const regimes = content.market.regimes.map((regime) => regime.id);
  let answered = 0;
  floor.play(200, anything(4), (seen) => {
    const text = JSON.stringify(seen);
    assert.ok(!text.includes('secret-'), 'a thought leaked');
    assert.ok(!text.includes('rumour'));
    assert.ok(!regimes.some((id) => text.includes(`"${id}"`)));
    for (const other of seen.company) {
      if (other.said === null) continue;
      answered += 1;
      const line = floor.state.lines.find((it) => it.text === other.said);
      assert.ok(line, `nobody said "${other.said}"`);
      assert.ok(line.heardBy.includes(seen.trader), `${seen.trader} could not hear "${other.said}"`);
      assert.equal(line.speaker, other.trader);
    }
    assert.ok(!seen.company.some((other) => other.trader === seen.trader));
  });
  assert.ok(answered > 100);
});

test('a line is heard by those who stand there, waits for an answer, and is gone two rounds later', () => {
  const floor = new Floor({ rules: { intermissionRounds: 100 } });
  const together = (speech: string) => (seen: Parameters<typeof holdAndStay>[0]) => ({
    ...holdAndStay(seen),
    location: first?.name ?? '',
    speech: seen.trader === 'alice' ? speech : '',
  });
  floor.play(2, together(''));
  const heard: (string | null)[] = [];
  const listen = (seen: Parameters<typeof holdAndStay>[0]) => {
    const alice = seen.company.find((other) => other.trader === 'alice');
    if (seen.trader === 'sarah') heard.push(alice?.unanswered ? alice.said : null);
  };
  floor.play(1, together('Bonds are dull'));
  floor.play(1, together(''), listen);
  floor.play(1, together(''), listen);
  assert.deepEqual(heard, ['Bonds are dull', null]);
});

test('a trader sees who just walked in, and who just left', () => {
  const floor = new Floor({ rules: { intermissionRounds: 100 } });
  const gather =
    (room: string | undefined, ...ids: string[]) =>
    (seen: Parameters<typeof holdAndStay>[0]) => ({
      ...holdAndStay(seen),
      location: (ids.includes(seen.trader) ? room : seen.roomName) ?? '',
    });
  floor.play(1, gather(first?.name, 'alice', 'sarah', 'alex', 'mike'));
  floor.play(1, gather(second?.name, 'mike'));
  const left: string[] = [];
  floor.play(1, gather(second?.name, 'alex'), (seen) => {
    if (seen.trader === 'alice') left.push(...seen.justLeft);
  });
  assert.deepEqual(left, ['Mike']);
  const came: string[] = [];
  floor.play(1, holdAndStay, (seen) => {
    if (seen.trader === 'mike')
      came.push(...seen.company.filter((other) => other.justWalkedIn).map((other) => other.name));
  });
  assert.deepEqual(came, ['Alex']);
});

test("a thought that members paid to leak is heard in its trader's room and nowhere else", () => {
  const floor = new Floor({ rules: { intermissionRounds: 100 } });
  floor.play(1, (seen) => ({
    ...holdAndStay(seen),
    location: (seen.trader === 'mike' ? second : first)?.name ?? '',
  }));
  floor.act({ type: 'leakThought', trader: 'alice', text: 'I am terrified.' });
  floor.act({ type: 'openRound' });
  const hears = Object.keys(floor.state.traders).filter((id) =>
    floor.state.lines.some((line) => line.heardBy.includes(id)),
  );
  assert.deepEqual(hears.toSorted(), ['alex', 'alice', 'sarah']);
  assert.equal(nextSpeakers(floor.state).length, 2);
});
