/** The way through a proxy, as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say; lower case counts, too. */
import http from 'node:http';
import https from 'node:https';
import { causeChain, rootCode } from '#lib/error-text.ts';
import { ModelFetchError } from './error.ts';

export type ProxyEnv = Readonly<Record<string, string | undefined>>;

/** Asks directly, or through the proxy that the environment names for this address. Close it with `destroy`. */
export function agentFor(url: URL, env: ProxyEnv): http.Agent {
  const Agent = url.protocol === 'https:' ? https.Agent : http.Agent;
  return new Agent({ proxyEnv: { ...env } });
}

/** What is wrong with the proxy, if it is the proxy that made a request fail; null otherwise. */
export function proxyFault(error: unknown, url: URL, env: ProxyEnv): ModelFetchError | null {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const value = env[name.toLowerCase()] || env[name];
  if (!value) return null;
  const fail = (problem: string, cure: string): ModelFetchError =>
    new ModelFetchError('proxy', name, problem, cure, { cause: error });
  const bypass = `or put ${url.hostname} into NO_PROXY`;
  const proxy = URL.canParse(value) ? new URL(value) : null;
  if (proxy === null || !/^https?:$/.test(proxy.protocol))
    return fail('is no http or https proxy, so it was not used', `give http://HOST:PORT, ${bypass}`);
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

/** Whether the error is about another place than the proxy. */
function reached(error: unknown, proxy: URL): boolean {
  const port = Number(proxy.port || (proxy.protocol === 'https:' ? 443 : 80));
  return ![...causeChain(error)].some(
    (each) =>
      ('hostname' in each && each.hostname === proxy.hostname) || ('port' in each && each.port === port),
  );
}
