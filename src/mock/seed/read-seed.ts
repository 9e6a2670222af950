import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { lifetimes } from '../lifetimes.ts'
import type { Seed, SeedFile } from './seed.ts'

/** What a property has to be: a type, one of some words, a list of such things, or an object with properties. */
type Shape = 'string' | 'boolean' | 'number' | 'object' | 'text or null' | readonly string[] | ListOf | Properties
interface ListOf {
  readonly each: Shape
}
interface Properties {
  readonly required?: Readonly<Record<string, Shape>>
  readonly optional: Readonly<Record<string, Shape>>
}

const fileProperties = {
  content_type: 'string',
  metadata: 'object',
  lifetime: lifetimes,
  uploaded_at: 'string',
  text: 'string',
  base64: 'string',
  path: 'string',
} as const

const resourceProperties = {
  organization_id: 'string',
  name: 'string',
  display_name: 'string',
  description: 'string',
  archived: 'boolean',
  security_method: 'string',
  created_at: 'string',
  updated_at: 'string',
} as const

const seedShape: Shape = {
  optional: {
    organizations: {
      each: {
        required: {
          organization_id: 'string',
          organization_name: 'string',
          created_at: 'string',
          updated_at: 'string',
        },
        optional: {},
      },
    },
    channels: {
      each: {
        required: { channel_id: 'string' },
        optional: {
          ...resourceProperties,
          storage_type: ['datalake', 'file'],
          datasources: { each: 'string' },
          files: { each: { optional: { ...fileProperties, file_id: 'string' } } },
        },
      },
    },
    datasources: {
      each: {
        required: { datasource_id: 'string' },
        optional: { display_name: 'string', secret: 'string', created_at: 'string', updated_at: 'string' },
      },
    },
    buckets: {
      each: {
        required: { bucket_id: 'string' },
        optional: {
          ...resourceProperties,
          files: { each: { required: { location: 'string' }, optional: fileProperties } },
        },
      },
    },
    triggers: {
      each: {
        required: { trigger_id: 'string', deployment_id: 'string', input_service_id: 'string' },
        optional: {
          organization_id: 'string',
          model_version: 'string',
          model_version_id: 'string',
          models: 'object',
          input_service_name: ['datalake'],
          output_service_name: 'text or null',
          output_service_id: 'text or null',
          retry_count: 'number',
          distribution: 'number',
          user_env_vars: 'object',
          created_at: 'string',
          modified_at: 'string',
          runs: {
            each: { required: { file_id: 'string' }, optional: { run_id: 'string', created_at: 'string' } },
          },
        },
      },
    },
  },
}

/** Reads a seed from a JSON file. Files that it names are looked for beside it. */
export async function readSeed(path: string): Promise<Seed> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'))
  if (!isSeed(value)) throw new Error(`${path} is no seed: ${faultsIn(value, seedShape, '').join('; ')}`)
  const beside = <File extends SeedFile>(file: File): File =>
    file.path === undefined ? file : { ...file, path: resolve(dirname(path), file.path) }
  return {
    ...value,
    channels: (value.channels ?? []).map((channel) => ({ ...channel, files: (channel.files ?? []).map(beside) })),
    buckets: (value.buckets ?? []).map((bucket) => ({ ...bucket, files: (bucket.files ?? []).map(beside) })),
  }
}

function isSeed(value: unknown): value is Seed {
  return faultsIn(value, seedShape, '').length === 0
}

function faultsIn(value: unknown, shape: Shape, path: string): string[] {
  const here = path === '' ? 'the file' : path
  if (shape === 'text or null') return value === null ? [] : faultsIn(value, 'string', path)
  if (typeof shape === 'string') return typeof value === shape && value !== null ? [] : [`${here} has to be a ${shape}`]
  if (isWords(shape)) return shape.includes(String(value)) ? [] : [`${here} has to be one of ${shape.join(', ')}`]
  if ('each' in shape) {
    if (!Array.isArray(value)) return [`${here} has to be a list`]
    return value.flatMap((item, index) => faultsIn(item, shape.each, `${path}[${index}]`))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${here} has to be an object`]
  const properties = new Map<string, unknown>(Object.entries(value))
  const required = Object.keys(shape.required ?? {}).filter((name) => !properties.has(name))
  const known: Readonly<Record<string, Shape>> = { ...shape.required, ...shape.optional }
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  return [
    ...required.map((name) => `${at(name)} is missing`),
    ...[...properties].flatMap(([name, property]) => {
      const expected = known[name]
      return expected === undefined ? [`${at(name)} is not known here`] : faultsIn(property, expected, at(name))
    }),
  ]
}

function isWords(shape: Shape): shape is readonly string[] {
  return Array.isArray(shape)
}
