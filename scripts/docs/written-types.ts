import { type Application, type Context, Converter, type SignatureReflection } from 'typedoc'
import ts from 'typescript'

/** TypeDoc's name for a destructured parameter. */
const UNNAMED = '__namedParameters'

/**
 * Shows the types of parameters and results by their names in the source, `Promise<Channel>`. By default TypeDoc expands a
 * type wherever the compiler has lost its name.
 */
export function showWrittenTypes(app: Application): void {
  const show = (
    context: Context,
    signature: SignatureReflection,
    declaration?: ts.SignatureDeclaration | ts.JSDocSignature,
  ) => {
    if (!declaration || ts.isJSDocSignature(declaration)) return
    const result = namedType(declaration.type, context)
    if (result) signature.type = result
    for (const [index, parameter] of (signature.parameters ?? []).entries()) {
      const type = namedType(declaration.parameters[index]?.type, context)
      if (type) parameter.type = type
      if (parameter.name === UNNAMED) parameter.name = /Options$/.test(String(parameter.type)) ? 'options' : 'params'
    }
  }
  app.converter.on(Converter.EVENT_CREATE_SIGNATURE, show)
}

function namedType(node: ts.TypeNode | undefined, context: Context) {
  return node && ts.isTypeReferenceNode(node) ? context.converter.convertType(context, node) : undefined
}
