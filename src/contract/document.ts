import json from '../../generated/openapi.json' with { type: 'json' }

/** The description. A module of its own, because bundlers do not follow an `import()` of JSON with an attribute. */
export const document: object = json
