import { setTimeout as wait } from 'node:timers/promises'

/** Waits. Throws as soon as the caller has gone. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal })
}
