import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath'

/** An entry of a folder as data to search. */
export type Entry = { readonly file_id: string; readonly is_file: boolean; readonly [name: string]: JSONValue }
type Expression = ReturnType<typeof compile>

const longestExpression = 1000

/** How many steps, and parts of values that are made on the way, the search of one page may take. */
const budgetOfPage = 150_000

/** A call of a function costs about as much as so many other steps, as the library checks the types of its arguments. */
const callCost = 8

/** The functions of the JMESPath specification. The library has more, some of which take any amount of time or memory. */
const functions = new Set(
  `abs avg ceil contains ends_with floor join keys length map max max_by merge min min_by not_null reverse sort sort_by
  starts_with sum to_array to_number to_string type values`.split(/\s+/),
)

/** What is left for the search that is running: everything here is synchronous. */
let budget = 0

class BudgetExceeded extends Error {}

/** What selects entries of a folder. */
export interface EntryFilter {
  /** Whether the selection depends on the whole list, as `[:5]` does, and not on each entry alone. */
  readonly isAboutList: boolean
  select(entries: Iterable<Entry>): Iterable<Entry>
}

/**
 * The entries that a JMESPath expression selects. An expression about one entry (`contains(file_id, 'ddd')`), and a mere
 * filter of the list (`[?size > `10`]`), is applied to each; any other expression about the list is applied to the list,
 * and must select entries of it. An entry that it cannot be applied to, such as a folder without a size, does not match.
 * Throws where the expression itself is at fault, or takes too much work.
 */
export function entryFilter(q: string): EntryFilter {
  if (q.length > longestExpression) throw new Error(`must not be longer than ${longestExpression} characters`)
  const expression = compile(q)
  budget = budgetOfPage
  const isAboutList = /^\s*(?:\[|files\s*\[|@\s*\[)/.test(q)
  const condition = isAboutList ? filterCondition(expression) : expression
  if (condition) return { isAboutList: false, select: (entries) => filtered(entries, condition) }
  return { isAboutList, select: (entries) => selectedOf([...entries], expression, /^\s*files/.test(q)) }
}

function* filtered(entries: Iterable<Entry>, condition: Expression): Generator<Entry> {
  for (const entry of entries) if (isTrue(orNone(() => search(condition, entry)))) yield entry
}

function selectedOf(entries: readonly Entry[], expression: Expression, isNamed: boolean): Entry[] {
  const idsIn = (some: readonly Entry[]) => selectedIds(expression, isNamed, some)
  // One entry spoils a list for JMESPath. Then each is asked by itself.
  const ids = orNone(() => idsIn(entries))
  return entries.filter((entry) => (ids ?? orNone(() => idsIn([entry])))?.has(entry.file_id))
}

/** The condition of an expression that does nothing but filter the list: `[?…]`, `@[?…]`, `files[?…]`. */
function filterCondition(expression: Expression): Expression | undefined {
  if (expression.type !== 'FilterProjection') return undefined
  const { left, right, condition } = expression
  const isList = left.type === 'Identity' || left.type === 'Current' || (left.type === 'Field' && left.name === 'files')
  return isList && right.type === 'Identity' ? condition : undefined
}

function selectedIds(expression: Expression, isNamed: boolean, entries: readonly Entry[]): Set<JSONValue> {
  const list = [...entries]
  const found = search(expression, isNamed ? { files: list } : list)
  return new Set(Array.isArray(found) ? found.map(idOf) : [])
}

const visit = TreeInterpreter.visit.bind(TreeInterpreter)

/** Every step of a search goes through here, also those that a function of JMESPath takes. */
TreeInterpreter.visit = (node: Expression, value: JSONValue) => {
  spend(1)
  switch (node.type) {
    case 'LetExpression':
      throw new Error('"let" is not supported')
    case 'Function': {
      if (!functions.has(node.name)) throw new Error(`unknown function ${node.name}`)
      const values = node.children.map((child) => TreeInterpreter.visit(child, value))
      spend(callCost)
      for (const each of values) spend(lengthOf(each))
      return paidFor(TreeInterpreter.runtime.callFunction(node.name, values))
    }
    case 'Flatten':
    case 'MultiSelectHash':
    case 'MultiSelectList':
    case 'Projection':
    case 'Slice':
    case 'FilterProjection':
    case 'ValueProjection':
      return paidFor(visit(node, value))
    default:
      return visit(node, value)
  }
}

function search(expression: Expression, data: JSONValue): JSONValue {
  return TreeInterpreter.search(expression, data)
}

/** Values can hold one part in many places: what is made of them is as large as if each were a part of its own. */
function paidFor<Value>(value: Value): Value {
  spend(lengthOf(value))
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) paidFor(part)
  return value
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return Math.ceil(value.length / 16)
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 1
}

function spend(amount: number): void {
  budget -= amount
  if (budget < 0) throw new BudgetExceeded('takes too much work: simplify it, or narrow the list with target_dir')
}

/** What `search` finds, or nothing if the data are not what a function in the expression takes. */
function orNone<Found>(search: () => Found): Found | null {
  try {
    return search()
  } catch (error) {
    if (error instanceof Error && /^invalid[ -](?:type|value)/i.test(error.message)) return null
    throw error
  }
}

function idOf(value: JSONValue): JSONValue {
  return typeof value === 'object' && value !== null && 'file_id' in value ? (value.file_id ?? null) : null
}

/** As JMESPath has it: empty values are false, `0` is not. */
function isTrue(value: JSONValue): boolean {
  if (value === null || value === false || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
