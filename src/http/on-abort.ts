/** Those who wait for a signal, and the one listener that tells them. */
interface Watch {
  readonly callbacks: Set<() => void>
  readonly listener: () => void
}

const watches = new WeakMap<AbortSignal, Watch>()

/**
 * Calls back when a signal is aborted, until the returned function is called. However many wait, the signal has one
 * listener: one signal for a thousand calls is right, and at the eleventh listener Node warns of a leak.
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
