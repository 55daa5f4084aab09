import type { Fault } from '../rest/faults.ts';
import type { SocketFault } from '../web-server.ts';

/** How the gateway fails: before there is a socket, or by keeping silent on it. */
export type GatewayFault = SocketFault | 'no hello' | 'no ready';

/** What the gateway is asked to do wrong. */
export class GatewayFaults {
  #fault: (Fault & { how: GatewayFault; hits: number }) | null = null;
  #refusedUntilMs = 0;
  #muteUntilMs = 0;

  /** Every new connection goes wrong in this way until `stop`. It replaces an earlier fault. */
  misbehave(how: GatewayFault): Fault {
    const fault = { how, hits: 0, stop: () => void (this.#fault = null) };
    this.#fault = fault;
    return fault;
  }

  /** Whether this goes wrong now; it is counted as a hit. */
  befalls(how: GatewayFault): boolean {
    if (this.#fault?.how !== how) return false;
    this.#fault.hits += 1;
    return true;
  }

  /** What befalls a connection before it becomes a socket. */
  socketFault(): SocketFault | null {
    const how = this.#fault?.how ?? null;
    return how === null || how === 'no hello' || how === 'no ready' || !this.befalls(how) ? null : how;
  }

  refuse(ms: number): void {
    this.#refusedUntilMs = Date.now() + ms;
  }

  get refusing(): boolean {
    return Date.now() < this.#refusedUntilMs;
  }

  ignoreHeartbeats(ms: number): void {
    this.#muteUntilMs = Date.now() + ms;
  }

  get hearsHeartbeats(): boolean {
    return Date.now() >= this.#muteUntilMs;
  }
}
