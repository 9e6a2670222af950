/** What the process ends with, for scripts. */
export const EXIT = {
  /** All files were transferred or skipped. */
  done: 0,
  /** Some files failed: the others were transferred. */
  someFailed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Nothing, or not all, could be found out or gone on with: the configuration, the network, a place that is not there. */
  failed: 3,
  /** Interrupted by Ctrl-C: `--journal` goes on where it was. */
  interrupted: 130,
} as const
