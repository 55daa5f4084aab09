import assert from 'node:assert/strict';
import { test } from 'node:test';
import { help } from '#commands/help.ts';
import type { CommandContext } from '#stage/interactions/command.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { LANGUAGES, textsFor } from '#stage/texts/index.ts';
import { content } from '#test/support/floor.ts';

test('/help counts the cast that plays, and takes no script for a language model', async () => {
  const cast = content.cast.slice(0, 2);
  const told = await Promise.all(
    LANGUAGES.map(async (language) => {
      const wording = wordingFor({ ...content, cast }, textsFor(language));
      const answer = await help.run(
        { wording, commands: [], isProducer: false } as unknown as CommandContext,
        {},
      );
      return JSON.stringify(answer);
    }),
  );
  const [english = '', german = ''] = told;
  assert.match(
    english,
    /2 traders with small minds[^]*A language model or a plain script plays the traders/u,
  );
  assert.match(german, /2 Händler mit kleinem Verstand[^]*ein Sprachmodell oder ein schlichtes Drehbuch/u);
});
