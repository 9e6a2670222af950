/**
 * Calls `cleanUp` when the process ends, also by an uncaught exception or `process.exit()`. It must be synchronous.
 * Returns the function that calls it off.
 */
export function onExit(cleanUp: () => void): () => void {
  process.once('exit', cleanUp)
  return () => void process.off('exit', cleanUp)
}
