// @ts-check
/**
 * The page's one socket to the backlot. Reconnects by itself, each time with a fresh snapshot; every act that the
 * viewer sends is a promise, settled by the server's answer with the same id.
 *
 * @typedef {import('../page-protocol.ts').ServerFrame} ServerFrame
 * @typedef {import('../page-protocol.ts').Act} Act
 * @typedef {Extract<ServerFrame, { type: 'choices' }>['choices']} Choices
 * @typedef {Act extends infer A ? (A extends Act ? Omit<A, 'id'> : never) : never} Wish
 */

/** Refused by the server, with its reason as the message: to be shown to the viewer as it stands. */
export class Refusal extends Error {}

const firstRetryMs = 400;
const longestRetryMs = 5_000;
/** NO_SUCH_PERSONA of page-protocol.ts. */
const noSuchPersona = 4001;
const lost = 'The backlot went away before it answered. Try again once the page is connected.';

export class Connection {
  /** @type {WebSocket | undefined} */
  #socket;
  /** @type {Map<number, { resolve: (choices: Choices) => void, reject: (reason: Refusal) => void }>} */
  #waiting = new Map();
  #nextId = 1;
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  /** @type {string | undefined} */
  #as;
  #onFrame;
  #onLink;

  /**
   * @param {(frame: ServerFrame) => void} onFrame
   * @param {(up: boolean) => void} onLink told when the socket opens or is lost
   */
  constructor(onFrame, onLink) {
    this.#onFrame = onFrame;
    this.#onLink = onLink;
  }

  /**
   * Opens the socket as this persona, leaving the one before.
   *
   * @param {string | undefined} as a user's id; without it the server chooses
   */
  connect(as) {
    clearTimeout(this.#retry);
    this.#as = as;
    this.#abandon();
    const address = new URL('/viewer', location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    if (as !== undefined) address.searchParams.set('as', as);
    address.searchParams.set('locale', navigator.language);
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener('message', (message) => {
      if (socket === this.#socket) this.#receive(JSON.parse(String(message.data)));
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket !== this.#socket) return;
      this.#abandon();
      this.#onLink(false);
      this.#failures += 1;
      // A remembered persona may be gone with the guild that it was in: then let the server choose. After
      // a server was only away for a while, the page acts as the same member.
      const next = code === noSuchPersona ? undefined : this.#as;
      const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#failures - 1));
      this.#retry = setTimeout(() => this.connect(next), waitMs);
    });
  }

  /**
   * Sends what the viewer does.
   *
   * @param {Wish} wish
   * @returns {Promise<Choices>} the choices of an autocomplete, else an empty list
   * @throws {Refusal} with the server's reason, or when the connection is lost before the answer
   */
  act(wish) {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return Promise.reject(new Refusal(lost));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ ...wish, id }));
    });
  }

  /** @param {ServerFrame} frame */
  #receive(frame) {
    if (frame.type === 'done' || frame.type === 'choices' || frame.type === 'refused') {
      const waiting = this.#waiting.get(frame.id);
      this.#waiting.delete(frame.id);
      if (frame.type === 'refused') waiting?.reject(new Refusal(frame.reason));
      else waiting?.resolve(frame.type === 'choices' ? frame.choices : []);
      return;
    }
    if (frame.type === 'snapshot') {
      this.#failures = 0;
      this.#as = frame.as;
      this.#onLink(true);
    }
    this.#onFrame(frame);
  }

  #abandon() {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    for (const { reject } of this.#waiting.values()) reject(new Refusal(lost));
    this.#waiting.clear();
  }
}
