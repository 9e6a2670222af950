import { expect, expectTypeOf, test } from 'vitest'
import { documentedMethods } from '../../generated/documented-methods.ts'
import { type OperationId, operations } from '../../generated/operations.ts'
import { AbejaClient } from '../../src/index.ts'
import { helperMethods, type MethodPath, operationMethods } from './operation-methods.ts'

type Methods = typeof operationMethods
type Documented = typeof documentedMethods

/** The keys that have a value; both keys if two share it. */
type KeysOf<Table, Value> = { [Key in keyof Table]: Value extends Table[Key] ? Key : never }[keyof Table]

/** The values that more than one key has. */
type SharedIn<Table, Values> = Values extends unknown
  ? IsUnion<KeysOf<Table, Values>> extends true
    ? Values
    : never
  : never

type IsUnion<Type, Whole = Type> = [Type] extends [never]
  ? false
  : Type extends unknown
    ? [Whole] extends [Type]
      ? false
      : true
    : never

/** The names of each operation, as a union. */
type NamesOf<Table extends Record<string, readonly string[]>> = { [Key in keyof Table]: Table[Key][number] }

test('each operation has one method, and no two share one', () => {
  expectTypeOf<keyof Methods>().toEqualTypeOf<OperationId>()
  expectTypeOf<SharedIn<Methods, Methods[OperationId]>>().toBeNever()
  expect(Object.keys(operationMethods).sort()).toEqual(Object.keys(operations).sort())
  expect(new Set(Object.values(operationMethods)).size).toBe(Object.keys(operations).length)
})

test('each method implements an operation or is a listed helper', () => {
  expectTypeOf<Methods[OperationId] | keyof typeof helperMethods>().toEqualTypeOf<MethodPath>()
  expectTypeOf<Methods[OperationId] & keyof typeof helperMethods>().toBeNever()
  const listed = [...Object.values(operationMethods), ...Object.keys(helperMethods)]
  expect(listed.sort()).toEqual(methodsOf(new AbejaClient({ credential: null })).sort())
})

test('each documented method has one operation, and each operation is documented', () => {
  expectTypeOf<keyof Documented>().toEqualTypeOf<OperationId>()
  expectTypeOf<SharedIn<NamesOf<Documented>, NamesOf<Documented>[OperationId]>>().toBeNever()
  const names = Object.values(documentedMethods).flat()
  expect(new Set(names).size).toBe(names.length)
})

test('the type check finds a value that two keys share', () => {
  interface Wrong {
    one: 'a'
    two: 'b'
    three: 'a'
  }
  expectTypeOf<SharedIn<Wrong, Wrong[keyof Wrong]>>().toEqualTypeOf<'a'>()
})

/** The existing methods of the resources, found by their properties and prototypes. */
function methodsOf(resource: object, prefix = ''): string[] {
  const own = Object.entries(resource).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null ? methodsOf(value, `${prefix}${name}.`) : [],
  )
  if (resource instanceof AbejaClient) return own
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).filter((name) => name !== 'constructor')
  return [...own, ...methods.map((name) => `${prefix}${name}`)]
}
