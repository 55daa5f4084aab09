/** Interactions: acknowledges at once, checks who may, runs what was used, turns errors into answers. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  DiscordAPIError,
  Events,
  MessageFlags,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Client,
  type Interaction,
  type Message,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Log } from '#show/ports/clock.ts';
import { AnswerSheet } from './answers.ts';
import type { Command, CommandContext } from './command.ts';
import { parseCustomId } from './custom-id.ts';
import { fieldsOf, optionsOf } from './filled-in.ts';
import { logLost, nameOf } from './lost-answers.ts';
import type { Away, GuildContext } from './guild-context.ts';
import { modal } from '../presentation/form.ts';
import type { MessageBody } from '../presentation/message.ts';
import { discordRefusal } from '../presentation/discord-refusal.ts';
import { relativeTime } from '../presentation/format.ts';
import { shownText } from '../presentation/sanitise.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError, redact } from '#lib/redact.ts';
import { DEFAULT_LANGUAGE, languageOf, textsFor, type Language, type Texts } from '../texts/index.ts';

export interface RouterDeps {
  commands: readonly Command[];
  /** Null when this guild has no show at the moment. */
  contextOf: (guildId: string) => GuildContext | null;
  /** Why a guild's show is not there at the moment; null when the guild has no show at all. */
  whyAway: (guildId: string) => Away | null;
  log: Log;
  /** How long a command may take before it is answered without its result. */
  answerLimitMs?: number | undefined;
}

/** Something in a message was used. */
type Used = ButtonInteraction<'cached'> | StringSelectMenuInteraction<'cached'>;
type Answerable =
  | ChatInputCommandInteraction<'cached'>
  | MessageContextMenuCommandInteraction<'cached'>
  | Used
  | ModalSubmitInteraction<'cached'>;
type Work = (context: CommandContext) => Promise<MessageBody> | MessageBody;

const CHOICES_MAX = 25;
const WHY_MAX = 300;
/** Discord accepts an answer for 15 minutes. */
const ANSWER_LIMIT_MS = 14 * 60_000;

export function routeInteractions(client: Client, deps: RouterDeps): void {
  const router = new Router(deps);
  client.on(Events.InteractionCreate, (interaction) => {
    void router.handle(interaction);
  });
}

class Router {
  readonly #deps: RouterDeps;

  constructor(deps: RouterDeps) {
    this.#deps = deps;
  }

  /** Never rejects. */
  async handle(interaction: Interaction): Promise<void> {
    try {
      if (!interaction.inCachedGuild()) await this.#declineKindly(interaction);
      else if (interaction.isAutocomplete()) await this.#suggest(interaction);
      else if (interaction.isChatInputCommand()) await this.#command(interaction);
      else if (interaction.isMessageContextMenuCommand()) await this.#onMessage(interaction);
      else if (interaction.isButton() || interaction.isStringSelectMenu()) await this.#used(interaction);
      else if (interaction.isModalSubmit()) await this.#submitted(interaction);
      else await this.#declineKindly(interaction);
    } catch (error) {
      logLost(this.#deps.log, error, interaction);
    }
  }

  async #command(interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
    const command = this.#deps.commands.find((known) => known.schema.name === interaction.commandName);
    const guildContext = this.#deps.contextOf(interaction.guildId);
    const options = command ? optionsOf(interaction, command.schema) : {};
    const answers = typeof command?.answers === 'function' ? command.answers(options) : command?.answers;
    const isPublic = answers === 'public' && guildContext !== null && mayBePublic(interaction, guildContext);
    await interaction.deferReply(isPublic ? {} : { flags: MessageFlags.Ephemeral });
    const language = isPublic ? guildContext.language() : languageOf(interaction.locale);
    await this.#answer(interaction, guildContext, language, (context) => {
      if (!command) return { content: context.wording.texts.errors.unknownCommand };
      return this.#refusalFor(command, context) ?? command.run(context, options);
    });
  }

  /** From the menu of a message. The answer is for whoever asked. */
  async #onMessage(interaction: MessageContextMenuCommandInteraction<'cached'>): Promise<void> {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const command = this.#deps.commands.find(
      ({ onMessage }) => onMessage?.name(textsFor(DEFAULT_LANGUAGE)) === interaction.commandName,
    );
    const { targetMessage: target } = interaction;
    const message = { id: target.id, channelId: interaction.channelId, webhookId: target.webhookId };
    await this.#answer(
      interaction,
      this.#deps.contextOf(interaction.guildId),
      languageOf(interaction.locale),
      (context) => {
        const { errors } = context.wording.texts;
        if (!command?.onMessage) return { content: errors.unknownCommand };
        return this.#refusalFor(command, context) ?? command.onMessage.run(context, message);
      },
    );
  }

  /** A button or a menu; one of a form opens it. */
  async #used(interaction: Used): Promise<void> {
    const id = parseCustomId(interaction.customId);
    const opener = id && this.#commandWith('forms', id.name);
    const form = id && opener?.forms?.[id.name];
    const guildContext = this.#deps.contextOf(interaction.guildId);
    const language = languageOf(interaction.locale);
    if (id && opener && form && guildContext) {
      const context = this.#context(interaction, guildContext, language, async () => {});
      if (!this.#refusalFor(opener, context)) {
        await interaction.showModal(modal(id.name, id.argument, form.open(context, id.argument)));
        return;
      }
    }
    await this.#acknowledge(interaction);
    await this.#answer(interaction, guildContext, language, (context) => {
      const command =
        opener ?? (id && this.#commandWith(interaction.isButton() ? 'buttons' : 'menus', id.name));
      if (!id || !command) return STALE(context);
      const refusal = this.#refusalFor(command, context, id.name);
      if (refusal) return refusal;
      if (interaction.isButton()) return command.buttons?.[id.name]?.(context, id.argument) ?? STALE(context);
      return command.menus?.[id.name]?.(context, id.argument, interaction.values) ?? STALE(context);
    });
  }

  async #submitted(interaction: ModalSubmitInteraction<'cached'>): Promise<void> {
    await this.#acknowledge(interaction);
    const id = parseCustomId(interaction.customId);
    const command = id && this.#commandWith('forms', id.name);
    const form = id && command?.forms?.[id.name];
    const guildContext = this.#deps.contextOf(interaction.guildId);
    await this.#answer(interaction, guildContext, languageOf(interaction.locale), (context) => {
      if (!id || !command || !form) return STALE(context);
      return this.#refusalFor(command, context) ?? form.submit(context, id.argument, fieldsOf(interaction));
    });
  }

  /** An answer replaces the private message that was used; under a public message it is a private message of its own. */
  async #acknowledge(interaction: Used | ModalSubmitInteraction<'cached'>): Promise<void> {
    const replaced = replacedBy(interaction) !== null;
    if (replaced && !interaction.isModalSubmit()) await interaction.deferUpdate();
    else if (replaced && interaction.isModalSubmit() && interaction.isFromMessage())
      await interaction.deferUpdate();
    else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  }

  #commandWith(kind: 'buttons' | 'menus' | 'forms', name: string): Command | null {
    return this.#deps.commands.find((known) => Object.hasOwn(known[kind] ?? {}, name)) ?? null;
  }

  /** `used`: the name of a button or a menu; null for the command itself. */
  #refusalFor(
    { audience, waitsForBell }: Command,
    { isProducer, wording, guildContext }: CommandContext,
    used: string | null = null,
  ): MessageBody | null {
    const { errors } = wording.texts;
    if (audience === 'producer' && !isProducer) return { content: errors.producersOnly };
    const waits = waitsForBell === true || (used !== null && waitsForBell?.includes(used));
    const bellAtMs = waits ? guildContext.bellAtMs() : null;
    return bellAtMs === null ? null : { content: errors.bellToCome(relativeTime(bellAtMs)) };
  }

  async #suggest(interaction: AutocompleteInteraction<'cached'>): Promise<void> {
    const command = this.#deps.commands.find((known) => known.schema.name === interaction.commandName);
    const guildContext = this.#deps.contextOf(interaction.guildId);
    const { name, value } = interaction.options.getFocused(true);
    if (!guildContext || !command?.suggest) return await interaction.respond([]);
    const context = {
      show: guildContext.show,
      wording: guildContext.wordingIn(languageOf(interaction.locale)),
    };
    const choices = command.suggest(context, value, name);
    await interaction.respond(choices.slice(0, CHOICES_MAX));
  }

  /** Interactions that are not for the show: outside a server, or with another kind of component. */
  async #declineKindly(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return await interaction.respond([]);
    const { errors } = textsFor(languageOf(interaction.locale));
    const content = interaction.inCachedGuild() ? errors.stale : errors.elsewhere;
    await interaction.reply({ content, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } });
  }

  async #answer(
    interaction: Answerable,
    guildContext: GuildContext | null,
    language: Language,
    work: Work,
  ): Promise<void> {
    const texts = textsFor(language);
    const sheet = new AnswerSheet(replacedBy(interaction));
    const show = async (body: MessageBody): Promise<void> => {
      await interaction.editReply(sheet.edit(body));
    };
    if (!guildContext) return await show({ content: this.#withoutShow(interaction, texts) });
    const context = this.#context(interaction, guildContext, language, show);
    await show(await this.#inTime(interaction, context, work));
  }

  /** Tells a show that is away for a moment from one that was never there. Its producers learn the reason from `/show status`. */
  #withoutShow(interaction: Answerable, { errors }: Texts): string {
    const away = this.#deps.whyAway(interaction.guildId);
    if (!away) return errors.noShow;
    if (away.why === null || !isStatus(interaction) || !interaction.memberPermissions.has('ManageGuild'))
      return errors.away;
    const why = shownText(redact(away.why), WHY_MAX);
    return errors.awayBecause(why, away.retryAtMs === null ? null : relativeTime(away.retryAtMs));
  }

  /** Discord does not wait for ever: work that takes longer goes on, and the answer says so. */
  async #inTime(interaction: Answerable, context: CommandContext, work: Work): Promise<MessageBody> {
    const patience = new AbortController();
    const { texts } = context.wording;
    const limitMs = this.#deps.answerLimitMs ?? ANSWER_LIMIT_MS;
    const late = pause(limitMs, null, { signal: patience.signal, ref: false }).then(
      () => ({ content: texts.errors.stillWorking }),
      () => ({ content: texts.errors.stillWorking }),
    );
    const done = (async () => await work(context))().catch((error: unknown) =>
      this.#apology(error, interaction, context.wording),
    );
    try {
      return await Promise.race([done, late]);
    } finally {
      patience.abort();
    }
  }

  #apology(error: unknown, interaction: Answerable, wording: Wording): MessageBody {
    const { errors } = wording.texts;
    const reference = interaction.id;
    const details = { reference, interaction: nameOf(interaction), ...describeError(error) };
    this.#deps.log.error(details, 'an interaction failed');
    if (!(error instanceof DiscordAPIError)) return { content: errors.failed(reference) };
    const { why, cure } = discordRefusal(error, wording);
    return { content: errors.discord(why, cure) };
  }

  #context(
    interaction: Answerable,
    guildContext: GuildContext,
    language: Language,
    progress: CommandContext['progress'],
  ): CommandContext {
    const { show } = guildContext;
    const role = guildContext.producerRole();
    const isProducer =
      interaction.memberPermissions.has('ManageGuild') ||
      (role !== null && interaction.member.roles.cache.has(role));
    return {
      show,
      guildContext,
      wording: guildContext.wordingIn(language),
      guildId: interaction.guildId,
      member: interaction.user.id,
      isProducer,
      // A form knows its channel; Discord's types allow for one that was opened nowhere.
      here: { channelId: interaction.channelId ?? '', permissions: interaction.appPermissions },
      commands: this.#deps.commands,
      progress,
    };
  }
}

/** Where members may not write, an answer for all would bury what the show posts there. */
function mayBePublic(
  { channelId, memberPermissions }: ChatInputCommandInteraction<'cached'>,
  guildContext: GuildContext,
): boolean {
  return !guildContext.isReadOnly(channelId) && memberPermissions.has('SendMessages');
}

function isStatus(interaction: Answerable): boolean {
  if (!interaction.isChatInputCommand() || interaction.commandName !== 'show') return false;
  return interaction.options.getSubcommand(false) === 'status';
}

const STALE = ({ wording }: CommandContext): MessageBody => ({ content: wording.texts.errors.stale });

/** The private message that the answer replaces; null when it comes as a message of its own. */
function replacedBy(interaction: Answerable): Message<true> | null {
  const source = 'message' in interaction ? interaction.message : null;
  return source?.flags.has(MessageFlags.Ephemeral) === true ? source : null;
}
