// Byte-pair vocabularies for the random models of the tests and the benchmark.

/** Token types as GGUF stores them. */
export const tokenType = { normal: 1, control: 3, userDefined: 4 } as const;

export interface Vocabulary {
  tokens: string[];
  types: number[];
  merges: string[];
  bosId: number;
  eosId: number;
}

/**
 * bytes: the 256 bytes and nothing else, so that every text has exactly one tokenisation;
 * chars: printable ASCII without space and backslash, and a few whole characters of two to four bytes: with no white space
 *   and no escape to choose, JSON under a grammar has one tokenisation too;
 * bpe: the bytes, then merges that make the words of the tests one token each, then filler words up to `size`;
 * words: the same words without the bytes, so that the keys and enums of the show's schema have one tokenisation and a
 *   model of random weights cannot spell them out byte by byte, as no real model does; text may use these words only.
 */
export type VocabularyKind = 'bytes' | 'chars' | 'bpe' | 'words';

export const wholeCharacters = ['é', '€', '📈', 'ß'];

export const vocabularyWords: readonly string[] = [
  '{"', '":"', '","', '"}', '."', '!"', '.","', '!","', '?","', '.",', '",', '"', '..', '...', ', ', '--',
  'thought', 'trade', 'size', 'speech', 'location', 'Tech', 'Crypto', 'Bonds', 'Hold', 'Small', 'Half', 'AllIn',
  'Startup', ' Offices', 'VC', ' Office', 'Coffee', ' Shop', 'News', ' Room', 'Stay', 'the', ' the', ' a', ' to', ' and',
  ' of', ' in', ' is', ' I', ' you', ' that', ' it', ' for', ' on', ' with', ' was', ' are', ' be', ' this', ' have', ' from',
  ' market', ' markets', ' price', ' prices', ' trader', ' traders', ' money', ' sell', ' buy', ' tech', ' crypto',
  ' bonds', ' hold', ' crash', ' boom', ' news', ' room', ' said', ' says', ' just', ' here', ' now', ' never', ' always',
  ' what', ' who', ' your', ' my', ' me', ' we', ' they', ' he', ' she', ' her', ' his', ' not', ' do', ' all', ' one', ' up',
  ' down', ' out', ' round', ' last', ' think', ' thing', ' another', ' line', ' short', ' plain', ' answer', ' JSON',
  ' character', ' floor', ' office', ' coffee', ' shop', ' startup', ' hear', ' heard', ' only', ' whoever', ' stands',
  ' same', ' cash', ' equity', ' position', ' fee', ' rent', ' day', ' desk', ' headline', ' rumour', ' rates', ' rate',
  ' fund', ' founder', ' bear', ' bull', ' risk', ' panic', ' calm', ' loud', ' quiet', ' angry', ' happy', ' funny', ' at',
  ' or', ' as', ' by', ' if', ' then', ' when', ' so', ' but', ' no', ' yes', ' about', ' more', ' less', ' than', ' over',
  'Alex', 'Sarah', 'Mike', 'Alice', ' Alex', ' Sarah', ' Mike', ' Alice', 'You', 'system', 'user', 'assistant', '\n\n',
]; // prettier-ignore

export function buildVocabulary(kind: VocabularyKind, size: number, random: () => number): Vocabulary {
  const tokens: string[] = [];
  const types: number[] = [];
  const merges: string[] = [];
  const known = new Set<string>();
  const add = (text: string, type: number = tokenType.normal): number => {
    known.add(text);
    types.push(type);
    return tokens.push(text) - 1;
  };
  const bosId = add('<|bos|>', tokenType.control);
  const eosId = add('<|eos|>', tokenType.control);
  add('<|im_start|>', tokenType.control);
  add('<|im_end|>', tokenType.control);
  // A grammar takes these for plain characters, the engine does not: not where the two are compared.
  if (kind !== 'chars') for (const tag of ['<think>', '</think>']) add(tag, tokenType.userDefined);
  const merged = (text: string): void => {
    const parts = [...Buffer.from(text)].map(byteCharacter);
    for (let end = 2, left = parts[0] ?? ''; end <= parts.length; end++) {
      const right = parts[end - 1] ?? '';
      if (!known.has(left + right)) {
        merges.push(`${left} ${right}`);
        if (kind === 'bpe' || end === parts.length) add(left + right);
      }
      left += right;
    }
  };
  if (kind === 'chars') {
    for (let byte = 0x21; byte < 0x7f; byte++) if (byte !== 0x5c) add(byteCharacter(byte));
    for (const character of wholeCharacters) merged(character);
  } else if (kind === 'words') {
    // No half of a separator: one that is begun could not be ended in a vocabulary without bytes. Three tokens of one
    // character fill a string up to any length.
    const separators = ['{"', '":"', '","', '"}', '.","', ',"'];
    for (const word of [
      '\n',
      '\n\n\n\n',
      '-',
      '~',
      '%',
      ...separators,
      ...vocabularyWords.filter((text) => !/["]|^,/.test(text)),
    ]) {
      const text = Array.from(Buffer.from(word), byteCharacter).join('');
      if (!known.has(text)) add(text);
    }
  } else {
    for (let byte = 0; byte < 256; byte++) add(byteCharacter(byte));
  }
  if (kind === 'bpe') for (const word of vocabularyWords) merged(word);
  if (kind === 'bpe' || kind === 'words') {
    while (tokens.length < size) {
      const text = kind === 'bpe' ? fillerWord(random) : wholeFillerWord(random);
      if (!known.has(text)) add(text);
    }
  }
  // llama.cpp refuses a byte-pair vocabulary without merges: one that no text can use.
  if (merges.length === 0) merges.push(`${byteCharacter(0xff)} ${byteCharacter(0xff)}`);
  return { tokens, types, merges, bosId, eosId };
}

const letters = 'etaoinshrdlucmfwypvbgkjqxz';
const endings = ['"', '",', '."', '\\', '\\n', '.', ',', ':'];

/** A made-up word of 2 to 7 letters behind a space. */
function wholeFillerWord(random: () => number): string {
  return byteCharacter(0x20) + lettersOf(random);
}

/** As above; three in ten without the space, a few with quotes and backslashes as real vocabularies have them. */
function fillerWord(random: () => number): string {
  const word = random() < 0.7 ? wholeFillerWord(random) : lettersOf(random);
  return random() < 0.03 ? word + (endings[Math.floor(random() * endings.length)] ?? '') : word;
}

function lettersOf(random: () => number): string {
  const length = 2 + Math.floor(random() * 6);
  return Array.from({ length }, () => letters[Math.floor(random() * letters.length)] ?? 'e').join('');
}

/** The printable stand-in for a byte in the vocabularies of the GPT-2 kind. */
export function byteCharacter(byte: number): string {
  const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  if (printable) return String.fromCharCode(byte);
  const rank = byte <= 0x20 ? byte : byte <= 0xa0 ? byte - 0x7f + 0x21 : 0x43;
  return String.fromCharCode(0x100 + rank);
}
