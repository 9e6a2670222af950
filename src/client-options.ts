import { environmentNumber, environmentVariable } from './environment.ts'
import { InvalidRequestError } from './errors/errors.ts'
import {
  type ClientSettings,
  checkLongestTimeout,
  checkRequestOptions,
  type Fetch,
  type RequestOptions,
} from './http/call.ts'
import { authorizer, type ClientCredential, type CredentialProvider } from './http/credential.ts'
import { type AbejaEvent, debugLine } from './http/events.ts'
import { clientHeaders } from './http/headers.ts'
import { callListener } from './validation/call-listener.ts'
import { type KeysOf, knownKeys } from './validation/known-keys.ts'

/** The options of `new AbejaClient(…)`. Those that each call has too are the defaults of all calls. */
export interface ClientOptions extends Omit<RequestOptions, 'hooks' | 'signal'> {
  /** @default ABEJA_ORGANIZATION_ID */
  organizationId?: string | undefined
  /**
   * A credential, `null` to send none, or a function that returns one and is called before each attempt.
   * @default the first complete one of PLATFORM_AUTH_TOKEN; ABEJA_PLATFORM_USER_ID and
   * ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN; ABEJA_PLATFORM_DATASOURCE_ID and ABEJA_PLATFORM_DATASOURCE_SECRET
   */
  credential?: ClientCredential | CredentialProvider | null | undefined
  /**
   * The base URL of the API; a path in it is kept as a prefix.
   * @default ABEJA_API_URL, or https://api.abeja.io
   */
  baseUrl?: string | undefined
  /** Used instead of the global `fetch`: for a proxy, or in a test. */
  fetch?: Fetch | undefined
  /** Called with every request, response, retry and failure, without secrets. Errors that it throws are ignored. */
  onEvent?: ((event: AbejaEvent) => void) | undefined
  /**
   * Prints one line for each event of `onEvent`, without secrets, with `console.error` or the given function.
   * @default false, or true where ABEJA_DEBUG is set to anything but 0 or false
   */
  debug?: boolean | ((line: string) => void) | undefined
  /**
   * Whether a credential may be sent over plain `http:` to another machine, and files may be fetched over it.
   * @default false
   */
  allowInsecureHttp?: boolean | undefined
}

const CLIENT_OPTIONS: KeysOf<ClientOptions> = {
  allowInsecureHttp: true,
  baseUrl: true,
  credential: true,
  debug: true,
  fetch: true,
  headers: true,
  idleTimeout: true,
  maxResponseBytes: true,
  maxRetries: true,
  onEvent: true,
  organizationId: true,
  retry: true,
  timeout: true,
  totalTimeout: true,
}

const SECONDS = { met: (value: number) => value > 0, words: 'a positive number of seconds' }
const COUNT = { met: (value: number) => Number.isInteger(value) && value >= 0, words: 'a whole number, 0 or more' }

/** Checks the options, and completes them from the environment. Throws `InvalidRequestError` for an invalid one. */
export function configure(given: ClientOptions | null | undefined): ClientSettings {
  // Rejects a client that is passed instead of options: the result would have no credential.
  const options = knownKeys(given, CLIENT_OPTIONS, 'option', InvalidRequestError)
  checkRequestOptions(options)
  checkCallable('fetch', options.fetch)
  checkCallable('onEvent', options.onEvent)
  const connectionSeconds = environmentNumber('ABEJA_SDK_CONNECTION_TIMEOUT', SECONDS)
  const connectionMs = connectionSeconds === undefined ? undefined : connectionSeconds * 1000
  const timeout = options.timeout ?? connectionMs ?? 30_000
  const idleTimeout = options.idleTimeout ?? connectionMs ?? 60_000
  const longestTimeout = options.fetch ? Number.POSITIVE_INFINITY : longestBuiltInTimeout()
  checkLongestTimeout({ timeout, idleTimeout }, longestTimeout)
  return {
    baseUrl: requireBaseUrl(options.baseUrl ?? environmentVariable('ABEJA_API_URL') ?? 'https://api.abeja.io'),
    organizationId: options.organizationId ?? environmentVariable('ABEJA_ORGANIZATION_ID'),
    authorization: authorizer(options.credential),
    timeout,
    idleTimeout,
    totalTimeout: options.totalTimeout ?? Number.POSITIVE_INFINITY,
    maxRetries: options.maxRetries ?? environmentNumber('ABEJA_SDK_MAX_RETRY_COUNT', COUNT) ?? 5,
    retry: options.retry ?? 'auto',
    maxResponseBytes: options.maxResponseBytes ?? 32 * 1024 * 1024,
    headers: clientHeaders(options.headers),
    fetch: options.fetch ?? undefined,
    longestTimeout,
    onEvent: eventListener(options),
    allowInsecureHttp: options.allowInsecureHttp ?? false,
  }
}

/** Returns the listener of the options, which prints first where debugging is on. */
function eventListener({ debug = isDebugging(), onEvent }: ClientOptions): ClientSettings['onEvent'] {
  if (debug !== null && typeof debug !== 'boolean' && typeof debug !== 'function') {
    throw new InvalidRequestError(`debug must be a boolean or a function (received ${typeof debug}).`)
  }
  if (!debug) return onEvent ?? undefined
  // biome-ignore lint/suspicious/noConsole: this option is for printing
  const print = debug === true ? console.error : debug
  return (event) => {
    callListener(print, debugLine(event))
    callListener(onEvent, event)
  }
}

function isDebugging(): boolean {
  const value = environmentVariable('ABEJA_DEBUG')
  return value !== undefined && value !== '0' && value !== 'false'
}

function checkCallable(name: string, value: unknown): void {
  if (value === undefined || value === null || typeof value === 'function') return
  throw new InvalidRequestError(`${name} must be a function (received ${typeof value}).`)
}

/** The built-in fetch of Node.js fails after 300 s without headers, or without a byte of the body. Deno and Bun have no limit. */
function longestBuiltInTimeout(): number {
  const isNode = globalThis.process?.versions?.node !== undefined && !('Deno' in globalThis || 'Bun' in globalThis)
  return isNode ? 300_000 : Number.POSITIVE_INFINITY
}

function requireBaseUrl(text: string): string {
  // The messages do not show the text: it can hold a password.
  if (!URL.canParse(text)) {
    throw new InvalidRequestError('Invalid baseUrl: expected an absolute URL such as https://api.abeja.io.')
  }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new InvalidRequestError('Invalid baseUrl: it must have no user, password, query or fragment. Use credential.')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InvalidRequestError(`Invalid baseUrl: it must start with https: or http: (received ${url.protocol}).`)
  }
  return url.href.replace(/\/+$/, '')
}
