import { Command, Option } from 'commander'
import {
  type AbejaClient,
  type ChecksumSource,
  type Download,
  type DownloadOptions,
  InvalidRequestError,
} from '../index.ts'
import { type Address, parseAddress } from '../node/remote/address.ts'
import { confirmed } from './check-command.ts'
import { type ConnectionFlags, openClient, openClientFor, withConnectionFlags } from './connection.ts'
import { EXIT } from './exit-codes.ts'
import { type ChecksumFlag, withChecksumFlag } from './flags.ts'
import { print } from './output.ts'

/** The command `create`. */
export function createCommand(): Command {
  return withConnectionFlags(new Command('create'))
    .summary('create a channel or a bucket')
    .description(
      'Create a channel or a bucket and print its address. Example: abeja-platform-client create bucket photos',
    )
    .argument('<kind>', 'channel or bucket')
    .argument('<name>', 'its name')
    .addOption(new Option('--description <text>', 'what it is for').default('', 'none'))
    .action(
      async (kind: string, name: string, { description, ...flags }: ConnectionFlags & { description: string }) => {
        if (kind !== 'channel' && kind !== 'bucket') {
          throw new InvalidRequestError(`The kind must be channel or bucket (received ${JSON.stringify(kind)}).`)
        }
        const abeja = await openClient(flags, true)
        process.stdout.write(`${await created(abeja, kind, { name, description })}\n`)
      },
    )
}

async function created(
  abeja: AbejaClient,
  kind: 'channel' | 'bucket',
  params: { name: string; description: string },
): Promise<string> {
  if (kind === 'bucket') return `bucket://${(await abeja.buckets.create(params)).bucket_id}`
  return `datalake://${(await abeja.channels.create({ ...params, storage_type: 'datalake' })).channel_id}`
}

interface RemoveFlags extends ConnectionFlags {
  readonly yes?: true
  readonly dryRun?: true
}

/** The command `rm`. */
export function rmCommand(end: (code: number) => void): Command {
  return withConnectionFlags(new Command('rm'))
    .summary('delete a file of a channel, or archive a channel or a bucket')
    .description(
      'Delete a file of a channel, or archive a whole channel or bucket. The API cannot delete a file of a bucket. Example: abeja-platform-client rm datalake://1230000000000/20240515T180605-f4acc798',
    )
    .argument('<address>', 'datalake://<channel>[/<file>] or bucket://<bucket>')
    .option('-n, --dry-run', 'print what would be done without doing it')
    .option('-y, --yes', 'do not ask')
    .action(async (text: string, flags: RemoveFlags) => {
      const address = parseAddress(text)
      const { what, run } = removal(address)
      if (flags.dryRun) return void process.stdout.write(`would ${what}\n`)
      if (!(flags.yes || (await confirmed(`This would ${what}. Continue?`)))) return end(EXIT.usage)
      await run(await openClient(flags, address.kind === 'bucket' || address.file === undefined))
      process.stdout.write(`${what}: done\n`)
    })
}

function removal(address: Address): { what: string; run: (abeja: AbejaClient) => Promise<unknown> } {
  const { kind, id } = address
  if (kind === 'channel') {
    const { file } = address
    if (file === undefined) return { what: `archive channel ${id}`, run: (abeja) => abeja.channels.archive(id) }
    const what = `delete file ${file} of channel ${id}`
    return { what, run: (abeja) => abeja.channels.files.delete(id, file) }
  }
  if (address.path !== '') {
    throw new InvalidRequestError(
      `The API cannot delete a file of a bucket (received bucket://${id}/${address.path}). Upload it with --lifetime, or archive the bucket.`,
    )
  }
  return { what: `archive bucket ${id}`, run: (abeja) => abeja.buckets.archive(id) }
}

/** The command `cat`. */
export function catCommand(closed: AbortSignal): Command {
  return withChecksumFlag(withConnectionFlags(new Command('cat')))
    .summary('print the content of a file')
    .description(
      'Write the bytes of one file to standard output. Example: abeja-platform-client cat bucket://1230000000000/report.csv',
    )
    .argument('<file>', 'datalake://<channel>/<file> or bucket://<bucket>/<path>')
    .action(async (text: string, flags: ConnectionFlags & ChecksumFlag) => {
      const address = parseAddress(text)
      await printFile(await openClientFor(address, flags), address, flags.checksum, closed)
    })
}

/**
 * Writes the bytes of a file to standard output.
 * @param closed aborted when the output is no longer read
 */
export async function printFile(
  abeja: AbejaClient,
  address: Address,
  checksum: ChecksumSource | undefined,
  closed: AbortSignal,
): Promise<void> {
  const download = await opened(abeja, address, { checksum })
  for await (const chunk of download) {
    if (closed.aborted) return
    await print(chunk, closed)
  }
}

function opened(abeja: AbejaClient, address: Address, options: DownloadOptions): Promise<Download> {
  if (address.kind === 'channel' && address.file !== undefined) {
    return abeja.channels.files.download(address.id, address.file, options)
  }
  if (address.kind === 'bucket' && address.path !== '') {
    return abeja.buckets.files.download(address.id, address.path, options)
  }
  throw new InvalidRequestError(
    'The address must name one file: datalake://<channel>/<file> or bucket://<bucket>/<path>.',
  )
}
