import { Command } from 'commander'
import { AbejaClient, type ChannelFile } from '../index.ts'
import { parseAddress } from '../node/address.ts'
import { formatBytes } from '../node/format-bytes.ts'

interface Flags {
  readonly json?: true
  readonly recursive?: true
}

/** The verb `ls`. */
export function lsCommand(): Command {
  return new Command('ls')
    .summary('list files')
    .description('List the files of a channel, or of a folder of a bucket: one line a file, as they come.')
    .argument('<source>', 'datalake://<channel>[/<file>] or bucket://<bucket>[/<folder>]')
    .option('-r, --recursive', 'of a bucket, the folders below too')
    .option('--json', 'one JSON object a line, as the platform tells it')
    .action(async (source: string, flags: Flags) => {
      for await (const line of lines(source, flags)) process.stdout.write(`${line}\n`)
    })
}

async function* lines(source: string, { json, recursive }: Flags): AsyncGenerator<string> {
  const abeja = new AbejaClient()
  const address = parseAddress(source)
  if (address.kind === 'channel') {
    const { id, file } = address
    const files = file === undefined ? abeja.channels.files.list(id) : [await abeja.channels.files.get(id, file)]
    for await (const one of files) yield json ? JSON.stringify(one) : channelLine(one)
    return
  }
  const { id, path } = address
  const store = abeja.buckets.files.in(id, path)
  const entries = recursive ? store.files() : abeja.buckets.files.list(id, { target_dir: `/${store.prefix}` })
  for await (const entry of entries) {
    if (json) yield JSON.stringify(entry)
    else if (entry.is_file) yield row(entry.uploaded_at, formatBytes(entry.size ?? 0), entry.file_id)
    else yield row('', 'folder', `${entry.file_id.replace(/\/$/, '')}/`)
  }
}

function channelLine({ file_id, uploaded_at, content_type, metadata }: ChannelFile): string {
  return row(uploaded_at, content_type, `${file_id}  ${metadata.filename ?? ''}`)
}

/** Names may hold characters that move a terminal's cursor. */
function row(time: string | undefined, what: string, name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that are taken out.
  return `${(time ?? '').padEnd(25)}  ${what.padStart(12)}  ${name}`.trimEnd().replaceAll(/[\x00-\x1f\x7f-\x9f]/g, '�')
}
