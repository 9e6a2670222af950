import { Command, CommanderError } from 'commander'
import { version } from '../../generated/version.ts'
import { InvalidRequestError } from '../index.ts'
import { checkCommand } from './check-command.ts'
import { toleratePipesThatClose } from './closed-pipes.ts'
import { downloadCommand } from './download-command.ts'
import { EXIT } from './exit-codes.ts'
import { lsCommand } from './ls-command.ts'
import { mockVerb } from './mock-verb.ts'
import { retryCommand } from './retry-command.ts'
import { uploadCommand } from './upload-command.ts'

const EXAMPLES = `
Addresses:
  datalake://<channel>              a channel
  datalake://<channel>/<file>       a file of a channel, by its id
  bucket://<bucket>                 a bucket
  bucket://<bucket>/<path>          a folder or a file of a bucket; names stand in it as they are

Examples:
  $ abeja-platform-client upload ./photos bucket://1230000000000/photos --lifetime 1year
  $ abeja-platform-client upload a.csv b.csv datalake://1230000000000 --conflict-target filename
  $ abeja-platform-client download datalake://1230000000000 ./photos --skip-unchanged
  $ abeja-platform-client upload ./data bucket://1230000000000 --journal upload.journal   # run again to go on
  $ abeja-platform-client upload ./data bucket://1230000000000 --include '*.csv' --json > report.json
  $ abeja-platform-client retry report.json --include '*.csv'
  $ abeja-platform-client ls bucket://1230000000000/photos --recursive
  $ abeja-platform-client mock --port 4010

Environment:
  ABEJA_ORGANIZATION_ID, ABEJA_API_URL
  PLATFORM_AUTH_TOKEN, or ABEJA_PLATFORM_USER_ID and ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN,
  or ABEJA_PLATFORM_DATASOURCE_ID and ABEJA_PLATFORM_DATASOURCE_SECRET

Exit codes:
  0    all files were transferred, or skipped because they need not be
  1    some files failed, the others were transferred
  2    the command line is wrong
  3    it could not be found out what to transfer, or not gone on: credential, organization, network,
       no such folder, channel, bucket or file, a folder or journal that cannot be written
  130  interrupted; with --journal the same command goes on where it was`

/**
 * Runs a command line.
 * @param args without the name of the program
 * @returns what the process ends with
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  let code: number = EXIT.done
  const end = (ended: number) => {
    code = ended
  }
  const closed = toleratePipesThatClose()
  const program = new Command('abeja-platform-client')
    .description('Move files to and from the ABEJA Platform Datalake.')
    .version(version)
    .showHelpAfterError('(--help tells more)')
    .configureHelp({ showGlobalOptions: true })
    .enablePositionalOptions()
    .addHelpText('after', EXAMPLES)
  for (const verb of [
    uploadCommand(end),
    downloadCommand(end),
    retryCommand(end),
    lsCommand(closed),
    checkCommand(end),
    mockVerb(),
  ]) {
    program.addCommand(verb.copyInheritedSettings(program))
    // Its flags and its help are its own.
    if (verb.name() === 'mock') verb.helpOption(false)
  }
  for (const command of [program, ...program.commands]) command.exitOverride()
  try {
    await program.parseAsync(args, { from: 'user' })
    return process.exitCode === undefined ? code : Number(process.exitCode)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return error instanceof InvalidRequestError ? EXIT.usage : EXIT.failed
  }
}
