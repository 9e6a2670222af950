import { type KeysOf, knownKeys } from '../validation/known-keys.ts'
import type { ResponseViolation } from './api/api.ts'
import type { MockCredential } from './api/principal.ts'
import type { Clock } from './clock.ts'
import type { RunTimes } from './runs.ts'
import type { Seed } from './seed/seed.ts'
import type { TlsCertificate } from './server/certificate.ts'
import type { LoggedRequest } from './server/request-log.ts'
import type { FaultScript } from './workspace/fault-script.ts'

/** Options of a mock server. All times are milliseconds. */
export interface MockOptions {
  /**
   * The port to listen on. `0` takes a free one.
   * @default 0
   */
  readonly port?: number | undefined
  /**
   * The address to listen on. Beyond this machine, everyone who reaches it can read and write.
   * @default '127.0.0.1'
   */
  readonly host?: string | undefined
  /**
   * Names that the `Host` header of a request may have, beside loopback names, the address that is listened on and the
   * host of `publicUrl`. Anything else gets 403: a web page whose name leads to this machine could read everything.
   */
  readonly allowHost?: readonly string[] | undefined
  /**
   * Origins of web pages that may call the server, beside those on loopback hosts, such as `https://dev.example`. `'*'`
   * allows every web page that is open in a browser on this machine to read and change everything.
   */
  readonly allowOrigin?: readonly string[] | undefined
  /**
   * The URL that clients use, for the signed URLs in responses: `https://dev.example/mock` behind a proxy that adds
   * a prefix to the path.
   * @default the origin in `X-Forwarded-Proto`, `X-Forwarded-Host` and `Host`
   */
  readonly publicUrl?: string | undefined
  /**
   * Responds to every request with an example of the description, and stores nothing.
   * @default false
   */
  readonly static?: boolean | undefined
  /** The directory that keeps the state. Without it, the state is lost when the server stops. */
  readonly dataDir?: string | undefined
  /**
   * The initial state: `'examples'` (of the description, so that the ids in the documents work), `'empty'`, the path
   * of a JSON file, or the seed itself.
   * @default 'examples'
   */
  readonly seed?: 'examples' | 'empty' | (string & {}) | Seed | undefined
  /**
   * Waits this long before every response.
   * @default 0
   */
  readonly latency?: number | undefined
  /**
   * Prints nothing. `false` prints a line a request.
   * @default true
   */
  readonly quiet?: boolean | undefined
  /**
   * The credentials that are accepted, or the path of a JSON file with a list of them. The datasources that the server
   * knows are accepted with their own secrets too. Without it, every well-formed credential is accepted.
   */
  readonly credentials?: readonly MockCredential[] | string | undefined
  /**
   * The rate of random faults, from 0 to 1: a reset, half a response, or a slow one.
   * @default 0
   */
  readonly faultRate?: number | undefined
  /** Faults that the first requests meet, after those of the seed. A reset puts them back. */
  readonly faults?: readonly FaultScript[] | undefined
  /**
   * Forwards every request to a real server, such as `https://api.abeja.io`, byte for byte in both directions, and
   * compares it and its response with the description. Violations are in the log, on the page and in `sl-violations`.
   */
  readonly proxy?: string | undefined
  /**
   * With `proxy`: a request that violates the description is not forwarded and gets 400, and a response that violates it
   * becomes 502.
   * @default false
   */
  readonly fail?: boolean | undefined
  /** With `proxy`: the path of a file to which responses are recorded as a seed, without secrets. */
  readonly record?: string | undefined
  /**
   * The folder of named snapshots.
   * @default the folder `snapshots` in `dataDir`
   */
  readonly snapshotDir?: string | undefined
  /**
   * Serves HTTPS, with HTTP/2 and HTTP/1.1: with a certificate of your own (PEM), or with `true` one that is made for
   * localhost and `host` and signed by itself. `mock.certificate` is what clients have to trust.
   * @default false
   */
  readonly tls?: boolean | TlsCertificate | undefined
  /**
   * Rejects violations that are otherwise only reported in `sl-violations`: a request with an unknown query parameter gets 400, and
   * a response that violates the description becomes 500.
   * @default false
   */
  readonly strict?: boolean | undefined
  /** Called for each response that violates the description. */
  readonly onViolation?: ((violation: ResponseViolation) => void) | undefined
  /** Called after each response. */
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined
  /**
   * Returns the time. When it moves forward, lifetimes end, URLs expire and runs proceed.
   * @default Date.now
   */
  readonly clock?: Clock | undefined
  /**
   * How long signed URLs are valid.
   * @default 3_600_000 (an hour)
   */
  readonly urlLifetime?: number | undefined
  /**
   * How long a run is queued, and how long it is running.
   * @default { queued: 1000, running: 2000 }
   */
  readonly runTimes?: RunTimes | undefined
  /**
   * A number from 0 to 1, for `faultRate`.
   * @default Math.random
   */
  readonly random?: (() => number) | undefined
}

const MOCK_OPTIONS: KeysOf<MockOptions> = {
  allowHost: true,
  allowOrigin: true,
  clock: true,
  credentials: true,
  dataDir: true,
  fail: true,
  faultRate: true,
  faults: true,
  host: true,
  latency: true,
  onRequest: true,
  onViolation: true,
  port: true,
  proxy: true,
  publicUrl: true,
  quiet: true,
  random: true,
  record: true,
  runTimes: true,
  seed: true,
  snapshotDir: true,
  static: true,
  strict: true,
  tls: true,
  urlLifetime: true,
}

/** Returns the options. Throws `RangeError` for unknown ones and for values that cannot work. */
export function checkOptions(given: MockOptions | null | undefined): MockOptions {
  const options = knownKeys(given, MOCK_OPTIONS, 'option', RangeError)
  checkValues(options)
  return options
}

function checkValues(options: MockOptions): void {
  const { port = 0, latency = 0, faultRate = 0, urlLifetime = 1, runTimes, publicUrl } = options
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError(`port: ${port} is not from 0 to 65535`)
  if (!(latency >= 0)) throw new RangeError(`latency: ${latency} is not a number of milliseconds`)
  if (!(faultRate >= 0 && faultRate <= 1)) throw new RangeError(`faultRate: ${faultRate} is not from 0 to 1`)
  if (!(urlLifetime > 0)) throw new RangeError(`urlLifetime: ${urlLifetime} is not a number of milliseconds`)
  const { queued = 0, running = 0 } = knownKeys(runTimes, ['queued', 'running'], 'run time', RangeError)
  if (!(queued >= 0 && running >= 0)) {
    throw new RangeError(`runTimes must be two numbers of milliseconds (received ${queued} and ${running})`)
  }
  const { proxy, fail = false, record } = options
  if (proxy !== undefined && !/^https?:\/\/[^/?#\s]+(?:\/[^?#\s]*)?$/i.test(proxy)) {
    throw new RangeError(`proxy must be an http or https URL without a query (received ${proxy})`)
  }
  if (proxy === undefined && (fail || record !== undefined)) {
    throw new RangeError('fail and record need proxy: the URL of the server that requests go to')
  }
  if (publicUrl !== undefined && !/^https?:\/\/[^/?#\s]+(?:\/[^?#\s]*)?$/i.test(publicUrl)) {
    throw new RangeError(`publicUrl: ${publicUrl} is not an http or https URL without a query`)
  }
}
