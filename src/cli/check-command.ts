import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import { checkPlatform, type PlatformReport } from '../node.ts'
import { type ConnectionFlags, connectionOptions, withConnectionFlags } from './connection.ts'
import { EXIT } from './exit-codes.ts'

interface Flags extends ConnectionFlags {
  readonly readOnly?: true
  readonly deployment?: string
  readonly modelVersion?: string
  readonly datasource?: string
  readonly record?: string
  readonly json?: true
  readonly yes?: true
}

const NOTICE = `This creates a channel and a bucket named abeja-platform-client-check-…, uploads a few small files to them with
a lifetime of a day, and archives both at the end. The API cannot delete them: they stay, archived.
`

/** The command `check`. */
export function checkCommand(end: (code: number) => void): Command {
  return withConnectionFlags(new Command('check'))
    .summary('compare the platform with the description')
    .description(
      'Call every operation that the credential may use and compare each response with the API description. Example: abeja-platform-client check --read-only',
    )
    .option('--read-only', 'create and change nothing')
    .option('--deployment <id>', 'read the triggers of this deployment')
    .option('--model-version <id>', 'create and delete a trigger with this version of its model')
    .option('--datasource <id>', 'connect this datasource to the new channel, and disconnect it')
    .option('--record <file>', 'write requests and responses to a file, without secrets, names and contents')
    .option('--json', 'print the report as JSON')
    .option('-y, --yes', 'do not ask before creating anything')
    .action(async (flags: Flags) => {
      if (!flags.readOnly) {
        process.stderr.write(NOTICE)
        if (!(flags.yes || (await confirmed('Continue?')))) return end(EXIT.usage)
      }
      const controller = new AbortController()
      const interrupt = () => controller.abort()
      process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
      try {
        const report = await checkPlatform({
          ...(await connectionOptions(flags)),
          ...{ readOnly: flags.readOnly, record: flags.record, signal: controller.signal },
          ...{ deploymentId: flags.deployment, modelVersionId: flags.modelVersion, datasourceId: flags.datasource },
        })
        process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : textOf(report))
        end(report.differs.length === 0 ? EXIT.done : EXIT.someFailed)
      } catch (error) {
        if (!controller.signal.aborted) throw error
        end(EXIT.interrupted)
      } finally {
        process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
      }
    })
}

/** Asks on a terminal; elsewhere there is no one to ask. */
export async function confirmed(question: string): Promise<boolean> {
  if (!(process.stdin.isTTY && process.stderr.isTTY)) {
    process.stderr.write('Not confirmed: standard input is not a terminal. Pass --yes to continue.\n')
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}

function textOf({ baseUrl, responses, agrees, differs, behaviors, notTried, leftBehind }: PlatformReport): string {
  const sections: [title: string, lines: readonly string[]][] = [
    ['Agrees', agrees.map(({ operationId, responses }) => `${operationId} (${plural(responses, 'response')})`)],
    [
      'Differs',
      differs.map(({ operationId, kind, location, message, count }) => {
        return `${operationId} ${kind}: ${location}: ${message} (${plural(count, 'time')})`
      }),
    ],
    ['Observed', behaviors.map(({ name, operationId, observed }) => `${name} (${operationId}): ${observed}`)],
    ['Not tried', notTried.map(({ operationId, reason }) => `${operationId}: ${reason}`)],
    [
      'Left behind',
      leftBehind.map(
        ({ kind, id, archived }) => `${kind} ${id}${archived ? ', archived' : ', NOT archived: archive it'}`,
      ),
    ],
  ]
  const shown = sections.flatMap(([title, lines]) =>
    lines.length === 0 ? [] : ['', `${title} (${lines.length})`, ...lines.map((line) => `  ${line}`)],
  )
  return [`Compared ${plural(responses, 'response')} of ${baseUrl} with the description.`, ...shown, ''].join('\n')
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
