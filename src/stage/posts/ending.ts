/** How what is under way comes to an end: first nothing new is begun, then what Discord has not answered is given up. */
export interface Ending {
  closing: AbortSignal;
  over: AbortSignal;
}
