import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onExit } from './on-exit.ts'

/** What this process itself has locked: its id in a lock file alone would look like the one of a killed process. */
const held = new Set<string>()

/** Keeps a second server out of a folder. Returns the function that releases it. The lock of a killed process is replaced. */
export function lockFolder(folder: string): () => void {
  const path = join(realpathSync(folder), 'lock')
  const holder = holderOf(path) ?? (held.has(path) ? process.pid : undefined)
  if (holder !== undefined) {
    throw new Error(
      `${folder} is in use by the process ${holder}. Stop that mock server, or choose another folder. ` +
        `If no mock server uses it, delete ${path} and start again.`,
    )
  }
  rmSync(path, { force: true })
  writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 })
  held.add(path)
  const remove = () => {
    held.delete(path)
    rmSync(path, { force: true })
  }
  const forget = onExit(remove)
  return () => {
    forget()
    remove()
  }
}

/** The process that a lock names, if it still runs. */
function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    // In a container the process that was killed often had the same id as this one.
    if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined
    return isRunning(pid) ? pid : undefined
  } catch {
    return undefined
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: there is such a process, and it belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
