import { regimeOf } from '#core/market.ts';
import { defineCommand } from '#stage/interactions/command.ts';
import { marketCard } from '#stage/presentation/answers/market.ts';
import { IN_GUILD } from './schema.ts';

export const market = defineCommand({
  schema: { ...IN_GUILD, name: 'market' },
  words: (texts) => texts.commands.market,
  audience: 'member',
  answers: 'private',
  run: ({ show, guildContext, wording }) =>
    guildContext.withCard(
      marketCard(show.market(), show.state, regimeOf(show.content.market, show.state.market.regime), wording),
      show.gallery.prices(show.state),
      wording,
    ),
});
