import { Command } from 'commander'
import type { AbejaClient, BucketEntry, ChannelFile } from '../index.ts'
import { formatBytes } from '../node/progress/format-bytes.ts'
import { plainText } from '../node/progress/plain-text.ts'
import { type Address, parseAddress } from '../node/remote/address.ts'
import { fileInBucket, nothingThere } from './bucket-place.ts'
import { type ConnectionFlags, openClient, openClientFor, withConnectionFlags } from './connection.ts'

interface Flags extends ConnectionFlags {
  readonly json?: true
  readonly recursive?: true
}

/**
 * The command `ls`.
 * @param closed aborted when the output is no longer read
 */
export function lsCommand(closed: AbortSignal): Command {
  return withConnectionFlags(new Command('ls'))
    .summary('list channels and buckets, or files')
    .description(
      'List the files of a channel or of a directory of a bucket, or one file. Without an address, list channels and buckets. Example: abeja-platform-client ls bucket://1230000000000/photos',
    )
    .argument('[source]', 'datalake://<channel>[/<file>] or bucket://<bucket>[/<directory or file>]')
    .option('-r, --recursive', 'include the directories below, in a bucket')
    .option('--json', 'print one JSON object per line, as the platform responds')
    .action(async (source: string | undefined, flags: Flags) => {
      for await (const line of source === undefined ? containerLines(flags) : lines(source, flags)) {
        if (closed.aborted) return
        process.stdout.write(`${line}\n`)
      }
    })
}

async function* containerLines(flags: Flags): AsyncGenerator<string> {
  const abeja = await openClient(flags, true)
  for await (const channel of abeja.channels.list()) {
    const { created_at, channel_id, name } = channel
    yield flags.json ? JSON.stringify(channel) : row(created_at, 'channel', `datalake://${channel_id}  ${name ?? ''}`)
  }
  for await (const bucket of abeja.buckets.list()) {
    const { created_at, bucket_id, name } = bucket
    yield flags.json ? JSON.stringify(bucket) : row(created_at, 'bucket', `bucket://${bucket_id}  ${name ?? ''}`)
  }
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
  return row('', 'directory', `${file_id.replace(/\/$/, '')}/`)
}

function channelLine({ file_id, uploaded_at, content_type, metadata }: ChannelFile): string {
  return row(uploaded_at, content_type, `${file_id}  ${metadata.filename ?? ''}`)
}

function row(time: string | undefined, what: string, name: string): string {
  return plainText(`${(time ?? '').padEnd(25)}  ${what.padStart(12)}  ${name}`.trimEnd())
}
