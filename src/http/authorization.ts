import { InvalidRequestError } from '../errors/client-errors.ts'

/**
 * Who calls. Given several kinds at once the first of these is used: the token, the user, the datasource. The
 * prefixes `user-` and `datasource-` may be left out of the ids.
 */
export type Credential =
  | { readonly authToken: string }
  | { readonly userId: string; readonly personalAccessToken: string }
  | { readonly datasourceId: string; readonly datasourceSecret: string }

/** Called before each attempt: for tokens that live for a short time. Keep the token yourself while it lives. */
export type CredentialProvider = () => Promise<Credential | null> | Credential | null

/** A credential made ready to be sent. */
export interface Authorization {
  readonly kind: 'bearer' | 'user' | 'datasource' | 'none'
  /** Where the credential came from, in words for error messages. */
  readonly source: string
  /** The value of the header; undefined sends none. */
  readonly header: string | undefined
  /** What must never be shown. */
  readonly secrets: readonly string[]
}

/** Makes the header. Throws `InvalidRequestError` for a credential that is half given or cannot stand in a header. */
export function authorize(credential: Credential | null, source: string): Authorization {
  if (credential === null || Object.keys(credential).length === 0) {
    return { kind: 'none', source, header: undefined, secrets: [] }
  }
  if ('authToken' in credential) {
    const token = requireText('authToken', credential.authToken)
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new InvalidRequestError('The authToken holds characters that a header cannot carry: is it cut or quoted?')
    }
    return { kind: 'bearer', source, header: `Bearer ${token}`, secrets: [token] }
  }
  if ('userId' in credential) {
    const { userId, personalAccessToken } = credential
    return basic('user', requireText('userId', userId), requireText('personalAccessToken', personalAccessToken), source)
  }
  const { datasourceId, datasourceSecret } = credential
  const id = requireText('datasourceId', datasourceId)
  return basic('datasource', id, requireText('datasourceSecret', datasourceSecret), source)
}

function basic(kind: 'user' | 'datasource', id: string, secret: string, source: string): Authorization {
  const user = id.startsWith(`${kind}-`) ? id : `${kind}-${id}`
  const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${secret}`)))
  return { kind, source, header: `Basic ${encoded}`, secrets: [encoded, secret] }
}

function requireText(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value
  throw new InvalidRequestError(`The credential's ${name} is missing or empty. Pass null to send no credential.`)
}
