import { randomInt, randomUUID } from 'node:crypto'

/** The ids of channels, buckets and datasources: thirteen digits. */
export function resourceId(): string {
  return digits(13)
}

export function triggerId(): string {
  return `tri-${digits(16)}`
}

export function runId(): string {
  return `run-${digits(16)}`
}

/** `20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9`: when a file of a channel was announced, and a UUID. */
export function channelFileId(now: number): string {
  const second = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')
  return `${second}-${randomUUID()}`
}

function digits(count: number): string {
  return Array.from({ length: count }, (_, index) => randomInt(index === 0 ? 1 : 0, 10)).join('')
}
