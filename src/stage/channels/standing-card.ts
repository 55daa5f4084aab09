/** A card that stands pinned in one of the show's channels: the rules in the betting window, the panel in the green room. */
import { DiscordAPIError, type APIMessage } from 'discord.js';
import { SerialQueue } from '#lib/serial-queue.ts';
import { StandingMessage, type StandingDeps } from '../posts/standing-message.ts';
import { discordRefusal } from '../presentation/discord-refusal.ts';
import type { MessageBody } from '../presentation/message.ts';
import { isPanel, panelCard } from '../presentation/posts/panel.ts';
import { isRulesCard, rulesCard } from '../presentation/posts/cards.ts';
import type { Wording } from '../presentation/wording.ts';
import type { Show } from '#show/show.ts';
import type { OwnPlace, Places } from './places.ts';
import type { CardState, SetupReport } from './types.ts';

export interface StandingCardDeps extends Pick<StandingDeps, 'api' | 'log' | 'clock'> {
  show: Show;
  places: Places;
  /** The words of the card, in the language of the channels. */
  wording: Wording;
  nonce: (what: string, n: number) => string;
  botId: string;
}

/** Which card it is. */
interface About {
  /** Its name in the stage's record. */
  name: 'rules' | 'panel';
  place: OwnPlace;
  nonceKind: string;
  isIt: (message: APIMessage) => boolean;
  body: () => MessageBody;
  /** What a set-up calls it. */
  called: (wording: Wording) => string;
}

export class StandingCard {
  readonly #deps: StandingCardDeps;
  readonly #about: About;
  readonly #message: StandingMessage;
  /** A card that is shown twice at once would be posted twice. */
  readonly #showing = new SerialQueue();

  constructor(deps: StandingCardDeps, about: About) {
    this.#deps = deps;
    this.#about = about;
    const { nonce, clock, botId, show } = deps;
    const { name, nonceKind, isIt } = about;
    this.#message = new StandingMessage({
      ...deps,
      stageRecord: show.stageRecord,
      name,
      nonce: () => nonce(nonceKind, clock.nowMs()),
      pinned: { botId, isIt },
      remade: true,
    });
  }

  /** Shows the card as it should read now, and pins it. What Discord refuses is added to the report, in the words of `told`. */
  async hang(report: SetupReport, told: Wording): Promise<void> {
    const channelId = this.#channel();
    if (channelId === null) return;
    const { setup } = told.texts;
    const what = this.#about.called(told);
    const stood = await this.state();
    try {
      const shown = await this.#show(channelId);
      if (shown.made) report.made.push(what);
      else report.kept++;
      if (!shown.made && stood === 'unpinned') await this.#deps.api.pin(channelId, shown.messageId);
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      const { why, cure } = discordRefusal(error, told);
      report.problems.push(setup.refused(what, why, cure));
    }
  }

  /** Brings the card up to date, or makes it again. Rejects with Discord's error. */
  async refresh(): Promise<void> {
    const channelId = this.#channel();
    if (channelId !== null) await this.#show(channelId);
  }

  async state(): Promise<CardState> {
    const channelId = this.#channel();
    if (channelId === null) return 'missing';
    try {
      const where = await this.#message.find(channelId);
      if (where?.channelId !== channelId) return 'missing';
      const message = await this.#deps.api.message(where.channelId, where.messageId);
      return message.pinned ? 'pinned' : 'unpinned';
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error;
      return 'missing';
    }
  }

  #channel(): string | null {
    return this.#deps.places.channel(this.#about.place);
  }

  #show(channelId: string): Promise<{ messageId: string; made: boolean }> {
    return this.#showing.run(() => this.#message.show(channelId, this.#about.body()));
  }
}

export function ruleCard(deps: StandingCardDeps): StandingCard {
  const { wording, places } = deps;
  return new StandingCard(deps, {
    name: 'rules',
    place: 'betting',
    nonceKind: 'c',
    isIt: isRulesCard,
    body: () => rulesCard(wording, places.channel('gallery')),
    called: ({ texts }) => texts.setup.ruleCard,
  });
}

export function controlPanel(deps: StandingCardDeps): StandingCard {
  const { wording, show } = deps;
  return new StandingCard(deps, {
    name: 'panel',
    place: 'green-room',
    nonceKind: 'g',
    isIt: isPanel,
    body: () => panelCard(show.controlRoom.panel(), wording),
    called: ({ texts }) => texts.panel.inSetup,
  });
}
