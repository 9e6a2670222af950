import { type Command, InvalidArgumentError, Option } from 'commander'
import type { TransferOptions } from '../node.ts'
import { type ConnectionFlags, withConnectionFlags } from './connection.ts'
import { type Globs, globFilter } from './globs.ts'

/** What `upload`, `download` and `retry` have in common. */
export interface TransferFlags extends Globs, ConnectionFlags {
  readonly concurrency: number
  readonly journal?: string
  readonly dryRun?: true
  readonly skipUnchanged?: true
  readonly failFast?: true
  readonly json?: true
  readonly quiet?: true
}

/** Adds them to a verb. */
export function withTransferFlags(command: Command): Command {
  return withConnectionFlags(command)
    .addOption(
      new Option('-c, --concurrency <files>', 'files at once; narrowed while the server says that it is too much')
        .argParser(count)
        .default(16),
    )
    .option('--include <glob>', 'only files that match; may be given several times', repeated)
    .option('--exclude <glob>', 'no files, and no folders, that match; may be given several times', repeated)
    .option('--journal <file>', 'remember in this file what is done, and go on there when run again')
    .option('--skip-unchanged', 'pass over files whose bytes are there already, by size and MD5')
    .option('--fail-fast', 'end with the first file that fails')
    .option('-n, --dry-run', 'tell what would be done, and do nothing')
    .option('--json', 'write the report of each transfer to standard output: one JSON object a line')
    .option('-q, --quiet', 'show no progress, only the files that fail')
}

/** The flags as options of a transfer. What was not given is left out: a retry takes it from the report. */
export function transferOptions(flags: TransferFlags): TransferOptions & WithFilter {
  const { concurrency, journal, dryRun, skipUnchanged, failFast } = flags
  const filter = globFilter(flags)
  return { concurrency, journal, dryRun, failFast, ...(skipUnchanged && { skipUnchanged }), ...(filter && { filter }) }
}

interface WithFilter {
  readonly filter?: (path: string) => boolean
}

function repeated(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

function count(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('It has to be a whole number of 1 or more.')
}
