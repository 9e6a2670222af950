import type { TransferPart } from '../../src/node.ts'

/** Reads all parts of a plan, as they come out of a queue. */
export async function collectParts(parts: AsyncIterable<TransferPart>): Promise<TransferPart[]> {
  const all: TransferPart[] = []
  for await (const part of parts) all.push(JSON.parse(JSON.stringify(part)))
  return all
}

/** Reads the only part of a plan. */
export async function onlyPart(parts: AsyncIterable<TransferPart>): Promise<TransferPart> {
  const [part, ...others] = await collectParts(parts)
  if (!part || others.length > 0) throw new Error(`The plan has ${others.length + 1} parts`)
  return part
}
