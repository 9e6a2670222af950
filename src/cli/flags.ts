import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ChecksumSource } from '../index.ts'
import { CONCURRENCY } from '../node/engine/transfer-engine.ts'
import type { TransferOptions } from '../node.ts'
import { type ConnectionFlags, withConnectionFlags } from './connection.ts'
import { type Globs, globFilter } from './globs.ts'

/** Options of `upload`, `download` and `retry`. */
export interface TransferFlags extends Globs, ConnectionFlags {
  readonly concurrency: number
  readonly journal?: string
  readonly dryRun?: true
  readonly skipUnchanged?: true
  readonly failFast?: true
  readonly json?: true
  readonly quiet?: true
}

/** Adds them to a command. */
export function withTransferFlags(command: Command): Command {
  return withGlobFlags(withConnectionFlags(command))
    .addOption(concurrencyOption())
    .option('--journal <file>', 'keep a record of finished files here, and continue from it when run again')
    .option('--skip-unchanged', 'skip files whose bytes already exist, by size and MD5')
    .option('--fail-fast', 'stop at the first file that fails')
    .option('-n, --dry-run', 'print what would be transferred without transferring it')
    .option('--json', 'print the report of each transfer to standard output, one JSON object per line')
    .option('-q, --quiet', 'show no progress, only failed files')
}

/** How many files are transferred at once. */
export function concurrencyOption(): Option {
  return new Option('-c, --concurrency <files>', 'files to transfer at once; fewer while the server asks to slow down')
    .argParser(positiveInteger)
    .default(CONCURRENCY)
}

/** Adds the flags that choose files to a command. */
export function withGlobFlags(command: Command): Command {
  return command
    .option('--include <glob>', 'transfer only files that match; can be repeated', repeated)
    .option('--exclude <glob>', 'leave out files and directories that match; can be repeated', repeated)
}

/** With which checksum downloads are compared. */
export interface ChecksumFlag {
  readonly checksum?: ChecksumSource
}

/** Adds it to a command. */
export function withChecksumFlag(command: Command): Command {
  return command.addOption(
    new Option('--checksum <source>', 'compare downloads with the MD5 in their ETag, or not').choices(['etag', 'none']),
  )
}

/** The flags as options of a transfer. A retry takes those that were not given from the report. */
export async function transferOptions(flags: TransferFlags): Promise<TransferOptions & WithFilter> {
  const { concurrency, journal, dryRun, skipUnchanged, failFast } = flags
  const filter = await globFilter(flags)
  return { concurrency, journal, dryRun, failFast, ...(skipUnchanged && { skipUnchanged }), ...(filter && { filter }) }
}

interface WithFilter {
  readonly filter?: (path: string) => boolean
}

function repeated(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

/** Reads the value of an option. */
export function positiveInteger(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('It must be a whole number of 1 or more.')
}
