import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personaSchema } from '#core/content.ts';
import { suggestedTraders } from '#stage/presentation/trader-option.ts';
import { content } from '#test/support/floor.ts';

const TITLES = {
  'of many words': 'Vice President of Everything, '.repeat(7).slice(0, 200),
  'of emoji that are many characters each': '🧑‍🚀'.repeat(40),
};

for (const [what, title] of Object.entries(TITLES)) {
  test(`a trader with a title ${what} is offered under a name that Discord accepts`, () => {
    const [first, ...others] = content.cast;
    assert.ok(first);
    const titled = personaSchema.parse({ ...first, emoji: '👩‍🚀', title });
    const offered = suggestedTraders([titled, ...others], '');
    assert.equal(offered.length, content.cast.length);
    for (const { name } of offered) assert.ok(name.length <= 100, `${name.length} characters: ${name}`);
    assert.ok(offered[0]?.name.startsWith(`👩‍🚀 ${first.name}, ${title.slice(0, 20)}`));
    assert.ok(offered[0]?.name.endsWith('…'));
  });
}

test('a title that fits is offered as it is', () => {
  const { name, emoji, title } = content.cast[0] ?? assert.fail();
  assert.equal(suggestedTraders(content.cast, '')[0]?.name, `${emoji} ${name}, ${title}`);
});
