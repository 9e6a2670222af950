import { AbejaClient } from '../index.ts'
import type { Address } from '../node/remote/address.ts'

/**
 * The client that an address is reached with, from the environment.
 * @throws an error that is no fault of the command line when the environment cannot work
 */
export function openClient({ kind }: Address): AbejaClient {
  const abeja = clientOfEnvironment()
  if (kind === 'bucket' && abeja.organizationId === undefined) {
    throw new Error('There is no organization, and a bucket belongs to one: set ABEJA_ORGANIZATION_ID to its id.')
  }
  return abeja
}

function clientOfEnvironment(): AbejaClient {
  try {
    return new AbejaClient()
  } catch (cause) {
    throw new Error(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
