import { stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { InvalidRequestError, type Lifetime } from '../index.ts'
import { parseAddress, storeAt } from '../node/address.ts'
import { LocalFileError, type TransferOptions, type UploadDirectoryOptions, uploadDirectory } from '../node.ts'
import { type TransferFlags, withTransferFlags } from './flags.ts'
import { openClient } from './open-client.ts'
import { runTransfers, type Transfers } from './run-transfer.ts'

interface Flags extends TransferFlags {
  readonly lifetime?: Lifetime
  readonly metadata?: Readonly<Record<string, string>>
  readonly conflictTarget?: string
  readonly dotFiles?: true
  readonly followSymlinks?: true
}

const LIFETIMES: readonly Lifetime[] = ['1day', '1week', '1month', '6months', '1year']

/** The verb `upload`. */
export function uploadCommand(end: (code: number) => void): Command {
  return withTransferFlags(new Command('upload'))
    .summary('upload files and folders')
    .description('Upload files and folders into a channel or a bucket. Of a folder everything below it is uploaded.')
    .argument(
      '<paths...>',
      'files and folders, and last the target: datalake://<channel> or bucket://<bucket>[/<folder>]',
    )
    .usage('[options] <path...> <target>')
    .addOption(new Option('--lifetime <time>', 'how long the platform keeps the files').choices([...LIFETIMES]))
    .option('-m, --metadata <key=value>', 'what goes with every file; may be given several times', keyAndValue)
    .option('--conflict-target <key>', 'skip a file when the channel has one with the same value of this metadata key')
    .option('--dot-files', 'take files and folders whose names start with a dot')
    .option('--follow-symlinks', 'follow symlinks')
    .action(async (paths: readonly string[], flags: Flags) => {
      const target = paths.at(-1) ?? ''
      const sources = paths.slice(0, -1)
      if (sources.length === 0) throw new InvalidRequestError('Give what to upload, and then the target.')
      const address = parseAddress(target)
      if (address.kind === 'channel' && address.file !== undefined) {
        throw new InvalidRequestError(`${target} names a file: files are uploaded into datalake://${address.id}.`)
      }
      const store = storeAt(openClient(address), address)
      const upload = (folder: string, files?: readonly string[]) => (options: TransferOptions) =>
        uploadDirectory(store, folder, { ...uploadOptions(flags), ...options, ...(files && { files }) })
      end(await runTransfers(await planned(sources, upload), flags))
    })
}

/** One transfer for each folder, and one for all the single files of a folder. */
async function planned(
  sources: readonly string[],
  upload: (folder: string, files?: readonly string[]) => Transfers[number],
): Promise<Transfers> {
  const single = new Map<string, string[]>()
  const transfers: Transfers[number][] = []
  for (const source of sources) {
    const path = resolve(source)
    const stats = await stat(path).catch((cause: unknown) => {
      throw new LocalFileError(`${source} could not be read: is it there?`, path, cause)
    })
    if (stats.isDirectory()) transfers.push(upload(path))
    else single.set(dirname(path), [...(single.get(dirname(path)) ?? []), basename(path)])
  }
  for (const [folder, files] of single) transfers.push(upload(folder, files))
  return transfers
}

function uploadOptions({
  lifetime,
  metadata,
  conflictTarget,
  dotFiles,
  followSymlinks,
}: Flags): UploadDirectoryOptions {
  return { lifetime, metadata, conflict_target: conflictTarget, dotFiles, followSymlinks }
}

function keyAndValue(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [key, ...value] = text.split('=')
  if (!key || value.length === 0)
    throw new InvalidRequestError(`--metadata ${text} is no pair: it looks like label=cat.`)
  return { ...before, [key]: value.join('=') }
}
