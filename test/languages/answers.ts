import { readFileSync } from 'node:fs'
import { answerOf, described } from '../spec/description.ts'

const platformResponses: readonly { operation: string; shows: string; response: unknown }[] = JSON.parse(
  readFileSync(new URL('../platform/responses.json', import.meta.url), 'utf8'),
)

/** An answer that the description shows: what it is, the name of its type, and the answer as it is sent. */
export interface ShownAnswer {
  readonly name: string
  readonly type: string
  readonly json: string
}

/** The schema of an operation's success. */
const SUCCESS: ReadonlyMap<string, string | undefined> = new Map(
  described.map(({ id, operation }) => [id, answerOf(operation, 200).reference?.split('/').at(-1)]),
)

/** The responses that public programs of the platform show: wider than the reference. */
const seenAnswers: readonly ShownAnswer[] = platformResponses.map(({ operation, shows, response }) => ({
  name: `${operation}: ${shows}`,
  type: SUCCESS.get(operation) ?? operation,
  json: JSON.stringify(response),
}))

/** Every example of every response, errors too. */
const exampleAnswers: readonly ShownAnswer[] = described.flatMap(({ id, operation, statuses }) =>
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

/** What a generated client must be able to read. */
export const shownAnswers = [...exampleAnswers, ...seenAnswers]

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

/** A Java program, beside the client's classes, that reads them. It prints those it could not read. */
export function javaProgram(invokerPackage: string): string {
  const reads = shownAnswers.map(
    ({ name, type, json }) =>
      `        read("${name}", ${JSON.stringify(json)}, ${invokerPackage}.model.${type}.class);`,
  )
  return `import ${invokerPackage}.JSON;

public class Answers {
    public static void main(String[] args) {
${reads.join('\n')}
    }

    static void read(String name, String json, Class<?> type) {
        try {
            if (new JSON().deserialize(json, type) == null) System.out.println(name + ": nothing");
        } catch (RuntimeException error) {
            System.out.println(name + ": " + error);
        }
    }
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
