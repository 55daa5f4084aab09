import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SPEECH_SITUATIONS, THOUGHT_SITUATIONS, longestFill, TEMPLATE_MAX } from '#core/script.ts';
import { loadContent, loadLibrary } from '#app/content.ts';
import { problem, shipped, withFile } from '#test/support/content-folder.ts';

test('the shipped content is whole: the four of the seed, seven regimes, news for each', () => {
  const content = loadContent();
  const names = new Set(content.cast.map((persona) => persona.name));
  for (const name of ['Alex', 'Alice', 'Mike', 'Sarah']) assert.ok(names.has(name), name);
  assert.deepEqual(
    content.market.regimes.map((regime) => regime.name),
    ['Stagnant', 'Tech Boom', 'Crypto Frenzy', 'Bond Rally', 'Tech Wreck', 'Crypto Winter', 'Crash'],
  );
  assert.ok(content.headlines.wire.length >= 90);
  assert.ok(content.headlines.chaos.length >= 12);
  for (const { id } of content.market.regimes) {
    const news = content.headlines.wire.filter((headline) => headline.regimes.includes(id));
    assert.ok(news.length >= 10, `${id}: ${news.length} headlines`);
  }
  const texts = [...content.headlines.wire, ...content.headlines.chaos].map(({ text }) => text);
  assert.equal(new Set(texts).size, texts.length, 'no headline twice');
  for (const text of texts) assert.ok(text.length <= 110, text);
});

test('mandates are those of the show: a levered degen, a hype trader, a quant without debt, a bear with a short', () => {
  const { cast } = loadContent();
  const mandate = (id: string) => cast.find((persona) => persona.id === id)?.mandate;
  assert.equal(mandate('alex')?.leverage.Crypto, 3);
  assert.equal(mandate('mike')?.headlineLeverage, 2);
  assert.deepEqual(mandate('alice')?.leverage, { Tech: 1, Crypto: 1, Bonds: 1 });
  assert.deepEqual(mandate('sarah')?.overlay, { when: 'Bonds', short: 'Tech', ratioBps: 5_000 });
});

test('every persona with a script has words of its own for every situation, and enough of them', () => {
  const { personas } = loadLibrary(null);
  const scripted = personas.filter(({ script }) => script);
  for (const id of ['alex', 'alice', 'hugo', 'mike', 'nadia', 'sarah'])
    assert.ok(
      scripted.some((persona) => persona.id === id),
      `${id} has no script`,
    );
  for (const persona of scripted) {
    const { says, thinks, toward } = persona.script ?? assert.fail(persona.id);
    for (const situation of Object.keys(SPEECH_SITUATIONS))
      assert.ok(says[situation], `${persona.id} says nothing on ${situation}`);
    for (const situation of Object.keys(THOUGHT_SITUATIONS))
      assert.ok(thinks[situation], `${persona.id} thinks nothing on ${situation}`);
    const lines = [...Object.values(says), ...Object.values(toward)].flat();
    const thoughts = Object.values(thinks).flat();
    assert.ok(lines.length >= 60 && thoughts.length >= 25);
    assert.equal(new Set(lines).size, lines.length, `${persona.id} has a line twice`);
    assert.equal(new Set(thoughts).size, thoughts.length, `${persona.id} has a thought twice`);
    for (const template of [...lines, ...thoughts])
      assert.ok(longestFill(template) <= TEMPLATE_MAX, template);
  }
});

test('lines name nobody of the cast but the speaker: other names come from whoever is in the room', () => {
  const { personas: cast } = loadLibrary(null);
  for (const persona of cast) {
    const others = cast.filter((other) => other.id !== persona.id).map((other) => other.name);
    for (const template of Object.values({ ...persona.script?.says, ...persona.script?.thinks }).flat()) {
      for (const name of others)
        assert.ok(!new RegExp(`\\b${name}\\b`).test(template), `${persona.id}: ${template}`);
    }
    for (const [id, remarks] of Object.entries(persona.script?.toward ?? {})) {
      const stranger = cast.filter((other) => other.id !== id && other.id !== persona.id);
      for (const remark of remarks)
        for (const { name } of stranger) assert.ok(!remark.includes(name), remark);
    }
  }
});

test('guests play where they are cast, and nobody plays who is not in data/cast', () => {
  const { content, personas } = loadLibrary(['mike', 'hugo', 'nadia']);
  assert.deepEqual(
    content.cast.map(({ id }) => id),
    ['hugo', 'mike', 'nadia'],
  );
  // Whoever is not cast is known all the same, to be cast later.
  const known = new Set(personas.map(({ id }) => id));
  for (const id of ['alex', 'alice', 'hugo', 'mike', 'nadia', 'sarah']) assert.ok(known.has(id), id);
  assert.throws(
    () => loadLibrary(['mike', 'zorro']),
    /no persona "zorro" in data\/cast; give some of alex, alice/u,
  );
});

test('every question of the banks is a question', () => {
  for (const { id, script } of loadLibrary(null).personas) {
    for (const [key, templates] of Object.entries(script?.says ?? {})) {
      if (key.startsWith('ask'))
        for (const template of templates) assert.ok(template.includes('?'), `${id}: ${template}`);
    }
  }
});

test('a broken file is named in one line, with the place and what is allowed', () => {
  const cases: [string, (text: string) => string, RegExp][] = [
    [
      'cast/mike.json',
      (text) => text.replace('"headlineLeverage": 2', '"headlineLeverage": 9'),
      /^data\/cast\/mike\.json: mandate\.headlineLeverage: .*5/,
    ],
    ['cast/mike.json', (text) => text.slice(0, 300), /^data\/cast\/mike\.json: is not JSON/],
    [
      'cast/alex.json',
      (text) => text.replace('"id": "alex"', '"id": "bob"'),
      /^data\/cast\/alex\.json: id: .*"alex"/,
    ],
    [
      'cast/alex.json',
      (text) => text.replace('"homeRoom": "coffee-shop"', '"homeRoom": "attic"'),
      /^data\/cast\/alex\.json: homeRoom: .*coffee-shop/,
    ],
    [
      'cast/sarah.json',
      (text) => text.replace('"newsFlat"', '"newsFlt"'),
      /^data\/cast\/sarah\.json: script\.says\.newsFlt: .*allowed: .*newsFlat/,
    ],
    [
      'cast/alice.json',
      (text) => text.replace('That headline contains zero bits.', 'Zero bits, {name}.'),
      /says\.newsFlat\[0\]: slot \{name\}/,
    ],
    ['cast/bob.yaml', () => 'id: bob', /^data\/cast\/bob\.yaml: .*ID\.json/],
    [
      'market.json',
      (text) => text.replace('"firstRegime": "stagnant"', '"firstRegime": "sleepy"'),
      /^data\/market\.json: firstRegime: no regime "sleepy"; allowed: stagnant, tech-boom/,
    ],
    [
      'market.json',
      (text) => text.replace('"weather": "snow"', '"weather": "sleet"'),
      /^data\/market\.json: regimes\[5\]\.weather: must be one of clear, cloudy, rain, snow, storm, confetti$/,
    ],
    [
      'blocklist.json',
      (text) => text.replace('"words": [', '"words": ["so so", '),
      /^data\/blocklist\.json: words\[0\]: must be three letters from a to z or more$/,
    ],
    [
      'blocklist.json',
      (text) => text.replace('"patterns": [', '"patterns": ["(((", '),
      /^data\/blocklist\.json: patterns\[0\]: must be a regular expression$/,
    ],
    [
      'headlines.json',
      (text) => text.replace('"stagnant"', '"sleepy"'),
      /^data\/headlines\.json: wire\[\d+\]\.regimes: no regime "sleepy"; allowed: stagnant/,
    ],
    [
      'headlines.json',
      (text) => text.replace('"tone": "flat"', '"tone": "meh"'),
      /^data\/headlines\.json: wire\[\d+\]\.tone: .*up.*down.*flat/,
    ],
  ];
  for (const [file, change, expected] of cases) assert.match(problem(withFile(file, change)), expected);
});

test('a new persona is one file: it joins the cast, with or without a script', () => {
  const before = loadContent().cast.map((persona) => persona.id);
  const dir = withFile('cast/newcomer.json', () => {
    const alice: Record<string, unknown> = JSON.parse(readFileSync(join(shipped, 'cast/alice.json'), 'utf8'));
    const { script: _script, ...rest } = alice;
    return JSON.stringify({ ...rest, id: 'newcomer', name: 'Newcomer', emoji: '🪁', color: '#12ab56' });
  });
  assert.deepEqual(
    loadContent(dir).cast.map((persona) => persona.id),
    [...before, 'newcomer'].sort(),
  );
});
