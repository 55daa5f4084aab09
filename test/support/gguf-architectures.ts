/** The kinds of models that random weights are written for: what each says about itself and which tensors it has. */

/** Quantisations that can be written, by GGML's numbers and block shapes. */
export const quantisations = {
  F32: { id: 0, weights: 1, bytes: 4 },
  F16: { id: 1, weights: 1, bytes: 2 },
  Q4_0: { id: 2, weights: 32, bytes: 18 },
  Q8_0: { id: 8, weights: 32, bytes: 34 },
  Q6_K: { id: 14, weights: 256, bytes: 210 },
} as const;
export type Quantisation = keyof typeof quantisations;

/**
 * llama: attention. gemma3: attention, which in five of six layers sees only a sliding window. mamba: a recurrent state,
 * which can be kept and restored but not cut. lfm2, nemotron_h: hybrids, some layers with attention and some with a state.
 */
export type Architecture = 'llama' | 'gemma3' | 'mamba' | 'lfm2' | 'nemotron_h';

export interface LayerShape {
  architecture: Architecture;
  /** For gemma3 a multiple of six, so that some layer sees everything; nemotron_h always has five. */
  layers: number;
  width: number;
  heads: number;
  keyValueHeads: number;
  feedForward: number;
  /** Tokens that a sliding window spans, in the kinds that have one. */
  slidingWindow: number;
  quantisation: Quantisation;
  /** Of the token embedding, which is the output matrix too. */
  embedding: Quantisation;
  /** Deviation of the logits: small and all tokens are nearly as likely; large and the model falls into loops. */
  logitSpread: number;
}

export interface Tensor {
  name: string;
  /** GGML order: the fastest first. */
  dimensions: number[];
  quantisation: Quantisation;
  /** Standard deviation of the weights; a constant for norms and for the decay of a state. */
  spread: number | 'ones' | 'minus ones' | 'twelves';
}

/** Values of a GGUF header under the architecture's name: whole numbers (a list has one for each layer), or fractions. */
export type ShapeValue = number | readonly number[] | { float: number };

const epsilon = { float: 1e-5 };
const convolution = 4;
const stateSize = 8;
/** Of Mamba-2: heads and groups of its state. */
const stateHeads = 8;
const stateGroups = 2;
const shortConvolution = 3;

type LayerKind = 'attention' | 'state' | 'convolution' | 'feed-forward';

/** What a layer of a hybrid is; the other kinds have one kind of layer. */
function layerKinds({ architecture, layers }: LayerShape): LayerKind[] {
  if (architecture === 'nemotron_h') return ['state', 'feed-forward', 'state', 'attention', 'feed-forward'];
  return Array.from({ length: layers }, (_, layer) => {
    if (architecture === 'mamba') return 'state';
    if (architecture === 'lfm2') return layer % 2 === 0 ? 'convolution' : 'attention';
    return 'attention';
  });
}

export function shapeValuesOf(shape: LayerShape): Record<string, ShapeValue> {
  const { architecture, width, heads, keyValueHeads, feedForward } = shape;
  const kinds = layerKinds(shape);
  const common = { block_count: kinds.length, embedding_length: width };
  if (architecture === 'mamba') {
    return {
      ...common,
      'attention.layer_norm_rms_epsilon': epsilon,
      feed_forward_length: 0,
      'attention.head_count': 0,
      'ssm.conv_kernel': convolution,
      'ssm.inner_size': 2 * width,
      'ssm.state_size': stateSize,
      'ssm.time_step_rank': width / 16,
    };
  }
  const attention = {
    ...common,
    'attention.layer_norm_rms_epsilon': epsilon,
    feed_forward_length: feedForward,
    'attention.head_count': heads,
    'attention.head_count_kv': keyValueHeads,
    'attention.key_length': width / heads,
    'attention.value_length': width / heads,
    'rope.dimension_count': width / heads,
    'rope.freq_base': { float: 10_000 },
  };
  const headsByLayer = kinds.map((kind) => (kind === 'attention' ? keyValueHeads : 0));
  switch (architecture) {
    case 'llama':
      return attention;
    case 'gemma3':
      return { ...attention, 'attention.sliding_window': shape.slidingWindow };
    case 'lfm2':
      return { ...attention, 'attention.head_count_kv': headsByLayer, 'shortconv.l_cache': shortConvolution };
    case 'nemotron_h':
      return {
        ...attention,
        'attention.layer_norm_epsilon': epsilon,
        'attention.head_count_kv': headsByLayer,
        feed_forward_length: kinds.map((kind) => (kind === 'feed-forward' ? feedForward : 0)),
        'ssm.conv_kernel': convolution,
        'ssm.inner_size': 2 * width,
        'ssm.state_size': 2 * stateSize,
        'ssm.time_step_rank': stateHeads,
        'ssm.group_count': stateGroups,
      };
    default:
      return architecture satisfies never;
  }
}

export function tensorsOf(shape: LayerShape, vocabularySize: number): Tensor[] {
  const { architecture, width } = shape;
  return [
    {
      ...matrixOf(shape, 'token_embd.weight', width, vocabularySize),
      quantisation: shape.embedding,
      spread: shape.logitSpread / Math.sqrt(width),
    },
    constant(architecture === 'lfm2' ? 'token_embd_norm.weight' : 'output_norm.weight', [width]),
    ...layerKinds(shape).flatMap((kind, layer) => layerTensors(shape, kind, `blk.${layer}.`)),
  ];
}

function layerTensors(shape: LayerShape, kind: LayerKind, layer: string): Tensor[] {
  const { architecture, width } = shape;
  const norm = (name: string): Tensor => constant(`${layer}${name}.weight`, [width]);
  const before = norm('attn_norm');
  if (architecture === 'mamba') return [before, ...mambaTensors(layer, width)];
  if (architecture === 'nemotron_h') {
    if (kind === 'state') return [before, ...mamba2Tensors(layer, width)];
    if (kind === 'attention') return [before, ...attentionTensors(shape, layer)];
    return [before, ...feedForwardTensors(shape, layer, false)];
  }
  const mixing =
    kind === 'convolution' ? shortConvolutionTensors(layer, width) : attentionTensors(shape, layer);
  const normed = architecture === 'llama' || kind === 'convolution' ? [] : headNorms(shape, layer);
  // Its layers add little to what comes in unless their norms are large.
  const behind = ['post_attention_norm.weight', 'post_ffw_norm.weight'].map((name): Tensor => ({
    ...constant(layer + name, [width]),
    spread: 'twelves',
  }));
  return [
    before,
    ...mixing,
    ...normed,
    norm('ffn_norm'),
    ...feedForwardTensors(shape, layer, true),
    ...(architecture === 'gemma3' ? behind : []),
  ];
}

function attentionTensors(shape: LayerShape, layer: string): Tensor[] {
  const { width } = shape;
  const keyValueWidth = (width / shape.heads) * shape.keyValueHeads;
  const matrix = (name: string, input: number, output: number): Tensor =>
    matrixOf(shape, `${layer}${name}.weight`, input, output);
  return [
    matrix('attn_q', width, width),
    matrix('attn_k', width, keyValueWidth),
    matrix('attn_v', width, keyValueWidth),
    matrix('attn_output', width, width),
  ];
}

function headNorms({ width, heads }: LayerShape, layer: string): Tensor[] {
  return ['attn_q_norm', 'attn_k_norm'].map((name) => constant(`${layer}${name}.weight`, [width / heads]));
}

function feedForwardTensors(shape: LayerShape, layer: string, gated: boolean): Tensor[] {
  const { width, feedForward } = shape;
  const matrix = (name: string, input: number, output: number): Tensor =>
    matrixOf(shape, `${layer}${name}.weight`, input, output);
  return [
    ...(gated ? [matrix('ffn_gate', width, feedForward)] : []),
    matrix('ffn_up', width, feedForward),
    matrix('ffn_down', feedForward, width),
  ];
}

function shortConvolutionTensors(layer: string, width: number): Tensor[] {
  return [
    full(`${layer}shortconv.conv.weight`, [shortConvolution, width], 0.6),
    full(`${layer}shortconv.in_proj.weight`, [width, 3 * width], 1 / Math.sqrt(width)),
    full(`${layer}shortconv.out_proj.weight`, [width, width], 1 / Math.sqrt(width)),
  ];
}

function mambaTensors(layer: string, width: number): Tensor[] {
  const inner = 2 * width;
  const rank = width / 16;
  return [
    full(`${layer}ssm_in.weight`, [width, 2 * inner], 1 / Math.sqrt(width)),
    full(`${layer}ssm_conv1d.weight`, [convolution, inner], 0.5),
    full(`${layer}ssm_conv1d.bias`, [inner], 0.1),
    full(`${layer}ssm_x.weight`, [inner, rank + 2 * stateSize], 1 / Math.sqrt(inner)),
    full(`${layer}ssm_dt.weight`, [rank, inner], 0.5),
    full(`${layer}ssm_dt.bias`, [inner], 0.1),
    full(`${layer}ssm_a`, [stateSize, inner], 'minus ones'),
    constant(`${layer}ssm_d`, [inner]),
    // Loud enough for what was read to count beside the last token.
    full(`${layer}ssm_out.weight`, [inner, width], 8 / Math.sqrt(inner)),
  ];
}

function mamba2Tensors(layer: string, width: number): Tensor[] {
  const inner = 2 * width;
  const convolved = inner + 2 * stateGroups * 2 * stateSize;
  return [
    full(`${layer}ssm_in.weight`, [width, inner + convolved + stateHeads], 1 / Math.sqrt(width)),
    full(`${layer}ssm_conv1d.weight`, [convolution, convolved], 0.5),
    full(`${layer}ssm_conv1d.bias`, [convolved], 0.1),
    full(`${layer}ssm_dt.bias`, [stateHeads], 0.1),
    full(`${layer}ssm_a`, [1, stateHeads], 'minus ones'),
    constant(`${layer}ssm_d`, [1, stateHeads]),
    constant(`${layer}ssm_norm.weight`, [inner / stateGroups, stateGroups]),
    full(`${layer}ssm_out.weight`, [inner, width], 8 / Math.sqrt(inner)),
  ];
}

function matrixOf({ quantisation }: LayerShape, name: string, input: number, output: number): Tensor {
  return { name, dimensions: [input, output], quantisation, spread: 1 / Math.sqrt(input) };
}

/** A tensor that is never quantised. */
function full(name: string, dimensions: number[], spread: Tensor['spread']): Tensor {
  return { name, dimensions, quantisation: 'F32', spread };
}

function constant(name: string, dimensions: number[]): Tensor {
  return full(name, dimensions, 'ones');
}
