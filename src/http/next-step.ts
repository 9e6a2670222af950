import type { Authorization } from './authorization.ts'
import type { Call } from './call.ts'

const SENT = {
  bearer: 'The token',
  user: 'The user id and personal access token',
  datasource: 'The datasource id and secret',
  none: 'No credential',
} as const

/** What a person can do about a status. `authorization` is undefined for a presigned URL. */
export function nextStep(call: Call, { status, headers }: Response, authorization: Authorization | undefined): string {
  if (status >= 300 && status < 400) {
    const target = redirectTarget(headers.get('location'), call.url)
    return `The redirect${target} is not followed, because it could carry credentials elsewhere: check the base URL.`
  }
  if (authorization === undefined) return 'The presigned URL was refused: ask for the file again.'
  const { kind, source } = authorization
  if (status === 401) {
    if (kind === 'none') return `No credential was sent (${source}): pass the option credential.`
    return `${SENT[kind]} from ${source} was refused: check that it is whole, current and of this platform.`
  }
  if (status === 403) return `${SENT[kind]} from ${source} may not do this.`
  if (status === 404) return 'Check the ids, and that they belong to this organization.'
  if (status === 405) return 'Check the base URL: this path takes other methods.'
  if (status === 409) return 'It is there already.'
  if (status === 429) return 'Too many requests: slow down, or allow more retries.'
  if (status >= 500) return 'The server failed: try again later.'
  return 'Check the parameters.'
}

/** No more than the origin: paths and queries of redirects carry codes and tokens. */
function redirectTarget(location: string | null, url: string): string {
  if (location === null || !URL.canParse(location, url)) return ''
  const { origin } = new URL(location, url)
  return origin === new URL(url).origin ? ' within the same server' : ` to ${origin}`
}
