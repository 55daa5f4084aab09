/** Why something is refused, and what to do next. */
import type { ForgetRefusal } from '#show/audience/forgetting.ts';
import type {
  BailoutRefusal,
  ChaosRefusal,
  ConfessRefusal,
  ModelRefusal,
  RunRefusal,
  StakeRefusal,
} from '#show/results.ts';
import type { SettingsRefusal } from '#show/schedule/settings.ts';
import type { Facts } from '../counted.ts';
import { counted } from './counted.ts';

export const refusals = {
  refusals: {
    bailout: {
      chips_left: () => 'You still have chips: the bailout is for members who have none.',
      stake_running: () =>
        'Your chips ride on this pool. The bailout is for members who have nothing left after it.',
      bailed_out_today: (when: string) => `The bailout of the day is spent. The next one comes ${when}.`,
    } satisfies Record<BailoutRefusal, (when: string) => string>,
    chaos: {
      show_not_running: () => 'The show is not running. `/show start` first.',
      show_paused: () => 'The show is paused. `/show resume` first.',
      market_shut: (facts: Facts) =>
        `The market is shut: there is nothing to crash. The button works again when it opens, in ${counted(facts['rounds'] ?? 1, 'round')}.`,
      cooling_down: (facts: Facts) =>
        `The button is still hot: it works again in ${counted(facts['rounds'] ?? 1, 'round')}.`,
      text_too_long: (facts: Facts) =>
        `That headline is too long: ${facts['most'] ?? 140} characters at most.`,
      text_blocked: () => 'That headline is on the blocklist (links, invites, slurs). Word it differently.',
      text_empty: () => 'Nothing readable is left of that headline. Use plain words, or leave it out.',
    } satisfies Record<ChaosRefusal, (facts: Facts) => string>,
    confess: {
      unknown_trader: () => 'No trader has that name. Pick one from the list.',
      no_thought_yet: () => 'That trader has not had a turn yet. Try again after the next round.',
      no_such_round: () =>
        'That trader had no turn in that round. Leave the round out for the latest thought.',
    } satisfies Record<ConfessRefusal, (facts: Facts) => string>,
    forget: {
      nothing_known: () => 'Nothing is stored about you.',
      stake_is_open: (facts: Facts) =>
        `You have a stake on episode ${facts['episode'] ?? ''}. Take your reaction off the pool first, then run \`/delete-my-data\` again.`,
      stake_is_locked: (facts: Facts) =>
        `Your stake rides on episode ${facts['episode'] ?? ''}. Run \`/delete-my-data\` again after its closing bell.`,
      excluded_from_pool: (facts: Facts) =>
        `You ran the show while the pool of episode ${facts['episode'] ?? ''} was on, so you must not bet in it. Run \`/delete-my-data\` again after its closing bell.`,
    } satisfies Record<ForgetRefusal, (facts: Facts) => string>,
    model: {
      model_is_fixed: () =>
        'This show has no model to change: it thinks with the scripted brain or a server. The operator sets that with `BRAIN`.',
      model_is_shared: () =>
        'Several servers share the model, so none of them can change it. Whoever runs the bot sets it with `MODEL`.',
      model_is_changing: () =>
        'Another model is being loaded. `/show status` tells which one thinks; try again then.',
      model_failed: (why: string) => `That model could not be loaded, and the one before goes on: ${why}`,
    } satisfies Record<ModelRefusal, (why: string) => string>,
    schedule: {
      unknown_time_zone: () => 'There is no such time zone. Type a city and pick one from the list.',
      bad_opening_time: (facts: Facts) =>
        `Opening times are written as 20:00, up to ${facts['most'] ?? 21} of them with spaces between.`,
      no_opening_times: () => 'A show by appointment needs a time: give one with `at`, such as 20:00.',
      setting_out_of_range: (facts: Facts) =>
        `That must be between ${facts['least'] ?? 1} and ${facts['most'] ?? 1}.`,
    } satisfies Record<SettingsRefusal, (facts: Facts) => string>,
    unknownModel: 'I do not know that model. Pick one from the list that opens while you type.',
    producerRoleForAll: 'Everybody has that role, so everybody would be a producer. Pick another one.',
    run: {
      already_running: () => 'The show is running already. `/show status` tells where it is.',
      already_paused: () => 'The show is paused already. `/show resume` lets it go on.',
      not_running: () => 'The show is not running. `/show start` starts it.',
      not_paused: () => 'The show is not paused. `/show status` tells where it is.',
      pace_out_of_range: (facts: Facts) =>
        `A round takes between ${facts['leastSeconds'] ?? 3} and ${facts['mostSeconds'] ?? 600} seconds.`,
    } satisfies Record<RunRefusal, (facts: Facts) => string>,
    stake: {
      no_open_pool: () => 'No pool is open now.',
      unknown_outcome: () => 'That trader is not in this pool. Pick one whose emoji is under it.',
      stake_too_small: (facts: Facts) =>
        `A stake is at least ${facts['least'] ?? 1} chip. Name a larger one.`,
      stake_too_large: (facts: Facts) =>
        `A stake is at most a quarter of your chips, or 10: ${facts['most'] ?? 0} now.`,
      not_enough_chips: (facts: Facts) =>
        `That is more than your ${counted(facts['chips'] ?? 0, 'chip')}, those in this pool included. You may stake at most ${facts['most'] ?? 0} of them.`,
      nothing_to_double: () => "You have no stake to double. React with a trader's emoji first.",
      no_answer_to_double: () =>
        'You have no stake here to double. Press one of the answers under the pool first.',
      unclear_pick: () =>
        'You reacted more than once while I was away, and I cannot tell which came last, so none counts. Take yours off and react again.',
      no_chips_left: () => 'You have no chips left. The bailout gets you going again, once a day.',
      conflict_of_interest: () =>
        'Whoever causes chaos or runs the show in an episode may hold no stake in it. The next pool is open to you.',
    } satisfies Record<StakeRefusal, (facts: Facts) => string>,
  },

  errors: {
    noShow: 'This server has no show yet. Somebody with **Manage Server** can run `/setup`.',
    away: 'The show is back in a moment. Nothing is lost; try again then.',
    awayBecause: (why: string, when: string | null) =>
      `The show is off the air: ${why}${when === null ? '' : ` It is tried again ${when}.`} Nothing is lost.`,
    noStage: 'There are no channels to play in. Run `/setup` first, then this again.',
    bellToCome: (when: string) =>
      `The episode is decided, and the closing bell tells how: ${when}. Ask again when you have heard it on the tape.`,
    producersOnly: 'Only producers can do that: members with **Manage Server** or the producer role.',
    stale: 'This button is from an earlier time and no longer works. Run the command again for a fresh one.',
    elsewhere: 'I work only in a server that has invited me.',
    stillWorking:
      'This takes longer than Discord waits for an answer. It goes on; `/show status` and `/doctor` tell how it went.',
    unknownCommand: 'I do not know that command any more. Reload Discord (Ctrl+R) to refresh the list.',
    failed: (reference: string) =>
      `Something broke on my side; nothing was lost. Try again, and if it persists tell a producer to look for \`${reference}\` in the log.`,
    discord: (why: string, cure: string) => `Discord refused that: ${why}. ${cure}`,
  },

  /** What a person can do when Discord refuses something, by Discord's code. */
  cures: {
    10003: 'The channel is gone.',
    10008: 'The message is gone.',
    10015: 'The webhook is gone.',
    30003: 'The channel has as many pins as Discord allows: take some off.',
    30007:
      'The channel has 15 webhooks, as many as Discord allows: Channel settings → Integrations → Webhooks: delete some.',
    30013: 'The server has 500 channels, as many as Discord allows: delete some.',
    30032: 'I have as many commands here as Discord allows.',
    30034: 'Discord accepts no more new commands today: wait until tomorrow.',
    50001: 'I cannot see it: Channel settings → Permissions → my role: allow View Channels.',
    50013:
      'I lack a permission there, or may not grant what I do not have: `/doctor` names what I need. Server settings → Roles → my role.',
    50024: 'It is a type of channel that I cannot use: make it a text channel, or delete it.',
    50035:
      'Discord does not accept a name or the number of channels: 50 fit into a category, and some words are forbidden.',
    50074:
      'Discord needs this channel for the Community: Server settings → Community → Overview: choose another channel for the rules and for the updates.',
    60003:
      'This server requires two-factor authentication of its moderators, and for a bot that means the owner of its application: whoever owns mine in the Developer Portal must turn it on in User settings → My Account.',
    otherwise: 'Put that right.',
  },
};
