import { expect, test } from 'vitest'
import { answerOf, described } from '../spec/description.ts'
import { operationMethods } from '../types/operation-methods.ts'
import { contractOf, contracts } from './contracts.ts'
import { observedClient } from './observed-client.ts'

const documented = described.flatMap(({ id, statuses, operation }) =>
  statuses.map((status) => {
    // The first page of a list is not always its last.
    const ends = status === 200 && answerOf(operation, status).examples.has('last')
    return { id, status, prefer: `code=${status}${ends ? ', example=last' : ''}` }
  }),
)

test('every operation and status of the description is reached, through its own method of the client', async () => {
  const reached: string[] = []
  for (const { id, prefer } of documented) {
    const { abeja, exchanges, called } = observedClient([prefer])
    await contractOf(id)
      .call(abeja, {})
      .catch(() => {})
    for (const exchange of exchanges) reached.push(`${exchange.operationId} ${exchange.status} by ${called.join()}`)
  }
  const methods = new Map<string, string>(Object.entries(operationMethods))
  expect(reached).toEqual(documented.map(({ id, status }) => `${id} ${status} by ${methods.get(id)}`))
})

test('the contracts are those of the description, no more and no fewer', () => {
  expect(Object.keys(contracts).sort()).toEqual(described.map(({ id }) => id).sort())
})
