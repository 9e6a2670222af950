import { InvalidRequestError } from '../errors/client-errors.ts'

/**
 * Who calls. Given several kinds at once the first of these is used: the token, the user, the datasource. The
 * prefixes `user-` and `datasource-` may be left out of the ids.
 */
export type ClientCredential =
  | { readonly authToken: string }
  | { readonly userId: string; readonly personalAccessToken: string }
  | { readonly datasourceId: string; readonly datasourceSecret: string }

/**
 * Called before each attempt: for tokens that live for a short time. Keep the token yourself while it lives. Of an
 * error that it throws the class, the place and the plain words are shown: anything else in it could be a secret.
 */
export type CredentialProvider = () => Promise<ClientCredential | null> | ClientCredential | null

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

/**
 * Makes the header. Throws `InvalidRequestError` for a credential that is half given or cannot stand in a header.
 * @param credential what a program without types passed may be anything: no message shows it
 */
export function authorize(credential: ClientCredential | null, source: string): Authorization {
  if (credential === null) return { kind: 'none', source, header: undefined, secrets: [] }
  if (typeof credential !== 'object') {
    throw new InvalidRequestError(`${source} gave ${typeof credential} where an object is due, or null to send none.`)
  }
  if (Object.keys(credential).length === 0) return authorize(null, source)
  const text = (name: string, value: unknown) => requireText(name, value, source)
  if ('authToken' in credential) {
    const token = text('authToken', credential.authToken)
    if (!/^[\x21-\x7e]+$/.test(token))
      throw refused('authToken', 'holds characters that a header cannot carry: is it cut or quoted?', source)
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
  // The first colon ends the user, wherever it stands.
  if (id.includes(':')) throw refused(`${kind}Id`, 'holds a colon.', source)
  const user = id.startsWith(`${kind}-`) ? id : `${kind}-${id}`
  const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${secret}`)))
  return { kind, source, header: `Basic ${encoded}`, secrets: [encoded, secret] }
}

function requireText(name: string, value: unknown, source: string): string {
  if (typeof value !== 'string' || value === '') {
    throw refused(name, 'is missing or empty. Pass null to send no credential.', source)
  }
  if (/\p{Surrogate}/u.test(value))
    throw refused(name, 'holds half of a surrogate pair, which has no UTF-8 form.', source)
  return value
}

function refused(name: string, why: string, source: string): InvalidRequestError {
  return new InvalidRequestError(`The credential's ${name} ${why} It comes from ${source}.`)
}
