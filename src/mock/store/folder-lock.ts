import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Keeps a second server out of a folder. Answers the function that lets go of it. The lock of a process that was
 * killed does not count.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock')
  const holder = holderOf(path)
  if (holder !== undefined) throw new Error(`${folder} is in use by the mock server with process id ${holder}`)
  writeFileSync(path, String(process.pid))
  return () => rmSync(path, { force: true })
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    // In a container the process that was killed often had the same id as this one.
    if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined
    process.kill(pid, 0)
    return pid
  } catch (error) {
    // EPERM: there is such a process, and it belongs to somebody else.
    return isDenied(error) ? Number(readFileSync(path, 'utf8')) : undefined
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPERM'
}
