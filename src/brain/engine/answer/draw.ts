/** Draws a token from the likeliest of a row, as samplers of llama.cpp do: penalty, top-k, top-p, min-p, temperature, in this order. */

/** Tokens of one row with their logits. */
export interface Candidates {
  readonly tokens: readonly number[];
  readonly logits: readonly number[];
  /** Whether no token that may come is left out. Otherwise all that are left out are less likely. */
  readonly whole: boolean;
}

export interface Drawing {
  allows: (token: number) => boolean;
  /** Tokens that become less likely by the factor `penalty`. */
  penalised: ReadonlySet<number>;
  penalty: number;
  /** 0 takes the likeliest. */
  temperature: number;
  topK: number;
  /** 1 for all. */
  topP: number;
  /** 0 for all. */
  minP: number;
  /** Uniform in [0, 1). Called once, and not at temperature 0. */
  random: () => number;
}

interface Candidate {
  token: number;
  logit: number;
}

/** 'more' where more candidates are needed to be right, 'none' where no token may come. */
export function drawFrom(candidates: Candidates, drawing: Drawing): number | 'more' | 'none' {
  const kept = keptOf(candidates, drawing);
  const needed = drawing.temperature > 0 ? drawing.topK : 1;
  const last = kept[needed - 1];
  // A penalty only takes away: what is left out cannot be likelier than the least likely that is there.
  if (!candidates.whole && !(last && last.logit >= leastOf(candidates))) return 'more';
  if (drawing.temperature <= 0) return kept[0]?.token ?? 'none';
  return pick(likely(kept.slice(0, drawing.topK), drawing), drawing);
}

function keptOf({ tokens, logits }: Candidates, { allows, penalised, penalty }: Drawing): Candidate[] {
  const kept: Candidate[] = [];
  for (const [at, token] of tokens.entries()) {
    const logit = logits[at] ?? Number.NaN;
    if (!Number.isFinite(logit) || !allows(token)) continue;
    const less = logit > 0 ? logit / penalty : logit * penalty;
    kept.push({ token, logit: penalised.has(token) ? less : logit });
  }
  return kept.sort((one, other) => other.logit - one.logit || one.token - other.token);
}

function leastOf({ logits }: Candidates): number {
  return logits.reduce((least, logit) => Math.min(least, logit), Number.POSITIVE_INFINITY);
}

/** Those that top-p and min-p leave. */
function likely(kept: readonly Candidate[], { topP, minP }: Drawing): readonly Candidate[] {
  const weights = weightsOf(kept, 1);
  const enough = topP * weights.reduce((sum, weight) => sum + weight, 0);
  let count = 0;
  for (let sum = 0; count < kept.length && sum < enough; count++) {
    const weight = weights[count] ?? 0;
    if (weight < minP && count > 0) break;
    sum += weight;
  }
  return kept.slice(0, Math.max(1, count));
}

function pick(kept: readonly Candidate[], { temperature, random }: Drawing): number | 'none' {
  const weights = weightsOf(kept, temperature);
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, { token }] of kept.entries()) {
    left -= weights[at] ?? 0;
    if (left < 0) return token;
  }
  return kept.at(-1)?.token ?? 'none';
}

/** Probabilities in parts of the first one's. */
function weightsOf(kept: readonly Candidate[], temperature: number): number[] {
  const most = kept[0]?.logit ?? 0;
  return kept.map(({ logit }) => Math.exp((logit - most) / temperature));
}
