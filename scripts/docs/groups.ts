import { type Application, Comment, CommentTag, Converter } from 'typedoc'
import ts from 'typescript'

/**
 * Groups classes by purpose. By default TypeDoc lists classes that are exported as types under interfaces, and the
 * client among its errors.
 */
export function groupClasses(app: Application): void {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    const symbol = context.getSymbolFromReflection(reflection)
    if (!symbol || !(symbol.flags & ts.SymbolFlags.Class)) return
    const group = reflection.name.endsWith('Error') ? 'Errors' : 'Classes'
    reflection.comment ??= new Comment()
    reflection.comment.blockTags.push(new CommentTag('@group', [{ kind: 'text', text: group }]))
  })
}
