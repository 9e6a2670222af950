import { type Walked, walkAgain, walkDirectory } from '../disk/walk-directory.ts'
import type { EarlierRun } from '../report/previous-run.ts'
import type { TransferReport } from '../report/report.ts'
import { namedFiles } from './upload-directory.ts'
import type { UploadDirectoryOptions } from './upload-options.ts'

/**
 * What an upload has left, found as the walk finds it, so that links are skipped again.
 * @param options those of the report, and over them those of the retry
 */
export async function* leftToUpload(
  { folder, options: { files, below } }: TransferReport,
  earlier: EarlierRun,
  options: UploadDirectoryOptions,
): AsyncGenerator<Walked, void, undefined> {
  const { complete, done } = earlier
  const left = earlier.left.map(({ path }) => path)
  if (files) yield* namedFiles(left)
  // Of a walk that goes on a folder that could not be read is a part.
  else for (const path of left) if (complete || !isFolder(path)) yield* walkAgain(folder, path, options)
  if (complete) return
  const known = new Set(done.map(({ path }) => path))
  for (const path of left) if (!isFolder(path)) known.add(path)
  const rest = options.files ? namedFiles(options.files) : walkDirectory(folder, options, below)
  for await (const found of rest) if (!known.has(found.path)) yield found
}

function isFolder(path: string): boolean {
  return path.endsWith('/')
}
