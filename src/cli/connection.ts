import type { Command } from 'commander'
import { AbejaClient, type ClientOptions } from '../index.ts'
import type { Address } from '../node/remote/address.ts'
import { httpFetch, readPlatformConfig } from '../node.ts'

/** How a command connects to the platform. */
export interface ConnectionFlags {
  readonly profile?: string
  readonly allowInsecureHttp?: boolean
  readonly debug?: boolean
}

/** Adds them to a command. */
export function withConnectionFlags(command: Command): Command {
  return command
    .option('--profile <name>', 'use this configuration of ~/.abeja/config')
    .option('--allow-insecure-http', 'send the credential over plain http: to another machine')
    .option('--debug', 'print a line for each request, response, retry and failure to standard error')
}

/** The options of a client: flags, environment, and the file of the platform's own command line. */
export async function connectionOptions({
  profile,
  allowInsecureHttp = false,
  debug,
}: ConnectionFlags): Promise<ClientOptions> {
  const config = await readPlatformConfig({ profile })
  return { ...config, fetch: httpFetch(), allowInsecureHttp, debug }
}

/**
 * Opens a client.
 * @param needsOrganization whether the operations are those of an organization
 * @throws Error when the configuration is invalid: unlike `InvalidRequestError`, it is not a mistake in the command line
 */
export async function openClient(flags: ConnectionFlags, needsOrganization: boolean): Promise<AbejaClient> {
  const options = await connectionOptions(flags)
  const abeja = configured(() => new AbejaClient(options))
  if (needsOrganization && abeja.organizationId === undefined) {
    throw new Error(
      'The organization is missing. Set ABEJA_ORGANIZATION_ID to its id, or choose a configuration with --profile.',
    )
  }
  return abeja
}

/** Opens the client for an address. */
export function openClientFor({ kind }: Address, flags: ConnectionFlags): Promise<AbejaClient> {
  return openClient(flags, kind === 'bucket')
}

function configured<T>(make: () => T): T {
  try {
    return make()
  } catch (cause) {
    throw new Error(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
