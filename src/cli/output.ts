import { once } from 'node:events'
import { InvalidRequestError } from '../index.ts'
import { plainText } from '../node/progress/plain-text.ts'

/**
 * The outputs of the program. One that cannot be written, such as a closed pipe or a full disk, does not end a transfer.
 */
export class Output {
  readonly #closed = new AbortController()
  #failure: NodeJS.ErrnoException | undefined

  constructor() {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that stops early, such as `head`, is not a failure.
      if (error.code !== 'EPIPE') this.#failure ??= error
      this.#closed.abort()
    })
    // There is no other place to report this to.
    process.stderr.on('error', () => {})
  }

  /** Aborted when standard output takes no more. */
  get closed(): AbortSignal {
    return this.#closed.signal
  }

  /**
   * Waits until everything is written.
   * @throws Error when standard output could not be written
   */
  async finish(): Promise<void> {
    await new Promise<void>((resolve) => process.stdout.write('', () => resolve()))
    const { code, message } = this.#failure ?? {}
    if (message !== undefined) throw new Error(`Standard output could not be written: ${code ?? message}`)
  }
}

/**
 * Writes to standard output, as fast as it is read.
 * @param closed aborted when the output is no longer read
 */
export async function print(text: string | Uint8Array, closed: AbortSignal): Promise<void> {
  if (!process.stdout.write(text)) await Promise.race([once(process.stdout, 'drain'), once(closed, 'abort')])
}

/** Prints why the program ends, in one line and without a stack. */
export function printError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${plainText(inTermsOfFlags(message))}\n`)
}

/** Whether the command line itself is at fault. */
export function isUsageError(error: unknown): boolean {
  return error instanceof InvalidRequestError
}

const FLAGS: readonly (readonly [option: RegExp, flag: string])[] = [
  [/\bset allowInsecureHttp\b|\ballowInsecureHttp(?:: true)?\b/g, '--allow-insecure-http'],
  [/\b(set|Set) checksum to 'none'/g, '$1 --checksum none'],
  [/\bskipUnchanged\b/g, '--skip-unchanged'],
  [/\bconflict_target\b/g, '--conflict-target'],
  [/\bfollowSymlinks\b/g, '--follow-symlinks'],
  [/\bdotFiles\b/g, '--dot-files'],
  [/\b(Set|set|pass|Pass|give) overwrite\b(?: to true)?/g, '$1 --overwrite'],
  [/\bfilter again\b/g, '--include and --exclude again'],
  [/\boption filter\b/g, 'options --include or --exclude'],
  [/\bInvalid baseUrl\b/g, 'Invalid ABEJA_API_URL'],
  [/\bpass organizationId to the client or the call, or set\b/g, 'set'],
  [/\borganizationId\b/g, 'ABEJA_ORGANIZATION_ID'],
  [/\bPass the option credential\b/g, 'Set PLATFORM_AUTH_TOKEN, or add a configuration to ~/.abeja/config'],
  [/\bno option credential, and none in the environment\b/g, 'none in the environment and in ~/.abeja/config'],
  [/\bthe option credential\b/g, 'the environment or ~/.abeja/config'],
  [/\bidleTimeout\b/g, 'ABEJA_SDK_CONNECTION_TIMEOUT'],
  [/\bmaxRetries\b/g, 'ABEJA_SDK_MAX_RETRY_COUNT'],
]

/** Names what a user of the command line can set, in place of the options of the library. */
export function inTermsOfFlags(message: string): string {
  return FLAGS.reduce((text, [option, flag]) => text.replaceAll(option, flag), message)
}
