import { type Walked, walkAgain, walkDirectory } from '../disk/walk-directory.ts'
import type { PreviousRun } from '../report/previous-run.ts'
import type { TransferReport } from '../report/report.ts'
import { namedFiles } from './upload-directory.ts'
import type { UploadDirectoryOptions } from './upload-options.ts'

/**
 * The files that an upload has left, walked again so that links are skipped again.
 * @param options those of the retry over those of the report
 */
export async function* remainingUploads(
  { directory, options: { files, below } }: TransferReport,
  { complete, done, left: records }: PreviousRun,
  options: UploadDirectoryOptions,
): AsyncGenerator<Walked, void, undefined> {
  const left = records.map(({ path }) => path)
  if (files) yield* namedFiles(left)
  // A walk that continues covers the directories that could not be read.
  else for (const path of left) if (complete || !isDirectory(path)) yield* walkAgain(directory, path, options)
  if (complete) return
  const known = new Set(done.map(({ path }) => path))
  for (const path of left) if (!isDirectory(path)) known.add(path)
  const rest = options.files ? namedFiles(options.files) : walkDirectory(directory, options, below)
  for await (const found of rest) if (!known.has(found.path)) yield found
}

function isDirectory(path: string): boolean {
  return path.endsWith('/')
}
