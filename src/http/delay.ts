import { onAbort } from './on-abort.ts'

/** Resolves after `ms` milliseconds, or as soon as the signal is aborted. Leaves neither timer nor listener. */
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
