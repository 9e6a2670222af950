import { environmentNumber, environmentVariable } from './environment.ts'
import { isAbejaError } from './errors/abeja-error.ts'
import { InvalidRequestError } from './errors/client-errors.ts'
import { type Authorization, authorize, type ClientCredential, type CredentialProvider } from './http/authorization.ts'
import { clientHeaders, type HeaderRecord } from './http/headers.ts'
import { credentialCause } from './http/safe-cause.ts'
import type { TransportSettings } from './http/transport.ts'
import type { CallSettings, ClientOptions, Fetch, RetryMode } from './options.ts'

const DEFAULTS = {
  baseUrl: 'https://api.abeja.io',
  timeoutMs: 30_000,
  idleTimeoutMs: 60_000,
  maxRetries: 5,
} as const

const SECONDS = { met: (value: number) => value > 0, words: 'a number of seconds above 0' }
const COUNT = { met: (value: number) => Number.isInteger(value) && value >= 0, words: 'a whole number; 0 is no retry' }

/** The options of a client, checked and completed from the environment. */
export interface Configuration {
  readonly baseUrl: string
  readonly organizationId: string | undefined
  readonly authorization: () => Authorization | Promise<Authorization>
  readonly timeout: number
  readonly idleTimeout: number
  readonly totalTimeout: number
  readonly maxRetries: number
  readonly retry: RetryMode | undefined
  /** Of every call: the client's own, and the extra ones. */
  readonly headers: HeaderRecord
  readonly fetch: Fetch
  readonly isForeignFetch: boolean
  readonly onEvent: ClientOptions['onEvent']
  readonly allowInsecureHttp: boolean
  /** Set by `pacedClient` alone. */
  readonly pause?: TransportSettings['pause']
}

const OPTIONS: Readonly<Record<keyof ClientOptions, true>> = {
  allowInsecureHttp: true,
  baseUrl: true,
  credential: true,
  totalTimeout: true,
  fetch: true,
  headers: true,
  idleTimeout: true,
  maxRetries: true,
  onEvent: true,
  organizationId: true,
  retry: true,
  timeout: true,
}

/** Throws `InvalidRequestError` for what cannot work, so that a wrong option shows where it is given. */
export function configure(options: ClientOptions): Configuration {
  for (const name in options) {
    if (!Object.hasOwn(OPTIONS, name)) {
      // A client in place of its options, too: it would be one without their credential.
      throw new InvalidRequestError(
        `${name} is no option of a client: the options are ${Object.keys(OPTIONS).join(', ')}.`,
      )
    }
  }
  requireSettings(options)
  const connectionSeconds = environmentNumber('ABEJA_SDK_CONNECTION_TIMEOUT', SECONDS)
  const connectionMs = connectionSeconds === undefined ? undefined : connectionSeconds * 1000
  return {
    baseUrl: requireBaseUrl(options.baseUrl ?? environmentVariable('ABEJA_API_URL') ?? DEFAULTS.baseUrl),
    organizationId: options.organizationId ?? environmentVariable('ABEJA_ORGANIZATION_ID'),
    authorization: authorizer(options.credential),
    timeout: options.timeout ?? connectionMs ?? DEFAULTS.timeoutMs,
    idleTimeout: options.idleTimeout ?? connectionMs ?? DEFAULTS.idleTimeoutMs,
    totalTimeout: options.totalTimeout ?? Number.POSITIVE_INFINITY,
    maxRetries: options.maxRetries ?? environmentNumber('ABEJA_SDK_MAX_RETRY_COUNT', COUNT) ?? DEFAULTS.maxRetries,
    retry: options.retry,
    headers: clientHeaders(options.headers),
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    isForeignFetch: options.fetch !== undefined,
    onEvent: options.onEvent,
    allowInsecureHttp: options.allowInsecureHttp ?? false,
  }
}

/** Throws `InvalidRequestError` for numbers that are no times or no counts, and for a signal that is none. */
export function requireSettings(settings: CallSettings & { readonly signal?: AbortSignal | undefined }): void {
  for (const name of ['timeout', 'idleTimeout', 'totalTimeout'] as const) {
    const value = settings[name]
    if (value !== undefined && !(typeof value === 'number' && value > 0)) {
      throw new InvalidRequestError(`${name} is ${value}: give milliseconds above 0, or Infinity for no limit.`)
    }
  }
  const { maxRetries, signal } = settings
  if (signal !== undefined && typeof signal.addEventListener !== 'function') {
    throw new InvalidRequestError('signal is no AbortSignal: of an AbortController, give its signal.')
  }
  if (maxRetries !== undefined && !(Number.isInteger(maxRetries) && maxRetries >= 0)) {
    throw new InvalidRequestError(`maxRetries is ${maxRetries}: give a whole number; 0 is no retry.`)
  }
}

function requireBaseUrl(text: string): string {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    // Without the runtime's error: it holds the text, and the text can hold a password.
    throw new InvalidRequestError('The base URL is no URL: it looks like https://api.abeja.io.')
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new InvalidRequestError('The base URL must hold no user, password, query or fragment: use credential.')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InvalidRequestError(`The base URL starts with ${url.protocol}: it must be https: or http:.`)
  }
  return url.href.replace(/\/+$/, '')
}

function authorizer(given: ClientOptions['credential']): Configuration['authorization'] {
  if (typeof given === 'function') return () => provided(given)
  const authorization = given === undefined ? fromEnvironment() : authorize(given, 'the option credential')
  return () => authorization
}

async function provided(provider: CredentialProvider): Promise<Authorization> {
  let credential: ClientCredential | null
  try {
    credential = await provider()
  } catch (error) {
    throw isAbejaError(error) ? error : credentialCause(error)
  }
  return authorize(credential, 'the credential function')
}

function fromEnvironment(): Authorization {
  const from = (variable: string) => `the environment variable ${variable}`
  const authToken = environmentVariable('PLATFORM_AUTH_TOKEN')
  if (authToken !== undefined) return authorize({ authToken }, from('PLATFORM_AUTH_TOKEN'))
  const userId = environmentVariable('ABEJA_PLATFORM_USER_ID')
  const personalAccessToken = environmentVariable('ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN')
  if (userId !== undefined && personalAccessToken !== undefined) {
    return authorize({ userId, personalAccessToken }, from('ABEJA_PLATFORM_USER_ID'))
  }
  const datasourceId = environmentVariable('ABEJA_PLATFORM_DATASOURCE_ID')
  const datasourceSecret = environmentVariable('ABEJA_PLATFORM_DATASOURCE_SECRET')
  if (datasourceId !== undefined && datasourceSecret !== undefined) {
    return authorize({ datasourceId, datasourceSecret }, from('ABEJA_PLATFORM_DATASOURCE_ID'))
  }
  return authorize(null, 'no option credential, and none in the environment')
}
