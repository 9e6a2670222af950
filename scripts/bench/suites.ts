import type { Row } from './row.ts'
import { callRows, listRows } from './suites/calls.ts'
import { folderRows, largeRows } from './suites/files.ts'
import { scaleRows } from './suites/scale.ts'

export const suites: Readonly<Record<string, readonly Row[]>> = {
  calls: callRows,
  lists: listRows,
  folders: folderRows,
  large: largeRows,
  scale: scaleRows,
}
