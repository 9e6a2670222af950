import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { Command, Option } from 'commander'
import type { AbejaClient, BucketStore } from '../index.ts'
import { downloadDirectory, downloadFiles } from '../node/download/download-directory.ts'
import type { DownloadDirectoryOptions } from '../node/download/download-options.ts'
import { type Address, parseAddress, storeAt } from '../node/remote/address.ts'
import type { FileStore, NamingPolicy, TransferOptions } from '../node.ts'
import { fileInBucket, nothingThere } from './bucket-place.ts'
import { openClientFor } from './connection.ts'
import { printFile } from './container-commands.ts'
import { type ChecksumFlag, type TransferFlags, withChecksumFlag, withTransferFlags } from './flags.ts'
import { runTransfers, type Transfers } from './run-transfer.ts'

interface Flags extends TransferFlags, DownloadFlags {}

/** What is downloaded, and under which names. */
export interface DownloadFlags extends ChecksumFlag {
  readonly overwrite?: true
  readonly names?: NamingPolicy
}

/** Adds them to a command. */
export function withDownloadFlags(command: Command): Command {
  return withChecksumFlag(command)
    .option('--overwrite', 'replace existing files')
    .addOption(
      new Option(
        '--names <policy>',
        'naming of channel files with the same name: only the newest, all with numbers, or by id',
      )
        .choices(['filename', 'numbered', 'id'])
        .default('filename'),
    )
}

/** The flags as options of a download. */
export function downloadOptions({ overwrite, names, checksum }: DownloadFlags) {
  return { overwrite, naming: names, checksum }
}

/** The command `download`. */
export function downloadCommand(end: (code: number) => void, closed: AbortSignal): Command {
  return withDownloadFlags(withTransferFlags(new Command('download')))
    .summary('download files and directories')
    .description(
      'Download a file, a whole channel, a bucket or a directory of it. The target of a single file is its new path, unless it is an existing directory or ends with a slash. Every other target is a directory. An existing file is skipped. Example: abeja-platform-client download datalake://1230000000000 ./photos',
    )
    .argument('<source>', 'datalake://<channel>[/<file>] or bucket://<bucket>[/<directory or file>]')
    .argument(
      '<target>',
      'a directory, created when it is missing, or the path of a single file; - writes one file to standard output',
    )
    .action(async (source: string, dir: string, flags: Flags) => {
      const address = parseAddress(source)
      if (dir === '-') return printFile(await openClientFor(address, flags), address, flags.checksum, closed)
      const transfer = await planned(await openClientFor(address, flags), address, dir, downloadOptions(flags))
      end(await runTransfers([transfer], flags))
    })
}

async function planned(
  abeja: AbejaClient,
  address: Address,
  dir: string,
  options: DownloadDirectoryOptions,
): Promise<Transfers[number]> {
  const one = async (store: FileStore, name: string) => {
    const { directory, as } = await placeFor(dir)
    return (more: TransferOptions) => downloadFiles(store, [name], directory, { ...options, ...more }, as)
  }
  const store = storeAt(abeja, address)
  if (address.kind === 'channel' && address.file !== undefined) return one(store, address.file)
  if (address.kind === 'bucket' && address.path !== '') {
    const found = await fileInBucket(abeja, address.id, address.path)
    if (found) return one(found.store, found.name)
  }
  if (store.kind === 'bucket' && store.prefix !== '') await requireFiles(store)
  return (more: TransferOptions) => downloadDirectory(store, dir, { ...options, ...more })
}

/** Where a single file is written. As with `cp`, a path that is not a directory is the new name of the file. */
async function placeFor(path: string): Promise<{ readonly directory: string; readonly as: string | undefined }> {
  const isDirectory =
    /[/\\]$/.test(path) ||
    (await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    ))
  if (isDirectory) return { directory: path, as: undefined }
  return { directory: dirname(path), as: basename(path) }
}

async function requireFiles(store: BucketStore): Promise<void> {
  for await (const _ of store.files()) return
  throw nothingThere(store)
}
