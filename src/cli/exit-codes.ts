/** Exit codes of the process. */
export const EXIT = {
  /** All files were transferred or skipped; a check found no difference. */
  done: 0,
  /** Some files failed and the others were transferred; a check found differences. */
  someFailed: 1,
  /** The command line is wrong, or was not confirmed. */
  usage: 2,
  /** The work could not be started or finished: configuration, network, a place that does not exist, an output. */
  failed: 3,
  /** Interrupted by a signal: with `--journal` the same command continues. */
  interrupted: 130,
} as const
