import { randomUUID } from 'node:crypto'
import { readFile, readlink, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { codeOf, LocalFileError, onDisk } from '../disk/local-file-error.ts'

/** How often the owner of a lock renews it, in milliseconds. */
const RENEWAL_MS = 10_000

/** A lock whose owner cannot be looked up is abandoned when it was not renewed for so long, in milliseconds. */
const EXPIRY_MS = 60_000

/** The process that holds a lock. */
interface Owner {
  readonly pid: number
  readonly host: string
  /** Where `pid` names a process: one boot of one machine, one container. */
  readonly machine: string
  /** When the process started: another process may get its id later. Undefined where the system does not report it. */
  readonly started: string | undefined
  /** Unique for each acquisition. */
  readonly token: string
}

/**
 * The exclusive use of a journal: a file beside it. A lock that a crash has left is taken over at once where the system
 * tells that its process has ended (Linux: process id, start time, boot and container), and otherwise, such as on another
 * machine of a shared disk, when it was not renewed for a minute.
 */
export class JournalLock {
  readonly path: string
  readonly #text: string
  readonly #timer: ReturnType<typeof setInterval>

  private constructor(path: string, text: string, onLost: (error: Error) => void) {
    this.path = path
    this.#text = text
    this.#timer = setInterval(() => void this.#renew(onLost), RENEWAL_MS)
    this.#timer.unref()
  }

  /**
   * @param onLost called when another process has taken the lock over, as it may after this one was suspended
   * @throws LocalFileError when another transfer uses the journal
   */
  static async acquire(journal: string, onLost: (error: Error) => void): Promise<JournalLock> {
    const path = `${await canonical(journal)}.lock`
    const own = await thisProcess()
    const text = JSON.stringify(own)
    for (;;) {
      try {
        await writeFile(path, text, { flag: 'wx' })
        return new JournalLock(path, text, onLost)
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') await onDisk('create', path, Promise.reject(error))
      }
      const found = await textOf(path)
      if (found === undefined) continue
      const owner = ownerOf(found)
      if (await isHeld(owner, own, path)) throw inUse(journal, owner)
      await remove(path, found)
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#timer)
    if ((await textOf(this.path)) === this.#text) await rm(this.path, { force: true }).catch(() => {})
  }

  async #renew(onLost: (error: Error) => void): Promise<void> {
    const found = await textOf(this.path).catch(() => this.#text)
    if (found === this.#text) await writeFile(this.path, this.#text).catch(() => {})
    else {
      clearInterval(this.#timer)
      onLost(new LocalFileError(`The lock of the journal was taken over by another process: ${this.path}`, this.path))
    }
  }
}

/** The same path for the same journal, whatever links lead to it. */
async function canonical(journal: string): Promise<string> {
  try {
    return await realpath(journal)
  } catch {
    const directory = dirname(journal)
    return join(await onDisk('open', journal, realpath(directory)), basename(journal))
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    return onDisk('read', path, Promise.reject(error))
  }
}

/** Undefined for a lock that is being written this moment, or was never written to its end. */
function ownerOf(text: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    if (!('pid' in value && 'host' in value && 'machine' in value && 'token' in value)) return undefined
    const { pid, host, machine, token } = value
    if (typeof pid !== 'number' || typeof host !== 'string') return undefined
    if (typeof machine !== 'string' || typeof token !== 'string') return undefined
    const started = 'started' in value && typeof value.started === 'string' ? value.started : undefined
    return { pid, host, machine, started, token }
  } catch {
    return undefined
  }
}

async function isHeld(owner: Owner | undefined, own: Owner, path: string): Promise<boolean> {
  if (owner?.machine === own.machine) {
    if (!exists(owner.pid)) return false
    const started = await startOf(owner.pid)
    if (started !== undefined && owner.started !== undefined) return started === owner.started
  }
  return isRenewed(path)
}

async function isRenewed(path: string): Promise<boolean> {
  const age = await ageOf(path)
  return age !== undefined && age < EXPIRY_MS
}

/** Returns the time since a file was written, in milliseconds, by the clock of the file system, which machines may share. */
async function ageOf(path: string): Promise<number | undefined> {
  const probe = `${path}.${randomUUID()}`
  try {
    await onDisk('create', probe, writeFile(probe, '', { flag: 'wx' }))
    const [now, written] = [await onDisk('read', probe, stat(probe)), await stat(path).catch(() => undefined)]
    return written && now.mtimeMs - written.mtimeMs
  } finally {
    await rm(probe, { force: true }).catch(() => {})
  }
}

/**
 * Removes an abandoned lock, unless another process has replaced it since it was read. Only the process that has created a
 * second file may do so: otherwise the lock could be replaced between the comparison and the removal.
 */
async function remove(path: string, abandoned: string): Promise<void> {
  const guard = `${path}.takeover`
  try {
    await writeFile(guard, '', { flag: 'wx' })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') await onDisk('create', guard, Promise.reject(error))
    const age = await ageOf(guard)
    // Left by a process that crashed between these two lines.
    if (age !== undefined && age >= EXPIRY_MS) await rm(guard, { force: true })
    else await setTimeout(10)
    return
  }
  try {
    if ((await textOf(path)) === abandoned) await onDisk('remove', path, rm(path, { force: true }))
  } finally {
    await rm(guard, { force: true }).catch(() => {})
  }
}

function inUse(journal: string, owner: Owner | undefined): LocalFileError {
  const who = owner === undefined ? 'another process' : `process ${owner.pid} on ${owner.host}`
  const message = `The journal is in use by ${who}: ${journal}. Wait until that transfer has ended, or use another journal.`
  return new LocalFileError(message, journal)
}

async function thisProcess(): Promise<Owner> {
  const { pid } = process
  const host = hostname()
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined)
  const namespace = await readlink('/proc/self/ns/pid').catch(() => undefined)
  const machine = boot === undefined || namespace === undefined ? host : `${boot.trim()} ${namespace}`
  return { pid, host, machine, started: await startOf(pid), token: randomUUID() }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) !== 'ESRCH'
  }
}

/** When a process started, in ticks since the boot; undefined where the system has no `/proc`. */
async function startOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The name of the program stands in parentheses and may itself contain any: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state] = fields ?? []
  // A zombie has ended; only its parent has not noticed.
  return state === 'Z' || state === 'X' ? 'ended' : fields?.[19]
}
