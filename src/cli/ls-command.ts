import { Command } from 'commander'
import type { AbejaClient, BucketEntry, ChannelFile } from '../index.ts'
import { formatBytes } from '../node/progress/format-bytes.ts'
import { plainText } from '../node/progress/plain-text.ts'
import { type Address, parseAddress } from '../node/remote/address.ts'
import { fileInBucket, nothingThere } from './bucket-place.ts'
import { type ConnectionFlags, openClientFor, withConnectionFlags } from './connection.ts'

interface Flags extends ConnectionFlags {
  readonly json?: true
  readonly recursive?: true
}

/**
 * The verb `ls`.
 * @param closed aborted when nobody reads the lines any more
 */
export function lsCommand(closed: AbortSignal): Command {
  return withConnectionFlags(new Command('ls'))
    .summary('list files')
    .description('List the files of a channel, or of a folder of a bucket, or one file: one line a file, as they come.')
    .argument('<source>', 'datalake://<channel>[/<file>] or bucket://<bucket>[/<folder or file>]')
    .option('-r, --recursive', 'of a bucket, the folders below too')
    .option('--json', 'one JSON object a line, as the platform tells it')
    .action(async (source: string, flags: Flags) => {
      for await (const line of lines(source, flags)) {
        if (closed.aborted) return
        process.stdout.write(`${line}\n`)
      }
    })
}

async function* lines(source: string, flags: Flags): AsyncGenerator<string> {
  const { json, recursive } = flags
  const address = parseAddress(source)
  const abeja = await openClientFor(address, flags)
  if (address.kind === 'channel') {
    const { id, file } = address
    const files = file === undefined ? abeja.channels.files.list(id) : [await abeja.channels.files.get(id, file)]
    for await (const one of files) yield json ? JSON.stringify(one) : channelLine(one)
    return
  }
  for await (const entry of bucketEntries(abeja, address, recursive)) {
    yield json ? JSON.stringify(entry) : bucketLine(entry)
  }
}

async function* bucketEntries(
  abeja: AbejaClient,
  { id, path }: Extract<Address, { kind: 'bucket' }>,
  recursive = false,
): AsyncGenerator<BucketEntry> {
  const found = await fileInBucket(abeja, id, path)
  if (found) return yield found.file
  const store = abeja.buckets.files.in(id, path)
  let isEmpty = true
  for await (const entry of recursive
    ? store.files()
    : abeja.buckets.files.list(id, { target_dir: `/${store.prefix}` })) {
    isEmpty = false
    yield entry
  }
  if (isEmpty && store.prefix !== '') throw nothingThere(store)
}

function bucketLine({ is_file, file_id, uploaded_at, size = 0 }: BucketEntry): string {
  if (is_file) return row(uploaded_at, formatBytes(size), file_id)
  return row('', 'folder', `${file_id.replace(/\/$/, '')}/`)
}

function channelLine({ file_id, uploaded_at, content_type, metadata }: ChannelFile): string {
  return row(uploaded_at, content_type, `${file_id}  ${metadata.filename ?? ''}`)
}

function row(time: string | undefined, what: string, name: string): string {
  return plainText(`${(time ?? '').padEnd(25)}  ${what.padStart(12)}  ${name}`.trimEnd())
}
