/** The callbacks that wait for a signal, and the one listener that calls them. */
interface Watch {
  readonly callbacks: Set<() => void>
  readonly listener: () => void
}

const watches = new WeakMap<AbortSignal, Watch>()

/**
 * Calls back when a signal is aborted, until the returned function is called. However many callbacks wait, the signal has
 * one listener: sharing one signal among a thousand calls is common, and Node warns of a leak at the eleventh listener.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const watch = watches.get(signal) ?? startWatch(signal)
  watch.callbacks.add(callback)
  return () => {
    watch.callbacks.delete(callback)
    if (watch.callbacks.size > 0 || watches.get(signal) !== watch) return
    signal.removeEventListener('abort', watch.listener)
    watches.delete(signal)
  }
}

function startWatch(signal: AbortSignal): Watch {
  const callbacks = new Set<() => void>()
  const listener = () => {
    for (const callback of [...callbacks]) callback()
  }
  const watch = { callbacks, listener }
  watches.set(signal, watch)
  signal.addEventListener('abort', listener)
  return watch
}

/** The longest delay of a timer, in milliseconds: longer ones fire at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Resolves after `ms` milliseconds, or as soon as the signal is aborted. Leaves neither a timer nor a listener. */
export function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const finish = () => {
      clearTimeout(timer)
      release?.()
      resolve()
    }
    const timer = setTimeout(finish, ms)
    const release = signal && onAbort(signal, finish)
  })
}

/** A signal that follows another one and can be aborted by itself. */
export interface LinkedAbort {
  readonly signal: AbortSignal
  abort(): void
  /** Stops following the other signal. */
  release(): void
}

/** Makes a signal that is aborted with another one, with the same reason, or before it. */
export function linkedAbort(other: AbortSignal | undefined): LinkedAbort {
  const controller = new AbortController()
  const follow = () => controller.abort(other?.reason)
  if (other?.aborted) follow()
  const release = other && onAbort(other, follow)
  return { signal: controller.signal, abort: () => controller.abort(), release: () => release?.() }
}
