/**
 * The way through a proxy, as HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY say; lower case counts, too, and comes first. Node
 * knows all but ALL_PROXY, but does not say which hosts it asked directly; so that is decided here, for the request and for its fault.
 */
import http from 'node:http';
import https from 'node:https';
import { isIPv4 } from 'node:net';
import { causeChain, rootCode } from '#lib/error-text.ts';
import { ModelFetchError } from './error.ts';

export type ProxyEnv = Readonly<Record<string, string | undefined>>;

interface Named {
  /** The variable that names it. */
  by: string;
  /** Null where it is of a kind that cannot be used: the address is then asked directly. */
  proxy: URL | null;
}

/** Asks directly, or through the proxy that the environment names for this address. Close it with `destroy`. */
export function agentFor(url: URL, env: ProxyEnv): http.Agent {
  const Agent = url.protocol === 'https:' ? https.Agent : http.Agent;
  const href = proxyFor(url, env)?.proxy?.href;
  return new Agent(href === undefined ? {} : { proxyEnv: { HTTP_PROXY: href, HTTPS_PROXY: href } });
}

/** What is wrong with the proxy, if it is the proxy that made a request fail; null otherwise. */
export function proxyFault(error: unknown, url: URL, env: ProxyEnv): ModelFetchError | null {
  const named = proxyFor(url, env);
  if (!named) return null;
  const { by, proxy } = named;
  const fail = (problem: string, cure: string): ModelFetchError =>
    new ModelFetchError('proxy', by, problem, cure, { cause: error });
  const bypass = `or put ${url.hostname} into NO_PROXY`;
  if (proxy === null) {
    // What names a proxy of another kind for everything may be right for other programs.
    const give = by === ALL_PROXY ? `set ${ownVariable(url)} to http://HOST:PORT` : 'give http://HOST:PORT';
    return fail('is no http or https proxy, so it was not used', `${give}, ${bypass}`);
  }
  const status = [...causeChain(error)]
    .map((each) => /HTTP\/1\.\d (\d{3})/.exec(each.message)?.[1])
    .find(Boolean);
  if (rootCode(error) === 'ERR_PROXY_TUNNEL' || status !== undefined) {
    return fail(
      `the proxy ${proxy.host} refused ${url.host} (${status ?? rootCode(error)})`,
      `give it user and password as http://USER:PASSWORD@${proxy.host}, ask for the host to be allowed, or set MODEL_MIRROR`,
    );
  }
  return reached(error, proxy)
    ? null
    : fail(`the proxy ${proxy.host} cannot be reached (${rootCode(error)})`, `correct it, ${bypass}`);
}

const ALL_PROXY = 'ALL_PROXY';
const ownVariable = ({ protocol }: URL): string => (protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');

/** Null where none is named for this address, or it is to be asked directly. */
function proxyFor(url: URL, env: ProxyEnv): Named | null {
  const by = [ownVariable(url), ALL_PROXY].find((name) => valueOf(name, env) !== '');
  if (by === undefined || isAskedDirectly(url, valueOf('NO_PROXY', env))) return null;
  const value = valueOf(by, env);
  const proxy = URL.canParse(value) ? new URL(value) : null;
  return { by, proxy: proxy && /^https?:$/.test(proxy.protocol) ? proxy : null };
}

const valueOf = (name: string, env: ProxyEnv): string => env[name.toLowerCase()] || env[name] || '';

/** As Node reads the list: hosts, with a port or without, `.domain`, `*.domain`, ranges of addresses, and `*` for all. */
function isAskedDirectly({ protocol, hostname, port }: URL, noProxy: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const withPort = `${host}:${port || (protocol === 'https:' ? 443 : 80)}`;
  return noProxy.split(',').some((each) => {
    const entry = each.trim().toLowerCase();
    if (entry === '') return false;
    if (entry === '*' || entry === host || entry === withPort) return true;
    if (entry.startsWith('.')) return host === entry.slice(1) || host.endsWith(entry);
    return entry.startsWith('*.') ? host.endsWith(entry.slice(1)) : isWithin(host, entry);
  });
}

/** `10.0.0.1-10.0.0.9` */
function isWithin(host: string, range: string): boolean {
  const [first = '', last = ''] = range.split('-').map((each) => each.trim());
  if (![host, first, last].every((each) => isIPv4(each))) return false;
  const [from, at, to] = [first, host, last].map((address) =>
    address.split('.').reduce((number, part) => number * 256 + Number(part), 0),
  );
  return from !== undefined && at !== undefined && to !== undefined && from <= at && at <= to;
}

/** Whether the error is about another place than the proxy. */
function reached(error: unknown, proxy: URL): boolean {
  const port = Number(proxy.port || (proxy.protocol === 'https:' ? 443 : 80));
  return ![...causeChain(error)].some(
    (each) =>
      ('hostname' in each && each.hostname === proxy.hostname) || ('port' in each && each.port === port),
  );
}
