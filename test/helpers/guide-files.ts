import { type Program, programsOf } from './markdown-programs.ts'

/** A file that a guide shows: a code block whose first line is a comment with its path. */
export interface GuideFile {
  readonly path: string
  readonly code: string
}

const PATH = /^(?:\/\/|#|<!--) ([\w./[\]-]+\.\w+)(?: -->)?\n/

/** The files that a guide shows, in their order. */
export function filesOf(page: string): GuideFile[] {
  return programsOf(page).flatMap(({ code }: Program) => {
    const path = PATH.exec(code)?.[1]
    return path === undefined ? [] : [{ path, code }]
  })
}
