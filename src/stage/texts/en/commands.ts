/** What commands and their options are called, and what Discord says about them. */

export const commands = {
  /** Descriptions have at most 100 characters, names of options 32, names of choices 100. */
  commands: {
    help: { description: 'What this show is and what you can do here' },
    floor: { description: 'The office as it is right now. Only you see it' },
    market: { description: 'Prices and where they came from. Only you see it' },
    report: { description: 'What the lab measured of the model that plays here. Only you see it' },
    leaderboard: {
      description: 'Who is rich and who is not',
      options: {
        board: {
          name: 'board',
          description: "The traders' if left out; those of members only you see",
          choices: {
            traders: 'Traders, by equity',
            chips: 'Members, by chips',
            skill: 'Members, by skill',
            calibration: 'How sure, how right',
            chair: "From a trader's chair",
            bluff: 'Who sees through the traders',
          },
        },
      },
    },
    confess: {
      description: 'Read what a trader was really thinking. Only you see it',
      options: {
        trader: { name: 'trader', description: 'Whose thought' },
        round: { name: 'round', description: 'The thought of this round; the latest if left out' },
      },
    },
    bet: {
      description: 'Stakes chips on who gains most next episode',
      options: {
        trader: { name: 'trader', description: 'Who will gain most' },
        amount: { name: 'amount', description: 'How many chips; at most a quarter of yours' },
      },
    },
    wallet: { description: 'Your chips, your streak and what moved lately. Only you see it' },
    bell: { description: 'Be pinged when bets open, or no longer' },
    privacy: { description: 'What is stored about you' },
    'delete-my-data': { description: 'Removes you from everything that is stored' },
    setup: {
      description: 'Shows what would be built or mended; a button builds it',
      options: {
        'producer-role': { name: 'producer-role', description: 'Members with this role are producers, too' },
        language: {
          name: 'language',
          description: 'What the show speaks in its channels',
          choices: { en: 'English', de: 'Deutsch' },
        },
      },
    },
    doctor: { description: 'Finds what is missing or not allowed, and says how to mend it' },
    show: {
      description: 'Runs the show',
      subcommands: {
        start: { description: 'Begins, or goes on where it stopped' },
        pause: { description: 'Pauses after the present round' },
        resume: { description: 'Goes on after a pause' },
        stop: { description: 'Ends the show until a producer starts it again' },
        status: { description: 'Where the show is and how it is doing' },
        pace: {
          description: 'How long a round takes',
          options: { seconds: { name: 'seconds', description: '3 to 600' } },
        },
        model: {
          description: 'Changes the language model that thinks for the traders',
          options: { name: { name: 'name', description: 'Pick one from the list' } },
        },
        schedule: {
          description: 'When the show plays and how long a season is; without options, tells what is set',
          options: {
            plays: {
              name: 'plays',
              description: 'Round the clock, or at the times that you name',
              choices: { continuous: 'Round the clock', appointment: 'By appointment' },
            },
            at: { name: 'at', description: 'Opening times by appointment: 20:00, or 18:00 22:30' },
            days: {
              name: 'days',
              description: 'On which days it opens',
              choices: { daily: 'Every day', weekdays: 'Monday to Friday', weekend: 'Saturday and Sunday' },
            },
            episodes: { name: 'episodes', description: 'Episodes at each opening' },
            'time-zone': { name: 'time-zone', description: 'Such as Europe/Berlin; type a city' },
            'season-days': {
              name: 'season-days',
              description: 'A season ends after so many days; 0 for never',
            },
            'season-episodes': {
              name: 'season-episodes',
              description: 'A season ends after so many episodes; 0 for never',
            },
          },
        },
        quiet: {
          description: 'Hours without posts; the show goes on. The same hour twice means no quiet hours',
          options: {
            from: { name: 'from', description: 'From this hour of the day, 0 to 23' },
            to: { name: 'to', description: 'Until this hour of the day, 0 to 23' },
          },
        },
        bell: {
          description: 'A role that members may take, to be pinged when bets open',
          options: {
            mode: { name: 'mode', description: 'Off removes the role', choices: { on: 'On', off: 'Off' } },
          },
        },
        threads: {
          description: 'A thread in the gallery for each episode, where members talk about it',
          options: {
            mode: { name: 'mode', description: 'From the next bell on', choices: { on: 'On', off: 'Off' } },
          },
        },
        pictures: {
          description: 'Moving pictures of the rounds, or still ones for people whom motion hurts',
          options: {
            mode: {
              name: 'mode',
              description: 'From the next picture on',
              choices: { moving: 'Moving', still: 'Still' },
            },
          },
        },
      },
    },
    chaos: {
      description: 'Breaks a catastrophic headline and crashes the market',
      options: {
        headline: {
          name: 'headline',
          description: 'Your own words; a ready-made catastrophe if left out',
        },
      },
    },
    teardown: { description: 'Shows what would be removed; a button removes it' },
  },
};
