#!/usr/bin/env node
/** The backlot by itself, at the terminal: opens one and says how a bot logs in to it. */
import { parseArgs } from 'node:util';
import { GatewayIntentBits } from 'discord-api-types/v10';
import { BacklotError, openBacklot, type Backlot, type BacklotOptions } from './backlot.ts';

const DEFAULT_PORT = 4041;
const PORTS = 65_535;
const BAD_INPUT = 2;

const LIMITS = ['discord', 'none'] as const;
const INTENTS: Readonly<Record<string, number>> = {
  members: GatewayIntentBits.GuildMembers,
  presences: GatewayIntentBits.GuildPresences,
  content: GatewayIntentBits.MessageContent,
};

const HELP = `A local stand-in for Discord: REST API, gateway, CDN and a page for the browser, on this machine only.

  --port N             where it listens (default ${DEFAULT_PORT}; 0: any free port)
  --guild NAME         the guild's name (default "Backlot")
  --bot NAME           the bot's name (default "Bot")
  --members "A, B"     the guild's people, the owner first (default "Owner, Ann, Ben")
  --data-file FILE     keeps the guild, and the token, over restarts; pictures go to FILE.files/
  --limits MODE        ${LIMITS.join(' or ')}: whether rate limits are enforced (default discord)
  --intents LIST       privileged intents that the bot may ask for: ${Object.keys(INTENTS).join(', ')} (default none)
  --help               shows this`;

/** Flags that cannot be right; one line for each mistake. */
class BadFlags extends Error {}

type Asked = BacklotOptions | 'help';

function readFlags(args: string[]): Asked {
  const { values } = parse(args);
  if (values.help === true) return 'help';
  const complaints: string[] = [];
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!/^\d+$/.test(values.port ?? '0') || port > PORTS) {
    complaints.push(`--port "${values.port}": a whole number from 0 to ${PORTS} is needed.`);
  }
  const members = listOf(values.members ?? 'Owner, Ann, Ben');
  if (members.length === 0) complaints.push('--members names nobody: at least the owner is needed.');
  const limits = LIMITS.find((each) => each === (values.limits ?? 'discord'));
  if (limits === undefined) complaints.push(`--limits "${values.limits}": it is ${LIMITS.join(' or ')}.`);
  const asked = listOf(values.intents ?? '');
  for (const name of asked) {
    if (!Object.hasOwn(INTENTS, name))
      complaints.push(`--intents "${name}": there are ${Object.keys(INTENTS).join(', ')}.`);
  }
  for (const flag of ['guild', 'bot', 'data-file'] as const) {
    if (values[flag]?.trim() === '') complaints.push(`--${flag} is empty.`);
  }
  if (complaints.length > 0 || limits === undefined) throw new BadFlags(complaints.join('\n'));
  const dataFile = values['data-file'];
  return {
    port,
    guildName: values.guild ?? 'Backlot',
    botName: values.bot ?? 'Bot',
    members,
    limits,
    privilegedIntents: asked.reduce((bits, name) => bits | (INTENTS[name] ?? 0), 0),
    ...(dataFile === undefined ? {} : { dataFile }),
  };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      options: {
        port: text,
        guild: text,
        bot: text,
        members: text,
        'data-file': text,
        limits: text,
        intents: text,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new BadFlags(`${line.replace(/\.?$/, '.')} --help lists the flags.`, { cause: error });
  }
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function welcome(backlot: Backlot): string {
  return [
    'The backlot is open.',
    `  page     ${backlot.url}`,
    `  REST     ${backlot.restApi}`,
    `  CDN      ${backlot.cdn}`,
    `  gateway  ${backlot.gatewayUrl}`,
    `  token    ${backlot.token}`,
    'A discord.js client logs in with this token and the options { rest: { api: REST, cdn: CDN } }. Ctrl+C ends it.',
  ].join('\n');
}

function complain(error: unknown): void {
  const isForPeople = error instanceof BacklotError || error instanceof BadFlags;
  console.error(isForPeople ? error.message : error);
  process.exitCode = isForPeople ? BAD_INPUT : 1;
}

async function main(): Promise<void> {
  const asked = readFlags(process.argv.slice(2));
  if (asked === 'help') {
    console.log(HELP);
    return;
  }
  const backlot = await openBacklot({ ...asked, onError: (error) => console.error(error.message) });
  const end = (): void => {
    backlot.close().catch(complain);
  };
  // A terminal signals every process of a program, and `npm run` hands the signal on as well: it may come twice.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
  console.log(welcome(backlot));
}

await main().catch(complain);
