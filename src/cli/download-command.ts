import { Command, Option } from 'commander'
import { AbejaClient, isApiError } from '../index.ts'
import { type Address, parseAddress, storeAt } from '../node/address.ts'
import { type DownloadDirectoryOptions, downloadDirectory, downloadFiles } from '../node/download-directory.ts'
import type { FileStore, NamePolicy, TransferOptions } from '../node.ts'
import { type TransferFlags, withTransferFlags } from './flags.ts'
import { runTransfers, type Transfers } from './run-transfer.ts'

interface Flags extends TransferFlags {
  readonly overwrite?: true
  readonly names?: NamePolicy
}

/** The verb `download`. */
export function downloadCommand(end: (code: number) => void): Command {
  return withTransferFlags(new Command('download'))
    .summary('download files and folders')
    .description(
      'Download a file, a whole channel, a bucket or a folder of it into a folder. A file that is there is skipped.',
    )
    .argument('<source>', 'datalake://<channel>[/<file>] or bucket://<bucket>[/<folder or file>]')
    .argument('<dir>', 'the folder, which is made when it is missing')
    .option('--overwrite', 'replace files that are there')
    .addOption(
      new Option(
        '--names <policy>',
        'how files of a channel are named that share a name: the newest alone, all with numbers, or by their ids',
      )
        .choices(['filename', 'numbered', 'id'])
        .default('filename'),
    )
    .action(async (source: string, dir: string, flags: Flags) => {
      const transfer = await planned(new AbejaClient(), parseAddress(source), dir, {
        overwrite: flags.overwrite,
        names: flags.names,
      })
      end(await runTransfers([transfer], flags))
    })
}

async function planned(
  abeja: AbejaClient,
  address: Address,
  dir: string,
  options: DownloadDirectoryOptions,
): Promise<Transfers[number]> {
  const file = await fileAt(abeja, address)
  if (file) return (more: TransferOptions) => downloadFiles(file.store, [file.path], dir, { ...options, ...more })
  return (more: TransferOptions) => downloadDirectory(storeAt(abeja, address), dir, { ...options, ...more })
}

/** The file that an address names. Whether a path in a bucket is a file or a folder only the platform can tell. */
async function fileAt(
  abeja: AbejaClient,
  address: Address,
): Promise<{ readonly store: FileStore; readonly path: string } | undefined> {
  if (address.kind === 'channel') {
    return address.file === undefined ? undefined : { store: storeAt(abeja, address), path: address.file }
  }
  const { id, path } = address
  if (path === '' || path.endsWith('/')) return undefined
  const cut = path.lastIndexOf('/')
  const store = abeja.buckets.files.in(id, path.slice(0, Math.max(0, cut)))
  const name = path.slice(cut + 1)
  try {
    const { is_file } = await store.get(name)
    return is_file ? { store, path: name } : undefined
  } catch (error) {
    if (isApiError(error) && error.status === 404) return undefined
    throw error
  }
}
