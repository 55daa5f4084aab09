/** Interactions: acknowledges at once, checks who may, runs the command, the button or the menu, turns errors into answers. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  ApplicationCommandOptionType,
  DiscordAPIError,
  Events,
  MessageFlags,
  RESTJSONErrorCodes,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Client,
  type CommandInteractionOption,
  type Interaction,
  type InteractionEditReplyOptions,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Log } from '#show/ports/clock.ts';
import type { Command, CommandContext, CommandSchema } from './command.ts';
import { parseCustomId } from './custom-id.ts';
import type { Away, GuildContext } from './guild-context.ts';
import { restBody, type MessageBody } from '../presentation/message.ts';
import { discordRefusal } from '../presentation/discord-refusal.ts';
import { relativeTime } from '../presentation/format.ts';
import { shownText } from '../presentation/sanitise.ts';
import type { Wording } from '../presentation/wording.ts';
import { describeError, redact } from '#lib/redact.ts';
import { languageOf, textsFor, type Language, type Texts } from '../texts/index.ts';
import { hasCode } from '../discord/api-errors.ts';

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

type Component = ButtonInteraction<'cached'> | StringSelectMenuInteraction<'cached'>;
type Answerable = ChatInputCommandInteraction<'cached'> | Component;
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
      if (interaction.inCachedGuild() && interaction.isAutocomplete()) await this.#suggest(interaction);
      else if (interaction.inCachedGuild() && interaction.isChatInputCommand())
        await this.#command(interaction);
      else if (interaction.inCachedGuild() && (interaction.isButton() || interaction.isStringSelectMenu()))
        await this.#component(interaction);
      else await this.#declineKindly(interaction);
    } catch (error) {
      this.#logLost(error, interaction);
    }
  }

  async #command(interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
    const command = this.#deps.commands.find((known) => known.schema.name === interaction.commandName);
    const guildContext = this.#deps.contextOf(interaction.guildId);
    const isPublic =
      command?.answers === 'public' && guildContext !== null && mayBePublic(interaction, guildContext);
    await interaction.deferReply(isPublic ? {} : { flags: MessageFlags.Ephemeral });
    const language = isPublic ? guildContext.language() : languageOf(interaction.locale);
    await this.#answer(interaction, guildContext, language, (context) => {
      if (!command) return { content: context.wording.texts.errors.unknownCommand };
      if (command.audience === 'producer' && !context.isProducer)
        return { content: context.wording.texts.errors.producersOnly };
      return command.run(context, optionsOf(interaction, command.schema));
    });
  }

  /** An answer replaces the private message that the button is under; under a public message it is a private message of its own. */
  async #component(interaction: Component): Promise<void> {
    if (interaction.message.flags.has(MessageFlags.Ephemeral)) await interaction.deferUpdate();
    else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const guildContext = this.#deps.contextOf(interaction.guildId);
    await this.#answer(interaction, guildContext, languageOf(interaction.locale), (context) => {
      const { errors } = context.wording.texts;
      const id = parseCustomId(interaction.customId);
      const kind = interaction.isButton() ? 'buttons' : 'menus';
      const command = id && this.#deps.commands.find((known) => Object.hasOwn(known[kind] ?? {}, id.name));
      if (!id || !command) return { content: errors.stale };
      if (command.audience === 'producer' && !context.isProducer) return { content: errors.producersOnly };
      const answer = interaction.isButton()
        ? command.buttons?.[id.name]?.(context, id.argument)
        : command.menus?.[id.name]?.(context, id.argument, interaction.values);
      return answer ?? { content: errors.stale };
    });
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
    const answer = guildContext
      ? await this.#inTime(interaction, this.#context(interaction, guildContext, language), work)
      : { content: this.#withoutShow(interaction, texts) };
    await interaction.editReply(editOf(answer));
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

  #context(interaction: Answerable, guildContext: GuildContext, language: Language): CommandContext {
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
      here: { channelId: interaction.channelId, permissions: interaction.appPermissions },
      commands: this.#deps.commands,
      progress: async (body) => {
        await interaction.editReply(editOf(body));
      },
    };
  }

  /** It is too late, somebody else has answered, or the channel is gone: a pity, not a failure. */
  #logLost(error: unknown, interaction: Interaction): void {
    const details = { interaction: nameOf(interaction), ...describeError(error) };
    const { UnknownInteraction, UnknownMessage, UnknownChannel, InteractionHasAlreadyBeenAcknowledged } =
      RESTJSONErrorCodes;
    if (hasCode(error, UnknownInteraction)) {
      this.#deps.log.warn(details, 'an interaction was answered too late');
    } else if (hasCode(error, UnknownMessage, UnknownChannel)) {
      this.#deps.log.info(details, 'an interaction has lost the place for its answer');
    } else if (hasCode(error, InteractionHasAlreadyBeenAcknowledged)) {
      this.#deps.log.warn(
        details,
        'an interaction was answered by somebody else: are two copies running with this token?',
      );
    } else {
      this.#deps.log.error(details, 'an interaction could not be answered');
    }
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

function editOf(answer: MessageBody): InteractionEditReplyOptions {
  const { body, files } = restBody(answer);
  return {
    content: body.content,
    embeds: body.embeds,
    components: body.components,
    allowedMentions: { parse: [] },
    ...(files && {
      files: files.map((file) => ({
        attachment: Buffer.from(file.data as Uint8Array),
        name: file.name,
        description: answer.picture?.alt ?? '',
      })),
    }),
  };
}

/** Every option of the schema by its name; null for one that was left out. */
function optionsOf(
  interaction: ChatInputCommandInteraction<'cached'>,
  schema: CommandSchema,
): Record<string, string | number | boolean | null> {
  const [first] = interaction.options.data;
  const known = schema.options ?? [];
  if (first?.type !== ApplicationCommandOptionType.Subcommand) return values(known, interaction.options.data);
  const subcommand = known.find((option) => option.name === first.name);
  const inner =
    subcommand?.type === ApplicationCommandOptionType.Subcommand ? (subcommand.options ?? []) : [];
  return { ...values(inner, first.options ?? []), subcommand: first.name };
}

function values(
  known: readonly { name: string }[],
  given: readonly CommandInteractionOption[],
): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    known.map(({ name }) => [name, given.find((option) => option.name === name)?.value ?? null]),
  );
}

function nameOf(interaction: Interaction): string {
  if (interaction.isChatInputCommand() || interaction.isAutocomplete()) return `/${interaction.commandName}`;
  return interaction.isMessageComponent() ? interaction.customId : String(interaction.type);
}
