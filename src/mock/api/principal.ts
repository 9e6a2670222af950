/** Who asks. */
export type Principal =
  | { readonly kind: 'user'; readonly id: string; readonly secret: string }
  | { readonly kind: 'datasource'; readonly id: string; readonly secret: string }
  | { readonly kind: 'bearer'; readonly secret: string }

/** A credential that is accepted, in the form that the client takes it. */
export type MockCredential =
  | { readonly authToken: string }
  | { readonly userId: string; readonly personalAccessToken: string }
  | { readonly datasourceId: string; readonly datasourceSecret: string }

/** Reads an `Authorization` header. Returns undefined when it is malformed. */
export function principalOf(header: string | undefined): Principal | undefined {
  const [, scheme = '', value = ''] = /^(\S+) +(\S.*)$/.exec(header ?? '') ?? []
  if (/^bearer$/i.test(scheme)) return { kind: 'bearer', secret: value.trim() }
  if (!/^basic$/i.test(scheme)) return undefined
  const text = Buffer.from(value, 'base64').toString('utf8')
  // A colon ends the user name; the password may hold more of them.
  const [, kind, id, secret] = /^(user|datasource)-([^:]+):(.+)$/s.exec(text) ?? []
  if (id === undefined || secret === undefined) return undefined
  return { kind: kind === 'user' ? 'user' : 'datasource', id, secret }
}

export function principalOfCredential(credential: MockCredential): Principal {
  if ('authToken' in credential) return { kind: 'bearer', secret: credential.authToken }
  if ('userId' in credential) {
    return { kind: 'user', id: bare(credential.userId, 'user-'), secret: credential.personalAccessToken }
  }
  return { kind: 'datasource', id: bare(credential.datasourceId, 'datasource-'), secret: credential.datasourceSecret }
}

export function samePrincipal(a: Principal, b: Principal): boolean {
  const idOf = (principal: Principal) => ('id' in principal ? principal.id : '')
  return a.kind === b.kind && a.secret === b.secret && idOf(a) === idOf(b)
}

function bare(id: string, prefix: string): string {
  return id.startsWith(prefix) ? id.slice(prefix.length) : id
}
