import { environmentVariable } from '../environment.ts'
import { InvalidRequestError, isAbejaError } from '../errors/errors.ts'
import { knownKeys } from '../validation/known-keys.ts'
import { sanitizeUnknownError } from './redaction.ts'

/**
 * A token, a user or a datasource. When several are given at once, the first in this order is used. The prefixes `user-` and
 * `datasource-` of the ids may be omitted.
 */
export type ClientCredential =
  | { readonly authToken: string }
  | { readonly userId: string; readonly personalAccessToken: string }
  | { readonly datasourceId: string; readonly datasourceSecret: string }

/**
 * Called before each attempt, for short-lived tokens. It should cache a token while it is valid. Of an error that it throws,
 * only the class, the stack and plain words are shown: anything else could be a secret.
 */
export type CredentialProvider = () => Promise<ClientCredential | null> | ClientCredential | null

/** A credential that is ready to be sent. */
export interface Authorization {
  readonly kind: 'bearer' | 'user' | 'datasource' | 'none'
  /** The origin of the credential, for error messages. */
  readonly source: string
  /** The value of the header; undefined sends none. */
  readonly header: string | undefined
  /** Texts that must never be shown. */
  readonly secrets: readonly string[]
}

const CREDENTIAL_KEYS = ['authToken', 'userId', 'personalAccessToken', 'datasourceId', 'datasourceSecret']

/**
 * Returns the header of a credential. Throws `InvalidRequestError` for one that is incomplete or cannot be in a header.
 * @param credential anything, in a program without types: no message shows it
 */
export function authorize(credential: ClientCredential | null, source: string): Authorization {
  if (credential === null) return { kind: 'none', source, header: undefined, secrets: [] }
  if (typeof credential !== 'object') {
    throw new InvalidRequestError(
      `A credential must be an object, or null to send none (received ${typeof credential} from ${source}).`,
    )
  }
  knownKeys(credential, CREDENTIAL_KEYS, 'credential key', InvalidRequestError)
  if (Object.keys(credential).length === 0) return authorize(null, source)
  const text = (name: string, value: unknown) => requireText(name, value, source)
  if ('authToken' in credential) {
    const token = text('authToken', credential.authToken)
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw invalid('authToken', 'has characters that a header cannot carry. Is it cut or quoted?', source)
    }
    return { kind: 'bearer', source, header: `Bearer ${token}`, secrets: [token] }
  }
  if ('userId' in credential) {
    const { userId, personalAccessToken } = credential
    return basic('user', text('userId', userId), text('personalAccessToken', personalAccessToken), source)
  }
  const { datasourceId, datasourceSecret } = credential
  return basic('datasource', text('datasourceId', datasourceId), text('datasourceSecret', datasourceSecret), source)
}

function basic(kind: 'user' | 'datasource', id: string, secret: string, source: string): Authorization {
  // The first colon ends the user, wherever it is.
  if (id.includes(':')) throw invalid(`${kind}Id`, 'must not have a colon.', source)
  const user = id.startsWith(`${kind}-`) ? id : `${kind}-${id}`
  const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${secret}`)))
  return { kind, source, header: `Basic ${encoded}`, secrets: [encoded, secret] }
}

function requireText(name: string, value: unknown, source: string): string {
  if (typeof value !== 'string' || value === '') {
    throw invalid(name, 'must be a non-empty string. Pass null to send no credential.', source)
  }
  if (/\p{Surrogate}/u.test(value)) {
    throw invalid(name, 'has half of a surrogate pair, which has no UTF-8 form.', source)
  }
  return value
}

function invalid(name: string, why: string, source: string): InvalidRequestError {
  return new InvalidRequestError(`Invalid credential: ${name} ${why} It comes from ${source}.`)
}

/** Returns a function that is called before each attempt: it uses the option `credential`, or the environment. */
export function authorizer(
  given: ClientCredential | CredentialProvider | null | undefined,
): () => Authorization | Promise<Authorization> {
  if (typeof given === 'function') return () => provided(given)
  const authorization = given === undefined ? fromEnvironment() : authorize(given, 'the option credential')
  return () => authorization
}

async function provided(provider: CredentialProvider): Promise<Authorization> {
  let credential: ClientCredential | null
  try {
    credential = await provider()
  } catch (error) {
    throw isAbejaError(error) ? error : sanitizeUnknownError(error)
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
