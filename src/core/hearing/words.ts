/** Any other text is judged by its words. */
import type { Instrument } from '../vocabulary.ts';
import { CHATTER, type Act, type Meaning, type Stance } from './meaning.ts';

const UP =
  /\b(buy|buying|bought|long|moon|rally|rallies|rocket|up|rising|rises|bull|bullish|boom|cheap|love|load|strong|soar\w*|winner)\b/i;
const DOWN =
  /\b(sell|selling|sold|short|dump|crash\w*|down|fall\w*|bear|bearish|bubble|dead|overpriced|avoid|doom|careful|safety|cash|weak|risky|burn\w*)\b/i;
const NOT = /\b(not|never|don't|do not|stop|no)\b/i;
const DOOM = /\b(panic|crash|collapse|sell everything|over|burning|apocalypse|run for|get out|meltdown)\b/i;
const FIRST = /\b(i|i'm|i've|my|me)\b/i;

export function byWords(text: string, instrument: Instrument | null): Meaning {
  if (text.includes('?')) return { act: questionAct(text, instrument), stance: 0 };
  if (/^(hi|hey|hello|morning|good morning|welcome)\b/i.test(text)) return { act: 'greeting', stance: 0 };
  if (FIRST.test(text) && /\b(broke|ruined|lost|losing|bleeding|wiped)\b/i.test(text))
    return { act: 'lament', stance: 0 };
  if (FIRST.test(text) && /\b(winning|rich|genius|told you|called it|won)\b/i.test(text))
    return { act: 'brag', stance: 0 };
  if (/\b(idiot|clown|loser|coward|grandma|amateur|fool|boring)\b/i.test(text))
    return { act: 'tease', stance: 0 };
  const stance = stanceOf(text);
  if (stance < 0 && instrument === null && DOOM.test(text)) return { act: 'doom', stance };
  return stance === 0 ? CHATTER : { act: 'claim', stance };
}

function questionAct(text: string, instrument: Instrument | null): Act {
  if (/\b(holding|hold|position|book|own|bought|buying|your money)\b/i.test(text) && instrument === null)
    return 'askMine';
  if (instrument !== null) return 'askView';
  if (/\b(how are|are you ok|okay|all right|alright|feel\w*|holding up)\b/i.test(text)) return 'askHow';
  return 'askChat';
}

function stanceOf(text: string): Stance {
  const up = UP.test(text);
  const down = DOWN.test(text);
  if (up === down) return 0;
  return up === NOT.test(text) ? -1 : 1;
}
