import { Command, Option } from 'commander'
import { linesOf } from '../node/journal/journal-file.ts'
import { readPart } from '../node/plan/part.ts'
import { parseAddress, storeAt } from '../node/remote/address.ts'
import { planDownload, planUpload, type TransferPart } from '../node.ts'
import { type ConnectionFlags, openClientFor, withConnectionFlags } from './connection.ts'
import { type DownloadFlags, downloadOptions, withDownloadFlags } from './download-command.ts'
import { positiveInteger, withGlobFlags } from './flags.ts'
import { type Globs, globFilter } from './globs.ts'
import { print } from './output.ts'
import { parseTarget, type UploadFlags, uploadOptions, withUploadFlags } from './upload-command.ts'

interface Flags extends Globs, ConnectionFlags {
  readonly partSize: number
  readonly after?: string
  readonly skipUnchanged?: true
}

/** The command `plan`, with `plan upload` and `plan download`. */
export function planCommand(closed: AbortSignal): Command {
  return new Command('plan')
    .summary('divide a transfer into parts for run-part')
    .description(
      'Divide a transfer into parts and print them, one JSON object per line. Nothing is transferred. Example: abeja-platform-client plan upload ./photos datalake://1230000000000 > parts.jsonl',
    )
    .addCommand(planUploadCommand(closed))
    .addCommand(planDownloadCommand(closed))
}

function planUploadCommand(closed: AbortSignal): Command {
  return withUploadFlags(withPlanFlags(new Command('upload')))
    .summary('divide the upload of a directory into parts')
    .argument('<dir>', 'the directory')
    .argument('<target>', 'datalake://<channel> or bucket://<bucket>[/<directory>]')
    .action(async (dir: string, target: string, flags: Flags & UploadFlags) => {
      const address = parseTarget(target)
      const store = storeAt(await openClientFor(address, flags), address)
      await printParts(planUpload(store, dir, { ...uploadOptions(flags), ...(await planOptions(flags)) }), closed)
    })
}

function planDownloadCommand(closed: AbortSignal): Command {
  return withDownloadFlags(withPlanFlags(new Command('download')))
    .summary('divide the download of a directory into parts')
    .argument('<source>', 'datalake://<channel> or bucket://<bucket>[/<directory>]')
    .argument('<dir>', 'the directory')
    .action(async (source: string, dir: string, flags: Flags & DownloadFlags) => {
      const address = parseAddress(source)
      const store = storeAt(await openClientFor(address, flags), address)
      await printParts(planDownload(store, dir, { ...downloadOptions(flags), ...(await planOptions(flags)) }), closed)
    })
}

function withPlanFlags(command: Command): Command {
  return withGlobFlags(withConnectionFlags(command))
    .addOption(new Option('--part-size <files>', 'the most files of a part').argParser(positiveInteger).default(1000))
    .option('--after <file>', 'continue after the last part in this file, of a plan that was interrupted')
    .option('--skip-unchanged', 'skip files whose bytes already exist, by size and MD5')
}

async function planOptions({ partSize, after, skipUnchanged, ...globs }: Flags) {
  const filter = await globFilter(globs)
  const last = after === undefined ? undefined : await lastPart(after)
  return { partSize, skipUnchanged, ...(filter && { filter }), ...(last && { after: last }) }
}

/** The last line of a plan that was interrupted may be incomplete. */
async function lastPart(path: string): Promise<TransferPart | undefined> {
  let last: TransferPart | undefined
  for await (const line of linesOf(path)) {
    try {
      last = readPart(JSON.parse(line))
    } catch {}
  }
  return last
}

async function printParts(parts: AsyncIterable<TransferPart>, closed: AbortSignal): Promise<void> {
  for await (const part of parts) {
    if (closed.aborted) return
    await print(`${JSON.stringify(part)}\n`, closed)
  }
}
