/** The part of @fugood/llama.node that is used here: its own types are TypeScript sources that fail under our settings. */
export interface PeerAnswer {
  text: string;
  tokens_evaluated: number;
  tokens_predicted: number;
}
export interface PeerContext {
  getSystemInfo(): string;
  release(): Promise<void>;
  parallel: {
    enable(options: { n_parallel: number; n_batch: number }): Promise<unknown>;
    disable(): unknown;
    completion(options: Record<string, unknown>): Promise<{ promise: Promise<PeerAnswer> }>;
  };
}
export function loadModel(options: Record<string, unknown>): Promise<PeerContext>;
export function toggleNativeLog(on: boolean): Promise<void>;
