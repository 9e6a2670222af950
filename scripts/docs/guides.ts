import { basename } from 'node:path'
import { type Application, type CommentDisplayPart, Converter, type DocumentReflection } from 'typedoc'

/** The page of each document of the repository, without its extension. */
export type GuidePages = ReadonlyMap<unknown, string>

/** Names the documents by their own headings, and their pages by their files. */
export function nameGuides(app: Application): GuidePages {
  const pages = new Map<unknown, string>()
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document: DocumentReflection) => {
    const file = basename(document.name)
    pages.set(document, file === 'README' ? 'guides' : file.toLowerCase())
    document.name = headingOf(document.content) ?? file
  })
  return pages
}

function headingOf(content: readonly CommentDisplayPart[]): string | undefined {
  return /^# (.+)$/m.exec(content.map(({ text }) => text).join(''))?.[1]
}
