import { Command, CommanderError } from 'commander'
import { version } from '../../generated/version.ts'
import { checkCommand } from './check-command.ts'
import { completionCommand } from './completion-command.ts'
import { catCommand, createCommand, rmCommand } from './container-commands.ts'
import { downloadCommand } from './download-command.ts'
import { EXIT } from './exit-codes.ts'
import { lsCommand } from './ls-command.ts'
import { mockCommand } from './mock-command.ts'
import { isUsageError, Output, printError } from './output.ts'
import { planCommand } from './plan-command.ts'
import { retryCommand } from './retry-command.ts'
import { runPartCommand } from './run-part-command.ts'
import { uploadCommand } from './upload-command.ts'

const EXAMPLES = `
Addresses:
  datalake://<channel>              a channel
  datalake://<channel>/<file>       a file of a channel, by its id
  bucket://<bucket>                 a bucket
  bucket://<bucket>/<path>          a directory or a file of a bucket; names are not percent-encoded

Examples:
  $ abeja-platform-client upload ./photos bucket://1230000000000/photos --lifetime 1year
  $ abeja-platform-client upload a.csv b.csv datalake://1230000000000 --conflict-target filename
  $ abeja-platform-client download datalake://1230000000000 ./photos --skip-unchanged
  $ abeja-platform-client upload ./data bucket://1230000000000 --journal upload.journal   # run again to continue
  $ abeja-platform-client upload ./data bucket://1230000000000 --include '*.csv' --json > report.json
  $ abeja-platform-client retry report.json --include '*.csv'
  $ abeja-platform-client plan upload ./data datalake://1230000000000 > parts.jsonl
  $ parallel --pipe -N1 abeja-platform-client run-part --json < parts.jsonl > reports.jsonl
  $ abeja-platform-client ls                            # channels and buckets
  $ abeja-platform-client ls bucket://1230000000000/photos --recursive
  $ abeja-platform-client cat bucket://1230000000000/report.csv
  $ date | abeja-platform-client upload - bucket://1230000000000/date.txt
  $ abeja-platform-client create channel photos
  $ abeja-platform-client rm datalake://1230000000000 --dry-run
  $ abeja-platform-client check --read-only
  $ abeja-platform-client mock --port 4010

Environment:
  ABEJA_ORGANIZATION_ID, ABEJA_API_URL
  PLATFORM_AUTH_TOKEN, or ABEJA_PLATFORM_USER_ID and ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN,
  or ABEJA_PLATFORM_DATASOURCE_ID and ABEJA_PLATFORM_DATASOURCE_SECRET;
  else the configuration of the platform's own command line, ~/.abeja/config
  ABEJA_DEBUG=1 is --debug

Exit codes:
  0    all files were transferred or skipped; check: nothing differs
  1    some files failed, the others were transferred; check: something differs
  2    the command line is wrong, or was not confirmed
  3    the work could not be started or finished: credential, organization, network, a directory, channel,
       bucket or file that does not exist, a file, journal or standard output that cannot be written
  130  interrupted; with --journal the same command continues`

/**
 * Runs a command line.
 * @param args without the name of the program
 * @returns the exit code
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const output = new Output()
  // Whatever goes wrong anywhere is one line, never a stack.
  const fail = (error: unknown) => {
    printError(error)
    process.exit(EXIT.failed)
  }
  process.on('uncaughtException', fail).on('unhandledRejection', fail)
  try {
    const code = await run(args, output)
    await output.finish()
    return process.exitCode === undefined ? code : Number(process.exitCode)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    printError(error)
    return isUsageError(error) ? EXIT.usage : EXIT.failed
  } finally {
    process.off('uncaughtException', fail).off('unhandledRejection', fail)
  }
}

async function run(args: readonly string[], { closed }: Output): Promise<number> {
  let code: number = EXIT.done
  const end = (ended: number) => {
    code = ended
  }
  const program = new Command('abeja-platform-client')
    .description('Transfer files to and from the ABEJA Platform Datalake.')
    .version(version)
    .showHelpAfterError('(--help prints all options)')
    .configureHelp({ showGlobalOptions: true })
    .enablePositionalOptions()
    .addHelpText('after', EXAMPLES)
  const commands = [
    ...[uploadCommand(end), downloadCommand(end, closed), retryCommand(end), lsCommand(closed)],
    ...[planCommand(closed), runPartCommand(end)],
    ...[catCommand(closed), createCommand(), rmCommand(end), checkCommand(end), mockCommand()],
    completionCommand(program),
  ]
  for (const command of commands) {
    program.addCommand(command.copyInheritedSettings(program))
    // Its options and its help are its own.
    if (command.name() === 'mock') command.helpOption(false)
  }
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.exitOverride()
  }
  // The mock server prints its own help.
  const isHelpOfMock = args[0] === 'help' && args[1] === 'mock'
  await program.parseAsync(isHelpOfMock ? ['mock', '--help'] : args, { from: 'user' })
  return code
}
