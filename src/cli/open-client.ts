import type { Command } from 'commander'
import { AbejaClient } from '../index.ts'
import type { Address } from '../node/remote/address.ts'
import { httpFetch, readPlatformConfig } from '../node.ts'

/** How a command connects to the platform. */
export interface ConnectionFlags {
  readonly profile?: string
}

/** Adds them to a command. */
export function withConnectionFlags(command: Command): Command {
  return command.option('--profile <name>', 'use this configuration of ~/.abeja/config')
}

/**
 * Opens the client for an address.
 * @throws Error when the configuration is invalid: unlike `InvalidRequestError`, it is not a mistake in the command line
 */
export async function openClient({ kind }: Address, { profile }: ConnectionFlags): Promise<AbejaClient> {
  const config = await readPlatformConfig({ profile })
  const abeja = configured(() => new AbejaClient({ ...config, fetch: httpFetch() }))
  if (kind === 'bucket' && abeja.organizationId === undefined) {
    throw new Error('The organization of the bucket is missing. Set ABEJA_ORGANIZATION_ID to its id.')
  }
  return abeja
}

function configured<T>(make: () => T): T {
  try {
    return make()
  } catch (cause) {
    throw new Error(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
