/** In German: see ../en/producing.ts. */
import { counted } from '../counted.ts';
import type { producing as english } from '../en/producing.ts';

export const producing: typeof english = {
  chaos: {
    struck: (headline) => `⚡ Es ist heraus: **${headline}**. Der Markt ist im freien Fall.`,
    next: (round) => `Der Knopf geht wieder in Runde ${round}.`,
  },

  ownStakes: {
    returned: (chips, name) =>
      `Dein Einsatz von ${counted(chips, 'Chip', 'Chips')} auf ${name} ist zurück: Wer Regie führt oder Chaos stiftet, darf in dieser Folge keinen halten.`,
    locked: (chips, name) =>
      `Dein Einsatz von ${counted(chips, 'Chip', 'Chips')} auf ${name} ist gesetzt und bleibt: Er kann noch verloren gehen, gewinnt aber nichts. Wer Regie führt oder Chaos stiftet, soll nichts davon haben.`,
  },

  show: {
    started: 'Die Show läuft.',
    paused:
      'Die Show macht Pause. Eine angefangene Runde wird zu Ende gespielt; `/show resume` öffnet die nächste.',
    resumed: 'Die Show geht weiter.',
    stopped: 'Die Show ist beendet. `/show start` beginnt wieder, wo sie aufhörte.',
    loading: (model) =>
      `⏳ **${model}** wird geladen. Die Show geht solange weiter; ein Download kann Minuten dauern.`,
    modelChanged: 'Ab dem nächsten Zug denkt ein anderes Modell.',
    pictures: {
      moving: 'Ab der nächsten Runde bewegt sich ihr Bild.',
      still: 'Ab der nächsten Runde steht ihr Bild still.',
    },
    threads: {
      on: 'Jede Folge bekommt einen Thread in der Galerie. In wem niemand schreibt, der verschwindet von selbst.',
      off: 'Es werden keine Threads mehr eröffnet. Die es gibt, bleiben.',
      mayNot:
        'Ich darf in der Galerie keine Threads eröffnen. Servereinstellungen → Rollen → meine Rolle: „Öffentliche Threads erstellen“ einschalten, dann noch einmal.',
    },
    bell: {
      on: (role) =>
        `Mitglieder nehmen sich die Rolle ${role} mit \`/bell\` oder dem Knopf unter einem Topf und werden gerufen, wenn gewettet werden kann: nie zweimal in zwölf Stunden.`,
      off: 'Niemand wird mehr gerufen, und die Rolle ist weg.',
      refusals: {
        may_not:
          'Ich darf keine Rolle anlegen. Servereinstellungen → Rollen → meine Rolle: „Rollen verwalten“ einschalten, dann noch einmal.',
        off: 'Hier wird niemand gerufen. Die Regie schaltet es mit `/show bell` ein.',
        gone: 'Ich kann die Rolle nicht vergeben: Sie wurde gelöscht oder steht über meiner. Die Regie richtet es mit `/show bell`.',
      },
    },
    paced: (pace) => `Jetzt beginnt alle ${pace} eine Runde.`,
    seconds: (count) => `${count} s`,
    title: 'Die Show',
    modes: { stopped: 'beendet', paused: 'in Pause', running: 'auf Sendung' },
    phases: { premiere: 'Premiere', intermission: 'Pause' },
    status: (status) =>
      `**${status.mode}** · Saison ${status.season}${status.episode === 0 ? '' : `, Folge ${status.episode}`}${status.phase === null ? '' : `, ${status.phase}`}, Runde ${status.phaseRound} von ${status.phaseRounds} (${status.round} insgesamt)`,
    pace: (pace) => `Alle ${pace} eine Runde`,
    late: (round, enough) =>
      enough === null
        ? `Eine Runde braucht ${round}: Dafür ist kein Tempo langsam genug. Schneller wird es nur mit einem kleineren Modell oder mehr Prozessoren.`
        : `Eine Runde braucht ${round}, länger als vorgesehen. \`/show pace\` mit ${enough} würde reichen; ein kleineres Modell ist schneller.`,
    brain: (label) => `Es denkt: ${label}`,
    turns: (turns, fumbles) => `${counted(turns, 'Zug', 'Züge')}, ${fumbles} verpatzt`,
    waiting: (posts) => `${counted(posts, 'Beitrag wartet', 'Beiträge warten')} noch`,
    standsIn: (bells) =>
      bells === '1'
        ? 'Ab der nächsten Schlussglocke denkt wieder, wer sonst denkt.'
        : `Nach ${bells} Schlussglocken denkt wieder, wer sonst denkt.`,
    symptoms: {
      fumbling: (rounds) =>
        `Seit ${counted(rounds, 'Runde', 'Runden')} ist fast jeder Zug verpatzt: Wer denken soll, antwortet nicht. Das Log sagt, warum.`,
      motionless: (rounds) => `Seit ${counted(rounds, 'Runde', 'Runden')} hat niemand den Raum gewechselt.`,
      silent: (rounds) => `Seit ${counted(rounds, 'Runde', 'Runden')} hat niemand etwas gesagt.`,
      repeating: (count, who) =>
        who === null
          ? `${count} der letzten 12 Sätze sind ein und derselbe.`
          : `${who} hat ${count}-mal nacheinander denselben Satz gesagt.`,
      same_trade: (count, who) =>
        who === null
          ? `Seit ${counted(count, 'Zug', 'Zügen')} machen alle dasselbe Geschäft.`
          : `${who} hat ${count}-mal nacheinander dasselbe Geschäft gemacht.`,
      unseen: (rounds) =>
        `Seit ${counted(rounds, 'Runde', 'Runden')} wurde nichts gezeigt, obwohl gesprochen wurde. \`/doctor\` sucht die Ursache.`,
      stalled: (seconds) => `Seit ${seconds} s ist kein Zug zu Ende gegangen. Das Log sagt, warum.`,
    },
  },

  schedule: {
    title: 'Wann die Show spielt',
    continuous: 'Rund um die Uhr, solange sie läuft.',
    appointment: (episodes, times) => `Nach Termin: ${counted(episodes, 'Folge', 'Folgen')} um ${times}.`,
    daily: 'jeden Tag',
    next: (when) => `Die Türen öffnen ${when}.`,
    timeZone: (name) => `Zeitzone: ${name}.`,
    seasonDays: (days) => `Eine Saison endet nach ${counted(days, 'Tag', 'Tagen')}, mit einer Schlussglocke.`,
    seasonNotByDays: 'Saisons enden nicht nach einer Zahl von Tagen.',
    seasonEpisodes: (episodes) => `Eine Saison endet nach ${counted(episodes, 'Folge', 'Folgen')}.`,
    seasonNotByEpisodes: 'Saisons enden nicht nach einer Zahl von Folgen.',
    quiet: (from, to) => `Ruhe von ${from} bis ${to}: Nichts wird gezeigt, die Show geht weiter.`,
    neverQuiet: 'Keine Ruhezeiten.',
  },
};
