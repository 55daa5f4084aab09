/** What the backlot is asked to do wrong. */
export interface Misbehaviour {
  match: {
    /** As `POST`; any method when left out. */
    method?: string;
    /** A route's pattern as `/channels/:channelId/messages`, or a regular expression for the path. Any when left out. */
    route?: string | RegExp;
  };
  /** How many requests go wrong; 1 when left out, Infinity for all until `stop` is called. */
  times?: number;
  /** The answer's HTTP status. 429 becomes a full rate-limit answer. Left out: the true answer is given. */
  status?: number;
  /** Discord's error code in the answer's body, also of a 429; 0 when left out. */
  code?: number;
  /** For a 429: how long the client has to wait. */
  retryAfterMs?: number;
  /** For a 429: whose limit was hit. */
  scope?: 'user' | 'global' | 'shared';
  /** The answer is this late. */
  delayMs?: number;
  /** The connection is cut instead of an answer. */
  drop?: boolean;
  /** The request takes effect before its answer goes wrong, as when an answer is lost on its way. */
  afterEffect?: boolean;
}

export interface Fault {
  /** How many requests, or connections, have gone wrong. */
  readonly hits: number;
  stop(): void;
}

interface Armed extends Fault {
  plan: Misbehaviour;
  hits: number;
  left: number;
}

/** The list of things to do wrong; of those that match a request, the oldest is done. */
export class Faults {
  #armed: Armed[] = [];

  arm(plan: Misbehaviour): Fault {
    const fault: Armed = {
      plan,
      hits: 0,
      left: plan.times ?? 1,
      stop: () => {
        this.#armed = this.#armed.filter((each) => each !== fault);
      },
    };
    this.#armed.push(fault);
    return fault;
  }

  take(method: string, route: string, path: string): Misbehaviour | undefined {
    const fault = this.#armed.find(({ plan: { match } }) => {
      if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
      if (match.route === undefined) return true;
      return typeof match.route === 'string' ? match.route === route : match.route.test(path);
    });
    if (fault === undefined) return undefined;
    fault.hits += 1;
    fault.left -= 1;
    if (fault.left <= 0) fault.stop();
    return fault.plan;
  }
}
