import { Command, InvalidArgumentError } from 'commander'
import { version } from '../../generated/version.ts'
import type { MockOptions } from './options.ts'
import { startMock } from './start-mock.ts'

interface Flags {
  readonly port: number
  readonly host: string
  readonly publicUrl?: string
  readonly static?: true
  readonly data?: string
  readonly seed?: string
  readonly latency?: number
  readonly credentials?: string
  readonly fault?: number
  readonly strict?: true
  readonly quiet?: true
}

/** The verb `mock`: `abeja-platform-client mock`, and `npm run mock`. It runs until it is told to stop. */
export function mockCommand(): Command {
  return new Command('mock')
    .description('Start a mock server of the ABEJA Platform Datalake and Trigger APIs.')
    .option('-p, --port <number>', 'port to listen on, 0 for a free one', numberFrom(0, 65_535), 4010)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--public-url <url>', 'where clients see the server, for signed URLs behind a proxy')
    .option('--static', 'answer with the examples of the description, and store nothing')
    .option('--data <folder>', 'keep everything in a folder')
    .option('--seed <file>', 'begin with what a JSON file says; "empty" begins with nothing')
    .option('--latency <ms>', 'wait this long before every answer', numberFrom(0, 600_000))
    .option('--credentials <file>', 'accept only the credentials of a JSON file')
    .option('--fault <rate>', 'how often a request meets a fault, from 0 to 1', numberFrom(0, 1))
    .option('--strict', 'reject unknown query parameters, and responses that violate the description')
    .option('-q, --quiet', 'do not print requests')
    .action(run)
}

/** Parses a command line of its own, without the name of the verb: `['--port', '4011']`. */
export async function runMockCommand(args: readonly string[]): Promise<void> {
  await mockCommand().version(version).parseAsync(args, { from: 'user' })
}

async function run(flags: Flags): Promise<void> {
  try {
    const mock = await startMock(optionsOf(flags))
    const stop = () => void mock.stop()
    process.once('SIGINT', stop).once('SIGTERM', stop)
    process.stdout.write(
      `Mock server:   ${mock.url}\nWhat it holds: ${mock.url}/_mock\nReference:     ${mock.url}/_docs\n`,
    )
  } catch (error) {
    process.stderr.write(`${reasonOf(error, flags)}\n`)
    process.exitCode = 1
  }
}

function optionsOf({
  port,
  host,
  publicUrl,
  data,
  seed,
  latency,
  credentials,
  fault,
  quiet,
  ...flags
}: Flags): MockOptions {
  return {
    ...{ port, host, publicUrl, seed, latency, credentials },
    static: flags.static ?? false,
    strict: flags.strict ?? false,
    dataDir: data,
    faultRate: fault,
    quiet: quiet ?? false,
  }
}

function reasonOf(error: unknown, { port }: Flags): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${port} is taken. Choose another with --port, or --port 0 for any.`
  }
  return error instanceof Error ? error.message : String(error)
}

function numberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(`It has to be a number from ${least} to ${most}.`)
    }
    return value
  }
}
