/** How much the core may weigh over openapi-fetch itself, minified and gzipped. Raise it only on purpose. */
export const CORE_BUDGET_BYTES = 20_000
