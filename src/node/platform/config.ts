import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { environmentVariable } from '../../environment.ts'
import { type ClientCredential, InvalidRequestError } from '../../index.ts'
import { knownKeys } from '../../validation/known-keys.ts'
import { codeOf, LocalFileError, onDisk } from '../disk/local-file-error.ts'

/** Settings of a client. What was found nowhere is undefined. */
export interface PlatformConfig {
  readonly credential: ClientCredential | undefined
  /** The id of the organization, or its name: the platform takes both. */
  readonly organizationId: string | undefined
  readonly baseUrl: string | undefined
}

/** The options of `readPlatformConfig`. */
export interface PlatformConfigOptions {
  /**
   * The name of a configuration in the file. What it holds takes precedence over the environment.
   * @default the active one
   */
  readonly profile?: string | undefined
  /** @default ~/.abeja/config */
  readonly path?: string | undefined
}

/**
 * Reads the configuration that the platform's own command line uses. For each setting, the first that has it wins: the
 * configuration named by `profile`; the variables that `new AbejaClient()` reads; `ABEJA_CLI_USER`, `ABEJA_CLI_TOKEN`,
 * `ABEJA_CLI_ORGANIZATION` and their older names; the active configuration of the file.
 *
 * @throws LocalFileError when the file cannot be read, is invalid, or has no configuration named `profile`. No message
 * contains a value of the file.
 * @example
 * const abeja = new AbejaClient(await readPlatformConfig({ profile: 'staging' }))
 */
export async function readPlatformConfig(options: PlatformConfigOptions = {}): Promise<PlatformConfig> {
  const { profile, path } = knownKeys(options, ['profile', 'path'], 'option', InvalidRequestError)
  const credential = clientCredential()
  const file = await readConfigurations(path, { isOptional: profile === undefined, isSpare: credential !== undefined })
  const active = file?.settingsOf(profile ?? file.activeName)
  const named = profile === undefined ? undefined : active
  const merged = environmentOver(active)
  return {
    credential: (named && userCredential(named)) ?? credential ?? userCredential(merged),
    organizationId: named?.organization ?? environmentVariable('ABEJA_ORGANIZATION_ID') ?? merged.organization,
    baseUrl: named?.baseUrl ?? environmentVariable('ABEJA_API_URL') ?? active?.baseUrl,
  }
}

/** One configuration of the file. */
interface Settings {
  readonly user: string | undefined
  readonly token: string | undefined
  readonly organization: string | undefined
  readonly baseUrl?: string | undefined
}

const MEMBERS = {
  user: 'abeja-platform-user',
  token: 'personal-access-token',
  organization: 'organization-name',
  baseUrl: 'abeja-api-url',
} as const

/** The first complete credential of the variables that the client reads. */
function clientCredential(): ClientCredential | undefined {
  const authToken = environmentVariable('PLATFORM_AUTH_TOKEN')
  if (authToken !== undefined) return { authToken }
  const user = userCredential({
    user: environmentVariable('ABEJA_PLATFORM_USER_ID'),
    token: environmentVariable('ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN'),
  })
  if (user) return user
  const datasourceId = environmentVariable('ABEJA_PLATFORM_DATASOURCE_ID')
  const datasourceSecret = environmentVariable('ABEJA_PLATFORM_DATASOURCE_SECRET')
  return datasourceId === undefined || datasourceSecret === undefined ? undefined : { datasourceId, datasourceSecret }
}

/** The variables of the platform's command line over the file, each by itself, as that program reads them. */
function environmentOver(file: Settings | undefined): Settings {
  const first = (...names: string[]) => names.map(environmentVariable).find((value) => value !== undefined)
  return {
    user: first('ABEJA_CLI_USER', 'ABEJA_PLATFORM_USER', 'ABEJA_PLATFORM_USER_ID') ?? file?.user,
    token: first('ABEJA_CLI_TOKEN', 'PERSONAL_ACCESS_TOKEN', 'ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN') ?? file?.token,
    organization: first('ABEJA_CLI_ORGANIZATION', 'ORGANIZATION_NAME') ?? file?.organization,
  }
}

function userCredential({ user, token }: Pick<Settings, 'user' | 'token'>): ClientCredential | undefined {
  return user === undefined || token === undefined ? undefined : { userId: user, personalAccessToken: token }
}

/** The configurations of a file, by their names. */
interface Configurations {
  readonly activeName: string | undefined
  /** @param name undefined for the unnamed configuration, which can be empty */
  settingsOf(name: string | undefined): Settings
}

/**
 * @param isOptional whether the file may be missing
 * @param isSpare whether another credential is already known: then an unreadable home directory is not an error
 */
async function readConfigurations(
  given: string | undefined,
  { isOptional, isSpare }: { readonly isOptional: boolean; readonly isSpare: boolean },
): Promise<Configurations | undefined> {
  const path = given ?? join(homeDirectory(), '.abeja', 'config')
  let text: string
  try {
    text = await onDisk('read', path, readFile(path, 'utf8'))
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')
    if (isOptional && (isMissing || isSpare)) return undefined
    throw error
  }
  const file = new ConfigFile(path)
  const top = file.object('', file.parse(text))
  const named = file.list('configurations', top.configurations).map((value, index) => {
    const at = `configurations[${index}].`
    const members = file.object(at.slice(0, -1), value)
    return { name: file.text(`${at}configuration-name`, members['configuration-name']), at, members }
  })
  return {
    activeName: file.text('active-configuration-name', top['active-configuration-name']),
    settingsOf: (name) => {
      if (name === undefined) return file.settings('', top)
      const found = named.find((one) => one.name === name)
      if (found) return file.settings(found.at, found.members)
      const names = named.flatMap((one) => one.name ?? [])
      throw file.invalid(`has no configuration named ${JSON.stringify(name)}. Available: ${names.join(', ') || 'none'}`)
    },
  }
}

/** A container can run as a user without one. */
function homeDirectory(): string {
  try {
    return homedir()
  } catch {
    return '/'
  }
}

type Members = Readonly<Record<string, unknown>>

/** Checks what a file contains. Its messages name members and never quote a value, which could be a secret. */
class ConfigFile {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  parse(text: string): unknown {
    try {
      return JSON.parse(text.replace(/^\uFEFF/, ''))
    } catch {
      throw this.invalid('is not valid JSON')
    }
  }

  settings(at: string, members: Members): Settings {
    const text = (name: string) => this.text(`${at}${name}`, members[name])
    const baseUrl = text(MEMBERS.baseUrl)
    if (baseUrl !== undefined && !URL.canParse(baseUrl)) {
      throw this.invalid(`is invalid: ${at}${MEMBERS.baseUrl} must be an absolute URL such as https://api.abeja.io`)
    }
    return { user: text(MEMBERS.user), token: text(MEMBERS.token), organization: text(MEMBERS.organization), baseUrl }
  }

  object(member: string, value: unknown): Members {
    if (isObject(value)) return value
    throw this.#mustBe(member, 'an object', value)
  }

  list(member: string, value: unknown): readonly unknown[] {
    if (value === undefined || value === null) return []
    if (Array.isArray(value)) return value
    throw this.#mustBe(member, 'a list', value)
  }

  /** An empty text counts as missing. */
  text(member: string, value: unknown): string | undefined {
    if (value === undefined || value === null || value === '') return undefined
    if (typeof value === 'string') return value
    throw this.#mustBe(member, 'a string', value)
  }

  invalid(what: string): LocalFileError {
    return new LocalFileError(`The configuration file ${this.#path} ${what}.`, this.#path)
  }

  #mustBe(member: string, kind: string, value: unknown): LocalFileError {
    const received = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value
    return this.invalid(`is invalid: ${member || 'its content'} must be ${kind} (received ${received})`)
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
