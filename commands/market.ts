import { regimeOf } from '#core/market.ts';
import { defineCommand, type CommandContext } from '#stage/interactions/command.ts';
import type { MessageBody } from '#stage/presentation/message.ts';
import { marketCard } from '#stage/presentation/answers/market.ts';
import { IN_GUILD } from './schema.ts';

export const market = defineCommand({
  schema: { ...IN_GUILD, name: 'market' },
  words: (texts) => texts.commands.market,
  audience: 'member',
  answers: 'private',
  run: (context) => prices(context),
  buttons: { market: (context) => prices(context) },
});

function prices({ show, guildContext, wording }: CommandContext): Promise<MessageBody> {
  const regime = regimeOf(show.content.market, show.state.market.regime);
  const card = marketCard(show.market(), show.state, regime, wording);
  return guildContext.withCard(card, show.gallery.prices(show.state), wording);
}
