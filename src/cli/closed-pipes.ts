/**
 * Lets a reader of the output go away, as `head` does when it has enough: that is no failure.
 * @returns aborted when nobody reads standard output any more
 */
export function toleratePipesThatClose(): AbortSignal {
  const closed = new AbortController()
  const tolerate = (onClose: () => void) => (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    onClose()
  }
  process.stdout.on(
    'error',
    tolerate(() => closed.abort()),
  )
  process.stderr.on(
    'error',
    tolerate(() => {}),
  )
  return closed.signal
}
