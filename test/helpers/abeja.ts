import { vi } from 'vitest'
import { AbejaClient, type ClientOptions } from '../../src/index.ts'

export const ORGANIZATION = '1234567890123'
export const CREDENTIAL = { userId: '1111111111111', personalAccessToken: '0123456789abcdef' } as const

const VARIABLES = [
  'ABEJA_API_URL',
  'ABEJA_ORGANIZATION_ID',
  'ABEJA_PLATFORM_DATASOURCE_ID',
  'ABEJA_PLATFORM_DATASOURCE_SECRET',
  'ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN',
  'ABEJA_PLATFORM_USER_ID',
  'ABEJA_SDK_CONNECTION_TIMEOUT',
  'ABEJA_SDK_MAX_RETRY_COUNT',
  'PLATFORM_AUTH_TOKEN',
]

/** Sets the variables the client reads, and empties those not given, until `vi.unstubAllEnvs()`. */
export function environment(variables: Readonly<Record<string, string>> = {}): void {
  for (const name of VARIABLES) vi.stubEnv(name, variables[name] ?? '')
}

/** A client of a server of a test, that tries once. */
export function abejaAt(url: string, options: ClientOptions = {}): AbejaClient {
  return new AbejaClient({
    baseUrl: url,
    organizationId: ORGANIZATION,
    credential: CREDENTIAL,
    maxRetries: 0,
    ...options,
  })
}

/** The error that a promise rejects with. Fails when there is none. */
export async function errorOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error
  }
  throw new Error('it succeeded where an error was due')
}
