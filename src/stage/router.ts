/** Interactions: acknowledges at once, checks who may, runs the command or the button, turns errors into answers. */
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
} from 'discord.js';
import type { Log } from '#show/ports.ts';
import type { Show } from '#show/show.ts';
import type { Command, CommandContext, CommandSchema } from './command.ts';
import { parseCustomId } from './custom-id.ts';
import { restBody, type MessageBody } from './message.ts';
import type { Wording } from './presentation/wording.ts';
import { PRODUCER_ROLE_NOTE } from './places.ts';
import { describeError } from './redact.ts';
import type { SetupResult } from './setup.ts';
import type { Texts } from './texts/index.ts';
import { hasCode } from './wire.ts';

/** A guild as the router sees it. */
export interface Desk {
  show: Show;
  wording: Wording;
  setUp: () => Promise<SetupResult>;
}

export interface RouterParts {
  commands: readonly Command[];
  /** Null: this guild has no show. */
  deskOf: (guildId: string) => Desk | null;
  texts: Texts;
  log: Log;
}

type Answerable = ChatInputCommandInteraction<'cached'> | ButtonInteraction<'cached'>;

const CHOICES_MAX = 25;

export function routeInteractions(client: Client, parts: RouterParts): void {
  const router = new Router(parts);
  client.on(Events.InteractionCreate, (interaction) => {
    void router.handle(interaction);
  });
}

class Router {
  readonly #parts: RouterParts;

  constructor(parts: RouterParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async handle(interaction: Interaction): Promise<void> {
    try {
      if (!interaction.inCachedGuild()) return;
      if (interaction.isAutocomplete()) await this.#suggest(interaction);
      else if (interaction.isChatInputCommand()) await this.#command(interaction);
      else if (interaction.isButton()) await this.#button(interaction);
    } catch (error) {
      this.#logLost(error, interaction);
    }
  }

  async #command(interaction: ChatInputCommandInteraction<'cached'>): Promise<void> {
    const command = this.#parts.commands.find((known) => known.schema.name === interaction.commandName);
    const isPrivate = command?.answers !== 'public';
    await interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {});
    await this.#answer(interaction, (context) => {
      if (!command) return { content: this.#parts.texts.errors.unknownCommand };
      if (command.audience === 'producer' && !context.isProducer)
        return { content: this.#parts.texts.errors.producersOnly };
      return command.run(context, optionsOf(interaction, command.schema));
    });
  }

  async #button(interaction: ButtonInteraction<'cached'>): Promise<void> {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await this.#answer(interaction, (context) => {
      const id = parseCustomId(interaction.customId);
      const command = id && this.#parts.commands.find((known) => Object.hasOwn(known.buttons ?? {}, id.name));
      const press = id && command?.buttons?.[id.name];
      if (!id || !command || !press) return { content: this.#parts.texts.errors.stale };
      if (command.audience === 'producer' && !context.isProducer)
        return { content: this.#parts.texts.errors.producersOnly };
      return press(context, id.argument);
    });
  }

  async #suggest(interaction: AutocompleteInteraction<'cached'>): Promise<void> {
    const command = this.#parts.commands.find((known) => known.schema.name === interaction.commandName);
    const desk = this.#parts.deskOf(interaction.guildId);
    const choices = desk && command?.suggest ? command.suggest(desk, interaction.options.getFocused()) : [];
    await interaction.respond(choices.slice(0, CHOICES_MAX));
  }

  async #answer(
    interaction: Answerable,
    work: (context: CommandContext) => Promise<MessageBody> | MessageBody,
  ): Promise<void> {
    const { texts, log } = this.#parts;
    const desk = this.#parts.deskOf(interaction.guildId);
    let answer: MessageBody;
    try {
      answer = desk ? await work(this.#context(interaction, desk)) : { content: texts.errors.noShow };
    } catch (error) {
      const reference = interaction.id;
      log.error(
        { reference, interaction: nameOf(interaction), ...describeError(error) },
        'an interaction failed',
      );
      const refused = error instanceof DiscordAPIError;
      answer = {
        content: refused ? texts.errors.discord(describeError(error).error) : texts.errors.failed(reference),
      };
    }
    await interaction.editReply(editOf(answer));
  }

  #context(interaction: Answerable, desk: Desk): CommandContext {
    const role = desk.show.notes.get(PRODUCER_ROLE_NOTE);
    const isProducer =
      interaction.memberPermissions.has('ManageGuild') ||
      (role !== null && interaction.member.roles.cache.has(role));
    return { ...desk, member: interaction.user.id, isProducer, commands: this.#parts.commands };
  }

  /** Too late, or somebody else answered: a pity, not a failure. */
  #logLost(error: unknown, interaction: Interaction): void {
    const details = { interaction: nameOf(interaction), ...describeError(error) };
    if (hasCode(error, RESTJSONErrorCodes.UnknownInteraction)) {
      this.#parts.log.warn(details, 'an interaction was answered too late');
    } else if (hasCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) {
      this.#parts.log.warn(
        details,
        'an interaction was answered by somebody else: are two copies running with this token?',
      );
    } else {
      this.#parts.log.error(details, 'an interaction could not be answered');
    }
  }
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
  return interaction.isButton() ? interaction.customId : String(interaction.type);
}
