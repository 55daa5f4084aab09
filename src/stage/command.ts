/**
 * What a slash command is: a schema as Discord takes it, and a handler whose options' types follow from the schema. A
 * handler answers with a message; acknowledging, permissions and errors are the router's.
 */
import type {
  APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { Show } from '#show/show.ts';
import type { MessageBody } from './message.ts';
import type { Wording } from './presentation/wording.ts';
import type { SetupResult } from './setup.ts';

type Type = typeof ApplicationCommandOptionType;

interface OptionBase {
  name: string;
  description: string;
  required?: boolean;
}
export type OptionSchema =
  | (OptionBase & {
      type: Type['String'];
      min_length?: number;
      max_length?: number;
      autocomplete?: boolean;
      choices?: readonly APIApplicationCommandOptionChoice<string>[];
    })
  | (OptionBase & { type: Type['Integer']; min_value?: number; max_value?: number })
  | (OptionBase & { type: Type['Boolean'] });

export interface SubcommandSchema {
  type: Type['Subcommand'];
  name: string;
  description: string;
  options?: readonly OptionSchema[];
}

export interface CommandSchema {
  type: typeof ApplicationCommandType.ChatInput;
  name: string;
  description: string;
  contexts: readonly [typeof InteractionContextType.Guild];
  integration_types: readonly [typeof ApplicationIntegrationType.GuildInstall];
  /** Hides the command from others in Discord's list; what counts is `audience`, checked in code. */
  default_member_permissions?: string;
  options?: readonly OptionSchema[] | readonly SubcommandSchema[];
}

type ValueOf<O extends OptionSchema> = O['type'] extends Type['String']
  ? string
  : O['type'] extends Type['Integer']
    ? number
    : boolean;

type ValuesOf<Options> = Options extends readonly OptionSchema[]
  ? { [O in Options[number] as O['name']]: O extends { required: true } ? ValueOf<O> : ValueOf<O> | null }
  : object;

/** `{ trader: string; round: number | null }`, or with subcommands a union told apart by `subcommand`. */
export type OptionsOf<S extends CommandSchema> = S['options'] extends readonly SubcommandSchema[]
  ? {
      [Sub in S['options'][number] as Sub['name']]: { subcommand: Sub['name'] } & ValuesOf<Sub['options']>;
    }[S['options'][number]['name']]
  : ValuesOf<S['options']>;

export interface CommandContext {
  show: Show;
  wording: Wording;
  /** Who asked. */
  member: string;
  isProducer: boolean;
  /** All commands, for `/help`. */
  commands: readonly Command[];
  setUp: () => Promise<SetupResult>;
}

export interface Command {
  schema: CommandSchema;
  /** Who may use it; checked in code, whatever the server's settings say. */
  audience: 'member' | 'producer';
  /** `private`: only who asked sees the answer. */
  answers: 'private' | 'public';
  run: (
    context: CommandContext,
    options: Record<string, string | number | boolean | null>,
  ) => Promise<MessageBody> | MessageBody;
  /** Choices for what is typed so far, by option; at most 25 are shown. */
  suggest?: (
    context: Pick<CommandContext, 'show' | 'wording'>,
    typed: string,
  ) => { name: string; value: string }[];
  /** Buttons by the name in their custom id, with its argument. Answers are private. */
  buttons?: Record<string, (context: CommandContext, argument: string) => Promise<MessageBody> | MessageBody>;
}

/** Ties a handler's options to its schema. */
export function defineCommand<const S extends CommandSchema>(
  command: Omit<Command, 'schema' | 'run'> & {
    schema: S;
    run: (context: CommandContext, options: OptionsOf<S>) => Promise<MessageBody> | MessageBody;
  },
): Command {
  return { ...command, run: (context, options) => command.run(context, options as OptionsOf<S>) };
}
