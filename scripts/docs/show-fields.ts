import {
  type Application,
  type Context,
  Converter,
  type DeclarationReflection,
  type Reflection,
  ReflectionKind,
} from 'typedoc'
import ts from 'typescript'

/** Runs before TypeDoc groups and links the declarations. */
const FIRST = 10_000

/**
 * Shows the resolved type: the properties of `Channel = components['schemas']['Channel']`, the names of
 * `OperationId = keyof typeof operations`.
 */
export function showFields(app: Application): void {
  const show = (context: Context) => {
    context.setActiveProgram(context.programs[0])
    for (const alias of context.project.getReflectionsByKind(ReflectionKind.TypeAlias)) {
      if (alias.isDeclaration()) showFieldsOf(alias, context)
    }
  }
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, show, FIRST)
}

function showFieldsOf(alias: DeclarationReflection, context: Context): void {
  const symbol = context.getSymbolFromReflection(alias)
  const declaration = symbol?.declarations?.find(ts.isTypeAliasDeclaration)
  if (!symbol || !declaration || declaration.typeParameters || isPlain(declaration.type)) return
  const type = context.checker.getDeclaredTypeOfSymbol(symbol)
  const within = scopeOf(alias, context)
  if (type.isUnion()) alias.type = context.converter.convertType(within, type)
  const fields = type.isUnion() ? [] : type.getProperties()
  if (fields.length === 0 || type.getCallSignatures().length > 0) return
  delete alias.type
  for (const field of fields) context.converter.convertSymbol(within, field)
}

/** TypeDoc goes into a scope one step at a time. */
function scopeOf(reflection: Reflection, context: Context): Context {
  const { parent } = reflection
  return (parent?.parent ? scopeOf(parent, context) : context).withScope(reflection)
}

/** Types that are readable as written. */
function isPlain(node: ts.TypeNode): boolean {
  return ts.isTypeLiteralNode(node) || ts.isUnionTypeNode(node) || ts.isFunctionTypeNode(node)
}
