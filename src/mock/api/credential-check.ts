import { readJsonFile } from '../json-file.ts'
import type { Store } from '../store/store.ts'
import { type MockCredential, type Principal, principalOf, principalOfCredential, samePrincipal } from './principal.ts'

/** Tells who makes a request, or that nobody does who may. */
export class CredentialCheck {
  readonly #allowed: readonly Principal[] | undefined
  readonly #store: Store | undefined

  constructor(allowed: readonly MockCredential[] | undefined, store: Store | undefined) {
    this.#allowed = allowed?.map(principalOfCredential)
    this.#store = store
  }

  principal(authorization: string | undefined): Principal | undefined {
    const principal = principalOf(authorization)
    return principal && this.#accepts(principal) ? principal : undefined
  }

  #accepts(principal: Principal): boolean {
    if (this.#allowed === undefined) return true
    if (this.#allowed.some((allowed) => samePrincipal(allowed, principal))) return true
    return (
      principal.kind === 'datasource' && this.#store?.datasources.get('', principal.id)?.secret === principal.secret
    )
  }
}

/** Reads the file that `credentials` names: a JSON list of credentials in the form that the client takes them. */
export async function readCredentials(path: string): Promise<MockCredential[]> {
  const value = await readJsonFile(path)
  if (!Array.isArray(value) || !value.every(isCredential)) {
    const forms = '{"authToken"}, {"userId","personalAccessToken"} or {"datasourceId","datasourceSecret"}'
    throw new Error(`${path} must be a JSON list of ${forms}`)
  }
  return value
}

function isCredential(value: unknown): value is MockCredential {
  if (typeof value !== 'object' || value === null) return false
  const names = Object.keys(value).sort().join()
  const known = ['authToken', 'personalAccessToken,userId', 'datasourceId,datasourceSecret']
  return known.includes(names) && Object.values(value).every((text) => typeof text === 'string' && text !== '')
}
