import { readFile } from 'node:fs/promises'
import { Command, InvalidArgumentError } from 'commander'
import { version } from '../../generated/version.ts'
import type { MockOptions } from './options.ts'
import type { RunTimes } from './runs.ts'
import { printable } from './server/printable.ts'
import { startMock } from './start-mock.ts'
import { type FaultScript, parseFaultScript } from './workspace/fault-script.ts'

interface Flags {
  readonly port: number
  readonly host: string
  readonly allowHost?: readonly string[]
  readonly allowOrigin?: readonly string[]
  readonly publicUrl?: string
  readonly static?: true
  readonly data?: string
  readonly seed?: string
  readonly latency?: number
  readonly credentials?: string
  readonly fault?: Faults
  readonly urlLifetime?: number
  readonly runTimes?: RunTimes
  readonly snapshots?: string
  readonly proxy?: string
  readonly fail?: true
  readonly record?: string
  readonly tls?: true
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly strict?: true
  readonly quiet?: true
}

/** The values of `--fault`: a rate of random faults, and fault scripts. */
interface Faults {
  readonly rate?: number
  readonly scripts: readonly FaultScript[]
}

/** The verb `mock`: `abeja-platform-client mock`, and `npm run mock`. It runs until it receives a signal. */
export function mockCommand(): Command {
  return new Command('mock')
    .description('Start a mock server of the ABEJA Platform Datalake and Trigger APIs.')
    .option('-p, --port <number>', 'port to listen on, 0 for a free one', numberFrom(0, 65_535), 4010)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--allow-host <name>', 'also serve requests for this host name; can be repeated', collect)
    .option('--allow-origin <origin>', 'also serve web pages of this origin, "*" for all; can be repeated', collect)
    .option('--public-url <url>', 'URL that clients use, for signed URLs behind a proxy')
    .option('--static', 'respond with the examples of the description, and store nothing')
    .option('--data <folder>', 'keep the state in a directory')
    .option('--seed <file>', 'a JSON file with the initial state; "empty" for none')
    .option('--latency <ms>', 'wait this long before every response', numberFrom(0, 600_000))
    .option('--credentials <file>', 'accept only the credentials of a JSON file')
    .option(
      '--fault <fault>',
      'the rate of random faults, from 0 to 1; or a fault script, such as operation=createChannel,status=503,times=2; can be repeated',
      addFault,
    )
    .option('--url-lifetime <time>', 'how long signed URLs are valid, such as 90s or 1h', timeOf)
    .option('--run-times <queued,running>', 'how long runs are queued and running, such as 1s,2s', runTimesOf)
    .option('--snapshots <folder>', 'directory of named snapshots')
    .option('--proxy <url>', 'forward requests to a real server, and compare both sides with the description')
    .option('--fail', 'with --proxy: make violations an error')
    .option('--record <file>', 'with --proxy: record the responses as a seed, without secrets')
    .option('--tls', 'serve HTTPS (HTTP/2 and HTTP/1.1) with a generated certificate')
    .option('--tls-cert <file>', 'serve HTTPS with this certificate (PEM)')
    .option('--tls-key <file>', 'the private key of the certificate (PEM)')
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
    const mock = await startMock({ ...optionsOf(flags), tls: await tlsOf(flags) })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void mock.stop())
    process.stdout.write(
      `Mock server:   ${mock.url}\nPage:          ${mock.url}/_mock\nReference:     ${mock.url}/_docs\n`,
    )
  } catch (error) {
    process.stderr.write(`${printable(reasonOf(error, flags))}\n`)
    process.exitCode = 1
  }
}

function optionsOf({
  port,
  host,
  allowHost,
  allowOrigin,
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
    ...{ port, host, allowHost, allowOrigin, publicUrl, seed, latency, credentials },
    static: flags.static ?? false,
    strict: flags.strict ?? false,
    dataDir: data,
    faultRate: fault?.rate,
    faults: fault?.scripts,
    urlLifetime: flags.urlLifetime,
    runTimes: flags.runTimes,
    snapshotDir: flags.snapshots,
    proxy: flags.proxy,
    fail: flags.fail ?? false,
    record: flags.record,
    quiet: quiet ?? false,
  }
}

async function tlsOf({ tls, tlsCert, tlsKey }: Flags): Promise<MockOptions['tls']> {
  if (tlsCert === undefined && tlsKey === undefined) return tls ?? false
  if (tlsCert === undefined || tlsKey === undefined) throw new Error('Give --tls-cert and --tls-key together.')
  const [cert, key] = await Promise.all([readFile(tlsCert, 'utf8'), readFile(tlsKey, 'utf8')])
  return { cert, key }
}

function addFault(text: string, { rate, scripts }: Faults = { scripts: [] }): Faults {
  const number = text.trim() === '' ? NaN : Number(text)
  if (number >= 0 && number <= 1) return { rate: number, scripts }
  if (!Number.isNaN(number)) throw new InvalidArgumentError('A rate must be a number from 0 to 1.')
  try {
    const all = [...scripts, parseFaultScript(text)]
    return rate === undefined ? { scripts: all } : { rate, scripts: all }
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}

const units: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `1500`, `90s`, `1.5h`: a time in milliseconds. */
function timeOf(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|)$/.exec(text.trim()) ?? []
  if (number === '') throw new InvalidArgumentError('It must be a time, such as 500ms, 90s, 15m, 1h or 7d.')
  return Number(number) * (units[unit] ?? 1)
}

function runTimesOf(text: string): RunTimes {
  const [queued, running, ...rest] = text.split(',')
  if (queued === undefined || running === undefined || rest.length > 0) {
    throw new InvalidArgumentError(
      'It must be two times, such as 1s,2s: how long a run is queued, and how long it is running.',
    )
  }
  return { queued: timeOf(queued), running: timeOf(running) }
}

function collect(value: string, all: readonly string[] = []): readonly string[] {
  return [...all, value]
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
      throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`)
    }
    return value
  }
}
