/** Setting up the stage, finding what is wrong with it, taking it down. */
import type { RunMode } from '#show/results.ts';
import { counted } from './counted.ts';

export const building = {
  /** As Discord calls them in its settings. */
  permissions: {
    ViewChannel: 'View Channels',
    SendMessages: 'Send Messages',
    EmbedLinks: 'Embed Links',
    AttachFiles: 'Attach Files',
    ReadMessageHistory: 'Read Message History',
    AddReactions: 'Add Reactions',
    ManageWebhooks: 'Manage Webhooks',
    ManageChannels: 'Manage Channels',
    PinMessages: 'Pin Messages',
    ManageMessages: 'Manage Messages',
  },

  setup: {
    title: 'Setting up Open Outcry',
    intro:
      'Nothing is touched before you press the button. Run it again at any time: what is there already is kept.',
    willMake: 'Will be made',
    nothingToMake: 'Nothing: everything is there.',
    stands: 'There already',
    standing: (channels: string, webhooks: string, rules: boolean) =>
      `${counted(channels, 'channel')}, ${counted(webhooks, 'voice')} of traders${rules ? ', the rule card' : ''}`,
    allowed: 'Permissions',
    allAllowed: '✅ I have every permission that I need.',
    settings: 'Settings',
    settled: (language: string, role: string | null) =>
      `Language: ${language}. Producers: whoever may manage the server${role === null ? '' : `, and ${role}`}.`,
    leftAlone: 'Left alone',
    stranger: (name: string) => `#${name} is not mine: I shall make one of my own.`,
    build: 'Build',
    buildAgain: 'Check again',
    apply: 'Apply',
    willSpeak: (language: string) =>
      `🔤 The show will speak ${language}. Channels that are there already keep their names; their topics follow, but for those that you wrote.`,
    speaks: (language: string) =>
      `🔤 The show speaks ${language} now. Channels that were there keep their names; their topics follow within minutes, but for those that you wrote.`,
    willProduce: (role: string) => `🎬 ${role} will be producers.`,
    mend: 'Mend',
    building: '🔨 Building. It takes a minute or two: Discord lets me make webhooks only slowly.',
    ready: (made: number, kept: number) =>
      `The stage stands: ${counted(made, 'thing')} built, ${kept} already there.`,
    made: (what: string) => `🔨 ${what}`,
    problem: (what: string) => `❗ ${what}`,
    refused: (what: string, why: string, cure: string) =>
      `Discord refused ${what}: ${why}. ${cure} Then run \`/setup\` again.`,
    letRoleIn: (role: string, channel: string) =>
      `I cannot let ${role} into #${channel}. Channel settings → Permissions → add the role: View Channel and Send Messages.`,
    portraitMissing: (name: string, why: string) =>
      `No portrait for ${name} (${why}). Run \`/setup\` again later.`,
    next: {
      stopped: 'Run `/show start` to ring the first bell.',
      paused: 'The show is paused: `/show resume` goes on.',
      running: 'The show is running.',
    } satisfies Record<RunMode, string>,
    failed: (why: string) => `The stage could not be built. ${why}`,
    missing: (where: string, permissions: string, fix: string) =>
      `In **${where}** I lack **${permissions}**. ${fix}`,
    fixServer: 'Server settings → Roles → my role: switch on what I lack, then run `/setup` again.',
    fixChannel:
      'Channel settings → Permissions → my role: allow what I lack. Or delete the channel, or give me Manage Roles, and run `/setup` again.',
    fixByButton: 'The button mends that.',
    exposed: (channel: string, fix: string) =>
      `Everybody can see **${channel}**, which is for producers. ${fix}`,
    fixExposed: 'Channel settings → Permissions → @everyone: deny View Channel.',
    mended: (what: string) => `🔧 ${what}`,
    mendedOwn: (channel: string, permissions: string) => `${channel}: I have ${permissions} again`,
    broughtBack: (what: string) => `${what}: brought back from another channel`,
    renamed: (what: string) => `${what}: under the right name again`,
    sealed: (channel: string) => `${channel}: for producers only again`,
    server: 'this server',
    channel: (name: string) => `#${name}`,
    channelFor: (name: string, topic: string) => `#${name} · ${topic}`,
    category: (name: string) => `category ${name}`,
    webhook: (name: string, room: string) => `${name} in the ${room}`,
    webhooks: (names: string, room: string) => `voices in the ${room}: ${names}`,
    ruleCard: 'the pinned rule card',
  },

  doctor: {
    titleWell: '🩺 All is well',
    titleIll: (count: string) => `🩺 ${counted(count, 'thing')} to mend`,
    well: 'Every channel, voice and permission is there.',
    noPortrait: (name: string, room: string) => `🖼️ ${name} has no portrait in the ${room}.`,
    unpinned: '📌 The rule card is not pinned.',
    backlog: (posts: string) =>
      `📮 ${posts} posts wait. Discord may be slow, or a channel is closed to me: what is old is folded into one card.`,
    mutedGallery: (channel: string) =>
      `Some members may be unable to write in #${channel}, and so to use commands. Channel settings → Permissions → @everyone: allow Send Messages.`,
    hint: (what: string) => `-# Welcome, but not needed: ${what}`,
    footer: (mode: string, posts: string) => `The show is ${mode}; ${counted(posts, 'post')} waiting`,
  },

  teardown: {
    title: 'Taking the stage down',
    intro:
      'These go for good, with every message in them. The show stops, open stakes return, and chips and standings stay stored.',
    willGo: (what: string) => `🗑️ ${what}`,
    confirm: 'Remove all of it',
    nothing: 'There is nothing of mine here. `/setup` builds the stage.',
    removing: '🧹 Removing.',
    gone: (what: string) => `🗑️ ${what}`,
    done: (count: number) => `The stage is down: ${counted(count, 'thing')} removed. The show is stopped.`,
    stayed: (what: string, why: string, cure: string) =>
      `${what} stayed (${why}). ${cure} Or delete it by hand.`,
    categoryInUse: (name: string, others: number) =>
      `category ${name} stayed: ${counted(others, 'channel')} in it ${others === 1 ? 'is' : 'are'} not mine.`,
    next: '`/setup` builds it again. To get rid of me, remove me in Server settings → Integrations.',
  },
};
