/**
 * Flags and environment -> typed settings. Every bad flag or variable is named at once, with what is allowed; the caller
 * prints the lines and exits with 2. A flag wins over its variable.
 */
import { z } from 'zod';
import { isTimeZone } from '#show/schedule/wall-clock.ts';
import { TURN_LIMIT_MAX_SECONDS } from '#show/tempo.ts';
import { quoted } from '#lib/quoted.ts';
import { GPU_CHOICES } from '#brain/gpu.ts';
import { readFlags } from './flags.ts';
import { SHOW_NAME } from './show-file.ts';

export const BRAINS = ['llama', 'scripted', 'remote'] as const;
/** Plays when nobody names another: it ships with the project. */
export const DEFAULT_MODEL = 'pocket';
/** A process of its own for the model, or the program's. */
export const BRAIN_PROCESSES = ['own', 'shared'] as const;
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

/** The shards of this machine, of how many. */
export interface ShardRange {
  first: number;
  last: number;
  of: number;
}

const SHARDS_MOST = 1_000;
const allShards = (of: number): ShardRange => ({ first: 0, last: of - 1, of });
const shardRange = z
  .string()
  .regex(/^\d+-\d+\/\d+$/)
  .transform((text): ShardRange => {
    const [first = 0, last = 0, of = 0] = text.split(/[-/]/u).map(Number);
    return { first, last, of };
  })
  .refine(({ first, last, of }) => first <= last && last < of && of <= SHARDS_MOST);

interface Option<T extends z.ZodType = z.ZodType> {
  flag: string | null;
  env: string | null;
  /** Shown in --help behind the flag. */
  value: string;
  help: string;
  allowed: string;
  schema: T;
  /** The flag asks for the backlot: whoever types it does not mean the servers of the token in .env. */
  onBacklot?: true;
}

const option = <T extends z.ZodType>(it: Option<T>): Option<T> => it;

const OPTIONS = {
  rounds: option({
    flag: 'rounds',
    env: null,
    value: 'N',
    help: 'play N rounds, print one line of JSON, exit; a new show in a temporary folder unless --show names one',
    allowed: 'a whole number from 1 to 1000000',
    schema: whole(1, 1_000_000).optional(),
    onBacklot: true,
  }),
  paceSeconds: option({
    flag: 'pace',
    env: 'PACE',
    value: 'SECONDS',
    help: 'time of a round, until a producer sets it; 0: as fast as it can, whatever was set (default 12)',
    allowed: '0, or whole seconds from 3 to 600',
    schema: whole(0, 600)
      .refine((value) => value === 0 || value >= 3)
      .default(12),
  }),
  seed: option({
    flag: 'seed',
    env: 'SEED',
    value: 'N',
    help: 'seed of a new show (default: drawn by chance)',
    allowed: 'a whole number from 0 to 4294967295',
    schema: whole(0, 4_294_967_295).optional(),
  }),
  show: option({
    flag: 'show',
    env: null,
    value: 'NAME',
    help: 'the show on the backlot: goes on where it was (default: backlot)',
    allowed: SHOW_NAME.allowed,
    schema: z.string().regex(SHOW_NAME.pattern).optional(),
    onBacklot: true,
  }),
  cast: option({
    flag: 'cast',
    env: 'CAST',
    value: 'IDS',
    help: 'who plays, until a producer says otherwise: 2 to 10 files of data/cast (default: all that are no guests)',
    allowed: 'two or more ids of data/cast with commas between, as mike,alice,hugo',
    schema: z
      .string()
      .regex(/^[a-z0-9-]+(,[a-z0-9-]+)+$/)
      .transform((ids) => [...new Set(ids.split(','))])
      .optional(),
  }),
  brain: option({
    flag: 'brain',
    env: 'BRAIN',
    value: 'NAME',
    help: `who thinks: ${BRAINS.join(', ')} (default llama)`,
    allowed: BRAINS.join(', '),
    schema: z.enum(BRAINS).optional(),
  }),
  model: option({
    flag: 'model',
    env: 'MODEL',
    value: 'NAME',
    help: `a GGUF file, or a name from models/catalog.json, which is downloaded once; with --brain remote, its name there (default ${DEFAULT_MODEL}, which ships with the project)`,
    allowed: 'a path or a name',
    schema: z.string().min(1).optional(),
  }),
  threads: option({
    flag: 'threads',
    env: 'THREADS',
    value: 'N',
    help: 'processor threads of the llama brain (default: as many of all cores as measure best while it runs)',
    allowed: 'a whole number from 1 to 64',
    schema: whole(1, 64).optional(),
  }),
  gpu: option({
    flag: 'gpu',
    env: 'GPU',
    value: 'NAME',
    help: `what computes a model beside the processor: ${GPU_CHOICES.join(', ')} (default auto: the best that there is; the shipped model needs none)`,
    allowed: GPU_CHOICES.join(', '),
    schema: z.enum(GPU_CHOICES).default('auto'),
  }),
  brainProcess: option({
    flag: 'brain-process',
    env: 'BRAIN_PROCESS',
    value: 'NAME',
    help: `where a model thinks: ${BRAIN_PROCESSES.join(', ')} (default own: what crashes there does not end the shows; shared takes less memory)`,
    allowed: BRAIN_PROCESSES.join(', '),
    schema: z.enum(BRAIN_PROCESSES).default('own'),
  }),
  brainUrl: option({
    flag: 'brain-url',
    env: 'BRAIN_URL',
    value: 'URL',
    help: 'an OpenAI-compatible server for --brain remote (llama-server, vLLM, SGLang, Ollama)',
    allowed: 'an http or https address',
    schema: z.url({ protocol: /^https?$/ }).optional(),
  }),
  brainApiKey: option({
    flag: null,
    env: 'BRAIN_API_KEY',
    value: '',
    help: "that server's key, if it asks for one",
    allowed: 'the key without spaces',
    schema: z.string().regex(/^\S+$/).optional(),
  }),
  modelMirror: option({
    flag: null,
    env: 'MODEL_MIRROR',
    value: '',
    help: 'where models are downloaded from (default https://huggingface.co)',
    allowed: 'an http or https address',
    schema: z.url({ protocol: /^https?$/ }).optional(),
  }),
  hubToken: option({
    flag: null,
    env: 'HF_TOKEN',
    value: '',
    help: 'a token for models behind a licence',
    allowed: 'the token without spaces',
    schema: z.string().regex(/^\S+$/).optional(),
  }),
  turnSeconds: option({
    flag: 'turn-limit',
    env: 'TURN_LIMIT',
    value: 'SECONDS',
    help: 'time a trader has to think before the turn is fumbled (default 60)',
    allowed: `whole seconds from 1 to ${TURN_LIMIT_MAX_SECONDS}`,
    schema: whole(1, TURN_LIMIT_MAX_SECONDS).default(60),
  }),
  episodeRounds: option({
    flag: 'episode-rounds',
    env: 'EPISODE_ROUNDS',
    value: 'N',
    help: 'rounds from opening to closing bell of a new show (default 24)',
    allowed: 'a whole number from 2 to 1000',
    schema: whole(2, 1_000).default(24),
  }),
  intermissionSeconds: option({
    flag: 'intermission',
    env: 'INTERMISSION',
    value: 'SECONDS',
    help: 'how long the betting pool of a new show is open (default 300, on the backlot 60)',
    allowed: 'whole seconds from 30 to 1800',
    schema: whole(30, 1_800).optional(),
  }),
  seasonEpisodes: option({
    flag: 'season-episodes',
    env: 'SEASON_EPISODES',
    value: 'N',
    help: 'episodes a season of a new show (default: a season goes by days; on the backlot 48)',
    allowed: 'a whole number from 1 to 10000',
    schema: whole(1, 10_000).optional(),
  }),
  seasonDays: option({
    flag: 'season-days',
    env: 'SEASON_DAYS',
    value: 'N',
    help: 'days a season, until a producer sets them (default 14 where no number of episodes is given)',
    allowed: 'a whole number from 1 to 365',
    schema: whole(1, 365).optional(),
  }),
  timeZone: option({
    flag: 'time-zone',
    env: 'TIME_ZONE',
    value: 'NAME',
    help: "the shows' time zone, until a producer sets it (default Etc/UTC)",
    allowed: 'an IANA name, as Europe/Berlin',
    schema: z.string().refine(isTimeZone).default('Etc/UTC'),
  }),
  pictureEveryRounds: option({
    flag: 'picture-every',
    env: 'PICTURE_EVERY',
    value: 'ROUNDS',
    help: 'rounds from one picture of the floor to the next, 0 for none (default 2)',
    allowed: 'a whole number from 0 to 1000',
    schema: whole(0, 1_000).default(2),
  }),
  port: option({
    flag: 'port',
    env: 'PORT',
    value: 'N',
    help: "the backlot's port, 0 for any free one (default 4040)",
    allowed: 'a whole number from 0 to 65535',
    schema: whole(0, 65_535).default(4040),
    onBacklot: true,
  }),
  dataDir: option({
    flag: 'data-dir',
    env: 'DATA_DIR',
    value: 'FOLDER',
    help: 'where the shows are kept (default data/shows)',
    allowed: 'a path',
    schema: z.string().min(1).default('data/shows'),
  }),
  modelsDir: option({
    flag: null,
    env: 'MODELS_DIR',
    value: '',
    help: "where models are downloaded to, and kept beside them what can be made again (default: the project's models)",
    allowed: 'a path',
    schema: z.string().min(1).optional(),
  }),
  healthPort: option({
    flag: 'health-port',
    env: 'HEALTH_PORT',
    value: 'N',
    help: 'serves /healthz and /metrics on this port of 127.0.0.1, shard N on the Nth port after it (default: not at all)',
    allowed: 'a whole number from 1 to 65535',
    schema: whole(1, 65_535).optional(),
  }),
  logLevel: option({
    flag: 'log-level',
    env: 'LOG_LEVEL',
    value: 'LEVEL',
    help: `JSON log on standard error: ${LOG_LEVELS.join(', ')} (default warn)`,
    allowed: LOG_LEVELS.join(', '),
    schema: z.enum(LOG_LEVELS).default('warn'),
  }),
  dataKey: option({
    flag: null,
    env: 'DATA_KEY',
    value: '',
    help: "encrypts the webhooks' tokens in the databases; without it those shows open only with --forget-webhooks",
    allowed: 'at least 16 characters without spaces',
    schema: z
      .string()
      .regex(/^\S{16,}$/)
      .optional(),
  }),
  forgetWebhooks: option({
    flag: 'forget-webhooks',
    env: null,
    value: '',
    help: 'DATA_KEY is lost: tokens that it does not open are forgotten, and each show asks Discord for them again',
    allowed: 'the flag alone',
    schema: z
      .string()
      .optional()
      .transform((given) => given !== undefined),
  }),
  discordShards: option({
    flag: null,
    env: 'DISCORD_SHARDS',
    value: '',
    help: 'processes that share the servers; auto: as many as Discord recommends; 0-7/32: shards 0 to 7 of 32 on this machine (default auto)',
    allowed: 'auto, a whole number from 1 to 1000, or FIRST-LAST/OF as 0-7/32',
    schema: z.literal('auto').or(shardRange).or(whole(1, 1_000).transform(allShards)).default('auto'),
  }),
  discordApi: option({
    flag: null,
    env: 'DISCORD_API',
    value: '',
    help: "another address of Discord's API: a proxy, or a backlot (default Discord's own)",
    allowed: 'an http or https address, as http://127.0.0.1:4040/api',
    schema: z.url({ protocol: /^https?$/ }).optional(),
  }),
  discordToken: option({
    flag: null,
    env: 'DISCORD_TOKEN',
    value: '',
    help: "the bot's token; without it, or with --rounds, --show or --port, the show opens on the local backlot",
    allowed: 'a bot token: three parts with dots between',
    schema: z
      .string()
      .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)
      .optional(),
  }),
};

/** What stands for each flag's value in a help text. */
const FLAGS = Object.fromEntries([
  ...Object.values(OPTIONS).flatMap(({ flag, value }) => (flag === null ? [] : [[flag, value]])),
  // Read by src/bootstrap.mjs before the program starts; known here, so that it is named where flags are listed.
  ['install-system-packages', ''],
  ['models', ''],
]);
const SECRETS = new Set(['discordToken', 'brainApiKey', 'hubToken', 'dataKey']);

export type Settings = { [K in keyof typeof OPTIONS]: z.output<(typeof OPTIONS)[K]['schema']> } & {
  brain: (typeof BRAINS)[number];
  /** False when nobody asked for this brain, so that another may stand in where it does not run. */
  brainIsChosen: boolean;
  /** The first flag that asks for the backlot, whatever token there is, as `--rounds`; null: none. */
  backlotFlag: string | null;
};

/** What a model would be played with. */
export type ModelSettings = Pick<Settings, 'threads' | 'gpu' | 'modelsDir'>;

export type Parsed =
  | { ok: true; settings: Settings }
  | { ok: false; complaints: string[] }
  /** A text is asked for, and no show. */
  | { ok: 'help' }
  | { ok: 'models'; asked: ModelSettings };

export function readSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Parsed {
  const { flags, complaints } = readFlags(args, FLAGS);
  if (flags.has('help')) return { ok: 'help' };
  const settings: Record<string, unknown> = {};
  for (const [key, it] of Object.entries(OPTIONS)) {
    const flagged = it.flag === null ? undefined : flags.get(it.flag);
    const raw = flagged ?? (it.env === null ? undefined : env[it.env]?.trim() || undefined);
    const parsed = it.schema.safeParse(raw);
    if (parsed.success) {
      settings[key] = parsed.data;
    } else {
      const place = flagged === undefined ? `variable ${it.env}` : `flag --${it.flag}`;
      const shown = SECRETS.has(key) ? '(not shown)' : quoted(raw ?? '');
      complaints.push(`${place}: ${shown} is not allowed; give ${it.allowed}`);
    }
  }
  if (complaints.length > 0) return { ok: false, complaints };
  const checked = settings as Partial<Pick<Settings, 'brain'>> & Omit<Settings, 'brain'>;
  if (flags.has('models')) {
    const { threads, gpu, modelsDir } = checked;
    return { ok: 'models', asked: { threads, gpu, modelsDir } };
  }
  if (checked.brain === 'remote' && checked.brainUrl === undefined) {
    const place = flags.has('brain') ? 'flag --brain' : 'variable BRAIN';
    return {
      ok: false,
      complaints: [`${place}: remote needs a server; give --brain-url URL or the variable BRAIN_URL`],
    };
  }
  const brain = checked.brain ?? 'llama';
  const brainIsChosen = checked.brain !== undefined || checked.model !== undefined;
  const model = brain === 'llama' ? (checked.model ?? DEFAULT_MODEL) : checked.model;
  const local = Object.values<Option>(OPTIONS).find(
    ({ flag, onBacklot }) => onBacklot && flag !== null && flags.has(flag),
  );
  const backlotFlag = local ? `--${local.flag}` : null;
  return { ok: true, settings: { ...checked, brain, brainIsChosen, model, backlotFlag } };
}

export function helpText(): string {
  const rows = Object.values(OPTIONS).map((it) => {
    const name = it.flag === null ? (it.env ?? '') : `--${it.flag} ${it.value}`;
    const variable = it.flag === null || it.env === null ? '' : ` [${it.env}]`;
    return `  ${name.padEnd(28)}${it.help}${variable}`;
  });
  return [
    'Open Outcry: a trading floor as a live reality show.',
    '',
    'npm start -- [FLAGS]     a variable in brackets sets the same; names without -- are variables only; .env is read',
    '',
    ...rows,
    `  ${'--install-system-packages'.padEnd(28)}before the start: lets the system's package manager install what a build of node-canvas needs`,
    `  ${'--models'.padEnd(28)}the models known by name: download, memory, licence, seconds a round on this machine`,
    `  ${'--help'.padEnd(28)}this text`,
    '',
    'Exit codes: 0 done, 1 a fault of the program, 2 a bad flag, variable, data or model file, 3 Discord refused the bot,',
    '4 the show is open in another process, 5 posts of --rounds were not shown in time, 130 told to end by a second signal,',
    'or before all of --rounds were played.',
  ].join('\n');
}
