/**
 * What a slash command is: a schema in Discord's form, and a handler whose options' types follow from the schema. A handler
 * returns a message; the router acknowledges, checks permissions and handles errors.
 */
import type {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { Show } from '#show/show.ts';
import type { AttachedFile } from './attached-file.ts';
import type { AboutMessage, Here, GuildContext } from './guild-context.ts';
import type { FormBody } from '../presentation/form.ts';
import type { MessageBody } from '../presentation/message.ts';
import type { Wording } from '../presentation/wording.ts';
import type { Texts } from '../texts/index.ts';

type Type = typeof ApplicationCommandOptionType;

interface OptionBase {
  name: string;
  required?: boolean;
}
export type OptionSchema =
  | (OptionBase & {
      type: Type['String'];
      min_length?: number;
      max_length?: number;
      autocomplete?: boolean;
      /** Values; what a reader sees of them is in the texts. */
      choices?: readonly string[];
    })
  | (OptionBase & { type: Type['Integer']; min_value?: number; max_value?: number })
  | (OptionBase & { type: Type['Boolean'] })
  | (OptionBase & { type: Type['Role'] })
  | (OptionBase & { type: Type['Attachment'] });

export interface SubcommandSchema {
  type: Type['Subcommand'];
  name: string;
  options?: readonly OptionSchema[];
}

/** A command without its words, which are in the texts, with a folder for each language. */
export interface CommandSchema {
  type: typeof ApplicationCommandType.ChatInput;
  name: string;
  contexts: readonly [typeof InteractionContextType.Guild];
  integration_types: readonly [typeof ApplicationIntegrationType.GuildInstall];
  /** Hides the command from others in Discord's list; what counts is `audience`, checked in code. */
  default_member_permissions?: string;
  options?: readonly OptionSchema[] | readonly SubcommandSchema[];
}

export interface OptionWords {
  /** The name that members see: lower case, no spaces. */
  name: string;
  description: string;
  /** Names of the choices by their values. */
  choices?: Readonly<Record<string, string>>;
}
export interface SubcommandWords {
  description: string;
  options?: Readonly<Record<string, OptionWords>>;
}
export interface CommandWords extends SubcommandWords {
  subcommands?: Readonly<Record<string, SubcommandWords>>;
}

type OptionsWordsOf<Options> = Options extends readonly OptionSchema[]
  ? {
      options: {
        [O in Options[number] as O['name']]: O extends { choices: readonly (infer C extends string)[] }
          ? OptionWords & { choices: Record<C, string> }
          : OptionWords;
      };
    }
  : unknown;

/** The words that a schema needs: one that is missing does not compile. */
export type WordsOf<S extends CommandSchema> = {
  description: string;
} & (S['options'] extends readonly SubcommandSchema[]
  ? {
      subcommands: {
        [Sub in S['options'][number] as Sub['name']]: { description: string } & OptionsWordsOf<
          Sub['options']
        >;
      };
    }
  : OptionsWordsOf<S['options']>);

/** What was given for an option; null where it was left out. */
export type OptionValue = string | number | boolean | AttachedFile | null;

type ValueOf<O extends OptionSchema> = O extends { choices: readonly (infer C)[] }
  ? C
  : O['type'] extends Type['String'] | Type['Role']
    ? string
    : O['type'] extends Type['Attachment']
      ? AttachedFile
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
  guildContext: GuildContext;
  /** In the language of whoever reads the answer: the member's own, or the server's where all can see it. */
  wording: Wording;
  guildId: string;
  /** The member who asked. */
  member: string;
  isProducer: boolean;
  /** Where it was asked, and what the bot may do there. */
  here: Here;
  /** All commands, for `/help`. */
  commands: readonly Command[];
  /** Shows how far a long command is. The answer replaces this message. */
  progress: (body: MessageBody) => Promise<void>;
}

type Answer = Promise<MessageBody> | MessageBody;

/** A form that opens at the press of a button or the choice in a menu. */
export interface Form {
  /** Must be quick: Discord waits three seconds for a form, and no answer can be put off. */
  open: (context: Pick<CommandContext, 'show' | 'wording'>, argument: string) => FormBody;
  /** `fields` by their names, as they were filled in; empty where nothing was. */
  submit: (context: CommandContext, argument: string, fields: Readonly<Record<string, string>>) => Answer;
}

/** `private`: only the member who asked sees the answer. */
type Audibility = 'private' | 'public';

export interface Command {
  schema: CommandSchema;
  /** The command's words in one language. */
  words: (texts: Texts) => CommandWords;
  /** Who may use it; checked in code, whatever the server's settings say. */
  audience: 'member' | 'producer';
  /** Whether everybody sees the answer; it may depend on what was asked for. */
  answers: Audibility | ((options: Record<string, OptionValue>) => Audibility);
  /**
   * Its answers would tell how an episode ended before the closing bell was heard on the tape, so they wait for it: all of them, or
   * those of the buttons with these names.
   */
  waitsForBell?: true | readonly string[];
  run: (context: CommandContext, options: Record<string, OptionValue>) => Answer;
  /** Choices for what is typed so far into `option`; at most 25 are shown. */
  suggest?: (
    context: Pick<CommandContext, 'show' | 'wording'>,
    typed: string,
    option: string,
  ) => { name: string; value: string }[];
  /**
   * Buttons by the name in their custom id, with its argument. Answers are private: an answer replaces the private message that
   * the button is under, and comes in addition to a public one.
   */
  buttons?: Record<string, (context: CommandContext, argument: string) => Answer>;
  /** Select menus, likewise, with what was chosen. */
  menus?: Record<string, (context: CommandContext, argument: string, chosen: readonly string[]) => Answer>;
  /** Forms by the name of the button that opens one, with its argument. Answered as buttons are. */
  forms?: Record<string, Form>;
  /** The same command in the menu of a message (Discord's context menu), under a name of its own. */
  onMessage?: {
    name: (texts: Texts) => string;
    run: (context: CommandContext, message: AboutMessage) => Answer;
  };
}

/** Ties a handler's options and the texts to the schema. */
export function defineCommand<const S extends CommandSchema>(
  command: Omit<Command, 'schema' | 'run' | 'words' | 'answers'> & {
    schema: S;
    words: (texts: Texts) => WordsOf<S>;
    answers: Audibility | ((options: OptionsOf<S>) => Audibility);
    run: (context: CommandContext, options: OptionsOf<S>) => Answer;
  },
): Command {
  const { answers } = command;
  return {
    ...command,
    answers: typeof answers === 'string' ? answers : (options) => answers(options as OptionsOf<S>),
    run: (context, options) => command.run(context, options as OptionsOf<S>),
  };
}
