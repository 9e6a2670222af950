import { answerOf, described } from '../spec/description.ts'

/** An answer that the description shows: what it is, the name of its type, and the answer as it is sent. */
export interface ShownAnswer {
  readonly name: string
  readonly type: string
  readonly json: string
}

/** Every example of every answer, errors too: what a generated client must be able to read. */
export const shownAnswers: readonly ShownAnswer[] = described.flatMap(({ id, operation, statuses }) =>
  statuses
    .filter((status) => status !== 204)
    .flatMap((status) => {
      const { reference, examples } = answerOf(operation, status)
      const type = reference?.split('/').at(-1)
      if (type === undefined) throw new Error(`the answer ${status} of ${id} has a schema without a name`)
      return [...examples].map(([name, value]) => ({
        name: `${id} ${status} ${name}`,
        type,
        json: JSON.stringify(value),
      }))
    }),
)

/** A Go test, for a place beside the client, that reads them. */
export function goTest(packageName: string): string {
  const reads = shownAnswers.map(({ name, type, json }) => `\tread(t, "${name}", ${JSON.stringify(json)}, &${type}{})`)
  return `package ${packageName}

import (
	"encoding/json"
	"testing"
)

func read(t *testing.T, name string, answer string, into interface{}) {
	if err := json.Unmarshal([]byte(answer), into); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func TestAnswers(t *testing.T) {
${reads.join('\n')}
}
`
}

/** A Python program, for a place beside the client, that reads them. It prints those it could not read. */
export function pythonProgram(packageName: string): string {
  return `import json
from types import SimpleNamespace

import ${packageName}

client = ${packageName}.ApiClient()
for answer in json.loads(${JSON.stringify(JSON.stringify(shownAnswers))}):
    try:
        client.deserialize(SimpleNamespace(data=answer["json"]), answer["type"])
    except Exception as error:
        print(answer["name"], error)
`
}
