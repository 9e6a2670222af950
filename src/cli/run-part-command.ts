import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Command, Option } from 'commander'
import { InvalidRequestError } from '../index.ts'
import { onDisk } from '../node/disk/local-file-error.ts'
import { linesOf } from '../node/journal/journal-file.ts'
import { readPart } from '../node/plan/part.ts'
import { parseAddress } from '../node/remote/address.ts'
import { runPart, type TransferOptions, type TransferPart } from '../node.ts'
import { openClientFor, withConnectionFlags } from './connection.ts'
import { concurrencyOption, positiveInteger, type TransferFlags } from './flags.ts'
import { runTransfers } from './run-transfer.ts'

interface Flags extends Omit<TransferFlags, 'exclude' | 'include' | 'journal' | 'skipUnchanged'> {
  readonly number?: number
  readonly journals?: string
  readonly directory?: string
}

/** The command `run-part`. */
export function runPartCommand(end: (code: number) => void): Command {
  return withConnectionFlags(new Command('run-part'))
    .summary('transfer a part of a plan')
    .description(
      'Transfer the parts that plan has printed: those on standard input, or one of a file. A part that is run again transfers only what is missing. Example: abeja-platform-client run-part parts.jsonl --number 1 --json > report-1.json',
    )
    .argument('[file]', 'the file with the parts; - reads standard input', '-')
    .addOption(new Option('--number <n>', 'run only the part with this number').argParser(positiveInteger))
    .option(
      '--journals <dir>',
      'keep a journal for each part in this directory, in place of the metadata transfer-part',
    )
    .option('--directory <dir>', 'the directory of the files, if its path on this machine is not that of the plan')
    .addOption(concurrencyOption())
    .option('--fail-fast', 'stop at the first file that fails')
    .option('-n, --dry-run', 'print what would be transferred without transferring it')
    .option('--json', 'print the report of each part to standard output, one JSON object per line')
    .option('-q, --quiet', 'show no progress, only failed files')
    .action(async (path: string, flags: Flags) => {
      const { directory, journals, number } = flags
      const parts = await partsIn(path, number)
      if (journals !== undefined) await onDisk('create', journals, mkdir(journals, { recursive: true }))
      const transfers = await Promise.all(
        parts.map(async (part) => {
          const abeja = await openClientFor(parseAddress(part.address), flags)
          const journal = journals && join(journals, `${part.plan}-${part.number}.journal`)
          return (options: TransferOptions) => runPart(abeja, part, { ...options, directory, journal })
        }),
      )
      end(await runTransfers(transfers, flags))
    })
}

async function partsIn(path: string, number: number | undefined): Promise<TransferPart[]> {
  const lines = path === '-' ? (await text(process.stdin)).split('\n') : linesOf(path)
  const parts: TransferPart[] = []
  for await (const line of lines) {
    // A plan can have thousands of long lines: those of other parts are not parsed.
    if (line.trim() === '' || (number !== undefined && !line.includes(`"number":${number},`))) continue
    const part = partOf(line)
    if (number === undefined) parts.push(part)
    else if (part.number === number) return [part]
  }
  if (parts.length > 0) return parts
  const which = number === undefined ? 'No part' : `No part with the number ${number}`
  throw new InvalidRequestError(`${which} found in ${path === '-' ? 'standard input' : path}.`)
}

function partOf(line: string): TransferPart {
  try {
    return readPart(JSON.parse(line))
  } catch (cause) {
    if (cause instanceof InvalidRequestError) throw cause
    throw new InvalidRequestError('Not a part of a transfer: expected a JSON object on each line.', { cause })
  }
}
