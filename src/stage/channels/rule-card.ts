/** The rule card, pinned in the betting window. */
import { DiscordAPIError } from 'discord.js';
import { StandingMessage, type StandingDeps } from '../posts/standing-message.ts';
import { discordRefusal } from '../presentation/discord-refusal.ts';
import { isRulesCard, rulesCard } from '../presentation/posts/cards.ts';
import type { Wording } from '../presentation/wording.ts';
import type { Places } from './places.ts';
import type { RuleCard, SetupReport } from './types.ts';

export interface RuleCardDeps extends Pick<StandingDeps, 'api' | 'stageRecord' | 'log' | 'clock'> {
  places: Places;
  /** The words of the card, in the language of the channels. */
  wording: Wording;
  nonce: (what: string, n: number) => string;
  botId: string;
}

export class RuleCardKeeper {
  readonly #deps: RuleCardDeps;
  readonly #message: StandingMessage;

  constructor(deps: RuleCardDeps) {
    this.#deps = deps;
    const { nonce, clock, botId } = deps;
    this.#message = new StandingMessage({
      ...deps,
      name: 'rules',
      nonce: () => nonce('c', clock.nowMs()),
      pinned: { botId, isIt: isRulesCard },
      remade: true,
    });
  }

  /** Shows the card as it should read now, and pins it. What Discord refuses is added to the report, in the words of `told`. */
  async hang(report: SetupReport, told: Wording): Promise<void> {
    const { places, wording, api } = this.#deps;
    const channelId = places.channel('betting');
    if (channelId === null) return;
    const { setup } = told.texts;
    const stood = await this.state();
    try {
      const shown = await this.#message.show(channelId, rulesCard(wording, places.channel('gallery')));
      if (shown.made) report.made.push(setup.ruleCard);
      else report.kept++;
      if (!shown.made && stood === 'unpinned') await api.pin(channelId, shown.messageId);
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      const { why, cure } = discordRefusal(error, told);
      report.problems.push(setup.refused(setup.ruleCard, why, cure));
    }
  }

  async state(): Promise<RuleCard> {
    const { places, api } = this.#deps;
    const channelId = places.channel('betting');
    if (channelId === null) return 'missing';
    try {
      const where = await this.#message.find(channelId);
      if (where?.channelId !== channelId) return 'missing';
      const message = await api.message(where.channelId, where.messageId);
      return message.pinned ? 'pinned' : 'unpinned';
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      return 'missing';
    }
  }
}
