/** The panel in the green room: what producers press. */
import type { AuditRecord } from '#show/ports/store.ts';
import type { PanelRefusal } from '#show/results.ts';
import type { Facts } from '../counted.ts';
import { counted } from './counted.ts';

export const panel = {
  panel: {
    command: { description: 'The buttons of the green room: chaos, pace, news, rumours, the bell' },
    title: '🎛️ The control room',
    chaosReady: '**The red button is armed.** It breaks a catastrophe and crashes the market at once.',
    chaosHot: (round: number, rounds: number) =>
      `**The red button cools down** for ${counted(rounds, 'round')} more: armed again in round ${round}.`,
    chaosShut: (round: number) =>
      `**The red button rests** while the market is shut: armed again when it opens, in round ${round}.`,
    chaosRests: '🔴 The market is shut',
    chaosOff: 'The red button works while the show runs.',
    chaos: '🔴 CAUSE CHAOS',
    chaosCooling: (round: number) => `🔴 Cooling down until round ${round}`,
    surprise: '🎲 Surprise me',
    start: '▶ Start',
    pause: '⏸ Pause',
    resume: '▶ Go on',
    headline: '📰 Next headline',
    rumour: '🤫 Plant a rumour',
    bell: '🔔 Open the market now',
    pace: (now: string) => `A round takes ${now}. Change it…`,
    paceOption: (seconds: string) => `${seconds} a round`,
    log: '**Lately**',
    nothingYet: 'Nobody has pressed anything yet.',
    entry: (when: string, who: string, what: string) => `${when} ${who} ${what}`,
    console: 'the console',
    acts: {
      chaos: (detail: string | null) => (detail === null ? 'caused chaos' : `caused chaos: “${detail}”`),
      headline: (detail: string | null) =>
        detail === null ? 'called for news' : `broke a headline: “${detail}”`,
      rumour: (detail: string | null) => `planted a rumour in the ${detail ?? ''}`,
      bell: () => 'called the bell',
      start: () => 'started the show',
      pause: () => 'paused the show',
      resume: () => 'let the show go on',
      stop: () => 'stopped the show',
      pace: (detail: string | null) => `set the pace: ${detail ?? ''}`,
      model: (detail: string | null) => `changed the model: ${detail ?? ''}`,
      setup: (detail: string | null) => `had the stage ${detail ?? ''}`,
      bailout: (detail: string | null) => `bailed out ${detail ?? ''}`,
      cast: (detail: string | null) => `changed the cast: ${detail ?? ''}`,
      settings: () => 'changed the settings',
    } satisfies Record<AuditRecord['what'], (detail: string | null) => string>,
    footer:
      'For producers only. Whoever presses may place no stake on the episode: an open one returns, a locked one can only be lost.',
    chaosForm: {
      title: 'Cause chaos',
      headline: 'Your headline',
      hint: 'Leave it empty and be surprised.',
      placeholder: 'Coffee machine gains sentience, shorts the market',
    },
    headlineForm: {
      title: 'The next headline',
      text: 'What breaks',
      hint: 'Leave it empty, and the wire runs what it has.',
      placeholder: 'Regulator spotted at the snack bar',
    },
    rumourForm: {
      title: 'Plant a rumour',
      room: 'Where',
      text: 'What is whispered',
      hint: 'Leave it empty for a ready-made one. Only those in the room hear it.',
      placeholder: 'A friend of a friend says the fund is empty',
      about: 'What it is about',
      nothing: 'Nothing in particular',
      up: (instrument: string) => `${instrument} will rise`,
      down: (instrument: string) => `${instrument} will fall`,
    },
    headlineBroke: (text: string) => `📰 It is on the wire: **${text}**`,
    rumourPlanted: (room: string, text: string) => `🤫 They whisper in the ${room}: **${text}**`,
    bellCalled: '🔔 The bell rings with the next round, which opens now.',
    /** What members read in the room. */
    rumourHeard: (text: string) => `🤫 A rumour goes round: “${text}”`,
    /** The command in the menu of a message. */
    confessOn: 'Confess',
    notATrader: 'That is not a line of a trader. Use it on what a trader said in a room.',
    inSetup: 'the panel of the green room',
    unpinned: '📌 The panel of the green room is not pinned.',
    refusals: {
      show_not_running: () => 'The show is not running. `/show start` first.',
      show_paused: () => 'The show is paused. `/show resume` first.',
      once_a_round: () => 'Once a round is enough. Try again in the next one.',
      unknown_room: () => 'That room is gone. Open the form again.',
      market_is_open: () => 'The market is open already.',
      doors_closed: () =>
        'The show plays by appointment, and its doors are closed. `/show schedule` changes that.',
      bell_is_due: () => 'The bell rings with the next round anyway.',
      text_too_long: (facts: Facts) => `That is too long: ${facts['most'] ?? 140} characters at most.`,
      text_blocked: () => 'That is on the blocklist (links, invites, slurs). Word it differently.',
      text_empty: () => 'Nothing readable is left of that. Use plain words, or leave it out.',
    } satisfies Record<PanelRefusal, (facts: Facts) => string>,
  },
};
