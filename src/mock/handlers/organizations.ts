import type { Organization } from '../store/rows.ts'
import type { Store } from '../store/store.ts'

const unknownName = /^organization-(.+)$/

/** The organization that a path names by its id or, as the platform's command line does, by its name. */
export function organizationId(store: Store, idOrName: string): string {
  if (store.organizations.get('', idOrName)) return idOrName
  const named = store.organizations.all().find(({ organization_name }) => organization_name === idOrName)
  return named?.organization_id ?? unknownName.exec(idOrName)?.[1] ?? idOrName
}

/** The envelope of a response about something that an organization owns. Every organization exists. */
export function organizationOf(store: Store, id: string): Organization {
  const known = store.organizations.get('', id)
  if (known) return known
  const [example] = store.organizations.all()
  const created = example?.created_at ?? '2017-09-12T10:11:46Z'
  return { organization_id: id, organization_name: `organization-${id}`, created_at: created, updated_at: created }
}
