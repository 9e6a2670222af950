/** A running MD5. */
export interface Md5 {
  update(bytes: Uint8Array): void
  digest(encoding: 'hex'): string
}

/** Where the runtime brings MD5 (Node, Deno, Bun); a browser's Web Crypto does not have it, and none is needed there. */
export function createMd5(): Md5 | undefined {
  return globalThis.process?.getBuiltinModule?.('node:crypto')?.createHash('md5')
}
