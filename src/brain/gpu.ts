/** Which GPU computes: the best that there is, none, or one of this kind. */
export const GPU_CHOICES = ['auto', 'off', 'cuda', 'vulkan', 'metal'] as const;
export type GpuChoice = (typeof GPU_CHOICES)[number];

/** A line for the person at the terminal, where it was to compute and does not. */
export function gpuFailed(asked: GpuChoice, why: string): string {
  return `GPU=${asked} failed: ${why}. The processor computes; GPU=off asks for that.`;
}

/** A model that takes milliseconds, as those that ship do, gains nothing from a GPU. */
export function gpuFor(asked: GpuChoice, isShipped: boolean): GpuChoice {
  return isShipped && asked === 'auto' ? 'off' : asked;
}
