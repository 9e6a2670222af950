import { environmentVariable } from './environment.ts'
import { isAbejaError } from './errors/abeja-error.ts'
import { type Authorization, authorize, type ClientCredential, type CredentialProvider } from './http/authorization.ts'
import { sanitizeUnknownError } from './http/redaction.ts'

/** Returns what gives the Authorization of each attempt: the option `credential`, or the environment. */
export function authorizer(
  given: ClientCredential | CredentialProvider | null | undefined,
): () => Authorization | Promise<Authorization> {
  if (typeof given === 'function') return () => provided(given)
  const authorization = given === undefined ? fromEnvironment() : authorize(given, 'the option credential')
  return () => authorization
}

async function provided(provider: CredentialProvider): Promise<Authorization> {
  let credential: ClientCredential | null
  try {
    credential = await provider()
  } catch (error) {
    throw isAbejaError(error) ? error : sanitizeUnknownError(error)
  }
  return authorize(credential, 'the credential function')
}

function fromEnvironment(): Authorization {
  const from = (variable: string) => `the environment variable ${variable}`
  const authToken = environmentVariable('PLATFORM_AUTH_TOKEN')
  if (authToken !== undefined) return authorize({ authToken }, from('PLATFORM_AUTH_TOKEN'))
  const userId = environmentVariable('ABEJA_PLATFORM_USER_ID')
  const personalAccessToken = environmentVariable('ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN')
  if (userId !== undefined && personalAccessToken !== undefined) {
    return authorize({ userId, personalAccessToken }, from('ABEJA_PLATFORM_USER_ID'))
  }
  const datasourceId = environmentVariable('ABEJA_PLATFORM_DATASOURCE_ID')
  const datasourceSecret = environmentVariable('ABEJA_PLATFORM_DATASOURCE_SECRET')
  if (datasourceId !== undefined && datasourceSecret !== undefined) {
    return authorize({ datasourceId, datasourceSecret }, from('ABEJA_PLATFORM_DATASOURCE_ID'))
  }
  return authorize(null, 'no option credential, and none in the environment')
}
