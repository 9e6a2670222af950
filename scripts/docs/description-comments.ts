import {
  type Application,
  type Comment,
  type CommentDisplayPart,
  type Context,
  Converter,
  ReflectionKind,
} from 'typedoc'
import ts from 'typescript'

/** Before TypeDoc's own steps, and before the fields of aliases are shown. */
const FIRST = 20_000

/** The types of the whole description. Their properties would be three quarters of the site and are part of "HTTP API". */
const OF_THE_DESCRIPTION = new Set(['paths', 'operations', 'components'])

/** Rewrites the comments of openapi-typescript as prose: no headings, the example inline. */
export function readableDescription(app: Application): void {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, closeDescription, FIRST)
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (!reflection.hasComment()) {
      const comment = commentOfSchema(context, context.getSymbolFromReflection(reflection))
      if (comment) reflection.comment = comment
    }
    if (reflection.comment?.getTag('@description')) joinSummary(reflection.comment)
  })
}

function closeDescription(context: Context): void {
  const { project } = context
  for (const type of project.getReflectionsByKind(ReflectionKind.Interface)) {
    if (!type.isDeclaration() || !OF_THE_DESCRIPTION.has(type.name)) continue
    for (const child of type.children?.slice() ?? []) project.removeReflection(child)
  }
}

/** The description of the schema, for a property that is only a reference: `uploaded_at: components['schemas']['UploadedAt']`. */
function commentOfSchema(context: Context, field: ts.Symbol | undefined): Comment | undefined {
  const type = field?.declarations?.find(ts.isPropertySignature)?.type
  if (!type || !ts.isIndexedAccessTypeNode(type) || !ts.isLiteralTypeNode(type.indexType)) return undefined
  const { literal } = type.indexType
  const name = ts.isStringLiteral(literal) ? literal.text : ''
  const schema = context.checker.getTypeAtLocation(type.objectType).getProperty(name)
  return schema && context.getComment(schema, ReflectionKind.Property)
}

function joinSummary(comment: Comment): void {
  const example = comment.getTag('@example')?.content ?? []
  const text = example.map((part) => part.text.replaceAll(/^```\w*\n|\n```$/g, '').replaceAll(/\n[ *]*/g, ' ')).join('')
  const shown: CommentDisplayPart[] =
    text === ''
      ? []
      : [
          { kind: 'text', text: ' Example: ' },
          { kind: 'code', text: `\`${text}\`` },
        ]
  comment.summary = [...(comment.getTag('@description')?.content ?? []), ...shown]
  comment.removeTags('@description')
  comment.removeTags('@example')
}
