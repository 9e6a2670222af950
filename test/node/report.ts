import type { TransferReport } from '../../src/node.ts'

/** As another process reads it. */
export function reread(report: TransferReport): TransferReport {
  return JSON.parse(JSON.stringify(report))
}

/** The paths of records, in the order of the alphabet. */
export function paths(records: readonly { readonly path: string }[]): string[] {
  return records.map(({ path }) => path).sort()
}
