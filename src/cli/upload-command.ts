import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { type AbejaClient, InvalidRequestError, type Lifetime } from '../index.ts'
import { type Address, parseAddress, storeAt } from '../node/remote/address.ts'
import { uploadAs, uploadBelow } from '../node/upload/upload-directory.ts'
import { LocalFileError, type TransferOptions, uploadDirectory } from '../node.ts'
import { locationOf } from './bucket-place.ts'
import { openClientFor } from './connection.ts'
import { type TransferFlags, withTransferFlags } from './flags.ts'
import { runTransfers } from './run-transfer.ts'

interface Flags extends TransferFlags, UploadFlags {}

/** What is uploaded, and what goes with it. */
export interface UploadFlags {
  readonly lifetime?: Lifetime
  readonly metadata?: Readonly<Record<string, string>>
  readonly conflictTarget?: string
  readonly dotFiles?: true
  readonly followSymlinks?: true
}

const LIFETIMES: readonly Lifetime[] = ['1day', '1week', '1month', '6months', '1year']

/** Adds them to a command. */
export function withUploadFlags(command: Command): Command {
  return command
    .addOption(new Option('--lifetime <time>', 'how long the platform keeps the files').choices([...LIFETIMES]))
    .option('-m, --metadata <key=value>', 'metadata of every file; can be repeated', keyAndValue)
    .option('--conflict-target <key>', 'skip a file when the channel has one with the same value of this metadata key')
    .option('--dot-files', 'include files and directories whose names start with a dot')
    .option('--follow-symlinks', 'follow symlinks')
}

/** Reads the address of a directory upload. */
export function parseTarget(target: string): Address {
  const address = parseAddress(target)
  if (address.kind === 'bucket' || address.file === undefined) return address
  throw new InvalidRequestError(
    `The target must be a channel (received the file ${target}). Use datalake://${address.id}.`,
  )
}

/** The command `upload`. */
export function uploadCommand(end: (code: number) => void): Command {
  return withUploadFlags(withTransferFlags(new Command('upload')))
    .summary('upload files and directories')
    .description(
      'Upload files and directories to a channel or a bucket. The content of a single directory is uploaded; of several sources, each directory keeps its name. The target of a single file is the new location of the file, unless it ends with a slash. Every other target is a directory. Example: abeja-platform-client upload ./photos bucket://1230000000000/photos',
    )
    .argument(
      '<paths...>',
      'files and directories (or - for standard input), then the target: datalake://<channel> or bucket://<bucket>[/<path>]',
    )
    .usage('[options] <path...> <target>')
    .action(async (paths: readonly string[], flags: Flags) => {
      const target = paths.at(-1) ?? ''
      const sources = paths.slice(0, -1)
      if (sources.length === 0)
        throw new InvalidRequestError('Missing source or target. Pass the paths to upload, then the target.')
      const address = parseTarget(target)
      if (sources.includes('-')) {
        if (sources.length > 1) throw new InvalidRequestError('Standard input (-) must be the only source.')
        return uploadStandardInput(await openClientFor(address, flags), address, flags)
      }
      const abeja = await openClientFor(address, flags)
      const plans = await planned(sources)
      const renamed = newLocation(plans, address)
      if (renamed) {
        const store = storeAt(abeja, renamed.directory)
        const upload = (more: TransferOptions) =>
          uploadAs(store, renamed.file, renamed.name, { ...uploadOptions(flags), ...more })
        return end(await runTransfers([upload], flags))
      }
      const store = storeAt(abeja, address)
      if (flags.journal !== undefined && plans.length > 1) {
        throw new InvalidRequestError('--journal takes one transfer. Pass one directory, or files of one directory.')
      }
      const transfers = plans.map(({ directory, files, below }) => (more: TransferOptions) => {
        const options = { ...uploadOptions(flags), ...more }
        if (below !== undefined) return uploadBelow(store, directory, below, options)
        return uploadDirectory(store, directory, { ...options, ...(files && { files }) })
      })
      end(await runTransfers(transfers, flags))
    })
}

/** Uploads standard input as one file: to a path of a bucket, or into a channel under the metadata `filename`. */
async function uploadStandardInput(abeja: AbejaClient, address: Address, flags: Flags): Promise<void> {
  const { lifetime, metadata, conflictTarget } = flags
  if (address.kind === 'channel') {
    const params = { metadata, lifetime, conflict_target: conflictTarget }
    const { file_id } = await abeja.channels.files.upload(address.id, process.stdin, params)
    process.stdout.write(`uploaded standard input to datalake://${address.id}/${file_id}\n`)
    return
  }
  if (address.path === '' || address.path.endsWith('/')) {
    throw new InvalidRequestError(
      'The target of standard input must name a file, such as bucket://<bucket>/report.csv.',
    )
  }
  const named = { filename: address.path, ...metadata }
  await abeja.buckets.files.upload(address.id, address.path, process.stdin, { metadata: named, lifetime })
  process.stdout.write(`uploaded standard input to bucket://${address.id}/${address.path}\n`)
}

/** The part of a directory to upload: some files, a directory below it, or everything. */
interface UploadPlan {
  readonly directory: string
  readonly files?: string[]
  readonly below?: string
}

/** Plans one transfer for each directory, which keeps its name when it is not the only source, and one for its single files. */
async function planned(sources: readonly string[]): Promise<UploadPlan[]> {
  const single = new Map<string, string[]>()
  const plans: UploadPlan[] = []
  const names = new Map<string, string>()
  for (const source of sources) {
    const path = resolve(source)
    const [directory, name] = [dirname(path), basename(path)]
    const other = names.get(name)
    if (other !== undefined) {
      throw new InvalidRequestError(
        `Two sources have the name ${name}: ${other} and ${source}. Upload them one after the other.`,
      )
    }
    names.set(name, source)
    const stats = await stat(path).catch((cause: unknown) => {
      throw new LocalFileError(`Cannot read ${source}.`, path, cause)
    })
    if (!stats.isDirectory()) single.set(directory, [...(single.get(directory) ?? []), name])
    else plans.push(sources.length === 1 ? { directory: path } : { directory, below: `${name}/` })
  }
  for (const [directory, files] of single) plans.push({ directory, files })
  return plans
}

/** The location of a single file, when the target names one: as in `aws s3 cp`, a slash at its end makes it a directory. */
function newLocation(
  [plan, ...others]: readonly UploadPlan[],
  address: Address,
): { readonly file: string; readonly directory: Address; readonly name: string } | undefined {
  const [file, ...otherFiles] = plan?.files ?? []
  if (plan === undefined || file === undefined || otherFiles.length + others.length > 0) return undefined
  const location = address.kind === 'bucket' ? locationOf(address.path) : undefined
  if (location === undefined) return undefined
  const { directory, name } = location
  return { file: join(plan.directory, file), directory: { ...address, kind: 'bucket', path: directory }, name }
}

/** The flags as options of an upload. */
export function uploadOptions({ lifetime, metadata, conflictTarget, dotFiles, followSymlinks }: UploadFlags) {
  return { lifetime, metadata, conflict_target: conflictTarget, dotFiles, followSymlinks }
}

function keyAndValue(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [key, ...value] = text.split('=')
  if (!key || value.length === 0)
    throw new InvalidRequestError(`--metadata must be a pair such as label=cat (received ${text}).`)
  return { ...before, [key]: value.join('=') }
}
