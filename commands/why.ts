import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import { whyAnswer } from '#stage/presentation/hand/why.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { suggestedTraders, traderOf } from '#stage/presentation/trader-option.ts';
import { IN_GUILD, TRADER_OPTION } from './schema.ts';

/** A wait that is worth a word. */
const TOLD_MS = 2_000;

export const why = defineCommand({
  schema: { ...IN_GUILD, name: 'why', options: [TRADER_OPTION] },
  words: (texts) => texts.why.command,
  audience: 'member',
  answers: 'private',
  run: (context, { trader }) => asked(context, traderOf(context.wording, trader)),
  suggest: ({ wording }, typed) => suggestedTraders(wording.content.cast, typed),
  buttons: { why: (context, trader) => asked(context, trader) },
});

async function asked(
  { show, wording, member, progress }: CommandContext,
  trader: string,
): Promise<MessageBody> {
  const { texts, format } = wording;
  show.hand.bluffs.peeked(member, trader);
  const reasons = await show.hand.why.ask(trader, async (aboutMs) => {
    if (aboutMs < TOLD_MS) return;
    await progress({
      content: texts.why.begun(wording.name(trader), format.count(Math.ceil(aboutMs / 1_000))),
    });
  });
  return whyAnswer(reasons, wording);
}
