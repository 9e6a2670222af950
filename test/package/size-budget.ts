/** How much the core may weigh over openapi-fetch itself, minified and gzipped. */
export const CORE_BUDGET_BYTES = 16_000
