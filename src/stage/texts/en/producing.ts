/** Running the show: chaos, status, schedule. */
import { counted } from './counted.ts';

export const producing = {
  chaos: {
    struck: (headline: string) => `⚡ It is out: **${headline}**. The market is in free fall.`,
    next: (round: number) => `The button works again in round ${round}.`,
  },

  /** Added to the answer when a producer acts while holding a stake. */
  ownStakes: {
    returned: (chips: string, name: string) =>
      `Your stake of ${counted(chips, 'chip')} on ${name} has been returned: whoever runs the show or causes chaos may hold none in that episode.`,
    locked: (chips: string, name: string) =>
      `Your stake of ${counted(chips, 'chip')} on ${name} is locked, so it stays: it can still be lost, but wins nothing. Whoever runs the show or causes chaos may not gain by it.`,
  },

  show: {
    started: 'The show is running.',
    paused: 'The show is paused. A round that is on is played to its end; `/show resume` opens the next.',
    resumed: 'The show goes on.',
    stopped: 'The show is stopped. `/show start` begins again where it stopped.',
    loading: (model: string) =>
      `⏳ Loading **${model}**. The show goes on meanwhile; a download can take minutes.`,
    modelChanged: 'Another model thinks from the next turn on.',
    pictures: {
      moving: 'From the next round on its picture moves.',
      still: 'From the next round on its picture stands still.',
    },
    threads: {
      on: 'Each episode gets a thread in the gallery. One that nobody writes in goes by itself.',
      off: 'No more threads are opened. Those that there are stay.',
      mayNot:
        'I may not open threads in the gallery. Server settings → Roles → my role: switch on Create Public Threads, then try again.',
    },
    bell: {
      on: (role: string) =>
        `Members take the role ${role} with \`/bell\` or the button under a pool, and are pinged when bets open: never twice within twelve hours.`,
      off: 'Nobody is pinged any more, and the role is gone.',
      refusals: {
        may_not:
          'I may not make a role. Server settings → Roles → my role: switch on Manage Roles, then try again.',
        off: 'Nobody is pinged here. A producer switches it on with `/show bell`.',
        gone: 'I cannot give that role: it was deleted, or stands above mine. A producer puts it right with `/show bell`.',
      },
    },
    paced: (pace: string) => `A round opens every ${pace} now.`,
    seconds: (count: string) => `${count} s`,
    title: 'The show',
    modes: { stopped: 'stopped', paused: 'paused', running: 'running' },
    phases: { premiere: 'premiere', intermission: 'intermission' },
    status: (status: {
      mode: string;
      season: number;
      episode: number;
      /** Null in an episode. */
      phase: string | null;
      phaseRound: number;
      phaseRounds: number;
      round: number;
    }) =>
      `**${status.mode}** · season ${status.season}${status.episode === 0 ? '' : `, episode ${status.episode}`}${status.phase === null ? '' : `, ${status.phase}`}, round ${status.phaseRound} of ${status.phaseRounds} (${status.round} in all)`,
    pace: (pace: string) => `A round every ${pace}`,
    /** `enough`: the seconds that would be enough; null where no pace is. */
    late: (round: string, enough: number | null) =>
      enough === null
        ? `A round takes ${round}: no pace is long enough. Only a smaller model is faster, or more processors.`
        : `A round takes ${round}, longer than its pace. \`/show pace\` with ${enough} would be enough; a smaller model is faster.`,
    brain: (label: string) => `Thinking: ${label}`,
    turns: (turns: string, fumbles: string) => `${counted(turns, 'turn')}, ${fumbles} fumbled`,
    waiting: (posts: string) => `${counted(posts, 'post')} still to be shown`,
    standsIn: (bells: string) =>
      bells === '1'
        ? 'The show’s own brain is tried again at the next closing bell.'
        : `The show’s own brain is tried again after ${bells} closing bells.`,
    /** Why there is little to see. `who`: the trader concerned; null for all of them. */
    symptoms: {
      fumbling: (rounds: string) =>
        `Nearly every turn was fumbled for ${counted(rounds, 'round')}: the brain does not answer. The log says why.`,
      motionless: (rounds: string) => `Nobody has changed rooms for ${counted(rounds, 'round')}.`,
      silent: (rounds: string) => `Nobody has said a word for ${counted(rounds, 'round')}.`,
      repeating: (count: string, who: string | null) =>
        who === null
          ? `${count} of the last 12 lines are one and the same.`
          : `${who} has said one and the same line ${count} times in a row.`,
      same_trade: (count: string, who: string | null) =>
        who === null
          ? `Everybody has made the same trade for ${counted(count, 'turn')}.`
          : `${who} has made the same trade ${count} times in a row.`,
      unseen: (rounds: string) =>
        `Nothing has been shown for ${counted(rounds, 'round')}, though lines were spoken. \`/doctor\` looks for the cause.`,
      stalled: (seconds: string) => `No turn has ended for ${seconds} s. The log says why.`,
    },
  },

  schedule: {
    title: 'When the show plays',
    continuous: 'Round the clock, whenever it runs.',
    appointment: (episodes: string, times: string) =>
      `By appointment: ${counted(episodes, 'episode')} at ${times}.`,
    daily: 'every day',
    next: (when: string) => `The doors open ${when}.`,
    timeZone: (name: string) => `Time zone: ${name}.`,
    seasonDays: (days: string) => `A season ends after ${counted(days, 'day')}, with a closing bell.`,
    seasonNotByDays: 'Seasons do not end after a number of days.',
    seasonEpisodes: (episodes: string) => `A season ends after ${counted(episodes, 'episode')}.`,
    seasonNotByEpisodes: 'Seasons do not end after a number of episodes.',
    quiet: (from: string, to: string) => `Quiet from ${from} to ${to}: nothing is posted, the show goes on.`,
    neverQuiet: 'No quiet hours.',
  },
};
