import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FloorView } from '#show/ports/painter.ts';
import { floorAlt, floorText } from '#stage/presentation/posts/floor.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { textsFor } from '#stage/texts/index.ts';
import { content } from '#test/support/floor.ts';
import { theatre } from '#test/support/theatre.ts';

const wording = wordingFor(content, textsFor('en'));

test('the words under a picture say where people are when it is shown: whoever walked on is in the new room', (t) => {
  const floor = theatre(t).show.floorView();
  const [walker, ...others] = floor.traders;
  assert.ok(walker);
  const view: FloorView = {
    ...floor,
    traders: [
      { ...walker, room: 'coffee-shop', heading: 'news-room' },
      ...others.map((one) => ({ ...one, room: 'vc-office', heading: 'vc-office' })),
    ],
  };
  const alt = floorAlt(view, wording);
  assert.match(alt, new RegExp(`News Room: ${walker.name}\\.`));
  assert.match(alt, /Coffee Shop: nobody\./);
  const text = floorText(view, wording).embeds?.[0]?.description ?? '';
  assert.match(text, new RegExp(`\\*\\*News Room\\*\\*: ${walker.name}`));
});
